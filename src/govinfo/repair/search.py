"""The smallest sets of cells whose change makes every equation hold, by exact search.

Changes to fewer cells are likelier than changes to more: the principle of Fellegi and Holt (1976). The search takes
the broken equations one after another. Two facts keep it small. Equations that share no cell need a wrong cell each,
which bounds from below how many are still to come. And where no cell can be spared, a broken equation holds exactly
one wrong cell, whose right value follows at once.

What it does not look for are sets in which every equation that is touched holds two wrong cells or more. They need at
least four cells in a ring; `govinfo.repair.integer` finds those too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govinfo.repair.problem import Problem

__all__ = ["NODES", "Changes", "Found", "search", "single_changes"]

Changes = Mapping[int, int]
"""What to add to the number printed in each cell; none is 0."""

NODES = 20_000
"""Steps of a search, some 10 µs each."""

_EPSILON = 1e-9


class Found(NamedTuple):
    """What a search came to."""

    sets: list[Changes]
    """Each explains everything; no one contains another."""
    complete: bool
    """False where the search gave up first."""


def single_changes(problem: Problem) -> list[Changes]:
    """Return every single cell whose change makes all equations hold: the pattern of broken ones names it."""
    broken = problem.broken
    if not broken:
        return []
    first = min(broken, key=lambda i: len(problem.matrix.rows[i]))
    found: list[Changes] = []
    for cell in problem.matrix.rows[first]:
        column = problem.matrix.of[cell]
        if column.keys() != broken.keys():
            continue
        change, rest = divmod(-broken[first], column[first])
        if rest or any(broken[i] + coefficient * change for i, coefficient in column.items()):
            continue
        if problem.numbers[cell] + change >= 0 or cell in problem.signed:
            found.append({cell: change})
    return found


def search(problem: Problem, most: float, nodes: int = NODES) -> Found:
    """Return the sets of cells whose weights come to at most ``most``.

    Args:
        problem: what is broken.
        most: the largest sum of weights.
        nodes: how many steps the search may take.
    """
    return _Search(problem, most, nodes).found()


class _Search:
    def __init__(self, problem: Problem, most: float, nodes: int) -> None:
        self._numbers, self._signed, self._matrix = problem.numbers, problem.signed, problem.matrix
        self._residuals = problem.broken
        self._most = most + _EPSILON
        self._left = nodes
        weights = problem.weights
        self._weight = {cell: weights.get(cell, 1.0) for cell in problem.matrix.of}
        self._lightest = min(self._weight.values(), default=1.0)
        self._least = [min((self._weight[cell] for cell in row), default=1.0) for row in problem.matrix.rows]
        self._family = {i: n for n, family in enumerate(problem.matrix.families) for i in family}
        self._seen: set[frozenset[tuple[int, int]]] = set()
        self._sets: dict[frozenset[int], Changes] = {}

    def found(self) -> Found:
        complete = self._go(dict(self._residuals), {}, 0.0)
        smallest: list[Changes] = []
        for cells in sorted(self._sets, key=len):
            if not any(other.keys() <= cells for other in smallest):
                smallest.append(self._sets[cells])
        return Found(smallest, complete)

    def _go(self, residuals: dict[int, int], chosen: dict[int, int], cost: float) -> bool:
        """Look for sets that contain ``chosen``; False where the work allowed was used up."""
        if not residuals:
            self._sets.setdefault(frozenset(chosen), dict(chosen))
            return True
        self._left -= 1
        if self._left < 0:
            return False
        needs: dict[int, float] = {}
        for i in residuals:
            family = self._family[i]
            needs[family] = needs.get(family, 0.0) + self._least[i]
        family, need = max(needs.items(), key=lambda found: found[1])
        if cost + need > self._most:
            return True
        rows = [i for i in residuals if self._family[i] == family]
        if cost + need + self._lightest > self._most:  # one cell for each of these equations, and no other
            rows = [min(rows, key=lambda i: len(self._matrix.rows[i]))]
        else:
            rows = list(residuals)
            key = frozenset(chosen.items())
            if key in self._seen:
                return True
            self._seen.add(key)
        for i in rows:
            for cell in self._matrix.rows[i]:
                if cell in chosen or cost + self._weight[cell] > self._most:
                    continue
                change, rest = divmod(-residuals[i], self._matrix.rows[i][cell])
                if rest or (self._numbers[cell] + change < 0 and cell not in self._signed):
                    continue
                after = dict(residuals)
                for j, coefficient in self._matrix.of[cell].items():
                    residual = after.get(j, 0) + coefficient * change
                    if residual:
                        after[j] = residual
                    else:
                        del after[j]
                if not self._go(after, {**chosen, cell: change}, cost + self._weight[cell]):
                    return False
        return True
