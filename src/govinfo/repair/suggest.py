"""From what does not hold to suggestions: the wrong cell named, broken relations with one cause made one finding."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govinfo.engines.linear import verdict
from govinfo.engines.places import locate as place_of
from govinfo.engines.places import sorted_findings
from govinfo.findings import Correction, Diagnosis, Finding, Result, Severity, Status
from govinfo.parsing.reading import Reading
from govinfo.repair.alone import other_edition, proposals
from govinfo.repair.cause import cause_of, doubted
from govinfo.repair.evidence import Evidence
from govinfo.repair.groups import Group, Option, groups_of
from govinfo.repair.implied import implied_values
from govinfo.repair.locate import smallest_sets
from govinfo.repair.problem import Problem, problem_of
from govinfo.repair.search import Changes
from govinfo.repair.sheet import lattice_of
from govinfo.repair.structure import slips_of_lines, total_of
from govinfo.repair.system import Component, Equation, Guard, Relation, System, system_of
from govinfo.repair.weigh import Weighed, as_suggestions, weigh
from govinfo.repair.words import disagreement
from govinfo.rules.model import RuleSet
from govinfo.rules.vocabulary import Editions
from govinfo.schema import Missing, Report, Value, cells
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of

__all__ = ["suggest"]

_CLEAR = 0.8
"""Confidence from which the first suggestion is the likely one by far."""
_PROVED, _POSSIBLE, _GUESSED = 0.99, 0.9, 0.6
"""How sure the only explanation is: more relations were broken than cells are wrong; no more; no equation at all."""
_MOST_TOGETHER = 2
"""Wrong cells up to which relations are made one finding although their cause is ambiguous."""


def suggest(
    result: Result,
    rule_sets: Sequence[RuleSet],
    *,
    ignore: Sequence[str] = (),
    editions: Editions = EDITIONS,
    previous: Report | None = None,
) -> Result:
    """Return a result with suggestions, and with what the equations say of cells without a number.

    Nothing in it is decided by rules that were not applied; but rules that were merely not selected are evidence.

    Args:
        result: of checking one report.
        rule_sets: those it was checked against.
        ignore: beginnings of codes that were left out.
        editions: known classes of tables 2 and 3.
        previous: last year's report of the same publisher: evidence where arithmetic leaves a choice.
    """
    open_ = {Status.FAILED, Status.UNDECIDED}
    open_equation = any(one.status in open_ and one.code in result.equations for one in result.outcomes)
    if not result.findings and not open_equation:
        return result
    system = system_of(rule_sets, tables_of(result.reading.report), ignore=ignore, editions=editions)
    values = cells(result.reading.report)
    work = _Work(result, system, values, Evidence(result.reading, previous))
    return attrs.evolve(
        result,
        findings=sorted_findings(result.reading, work.findings()),
        implied=tuple(implied_values(system, values)),
    )


class _Work:
    """What is found out about one result."""

    def __init__(self, result: Result, system: System, values: Mapping[str, Value], evidence: Evidence) -> None:
        self._reading: Reading = result.reading
        self._system, self._values, self._evidence = system, values, evidence
        self._numbers = {path: i for i, path in enumerate(system.paths)}
        self._lattice = lattice_of(tuple(tables_of(result.reading.report).values()))
        self._doubts = doubted(result.reading)
        self._left = {(finding.code, finding.paths): finding for finding in result.findings}
        self._others = [f for f in result.findings if self._left[f.code, f.paths] is not f]  # said twice: kept so

    def findings(self) -> list[Finding]:
        """Return the findings, those with one cause put together."""
        made: list[Finding] = []
        for component in self._system.components:
            broken = [i for i, one in enumerate(component.equations) if (one.code, one.row.cells) in self._left]
            if broken:
                made += self._explained(component)
        return [*made, *map(self._alone, self._left.values()), *self._others]

    def _explained(self, component: Component) -> Iterator[Finding]:
        """Yield the findings about a component's equations, and take what they put together out of those left."""
        broken = [i for i, one in enumerate(component.equations) if _failed(one, self._values)]
        problem = problem_of(component, self._system, self._values)
        options = [option for option in self._options(component, problem) if self._possible(problem, option.changes)]
        for group in groups_of(component, broken, options):
            equations = [component.equations[i] for i in group.equations]
            yield from self._group(component, group, equations)

    def _options(self, component: Component, problem: Problem) -> list[Option]:
        sets = smallest_sets(problem).sets if problem.broken else []
        options = [Option(changes) for changes in sets]
        if not sets or len(sets[0]) > 1:
            lines = slips_of_lines(problem, component, self._lattice, self._numbers)
            options += [Option(changes, slip) for slip, changes in lines]
        return options

    def _possible(self, problem: Problem, changes: Changes) -> bool:
        """Tell whether cells without a number can still hold what the equations then force upon them."""
        for pivot in problem.pivots:
            if pivot.terms.keys() <= problem.numbers.keys():
                rest = sum(c * (problem.numbers[cell] + changes.get(cell, 0)) for cell, c in pivot.terms.items())
                forced, left = divmod(pivot.constant - rest, pivot.coefficient)
                if left or (forced < 0 and pivot.cell not in problem.signed):
                    return False
        return True

    def _group(self, component: Component, group: Group, equations: list[Equation]) -> Iterator[Finding]:
        parts = [f for one in equations if (f := self._left.get((one.code, one.row.cells))) is not None]
        if not parts:  # not selected: whoever asked does not want to hear of it
            return
        options = self._verified(component, group.options, equations)
        if not options:
            for part in parts:
                yield attrs.evolve(self._taken(part), diagnosis=Diagnosis.UNEXPLAINED)
            return
        totals = frozenset(
            self._system.paths[cell] for one in component.equations if (cell := total_of(one.terms)) is not None
        )
        several = len(options) > 1
        weighed = [
            weigh(
                corrections,
                option,
                reading=self._reading,
                values=self._values,
                lattice=self._lattice,
                totals=totals,
                evidence=self._evidence if several else None,
                broken=self._newly_broken(corrections),
            )
            for option, corrections in options
        ]
        # the same cells found by the search and by a slip of lines are one explanation
        best = {one.corrections: one for one in sorted(weighed, key=lambda one: one.weight)}
        mended = self._guards_mended(options[0][1]) if len(best) == 1 else []
        relations: list[Relation] = [*equations, *mended]
        resolves = sorted({one.code for one in relations})
        fewest = min(len(one.corrections) for one in weighed)
        sure = _PROVED if len(relations) > fewest else _POSSIBLE
        suggestions = as_suggestions(self._reading.report, list(best.values()), resolves, len(relations), sure)
        clear = suggestions[0].confidence >= _CLEAR or len(best) == 1
        corrections = suggestions[0].cells
        diagnosis = Diagnosis.NAMED if clear else Diagnosis.AMBIGUOUS
        parts += [f for one in mended if (f := self._left.get((one.code, one.row.cells))) is not None]
        about = [(one.code, one.row) for one in relations]
        if len(parts) > 1 and not clear and len(corrections) > _MOST_TOGETHER:
            for i, part in enumerate(parts):
                yield attrs.evolve(self._taken(part), diagnosis=diagnosis, suggestions=suggestions if i == 0 else ())
            return
        parts = [self._taken(part) for part in parts]
        finding = parts[0] if len(parts) == 1 else self._together(parts, corrections if clear else (), about)
        yield attrs.evolve(
            finding,
            location=place_of(self._reading, None, [cell.path for cell in corrections]) if clear else finding.location,
            cause=cause_of(self._reading, corrections, self._doubts) if clear else None,
            suggestions=suggestions,
            diagnosis=diagnosis,
        )

    def _alone(self, finding: Finding) -> Finding:
        """Return a finding that no equation stands behind, with the slips it may come from."""
        edition = other_edition(finding, self._reading)
        if edition is not None:
            return attrs.evolve(finding, suggestions=(edition,))
        about = self._system.guards.get(finding.paths[0], ()) if finding.paths else ()
        guard = next((one for one in about if (one.code, one.row.cells) == (finding.code, finding.paths)), None)
        if guard is None:
            return finding
        weighed = []
        for numbers, slip in proposals(guard.row, self._values, self._lattice):
            after = {**self._values, **numbers}
            corrections = tuple(Correction(path, _number(self._values[path]), new) for path, new in numbers.items())
            if not self._newly_broken(corrections) and not _failed(guard, after):
                weighed.append(Weighed(corrections, slip, (slip.text,), slip.weight))
        suggestions = as_suggestions(self._reading.report, weighed, [finding.code], 1, _GUESSED)
        if not suggestions:
            return finding
        return attrs.evolve(finding, suggestions=suggestions, diagnosis=Diagnosis.AMBIGUOUS)

    def _taken(self, part: Finding) -> Finding:
        return self._left.pop((part.code, part.paths))

    def _verified(
        self, component: Component, options: Sequence[Option], equations: Sequence[Equation]
    ) -> list[tuple[Option, tuple[Correction, ...]]]:
        """Return the options that mend the equations and break nothing else, with their changes as corrections."""
        kept = []
        for option in options:
            corrections = self._corrections(option.changes)
            after: dict[str, Value] = {**self._values, **{cell.path: cell.proposed for cell in corrections}}
            if not corrections or any(_failed(one, after) for one in equations):
                continue
            touched = {i: component.equations[i] for cell in option.changes for i in component.matrix.of[cell]}
            relations: list[Relation] = [
                *touched.values(),
                *(guard for guard in self._guards(corrections) if guard.error),
            ]
            if not any(_failed(one, after) and not _failed(one, self._values) for one in relations):
                kept.append((option, corrections))
        return kept

    def _corrections(self, changes: Changes) -> tuple[Correction, ...]:
        """Return changes as corrections, in the order of the form."""
        found = []
        for cell in changes if len(changes) == 1 else sorted(changes, key=self._order):
            path = self._system.paths[cell]
            reported: Any = self._values[path]
            found.append(Correction(path, reported, reported + changes[cell]))
        return tuple(found)

    def _order(self, cell: int) -> tuple[int, int]:
        return self._lattice.positions[self._system.paths[cell]]

    def _guards(self, corrections: Sequence[Correction]) -> list[Guard]:
        several = (guard for cell in corrections for guard in self._system.guards.get(cell.path, ()))
        return list({id(guard): guard for guard in several}.values())

    def _guards_mended(self, corrections: Sequence[Correction]) -> list[Guard]:
        """Return the other relations that do not hold and would with the corrections: a count that is negative."""
        after: dict[str, Value] = {**self._values, **{cell.path: cell.proposed for cell in corrections}}
        guards = self._guards(corrections)
        return [one for one in guards if _failed(one, self._values) and not _failed(one, after)]

    def _newly_broken(self, corrections: Sequence[Correction]) -> list[str]:
        """Return the codes of other rules that hold and would not with the corrections."""
        after: dict[str, Value] = {**self._values, **{cell.path: cell.proposed for cell in corrections}}
        guards = self._guards(corrections)
        return sorted({one.code for one in guards if _failed(one, after) and not _failed(one, self._values)})

    def _together(
        self, parts: Sequence[Finding], corrections: Sequence[Correction], about: Sequence[tuple[str, Any]]
    ) -> Finding:
        """Make one finding of several with one cause."""
        first = parts[0]
        paths = dict.fromkeys([cell.path for cell in corrections])
        paths |= dict.fromkeys(path for part in parts for path in part.paths)
        one = corrections[0] if len(corrections) == 1 else None
        return Finding(
            first.code,
            min((part.severity for part in parts), key=list(Severity).index),
            disagreement(self._reading.report, corrections, about),
            tuple(paths),
            actual=one.reported if one else None,
            expected=one.proposed if one else None,
            delta=one.reported - one.proposed if one and one.reported is not None else None,
            location=first.location,
            parts=tuple(parts),
            note=first.note,
        )


def _failed(relation: Relation, values: Mapping[str, Value]) -> bool:
    return verdict(relation.row, values) is Status.FAILED


def _number(value: Value) -> int | Decimal | None:
    return None if isinstance(value, Missing) else value
