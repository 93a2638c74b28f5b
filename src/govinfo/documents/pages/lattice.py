"""Ruling lines and glyphs → the tables they make, each with its cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govinfo.documents.pages.cells import WORD, cell_texts
from govinfo.documents.pages.grids import Grid, grid_of, joined_lines, regions_of
from govinfo.documents.pages.model import CUT, Glyph
from govinfo.documents.pages.rulings import NEAR, Ruling

__all__ = ["Lattice", "Square", "lattices_of"]

_LINES = 600
"""Rulings of one kind that are looked at on a page."""
_FRAME = 60
"""A single cell with more characters is a frame around text."""
_EDGE = 1.0
"""Points from the edge of the page: no program leaves a table so little room."""


class Square(NamedTuple):
    """A cell of a table on one page."""

    text: str
    row: int
    """From 0."""
    col: int
    rowspan: int
    colspan: int
    room: float = 0.0
    """Behind its last line, in font sizes."""
    wrapped: bool = False
    """A figure put together from several lines, or pages."""


class Lattice(NamedTuple):
    """A table, or the part of it that stands on one page."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float
    xs: tuple[float, ...]
    """Where columns begin and end."""
    height: int
    """Rows."""
    squares: tuple[Square, ...]
    sheet: int = 0
    """Which column of text it stands in, counted over all pages."""


def lattices_of(
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling], glyphs: Sequence[Glyph], page: int, width: float
) -> tuple[list[Lattice], list[Glyph]]:
    """Return the tables that rulings draw, from top to bottom, and the glyphs outside of all.

    Args:
        horizontal: lines across.
        vertical: lines down.
        glyphs: the characters of the page.
        page: its number.
        width: its width: a table that reaches to the edge goes on beyond.
    """
    if len(horizontal) > _LINES or len(vertical) > _LINES:
        return [], list(glyphs)
    grids = [grid for lines in joined_lines(horizontal, vertical) if (grid := grid_of(*lines)) is not None]
    grids.sort(key=lambda grid: (grid.xs[-1] - grid.xs[0]) * (grid.ys[-1] - grid.ys[0]))
    inside: list[list[Glyph]] = [[] for _ in grids]
    outside: list[Glyph] = []
    for glyph in glyphs:  # the smallest grid around a glyph is its own
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        for grid, own in zip(grids, inside, strict=True):
            near = NEAR if glyph.text != CUT else 2 * glyph.size  # cut off by the edge of the page
            if grid.xs[0] - near <= x <= grid.xs[-1] + near and grid.ys[0] <= y <= grid.ys[-1]:
                own.append(glyph)
                break
        else:
            outside.append(glyph)
    found: list[Lattice] = []
    for index, (grid, own) in enumerate(zip(grids, inside, strict=True)):
        single = len(grid.ys) == 2 and len(grid.xs) == 2
        around = any(
            grid.xs[0] <= other.xs[0] and grid.xs[-1] >= other.xs[-1] and grid.ys[0] <= other.ys[0] <= grid.ys[-1]
            for other in grids[:index]
        )
        if not own or (single and (around or sum(not glyph.text.isspace() for glyph in own) > _FRAME)):
            outside += own
        else:
            found.append(_filled(grid._replace(cut=grid.cut or grid.xs[-1] > width - _EDGE), own, page))
    return sorted(found, key=lambda one: (one.y0, one.x0)), outside


def _filled(grid: Grid, glyphs: Sequence[Glyph], page: int) -> Lattice:
    """Put the glyphs into their cells; rows and columns that only part a cell from itself are dropped."""
    regions = regions_of(grid)
    rows = _used({row for row, _, _, _ in regions}, len(grid.ys) - 1)
    columns = _used({column for _, column, _, _ in regions}, len(grid.xs) - 1)
    boxes = [
        (grid.xs[column], grid.ys[row], grid.xs[column + across], grid.ys[row + down])
        for row, column, down, across in regions
    ]
    texts = cell_texts(glyphs, boxes)
    broken = {row for (row, _, _, _), text in zip(regions, texts, strict=True) if text.wrapped}
    texts = [
        text._replace(text=text.perhaps, wrapped=True) if text.perhaps and row in broken else text
        for (row, _, _, _), text in zip(regions, texts, strict=True)
    ]
    if grid.cut:
        last = len(grid.xs) - 1
        texts = [
            text._replace(text=text.text.removesuffix(CUT) + CUT)
            if column + across == last and not WORD.search(text.text)
            else text
            for (_, column, _, across), text in zip(regions, texts, strict=True)
        ]
    squares = [
        Square(
            text.text,
            rows[row],
            columns[column],
            rows[row + down] - rows[row],
            columns[column + across] - columns[column],
            text.room,
            text.wrapped,
        )
        for (row, column, down, across), text in zip(regions, texts, strict=True)
    ]
    kept = sorted({column for _, column, _, _ in regions})
    return Lattice(
        page,
        *(grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]),
        (*(grid.xs[column] for column in kept), grid.xs[-1]),
        rows[-1],
        tuple(squares),
    )


def _used(starts: set[int], count: int) -> list[int]:
    """Return for every line of a grid how many rows, or columns, in which a cell begins lie before it."""
    ordered = sorted(starts)
    return [bisect_right(ordered, at - 1) for at in range(count + 1)]
