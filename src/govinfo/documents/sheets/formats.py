"""A stored number and its number format → what a person sees in the cell.

What is shown is what was published, so the format decides. Three things it may not do: hide a zero, drop the sign of a
number, or make us guess. A zero that is stored is read as 0 also where the format shows ``-`` or nothing; a format that
is not understood gives ``#####``, which is no figure.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from govinfo.documents.sheets.model import RemarkKind

__all__ = ["BUILTIN", "UNKNOWN", "Shown", "number_of", "plain", "shown", "uncalculated"]

UNKNOWN = "#####"
"""What stands for a number whose printed form could not be told; spreadsheets show this where one does not fit."""

BUILTIN: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy/m/d h:mm",
    **dict.fromkeys((14, 15, 16, 17, 29, 30, 36, 50, 53, 54, 56, 57, 58), "yyyy/m/d"),
    **dict.fromkeys((27, 28, 31, 51, 52, 55), 'yyyy"年"m"月"d"日"'),
    **dict.fromkeys((32, 33, 34, 35, 45, 46, 47), "h:mm:ss"),
    5: '"¥"#,##0;-"¥"#,##0',
    6: '"¥"#,##0;-"¥"#,##0',
    7: '"¥"#,##0.00;-"¥"#,##0.00',
    8: '"¥"#,##0.00;-"¥"#,##0.00',
    37: "#,##0;-#,##0",
    38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00",
    48: "##0.0E+0",
    41: '#,##0;-#,##0;"-"',
    42: '"¥"#,##0;-"¥"#,##0;"-"',
    43: '#,##0.00;-#,##0.00;"-"',
    44: '"¥"#,##0.00;-"¥"#,##0.00;"-"',
    49: "@",
}
"""Formats known by number, as Chinese editions show them."""

_NUMBER = re.compile(r"\s*[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\s*")
_TOKEN = re.compile(
    r"""(?P<literal>"[^"]*"?|\\.|!.)|(?P<space>_.)|(?P<fill>\*.)|(?P<bracket>\[[^\]]*\])
    |(?P<general>(?i:General)|G/通用格式)|(?P<exponent>[Ee][+-])|(?P<noon>AM/PM|A/P|上午/下午)
    |(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<slash>/)
    |(?P<date>[yYmMdDhHsSeEgGaAbB]+)|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SECTION = re.compile(r""";(?=(?:[^"]*"[^"]*")*[^"]*$)""")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[0-9.]{1,20})\]")
_DIGITS = re.compile(r"[0-9]")
_LONGEST_FORMAT = 255
_NOISE = Decimal("1e-11")
"""What floating-point arithmetic leaves behind, in proportion."""


class Shown(NamedTuple):
    """What a person sees."""

    text: str
    remark: RemarkKind | None = None


class _Section(NamedTuple):
    tokens: tuple[tuple[str, str], ...]
    condition: tuple[str, Decimal] | None

    def has(self, *kinds: str) -> bool:
        return any(kind in kinds for kind, _ in self.tokens)


def number_of(text: str | float) -> Decimal | None:
    """Return a stored number as spreadsheets show it at most, with fifteen digits; None for anything else."""
    if isinstance(text, str):
        if len(text) > 40 or not _NUMBER.fullmatch(text):
            return None
        text = float(text)
    if text != text or text in (float("inf"), float("-inf")):
        return None
    return Decimal(f"{text:.15g}")


def plain(value: Decimal) -> str:
    """Return a number as cells without a format show it: 3.0 is 3."""
    if value == 0:
        return "0"
    if not -10 < value.adjusted() < 21:
        return f"{value.normalize():E}"
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def uncalculated(formula: str) -> str:
    """Return what stands for a formula that has no result: itself, which is no figure."""
    return f"={formula}" if formula.isascii() and len(formula) < 60 else "="


def shown(value: Decimal, code: str, *, from_1904: bool = False, show_zeros: bool = True) -> Shown:
    """Return what a cell shows.

    Args:
        value: the stored number.
        code: the number format, as written in the file.
        from_1904: days are counted from 1904.
        show_zeros: False where the sheet shows zeros as blank cells.
    """
    if value == 0 and not show_zeros:
        return Shown("0", "zero")
    sections = _sections(code) if len(code) <= _LONGEST_FORMAT else None
    chosen = _choose(sections, value) if sections else None
    if chosen is None:
        return Shown(UNKNOWN, "unknown_format")
    section, signed = chosen
    if section.has("general", "text") and not section.has("digit", "date", "exponent"):
        text, seen = _with_literals(section, plain(value if not signed else abs(value))), abs(value)
    elif section.has("date") or any(kind == "elapsed" for kind, _ in section.tokens):
        return _date(value, section, from_1904)
    elif section.has("exponent", "slash"):
        return Shown(UNKNOWN, "unknown_format")
    elif not section.has("digit"):
        text, seen = _with_literals(section, ""), abs(value)
    else:
        drawn = _draw(section, abs(value))
        if drawn is None:
            return Shown(UNKNOWN, "unknown_format")
        text, seen = drawn
        if value < 0 and not signed and seen:
            text = f"-{text}"
    return _settled(text.strip(), value, seen)


def _settled(text: str, value: Decimal, seen: Decimal) -> Shown:
    """Say where what is shown is not what is stored; give zeros and signs their due."""
    if not _DIGITS.search(text):
        return Shown("0", "zero") if value == 0 else Shown(text, "hidden_figure")
    if value < 0 and seen and "-" not in text:
        text = "-" + text.strip("() ")
    return Shown(text, "rounded" if abs(abs(value) - seen) > abs(value) * _NOISE else None)


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[_Section, ...]:
    sections: list[_Section] = []
    for part in _SECTION.split(code or "General"):
        condition = _CONDITION.search(part)
        limit = number_of(condition[2]) if condition else None
        tokens = tuple(_token(found) for found in _TOKEN.finditer(part))
        sections.append(_Section(tokens, (condition[1], limit) if condition and limit is not None else None))
    return tuple(sections)


def _token(found: re.Match[str]) -> tuple[str, str]:
    kind, text = str(found.lastgroup), found[0]
    if kind == "literal":
        return "literal", text.strip('"') if text[0] == '"' else text[1:]
    if kind == "space":
        return "literal", " "
    if kind == "fill":
        return "literal", ""
    if kind == "other":
        return "literal", text
    if kind == "bracket":
        inside = text[1:-1]
        if re.fullmatch(r"[hH]+|[mM]+|[sS]+", inside):
            return "elapsed", inside
        return "literal", inside[1:].partition("-")[0] if inside.startswith("$") else ""
    return kind, text


def _choose(sections: tuple[_Section, ...], value: Decimal) -> tuple[_Section, bool] | None:
    """Return the section for a number, and whether it is one that gives the sign itself."""
    numeric = sections[:3] if len(sections) > 3 else sections
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or _holds(section.condition, value):
                return section, False
        return None
    if len(numeric) == 1:
        return numeric[0], False
    if value < 0:
        return numeric[1], True
    return numeric[2 if value == 0 and len(numeric) > 2 else 0], False


def _holds(condition: tuple[str, Decimal], value: Decimal) -> bool:
    sign, limit = condition
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def _with_literals(section: _Section, number: str) -> str:
    return "".join(
        number if kind in ("general", "text") else text
        for kind, text in section.tokens
        if kind in ("general", "text", "literal", "point", "comma")
    )


def _draw(section: _Section, value: Decimal) -> tuple[str, Decimal] | None:
    """Lay the digits of a number over the places a format has for them; return also what the text says as a number.

    A percentage says what it means, not what it looks like.
    """
    tokens = section.tokens
    digits = [at for at, (kind, _) in enumerate(tokens) if kind == "digit"]
    points = [at for at, (kind, _) in enumerate(tokens) if kind == "point"]
    point = points[0] if points else len(tokens)
    first, last = digits[0], digits[-1]
    whole = [at for at in digits if at < point]
    places = [tokens[at][1] for at in digits if at > point]
    commas = [at for at, (kind, _) in enumerate(tokens) if kind == "comma"]
    end = whole[-1] if whole else point
    thousands = any(first < at < end for at in commas)
    scale = sum(at > end and (at < point or at > last) for at in commas)
    percent = sum(kind == "percent" for kind, _ in tokens)
    inner = [at for at in range(first, last) if tokens[at][0] == "literal" and tokens[at][1]]
    if len(points) > 1 or (inner and (points or thousands)):
        return None
    scaled = value.scaleb(2 * percent - 3 * scale)
    if scaled.adjusted() > 20:
        return None
    rounded = scaled.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    text = f"{rounded:f}"
    integer, _, fraction = text.partition(".")
    while places and places[-1] != "0" and fraction.endswith("0"):
        places, fraction = places[:-1], fraction[:-1]
    least = sum(tokens[at][1] == "0" for at in whole)
    integer = integer.lstrip("0").zfill(least)
    if inner:
        tens = len(whole) - _behind(section, inner) if any(tokens[at][1] == "." for at in inner) else 0
        return _interleaved(section, integer), rounded.scaleb(-tens)
    if thousands:
        integer = f"{int(integer or 0):,}".zfill(least) if integer else integer
    number = integer + (f".{fraction}" if points and (fraction or len(places)) else "")
    before = "".join(text for kind, text in tokens[:first] if kind in ("literal", "percent"))
    after = "".join(text for kind, text in tokens[last + 1 :] if kind in ("literal", "percent"))
    return before + number + after, rounded.scaleb(-2 * percent)


def _behind(section: _Section, inner: list[int]) -> int:
    """Return how many places for digits there are before the literal that stands among them."""
    return sum(kind == "digit" for kind, _ in section.tokens[: inner[0]])


def _interleaved(section: _Section, integer: str) -> str:
    """Lay digits over places that have literals among them, from the right: ``0!.0,`` shows tens of thousands."""
    left, shown_text = integer, ""
    count = sum(kind == "digit" for kind, _ in section.tokens)
    for kind, text in reversed(section.tokens):
        if kind == "digit":
            count -= 1
            take = left if count == 0 else left[-1:]
            left = left[: len(left) - len(take)]
            shown_text = (take or ("0" if text == "0" else "")) + shown_text
        elif kind in ("literal", "percent"):
            shown_text = text + shown_text
    return shown_text


def _date(value: Decimal, section: _Section, from_1904: bool) -> Shown:
    """Show a day or a time; in Chinese where the format is."""
    days = value + (1462 if from_1904 else 0)
    if section.has("elapsed") or not 0 <= days < 2_958_466:
        return Shown(UNKNOWN, "unknown_format")
    base = dt.datetime(1899, 12, 30) if days >= 60 else dt.datetime(1899, 12, 31)
    moment = base + dt.timedelta(seconds=round(float(days) * 86400))
    runs = "".join(text.lower() for kind, text in section.tokens if kind == "date")
    chinese = any(kind == "literal" and ("年" in text or "月" in text) for kind, text in section.tokens)
    timed = "h" in runs or "s" in runs
    date = [
        (f"{moment.year}", "年", bool({"y", "e"} & set(runs))),
        (f"{moment.month}" if chinese else f"{moment.month:02}", "月", "m" in runs and (not timed or "y" in runs)),
        (f"{moment.day}" if chinese else f"{moment.day:02}", "日", "d" in runs),
    ]
    parts = [(text, unit) for text, unit, there in date if there]
    day = "".join(text + unit for text, unit in parts) if chinese else "-".join(text for text, _ in parts)
    time = moment.strftime("%H:%M:%S" if "s" in runs else "%H:%M") if timed else ""
    return Shown(" ".join(filter(None, (day, time))) or UNKNOWN)
