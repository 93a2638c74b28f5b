"""What can be proved about the rules of one set in one edition of the form."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from govinfo.rules.algebra import Budget, Elimination, GaveUp
from govinfo.rules.remarks import Instance, Kind
from govinfo.rules.systems import Constraint, System, smallest_conflict

__all__ = ["Item", "Proof", "prove"]

_MOST_CONTRADICTIONS = 25


@attrs.frozen
class Item:
    """An instance of a rule and what is computed with."""

    instance: Instance
    constraint: Constraint
    when: Constraint | None = None
    """Its condition."""


@attrs.frozen
class Proof:
    """One thing that is so."""

    kind: Kind
    instance: Instance | None = None
    """What it is about; None for the whole set."""
    because: tuple[Instance, ...] = ()
    """The others it has to do with, by code."""
    conditional: bool = False


def prove(base: Sequence[Item], own: Sequence[Item], budget: Budget) -> tuple[list[Proof], list[Item]]:
    """Prove what can be proved about ``own`` rules.

    Args:
        base: rules that hold too, themselves without contradiction.
        own: the rules to look at, by code.
        budget: the work allowed.

    Returns:
        What was found, and those of the own rules that together with the base are without contradiction.
    """
    prover = _Prover(base, budget)
    try:
        prover.prove(own)
    except GaveUp:
        prover.found.append(Proof(Kind.OPEN))
    return prover.found, prover.kept


class _Prover:
    def __init__(self, base: Sequence[Item], budget: Budget) -> None:
        self.base = base
        self.budget = budget
        self.found: list[Proof] = []
        self.kept: list[Item] = []

    def prove(self, own: Sequence[Item]) -> None:
        sound = self._one_by_one(own)
        conditional = [item for item in sound if item.when is not None]
        base = [item for item in self.base if item.when is None]
        together, first = self._without_contradictions(base, [item for item in sound if item.when is None])
        self.kept += [*together[first:], *conditional]
        self._implied_equations(together, first)
        self._implied_inequalities(together, first)
        self._conditional(together, conditional)

    def note(self, kind: Kind, item: Item, because: Iterable[Item] = ()) -> None:
        others = sorted((other.instance for other in because), key=lambda instance: instance.code)
        self.found.append(Proof(kind, item.instance, tuple(others), item.when is not None))

    def _one_by_one(self, own: Sequence[Item]) -> list[Item]:
        """Look at every rule by itself, and whether another says the same; return those that are of use to others."""
        seen = {(item.constraint, item.when): item for item in self.base}
        sound = []
        for item in own:
            other = seen.setdefault((item.constraint, item.when), item)
            if not item.constraint.possible:
                self.note(Kind.NEVER_HOLDS, item)
            elif item.when is not None and not item.when.possible:
                self.note(Kind.NEVER_APPLIES, item)
            elif other is not item:
                self.note(Kind.REPEATED, item, [other])
            elif not item.constraint.certain:
                sound.append(item)
            elif item.constraint.plain:
                self.kept.append(item)  # it says nothing new, but a set to come may say it again
            else:
                self.note(Kind.NEVER_FAILS, item)
        return sound

    def _without_contradictions(self, base: Sequence[Item], own: Sequence[Item]) -> tuple[list[Item], int]:
        """Take one rule out of every contradiction; return what is left, the base first, and where the own begin."""
        left, first = [*base, *self._without_opposites(base, own)], len(base)
        for _ in range(_MOST_CONTRADICTIONS):
            constraints = [item.constraint for item in left]
            answer = System(constraints, self.budget).ask()
            if answer.conflict is None:
                if answer.point is None:
                    self.found.append(Proof(Kind.OPEN))
                return left, first
            smallest = self._few(constraints, answer.conflict, {max(answer.conflict)})
            last = smallest[-1]
            if last >= first:
                self.note(Kind.CONTRADICTION, left[last], [left[i] for i in smallest if i != last])
            else:  # two sets of the base that no report has to satisfy both
                first -= 1
            del left[last]
        raise GaveUp  # so many at once have one cause, and nothing can be said of what would be left

    def _without_opposites(self, base: Sequence[Item], own: Sequence[Item]) -> list[Item]:
        """Take out what contradicts a single other relation of the same cells: the frequent case, quickly told."""
        known: dict[tuple[tuple[str, int], ...], list[Item]] = {}
        for item in base:
            known.setdefault(item.constraint.terms, []).append(item)
        left = []
        for item in own:
            alike = known.setdefault(item.constraint.terms, [])
            opposite = next((other for other in alike if item.constraint.excludes(other.constraint)), None)
            if opposite is None:
                alike.append(item)
                left.append(item)
            else:
                self.note(Kind.CONTRADICTION, item, [opposite])
        return left

    def _implied_equations(self, items: Sequence[Item], first: int) -> None:
        """Find equations that others add up to; of several that depend on each other, the one of the first code."""
        elimination = Elimination[int](self.budget)
        order: list[int] = []
        for part in (range(first), range(first, len(items))):
            rules: dict[str, list[int]] = {}
            for i in sorted(part, key=lambda i: items[i].instance.code):
                rules.setdefault(items[i].instance.code, []).append(i)
            order += [i for code in reversed(rules) for i in rules[code]]
        implied: list[tuple[int, Item, list[Item]]] = []
        for i in order:
            constraint = items[i].constraint
            if constraint.equation and constraint.low is not None:
                added = elimination.add(i, dict(constraint.terms), constraint.low, whole=constraint.whole)
                if i >= first and not added.independent:
                    implied.append((i, items[i], [items[j] for j in sorted(added.combination)]))
        for _, item, others in sorted(implied, key=lambda found: found[0]):
            self.note(Kind.IMPLIED, item, others)

    def _implied_inequalities(self, items: Sequence[Item], first: int) -> None:
        constraints = [item.constraint for item in items]
        system = System(constraints, self.budget)
        without: set[int] = set()
        for i in range(first, len(items)):
            if not constraints[i].equation:
                others = self._follows(system, [], constraints[i], {*without, i})
                if others is not None:
                    without.add(i)  # what follows is not used to show that another does
                    self.note(Kind.IMPLIED, items[i], [items[j] for j in others])

    def _conditional(self, items: Sequence[Item], conditional: Sequence[Item]) -> None:
        system = System([item.constraint for item in items], self.budget)
        for item in conditional:
            assert item.when is not None  # noqa: S101  # that is how they were chosen
            for kind, question in (
                (Kind.NEVER_APPLIES, [item.when]),
                (Kind.CONTRADICTION, [item.when, item.constraint]),
            ):
                conflict = system.ask(question).conflict
                if conflict is not None:
                    self.note(kind, item, [items[j] for j in self._others(system, question, conflict)])
                    break
            else:
                others = self._follows(system, [item.when], item.constraint, ())
                if others is not None:
                    self.note(Kind.IMPLIED if others else Kind.NEVER_FAILS, item, [items[j] for j in others])

    def _follows(
        self, system: System, given: list[Constraint], constraint: Constraint, without: Iterable[int]
    ) -> list[int] | None:
        """Return constraints that together with ``given`` leave no way to break another; None where there is one."""
        others: set[int] = set()
        for broken in constraint.negated():
            question = [*given, broken]
            conflict = system.ask(question, frozenset(without)).conflict
            if conflict is None:
                return None
            others.update(self._others(system, question, conflict, without))
        return sorted(others)

    def _others(
        self, system: System, question: Sequence[Constraint], conflict: frozenset[int], without: Iterable[int] = ()
    ) -> list[int]:
        """Return the few constraints of a system that a conflict with a question needs."""
        count = len(system.constraints)
        together = (*system.constraints, *question)
        smallest = self._few(together, conflict, set(range(count, len(together))), without)
        return [i for i in smallest if i < count]

    def _few(
        self, constraints: Sequence[Constraint], conflict: frozenset[int], about: set[int], without: Iterable[int] = ()
    ) -> tuple[int, ...]:
        """Make a conflict small; if what shares cells with the ones it is ``about`` is enough, of those."""
        cells = {path for i in about for path, _ in constraints[i].terms}
        left_out = set(without)
        near = [
            i
            for i, constraint in enumerate(constraints)
            if i not in left_out and any(path in cells for path, _ in constraint.terms)
        ]
        nearby = System([constraints[i] for i in near], self.budget).ask().conflict
        chosen = conflict if nearby is None else {near[place] for place in nearby}
        return smallest_conflict(constraints, sorted(chosen), self.budget)
