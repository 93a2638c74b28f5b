"""The smallest sets of wrong cells where the search gives up: a small integer program, solved by HiGHS.

A set of cells can be right only if the equations can be made to hold by changing these cells alone. Where they cannot,
some combination of equations is free of the set's cells and still broken: one of *its* cells must be wrong. That is an
implied edit in the words of Fellegi and Holt (1976), and a row of a covering problem. Sets and implied edits are found
in turn until a set passes (Garfinkel, Kunnathur and Liepins 1986). All numbers of the report are reckoned with exactly
and outside the integer program, which holds only zeros and ones: no bound on the size of figures, no rounding.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, cast

from govinfo.extras import need
from govinfo.repair.problem import Problem, eliminated
from govinfo.repair.search import Changes, Found
from govinfo.repair.system import Terms

__all__ = ["SECONDS", "cover"]

SECONDS = 1.0
"""How long the integer program may take for one table."""

_MOST_SETS = 20
_NEAR = 1e-6


def cover(problem: Problem, *, seconds: float = SECONDS, most_sets: int = _MOST_SETS) -> Found:
    """Return the sets of cells with the least sum of weights.

    Args:
        problem: what is broken.
        seconds: how long it may take.
        most_sets: how many sets to look for at most.

    Returns:
        ``complete`` is False where time ran out or the cells are found but not their numbers.

    Raises:
        MissingExtra: HiGHS is not installed.
    """
    need("repair", "highspy")
    until = time.monotonic() + seconds
    master = _Master(problem)
    best: float | None = None
    sets: list[Changes] = []
    while len(sets) < most_sets:
        found = master.cheapest(until - time.monotonic())
        if found is None:
            return Found(sets, master.exhausted)
        cost, cells = found
        if best is not None and cost > best + _NEAR:
            return Found(sets, True)
        broken = [row for row, residual in _without(problem, cells) if residual]
        if broken:
            for row in broken:
                master.one_of(row)
            continue
        changes = _changes(problem, cells)
        if changes is None:
            return Found(sets, False)
        if all(problem.numbers[c] + change >= 0 or c in problem.signed for c, change in changes.items()):
            best = cost
            sets.append({cell: change for cell, change in changes.items() if change})
        # from here on only sets that have a cell this one has not
        master.one_of(problem.matrix.of.keys() - cells)
    return Found(sets, False)


def _without(problem: Problem, cells: frozenset[int]) -> list[tuple[Terms, int]]:
    """Return the combinations of equations that are free of ``cells``: their other cells, and what they miss."""
    rows = [(dict(row), -residual) for row, residual in zip(problem.matrix.rows, problem.residuals, strict=True)]
    return eliminated(rows, sorted(cells))[0]


def _changes(problem: Problem, cells: frozenset[int]) -> Changes | None:
    """Return the changes of ``cells`` that make everything hold; None where there are none or many in whole numbers."""
    rows = [
        ({cell: coefficient for cell, coefficient in row.items() if cell in cells}, -residual)
        for row, residual in zip(problem.matrix.rows, problem.residuals, strict=True)
    ]
    _, pivots = eliminated(rows, sorted(cells))
    if len(pivots) < len(cells):
        return None
    changes: dict[int, int] = {}
    for pivot in pivots:
        change, rest = divmod(pivot.constant, pivot.coefficient)
        if rest:
            return None
        changes[pivot.cell] = change
    return changes


_LOCK = threading.Lock()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep standard output free of the banner HiGHS prints when it is first made, before any option can be set."""
    with _LOCK:
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 1)
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)


class _Master:
    """Which cells are wrong: a covering problem."""

    def __init__(self, problem: Problem) -> None:
        import highspy

        self.exhausted = False
        self._cells = sorted(problem.matrix.of)
        self._columns = {cell: column for column, cell in enumerate(self._cells)}
        self._solved: Any = highspy.HighsModelStatus.kOptimal
        self._infeasible: Any = highspy.HighsModelStatus.kInfeasible
        with _quiet():
            self._highs: Any = cast(Any, highspy.Highs)()
        self._highs.setOptionValue("output_flag", False)
        self._highs.setOptionValue("threads", 1)
        self._highs.setOptionValue("mip_rel_gap", 0.0)
        self._highs.setOptionValue("mip_abs_gap", _NEAR)
        for column, cell in enumerate(self._cells):
            self._highs.addVar(0.0, 1.0)
            self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
            self._highs.changeColCost(column, problem.weights.get(cell, 1.0))
        for i in problem.broken:
            self.one_of(problem.matrix.rows[i])

    def one_of(self, cells: Iterable[int]) -> None:
        """Demand that one of ``cells`` is wrong."""
        columns = sorted(self._columns[cell] for cell in cells)
        self._highs.addRow(1.0, float("inf"), len(columns), columns, [1.0] * len(columns))

    def cheapest(self, seconds: float) -> tuple[float, frozenset[int]] | None:
        """Return the cells with the least sum of weights that meet every demand; None for none, or in want of time."""
        if seconds <= 0:
            return None
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + seconds)
        self._highs.run()
        status = self._highs.getModelStatus()
        self.exhausted = status == self._infeasible
        if status != self._solved:
            return None
        values = self._highs.getSolution().col_value
        cells = frozenset(cell for cell, value in zip(self._cells, values, strict=True) if value > 0.5)
        return self._highs.getObjectiveValue(), cells
