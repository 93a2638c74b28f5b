"""A word processor's text as it comes: paragraphs, cells and rows at some depth → blocks.

Word 97 and RTF say the same: every paragraph knows how many tables it stands in, a mark ends a cell, another one a row
and says where its cells' edges are. Tables that hold tables, and frames around text, are dissolved as in web pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_CELLS, MAX_LINES, check_count
from govinfo.documents.lines import reread
from govinfo.documents.model import Block, Paragraph, Table
from govinfo.documents.word.edges import RowShape, lay_out
from govinfo.text import Text

__all__ = ["MAX_NESTED", "Story", "blocks_of_stories"]

MAX_NESTED = 16
"""Tables inside each other that are told apart."""

_ENOUGH_CELLS = 12
"""A table of that many cells may be one of the report's; the smallest has 15 figures."""
_LONG = 400
"""A cell of more characters holds prose."""


@attrs.frozen
class _Row:
    cells: list[list[_Item]]
    shape: RowShape | None


@attrs.define
class _Table:
    rows: list[_Row] = attrs.field(factory=list)
    cells: list[list[_Item]] = attrs.field(factory=list)
    """Of the row that has not ended."""
    content: list[_Item] = attrs.field(factory=list)
    """Of the cell that has not ended."""

    def end_row(self, shape: RowShape | None) -> None:
        if any(item.strip() if isinstance(item, str) else True for item in self.content):
            self.cells.append(self.content)
        self.content = []
        if self.cells:
            self.rows.append(_Row(self.cells, shape))
            self.cells = []

    def contents(self) -> Iterator[list[_Item]]:
        for row in self.rows:
            yield from row.cells


_Item = str | _Table
"""A paragraph, a line break in it as ``\\n``; or a table."""


class Story:
    """Takes one run of text in: the document's own, or a text box's."""

    def __init__(self, name: str = "") -> None:
        """``name`` is the file, for errors."""
        self._name = name
        self._items: list[_Item] = []
        self._open: list[_Table] = []
        self._cells = self._lines = 0

    def paragraph(self, text: str, level: int = 0) -> None:
        """End a paragraph that stands in ``level`` tables.

        Raises:
            ReadError: ``too_large``.
        """
        self._enter(level)
        self._lines += 1 + text.count("\n")
        check_count(self._lines, MAX_LINES, Text("段落", "paragraphs"), self._name)
        (self._open[-1].content if self._open else self._items).append(text)

    def cell(self, text: str, level: int = 1) -> None:
        """End a cell, and with it its last paragraph.

        Raises:
            ReadError: ``too_large``.
        """
        self._enter(max(level, 1))
        self._cells += 1
        check_count(self._cells, MAX_CELLS, Text("单元格", "cells"), self._name)
        table = self._open[-1]
        table.cells.append([*table.content, text])
        table.content = []

    def row(self, shape: RowShape | None, level: int = 1, *, deleted: bool = False) -> None:
        """End a row; ``deleted``: it is not shown."""
        self._enter(max(level, 1))
        table = self._open[-1]
        if deleted:
            table.cells, table.content = [], []
        table.end_row(shape)

    def items(self) -> list[_Item]:
        """Return what was taken in, everything ended."""
        self._enter(0)
        return self._items

    def _enter(self, level: int) -> None:
        level = min(level, MAX_NESTED)
        while len(self._open) > level:
            table = self._open.pop()
            table.end_row(None)
            if table.rows:
                (self._open[-1].content if self._open else self._items).append(table)
        while len(self._open) < level:
            self._open.append(_Table())


def blocks_of_stories(stories: Iterable[Story], name: str = "") -> tuple[Block, ...]:
    """Return the blocks of some stories, one behind the other; paragraphs and rows are counted as lines.

    Raises:
        ReadError: ``too_large``.
    """
    blocks: list[Block] = []
    line = number = 1
    waiting: list[Iterator[_Item]] = [iter([item for story in stories for item in story.items()])]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, str):
            blocks += _paragraphs(item, line)
            line += 1
        elif _is_layout(item):
            waiting.append(iter([inner for content in item.contents() for inner in content]))
        else:
            rows = lay_out([([_text(cell) for cell in row.cells], row.shape) for row in item.rows], number, line, name)
            blocks.append(Table(number, line, rows))
            line += len(item.rows)
            number += 1
    if not any(isinstance(block, Table) and sum(map(len, block.rows)) >= _ENOUGH_CELLS for block in blocks):
        blocks = reread(blocks)
    return tuple(blocks)


def _paragraphs(text: str, line: int) -> Iterator[Paragraph]:
    for part in text.split("\n"):
        part = clean_markup(part)
        printed = part.strip()
        yield Paragraph(printed, line, indent=len(part) - len(part.lstrip()) if printed else len(part))


def _text(content: list[_Item]) -> str:
    """Return the text of a cell, its paragraphs as lines, those of a small table inside it as well."""
    lines: list[str] = []
    for item in content:
        if isinstance(item, str):
            lines += item.split("\n")
        else:
            lines += [_text(inner) for inner in item.contents()]
    return "\n".join(filter(None, (clean_markup(line).strip() for line in lines)))


def _is_layout(table: _Table) -> bool:
    """Tell whether a table only arranges the page.

    It holds one of the report's tables, or a table and little else; or it is a frame around text.
    """
    cells = list(table.contents())
    inner = [item for content in cells for item in content if not isinstance(item, str)]
    if inner:
        return len(cells) < _ENOUGH_CELLS or any(sum(1 for _ in one.contents()) >= _ENOUGH_CELLS for one in inner)
    return len(cells) < 2 or (len(cells) <= 3 and any(len(_text(content)) > _LONG for content in cells))
