"""Hypothesis strategies for linear rules: any relation the language allows over some cells of the form.

Imports hypothesis, as `govinfo.testing.strategies` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from govinfo.findings import Severity
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import compile_rule
from govinfo.schema import Kind, Leaf, leaves
from govinfo.text import Text

__all__ = ["linear_rule", "linear_rules"]

_NAMED = Text("随机规则", "a random rule")
_FEW = 12


@st.composite
def linear_rule(draw: st.DrawFn, classes: Mapping[str, type[Any]], *, largest: int = 3) -> LinearRule:
    """A linear rule that has at least one row for these classes.

    Args:
        draw: given by hypothesis.
        classes: the class of every table, as `govinfo.schema.paths.tables_of` gives them.
        largest: the largest coefficient.
    """
    pools = _pools(classes)
    # most relations are about counts, as in life
    unit = draw(st.sampled_from(("", "", *pools)))
    strict = () if unit else ("<", ">")
    operator = draw(st.sampled_from(("==", "==", "<=", ">=", *strict)))
    tolerance: int | Decimal = 0
    if operator not in strict and draw(st.booleans()):
        whole = draw(st.integers(0, 5))
        tolerance = Decimal(whole) / 100 if unit else whole
    rule = LinearRule(
        f"TST{draw(st.integers(0, 999)):03}",
        draw(st.sampled_from(Severity)),
        _NAMED,
        _NAMED,
        _relation(draw, pools[unit], operator, largest),
        when=draw(st.none() | _conditions(pools, largest)),
        tolerance=tolerance,
    )
    return draw(st.just(rule).filter(lambda made: _compiles(made, classes)))


def linear_rules(
    classes: Mapping[str, type[Any]], *, largest: int = 3, min_size: int = 1, max_size: int = 8
) -> st.SearchStrategy[list[LinearRule]]:
    """Several linear rules, each with a code of its own; arguments as for `linear_rule`."""
    several = st.lists(linear_rule(classes, largest=largest), min_size=min_size, max_size=max_size)
    return several.map(lambda rules: [attrs.evolve(rule, code=f"TST{i:03}") for i, rule in enumerate(rules)])


def _conditions(pools: Mapping[str, list[str]], largest: int) -> st.SearchStrategy[str]:
    @st.composite
    def condition(draw: st.DrawFn) -> str:
        unit = draw(st.sampled_from(("", "", *pools)))
        operators = ("==", "<=", ">=") if unit else ("==", "<=", ">=", "<", ">")
        return _relation(draw, pools[unit], draw(st.sampled_from(operators)), largest)

    return condition()


def _relation(draw: st.DrawFn, paths: list[str], operator: str, largest: int) -> str:
    left, right = (_side(draw, paths, largest, least) for least in (1, 0))
    return f"{left} {operator} {right}"


def _side(draw: st.DrawFn, paths: list[str], largest: int, least: int) -> str:
    coefficients = st.integers(-largest, largest)
    terms = draw(st.lists(st.tuples(coefficients, st.sampled_from(paths)), min_size=least, max_size=3))
    constant = draw(st.sampled_from((0, 0, 1, -2, 7)))
    return " + ".join([*(f"{factor} * {path}" for factor, path in terms), str(constant)])


def _pools(classes: Mapping[str, type[Any]]) -> dict[str, list[str]]:
    """A few cells of each unit, close together so that relations share cells; signed ones, a block and a template."""
    found: dict[str, list[Leaf]] = {}
    for table, cls in classes.items():
        for leaf in leaves(cls, f"{table}."):
            found.setdefault(leaf.spec.unit or "", []).append(leaf)
    pools = {unit: [leaf.path for leaf in some[-_FEW:]] for unit, some in found.items()}
    signed = [leaf.path for leaf in found[""] if leaf.kind is Kind.CHANGE]
    pools[""] += [*signed[:3], "applications.{organisation}.received", "applications.total.denied"]
    return pools


def _compiles(rule: LinearRule, classes: Mapping[str, type[Any]]) -> bool:
    """Whether the rule has rows: sides may cancel out, and a condition may have a template the relation has not."""
    try:
        return bool(compile_rule(rule, classes))
    except ExpressionError:
        return False
