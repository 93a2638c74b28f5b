"""A page as it is printed: marks at places. What every reader of pages makes, and what tables are told from.

All lengths are points (1/72 inch), measured from the top left corner of the page as a person sees it.
"""

from __future__ import annotations

from typing import NamedTuple

import attrs

__all__ = ["CUT", "Glyph", "Page", "PageImage", "Rule"]

CUT = "\ufffd"
"""Stands for characters that cannot be told, or that the edge of a page cuts off: what is left of such a figure is no
figure."""


class Glyph(NamedTuple):
    """One character, or a word where its characters have no places of their own."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float = 0.0
    """Font size; 0 where it is not known."""


class Rule(NamedTuple):
    """A ruling line, horizontal or vertical; a filled box as thin as a line is one too."""

    x0: float
    y0: float
    x1: float
    y1: float


@attrs.frozen
class Page:
    """One page."""

    number: int
    """From 1."""
    width: float
    height: float
    glyphs: tuple[Glyph, ...] = ()
    rules: tuple[Rule, ...] = ()
    images: tuple[Rule, ...] = ()
    """Boxes of pictures, left top to right bottom."""
    recognised_by: str = ""
    """Name of the recogniser that gave the text; empty where the file itself did."""


@attrs.frozen
class PageImage:
    """A page that is a picture, for a recogniser of text."""

    number: int
    """From 1."""
    width: float
    """Of the page, in points: a `Page` made of it has its places in these."""
    height: float
    data: bytes = attrs.field(repr=False)
    """The picture, an encoded file."""
    media_type: str = "image/png"
