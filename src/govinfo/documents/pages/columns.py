"""A page → the areas to be read one after the other: two columns of text, two pages printed on one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from govinfo.documents.pages.lattice import Lattice
from govinfo.documents.pages.lines import lines_of
from govinfo.documents.pages.model import Glyph, Page

__all__ = ["Area", "areas_of"]

_PLACES = (0.42, 0.58)
"""Of the page's width: between these a page is parted in two."""
_TRIES = 40
"""Places that are tried."""
_GUTTER = 8.0
"""Points without a mark where a page is parted, at least."""
_ENOUGH = 80
"""Characters of prose on either side of a gutter."""
_LINE = 8
"""Characters in a line of prose: the cells of a table have fewer."""
_SHARE = 0.75
"""Of the characters on either side: so many stand in lines of prose."""

Area = tuple[list[Glyph], list[Lattice]]
"""Glyphs outside of tables, and tables."""


class _Mark(NamedTuple):
    x0: float
    y0: float
    x1: float
    y1: float


def areas_of(page: Page, glyphs: Sequence[Glyph], lattices: Iterable[Lattice]) -> list[Area]:
    """Return the areas of a page in reading order.

    Args:
        page: the page.
        glyphs: its glyphs outside of tables.
        lattices: its tables.
    """
    tables = list(lattices)
    marks = [_Mark(*one[1:5]) for one in glyphs if not one.text.isspace()] + [_Mark(*one[1:5]) for one in tables]
    gutter = _gutter(page, marks)
    if gutter is None:
        return [(list(glyphs), tables)]
    x, top, bottom = gutter
    areas: list[Area] = [([], []) for _ in range(4)]  # above, left, right, below

    def place(x0: float, y0: float, x1: float, y1: float) -> int:
        middle = (y0 + y1) / 2
        return 0 if middle < top else 3 if middle > bottom else 1 if (x0 + x1) / 2 < x else 2

    for glyph in glyphs:
        areas[place(*glyph[1:5])][0].append(glyph)
    for table in tables:
        areas[place(*table[1:5])][1].append(table)
    if not all(map(_is_full, areas[1:3])):
        return [(list(glyphs), tables)]
    return [area for area in areas if area[0] or area[1]]


def _gutter(page: Page, marks: Sequence[_Mark]) -> tuple[float, float, float] | None:
    """Return where the highest empty stripe in the middle of a page is: its x, top and bottom."""
    best: tuple[float, float, float] | None = None
    start, end = _PLACES[0] * page.width, _PLACES[1] * page.width
    ends = (0.0, page.height)
    near = [mark for mark in marks if mark.x0 < end + _GUTTER and mark.x1 > start - _GUTTER]
    for at in range(_TRIES):
        x = start + (end - start) * at / _TRIES
        crossing = sorted((y0, y1) for x0, y0, x1, y1 in near if x0 < x + _GUTTER / 2 and x1 > x - _GUTTER / 2)
        done = ends[0]
        tall = (0.0, 0.0)
        for y0, y1 in [*crossing, (ends[1], ends[1])]:
            if y0 - done > tall[1] - tall[0]:
                tall = done, y0
            done = max(done, y1)
        if best is None or tall[1] - tall[0] > best[2] - best[1]:
            best = x, *tall
    return best if best is not None and best[2] - best[1] > 0.15 * page.height else None


def _is_full(area: Area) -> bool:
    """Tell whether an area holds prose or a table, and is no half of a table without rulings."""
    glyphs, tables = area
    if tables:
        return True
    lines = lines_of(glyphs)
    prose = sum(len(line.text) for line in lines if len(line.text) >= _LINE and _is_dense(line.gaps(), line.size))
    return prose >= _ENOUGH and prose > _SHARE * sum(len(line.text) for line in lines)


def _is_dense(gaps: Sequence[float], size: float) -> bool:
    return all(gap < 1.5 * size for gap in gaps)
