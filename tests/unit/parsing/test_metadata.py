from __future__ import annotations

import datetime as dt

import pytest

from govinfo.documents.model import Document, Paragraph
from govinfo.parsing.fee import parse_fee
from govinfo.parsing.metadata import find_heading, find_period, find_published, find_scope
from govinfo.parsing.sections import Lines
from govinfo.schema import Scope


def lines(*texts: str) -> list[Lines]:
    return [Lines(Paragraph(text, number), number - 1) for number, text in enumerate(texts, 1)]


def heading(*texts: str, title: str | None = None) -> tuple[str | None, int | None] | None:
    found = find_heading(Document((), title=title), lines(*texts))
    return (found.publisher, found.year) if found else None


@pytest.mark.parametrize(
    "texts",
    [
        ("甲市科学技术局2022年政府信息公开工作年度报告",),
        ("甲市科学技术局 2022 年政府信息公开工作 年度报告",),
        ("甲市科学技术局", "2022年政府信息公开工作年度报告"),
        ("甲市科学技术局", "2022 年度政府信息公开工作报告"),
        ("甲市科学技术局关于2022年政府信息公开工作的年度报告",),
        ("2022年甲市科学技术局政府信息公开工作年度报告",),
        ("甲市科学技术局二〇二二年政府信息公开年度报告",),
        ("甲市科学技术局", "2022年政府信息公开工作", "年度报告"),
        ("甲市科学技术局政府信息公开工作年度报告（2022年）",),
        ("《甲市科学技术局2022年政府信息公开工作年度报告》",),
        ("首页 > 公开", "为便于群众监督，现将情况报告如下。", "甲市科学技术局2022年政府信息公开工作年度报告"),
    ],
)
def test_titles(texts: tuple[str, ...]) -> None:
    assert heading(*texts) == ("甲市科学技术局", 2022)


def test_a_title_of_the_page_serves_where_the_text_has_none() -> None:
    assert heading("正文。", title="乙县民政局2021年政府信息公开工作年度报告_乙县人民政府") == ("乙县民政局", 2021)


def test_prose_about_reports_is_no_title() -> None:
    assert heading("根据2022年政府信息公开工作年度报告的要求，本局编制了报告，现予公布。") is None


@pytest.mark.parametrize(
    "text",
    [
        "所列数据的统计期限自2022年1月1日起至2022年12月31日止。",
        "数据统计期限为 2022 年 1 月 1 日至 12 月 31 日。",
        "（2022年1月1日—2022年12月31日）",
    ],
)
def test_periods(text: str) -> None:
    found = find_period(lines("前言", text))
    assert found is not None
    assert (found[0].start, found[0].end) == (dt.date(2022, 1, 1), dt.date(2022, 12, 31))


def test_other_stretches_of_days_are_no_period() -> None:
    assert find_period(lines("2022年3月1日至3月5日举办培训班。", "2022年13月1日至2022年12月31日统计")) is None


def test_published() -> None:
    assert find_published(lines("发布日期：2023-01-20 来源：本站"))[0] == dt.date(2023, 1, 20)  # type: ignore[index]
    assert find_published(lines("正文。", "2023年1月18日"))[0] == dt.date(2023, 1, 18)  # type: ignore[index]
    assert find_published(lines("发布日期：2023-02-30")) is None


def test_scope() -> None:
    found = find_heading(Document(()), lines("甲县人民政府办公室（本级）2022年政府信息公开工作年度报告"))
    assert find_scope(found) is Scope.OWN
    assert find_scope(None) is None


def test_fee_figures_are_read_only_where_stated() -> None:
    stated = "信息处理费情况：发出收费通知的件数为2件，总金额为1.5万元，实际收取的总金额为3,000元。"
    values, _ = parse_fee(lines(stated))
    assert {path: str(value) for path, value in values.items()} == {
        "processing_fee.notices": "2",
        "processing_fee.charged": "15000.0",
        "processing_fee.received": "3000",
    }
    assert parse_fee(lines("2022年未收取信息处理费。"))[0] == {}
