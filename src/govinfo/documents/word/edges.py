"""Rows whose cells say where their edges are → a grid with exact columns.

Word and RTF do not number columns: every row says for itself how wide its cells are. Cells whose edges meet stand in
one column; edges a millimetre apart, as they are when somebody drags them, are one edge.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import accumulate
from typing import Literal, NamedTuple

from govinfo.documents.limits import MAX_CELLS, check_count
from govinfo.documents.model import Cell
from govinfo.text import Text

__all__ = ["CellShape", "Down", "RowShape", "lay_out"]

Down = Literal["", "begins", "goes_on"]
"""How a cell is merged with those below and above it."""

_SAME = 72
"""Twips (1/20 point) between edges that are one: 1.3 mm, while a column of one digit takes 4 mm."""
_WIDTH = 1000
"""Twips given to a cell whose row does not say how wide it is."""


class CellShape(NamedTuple):
    """What a row says of one of its cells."""

    right: int
    """Its right edge in twips."""
    covered: bool = False
    """It is merged into the cell to its left, and what it holds is not shown."""
    down: Down = ""


class RowShape(NamedTuple):
    """What a row says of its cells."""

    left: int
    """The left edge of its first cell in twips."""
    cells: tuple[CellShape, ...]


class _Placed(NamedTuple):
    text: str
    left: int
    right: int
    down: Down


Row = tuple[Sequence[str], RowShape | None]


def lay_out(rows: Sequence[Row], table: int, line: int, name: str = "") -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table with their cells in columns, as `govinfo.documents.model.Table` has them.

    Args:
        rows: the texts of each row's cells, and its shape where it says one.
        table: its number.
        line: of its first row; each row is a line.
        name: the file, for errors.

    Raises:
        ReadError: ``too_large``, rows say they have more cells than a table may.
    """
    placed: list[list[_Placed]] = []
    count = 0
    for texts, shape in _with_shapes(rows):
        count += max(len(texts), len(shape.cells))
        check_count(count, MAX_CELLS, Text("单元格", "cells"), name)
        placed.append(_placed(texts, shape))
    column = _columns(placed)
    found: list[list[Cell]] = []
    open_above: dict[tuple[int, int], tuple[int, int]] = {}
    """Column and width → row and position of the merged cell that the row above was part of."""
    for number, row in enumerate(placed):
        cells: list[Cell] = []
        still_open: dict[tuple[int, int], tuple[int, int]] = {}
        for one in row:
            col, end = column(one.left), column(one.right)
            key = (col, end - col)
            if one.down == "goes_on" and key in open_above:
                begun = still_open[key] = open_above[key]
                above = found[begun[0]][begun[1]]
                found[begun[0]][begun[1]] = above._replace(rowspan=above.rowspan + 1)
                continue
            if one.down:
                still_open[key] = (number, len(cells))
            cells.append(Cell(one.text, line + number, 1, table, 0, col, 1, end - col))
        found.append(cells)
        open_above = still_open
    return _numbered(found)


def _numbered(rows: list[list[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """Leave rows without a cell of their own out, and number those that stay."""
    kept = list(accumulate((bool(row) for row in rows), initial=0))
    return tuple(
        tuple(
            cell._replace(row=kept[number] + 1, rowspan=max(1, kept[number + cell.rowspan] - kept[number]))
            for cell in row
        )
        for number, row in enumerate(rows)
        if row
    )


def _with_shapes(rows: Sequence[Row]) -> list[tuple[Sequence[str], RowShape]]:
    """Give every row a shape: that of a row with as many cells, or else cells of one width."""
    by_count: dict[int, RowShape] = {}
    for _, shape in rows:
        if shape is not None and shape.cells:
            by_count.setdefault(len(shape.cells), shape)
    known = _apart(sorted({edge for shape in by_count.values() for edge in _edges(shape)}), _SAME)
    found: list[tuple[Sequence[str], RowShape]] = []
    for texts, shape in rows:
        if shape is None or not shape.cells:
            like = by_count.get(len(texts))
            if like is not None:
                shape = RowShape(like.left, tuple(CellShape(cell.right) for cell in like.cells))
            else:
                edges = known if len(known) > len(texts) else [_WIDTH * n for n in range(len(texts) + 1)]
                shape = RowShape(edges[0], tuple(CellShape(edge) for edge in edges[1 : len(texts) + 1]))
        found.append((texts, shape))
    return found


def _edges(shape: RowShape) -> Iterator[int]:
    yield shape.left
    yield from (cell.right for cell in shape.cells)


def _placed(texts: Sequence[str], shape: RowShape) -> list[_Placed]:
    """Put texts and shapes together; a cell the row has no text for is empty, one it has no shape for is made room for.

    Every cell gets a width, be it nought in the file, so that no two share a column. Empty cells the row says nothing
    of are not drawn: LibreOffice writes such behind inner tables.
    """
    cells: list[_Placed] = []
    right = shape.left
    for index in range(max(len(texts), len(shape.cells))):
        text = texts[index] if index < len(texts) else ""
        if not text and index >= len(shape.cells):
            continue
        said = shape.cells[index] if index < len(shape.cells) else CellShape(right + _WIDTH)
        left, right = right, max(said.right, right + 1)
        if said.covered and cells:
            cells[-1] = cells[-1]._replace(right=right)
        else:
            cells.append(_Placed(text, left, right, said.down))
    return cells


def _columns(rows: Sequence[Sequence[_Placed]]) -> Callable[[int], int]:
    """Return what tells the column, from 1, that begins at an edge."""
    edges = sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)})
    starts = _apart(edges, _SAME)
    if any(bisect_right(starts, cell.left) == bisect_right(starts, cell.right) for row in rows for cell in row):
        starts = edges
    return partial(bisect_right, starts)


def _apart(edges: Sequence[int], distance: int) -> list[int]:
    """Return the edges that lie farther than ``distance`` behind the one kept before them."""
    kept: list[int] = []
    for edge in edges:
        if not kept or edge - kept[-1] > distance:
            kept.append(edge)
    return kept
