"""A program as the arrays the compiled kernel reads, and the rectangles of equations it takes at one go."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from govinfo.engines.families import Family, families
from govinfo.engines.program import Program, Relation, Terms

__all__ = ["Grid", "arrays", "grids"]

LAYOUT = 2
"""The version of what is laid out here, as the kernel knows it: 1 more whenever that changes."""
LANES, MOST_GROUPS, MOST_PATTERNS, MOST_GRIDS = 8, 8, 4, 4
HAS_LOW, HAS_HIGH, MONEY, UNIT, CERTIFIED = 1, 2, 4, 8, 16
USED, SIGNED = 1, 2
_NO_BOUND = 0
_TURN = {1: 0, -1: 1}

Array = NDArray[Any]


@attrs.frozen(eq=False)
class Grid:
    """Columns of cells, one behind the other, with one equation across every row and the same ones down every column.

    Table 3 is one: seven columns of 25 rows; across, the total is the sum of the applicants; down, what came in is what
    was concluded and what is left, and what was concluded is the sum of the outcomes.
    """

    first: int
    columns: int
    stride: int
    rows: int
    across: tuple[int, ...]
    """Coefficients of the equation across, by column."""
    down: tuple[tuple[int, ...], ...]
    """Coefficients of each equation down, by row."""
    row_members: tuple[int, ...]
    """Numbers of the relations that are its rows."""
    column_members: tuple[tuple[int, ...], ...]
    """Numbers of the relations down each column, by equation."""

    @property
    def members(self) -> frozenset[int]:
        """Numbers of the relations it stands for."""
        return frozenset(self.row_members).union(*self.column_members)

    @property
    def cells(self) -> frozenset[int]:
        """Numbers of its cells."""
        return frozenset(
            self.first + self.stride * column + row for column in range(self.columns) for row in range(self.rows)
        )

    def arrays(self) -> tuple[Array, ...]:
        """Return shape, where columns begin, coefficients across, those down by groups of rows, where groups begin."""
        starts = [*range(0, self.rows - LANES, LANES), self.rows - LANES]
        down = np.zeros((len(self.down), len(starts), LANES), np.int32)
        for j, pattern in enumerate(self.down):
            done = 0
            for k, start in enumerate(starts):
                for row in range(max(start, done), start + LANES):  # the last group overlaps: no row counts twice
                    down[j, k, row - start] = pattern[row]
                done = start + LANES
        # columns to add come first, then those to subtract: the kernel need not multiply
        order = sorted(range(self.columns), key=lambda column: _TURN.get(self.across[column], 2))
        added, taken = self.across.count(1), self.across.count(1) + self.across.count(-1)
        shape = (self.columns, self.rows, len(self.down), len(starts), added, taken)
        return (
            np.array(shape, np.int64),
            np.array([self.first + self.stride * column for column in order], np.int64),
            np.array([self.across[column] for column in order], np.int32),
            down,
            np.array(starts, np.int64),
            np.array(self.row_members, np.int32),
            np.array([[members[column] for column in order] for members in self.column_members], np.int32),
        )


def grids(relations: Iterable[tuple[int, Relation]]) -> tuple[Grid, ...]:
    """Find the rectangles in numbered relations between counts, at most `MOST_GRIDS`."""
    equations = [family for family in families(relations) if family.low == family.high == 0 and not family.money]
    found: list[Grid] = []
    taken: set[int] = set()
    for family in equations:
        grid = _grid(family, equations)
        if grid is not None and taken.isdisjoint(grid.members) and len(found) < MOST_GRIDS:
            found.append(grid)
            taken |= grid.members
    return tuple(found)


def _grid(family: Family, equations: Sequence[Family]) -> Grid | None:
    """Return the rectangle whose rows are the members of ``family``."""
    rows, offsets = len(family.members), [run.offset for run in family.runs]
    stride = offsets[1] if len(offsets) > 1 else 0
    even = all(run.length == 1 and run.offset == stride * i for i, run in enumerate(family.runs))
    if not even or (rows > 1 and family.step != 1) or not stride >= rows >= LANES or rows > LANES * MOST_GROUPS:
        return None
    down = [
        other
        for other in equations
        if other.step == stride
        and len(other.members) == len(offsets)
        and family.first <= other.first
        and other.first - family.first + other.runs[-1].offset + other.runs[-1].length <= rows
    ][:MOST_PATTERNS]
    patterns = tuple(_pattern(other, other.first - family.first, rows) for other in down)
    across = tuple(run.coefficient for run in family.runs)
    if across.count(-1) > across.count(1):  # an equation of 0 may be turned round: adding is what the kernel expects
        across = tuple(-coefficient for coefficient in across)
    column_members = tuple(other.members for other in down)
    return Grid(family.first, len(offsets), stride, rows, across, patterns, family.members, column_members)


def _pattern(family: Family, start: int, rows: int) -> tuple[int, ...]:
    found = [0] * rows
    for run in family.runs:
        for i in range(run.length):
            found[start + run.offset + i] = run.coefficient
    return tuple(found)


@lru_cache(maxsize=64)
def arrays(program: Program) -> tuple[Array, ...]:
    """Return what ``govinfo_fast._kernel.violations`` takes for a program; kernel.c says what each is.

    Raises:
        ValueError: there are fewer counts than the kernel reads at a time.
    """
    if len(program.counts) < LANES:
        raise ValueError(f"a report of fewer than {LANES} counts is not for this engine")
    instances, relations = program.instances, program.relations
    weight = max((relation.weight for relation in relations), default=1).bit_length()
    found = grids((i, one.relation) for i, one in enumerate(instances) if one.when is None)
    certified = [one.relation.plain_sign and program.signed.isdisjoint(one.relation.cells) for one in instances]
    covered = frozenset().union(*(grid.members for grid in found))
    screened = [i for i in range(len(instances)) if i not in covered and not certified[i]]
    gridded = frozenset().union(*(grid.cells for grid in found))
    windows = _windows(program, screened)
    screened = [i for i in screened if i not in windows]
    outside = (i for i in program.used if i < len(program.counts) and i not in gridded)
    conditions = iter(range(len(instances), len(relations)))
    small = max(31 - weight, 0)
    head = [
        len(program.counts),
        len(program.amounts),
        len(instances),
        len(relations),
        -1 << small,
        -1 << max(62 - weight, 0),
        len(found),
        LAYOUT,
    ]
    cells = [USED * (i in set(program.used)) | SIGNED * (i in program.signed) for i in range(len(program.cells))]
    flags = [
        _flags(relation) | CERTIFIED * (i < len(instances) and certified[i]) for i, relation in enumerate(relations)
    ]
    return (
        np.array(head, np.int64),
        np.array(cells, np.uint8),
        *_terms(relation.terms for relation in relations),
        *_terms(one.left for one in instances),
        *_terms(one.right for one in instances),
        np.array([_NO_BOUND if relation.low is None else relation.low for relation in relations], np.int64),
        np.array([_NO_BOUND if relation.high is None else relation.high for relation in relations], np.int64),
        np.array(flags, np.uint8),
        np.array([-1 if one.when is None else next(conditions) for one in instances], np.int32),
        np.array([one.constants[0] for one in instances], np.int64),
        np.array([one.constants[1] for one in instances], np.int64),
        np.array(screened, np.int32),
        np.array([weights for _, weights in windows.values()], np.int32),
        np.array([start for start, _ in windows.values()], np.int64),
        np.array(_looks(outside, len(program.counts)), np.int64),
        np.array(list(windows), np.int32),
        *_plain(program, certified),
        *(array for grid in found for array in grid.arrays()),
    )


def _windows(program: Program, instances: Iterable[int]) -> dict[int, tuple[int, list[int]]]:
    """Return (start, coefficients) by instance for equations all of whose cells lie within `LANES` neighbours."""
    found: dict[int, tuple[int, list[int]]] = {}
    for i in instances:
        one = program.instances[i]
        relation, first = one.relation, min(one.relation.cells)
        start = min(first, len(program.counts) - LANES)
        narrow = start >= 0 and max(relation.cells) < start + LANES
        if one.when is None and not relation.money and relation.low == relation.high == 0 and narrow:
            coefficients = {cell - start: coefficient for cell, coefficient in relation.terms}
            found[i] = start, [coefficients.get(k, 0) for k in range(LANES)]
    return found


def _plain(program: Program, certified: Iterable[bool]) -> tuple[Array, Array, Array]:
    """Return the instances that only ask of one cell that it is not negative, by cell, and all the others."""
    by_cell: list[list[int]] = [[] for _ in program.cells]
    others: list[int] = []
    for i, (one, sure) in enumerate(zip(program.instances, certified, strict=True)):
        if sure and one.when is None and len(one.relation.terms) == 1:
            by_cell[one.relation.terms[0][0]].append(i)
        else:
            others.append(i)
    starts = np.cumsum([0, *map(len, by_cell)], dtype=np.int64)
    plain = [i for several in by_cell for i in several]
    return starts, np.array(plain, np.int32), np.array(others, np.int32)


def _looks(cells: Iterable[int], counts: int) -> list[int]:
    """Return where to begin to see every one of some ascending cells, `LANES` at a time."""
    starts: list[int] = []
    for cell in cells:
        if not starts or cell >= starts[-1] + LANES:
            starts.append(min(cell, counts - LANES))
    return starts


def _flags(relation: Relation) -> int:
    return (
        HAS_LOW * (relation.low is not None)
        | HAS_HIGH * (relation.high is not None)
        | MONEY * relation.money
        | UNIT * all(abs(coefficient) == 1 for _, coefficient in relation.terms)
    )


def _terms(several: Iterable[Terms]) -> tuple[Array, Array, Array]:
    rows = list(several)
    flat = [term for terms in rows for term in terms]
    return (
        np.cumsum([0, *map(len, rows)], dtype=np.int64),
        np.array([cell for cell, _ in flat], np.int32),
        np.array([coefficient for _, coefficient in flat], np.int64),
    )
