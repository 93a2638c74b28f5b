"""The exact look with NumPy: every relation of some reports, in three values, with its numbers.

Sums of 64 bits are enough for nearly all; reports with larger figures, and relations whose blanks need the arithmetic
of coins, are judged one at a time in Python's whole numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import numpy as np
from numpy.typing import NDArray

from govinfo.engines.block import FAILED, UNDECIDED, Block, Found, Ints
from govinfo.engines.families import Family, families
from govinfo.engines.program import MONEY, Instance, Program
from govinfo.findings import Status

__all__ = ["Listing", "resolved"]

AT_ONCE = 1024
"""Reports listed together: a matrix of 200 cells takes 1.6 MB."""
_HOLDS, _FAILED, _UNDECIDED, _ASK = 0, 1 + FAILED, 1 + UNDECIDED, 3
_HALF = (1 << 64) - 1

States = NDArray[np.uint8]
"""For each relation and report: `_HOLDS`, `_FAILED`, `_UNDECIDED` or `_ASK`, which only whole numbers can tell."""


class Listing:
    """Lists what does not hold in chosen reports of a block."""

    def __init__(self, program: Program) -> None:
        self._program = program
        written = (terms for one in program.instances for terms in (one.left, one.right))
        weights = [relation.weight for relation in program.relations]
        weights += [sum(abs(coefficient) for _, coefficient in terms) for terms in written]
        self._largest = (1 << 61) // max(weights, default=1)
        """Figures up to this cannot make a sum overflow."""
        self._families = families((i, one.relation) for i, one in enumerate(program.instances) if one.when is None)
        self._conditional = [
            (i, families([(i, one.relation)])[0], families([(i, one.when)])[0])
            for i, one in enumerate(program.instances)
            if one.when is not None
        ]
        self._sides = (_Side(program, 0), _Side(program, 1))
        self._scale = np.array([1 if one.relation.money else MONEY for one in program.instances], np.int64)
        self._signed = np.zeros((len(program.cells), 1), np.bool_)
        self._signed[sorted(program.signed)] = True
        self._needed = np.array(sorted(program.spoken_of), np.int64)

    def __call__(self, block: Block, chosen: Ints) -> Found:
        """Return what does not hold in the reports with the numbers ``chosen``, which are ascending."""
        if not self._program.instances:
            return Found.joined([])
        parts = [self._list(block, chosen[start : start + AT_ONCE]) for start in range(0, len(chosen), AT_ONCE)]
        return resolved(self._program, block, Found.joined(parts).ordered())

    def _list(self, block: Block, chosen: Ints) -> Found:
        cells = np.concatenate([block.counts[chosen].T, block.amounts[chosen].T], dtype=np.int64)
        missing = np.zeros(cells.shape, np.bool_)
        at = np.searchsorted(block.blank, chosen)
        hit = np.flatnonzero(np.isin(chosen, block.blank, assume_unique=True))
        missing[:, hit] = block.missing[at[hit]].T
        if len(hit):
            cells[missing] = 0
        if not cells.size or (cells.max() <= self._largest and cells.min() >= -self._largest):  # nearly always
            return self._judged(cells, missing, chosen)
        needed = cells[self._needed]
        huge = ((needed > self._largest) | (needed < -self._largest)).any(axis=0)
        tame, rest = np.flatnonzero(~huge), np.flatnonzero(huge)
        parts = [self._judged(cells[:, tame], missing[:, tame], chosen[tame])]
        parts += [_one_by_one(self._program, int(chosen[j]), _report(cells[:, j], missing[:, j])) for j in rest]
        return Found.joined(parts)

    def _judged(self, cells: Ints, missing: Ints, chosen: Ints) -> Found:
        blanks = missing if missing.any() else None
        listed = [_nonzero(family, self._states(family, cells, blanks)) for family in self._families]
        listed += [_nonzero(family, self._when(family, when, cells, blanks)) for _, family, when in self._conditional]
        instance, report, state = (np.concatenate(part) for part in zip(*listed, strict=True))
        sides = [side(instance, report, cells, missing) for side in self._sides]
        numbers = [_halves(total, self._scale[instance]) for total, _ in sides]
        known = [whole for _, whole in sides]
        return Found(
            chosen[report], instance.astype(np.int32), (state - 1).astype(np.uint8), *numbers, *known
        ).ordered()

    def _states(self, family: Family, cells: Ints, blanks: Ints | None, *, certainly: bool = False) -> States:
        """Judge every member of a family on every report.

        A relation with missing cells is undecided where numbers exist that satisfy it, unless ``certainly``: then it
        holds where it does for all numbers.
        """
        terms = [(run.offset + i, run.coefficient) for run in family.runs for i in range(run.length)]

        def members(offset: int, of: Ints) -> Ints:
            first = family.first + offset
            return of[first : first + family.step * (len(family.members) - 1) + 1 : family.step]

        total = members(terms[0][0], cells) * terms[0][1] if terms[0][1] != 1 else members(terms[0][0], cells)
        for i, (offset, coefficient) in enumerate(terms[1:]):
            one = members(offset, cells) if abs(coefficient) == 1 else members(offset, cells) * abs(coefficient)
            # the first sum is made anew, the others in its place
            total = (np.add if coefficient > 0 else np.subtract)(total, one, out=total if i else None)
        low, high = family.low, family.high
        off = np.zeros(total.shape, np.bool_)
        if low is not None:
            off |= total < low
        if high is not None:
            off |= total > high
        states = off.view(np.uint8)
        if blanks is None:
            return states
        up, down = np.zeros_like(off), np.zeros_like(off)
        for offset, coefficient in terms:
            gone = members(offset, blanks)
            either = members(offset, self._signed)
            up |= gone if coefficient > 0 else gone & either
            down |= gone if coefficient < 0 else gone & either
        # what the blanks may come to: see govinfo.rules.blanks, whose answer for single units this is
        impossible = np.zeros_like(off)
        if high is not None:
            impossible |= up & ~down & (total > high)
        if low is not None:
            impossible |= down & ~up & (total < low)
        judged = np.where(impossible, _FAILED, _UNDECIDED)
        if certainly:
            judged[~off & ~(up & (high is not None)) & ~(down & (low is not None))] = _HOLDS
        if low is not None and high is not None and not family.money and not family.unit:
            judged[~impossible] = _ASK
        return np.where(up | down, judged, states).astype(np.uint8)

    def _when(self, family: Family, when: Family, cells: Ints, blanks: Ints | None) -> States:
        states = self._states(family, cells, blanks)
        applies = self._states(when, cells, blanks, certainly=True)
        # where the condition is known not to hold, the rule does not apply; where it is not known, nor is the rule
        return np.select([applies == _HOLDS, applies == _FAILED], [states, np.zeros_like(states)], applies)


_STATE = {
    Status.PASSED: _HOLDS,
    Status.NOT_APPLICABLE: _HOLDS,
    Status.FAILED: _FAILED,
    Status.UNDECIDED: _UNDECIDED,
}


def _nonzero(family: Family, states: States) -> tuple[Ints, Ints, States]:
    """Return (instance, report, state) for whatever does not plainly hold."""
    found = np.flatnonzero(states != _HOLDS)
    member, report = np.divmod(found, states.shape[1])
    return np.array(family.members, np.int64)[member], report, states.ravel()[found]


def resolved(program: Program, block: Block, found: Found) -> Found:
    """Return ``found`` with what only whole numbers can tell decided: whether blanks can be filled so that it holds."""
    asked = np.flatnonzero(found.status == _ASK - 1)
    if not len(asked):
        return found
    kept, status = np.ones(len(found), np.bool_), found.status.copy()
    for k in asked:
        report = int(found.report[k])
        cells = np.concatenate([block.counts[report], block.amounts[report]])
        missing = block.missing[np.searchsorted(block.blank, report)]
        state = _STATE[program.status(int(found.instance[k]), _report(cells, missing))]
        kept[k], status[k] = state != _HOLDS, max(state - 1, 0)
    return attrs.evolve(found, status=status).take(kept)


class _Side:
    """What one side of every relation comes to: terms of all instances in one padded table."""

    def __init__(self, program: Program, number: int) -> None:
        sides = [(one.left, one.right)[number] for one in program.instances]
        width = max(map(len, sides), default=0)
        self._cells = np.zeros((len(sides), width), np.int64)
        self._coefficients = np.zeros((len(sides), width), np.int64)
        self._real = np.zeros((len(sides), width), np.bool_)
        self._constants = np.array([one.constants[number] for one in program.instances], np.int64)
        for i, terms in enumerate(sides):
            for k, (cell, coefficient) in enumerate(terms):
                self._cells[i, k], self._coefficients[i, k], self._real[i, k] = cell, coefficient, True

    def __call__(self, instance: Ints, report: Ints, cells: Ints, missing: Ints) -> tuple[Ints, NDArray[np.bool_]]:
        """Return the sums, and which of them have every cell."""
        at = self._cells[instance], report[:, None]
        total = (cells[at] * self._coefficients[instance]).sum(axis=1) + self._constants[instance]
        gone: NDArray[np.bool_] = np.any(missing[at] & self._real[instance], axis=1)
        return total, np.logical_not(gone)


def _one_by_one(program: Program, report: int, values: Mapping[int, int | None]) -> Found:
    """Judge one report in whole numbers of any size.

    Args:
        program: what has to hold.
        report: its number in the block.
        values: number by cell, None for a missing one.
    """
    found: list[tuple[int, int, list[int | None]]] = []
    for i, one in enumerate(program.instances):
        state = _STATE[program.status(i, values)]
        if state != _HOLDS:
            found.append((i, state - 1, [_sum(one, number, values) for number in (0, 1)]))
    left, right = (np.array([_split(sums[k] or 0) for *_, sums in found], np.int64).reshape(-1, 2) for k in (0, 1))
    left_known, right_known = (np.array([sums[k] is not None for *_, sums in found], np.bool_) for k in (0, 1))
    instance = np.array([i for i, *_ in found], np.int32)
    status = np.array([status for _, status, _ in found], np.uint8)
    return Found(np.full(len(found), report, np.int64), instance, status, left, right, left_known, right_known)


def _sum(one: Instance, number: int, values: Mapping[int, int | None]) -> int | None:
    total = one.constants[number]
    for cell, coefficient in (one.left, one.right)[number]:
        value = values[cell]
        if value is None:
            return None
        total += coefficient * value
    return total * (1 if one.relation.money else MONEY)


def _split(number: int) -> tuple[int, int]:
    low = number & _HALF
    return low - (1 << 64) if low >> 63 else low, number >> 64


def _halves(total: Ints, scale: Ints) -> Ints:
    """Return products of 64-bit numbers as (n, 2) halves of 128 bits, low half first."""
    found = np.empty((len(total), 2), np.int64)
    np.multiply(total, scale, out=found[:, 0])
    np.right_shift(found[:, 0], 63, out=found[:, 1])
    for k in np.flatnonzero(np.abs(total) >= (1 << 62) // MONEY):
        found[k] = _split(int(total[k]) * int(scale[k]))
    return found


def _report(cells: Ints, missing: Ints) -> dict[int, int | None]:
    pairs = zip(cells.tolist(), missing.tolist(), strict=True)
    return {i: None if gone else value for i, (value, gone) in enumerate(pairs)}
