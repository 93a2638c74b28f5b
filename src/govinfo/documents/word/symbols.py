"""Signs a Word document names by font and number instead of writing them."""

from __future__ import annotations

__all__ = ["symbol"]

_TICKS = {
    ("wingdings", 0x6C): "●",
    ("wingdings", 0x6E): "■",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0x71): "□",
    ("wingdings", 0xA1): "○",
    ("wingdings", 0xA8): "□",
    ("wingdings", 0xFB): "×",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFD): "☒",
    ("wingdings", 0xFE): "☑",
    ("wingdings 2", 0x4F): "×",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0x51): "☒",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0xA3): "□",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB8): "÷",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB7): "·",
}
_UNKNOWN = "\ufffd"
"""Something stands there, and nobody can say what without the font: no figure either."""


def symbol(font: str, code: str) -> str:
    """Return the character of a ``w:sym``; fonts of signs put theirs where other fonts have letters."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    font = font.lower()
    if 0xF000 <= number <= 0xF0FF:
        number -= 0xF000
    elif number > 0xFF and not 0xD800 <= number <= 0xDFFF and number <= 0x10FFFF:
        return chr(number)
    known = _TICKS.get((font, number))
    if known is not None:
        return known
    if font in ("webdings", "zapfdingbats", "marlett") or font.startswith("wingdings"):
        return _UNKNOWN
    if font == "symbol" and chr(number).isalpha():
        return _UNKNOWN  # Greek letters stand where Latin ones are
    return chr(number) if chr(number).isprintable() else _UNKNOWN
