"""A word processor's text as it comes: paragraphs, cells and rows at some depth → blocks.

Word 97 and RTF say the same: every paragraph knows how many tables it stands in, a mark ends a cell, another one a row
and says where its cells' edges are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from govinfo.documents.arranging import has_large_table, only_arranges
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.limits import MAX_CELLS, MAX_LINES, check_count
from govinfo.documents.model import Block, Paragraph, Table
from govinfo.documents.reread import reread
from govinfo.documents.word.edges import RowShape, lay_out
from govinfo.text import Text

__all__ = ["MAX_NESTED", "Story", "blocks_of_stories"]

MAX_NESTED = 16
"""Tables inside each other that are told apart."""


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
        self._count_cells(1)
        table = self._open[-1]
        table.cells.append([*table.content, text])
        table.content = []

    def row(self, shape: RowShape | None, level: int = 1, *, deleted: bool = False) -> None:
        """End a row; ``deleted``: it is not shown.

        Raises:
            ReadError: ``too_large``.
        """
        self._enter(max(level, 1))
        table = self._open[-1]
        self._lines += 1
        check_count(self._lines, MAX_LINES, Text("段落", "paragraphs"), self._name)
        self._count_cells(max(len(shape.cells) - len(table.cells), 0) if shape else 0)
        if deleted:
            table.cells, table.content = [], []
        table.end_row(shape)

    def items(self) -> list[_Item]:
        """Return what was taken in, everything ended."""
        self._enter(0)
        return self._items

    def _count_cells(self, count: int) -> None:
        self._cells += count
        check_count(self._cells, MAX_CELLS, Text("单元格", "cells"), self._name)

    def _enter(self, level: int) -> None:
        level = min(level, MAX_NESTED)
        while len(self._open) > level:
            table = self._open.pop()
            table.end_row(None)
            if table.rows:
                (self._open[-1].content if self._open else self._items).append(table)
        while len(self._open) < level:
            self._open.append(_Table())
            self._count_cells(1)


def blocks_of_stories(stories: Iterable[Story], name: str = "") -> tuple[Block, ...]:
    """Return the blocks of some stories, one behind the other; paragraphs and rows are counted as lines.

    A table inside another is one of its own, behind it; a frame around text is none. So it is in other Word documents.

    Raises:
        ReadError: ``too_large``.
    """
    order = _Order(name)
    for story in stories:
        order.add(story.items())
    if has_large_table(order.blocks):
        return tuple(order.blocks)
    return tuple(reread(order.blocks, lambda paragraph: order.lines.get(id(paragraph), paragraph.text)))


class _Order:
    def __init__(self, name: str) -> None:
        self.blocks: list[Block] = []
        self.lines: dict[int, str] = {}
        """Paragraphs, by identity, with the white space at their ends: it may part cells."""
        self._name = name
        self._line = self._table = 1

    def add(self, items: Iterable[_Item]) -> None:
        for item in items:
            if isinstance(item, str):
                for line in map(clean_markup, item.split("\n")):
                    printed = line.strip()
                    indent = len(line) - len(line.lstrip()) if printed else len(line)
                    self.blocks.append(paragraph := Paragraph(printed, self._line, indent=indent))
                    self.lines[id(paragraph)] = line
                self._line += 1
            else:
                self._add_table(item)

    def _add_table(self, table: _Table) -> None:
        cells = [[list(_without_frames(content)) for content in row.cells] for row in table.rows]
        contents = [content for row in cells for content in row]
        if _is_layout(contents):
            for content in contents:
                self.add(content)
            return
        texts = [[_text(content) for content in row] for row in cells]
        shaped = [(row, known.shape) for row, known in zip(texts, table.rows, strict=True)]
        rows = lay_out(shaped, self._table, self._line, self._name)
        self.blocks.append(Table(self._table, self._line, rows))
        self._line += len(cells)
        self._table += 1
        for content in contents:
            self.add(item for item in content if not isinstance(item, str))


def _without_frames(items: Iterable[_Item]) -> Iterator[_Item]:
    """Put what a table of a single cell holds in its place: it is what a cell pasted into a cell becomes."""
    for item in items:
        if isinstance(item, _Table) and len(item.rows) == 1 and len(item.rows[0].cells) == 1:
            yield from _without_frames(item.rows[0].cells[0])
        else:
            yield item


def _text(content: list[_Item]) -> str:
    """Return the text of a cell, its paragraphs as lines."""
    lines = (clean_markup(line).strip() for item in content if isinstance(item, str) for line in item.split("\n"))
    return "\n".join(filter(None, lines))


def _is_layout(cells: list[list[_Item]]) -> bool:
    nested = any(not isinstance(item, str) for content in cells for item in content)
    return only_arranges([_text(content) for content in cells], nested=nested)
