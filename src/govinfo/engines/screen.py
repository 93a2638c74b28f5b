"""The cheap look at many reports with NumPy: which are certain to be in order.

A tile of reports is turned so that each cell is a row of it; families of relations are then a few operations on slices.
A report that is not certified (a relation does not hold, a cell is missing, a figure is negative or so large that sums
might not fit) is for `govinfo.engines.listing` to judge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided

from govinfo.engines.block import Block, Ints
from govinfo.engines.families import Family, Run, families
from govinfo.engines.program import Program, Relation

__all__ = ["TILE", "Screen", "slices"]

TILE = 2048
"""Reports judged at a time: enough for a step on a slice to cost more than calling it."""
TURN = 256
"""Reports turned at a time: what is read once in a row and then across has to stay in the second-level cache."""

Step = Callable[[], Any]


class Screen:
    """Finds the reports of a block that need a closer look. Every step is prepared once, on memory of its own.

    Args:
        program: what has to hold.
        kind: the type of counts, `numpy.int32` or `numpy.int64`.
    """

    def __init__(self, program: Program, kind: Any) -> None:
        weight = max((relation.weight for relation in program.relations), default=1).bit_length()
        bits = np.iinfo(kind).bits - 1 - weight
        self.useful = bits >= 8
        """Whether figures of a usual size can be certified at all: coefficients may be too large for it."""
        self._program = program
        self._counts = _Part(program, len(program.counts), kind, 0, max(bits, 0))
        self._amounts = _Part(program, len(program.amounts), np.int64, len(program.counts), 62 - weight)
        self._broken = np.zeros(TILE, np.bool_)
        self._steps: list[Step] = [partial(self._broken.fill, False), *self._relations()]

    def __call__(self, block: Block) -> Ints:
        """Return the numbers of the reports that are not certified, ascending."""
        if not self.useful:
            return np.arange(len(block))
        found = [start + self._tile(block, start) for start in range(0, len(block), TILE)]
        if len(block.blank):
            return np.union1d(block.blank, np.concatenate(found))
        return np.concatenate(found)

    def _tile(self, block: Block, start: int) -> Ints:
        size = self._counts.take(block.counts[start : start + TILE])
        self._amounts.take(block.amounts[start : start + TILE])
        for step in self._steps:
            step()
        self._counts.suspect(self._broken)
        self._amounts.suspect(self._broken)
        return np.flatnonzero(self._broken[:size])

    def _relations(self) -> Iterator[Step]:
        plain = [
            (i, one.relation)
            for i, one in enumerate(self._program.instances)
            # the size of figures has been looked at already: what only asks for no negative ones is settled
            if one.when is None
            and not (one.relation.plain_sign and self._program.signed.isdisjoint(one.relation.cells))
        ]
        for family in families(plain):
            yield from self._family(family)
        for one in self._program.instances:
            if one.when is not None:
                yield from self._conditional(one.relation, one.when)

    def _part(self, money: bool) -> _Part:
        return self._amounts if money else self._counts

    def _family(self, family: Family) -> Iterator[Step]:
        part = self._part(family.money)
        total, steps = part.total(family)
        yield from steps
        if family.low is not None and family.low == family.high:
            if family.low:
                yield partial(np.subtract, total, part.fit(family.low), out=total)
            yield from part.gather(total)
            return
        for bound, compare in ((family.low, np.less), (family.high, np.greater)):
            if bound is not None:
                flags, any_flag = np.zeros(total.shape, np.bool_), np.zeros(TILE, np.bool_)
                yield partial(compare, total, part.fit(bound), out=flags)
                yield partial(np.logical_or.reduce, flags, axis=0, out=any_flag)
                yield partial(np.logical_or, self._broken, any_flag, out=self._broken)

    def _conditional(self, relation: Relation, when: Relation) -> Iterator[Step]:
        """A report is broken where the condition holds and the relation does not."""
        breaks, flags = np.ones(TILE, np.bool_), np.zeros(TILE, np.bool_)
        yield partial(breaks.fill, True)
        for one, inside in ((when, True), (relation, False)):
            (family,) = families([(0, one)])
            part = self._part(one.money)
            total, steps = part.total(family)
            yield from steps
            low, high = (None if bound is None else part.fit(bound) for bound in (one.low, one.high))
            yield partial(_within, total[0], low, high, flags)
            yield partial(np.logical_and if inside else np.greater, breaks, flags, out=breaks)
        yield partial(np.logical_or, self._broken, breaks, out=self._broken)


def _within(total: Ints, low: Any, high: Any, out: Any) -> None:
    out.fill(True)
    if low is not None:
        np.logical_and(out, total >= low, out=out)
    if high is not None:
        np.logical_and(out, total <= high, out=out)


class _Part:
    """The counts or the amounts of a tile, a cell a row, with what is gathered about each report."""

    def __init__(self, program: Program, cells: int, kind: Any, first: int, bits: int) -> None:
        self._tile = np.zeros((cells, TILE), kind)
        self._first = first
        self._off, self._some = np.zeros(TILE, kind), np.zeros(TILE, kind)
        self._large = kind(-1 << bits)
        """A figure with a bit in here is negative or too large for sums to be certain."""
        own = [cell - first for cell in program.used if 0 <= cell - first < cells]
        self._signed = [cell for cell in own if cell + first in program.signed]
        self._plain = slices(cell for cell in own if cell + first not in program.signed)
        self._suspects: list[tuple[slice, Any]] = []

    def take(self, numbers: Ints) -> int:
        """Take in up to `TILE` reports; return how many."""
        self._suspects.clear()
        for start in range(0, len(numbers), TURN):
            turned = numbers[start : start + TURN].T
            part = slice(start, start + turned.shape[1])
            # read in the order of memory first: that fetches what is then read across, and mostly settles the sizes
            bits = np.bitwise_or.reduce(turned if turned.flags.c_contiguous else turned.T, axis=None)
            np.copyto(self._tile[:, part], turned)
            if bits & self._large:
                self._suspects.append((part, self._sizes(part)))
        self._off.fill(0)
        return len(numbers)

    def suspect(self, flags: Any) -> None:
        """Flag each report an equation of which is off, or a figure of which is too large."""
        np.logical_or(flags, self._off, out=flags)
        for part, large in self._suspects:
            flags[part] |= large

    def _sizes(self, part: slice) -> Any:
        """Return which reports have a figure that is too large; a number that may be negative as if it were not."""
        seen = np.zeros(part.stop - part.start, self._tile.dtype)
        for stretch in self._plain:
            seen |= np.bitwise_or.reduce(self._tile[stretch, part], axis=0)
        for cell in self._signed:
            numbers = self._tile[cell, part]
            seen |= numbers ^ (numbers >> np.iinfo(self._tile.dtype).bits - 1)
        return (seen & self._large) != 0

    def gather(self, total: Ints) -> Iterator[Step]:
        """Note every report for which a row of ``total`` is not 0."""
        yield partial(np.bitwise_or.reduce, total, axis=0, out=self._some)
        yield partial(np.bitwise_or, self._off, self._some, out=self._off)

    def fit(self, bound: int) -> Any:
        """Return a bound as a number of the tile's type: sums never reach the ends of its range."""
        limits = np.iinfo(self._tile.dtype)
        return self._tile.dtype.type(min(max(bound, limits.min + 1), limits.max))

    def total(self, family: Family) -> tuple[Ints, list[Step]]:
        """Return (members, `TILE`) sums and the steps that make them."""
        total = np.zeros((len(family.members), TILE), self._tile.dtype)
        part = np.zeros_like(total)
        steps: list[Step] = []
        begun = False
        for run in family.runs:
            view = self._view(family, run)
            if run.length > 1:
                steps.append(partial(np.add.reduce, view, axis=1, out=part if begun else total))
            into = total if not begun else part
            if abs(run.coefficient) != 1:
                steps.append(partial(np.multiply, view if run.length == 1 else into, abs(run.coefficient), out=into))
            elif run.length == 1 and not begun:
                steps.append(partial(np.copyto, total, view))
            if not begun and run.coefficient < 0:
                steps.append(partial(np.negative, total, out=total))
            elif begun:
                operand = view if run.length == 1 and abs(run.coefficient) == 1 else part
                steps.append(partial(np.add if run.coefficient > 0 else np.subtract, total, operand, out=total))
            begun = True
        return total, steps

    def _view(self, family: Family, run: Run) -> Ints:
        """Return (members, `TILE`) cells of a run of length 1, (members, length, `TILE`) of a longer one."""
        start = self._tile[family.first - self._first + run.offset :]
        cell, report = self._tile.strides
        members = len(family.members)
        if run.length == 1:
            return as_strided(start, (members, TILE), (family.step * cell, report))
        return as_strided(start, (members, run.length, TILE), (family.step * cell, cell, report))


def slices(numbers: Iterable[int]) -> list[slice]:
    """Return ascending numbers as slices of neighbours."""
    several = list(numbers)
    ends = [i for i, (one, other) in enumerate(pairwise(several), 1) if other != one + 1]
    return [slice(several[i], several[j - 1] + 1) for i, j in pairwise([0, *ends, len(several)]) if i < j]
