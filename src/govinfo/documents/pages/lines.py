"""Glyphs at places → words and lines.

Order is by position: in a file, characters stand in whatever order a program wrote them. Spaces are gaps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.model import Glyph

__all__ = ["TextLine", "Word", "lines_of", "words_of"]

_SAME_LINE = 0.5
"""Of the height of a glyph: centres no farther apart stand on one line."""
_SPACE = 0.35
"""Of the font size: a wider gap is a space."""
_SPACE_IN_FIGURES = 0.22
"""The same between two digits, where a space would make two figures of one."""
_TWICE = 0.35
"""Of a glyph's width: the same glyph again so close is printed twice, to look bold."""
_DIGITS = frozenset("0123456789.,，")


class Word(NamedTuple):
    """Glyphs without a space between."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float


class TextLine(NamedTuple):
    """A line as printed."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    words: tuple[Word, ...]
    page: int = 0
    sheet: int = 0
    """Which column of text, counted over all pages."""

    def gaps(self) -> list[float]:
        """Return how far its words are apart, in points."""
        return [after.x0 - before.x1 for before, after in pairwise(self.words)]


def lines_of(glyphs: Iterable[Glyph], page: int = 0, sheet: int = 0) -> list[TextLine]:
    """Return the lines of some glyphs from top to bottom; glyphs beside each other are on one line."""
    ordered = sorted(glyphs, key=lambda one: one.y0 + one.y1)
    groups: list[list[Glyph]] = []
    middle = height = 0.0
    for glyph in ordered:
        _, _, y0, _, y1, _ = glyph
        centre = (y0 + y1) / 2
        if groups and centre - middle <= _SAME_LINE * min(height, y1 - y0):
            groups[-1].append(glyph)
        else:
            if glyph.text.isspace():
                continue
            groups.append([glyph])
            middle, height = centre, y1 - y0
    lines = []
    for group in groups:
        words = words_of(group)
        if words:
            lines.append(_line(words, max(glyph.size or glyph.y1 - glyph.y0 for glyph in group), page, sheet))
    return lines


def _line(words: Sequence[Word], size: float, page: int, sheet: int) -> TextLine:
    return TextLine(
        " ".join([word.text for word in words]),
        words[0].x0,
        min(word.y0 for word in words),
        max(word.x1 for word in words),
        max(word.y1 for word in words),
        size,
        tuple(words),
        page,
        sheet,
    )


def words_of(glyphs: Iterable[Glyph]) -> list[Word]:
    """Return the words of the glyphs of one line, from left to right."""
    words: list[Word] = []
    texts: list[str] = []
    before: Glyph | None = None
    gap = False
    x0 = y0 = x1 = y1 = 0.0
    for glyph in sorted(glyphs, key=lambda one: one.x0):
        text = glyph.text
        if text.isspace():
            gap = gap or (before is not None and glyph.x1 - x1 > 0)
            continue
        if before is not None:
            if before.text == text and glyph.x0 - before.x0 < _TWICE * (glyph.x1 - glyph.x0):
                continue
            size = min(glyph.size or glyph.y1 - glyph.y0, before.size or before.y1 - before.y0)
            limit = _SPACE_IN_FIGURES if text in _DIGITS and before.text in _DIGITS else _SPACE
            if gap or glyph.x0 - x1 > limit * size:
                words.append(Word("".join(texts), x0, y0, x1, y1))
                texts = []
        if texts:
            y0, x1, y1 = min(y0, glyph.y0), max(x1, glyph.x1), max(y1, glyph.y1)
        else:
            _, x0, y0, x1, y1, _ = glyph
        texts.append(text)
        before, gap = glyph, False
    if texts:
        words.append(Word("".join(texts), x0, y0, x1, y1))
    return words
