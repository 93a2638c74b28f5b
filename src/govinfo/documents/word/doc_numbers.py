"""Numbers as Word writes them in front of paragraphs: 一、 （二） ③ iv."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["written"]

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ROMAN: tuple[tuple[int, str], ...] = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST = 9999


def _counted(digits: str, units: str, number: int) -> str:
    """Write a number with units: 12 is 十二, 105 一百零五."""
    text = ""
    zero = False
    for place, unit in zip((1000, 100, 10, 1), (*units[::-1], ""), strict=True):
        digit = number // place % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + unit
            zero = False
        else:
            zero = True
    ten = digits[1] + units[0]
    return text[1:] if text.startswith(ten) and digits is _DIGITS else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _one_of(characters: str) -> Callable[[int], str]:
    return lambda number: characters[number - 1] if number <= len(characters) else str(number)


def _run(first: str, count: int = 20) -> str:
    return "".join(chr(ord(first) + step) for step in range(count))


def _by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _counting(number: int) -> str:
    return _counted(_DIGITS, "十百千", number)


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


_WAYS: dict[int, Callable[[int], str]] = {
    1: lambda number: _roman(number).upper(),
    2: _roman,
    3: lambda number: _letters(number).upper(),
    4: _letters,
    10: _by_digit,
    11: _counting,
    14: _full_width,
    16: _counting,
    18: _one_of(_run("①")),
    19: _full_width,
    22: lambda number: f"{number:02}",
    26: _one_of(_run("⒈")),
    27: _one_of(_run("⑴")),
    28: _one_of(_run("①")),
    29: _one_of(_run("㈠", 10)),
    30: _one_of(_STEMS),
    31: _one_of(_BRANCHES),
    32: lambda number: _STEMS[(number - 1) % 10] + _BRANCHES[(number - 1) % 12],
    33: _counting,
    34: lambda number: _counted(_LEGAL_TRADITIONAL, "拾佰仟", number),
    35: _counting,
    36: _by_digit,
    37: _counting,
    38: lambda number: _counted(_LEGAL, "拾佰仟", number),
    39: _counting,
    40: _by_digit,
}
"""By number of the format ([MS-OSHARED] 2.2.1.3)."""


def written(number: int, way: int) -> str:
    """Return a number in a way of writing; as 12 where that way is not known or does not go so far."""
    if not 1 <= number <= _MOST or way not in _WAYS:
        return str(number)
    return _WAYS[way](number)
