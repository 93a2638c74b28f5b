"""Excel workbooks (``.xlsx``, ``.xlsm``), from their XML.

Not by a library for data: these give the stored number where a person sees another, a blank for ``#REF!`` and 0 for a
formula nobody calculated, and do not tell hidden rows.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Any

import attrs

from govinfo.documents.archive import Archive, damaged
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_SHEETS, MAX_WORKBOOK, MAX_WORKBOOK_TAGS, check_count
from govinfo.documents.sheets.formats import BUILTIN, number_of, shown, uncalculated
from govinfo.documents.sheets.model import Budget, Merge, RemarkKind, SheetContent
from govinfo.documents.sheets.names import MAX_COLS, SHEET_ROWS, place_of, range_of
from govinfo.documents.signatures import KINDS
from govinfo.documents.xml import iter_xml, local, parse_xml
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["read_xlsx"]

_WHAT = KINDS["xlsx"].what
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_WHOLE = re.compile("[1-9][0-9]{,10}")
_AS_STORED = frozenset({"General", "0", "@"})
_TRUE = ("1", "true", "on")


@attrs.define
class _Book:
    """What the sheets of a workbook share."""

    name: str
    strings: list[str]
    formats: list[str]
    """The number format of each cell style."""
    framed: list[bool]
    """Whether cells of each style have a border."""
    from_1904: bool
    recalculate: bool
    """The program that wrote it left all formulas to be calculated: what stands beside them is no result."""


def read_xlsx(content: bytes, name: str, budget: Budget) -> tuple[list[SheetContent], int]:
    """Return the sheets of a workbook in order, and how many pictures it has.

    ``budget`` is what the workbook may still cost.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``, ``too_deep``; ``unsupported`` for ``.xlsb``.
    """
    with Archive(content, _WHAT, name, MAX_WORKBOOK) as archive:
        parts = _Parts(archive, name)
        home = parts.main()
        root = parse_xml(parts.read(home), _WHAT, name)
        targets = parts.related(home)
        book = _book(root, parts, targets, name)
        sheets = [one for one in root.iter() if local(one) == "sheet"]
        check_count(len(sheets), MAX_SHEETS, Text("工作表", "sheets"), name)
        found: list[SheetContent] = []
        done: set[str] = set()
        for one in sheets:
            kind, target = targets.get(_relation(one), ("", ""))
            if kind != "worksheet" or target in done:
                continue  # a chart, or a page of old macros
            done.add(target)
            sheet = SheetContent(one.get("name", ""), hidden=one.get("state", "visible") != "visible")
            _fill(sheet, parts.read(target), book, budget)
            budget.close(sheet)
            found.append(sheet)
        return found, sum(part.startswith("xl/media/") for part in parts.names)


class _Parts:
    """The parts of a package, by names as they should be written."""

    def __init__(self, archive: Archive, name: str) -> None:
        self._archive, self._name = archive, name
        self._tags = 0
        self._real = {one.replace("\\", "/").lstrip("/").lower(): one for one in archive.names}

    @property
    def names(self) -> Iterator[str]:
        return iter(self._real)

    def main(self) -> str:
        for kind, target in self.related("").values():
            if kind == "officeDocument":
                if target.endswith(".bin"):
                    binary = Text(
                        "这是 Excel 二进制工作簿（.xlsb），请另存为 .xlsx 后再核对",
                        "this is a binary Excel workbook (.xlsb): save it as .xlsx",
                    )
                    raise ReadError("unsupported", binary, self._name)
                return target
        return "xl/workbook.xml"

    def read(self, part: str) -> bytes:
        content = self._archive.read(self._real.get(part.lower(), part))
        self._tags += content.count(b"<")
        check_count(self._tags, MAX_WORKBOOK_TAGS, Text("XML 标签", "XML tags"), self._name)
        return content

    def related(self, part: str) -> dict[str, tuple[str, str]]:
        """Return what a part refers to: by id the kind and the name of the other part."""
        folder, _, own = part.rpartition("/")
        relations = posixpath.join(folder, "_rels", f"{own}.rels")
        if relations.lower() not in self._real:
            return {}
        root = parse_xml(self.read(relations), _WHAT, self._name)
        return {
            one.get("Id", ""): (one.get("Type", "").rpartition("/")[2], _join(folder, one.get("Target", "")))
            for one in root.iter()
            if local(one) == "Relationship" and one.get("TargetMode") != "External"
        }


def _join(folder: str, target: str) -> str:
    target = target.replace("\\", "/")
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


def _relation(sheet: Any) -> str:
    return next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")


def _book(root: Any, parts: _Parts, targets: dict[str, tuple[str, str]], name: str) -> _Book:
    by_kind = dict(targets.values())
    strings: list[str] = []
    if "sharedStrings" in by_kind:
        part = parts.read(by_kind["sharedStrings"])
        strings += (_text(item) for item in iter_xml(part, _WHAT, name, "si"))
    formats, framed = ["General"], [False]
    if "styles" in by_kind:
        formats, framed = _styles(parse_xml(parts.read(by_kind["styles"]), _WHAT, name))
    from_1904 = recalculate = False
    for one in root:
        if local(one) == "workbookPr":
            from_1904 = one.get("date1904") in _TRUE
        elif local(one) == "calcPr":
            recalculate = one.get("fullCalcOnLoad") in _TRUE
    return _Book(name, strings, formats, framed, from_1904, recalculate)


def _styles(root: Any) -> tuple[list[str], list[bool]]:
    codes: dict[str, str] = {str(number): code for number, code in BUILTIN.items()}
    borders: list[bool] = []
    formats: list[str] = []
    framed: list[bool] = []
    for part in root:
        if local(part) == "numFmts":
            codes |= {one.get("numFmtId", ""): one.get("formatCode", "") for one in part}
        elif local(part) == "borders":
            borders = [any(side.get("style", "none") != "none" for side in one) for one in part]
        elif local(part) == "cellXfs":
            for one in part:
                formats.append(codes.get(one.get("numFmtId", "0"), "General"))
                border = int(one.get("borderId", "0"))
                framed.append(border < len(borders) and borders[border])
    return formats or ["General"], framed or [False]


def _text(item: Any) -> str:
    """Return the text of a string, runs put together, what is said of its pronunciation left out."""
    found = [
        one.text or ""
        for one in item.iter()
        if local(one) == "t" and not any(local(parent) == "rPh" for parent in one.iterancestors("{*}rPh"))
    ]
    text = _ESCAPED.sub(lambda escaped: chr(int(escaped[1], 16)), "".join(found))
    return clean_markup(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _fill(sheet: SheetContent, part: bytes, book: _Book, budget: Budget) -> None:
    show_zeros = True
    row = 0
    for one in iter_xml(part, _WHAT, book.name, "row", "col", "mergeCell", "sheetView"):
        kind = local(one)
        if kind == "row":
            row = _int(one.get("r"), row + 1)
            if not 1 <= row <= SHEET_ROWS:
                raise damaged(_WHAT, book.name, f"row {row}")
            if one.get("hidden") in _TRUE or one.get("ht") == "0":
                sheet.hidden_rows.add(row, row)
            _cells(sheet, one, row, book, show_zeros)
            budget.check(sheet)
        elif kind == "col" and (one.get("hidden") in _TRUE or one.get("width") == "0"):
            first, last = _int(one.get("min"), 1), _int(one.get("max"), 1)
            sheet.hidden_cols.add(max(first, 1), min(last, MAX_COLS))
        elif kind == "mergeCell":
            merged = range_of(one.get("ref", ""))
            if merged is not None:
                sheet.merges.append(Merge(*merged))
        elif kind == "sheetView":
            show_zeros = one.get("showZeros", "1") in _TRUE


def _cells(sheet: SheetContent, row_element: Any, row: int, book: _Book, show_zeros: bool) -> None:
    col = 0
    for one in row_element:
        if local(one) != "c":
            continue
        at = place_of(one.get("r", ""))
        col = at[1] if at else col + 1
        style = _int(one.get("s"), 0)
        framed = book.framed[style] if 0 <= style < len(book.framed) else False
        if len(one):
            code = book.formats[style] if 0 <= style < len(book.formats) else "General"
            text, remark = _value(one, code, book, show_zeros)
            sheet.put(row, col, text, framed, remark)
        else:
            sheet.put(row, col, "", framed)


def _value(cell: Any, code: str, book: _Book, show_zeros: bool) -> tuple[str, RemarkKind | None]:
    """Return what a person sees in a cell."""
    kind = cell.get("t", "n")
    stored = formula = inline = None
    for one in cell:
        part = local(one)
        if part == "v":
            stored = one.text or ""
        elif part == "f":
            formula = one.text or ""
        elif part == "is":
            inline = _text(one)
    if formula is not None and (book.recalculate or stored is None or (not stored and kind != "str")):
        return uncalculated(formula), "uncalculated"
    if inline is not None or kind == "inlineStr":
        return inline or "", None
    if not stored:
        return "", None
    if kind == "s":
        index = _int(stored.strip(), -1)
        if not 0 <= index < len(book.strings):
            raise damaged(_WHAT, book.name, f"string {index}")
        return book.strings[index], None
    if kind == "b":
        return "TRUE" if stored.strip() in _TRUE else "FALSE", None
    if kind == "n" and code in _AS_STORED and _WHOLE.fullmatch(stored):  # nearly every figure there is
        return stored, None
    number = number_of(stored) if kind == "n" else None
    if number is None:
        return clean_markup(stored).strip(), None
    return shown(number, code, from_1904=book.from_1904, show_zeros=show_zeros)


def _int(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else otherwise
