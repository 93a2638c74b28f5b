"""A sheet → paragraphs and tables.

A whole report often stands on one sheet: title, prose, headings and tables one under another. A person tells them apart
by borders, merged cells and empty rows, and so is it done here:

- rows joined by cells merged downwards are one band;
- a band with one filled cell is a paragraph, unless it stands between rows of a table or has empty cells with borders;
- bands that touch are one table; an empty row ends it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from govinfo.documents.model import Block, Cell, Paragraph, Place, Table
from govinfo.documents.sheets.model import Budget, Merge, SheetContent
from govinfo.documents.sheets.names import line_of, row_of

__all__ = ["LaidOut", "lay_out"]

_LONGEST_LABEL = 60
"""No label of a table has more characters: it is prose."""
_LONGEST_HEAD = 15
"""A title has more characters than what stands over the columns of a table."""
_FEW_TEXTS = 3
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}\s?[、.．]")
_FIGURE = re.compile(r"[\s\d０-９.,，+/%—-]*")

Square = tuple[int, int]
"""Row and column, from 1."""


class LaidOut(NamedTuple):
    """What a sheet holds."""

    blocks: list[Block]
    places: dict[Square, Place]
    """What became of each filled cell."""
    hidden: int
    """Filled cells in hidden rows and columns."""


class _Band(NamedTuple):
    rows: list[int]
    filled: list[Square]
    empty_frames: bool
    """There are blank cells with borders beside the filled ones."""

    @property
    def single(self) -> bool:
        return len(self.filled) == 1


class _Seen:
    """What is visible of a sheet: filled cells, and the extent of each."""

    def __init__(self, sheet: SheetContent, budget: Budget) -> None:
        self.hidden_rows, self.hidden_cols = sheet.hidden_rows, sheet.hidden_cols
        self.texts: dict[Square, str] = {}
        self.frames: set[Square] = set()
        self.extents: dict[Square, Merge] = {}
        """Merged cells by their first visible square."""
        self.covered: dict[Square, Square] = {}
        """The first visible square of the merged cell over each square of one."""
        filled = [at for at, item in sheet.items.items() if item.text]
        bottom = max((row for row, _ in filled), default=0)
        right = max((col for (_, col), item in sheet.items.items() if item.text or item.framed), default=0)
        for merge in sheet.merges:
            down, across = (
                range(merge.top, min(merge.bottom, bottom) + 1),
                range(merge.left, min(merge.right, right) + 1),
            )
            budget.spend_steps(len(down) * len(across))
            rows = [row for row in down if across and row not in self.hidden_rows]
            cols = [col for col in across if down and col not in self.hidden_cols]
            squares = [(row, col) for row in rows for col in cols]
            corner = (merge.top, merge.left)
            if corner in self.covered or not self.covered.keys().isdisjoint(squares):
                continue  # overlapping ranges: no office program writes them, and the first counts
            if squares:
                self.covered.update(dict.fromkeys([*squares, corner], squares[0]))
                item = sheet.items.get(corner)
                self.extents[squares[0]] = Merge(rows[0], cols[0], rows[-1], cols[-1])
                if item and item.text:
                    self.texts[squares[0]] = item.text
                if item and item.framed:
                    self.frames.add(squares[0])
        for at, item in sheet.items.items():
            if at not in self.covered and at[0] not in self.hidden_rows and at[1] not in self.hidden_cols:
                if item.text:
                    self.texts[at] = item.text
                if item.framed:
                    self.frames.add(at)
        self.text_cols = _by_row(self.texts)
        self.frame_cols = _by_row(self.frames)
        shown = set(self.texts) | self.covered.keys()
        self.hidden = sum(at not in shown for at in filled)

    def extent(self, at: Square) -> Merge:
        """Return the range a cell takes."""
        return self.extents.get(at) or Merge(at[0], at[1], at[0], at[1])


def _by_row(squares: Iterable[Square]) -> dict[int, list[int]]:
    """Return the columns of squares by row."""
    found: dict[int, list[int]] = {}
    for row, col in sorted(squares):
        found.setdefault(row, []).append(col)
    return found


def lay_out(sheet: SheetContent, page: int, first_table: int, budget: Budget) -> LaidOut:
    """Tell the paragraphs and tables of a sheet.

    Args:
        sheet: what was read.
        page: number of the sheet, from 1.
        first_table: number of its first table.
        budget: what the workbook may still cost.

    Raises:
        ReadError: ``too_large``.
    """
    seen = _Seen(sheet, budget)
    blocks: list[Block] = []
    places: dict[Square, Place] = {}
    for run in _runs(_bands(seen), seen):
        if isinstance(run, _Band) or _is_line(run, seen):
            for at in run.filled if isinstance(run, _Band) else run[0].filled:
                made = list(_paragraphs(seen.texts[at], at, page))
                blocks += made
                places[at] = made[0]
        else:
            table = _table(run, seen, page, first_table, budget)
            first_table += 1
            blocks.append(table)
            places.update(((row_of(cell.line), cell.column), cell) for row in table.rows for cell in row)
    return LaidOut(blocks, places, seen.hidden)


def _bands(seen: _Seen) -> Iterator[_Band | None]:
    """Yield the bands of a sheet from the top; None for an empty row, or several."""
    by_row = {row: [(row, col) for col in cols] for row, cols in seen.text_cols.items()}
    frames = {
        row: len(empty)
        for row, cols in seen.frame_cols.items()
        if (empty := set(cols) - set(seen.text_cols.get(row, ())))
    }
    rows: list[int] = []
    filled: list[Square] = []
    reach = before = 0
    for row in sorted(set(by_row) | set(frames)):
        below = row - 1
        while (start := seen.hidden_rows.start_of(below)) is not None:
            below = start - 1
        if rows and row > reach:
            yield _band(rows, filled, frames)
            rows, filled = [], []
        if not rows and before and below > before:
            yield None
        rows.append(row)
        filled += by_row.get(row, [])
        reach = max([reach, row, *(seen.extent(at).bottom for at in by_row.get(row, []))])
        before = reach
    if rows:
        yield _band(rows, filled, frames)


def _band(rows: list[int], filled: list[Square], frames: dict[int, int]) -> _Band | None:
    empty = sum(frames.get(row, 0) for row in rows)
    return _Band(rows, filled, empty > 0) if filled or empty > 1 else None


def _runs(bands: Iterable[_Band | None], seen: _Seen) -> Iterator[_Band | list[_Band]]:
    """Yield single bands that are paragraphs, and lists of bands that are a table."""
    table: list[_Band] = []
    firsts: set[Square] = set()
    """First and last column of the cells its rows begin with."""
    above: list[_Band] = []
    """Bands that are the head of a table, should one follow."""
    waiting: list[_Band] = []
    """Bands behind a table of which it is not known yet whether the table goes on after them."""
    for band in (*bands, None):
        if table and band is not None:
            if not band.filled or (band.single and _fits(band, firsts, seen, between=True)):
                waiting.append(band)
                continue
            if not band.single:
                table += [*waiting, band]
                firsts.add(_width(band, seen))
                waiting = []
                continue
        if table:
            while waiting and waiting[0].filled and _fits(waiting[0], firsts, seen, between=False):
                table.append(waiting.pop(0))
            yield table
            yield from (one for one in waiting if one.filled)
            table, waiting = [], []
        if band is not None and band.single and _heads(band, seen):
            above.append(band)
            continue
        if band is not None and band.filled and not band.single:
            table, firsts, above = [*above, band], {_width(band, seen)}, []
            continue
        yield from above
        above = []
        if band is not None and band.filled:
            yield band


def _width(band: _Band, seen: _Seen) -> Square:
    extent = seen.extent(band.filled[0])
    return extent.left, extent.right


def _heads(band: _Band, seen: _Seen) -> bool:
    """Tell whether a band with one filled cell may be the first row of a table: 第二十条第（一）项 in its borders."""
    at = band.filled[0]
    text = seen.texts[at]
    extent = seen.extent(at)
    in_table = at in seen.frames or (not seen.frames and extent.right > extent.left)
    return in_table and len(text) <= _LONGEST_HEAD and not _HEADING.match(text)


def _fits(band: _Band, firsts: set[Square], seen: _Seen, *, between: bool) -> bool:
    """Tell whether a band with one filled cell is a row of the table above it.

    Args:
        band: the band.
        firsts: first and last column of the cells that rows of the table begin with.
        seen: the sheet.
        between: there may be more of the table below; whether there is, shows later.
    """
    at = band.filled[0]
    text, extent = seen.texts[at], seen.extent(at)
    if len(text) > _LONGEST_LABEL:
        return False
    if _FIGURE.fullmatch(text):
        return True
    below_others = _width(band, seen) in firsts
    if _HEADING.match(
        text
    ):  # 二、上年结转 is a row with a blank, merged as its neighbours are; 二、主动公开 is a heading
        return extent.right > extent.left and below_others
    if band.empty_frames:
        return between or below_others
    return between and (at in seen.frames or not seen.frames)


def _is_line(run: list[_Band], seen: _Seen) -> bool:
    """Tell whether a row of its own is a line of words in a few cells: office on the left, date on the right."""
    texts = [seen.texts[at] for at in run[0].filled]
    return len(run) == 1 and len(texts) <= _FEW_TEXTS and not any(_FIGURE.fullmatch(text) for text in texts)


def _paragraphs(text: str, at: Square, page: int) -> Iterator[Paragraph]:
    for line in text.split("\n"):
        if line.strip():
            indent = len(line) - len(line.lstrip())
            yield Paragraph(line.strip(), line_of(page, at[0]), at[1], indent, page)


def _table(run: list[_Band], seen: _Seen, page: int, number: int, budget: Budget) -> Table:
    """Make a table of bands that touch; columns in which no cell begins are dropped, as nobody sees them."""
    rows = [row for band in run for row in band.rows]
    cols = _kept_columns(rows, seen)
    budget.spend_cells(len(rows) * len(cols))
    row_numbers = {row: number for number, row in enumerate(rows, 1)}
    col_numbers = {col: number for number, col in enumerate(cols, 1)}
    made: list[tuple[Cell, ...]] = []
    for row in rows:
        cells: list[Cell] = []
        for col in cols:
            anchor = seen.covered.get((row, col), (row, col))
            if anchor != (row, col) and anchor[0] in row_numbers and anchor[1] in col_numbers:
                continue
            extent = seen.extent((row, col))
            cells.append(
                Cell(
                    *(seen.texts.get((row, col), ""), line_of(page, row), col, number),
                    *(row_numbers[row], col_numbers[col]),
                    rowspan=bisect_right(rows, extent.bottom) - row_numbers[row] + 1,
                    colspan=bisect_right(cols, extent.right) - col_numbers[col] + 1,
                    page=page,
                )
            )
        made.append(tuple(cells))
    return Table(number, line_of(page, rows[0]), tuple(made))


def _kept_columns(rows: list[int], seen: _Seen) -> list[int]:
    begun = {col for row in rows for col in seen.text_cols.get(row, ())}
    framed = {col for row in rows for col in seen.frame_cols.get(row, ())}
    if framed:  # a column without borders in a table with borders is a gap
        return sorted(begun | framed)
    return [
        col
        for col in range(min(begun), max(begun) + 1)
        if col not in seen.hidden_cols
        and (col in begun or any(seen.covered.get((row, col), (row, col)) == (row, col) for row in rows))
    ]
