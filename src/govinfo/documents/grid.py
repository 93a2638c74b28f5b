"""A table of a web page → rows of cells with exact columns."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Any

from govinfo.documents.limits import MAX_COLSPAN, MAX_ROWSPAN, MAX_STEPS, check_count
from govinfo.documents.markup import CellTexts
from govinfo.documents.model import Cell
from govinfo.text import Text

__all__ = ["grid"]

_NUMBER = re.compile(r"\s*\+?(\d{1,9})", re.ASCII)
_new = tuple.__new__


def grid(element: Any, table: int, texts: CellTexts, name: str = "") -> tuple[tuple[Cell, ...], ...]:
    """Lay out the cells of a table element that holds no other table.

    Rows without cells are dropped, as in every other layout. Raises `ReadError` ``too_large`` where merged cells
    would cost too much: ``rowspan`` and ``colspan`` are whatever the page says.
    """
    cells, ends, height = _cells(element)
    raw = texts.of(cells, element)
    left = len(set(ends) - {0})  # rows with cells: none reaches below them, and rowspan 0 means to their end
    rows: list[tuple[Cell, ...]] = []
    free_from: dict[int, int] = {}  # column → the first row, counting empty ones, that no cell from above covers there
    steps = start = 0
    for at, end in enumerate(ends):
        if end == start:
            continue
        row, col = len(rows) + 1, 1
        found = []
        for index in range(start, end):
            if free_from:
                while free_from.get(col, 0) > at:
                    col += 1
                    steps += 1
            cell = cells[index]
            get = cell.get
            across, down = get("colspan"), get("rowspan")
            colspan = rowspan = 1
            if across or down:
                colspan = min(_span(across), MAX_COLSPAN) or 1
                rowspan = min(_span(down) or MAX_ROWSPAN, MAX_ROWSPAN, height)
                if rowspan > 1:
                    free_from.update(dict.fromkeys(range(col, col + colspan), at + rowspan))
                    steps += colspan
                    rowspan = min(rowspan, left - row + 1)
            if steps > MAX_STEPS:
                check_count(steps, MAX_STEPS, Text("合并单元格所占的格", "places taken by merged cells"), name)
            line = cell.sourceline or 0
            found.append(_new(Cell, (texts[raw[index]], line, 1, table, row, col, rowspan, colspan, 0)))
            col += colspan
        rows.append(tuple(found))
        start = end
    return tuple(rows)


def _cells(element: Any) -> tuple[list[Any], list[int], int]:
    """Return the cells of a table, how many there are before each row and in all, and the most rows it can have."""
    cells, rows = list(element.iter("td", "th")), list(element.iter("tr"))
    ends = list(accumulate(map(len, rows), initial=0))
    if ends[-1] == len(cells) and all(
        start == end or (cells[start].getparent() is row and cells[end - 1].getparent() is row)
        for row, start, end in zip(rows, ends, ends[1:], strict=False)
    ):
        return cells, ends, len(cells) + len(rows)  # rows hold cells and nothing else, as they should
    cells, ends = [], []
    for node in element.iter("tr", "td", "th"):
        if node.tag == "tr":
            ends.append(len(cells))
        else:
            cells.append(node)
    ends.append(len(cells))
    return cells, ends, len(cells) + len(rows)


def _span(value: str | None) -> int:
    """Return a span as a browser reads it: leading digits, otherwise 1."""
    number = _NUMBER.match(value or "")
    return int(number[1]) if number else 1
