"""Paragraphs read again as lines of text, where a document has its report in no table: tabs may part its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any

import attrs

from govinfo.documents.lines import Lines, blocks_of
from govinfo.documents.model import Block, Paragraph, Table

__all__ = ["numbered", "reread"]


def _indented(paragraph: Paragraph) -> str:
    return " " * paragraph.indent + paragraph.text


def reread(blocks: Iterable[Block], raw: Callable[[Paragraph], str] = _indented) -> list[Block]:
    """Read runs of paragraphs as lines of text and number all tables anew.

    Args:
        blocks: of the whole document.
        raw: gives the line a paragraph was, white space at its ends included.
    """
    found: list[Block] = []
    number = 1
    for is_table, group in groupby(blocks, lambda block: isinstance(block, Table)):
        run: list[Any] = list(group)
        if not is_table:
            lines = Lines([raw(paragraph) for paragraph in run], [paragraph.line for paragraph in run])
            read = blocks_of(lines, number)
            if any(isinstance(block, Table) for block in read):
                run = [block if isinstance(block, Table) else block._replace(column=1) for block in read]
        for block in run:
            if isinstance(block, Table):
                block = numbered(block, number)
                number += 1
            found.append(block)
    return found


def numbered(table: Table, number: int) -> Table:
    """Return a table with another number."""
    if table.number == number:
        return table
    rows = tuple(tuple(cell._replace(table=number) for cell in row) for row in table.rows)
    return attrs.evolve(table, number=number, rows=rows)
