"""The inside of a Word 97 file ([MS-DOC]): streams, pieces of text, formats of characters and paragraphs."""

from __future__ import annotations

import io
from bisect import bisect_right
from collections.abc import Callable
from struct import Struct, error, unpack_from
from typing import Any, NamedTuple

from govinfo.documents.archive import damaged
from govinfo.documents.limits import MAX_CHARACTERS, MAX_RUNS, check_count
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["WHAT", "DocFile", "Fkps", "OldWord", "Piece", "open_doc", "open_ole"]

WHAT = KINDS["doc"].what
_u16, _u32 = Struct("<H").unpack_from, Struct("<I").unpack_from
_PAGE = 512
_OFFSETS = 0x9A
"""Where the list of places and sizes begins in the header."""
_CHPX, _PAPX, _STYLES, _CLX, _LISTS, _OVERRIDES = 12, 13, 1, 33, 73, 74
"""Positions in that list."""
_TEXT, _SUBDOCUMENTS, _TEXT_BOXES = 0x4C, (0x50, 0x54, 0x58, 0x5C, 0x60), 0x64
"""Where the header has the lengths of the text, of what follows it, and of the text boxes behind that."""
_MAGIC = (0xA5EC, 0xA5DC, 0xA5DB, 0xA697, 0xA698, 0xA699)
"""How the text of Word and of the Asian editions of Word 95 begins."""
_WORD_97 = 0xC1
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200


class OldWord(Exception):
    """The file is of Word 95 or older, whose format is another one."""


class Piece(NamedTuple):
    """A stretch of text that lies in one place."""

    cp: int
    """Number of its first character in the document."""
    fc: int
    """Where that stands in the file."""
    length: int
    width: int
    """Bytes of a character: 1 (cp1252) or 2 (UTF-16)."""
    prm: int


class Fkps:
    """The formats of stretches of the file: pages of 512 bytes, found by a list of where each begins."""

    def __init__(self, word: bytes, index: bytes, *, paragraphs: bool) -> None:
        """``index`` is the list (PlcBte), ``paragraphs``: pages are of paragraphs, else of characters."""
        self._word = word
        self._entry = 13 if paragraphs else 1
        count = max(len(index) - 4, 0) // 8
        if count > len(word) // _PAGE + 1:
            raise ValueError("PlcBte")
        self._starts = unpack_from(f"<{count}I", index) if count else ()
        self._pages = unpack_from(f"<{count}I", index, 4 * count + 4) if count else ()

    def find(self, fc: int) -> tuple[int, bytes]:
        """Return where the stretch around ``fc`` ends, and its format; it always ends behind ``fc``."""
        at = bisect_right(self._starts, fc) - 1
        if at < 0:
            return self._starts[0] if self._starts else 1 << 32, b""
        start = (self._pages[at] & 0x3FFFFF) * _PAGE
        after = self._starts[at + 1] if at + 1 < len(self._starts) else 1 << 32
        page = self._word[start : start + _PAGE]
        if len(page) < _PAGE or 4 * (page[-1] + 1) + self._entry * page[-1] > _PAGE - 1:
            return max(after, fc + 1), b""
        count = page[-1]
        bounds = unpack_from(f"<{count + 1}I", page)
        run = bisect_right(bounds, fc) - 1
        if run < 0 or run >= count:
            return max(bounds[0] if run < 0 and bounds[0] > fc else after, fc + 1), b""
        offset = 2 * page[4 * (count + 1) + self._entry * run]
        return max(bounds[run + 1], fc + 1), self._format(page, offset)

    def _format(self, page: bytes, offset: int) -> bytes:
        if not offset:
            return b""
        size = page[offset]
        begin = offset + 1
        if self._entry == 13:  # a paragraph's: counted in words, with or without a byte to make it even
            size, begin = (2 * size - 1, begin) if size else (2 * page[begin] if begin < _PAGE else 0, begin + 1)
        return page[begin : begin + size]


class DocFile(NamedTuple):
    """What reading needs of a file."""

    word: bytes
    """The stream all text and formats stand in."""
    data: bytes
    """The stream that formats too long for a page stand in."""
    pieces: list[Piece]
    grpprls: list[bytes]
    """What the pieces' ``prm`` refer to."""
    characters: Fkps
    paragraphs: Fkps
    styles: bytes
    lists: bytes
    """Definitions of numbered lists, and what follows them."""
    overrides: bytes
    main: range
    """The characters of the document's own text."""
    text_boxes: range


def open_ole(content: bytes, name: str, what: Text) -> Any:
    """Open an OLE2 file; the result has ``exists``, ``openstream`` and ``listdir`` of olefile.

    Raises:
        ReadError: ``damaged``.
    """
    import olefile

    shift = _u16(content, 30)[0] if len(content) > 512 else 0
    if shift not in (9, 12):
        raise damaged(what, name, "OLE2")
    # A header may claim any number of allocation tables, and olefile believes it.
    sectors = len(content) >> shift
    if _u32(content, 44)[0] > 2 + 2 * (sectors >> (shift - 2)) or _u32(content, 72)[0] > 1 + sectors:
        raise damaged(what, name, "FAT")
    try:
        return olefile.OleFileIO(io.BytesIO(content))
    except Exception as failed:  # whatever a damaged file makes olefile stumble on
        raise damaged(what, name, failed) from failed


def open_doc(ole: Any, name: str) -> DocFile:
    """Find everything in a Word file that `open_ole` opened.

    Raises:
        ReadError: ``damaged``, ``encrypted`` or ``too_large``.
        OldWord: it is of Word 95 or older.
    """

    def stream(called: str) -> bytes:
        try:
            return bytes(ole.openstream(called).read()) if ole.exists(called) else b""
        except Exception as failed:  # as above
            raise damaged(WHAT, name, failed) from failed

    word = stream("WordDocument")
    if len(word) < _OFFSETS or _u16(word)[0] not in _MAGIC:
        raise damaged(WHAT, name, "WordDocument")
    flags = _u16(word, 10)[0]
    if flags & _ENCRYPTED:
        locked = Text(
            "{what}已加密，需要密码，无法读取；请另存为不加密的文件", "{what} needs a password: save it without one"
        )
        raise ReadError("encrypted", locked.fill(what=WHAT), name)
    if _u16(word)[0] != _MAGIC[0] or _u16(word, 2)[0] < _WORD_97:
        raise OldWord
    try:
        return _parts(word, stream("1Table" if flags & _SECOND_TABLE else "0Table"), stream, name)
    except (error, ValueError, IndexError) as failed:
        raise damaged(WHAT, name, failed) from failed


def _parts(word: bytes, table: bytes, stream: Callable[[str], bytes], name: str) -> DocFile:
    places = unpack_from("<" + 2 * _u16(word, 0x98)[0] * "I", word, _OFFSETS)

    def part(index: int, *, to_end: bool = False) -> bytes:
        if 2 * index + 1 >= len(places):
            return b""
        at, size = places[2 * index : 2 * index + 2]
        return table[at:] if to_end and size else table[at : at + size]

    pieces, grpprls = _pieces(part(_CLX), len(word), name)
    text, boxes = _u32(word, _TEXT)[0], _u32(word, _TEXT_BOXES)[0]
    before = text + sum(_u32(word, at)[0] for at in _SUBDOCUMENTS)
    count = pieces[-1].cp + pieces[-1].length
    check_count(count, MAX_CHARACTERS, Text("字符", "characters"), name)
    if text > count:
        raise ValueError("ccpText")
    return DocFile(
        word,
        stream("Data"),
        pieces,
        grpprls,
        Fkps(word, part(_CHPX), paragraphs=False),
        Fkps(word, part(_PAPX), paragraphs=True),
        part(_STYLES),
        part(_LISTS, to_end=True),
        part(_OVERRIDES),
        range(text),
        range(before, before + boxes) if before + boxes <= count else range(0),
    )


def _pieces(clx: bytes, size: int, name: str) -> tuple[list[Piece], list[bytes]]:
    """Return the pieces of the text and the instructions they refer to; all text lies in the file, once over."""
    grpprls: list[bytes] = []
    at = 0
    while at < len(clx) and clx[at] == 1:
        length = _u16(clx, at + 1)[0]
        grpprls.append(clx[at + 3 : at + 3 + length])
        at += 3 + length
    if at >= len(clx) or clx[at] != 2:
        raise ValueError("Clx")
    count = (_u32(clx, at + 1)[0] - 4) // 12
    check_count(count, MAX_RUNS, Text("文字段", "pieces of text"), name)
    at += 5
    cps = unpack_from(f"<{count + 1}I", clx, at)
    pieces: list[Piece] = []
    for number in range(count):
        _, place, prm = unpack_from("<HIH", clx, at + 4 * (count + 1) + 8 * number)
        width = 1 if place & 0x40000000 else 2
        fc = (place & 0x3FFFFFFF) // (3 - width)
        length = cps[number + 1] - cps[number]
        if length < 0 or fc + length * width > size:
            raise ValueError("Pcd")
        if length:
            pieces.append(Piece(cps[number], fc, length, width, prm))
    if not pieces or pieces[0].cp != 0 or pieces[-1].cp + pieces[-1].length > size:
        raise ValueError("PlcPcd")
    return pieces, grpprls
