"""Workbooks as offices make them: a report on one sheet, a sheet for each section, many reports in one file.

Written by XlsxWriter, openpyxl and xlwt: none of them is the reader's.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from importlib.util import find_spec
from typing import Any, NamedTuple, Protocol

from govinfo.testing.formats.model import Format
from govinfo.testing.sheet import Grid, PrintedCell, Section, Sheet

__all__ = ["EXCEL_FORMATS", "Pen", "draw", "workbook_of", "write_xls", "write_xlsx", "write_xlsx_sheets"]
__all__ += ["write_xlsx_text"]

_WIDTH = 10
"""Columns a line of prose is merged over: those of table 3."""
_NAME = re.compile(r"[\[\]:*?/\\]")


class _Style(NamedTuple):
    framed: bool = False
    bold: bool = False


class Pen(Protocol):
    """Writes to one sheet of a workbook; rows and columns count from 0."""

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        """Write a cell, merged where it is; ``framed``: with borders."""


def draw(sheet: Sheet, pen: Pen, row: int = 0) -> int:
    """Write a whole report from ``row`` down and return the first row left free."""
    for text in sheet.title:
        row = _line(pen, row, text, bold=True)
    for text in sheet.opening:
        row = _line(pen, row, text)
    for section in sheet.sections:
        row = _section(section, pen, row)
    for text in sheet.closing:
        row = _line(pen, row, text)
    return row


def _section(section: Section, pen: Pen, row: int) -> int:
    if section.heading:
        row = _line(pen, row, section.heading, bold=True)
    for block in section.blocks:
        row = _grid(block, pen, row) + 1 if isinstance(block, Grid) else _line(pen, row, block)
    return row


def _line(pen: Pen, row: int, text: str, *, bold: bool = False) -> int:
    pen.write(row, 0, PrintedCell(text, colspan=_WIDTH), framed=False, bold=bold)
    return row + 1


def _grid(grid: Grid, pen: Pen, row: int) -> int:
    for line in grid.spread():
        for col, slot in enumerate(line):
            if slot.begins:
                pen.write(row, col, slot.cell, framed=True, bold=False)
        row += 1
    return row


def _number(cell: PrintedCell) -> int | float | None:
    """Return the figure of a cell that holds nothing else."""
    if cell.path is None:
        return None
    try:
        value = Decimal(cell.text)
    except InvalidOperation:
        return None
    return int(value) if value == int(value) else float(value)


class _XlsxWriterPen:
    def __init__(self, book: Any, name: str) -> None:
        self._book, self._sheet = book, book.add_worksheet(name)
        self._formats: dict[_Style, Any] = {}

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        style = _Style(framed, bold)
        if style not in self._formats:
            look = {"text_wrap": True, "border": int(framed), "bold": bold, "valign": "vcenter"}
            self._formats[style] = self._book.add_format(look)
        number, look = _number(cell), self._formats[style]
        if cell.rowspan > 1 or cell.colspan > 1:
            self._sheet.merge_range(row, col, row + cell.rowspan - 1, col + cell.colspan - 1, "", look)
        if number is not None:
            self._sheet.write_number(row, col, number, look)
        elif cell.text:
            self._sheet.write_string(row, col, cell.text, look)
        else:
            self._sheet.write_blank(row, col, None, look)


def _xlsxwriter(sheets: Iterable[tuple[str, Sheet]]) -> bytes:
    import xlsxwriter

    into = io.BytesIO()
    with xlsxwriter.Workbook(into, {"in_memory": True}) as book:
        for name, sheet in sheets:
            draw(sheet, _XlsxWriterPen(book, name))
    return into.getvalue()


def write_xlsx(sheet: Sheet) -> bytes:
    """Write everything on one sheet, figures as numbers, with XlsxWriter."""
    return _xlsxwriter([("年度报告", sheet)])


def write_xlsx_sheets(sheet: Sheet) -> bytes:
    """Write a sheet for each section, the title on the first, with XlsxWriter."""
    return _xlsxwriter(_by_section(sheet))


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """Write a workbook with a report on each sheet, as an office gathers those of its departments, with XlsxWriter."""
    return _xlsxwriter(
        (_sheet_name(f"{number}{''.join(sheet.title)}"), sheet) for number, sheet in enumerate(sheets, 1)
    )


def _by_section(sheet: Sheet) -> Iterator[tuple[str, Sheet]]:
    last = len(sheet.sections)
    if sheet.title or sheet.opening or not last:
        yield "封面", Sheet(sheet.title, sheet.opening, (), () if last else sheet.closing)
    for number, section in enumerate(sheet.sections, 1):
        closing = sheet.closing if number == last else ()
        yield _sheet_name(f"{number}{section.heading}"), Sheet((), (), (section,), closing)


def _sheet_name(text: str) -> str:
    return _NAME.sub("", text)[:31]


class _OpenpyxlPen:
    def __init__(self, sheet: Any) -> None:
        from openpyxl.styles import Alignment, Border, Font, Side

        self._sheet, self._side, self._border = sheet, Side(style="thin"), Border
        self._bold, self._wrap = Font(bold=True), Alignment(wrap_text=True)

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        at = self._sheet.cell(row + 1, col + 1)
        at.value, at.alignment = cell.text or None, self._wrap
        if cell.text:
            at.data_type = "s"  # a title that begins with = is no formula
        if bold:
            at.font = self._bold
        if framed:
            at.border = self._border(left=self._side, right=self._side, top=self._side, bottom=self._side)
        if cell.rowspan > 1 or cell.colspan > 1:
            end = {"end_row": row + cell.rowspan, "end_column": col + cell.colspan}
            self._sheet.merge_cells(start_row=row + 1, start_column=col + 1, **end)


def write_xlsx_text(sheet: Sheet) -> bytes:
    """Write everything on one sheet, figures as text, with openpyxl."""
    import openpyxl

    book, into = openpyxl.Workbook(), io.BytesIO()
    draw(sheet, _OpenpyxlPen(book.active))
    book.save(into)
    return into.getvalue()


class _XlwtPen:
    def __init__(self, sheet: Any) -> None:
        import xlwt

        self._sheet, self._easy = sheet, xlwt.easyxf
        self._styles: dict[_Style, Any] = {}

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        style = _Style(framed, bold)
        if style not in self._styles:
            borders = "borders: left thin, right thin, top thin, bottom thin;" if framed else ""
            self._styles[style] = self._easy(f"font: bold {'on' if bold else 'off'}; {borders} align: wrap on")
        number, look = _number(cell), self._styles[style]
        value = cell.text if number is None else number
        if cell.rowspan > 1 or cell.colspan > 1:
            self._sheet.write_merge(
                row, row + cell.rowspan - 1, col, col + cell.colspan - 1, value if value != "" else None, look
            )
        else:
            self._sheet.write(row, col, value if value != "" else None, look)


def write_xls(sheet: Sheet) -> bytes:
    """Write everything on one sheet of an Excel 97 workbook, figures as numbers, with xlwt."""
    import xlwt

    book, into = xlwt.Workbook(encoding="utf-8"), io.BytesIO()
    draw(sheet, _XlwtPen(book.add_sheet("年度报告")))
    book.save(into)
    return into.getvalue()


def _without(module: str, package: str) -> Any:
    return lambda: "" if find_spec(module) else package


EXCEL_FORMATS: tuple[Format, ...] = (
    Format("xlsx", ".xlsx", write_xlsx, _without("xlsxwriter", "XlsxWriter")),
    Format("xlsx_sheets", ".xlsx", write_xlsx_sheets, _without("xlsxwriter", "XlsxWriter")),
    Format("xlsx_text", ".xlsx", write_xlsx_text, _without("openpyxl", "openpyxl")),
    Format("xls", ".xls", write_xls, _without("xlwt", "xlwt")),
)
"""Workbooks, by the programs that write them."""
