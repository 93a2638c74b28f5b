"""Filling notes inside labels: what stands in brackets never names the row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govinfo import Missing, Reading, read
from govinfo.parsing.labels import Sure, Vocabulary
from govinfo.parsing.normal import balance, outside
from govinfo.schema import cells
from govinfo.testing import render
from govinfo.testing.bases import base_report

WORDS = Vocabulary()
REPORT = base_report("2019")


@pytest.mark.parametrize(
    ("text", "said", "open_"),
    [
        ("规章", "规章", 0),
        ("规章（含修订）", "规章", 0),
        ("规章(含修订）件数", "规章件数", 0),
        ("规章（指本级制发的（含联合制发），不含规范性文件）", "规章", 0),
        ("规章（指本级制发的", "规章", 1),
        ("规章（指本级（含", "规章", 2),
        ("不含规范性文件）", "", -1),
        ("不含（规章）规范性文件）件数", "件数", -1),
        ("", "", 0),
    ],
)
def test_what_stands_outside_brackets(text: str, said: str, open_: int) -> None:
    assert outside(text) == said
    assert balance(text) == open_


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("规章（不含规范性文件）", "regulations"),
        ("规范性文件(指普遍适用的（含联合制发),不含规章、行政许可)", "normative_documents"),
        ("行政处罚（填写处理决定数量，不含行政强制）", "penalties"),
        ("行政处罚（" + "填写处理决定数量，" * 30 + "不含行政强制）", "penalties"),
    ],
)
def test_rows_of_table_2(label: str, row: str) -> None:
    assert WORDS.items.exact(label) == row


@pytest.mark.parametrize(
    "label", ["其他公开文件（不含规范性文件）", "不含规章、规范性文件）", "、行政许可（含登记）等）"]
)
def test_a_label_named_in_a_note_is_not_the_row(label: str) -> None:
    assert WORDS.items.find(label) is None


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("（七）总计（等于（一）至（六）之和，不含四、结转下年度继续办理）", "concluded"),
        ("3.其他（不含1.信访举报投诉类申请）", "other_outcome.other"),
    ],
)
def test_rows_of_table_3(label: str, row: str) -> None:
    match = WORDS.rows.find(label)
    assert match == (row, Sure.EXACT)


def tabs(old: str, new: str) -> Reading:
    text = render(REPORT, "tabs").decode()
    assert old in text
    return read(text.replace(old, new, 1).encode())


def plain(old: str, new: str) -> Reading:
    text = render(REPORT, "lines_plain").decode()
    assert old in text
    return read(text.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    "note",
    [
        "（指普遍适用的，\n不含规章、\n其他文件）",
        "（截至\n2020\n年底，不含规章）",
        "（截至2020\n年底，不含行政许可）",
        "(指普遍适用的\n（含联合制发）,\n不含规章)",
    ],
)
@pytest.mark.parametrize("layout", [tabs, plain])
def test_a_note_broken_over_lines(layout: object, note: str) -> None:
    reading = layout("\n规范性文件", f"\n规范性文件{note}")  # type: ignore[operator]
    wrong = {p: v for p, v in cells(reading.report).items() if v != cells(REPORT)[p] and not isinstance(v, Missing)}
    assert wrong == {}
    if layout is plain:
        assert cells(reading.report) == cells(REPORT)


def test_a_note_without_an_end_takes_nothing_in() -> None:
    for layout in (tabs, plain):
        assert cells(layout("\n规范性文件", "\n规范性文件（指普遍适用的").report) == cells(REPORT)


@pytest.mark.parametrize(
    ("heading", "amount", "unit"),
    [
        ("采购总金额（单位：万元，含目录内的项目）", Decimal(125000), "万元"),
        ("采购总金额（万元，含目录内的项目）", Decimal(125000), "万元"),
        ("采购总金额（含目录内的项目，单位:元）", Decimal("12.5"), "元"),
        ("采购总金额（不含单项不足100万元的项目）", Decimal("12.5"), None),
        ("采购总金额（单位：元，不含单项不足100万元）", Decimal("12.5"), "元"),
    ],
)
def test_the_unit_in_a_note(heading: str, amount: Decimal, unit: str | None) -> None:
    found = tabs("采购总金额", heading).report.disclosure.procurement  # type: ignore[attr-defined]
    assert (found.amount, found.amount_unit) == (amount, unit)


def test_headings_folded_into_one_label_do_not_reorder_table_4() -> None:
    report = base_report("2021")
    text = render(report, "tabs").decode()
    row = next(line for line in text.split("\n") if line.count("结果维持") == 2)
    *above, first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, _ = row.split("\t")
    folded = "\t".join([*above, f"{first} {second} {third} {fourth}", fifth, sixth, seventh, eighth, ninth])
    found = read(text.replace(row, folded).encode()).report
    wrong = {p: v for p, v in cells(found).items() if v != cells(report)[p] and not isinstance(v, Missing)}
    assert wrong == {}


def test_a_row_the_form_does_not_have_is_said() -> None:
    reading = tabs("\n规范性文件\t", "\n内部文件\t7\t8\t9\n规范性文件\t")
    assert cells(reading.report) == cells(REPORT)
    (said,) = [problem for problem in reading.problems if problem.code == "SRC012"]
    assert "内部文件" in said.message.zh
    assert said.at is not None
    assert said.at.text == "内部文件"
