"""What engines are tested with: reports full of faults, and the violations they must list, row by row."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal, Inexact, localcontext
from typing import Any

from govinfo.engines.linear import sums, verdict
from govinfo.findings import Status
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import compile_rule
from govinfo.schema import Kind, Missing, Value, leaves

__all__ = ["Violation", "expected_violations", "random_cells"]

Number = int | Decimal
Violation = tuple[int, str, str, str, str | None, str | None, str, Number | None, Number | None, Number | None]
"""Number of the report from 0, code, severity, binding, column, row, status, left, right, difference."""

_MOST_COUNT = 2**63 - 1
_MOST_AMOUNT = 10**18 - 1
"""In millionths: what a column of a table can hold."""

_EXACT = Context(prec=1000, traps=[Inexact])


def expected_violations(
    rules: Iterable[LinearRule],
    classes: Mapping[str, type[Any]],
    rows: Sequence[Mapping[str, Value | None]],
    *,
    undecided: bool = True,
) -> list[Violation]:
    """Return what every engine must say of some reports.

    Args:
        rules: the rules.
        classes: the class of every table, the same for every report.
        rows: a report each: its cells by canonical path. A cell that is None or left out is missing.
        undecided: whether to list what missing cells leave undecided.

    Returns:
        Sorted by report, then in the order of the rules and of the form.
    """
    compiled = [(rule, row) for rule in rules for row in compile_rule(rule, classes)]
    paths = [leaf.path for table, cls in classes.items() for leaf in leaves(cls, f"{table}.")]
    found: list[Violation] = []
    with localcontext(_EXACT):
        for number, cells in enumerate(rows):
            given = {path: cells.get(path) for path in paths}
            values: dict[str, Value] = {
                path: Missing.BLANK if value is None else value for path, value in given.items()
            }
            for rule, row in compiled:
                status = verdict(row, values)
                if status is Status.FAILED or (undecided and status is Status.UNDECIDED):
                    left, right = sums(row, values)
                    difference = None if left is None or right is None else left - right
                    about = (rule.code, rule.severity.value, row.binding, *row.position)
                    found.append((number, *about, status.value, left, right, difference))
    return found


def random_cells(
    classes: Mapping[str, type[Any]], chance: random.Random, paths: Iterable[str] | None = None, *, blank: float = 0.3
) -> dict[str, int | Decimal | None]:
    """Return cells as tables of reports have them at their worst: small, negative, blank, as large as a column holds.

    Args:
        classes: the class of every table.
        chance: where the numbers come from. (Drawing every cell with hypothesis takes too long.)
        paths: the cells to fill; None for all.
        blank: how often a cell has no number.
    """
    kinds = {leaf.path: leaf.kind for table, cls in classes.items() for leaf in leaves(cls, f"{table}.")}
    chosen = kinds if paths is None else paths
    return {path: None if chance.random() < blank else _number(kinds[path], chance) for path in chosen}


def _number(kind: Kind, chance: random.Random) -> int | Decimal:
    amount = kind is Kind.AMOUNT
    size = chance.random()
    if size < 0.8:
        number = chance.randint(0 if size < 0.6 else -4, 12)
        return Decimal(number) if amount else number
    if amount:
        return Decimal(chance.choice((1, -1, chance.randint(-_MOST_AMOUNT, _MOST_AMOUNT), _MOST_AMOUNT))).scaleb(-6)
    huge = (_MOST_COUNT, -_MOST_COUNT - 1, _MOST_COUNT - 1, chance.randint(-_MOST_COUNT, _MOST_COUNT))
    return chance.choice(huge) if size > 0.9 else chance.randint(0, 999)
