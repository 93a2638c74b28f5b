"""Excel workbooks as one XML file (SpreadsheetML of 2003), as some systems of offices export them."""

from __future__ import annotations

from typing import Any

from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_SHEETS, MAX_WORKBOOK_TAGS, check_count, check_size
from govinfo.documents.sheets.formats import number_of, shown, uncalculated
from govinfo.documents.sheets.model import Budget, Merge, RemarkKind, SheetContent
from govinfo.documents.sheets.names import MAX_COLS, SHEET_ROWS
from govinfo.documents.signatures import KINDS
from govinfo.documents.xml import iter_xml, local
from govinfo.text import Text

__all__ = ["read_excelxml"]

_WHAT = KINDS["excelxml"].what
_FORMATS = {
    "General Number": "General",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": '"¥"#,##0.00',
    "Euro Currency": "#,##0.00",
    "Short Date": "yyyy/m/d",
    "Long Date": 'yyyy"年"m"月"d"日"',
    "General Date": "yyyy/m/d h:mm",
}

Styles = dict[str, tuple[str, bool]]
"""Number format and whether there is a border, by the style's name."""


def read_excelxml(content: bytes, name: str, budget: Budget) -> list[SheetContent]:
    """Return the sheets of a workbook in order.

    ``budget`` is what the workbook may still cost.

    Raises:
        ReadError: ``damaged``, ``too_large``, ``too_deep``.
    """
    check_size(content, name)
    check_count(content.count(b"<"), MAX_WORKBOOK_TAGS, Text("XML 标签", "XML tags"), name)
    styles: Styles = {}
    found: list[SheetContent] = []
    filler = _Filler(styles)
    for one in iter_xml(content, _WHAT, name, "Style", "Column", "Row", "Visible", "Worksheet"):
        kind = local(one)
        if kind == "Style":
            styles |= [_style(one)]
        elif kind == "Visible":
            filler.sheet.hidden = one.text != "SheetVisible"
        elif kind == "Worksheet":
            filler.sheet.name = _get(one, "Name")
            budget.close(filler.sheet)
            found.append(filler.sheet)
            check_count(len(found), MAX_SHEETS, Text("工作表", "sheets"), name)
            filler = _Filler(styles)
        else:
            filler.take(kind, one)
            budget.check(filler.sheet)
    return found


def _style(element: Any) -> tuple[str, tuple[str, bool]]:
    code, framed = "General", False
    for one in element:
        if local(one) == "NumberFormat":
            given = _get(one, "Format")
            code = _FORMATS.get(given, given) or "General"
        elif local(one) == "Borders":
            framed = len(one) > 0
    return _get(element, "ID"), (code, framed)


class _Filler:
    """Enters the columns and rows of one sheet."""

    def __init__(self, styles: Styles) -> None:
        self.sheet = SheetContent("")
        self._styles = styles
        self._row = self._col = 0

    def take(self, kind: str, element: Any) -> None:
        """Enter one column or row, or as many as it says."""
        more = _number(element, "Span", 0)
        if kind == "Column":
            first = min(_number(element, "Index", self._col + 1), MAX_COLS)
            self._col = min(first + more, MAX_COLS)
            if _get(element, "Hidden") == "1" or _get(element, "Width") == "0":
                self.sheet.hidden_cols.add(first, self._col)
            return
        first = min(_number(element, "Index", self._row + 1), SHEET_ROWS)
        self._row = min(first + more, SHEET_ROWS)
        if _get(element, "Hidden") == "1" or _get(element, "Height") == "0":
            self.sheet.hidden_rows.add(first, self._row)
        _row(self.sheet, element, first, self._styles)


def _row(sheet: SheetContent, element: Any, row: int, styles: Styles) -> None:
    last = 0
    for cell in element:
        if local(cell) != "Cell":
            continue
        col = min(_number(cell, "Index", last + 1), MAX_COLS)
        across, down = _number(cell, "MergeAcross", 0), _number(cell, "MergeDown", 0)
        last = min(col + across, MAX_COLS)
        if across or down:
            sheet.merges.append(Merge(row, col, min(row + down, SHEET_ROWS), last))
        code, framed = styles.get(_get(cell, "StyleID") or _get(element, "StyleID") or "Default", ("General", False))
        text, remark = _value(cell, code)
        sheet.put(row, col, text, framed, remark)


def _value(cell: Any, code: str) -> tuple[str, RemarkKind | None]:
    data = next((one for one in cell if local(one) == "Data"), None)
    if data is None:
        formula = _get(cell, "Formula")
        return (uncalculated(formula.lstrip("=")), "uncalculated") if formula else ("", None)
    text = clean_markup("".join(data.itertext()).replace("\r\n", "\n").replace("\r", "\n")).strip()
    kind = _get(data, "Type")
    if kind == "Number" and (value := number_of(text)) is not None:
        return shown(value, code)
    if kind == "Boolean":
        return "TRUE" if text == "1" else "FALSE", None
    return text.removesuffix("T00:00:00.000") if kind == "DateTime" else text, None


def _get(element: Any, key: str) -> str:
    for name, value in element.attrib.items():
        if name.rpartition("}")[2] == key:
            return str(value)
    return ""


def _number(element: Any, key: str, otherwise: int) -> int:
    text = _get(element, key)
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 8 else otherwise
