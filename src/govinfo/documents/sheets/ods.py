"""OpenDocument spreadsheets (``.ods``): what each cell shows stands in the file beside its value."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any

from govinfo.documents.archive import Archive, damaged
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_SHEETS, MAX_WORKBOOK, MAX_WORKBOOK_TAGS, check_count
from govinfo.documents.sheets.formats import number_of, plain, uncalculated
from govinfo.documents.sheets.model import Budget, Merge, RemarkKind, SheetContent
from govinfo.documents.sheets.names import MAX_COLS, SHEET_ROWS
from govinfo.documents.signatures import KINDS
from govinfo.documents.xml import iter_xml, local
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["read_ods"]

_WHAT = KINDS["ods"].what
_UNSEEN = ("annotation", "shapes", "frame", "custom-shape", "ruby-text")
_SHOWN = re.compile(r"[^0-9.,+-]*([+-]?[0-9][0-9,]*(?:\.[0-9]+)?)[^0-9]*")


def read_ods(content: bytes, name: str, budget: Budget) -> tuple[list[SheetContent], int]:
    """Return the sheets of a spreadsheet in order, and how many pictures it has.

    ``budget`` is what the workbook may still cost.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``.
    """
    with Archive(content, _WHAT, name, MAX_WORKBOOK) as archive:
        if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            locked = Text(
                "{what}已加密，需要密码，无法读取；请另存为不加密的文件", "{what} needs a password: save it without one"
            )
            raise ReadError("encrypted", locked.fill(what=_WHAT), name)
        reader = _Reader(name, budget)
        content_part = archive.read("content.xml")
        check_count(content_part.count(b"<"), MAX_WORKBOOK_TAGS, Text("XML 标签", "XML tags"), name)
        reader.read(content_part)
        return reader.sheets, sum(one.startswith("Pictures/") for one in archive.names)


class _Reader:
    """Takes the parts of the document in order: styles first, then the columns and rows of each sheet."""

    def __init__(self, name: str, budget: Budget) -> None:
        self.sheets: list[SheetContent] = []
        self._name = name
        self._framed: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._budget = budget
        self._begin()

    def _begin(self) -> None:
        self._sheet = SheetContent("")
        self._row = self._col = 0
        self._run_ends: list[int] = []
        self._run_styles: list[str] = []
        """Last column and default style of each run of columns."""

    def read(self, content: bytes) -> None:
        """Read the whole document."""
        for element in iter_xml(content, _WHAT, self._name, "style", "table-column", "table-row", "table"):
            kind = local(element)
            if kind == "style":
                self._style(element)
            elif kind == "table-column":
                self._column(element)
            elif next(element.iterancestors("{*}table-cell"), None) is not None:
                continue  # a table inside a cell
            elif kind == "table-row":
                self._rows(element)
            else:
                if local(element.getparent()) == "spreadsheet":
                    self._sheet.name = _get(element, "name")
                    self._sheet.hidden = _get(element, "style-name") in self._hidden_styles
                    self._budget.close(self._sheet)
                    self.sheets.append(self._sheet)
                    check_count(len(self.sheets), MAX_SHEETS, Text("工作表", "sheets"), self._name)
                self._begin()

    def _style(self, element: Any) -> None:
        name = _get(element, "name")
        for one in element:
            if local(one) == "table-properties" and _get(one, "display") == "false":
                self._hidden_styles.add(name)
            elif local(one) == "table-cell-properties":
                borders = [value for key, value in one.attrib.items() if "}border" in key and "width" not in key]
                if any(border != "none" for border in borders):
                    self._framed.add(name)

    def _column(self, element: Any) -> None:
        first = self._col + 1
        self._col = min(self._col + _count(element, "number-columns-repeated"), MAX_COLS)
        if self._col < first:
            return
        self._run_ends.append(self._col)
        self._run_styles.append(_get(element, "default-cell-style-name"))
        if _get(element, "visibility") in ("collapse", "filter"):
            self._sheet.hidden_cols.add(first, self._col)

    def _rows(self, element: Any) -> None:
        repeated = _count(element, "number-rows-repeated")
        first = self._row + 1
        self._row += repeated
        if self._row > SHEET_ROWS:
            raise damaged(_WHAT, self._name, f"row {self._row}")
        if _get(element, "visibility") in ("collapse", "filter"):
            self._sheet.hidden_rows.add(first, self._row)
        cells = self._cells(element, first)
        if any(text for _, text, _, _ in cells):
            for row in range(first, self._row + 1):
                for col, text, framed, remark in cells:
                    self._sheet.put(row, col, text, framed, remark)
                self._budget.check(self._sheet)
        elif repeated <= 3:  # borders down to the last row of the sheet are no table
            for row in range(first, self._row + 1):
                for col, _, framed, _ in cells:
                    self._sheet.put(row, col, "", framed)

    def _cells(self, row: Any, number: int) -> list[tuple[int, str, bool, RemarkKind | None]]:
        """Return the cells of a row that hold something or have a border, and note the merged ones."""
        found: list[tuple[int, str, bool, RemarkKind | None]] = []
        col = 0
        row_style = _get(row, "default-cell-style-name")
        for cell in row:
            kind = local(cell)
            if kind not in ("table-cell", "covered-table-cell"):
                continue
            repeated = _count(cell, "number-columns-repeated")
            first, col = col + 1, min(col + repeated, MAX_COLS)
            if kind == "covered-table-cell":
                continue
            down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            if down > 1 or across > 1:
                self._sheet.merges.append(
                    Merge(number, first, min(number + down - 1, SHEET_ROWS), min(first + across - 1, MAX_COLS))
                )
            text, remark = _value(cell) if len(cell) or cell.attrib else ("", None)
            style = _get(cell, "style-name") or row_style
            if text or repeated <= 64:
                for at in range(first, col + 1):
                    framed = (style or self._style_of_column(at)) in self._framed
                    if text or framed:
                        found.append((at, text, framed, remark))
                self._budget.check(self._sheet, len(found))
        return found

    def _style_of_column(self, col: int) -> str:
        run = bisect_left(self._run_ends, col)
        return self._run_styles[run] if run < len(self._run_styles) else ""


def _value(cell: Any) -> tuple[str, RemarkKind | None]:
    """Return what a cell shows, and what is to be said of it."""
    text = clean_markup("\n".join(_line(one) for one in cell if local(one) == "p")).strip()
    kind = _get(cell, "value-type")
    formula = _get(cell, "formula")
    if formula and not kind and not text and '""' not in formula:  # an empty text as a result is written so, too
        return uncalculated(formula.partition("=")[2]), "uncalculated"
    if kind not in ("float", "currency"):
        return text, None
    value = number_of(_get(cell, "value"))
    if value is None:
        return text, None
    if not any(local(one) == "p" for one in cell):
        return plain(value), None
    if text in ("TRUE", "FALSE"):
        return text, None
    if not re.search("[0-9]", text):
        return ("0", "zero") if value == 0 else (text, "hidden_figure")
    if value < 0 and "-" not in text:
        text = "-" + text.strip("() ")
    found = _SHOWN.fullmatch(text)
    seen = number_of(found[1].replace(",", "")) if found else None
    return text, "rounded" if seen is not None and abs(seen - value) > abs(value) / 10**11 else None


def _line(paragraph: Any) -> str:
    """Return the text of a paragraph, white space as it is shown."""
    text = paragraph.text or ""
    for one in paragraph:
        kind = local(one)
        if kind == "s":
            text += " " * min(_count(one, "c"), 100)
        elif kind == "tab":
            text += "\t"
        elif kind == "line-break":
            text += "\n"
        elif kind not in _UNSEEN:
            text += _line(one)
        text += one.tail or ""
    return text


def _get(element: Any, key: str) -> str:
    """Return an attribute by its local name, of whichever name space."""
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == key and not (key == "value-type" and "calc" in name.partition("}")[0]):
            return str(value)
    return ""


def _count(element: Any, key: str) -> int:
    text = _get(element, key)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else 1
