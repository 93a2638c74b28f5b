"""What cells of a sheet are called, and how a row of a sheet becomes a line of the document.

Lines must never go down within a document, and a person looks for the row of the sheet. So every sheet has its own
2²⁰ lines, as many as a sheet can have rows: on the first sheet the line is the row.
"""

from __future__ import annotations

import re

__all__ = ["MAX_COLS", "SHEET_ROWS", "letters", "line_of", "place_of", "range_of", "row_of"]

SHEET_ROWS = 1 << 20
"""Rows a sheet can have."""

MAX_COLS = 1 << 14
"""Columns a sheet can have."""

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def line_of(page: int, row: int) -> int:
    """Return the line of a row of a sheet, both from 1."""
    return (page - 1) * SHEET_ROWS + row


def row_of(line: int) -> int:
    """Return the row of the sheet a line is."""
    return (line - 1) % SHEET_ROWS + 1


def letters(col: int) -> str:
    """Return what a column is called: 1 is A, 28 is AB."""
    name = ""
    while col > 0:
        col, letter = divmod(col - 1, 26)
        name = chr(65 + letter) + name
    return name


def place_of(name: str) -> tuple[int, int] | None:
    """Return row and column of a cell by its name, D12; None where no sheet has such a cell."""
    found = _CELL.fullmatch(name)
    if found is None:
        return None
    col = 0
    for letter in found[1].upper():
        col = col * 26 + ord(letter) - 64
    row = int(found[2])
    return (row, col) if 1 <= row <= SHEET_ROWS and col <= MAX_COLS else None


def range_of(name: str) -> tuple[int, int, int, int] | None:
    """Return top, left, bottom and right of a range by its name, A1:C2; None where there is no such."""
    first, _, last = name.partition(":")
    start, end = place_of(first), place_of(last or first)
    if start is None or end is None:
        return None
    return min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
