"""Glyphs inside a table → the texts of its cells.

A figure wider than its cell runs over the border; it stays whole, in the cell that holds most of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.kinds import ENUMERATOR
from govinfo.documents.pages.lines import TextLine, lines_of
from govinfo.documents.pages.model import Glyph

__all__ = ["CellText", "cell_texts"]

_OVER = 0.12
"""Of a glyph's width: so much of it on the other side of a border is no chance."""
_TOUCHING = 0.12
"""Of the font size: glyphs no farther apart are one word."""
_PADDING = 7.0
"""Points between a border and text, at most."""

_WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
_DIGITS = re.compile(r"[\d.,，]+")

Box = tuple[float, float, float, float]


class CellText(NamedTuple):
    """What stands in a cell."""

    text: str
    full: bool
    """Behind its last line is no room for another character."""
    wrapped: bool
    """A figure put together from several lines."""


def cell_texts(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> list[CellText]:
    """Return for each box what stands in it."""
    inside: list[list[Glyph]] = [[] for _ in boxes]
    for glyph, box in zip(glyphs, _owners(glyphs, boxes), strict=True):
        if box is not None:
            inside[box].append(glyph)
    return [_text(own, box) if own else CellText("", False, False) for own, box in zip(inside, boxes, strict=True)]


def _owners(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> list[int | None]:
    """Return for each glyph the index of its box."""
    ys = sorted({box[1] for box in boxes})
    bands: list[list[tuple[float, int]]] = [[] for _ in ys]  # by y: boxes that reach it, by where they begin
    for index, (x0, y0, _, y1) in enumerate(boxes):
        for at in range(bisect_right(ys, y0) - 1, bisect_right(ys, y1 - 1e-6)):
            bands[at].append((x0, index))
    for band in bands:
        band.sort()
    owners: list[int | None] = []
    over: list[int] = []
    for at, glyph in enumerate(glyphs):
        x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
        near = bands[max(0, bisect_right(ys, y) - 1)]
        place = max(0, bisect_right(near, (x, len(boxes))) - 1)
        owner = near[place][1] if near else None
        owners.append(owner)
        if owner is not None and not glyph.text.isspace():
            x0, _, x1, _ = boxes[owner]
            slack = _OVER * (glyph.x1 - glyph.x0)
            if glyph.x0 < x0 - slack or glyph.x1 > x1 + slack:
                over.append(at)
    if over:
        _keep_whole(glyphs, boxes, owners, over)
    return owners


def _keep_whole(glyphs: Sequence[Glyph], boxes: Sequence[Box], owners: list[int | None], over: list[int]) -> None:
    """Give a word that runs over a border to the cell that holds most of it."""
    lines: dict[int, list[int]] = {}
    for at, glyph in enumerate(glyphs):
        if not glyph.text.isspace():
            lines.setdefault(round(glyph.y0 + glyph.y1), []).append(at)
    done: set[int] = set()
    for start in over:
        if start in done:
            continue
        size = glyphs[start].size or glyphs[start].y1 - glyphs[start].y0
        twice = round(glyphs[start].y0 + glyphs[start].y1)
        line = sorted(
            (at for near in range(twice - 3, twice + 4) for at in lines.get(near, ())), key=lambda at: glyphs[at].x0
        )
        place = line.index(start)
        left = right = place
        while left and glyphs[line[left]].x0 - glyphs[line[left - 1]].x1 <= _TOUCHING * size:
            left -= 1
        while right + 1 < len(line) and glyphs[line[right + 1]].x0 - glyphs[line[right]].x1 <= _TOUCHING * size:
            right += 1
        word = line[left : right + 1]
        done.update(word)
        shares: dict[int, float] = {}
        x0, x1 = glyphs[word[0]].x0, glyphs[word[-1]].x1
        for owner in {owners[at] for at in word} - {None}:
            if owner is not None:
                shares[owner] = min(x1, boxes[owner][2]) - max(x0, boxes[owner][0])
        if shares:
            best = max(shares, key=lambda owner: shares[owner])
            for at in word:
                owners[at] = best


def _text(glyphs: Sequence[Glyph], box: Box) -> CellText:
    lines = lines_of(glyphs)
    if not lines:
        return CellText("", False, False)
    if len(lines) == 1:
        return CellText(lines[0].text, _is_full(lines[0], lines, box), False)
    if not any(_WORD.search(line.text) for line in lines):
        wrapped = _is_wrapped(lines, box)
        return CellText(
            ("" if wrapped else "\n").join(line.text for line in lines), _is_full(lines[-1], lines, box), wrapped
        )
    width = max(line.x1 - line.x0 for line in lines)
    text = lines[0].text
    for before, line in pairwise(lines):
        room = width - (before.x1 - before.x0)
        ends = room > 1.2 * line.size or ENUMERATOR.match(line.text) is not None
        text += ("\n" if ends else "") + line.text
    return CellText(text, _is_full(lines[-1], lines, box), False)


def _is_full(line: TextLine, lines: Sequence[TextLine], box: Box, more: float = 1.0) -> bool:
    """Tell whether ``more`` ems have no room behind a line."""
    padding = min(_PADDING, max(1.0, min(one.x0 for one in lines) - box[0]))
    return box[2] - box[0] - (line.x1 - line.x0) < 2 * padding + (more + 0.3) * line.size


def _is_wrapped(lines: Sequence[TextLine], box: Box) -> bool:
    """Tell whether lines are one figure that was too long: all but the last full to the last digit, and as long."""
    *first, last = (line.text for line in lines)
    return (
        all(text.isdecimal() or _DIGITS.fullmatch(text) for text in (*first, last))
        and all(_is_full(line, lines, box, 0.5) for line in lines[:-1])
        and len({len(text) for text in first}) == 1
        and len(last) < len(first[0])
    )
