"""Nested paragraphs and tables of a Word document → blocks in reading order, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import attrs

from govinfo.documents.arranging import has_large_table, only_arranges
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.model import Block, Cell, Paragraph, Table
from govinfo.documents.reread import numbered, reread
from govinfo.documents.word.story import Chunk, RawBlock, RawCell, RawTable
from govinfo.documents.word.tables import lay_out

__all__ = ["blocks_in_order"]

_WHITE = " \t\r\n"


def blocks_in_order(raw: Iterable[RawBlock], chunk: Callable[[Chunk], Iterable[Block]]) -> list[Block]:
    """Return the blocks of a document.

    Tables that only arrange the page are dissolved, a table inside another is one of its own. Where no table is large
    enough to be one of the report's, paragraphs are read like lines of text. Lines count paragraphs and rows.

    Args:
        raw: what the body of the document holds.
        chunk: reads an inserted document; its lines and tables are counted anew.
    """
    order = _Order(chunk)
    order.add(raw)
    if has_large_table(order.blocks):
        return order.blocks
    return reread(order.blocks, lambda paragraph: order.lines.get(id(paragraph), paragraph.text))


class _Order:
    """Puts blocks in order."""

    def __init__(self, chunk: Callable[[Chunk], Iterable[Block]]) -> None:
        self.blocks: list[Block] = []
        self.lines: dict[int, str] = {}
        """Paragraphs, by identity, with the white space at their ends."""
        self._chunk = chunk
        self._line = self._table = 0
        self._texts: dict[str, str] = {}

    def add(self, raw: Iterable[RawBlock]) -> None:
        for block in raw:
            if isinstance(block, str):
                self._paragraph(block)
            elif isinstance(block, RawTable):
                self._add_table(block)
            else:
                for inserted in self._chunk(block):
                    self._insert(inserted)

    def _paragraph(self, raw: str) -> None:
        self._line += 1
        for line in raw.split("\n"):
            line = clean_markup(line.strip(_WHITE)) if "\t" not in line else line
            text = clean_markup(line).strip()
            indent = len(line) - len(line.lstrip()) if text else len(line)
            paragraph = Paragraph(text, self._line, indent=indent)
            self.blocks.append(paragraph)
            self.lines[id(paragraph)] = line

    def _add_table(self, table: RawTable) -> None:
        table.rows = [row for row in table.rows if not (row.hidden and all(map(_is_blank, row.cells)))]
        for row in table.rows:
            for cell in row.cells:
                cell.blocks = list(_without_frames(cell.blocks))
        laid_out = lay_out(table)
        cells = [placed.cell for placed_row in laid_out for placed in placed_row]
        if _is_layout(cells):
            for cell in cells:
                self.add(cell.blocks)
            return
        self._table += 1
        number = self._table
        first = self._line + 1
        made: list[tuple[Cell, ...]] = []
        for row_number, placed_row in enumerate(laid_out, 1):
            self._line += 1
            made.append(
                tuple(
                    Cell(
                        *(self._text(placed.cell), self._line, 1, number, row_number),
                        *(placed.col, placed.rowspan, placed.colspan),
                    )
                    for placed in placed_row
                )
            )
        self.blocks.append(Table(number, first, tuple(made)))
        for cell in cells:
            self.add(block for block in cell.blocks if not isinstance(block, str))

    def _text(self, cell: RawCell) -> str:
        """Return what a cell says, its lines without the empty ones."""
        raw = "\n".join(block for block in cell.blocks if isinstance(block, str))
        text = self._texts.get(raw)
        if text is None:
            lines = (clean_markup(line).strip() for line in raw.split("\n"))
            text = self._texts[raw] = "\n".join(filter(None, lines))
        return text

    def _insert(self, block: Block) -> None:
        if isinstance(block, Paragraph):
            self._line += 1
            self.blocks.append(block._replace(line=self._line, column=1))
            return
        self._table += 1
        first = self._line + 1
        self._line += len(block.rows)
        rows = tuple(
            tuple(cell._replace(line=first + index) for cell in row)
            for index, row in enumerate(numbered(block, self._table).rows)
        )
        self.blocks.append(attrs.evolve(block, number=self._table, line=first, rows=rows))


def _is_blank(cell: RawCell) -> bool:
    return all(isinstance(block, str) and not block.strip() for block in cell.blocks)


def _without_frames(blocks: Iterable[RawBlock]) -> Iterator[RawBlock]:
    """Put what a table of a single cell holds in its place: it is what a cell pasted into a cell becomes."""
    for block in blocks:
        if isinstance(block, RawTable) and len(block.rows) == 1 and len(block.rows[0].cells) == 1:
            yield from _without_frames(block.rows[0].cells[0].blocks)
        else:
            yield block


def _is_layout(cells: list[RawCell]) -> bool:
    words = ["".join(block for block in cell.blocks if isinstance(block, str)).strip() for cell in cells]
    return only_arranges(words, nested=any(not isinstance(block, str) for cell in cells for block in cell.blocks))
