"""Excel 97–2003 workbooks (``.xls``, ``.et`` of WPS), from their records.

As with the newer format, what a library for data gives is not enough: number formats, errors, hidden rows and formulas
without a result decide which figure is printed.
"""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from typing import Any

import attrs

from govinfo.documents.archive import damaged
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_SHEETS, check_count
from govinfo.documents.sheets.biff import CONTINUE, RecordsOf, byte_string, shared_strings, unicode_string
from govinfo.documents.sheets.formats import BUILTIN, number_of, plain, shown, uncalculated
from govinfo.documents.sheets.model import Budget, Merge, SheetContent
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError
from govinfo.extras import need
from govinfo.text import Text

__all__ = ["read_xls"]

_WHAT = KINDS["xls"].what
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_CODEPAGES = {936: "gb18030", 950: "cp950", 1200: "utf-16-le", 932: "cp932", 949: "cp949", 1252: "cp1252"}


@attrs.define
class _Book:
    name: str
    biff8: bool = True
    codepage: str = "gb18030"
    from_1904: bool = False
    calculated: bool = False
    """Excel or another program that calculates wrote it."""
    formats: dict[int, str] = attrs.field(factory=lambda: dict(BUILTIN))
    styles: list[tuple[int, bool]] = attrs.field(factory=list)
    """Number format and whether there is a border, by cell style."""
    strings: list[str] = attrs.field(factory=list)
    sheets: list[tuple[int, bool, str]] = attrs.field(factory=list)
    """Where each sheet begins, whether it is hidden, its name."""

    def string(self, data: bytes, start: int, *, wide_length: bool = True) -> str:
        if self.biff8:
            return unicode_string(data, start, wide_length)
        return byte_string(data, start, self.codepage, wide_length)

    def style(self, number: int) -> tuple[str, bool]:
        """Return the number format and whether there is a border."""
        if number >= len(self.styles):
            return "General", False
        code, framed = self.styles[number]
        return self.formats.get(code, "General"), framed


def read_xls(content: bytes, name: str, budget: Budget) -> list[SheetContent]:
    """Return the sheets of a workbook in order.

    ``budget`` is what the workbook may still cost.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``; ``unsupported`` for files older than Excel 5.0.
        MissingExtra: olefile is not installed.
        struct.error, ValueError, LookupError: it is damaged.
    """
    records = RecordsOf(_stream(content, name), name)
    book = _globals(records, name)
    check_count(len(book.sheets), MAX_SHEETS, Text("工作表", "sheets"), name)
    found: list[SheetContent] = []
    for start, hidden, title in book.sheets:
        sheet = SheetContent(title, hidden)
        filler = _Filler(sheet, book)
        for kind, data in records.at(start):
            filler.take(kind, data)
            budget.check(sheet)
        budget.close(sheet)
        found.append(sheet)
    return found


def _stream(content: bytes, name: str) -> bytes:
    need("excel", "olefile")
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(content)) as ole:
            for stream in ("Workbook", "Book"):
                if ole.exists(stream):
                    data: bytes = ole.openstream(stream).read()
                    return data
    except Exception as error:  # olefile raises whatever befalls it on a damaged file
        raise damaged(_WHAT, name, error) from error
    raise damaged(_WHAT, name, "Workbook")


def _globals(records: RecordsOf, name: str) -> _Book:
    book = _Book(name)
    strings: list[bytes] = []
    begun = in_strings = False
    for kind, data in records.at(0):
        if kind == CONTINUE and in_strings:
            strings.append(data)
            continue
        in_strings = kind == 0xFC
        if kind == 0x809:
            begun = True
            book.biff8 = struct.unpack_from("<H", data)[0] >= 0x600
        elif kind in (0x409, 0x209, 0x009):
            old = Text(
                "这是 Excel 4.0 或更早的文件，请另存为 .xlsx 后再核对", "a file of Excel 4.0 or older: save it as .xlsx"
            )
            raise ReadError("unsupported", old, name)
        elif kind == 0x2F:
            locked = Text(
                "{what}已加密，需要密码，无法读取；请另存为不加密的文件", "{what} needs a password: save it without one"
            )
            raise ReadError("encrypted", locked.fill(what=_WHAT), name)
        elif kind == 0xFC:
            strings = [data]
        else:
            _global(book, kind, data)
    if not begun:
        raise damaged(_WHAT, name, "BOF")
    if strings:
        book.strings = shared_strings(strings, name)
    return book


def _global(book: _Book, kind: int, data: bytes) -> None:
    if kind == 0x42:
        book.codepage = _CODEPAGES.get(struct.unpack_from("<H", data)[0], "gb18030")
    elif kind == 0x22:
        book.from_1904 = data[:1] == b"\1"
    elif kind == 0x1C1:
        book.calculated = True
    elif kind == 0x41E:
        book.formats[struct.unpack_from("<H", data)[0]] = book.string(data, 2, wide_length=book.biff8)
    elif kind == 0xE0:
        number = struct.unpack_from("<H", data, 2)[0]
        book.styles.append((number, book.biff8 and struct.unpack_from("<H", data, 10)[0] != 0))
    elif kind == 0x85:
        start, hidden, kind_of_sheet = struct.unpack_from("<IBB", data)
        if kind_of_sheet == 0:
            book.sheets.append((start, hidden & 3 != 0, book.string(data, 6, wide_length=False)))


class _Filler:
    """Enters the records of one sheet."""

    def __init__(self, sheet: SheetContent, book: _Book) -> None:
        self._sheet, self._book = sheet, book
        self._show_zeros = True
        self._awaiting: tuple[int, int, bool] | None = None
        """The cell of a formula whose result, a text, comes in the next record."""

    def take(self, kind: int, data: bytes) -> None:
        """Enter one record; most kinds say nothing about what is printed."""
        unpack, put = struct.unpack_from, self._put
        if kind == 0x203:
            row, col, style, value = unpack("<HHHd", data)
            self._number(row, col, style, value)
        elif kind == 0x27E:
            row, col, style, packed = unpack("<HHHI", data)
            self._number(row, col, style, _unpacked(packed))
        elif kind == 0xBD:
            row, col = unpack("<HH", data)
            for number, at in enumerate(range(4, len(data) - 7, 6)):
                style, packed = unpack("<HI", data, at)
                self._number(row, col + number, style, _unpacked(packed))
        elif kind == 0xFD:
            row, col, style, index = unpack("<HHHI", data)
            if index >= len(self._book.strings):
                raise damaged(_WHAT, self._book.name, f"string {index}")
            put(row, col, style, self._book.strings[index])
        elif kind in (0x204, 0xD6):
            row, col, style = unpack("<HHH", data)
            put(row, col, style, self._book.string(data, 6))
        elif kind == 0x201:
            row, col, style = unpack("<HHH", data)
            put(row, col, style, "")
        elif kind == 0xBE:
            row, col = unpack("<HH", data)
            for number, at in enumerate(range(4, len(data) - 3, 2)):
                put(row, col + number, unpack("<H", data, at)[0], "")
        elif kind == 0x205:
            row, col, style, value, is_error = unpack("<HHHBB", data)
            put(row, col, style, _ERRORS.get(value, "#?") if is_error else "TRUE" if value else "FALSE")
        elif kind == 0x06:
            self._formula(data)
        elif kind == 0x207 and self._awaiting is not None:
            row, col, framed = self._awaiting
            self._sheet.put(row, col, _clean(self._book.string(data, 0)), framed)
            self._awaiting = None
        else:
            self._of_sheet(kind, data)

    def _of_sheet(self, kind: int, data: bytes) -> None:
        """Take what is said of rows, columns and the sheet at large."""
        unpack, sheet = struct.unpack_from, self._sheet
        if kind == 0x208:
            row, _, _, height = unpack("<HHHH", data)
            if unpack("<H", data, 12)[0] & 0x20 or height & 0x7FFF == 0:
                sheet.hidden_rows.add(row + 1, row + 1)
        elif kind == 0x7D:
            first, last, width, _, flags = unpack("<HHHHH", data)
            if flags & 1 or width == 0:
                sheet.hidden_cols.add(first + 1, min(last, 255) + 1)
        elif kind == 0xE5:
            for at in range(2, min(2 + 8 * unpack("<H", data)[0], len(data) - 7), 8):
                top, bottom, left, right = unpack("<HHHH", data, at)
                if top <= bottom and left <= right:
                    sheet.merges.append(Merge(top + 1, left + 1, bottom + 1, right + 1))
        elif kind == 0x23E:
            self._show_zeros = bool(unpack("<H", data)[0] & 0x10)
            self._reshow()

    def _put(self, row: int, col: int, style: int, text: str) -> None:
        self._sheet.put(row + 1, col + 1, _clean(text), self._book.style(style)[1])

    def _number(self, row: int, col: int, style: int, stored: float | Decimal) -> None:
        value = number_of(stored) if isinstance(stored, float) else stored
        code, framed = self._book.style(style)
        if value is None:
            self._sheet.put(row + 1, col + 1, "#NUM!", framed)
            return
        text, remark = shown(value, code, from_1904=self._book.from_1904)
        self._sheet.put(row + 1, col + 1, text, framed, remark)

    def _formula(self, data: bytes) -> None:
        row, col, style = struct.unpack_from("<HHH", data)
        result = data[6:14]
        if result[6:8] != b"\xff\xff":
            self._number(row, col, style, struct.unpack("<d", result)[0])
            return
        _, framed = self._book.style(style)
        self._awaiting = None
        if result[0] == 0:
            self._awaiting = (row + 1, col + 1, framed)
        elif result[0] == 1:
            self._put(row, col, style, "TRUE" if result[2] else "FALSE")
        elif result[0] == 2:
            self._put(row, col, style, _ERRORS.get(result[2], "#?"))
        elif self._book.calculated:
            self._put(row, col, style, "")
        else:  # an empty text is also what programs write that do not calculate
            self._sheet.put(row + 1, col + 1, uncalculated(""), framed, "uncalculated")

    def _reshow(self) -> None:
        """Note the zeros of a sheet that shows them as blanks; this is said behind the cells."""
        if not self._show_zeros:
            for (row, col), item in list(self._sheet.items.items()):
                if item.text == plain(Decimal(0)):
                    self._sheet.put(row, col, item.text, item.framed, "zero")


def _clean(text: str) -> str:
    return clean_markup(text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def _unpacked(packed: int) -> Any:
    """Return a number packed into 30 bits."""
    if packed & 2:
        whole = (packed >> 2) - (1 << 30 if packed & 0x80000000 else 0)
        return Decimal(whole).scaleb(-2) if packed & 1 else Decimal(whole)
    value: float = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return value / 100 if packed & 1 else value
