"""A table of a web page → rows of cells with exact columns."""

from __future__ import annotations

import re
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
    nodes = list(element.iter("tr", "td", "th"))
    tags = [node.tag for node in nodes]
    raw = iter(texts.of([node for node, tag in zip(nodes, tags, strict=True) if tag != "tr"], element))
    height = len(nodes)  # of the table, at most
    rows: list[tuple[Cell, ...]] = []
    cells: list[Cell] = []
    free_from: dict[int, int] = {}  # column → the first row, counting empty ones, that no cell from above covers there
    at, row, col, steps = 0, 1, 1, 0
    for node, tag in zip(nodes, tags, strict=True):
        if tag == "tr":
            at += 1
            col = 1
            if cells:
                rows.append(tuple(cells))
                cells = []
                row += 1
            continue
        if free_from:
            while free_from.get(col, 0) > at:
                col += 1
                steps += 1
        get = node.get
        across, down = get("colspan"), get("rowspan")
        colspan = rowspan = 1
        if across or down:
            colspan = min(_span(across), MAX_COLSPAN) or 1
            rowspan = min(_span(down) or MAX_ROWSPAN, MAX_ROWSPAN, height)
            if rowspan > 1:
                free_from.update(dict.fromkeys(range(col, col + colspan), at + rowspan))
                steps += colspan
        if steps > MAX_STEPS:
            check_count(steps, MAX_STEPS, Text("合并单元格所占的格", "places taken by merged cells"), name)
        cells.append(_new(Cell, (texts[next(raw)], node.sourceline or 0, 1, table, row, col, rowspan, colspan, 0)))
        col += colspan
    if cells:
        rows.append(tuple(cells))
    return _within(rows) if free_from else tuple(rows)


def _within(rows: list[tuple[Cell, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """Shorten the cells that would reach below the table: no browser lets them, and 0 means to its end."""
    height = len(rows)
    return tuple(
        tuple(cell if cell.rowspan <= height - index else cell._replace(rowspan=height - index) for cell in row)
        for index, row in enumerate(rows)
    )


def _span(value: str | None) -> int:
    """Return a span as a browser reads it: leading digits, otherwise 1."""
    number = _NUMBER.match(value or "")
    return int(number[1]) if number else 1
