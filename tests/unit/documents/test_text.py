"""Text files in each layout family."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from govinfo.documents.kinds import kinds_of
from govinfo.documents.model import Document, Paragraph, Table
from govinfo.documents.text import accepts_text, read_text
from govinfo.errors import ReadError


def read(text: str) -> Document:
    return read_text(text.encode(), "甲市.txt")


def tables(text: str) -> list[Table]:
    return [block for block in read(text).blocks if isinstance(block, Table)]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read(text).blocks if isinstance(block, Paragraph)]


def rows(text: str) -> list[list[str]]:
    (table,) = tables(text)
    return [[cell.text for cell in row] for row in table.rows]


def test_every_line_is_a_paragraph() -> None:
    document = read("标题\n\n\t规章\n\t\n  　0 \xa0\n")
    assert document.blocks == (
        Paragraph("标题", 1, 1, 0),
        Paragraph("", 2, 1, 0),
        Paragraph("规章", 3, 2, 1),
        Paragraph("", 4, 2, 1),
        Paragraph("0", 5, 4, 3),
        Paragraph("", 6, 1, 0),
    )
    assert document.format == "text"
    assert document.name == "甲市.txt"


def test_one_cell_a_line_is_no_table() -> None:
    text = "\t信息内容\n\t本年制发件数\n\n\t规章\n\t0\n\t0 \n\t\n\t商业 企业\n"
    assert tables(text) == []
    assert paragraphs(text) == ["信息内容", "本年制发件数", "", "规章", "0", "0", "", "商业 企业", ""]


def test_tabs() -> None:
    text = (
        "二、主动公开政府信息情况\n\n第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n"
        "规章\t 0\t\t0\n行政许可\t0\n\t\t自然人\t法人\n\t\t\t\n\n三、收到和处理政府信息公开申请情况\n"
    )
    assert rows(text) == [
        ["第二十条第（一）项", "", "", ""],
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "0", "", "0"],
        ["行政许可", "0"],
        ["", "", "自然人", "法人"],
        ["", "", "", ""],
    ]
    (table,) = tables(text)
    assert (table.layout, table.line, table.number) == ("tabs", 3, 1)
    figure = table.rows[2][1]
    assert (figure.line, figure.column, figure.row, figure.col, figure.table) == (5, 5, 3, 2, 1)
    assert paragraphs(text)[-2] == "三、收到和处理政府信息公开申请情况"


def test_a_row_that_lost_its_tabs_stays_in_the_table() -> None:
    first = "第二十条第（一）项\n信息内容\t制发\t废止\n规章\t0\t0\n"
    text = first + "第二十条第（五）项\n信息内容\t处理决定数量\n行政许可\t0\n"
    assert rows(text)[2] == ["第二十条第（五）项"]
    assert len(rows(text)) == 5


def test_a_heading_between_tables_parts_them() -> None:
    row = "规章\t0\t0\n"
    assert len(tables(row * 2 + "三、收到和处理政府信息公开申请情况\n" + row * 2)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "\t二〇二二年，我局认真贯彻落实条例。\t有一个制表符。\n",
        "1.\t加强领导\n2.\t规范流程\n",
        "联系人\t张三\n",
        "\t0\t\n\t0\t\n",
    ],
)
def test_tabs_in_prose_make_no_table(text: str) -> None:
    assert tables(text) == []


def test_markdown() -> None:
    text = (
        "## **二、主动公开政府信息情况**\n\n| 信息内容 | 本年制发件数 | |\n|:---|---:|--|\n| 规章 | 0 | a\\|b |\n"
        "| **行政许可** | 结果<br>维持 | &lt;1 |\n\n|  | |\n|--|--|\n| 其他 | 3 |\n"
    )
    first, second = tables(text)
    assert first.layout == "pipes"
    assert [[cell.text for cell in row] for row in first.rows] == [
        ["信息内容", "本年制发件数", ""],
        ["规章", "0", "a|b"],
        ["行政许可", "结果\n维持", "<1"],
    ]
    assert [[cell.text for cell in row] for row in second.rows] == [["", ""], ["其他", "3"]]
    assert (second.number, second.rows[1][1].line, second.rows[1][1].column, second.rows[1][1].col) == (2, 10, 8, 2)
    assert paragraphs(text)[0] == "二、主动公开政府信息情况"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章 | 0 | 1\n许可 | 2 |\n", [["规章", "0", "1"], ["许可", "2", ""]]),
        ("规章 | 0 |\n许可 | 2 |\n", [["规章", "0"], ["许可", "2"]]),
        ("| 规章 | 0\n| 许可 | 2\n", [["规章", "0"], ["许可", "2"]]),
        ("a | b\n--- | ---\n1 | 2\n", [["a", "b"], ["1", "2"]]),
        ("| -- | -- |\n| 1 | 2 |\n| 3 | 4 |\n| -- | -- |\n", [["1", "2"], ["3", "4"], ["--", "--"]]),
        ("| 一 | 0 |\n\n| 二 | 1 |\n\n| 三 | 2 |\n", [["一", "0"], ["二", "1"], ["三", "2"]]),
    ],
)
def test_pipes(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected


def test_cell_and_bar() -> None:
    table_2 = "第二十条第(一)项 |\n|||\n规章 |\n0 |\n|\n1 |\n结果\n维持 |\n|\n"
    text = f"二、主动公开政府信息情况\n{table_2}三、收到和处理申请的有关情况\n"
    assert rows(text) == [["第二十条第(一)项", "", "", "", "规章", "0", "", "1", "结果\n维持", ""]]
    (table,) = tables(text)
    assert table.layout == "cells"
    assert [cell.col for cell in table.rows[0]] == list(range(1, 11))
    assert [cell.line for cell in table.rows[0]] == [2, 3, 3, 3, 4, 5, 6, 7, 8, 10]
    assert paragraphs(text) == ["二、主动公开政府信息情况", "三、收到和处理申请的有关情况", ""]


def test_cell_and_bar_on_alternate_lines() -> None:
    assert rows("规章\n|\n0\n|\n|\n2\n|\n行政\n许可\n|\n||\n") == [["规章", "0", "", "2", "行政\n许可", "", ""]]
    assert rows("规章\n\n|\n\n0\n\n|\n") == [["规章", "0"]]


def test_bars_between_the_cells_of_a_row_only() -> None:
    assert rows("信息内容 |\n制发\n规章 |\n0 |\n0\n许可 |\n1 |\n0\n处罚 |\n2\n")[0] == [
        *("信息内容", "制发", "规章", "0", "0", "许可", "1", "0", "处罚", "2"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规章    0    0    0\n", [["规章", "0", "0", "0"]]),
        ("行政规范性文件 4 0 4\n", [["行政规范性文件", "4", "0", "4"]]),
        ("0 0 0 11 0\n", [["0", "0", "0", "11", "0"]]),
        ("1. 属于国家秘密 0 1 0\n", [["1. 属于国家秘密", "0", "1", "0"]]),
        ("三、本年度办理结果 （一） 予以公开 1 0 0\n", [["三、本年度办理结果", "（一） 予以公开", "1", "0", "0"]]),
        (
            "信息内容 本年制发件数 本年废止件数\n规章 4件 / 21.83万元\n第二十条第（五）项\n行政许可 0\n",
            [
                ["信息内容", "本年制发件数", "本年废止件数"],
                ["规章", "4件", "/", "21.83万元"],
                ["第二十条第（五）项"],
                ["行政许可", "0"],
            ],
        ),
        (
            "结果 维持　　结果 纠正　　总计\n甲  乙  丙\n1  2  3\n",
            [["结果 维持", "结果 纠正", "总计"], ["甲", "乙", "丙"], ["1", "2", "3"]],
        ),
    ],
)
def test_spaces(text: str, expected: list[list[str]]) -> None:
    assert rows(text) == expected
    assert tables(text)[0].layout == "spaces"


def test_the_column_of_a_field_between_spaces() -> None:
    assert [cell.column for cell in tables("  规章    0    1  2\n")[0].rows[0]] == [3, 9, 14, 17]


@pytest.mark.parametrize(
    "text",
    [
        "2023 年共收到政府信息公开申请 0 件，未发生行政复议 0 件和行政诉讼 0 件。\n",
        "- 5 -\n",
        "第 5 页 共 9 页\n",
        "—5—\n",
        "2023 年 1 月 5 日\n",
        "结果 维持\n总 计\n",
    ],
)
def test_spaces_in_prose_make_no_table(text: str) -> None:
    assert tables(text) == []


@pytest.mark.parametrize("line", ["- 5 -", "第 5 页 共 9 页", "—5—"])
@pytest.mark.parametrize("row", ["规章\t0\t0\n", "| 规章 | 0 |\n", "0 |\n", "规章 0 0 0\n"])
def test_page_numbers_stay_paragraphs(line: str, row: str) -> None:
    text = row * 2 + line + "\n" + row * 2
    assert line in paragraphs(text)
    assert len(tables(text)) == 2


def test_pages() -> None:
    blocks = read("甲\n\f乙\n丙\f\n规章\t0\t0\n").blocks
    assert [block.page for block in blocks if isinstance(block, Paragraph)] == [1, 2, 2, 3]
    assert [cell.page for block in blocks if isinstance(block, Table) for cell in block.rows[0]] == [3, 3, 3]
    assert isinstance(blocks[0], Paragraph)
    assert read("甲\n").blocks[0] == Paragraph("甲", 1, 1, 0, 0)


def test_odd_characters_are_normalised_and_columns_kept() -> None:
    text = "规\u200b章\t1\xa02\t\u200b&nbsp;\t\ufeff3\n规章\t0\t0\t0\n"
    cells = tables(text)[0].rows[0]
    assert [cell.text for cell in cells] == ["规章", "1 2", "", "3"]
    assert [cell.column for cell in cells] == [1, 5, 9, 17]
    assert paragraphs("第&nbsp;5&nbsp;条\xad &lt;办法&gt;\n")[0] == "第 5 条 <办法>"


def test_accepts() -> None:
    assert accepts_text("规章\t0".encode(), "x") == 0.5
    assert accepts_text("规章\t0\n".encode("utf-16"), "x") == 0.5
    assert 0 < accepts_text(b"%PDF-1.4", "x") < 0.1
    assert 0 < accepts_text(bytes(range(256)), "x") < 0.1


@pytest.mark.parametrize("content", [b"a\n" * 600_000, b"|" * 600_000, b"a\t" * 600_000])
def test_too_many_lines_or_cells(content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        read_text(content, "x")
    assert caught.value.kind == "too_large"


@pytest.mark.parametrize(
    "line", ["a\t\n", "a\tb\n", "甲 乙\n", "a |\n", "|\n\n\n", "| a |\n", "a\n", "a  b\n\n", "\t\t\n", "0\n"]
)
def test_no_layout_costs_the_square_of_its_lines(line: str) -> None:
    text = line * 20_000 + "规章\n"
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


@given(st.binary(max_size=300))
@example(b"|\n=|")
def test_any_bytes(content: bytes) -> None:
    assert 0 <= accepts_text(content, "x") <= 1
    try:
        read_text(content, "x")
    except ReadError:
        return


LINES = st.lists(
    st.text(st.sampled_from("规章0 \t|-\\\u3000、。一1*;:\f"), max_size=12)
    | st.sampled_from(["||", "|--|--|", "规章 |", "a\t0\t0"]),
    max_size=12,
)


@given(LINES)
def test_nothing_is_lost_and_every_place_is_in_the_file(lines: list[str]) -> None:
    text = "\n".join(lines)
    if not text.strip():
        return
    document = read(text)
    raw = text.split("\n")
    seen = ""
    number = 0
    for block in document.blocks:
        if isinstance(block, Table):
            number += 1
            assert block.number == number
            for row, cells in enumerate(block.rows, 1):
                for col, cell in enumerate(cells, 1):
                    assert (cell.table, cell.row, cell.col) == (number, row, col)
                    assert 1 <= cell.column <= len(raw[cell.line - 1]) + 1
                    seen += cell.text
        else:
            seen += block.text
    for letter in "规章0、。一1":
        assert seen.count(letter) == text.count(letter)
    assert len(kinds_of(raw, [line.strip() for line in raw])) == len(raw)
