"""What a table's full rows teach about where figures stand in it. Learned only when a row needs it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise

import attrs

from govinfo.documents.model import Cell
from govinfo.parsing.numbers import Look
from govinfo.parsing.rows import Row

__all__ = ["UNPLACED", "Lessons", "standing_slots"]

_ROWS = 8
"""Of fewer rows it cannot be told that all end at one width."""
UNPLACED = frozenset({"lines", "cells"})
"""Layouts whose cells have no column."""


def standing_slots(looks: Sequence[Look]) -> list[int]:
    """Return the indexes of slots in which something is printed."""
    return [index for index, kind in enumerate(looks) if kind is not Look.BLANK]


def _depth(row: Row) -> int:
    """Return where the last label of a row stands: its column in a table, or how many labels there are."""
    last = row.labels[-1] if row.labels else None
    return last.col if isinstance(last, Cell) and row.layout not in UNPLACED else len(row.labels)


def _end(row: Row) -> int:
    """Return the column after the last label of a row."""
    last = row.labels[-1] if row.labels else None
    return last.col + last.colspan if isinstance(last, Cell) else 0


@attrs.define
class _Counts:
    starts: Counter[tuple[str, int]] = attrs.field(factory=Counter)
    leads: Counter[tuple[str, int, int]] = attrs.field(factory=Counter)
    lengths: Counter[tuple[str, int]] = attrs.field(factory=Counter)
    ends: Counter[tuple[tuple[int, ...], int]] = attrs.field(factory=Counter)
    grids: Counter[tuple[int, ...]] = attrs.field(factory=Counter)
    pitches: Counter[tuple[str, int]] = attrs.field(factory=Counter)


@attrs.frozen(slots=False)
class Lessons:
    """What the rows of one table teach.

    Args:
        width: figures in a full row.
        rows: the table's rows, full or not.
    """

    width: int
    rows: tuple[Row, ...]

    @cached_property
    def _counts(self) -> _Counts:
        counts = _Counts()
        for row in self.rows:
            standing = standing_slots(row.looks)
            if len(standing) != self.width:
                continue
            places = [row.slots[index] for index in standing]
            steps = {b - a for a, b in pairwise(standing)}
            counts.lengths[row.layout, len(row.labels) + len(row.slots)] += 1
            if len(steps) == 1:
                counts.pitches[row.layout, steps.pop()] += 1
                counts.leads[row.layout, _depth(row), standing[0]] += 1
                if isinstance(places[0], Cell) and row.layout not in UNPLACED:
                    counts.starts[row.layout, places[0].col] += 1
            if row.layout == "markup":
                grid = tuple(place.col for place in places if isinstance(place, Cell))
                counts.grids[grid] += 1
                counts.ends[grid, _end(row)] += 1
        return counts

    def start(self, layout: str) -> int | None:
        """Return the column figures begin in, if all full rows agree."""
        found = [col for known, col in self._counts.starts if known == layout]
        return found[0] if len(found) == 1 else None

    def leads(self, layout: str, like: Row | None = None) -> list[int]:
        """Return how many slots stand before the first figure, in rows with labels like one's or in any."""
        depth = None if like is None else _depth(like)
        return sorted({lead for known, at, lead in self._counts.leads if known == layout and depth in (None, at)})

    def pitches(self, layout: str) -> list[int]:
        """Return how many slots on the next figure stands; more than 1 where blank lines part the cells."""
        return [step for known, step in self._counts.pitches if known == layout]

    def keeps_blanks(self, layout: str) -> bool:
        """Tell whether a blank cell stands where it was printed, as far as the table shows.

        Tools fill a short row up on the right: a row that lost a cell in the middle then looks like one whose last
        cell is blank. Where blanks are seen between figures, and no row is too short, none was lost. Nor was one where
        nearly all rows end in a blank: then the column was left out.
        """
        inner = last = short = rows = 0
        step = min(self.pitches(layout), default=1)
        for row in self.rows:
            standing = standing_slots(row.looks)
            if row.layout != layout or not 0 < len(standing) <= self.width:
                continue
            rows += 1
            if len(standing) == self.width:
                continue
            short += self._short(row)
            if any(after - before > step for before, after in pairwise(standing)):
                inner += 1
            elif standing[-1] < len(row.slots) - 1:
                last += 1
        return not short and (inner > 0 or 10 * last >= 9 * rows)

    @cached_property
    def loses_blanks(self) -> bool:
        """Whether blank cells leave no trace: some rows lack figures and have no room for them."""
        return any(
            0 < len(standing_slots(row.looks)) < self.width and self._short(row)
            for row in self.rows
            if row.layout in UNPLACED
        )

    def _short(self, row: Row) -> bool:
        """Tell whether there is no room in a row for all its cells."""
        lead, step = min(self.leads(row.layout), default=0), min(self.pitches(row.layout), default=1)
        if (len(row.slots) - lead - 1) // step + 1 < self.width:
            return True
        if row.layout != "cells":
            return False
        ranked = self._counts.lengths.most_common(1)  # where every square of a merged cell has its bar
        return bool(ranked) and len(row.labels) + len(row.slots) < ranked[0][0][1] and ranked[0][1] >= _ROWS

    @cached_property
    def rectangular(self) -> bool:
        """Whether all rows end in one column of the table: they may have been filled up on the right."""
        ends = {row.slots[-1].col for row in self.rows if row.slots and isinstance(row.slots[-1], Cell)}
        return len(ends) <= 1

    @property
    def columns(self) -> tuple[int, ...] | None:
        """The columns of the figures in the grid of the markup, if nearly all full rows agree."""
        ranked = self._counts.grids.most_common(2)
        if not ranked or (len(ranked) > 1 and ranked[1][1] * 4 > ranked[0][1]):
            return None
        return ranked[0][0]

    def is_in_line(self, row: Row) -> bool:
        """Tell whether the label of a row ends where those of full rows do: else the row may have moved as a whole."""
        return (self.columns, _end(row)) in self._counts.ends

    @cached_property
    def cut(self) -> bool:
        """Whether all rows end at one width although those with more labels then lack figures."""
        ends: Counter[int] = Counter()
        counts: Counter[int] = Counter()
        for row in self.rows:
            standing = standing_slots(row.looks)
            if not standing or row.layout in UNPLACED:
                continue
            last = row.slots[-1]
            flush = standing == list(range(standing[0], len(row.slots)))
            if not flush or len(standing) > self.width or not isinstance(last, Cell):
                return False
            ends[last.col] += 1
            counts[len(standing)] += 1
        # of several lengths, or else it is a table that simply lacks a column; and most rows short, or else some cells
        # are merely blank
        return (
            counts.total() >= _ROWS and len(ends) == 1 and len(counts) > 1 and 2 * counts[self.width] < counts.total()
        )

    def lead_of_cut(self, row: Row) -> int | None:
        """Return how many slots stand before the first column in a row of a table that is cut off.

        Merged cells leave empty squares there in all rows like it, or in many where labels of two depths are as wide;
        a blank cell stands there now and then.
        """
        alike = [standing_slots(other.looks) for other in self.rows if len(other.slots) == len(row.slots)]
        leads = Counter(standing[0] for standing in alike if standing)
        own = standing_slots(row.looks)[0]
        if own == min(leads) and (own == 0 or leads[own] > 1):
            return own
        if leads[own] > 1 and 3 * leads[own] >= leads.total():
            return own
        return min(leads) if len(leads) > 1 else None
