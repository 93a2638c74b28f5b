"""Lines of text → tables that have no rulings."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.documents.lines import Lines, blocks_of
from govinfo.documents.model import Paragraph, Table
from govinfo.documents.pages.lines import TextLine

__all__ = ["tables_of"]

_WIDE = 0.8
"""Of the font size: a gap no wider parts words, a wider one cells."""


def tables_of(lines: Sequence[TextLine]) -> list[TextLine | Table]:
    """Return lines in their order, those that are rows of a table as that table; its numbers mean nothing yet."""
    found: list[TextLine | Table] = []
    raw = [_raw(line) for line in lines]
    for block in blocks_of(Lines(raw, range(len(lines)), [line.page for line in lines])):
        if isinstance(block, Paragraph):
            found.append(lines[block.line])
        else:
            found.append(block)
    return found


def _raw(line: TextLine) -> str:
    """Return a line as a text file has it: cells parted by wide gaps."""
    parts = []
    end = None
    for word in line.words:
        if end is not None:
            parts.append("  " if word.x0 - end > _WIDE * line.size else " ")
        parts.append(word.text.replace("|", "｜"))
        end = word.x1
    return "".join(parts)
