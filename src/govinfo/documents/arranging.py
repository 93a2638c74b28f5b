"""Which tables are large enough to be one of the report's, and which only arrange what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from govinfo.documents.model import Block, Table

__all__ = ["ARTICLE", "ENOUGH_CELLS", "FEW_CELLS", "has_large_table", "only_arranges"]

ENOUGH_CELLS = 12
"""A table of this many cells may be one of the report's; the smallest of the form's has 15 figures."""
FEW_CELLS = 3
"""So many cells may stand around an article."""
ARTICLE = 400
"""A cell of more characters holds an article and no label."""


def has_large_table(blocks: Iterable[Block]) -> bool:
    """Tell whether a table is large enough to be one of the report's."""
    return any(isinstance(block, Table) and sum(map(len, block.rows)) >= ENOUGH_CELLS for block in blocks)


def only_arranges(texts: Sequence[str], *, nested: bool) -> bool:
    """Tell whether a table only arranges the page: it is one cell, or an article, or holds tables and few figures.

    Args:
        texts: of its cells, those of tables inside them left out or not.
        nested: whether it holds tables.
    """
    if len(texts) < 2:
        return True
    if len(texts) <= FEW_CELLS and any(len(text) > ARTICLE for text in texts):
        return True
    return nested and sum(text.isdigit() for text in texts) < ENOUGH_CELLS
