"""Which slot of a row belongs to which column.

A row with a figure for every column needs no thought. For the others the table itself is the teacher (`lessons`): where
its full rows begin, how far apart their figures stand, at which width every row ends. What is left open, the arithmetic
of the row decides if it can; otherwise nothing is read from the row.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Sequence
from itertools import combinations, pairwise, product
from typing import NamedTuple

import attrs

from govinfo.documents.model import Cell, Place
from govinfo.parsing.lessons import UNPLACED, Lessons, standing_slots
from govinfo.parsing.numbers import Look, look, runs
from govinfo.parsing.rows import Row

__all__ = ["Aligned", "Aligner", "How", "adds_up"]


_GLUED = 5
"""Digits behind a label without a space: more are likely several figures."""
_FEW_WAYS = 20
"""Ways to part a run of digits of which the one that adds up is believed without another witness."""
_MOST_LOST = 3
"""Of a row that lost more cells nothing can be told."""
_PAGE = re.compile(r"\d{1,3}")


class How(enum.Enum):
    """What decided the columns of a row."""

    FULL = "full"
    """A figure for every column."""
    PLACE = "place"
    """Where the cells stand."""
    SUM = "sum"
    """The row's total: of all readings only one adds up."""
    SPLIT = "split"
    """Figures run together in one cell, and only one way to part them."""
    CUT = "cut"
    """The table is cut off on the right: the first columns are there, the last are not."""
    MOVED = "moved"
    """Where the cells stand; but the total is blank, and nothing shows that the figures have not moved to the left."""
    OPEN = "open"
    """Nothing: several readings are possible."""
    EMPTY = "empty"
    """No figures at all."""


class Aligned(NamedTuple):
    """A row's slots by column; None for a column that is not in the document."""

    slots: tuple[Place | None, ...]
    how: How
    aside: tuple[Place, ...] = ()
    """Slots that were left aside: a page number among the figures."""
    options: tuple[tuple[Place | None, ...], ...] = ()
    """Of an open row: its possible readings, where these are few."""


def adds_up(numbers: Sequence[int | None]) -> bool | None:
    """Tell whether the last number can be the sum of the others; None where a missing one leaves it open.

    The last column of table 3, and of each block of table 4, is the total of the columns before it.
    """
    *parts, total = numbers
    known = sum(part for part in parts if part is not None)
    if total is None or None in parts:
        return False if total is not None and known > total else None
    return known == total


Check = Callable[[Sequence[int | None]], bool | None]
"""Arithmetic of a row: True, False, or None where it cannot tell."""


@attrs.frozen
class Aligner:
    """Aligns the rows of one table.

    Args:
        width: figures in a full row.
        lessons: what full rows teach.
        check: arithmetic of a row, where the form has any.
        foreign: whether the lessons come from another table of the document: then only how far apart its lines stand
            means anything, and only where cells have no columns.
    """

    width: int
    lessons: Lessons
    check: Check | None = None
    foreign: bool = False

    def narrowed(self, width: int) -> Aligner:
        """Return an aligner for rows of the same table that have only the first ``width`` columns."""
        return attrs.evolve(self, width=width)

    def align(self, row: Row) -> Aligned:
        """Return the slots of ``row`` by column."""
        slots = row.slots
        standing = standing_slots(row.looks)
        if len(standing) == self.width:
            if Look.SPACED in row.looks and self._verdict(_numbers([slots[index] for index in standing])) is False:
                return self._open(slots, standing)
            reading = tuple(slots[index] for index in standing)
            if row.layout in UNPLACED and standing[-1] - standing[0] >= self.width and self._stray(reading, standing):
                return self._open(slots, standing)
            if row.looks[standing[0]] is Look.GARBLED and self.width > 1 and len(reading[0].text) > _GLUED:
                return self._open(slots, standing)  # figures run together with their label, and broken over lines
            if row.layout in UNPLACED and self._page_for_total(row.layout, reading, standing[0]):
                return self._open(slots, standing, (reading, *self._gaps(slots, standing[:-1])))
            return Aligned(reading, How.FULL)
        if not standing:
            return self._empty(slots)
        if len(standing) == 1 < self.width and row.looks[standing[0]] is Look.GARBLED:
            return self._run_together(slots, standing)
        if len(standing) > self.width:
            return self._choose_surplus(slots, standing)
        if row.layout == "markup":
            placed = self._by_grid(row)
            if placed is not None:
                return placed
        if self.lessons.cut and not self.foreign and standing == list(range(standing[0], len(slots))):
            lead = self.lessons.lead_of_cut(row)
            if lead is None:
                return self._open(slots, standing)
            present = slots[lead:]
            return Aligned(present + (None,) * (self.width - len(present)), How.CUT)
        readings = self._readings(self._windows(row), slots, standing)
        if not readings and self.foreign:  # the other table's rows begin elsewhere
            steps = {step for _, step in self._windows(row)}
            readings = self._readings(list(product(range(len(slots)), steps)), slots, standing)
            readings = [reading for reading in readings if self._adds_up_with_zeros(reading) is not False]
        if len(readings) == 1:
            if row.layout != "markup" or len(slots) != self.width:
                others = self._elsewhere(row, readings[0], standing)
                if others or self._may_have_shifted(row, readings[0]):
                    gaps = self._gaps(slots, standing)  # where these are too many, no choice between the others is one
                    return self._open(slots, standing, (readings[0], *others, *gaps) if gaps else ())
            return self._as_placed(row, readings[0])
        if len(readings) > 1:
            return self._choose(readings, slots)
        return self._run_together(slots, standing, row.looks[standing[0]] is Look.NUMBER)

    def _verdict(self, numbers: Sequence[int | None]) -> bool | None:
        return None if self.check is None else self.check(numbers)

    def _readings(
        self, windows: list[tuple[int, int]], slots: Sequence[Place], standing: list[int]
    ) -> list[tuple[Place, ...]]:
        found = (_window(slots, standing, lead, step, self.width) for lead, step in windows)
        return [reading for reading in found if reading is not None]

    def _empty(self, slots: Sequence[Place]) -> Aligned:
        if not slots:
            return Aligned((None,) * self.width, How.EMPTY)
        placed = [slots[min(index, len(slots) - 1)] for index in range(self.width)]
        return Aligned(tuple(placed), How.EMPTY)

    def _choose_surplus(self, slots: Sequence[Place], standing: list[int]) -> Aligned:
        """One figure too many: leave out a page number, if the row's total says which."""
        options: tuple[tuple[Place | None, ...], ...] = ()
        if len(standing) == self.width + 1:
            readings: dict[tuple[int | None, ...], Aligned] = {}
            for kept in combinations(standing, self.width):
                reading = tuple(slots[index] for index in kept)
                numbers = _numbers(reading)
                if self._verdict(numbers):
                    aside = tuple(slots[index] for index in standing if index not in kept)
                    readings.setdefault(numbers, Aligned(reading, How.SUM, aside))
            if len(readings) == 1:
                return next(iter(readings.values()))
            options = tuple(tuple(slots[index] for index in kept) for kept in combinations(standing, self.width))
        return self._open(slots, standing, options)

    def _by_grid(self, row: Row) -> Aligned | None:
        """Place cells by the columns of the markup, where full rows agree on them and on where labels end."""
        slots = row.slots
        columns = None if self.foreign else self.lessons.columns
        if columns is None or not self.lessons.is_in_line(row):
            return None
        placed: list[Place] = []
        for column in columns[: self.width]:
            here = [slot for slot in slots if isinstance(slot, Cell) and slot.col <= column < slot.col + slot.colspan]
            if len(here) != 1:
                return None
            placed.append(here[0])
        figures = [slot for slot in slots if look(slot.text).look is not Look.BLANK]
        if any(placed.count(slot) != 1 for slot in figures):
            return None
        return self._as_placed(row, tuple(placed))

    def _as_placed(self, row: Row, reading: tuple[Place, ...]) -> Aligned:
        """Take the cells where the markup has them, in doubt where a lost cell would leave just this."""
        if row.layout != "markup" or self.check is None or reading[-1].text:
            return Aligned(reading, How.PLACE)
        if self._adds_up_with_zeros(reading) is not False and self.lessons.keeps_blanks(row.layout):
            return Aligned(reading, How.PLACE)
        gaps = self._gaps(row.slots, standing_slots(row.looks))
        return Aligned(reading, How.MOVED, options=(reading, *gaps) if gaps else ())

    def _windows(self, row: Row) -> list[tuple[int, int]]:
        """List the (lead, step) pairs at which the figures of ``row`` may stand, learned ones first and alone."""
        steps = self.lessons.pitches(row.layout)
        if not steps and row.layout == "lines":  # a blank line may be an empty cell or nothing at all
            return []
        steps = steps or [1]
        if row.layout in UNPLACED:
            leads = self.lessons.leads(row.layout)
        elif self.foreign:
            leads = []
        else:
            first, start = row.slots[0], self.lessons.start(row.layout)
            if isinstance(first, Cell) and start is not None and start >= first.col:
                return [(start - first.col, step) for step in steps]
            leads = self.lessons.leads(row.layout, row)
        leads = leads or list(range(len(row.slots)))
        return [(lead, step) for lead in leads for step in steps]

    def _may_have_shifted(self, row: Row, reading: Sequence[Place]) -> bool:
        """Tell whether the figures may have moved to the left when a cell before them was lost.

        Then the last cell looks blank. Offices leave zeros blank, too: where the row adds up with zeros in its blanks
        and the table shows that it keeps its blanks, nothing has moved.
        """
        if self.check is None:
            return False
        if self.foreign and self._fails(reading):
            return True
        first, last = not reading[0].text, not reading[-1].text
        if row.layout in UNPLACED and ((first and last) or (self.foreign and (first or last))):
            return True
        if not last:
            return False
        return self._adds_up_with_zeros(reading) is False or self._filled_up(row, reading)

    def _elsewhere(self, row: Row, reading: tuple[Place, ...], standing: list[int]) -> list[tuple[Place, ...]]:
        """Return other ways to lay a row that does not add up, blanks and all, so that nothing speaks against them."""
        if not self._fails(reading):
            return []
        steps = self.lessons.pitches(row.layout) or [1]
        found = self._readings(list(product(range(len(row.slots)), steps)), row.slots, standing)
        return [other for other in found if other != reading and not self._fails(other)]

    def _filled_up(self, row: Row, reading: Sequence[Place]) -> bool:
        """Tell whether rows may have been filled up on the right, so that a blank at the end says nothing."""
        loose = row.layout in UNPLACED or row.slots[-1] is not reading[-1]
        if row.layout not in ("markup", "groups"):
            loose |= self.lessons.rectangular
        return loose and not self.lessons.keeps_blanks(row.layout)

    def _adds_up_with_zeros(self, reading: Sequence[Place]) -> bool | None:
        return self._verdict([number or 0 for number in _numbers(reading)])

    def _stray(self, reading: Sequence[Place], standing: list[int]) -> bool:
        """Tell whether a page number may stand among the figures in the place of a blank one."""
        even = len({b - a for a, b in pairwise(standing)}) == 1
        return not even and self._verdict(_numbers(reading)) is not True

    def _page_for_total(self, layout: str, reading: Sequence[Place], lead: int) -> bool:
        """Tell whether the last figure may be a page number: the row does not add up with it, and does without it.

        Only where blanks leave no trace and other rows show that there are some, or where one stands before the row.
        """
        if self.foreign or self._adds_up_with_zeros(reading) is not False or not _PAGE.fullmatch(reading[-1].text):
            return False
        numbers = _numbers(reading[:-1])
        if not (self.lessons.loses_blanks or lead > min(self.lessons.leads(layout), default=lead)):
            return False
        return self._verdict((None, *numbers)) is not False

    def _fails(self, reading: Sequence[Place]) -> bool:
        return self._verdict(_numbers(reading)) is False

    def _gaps(self, slots: Sequence[Place], standing: list[int]) -> tuple[tuple[Place | None, ...], ...]:
        """Return the readings of a row that lost some cells, where these are few: which ones is open."""
        if not self.width - _MOST_LOST <= len(standing) < self.width:
            return ()
        return tuple(
            tuple(slots[standing[places.index(column)]] if column in places else None for column in range(self.width))
            for places in combinations(range(self.width), len(standing))
        )

    def _choose(self, readings: list[tuple[Place, ...]], slots: Sequence[Place]) -> Aligned:
        distinct = {tuple(slot.text for slot in reading): reading for reading in readings}
        possible = [reading for reading in distinct.values() if not self._fails(reading)]
        if len(possible) == 1:
            return Aligned(possible[0], How.SUM)
        standing = [index for index, slot in enumerate(slots) if slot.text]
        return self._open(slots, standing, tuple(possible))

    def _run_together(self, slots: Sequence[Place], standing: list[int], one_number: bool = False) -> Aligned:
        """Part figures that were run together in one cell, if there is only one way to, and no number they may be."""
        texts = [slots[index].text for index in standing]
        parts = [part for text in texts for part in text.split()]
        if len(parts) == self.width and all(look(part).look is Look.NUMBER for part in parts):
            places = [slots[index]._replace(text=part) for index in standing for part in slots[index].text.split()]
            if self._verdict(_numbers(places)) is not False:
                return Aligned(tuple(places), How.SPLIT)
        if len(standing) == 1 and texts[0].isdigit() and not one_number:
            ways = every = runs(texts[0], self.width)
            if self.check is not None:
                ways = [way for way in ways if self._verdict(way)]
            elif texts[0][0] != "0":  # it may as well be one number, and the others lost
                ways = []
            if len(ways) == 1:
                place = slots[standing[0]]
                parted = tuple(place._replace(text=str(number)) for number in ways[0])
                if len(every) > _FEW_WAYS:  # of so many one may add up by chance: a figure of the row may be blank
                    return self._open(slots, standing, (parted,))
                return Aligned(parted, How.SPLIT)
        return self._open(slots, standing, self._gaps(slots, standing) if len(standing) == self.width - 1 else ())

    def _open(
        self, slots: Sequence[Place], standing: list[int], options: tuple[tuple[Place | None, ...], ...] = ()
    ) -> Aligned:
        return Aligned((slots[standing[0]],) * self.width, How.OPEN, options=options)


def _numbers(slots: Sequence[Place | None]) -> tuple[int | None, ...]:
    found: list[int | None] = []
    for slot in slots:
        number = look(slot.text).number if slot is not None else None
        found.append(int(number) if number is not None and number == int(number) else None)
    return tuple(found)


def _window(slots: Sequence[Place], standing: list[int], lead: int, step: int, width: int) -> tuple[Place, ...] | None:
    """Return the slots at ``lead``, ``lead + step``, … if every figure stands at one of them."""
    places = range(lead, lead + step * width, step)
    if places[-1] >= len(slots) or any(index not in places for index in standing):
        return None
    return tuple(slots[index] for index in places)
