"""Statements of several provinces: the ways they are worded, and what does not say them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govinfo.rules.declared import Statement
from govinfo.rules.phrases import even, find, mistake_in
from govinfo.rules.usual import FEE, FEE_FIGURES, FIVE_TOPICS, PERIOD, REGULATION, SIX_PARTS

ALL = (FEE, *FEE_FIGURES, *FIVE_TOPICS, PERIOD, REGULATION, SIX_PARTS)
NOTICES, CHARGED, RECEIVED = FEE_FIGURES


def numbers(statement: Statement, text: str) -> set[int | Decimal | None]:
    said = {
        one.number
        for phrase in statement.words
        for one in find(phrase, even(text), statement.apart, statement.not_after)
    }
    return said | {
        0 for phrase in statement.none for _ in find(phrase, even(text), statement.apart, statement.not_after)
    }


@pytest.mark.parametrize("statement", ALL, ids=lambda statement: statement.what.en)
def test_phrases_are_well_formed(statement: Statement) -> None:
    assert [mistake_in(phrase) for phrase in (*statement.words, *statement.none) if mistake_in(phrase)] == []


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("全年发出收费通知的件数为0件，总金额为0元，实际收取的总金额为0元。", (0, 0, 0)),
        ("发出收费通知3件，总金额120元，实际收取100元。", (3, 120, 100)),
        ("本机关发出3件缴费通知；应收共计120元；实收100.50元。", (3, 120, Decimal("100.50"))),
        ("发出收费通知的件数、总金额以及实际收取的总金额均为0。", (0, 0, 0)),
        ("收费通知件数、应收总额、实收总额都是零。", (0, 0, 0)),
    ],
)
def test_fee_figures(text: str, figures: tuple[int | Decimal, ...]) -> None:
    assert tuple(numbers(statement, text) for statement in FEE_FIGURES) == tuple({figure} for figure in figures)


def test_what_was_received_is_not_what_was_charged() -> None:
    assert [numbers(statement, "发出收费通知2件，实际收取的总金额为20元。") for statement in FEE_FIGURES] == [
        {2},
        set(),
        {20},
    ]


def test_no_notice_is_a_figure() -> None:
    assert numbers(NOTICES, "本年度未发出收费通知。") >= {0}


@pytest.mark.parametrize("text", ["本年度未收取信息处理费。", "无。", "其他需要报告的事项：没有。"])
def test_no_figures(text: str) -> None:
    assert [numbers(statement, text) for statement in FEE_FIGURES] == [set(), set(), set()]


@pytest.mark.parametrize(
    ("statement", "text"),
    [
        (FEE, "2023年我单位依申请公开政府信息未收取任何费用。"),
        (FEE, "2022年未收取信息处理费。"),
        (FEE, "全年没有收取任何费用。"),
        (PERIOD, "本报告所列数据的统计期限自2020年1月1日起至2020年12月31日止。"),
        (PERIOD, "数据时间为2022年1月1日至12月31日。"),
        (REGULATION, "根据《中华人民共和国政府信息公开条例》（国务院令第711号）要求"),
        (SIX_PARTS, "本报告包括总体情况、主动公开情况、申请办理情况、行政复议和诉讼情况、存在的问题、其他事项。"),
        (SIX_PARTS, "报告由总体情况等六个部分组成。"),
    ],
)
def test_said(statement: Statement, text: str) -> None:
    assert numbers(statement, text)


@pytest.mark.parametrize(
    ("statement", "text"),
    [(FEE, "没有其他需要报告的事项。"), (SIX_PARTS, "现将总体情况报告如下。"), (PERIOD, "全年平稳。")],
)
def test_not_said(statement: Statement, text: str) -> None:
    assert not numbers(statement, text)
