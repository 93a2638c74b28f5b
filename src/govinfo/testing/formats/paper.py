"""A printed report on sheets of paper: where every line of text and every ruling line comes to stand.

For formats whose writers place everything themselves. The typesetting is plain: a Chinese character is as wide as it is
high, everything else half of that, which is how the fonts of offices are made.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import attrs

from govinfo.testing.sheet import Grid, PrintedCell, Sheet

__all__ = ["Line", "Paper", "Words", "lay_out", "wide"]


class Words(NamedTuple):
    """A run of text on one base line, in millimetres from the top left corner of the paper."""

    text: str
    x: float
    y: float
    """Of the base line."""
    size: float

    def steps(self) -> list[float]:
        """Return how wide each character is."""
        return [wide(one) * self.size for one in self.text]


class Line(NamedTuple):
    """A ruling line, level or upright."""

    x0: float
    y0: float
    x1: float
    y1: float


@attrs.define
class Paper:
    """One page."""

    words: list[Words] = attrs.Factory(list)
    lines: list[Line] = attrs.Factory(list)
    width: float = 210.0
    height: float = 297.0


_LEFT, _TOP, _BOTTOM = 24.0, 28.0, 26.0
_TITLE, _TEXT, _TABLE = 6.35, 4.23, 3.2
_SPACING = 1.6
_PAD = 0.9


@lru_cache(maxsize=4096)
def wide(character: str) -> float:
    """Return how wide a character is, in sizes."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _length(text: str) -> float:
    return sum(map(wide, text))


def lay_out(sheet: Sheet) -> list[Paper]:
    """Typeset a report on sheets of A4, with page numbers."""
    press = _Press()
    for text in sheet.title:
        press.paragraph(text, _TITLE, centred=True)
    for text in sheet.opening:
        press.paragraph(text)
    for section in sheet.sections:
        press.paragraph(section.heading)
        for block in section.blocks:
            if isinstance(block, Grid):
                press.table(block)
            else:
                press.paragraph(block)
    for text in sheet.closing:
        press.paragraph(text)
    return press.done()


class _Press:
    def __init__(self) -> None:
        self.pages = [Paper()]
        self.y = _TOP

    @property
    def page(self) -> Paper:
        return self.pages[-1]

    @property
    def left(self) -> float:
        """What is left of the page, in millimetres."""
        return self.page.height - _BOTTOM - self.y

    def turn(self) -> None:
        self.pages.append(Paper())
        self.y = _TOP

    def paragraph(self, text: str, size: float = _TEXT, *, centred: bool = False) -> None:
        across = self.page.width - 2 * _LEFT
        indent = 0.0 if centred else 2 * size
        for number, line in enumerate(_wrapped(text, across / size, 0.0 if centred else 2.0)):
            if self.left < size * _SPACING:
                self.turn()
            self.y += size * _SPACING
            x = _LEFT + (across - _length(line) * size) / 2 if centred else _LEFT + (0.0 if number else indent)
            self.page.words.append(Words(line, x, self.y - 0.4 * size, size))

    def table(self, grid: Grid) -> None:
        across = self.page.width - 2 * _LEFT
        widths, size = _columns(grid, across)
        start, rows = 0, len(grid.rows)
        self.y += 2.0
        while start < rows:
            stop = start + 1
            while stop < rows and sum(_heights(grid.cut(start, stop + 1), widths, size)) <= self.left:
                stop += 1
            part = grid.cut(start, stop)
            heights = _heights(part, widths, size)
            if sum(heights) > self.left and self.y > _TOP:
                self.turn()
                continue
            self._draw(part, widths, heights, size)
            start = stop
        self.y += 2.0

    def _draw(self, grid: Grid, widths: Sequence[float], heights: Sequence[float], size: float) -> None:
        xs = [_LEFT + at for at in accumulate(widths, initial=0.0)]
        ys = [self.y + at for at in accumulate(heights, initial=0.0)]
        for row, col, cell in _begins(grid):
            x0, x1 = xs[col], xs[min(col + cell.colspan, len(widths))]
            y0, y1 = ys[row], ys[min(row + cell.rowspan, len(heights))]
            self.page.lines += [Line(x0, y0, x1, y0), Line(x0, y1, x1, y1), Line(x0, y0, x0, y1), Line(x1, y0, x1, y1)]
            lines = _wrapped(cell.text, (x1 - x0 - 2 * _PAD) / size, 0.0)
            y = (y0 + y1 - len(lines) * size * 1.25) / 2
            for line in lines:
                y += size * 1.25
                if line:
                    x = (x0 + x1 - _length(line) * size) / 2
                    self.page.words.append(Words(line, x, y - 0.25 * size, size))
        self.y = ys[-1]

    def done(self) -> list[Paper]:
        for number, page in enumerate(self.pages, 1):
            text = f"- {number} -"
            page.words.append(Words(text, (page.width - _length(text) * 3.7) / 2, page.height - 15.0, 3.7))
            page.lines = [*dict.fromkeys(page.lines)]
        return self.pages


def _wrapped(text: str, room: float, indent: float) -> list[str]:
    """Break a text into lines of so many sizes, figures kept whole where they fit."""
    lines = [""]
    used = indent
    for piece in _pieces(text):
        for part in (piece,) if _length(piece) <= room else tuple(piece):
            if part == "\n" or (used + _length(part) > room + 1e-9 and (lines[-1] or used)):
                lines.append("")
                used = 0.0
            if part != "\n":
                lines[-1] += part
                used += _length(part)
    return lines


def _pieces(text: str) -> Iterator[str]:
    run = ""
    for one in text:
        if one.isascii() and not one.isspace():
            run += one
            continue
        if run:
            yield run
        run = ""
        yield one
    if run:
        yield run


def _begins(grid: Grid) -> Iterator[tuple[int, int, PrintedCell]]:
    for row, line in enumerate(grid.spread()):
        for col, slot in enumerate(line):
            if slot.begins:
                yield row, col, slot.cell


def _columns(grid: Grid, across: float) -> tuple[list[float], float]:
    """Return the widths of a table's columns, and the size of its text at which every figure fits."""
    least, wished = [1.2] * grid.width, [1.5] * grid.width
    for _, col, cell in _begins(grid):
        longest = max((_length(piece) for piece in _pieces(cell.text)), default=0.0)
        for at in range(col, min(col + cell.colspan, grid.width)):
            least[at] = max(least[at], longest / cell.colspan)
            if cell.colspan == 1:
                wished[at] = max(wished[at], min(_length(cell.text), 9.0))
    pads = 2 * _PAD * grid.width
    size = min(_TABLE, (across - pads) / sum(least))
    spare = (across - pads) / size - sum(least)
    wants = [max(wish - low, 0.05) for wish, low in zip(wished, least, strict=True)]
    return [(low + spare * want / sum(wants)) * size + 2 * _PAD for low, want in zip(least, wants, strict=True)], size


def _heights(grid: Grid, widths: Sequence[float], size: float) -> list[float]:
    """Return how high rows must be for their texts; one that is too low for a merged cell grows at its end."""
    heights = [size * 1.25 + 2 * _PAD] * len(grid.rows)
    cells = sorted(_begins(grid), key=lambda one: one[2].rowspan)
    for row, col, cell in cells:
        room = sum(widths[col : col + cell.colspan]) - 2 * _PAD
        needed = len(_wrapped(cell.text, room / size, 0.0)) * size * 1.25 + 2 * _PAD
        last = min(row + cell.rowspan, len(heights)) - 1
        heights[last] += max(needed - sum(heights[row : last + 1]), 0.0)
    return heights
