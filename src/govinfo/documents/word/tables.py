"""A table of a Word document → rows of cells with exact columns."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import NamedTuple

from govinfo.documents.word.story import RawCell, RawTable

__all__ = ["Placed", "lay_out"]

_NARROW = 114
"""Twentieths of a point, 2 mm: edges nearer to each other are one edge that was not drawn quite straight."""


class Placed(NamedTuple):
    """A cell where it begins."""

    cell: RawCell
    col: int
    rowspan: int
    colspan: int


class _Span(NamedTuple):
    """A cell by the edges of the grid it lies between."""

    cell: RawCell
    start: int
    end: int


def lay_out(table: RawTable) -> list[list[Placed]]:
    """Lay out the cells of a table.

    Columns are those its cells have: the grid of a table whose lines were moved by hand has many more. Cells that
    continue a merged one are left out, with what they hold, as a person does not see it; so are rows of nothing else.
    """
    rows = [_spans(row.before, row.cells) for row in table.rows]
    columns = _columns(rows, table.widths)
    heights: dict[RawCell, int] = {}  # the last row a merged cell reaches
    begins: list[list[_Span]] = []
    above: dict[tuple[int, int], RawCell] = {}
    for index, row in enumerate(rows):
        own: list[_Span] = []
        merged: dict[tuple[int, int], RawCell] = {}
        for span in row:
            place = columns[span.start], columns[span.end]
            begun = above.get(place) if span.cell.down == "continue" else None
            if begun is None:
                own.append(span)
                begun = span.cell
            if span.cell.down:
                merged[place] = begun
            heights[begun] = index
        begins.append(own)
        above = merged
    kept = list(accumulate((bool(row) for row in begins), initial=0))  # rows before each that are not empty
    return [
        [
            Placed(
                span.cell,
                columns[span.start] + 1,
                kept[heights[span.cell] + 1] - kept[index],
                columns[span.end] - columns[span.start],
            )
            for span in row
        ]
        for index, row in enumerate(begins)
        if row
    ]


def _spans(before: int, cells: list[RawCell]) -> list[_Span]:
    """Return where the cells of a row lie on the grid, those merged in the row as one."""
    found: list[_Span] = []
    at = before
    for cell in cells:
        end = at + cell.span
        if cell.across and found:
            found[-1] = found[-1]._replace(end=end)
        else:
            found.append(_Span(cell, at, end))
        at = end
    return found


def _columns(rows: list[list[_Span]], widths: list[int]) -> dict[int, int]:
    """Return the column, from 0, that begins at each edge of the grid."""
    edges = sorted({0, *(edge for row in rows for span in row for edge in (span.start, span.end))})
    x = list(accumulate(widths, initial=0))
    if edges[-1] < len(x):
        snapped: dict[int, int] = {}
        first, column = edges[0], -1
        for edge in edges:
            if column < 0 or x[edge] - x[first] >= _NARROW:
                first, column = edge, column + 1
            snapped[edge] = column
        if all(snapped[span.start] < snapped[span.end] for row in rows for span in row):
            return snapped
    return {edge: bisect_left(edges, edge) for edge in edges}
