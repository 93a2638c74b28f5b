"""Raw text → text as printed: odd spaces, invisible characters, entities and marks of Markdown.

What needs doing is looked for once in the whole file: most files have little of it, and all have hundreds of cells.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from govinfo.documents.rows import Clean

__all__ = ["clean_markup", "text_cleaner"]

_SPACES = "\xa0\u2007\u202f"
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\xad"
_ODD = [*((char, " ") for char in _SPACES), *((char, "") for char in _INVISIBLE)]

_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+")
_MARKDOWN_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|<>~])")
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def clean_markup(piece: str) -> str:
    """Turn no-break spaces into spaces and remove invisible characters; do not strip."""
    if not piece.isprintable():  # nothing printable is among them
        for char, into in _ODD:
            piece = piece.replace(char, into)
    return piece


def text_cleaner(text: str) -> Clean | None:
    """Return what makes a field or paragraph of a text file read as printed, or None where nothing needs doing."""
    steps: list[Callable[[str], str]] = []
    if "<br" in text or "<BR" in text:
        steps.append(lambda piece: _LINE_BREAK.sub("\n", piece))
    if "\\" in text:
        steps.append(lambda piece: _MARKDOWN_ESCAPE.sub(r"\1", piece) if "\\" in piece else piece)
    if "&" in text:
        steps.append(lambda piece: html.unescape(piece) if "&" in piece else piece)
        text = html.unescape(text)  # entities can stand for odd characters, too
    if any(char in text for char, _ in _ODD):
        steps.append(clean_markup)
    if "**" in text:
        steps.append(lambda piece: piece.replace("**", ""))
    if "# " in text or "#\t" in text:
        steps.append(lambda piece: _MARKDOWN_HEADING.sub("", piece, count=1) if piece[:1] == "#" else piece)
    if not steps:
        return None

    def clean(piece: str) -> str:
        for step in steps:
            piece = step(piece)
        return piece.strip()

    return clean
