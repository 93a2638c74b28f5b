"""The balance equations of a report as a system over numbered cells: what a wrong cell leaves its trace in.

Prepared once for a choice of rules and the classes of a report's tables. With ``r = A·x - b`` what the equations miss
by, an error of ``d`` in a cell leaves ``d`` times the cell's column of ``A`` there: the pattern of broken equations
names the cell, as a syndrome does in an error-correcting code.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import attrs

from govinfo.errors import GovinfoError
from govinfo.findings import Severity
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.rows import Row, compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES
from govinfo.schema.editions import EDITIONS

__all__ = ["Component", "Equation", "Guard", "Matrix", "Relation", "System", "Terms", "system_of"]

Terms = Mapping[int, int]
"""Coefficients by the number of the cell; none is zero."""


@attrs.frozen(eq=False)
class Relation:
    """An instance of a linear rule."""

    code: str
    row: Row


@attrs.frozen(eq=False)
class Equation(Relation):
    """A balance equation: ``sum(coefficient * cell) == constant``."""

    terms: Terms
    constant: int


@attrs.frozen(eq=False)
class Guard(Relation):
    """Any other linear relation, which a proposal should not break."""

    error: bool
    """Whether breaking it is an error; then no proposal may."""


@attrs.frozen(eq=False)
class Matrix:
    """Rows of coefficients, and what a search wants to know of them."""

    rows: tuple[Terms, ...]
    of: Mapping[int, Terms]
    """For every cell its column: coefficients by the number of the row."""
    families: tuple[tuple[int, ...], ...]
    """The rows parted so that no two of one family share a cell: each that is broken needs a wrong cell of its own."""

    @classmethod
    def of_rows(cls, rows: Iterable[Terms]) -> Matrix:
        """Make the matrix of some rows."""
        rows = tuple(rows)
        of: dict[int, dict[int, int]] = {}
        families: list[tuple[list[int], set[int]]] = []
        for i, row in enumerate(rows):
            for cell, coefficient in row.items():
                of.setdefault(cell, {})[i] = coefficient
            for members, taken in families:
                if taken.isdisjoint(row):
                    members.append(i)
                    taken.update(row)
                    break
            else:
                families.append(([i], set(row)))
        return cls(rows, of, tuple(tuple(members) for members, _ in families))


@attrs.frozen(eq=False)
class Component:
    """Equations connected through their cells: table 3 is one, every block of table 4 is one."""

    equations: tuple[Equation, ...]
    matrix: Matrix
    """A row for each equation."""


@attrs.frozen(eq=False)
class System:
    """The linear rules of a report, ready for locating wrong cells."""

    paths: tuple[str, ...]
    """Canonical paths of the cells that stand in an equation, by number."""
    components: tuple[Component, ...]
    signed: frozenset[int]
    """The cells that may be negative."""
    guards: Mapping[str, tuple[Guard, ...]]
    """Relations that are no balance equations, by the paths they speak of."""


def system_of(
    rule_sets: Iterable[RuleSet],
    classes: Mapping[str, type[Any]],
    *,
    ignore: Sequence[str] = (),
    editions: Editions = EDITIONS,
) -> System:
    """Return the system of a report whose tables have ``classes``.

    Args:
        rule_sets: those the report is checked against.
        classes: the class of every table, as `govinfo.schema.paths.tables_of` gives them.
        ignore: beginnings of codes to leave out: an equation somebody does not believe is no evidence.
        editions: known classes of tables 2 and 3.
    """
    forms = tuple((table, name, cls) for table, named in editions.items() for name, cls in named.items())
    return _system(tuple(rule_sets), tuple(classes[table] for table in TABLES), tuple(ignore), forms)


@lru_cache(maxsize=64)
def _system(
    rule_sets: tuple[RuleSet, ...],
    classes: tuple[Any, ...],
    ignore: tuple[str, ...],
    forms: tuple[tuple[str, str, Any], ...],
) -> System:
    editions: dict[str, dict[str, type[Any]]] = {}
    for table, name, cls in forms:
        editions.setdefault(table, {})[name] = cls
    numbers: dict[str, int] = {}
    equations: list[Equation] = []
    guards: dict[str, list[Guard]] = {}
    signed: set[int] = set()
    tables = dict(zip(TABLES, classes, strict=True))
    for rule in choose(rule_sets, (), ignore):
        if not isinstance(rule, LinearRule):
            continue
        try:
            rows = compile_rule(rule, tables, editions)
        except GovinfoError:  # the engine has said so: a rule that breaks is no evidence
            continue
        for row in rows:
            low = row.low
            if rule.equation and row.exact and row.when is None and isinstance(low, int) and not row.unit:
                terms = {numbers.setdefault(path, len(numbers)): coefficient for path, coefficient in row.terms}
                equations.append(Equation(rule.code, row, terms, low))
                signed.update(numbers[path] for path in row.signed)
            else:
                guard = Guard(rule.code, row, rule.severity is Severity.ERROR)
                for path in dict.fromkeys(path for one in (row, row.when) if one is not None for path in one.cells):
                    guards.setdefault(path, []).append(guard)
    return System(
        tuple(numbers),
        tuple(_parted(equations)),
        frozenset(signed),
        {path: tuple(several) for path, several in guards.items()},
    )


def _parted(equations: Iterable[Equation]) -> Iterator[Component]:
    """Part equations into those that are connected through their cells, in their order."""
    groups: list[tuple[set[int], list[int]]] = []
    known = tuple(equations)
    for i, equation in enumerate(known):
        cells, together = set(equation.terms), [i]
        apart = []
        for group in groups:
            if cells.isdisjoint(group[0]):
                apart.append(group)
            else:
                cells |= group[0]
                together += group[1]
        groups = [*apart, (cells, together)]
    for _, together in sorted(groups, key=lambda group: min(group[1])):
        several = tuple(known[i] for i in sorted(together))
        yield Component(several, Matrix.of_rows(equation.terms for equation in several))
