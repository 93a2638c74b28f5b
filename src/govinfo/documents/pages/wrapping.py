"""Where lines end: did the next word not fit, or does something new begin?"""

from __future__ import annotations

import re

from govinfo.documents.kinds import ENUMERATOR

__all__ = ["begins_anew", "first_width", "joined_text"]

# A line never begins with a closing mark, never ends with an opening one, and keeps quotation marks to both sides.
_FIRST = re.compile(
    r"[（《〈「『【〔([{“‘]*"
    r"(?:[0-9A-Za-z.,%/:_@+-]+|.)"
    r"(?:[，。、；：？！）》〉」』】〕％…,.;:?!)\]}]|[“”‘’\"'].?)*",
    re.DOTALL,
)


def first_width(text: str) -> float:
    """Return how wide the part of a text is that must stand on one line, in font sizes."""
    found = _FIRST.match(text)
    first = found[0] if found else text[:1]
    return sum(0.5 if char.isascii() else 1.0 for char in first)


def begins_anew(text: str) -> bool:
    """Tell whether a text begins with a number such as （一） or 1. and so with something new."""
    return ENUMERATOR.match(text) is not None


def joined_text(before: str, after: str) -> str:
    """Put together what a line's end has parted."""
    apart = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if apart else before + after
