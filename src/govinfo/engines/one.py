"""Rules on one report: every rule, every outcome, findings with their places.

What can be prepared is prepared once for a choice of rule sets and the classes of a report's tables, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import attrs

from govinfo.engines.linear import CONDITION_FALSE, judge, not_applicable, verdict
from govinfo.engines.places import locate, sorted_findings
from govinfo.engines.straight import Screen, screen
from govinfo.errors import GovinfoError
from govinfo.findings import Finding, Outcome, Result, Status
from govinfo.parsing.reading import Reading
from govinfo.rules.catalogue import choose
from govinfo.rules.model import CheckRule, Fault, LinearRule, NotApplicable, Rule, RuleSet, TextRule, Undecided
from govinfo.rules.rows import Row, compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Missing, Value, cells
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of
from govinfo.text import Text

__all__ = ["run"]

_CONDITION_UNKNOWN = Text("缺少数据，适用条件无法判断", "whether it applies cannot be told for want of figures")
_OTHER_EDITION = Text("表的版本不同，没有这些格", "this edition of the form does not have these cells")


def run(
    rule_sets: Sequence[RuleSet],
    reading: Reading,
    *,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    editions: Editions = EDITIONS,
) -> Result:
    """Check one report.

    Args:
        rule_sets: in any order; every one is applied.
        reading: the report and where its figures stood.
        select: beginnings of codes or former codes; other rules are left out. Empty for all.
        ignore: beginnings of codes or former codes to leave out.
        editions: known classes of tables 2 and 3 by table and edition.

    Returns:
        Findings, most severe first, then in the order of the form, then by code; an outcome for every instance of
        every rule, by code. A rule that breaks gives `Status.CRASHED` and touches no other rule.
    """
    forms = tuple((table, name, cls) for table, named in editions.items() for name, cls in named.items())
    classes = tuple(tables_of(reading.report).values())
    plan = _plan(tuple(rule_sets), classes, tuple(select), tuple(ignore), forms)
    look, apart = plan.screen(reading.report)
    # a rule must not be able to change what the next one sees
    shown = attrs.evolve(reading, origins=MappingProxyType(dict(reading.origins))) if plan.checks else reading
    waiting = sorted((*look, *apart), reverse=True)
    values = cells(reading.report) if look or plan.conditions else {}
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for step in plan.steps:
        if step.outcome is not None:
            outcomes.append(step.outcome)
        elif isinstance(step.rule, (CheckRule, TextRule)):
            outcome, found = _unless(step, values) or _check(step.rule, shown)
            outcomes.append(outcome)
            findings += found
        elif isinstance(step.rule, LinearRule):
            first = len(outcomes) - step.start
            outcomes += step.passed
            while waiting and waiting[-1] < step.start + len(step.rows):
                i = waiting.pop()
                row = step.rows[i - step.start]
                if i in apart:
                    outcomes[first + i] = not_applicable(step.rule, row)
                    continue
                try:
                    outcomes[first + i], finding = judge(step.rule, row, shown, values)
                except Exception as error:  # a number no arithmetic can hold: one instance is lost, not the run
                    outcomes[first + i], finding = _crashed(step.rule, error, row.binding), None
                if finding is not None:
                    findings.append(finding)
    return Result(reading, sorted_findings(reading, findings), tuple(outcomes), plan.names, plan.equations)


@attrs.frozen
class _Step:
    """A rule ready to run."""

    rule: Rule
    start: int = 0
    """How many rows of other rules the screen sees before this one's."""
    rows: tuple[Row, ...] = ()
    """Instances of a linear rule."""
    passed: tuple[Outcome, ...] = ()
    """The outcome of each instance that passes: most do, and nothing has to be made for them."""
    outcome: Outcome | None = None
    """The outcome, where that is certain before any figure is seen."""
    condition: Row | None = None
    """When a rule that is not linear applies."""


@attrs.frozen
class _Plan:
    steps: tuple[_Step, ...]
    screen: Screen
    checks: bool
    """Whether rules are among them that look at the reading for themselves."""
    conditions: bool
    """Whether any of these applies under a condition."""
    names: tuple[str, ...]
    equations: frozenset[str]


@lru_cache(maxsize=256)
def _plan(
    rule_sets: tuple[RuleSet, ...],
    classes: tuple[Any, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    forms: tuple[tuple[str, str, Any], ...],
) -> _Plan:
    tables = dict(zip(TABLES, classes, strict=True))
    editions: dict[str, dict[str, type[Any]]] = {}
    for table, name, cls in forms:
        editions.setdefault(table, {})[name] = cls
    chosen = choose(rule_sets, select, ignore)
    steps: list[_Step] = []
    rows: list[Row] = []
    for rule in chosen:
        steps.append(_step(rule, len(rows), tables, editions))
        rows += steps[-1].rows
    return _Plan(
        tuple(steps),
        screen(rows),
        any(isinstance(rule, (CheckRule, TextRule)) for rule in chosen),
        any(step.condition is not None for step in steps),
        tuple(sorted({rule_set.name for rule_set in rule_sets})),
        frozenset(rule.code for rule in chosen if isinstance(rule, LinearRule) and rule.equation),
    )


def _step(rule: Rule, start: int, tables: dict[str, type[Any]], editions: Editions) -> _Step:
    if isinstance(rule, CheckRule) or (isinstance(rule, TextRule) and rule.condition is None):
        return _Step(rule)
    try:
        if isinstance(rule, TextRule) and rule.condition is not None:
            conditions = compile_rule(rule.condition, tables, editions)
            if not conditions:
                return _Step(rule, outcome=Outcome(rule.code, Status.NOT_APPLICABLE, reason=_OTHER_EDITION))
            return _Step(rule, condition=conditions[0])
        if not isinstance(rule, LinearRule):
            raise TypeError(f"no engine for a {type(rule).__name__}")
        rows = compile_rule(rule, tables, editions)
    except Exception as error:  # a plugin's mistake must not take the other rules down
        return _Step(rule, outcome=_crashed(rule, error))
    if not rows:
        return _Step(rule, outcome=Outcome(rule.code, Status.NOT_APPLICABLE, reason=_OTHER_EDITION))
    return _Step(rule, start, rows, tuple(Outcome(rule.code, Status.PASSED, row.binding) for row in rows))


def _unless(step: _Step, values: Mapping[str, Value]) -> tuple[Outcome, list[Finding]] | None:
    """Return how a rule comes out whose condition is not known to hold; None where it is, or there is none."""
    status = Status.PASSED if step.condition is None else verdict(step.condition, values)
    if status is Status.PASSED or step.condition is None:
        return None
    if status is Status.FAILED:
        return Outcome(step.rule.code, Status.NOT_APPLICABLE, reason=CONDITION_FALSE), []
    missing = tuple(path for path in step.condition.cells if isinstance(values[path], Missing))
    return Outcome(step.rule.code, Status.UNDECIDED, reason=_CONDITION_UNKNOWN, paths=missing), []


def _check(rule: CheckRule | TextRule, reading: Reading) -> tuple[Outcome, list[Finding]]:
    """Run a check rule; if it breaks, what it found before that is not kept."""
    try:
        said = list(rule.check(reading))
        findings = [_finding(rule, fault, reading) for fault in said if isinstance(fault, Fault)]
        strange = [thing for thing in said if not isinstance(thing, (Fault, Undecided, NotApplicable))]
        if strange:
            raise TypeError(f"a check yields Fault, Undecided or NotApplicable, not {type(strange[0]).__name__}")
    except Exception as error:
        return _crashed(rule, error), []
    if findings:
        return Outcome(rule.code, Status.FAILED), findings
    undecided = [thing for thing in said if isinstance(thing, Undecided)]
    if undecided:
        paths = tuple(dict.fromkeys(path for thing in undecided for path in thing.paths))
        return Outcome(rule.code, Status.UNDECIDED, reason=_together(undecided), paths=paths), []
    if said:
        reasons = [thing for thing in said if isinstance(thing, NotApplicable)]
        return Outcome(rule.code, Status.NOT_APPLICABLE, reason=_together(reasons)), []
    return Outcome(rule.code, Status.PASSED), []


def _together(said: Iterable[Undecided | NotApplicable]) -> Text:
    return Text.join(list(dict.fromkeys(thing.reason for thing in said)), "；", "; ")


def _finding(rule: Rule, fault: Fault, reading: Reading) -> Finding:
    if not isinstance(fault.message, Text):
        raise TypeError(f"the message of a Fault is a Text, not {type(fault.message).__name__}")
    if not isinstance(fault.paths, tuple) or not all(isinstance(path, str) for path in fault.paths):
        raise TypeError("the paths of a Fault are a tuple of strings")
    delta = None
    if isinstance(fault.actual, int) and isinstance(fault.expected, int):
        delta = fault.actual - fault.expected
    place = locate(reading, fault.at, fault.paths)
    return Finding(
        rule.code,
        rule.severity,
        fault.message,
        fault.paths,
        fault.actual,
        fault.expected,
        delta,
        place,
        fault.cause,
        note=rule.remark,
    )


def _crashed(rule: Rule, error: Exception, binding: str = "") -> Outcome:
    said = error.text if isinstance(error, GovinfoError) else Text(*[f"{type(error).__name__}: {error}"] * 2)
    reason = Text(f"规则 {rule.code} 本身出错：{said.zh}", f"rule {rule.code} itself broke: {said.en}")
    return Outcome(rule.code, Status.CRASHED, binding, reason)
