"""Boxes and lines of a page → ruling lines: straight, whole, and none that strikes out text.

Programs draw one ruling as many pieces, as dashes, twice beside each other, or stop a little short of where it ends.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.model import Glyph, Page

__all__ = ["NEAR", "STRUCK", "Ruling", "rulings_of"]

NEAR = 3.0
"""Points: lines no farther apart meet, or are one."""
STRUCK = "\u0336"
"""Stands behind every character that is struck out: such a figure is no figure."""

_DASH = 4.5
"""Points between two pieces of one line."""
_SHORTEST = 5.0
"""Points: what is shorter is a dot or part of a drawing."""
_MOST = 5000
"""Pieces of rulings on a page: more are a drawing."""
_STRIKE = 0.22
"""Of a glyph's height: a line so near to its middle goes through it."""
_ROW = 0.6
"""Of the cells of a row: a line through the text of more strikes out the row."""


class Ruling(NamedTuple):
    """A horizontal or vertical line."""

    at: float
    """Its y, or its x if vertical."""
    start: float
    end: float


def rulings_of(page: Page) -> tuple[list[Ruling], list[Ruling], Sequence[Glyph]]:
    """Return the horizontal and vertical rulings of a page, and its glyphs, those struck out marked."""
    across: list[Ruling] = []
    down: list[Ruling] = []
    for x0, y0, x1, y1 in page.rules:
        width, height = x1 - x0, y1 - y0
        if width >= height:
            across.append(Ruling((y0 + y1) / 2, x0, x1))
        if height >= width:
            down.append(Ruling((x0 + x1) / 2, y0, y1))
    if len(across) + len(down) > 4 * _MOST:
        return [], [], page.glyphs
    horizontal, vertical = _whole(across), _whole(down)
    if len(horizontal) + len(vertical) > _MOST:
        return [], [], page.glyphs
    horizontal, glyphs = _unstruck(horizontal, vertical, page.glyphs)
    return horizontal, vertical, glyphs


def _whole(pieces: Iterable[Ruling]) -> list[Ruling]:
    """Join pieces of one line, and lines drawn double."""
    lines: list[list[Ruling]] = []
    for piece in sorted(pieces):
        if lines and piece.at - lines[-1][0].at <= NEAR:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    whole: list[Ruling] = []
    for line in lines:
        at = sum(piece.at for piece in line) / len(line)
        start = end = None
        for piece in sorted(line, key=lambda one: one.start):
            if start is None or end is None:
                start, end = piece.start, piece.end
            elif piece.start - end <= _DASH:
                end = max(end, piece.end)
            else:
                whole.append(Ruling(at, start, end))
                start, end = piece.start, piece.end
        if start is not None and end is not None:
            whole.append(Ruling(at, start, end))
    return [one for one in whole if one.end - one.start >= _SHORTEST]


def _unstruck(
    horizontal: list[Ruling], vertical: list[Ruling], glyphs: Sequence[Glyph]
) -> tuple[list[Ruling], Sequence[Glyph]]:
    """Take out the lines that go through the middle of text, and mark the text.

    A line from border to border is one of the table's, however text overflows its row, unless it goes through all of a
    row.
    """
    if not horizontal or not glyphs:
        return horizontal, glyphs
    order = sorted(range(len(glyphs)), key=lambda index: glyphs[index].y0 + glyphs[index].y1)
    middles = [(glyphs[index].y0 + glyphs[index].y1) / 2 for index in order]
    kept: list[Ruling] = []
    struck: set[int] = set()
    for line in horizontal:
        through = []
        at = bisect_left(middles, line.at - NEAR)
        while at < len(order) and middles[at] <= line.at + NEAR:
            glyph = glyphs[order[at]]
            near = abs(middles[at] - line.at) < _STRIKE * (glyph.y1 - glyph.y0)
            if near and line.start - 1 <= (glyph.x0 + glyph.x1) / 2 <= line.end + 1 and not glyph.text.isspace():
                through.append(order[at])
            at += 1
        if not through:
            kept.append(line)
            continue
        ends = _ends(line, vertical)
        pieces = [Ruling(line.at, start, end) for start, end in pairwise(ends)]
        crossed = [
            [at for at in through if piece.start - 1 <= (glyphs[at].x0 + glyphs[at].x1) / 2 <= piece.end + 1]
            for piece in pieces
        ]
        whole = sum(map(bool, crossed)) > _ROW * len(pieces) and len(pieces) > 2  # a row struck out with one line
        for piece, inside in zip(pieces, crossed, strict=True):
            bordered = all(any(abs(one.at - end) <= NEAR for one in vertical) for end in piece[1:])
            if inside and (whole or not bordered):
                struck.update(inside)
            elif piece.end - piece.start >= _SHORTEST:
                kept.append(piece)
    if not struck:
        return kept, glyphs
    return kept, [one._replace(text=one.text + STRUCK) if at in struck else one for at, one in enumerate(glyphs)]


def _ends(line: Ruling, vertical: Sequence[Ruling]) -> list[float]:
    """Return where a line begins and ends, and where others cross it between."""
    crossings = (
        one.at
        for one in vertical
        if line.start + NEAR < one.at < line.end - NEAR and one.start - NEAR <= line.at <= one.end + NEAR
    )
    return [line.start, *sorted(crossings), line.end]
