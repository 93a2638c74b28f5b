"""Text from a document on its way to a terminal: nothing in it may act, hide or break a line."""

from __future__ import annotations

import re

__all__ = ["visible"]

_ACTING = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters: escape sequences, line ends
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, or turning the line
    "\ud800-\udfff"  # bytes of a file name that are no characters
    "\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """Return ``text`` on one line, with every control or invisible character written out as ``\\x1b``."""
    return _ACTING.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
