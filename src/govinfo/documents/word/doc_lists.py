"""Numbers that Word itself puts in front of paragraphs, in a Word 97 file ([MS-DOC] 2.9.131 to 2.9.150).

Offices number their headings 一、 二、 this way: the numbers are not in the text.
"""

from __future__ import annotations

from struct import Struct, error, unpack_from
from typing import NamedTuple

from govinfo.documents.word.doc_styles import Pap
from govinfo.documents.word.numerals import numeral

__all__ = ["Numbering"]

_u16, _s16, _u32, _s32 = (Struct(f"<{kind}").unpack_from for kind in "HhIi")
_LEVELS = 9
_MOST_LISTS = 4096
_BULLET, _NOTHING = 23, 255
_SIMPLE = 1
_NO_STYLE = 0xFFF
_MOST_TEXT = 255
_FORMS = {
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    16: "japaneseLegal",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
}
"""What Word's numbers for formats ([MS-OSHARED] 2.2.1.3) are called in the standard."""


class _Level(NamedTuple):
    start: int
    way: int
    """How its numbers are written."""
    text: str
    """What is printed; characters below 9 stand for the number of that level."""
    arabic: bool
    """All numbers are written 1, 2, 3."""
    keeps_on: bool
    """It does not begin anew below a higher level."""
    restart: int
    """With ``keeps_on``: it begins anew below levels less than this only."""


class _List(NamedTuple):
    levels: tuple[_Level, ...]
    styles: dict[int, int]
    """Style → the level its paragraphs have."""


class _Use(NamedTuple):
    """A list as paragraphs refer to it."""

    list: int
    starts: dict[int, int]
    """Level → the number it begins with here."""
    levels: dict[int, _Level]
    """Levels that look otherwise here."""


class Numbering:
    """Counts the paragraphs of lists; asked for every paragraph in reading order."""

    def __init__(self, lists: bytes, uses: bytes) -> None:
        """``lists`` and ``uses`` are the two tables of the file; damaged ones number nothing."""
        try:
            self._lists = _lists(lists)
            self._uses = _uses(uses)
        except (error, IndexError):
            self._lists, self._uses = {}, []
        self._counts: dict[int, dict[int, int]] = {}
        self._used: set[tuple[int, int]] = set()

    def number(self, pap: Pap) -> str:
        """Return what is printed in front of a paragraph; nothing for a bullet."""
        if not 0 < pap.list <= len(self._uses):
            return ""
        use = self._uses[pap.list - 1]
        known = self._lists.get(use.list)
        if known is None:
            return ""
        at = known.styles.get(pap.style, 0) if pap.list_level is None else pap.list_level
        if at >= len(known.levels):
            return ""
        levels = [use.levels.get(index, level) for index, level in enumerate(known.levels)]
        counts = self._count(pap.list, use, levels, at)
        level = levels[at]
        if level.way in (_BULLET, _NOTHING):
            return "" if level.way == _BULLET else level.text
        printed = ""
        for character in level.text:
            place = ord(character)
            if place < _LEVELS:
                way = 0 if level.arabic or place >= len(levels) else levels[place].way
                printed += numeral(counts.get(place, 1), _FORMS.get(way, "decimal"))
            else:
                printed += character
        return f"{printed} " if printed[-1:].isalnum() else printed

    def _count(self, number: int, use: _Use, levels: list[_Level], at: int) -> dict[int, int]:
        counts = self._counts.setdefault(use.list, {})
        if at in use.starts and (number, at) not in self._used:
            self._used.add((number, at))
            counts[at] = use.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else levels[at].start
        for lower in range(at + 1, len(levels)):
            if not levels[lower].keeps_on or at < levels[lower].restart:
                counts.pop(lower, None)
        for higher in range(at):
            counts.setdefault(higher, levels[higher].start)
        return counts


def _lists(content: bytes) -> dict[int, _List]:
    if len(content) < 2:
        return {}
    count = min(max(_s16(content)[0], 0), _MOST_LISTS)
    at = 2 + 28 * count
    found: dict[int, _List] = {}
    for number in range(count):
        head = 2 + 28 * number
        (name,) = _s32(content, head)
        styles = unpack_from(f"<{_LEVELS}H", content, head + 8)
        levels: list[_Level] = []
        for _ in range(1 if content[head + 26] & _SIMPLE else _LEVELS):
            level, at = _level(content, at)
            levels.append(level)
        found[name] = _List(
            tuple(levels), {style & 0xFFF: index for index, style in enumerate(styles) if style & 0xFFF != _NO_STYLE}
        )
    return found


def _level(content: bytes, at: int) -> tuple[_Level, int]:
    """Return a level and where the next one begins."""
    (start,) = _s32(content, at)
    way, flags = content[at + 4], content[at + 5]
    behind = at + 28 + content[at + 24] + content[at + 25]
    (length,) = _u16(content, behind)
    text = content[behind + 2 : behind + 2 + 2 * min(length, _MOST_TEXT)].decode("utf-16-le", "replace")
    limited = bool(flags & 0x08)
    return _Level(start, way, text, bool(flags & 4), limited, content[at + 26]), behind + 2 + 2 * length


def _uses(content: bytes) -> list[_Use]:
    if len(content) < 4:
        return []
    count = min(_u32(content)[0], _MOST_LISTS)
    at = 4 + 16 * count
    found: list[_Use] = []
    for number in range(count):
        head = 4 + 16 * number
        use = _Use(_s32(content, head)[0], {}, {})
        at += 4
        for _ in range(content[head + 12]):
            start, flags = _s32(content, at)[0], _u32(content, at + 4)[0]
            at += 8
            index = flags & 15
            if flags & 0x20:
                use.levels[index], at = _level(content, at)
                start = use.levels[index].start
            if flags & 0x10:
                use.starts[index] = start
        found.append(use)
    return found
