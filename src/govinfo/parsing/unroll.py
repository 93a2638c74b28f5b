"""Tables that lost every line break: a long line of words and figures, read again as cells."""

from __future__ import annotations

import re

import attrs

from govinfo.documents.model import Block, Cell, Document, Paragraph, Table
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import leaves

__all__ = ["unrolled"]

_LONG = 60
_LONGEST = 100_000
_FIGURES = 10
"""Figures standing alone in a line that make it a table; prose has them inside its words."""
_ARTICLES = {leaf.specs[0].under or "" for form in EDITIONS["disclosure"].values() for leaf in leaves(form)}
_FEW = 5
"""Figures enough in a line that names the articles of table 2, which has few."""
_TOKEN = re.compile(r"\S+")


def unrolled(document: Document) -> Document:
    """Return the document with every such line as a table of one long row; nothing else is changed."""
    blocks: list[Block] = list(document.blocks)
    number = max((block.number for block in blocks if isinstance(block, Table)), default=0)
    changed = False
    for index, block in enumerate(blocks):
        if not isinstance(block, Paragraph) or not _LONG <= len(block.text) <= _LONGEST:
            continue
        enough = _FIGURES if not any(article in block.text for article in _ARTICLES) else _FEW
        if sum(token.isdigit() for token in block.text.split()) < enough:
            continue
        number += 1
        row = tuple(
            Cell(token[0], block.line, block.column + token.start(), number, 1, col, page=block.page)
            for col, token in enumerate(_TOKEN.finditer(block.text), 1)
        )
        blocks[index] = Table(number, block.line, (row,), "cells")
        changed = True
    return attrs.evolve(document, blocks=tuple(blocks)) if changed else document
