"""Linear rules compiled for a choice of tables: what engines for many reports run.

Cells are numbered: counts first, then amounts, each in the order of the form. Every cell is a whole number: sums of
money count in millionths of their unit (`MONEY`), and so do the bounds of relations between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any

import attrs

from govinfo.engines.linear import verdict
from govinfo.findings import Status
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import MONEY_PLACES, Number, Row, Side, compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Kind, Missing, leaves
from govinfo.schema.editions import EDITIONS

__all__ = ["MONEY", "Instance", "Program", "Relation", "cell_paths", "compile_program"]

MONEY = 10**MONEY_PLACES
"""What a sum of money of 1 is as a whole number."""

Terms = tuple[tuple[int, int], ...]
"""(number of the cell, coefficient)."""


@attrs.frozen
class Relation:
    """``low <= sum(coefficient * cell) <= high`` over numbered cells; None for no bound."""

    terms: Terms
    low: int | None
    high: int | None
    money: bool

    @cached_property
    def cells(self) -> frozenset[int]:
        """Numbers of the cells the relation speaks of."""
        return frozenset(cell for cell, _ in self.terms)

    @cached_property
    def weight(self) -> int:
        """What the sum is at most, if no cell is more than 1 away from 0."""
        return sum(abs(coefficient) for _, coefficient in self.terms)

    @property
    def plain_sign(self) -> bool:
        """Whether any numbers that are not negative satisfy it: ``cell >= 0`` and the like."""
        return self.high is None and (self.low or 0) <= 0 and all(c > 0 for _, c in self.terms)


@attrs.frozen
class Instance:
    """One instance of a rule over numbered cells."""

    rule: LinearRule
    row: Row
    relation: Relation
    when: Relation | None
    left: Terms
    right: Terms
    constants: tuple[int, int]
    """The whole numbers on the left and on the right side."""

    @property
    def spoken_of(self) -> frozenset[int]:
        """Numbers of every cell that counts for the verdict or stands on a side."""
        condition = self.when.cells if self.when is not None else frozenset()
        return self.relation.cells | condition | {cell for side in (self.left, self.right) for cell, _ in side}


@attrs.frozen(eq=False)  # engines keep what they prepared for a program under the program itself
class Program:
    """The instances of linear rules for reports whose tables have certain classes."""

    counts: tuple[str, ...]
    amounts: tuple[str, ...]
    signed: frozenset[int]
    """Numbers of the cells that may be negative."""
    instances: tuple[Instance, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """Every cell's path, by number."""
        return self.counts + self.amounts

    @cached_property
    def used(self) -> tuple[int, ...]:
        """Numbers of the cells some relation speaks of."""
        return tuple(sorted(frozenset().union(*(relation.cells for relation in self.relations))))

    @cached_property
    def spoken_of(self) -> frozenset[int]:
        """Numbers of every cell that counts for a verdict or stands on a side."""
        return frozenset().union(*(one.spoken_of for one in self.instances))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """Every relation, those of conditions last."""
        return (
            *(one.relation for one in self.instances),
            *(one.when for one in self.instances if one.when is not None),
        )

    def status(self, number: int, values: Mapping[int, int | None]) -> Status:
        """Return how instance ``number`` comes out on one report: numbers by cell, None for a missing one.

        Exact for whole numbers of any size: engines turn to it for what they cannot hold.
        """
        row = self.instances[number].row
        shown: dict[str, Any] = {}
        for one in (row, row.when):
            for path, _ in one.terms if one is not None else ():
                value = values[self._numbers[path]]
                shown[path] = Missing.BLANK if value is None else value
        return verdict(_in_millionths(row), shown)

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {path: i for i, path in enumerate(self.cells)}


def cell_paths(classes: Iterable[type[Any]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the paths of the counts and of the amounts of tables, given in the order of `TABLES`."""
    found = [leaf for table, cls in zip(TABLES, classes, strict=True) for leaf in leaves(cls, f"{table}.")]
    return (
        tuple(leaf.path for leaf in found if leaf.kind is not Kind.AMOUNT),
        tuple(leaf.path for leaf in found if leaf.kind is Kind.AMOUNT),
    )


def compile_program(
    rules: Sequence[LinearRule], classes: Mapping[str, type[Any]], editions: Editions = EDITIONS, *, lean: bool = False
) -> Program:
    """Compile rules for reports whose tables have ``classes``; instances come in the order of the rules.

    A ``lean`` program numbers only the cells its rules speak of: a few rules then cost little.
    """
    forms = tuple((table, name, cls) for table, named in editions.items() for name, cls in named.items())
    return _compile(tuple(rules), tuple(classes[table] for table in TABLES), forms, lean)


@lru_cache(maxsize=64)
def _compile(
    rules: tuple[LinearRule, ...],
    forms: tuple[type[Any], ...],
    known: tuple[tuple[str, str, type[Any]], ...],
    lean: bool,
) -> Program:
    classes = dict(zip(TABLES, forms, strict=True))
    editions: dict[str, dict[str, type[Any]]] = {}
    for table, name, cls in known:
        editions.setdefault(table, {})[name] = cls
    rows = [(rule, row) for rule in rules for row in compile_rule(rule, classes, editions)]
    counts, amounts = cell_paths(classes[table] for table in TABLES)
    if lean:
        spoken = {path for _, row in rows for one in (row, row.when) if one is not None for path in one.cells}
        counts, amounts = (tuple(path for path in paths if path in spoken) for paths in (counts, amounts))
    numbers = {path: i for i, path in enumerate(counts + amounts)}
    signed = {
        numbers[leaf.path]
        for table in TABLES
        for leaf in leaves(classes[table], f"{table}.")
        if leaf.kind is Kind.CHANGE and leaf.path in numbers
    }
    instances = [
        Instance(
            rule,
            row,
            _relation(row, numbers),
            _relation(row.when, numbers) if row.when is not None else None,
            _terms(row.left, numbers),
            _terms(row.right, numbers),
            (row.left.constant * _unit(row), row.right.constant * _unit(row)),
        )
        for rule, row in rows
    ]
    return Program(counts, amounts, frozenset(signed), tuple(instances))


def _relation(row: Row, numbers: Mapping[str, int]) -> Relation:
    terms = tuple((numbers[path], coefficient) for path, coefficient in row.terms)
    low, high = (None if bound is None else int(bound * _unit(row)) for bound in (row.low, row.high))
    return Relation(terms, low, high, bool(row.unit))


def _terms(side: Side, numbers: Mapping[str, int]) -> Terms:
    found: dict[int, int] = {}
    for operand in side.operands:
        for path in operand.cells:
            found[numbers[path]] = found.get(numbers[path], 0) + operand.coefficient
    return tuple(found.items())


def _unit(row: Row) -> int:
    return MONEY if row.unit else 1


def _in_millionths(row: Row) -> Row:
    """Return the row for money as whole numbers; blanks may still be any fraction."""
    if row.when is not None:
        row = attrs.evolve(row, when=_in_millionths(row.when))
    if not row.unit:
        return row

    def scaled(bound: Number | None) -> Number | None:
        return None if bound is None else bound * MONEY

    return attrs.evolve(row, low=scaled(row.low), high=scaled(row.high))
