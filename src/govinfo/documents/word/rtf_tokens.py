"""RTF → tokens: control words, escaped bytes, groups and plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from govinfo.documents.limits import MAX_RTF_MARKS, check_count
from govinfo.text import Text

__all__ = ["Token", "tokens"]

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})?\ ?"
    rb"|(?P<hex>(?:\\'[0-9A-Fa-f]{2}[\r\n]*){1,500})"
    rb"|\\(?P<symbol>[^A-Za-z])"
    rb"|(?P<brace>[{}])"
    rb"|(?P<plain>[^\\{}]+)"
    rb"|\\",
    re.VERBOSE | re.DOTALL,
)
_HEX = re.compile(rb"[^0-9A-Fa-f]+")


class Token(NamedTuple):
    """One token."""

    kind: str
    """``word``, ``symbol``, ``brace``, ``text`` (bytes to be printed)."""
    word: str = ""
    """Name of the control word; the symbol; the brace."""
    number: int | None = None
    """What stands behind the control word."""
    text: bytes = b""
    escaped: bool = False
    """The bytes were written as numbers: one that is skipped counts as one character."""


def tokens(content: bytes, name: str = "") -> Iterator[Token]:
    """Yield the tokens of a file; binary data is passed over.

    Raises:
        ReadError: ``too_large``.
    """
    marks = content.count(b"{") + content.count(b"\\") - content.count(b"\\'")
    check_count(marks, MAX_RTF_MARKS, Text("RTF 标记", "RTF marks"), name)
    at, end = 0, len(content)
    while at < end:
        found = _TOKEN.match(content, at)
        if found is None:
            return
        at = found.end()
        kind = found.lastgroup
        if kind == "plain":
            text = found[0].translate(None, b"\r\n\0")
            if text:
                yield Token("text", text=text)
        elif kind == "hex":
            yield Token("text", text=bytes.fromhex(_HEX.sub(b"", found[0]).decode()), escaped=True)
        elif kind in ("word", "number"):
            number = int(found["number"]) if found["number"] else None
            word = found["word"].decode()
            if word == "bin":
                at += max(number or 0, 0)
            else:
                yield Token("word", word, number)
        elif kind == "symbol":
            yield Token("symbol", found["symbol"].decode("latin-1"))
        elif kind == "brace":
            yield Token("brace", found[0].decode())
