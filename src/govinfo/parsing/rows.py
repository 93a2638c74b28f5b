"""Any document as rows: labels on the left, slots for figures on the right.

Tables give their own rows. A table written one cell per line gives rows too: by its separators where it has them,
otherwise every run of figures belongs to the words before it. What the rows are is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from govinfo.documents.model import Block, Cell, Document, Paragraph, Place, Table
from govinfo.parsing.notes import is_prose, joined, mended
from govinfo.parsing.numbers import FIGURES, Look, is_page_mark, look

__all__ = ["Row", "document_rows"]

_LONG_ROW = 16
"""More cells than the form's longest row has."""
_BLANK_ROW = 7
"""So many blank cells behind a label are a row left blank, fewer may be merged cells."""
_TAIL = re.compile(
    r"(.*?[\u4e00-\u9fff）)”」])\s*+"
    r"((?:\d[\d.,，]*+(?:亿元|万元|[元件个])?+(?:[（(][^（）()]*+[)）])?+\s*+)++)",
    re.DOTALL,
)
_STACK = re.compile(r"[\d\s./-]+")
_ABOVE = 12
"""So many lines of words above a table may belong to it."""
_TAIL_ENDS = "0123456789元件个)）"
_LABEL_PARTS = 80
"""So many lines of words before a figure are kept; the headings of table 4 may stand one character to a line."""


class Row(NamedTuple):
    """A row of figures, or of headings."""

    labels: tuple[Place, ...]
    """The words before the figures, left to right."""
    slots: tuple[Place, ...]
    """What stands behind the last label: figures, blanks, and anything printed among them."""
    looks: tuple[Look, ...]
    """What each slot looks like."""
    numbers: int
    """How many slots hold something that stands for a figure."""
    layout: str
    """The table's layout; ``lines`` for cells on lines of their own."""
    block: int
    """Index of the block in the document; of the last label's, where every cell is a block."""
    last: int
    """Index of the last block."""

    @property
    def label(self) -> str:
        """The last label, the one nearest to the figures."""
        return self.labels[-1].text if self.labels else ""

    def with_slots(self, slots: Sequence[Place], labels: Sequence[Place] | None = None) -> Row:
        """Return the row with other slots, and other labels if given."""
        looks = [look(slot.text).look for slot in slots]
        return _row(self.labels if labels is None else labels, slots, looks, self.layout, self.block, self.last)

    def with_run(self, label: str, figures: str) -> Row:
        """Return the row with its label parted into the label proper and the figures run together with it.

        The figures look garbled, not like one number, until something tells how many they are.
        """
        place = self.labels[-1]
        behind = place._replace(text=figures, column=place.column + len(place.text) - len(figures))
        row = self.with_slots((behind, *self.slots), (*self.labels[:-1], place._replace(text=label)))
        return row._replace(looks=(Look.GARBLED, *row.looks[1:])) if figures.isdigit() else row


def _row(
    labels: Sequence[Place], slots: Sequence[Place], looks: Sequence[Look], layout: str, block: int, last: int
) -> Row:
    numbers = looks.count(Look.NUMBER) + looks.count(Look.NOT_APPLICABLE) + looks.count(Look.SPACED)
    return Row(tuple(labels), tuple(slots), tuple(looks), numbers, layout, block, last)


def document_rows(document: Document) -> tuple[list[Row], list[Place]]:
    """Return the document's rows in reading order, and the page numbers that were left aside."""
    rows: list[Row] = []
    aside: list[Place] = []
    blocks = document.blocks
    start = 0
    while start < len(blocks):
        block = blocks[start]
        if isinstance(block, Table):
            rows.extend(_table_rows(block, start, aside))
            start += 1
            continue
        end = start
        while end < len(blocks) and isinstance(blocks[end], Paragraph):
            end += 1
        rows.extend(_paragraph_rows(blocks, start, end, aside))
        start = end
    return joined(rows), aside


def _table_rows(table: Table, index: int, aside: list[Place]) -> Iterator[Row]:
    if table.layout == "cells" or (len(table.rows) > _LONG_ROW and all(len(row) == 1 for row in table.rows)):
        tokens = [(cell, index) for row in table.rows for cell in row]
        yield from _stream_rows(tokens, "cells", aside)
        return
    for cells in _unstacked(table.rows):
        row = _split(cells, table.layout, index, index)
        if row is None:
            continue
        if len(row.slots) + len(row.labels) == 1 and is_page_mark(cells[0].text):
            aside.append(cells[0])
            continue
        yield row


def _unstacked(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
    for cells in rows:
        if "\n" in "".join([cell.text for cell in cells]):
            yield from _unstack(cells)
        else:
            yield cells


def _unstack(cells: tuple[Cell, ...]) -> list[tuple[Cell, ...]]:
    """Part rows that were written into one, each cell holding a line of every row."""
    heights = {cell.text.count("\n") + 1 for cell in cells if "\n" in cell.text and _STACK.fullmatch(cell.text)}
    if len(heights) != 1:
        return [cells]
    height = heights.pop()
    stacked = [cell.text.split("\n") for cell in cells]
    labels = [lines for lines in stacked if look(lines[0]).look is Look.LABEL]
    if not labels or len(labels[-1]) != height:  # a number broken over lines, not rows written into one
        return [cells]
    if sum(len(lines) == height for lines in stacked) < 3 or any(len(lines) not in (1, height) for lines in stacked):
        return [cells]
    return [
        tuple(
            cell._replace(text=lines[level] if len(lines) == height else lines[0] if level == 0 else "")
            for cell, lines in zip(cells, stacked, strict=True)
        )
        for level in range(height)
    ]


def _split(cells: Sequence[Place], layout: str, block: int, last: int) -> Row | None:
    """Split a row of cells behind the last label that comes before any figure."""
    looks = [look(cell.text).look for cell in cells]
    behind = 0
    start = 1 if len(looks) > 2 and looks[0] is Look.NUMBER and looks[1] is Look.LABEL else 0  # a serial number
    for position, kind in enumerate(looks[start:], start):
        if kind is Look.LABEL or (kind is Look.GARBLED and not behind):
            behind = position + 1
        elif kind is not Look.BLANK:
            break
    if not cells:
        return None
    labels = [cell for cell, kind in zip(cells[:behind], looks, strict=False) if kind is not Look.BLANK]
    return _row(labels, cells[behind:], looks[behind:], layout, block, last)


def _paragraph_rows(blocks: Sequence[Block], start: int, end: int, aside: list[Place]) -> Iterator[Row]:
    lines = [(block, index) for index, block in enumerate(blocks[start:end], start) if isinstance(block, Paragraph)]
    if not any(line.text and (line.text[-1] in _TAIL_ENDS or look(line.text).look in FIGURES) for line, _ in lines):
        labels = [line for line, _ in mended(lines[-_ABOVE:]) if line.text]
        if labels:
            yield _row(labels, (), (), "lines", start, end - 1)
    elif _separated(lines):
        yield from _group_rows(lines, aside)
    else:
        yield from _stream_rows(lines, "lines", aside)


def _separated(lines: Sequence[tuple[Paragraph, int]]) -> bool:
    """Tell whether cells are indented and rows end in a blank line that is not: so Word tables are often saved."""
    indented = plain = ends = 0
    before = 0
    for line, _ in lines:
        if look(line.text).look in FIGURES:
            if line.indent:
                indented += 1
            else:
                plain += 1
        elif before and not line.text and not line.indent:
            ends += 1
        before = line.indent
    return indented > 10 and indented > 9 * plain and indented < _LONG_ROW * ends


def _group_rows(lines: Sequence[tuple[Paragraph, int]], aside: list[Place]) -> Iterator[Row]:
    group: list[Paragraph] = []
    first = 0
    for line, index in [*lines, (Paragraph("", 0), lines[-1][1])]:
        if not line.text and not line.indent:
            if group:
                row = _split(group, "groups", first, index)
                if row is not None:
                    yield row
            group = []
        elif not group and not line.indent and line.text.isdigit():  # no cell stands so far left: a page number
            aside.append(line)
        elif group and not line.indent:  # an unindented line goes on with the cell above it
            group[-1] = group[-1]._replace(text=f"{group[-1].text}\n{line.text}".strip())
        else:
            if not group:
                first = index
            group.append(line)


def _stream_rows(tokens: Sequence[tuple[Place, int]], layout: str, aside: list[Place]) -> Iterator[Row]:
    labels: list[tuple[Place, int]] = []
    slots: list[tuple[Place, int]] = []
    figures = glued = False

    def row() -> Row:
        looks = [look(place.text).look for place, _ in slots]
        if glued:
            looks[0] = Look.GARBLED
        return _row(
            [place for place, _ in labels[-_LABEL_PARTS:]],
            [place for place, _ in slots],
            looks,
            layout,
            (labels[-1] if labels else slots[0])[1],
            (slots or labels)[-1][1],
        )

    for place, index in mended(tokens):
        kind = look(place.text).look
        if (kind is Look.LABEL and is_page_mark(place.text)) or (kind is Look.GARBLED and is_page_mark(place.text)):
            aside.append(place)
        elif kind is Look.LABEL:
            text = place.text
            figures_behind = None if is_prose(text) or text[-1] not in _TAIL_ENDS else _TAIL.fullmatch(text)
            if figures or (labels and slots):  # without figures: a row left blank, or a label broken over lines
                yield row()
            if figures or len(slots) >= _BLANK_ROW:
                labels, figures = [], False
            glued = figures_behind is not None and figures_behind[0][figures_behind.end(1)].isdigit()
            slots = []  # blanks between two labels are merged cells, not figures
            if is_prose(text):
                labels = []
            if figures_behind is None:
                labels.append((place, index))
            else:  # 规章 0 0 0 on one line
                labels.append((place._replace(text=figures_behind[1]), index))
                behind = place.column + figures_behind.start(2)
                slots = [(place._replace(text=figures_behind[2], column=behind), index)]
                figures = True
        else:
            figures = figures or kind is not Look.BLANK
            slots.append((place, index))
    if labels or figures:
        yield row()
