"""The violations an engine must list: what the definition of a verdict says, report by report and row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Context, Decimal, Inexact, localcontext
from typing import Any

from govinfo.engines.linear import sums, verdict
from govinfo.findings import Status
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import compile_rule
from govinfo.schema import Missing, Value, leaves

__all__ = ["Violation", "expected_violations"]

Number = int | Decimal
Violation = tuple[int, str, str, str, str | None, str | None, str, Number | None, Number | None, Number | None]
"""Number of the report from 0, code, severity, binding, column, row, status, left, right, difference."""

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
