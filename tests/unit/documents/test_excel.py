"""Workbooks: what their cells hold, what of it a person sees, and files that mean harm."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from govinfo.documents.excel import read_excel
from govinfo.documents.limits import MAX_FILLED, MAX_SHEETS, MAX_WORKBOOK
from govinfo.documents.model import Document, Paragraph, Table
from govinfo.errors import ReadError

PARTS = {
    "_rels/.rels": """<Relationships>
        <Relationship Id="r1" Type="t/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
    "xl/workbook.xml": """<workbook xmlns:r="urn:r/relationships"><sheets>
        <sheet name="甲" r:id="r1"/></sheets></workbook>""",
    "xl/_rels/workbook.xml.rels": """<Relationships>
        <Relationship Id="r1" Type="t/worksheet" Target="worksheets/sheet1.xml"/>
        <Relationship Id="r2" Type="t/sharedStrings" Target="/xl/sharedStrings.xml"/>
        <Relationship Id="r3" Type="t/styles" Target="styles.xml"/></Relationships>""",
    "xl/sharedStrings.xml": """<sst><si><t>规章</t></si>
        <si><r><t>行政</t></r><r><t>许可</t></r><rPh><t>xuke</t></rPh></si></sst>""",
    "xl/styles.xml": """<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0&quot;件&quot;"/></numFmts>
        <borders><border/><border><left style="thin"/></border></borders>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="0" borderId="1"/><xf numFmtId="170" borderId="1"/><xf numFmtId="1"/>
        </cellXfs></styleSheet>""",
}


def package(parts: dict[str, str | bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return into.getvalue()


def workbook(rows: str, *, before: str = "", after: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    sheet = f"<worksheet>{before}<sheetData>{rows}</sheetData>{after}</worksheet>"
    return package({**PARTS, "xl/worksheets/sheet1.xml": sheet, **(parts or {})})


def spreadsheet(table: str, *, styles: str = "") -> bytes:
    """An OpenDocument spreadsheet; ``t:`` is for tables, ``x:`` for text, ``o:`` for values, ``s:`` for styles."""
    spaces = " ".join(f'xmlns:{short}="urn:{short}"' for short in "txos")
    body = f"<o:body><o:spreadsheet>{table}</o:spreadsheet></o:body>"
    content = f"<o:document {spaces}><o:automatic-styles>{styles}</o:automatic-styles>{body}</o:document>"
    return package({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def texts(document: Document) -> list[list[str]]:
    """Return the rows of the only table."""
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    return [[cell.text for cell in row] for row in table.rows]


def first_row(cells: str, **more: Any) -> list[str]:
    return texts(read_excel(workbook(f'<row r="1"><c t="s"><v>0</v></c>{cells}</row>', **more), "甲.xlsx"))[0][1:]


def codes(document: Document) -> list[str]:
    assert all(problem.code == "SRC022" for problem in document.problems)
    return [problem.message.zh for problem in document.problems]


def kind_of(content: bytes) -> str:
    started = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        read_excel(content, "甲.xlsx")
    assert caught.value.name == "甲.xlsx"
    assert time.perf_counter() - started < 20  # a second or two, on a machine that does other things
    return caught.value.kind


# What cells of a workbook hold.


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c t="s"><v>1</v></c>', "行政许可"),
        ("<c><v>3.0</v></c>", "3"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>59237.2449</v></c>", "59237.2449"),
        ('<c s="2"><v>5</v></c>', "5件"),
        ('<c t="str"><v>０</v></c>', "０"),
        ('<c t="inlineStr"><is><t>一</t><rPh><t>yi</t></rPh></is></c>', "一"),
        ('<c t="inlineStr"><is><t>1_x000D_\n2</t></is></c>', "1\n2"),
        ('<c t="b"><v>1</v></c>', "TRUE"),
        ('<c t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c t="d"><v>2023-01-20</v></c>', "2023-01-20"),
        ("<c><f>SUM(A1:B1)</f><v>12</v></c>", "12"),
        ('<c t="str"><f>IF(A1=0,"",1)</f><v></v></c>', ""),
        ('<c s="1"/>', ""),
        ("<c><v>abc</v></c>", "abc"),
        ('<c s="99"><v>4</v></c>', "4"),
        ("<c><v>1e999</v></c>", "1e999"),
    ],
)
def test_what_a_cell_holds(cell: str, text: str) -> None:
    assert first_row(f"{cell}<c><v>7</v></c>") == [text, "7"]


@pytest.mark.parametrize("cell", ["<c><f>SUM(B1:C1)</f></c>", "<c><f>SUM(B1:C1)</f><v></v></c>"])
def test_a_formula_without_a_result_is_no_blank(cell: str) -> None:
    document = read_excel(workbook(f"<row>{'<c><v>1</v></c>' * 2}{cell}</row>"), "")
    assert texts(document) == [["1", "1", "=SUM(B1:C1)"]]
    assert codes(document) == ["工作表“甲”C1 是公式，文件中没有存下计算结果；请用 Excel 或 WPS 打开并保存一次"]


def test_results_nobody_calculated_are_none() -> None:
    """XlsxWriter and others write 0 beside every formula and leave it to Excel to calculate."""
    book = PARTS["xl/workbook.xml"].replace("</sheets>", '</sheets><calcPr fullCalcOnLoad="1"/>')
    assert first_row("<c><f>SUM(B1)</f><v>0</v></c><c><v>7</v></c>", parts={"xl/workbook.xml": book}) == [
        "=SUM(B1)",
        "7",
    ]


def test_figures_shown_as_others_are_said() -> None:
    document = read_excel(workbook('<row><c t="s"><v>0</v></c><c s="3"><v>3.4</v></c></row>'), "")
    assert texts(document) == [["规章", "3"]]
    assert codes(document) == ["工作表“甲”B1 按显示的数读取，与格内存储的数不同（显示时取了整、进了位或换了单位）"]
    assert document.problems[0].at == document.blocks[0].rows[0][1]  # type: ignore[union-attr]


def test_a_zero_that_is_not_shown_is_said() -> None:
    rows = '<row><c t="s"><v>0</v></c><c><v>0</v></c></row>'
    document = read_excel(workbook(rows, before='<sheetViews><sheetView showZeros="0"/></sheetViews>'), "")
    assert texts(document) == [["规章", "0"]]
    assert len(codes(document)) == 1


def test_what_is_hidden_is_left_out_and_said() -> None:
    row = "".join(f'<row r="{n}"{{}}><c t="s"><v>0</v></c><c><v>{n}</v></c><c><v>9</v></c></row>' for n in (1, 2, 3))
    hidden = row.format("", ' hidden="1"', "")
    document = read_excel(workbook(hidden, before='<cols><col min="3" max="3" hidden="1"/></cols>'), "")
    assert texts(document) == [["规章", "1"], ["规章", "3"]]
    assert codes(document) == ["工作表“甲”的隐藏行、隐藏列中有内容，未读取"]


def several(*sheets: tuple[str, str, str]) -> bytes:
    """A workbook of sheets: name, attributes, rows."""
    listed = "".join(f'<sheet name="{name}" {more} r:id="s{n}"/>' for n, (name, more, _) in enumerate(sheets))
    related = "".join(f'<Relationship Id="s{n}" Type="t/worksheet" Target="s{n}.xml"/>' for n in range(len(sheets)))
    book = f'<workbook xmlns:r="urn:r/relationships"><sheets>{listed}</sheets></workbook>'
    parts = {
        f"xl/s{n}.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>" for n, (*_, rows) in enumerate(sheets)
    }
    relations = PARTS["xl/_rels/workbook.xml.rels"].replace("</R", f"{related}</R", 1)
    return package({**PARTS, "xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": relations, **parts})


def test_sheets_are_pages_in_order_and_hidden_ones_are_none() -> None:
    row = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    document = read_excel(
        several(("甲", "", row), ("乙", 'state="hidden"', row * 6), ("丙", "", row), ("空", "", "")), ""
    )
    assert document.page_names == ("甲", "丙", "空")
    assert [(block.rows[0][0].page, block.line) for block in document.blocks if isinstance(block, Table)] == [
        (1, 1),
        (2, 2**20 + 1),
    ]
    assert codes(document) == ["工作表“乙”是隐藏的，其中的表格未读取"]
    assert document.numbering == "none"


@pytest.mark.parametrize(
    "change",
    [
        lambda parts: {name.replace("/", "\\"): content for name, content in parts.items()},
        lambda parts: {name.upper() if name.startswith("xl/s") else name: one for name, one in parts.items()},
        lambda parts: {name: one.replace("<c>", "<x:c>").replace("</c>", "</x:c>") for name, one in parts.items()},
        lambda parts: {name: one for name, one in parts.items() if name != "_rels/.rels"},
    ],
)
def test_packages_as_other_programs_write_them(change: Callable[[dict[str, str]], dict[str, str | bytes]]) -> None:
    rows = '<worksheet xmlns:x="urn:x"><sheetData><row><c><v>1</v></c><c><v>2</v></c></row></sheetData></worksheet>'
    content = package(change({**PARTS, "xl/worksheets/sheet1.xml": rows}))
    assert texts(read_excel(content, "")) == [["1", "2"]]


# OpenDocument.


def test_an_opendocument_cell_is_what_it_shows() -> None:
    cells = """<t:table-cell o:value-type="string"><x:p>规 <x:span>章<x:s x:c="2"/></x:span></x:p></t:table-cell>
        <t:table-cell o:value-type="float" o:value="1234.5"><x:p>1,234.50</x:p></t:table-cell>
        <t:table-cell o:value-type="float" o:value="3.4"><x:p>3</x:p>
        <x:annotation><x:p>注</x:p></x:annotation></t:table-cell>
        <t:table-cell o:value-type="float" o:value="0"><x:p>-</x:p></t:table-cell>
        <t:table-cell o:value-type="float" o:value="-5"><x:p>(5)</x:p></t:table-cell>
        <t:table-cell o:value-type="float" o:value="7"/>
        <t:table-cell t:formula="of:=SUM([.B1])"/>
        <t:table-cell t:formula="of:=IF([.B1];&quot;&quot;;1)"/>
        <t:table-cell o:value-type="float" o:value="1"><x:p>TRUE</x:p></t:table-cell>
        <t:table-cell o:value-type="string" t:formula="of:=A1"><x:p>#REF!</x:p></t:table-cell>
        <t:table-cell t:number-columns-repeated="2" o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell>
        <t:table-cell t:number-columns-repeated="16374"/>"""
    document = read_excel(spreadsheet(f'<t:table t:name="甲"><t:table-row>{cells}</t:table-row></t:table>'), "")
    row = ["规 章", "1,234.50", "3", "0", "-5", "7", "=SUM([.B1])", "", "TRUE", "#REF!", "1", "1"]
    assert texts(document) == [row]
    assert [message[:8] for message in codes(document)] == ["工作表“甲”C1", "工作表“甲”D1", "工作表“甲”G1"]


def test_opendocument_rows_repeat_merge_and_hide() -> None:
    cell = '<t:table-cell o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell>'
    rows = f"""<t:table-column t:number-columns-repeated="2"/><t:table-column t:visibility="collapse"/>
        <t:table-row t:number-rows-repeated="2">{cell * 3}</t:table-row>
        <t:table-row t:visibility="filter">{cell * 3}</t:table-row>
        <t:table-row><t:table-cell t:number-columns-spanned="2"><x:p>计</x:p></t:table-cell><t:covered-table-cell/>
        {cell}</t:table-row><t:table-row t:number-rows-repeated="1048572"><t:table-cell/></t:table-row>"""
    hidden = '<s:style s:name="h"><s:table-properties t:display="false"/></s:style>'
    tables = f'<t:table t:name="藏" t:style-name="h">{rows * 1}</t:table><t:table t:name="甲">{rows}</t:table>'
    document = read_excel(spreadsheet(tables, styles=hidden), "")
    assert document.page_names == ("甲",)
    assert texts(document)[:2] == [["1", "1"], ["1", "1"]]


# The XML of 2003.


def test_a_workbook_in_one_xml_file() -> None:
    content = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
    <Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
        xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
    <Styles><Style ss:ID="a"><NumberFormat ss:Format="Fixed"/><Borders><Border/></Borders></Style></Styles>
    <Worksheet ss:Name="甲"><Table><Column ss:Index="4" ss:Hidden="1"/>
    <Row ss:Index="2"><Cell ss:MergeDown="1"><Data ss:Type="String">规章</Data></Cell>
        <Cell ss:StyleID="a"><Data ss:Type="Number">1.5</Data></Cell><Cell><Data ss:Type="Number">3</Data></Cell>
        <Cell><Data ss:Type="Number">9</Data></Cell></Row>
    <Row><Cell ss:Index="2" ss:Formula="=SUM(R1C1)"/><Cell><Data ss:Type="Error">#REF!</Data></Cell></Row>
    </Table></Worksheet>
    <Worksheet ss:Name="乙"><Table/><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions>
    </Worksheet></Workbook>"""
    document = read_excel(content.encode(), "")
    assert document.page_names == ("甲",)
    assert texts(document) == [["规章", "1.50", "3"], ["=SUM(R1C1)", "#REF!"]]


# Excel 97.


def xls(write: Callable[[Any, Any], None]) -> Document:
    xlwt = pytest.importorskip("xlwt")
    pytest.importorskip("olefile")
    book, into = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    write(book.add_sheet("甲"), xlwt)
    book.save(into)
    return read_excel(into.getvalue(), "甲.xls")


def test_cells_of_excel_97() -> None:
    def write(sheet: Any, xlwt: Any) -> None:
        whole = xlwt.easyxf(num_format_str="0")
        values = ["规章", 3, 59237.2449, 0.1 + 0.2, -417, True, 10**9, xlwt.Formula("SUM(B1:C1)")]
        for col, value in enumerate(values):
            sheet.write(0, col, value)
        sheet.write(0, 8, 3.4, whole)
        sheet.write_merge(1, 1, 0, 8, "合计" * 20)
        sheet.write(2, 0, "乙")
        sheet.write(2, 1, 1)
        sheet.row(2).hidden = True

    document = xls(write)
    assert texts(document) == [["规章", "3", "59237.2449", "0.3", "-417", "TRUE", "1000000000", "=", "3"]]
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["合计" * 20]
    assert len(codes(document)) == 3


def test_texts_of_excel_97_that_go_on_over_records() -> None:
    long = ["甲乙丙" * 900 + str(number) for number in range(30)] + ["abc" * 3000 + str(number) for number in range(10)]

    def write(sheet: Any, xlwt: Any) -> None:
        for row, text in enumerate(long):
            sheet.write(row, 0, text)

    assert [block.text for block in xls(write).blocks if isinstance(block, Paragraph)] == long


# Files that mean harm, or are broken.


def test_ten_million_cells_are_refused() -> None:
    assert kind_of(workbook(("<row>" + "<c/>" * 1000 + "</row>") * 10_000)) == "too_large"


def test_more_cells_than_allowed_are_refused() -> None:
    assert kind_of(workbook("", before=f"<cols>{'<col/>' * (MAX_FILLED + 1)}</cols>")) == "too_large"
    repeated = (
        '<t:table-row t:number-rows-repeated="1048576"><t:table-cell t:number-columns-repeated="16384"><x:p>1</x:p>'
    )
    table = f'<t:table t:name="甲">{repeated}</t:table-cell></t:table-row></t:table>'
    assert kind_of(spreadsheet(table)) == "too_large"


def test_cells_at_the_ends_of_a_sheet_are_no_burden() -> None:
    cells = '<c r="A{0}"><v>1</v></c><c r="XFC{0}"><v>1</v></c>'
    far = f'<row r="1">{cells.format(1)}</row><row r="1048576">{cells.format(1048576)}</row>'
    assert len(read_excel(workbook(far, before='<dimension ref="A1:XFD1048576"/>'), "").blocks) == 2


def test_a_range_over_the_whole_sheet_is_refused_where_it_would_cost() -> None:
    far = '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    assert kind_of(workbook(far, after=merged)) == "too_large"
    assert read_excel(workbook("<row><c><v>1</v></c></row>", after=merged), "").blocks == (Paragraph("1", 1, 1, 0, 1),)


def test_a_zip_bomb_is_refused() -> None:
    strings = f"<sst><si><t>{'0' * (MAX_WORKBOOK + 1)}</t></si></sst>"
    assert kind_of(workbook("", parts={"xl/sharedStrings.xml": strings})) == "too_large"


def test_too_many_sheets_are_refused_and_one_sheet_counts_once() -> None:
    sheet = '<sheet name="甲" r:id="r1"/>'

    def book(count: int) -> dict[str, str | bytes]:
        return {"xl/workbook.xml": PARTS["xl/workbook.xml"].replace(sheet, sheet * count)}

    assert kind_of(workbook("", parts=book(MAX_SHEETS + 1))) == "too_large"
    row = "<row><c><v>1</v></c></row>"
    assert len(read_excel(workbook(row, parts=book(MAX_SHEETS)), "").blocks) == 1


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE a [<!ENTITY b "lol">]><sst><si><t>&b;</t></si></sst>'
    assert kind_of(workbook("", parts={"xl/sharedStrings.xml": bomb})) == "damaged"


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04xl/workbook",
        workbook('<row><c t="s"><v>9</v></c></row>'),
        workbook('<row r="9999999"/>'),
        workbook("<row>"),
        workbook("<row><c>" * 5000),
        package({"xl/workbook.xml": "<workbook/>", "xl/_rels/workbook.xml.rels": "no"}),
        spreadsheet("<t:table><t:table-row><t:table-cell><x:p>" + "<x:span>" * 1500 + "</x:span>" * 1500)[:-30],
        spreadsheet('<t:table><t:table-row t:number-rows-repeated="1048577"/></t:table>'),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "Workbook".encode("utf-16-le"),
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
    ],
)
def test_broken_files_are_damaged(content: bytes) -> None:
    assert kind_of(content) == "damaged"


def test_deep_markup_is_no_traceback() -> None:
    deep = "<x:span>" * 1500 + "1" + "</x:span>" * 1500
    table = f"<t:table><t:table-row><t:table-cell><x:p>{deep}</x:p></t:table-cell></t:table-row></t:table>"
    assert kind_of(spreadsheet(table)) == "damaged"


def test_a_binary_workbook_is_named() -> None:
    related = PARTS["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    assert kind_of(package({"_rels/.rels": related, "xl/workbook.bin": b"\0"})) == "unsupported"


def test_a_workbook_with_a_password_is_named() -> None:
    manifest = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    assert (
        kind_of(package({"mimetype": mimetype, "META-INF/manifest.xml": manifest, "content.xml": b"\0"})) == "encrypted"
    )


def test_an_excel_97_file_with_a_password_is_named() -> None:
    xlwt = pytest.importorskip("xlwt")
    pytest.importorskip("olefile")
    book, into = xlwt.Workbook(), io.BytesIO()
    book.add_sheet("甲")
    book.save(into)
    codepage, password = struct.pack("<HHH", 0x42, 2, 1200), struct.pack("<HHH", 0x2F, 2, 0)
    assert codepage in into.getvalue()
    assert kind_of(into.getvalue().replace(codepage, password)) == "encrypted"
