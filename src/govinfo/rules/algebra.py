"""Exact arithmetic for whole sets of linear relations: which equation follows from which, which points are left.

Whole numbers and fractions only, never floats. Rows are sparse: a mapping from what a number belongs to, to the number.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Iterable, Mapping
from fractions import Fraction
from math import gcd
from typing import Generic, TypeVar, cast

import attrs

__all__ = ["WORK", "Added", "Budget", "Elimination", "GaveUp", "Tableau", "whole_numbers"]

WORK = 8_000_000
"""About as many multiplications of small numbers as are done in two seconds."""

K = TypeVar("K", bound=Hashable)
Number = int | Fraction


class GaveUp(Exception):
    """The work allowed was used up."""


class Budget:
    """How much work may still be done, so that a hostile rule set cannot keep anybody waiting."""

    def __init__(self, work: int = WORK) -> None:
        self.left = work

    def spend(self, work: int) -> None:
        """Note work done.

        Raises:
            GaveUp: that was more than allowed.
        """
        self.left -= work
        if self.left < 0:
            raise GaveUp


def whole_numbers(terms: Mapping[K, Number]) -> dict[K, int]:
    """Multiply fractions by what makes them the smallest whole numbers of the same ratio; zeros go."""
    scale = 1
    for value in terms.values():
        scale = scale * value.denominator // gcd(scale, value.denominator)
    whole = {key: int(value * scale) for key, value in terms.items() if value}
    divisor = gcd(*whole.values()) if whole else 1
    return {key: value // divisor for key, value in whole.items()}


def _without(row: Mapping[K, int], other: Mapping[K, int], key: K, budget: Budget) -> dict[K, int]:
    """Subtract from ``row`` the multiple of ``other`` that removes ``key``; ``other`` has it with a positive number."""
    times, less = other[key], row[key]
    divisor = gcd(times, less)
    times, less = times // divisor, less // divisor
    # long numbers take longer
    budget.spend((len(row) + len(other)) * (1 + (times.bit_length() + less.bit_length()) // 64))
    found = {k: v * times for k, v in row.items()} if times != 1 else dict(row)
    for k, v in other.items():
        left = found.get(k, 0) - v * less
        if left:
            found[k] = left
        else:
            found.pop(k, None)
    divisor = gcd(*found.values()) if found else 1
    return {k: v // divisor for k, v in found.items()} if divisor > 1 else found


@attrs.frozen
class Added(Generic[K]):
    """What adding an equation to others showed."""

    independent: bool
    combination: Mapping[K, Fraction]
    """A dependent equation is the sum of these multiples of earlier ones, but for ``difference``."""
    difference: Fraction = Fraction(0)
    """What the constant of a dependent equation has beyond that of the combination: it follows where this is 0."""
    fractional: bool = False
    """With the equations of ``combination`` it has no solution in whole numbers."""


class Elimination(Generic[K]):
    """Equations added one after another, and their rank."""

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        # each row by its pivot: cells, the constant, and the multiples of the equations it is made of
        self._rows: list[tuple[object, dict[object, int]]] = []

    @property
    def rank(self) -> int:
        """The number of independent equations."""
        return len(self._rows)

    def add(self, name: K, terms: Mapping[str, int], constant: Number = 0, *, whole: bool = True) -> Added[K]:
        """Add the equation ``sum(coefficient * cell) == constant``.

        Args:
            name: what the equation is called in combinations.
            terms: coefficients by cell.
            constant: the right side.
            whole: whether the cells are whole numbers.
        """
        start: dict[object, Number] = {_CONSTANT: constant, _Name(name): 1}
        start.update((_Cell(path), coefficient) for path, coefficient in terms.items())
        row = whole_numbers(start)
        for pivot, other in self._rows:
            if pivot in row:
                row = _without(row, other, pivot, self._budget)
        cells = {key: value for key, value in row.items() if isinstance(key, _Cell)}
        made: dict[K, int] = {cast(K, key.name): value for key, value in row.items() if isinstance(key, _Name)}
        own, rest = made.pop(name), row.get(_CONSTANT, 0)
        if not cells:
            combination = {other: Fraction(-value, own) for other, value in made.items()}
            return Added(False, combination, Fraction(rest, own))
        pivot = min(cells, key=lambda cell: (abs(cells[cell]), cell.path))
        if cells[pivot] < 0:
            row = {key: -value for key, value in row.items()}
        self._rows.append((pivot, row))
        return Added(True, dict.fromkeys(made, Fraction(1)), fractional=whole and rest % gcd(*cells.values()) != 0)


@attrs.frozen(cache_hash=True)
class _Cell:
    path: str


@attrs.frozen(cache_hash=True)
class _Name:
    name: object


_CONSTANT = "="


class Tableau:
    """Points without negative coordinates that satisfy every constraint added so far: a simplex without an objective.

    Constraints come one by one. Each moves the point it is at only as far as the new constraint needs, by Bland's
    rule, so that it always comes to an end; equations without a constant move nothing.

    Args:
        budget: the work allowed.
    """

    def __init__(self, budget: Budget | None = None) -> None:
        self._budget = budget or Budget()
        self._columns: dict[tuple[str, int], int] = {}
        self._next = 0
        # By basic column, whose number is positive: columns from 0, the right side as _RIGHT, constraints below it.
        # Rows are replaced, never changed: a copy shares them.
        self._rows: dict[int, dict[int, int]] = {}

    def copy(self) -> Tableau:
        """Return a tableau with the same constraints that can be given others."""
        other = Tableau(self._budget)
        other._columns, other._next, other._rows = dict(self._columns), self._next, dict(self._rows)
        return other

    def point(self) -> dict[str, Fraction]:
        """Return the point it is at; cells that are not there are 0."""
        found: dict[str, Fraction] = {}
        for (path, sign), column in self._columns.items():
            row = self._rows.get(column)
            if row is not None and _RIGHT in row:
                found[path] = found.get(path, Fraction(0)) + sign * Fraction(row[_RIGHT], row[column])
        return found

    def require(
        self,
        terms: Iterable[tuple[str, int]],
        low: Number | None,
        high: Number | None,
        name: int | None = None,
        signed: Container[str] = (),
    ) -> frozenset[int] | None:
        """Add the constraint ``low <= sum(coefficient * cell) <= high``.

        Args:
            terms: coefficients by cell.
            low: None for none.
            high: None for none.
            name: what it is called, from 0; None leaves it out of what is returned.
            signed: cells that may be negative.

        Returns:
            None where points are left; otherwise the names of constraints that together leave none. Nothing can be
            added after that.
        """
        row: dict[int, Number] = {}
        for path, coefficient in terms:
            for sign in (1, -1) if path in signed else (1,):
                row[self._column(path, sign)] = coefficient * sign
        if name is not None:
            row[_NAMES - name] = 1
        sides = ((low, 0),) if low is not None and low == high else ((low, -1), (high, 1))
        for bound, slack in sides:
            if bound is None:
                continue
            side = {**row, _RIGHT: bound}
            own = self._next if slack else None
            if own is not None:
                side[own] = slack
                self._next += 1
            conflict = self._add(whole_numbers(side), own)
            if conflict is not None:
                return conflict
        return None

    def _column(self, path: str, sign: int) -> int:
        if (path, sign) not in self._columns:
            self._columns[path, sign] = self._next
            self._next += 1
        return self._columns[path, sign]

    def _add(self, row: dict[int, int], slack: int | None) -> frozenset[int] | None:
        for column in [column for column in row if column in self._rows]:
            row = _without(row, self._rows[column], column, self._budget)
        if row.get(_RIGHT, 0) < 0 or (_RIGHT not in row and slack is not None and row[slack] < 0):
            row = {key: -value for key, value in row.items()}
        if slack is not None and row[slack] > 0:
            self._rows[slack] = row
            return None
        while _RIGHT in row:  # what is missing to the right side; it becomes less until nothing is
            entering = min((column for column, value in row.items() if column >= 0 and value > 0), default=None)
            if entering is None:
                return frozenset(_NAMES - key for key in row if key <= _NAMES)
            leaving = self._leaving(entering, row)
            if leaving is None:
                self._enter(entering, row)
                return None
            self._pivot(entering, leaving)
            row = _without(row, self._rows[entering], entering, self._budget)
        free = [column for column in row if column >= 0]
        if free:  # the right side is 0: whatever comes in stays where it is
            entering = min(free, key=lambda column: (abs(row[column]), column))
            self._enter(entering, row if row[entering] > 0 else {key: -value for key, value in row.items()})
        return None

    def _leaving(self, entering: int, new: dict[int, int]) -> int | None:
        """Return the basic column that reaches 0 first as ``entering`` grows; None where the new row is satisfied."""
        nearest, leaving = Fraction(new[_RIGHT], new[entering]), None
        for basic, row in self._rows.items():
            slope = row.get(entering, 0)
            if slope > 0:
                reach = Fraction(row.get(_RIGHT, 0), slope)
                if reach < nearest or (reach == nearest and leaving is not None and basic < leaving):
                    nearest, leaving = reach, basic
        self._budget.spend(len(self._rows))
        return leaving

    def _pivot(self, entering: int, leaving: int) -> None:
        self._enter(entering, self._rows.pop(leaving))

    def _enter(self, entering: int, row: dict[int, int]) -> None:
        for basic, other in self._rows.items():
            if entering in other:
                self._rows[basic] = _without(other, row, entering, self._budget)
        self._rows[entering] = row


_RIGHT = -1
_NAMES = -2
