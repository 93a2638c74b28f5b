"""A sheet as it was filled in: what every reader of workbooks makes, and what tables are told from."""

from __future__ import annotations

from bisect import bisect_right
from typing import Literal, NamedTuple

import attrs

from govinfo.documents.limits import MAX_CELLS, MAX_FILLED, MAX_STEPS, check_count
from govinfo.text import Text

__all__ = ["Budget", "Item", "Merge", "Remark", "RemarkKind", "SheetContent", "Spans"]


_CELLS = Text("单元格", "cells")
_NEAR = 3
"""So many rows below the last text a border still counts."""


class Item(NamedTuple):
    """One cell that holds something or has a border."""

    text: str
    """As a person sees it; empty for a blank cell."""
    framed: bool = False
    """It has a border: a blank cell with one is part of a table."""


class Merge(NamedTuple):
    """A range of cells merged into one; rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


RemarkKind = Literal["rounded", "zero", "hidden_figure", "unknown_format", "uncalculated"]


class Remark(NamedTuple):
    """Something about one cell that a person should know."""

    kind: RemarkKind
    row: int
    col: int


class Budget:
    """What one workbook may cost, all its sheets together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._full = self._steps = self._cells = 0

    def check(self, sheet: SheetContent, more: int = 0) -> None:
        """Raise `ReadError` ``too_large`` where a sheet, ``more`` cells included, is too much with those before it."""
        count = self._full + len(sheet.items) + more
        if count > MAX_FILLED:
            check_count(count, MAX_FILLED, _CELLS, self._name)

    def close(self, sheet: SheetContent) -> None:
        """Go on to the next sheet."""
        self._full += len(sheet.items)

    def spend_steps(self, count: int) -> None:
        """Take ``count`` places covered by merged cells. Raises `ReadError` ``too_large``."""
        self._steps += count
        check_count(self._steps, MAX_STEPS, Text("合并单元格所占的格", "places taken by merged cells"), self._name)

    def spend_cells(self, count: int) -> None:
        """Take ``count`` cells of a table. Raises `ReadError` ``too_large``."""
        self._cells += count
        check_count(self._cells, MAX_CELLS, _CELLS, self._name)


class Spans:
    """Hidden rows or columns: runs of numbers, not the numbers, for a run may be a million long."""

    def __init__(self) -> None:
        self._firsts: list[int] = []
        self._lasts: list[int] = []
        self._sorted = True

    def __bool__(self) -> bool:
        return bool(self._firsts)

    def __contains__(self, number: int) -> bool:
        return self.start_of(number) is not None

    def add(self, first: int, last: int) -> None:
        """Add the numbers from ``first`` to ``last``."""
        if self._lasts and first <= self._lasts[-1] + 1 and first >= self._firsts[-1]:
            self._lasts[-1] = max(self._lasts[-1], last)
            return
        self._sorted = self._sorted and (not self._lasts or first > self._lasts[-1])
        self._firsts.append(first)
        self._lasts.append(last)

    def start_of(self, number: int) -> int | None:
        """Return the first number of the run a number is in, None where it is in none."""
        if not self._sorted:
            runs = sorted(zip(self._firsts, self._lasts, strict=True))
            self._firsts, self._lasts, self._sorted = [], [], True
            for first, last in runs:
                self.add(first, last)
        run = bisect_right(self._firsts, number) - 1
        return self._firsts[run] if run >= 0 and number <= self._lasts[run] else None


@attrs.define
class SheetContent:
    """One sheet."""

    name: str
    hidden: bool = False
    items: dict[tuple[int, int], Item] = attrs.field(factory=dict)
    """By row and column, from 1."""
    merges: list[Merge] = attrs.field(factory=list)
    hidden_rows: Spans = attrs.field(factory=Spans)
    hidden_cols: Spans = attrs.field(factory=Spans)
    remarks: list[Remark] = attrs.field(factory=list)
    _last: int = 0
    """The last row that holds text."""

    def put(self, row: int, col: int, text: str, framed: bool = False, remark: RemarkKind | None = None) -> None:
        """Enter what a cell holds, row by row; one that is blank is nothing if it has no border, or no text near."""
        if text:
            self._last = max(self._last, row)
        if text or (framed and row <= self._last + _NEAR):  # some sheets have borders down to their last row
            self.items[row, col] = Item(text, framed)
        if remark is not None:
            self.remarks.append(Remark(remark, row, col))
