"""Relations of one shape, put together: the 25 rows of table 3 against their total are one family, its columns another.

The members of a family are the same relation begun at other cells, a fixed step apart. An engine that holds the cells
of many reports judges a whole family with a few operations on slices.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import attrs

from govinfo.engines.program import Relation

__all__ = ["Family", "Run", "families"]

Shape = tuple[tuple[tuple[int, int], ...], int | None, int | None, bool]


class Run(NamedTuple):
    """Neighbouring cells with one coefficient."""

    offset: int
    """Of the first cell, from the first cell of the member."""
    length: int
    coefficient: int


@attrs.frozen
class Family:
    """Relations alike but for where they begin."""

    members: tuple[int, ...]
    """Numbers of the relations, in the order of where they begin."""
    first: int
    """The first cell of the first member."""
    step: int
    """From one member's first cell to the next one's; 1 where there is one member."""
    runs: tuple[Run, ...]
    low: int | None
    high: int | None
    money: bool

    @property
    def unit(self) -> bool:
        """Whether every coefficient is 1 or -1."""
        return all(abs(run.coefficient) == 1 for run in self.runs)


def families(relations: Iterable[tuple[int, Relation]]) -> tuple[Family, ...]:
    """Put numbered relations together by shape, in the order of their first members."""
    shapes: dict[Shape, list[tuple[int, int]]] = {}
    for number, relation in relations:
        first = min(cell for cell, _ in relation.terms)
        moved = tuple(sorted((cell - first, coefficient) for cell, coefficient in relation.terms))
        shape = moved, relation.low, relation.high, relation.money
        shapes.setdefault(shape, []).append((first, number))
    found = [
        Family(tuple(number for _, number in part), part[0][0], _step(part), tuple(_runs(shape[0])), *shape[1:])
        for shape, begun in shapes.items()
        for part in _evenly(sorted(begun))
    ]
    return tuple(sorted(found, key=lambda family: family.members[0]))


def _step(part: Sequence[tuple[int, int]]) -> int:
    return part[1][0] - part[0][0] if len(part) > 1 else 1


def _evenly(begun: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Cut a list of (first cell, number) wherever the step changes; a relation declared twice stands alone."""
    part = [begun[0]]
    for one, other in pairwise(begun):
        step = other[0] - one[0]
        if step == 0 or (len(part) > 1 and step != _step(part)):
            yield part
            part = []
        part.append(other)
    yield part


def _runs(terms: Iterable[tuple[int, int]]) -> Iterator[Run]:
    run: Run | None = None
    for offset, coefficient in terms:
        if run is not None and (offset, coefficient) == (run.offset + run.length, run.coefficient):
            run = run._replace(length=run.length + 1)
            continue
        if run is not None:
            yield run
        run = Run(offset, 1, coefficient)
    if run is not None:
        yield run
