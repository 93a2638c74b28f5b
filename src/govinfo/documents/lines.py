"""Lines of text → paragraphs and tables.

Every line is given a letter (`kinds_of`), and the tables are the matches of a regular expression over the word the
letters spell. What no table claims stays one paragraph a line, blank lines included: where each cell has its own line,
a blank one may be an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import repeat
from typing import NamedTuple

from govinfo.documents.kinds import TABLE_KINDS, is_separator, kinds_of
from govinfo.documents.model import Block, Cell, Paragraph, Table
from govinfo.documents.rows import Clean, Fields, RowMaker, Where, barred, piped, spaced, tabbed

__all__ = ["Lines", "blocks_of"]

# Looking ahead is bounded everywhere: a file of half a million lines must not cost their square.
# One blank line may stand between rows; after it, a row with a Markdown separator below begins another table.
_PIPES = r"(?P<pipes>(?=[bx=\ ]{0,8}M)[Mbx=](?:[Mbx=]|\ (?=[Mbx])(?!.=))*)"
# A cell may be split over lines; its bar may stand on a line of its own, also after a blank one.
_CELLS = r"(?P<cells>(?:[c0sw]\ ?(?=x))?[bx](?:\ ?(?:[c0sw]{1,4}(?:\ (?=x))?)?[bxM])*(?:0(?![c0sw]))?)"
# A line without tabs right between two rows is a row that lost its empty fields.
_TABS = r"(?P<tabs>(?:[te]\ ?){0,4}(?=R|r(?:\ ?[te]|[c0sw]){0,4}\ ?[rR])[Rr](?:\ ?[Rrte]|[c0sw](?=[Rrte]))*)"
_SPACES = r"(?P<spaces>(?:[sw]|[c0](?=[sw]{0,4}S)){0,12}S(?:\ ?[Ssw]|[c0](?=[Ssw]))*|w{3,})"

_PIPES_FIRST = re.compile(f"{_PIPES}|{_CELLS}|{_TABS}|{_SPACES}", re.VERBOSE)
_CELLS_FIRST = re.compile(f"{_CELLS}|{_PIPES}|{_TABS}|{_SPACES}", re.VERBOSE)

_BAR_BELOW = re.compile(r" ?x")
_FIGURE_WITHOUT_BAR = re.compile(r"0(?! ?x)")

Row = tuple[Cell, ...]

_new = tuple.__new__


class Lines(NamedTuple):
    """Lines and where they stand."""

    raw: Sequence[str]
    numbers: Sequence[int]
    """The line of the file each stands in."""
    pages: Sequence[int] | None = None
    """The page each stands on, where there are pages."""
    clean: Clean | None = None
    """Applied to the text of every paragraph and cell."""

    def where(self, index: int, table: int, row: int) -> Where:
        """Return where line ``index`` stands as a row of a table."""
        return self.numbers[index], self.pages[index] if self.pages else 0, table, row


def blocks_of(lines: Lines, first_table: int = 1) -> list[Block]:
    """Return the paragraphs and tables of ``lines``; tables are numbered from ``first_table``."""
    fields = Fields(lines.clean)
    read = [fields[raw] for raw in lines.raw]
    kinds = kinds_of(lines.raw, [text for text, _ in read])
    paragraphs = _paragraphs(lines, read)
    if TABLE_KINDS.isdisjoint(kinds):
        return paragraphs
    blocks: list[Block] = []
    done = 0
    bars_alone = kinds.count("b") + kinds.count("x") > kinds.count("M")
    for found in (_CELLS_FIRST if bars_alone else _PIPES_FIRST).finditer(kinds):
        start, end = found.span()
        layout = str(found.lastgroup)
        make_rows = _one_row if layout == "cells" else _rows
        rows = make_rows(lines, fields, kinds, range(start, end), layout, first_table)
        blocks += paragraphs[done:start]
        blocks.append(Table(first_table, lines.numbers[start], rows, layout))
        first_table += 1
        done = end
    return blocks + paragraphs[done:]


def _paragraphs(lines: Lines, read: list[tuple[str, int]]) -> list[Block]:
    """Return every line as a paragraph: tables take theirs out afterwards."""
    paragraphs: list[Block] = []
    pages = lines.pages or repeat(0)
    for (text, indent), raw, number, page in zip(read, lines.raw, lines.numbers, pages, strict=False):
        if not text:
            indent = len(raw)
        paragraphs.append(_new(Paragraph, (text, number, indent + 1, indent, page)))
    return paragraphs


def _rows(lines: Lines, fields: Fields, kinds: str, indices: range, layout: str, table: int) -> tuple[Row, ...]:
    make: RowMaker = spaced if layout == "spaces" else tabbed
    if layout == "pipes":
        bodies = [lines.raw[index].strip() for index in indices if kinds[index] != " "]
        make = piped(all(body[0] == "|" for body in bodies), all(body[-1] == "|" for body in bodies))
    rows: list[Row] = []
    position = 0
    for index in indices:
        if kinds[index] == " ":
            continue
        position += 1
        raw = lines.raw[index]
        if kinds[index] != "=" or not is_separator(raw.strip(), position):
            rows.append(make(raw, lines.where(index, table, len(rows) + 1), fields))
    return tuple(rows)


def _one_row(lines: Lines, fields: Fields, kinds: str, indices: range, _layout: str, table: int) -> tuple[Row, ...]:
    """Return all cells of a cell-and-bar table in sequence.

    A line without a bar begins the cell that the next bar ends, except for figures, which are whole; where several
    figures have no bar, bars stand only between the cells of a row and every line is whole.
    """
    cells: list[Cell] = []
    begun: list[Cell] = []
    whole = len(_FIGURE_WITHOUT_BAR.findall(kinds, indices.start, indices.stop)) > 1
    memo: dict[str, list[tuple[str, int]]] = {}  # most lines are "0 |"
    for index in indices:
        kind, raw = kinds[index], lines.raw[index]
        if kind == " ":
            continue
        if (found := memo.get(raw)) is None:
            found = memo[raw] = barred(raw, fields)
        line, page, _, _ = lines.where(index, table, 1)
        count = len(cells)
        for text, column in found:
            cells.append(_new(Cell, (text, line, column, table, 1, len(cells) + 1, 1, 1, page)))
        if kind in "bxM":
            if begun:
                cells[count] = _joined([*begun, cells[count]])
                begun = []
        elif (kind == "0" or whole) and not _BAR_BELOW.match(kinds, index + 1):
            # A figure is whole, and so is what was begun before it.
            cells[count:] = [cell._replace(col=col) for col, cell in enumerate(begun + cells[count:], count + 1)]
            begun = []
        else:
            begun += cells[count:]
            del cells[count:]
    return (tuple(cells),)


def _joined(parts: list[Cell]) -> Cell:
    return parts[0]._replace(text="\n".join(part.text for part in parts if part.text))
