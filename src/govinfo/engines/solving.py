"""Small figures that satisfy relations: what examples of linear rules are made of.

Everything is a whole number here; sums of money are counted in their smallest step.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

__all__ = ["Figures", "Wanted", "nearest", "solve"]

Figures = dict[str, int]

_READABLE = ((6, 2, 3, 1), (2, 6, 3, 1), (1, 3, 2, 6), (9, 0, 0, 0), (0, 9, 0, 0), (0, 0, 0, 0))
"""Figures to begin with, for the first cells; the others are zero."""
_PLAIN = 3
"""So many of them are taken as they are where they satisfy everything."""
_LARGEST = 12
"""The largest figure that is tried in every cell, beside those that follow from a relation."""
_MOST_TRIED = 5_000
"""A search that has found nothing after so many attempts is given up."""


class Wanted(NamedTuple):
    """A relation to satisfy: ``low <= sum(coefficient * figure) <= high``."""

    coefficients: Mapping[str, int]
    low: int | None
    high: int | None

    def sum(self, figures: Mapping[str, int]) -> int:
        """Return what the figures come to."""
        return sum(factor * figures[cell] for cell, factor in self.coefficients.items())

    def holds(self, figures: Mapping[str, int]) -> bool:
        """Whether the figures satisfy the relation."""
        total = self.sum(figures)
        return (self.low is None or self.low <= total) and (self.high is None or total <= self.high)


def nearest(wanted: Wanted, cell: str, figures: Mapping[str, int], least: int | None) -> int | None:
    """Return the figure for ``cell`` that satisfies the relation, all others being as they are.

    Args:
        wanted: the relation; ``cell`` is one of its own.
        cell: the cell to change.
        figures: a figure for every cell.
        least: the least the figure may be; None for no limit.

    Returns:
        The one closest to the cell's figure now; None where there is none.
    """
    factor, now = wanted.coefficients[cell], figures[cell]
    others = wanted.sum(figures) - factor * now
    low = None if wanted.low is None else wanted.low - others
    high = None if wanted.high is None else wanted.high - others
    if factor < 0:
        factor, low, high = -factor, None if high is None else -high, None if low is None else -low
    bottom = None if low is None else -(-low // factor)
    top = None if high is None else high // factor
    if least is not None:
        bottom = least if bottom is None else max(bottom, least)
    if bottom is not None and top is not None and bottom > top:
        return None
    if bottom is not None and now < bottom:
        return bottom
    return top if top is not None and now > top else now


def solve(relations: Sequence[Wanted], signed: Collection[str], scale: Mapping[str, int]) -> Figures | None:
    """Return figures that satisfy all relations, none where no small ones were found.

    Args:
        relations: one or two of them; their cells in the order in which they are read.
        signed: the cells whose figures may be negative.
        scale: by cell, how large a figure a reader takes for small; whole numbers above zero.
    """
    cells = tuple(dict.fromkeys(cell for relation in relations for cell in relation.coefficients))
    alike: dict[tuple[int, ...], str] = {}
    for cell in cells:
        alike.setdefault(tuple(relation.coefficients.get(cell, 0) for relation in relations), cell)
    # of cells that count alike everywhere it is enough to change one
    search = _Search(relations, frozenset(alike.values()), signed)
    starts = [
        {cell: (pattern[i] if i < len(pattern) else 0) * scale.get(cell, 1) for i, cell in enumerate(cells)}
        for pattern in _READABLE
    ]
    for start in starts[:_PLAIN]:
        if search.satisfied(start):
            return start
    for start in starts:
        found = list(filter(search.satisfied, search.mended(start)))
        if found:  # the fewer zeros the better; then the larger figures: totals are larger than their parts
            return max(found, key=lambda f: (sum(map(bool, f.values())), sum(f.values())))
    tried = (figures for start in _pairs(cells, tuple(alike.values())) for figures in search.mended(start))
    return next(filter(search.satisfied, islice(tried, _MOST_TRIED)), None)


def _pairs(cells: Sequence[str], several: Sequence[str]) -> Iterator[Figures]:
    """Yield small figures for two of ``several`` cells at a time, all others zero."""
    zero = dict.fromkeys(cells, 0)
    pairs = list(combinations(several, 2)) or [(several[0], several[0])]
    for figures in sorted(product(range(_LARGEST + 1), repeat=2), key=sum):
        for pair in pairs:
            yield {**zero, **dict(zip(pair, figures, strict=True))}


class _Search(NamedTuple):
    relations: Sequence[Wanted]
    changeable: Collection[str]
    signed: Collection[str]

    def satisfied(self, figures: Figures) -> bool:
        return all(relation.holds(figures) for relation in self.relations)

    def mended(self, start: Figures) -> Iterator[Figures]:
        """Yield the figures as they are, then with one cell for each relation made to fit."""
        yield start
        # in both orders: where a cell is in two relations, the one mended last holds
        orders = (self.relations, self.relations[::-1]) if len(self.relations) > 1 else (self.relations,)
        for order in orders:
            yield from self._fitted(order, start)

    def _fitted(self, relations: Sequence[Wanted], start: Figures) -> Iterator[Figures]:
        if not relations:
            yield start
            return
        first, rest = relations[0], relations[1:]
        if rest and first.holds(start):
            yield from self._fitted(rest, start)
        for cell in first.coefficients:
            figure = None
            if cell in self.changeable:
                figure = nearest(first, cell, start, None if cell in self.signed else 0)
            if figure is not None and figure != start[cell]:
                yield from self._fitted(rest, {**start, cell: figure})
