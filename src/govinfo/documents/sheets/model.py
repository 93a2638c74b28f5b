"""A sheet as it was filled in: what every reader of workbooks makes, and what tables are told from."""

from __future__ import annotations

from typing import Literal, NamedTuple

import attrs

__all__ = ["Item", "Merge", "Remark", "RemarkKind", "SheetContent"]


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


@attrs.define
class SheetContent:
    """One sheet."""

    name: str
    hidden: bool = False
    items: dict[tuple[int, int], Item] = attrs.field(factory=dict)
    """By row and column, from 1."""
    merges: list[Merge] = attrs.field(factory=list)
    hidden_rows: set[int] = attrs.field(factory=set)
    hidden_cols: list[tuple[int, int]] = attrs.field(factory=list)
    """First and last column of each run of hidden ones."""
    remarks: list[Remark] = attrs.field(factory=list)

    def put(self, row: int, col: int, text: str, framed: bool = False, remark: RemarkKind | None = None) -> None:
        """Enter what a cell holds; one that is blank and has no border is nothing."""
        if text or framed:
            self.items[row, col] = Item(text, framed)
        if remark is not None:
            self.remarks.append(Remark(remark, row, col))
