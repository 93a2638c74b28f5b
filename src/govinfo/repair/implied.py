"""What the equations leave possible for cells without a number: a value or a range, offered and never filled in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govinfo.findings import Implied
from govinfo.repair.problem import Problem, problem_of
from govinfo.repair.system import Component, System, Terms
from govinfo.schema import Value

__all__ = ["implied_values"]

_ROUNDS = 50
"""Each round takes every equation once; bounds that still move then are left where they are, true though not sharp."""


class _Bounds(NamedTuple):
    low: int | None
    high: int | None


def implied_values(system: System, values: Mapping[str, Value]) -> Iterator[Implied]:
    """Yield what the balance equations force upon cells without a number.

    Nothing is said of a table with an equation that cannot hold: some figure in it is wrong, and so might be what
    follows from it.

    Args:
        system: the equations.
        values: every cell of the report.
    """
    for component in system.components:
        if all(type(values[system.paths[cell]]) is int for cell in component.matrix.of):
            continue
        problem = problem_of(component, system, values)
        if problem.broken:
            continue
        for cell, (low, high) in sorted(_bounds(component, problem).items()):
            signed = cell in problem.signed
            if low is not None and (high is not None or (low > 0 and not signed)):
                yield Implied(system.paths[cell], low, high)


def _bounds(component: Component, problem: Problem) -> dict[int, _Bounds]:
    """Narrow the bounds of every cell without a number as far as the equations go; nothing where they contradict."""
    numbers = problem.numbers
    bounds = {
        cell: _Bounds(None if cell in problem.signed else 0, None)
        for cell in component.matrix.of
        if cell not in numbers
    }
    relations: list[tuple[Terms, int]] = [(equation.terms, equation.constant) for equation in component.equations]
    relations += [({pivot.cell: pivot.coefficient, **pivot.terms}, pivot.constant) for pivot in problem.pivots]
    left = [
        (
            {cell: coefficient for cell, coefficient in terms.items() if cell not in numbers},
            constant - sum(coefficient * numbers[cell] for cell, coefficient in terms.items() if cell in numbers),
        )
        for terms, constant in relations
        if not terms.keys() <= numbers.keys()
    ]
    for _ in range(_ROUNDS):
        before = dict(bounds)
        for terms, constant in left:
            for cell in terms:
                bounds[cell] = found = _narrowed(bounds, terms, constant, cell)
                if found.low is not None and found.high is not None and found.low > found.high:
                    return {}
        if bounds == before:
            break
    return bounds


def _narrowed(bounds: Mapping[int, _Bounds], terms: Terms, constant: int, cell: int) -> _Bounds:
    """Return the bounds of a cell after one equation: what the others leave of ``constant``."""
    least: int | None = constant
    most: int | None = constant
    for other, coefficient in terms.items():
        if other != cell:
            low, high = bounds[other] if coefficient > 0 else bounds[other][::-1]
            most = None if most is None or low is None else most - coefficient * low
            least = None if least is None or high is None else least - coefficient * high
    own = terms[cell]
    if own < 0:
        least, most = (None if most is None else -most), (None if least is None else -least)
    low = None if least is None else -(-least // abs(own))
    high = None if most is None else most // abs(own)
    known = bounds[cell]
    return _Bounds(
        known.low if low is None else low if known.low is None else max(low, known.low),
        known.high if high is None else high if known.high is None else min(high, known.high),
    )
