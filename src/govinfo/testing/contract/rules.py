"""What the rules of a plugin say: of their cases, of their examples, beside the national rules."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import attrs

from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.findings import Severity, Status
from govinfo.parsing.reading import Reading
from govinfo.rules.adjust import mistake_in
from govinfo.rules.inspect import inspect
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national import NATIONAL
from govinfo.rules.remarks import Kind
from govinfo.schema import Report
from govinfo.testing.bases import base_reading, base_report, build
from govinfo.testing.cases import RuleCase, run_case
from govinfo.testing.contract.model import Check, Subject, refuse
from govinfo.testing.contract.odd import odd_readings

__all__ = ["checks"]


def checks(subject: Subject) -> Iterator[Check]:
    """Yield what is checked of rules."""
    if not subject.rule_sets:
        return
    yield Check("contradicts no rule", partial(_contradictions, subject))
    yield Check("adjusts rules with reasons", partial(_adjustments, subject))
    yield Check("has cases of its own rules only", partial(_strange_cases, subject))
    yield Check("never breaks on an odd report", partial(_odd, subject))
    for rule_set in subject.rule_sets:
        for rule in rule_set.rules:
            yield Check(f"{rule.code} has cases", partial(_has_cases, subject, rule))
            yield Check(f"{rule.code} has examples", partial(_examples, subject, rule))
    for case in subject.cases:
        yield Check(f"case {case}", partial(_case, subject, case))


def _contradictions(subject: Subject) -> None:
    said = [
        f"{remark.code}: {remark.message.en}"
        for inspection in inspect(subject.national_too, subject.plugins.editions)
        if inspection.rule_set.name != NATIONAL.name
        for remark in inspection.remarks
        if remark.severity is Severity.ERROR or remark.kind is Kind.NEVER_FAILS
    ]
    refuse(
        said, "no report can satisfy such rules, or none can break them: correct the relation (govinfo rules --lint)"
    )


def _adjustments(subject: Subject) -> None:
    mistakes = []
    for rule_set in subject.rule_sets:
        for one in rule_set.adjustments:
            name = f"{rule_set.name} adjusts {one.code}"
            if (mistake := mistake_in(one, rule_set.region, subject.national_too)) is not None:
                mistakes.append(f"{name}: {mistake.en}")
            if not one.reason.zh.strip() or not one.reason.en.strip():
                mistakes.append(f"{name} without a reason")
            if one.strength is None:
                mistakes.append(f"{name} without saying how sure its reason is: strength=Strength.…")
        if rule_set.adjustments and not rule_set.region:
            mistakes.append(f"{rule_set.name} adjusts national rules for everywhere: give it a region")
    refuse(mistakes, "an adjustment names a rule that holds in its region, and says why and how sure that is")


def _strange_cases(subject: Subject) -> None:
    codes = {rule.code for rule_set in subject.national_too for rule in rule_set.rules}
    refuse(
        (f"case {case}: there is no such rule" for case in subject.cases if case.code not in codes),
        f"correct the code in {subject.cases_path}",
    )
    names = [str(case) for case in subject.cases]
    refuse(
        (f"case {name} stands there more than once" for name in sorted({n for n in names if names.count(n) > 1})),
        f"give each case of a rule a name of its own in {subject.cases_path}",
    )


def _odd(subject: Subject) -> None:
    broken: dict[str, str] = {}
    for name, reading in _readings(subject):
        for outcome in run(subject.rule_sets, reading, editions=subject.plugins.editions).outcomes:
            if outcome.status is Status.CRASHED and outcome.reason is not None:
                broken.setdefault(outcome.code, f"{outcome.reason.en} (on {name})")
    refuse(broken.values(), "any text and any cell of a report may be missing, strange or very long: look before use")


def _readings(subject: Subject) -> Iterator[tuple[str, Reading]]:
    yield from odd_readings()
    for edition in subject.plugin.editions:
        report = base_report(edition.name, subject.plugins.editions)
        yield f"a usual report, edition {edition.name}", base_reading(report)


def _has_cases(subject: Subject, rule: Rule) -> None:
    needed = {Status.PASSED, Status.FAILED}
    if isinstance(rule, LinearRule) or _can_be_undecided(subject, rule):
        needed.add(Status.UNDECIDED)
    there = {case.expect.status for case in subject.cases if case.code == rule.code}
    if not isinstance(rule, LinearRule):  # those of a linear rule are worked out from its relation and prove nothing
        explained = explain(rule)
        there |= {Status.PASSED} if explained.passes else set()
        there |= {Status.FAILED} if explained.fails else set()
    refuse(
        (f"{rule.code} has no case with status {status.value}" for status in Status if status in needed - there),
        f"add it to a file in {subject.cases_path or 'a folder given as cases='}; govinfo.testing.cases has the keys",
    )


def _can_be_undecided(subject: Subject, rule: Rule) -> bool:
    return any(
        outcome.status is Status.UNDECIDED
        for _, reading in _readings(subject)
        for outcome in run(subject.rule_sets, reading, select=[rule.code], editions=subject.plugins.editions).outcomes
    )


def _examples(subject: Subject, rule: Rule) -> None:
    explained = explain(rule, subject.plugins.editions)
    mistakes = []
    for name, example, status in (
        ("passes", explained.passes, Status.PASSED),
        ("fails", explained.fails, Status.FAILED),
    ):
        if example is None or example.report is None:
            mistakes.append(f"{rule.code} has no example {name}= that can be tested")
            continue
        editions = subject.plugins.editions
        reading = build(**example.report, editions=editions)
        result = run(subject.rule_sets, reading, select=[rule.code], editions=editions)
        said = {outcome.status for outcome in result.outcomes}
        if (said != {status}) if status is Status.PASSED else (status not in said):
            mistakes.append(f"{rule.code} says {sorted(s.value for s in said)} of its example {name}=")
    refuse(
        mistakes,
        "give the rule Example(Text(zh, en), {…}), with an excerpt of a made-up report and, as in a case, how that "
        "report differs from the consistent one",
    )


def _case(subject: Subject, case: RuleCase) -> None:
    result = run_case(case, subject.national_too, subject.plugins.editions)
    strange = [
        f"{finding.code}: {path!r} is no path of a report"
        for finding in result.findings
        for path in finding.paths
        if path.partition(".")[0] not in _ROOTS
    ]
    refuse(strange, "a Fault's paths are canonical paths, see docs/reference/cells.md")
    one_sided = [f"{f.code}: {f.message!r}" for f in result.findings if not f.message.zh or not f.message.en]
    refuse(one_sided, "say what is wrong in both languages: Text(zh, en)")


_ROOTS = frozenset(attrs.fields_dict(Report))
