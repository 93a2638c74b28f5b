"""Whether numbers exist for the cells of a report that satisfy several relations at once."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from math import ceil, floor, gcd

import attrs

from govinfo.rules.algebra import Budget, Elimination, Tableau
from govinfo.rules.blanks import certain, satisfiable
from govinfo.rules.rows import MONEY_PLACES, Row

__all__ = ["Answer", "Constraint", "System", "smallest_conflict"]

_GRAIN = Fraction(1, 10**MONEY_PLACES)
"""The smallest step between two sums of money."""
_BRANCHES = 60
"""How often a point that is not whole is divided before the question is left open."""
_MOST_COINS = 50_000
"""The smallest coefficient times how many there are; above this, whether they reach a number exactly is left open."""


@attrs.frozen
class Constraint:
    """``low <= sum(coefficient * cell) <= high``, over whole cells or over money."""

    terms: tuple[tuple[str, int], ...]
    low: Fraction | None
    high: Fraction | None
    whole: bool
    signed: frozenset[str]

    @classmethod
    def of(cls, row: Row) -> Constraint:
        """Return a relation with its numbers made as small as they can be; its condition is left out.

        Two relations that say the same become equal.
        """
        divisor = gcd(*(coefficient for _, coefficient in row.terms))
        low, high = (None if bound is None else Fraction(bound) / divisor for bound in (row.low, row.high))
        terms = tuple((path, coefficient // divisor) for path, coefficient in row.terms)
        if terms[0][1] < 0:
            terms = tuple((path, -coefficient) for path, coefficient in terms)
            low, high = None if high is None else -high, None if low is None else -low
        if not row.unit:  # between whole numbers there is nothing
            low, high = None if low is None else Fraction(ceil(low)), None if high is None else Fraction(floor(high))
        return cls(terms, low, high, not row.unit, row.signed)

    @property
    def equation(self) -> bool:
        """Whether one value only is allowed."""
        return self.low is not None and self.low == self.high

    @property
    def plain(self) -> bool:
        """Whether it only says that a cell is not negative, which everything here takes for granted."""
        return len(self.terms) == 1 and not self.signed and self.low == 0 and self.high is None

    @property
    def possible(self) -> bool:
        """Whether any numbers satisfy it, as far as that is worked out."""
        if self.low is not None and self.high is not None and self.low > self.high:
            return False
        coefficients = [coefficient for _, coefficient in self.terms]
        exactly = self.whole and min(map(abs, coefficients)) * len(coefficients) <= _MOST_COINS
        return satisfiable(coefficients, bool(self.signed), exactly, *self._bounds)

    @property
    def certain(self) -> bool:
        """Whether all numbers satisfy it."""
        return certain([coefficient for _, coefficient in self.terms], bool(self.signed), *self._bounds)

    @property
    def _bounds(self) -> tuple[int | None, int | None]:
        # in grains: whole numbers, whichever the cells are
        scale = 1 if self.whole else 10**MONEY_PLACES
        low, high = (None if bound is None else bound * scale for bound in (self.low, self.high))
        return None if low is None else ceil(low), None if high is None else floor(high)

    def excludes(self, other: Constraint) -> bool:
        """Whether the bounds of another constraint with the same terms have nothing in common with its own."""
        low = max((bound for bound in (self.low, other.low) if bound is not None), default=None)
        high = min((bound for bound in (self.high, other.high) if bound is not None), default=None)
        return low is not None and high is not None and low > high

    def negated(self) -> tuple[Constraint, ...]:
        """Return what it is to break this: too little, too much."""
        step = 1 if self.whole else _GRAIN
        found = []
        if self.low is not None:
            found.append(attrs.evolve(self, low=None, high=self.low - step))
        if self.high is not None:
            found.append(attrs.evolve(self, low=self.high + step, high=None))
        return tuple(found)

    def holds(self, point: Mapping[str, Fraction]) -> bool:
        """Whether a point satisfies it; cells that are not there are 0."""
        total = sum((coefficient * point[path] for path, coefficient in self.terms if path in point), Fraction(0))
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


@attrs.frozen
class Answer:
    """Whether a point satisfies every constraint; neither a point nor a conflict where that is left open."""

    point: Mapping[str, Fraction] | None = None
    conflict: frozenset[int] | None = None
    """Constraints that no point satisfies together, by their place; those of the question count on from the others."""


class System:
    """Constraints prepared for several questions: equations are worked in, inequalities only where a point breaks them.

    Args:
        constraints: each possible by itself.
        budget: the work allowed for all questions.
    """

    def __init__(self, constraints: Sequence[Constraint], budget: Budget) -> None:
        self.constraints = tuple(constraints)
        self._budget = budget
        self._inequalities = [i for i, constraint in enumerate(self.constraints) if not constraint.equation]
        self._conflict: frozenset[int] | None = None
        self._tableau = Tableau(budget)
        self._work_in_equations()

    def _work_in_equations(self) -> None:
        elimination = Elimination[int](self._budget)
        for i, constraint in enumerate(self.constraints):
            if not constraint.equation or self._conflict is not None:
                continue
            assert constraint.low is not None  # noqa: S101  # an equation has both bounds
            added = elimination.add(i, dict(constraint.terms), constraint.low, whole=constraint.whole)
            if added.fractional or (not added.independent and added.difference):
                self._conflict = frozenset((*added.combination, i))
            elif added.independent:
                self._conflict = _require(self._tableau, constraint, i)

    def ask(self, question: Sequence[Constraint] = (), without: Collection[int] = ()) -> Answer:
        """Look for a point that satisfies the constraints and those of the question.

        Args:
            question: further constraints.
            without: inequalities to leave out, by their place.

        Raises:
            GaveUp: the budget is used up.
        """
        if self._conflict is not None:
            return Answer(conflict=self._conflict)
        tableau, count = self._tableau.copy(), len(self.constraints)
        for i, constraint in enumerate(question, count):
            conflict = _require(tableau, constraint, i)
            if conflict is not None:
                return Answer(conflict=conflict)
        pool = [i for i in self._inequalities if i not in without]
        whole = {path for c in (*self.constraints, *question) if c.whole for path, _ in c.terms}
        return self._search(tableau, pool, whole)

    def _search(self, first: Tableau, pool: Sequence[int], whole: Collection[str]) -> Answer:
        """Divide points that are not whole until one is, or none is left."""
        waiting, conflicts = [first], frozenset[int]()
        for _ in range(_BRANCHES):
            if not waiting:
                return Answer(conflict=conflicts)
            tableau = waiting.pop()
            conflict = self._satisfy(tableau, pool)
            if conflict is not None:
                conflicts |= conflict
                continue
            point = tableau.point()
            split = min(
                (path for path, value in point.items() if path in whole and value.denominator > 1), default=None
            )
            if split is None:
                return Answer(point)
            for low, high in ((None, floor(point[split])), (ceil(point[split]), None)):
                half = tableau.copy()
                conflict = half.require([(split, 1)], low, high)
                if conflict is None:
                    waiting.append(half)
                else:
                    conflicts |= conflict
        return Answer()

    def _satisfy(self, tableau: Tableau, pool: Sequence[int]) -> frozenset[int] | None:
        """Add the inequalities that the point breaks, until it breaks none."""
        while True:
            point = tableau.point()
            self._budget.spend(sum(len(self.constraints[i].terms) for i in pool))
            broken = [i for i in pool if not self.constraints[i].holds(point)]
            if not broken:
                return None
            for i in broken:
                conflict = _require(tableau, self.constraints[i], i)
                if conflict is not None:
                    return conflict


def _require(tableau: Tableau, constraint: Constraint, name: int) -> frozenset[int] | None:
    return tableau.require(constraint.terms, constraint.low, constraint.high, name, constraint.signed)


def smallest_conflict(constraints: Sequence[Constraint], conflict: Collection[int], budget: Budget) -> tuple[int, ...]:
    """Leave out of a conflict what it does not need: the rest has a point as soon as any one is taken away.

    Args:
        constraints: among which the conflict is.
        conflict: their places; they are tried in this order.
        budget: the work allowed; where it is used up the conflict is returned as far as it has come.
    """
    needed: list[int] = []
    waiting = list(conflict)
    while waiting:
        tried = waiting.pop(0)
        rest = [*needed, *waiting]
        found = System([constraints[i] for i in rest], budget).ask().conflict
        if found is None:
            needed.append(tried)
        else:
            waiting = [i for place, i in enumerate(rest) if place in found and i in waiting]
            needed = [i for place, i in enumerate(rest) if place in found and i in needed]
    return tuple(sorted(needed))
