"""What is printed in a cell: a number, a sign that there is none, or words.

Numbers are read by strict translation, never by NFKC (which would make 1 of ①), and nothing is rounded. Every distinct
text is read once: cells repeat, and a memo is faster than any parser.
"""

from __future__ import annotations

import enum
import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from govinfo.schema.cells import Missing, Value
from govinfo.schema.fields import Kind

__all__ = ["FIGURES", "YUAN", "Look", "Printed", "is_page_mark", "look", "runs", "sound_count", "to_value"]


class Look(enum.IntEnum):
    """What a cell looks like."""

    BLANK = 0
    NUMBER = 1
    NOT_APPLICABLE = 2
    LABEL = 3
    """Words."""
    GARBLED = 4
    """Neither words nor a number: ``12?3``, ``1O``."""
    SPACED = 5
    """A number with a space inside: one number, or several run together."""


FIGURES = frozenset({Look.NUMBER, Look.SPACED, Look.NOT_APPLICABLE})
"""Looks that stand for a figure of the form."""


class Printed(NamedTuple):
    """A cell's text, understood without knowing which cell it is."""

    look: Look
    number: Decimal | None = None
    unit: str | None = None
    """元, 万元, 亿元 or a counting word, as printed."""


YUAN: dict[str | None, int] = {"元": 1, "万": 10_000, "万元": 10_000, "亿元": 100_000_000}
"""Yuan in each printed unit of money."""

_LONGEST = 12
"""More digits than any figure has: a serial number, figures run together, or an attack on integer conversion."""
_MOST_WAYS = 5000
"""Ways to part a run of digits that are looked through."""
_BLANK = Printed(Look.BLANK)
_STRICT = str.maketrans(
    "０１２３４５６７８９．，＋－−﹣‐‑–（）［］：／\u3000\xa0\u2002\u2003\u2009",
    "0123456789.,+------()[]:/     ",
)
_NOT_APPLICABLE = frozenset(
    [
        "/",
        "//",
        "\\",
        "-",
        "--",
        "---",
        "—",
        "——",
        "———",
        "―",
        "一一",
        "无",
        "无。",
        "不适用",
        "不涉及",
        "N/A",
        "n/a",
        "─",
        "──",
    ]
)
_COUNTING = "个件条宗例起次项份部人户家篇"
_CELL = re.compile(
    r"[?？]?\s*"  # what is left of a lost no-break space
    r"(?P<sign>[+-]|增加?|减少?|新增)?\s*"
    r"(?P<digits>\d{1,3}(?:,\d{3})+|\d+(?:\s+\d+)*)"  # thousands separators, or a number that may have spaces inside
    r"(?P<fraction>\s?\.\s?\d+)?\s*"
    rf"(?P<unit>万\s?元|亿\s?元|元|万|[{_COUNTING}])?\s*"
    r"(?:\((?P<note>[^()]*)\))?[。;；]?"  # （其中修订16件）
)
_RUN = re.compile(r"0\d+")
_ITEM = re.compile(r"\d{1,2}[.、]")
_WORD = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_PAGE = re.compile(r"(?:[-—–─]\s*\d{1,3}\s*[-—–─]|第\s*\d{1,3}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d+.{0,10})")


def is_page_mark(text: str) -> bool:
    """Tell whether a line is a page number in one of the usual frames: ``- 5 -``, 第5页, 5/12."""
    return len(text) < 24 and _PAGE.fullmatch(text.translate(_STRICT).strip()) is not None


@lru_cache(maxsize=65536)
def look(text: str) -> Printed:
    """Understand what is printed in a cell."""
    plain = text.translate(_STRICT).strip()
    if not plain:
        return _BLANK
    if "\n" in plain and not _WORD.search(plain):  # several figures in one cell
        return Printed(Look.GARBLED)
    if _ITEM.fullmatch(plain):  # 3. on a line of its own, its label on the next
        return Printed(Look.LABEL)
    if _RUN.fullmatch(plain):  # 0001000: cells run together, no number begins so
        return Printed(Look.GARBLED)
    if plain.isascii() and plain.isdigit() and len(plain) <= _LONGEST:
        return Printed(Look.NUMBER, Decimal(plain))
    if plain in _NOT_APPLICABLE:
        return Printed(Look.NOT_APPLICABLE)
    if plain in ("零", "〇"):
        return Printed(Look.NUMBER, Decimal(0))
    found = _CELL.fullmatch(plain)
    if found is None or len(found["digits"]) > _LONGEST:
        return Printed(Look.LABEL if _WORD.search(plain) else Look.GARBLED)
    digits, fraction = found["digits"], found["fraction"] or ""
    groups = digits.split()
    number = Decimal("".join(groups).replace(",", "") + "".join(fraction.split()))
    if found["sign"] and found["sign"][0] in "-减":
        number = -number
    unit = (found["unit"] or "").replace(" ", "") or (found["note"] if found["note"] in YUAN else None)
    # 1 234 is how some write a thousand; 1 2 may be two cells run together
    spaced = len(groups) > 1 and not (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    return Printed(Look.SPACED if spaced else Look.NUMBER, number, unit)


def to_value(printed: Printed, kind: Kind, unit: str | None = None, header_unit: str | None = None) -> Value:
    """Return the canonical value of what is printed in a cell of ``kind``.

    Args:
        printed: the cell, understood.
        kind: what the form has there.
        unit: the canonical unit of an amount, 元 or 万元.
        header_unit: the unit the header prints, for an amount whose cell prints none.

    A number that does not fit the cell (3.5 applications, a count in 万元) is `Missing.UNREADABLE`.
    """
    if printed.look is Look.BLANK:
        return Missing.BLANK
    if printed.look is Look.NOT_APPLICABLE:
        return Missing.NOT_APPLICABLE
    number = printed.number
    if number is None:
        return Missing.UNREADABLE
    if kind is Kind.AMOUNT:
        printed_unit = printed.unit or header_unit
        if printed_unit is None:
            return number
        if printed_unit not in YUAN:
            return Missing.UNREADABLE
        return _plain(number * YUAN[printed_unit] / YUAN[unit])
    if printed.unit in YUAN or number != int(number):
        return Missing.UNREADABLE
    return int(number)


@lru_cache(maxsize=65536)
def sound_count(text: str) -> int | None:
    """Return the count a cell holds if nothing about it is in doubt, None for anything else."""
    printed = look(text)
    if printed.look is not Look.NUMBER or printed.unit in YUAN:
        return None
    value = to_value(printed, Kind.COUNT)
    return value if isinstance(value, int) else None


def _plain(number: Decimal) -> Decimal:
    """Drop the zeros an exchange of units leaves behind: 21.83 万元 is 218300 yuan, not 218300.00."""
    trimmed = number.normalize()
    return trimmed.quantize(Decimal(1)) if trimmed == trimmed.to_integral() else trimmed


def runs(digits: str, parts: int) -> list[tuple[int, ...]]:
    """Return every way to cut a run of digits into ``parts`` numbers without leading zeros; none if there are too many.

    A part of the ways would be no ground to choose the only one that adds up.
    """
    found: list[tuple[int, ...]] = []

    def cut(start: int, left: int, before: tuple[int, ...]) -> None:
        if len(found) > _MOST_WAYS:
            return
        if left == 1:
            last = digits[start:]
            if last == "0" or last[:1] not in ("", "0"):
                found.append((*before, int(last)))
            return
        longest = 1 if digits[start] == "0" else len(digits) - start - left + 1
        for size in range(1, longest + 1):
            cut(start + size, left - 1, (*before, int(digits[start : start + size])))

    if parts <= len(digits) <= 24:
        cut(0, parts, ())
    return found if len(found) <= _MOST_WAYS else []
