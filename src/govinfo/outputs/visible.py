"""Text from a document on its way out: nothing in it may act on a terminal, hide or break a line."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["ACTING", "json_text", "visible"]

ACTING = (
    "\x7f-\x9f"  # control characters
    "\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # invisible, or turning the line
    "\U000e0000-\U000e007f"
)
"""Characters that may act although they are no plain control characters, as a range of a regular expression."""
_UNSEEN = re.compile(
    f"[\x00-\x1f{ACTING}"  # escape sequences, line ends
    "\ud800-\udfff]"  # bytes of a file name that are no characters
)


def visible(text: str) -> str:
    """Return ``text`` on one line, with every control or invisible character written out as ``\\x1b``."""
    return _UNSEEN.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return a JSON value as it is written everywhere: Chinese as it is, what acts escaped, a line feed at the end."""
    import json  # 10 ms that checking a file does not need

    written = json.dumps(value, ensure_ascii=False, indent=indent)
    return re.sub(f"[{ACTING}]", lambda match: json.dumps(match[0])[1:-1], written) + "\n"
