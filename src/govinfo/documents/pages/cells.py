"""Glyphs inside a table → the texts of its cells.

A figure wider than its cell runs over the border; it stays whole, in the cell that holds most of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from govinfo.documents.pages.lines import TextLine, lines_of
from govinfo.documents.pages.model import Glyph
from govinfo.documents.pages.wrapping import begins_anew, first_width, joined_text

__all__ = ["DIGIT", "WORD", "CellText", "cell_texts"]

_OVER = 0.12
"""Of a glyph's width: so much of it on the other side of a border is no chance."""
_TOUCHING = 0.12
"""Of the font size: glyphs no farther apart are one word."""
_PADDING = 7.0
"""Points between a border and text, at most."""

_LOOSE = 0.5
"""Font sizes by which a line's room may be more than it seems."""
DIGIT = 0.85
"""Font sizes: in less room there is no place for another digit."""
WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
_DIGITS = re.compile(r"[\d.,，]+")

Box = tuple[float, float, float, float]


class CellText(NamedTuple):
    """What stands in a cell."""

    text: str
    room: float
    """Behind its last line, in font sizes."""
    wrapped: bool
    """A figure put together from several lines."""
    perhaps: str = ""
    """What a figure on several lines is if it is one: they are as long as each other, and could be several."""


def cell_texts(glyphs: Sequence[Glyph], boxes: Sequence[Box]) -> list[CellText]:
    """Return for each box what stands in it."""
    inside: list[list[Glyph]] = [[] for _ in boxes]
    for glyph, box in zip(glyphs, _owners(glyphs, boxes), strict=True):
        if box is not None:
            inside[box].append(glyph)
    return [_text(own, box) if own else CellText("", 0.0, False) for own, box in zip(inside, boxes, strict=True)]


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
        return CellText("", 0.0, False)
    rooms = _rooms(lines, box)
    if len(lines) == 1:
        return CellText(lines[0].text, rooms[0], False)
    if not any(WORD.search(line.text) for line in lines):
        texts = [line.text for line in lines]
        full = all(_DIGITS.fullmatch(text) for text in texts) and all(room < DIGIT for room in rooms[:-1])
        lengths = [len(text) for text in texts]
        if full and len({*lengths[:-1]}) == 1 and lengths[-1] < lengths[0]:
            return CellText("".join(texts), rooms[-1], True)
        return CellText("\n".join(texts), rooms[-1], False, "".join(texts) if full and len({*lengths}) == 1 else "")
    text = lines[0].text
    for room, line in zip(rooms, lines[1:], strict=False):
        ends = room > first_width(line.text) + _LOOSE or begins_anew(line.text)
        text = f"{text}\n{line.text}" if ends else joined_text(text, line.text)
    return CellText(text, rooms[-1], False)


def _rooms(lines: Sequence[TextLine], box: Box) -> list[float]:
    """Return the room behind each line; on both sides of it, where lines stand in the middle.

    A line that stands farther to the right has that space before it for good: it is indented.
    """
    padding = min(_PADDING, max(1.0, min(one.x0 for one in lines) - box[0]))
    rooms = []
    for line in lines:
        before, behind = line.x0 - box[0] - padding, box[2] - line.x1 - padding
        rooms.append(min(before + behind, 2 * behind) / (line.size or 1.0))
    return rooms
