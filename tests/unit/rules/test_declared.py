"""Declared rules: statements by meaning, lengths, deadlines; what is missing is undecided, what is wrong is said."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from govinfo.engines.one import run
from govinfo.errors import GovinfoError
from govinfo.findings import Finding, Outcome, Severity, Status
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.declared import DeadlineRule, LengthRule, Statement, StatementRule
from govinfo.rules.evidence import Strength
from govinfo.rules.model import RuleSet, TextRule
from govinfo.schema import Level, Publisher, Report
from govinfo.testing.bases import base_reading, build
from govinfo.text import Text

INFO = Severity.INFO
WORDS = Text("规则", "a rule")
FIVE = ("主动公开", "依申请公开", "政府信息管理", "平台建设", "监督保障")
OVERVIEW = "sections.overview"


def statements(*says: Statement, within: tuple[str, ...] = (OVERVIEW,), **more: Any) -> StatementRule:
    return StatementRule("TT-DOC001", INFO, WORDS, WORDS, within, says, **more)


def one(what: str, *words: str, **more: Any) -> Statement:
    return Statement(Text(what, what), words or (what,), **more)


def judge(rule: TextRule, report: Report | None = None, **case: Any) -> tuple[Outcome, tuple[Finding, ...]]:
    rule_set = RuleSet("t", WORDS, (rule,))
    assert len(Catalogue([(rule_set, "t")])) == 1
    result = run([rule_set], build(**case) if report is None else base_reading(report))
    return result.outcomes[0], result.findings


def test_what_is_not_there_is_named_together() -> None:
    rule = statements(*(one(what) for what in FIVE))
    outcome, findings = judge(rule, change={OVERVIEW: "主动公开平稳。\n监督保障有力。"})
    assert outcome.status is Status.FAILED
    (finding,) = findings
    assert finding.message.zh == "“一、总体情况”没有写明：依申请公开、政府信息管理、平台建设"
    assert finding.paths == (OVERVIEW,)
    assert finding.location is not None
    assert finding.location.raw == "主动公开平稳。"


def test_a_part_that_is_not_there_leaves_it_undecided() -> None:
    assert judge(statements(one("主动公开")), absent=[OVERVIEW])[0].status is Status.UNDECIDED
    assert judge(statements(one("主动公开"), within=("opening",)))[0].status is Status.UNDECIDED
    assert judge(statements(one("主动公开"), within=("title",)), absent=["title"])[0].status is Status.UNDECIDED


def test_one_of_several_parts_is_enough() -> None:
    rule = statements(one("统计期限"), within=("opening", OVERVIEW))
    assert judge(rule, opening=["统计期限为全年。"])[0].status is Status.PASSED
    assert judge(rule, change={OVERVIEW: "统计期限为全年。"})[0].status is Status.PASSED
    assert judge(rule, opening=["别的话。"])[0].status is Status.FAILED


def test_a_sentence_broken_by_paper_is_one_sentence() -> None:
    rule = statements(one("办理", "依照 河北省 规范 办理"))
    assert (
        judge(
            rule, change={OVERVIEW: "本机关收到的申请，全部依照《河北\n省政府信息公开申请办理规范》及有关规\n定办理。"}
        )[0].status
        is Status.PASSED
    )
    assert judge(rule, change={OVERVIEW: "依照规定。\n河北省的规范办理。"})[0].status is Status.FAILED


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("（一）主动公开\n发布信息10条。\n（二）依申请公开：收到1件。", Status.PASSED),
        ("1.主动公开情况。发布信息10条。\n2.依申请公开情况。收到1件。", Status.PASSED),
        ("主动公开\n发布信息10条。\n依申请公开\n收到1件。", Status.PASSED),
        ("全年做好主动公开和依申请公开各项工作，平稳有序，群众满意，没有发生任何问题，值得肯定。", Status.FAILED),
        ("（二）依申请公开\n收到1件。\n（一）主动公开\n10条。", Status.FAILED),  # the other way round
    ],
)
def test_headings_in_their_order(text: str, status: Status) -> None:
    rule = statements(one("主动公开", heading=True), one("依申请公开", heading=True), ordered=True)
    assert judge(rule, change={OVERVIEW: text})[0].status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("主动公开平稳，依申请公开平稳，政府信息管理有序。", Status.PASSED),
        ("（一）主动公开\n为依申请公开提供便利。\n（二）依申请公开\n收到1件。\n（三）政府信息管理", Status.PASSED),
        ("（一）政府信息管理\n以管理促主动公开。\n（二）主动公开\n（三）依申请公开", Status.FAILED),
        ("政府信息管理有序，主动公开平稳，依申请公开平稳。", Status.FAILED),  # no headings: the first mentions
    ],
)
def test_the_order_is_that_of_headings_where_there_are_any(text: str, status: Status) -> None:
    rule = statements(*(one(what) for what in FIVE[:3]), ordered=True)
    assert judge(rule, change={OVERVIEW: text})[0].status is status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("主动公开、依申请公开、政府信息管理。", Status.FAILED),
        ("主动公开、依申请公开。", Status.NOT_APPLICABLE),
        ("无。", Status.NOT_APPLICABLE),
    ],
)
def test_another_outline_is_none_with_parts_missing(text: str, status: Status) -> None:
    rule = statements(*(one(what) for what in FIVE), outline=3)
    outcome, findings = judge(rule, change={OVERVIEW: text})
    assert outcome.status is status
    assert len(findings) == (status is Status.FAILED)


@pytest.mark.parametrize(
    ("year", "status"), [(2020, Status.NOT_APPLICABLE), (2021, Status.FAILED), (2022, Status.FAILED)]
)
def test_a_rule_may_be_about_later_years(year: int, status: Status) -> None:
    assert judge(statements(one("收费"), first_year=2021), change={"year": year})[0].status is status


def test_without_a_year_it_is_not_known_whether_it_is_about_the_report() -> None:
    outcome, findings = judge(statements(one("收费"), first_year=2021), absent=["year"])
    assert (outcome.status, outcome.paths, findings) == (Status.UNDECIDED, ("year",), ())
    assert judge(statements(one("收费")), absent=["year"])[0].status is Status.FAILED


@pytest.mark.parametrize(
    ("strength", "said"),
    [
        (Strength.CONVENTION, "已公布年报中的惯例，并非要求"),
        (Strength.INFERRED, "推定，供人工核对"),
        (Strength.DEMANDED, None),
        (None, None),
    ],
)
def test_a_finding_says_that_nothing_demands_what_it_misses(strength: Strength | None, said: str | None) -> None:
    _, (finding,) = judge(statements(one("收费"), strength=strength))
    assert (finding.note.zh if finding.note else None) == said


def test_what_must_not_be_said() -> None:
    rule = StatementRule("TT-DOC001", INFO, WORDS, WORDS, ("title",), never=(one("工作报告", "公开工作报告"),))
    assert judge(rule)[0].status is Status.PASSED
    outcome, (finding,) = judge(rule, change={"title": "青河市教育局2022年度政府信息公开工作报告"})
    assert outcome.status is Status.FAILED
    assert "公开工作报告" in finding.message.en
    assert finding.actual == "公开工作报告"


class TestNumbers:
    rule = statements(
        one(
            "现行有效",
            "规范性文件 现行有效 {n}",
            "{n} 现行有效 规范性文件",
            none=("没有|无 现行有效 规范性文件",),
            cell="disclosure.normative_documents.in_force",
        )
    )

    @pytest.mark.parametrize(
        ("text", "value", "status"),
        [
            ("规范性文件现行有效15件。", 15, Status.PASSED),
            ("规范性文件现行有效十五件。", 15, Status.PASSED),
            ("规范性文件现行有效15件。", 14, Status.FAILED),
            ("市级规范性文件现行有效3件，全市规范性文件现行有效15件。", 15, Status.PASSED),  # one of them agrees
            ("规范性文件现行有效15余件。", 14, Status.PASSED),  # a rough number is no number
            ("没有现行有效的规范性文件。", 0, Status.PASSED),
            ("没有现行有效的规范性文件。", 3, Status.FAILED),
            ("规范性文件现行有效15件。", "blank", Status.UNDECIDED),
            ("全年平稳。", 15, Status.FAILED),
        ],
    )
    def test_a_number_is_that_of_the_cell(self, text: str, value: int | str, status: Status) -> None:
        change = {OVERVIEW: text, "disclosure.normative_documents.in_force": value}
        assert judge(self.rule, change=change)[0].status is status

    def test_the_finding_has_both_numbers_and_the_place(self) -> None:
        change = {OVERVIEW: "全年平稳。\n有6部现行有效规范性文件。", "disclosure.normative_documents.in_force": 15}
        _, (finding,) = judge(self.rule, change=change)
        assert (finding.actual, finding.expected, finding.delta) == (6, 15, -9)
        assert finding.paths == ("disclosure.normative_documents.in_force",)
        assert finding.location is not None
        assert finding.location.raw == "有6部现行有效规范性文件。"

    def test_a_cell_of_another_edition_is_not_compared(self) -> None:
        assert judge(self.rule, base="2019", change={OVERVIEW: "规范性文件现行有效15件。"})[0].status is Status.PASSED


class TestCondition:
    rule = statements(one("办理规范"), when="applications.total.received > 0")

    def test_it_applies_only_where_the_condition_holds(self) -> None:
        assert judge(self.rule)[0].status is Status.FAILED
        outcome, findings = judge(self.rule, change={"applications.total.received": 0})
        assert (outcome.status, findings) == (Status.NOT_APPLICABLE, ())

    def test_whether_it_applies_may_not_be_known(self) -> None:
        outcome, findings = judge(self.rule, change={"applications.total.received": "blank"})
        assert (outcome.status, findings) == (Status.UNDECIDED, ())
        assert outcome.paths == ("applications.total.received",)

    def test_a_condition_of_another_edition(self) -> None:
        rule = attrs.evolve(self.rule, when="disclosure.procurement.items > 0")
        assert judge(rule)[0].status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("level", "status"),
    [(Level.COUNTY, Status.FAILED), (Level.DEPARTMENT, Status.NOT_APPLICABLE), (None, Status.UNDECIDED)],
)
def test_a_statement_may_be_asked_of_some_publishers(level: Level | None, status: Status) -> None:
    report = attrs.evolve(build().report, publisher=Publisher("某县", None, level))
    assert judge(statements(one("政府公报"), levels=(Level.COUNTY,)), report)[0].status is status


class TestLength:
    rule = LengthRule("TT-DOC001", INFO, WORDS, WORDS, OVERVIEW, at_most=10, at_least=3)

    @pytest.mark.parametrize(("text", "failed"), [("字" * 10, 0), ("字" * 11, 1), ("字 字", 1), ("字 字\n字", 0)])
    def test_characters_are_counted_without_spaces(self, text: str, failed: int) -> None:
        assert len(judge(self.rule, change={OVERVIEW: text})[1]) == failed

    def test_no_section(self) -> None:
        assert judge(self.rule, absent=[OVERVIEW])[0].status is Status.UNDECIDED


class TestDeadline:
    rule = DeadlineRule("TT-DOC001", INFO, WORDS, WORDS, (3, 31), levels=(Level.COUNTY, Level.PREFECTURE))

    @pytest.mark.parametrize(
        ("published", "level", "status"),
        [
            (dt.date(2023, 3, 31), Level.COUNTY, Status.PASSED),
            (dt.date(2023, 4, 1), Level.COUNTY, Status.FAILED),
            (dt.date(2023, 4, 1), Level.DEPARTMENT, Status.NOT_APPLICABLE),
            (dt.date(2023, 4, 1), None, Status.UNDECIDED),
            (None, Level.COUNTY, Status.UNDECIDED),
        ],
    )
    def test_the_day_after_is_late(self, published: dt.date | None, level: Level | None, status: Status) -> None:
        report = attrs.evolve(build().report, published=published, publisher=Publisher("某县", None, level))
        assert judge(self.rule, report)[0].status is status

    def test_it_may_be_for_all(self) -> None:
        report = attrs.evolve(build().report, published=dt.date(2024, 1, 1))
        assert judge(attrs.evolve(self.rule, levels=()), report)[0].status is Status.FAILED


@pytest.mark.parametrize(
    "rule",
    [
        statements(one("x"), within=()),
        statements(one("x"), within=("overview",)),
        statements(),
        statements(one("x", "a {n} b")),
        statements(one("x"), within=("title", "opening"), ordered=True),
        statements(one("x"), outline=0),
        statements(one("x"), outline=2),
        attrs.evolve(TestLength.rule, within="title"),
        attrs.evolve(TestLength.rule, at_most=None, at_least=None),
        attrs.evolve(TestDeadline.rule, by=(2, 30)),
        attrs.evolve(statements(one("x")), severity=Severity.WARNING, strength=Strength.CONVENTION),
        attrs.evolve(statements(one("x")), severity=Severity.ERROR, strength=Strength.DEMANDED),
        attrs.evolve(statements(one("x")), when="disclosure.nothing > 0"),
    ],
)
def test_what_is_wrongly_declared_is_refused(rule: TextRule) -> None:
    with pytest.raises(GovinfoError, match="TT-DOC001"):
        Catalogue([(RuleSet("t", WORDS, (rule,)), "t")])
