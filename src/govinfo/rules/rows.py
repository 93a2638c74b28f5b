"""Linear rules as sparse integer rows: what every engine runs.

A rule is compiled for the classes a report's tables have. Each combination of its templates gives one `Row`:
``sum(coefficient * cell) relation constant``, with whole coefficients and only ``==``, ``<=``, ``>=``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, Literal, cast

import attrs

from govinfo.rules.expression import ExpressionError, Relation, Sum, Term, parse
from govinfo.rules.model import LinearRule
from govinfo.rules.vocabulary import Classes, Editions, Vocabulary, known_classes, vocabulary
from govinfo.schema import TABLES, Kind, Leaf
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["LARGEST_COEFFICIENT", "Operand", "Row", "Side", "check_expression", "compile_rule"]

LARGEST_COEFFICIENT = 1_000_000
"""Small enough for 64-bit engines to bound a row's value before they compute it."""

RelationSign = Literal["==", "<=", ">="]


@attrs.frozen
class Operand:
    """A term as it was written: a coefficient times a cell, or times the sum of a block's cells."""

    coefficient: int
    path: str
    cells: tuple[str, ...]


@attrs.frozen
class Side:
    """One side of a relation as it was written."""

    operands: tuple[Operand, ...]
    constant: int = 0

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the side in the order written."""
        return tuple(path for operand in self.operands for path in operand.cells)


@attrs.frozen
class Row:
    """One instance of a linear rule for one edition of the form.

    ``terms``, ``relation`` and ``constant`` are what engines compute with; ``left``, ``right`` and ``written`` are the
    same relation as its author wrote it, for messages.
    """

    binding: str
    """What the templates stand for, joined by dots; empty for a rule without template."""
    variables: Mapping[str, str] = attrs.field(hash=False)
    terms: tuple[tuple[str, int], ...]
    """(canonical path, coefficient), each path once, no coefficient zero, in the order of the form."""
    relation: RelationSign
    constant: int
    unit: str
    """Empty for counts, otherwise the unit of the sums of money."""
    signed: frozenset[str]
    """The paths among ``terms`` whose cells may be negative (本年增/减)."""
    left: Side
    right: Side
    written: str
    """The comparison as written, which may be ``<`` or ``>``."""
    when: Row | None = None
    """The rule applies where this holds."""

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Every cell the relation speaks of, in the order written."""
        return tuple(dict.fromkeys(self.left.cells + self.right.cells))


def compile_rule(rule: LinearRule, classes: Mapping[str, type[Any]], editions: Editions = EDITIONS) -> tuple[Row, ...]:
    """Compile a rule for a report whose tables have ``classes``.

    Args:
        rule: the rule.
        classes: the class of every table, as `govinfo.schema.paths.tables_of` gives them.
        editions: known classes by table and edition: a path that exists only in another edition is no mistake.

    Returns:
        A row for each instance; none where the rule is about another edition of the form.

    Raises:
        ExpressionError: the expression is wrong for every edition.
    """
    return _compile(rule, tuple(classes[table] for table in TABLES), known_classes(editions))


def check_expression(rule: LinearRule, editions: Editions = EDITIONS) -> None:
    """Make sure that a rule can be compiled for at least one combination of editions.

    Raises:
        ExpressionError: it cannot, and why.
    """
    known = known_classes(editions)
    named = {term.names[0] for text in (rule.relation, rule.when) if text is not None for term in parse(text).terms}
    everywhere = any(name[0] == "{" for name in named)
    forms = [[cls for table, cls in known if table == name] for name in TABLES]
    # editions of a table the rule does not name make no difference
    forms = [some if name in named or everywhere else some[:1] for name, some in zip(TABLES, forms, strict=True)]
    compiled = [_compile(rule, classes, known) for classes in product(*forms)]  # every one: each may find a mistake
    if not any(compiled):
        raise ExpressionError(
            Text("没有一个版本的表同时有这些格", "no edition of the form has all these cells"), rule.relation, 1
        )


@lru_cache(maxsize=4096)
def _compile(rule: LinearRule, classes: Classes, known: tuple[tuple[str, Any], ...]) -> tuple[Row, ...]:
    words = vocabulary(classes, known)
    relation = parse(rule.relation)
    condition = parse(rule.when) if rule.when is not None else None
    if condition is not None:
        _refuse_free_templates(condition, relation)
    return tuple(_rows(words, relation, condition))


def _refuse_free_templates(condition: Relation, relation: Relation) -> None:
    for term in condition.terms:
        for name, column in zip(term.names, term.columns, strict=True):
            if name[0] == "{" and name[1:-1] not in relation.templates:
                condition.fail(column, f"关系式里没有模板 {name}", f"the relation has no template {name}")


def _rows(words: Vocabulary, relation: Relation, condition: Relation | None) -> Iterator[Row]:
    for variables in words.bindings(relation):
        row = _row(words, relation, variables)
        when = _row(words, condition, variables) if condition is not None else None
        if row is None:
            continue
        if condition is None:
            yield row
        elif when is not None:
            yield attrs.evolve(row, when=when)


def _row(words: Vocabulary, relation: Relation, variables: dict[str, str]) -> Row | None:
    found = [(term, words.cells(term, variables, relation)) for term in relation.terms]
    if any(cells is None for _, cells in found):
        return None
    resolved = cast(list[tuple[Term, tuple[Leaf, ...]]], found)
    unit = _unit(resolved, relation)
    middle = len(relation.left.terms)
    combined: dict[str, int] = {}
    for i, (term, cells) in enumerate(resolved):
        factor = term.coefficient if i < middle else -term.coefficient
        for leaf in cells:
            combined[leaf.path] = combined.get(leaf.path, 0) + factor
    paths = sorted((path for path in combined if combined[path]), key=words.order.__getitem__)
    if not paths:
        relation.fail(1, "两边抵消后没有剩下任何数据格", "the two sides cancel: no cell is left")
    if max(map(abs, combined.values())) > LARGEST_COEFFICIENT:
        relation.fail(1, f"系数超过 {LARGEST_COEFFICIENT}", f"a coefficient is larger than {LARGEST_COEFFICIENT}")
    sign, strict = _relation(relation, unit)
    return Row(
        binding=".".join(variables.values()),
        variables=variables,
        terms=tuple((path, combined[path]) for path in paths),
        relation=sign,
        constant=relation.right.constant - relation.left.constant + strict,
        unit=unit,
        signed=frozenset(path for path in paths if words.below[path][0].kind is Kind.CHANGE),
        left=_side(relation.left, resolved[:middle], variables),
        right=_side(relation.right, resolved[middle:], variables),
        written=relation.operator,
    )


def _side(written: Sum, resolved: list[tuple[Term, tuple[Leaf, ...]]], variables: dict[str, str]) -> Side:
    operands = (
        Operand(term.coefficient, term.path(variables), tuple(leaf.path for leaf in cells)) for term, cells in resolved
    )
    return Side(tuple(operands), written.constant)


def _relation(relation: Relation, unit: str) -> tuple[RelationSign, int]:
    """Return the relation without ``<`` and ``>``, and what has to be added to the constant."""
    if relation.operator not in ("<", ">"):
        return cast(RelationSign, relation.operator), 0
    if unit:
        relation.fail(
            relation.operator_column,
            f"金额只能用 ==、<=、>=，不能用 {relation.operator}",
            f"sums of money are compared with ==, <= or >=, not {relation.operator}",
        )
    return ("<=", -1) if relation.operator == "<" else (">=", 1)


def _unit(resolved: list[tuple[Term, tuple[Leaf, ...]]], relation: Relation) -> str:
    """Return the unit all cells share; empty for counts."""
    first = resolved[0][1][0].spec.unit or ""
    for term, cells in resolved:
        for leaf in cells:
            unit = leaf.spec.unit or ""
            if unit != first:
                relation.fail(
                    term.columns[0],
                    f"单位不同：{leaf.path} 为{unit or '件数'}，前面为{first or '件数'}",
                    f"units differ: {leaf.path} is {_UNITS.get(unit, unit)}, before it stands "
                    f"{_UNITS.get(first, first)}",
                )
    return first


_UNITS = {"": "a count", "元": "yuan", "万元": "10,000 yuan"}
