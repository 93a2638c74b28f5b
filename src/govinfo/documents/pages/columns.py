"""A page → the areas to be read one after the other: two columns of text, two pages printed on one sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govinfo.documents.pages.lattice import Lattice
from govinfo.documents.pages.model import Glyph, Page

__all__ = ["Area", "areas_of"]

Area = tuple[list[Glyph], list[Lattice]]
"""Glyphs outside of tables, and tables."""


def areas_of(page: Page, glyphs: Sequence[Glyph], lattices: Iterable[Lattice]) -> list[Area]:
    """Return the areas of a page in reading order.

    Args:
        page: the page.
        glyphs: its glyphs outside of tables.
        lattices: its tables.
    """
    return [(list(glyphs), list(lattices))]
