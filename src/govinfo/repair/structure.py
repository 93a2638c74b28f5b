"""Slips that make many cells wrong at once: a line of totals left out or repeated, a row or a column shifted.

Each is tried as it stands; what was lost at the edge is reckoned from the equations. Only what makes every equation
hold is kept, so a try costs little and proves much. Rows that slipped as a whole are not among them: whichever row
was left out, the others can always be made to add up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govinfo.repair.problem import Problem
from govinfo.repair.search import Changes
from govinfo.repair.sheet import Lattice
from govinfo.repair.slips import Slip
from govinfo.repair.system import Component

__all__ = ["slips_of_lines", "total_of"]

_LEAST = 2
"""Cells that change; a single one is named without all this."""
_FEWEST_ROWS = 3
"""Rows a figure must have slipped in before a column is called shifted."""

_Try = Mapping[int, int | None]
"""New numbers by cell; None where the equations must tell."""
_Line = Sequence[int]


def slips_of_lines(
    problem: Problem, component: Component, lattice: Lattice, numbers: Mapping[str, int]
) -> Iterator[tuple[Slip, Changes]]:
    """Yield the slips of whole lines that explain every broken equation.

    Args:
        problem: what is broken.
        component: whose problem it is.
        lattice: of the report.
        numbers: of the cells, by path.
    """
    broken = problem.broken
    if len(broken) < _LEAST:
        return
    rows = [line for row in lattice.rows if (line := _known(row, numbers, problem))]
    columns = [line for column in lattice.columns if (line := _known(column, numbers, problem))]
    seen: set[tuple[tuple[int, int], ...]] = set()
    for slip, tried in _tries(problem, component, rows, columns):
        changes = _solved(problem, tried)
        if changes is not None and len(changes) >= _LEAST:
            key = tuple(sorted(changes.items()))
            if key not in seen:
                seen.add(key)
                yield slip, changes


def _known(line: Sequence[str], numbers: Mapping[str, int], problem: Problem) -> list[int]:
    """Return the cells of a line by number; none where one is missing or stands in no equation."""
    cells = [numbers.get(path, -1) for path in line]
    return cells if all(cell in problem.numbers for cell in cells) else []


def _tries(
    problem: Problem, component: Component, rows: list[list[int]], columns: list[list[int]]
) -> Iterator[tuple[Slip, _Try]]:
    yield from _totals(problem, component, rows, columns)
    broken = _broken_rows(problem, rows)
    for i in broken:
        for tried in _shifts(problem, rows[i]):
            yield Slip.ROW_SHIFTED, tried
    if len(broken) > 1:
        several = rows[broken[0] : broken[-1] + 1]
        for way in range(4):
            shifted = [list(_shifts(problem, row)) for row in several]
            if all(len(one) > way for one in shifted):
                yield Slip.BLOCK_SHIFTED, {cell: new for one in shifted for cell, new in one[way].items()}
    if len(broken) >= _FEWEST_ROWS:
        for column in columns:
            for tried in _slides(problem, column[broken[0] : broken[-1] + 1]):
                yield Slip.COLUMN_SHIFTED, tried


def _broken_rows(problem: Problem, rows: list[list[int]]) -> list[int]:
    """Return the rows of the form whose own equation is broken."""
    found = {frozenset(problem.matrix.rows[i]) for i in problem.broken}
    return [i for i, row in enumerate(rows) if frozenset(row) in found]


def _totals(
    problem: Problem, component: Component, rows: list[list[int]], columns: list[list[int]]
) -> Iterator[tuple[Slip, _Try]]:
    """A line of totals that holds nothing but zeros, or repeats another line."""
    totals = {total for equation in component.equations if (total := total_of(equation.terms)) is not None}
    for lines in (rows, columns):
        printed = [[problem.numbers[cell] for cell in line] for line in lines]
        for i, line in enumerate(lines):
            if not totals.issuperset(line):
                continue
            tried = dict.fromkeys(line)
            if not any(printed[i]):
                yield Slip.TOTAL_ZERO, tried
            elif any(printed[i] == other for j, other in enumerate(printed) if j != i):
                yield Slip.TOTAL_COPIED, tried


def total_of(terms: Mapping[int, int]) -> int | None:
    """Return the cell that is the sum of the others, None where an equation has none."""
    for sign in (1, -1):
        several = [cell for cell, coefficient in terms.items() if coefficient * sign > 0]
        if len(several) == 1 and len(terms) > _LEAST:
            return several[0]
    return None


def _shifts(problem: Problem, row: _Line) -> Iterator[_Try]:
    """A row shifted to the right or to the left, its total with it or not. What came in at the edge is a zero."""
    for line in (row, row[:-1]):
        yield from _slides(problem, line)


def _slides(problem: Problem, line: _Line) -> tuple[_Try, _Try]:
    """Figures of a line slid on by one cell, and slid back by one: what they were before."""
    printed = [problem.numbers[cell] for cell in line]
    # a try that is none: the edge holds a figure that nothing explains
    on: _Try = dict(zip(line, [*printed[1:], None], strict=True)) if not printed[0] else {}
    back: _Try = dict(zip(line, [None, *printed[:-1]], strict=True)) if not printed[-1] else {}
    return on, back


def _solved(problem: Problem, tried: _Try) -> Changes | None:
    """Return the changes of a try if every equation holds with them, the open ones reckoned from equations."""
    new = {cell: number for cell, number in tried.items() if number is not None}
    open_cells = tried.keys() - new.keys()
    if not tried:
        return None
    rows, residuals = problem.matrix.rows, problem.residuals

    def residual(i: int) -> int:
        return residuals[i] + sum(
            coefficient * (new[cell] - problem.numbers[cell]) for cell, coefficient in rows[i].items() if cell in new
        )

    while open_cells:
        for cell in open_cells:
            about = next((i for i in problem.matrix.of[cell] if len(open_cells & rows[i].keys()) == 1), None)
            if about is not None:
                change, rest = divmod(-residual(about), rows[about][cell])
                new[cell] = problem.numbers[cell] + change
                if rest or (new[cell] < 0 and cell not in problem.signed):
                    return None
                open_cells = open_cells - {cell}
                break
        else:
            return None
    touched = {i for cell in new for i in problem.matrix.of[cell]}
    if any(residuals[i] for i in problem.broken if i not in touched) or any(residual(i) for i in touched):
        return None
    return {cell: number - problem.numbers[cell] for cell, number in new.items() if number != problem.numbers[cell]}
