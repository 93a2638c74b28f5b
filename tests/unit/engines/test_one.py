"""The engine for one report: outcomes, findings, what a broken rule does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any

import attrs
import pytest

from govinfo.documents.model import Cell, Document, Paragraph
from govinfo.engines.one import run
from govinfo.findings import Location, Result, Severity, Status
from govinfo.parsing.reading import Reading
from govinfo.rules.model import CheckRule, Fault, LinearRule, NotApplicable, Rule, RuleSet, Undecided
from govinfo.rules.national import NATIONAL
from govinfo.schema import Missing
from govinfo.testing.bases import base_report, build
from govinfo.text import Text

T = Text("文", "text")
EQUATIONS = 7 + 7 + 25 + 3


def linear(relation: str, *, when: str | None = None, severity: Severity = Severity.ERROR) -> LinearRule:
    return LinearRule("XYZ001", severity, T, T, relation, when=when)


def checked(*rules: Rule, change: dict[str, Any] | None = None, base: str = "2021") -> Result:
    return run([RuleSet("test", T, rules)], build(base, change))


def checking(check: Callable[[Reading], Any], code: str = "XYZ001", severity: Severity = Severity.INFO) -> CheckRule:
    return CheckRule(code, severity, T, T, check)


def test_a_consistent_report_has_no_findings() -> None:
    for base, equations in (("2021", EQUATIONS), ("2019", EQUATIONS - 2)):
        result = run([NATIONAL], build(base))
        assert result.findings == ()
        assert result.count(Status.PASSED, equations_only=True) == equations
        assert result.count(Status.CRASHED) == 0
        assert result.rule_sets == ("national",)
        assert result.equations == {"APP001", "APP002", "APP003", "DSP001"}


def test_a_finding_has_the_place_of_the_first_cell_that_has_one() -> None:
    reading = build(change={"applications.total.granted": 0})
    cell = Cell("０", line=31, column=9, table=3, row=7, col=10, page=2)
    blamed = attrs.evolve(reading, origins={"applications.total.granted": cell})
    (finding, *_) = run([NATIONAL], blamed, select=["APP003"]).findings
    assert finding.location == Location("case.txt", 31, 9, 2, 3, 7, 10, "０")
    elsewhere = attrs.evolve(reading, origins={"applications.enterprise.granted": Paragraph("3", 5)})
    (finding, *_) = run([NATIONAL], elsewhere, select=["APP003"]).findings
    assert finding.location == Location("case.txt", 5, 1, raw="3")
    (finding, *_) = run([NATIONAL], Reading(reading.report), select=["APP003"]).findings
    assert finding.location is None


def test_select_and_ignore_go_by_the_beginning_of_a_code_or_a_former_code() -> None:
    def codes(**options: Any) -> set[str]:
        return {outcome.code for outcome in run([NATIONAL, renamed], build(), **options).outcomes}

    renamed = RuleSet("renamed", T, (attrs.evolve(linear("disputes.{count} >= 0"), aliases=("OLD001",)),))
    assert codes(select=["APP001", "FEE"]) == {"APP001", "FEE001", "FEE002", "FEE003", "FEE004"}
    assert codes(select=["APP"], ignore=["APP00"]) == set()
    assert codes(select=["OLD"]) == {"XYZ001"}
    assert "XYZ001" not in codes(ignore=["OLD001"])


def test_signed_and_real_cells_in_blanks() -> None:
    blank = {"disclosure.licensing.change": Missing.BLANK.value}
    assert checked(linear("disclosure.licensing.change <= -3"), change=blank, base="2019").findings == ()
    relation = linear("2 * disclosure.licensing.decisions == 3")
    assert len(checked(relation, change={"disclosure.licensing.decisions": "blank"}).findings) == 1
    money = linear("2 * processing_fee.charged == 3")
    assert checked(money, change={"processing_fee.charged": "blank"}).count(Status.UNDECIDED) == 1


def test_sums_of_money_are_exact() -> None:
    rule = linear("processing_fee.received <= processing_fee.charged")
    long = "1" + "0" * 40
    change = {"processing_fee.charged": long, "processing_fee.received": long + ".01"}
    (finding,) = checked(rule, change=change).findings
    assert finding.delta == Decimal("0.01")


def test_a_number_no_arithmetic_can_hold_breaks_one_instance_only() -> None:
    change = {"processing_fee.charged": "1E+5000"}
    (outcome,) = checked(linear("processing_fee.received + 1 <= processing_fee.charged"), change=change).outcomes
    assert outcome.status is Status.CRASHED
    # comparing needs no arithmetic
    (outcome,) = checked(linear("processing_fee.received <= processing_fee.charged"), change=change).outcomes
    assert outcome.status is Status.PASSED


@pytest.mark.parametrize(
    ("when", "status"),
    [
        ("disputes.reconsideration.total > 0", Status.FAILED),
        ("disputes.reconsideration.total > 9", Status.NOT_APPLICABLE),
        ("disputes.reconsideration.pending > 0", Status.UNDECIDED),
        ("disputes.reconsideration.pending >= 0", Status.FAILED),  # whatever the blank is
        ("disputes.reconsideration.pending <= -1", Status.NOT_APPLICABLE),
    ],
)
def test_conditions(when: str, status: Status) -> None:
    change = {"disputes.reconsideration.pending": "blank"}
    (outcome,) = checked(linear("processing_fee.notices >= 100", when=when), change=change).outcomes
    assert outcome.status is status
    assert outcome.paths == (("disputes.reconsideration.pending",) if status is Status.UNDECIDED else ())


def test_what_a_check_yields_decides_its_outcome() -> None:
    def status(*said: Any) -> Status:
        return checked(checking(lambda reading: iter(said))).outcomes[0].status

    undecided, not_applicable = Undecided(T, ("year",)), NotApplicable(T)
    assert status() is Status.PASSED
    assert status(not_applicable) is Status.NOT_APPLICABLE
    assert status(not_applicable, undecided) is Status.UNDECIDED
    assert status(undecided, Fault(T)) is Status.FAILED


def _raises(reading: Reading) -> Iterator[Fault]:
    yield Fault(T)
    raise KeyError("gone")


def _mutates(reading: Reading) -> Iterator[Fault]:
    reading.origins.clear()  # type: ignore[attr-defined]
    yield Fault(T)


def _rewrites(reading: Reading) -> Iterator[Fault]:
    reading.report.title = "mine"  # type: ignore[misc]
    yield Fault(T)


BROKEN: list[Callable[[Reading], Any]] = [
    _raises,
    _mutates,
    _rewrites,
    lambda reading: None,
    lambda reading: ["a string"],
    lambda reading: [Fault("not a text")],  # type: ignore[arg-type]
    lambda reading: [Fault(T, "applications")],  # type: ignore[arg-type]
    lambda reading: [Fault(T, at="line 3")],  # type: ignore[arg-type]
]


@pytest.mark.parametrize("check", BROKEN)
def test_a_broken_rule_crashes_alone(check: Callable[[Reading], Iterable[Fault]]) -> None:
    whole = run([NATIONAL], build(change={"year": 2024}))
    result = run([NATIONAL, RuleSet("broken", T, (checking(check),))], build(change={"year": 2024}))
    (crashed,) = (outcome for outcome in result.outcomes if outcome.status is Status.CRASHED)
    assert crashed.code == "XYZ001"
    assert crashed.reason is not None
    assert "XYZ001" in crashed.reason.zh
    assert result.findings == whole.findings


@pytest.mark.parametrize("rule", [linear("disputes.nothing == 1"), Rule("XYZ001", Severity.INFO, T, T)])
def test_a_rule_that_cannot_run_crashes_alone(rule: Rule) -> None:
    (outcome,) = checked(rule).outcomes
    assert outcome.status is Status.CRASHED


def test_findings_are_sorted_by_severity_then_form_then_code() -> None:
    rules = (
        checking(
            lambda reading: [Fault(T, ("disputes.reconsideration.total",)), Fault(T, ("sections.overview",))], "BBB001"
        ),
        checking(lambda reading: [Fault(T, ("disputes",)), Fault(T), Fault(T, ("title",))], "AAA001"),
        checking(lambda reading: [Fault(T, ("processing_fee.notices",))], "CCC001", Severity.ERROR),
    )
    found = [(finding.code, finding.paths) for finding in checked(*rules).findings]
    assert found == [
        ("CCC001", ("processing_fee.notices",)),
        ("AAA001", ("title",)),
        ("AAA001", ()),
        ("BBB001", ("sections.overview",)),
        ("AAA001", ("disputes",)),
        ("BBB001", ("disputes.reconsideration.total",)),
    ]


def test_a_long_sum_is_written_by_blocks() -> None:
    rows = ("granted", "partly_granted", "denied.process", "unavailable.unclear", "denied.third_party")
    change: dict[str, Any] = {f"applications.natural_person.{row}": 100 for row in rows}
    (finding,) = run([NATIONAL], build(change=change), select=["APP002"]).findings
    assert finding.message.zh == (
        "三、自然人列：（七）总计 7，而（一）予以公开 100 + （二）部分公开 100 + （三）不予公开 201 + "
        "（四）无法提供 103 + （五）不予处理 1 = 505，差 -498"
    )


@pytest.mark.parametrize(
    ("relation", "zh"),
    [
        ("2 * disputes.reconsideration.total - 1 <= disputes.litigation_direct.total + 1",
         "四、政府信息公开行政复议、行政诉讼情况："
         "2 × 行政复议·总计 2 - 1 = 3，应不大于未经复议直接起诉·总计 1 + 1 = 2"),
        ("applications.total.granted > processing_fee.notices + 9",
         "三、收到和处理政府信息公开申请情况：（一）予以公开 × 总计 4，"
         "应大于六、信息处理费：发出收费通知件数 2 + 9 = 11"),
        ("disputes.reconsideration.corrected == 5", "四、行政复议：结果纠正 0，应等于 5"),
        ("applications.natural_person.granted == applications.natural_person.not_processed",
         "三、自然人列：（一）予以公开 0，而（五）5.要求行政机关确认或重新出具已获取信息 1 + 其余 0 = 1，差 -1"),
        ("5 == disputes.reconsideration.upheld + disputes.reconsideration.corrected",
         "四、行政复议：5，而结果维持 2 + 结果纠正 0 = 2，差 3"),
        ("applications.natural_person.granted - applications.natural_person.received == 1",
         "三、自然人列：（一）予以公开 0 - 本年新收 5 = -5，应等于 1"),
        ("applications.research.denied == 9 + disputes.reconsideration.corrected", "其余"),
    ],
)  # fmt: skip
def test_messages_of_any_relation(relation: str, zh: str) -> None:
    (finding,) = checked(linear(relation)).findings
    assert zh in finding.message.zh
    assert finding.message.en


def test_a_report_without_a_document() -> None:
    result = run([NATIONAL], Reading(base_report()))
    assert result.findings == ()
    assert run([NATIONAL], Reading(base_report(), document=Document(()))).findings == ()
