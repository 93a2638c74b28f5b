"""Rules on one report: every rule, every outcome, findings with their places.

What can be prepared is prepared once for a choice of rule sets and the classes of a report's tables, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import attrs

from govinfo.engines.guests import Guests, brings_code, guests_among
from govinfo.engines.linear import CONDITION_FALSE, judge, not_applicable, verdict
from govinfo.engines.places import locate, sorted_findings
from govinfo.engines.straight import Screen, screen
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
from govinfo.watch import said_of

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
    packages: Mapping[str, str] = MappingProxyType({}),
) -> Result:
    """Check one report.

    Args:
        rule_sets: in any order; every one is applied.
        reading: the report and where its figures stood.
        select: beginnings of codes or former codes; other rules are left out. Empty for all.
        ignore: beginnings of codes or former codes to leave out.
        editions: known classes of tables 2 and 3 by table and edition.
        packages: whom to name where a rule breaks, by the name of the rule set; else the rule set is named.

    Returns:
        Findings, most severe first, then in the order of the form, then by code; an outcome for every instance of
        every rule, by code. A rule that breaks gives `Status.CRASHED` and touches no other rule; what guests' rules
        may do at most is said in `govinfo.engines.guests`.
    """
    forms = tuple((table, name, cls) for table, named in editions.items() for name, cls in named.items())
    classes = tuple(tables_of(reading.report).values())
    plan = _plan(tuple(rule_sets), classes, tuple(select), tuple(ignore), forms)
    look, apart = plan.screen(reading.report)
    # a rule must not be able to change what the next one sees
    shown = attrs.evolve(reading, origins=MappingProxyType(dict(reading.origins))) if plan.checks else reading
    waiting = sorted((*look, *apart), reverse=True)
    values = cells(reading.report) if look or plan.conditions else {}
    guests = Guests(reading)
    outcomes: list[Outcome] = []
    findings: list[Finding] = []
    for step in plan.steps:
        if step.error is not None:
            outcomes.append(_crashed(step.rule, step.error, _owner(step, packages)))
        elif step.outcome is not None:
            outcomes.append(step.outcome)
        elif isinstance(step.rule, (CheckRule, TextRule)):
            try:
                outcome, found = _unless(step, values) or _judged(
                    step.rule,
                    guests.run(step.rule.check) if step.apart else list(step.rule.check(shown)),
                    reading,
                )
            except Exception as error:  # what it found before that is not kept
                outcome, found = _crashed(step.rule, error, _owner(step, packages)), []
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
                    outcomes[first + i], finding = _crashed(step.rule, error, _owner(step, packages), row.binding), None
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
    error: Exception | None = None
    """Why it cannot run."""
    condition: Row | None = None
    """When a rule that is not linear applies."""
    guest: str = ""
    """The name of the rule set, where that is a guest's."""

    @property
    def apart(self) -> bool:
        """Whether it runs code of a guest."""
        return bool(self.guest) and brings_code(self.rule)


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
    guests = guests_among(rule_sets)
    steps: list[_Step] = []
    rows: list[Row] = []
    for rule in chosen:
        steps.append(_step(rule, len(rows), tables, editions, guests.get(rule.code, "")))
        rows += steps[-1].rows
    return _Plan(
        tuple(steps),
        screen(rows),
        any(isinstance(rule, (CheckRule, TextRule)) for rule in chosen),
        any(step.condition is not None for step in steps),
        tuple(sorted({rule_set.name for rule_set in rule_sets})),
        frozenset(rule.code for rule in chosen if isinstance(rule, LinearRule) and rule.equation),
    )


def _step(rule: Rule, start: int, tables: dict[str, type[Any]], editions: Editions, guest: str) -> _Step:
    if isinstance(rule, CheckRule) or (isinstance(rule, TextRule) and rule.condition is None):
        return _Step(rule, guest=guest)
    try:
        if isinstance(rule, TextRule) and rule.condition is not None:
            conditions = compile_rule(rule.condition, tables, editions)
            if not conditions:
                return _Step(rule, outcome=Outcome(rule.code, Status.NOT_APPLICABLE, reason=_OTHER_EDITION))
            return _Step(rule, condition=conditions[0], guest=guest)
        if not isinstance(rule, LinearRule):
            raise TypeError(f"no engine for a {type(rule).__name__}")
        rows = compile_rule(rule, tables, editions)
    except Exception as error:  # a plugin's mistake must not take the other rules down
        return _Step(rule, error=error, guest=guest)
    if not rows:
        return _Step(rule, outcome=Outcome(rule.code, Status.NOT_APPLICABLE, reason=_OTHER_EDITION))
    passed = tuple(Outcome(rule.code, Status.PASSED, row.binding) for row in rows)
    return _Step(rule, start, rows, passed, guest=guest)


def _unless(step: _Step, values: Mapping[str, Value]) -> tuple[Outcome, list[Finding]] | None:
    """Return how a rule comes out whose condition is not known to hold; None where it is, or there is none."""
    status = Status.PASSED if step.condition is None else verdict(step.condition, values)
    if status is Status.PASSED or step.condition is None:
        return None
    if status is Status.FAILED:
        return Outcome(step.rule.code, Status.NOT_APPLICABLE, reason=CONDITION_FALSE), []
    missing = tuple(path for path in step.condition.cells if isinstance(values[path], Missing))
    return Outcome(step.rule.code, Status.UNDECIDED, reason=_CONDITION_UNKNOWN, paths=missing), []


def _judged(rule: Rule, said: Sequence[Any], reading: Reading) -> tuple[Outcome, list[Finding]]:
    """Return what comes of all that a check yielded.

    Raises:
        TypeError: it is nothing a check may yield.
    """
    for thing in said:
        if not isinstance(thing, (Fault, Undecided, NotApplicable)):
            raise TypeError(f"a check yields Fault, Undecided or NotApplicable, not {type(thing).__name__}")
    findings = [_finding(rule, fault, reading) for fault in said if isinstance(fault, Fault)]
    if findings:
        return Outcome(rule.code, Status.FAILED), findings
    undecided = [thing for thing in said if isinstance(thing, Undecided)]
    if undecided:
        paths = tuple(dict.fromkeys(path for thing in undecided for path in _paths(thing)))
        return Outcome(rule.code, Status.UNDECIDED, reason=_together(undecided), paths=paths), []
    if said:
        reasons = [thing for thing in said if isinstance(thing, NotApplicable)]
        return Outcome(rule.code, Status.NOT_APPLICABLE, reason=_together(reasons)), []
    return Outcome(rule.code, Status.PASSED), []


def _together(said: Iterable[Undecided | NotApplicable]) -> Text:
    return Text.join(list(dict.fromkeys(_words(thing.reason) for thing in said)), "；", "; ")


def _words(text: Text) -> Text:
    if not isinstance(text, Text) or not all(isinstance(words, str) for words in text):
        raise TypeError(f"what a check says is a Text of two strings, not {text!r:.100}")
    return text


def _paths(said: Fault | Undecided) -> tuple[str, ...]:
    if not isinstance(said.paths, tuple) or not all(isinstance(path, str) for path in said.paths):
        raise TypeError(f"the paths of what a check yields are a tuple of strings, not {said.paths!r:.100}")
    return said.paths


def _finding(rule: Rule, fault: Fault, reading: Reading) -> Finding:
    for value in (fault.actual, fault.expected, fault.cause):
        if value is not None and not isinstance(value, (int, Decimal, str)):
            raise TypeError(f"actual, expected and cause of a Fault are numbers or words, not {value!r:.100}")
    delta = None
    if isinstance(fault.actual, int) and isinstance(fault.expected, int):
        delta = fault.actual - fault.expected
    message, paths = _words(fault.message), _paths(fault)
    place = locate(reading, fault.at, paths)
    return Finding(
        rule.code,
        rule.severity,
        message,
        paths,
        fault.actual,
        fault.expected,
        delta,
        place,
        fault.cause,
        note=rule.remark,
    )


def _owner(step: _Step, packages: Mapping[str, str]) -> str:
    return packages.get(step.guest, step.guest)


def _crashed(rule: Rule, error: Exception, whose: str, binding: str = "") -> Outcome:
    said = said_of(error)
    owner = Text(f"（{whose}）", f" ({whose})") if whose else Text("", "")
    reason = Text(
        f"规则 {rule.code}{owner.zh}本身出错：{said.zh}", f"rule {rule.code}{owner.en} itself broke: {said.en}"
    )
    return Outcome(rule.code, Status.CRASHED, binding, reason)
