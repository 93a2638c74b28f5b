"""The document's own arithmetic as a witness between possible readings of a row.

The equations are the rules' (the parser gets them from outside, so that each is said once): a reading is refuted when
an equation whose every figure is known does not hold under it. Nothing is computed and filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from govinfo.documents.model import Place
from govinfo.parsing.numbers import sound_count

__all__ = ["Equation", "Equations", "misplaced", "only_possible", "refuted"]


class Equation(NamedTuple):
    """``sum(coefficient * cell) == constant`` over canonical paths."""

    terms: tuple[tuple[str, int], ...]
    constant: int
    column: str | None = None
    """The column of table 3 the whole equation stands in, if it stands in one."""

    @classmethod
    def of(cls, terms: tuple[tuple[str, int], ...], constant: int) -> Equation:
        """Make an equation from its terms."""
        heads = {path.split(".")[1] if path.startswith("applications.") else None for path, _ in terms}
        return cls(terms, constant, heads.pop() if len(heads) == 1 else None)


_MOST = 4
"""Columns that fail together before it is said that the rows, not the figures, may be wrong."""
Equations = Callable[[type[Any]], Sequence[Equation]]
"""Gives the equations of the form for a class of table 3."""


def only_possible(
    options: Sequence[tuple[Place | None, ...]],
    paths: Sequence[str],
    values: Mapping[str, Any],
    equations: Iterable[Equation],
) -> tuple[Place | None, ...] | None:
    """Return the one reading of a row that no equation refutes and at least one confirms, or None.

    Args:
        options: the possible readings, slots by column.
        paths: the cells of the row, by column.
        values: everything else that was read, by path.
        equations: of the form.
    """
    own = set(paths)
    telling = [equation for equation in equations if any(path in own for path, _ in equation.terms)]
    left: dict[tuple[str, ...], tuple[Place | None, ...]] = {}
    for option in options:
        numbers = tuple(sound_count(slot.text) if slot is not None else None for slot in option)
        known = {**values, **dict(zip(paths, numbers, strict=True))}
        verdicts = [verdict for equation in telling if (verdict := _holds(equation, known)) is not None]
        if verdicts and all(verdicts):
            left.setdefault(tuple(slot.text if slot is not None else "" for slot in option), option)
        elif not verdicts:
            return None  # nothing speaks against this reading, and nothing for it
    return next(iter(left.values())) if len(left) == 1 else None


def misplaced(values: Mapping[str, Any], equations: Iterable[Equation]) -> bool:
    """Tell whether table 3 contradicts itself in most of its columns.

    A clerk's mistake breaks the equations of one column or two. Where most columns fail, it is likelier that rows were
    taken for other rows.
    """
    failed, held = _columns(values, equations)
    return len(failed) >= _MOST and len(failed) > len(held)


def refuted(values: Mapping[str, Any], equations: Iterable[Equation]) -> set[str]:
    """Return the columns of table 3 in which some equation does not hold."""
    return _columns(values, equations)[0]


def _columns(values: Mapping[str, Any], equations: Iterable[Equation]) -> tuple[set[str], set[str]]:
    """Return the columns in which an equation fails, and those in which one holds and none fails."""
    verdicts = [(equation.column, _holds(equation, values)) for equation in equations if equation.column]
    failed = {column for column, verdict in verdicts if column and verdict is False}
    return failed, {column for column, verdict in verdicts if column and verdict} - failed


def _holds(equation: Equation, values: Mapping[str, Any]) -> bool | None:
    total = 0
    for path, coefficient in equation.terms:
        value = values.get(path)
        if not isinstance(value, int):
            return None
        total += coefficient * value
    return total == equation.constant
