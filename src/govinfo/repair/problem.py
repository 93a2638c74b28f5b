"""What the figures of a report miss the equations by, with the cells that have no number taken out of the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import attrs

from govinfo.repair.system import Component, Matrix, System, Terms
from govinfo.schema import Value

__all__ = ["Pivot", "Problem", "eliminated", "problem_of"]

_MOST_BLANKS = 60
"""A table with more cells without a number has little to say: its equations with such cells are left aside."""


@attrs.frozen(eq=False)
class Pivot:
    """An equation that gives a cell without a number from others: ``coefficient * cell == constant - sum(terms)``."""

    cell: int
    coefficient: int
    terms: Terms
    """Cells with a number, and cells without one for which no equation is left."""
    constant: int


@attrs.frozen(eq=False)
class Problem:
    """Equations between printed numbers, and by how much each is missed."""

    matrix: Matrix
    residuals: tuple[int, ...]
    """``sum(coefficient * number) - constant`` of every row; not 0 where it is broken."""
    numbers: Mapping[int, int]
    """What is printed in the cells that have a number."""
    signed: frozenset[int]
    weights: Mapping[int, float] = attrs.field(factory=dict)
    """What it costs to call a cell wrong; 1 for those that are not named."""
    pivots: tuple[Pivot, ...] = ()

    @property
    def broken(self) -> dict[int, int]:
        """The residuals that are not 0, by row."""
        return {i: residual for i, residual in enumerate(self.residuals) if residual}

    @property
    def least(self) -> int:
        """How many cells must be wrong at least: broken equations that share no cell need one each."""
        return max(sum(self.residuals[i] != 0 for i in family) for family in self.matrix.families)


def problem_of(
    component: Component, system: System, values: Mapping[str, Value], weights: Mapping[int, float] | None = None
) -> Problem:
    """Return the problem of a component.

    Equations with missing cells are combined until no missing cell is left in them, as far as that goes: what remains
    must hold whatever the missing numbers are.

    Args:
        component: of ``system``.
        system: gives the cells their paths.
        values: every cell of the report.
        weights: see `Problem`.
    """
    numbers: dict[int, int] = {}
    for cell in component.matrix.of:
        value = values[system.paths[cell]]
        if type(value) is int:
            numbers[cell] = value
    matrix = component.matrix
    pivots: tuple[Pivot, ...] = ()
    constants = [equation.constant for equation in component.equations]
    if len(numbers) < len(component.matrix.of):
        matrix, constants, pivots = _without_blanks(component, numbers)
    residuals = tuple(
        sum([coefficient * numbers[cell] for cell, coefficient in row.items()]) - constant
        for row, constant in zip(matrix.rows, constants, strict=True)
    )
    return Problem(matrix, residuals, numbers, system.signed, weights or {}, pivots)


def _without_blanks(component: Component, numbers: Mapping[int, int]) -> tuple[Matrix, list[int], tuple[Pivot, ...]]:
    """Eliminate the cells that have no number."""
    full: list[tuple[Terms, int]] = []
    open_rows: list[tuple[dict[int, int], int]] = []
    for equation in component.equations:
        if equation.terms.keys() <= numbers.keys():
            full.append((equation.terms, equation.constant))
        else:
            open_rows.append((dict(equation.terms), equation.constant))
    pivots: list[Pivot] = []
    blanks = sorted({cell for row, _ in open_rows for cell in row if cell not in numbers})
    if len(blanks) <= _MOST_BLANKS:
        left, pivots = eliminated(open_rows, blanks)
        full += left
    return Matrix.of_rows(row for row, _ in full), [constant for _, constant in full], tuple(pivots)


def eliminated(
    rows: Sequence[tuple[dict[int, int], int]], blanks: Sequence[int]
) -> tuple[list[tuple[Terms, int]], list[Pivot]]:
    """Return the combinations of ``rows`` that are free of ``blanks``, and what gives the blanks from the rest."""
    left = list(rows)
    taken: list[tuple[int, tuple[dict[int, int], int]]] = []
    for blank in blanks:
        having = [row for row in left if blank in row[0]]
        if not having:
            continue
        pivot = min(having, key=lambda row: len(row[0]))
        left = [_less(row, pivot, blank) for row in left if row is not pivot]
        taken = [(cell, _less(row, pivot, blank)) for cell, row in taken]
        taken.append((blank, pivot))
    pivots = [
        Pivot(blank, row[blank], {cell: coefficient for cell, coefficient in row.items() if cell != blank}, constant)
        for blank, (row, constant) in taken
    ]
    return [row for row in left if row[0] or row[1]], pivots


def _less(row: tuple[dict[int, int], int], pivot: tuple[dict[int, int], int], cell: int) -> tuple[dict[int, int], int]:
    """Subtract the multiple of ``pivot`` that removes ``cell`` from ``row``, in whole numbers."""
    if cell not in row[0]:
        return row
    ratio = Fraction(row[0][cell], pivot[0][cell])
    times, less = ratio.denominator, ratio.numerator
    terms = {key: value * times for key, value in row[0].items()}
    for key, value in pivot[0].items():
        terms[key] = terms.get(key, 0) - value * less
    return {key: value for key, value in terms.items() if value}, row[1] * times - pivot[1] * less
