"""Web pages: grids, layout tables, what is hidden, what is broken."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.documents.html import accepts_html, read_html
from govinfo.documents.limits import MAX_COLSPAN
from govinfo.documents.model import Cell, Document, Paragraph, Table
from govinfo.errors import ReadError

FILLER = "<table>" + "<tr><td>甲<td>0<td>1<td>2</tr>" * 4 + "</table>"


def read(text: str) -> Document:
    return read_html(text.encode(), "甲市.html")


def tables(text: str) -> list[Table]:
    return [block for block in read(text).blocks if isinstance(block, Table)]


def paragraphs(text: str) -> list[str]:
    return [block.text for block in read(text).blocks if isinstance(block, Paragraph)]


def cells(text: str) -> list[list[tuple[str, int, int, int]]]:
    """Return (text, col, rowspan, colspan) of the cells of the only table."""
    (table,) = tables(text)
    return [[(cell.text, cell.col, cell.rowspan, cell.colspan) for cell in row] for row in table.rows]


def texts(text: str) -> list[list[str]]:
    return [[cell[0] for cell in row] for row in cells(text)]


def kind_of(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        read_html(content, "甲市.html")
    assert caught.value.name == "甲市.html"
    return caught.value.kind


def test_a_page() -> None:
    document = read(
        "<!DOCTYPE html>\n<html><head><title> 甲市\n2022年报告 </title><style>p{}</style></head>\n"
        "<body><div>首页 &gt; 公开</div>\n"
        "<p>一、总体情况</p>\n<p>&nbsp;</p>\n<table>\n<tr><td>规章</td><td>0</td></tr>\n<tr><td>许可<td>1</table>\n"
        "<p>&nbsp;&nbsp;无。<img src=a><img src=b></p><script>var a='<p>x</p>'</script></body></html>"
    )
    assert document.title == "甲市 2022年报告"
    assert document.format == "html"
    assert document.images == 2
    assert document.blocks == (
        Paragraph("首页 > 公开", 4),
        Paragraph("一、总体情况", 5),
        Paragraph("", 6, indent=1),
        Table(
            1,
            7,
            (
                (Cell("规章", 8, 1, 1, 1, 1), Cell("0", 8, 1, 1, 1, 2)),
                (Cell("许可", 9, 1, 1, 2, 1), Cell("1", 9, 1, 1, 2, 2)),
            ),
        ),
        Paragraph("无。", 10, indent=2),
    )


def test_merged_cells() -> None:
    page = """<table><tr><th rowspan=3>三、结果<th colspan=2>（一）<td>0</tr>
    <tr><td rowspan=2>（三）<td>1.国家秘密<td>1</tr><tr><td>2.其他<td>2</tr><tr><td colspan=3>总计<td>3</tr></table>"""
    assert cells(page) == [
        [("三、结果", 1, 3, 1), ("（一）", 2, 1, 2), ("0", 4, 1, 1)],
        [("（三）", 2, 2, 1), ("1.国家秘密", 3, 1, 1), ("1", 4, 1, 1)],
        [("2.其他", 3, 1, 1), ("2", 4, 1, 1)],
        [("总计", 1, 1, 3), ("3", 4, 1, 1)],
    ]


@pytest.mark.parametrize(
    ("span", "rowspan"),
    [("1000000000", 2), ("0", 2), ("-3", 1), ("abc", 1), ("", 1), (" 2 ", 2), ("2.5", 2), ("9" * 5000, 2), ("１", 1)],
)
def test_any_rowspan(span: str, rowspan: int) -> None:
    page = f"<table><tr><td rowspan='{span}'>a<td>b</tr><tr><td>c<td>d</tr></table>"
    assert cells(page)[0][0] == ("a", 1, rowspan, 1)


@pytest.mark.parametrize(("span", "colspan"), [("1000000000", MAX_COLSPAN), ("0", 1), ("-3", 1), ("abc", 1), ("3", 3)])
def test_any_colspan(span: str, colspan: int) -> None:
    page = f"<table><tr><td colspan='{span}'>a<td>b</tr></table>"
    assert cells(page)[0] == [("a", 1, 1, colspan), ("b", 1 + colspan, 1, 1)]


@pytest.mark.parametrize(
    "page",
    [
        "<table>" + "<tr>" + "<td rowspan=65534 colspan=1000>0" * 3000 + "</tr></table>",
        "<table><tr>" + "<td rowspan=65534>0" * 1000 + "</tr>" + "<tr><td>0</tr>" * 20_000 + "</table>",
        "<table>" + "<tr><td rowspan=1000000000 colspan=1000000000>0</tr>" * 2000 + "</table>",
    ],
)
def test_hostile_spans_are_refused_in_time(page: str) -> None:
    started = time.process_time()
    assert kind_of(page.encode()) == "too_large"
    assert time.process_time() - started < 3


def test_word_paste() -> None:
    cell = "<td><p class=MsoNormal><span style='a'>{}</span><span lang=EN-US><o:p></o:p></span></p></td>"
    split = "<span>行</span><font>政</font><b><span>规</span></b><span>范\n</span><i>性</i>文件"
    page = (
        "<table>"
        + "<tr>"
        + cell.format(split)
        + cell.format("<o:p>&nbsp;</o:p>")
        + cell.format(" 0\n ")
        + "</tr></table>"
    )
    assert texts(page) == [["行政规范性文件", "", "0"]]


def test_lines_in_a_cell() -> None:
    page = (
        "<table><tr><td>结果<br>维持<td><p>结果</p>\n<p>纠正</p>"
        "<td><div><p>a</p></div><div>b</div><td><p></p><p>0</p></table>"
    )
    assert texts(page) == [["结果\n维持", "结果\n纠正", "a\nb", "0"]]


def test_layout_tables_are_dissolved_in_reading_order() -> None:
    inner = "<table><tr><td>规章<td>0</tr></table>"
    page = f"<table><tr><td>导航</td><td>前言<p>一</p>{inner}<p>二</p></td></tr><tr><td>页脚</table>"
    document = read(page)
    assert [block.text if isinstance(block, Paragraph) else block.number for block in document.blocks] == [
        *("导航", "前言", "一", 1, "二", "页脚"),
    ]


def test_a_single_cell_or_an_article_in_a_cell_is_layout() -> None:
    article = "<p>" + "政府信息公开" * 80 + "</p>"
    assert tables("<table><tr><td><p>甲</p><p>乙</p></table>") == []
    assert paragraphs(f"<table><tr><td>导航<td>{article}</table>")[0] == "导航"
    assert tables(f"<table><tr><td>导航<td>{article}</table>") == []


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='color:red; DISPLAY : none'>x</p>",
        "<p STYLE='VISIBILITY: hidden'>x</p>",
        "<DIV HIDDEN>x<p>y</p></DIV>",
        "<p><del>x</del></p>",
        "<!-- x --><!--[if gte mso 9]><p>x</p><![endif]-->",
        "<noscript>x</noscript>",
        "<template><p>x</p></template>",
        "<style>x</style>",
        "<script>document.write('<p>x</p>')</script>",
        "<select><option>x</option></select>",
        "<?xml:namespace prefix=o ?>",
    ],
)
def test_what_is_hidden_is_no_text(hidden: str) -> None:
    assert [text for text in paragraphs(f"<html><body><p>a</p>{hidden}tail<p>b</p>{FILLER}") if text] == [
        "a",
        "tail",
        "b",
    ]
    assert texts(f"<table><tr><td>a{hidden}<td>b</table>") == [["a", "b"]]


def test_a_body_hidden_until_its_scripts_ran_is_read() -> None:
    assert paragraphs("<body style='display:none'><p>a</p></body>") == ["a"]


def test_blank_lines() -> None:
    page = "<body>\n<div>\n</div><p>a</p>\n<p></p>\n<p><br></p><p>b<br>c<br><br>d<br></p><div><div> </div></div></body>"
    assert paragraphs(page) == ["a", "", "", "b", "c", "", "d"]


def test_white_space() -> None:
    assert paragraphs("<body><p>  政府信息\n  公开 <b>a\nb</b>　丙\xa0\xa0丁\u200b</p>") == ["政府信息公开 a b　丙  丁"]


def test_pre_keeps_its_lines() -> None:
    (table,) = tables("<html><body><p>a</p>\n<pre>\n规章\t0\t0\n许可\t1\t2\n</pre></body>")
    assert table.layout == "tabs"
    assert [[cell.text for cell in row] for row in table.rows] == [["规章", "0", "0"], ["许可", "1", "2"]]
    assert [row[0].line for row in table.rows] == [2, 3] or [row[0].line for row in table.rows] == [3, 4]


@pytest.mark.parametrize(
    ("page", "layout"),
    [
        ("<p>规章\t0\t0</p><p>许可\t1\t2</p>", "tabs"),
        ("<p>规章|0|0<br>许可|1|2</p>", "pipes"),
        ("<div>规章&nbsp;&nbsp;0&nbsp;&nbsp;0&nbsp;&nbsp;1</div>", "spaces"),
        ("<p>规章 |</p><p>0 |</p><p>|</p>", "cells"),
    ],
)
def test_without_tables_paragraphs_are_lines(page: str, layout: str) -> None:
    assert [table.layout for table in tables("<body>" + page)] == [layout]
    assert [table.layout for table in tables("<body>" + page + FILLER)] == ["markup"]


def test_tables_are_numbered_in_reading_order() -> None:
    small = "<table><tr><td>a<td>b</table>"
    found = tables(f"<body>{small}<p>规章|0|0</p>{small}<pre>a\t0\t1</pre>{small}")
    assert [table.number for table in found] == [1, 2, 3, 4, 5]
    assert [{cell.table for row in table.rows for cell in row} for table in found] == [{1}, {2}, {3}, {4}, {5}]


def test_tables_in_plain_text_leave_lines_alone() -> None:
    page = "一、总体情况\n无。\n\n<table><tr><td>规章</td><td>0</td></tr></table>\n三、其他\n"
    assert [text for text in paragraphs(page) if text] == ["一、总体情况", "无。", "三、其他"]
    assert texts(page) == [["规章", "0"]]


def test_cells_and_rows_that_lost_their_table() -> None:
    assert [text for text in paragraphs("<tr><td>规章</td><td>0</td></tr>") if text] == ["规章", "0"]
    assert texts("<table><td>规章<td>0<tr><td>a<td>b</table>") == [["规章", "0"], ["a", "b"]]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<tr><form></form><td>a<td>b</tr><td>c</td><tr><td>d<td>e", [["a", "b", "c"], ["d", "e"]]),
        ("<td>a</td><tr><td>b<tr><b></b><td>c</tr><tr></tr><tr><td>d<td>e", [["a"], ["b"], ["c"], ["d", "e"]]),
        ("<tr><td>a<td>b</tr><span><td>c</td></span><tr><span></span></tr><tr><td>d", [["a", "b", "c"], ["d"]]),
    ],
)
def test_rows_that_hold_other_things_than_cells(page: str, found: list[list[str]]) -> None:
    assert texts(f"<table>{page}</table>") == found


@pytest.mark.parametrize("declared", ["gb2312", "gbk", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_wrong_charset_loses_nothing(declared: str, encoding: str) -> None:
    page = (
        f"<?xml version='1.0' encoding='{declared}'?><html><head><meta charset={declared}>"
        "<title>政府信息公开</title></head><body><p>规章和行政规范性文件 镕€㐂𠮷 报告</p>"
        + "<p>政府信息公开工作</p>" * 9
        + "<p>尾</p>"
    )
    document = read_html(page.encode(encoding), "x")
    found = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert found[0] == "规章和行政规范性文件 镕€㐂𠮷 报告"
    assert found[-1] == "尾"
    assert document.encoding == {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert document.problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_bad_byte_is_reported_and_loses_nothing(encoding: str) -> None:
    page = "<meta charset=gb2312>\n<p>政府信息公开</p>\n<p>x{}</p>" + "<p>政府信息公开</p>" * 5 + "<p>尾</p>"
    before, after = page.split("{}")
    document = read_html(before.encode(encoding) + b"\xff" + after.encode(encoding), "x")
    assert [problem.code for problem in document.problems] == ["SRC001"]
    assert document.problems[0].at is not None
    assert (document.problems[0].at.line, document.problems[0].at.column) == (3, 5)
    assert document.blocks[1] == Paragraph("x\ufffd", 3)
    assert document.blocks[-1] == Paragraph("尾", 3)


@pytest.mark.parametrize("end", ["</body></html>", "</html>", "</BODY >\n</HTML >"])
def test_a_page_pasted_into_a_page_does_not_end_it(end: str) -> None:
    page = f"<html><body><p>a</p><html><body><p>b</p>{end}<p>c</p>{FILLER}</body></html>"
    assert paragraphs(page) == ["a", "b", "c"]
    page = f"<html><body><p>a</p>{end}<p>c</p>{FILLER}"
    assert paragraphs(page) == ["a", "c"]
    assert len(tables(page)) == 1


def test_cdata_around_html_is_text() -> None:
    assert paragraphs("<?xml version='1.0'?><record><![CDATA[<p>a</p><p>b</p>]]></record>") == ["a", "b"]


@pytest.mark.parametrize("tag", ["font", "div", "b", "span", "table><tr><td"])
def test_moderate_depth_loses_nothing(tag: str) -> None:
    page = "<html><body>" + f"<{tag}>" * 300 + "x<p>尾</p>" + FILLER
    assert [text for text in paragraphs(page) if text] == ["x", "尾"]
    assert len(tables(page)) == 1


@pytest.mark.parametrize("tag", ["font", "div", "b", "ul><li", "table><tr><td"])
def test_extreme_depth_is_refused(tag: str) -> None:
    started = time.process_time()
    assert kind_of(b"<html><body>" + f"<{tag}>".encode() * 100_000 + b"x") == "too_deep"
    assert time.process_time() - started < 1
    assert paragraphs("<p>a</p>") == ["a"]  # and the parser is none the worse


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;">]><p>&c;</p>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><p>&x;</p>',
        '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><p>&c;</p>',
    ],
)
def test_entities_are_harmless(bomb: str) -> None:
    found = "".join(paragraphs(bomb))
    assert "root:" not in found
    assert len(found) < 200


@pytest.mark.parametrize("content", [b"<!-- x -->", b"<!DOCTYPE html>"])
def test_nothing_in_it(content: bytes) -> None:
    assert kind_of(content) == "empty"


def test_control_characters_and_our_own_marks() -> None:
    cells = "<table><tr><td>\ufdd1c\ufffe<td>&#xFDD1;d<br>&#1;e<td>f</table>"
    page = "<body><p>a\x01&#2;\x0cb</p><p>\ufdd0x\ufdd0\ufdd0</p>" + cells
    odd = dict.fromkeys((0xFDD0, 0xFFFD, 1, 2, 12, 32))
    assert "".join(paragraphs(page)).translate(odd) == "abx"
    assert [text.strip("\ufffe\ufffd\ufdd1\x01") for text in texts(page)[0]][::2] == ["c", "f"]


def test_our_own_mark_around_a_number() -> None:
    digits = "9" * 5000
    page = f"<body><p>a</p><p>\ufdd0{digits}\ufdd0b</p><p>\ufdd07\ufdd0</p>{FILLER}"
    found = "".join(paragraphs(page))
    assert found.startswith("a")
    assert found.strip("\ufdd0").endswith("b")
    assert digits in found


def test_too_many_tags_or_cells() -> None:
    assert kind_of(b"<p>" * 1_100_000) == "too_large"


def test_a_tag_of_many_attributes_is_refused_in_time() -> None:
    started = time.process_time()
    assert kind_of(b"<p " + b" ".join(b"a%d=1" % number for number in range(100_000)) + b">x") == "too_large"
    assert time.process_time() - started < 1
    picture = "\n".join(["QUJD" * 19] * 4000)
    assert paragraphs(f"<p><img src='data:image/png;base64,{picture}'>a</p>") == ["a"]


def test_accepts() -> None:
    assert accepts_html(b"<!DOCTYPE html><p>", "x") > 0.9
    assert accepts_html("<html>".encode("utf-16"), "x") > 0.9
    assert accepts_html("报告\n<table border=1><tr>".encode(), "x") > 0.5
    assert accepts_html(b"<p class=a>x", "x") > 0.5
    assert accepts_html("规章<br>0".encode(), "x") < 0.5
    assert accepts_html("规章 | 0 < 1".encode(), "x.html") == 0
    assert accepts_html(b"%PDF-1.4", "x") == 0


def test_threads_share_nothing() -> None:
    pages = [f"<p>{number}</p>" + "<b>" * (3000 if number % 3 == 0 else 1) for number in range(60)]

    def outcome(page: str) -> str:
        try:
            return paragraphs(page)[0]
        except ReadError as error:
            return error.kind

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(outcome, pages))
    assert found == ["too_deep" if number % 3 == 0 else str(number) for number in range(60)]


TAGS = [
    "table",
    "tr",
    "td",
    "th",
    "p",
    "br",
    "div",
    "pre",
    "span",
    "font",
    "script",
    "del",
    "html",
    "body",
    "title",
    "li",
]
SOUP = st.lists(
    st.sampled_from([f"<{slash}{tag}>" for tag in TAGS for slash in ("", "/")])
    | st.sampled_from(
        ["<td rowspan=3>", "<td colspan=2 rowspan=0>", "<p hidden>", "\n", "|", "\t", "&nbsp;", "&#1;", "<!--", "-->"]
    )
    | st.text(max_size=4),
    max_size=40,
)


@given(SOUP)
def test_any_soup(pieces: list[str]) -> None:
    content = "".join(pieces).encode("utf-8", "replace")
    try:
        document = read_html(content, "x")
    except ReadError as error:
        if error.kind not in {"empty", "binary"}:
            raise
        return
    number = 0
    for block in document.blocks:
        if isinstance(block, Table):
            number += 1
            assert block.number == number
            taken: set[tuple[int, int]] = set()
            for row, found in enumerate(block.rows, 1):
                for cell in found:
                    assert (cell.table, cell.row) == (number, row)
                    assert row + cell.rowspan - 1 <= len(block.rows)
                    assert (row, cell.col) not in taken
                    taken |= {(row + down, cell.col) for down in range(cell.rowspan)}
        else:
            assert block.text == block.text.strip()


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    assert 0 <= accepts_html(content, "x") <= 1
    try:
        read_html(b"<p>" + content, "x")
    except ReadError:
        return


@pytest.mark.parametrize(
    "struck",
    ["<s>13</s>", "<strike>13</strike>", "<del>13</del>", "<span style='TEXT-DECORATION: line-through'>13</span>"],
)
def test_struck_out_figures_are_no_figures(struck: str) -> None:
    assert texts(f"<table><tr><td>规章<td>{struck}12<td>0</table>") == [["规章", "12", "0"]]


def test_raised_digits_never_run_together_with_a_figure() -> None:
    page = (
        "<table><tr><td>规章<sup>1</sup><td>12<sup>1</sup><td><span>12</span><b><sup>[2]</sup></b>"
        "<td><sup>3</sup><td>5<sup>注1</sup></table>"
    )
    assert texts(page) == [["规章（1）", "12^1", "12（2）", "3", "5（注1）"]]
