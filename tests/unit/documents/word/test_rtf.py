"""RTF written by hand: what Word, WPS and others write, and what none should."""

from __future__ import annotations

import pytest

from govinfo.documents.model import Paragraph, Table
from govinfo.documents.word.rtf import read_rtf
from govinfo.errors import ReadError

HEAD = b"{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset0 Times;}{\\f1\\fcharset134 \\'cb\\'ce\\'cc\\'e5;}"
HEAD += b"{\\f2\\fcharset2 Wingdings;}{\\f3\\fcharset136 PMingLiU;}}{\\stylesheet{\\s0 Normal;}}{\\info{\\title x}}"


def rtf(body: str | bytes, head: bytes = HEAD) -> bytes:
    return head + (body.encode("gbk") if isinstance(body, str) else body) + b"}"


def texts(body: str | bytes, head: bytes = HEAD) -> list[str]:
    blocks = read_rtf(rtf(body, head), "").blocks
    return [block.text for block in blocks if isinstance(block, Paragraph)]


def grid(body: str) -> list[list[tuple[str, int, int, int]]]:
    tables = [block for block in read_rtf(rtf(body), "").blocks if isinstance(block, Table)]
    assert len(tables) == 1
    return [[(one.text, one.col, one.colspan, one.rowspan) for one in row] for row in tables[0].rows]


def row(definition: str, *cells: str) -> str:
    return f"\\trowd{definition}\\pard\\intbl " + "".join(f"{cell}\\cell " for cell in cells) + "\\row\n"


@pytest.mark.parametrize(
    "written",
    [
        b"\\f1 \\'d0\\'c5\\'cf\\'a2",
        b"\\f1\\'d0\\'c5\r\n\\'cf\\'a2",
        b"\\f0 \\'d0\\'c5\\'cf\\'a2",
        b"\\loch\\af0\\hich\\af0\\dbch\\f1 \\'d0\\'c5{\\'cf\\'a2}",
        "信息".encode("gbk"),
        b"\\uc1\\u20449?\\u24687?",
        b"\\uc2\\u20449\\'d0\\'c5\\u24687\\'cf\\'a2",
        b"\\uc0\\u20449\\u24687 ",
        b"{\\uc2{\\uc0\\u20449}\\u24687\\'cf\\'a2}",
        b"\\f3 \\'ab\\'48\\'ae\\'a7",
        b"\\f3 \\'abH\\'ae\\'a7",
    ],
)
def test_ideographs_are_read_however_they_are_written(written: bytes) -> None:
    assert texts(written + b"\\par") == ["信息"]


def test_rare_characters_and_negative_numbers() -> None:
    assert texts(b"\\u-10174?\\u-8265?\\u-225?1\\par") == ["𠮷\uff1f1"]


def test_latin_fonts_in_a_chinese_document_are_latin() -> None:
    assert texts(b"\\f0 caf\\'e9 \\'93x\\'94\\par") == ["café “x”"]
    assert texts(b"\\'e9\\par", b"{\\rtf1\\ansi ") == ["é"]
    assert texts(b"\\'d0\\'c5\\par", b"{\\rtf1\\ansi\\deflang2052 ") == ["信"]


def test_characters_that_have_words() -> None:
    body = r"a\tab b\line c\~d\_e\-f\emdash\ldblquote x\rdblquote\{\}\\ \par 1\page 2\sect 3"
    assert texts(body) == ["a\tb", "c d-ef—“x”{}\\", "1", "2", "3"]


def test_what_is_not_seen_is_not_read() -> None:
    assert texts(r"1{\v 2}{\deleted 3}{\strike 4}{\striked1 5}6\v 7\v0 8\plain\par") == ["168"]
    assert texts(r"{\header 页眉 5\par}{\footer 6\par}正文{\super\chftn}{\footnote \chftn 注 7}\par") == ["正文"]
    assert texts(r"{\*\unknown 1{\b 2}}3{\pict\wmetafile8 00ff}{\nonesttables 4\par}\par") == ["3"]


def test_raised_digits_make_no_larger_number() -> None:
    assert texts(r"12{\super 3}件{\super [1]}\par") == ["12^3件（1）"]


def test_of_a_field_the_result_is_read() -> None:
    assert texts(r"共{\field{\*\fldinst { =1+2 }}{\fldrslt {3}}}件\par") == ["共3件"]
    assert texts(r"{\field{\fldinst HYPERLINK x}{\fldrslt 链接}}\par") == ["链接"]


def test_automatic_numbers_are_text_and_bullets_are_not() -> None:
    assert texts(r"{\listtext\pard\plain\f1 一、\tab}总体情况\par{\pntext\f1 2\tab}数\par") == ["一、总体情况", "2 数"]
    assert texts(rb"{\listtext\f2 \'a8l\tab}a\par{\listtext\f0\'b7\tab}b\par") == ["a", "b"]


def test_pictures_are_counted_once() -> None:
    body = r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict\wmetafile8 00}}{\pict 00}\par"
    assert read_rtf(rtf(body), "").images == 2


def test_binary_data_is_no_text() -> None:
    assert texts(b"1{\\pict\\bin6 }{\\}{x}2\\par") == ["12"]


def test_text_boxes_follow_the_text() -> None:
    box = r"{\shp{\*\shpinst\shpleft0{\sp{\sn a}{\sv 1}}{\shptxt 框\par 二}}{\shprslt 旧框}}"
    assert texts(rf"前{box}后\par 尾\par") == ["前后", "尾", "框", "二"]
    assert texts(rf"{{\header {box}}}甲\par") == ["甲"]


def test_columns_are_told_by_edges() -> None:
    assert grid(row(r"\cellx1000\cellx3000", "甲", "乙") + row(r"\cellx1010\cellx2000\cellx2990", "1", "2", "3")) == [
        [("甲", 1, 1, 1), ("乙", 2, 2, 1)],
        [("1", 1, 1, 1), ("2", 2, 1, 1), ("3", 3, 1, 1)],
    ]


def test_merged_cells() -> None:
    body = row(r"\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000", "a", "b", "不见")
    body += row(r"\clvmrg\cellx1000\cellx2000\cellx3000", "", "1", "2")
    assert grid(body) == [[("a", 1, 1, 2), ("b", 2, 2, 1)], [("1", 2, 1, 1), ("2", 3, 1, 1)]]


def test_a_row_may_be_defined_once_for_all_or_behind_its_cells() -> None:
    cells = r"\pard\intbl 1\cell 2\cell"
    twice = rf"\trowd\cellx1000\cellx2000 {cells}\row {cells}\row"
    behind = rf"{cells}\trowd\cellx1000\cellx2000\row " * 2
    assert grid(twice) == grid(behind) == [[("1", 1, 1, 1), ("2", 2, 1, 1)]] * 2


def test_rows_that_say_nothing_of_their_cells_have_them_counted() -> None:
    assert grid(row("", "1", "2", "3") + row("", "4", "5", "6"))[1] == [("4", 1, 1, 1), ("5", 2, 1, 1), ("6", 3, 1, 1)]


def test_a_row_with_fewer_cells_than_it_defines_ends_in_empty_ones() -> None:
    assert grid(row(r"\cellx1000\cellx2000\cellx3000", "1") + row(r"\cellx1000\cellx2000\cellx3000", *"123"))[0] == [
        ("1", 1, 1, 1),
        ("", 2, 1, 1),
        ("", 3, 1, 1),
    ]


def test_lines_of_a_cell() -> None:
    assert grid(row(r"\cellx1000\cellx2000", r"a\par b\line c", r"\par 1"))[0] == [("a\nb\nc", 1, 1, 1), ("1", 2, 1, 1)]
    unsaid = r"\trowd\cellx1000\cellx2000\intbl a\cell\pard b\par c\cell\row"
    assert grid(unsaid)[0] == [("a", 1, 1, 1), ("b\nc", 2, 1, 1)]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = r"\pard\intbl\itap2 1\nestcell 2\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
    document = read_rtf(rtf(rf"\pard\intbl 外\par{inner}\pard\intbl\cell 尾\cell\trowd\cellx1000\cellx2000\row"), "")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[one.text for one in line] for table in tables for line in table.rows] == [["1", "2"]]
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph) and block.text]
    assert paragraphs == ["外", "尾"]


def test_tabs_part_cells_where_there_is_no_table() -> None:
    rows = "".join(f"规章{n}\\tab 1\\tab 2\\tab {n}\\par " for n in range(5))
    tables = [block for block in read_rtf(rtf(rows), "").blocks if isinstance(block, Table)]
    assert [cell.text for cell in tables[0].rows[3]] == ["规章3", "1", "2", "3"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (rtf(b"{" * 3000), "too_deep"),
        (rtf(b"{" * 1_100_000), "too_large"),
        (rtf(b"\\par" * 200_000), "too_large"),
        (rtf(b"\\intbl\\cell" * 200_000), "too_large"),
        (rtf(b"\\trowd" + b"\\cellx1" * 300 + b"\\cell\\row" * 5000), "too_large"),
        (rtf(b"x" * 3_000_000), "too_large"),
        (rtf("{正文"), "damaged"),
    ],
)
def test_what_asks_for_too_much_or_is_cut_off_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_rtf(content, "x.rtf")
    assert caught.value.kind == kind


def test_numbers_no_writer_means() -> None:
    body = r"\itap99999 a\par\itap-5 b\par\f999999999\uc-3\u0?c\'zz\cellx-999999999\trleft999999999\row d\par"
    tables = [block for block in read_rtf(rtf(body), "").blocks if isinstance(block, Table)]
    assert [cell.text.split() for row in tables[0].rows for cell in row] == [["a", "b", "?czz"], ["d"]]
