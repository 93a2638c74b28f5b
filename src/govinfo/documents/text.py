"""Reads plain text and Markdown: one cell a line, bars, tabs, pipes, or columns of spaces."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.documents.cleaning import text_cleaner
from govinfo.documents.encoding import decode, looks_like_text
from govinfo.documents.limits import MAX_CELLS, MAX_LINES, check_count
from govinfo.documents.lines import Lines, blocks_of
from govinfo.documents.model import Document
from govinfo.text import Text

__all__ = ["accepts_text", "read_text"]


def accepts_text(content: bytes, name: str) -> float:
    """Anything can be tried as text, if only to say what it is instead; other readers that are surer go first."""
    return 0.5 if looks_like_text(content) else 0.05


def read_text(content: bytes, name: str) -> Document:
    """Read a text file; every line that is not part of a table is a paragraph.

    Raises:
        ReadError: ``empty``, ``binary``, ``unsupported`` or ``too_large``.
    """
    decoded = decode(content, name=name)
    text = decoded.text
    check_count(text.count("\n"), MAX_LINES, Text("行", "lines"), name)
    check_count(text.count("|") + text.count("\t"), MAX_CELLS, Text("单元格", "cells"), name)
    raw = text.split("\n")
    lines = Lines(raw, range(1, len(raw) + 1), _pages(raw) if "\f" in text else None, text_cleaner(text))
    return Document(
        blocks=tuple(blocks_of(lines)),
        name=name,
        format="text",
        encoding=decoded.encoding,
        problems=decoded.problems,
    )


def _pages(raw: Sequence[str]) -> list[int]:
    """Number the pages between form feeds; one before a line's text already counts for that line."""
    pages, page = [], 1
    for line in raw:
        breaks = line.count("\f")
        leading = line[: len(line) - len(line.lstrip())].count("\f") if breaks else 0
        pages.append(page + leading)
        page += breaks
    return pages
