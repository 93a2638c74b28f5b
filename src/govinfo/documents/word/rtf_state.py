"""What an RTF file has said so far: what holds inside a group, and what is said of the next row."""

from __future__ import annotations

from operator import attrgetter

import attrs

from govinfo.documents.word.edges import CellShape, Down, RowShape
from govinfo.documents.word.flow import MAX_NESTED

__all__ = ["RowDefinition", "State", "bounded"]

_MOST_CELLS = 256
"""Cells of a row; Word allows 63."""
_FARTHEST = 1_000_000
"""Twips from the margin; no page is so wide."""


@attrs.define
class State:
    """What holds inside a group."""

    shown: bool = True
    never: bool = False
    """No group inside is shown either."""
    starred: bool = False
    fonts: bool = False
    """The group lists the fonts."""
    number: bool = False
    """The group is the number, or bullet, in front of a paragraph."""
    box: bool = False
    """The group is a text box."""
    nested: bool = False
    """What is said of rows is said of an inner table's."""
    font: int = 0
    alternatives: int = 1
    """Characters behind a Unicode character for programs that do not know these."""
    hidden: bool = False
    deleted: bool = False
    struck: bool = False
    struck_twice: bool = False
    raised: bool = False
    in_table: bool = False
    depth: int = 0

    def inner(self) -> State:
        """Return what holds at the beginning of a group inside this one."""
        found = State(*_VALUES(self))
        found.starred = False
        return found

    @property
    def gone(self) -> bool:
        """Hidden, deleted or struck out."""
        return self.hidden or self.deleted or self.struck or self.struck_twice

    @property
    def level(self) -> int:
        """Tables around the paragraph."""
        return min(self.depth, MAX_NESTED) if self.depth > 0 else int(self.in_table)


_VALUES = attrgetter(*(field.name for field in attrs.fields(State)))


def bounded(twips: int) -> int:
    """Return a place on a page, however far outside it the file says it is."""
    return max(-_FARTHEST, min(twips, _FARTHEST))


class RowDefinition:
    """What has been said of a row so far."""

    def __init__(self) -> None:
        self.left = 0
        self.cells: list[CellShape] = []
        self._shape: RowShape | None = None
        self.covered = False
        self.down: Down = ""

    def end_cell(self, right: int) -> None:
        """End what is said of a cell with its right edge."""
        if len(self.cells) < _MOST_CELLS:
            self.cells.append(CellShape(bounded(right), self.covered, self.down))
        self.covered, self.down = False, ""

    def shape(self) -> RowShape | None:
        """Return the shape of the row, None where nothing was said of its cells."""
        known = self._shape
        if self.cells and (known is None or (len(known.cells), known.left) != (len(self.cells), self.left)):
            self._shape = RowShape(self.left, tuple(self.cells))
        return self._shape
