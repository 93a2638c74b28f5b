"""Ruling lines → the grid of a table, its cells merged where the line between them is missing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.cells import WORD, cell_texts
from govinfo.documents.pages.model import CUT, Glyph
from govinfo.documents.pages.rulings import NEAR, Ruling

__all__ = ["Lattice", "Square", "lattices_of"]

_MOST = 20_000
"""Squares of one grid: more are a drawing."""
_COVERED = 0.6
"""Of a square's side: so much of it drawn is a border."""
_LINES = 2000
"""Rulings of one kind that are looked at on a page."""
_FRAME = 60
"""A single cell with more characters is a frame around text."""
_SHORT = 8.0
"""Points by which a line may end before the one it should meet."""
_NARROW = 5.5
"""Points: what is narrower holds no text; lines so near are the borders of neighbours."""


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
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling], glyphs: Sequence[Glyph], page: int
) -> tuple[list[Lattice], list[Glyph]]:
    """Return the tables that rulings draw, from top to bottom, and the glyphs outside of all."""
    if len(horizontal) > _LINES or len(vertical) > _LINES:
        return [], list(glyphs)
    grids = [grid for lines in _joined(horizontal, vertical) if (grid := _grid(*lines)) is not None]
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
            found.append(_filled(grid, own, page))
    return sorted(found, key=lambda one: (one.y0, one.x0)), outside


def _as_long(one: Ruling, other: Ruling) -> bool:
    return abs(one.start - other.start) <= NEAR and abs(one.end - other.end) <= NEAR


class _Grid(NamedTuple):
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: dict[float, list[Ruling]]
    """By y: the lines there."""
    down: dict[float, list[Ruling]]
    cut: bool
    """There is a border on the left and none on the right: the edge of the page has cut the table off."""


def _joined(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
    """Group the lines that meet."""
    parent = list(range(len(horizontal) + len(vertical)))
    met: set[int] = set()

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = of = parent[parent[of]]
        return of

    for at, line in enumerate(vertical, len(horizontal)):
        for other, crossing in enumerate(horizontal):
            if (
                line.start - NEAR <= crossing.at <= line.end + NEAR
                and crossing.start - NEAR <= line.at <= crossing.end + NEAR
            ):
                parent[root(other)] = root(at)
                met.add(at)
    for at, line in enumerate(vertical, len(horizontal)):
        if at not in met:  # a page break takes the border away that it would meet: its neighbours are as long
            near = next((other for other in sorted(met) if _as_long(line, vertical[other - len(horizontal)])), at)
            parent[root(at)] = root(near)
    groups: dict[int, tuple[list[Ruling], list[Ruling]]] = {}
    for at, line in enumerate(horizontal):
        groups.setdefault(root(at), ([], []))[0].append(line)
    for at, line in enumerate(vertical, len(horizontal)):
        groups.setdefault(root(at), ([], []))[1].append(line)
    return groups.values()


def _grid(across: Sequence[Ruling], down: Sequence[Ruling]) -> _Grid | None:
    """Return the grid that lines make; where a table has no border on a side, its lines' ends are one."""
    if not across or not down or len(across) + len(down) < 3:
        return None
    by_y, by_x = _by_place([*across, *_missing(across, down)]), _by_place(down)
    xs = _closed(by_x, min(line.start for line in across), max(line.end for line in across))
    ys = _closed(by_y, min(line.start for line in down), max(line.end for line in down))
    if len(xs) < 2 or len(ys) < 2 or (len(xs) - 1) * (len(ys) - 1) > _MOST:
        return None
    cut = xs[0] in by_x and xs[-1] not in by_x
    for x in (xs[0], xs[-1]):  # an open side counts as drawn
        by_x.setdefault(x, [Ruling(x, ys[0], ys[-1])])
    for y in (ys[0], ys[-1]):
        by_y.setdefault(y, [Ruling(y, xs[0], xs[-1])])
    return _Grid(tuple(xs), tuple(ys), by_y, by_x, cut)


def _missing(across: Sequence[Ruling], down: Sequence[Ruling]) -> list[Ruling]:
    """Return the horizontal lines that were left out inside a table, under headings that are repeated.

    They are known by vertical lines that begin or end where nothing is.
    """
    top, bottom = min(line.start for line in down), max(line.end for line in down)
    left, right = min(line.at for line in down), max(line.at for line in down)
    loose: dict[int, list[float]] = {}
    for line in down:
        for end in (line.start, line.end):
            inside = (
                min(top, *(one.at for one in across)) + NEAR < end < max(bottom, *(one.at for one in across)) - NEAR
            )
            if inside and not any(
                abs(one.at - end) <= NEAR and one.start - NEAR <= line.at <= one.end + NEAR for one in across
            ):
                loose.setdefault(round(end), []).append(end)
    # one line alone may just be drawn a little short
    return [
        Ruling(ends[0], left, right)
        for ends in loose.values()
        if len(ends) > 1 or all(abs(one.at - ends[0]) > _SHORT for one in across)
    ]


def _by_place(lines: Sequence[Ruling]) -> dict[float, list[Ruling]]:
    found: dict[float, list[Ruling]] = {}
    at = float("-inf")
    for line in sorted(lines):
        if line.at - at > _NARROW:
            at = line.at
        found.setdefault(at, []).append(line)
    for own in found.values():
        own.sort(key=lambda line: line.start)
    return found


def _closed(by_place: dict[float, list[Ruling]], first: float, last: float) -> list[float]:
    places = sorted(by_place)
    if first < places[0] - 2 * NEAR:
        places.insert(0, first)
    if last > places[-1] + 2 * NEAR:
        places.append(last)
    return places


def _drawn(lines: Sequence[Ruling], ends: Sequence[float]) -> list[bool]:
    """Return for each interval between ``ends`` whether lines draw enough of it."""
    drawn = []
    for start, end in pairwise(ends):
        covered, done = 0.0, start
        for line in lines:
            if line.end > done:
                covered += max(0.0, min(line.end, end) - max(line.start, done))
                done = min(line.end, end)
        drawn.append(covered >= _COVERED * (end - start))
    return drawn


def _regions(grid: _Grid) -> list[tuple[int, int, int, int]]:
    """Return (row, column, rows, columns) of every cell.

    Squares without a border between are one cell. Where that gives no rectangle, all its bounds hold is one cell: its
    figures then stand together, and nobody takes one of them for another's.
    """
    rows, columns = len(grid.ys) - 1, len(grid.xs) - 1
    parent = list(range(rows * columns))

    def root(of: int) -> int:
        while parent[of] != of:
            parent[of] = of = parent[parent[of]]
        return of

    for column, x in enumerate(grid.xs[1:-1]):
        for row, drawn in enumerate(_drawn(grid.down[x], grid.ys)):
            if not drawn:
                parent[root(row * columns + column + 1)] = root(row * columns + column)
    for row, y in enumerate(grid.ys[1:-1]):
        for column, drawn in enumerate(_drawn(grid.across[y], grid.xs)):
            if not drawn:
                parent[root((row + 1) * columns + column)] = root(row * columns + column)
    while True:
        bounds: dict[int, list[int]] = {}
        for index in range(rows * columns):
            row, column = divmod(index, columns)
            box = bounds.setdefault(root(index), [row, column, row, column])
            box[2], box[1], box[3] = row, min(box[1], column), max(box[3], column)
        changed = False
        for own, (top, left, bottom, right) in bounds.items():
            for row in range(top, bottom + 1):
                for index in range(row * columns + left, row * columns + right + 1):
                    if root(index) != root(own):
                        parent[root(index)] = root(own)
                        changed = True
        if not changed:
            return sorted(
                (top, left, bottom - top + 1, right - left + 1) for top, left, bottom, right in bounds.values()
            )


def _filled(grid: _Grid, glyphs: Sequence[Glyph], page: int) -> Lattice:
    """Put the glyphs into their cells; rows and columns that only part a cell from itself are dropped."""
    regions = _regions(grid)
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
            text._replace(text=text.text + CUT) if column + across == last and not WORD.search(text.text) else text
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
