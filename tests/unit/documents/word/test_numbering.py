"""Automatic numbers come out as a word processor prints them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from govinfo.documents.word.docx import read_docx
from govinfo.documents.word.numerals import numeral

Word = Callable[..., bytes]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("decimal", {1: "1", 12: "12"}),
        ("chineseCountingThousand", {1: "一", 10: "十", 11: "十一", 20: "二十", 21: "二十一", 105: "一百零五"}),
        ("chineseCounting", {3: "三", 19: "十九"}),
        ("japaneseCounting", {4: "四", 99: "九十九"}),
        ("chineseLegalSimplified", {1: "壹", 10: "壹拾", 12: "壹拾贰"}),
        ("ideographDigital", {10: "一〇", 21: "二一"}),
        ("ideographTraditional", {1: "甲", 10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("decimalEnclosedCircle", {1: "①", 20: "⑳", 21: "21"}),
        ("decimalEnclosedCircleChinese", {2: "②"}),
        ("decimalEnclosedParen", {3: "⑶"}),
        ("decimalEnclosedFullstop", {4: "⒋"}),
        ("ideographEnclosedCircle", {1: "㊀"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimalZero", {5: "05", 12: "12"}),
        ("upperLetter", {1: "A", 27: "AA"}),
        ("lowerLetter", {26: "z"}),
        ("upperRoman", {4: "IV", 1994: "MCMXCIV"}),
        ("lowerRoman", {9: "ix", 4000: "4000"}),
        ("someFutureFormat", {7: "7"}),
    ],
)
def test_a_number_in_each_format(form: str, expected: dict[int, str]) -> None:
    assert {number: numeral(number, form) for number in expected} == expected


@pytest.mark.parametrize("number", [0, 100_000, 10**30])
def test_numbers_nothing_is_made_for_stay_digits(number: int) -> None:
    assert numeral(number, "chineseCounting") == str(number)


def level(index: int, text: str, form: str = "decimal", more: str = '<w:start w:val="1"/>') -> str:
    return f'<w:lvl w:ilvl="{index}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def definition(known: int, *inside: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{known}">{"".join(inside)}</w:abstractNum>'


def use(known: int, of: int, more: str = "") -> str:
    return f'<w:num w:numId="{known}"><w:abstractNumId w:val="{of}"/>{more}</w:num>'


def item(number: int, at: int = 0, style: str = "") -> str:
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    numbered = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>' if number >= 0 else ""
    return f"<w:p><w:pPr>{styled}{numbered}</w:pPr></w:p>"


TWO = definition(0, level(0, "%1、", "chineseCounting"), level(1, "%1.%2"), level(2, "（%3）", "chineseCounting"))
RESTARTS = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
OTHER = f'<w:lvlOverride w:ilvl="0">{level(0, "第%1章", "chineseCounting")}</w:lvlOverride>'


@pytest.mark.parametrize(
    ("numbering", "items", "labels"),
    [
        (TWO + use(1, 0), [(1, 0), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], "一、|二、|二.1|二.2|三、|三.1"),
        (TWO + use(1, 0), [(1, 2), (1, 2), (1, 0), (1, 2)], "（一）|（二）|二、|（一）"),
        (TWO + use(1, 0) + use(2, 0), [(1, 0), (2, 0), (1, 0)], "一、|二、|三、"),
        (TWO + use(1, 0) + use(2, 0, RESTARTS.format(1)), [(1, 0), (1, 0), (2, 0), (2, 0)], "一、|二、|一、|二、"),
        (TWO + use(1, 0) + use(2, 0, OTHER), [(1, 0), (2, 0)], "一、|第二章 "),
        (definition(0, level(0, "%1.", more='<w:start w:val="5"/>')) + use(1, 0), [(1, 0), (1, 0)], "5.|6."),
        (definition(0, level(0, "%1.", more="")) + use(1, 0), [(1, 0), (1, 0)], "0.|1."),
        (definition(0, level(0, "%1", "bullet")) + use(1, 0), [(1, 0)], ""),
        (definition(0, level(0, "附件：", "none")) + use(1, 0), [(1, 0)], "附件："),
        (definition(0, level(0, "%1.", more="<w:rPr><w:vanish/></w:rPr>")) + use(1, 0), [(1, 0)], ""),
        (TWO + use(1, 0), [(0, 0), (7, 0), (1, 8)], "||"),
        (use(1, 5), [(1, 0)], ""),
        (
            definition(0, level(0, "%1", "chineseCounting"), level(1, "%1.%2", more='<w:start w:val="1"/><w:isLgl/>'))
            + use(1, 0),
            [(1, 0), (1, 1)],
            "一 |1.1 ",
        ),
        (
            definition(0, level(0, "%1."), level(1, "%2)", more='<w:start w:val="1"/><w:lvlRestart w:val="0"/>'))
            + use(1, 0),
            [(1, 0), (1, 1), (1, 0), (1, 1)],
            "1.|1)|2.|2)",
        ),
        (
            definition(0, '<w:numStyleLink w:val="a"/>')
            + definition(1, '<w:styleLink w:val="a"/>', level(0, "%1)"))
            + use(1, 0),
            [(1, 0)],
            "1)",
        ),
        (
            definition(
                0,
                '<w:lvl w:ilvl="0"><w:start w:val="1"/><mc:AlternateContent>'
                '<mc:Choice><w:numFmt w:val="custom" w:format="001, 002"/>'
                '</mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
                '<w:lvlText w:val="%1."/></w:lvl>',
            )
            + use(1, 0),
            [(1, 0)],
            "001.",
        ),
    ],
)
def test_a_list_counts_as_a_word_processor_does(
    word: Word, numbering: str, items: list[tuple[int, int]], labels: str
) -> None:
    document = read_docx(word("".join(item(*one) for one in items), numbering=numbering), "")
    assert [block.text for block in document.blocks] == [label.strip() for label in labels.split("|")]  # type: ignore[union-attr]


def test_styles_number_headings(word: Word) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="h1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="h2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="h1"/></w:style>'
    )
    linked = definition(
        0,
        level(0, "%1、", "chineseCounting", '<w:start w:val="1"/><w:pStyle w:val="h1"/>'),
        level(1, "（%2）", "chineseCounting", '<w:start w:val="1"/><w:pStyle w:val="h2"/>'),
    )
    body = item(-1, style="h1") + item(-1, style="h2") + item(-1, style="own") + item(0, style="h1") + item(-1)
    document = read_docx(word(body, styles=styles, numbering=linked + use(1, 0)), "")
    assert [block.text for block in document.blocks] == ["一、", "（一）", "二、", "", ""]  # type: ignore[union-attr]
