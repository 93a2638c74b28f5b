"""A line of text → the cells of a row, one function for each way of separating them."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from govinfo.documents.kinds import ENUMERATOR, FIGURE
from govinfo.documents.model import Cell

__all__ = ["Clean", "Fields", "RowMaker", "Where", "barred", "piped", "spaced", "tabbed"]

Clean = Callable[[str], str]
"""Turns the raw text of a field into the text as printed, stripped."""

Where = tuple[int, int, int, int]
"""(line, page, table, row) of a row."""


class Fields(dict[str, tuple[str, int]]):
    """Raw field → (its text as printed, characters of white space before it).

    A memo: most of the hundreds of fields of a report are one of few different ones.
    """

    def __init__(self, clean: Clean | None = None) -> None:
        super().__init__()
        self._clean = clean

    def __missing__(self, raw: str) -> tuple[str, int]:
        text = raw.strip()
        before = raw.index(text[0]) if text and text != raw else 0
        self[raw] = found = (self._clean(text) if self._clean and text else text, before)
        return found


RowMaker = Callable[[str, Where, Fields], tuple[Cell, ...]]

# Cells are most of the work of reading; this skips the argument handling of the generated __new__.
_new = tuple.__new__
_BAR = re.compile(r"(?<!\\)\|")
_WORD = re.compile(r"\S+")
_LOST_SPACE = "?？"
"""What is left, before a figure, of a space that an encoding did not have."""


def tabbed(raw: str, where: Where, fields: Fields) -> tuple[Cell, ...]:
    """Return the fields of a tab-separated row, empty ones included."""
    return _cells(raw.split("\t"), where, fields)


def piped(lead: bool, trail: bool) -> RowMaker:
    """Return a reader of pipe rows; ``lead`` and ``trail``: the table has outer bars, no cells, on that side."""

    def row(raw: str, where: Where, fields: Fields) -> tuple[Cell, ...]:
        parts = _split(raw)
        first, last = not parts[0].strip(), not parts[-1].strip()
        # A row with a bar at both ends has outer bars even where its neighbours lost theirs.
        both = first and last and len(parts) > 2
        column = 1
        if first and (lead or both):
            column += len(parts.pop(0)) + 1
        if last and (trail or both) and parts:
            parts.pop()
        return _cells(parts, where, fields, column)

    return row


def barred(raw: str, fields: Fields) -> list[tuple[str, int]]:
    """Return (text, column) of the cells of a cell-and-bar line: what stands before each bar, or behind the last."""
    parts = _split(raw)
    if not parts[-1] or parts[-1].isspace():
        parts.pop()
    found, column = [], 1
    for part in parts:
        text, before = fields[part]
        found.append((text, column + before))
        column += len(part) + 1
    return found


def spaced(raw: str, where: Where, fields: Fields) -> tuple[Cell, ...]:
    """Return the fields of a row separated by spaces.

    Wide gaps separate; so does any space beside a figure, and any space in a row that has neither: a header. A number
    such as （一） or 1. belongs to the words behind it.
    """
    words = [(found.start(), found.end(), found.group()) for found in _WORD.finditer(raw)]
    figures = [FIGURE.fullmatch(word) is not None for _, _, word in words]
    gaps = [after[0] - before[1] > 1 or raw[before[1]] == "\u3000" for before, after in pairwise(words)]
    header = not any(figures) and not any(gaps)
    beside = [gap for gap, pair in zip(gaps, pairwise(figures), strict=True) if all(pair)]
    wide = 2 * sum(beside) > len(beside)  # figures stand far apart: a single space is inside one
    spans: list[tuple[int, int]] = []
    for index, (start, end, word) in enumerate(words):
        near = bool(spans) and not gaps[index - 1] and figures[index]
        if near and ((wide and figures[index - 1]) or words[index - 1][2] in _LOST_SPACE):
            spans[-1] = spans[-1][0], end
            continue
        if spans and not (gaps[index - 1] or figures[index] or figures[index - 1]):
            begin, stop = spans[-1]
            if ENUMERATOR.fullmatch(raw, begin, stop) or not (header or ENUMERATOR.match(word)):
                spans[-1] = begin, end
                continue
        spans.append((start, end))
    line, page, table, row = where
    return tuple(
        Cell(fields[raw[start:end]][0], line, start + 1, table, row, col, 1, 1, page)
        for col, (start, end) in enumerate(spans, 1)
    )


def _split(raw: str) -> list[str]:
    return _BAR.split(raw) if "\\" in raw else raw.split("|")


def _cells(parts: list[str], where: Where, fields: Fields, column: int = 1) -> tuple[Cell, ...]:
    """Return the parts of a line with one separator between, the first beginning at ``column``, as a row."""
    line, page, table, row = where
    cells = []
    for col, part in enumerate(parts, 1):
        text, before = fields[part]
        cells.append(_new(Cell, (text, line, column + before, table, row, col, 1, 1, page)))
        column += len(part) + 1
    return tuple(cells)
