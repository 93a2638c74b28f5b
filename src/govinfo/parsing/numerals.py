"""Chinese numerals: 十二, 一百零三, 两万三千."""

from __future__ import annotations

__all__ = ["chinese_number"]

_LONGEST = 15
_SAME = str.maketrans("〇两", "零二")
_DIGITS = "零一二三四五六七八九"
_UNITS = {"千": 1000, "百": 100, "十": 10}


def chinese_number(text: str) -> int | None:
    """Return the number a Chinese numeral writes, below 10^8; None for anything else, and for what only looks like one.

    >>> chinese_number("十二"), chinese_number("一百零三"), chinese_number("两"), chinese_number("三五")
    (12, 103, 2, None)
    """
    text = text.translate(_SAME)
    if not 0 < len(text) <= _LONGEST:
        return None
    value = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS.index(char)
        elif char in _UNITS:
            value, digit = value + (digit or 1) * _UNITS[char], 0
        elif char == "万" and value + digit < 10_000:
            value, digit = (value + digit) * 10_000, 0
        else:
            return None
    value += digit
    if value >= 10**8:
        return None
    # only what is said just so: 三五件 is three to five, 一百五 is a hundred and fifty
    said = _said(value)
    return value if text == said or (text[0] == "十" and f"一{text}" == said) else None


def _said(value: int) -> str:
    if value >= 10_000:
        low = value % 10_000
        return f"{_said(value // 10_000)}万" + (("零" if low < 1000 else "") + _said(low) if low else "")
    for unit, size in _UNITS.items():
        if value >= size:
            low = value % size
            return _DIGITS[value // size] + unit + (("零" if low < size // 10 else "") + _said(low) if low else "")
    return _DIGITS[value]
