"""Numbers as a word processor writes them before headings: 1, 一, ①, 甲, iv."""

from __future__ import annotations

__all__ = ["numeral"]

_ZERO_TO_NINE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC")),
    *((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_COUNTING = {
    "chineseCounting",
    "chineseCountingThousand",
    "japaneseCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
_DIGITS = {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
_LEGALS = {"chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal"}
_RUNS = {
    # name: the first sign and how many follow each other in Unicode
    "decimalEnclosedCircle": ("①", 20),
    "decimalEnclosedCircleChinese": ("①", 20),
    "decimalEnclosedParen": ("⑴", 20),
    "decimalEnclosedFullstop": ("⒈", 20),
    "ideographEnclosedCircle": ("㊀", 10),
}
_LISTS = {"ideographTraditional": _STEMS, "ideographZodiac": _BRANCHES}
_MOST = 99_999
"""Words are made for no more; a document has not so many headings."""


def numeral(number: int, form: str) -> str:
    """Return a number in a format of the standard (``numFmt``), in Arabic digits where it has no sign for it."""
    if not 0 < number <= _MOST:
        return str(number)
    if form in _COUNTING:
        return _counted(number, _ZERO_TO_NINE.replace("〇", "零"), "十百千万", bare_ten=True)
    if form in _LEGALS:
        return _counted(number, _LEGAL, "拾佰仟万", bare_ten=False)
    if form in _DIGITS:
        return "".join(_ZERO_TO_NINE[int(digit)] for digit in str(number))
    if form in _RUNS:
        first, count = _RUNS[form]
        return chr(ord(first) + number - 1) if number <= count else str(number)
    if form in _LISTS:
        signs = _LISTS[form]
        return signs[number - 1] if number <= len(signs) else str(number)
    if form in ("decimalFullWidth", "decimalFullWidth2"):
        return "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * min(1 + (number - 1) // 26, 20)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and number < 4000:
        roman = ""
        for value, sign in _ROMAN:
            roman += sign * (number // value)
            number %= value
        return roman if form == "upperRoman" else roman.lower()
    return str(number)


def _counted(number: int, digits: str, units: str, *, bare_ten: bool) -> str:
    """Write a number below a hundred thousand as it is counted: 一十 is 十 in front, zeros between are one 零."""
    text = ""
    written = str(number)
    for place, digit in zip(range(len(written) - 1, -1, -1), written, strict=True):
        if digit != "0":
            text += digits[int(digit)] + (units[place - 1] if place else "")
        elif text and not text.endswith(digits[0]):
            text += digits[0]
    text = text.rstrip(digits[0])
    return text[1:] if bare_ten and text.startswith(digits[1] + units[0]) else text
