"""What a rule is, in words and by example."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest

from govinfo.engines.explain import Explanation, explain
from govinfo.engines.phrase import TEMPLATE_WORDS, in_words
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import Fault, LinearRule, Rule, check_rule
from govinfo.rules.national import NATIONAL
from govinfo.rules.vocabulary import TEMPLATES
from govinfo.schema import Disclosure2021
from govinfo.schema.editions import EDITIONS
from govinfo.testing.bases import build
from govinfo.text import Text

WORDS = Text("规则", "rule")


@attrs.frozen
class Disclosure2030(Disclosure2021):
    """A form to come."""

    edition: ClassVar[str] = "2030"


def linear(relation: str, **options: Any) -> LinearRule:
    return LinearRule("TST001", Severity.ERROR, WORDS, WORDS, relation, **options)


@pytest.mark.parametrize(
    ("relation", "zh", "en"),
    [
        (
            "applications.{applicant}.granted <= applications.{applicant}.concluded",
            "三、每一列：（一）予以公开 ≤ （七）总计",
            "section 3, in each column: granted ≤ concluded in total",
        ),
        (
            "applications.{organisation}.denied.{count} <= applications.total.denied",
            "三、收到和处理政府信息公开申请情况，总计以外的每一列：该列·（三）不予公开·每个件数 ≤ 总计·（三）不予公开",
            "section 3, table 3, applications, in each column but the total: that column / denied / every count ≤ "
            "total / denied",
        ),
        (
            "applications.{organisation}.{row} <= applications.total.{row}",
            "三、每一行，总计以外的每一列：该列 ≤ 总计",
            "section 3, in each row, in each column but the total: that column ≤ total",
        ),
        (
            "applications.enterprise.denied < 2 * applications.enterprise.granted - 3",
            "三、商业企业列：（三）不予公开 < 2 × （一）予以公开 - 3",
            "section 3, commercial enterprises: denied < 2 × granted - 3",
        ),
        (
            "applications.enterprise.denied.process == applications.total.denied.process",
            "三、（三）6.属于四类过程性信息行：商业企业 = 总计",
            "section 3, denied / deliberative process: commercial enterprises = total",
        ),
        (
            "disputes.{block}.total <= applications.total.concluded",
            "每一类案件：四、该类案件·总计 ≤ 三、总计·（七）总计",
            "for each kind of case: section 4, that kind of case / total ≤ section 3, total / concluded in total",
        ),
        ("disputes <= 3", "四、政府信息公开行政复议、行政诉讼情况：", "section 4, table 4, disputes: "),
        ("0 <= {count}", "0 ≤ 每个件数", "0 ≤ every count"),
        (
            "-disclosure.licensing.decisions > -7",
            "二、行政许可：-本年处理决定数量 > -7",
            "section 2, administrative licensing: -decisions this year > -7",
        ),
    ],
)
def test_a_relation_is_said_in_the_words_of_the_form(relation: str, zh: str, en: str) -> None:
    said = in_words(linear(relation))
    assert said.zh.startswith(zh)
    assert said.en.startswith(en)


def test_condition_and_tolerance_are_said() -> None:
    rule = linear(
        "processing_fee.received == processing_fee.charged",
        when="processing_fee.notices >= 1",
        tolerance=Decimal("0.05"),
    )
    explained = explain(rule)
    assert explained.in_words == Text(
        "若六、信息处理费：发出收费通知件数 ≥ 1，则六、信息处理费：实际收取的总金额 = 总金额（允许误差 0.05 元）",
        "if section 6, processing fee: charging notices issued ≥ 1, then section 6, processing fee: actually received "
        "= total charged (give or take 0.05 yuan)",
    )
    assert explained.passes is not None
    assert explained.fails is not None
    assert explained.passes.shown.zh.startswith("六、信息处理费：发出收费通知件数 ")
    assert explained.fails.shown.zh.endswith("，超出允许误差 0.05 元")


def test_every_template_has_its_words() -> None:
    assert tuple(TEMPLATE_WORDS) == TEMPLATES


def test_a_relation_that_cannot_hold_says_so() -> None:
    passes = explain(linear("2 * disputes.{block}.total == 2 * disputes.{block}.upheld + 1")).passes
    assert passes is not None
    assert passes.report is None
    assert passes.shown.zh == "没有例子：填任何非负整数都不能成立"
    assert passes.shown.en.startswith("no example: ")


def test_examples_are_of_the_newest_edition_that_has_the_cells() -> None:
    for relation, edition in (
        ("applications.total.granted >= 1", "2021"),
        ("disclosure.procurement.items >= 1", "2019"),
    ):
        passes = explain(linear(relation)).passes
        assert passes is not None
        assert passes.report is not None
        assert passes.report["base"] == edition
    mixed = explain(linear("applications.total.other_outcome.fee_unpaid <= disclosure.procurement.items")).fails
    assert mixed is not None
    assert mixed.report is not None
    assert build(**mixed.report).report.edition == "mixed"


def test_an_edition_of_a_plugin_cannot_be_tested_but_is_shown() -> None:
    editions = {**EDITIONS, "disclosure": {**EDITIONS["disclosure"], "2030": Disclosure2030}}
    explained = explain(linear("disclosure.licensing.decisions >= 1", edition="2030"), editions)
    assert explained.passes is not None
    assert explained.passes.shown.zh == "二、行政许可：本年处理决定数量 6，不小于 1"
    assert explained.passes.report is None


def test_a_rule_without_examples_is_left_without() -> None:
    @check_rule("TST002", Severity.INFO, WORDS, WORDS)
    def nothing(reading: Reading) -> Iterator[Fault]:
        yield from ()

    assert explain(nothing) == Explanation()
    assert explain(Rule("TST003", Severity.INFO, WORDS, WORDS)) == Explanation()


def test_examples_are_the_same_every_time() -> None:
    assert [explain(rule) for rule in NATIONAL.rules] == [explain(rule) for rule in NATIONAL.rules]
