"""Phrases: words in their order inside a sentence, synonyms, the number beside them."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.rules.phrases import even, find, mistake_in


def numbers(phrase: str, text: str, *apart: str) -> list[int | Decimal | None]:
    return [found.number for found in find(phrase, even(text), apart)]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("收费通知", "本年度发出收费通知0件"),
        ("发出|制发 收费|缴费 通知", "全年未制发过任何信息处理缴费的通知"),
        ("河北省实施 政府信息公开条例 办法", "《河北省实施<中华人民共和国政府信息公开条例>办法》"),
        ("河北省实施 办法", "《河北省 实施〈条例〉 办 法》"),
        ("年度报告", "2022 年政府信息公开工作 年度报告"),
        ("信息處理費", "信息处理费"),
    ],
)
def test_said(phrase: str, text: str) -> None:
    assert numbers(phrase, text) == [None]


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("年度报告", "2022年度政府信息公开工作报告"),
        ("通知 收费", "发出收费通知"),  # in the other order
        ("发出 通知", "发出公告。收到通知"),  # in two sentences
        ("发出 通知", f"发出{'很' * 70}通知"),  # too far
    ],
)
def test_not_said(phrase: str, text: str) -> None:
    assert numbers(phrase, text) == []


@pytest.mark.parametrize(
    ("phrase", "text", "expected"),
    [
        ("现行有效 {n}", "现行有效15件", [15]),
        ("现行有效 {n}", "现行有效的共计十五件", [15]),
        ("现行有效 {n}", "现行有效规范性文件,共计1,234 件", [1234]),
        ("现行有效 {n}", "现行有效，废止3件", []),  # of another clause
        ("现行有效 {n}", "截至2022年现行有效。2022年底", []),
        ("现行有效 {n}", "现行有效2022年底的文件3件", []),  # no year; and behind it the number is another's
        ("现行有效 {n}", "现行有效15余件", [None]),
        ("现行有效 {n}", "现行有效率为95%", []),
        ("现行有效 {n}", "现行有效为15.", [15]),
        ("实收 {n}", "实收120.50元", [Decimal("120.50")]),
        ("现行有效 {n}", "现行有效一律公开", []),
        ("{n} 现行有效", "6部现行有效规范性文件", [6]),
        ("{n} 规章", "制发0部规章、3部规章", [0, 3]),
        ("规章 废止 {n}", "规章制发2件，废止1件", [1]),
    ],
)
def test_numbers(phrase: str, text: str, expected: list[int | None]) -> None:
    assert numbers(phrase, text) == expected


def test_another_subject_ends_a_phrase() -> None:
    text = "制发规章0件，行政规范性文件3件，废止1件"
    assert numbers("规章 废止 {n}", text) == [1]
    assert numbers("规章 废止 {n}", text, "规范性文件") == []
    assert numbers("规范性文件 废止 {n}", text, "规章") == [1]


@pytest.mark.parametrize("phrase", ["", " ", "字" * 201, "a {n} b", "{n}", "{n} {n}", "a {x}", "a||b", "|", "现行{n}"])
def test_mistakes_are_said(phrase: str) -> None:
    assert mistake_in(phrase) is not None


@given(
    st.text(max_size=200),
    st.lists(st.sampled_from(["规章", "现行有效", "废止|失效"]), min_size=1, max_size=3),
    st.booleans(),
)
def test_any_text_is_searched(text: str, words: list[str], numbered: bool) -> None:
    phrase = " ".join([*words, "{n}"] if numbered else words)
    assert mistake_in(phrase) is None
    text = even(text)
    for found in find(phrase, text, ("规范",)):
        assert 0 <= found.start < found.end <= len(text)
        assert "\n" not in text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("总金额20元", [20]),
        ("实际收取的总金额20元", []),
        ("实际收取，总金额20元", [20]),
        ("实际收取3件、总金额20元", [20]),
        ("实际收取3笔后应缴总金额20元", [20]),
        ("实际情况另行说明。总金额20元", [20]),
    ],
)
def test_what_belongs_to_a_word_before_it_is_not_found(text: str, expected: list[int]) -> None:
    assert [found.number for found in find("总金额 {n}", even(text), not_after=("实际",))] == expected


@pytest.mark.parametrize("text", ["甲" * 20_000, "甲乙" * 10_000, "甲" * 20_000 + "1" * 20_000])
def test_time_is_linear_in_the_text(text: str) -> None:
    """A document that repeats a word costs no more than it is long."""
    begun = time.perf_counter()
    assert numbers("甲 甲 甲 甲 甲 甲 甲 丙 {n}", text) == []
    assert time.perf_counter() - begun < 2


def test_the_nearest_words_are_taken() -> None:
    (found,) = find("规章 废止 {n}", "规章制发2件,规章废止1件,废止3件")
    assert (found.start, found.end, found.number) == (7, 12, 1)
