"""Pages → paragraphs and tables in reading order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import groupby

import attrs

from govinfo.documents.model import Block, Cell, Paragraph, Problem, Table
from govinfo.documents.pages.borderless import tables_of
from govinfo.documents.pages.columns import areas_of
from govinfo.documents.pages.flow import Margins, furniture, leading_of, margins_of, paragraphs_of
from govinfo.documents.pages.joints import Whole, joined
from govinfo.documents.pages.lattice import Lattice, lattices_of
from govinfo.documents.pages.lines import TextLine, lines_of
from govinfo.documents.pages.model import Page
from govinfo.documents.pages.rulings import rulings_of
from govinfo.text import Text

__all__ = ["blocks_of_pages"]

_WRAPPED = Text(
    "“{}”在格内折成几行，已连成一个数，请核对",
    "{!r} is broken over lines in its cell and was put together: compare it with the page",
)


def blocks_of_pages(pages: Iterable[Page], doubts: list[Problem] | None = None) -> list[Block]:
    """Return what stands on pages, as a document: numbered tables, paragraphs, each with its page.

    Tables that rulings draw have exact columns; so have those without, where their columns are plain; otherwise their
    layout is ``spaces``. A table cut by page breaks is one. Running heads and page numbers are left out. ``line`` only
    counts paragraphs and rows.

    Args:
        pages: the pages.
        doubts: takes what was decided with doubt.
    """
    sheets: list[tuple[float, list[Lattice | TextLine]]] = []
    for page in pages:
        horizontal, vertical, glyphs = rulings_of(page)
        lattices, rest = lattices_of(horizontal, vertical, glyphs, page.number, page.width)
        for own, tables in areas_of(page, rest, lattices):
            pieces: list[Lattice | TextLine] = [one._replace(sheet=len(sheets)) for one in tables]
            pieces += lines_of(own, page.number, len(sheets))
            sheets.append((page.height, sorted(pieces, key=lambda one: one.y0)))
    lines = [[one for one in pieces if isinstance(one, TextLine)] for _, pieces in sheets]
    aside = furniture([(height, own) for (height, _), own in zip(sheets, lines, strict=True)])
    text = [[line for line in own if line not in left] for own, left in zip(lines, aside, strict=True)]
    margins, leading = margins_of(text), leading_of([line for own in text for line in own])
    pieces = [
        one
        for (_, pieces), left in zip(sheets, aside, strict=True)
        for one in pieces
        if not isinstance(one, TextLine) or one not in left
    ]
    numbering = _Numbering([] if doubts is None else doubts)
    for is_table, group in groupby(joined(pieces), lambda one: isinstance(one, Whole)):
        if is_table:
            for one in group:
                if isinstance(one, Whole):
                    numbering.add_whole(one)
        else:
            numbering.add_lines([one for one in group if isinstance(one, TextLine)], margins, leading)
    return numbering.blocks


@attrs.define
class _Numbering:
    """Blocks with their numbers."""

    doubts: list[Problem]
    blocks: list[Block] = attrs.Factory(list)
    line: int = 0
    tables: int = 0

    def add_lines(self, lines: Sequence[TextLine], margins: Sequence[Margins], leading: float) -> None:
        """Add lines outside of ruled tables."""
        for is_table, group in groupby(tables_of(lines), lambda one: isinstance(one, Table)):
            if is_table:
                for one in group:
                    if isinstance(one, Table):
                        self._add_table(one)
                continue
            run = [one for one in group if isinstance(one, TextLine)]
            for text, first in paragraphs_of(run, margins, leading):
                self.line += 1
                indent = max(0, round((first.x0 - margins[first.sheet].left) / first.size)) if first.size else 0
                self.blocks.append(Paragraph(text, self.line, indent=indent, page=first.page))

    def _add_table(self, table: Table) -> None:
        """Add a table whose rows have no numbers yet."""
        self.tables += 1
        rows = []
        for row in table.rows:
            self.line += 1
            rows.append(tuple(cell._replace(line=self.line, table=self.tables) for cell in row))
        self.blocks.append(attrs.evolve(table, number=self.tables, line=rows[0][0].line, rows=tuple(rows)))

    def add_whole(self, whole: Whole) -> None:
        """Add a ruled table; rows in which no cell begins are dropped."""
        self.tables += 1
        by_row: dict[int, list[Cell]] = {}
        starts = sorted({placed.square.row for placed in whole.cells})
        first = self.line + 1
        for square, page in sorted(whole.cells, key=lambda one: (one.square.row, one.square.col)):
            row = bisect_left(starts, square.row)
            height = bisect_left(starts, square.row + square.rowspan) - row
            cell = Cell(square.text, first + row, 1, self.tables, row + 1, square.col + 1, height, square.colspan, page)
            by_row.setdefault(row, []).append(cell)
            if square.wrapped:
                self.doubts.append(Problem("SRC024", _WRAPPED.fill_one(square.text), cell))
        self.line += len(starts)
        self.blocks.append(Table(self.tables, first, tuple(tuple(row) for row in by_row.values())))
