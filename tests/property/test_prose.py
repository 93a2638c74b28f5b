"""What prose says of cells, on any text: no error, in bounded time, and never more than the text holds."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo import Reading, Report
from govinfo.parsing.numerals import chinese_number
from govinfo.repair.prose import stated
from govinfo.schema import Publisher, Sections, report_leaves

SECTIONS = ("overview", "applications", "disputes", "other_matters")
PIECES = (
    *("新收", "收到", "政府信息公开申请", "上年结转", "结转下年度继续办理", "办结", "予以公开", "部分公开", "不予公开"),
    *(
        "行政复议",
        "行政诉讼",
        "未经复议直接起诉",
        "复议后起诉",
        "维持",
        "结果纠正",
        "其中",
        "其中，",
        "含",
        "未发生",
        "无",
    ),
    *("自然人", "商业企业", "我局", "全市", "下属单位", "2021年", "2022年", "较上年增加", "约", "共", "发出收费通知"),
    *("3件", "０件", "1,200件", "十二起", "1.5万件", "多", "两", "件", "，", "。", "；", "：", "、", "（", "）", " "),
)
words = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)
texts = st.one_of(st.text(max_size=200), words, st.lists(st.one_of(words, st.text(max_size=9))).map("".join))
PATHS = frozenset(leaf.path for leaf in report_leaves(Report()))


def reading(text: str, section: str, year: int | None = 2022) -> Reading:
    report = Report(year=year, publisher=Publisher(name="青河市科学技术局"), sections=Sections(**{section: text}))
    return Reading(report)


@given(texts, st.sampled_from(SECTIONS), st.sampled_from([2022, None]))
def test_any_text_gives_cells_of_the_form_and_words_of_its_own(text: str, section: str, year: int | None) -> None:
    found = stated(reading(text, section, year))
    assert len({one.path for one in found}) == len(found)
    for one in found:
        assert one.path in PATHS
        assert one.number >= 0
        assert 0 < len(one.text) <= 60
        assert one.text in text


@given(words, st.sampled_from(SECTIONS))
def test_a_number_is_printed_or_nothing_is_said_to_have_happened(text: str, section: str) -> None:
    for one in stated(reading(text, section)):
        plain = re.sub(r"[\s,，]", "", one.text).translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        if str(one.number) not in plain and "万" not in plain:
            numerals = re.findall(r"[一二三四五六七八九十两]+", plain)
            assert one.number in [chinese_number(numeral) for numeral in numerals] or re.search(r"未|无", plain)


@given(words, st.sampled_from(SECTIONS))
def test_the_same_paragraph_twice_says_the_same(text: str, section: str) -> None:
    once = stated(reading(text, section))
    assert stated(reading(f"{text}\n{text}", section)) == once


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_numeral_is_read_as_it_is_said(high: int, low: int) -> None:
    if high:
        zero = "零" if 0 < low < 1000 else ""
        assert chinese_number(f"{said(high)}万{zero}{said(low) if low else ''}") == high * 10_000 + low
    else:
        assert chinese_number(said(low)) == low


def said(number: int) -> str:
    """Say a number below 10,000: each digit with its unit, zeros in a row once and none at the end."""
    digits = zip(f"{number:04}", ("千", "百", "十", ""), strict=True)
    text = "".join("零" if digit == "0" else "零一二三四五六七八九"[int(digit)] + unit for digit, unit in digits)
    return re.sub(r"零+", "零", text).strip("零") or "零"


LONG = (
    "新收政府信息公开申请3件，",
    "其中",
    "政府信息公开",
    "因政府信息公开引起的",
    "未发生行政复议、",
    "行政复议3件（维持1件）；",
    "我局",
    "申请",
    "1,000",
    "一百",
    "2022年",
    "通过申请",
    "上年结转",
)


@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("size", [10_000, 1_000_000])
def test_no_text_takes_long(piece: str, size: int) -> None:
    text = f"申请{piece * (size // len(piece))}"
    for section in SECTIONS[:2]:
        of = reading(text, section)
        begin = time.perf_counter()
        stated(of)
        assert time.perf_counter() - begin < 1


def test_many_paragraphs_take_no_longer() -> None:
    of = reading("\n".join(["未发生行政复议、新收政府信息公开申请3件，其中予以公开2件。"] * 30_000), "overview")
    begin = time.perf_counter()
    stated(of)
    assert time.perf_counter() - begin < 1
