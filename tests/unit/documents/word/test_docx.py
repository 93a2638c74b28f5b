"""Word documents are read as a person sees them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import govinfo
from govinfo.documents.model import Document, Paragraph, Table
from govinfo.documents.word.docx import read_docx
from govinfo.errors import ReadError

Word = Callable[..., bytes]

ROW = "<w:tr>" + "<w:tc><w:p><w:r><w:t>0</w:t></w:r></w:p></w:tc>" * 4 + "</w:tr>"
LARGE = f"<w:tbl>{ROW * 4}</w:tbl>"


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def c(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def read(content: bytes) -> Document:
    return read_docx(content, "报告.docx")


def texts(content: bytes) -> list[str]:
    return [block.text for block in read(content).blocks if isinstance(block, Paragraph)]


def tables(content: bytes) -> list[list[list[str]]]:
    found = [block for block in read(content).blocks if isinstance(block, Table)]
    return [[[cell.text for cell in row] for row in table.rows] for table in found]


@pytest.mark.parametrize(
    ("runs", "printed"),
    [
        (r("政府信息") + r("公开"), "政府信息公开"),
        ("<w:ins>" + r("新") + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>", "新"),
        ("<w:moveTo>" + r("新") + "</w:moveTo><w:moveFrom>" + r("旧") + "</w:moveFrom>", "新"),
        (r("12", "<w:vanish/>") + r("3"), "3"),
        (r("12", '<w:vanish w:val="0"/>') + r("3"), "123"),
        (r("12", "<w:strike/>") + r("3", "<w:dstrike/>") + r("4"), "4"),
        (r("1", "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>"), "1"),
        (r("申请") + r("1", '<w:vertAlign w:val="superscript"/>'), "申请（1）"),
        (r("12") + r("1", '<w:vertAlign w:val="superscript"/>') * 2, "12^11"),
        (r("CO") + r("2", '<w:vertAlign w:val="subscript"/>'), "CO2"),
        (r("12") + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>', "12"),
        ("<w:hyperlink>" + r("网") + "</w:hyperlink><w:smartTag>" + r("址") + "</w:smartTag>", "网址"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + r("7") + "</w:sdtContent></w:sdt>", "7"),
        ("<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + r("点击") + "</w:sdtContent></w:sdt>", ""),
        (
            "<w:r><w:ruby><w:rt>" + r("gong") + "</w:rt><w:rubyBase>" + r("公") + "</w:rubyBase></w:ruby></w:r>",
            "公",
        ),
        ("<w:r><w:t>1</w:t><w:noBreakHyphen/><w:softHyphen/><w:t>2</w:t></w:r>", "1-2"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>是</w:t></w:r>', "√是"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F031"/></w:r>', "\ufffd"),
        ('<w:r><w:sym w:font="Symbol" w:char="F031"/></w:r>', "1"),
        ("<m:oMath><m:r><m:t>5</m:t></m:r></m:oMath>", "5"),
        ("<w:r><w:t> 5 </w:t></w:r>" + r("6"), "56"),
        ("<w:r><w:t>5&#xa0;\u200b</w:t></w:r>", "5"),
    ],
)
def test_a_paragraph_says_what_is_seen(word: Word, runs: str, printed: str) -> None:
    assert texts(word(f"<w:p>{runs}</w:p>" + LARGE)) == [printed]


def field(*runs: str, result: str = "", ends: bool = True) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = "".join(runs)
    end = mark.format("separate") + result + mark.format("end") if ends else ""
    return mark.format("begin") + inside + end


CODE = "<w:r><w:instrText> REF a </w:instrText></w:r>"


@pytest.mark.parametrize(
    ("runs", "printed"),
    [
        (field(CODE, result=r("12")), "12"),
        (field(CODE, r("9"), field(CODE, result=r("8")), result=r("12")), "12"),
        (field(CODE, result=r("1") + field(CODE, result=r("2")) + r("3")), "123"),
        (field(CODE, ends=False) + r("12"), "12"),
        ('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("12"), "12"),
        (f'<w:fldSimple w:instr="=SUM(LEFT)">{r("12")}</w:fldSimple>', "12"),
    ],
)
def test_a_field_says_its_result(word: Word, runs: str, printed: str) -> None:
    assert texts(word(f"<w:p>{runs}</w:p>" + LARGE)) == [printed]


def test_text_hidden_by_a_style_is_left_out(word: Word) -> None:
    styles = (
        '<w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="c"><w:basedOn w:val="d"/><w:rPr><w:strike/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="d"><w:basedOn w:val="c"/></w:style>'
    )
    hidden, shown = '<w:rStyle w:val="b"/>', '<w:strike w:val="0"/>'
    body = p("甲", run=hidden) + p("乙") + p("丙", '<w:pStyle w:val="c"/>') + p("丁", '<w:pStyle w:val="d"/>', shown)
    assert texts(word(body + LARGE, styles=styles)) == ["", "乙", "", "丁"]


@pytest.mark.parametrize("mark", ["<w:del/>", "<w:moveFrom/>", "<w:vanish/>"])
def test_a_paragraph_without_its_end_goes_on_in_the_next(word: Word, mark: str) -> None:
    body = p("一、总", f"<w:rPr>{mark}</w:rPr>") + p("体情况") + p("", f"<w:rPr>{mark}</w:rPr>") + LARGE + p("后")
    assert texts(word(body)) == ["一、总体情况", "后"]


def test_a_large_first_letter_belongs_to_its_paragraph(word: Word) -> None:
    assert texts(word(p("本", '<w:framePr w:dropCap="drop"/>') + p("报告") + LARGE)) == ["本报告"]


def test_breaks_end_lines(word: Word) -> None:
    body = '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t></w:r></w:p>'
    document = read(word(body + LARGE))
    assert [(one.text, one.line) for one in document.blocks[:3]] == [("甲", 1), ("乙", 1), ("丙", 1)]  # type: ignore[union-attr]
    assert tables(word(f"<w:tbl>{'<w:tr>' + c(body) * 4 + '</w:tr>'}{ROW * 3}</w:tbl>"))[0][0][0] == "甲\n乙\n丙"


def test_a_text_box_is_read_once(word: Word) -> None:
    box = f"<w:txbxContent>{p('文本框')}{LARGE}</w:txbxContent>"
    alternate = (
        f'<mc:AlternateContent><mc:Choice Requires="wps">{box}</mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    body = f"<w:p><w:r>{alternate}<w:t>锚</w:t></w:r></w:p>"
    assert texts(word(body)) == ["锚", "文本框"]
    assert len(tables(word(body))) == 1
    only_old = body.replace('<mc:Choice Requires="wps">' + box, '<mc:Choice Requires="wpx"><w:t>?</w:t>')
    assert texts(word(only_old)) == ["锚", "文本框"]


def test_headers_notes_and_comments_are_no_text(word: Word) -> None:
    body = p("正文") + "<w:p><w:commentRangeStart/><w:r><w:commentReference/></w:r></w:p>" + LARGE
    content = word(body, header1_xml=b"<w:hdr/>", footnotes_xml=b"<w:footnotes/>")
    assert texts(content) == ["正文", ""]


# Tables.


def test_merged_cells_are_laid_out(word: Word) -> None:
    start, on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        "<w:tr>" + c(p("甲"), start) + c(p("乙"), '<w:gridSpan w:val="2"/>') + "</w:tr>",
        "<w:tr>" + c(p("看不见"), on) + c(p("1")) + c(p("2")) + "</w:tr>",
        "<w:tr>" + c(p(""), on) + c(p("3"), '<w:hMerge w:val="restart"/>') + c(p(""), "<w:hMerge/>") + "</w:tr>",
        '<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>' + c(p("4")) + c(p("5")) + "</w:tr>",
    )
    (table,) = (block for block in read(word(f"<w:tbl>{''.join(rows)}</w:tbl>")).blocks if isinstance(block, Table))
    assert [[(cell.text, cell.col, cell.rowspan, cell.colspan) for cell in row] for row in table.rows] == [
        [("甲", 1, 3, 1), ("乙", 2, 1, 2)],
        [("1", 2, 1, 1), ("2", 3, 1, 1)],
        [("3", 2, 1, 2)],
        [("4", 2, 1, 1), ("5", 3, 1, 1)],
    ]
    assert [[cell.row for cell in row] for row in table.rows] == [[1, 1], [2, 2], [3], [4, 4]]
    assert [row[0].line for row in table.rows] == [1, 2, 3, 4]


def test_lines_not_drawn_straight_are_one_line(word: Word) -> None:
    grid = "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in (900, 20, 880, 900)) + "</w:tblGrid>"
    rows = (
        "<w:tr>" + c(p("1")) + c(p("2"), '<w:gridSpan w:val="2"/>') + c(p("3")) + "</w:tr>",
        "<w:tr>" + c(p("4"), '<w:gridSpan w:val="2"/>') + c(p("5")) + c(p("6")) + "</w:tr>",
    )
    (table,) = (
        block for block in read(word(f"<w:tbl>{grid}{''.join(rows)}</w:tbl>")).blocks if isinstance(block, Table)
    )
    assert [[(cell.col, cell.colspan) for cell in row] for row in table.rows] == [[(1, 1), (2, 1), (3, 1)]] * 2


def test_narrow_columns_that_hold_cells_stay_columns(word: Word) -> None:
    grid = "<w:tblGrid>" + '<w:gridCol w:w="20"/>' * 4 + "</w:tblGrid>"
    (table,) = (block for block in read(word(f"<w:tbl>{grid}{ROW * 4}</w:tbl>")).blocks if isinstance(block, Table))
    assert [cell.col for cell in table.rows[0]] == [1, 2, 3, 4]


def test_deleted_rows_and_cells_are_gone(word: Word) -> None:
    gone = "<w:tr><w:trPr><w:del/></w:trPr>" + c(p("9")) * 4 + "</w:tr>"
    added = "<w:tr><w:trPr><w:ins/></w:trPr>" + c(p("8")) * 3 + c(p("7"), "<w:cellDel/>") + c(p("6"), "<w:cellIns/>")
    assert tables(word(f"<w:tbl>{gone}{added}</w:tr>{ROW * 3}</w:tbl>"))[0][0] == ["8", "8", "8", "6"]
    assert tables(word(f"<w:tbl>{gone}</w:tbl>")) == []


def test_a_hidden_row_is_left_out(word: Word) -> None:
    hidden = "<w:tr><w:trPr><w:hidden/></w:trPr>" + c(p("9", run="<w:vanish/>")) * 4 + "</w:tr>"
    assert tables(word(f"<w:tbl>{hidden}{ROW * 3}</w:tbl>")) == [[["0"] * 4] * 3]


def test_a_table_in_a_table_is_one_of_its_own(word: Word) -> None:
    outer = f"<w:tbl><w:tr>{c(p('一、总体情况') + LARGE)}{c(p('右'))}</w:tr></w:tbl>"
    document = read(word(outer))
    assert [type(block) for block in document.blocks] == [Paragraph, Table, Paragraph]
    assert [block.line for block in document.blocks] == sorted(block.line for block in document.blocks)
    data = LARGE.replace("<w:tc>", f"<w:tc>{LARGE}", 1)
    assert [len(table) for table in tables(word(data))] == [4, 4]
    assert tables(word(data))[0] == [["0"] * 4] * 4


def test_a_cell_pasted_into_a_cell_is_its_text(word: Word) -> None:
    pasted = f"<w:tbl><w:tr>{c(p('12'))}</w:tr></w:tbl><w:p/>"
    assert tables(word(f"<w:tbl><w:tr>{c(pasted) * 4}</w:tr>{ROW * 3}</w:tbl>"))[0][0] == ["12"] * 4


def test_rows_and_cells_in_content_controls_are_rows_and_cells(word: Word) -> None:
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    row = "<w:tr>" + control.format(c(p("5"))) + c(p("6")) + "</w:tr>"
    assert tables(word(f"<w:tbl>{control.format(row)}{ROW * 4}</w:tbl>"))[0][0] == ["5", "6"]


def test_where_no_table_is_large_tabs_part_cells(word: Word) -> None:
    cells = "<w:tab/>".join(f"<w:t>{figure}</w:t>" for figure in (3, "", 0, 1, 0, 0, 4))
    label = "<w:r><w:tab/><w:t>（一）予以公开</w:t><w:tab/>"
    body = "".join(f"<w:p>{label}{cells}</w:r></w:p>" for _ in range(5))
    assert tables(word(body)) == [[["", "（一）予以公开", "3", "", "0", "1", "0", "0", "4"]] * 5]


# What else is in the file.


def test_automatic_numbers_are_text(word: Word) -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate([("chineseCountingThousand", "%1、"), ("decimal", "%2.")])
    )
    numbering = (
        f'<w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    number = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr>'
    gone = number.format(0) + "<w:rPr><w:del/></w:rPr>"
    body = (
        p("总体情况", number.format(0)),
        p("甲", number.format(1)),
        p("", gone),
        p("乙", number.format(1)),
        p("丙", number.format(0) + "<w:rPr><w:strike/></w:rPr>"),
        p("丁", number.format(0)),
        p("戊", number.format(1)),
    )
    content = word("".join(body) + LARGE, numbering=numbering)
    assert texts(content) == ["一、总体情况", "1.甲", "2.乙", "丙", "三、丁", "1.戊"]


def test_pictures_and_objects_are_told(word: Word) -> None:
    excel = '<w:object><v:imagedata/><o:OLEObject ProgID="Excel.Sheet.12" r:id="Sheet1_xlsx"/></w:object>'
    formula = '<w:object><o:OLEObject ProgID="Equation.3"/></w:object>'
    body = f"<w:p><w:r>{excel}{formula}<w:drawing><pic:pic/></w:drawing></w:r></w:p>"
    document = read(word(body, Sheet1_xlsx=b""))
    assert document.images == 2
    assert document.attachments == ("Sheet1.xlsx",)
    assert [problem.code for problem in document.problems] == ["SRC020"]
    assert "Excel.Sheet.12" in document.problems[0].message.zh


def test_an_inserted_page_is_read(word: Word) -> None:
    page = f"<html><body><p>甲</p><table>{'<tr><td>0</td><td>1</td></tr>' * 8}</table></body></html>".encode()
    content = word(f'{p("前")}<w:altChunk r:id="a_html"/>{LARGE}{p("后")}', a_html=page)
    document = read(content)
    assert texts(content) == ["前", "甲", "后"]
    assert [block.number for block in document.blocks if isinstance(block, Table)] == [1, 2]
    assert [block.line for block in document.blocks] == [1, 2, 3, 11, 15]
    assert document.problems == ()


def test_an_inserted_document_is_read_and_not_without_end(word: Word) -> None:
    inner = word(p("内"))
    assert texts(word('<w:altChunk r:id="a_docx"/>' + LARGE, a_docx=inner)) == ["内"]
    for _ in range(4):
        inner = word(p("内") + '<w:altChunk r:id="a_docx"/>', a_docx=inner)
    content = word('<w:altChunk r:id="a_docx"/>' + LARGE, a_docx=inner)
    assert texts(content) == ["内", "内"]


@pytest.mark.parametrize("chunk", [b"", b"{\\rtf1 x}", b"PK\x03\x04word/document.xml", b"\0\1\2"])
def test_an_inserted_document_that_cannot_be_read_is_told(word: Word, chunk: bytes) -> None:
    document = read(word(p("前") + '<w:altChunk r:id="a_bin"/>' + LARGE, a_bin=chunk))
    assert [problem.code for problem in document.problems] == ["SRC020"]
    assert isinstance(document.blocks[-1], Table)


@pytest.mark.parametrize(
    ("title", "kept"),
    [("青河市教育局2022年年度报告", True), ("青河市教育局2020年年度报告", False), ("年度报告", True)],
)
def test_the_title_in_the_properties_may_be_last_years(word: Word, title: str, kept: bool) -> None:
    document = read(word(p("2022年") + LARGE, title=title))
    assert document.title == (title if kept else None)
    assert document.numbering == "paragraph"


WORD_2003 = """<?xml version="1.0"?><?mso-application progid="Word.Document"?>
<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xml:space="preserve"
 xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"
 xmlns:o="urn:schemas-microsoft-com:office:office"><o:DocumentProperties><o:Title>年度报告</o:Title></o:DocumentProperties>
<w:styles><w:style w:type="character" w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>
<w:body><wx:sect><w:p><w:pPr><w:listPr><w:ilvl w:val="0"/><w:ilfo w:val="1"/><wx:t wx:val="一、"/></w:listPr></w:pPr>
<w:r><w:t>总体</w:t></w:r><w:r><w:rPr><w:rStyle w:val="a"/></w:rPr><w:t>9</w:t></w:r>
<aml:annotation w:type="Word.Deletion"><aml:content><w:r><w:delText>旧</w:delText></w:r></aml:content></aml:annotation>
<aml:annotation w:type="Word.Insertion"><aml:content><w:r><w:t>情况</w:t></w:r></aml:content></aml:annotation></w:p>
<w:tbl>
<w:tr><w:tc><w:tcPr><w:vmerge w:val="restart"/></w:tcPr><w:p/></w:tc>
<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:tcPr><w:vmerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>2</w:t></w:r></w:p></w:tc></w:tr>
</w:tbl></wx:sect></w:body></w:wordDocument>"""


def test_word_2003_is_read() -> None:
    document = read(WORD_2003.encode())
    assert document.title == "年度报告"
    paragraph, table = document.blocks
    assert isinstance(paragraph, Paragraph)
    assert paragraph.text == "一、总体情况"
    assert isinstance(table, Table)
    assert [[(cell.text, cell.rowspan) for cell in row] for row in table.rows] == [[("", 2), ("1", 1)], [("2", 1)]]


# What is no document.


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 word/document.xml", "damaged"),
        (b"<?xml version='1.0'?><pkg:package", "damaged"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><w:wordDocument/>", "damaged"),
        (b"<?xml version='1.0'?><pkg:package xmlns:pkg='x'/>", "damaged"),
    ],
)
def test_a_damaged_document_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as raised:
        read(content)
    assert raised.value.kind == kind


def test_a_damaged_part_takes_nothing_else_with_it(word: Word) -> None:
    document = read(word(p("正文") + LARGE, styles="<broken"))
    assert [problem.code for problem in document.problems] == ["SRC020"]
    assert document.blocks[0].text == "正文"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("<w:p/>" * 100_001, "too_large"),
        (f"<w:tbl>{'<w:tr/>' * 100_001}</w:tbl>", "too_large"),
        ("<w:tbl><w:tr><w:tc>" * 60 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 60, "too_deep"),
        ("<w:sdt>" * 3000 + "</w:sdt>" * 3000, "too_deep"),
        ("<w:p>" + "<w:del/>" * 100_001 + "</w:p>", "too_large"),
    ],
)
def test_a_hostile_document_is_refused(word: Word, body: str, kind: str) -> None:
    with pytest.raises(ReadError) as raised:
        govinfo.read(word(body))
    assert raised.value.kind == kind
