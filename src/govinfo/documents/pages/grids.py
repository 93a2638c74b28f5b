"""Ruling lines → the grid of a table, its cells merged where the line between them is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.rulings import NEAR, Ruling

__all__ = ["Grid", "grid_of", "joined_lines", "regions_of"]

_MOST = 20_000
"""Squares of one grid: more are a drawing."""
_COVERED = 0.6
"""Of a square's side: so much of it drawn is a border."""
_SHORT = 8.0
"""Points by which a line may end before the one it should meet."""
_NARROW = 5.5
"""Points: what is narrower holds no text; lines so near are the borders of neighbours."""


class Grid(NamedTuple):
    """Where columns and rows of a table begin and end, and what is drawn there."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    across: dict[float, list[Ruling]]
    """By y: the lines there."""
    down: dict[float, list[Ruling]]
    cut: bool
    """There is a border on the left and none on the right: the edge of the page has cut the table off."""


def joined_lines(
    horizontal: Sequence[Ruling], vertical: Sequence[Ruling]
) -> Iterable[tuple[list[Ruling], list[Ruling]]]:
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


def _as_long(one: Ruling, other: Ruling) -> bool:
    return abs(one.start - other.start) <= NEAR and abs(one.end - other.end) <= NEAR


def grid_of(across: Sequence[Ruling], down: Sequence[Ruling]) -> Grid | None:
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
    return Grid(tuple(xs), tuple(ys), by_y, by_x, cut)


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


def regions_of(grid: Grid) -> list[tuple[int, int, int, int]]:
    """Return (row, column, rows, columns) of every cell.

    Squares without a border between are one cell. Where a border is missing at one place and drawn at another, so that
    this gives no rectangle, each stretch of a row is a cell with those like it above and below.
    """
    beside = [_drawn(grid.down[x], grid.ys) for x in grid.xs[1:-1]]
    below = [_drawn(grid.across[y], grid.xs) for y in grid.ys[1:-1]]
    columns = len(grid.xs) - 1
    found: list[tuple[int, int, int, int]] = []
    above: dict[tuple[int, int], int] = {}  # stretch of the row above → its cell, as an index
    for row in range(len(grid.ys) - 1):
        stretches: dict[tuple[int, int], int] = {}
        start = 0
        for column in range(1, columns + 1):
            if column < columns and not beside[column - 1][row]:
                continue
            stretch = (start, column)
            at = above.get(stretch)
            if at is not None and 2 * sum(below[row - 1][start:column]) < column - start:
                top, left, height, across = found[at]
                found[at] = (top, left, height + 1, across)
            else:
                at = len(found)
                found.append((row, start, 1, column - start))
            stretches[stretch] = at
            start = column
        above = stretches
    return sorted(found)
