"""Linear rules as sparse integer rows: what every engine runs.

A rule is compiled for the classes a report's tables have. Each combination of its templates gives one `Row`:
``low <= sum(coefficient * cell) <= high`` with whole coefficients. An equation has both bounds, alike unless it has a
tolerance; an inequality has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import product
from typing import Any, cast

import attrs

from govinfo.rules.expression import ExpressionError, Relation, Sum, Term, parse
from govinfo.rules.model import LinearRule
from govinfo.rules.vocabulary import Classes, Editions, Vocabulary, known_classes, vocabulary
from govinfo.schema import TABLES, Kind, Leaf
from govinfo.schema.editions import EDITIONS, national
from govinfo.text import Text

__all__ = ["LARGEST_COEFFICIENT", "LARGEST_CONSTANT", "MONEY_PLACES", "Operand", "Row", "Side"]
__all__ += ["check_expression", "compile_rule"]

LARGEST_COEFFICIENT = 1_000_000
LARGEST_CONSTANT = 10**12
"""Small enough for engines with machine integers to bound a row's value before they compute it."""
MONEY_PLACES = 6
"""Decimals of a sum of money that every engine keeps: 分 (0.01 yuan) in 万元."""

Number = int | Decimal


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

    ``terms``, ``low`` and ``high`` are what engines compute with; ``left``, ``right`` and ``written`` are the same
    relation as its author wrote it, for messages.
    """

    binding: str
    """What the templates stand for, joined by dots; empty for a rule without template."""
    variables: Mapping[str, str] = attrs.field(hash=False)
    terms: tuple[tuple[str, int], ...]
    """(canonical path, coefficient), each path once, no coefficient zero, in the order of the form."""
    low: Number | None
    """The least the sum may be; None where nothing bounds it from below."""
    high: Number | None
    unit: str
    """Empty for counts, otherwise the unit of the sums of money."""
    signed: frozenset[str]
    """The paths among ``terms`` whose cells may be negative (本年增/减)."""
    left: Side
    right: Side
    written: str
    """The comparison as written: ``==``, ``<=``, ``>=``, ``<`` or ``>``."""
    tolerance: Number = 0
    """What the bounds already allow beyond the relation as written."""
    when: Row | None = None
    """The rule applies where this holds."""

    @property
    def exact(self) -> bool:
        """Whether it is an equation without tolerance."""
        return self.low is not None and self.low == self.high

    @cached_property
    def cells(self) -> tuple[str, ...]:
        """Every cell the relation speaks of, in the order written."""
        return tuple(dict.fromkeys(self.left.cells + self.right.cells))

    @cached_property
    def position(self) -> tuple[str | None, str | None]:
        """The column and the row all cells share: ``("total", None)``, ``(None, "denied.process")``.

        In tables 2 and 4 the block stands for the column. None where the cells have nothing in common.
        """
        if len({path.partition(".")[0] for path in self.cells}) > 1:
            return None, None
        steps = [path.split(".")[1:] for path in self.cells]
        columns = {step[0] if len(step) > 1 else None for step in steps}
        rows = {".".join(step[1:] or step) for step in steps}
        return columns.pop() if len(columns) == 1 else None, rows.pop() if len(rows) == 1 else None


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
    if rule.edition is not None and not _is_edition(rule.edition, classes, relation, condition, known):
        return ()
    return tuple(_rows(words, relation, condition, rule.tolerance))


def _is_edition(
    edition: str, classes: Classes, relation: Relation, condition: Relation | None, known: tuple[tuple[str, Any], ...]
) -> bool:
    """Whether every table the rule speaks of that comes in editions is of the one it is limited to."""
    named = {term.names[0] for one in (relation, condition) if one is not None for term in one.terms}
    tables = [(table, cls) for table, cls in zip(TABLES, classes, strict=True) if hasattr(cls, "edition")]
    if edition not in {cls.edition for _, cls in known if hasattr(cls, "edition")}:
        relation.fail(1, f"没有 {edition!r} 这一版表式", f"no edition of the form is called {edition!r}")
    spoken = (cls for table, cls in tables if table in named or any(n[0] == "{" for n in named))
    return all(edition in (cls.edition, national(cls)) for cls in spoken)


def _refuse_free_templates(condition: Relation, relation: Relation) -> None:
    for term in condition.terms:
        for name, column in zip(term.names, term.columns, strict=True):
            if name[0] == "{" and name[1:-1] not in relation.templates:
                condition.fail(column, f"关系式里没有模板 {name}", f"the relation has no template {name}")


def _rows(words: Vocabulary, relation: Relation, condition: Relation | None, tolerance: Number) -> Iterator[Row]:
    for variables in words.bindings(relation):
        row = _row(words, relation, variables, tolerance)
        when = _row(words, condition, variables) if condition is not None else None
        if row is None:
            continue
        if condition is None:
            yield row
        elif when is not None:
            yield attrs.evolve(row, when=when)


def _row(words: Vocabulary, relation: Relation, variables: dict[str, str], tolerance: Number = 0) -> Row | None:
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
    low, high = _bounds(relation, unit, tolerance)
    return Row(
        binding=".".join(variables.values()),
        variables=variables,
        terms=tuple((path, combined[path]) for path in paths),
        low=low,
        high=high,
        unit=unit,
        signed=frozenset(path for path in paths if words.below[path][0].kind is Kind.CHANGE),
        left=_side(relation.left, resolved[:middle], variables),
        right=_side(relation.right, resolved[middle:], variables),
        written=relation.operator,
        tolerance=tolerance,
    )


def _side(written: Sum, resolved: list[tuple[Term, tuple[Leaf, ...]]], variables: dict[str, str]) -> Side:
    operands = (
        Operand(term.coefficient, term.path(variables), tuple(leaf.path for leaf in cells)) for term, cells in resolved
    )
    return Side(tuple(operands), written.constant)


def _bounds(relation: Relation, unit: str, tolerance: Number) -> tuple[Number | None, Number | None]:
    """Return what the difference of the sides' cells may be at least and at most."""
    at, operator = relation.operator_column, relation.operator
    constants = relation.left.constant, relation.right.constant
    if max(map(abs, constants)) > LARGEST_CONSTANT:
        relation.fail(1, f"整数超过 {LARGEST_CONSTANT}", f"a whole number is larger than {LARGEST_CONSTANT}")
    if tolerance:
        _check_tolerance(relation, unit, tolerance)
        tolerance = tolerance if unit else int(tolerance)
    middle: Number = constants[1] - constants[0]
    if operator in ("<", ">"):
        if unit:
            relation.fail(
                at,
                f"金额只能用 ==、<=、>=，不能用 {operator}",
                f"sums of money are compared with ==, <= or >=, not {operator}",
            )
        return (None, middle - 1) if operator == "<" else (middle + 1, None)
    return middle - tolerance if operator != "<=" else None, middle + tolerance if operator != ">=" else None


def _check_tolerance(relation: Relation, unit: str, tolerance: Number) -> None:
    at = relation.operator_column
    if relation.operator in ("<", ">"):
        relation.fail(
            at, f"{relation.operator} 不能有允许误差", f"a tolerance goes with ==, <= and >=, not {relation.operator}"
        )
    if not (Decimal(tolerance).is_finite() and 0 < tolerance <= LARGEST_CONSTANT):
        relation.fail(at, f"允许误差 {tolerance} 不在范围内", f"the tolerance {tolerance} is out of range")
    places = MONEY_PLACES if unit else 0
    if isinstance(tolerance, Decimal) and tolerance != round(tolerance, places):
        relation.fail(
            at,
            f"允许误差 {tolerance} 超过 {places} 位小数",
            f"the tolerance {tolerance} has more than {places} decimals",
        )


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
