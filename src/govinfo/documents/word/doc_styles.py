"""What a Word 97 file says of its characters and paragraphs: styles first, then what is set directly."""

from __future__ import annotations

from struct import Struct, error
from typing import NamedTuple

from govinfo.documents.word.doc_file import DocFile
from govinfo.documents.word.doc_sprms import sprms, sprms_of_piece
from govinfo.documents.word.flow import MAX_NESTED

__all__ = ["Formats", "Look", "Pap"]

_u16, _u32, _s32 = Struct("<H").unpack_from, Struct("<I").unpack_from, Struct("<i").unpack_from

_STYLE_OF_CHARACTERS, _PLAIN = 0x4A30, 0x2A33
_DELETED, _STRIKE, _DOUBLE_STRIKE, _HIDDEN, _SPECIAL = 0x0800, 0x0837, 0x2A53, 0x083C, 0x0855
_SYMBOL, _PICTURE, _POSITION = 0x6A09, 0x6A03, 0x2A48
_TOGGLES = (_STRIKE, _DOUBLE_STRIKE, _HIDDEN)
"""1 and 0 set and unset; 0x80 is as the style has it, 0x81 its opposite."""

_STYLE, _LEVEL, _LIST = 0x4600, 0x260A, 0x460B
_IN_TABLE, _ROW_END, _DEPTH, _INNER_CELL, _INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_HUGE, _HUGE_95, _TABLE_PROPERTIES = 0x6646, 0x6645, 0x646B
"""Their operand says where in the data stream the instructions themselves are."""
_BASES = 12
"""Styles that a style rests on, one upon the other."""


class Look(NamedTuple):
    """How characters are shown."""

    gone: bool = False
    """Hidden, struck out, or deleted with changes tracked."""
    raised: bool = False
    special: bool = False
    """They stand for something else: a picture, a mark."""
    symbol: str = ""
    """What is shown in place of a ``(`` that is special."""


class Pap(NamedTuple):
    """What is said of a paragraph."""

    style: int = 0
    level: int = 0
    """Tables around it."""
    cell_end: bool = False
    """It ends a cell of an inner table."""
    row_end: bool = False
    list: int = 0
    """Number of its list, from 1; 0: it is not numbered."""
    list_level: int | None = None
    instructions: bytes = b""
    """All that is set directly, for what is said of rows."""


class _Style(NamedTuple):
    base: int
    paragraphs: bytes
    characters: bytes


class Formats:
    """Answers what is said of characters and paragraphs anywhere in a file."""

    def __init__(self, doc: DocFile) -> None:
        """``doc`` is the file."""
        self._doc = doc
        self._styles = _styles(doc.styles)
        self._looks: dict[tuple[int, bytes, int], Look] = {}
        self._paps: dict[tuple[bytes, int], Pap] = {}

    def look(self, style: int, chpx: bytes, prm: int) -> Look:
        """Return how characters are shown.

        Args:
            style: of their paragraph.
            chpx: what is set directly.
            prm: what their piece of text adds.
        """
        key = (style, chpx, prm)
        found = self._looks.get(key)
        if found is None:
            found = self._looks[key] = self._look(style, chpx + sprms_of_piece(prm, self._doc.grpprls))
        return found

    def pap(self, papx: bytes, prm: int) -> Pap:
        """Return what is said of a paragraph; the arguments are as for `look`, ``papx`` begins with its style."""
        key = (papx, prm)
        found = self._paps.get(key)
        if found is None:
            found = self._paps[key] = self._pap(papx, sprms_of_piece(prm, self._doc.grpprls))
        return found

    def _look(self, style: int, content: bytes) -> Look:
        ground: dict[int, int] = {}
        for one in self._chain(style):
            _apply(ground, one.characters, {})
        for code, operand in sprms(content):
            if code == _STYLE_OF_CHARACTERS:
                for one in self._chain(_u16(operand)[0]):
                    _apply(ground, one.characters, ground)
        state = dict(ground)
        _apply(state, content, ground)
        return Look(
            any(state.get(code) for code in (_DELETED, *_TOGGLES)),
            state.get(_POSITION) == 1,
            bool(state.get(_SPECIAL) or _PICTURE in state or _SYMBOL in state),
            _shown(state.get(_SYMBOL, 0)),
        )

    def _pap(self, papx: bytes, added: bytes) -> Pap:
        direct = papx[2:] + added
        direct += b"".join(self._elsewhere(code, operand) for code, operand in sprms(direct))
        style = _u16(papx)[0] if len(papx) >= 2 else 0
        for code, operand in sprms(added):
            if code == _STYLE:
                style = _u16(operand)[0]
        numbered_by_style = b"".join(one.paragraphs for one in self._chain(style))
        state: dict[int, int] = {}
        for code, operand in (*sprms(numbered_by_style), *sprms(direct)):
            if code in (_IN_TABLE, _ROW_END, _INNER_CELL, _INNER_ROW_END, _LEVEL):
                state[code] = operand[0]
            elif code == _DEPTH:
                state[code] = _s32(operand)[0]
            elif code == _LIST:
                state[code] = _u16(operand)[0]
        depth = state.get(_DEPTH, 0)
        level = min(depth, MAX_NESTED) if depth > 0 else int(bool(state.get(_IN_TABLE)))
        return Pap(
            style,
            level,
            bool(state.get(_INNER_CELL)),
            bool(state.get(_ROW_END) or state.get(_INNER_ROW_END)),
            state.get(_LIST, 0),
            state.get(_LEVEL),
            direct,
        )

    def _elsewhere(self, code: int, operand: bytes) -> bytes:
        if code not in (_HUGE, _HUGE_95, _TABLE_PROPERTIES):
            return b""
        at = _u32(operand)[0]
        if at + 2 > len(self._doc.data):
            return b""
        return self._doc.data[at + 2 : at + 2 + _u16(self._doc.data, at)[0]]

    def _chain(self, style: int) -> list[_Style]:
        """Return a style and what it rests on, the ground first."""
        found: list[_Style] = []
        while style in self._styles and len(found) < _BASES:
            found.append(self._styles[style])
            style = found[-1].base
        return found[::-1]


def _apply(state: dict[int, int], content: bytes, ground: dict[int, int]) -> None:
    for code, operand in sprms(content):
        if code in _TOGGLES and operand[0] & 0x80:
            state[code] = int(bool(ground.get(code)) ^ bool(operand[0] & 1))
        elif code in (*_TOGGLES, _DELETED, _SPECIAL, _POSITION):
            state[code] = operand[0]
        elif code in (_SYMBOL, _PICTURE):
            state[code] = _u16(operand, 2)[0]
        elif code == _PLAIN:
            for toggle in (*_TOGGLES, _POSITION):
                state[toggle] = ground.get(toggle, 0)


def _shown(code: int) -> str:
    """Return a symbol, nothing for a place in a font of pictures or for half a character."""
    return chr(code) if code >= 0x20 and not 0xD800 <= code <= 0xF8FF else ""


def _styles(content: bytes) -> dict[int, _Style]:
    """Return the styles by number; a damaged list gives those before the damage."""
    found: dict[int, _Style] = {}
    try:
        at = 2 + _u16(content)[0]
        count, fixed = _u16(content, 2)[0], _u16(content, 4)[0]
        for number in range(count):
            size = _u16(content, at)[0]
            if size:
                style = _style(content[at + 2 : at + 2 + size], fixed)
                if style is not None:
                    found[number] = style
            at += 2 + size + size % 2
    except error:
        pass
    return found


def _style(content: bytes, fixed: int) -> _Style | None:
    kind, base = _u16(content, 2)[0] & 15, _u16(content, 2)[0] >> 4
    at = fixed + 2 + 2 * _u16(content, fixed)[0] + 2
    parts: list[bytes] = []
    for _ in range(_u16(content, 4)[0] & 15):
        at += at % 2
        if at + 2 > len(content):
            break
        size = _u16(content, at)[0]
        parts.append(content[at + 2 : at + 2 + size])
        at += 2 + size
    parts += [b"", b""]
    if kind == 1:
        return _Style(base, parts[0][2:], parts[1])
    if kind == 2:
        return _Style(base, b"", parts[0])
    return None
