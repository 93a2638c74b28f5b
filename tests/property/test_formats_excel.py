"""Laws of workbooks: what was printed is what is read, whichever program wrote the file and however it was laid out."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from functools import cache
from html import escape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.documents.excel import read_excel
from govinfo.documents.model import Cell, Document, Table
from govinfo.documents.sheets.names import letters, row_of
from govinfo.errors import ReadError
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.text import text_one
from govinfo.parsing import parse
from govinfo.schema import Report
from govinfo.testing import example_report, print_report, replace_cells
from govinfo.testing.examples import Edition, Profile, table_paths
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.excel import EXCEL_FORMATS, draw, workbook_of
from govinfo.testing.sheet import MARKS, PrintedCell
from govinfo.testing.strategies import reports

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
PROFILES: tuple[Profile, ...] = ("zero", "few", "large")
NAMES = [one.name for one in EXCEL_FORMATS]


def write(report: Report, name: str, mark: str = "/") -> bytes:
    known = FORMATS[name]
    if known.lacking():
        pytest.skip(f"{known.lacking()} is not installed")
    if name == "xls":
        pytest.importorskip("olefile")
    return known.write(print_report(report, mark=mark))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_every_workbook_is_read_back(name: str, edition: Edition) -> None:
    for profile in PROFILES:
        for blanks in (0.0, 0.05, 0.5):
            report = example_report(edition, 4, profile=profile, blanks=blanks)
            assert govinfo.read(write(report, name)).report == report


@given(reports(blanks=True), st.sampled_from(NAMES), st.sampled_from(MARKS))
def test_a_report_with_blanks_is_read_back(report: Report, name: str, mark: str) -> None:
    assert govinfo.read(write(report, name, mark)).report == report


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_figure_is_read_as_printed(name: str) -> None:
    report = example_report("2021", 8, profile="few")
    path = "applications.natural_person.concluded"
    changed = replace_cells(report, {path: 777})
    reading = govinfo.read(write(changed, name))
    assert reading.report == changed
    assert reading.origins[path].text == "777"


class _Plain:
    """Draws as people do who care less: no borders, or borders round everything; nothing merged outside tables."""

    def __init__(self, book: Any, *, top: int, left: int, scale: int, frames: bool | None, merge: bool) -> None:
        self._sheet = book.add_worksheet("年报")
        self._formats = {framed: book.add_format({"border": int(framed)}) for framed in (False, True)}
        self._top, self._left, self._scale, self._frames, self._merge = top, left, scale, frames, merge

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        look = self._formats[framed if self._frames is None else self._frames]
        row, col, across = row + self._top, col * self._scale + self._left, cell.colspan * self._scale
        if (cell.rowspan > 1 or across > 1) and (framed or self._merge):
            self._sheet.merge_range(row, col, row + cell.rowspan - 1, col + across - 1, "", look)
        elif not framed:
            for beside in range(1, across):
                self._sheet.write_blank(row, col + beside, None, look)
        if cell.path and cell.text.isdigit():
            self._sheet.write_number(row, col, int(cell.text), look)
        elif cell.text:
            self._sheet.write_string(row, col, cell.text, look)
        else:
            self._sheet.write_blank(row, col, None, look)


@pytest.mark.parametrize("merge", [True, False])
@pytest.mark.parametrize("frames", [None, True, False])
@pytest.mark.parametrize(("top", "left", "scale"), [(0, 0, 1), (3, 2, 1), (1, 0, 3)])
def test_no_manner_of_drawing_moves_a_figure(top: int, left: int, scale: int, frames: bool | None, merge: bool) -> None:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    for edition in EDITIONS:
        report = example_report(edition, 3, profile="few", blanks=0.1)
        into = io.BytesIO()
        with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
            draw(print_report(report), _Plain(book, top=top, left=left, scale=scale, frames=frames, merge=merge))
        assert govinfo.read(into.getvalue()).report == report


class _Xml2003:
    """Draws the XML of Excel 2003, which no program here writes."""

    def __init__(self) -> None:
        self._rows: dict[int, list[str]] = {}

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        kind = "Number" if cell.path and cell.text.isdigit() else "String"
        data = f'<Data ss:Type="{kind}">{escape(cell.text)}</Data>' if cell.text else ""
        spans = f'ss:MergeAcross="{cell.colspan - 1}" ss:MergeDown="{cell.rowspan - 1}"'
        made = f'<Cell ss:Index="{col + 1}" {spans} ss:StyleID="{"a" if framed else "b"}">{data}</Cell>'
        self._rows.setdefault(row, []).append(made)

    def content(self) -> bytes:
        space = "urn:schemas-microsoft-com:office:spreadsheet"
        rows = "".join(f'<Row ss:Index="{row + 1}">{"".join(made)}</Row>' for row, made in self._rows.items())
        styles = '<Styles><Style ss:ID="a"><Borders><Border/></Borders></Style></Styles>'
        sheet = f'<Worksheet ss:Name="年报"><Table>{rows}</Table></Worksheet>'
        book = f'<Workbook xmlns="{space}" xmlns:ss="{space}">{styles}{sheet}</Workbook>'
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{book}'.encode()


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_xml_of_excel_2003_is_read_back(edition: Edition) -> None:
    for profile in PROFILES:
        report = example_report(edition, 9, profile=profile, blanks=0.1)
        pen = _Xml2003()
        draw(print_report(report), pen)
        assert govinfo.read(pen.content()).report == report


# Places.


@pytest.mark.parametrize("name", ["xlsx", "xlsx_sheets", "xlsx_text"])
def test_every_figure_stands_in_the_cell_it_says(name: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    report = example_report("2021", 11, profile="large")
    content = write(report, name)
    reading = govinfo.read(content)
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert reading.document is not None
    assert reading.document.page_names == tuple(book.sheetnames)
    for path in table_paths(report):
        place = reading.origins[path]
        assert isinstance(place, Cell)
        cell = book.worksheets[place.page - 1][f"{letters(place.column)}{row_of(place.line)}"]
        assert re.sub(r"\.0$", "", str(cell.value)) == place.text, path


def test_a_finding_names_sheet_and_cell() -> None:
    report = replace_cells(example_report("2021", 5), {"disputes.reconsideration.total": 99})
    result = govinfo.check(govinfo.read(write(report, "xlsx_sheets"), name="甲.xlsx"))
    (finding,) = (one for one in result.findings if one.code == "DSP001")
    sheet = "4四、政府信息公开行政复议、行政诉讼情况"
    assert f"甲.xlsx 工作表“{sheet}”第5行E列" in text_one(CheckedFile("甲.xlsx", result), "zh", False)
    assert f'甲.xlsx, sheet "{sheet}", E5' in text_one(CheckedFile("甲.xlsx", result), "en", False)
    assert finding.location is not None
    assert finding.location.page == 5


# Several reports in one file; what is no report.


def test_a_report_to_a_sheet_keeps_the_order_of_sheets() -> None:
    pytest.importorskip("xlsxwriter")
    made = [example_report("2021", seed) for seed in range(4)]
    document = read_excel(workbook_of(print_report(report) for report in made), "")
    assert len(document.page_names) == 4
    pages = [block.rows[0][0].page if isinstance(block, Table) else block.page for block in document.blocks]
    lines = [block.line for block in document.blocks]
    assert (pages, lines) == (sorted(pages), sorted(lines))
    for page, report in enumerate(made, 1):
        own = [block for block, at in zip(document.blocks, pages, strict=True) if at == page]
        assert parse(Document(tuple(own), page_names=document.page_names)).report == report


OFFICES = ["甲市教育局", "甲市民政局", "甲市公安局", "甲市财政局", "甲市司法局", "甲市水利局", "甲市人民政府办公室"]


def rolled_up(report: Report, *, upright: bool, columns: int) -> bytes:
    """A roll-up: the rows of table 3 and the figures of offices, an office to a column or to a row."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    grid = next(one for one in print_report(report).grids() if one.table == "applications")
    labelled = [[cell for cell in row if cell.path or cell.text] for row in grid.rows[3:]]
    rows = [["项目", *OFFICES[:columns]]]
    for number, row in enumerate(labelled):
        label = [cell.text for cell in row if not cell.path][-1]
        rows.append([label, *(str(number + col) for col in range(columns))])
    if not upright:
        rows = [list(column) for column in zip(*rows, strict=True)]
    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        sheet = book.add_worksheet("汇总")
        for number, texts in enumerate([["甲市2023年政府信息公开工作年度报告汇总表"], *rows]):
            for col, text in enumerate(texts):
                sheet.write(number, col, int(text) if text.isdigit() else text)
    return into.getvalue()


@pytest.mark.parametrize("columns", [3, 5, 6, 7])
@pytest.mark.parametrize("upright", [True, False])
def test_a_roll_up_is_not_read_as_a_report(upright: bool, columns: int) -> None:
    with pytest.raises(ReadError) as caught:
        govinfo.read(rolled_up(example_report("2021", 1), upright=upright, columns=columns))
    assert caught.value.kind in ("not_a_report", "no_tables")


# Another reader.


@pytest.mark.parametrize("name", NAMES)
def test_another_reader_finds_the_same_figures_in_the_same_cells(name: str) -> None:
    calamine = pytest.importorskip("python_calamine")
    report = example_report("2019", 6, profile="large", blanks=0.05)
    content = write(report, name)
    theirs: dict[tuple[int, int, int], Any] = {}
    book = calamine.load_workbook(io.BytesIO(content))
    for page, title in enumerate(book.sheet_names, 1):
        for row, line in enumerate(book.get_sheet_by_name(title).to_python(skip_empty_area=False), 1):
            theirs |= {(page, row, col): value for col, value in enumerate(line, 1) if value != ""}
    ours: dict[tuple[int, int, int], str] = {}
    for block in read_excel(content, "").blocks:
        if isinstance(block, Table):
            for cell in (cell for row in block.rows for cell in row if cell.text):
                ours[cell.page, row_of(cell.line), cell.column] = cell.text
        else:
            ours.setdefault((block.page, row_of(block.line), block.column), block.text)
    assert ours.keys() == theirs.keys()
    for at, value in theirs.items():
        if isinstance(value, float):
            assert float(ours[at]) == value
        else:
            assert ours[at] == str(value).strip()


@cache
def one_of(name: str) -> bytes:
    """The same bytes each time: the programs write the time into them."""
    return write(example_report("2021", 2), name)


@pytest.mark.parametrize("name", NAMES)
@given(st.randoms(use_true_random=False))
def test_a_damaged_workbook_is_refused_or_read(name: str, random: Any) -> None:
    content = bytearray(one_of(name))
    for _ in range(random.choice((1, 2, 20))):
        at = random.randrange(len(content))
        if random.random() < 0.5:
            content[at] ^= 1 << random.randrange(8)
        else:
            del content[at : at + random.choice((1, 4, 400))]
    with suppress(ReadError):
        lines = [block.line for block in read_excel(bytes(content), "甲.xlsx").blocks]
        assert lines == sorted(lines)
