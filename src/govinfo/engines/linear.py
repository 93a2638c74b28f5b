"""A linear rule on one report, in three values: it holds, it cannot hold, it cannot be decided."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow, localcontext

from govinfo.engines.places import locate
from govinfo.engines.wording import broken, unknown
from govinfo.findings import Finding, Outcome, Status
from govinfo.parsing.reading import Reading
from govinfo.rules.blanks import certain, satisfiable
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import Row, Side
from govinfo.schema import Missing, Value
from govinfo.text import Text

__all__ = ["CONDITION_FALSE", "judge", "not_applicable", "sums", "verdict"]

# Sums of money are added exactly or not at all: a number too long for this breaks the rule, and is never rounded.
_EXACT = Context(prec=1000, traps=[Inexact, InvalidOperation, Overflow])
CONDITION_FALSE = Text("不具备适用条件", "its condition does not hold")

Number = int | Decimal
Values = Mapping[str, Value]


def judge(rule: LinearRule, row: Row, reading: Reading, values: Values) -> tuple[Outcome, Finding | None]:
    """Judge one instance of a rule.

    Args:
        rule: the rule.
        row: the instance.
        reading: the report and its places.
        values: every cell of the report.
    """
    with localcontext(_EXACT):
        status = verdict(row, values)
        if status is Status.NOT_APPLICABLE:
            return not_applicable(rule, row), None
        if status is Status.UNDECIDED:
            about = row if row.when is None or _holds(row.when, values, whatever_is_missing=True) else row.when
            return _undecided(rule, row, about, reading, values), None
        finding = _finding(rule, row, reading, values) if status is Status.FAILED else None
        return Outcome(rule.code, status, row.binding), finding


def not_applicable(rule: LinearRule, row: Row) -> Outcome:
    """Return the outcome of an instance whose condition is known not to hold."""
    return Outcome(rule.code, Status.NOT_APPLICABLE, row.binding, CONDITION_FALSE)


def verdict(row: Row, values: Values) -> Status:
    """Return how an instance comes out: the definition every other engine is held against."""
    if row.when is not None:
        applies = _holds(row.when, values, whatever_is_missing=True)
        if applies is not True:
            return Status.NOT_APPLICABLE if applies is False else Status.UNDECIDED
    return {True: Status.PASSED, False: Status.FAILED, None: Status.UNDECIDED}[_holds(row, values)]


def sums(row: Row, values: Values) -> tuple[Number | None, Number | None]:
    """Return what the left and the right side come to, None for a side with a missing cell."""
    return _sum(row.left, values), _sum(row.right, values)


def _holds(row: Row, values: Values, *, whatever_is_missing: bool = False) -> bool | None:
    """Whether a relation holds; None where that depends on missing cells.

    A relation with missing cells is never said to hold, unless ``whatever_is_missing``: then it is where it does for
    all numbers.
    """
    total: Number = 0
    blanks: list[int] = []
    signed = False
    for path, coefficient in row.terms:
        value = values[path]
        if type(value) is Missing:
            blanks.append(coefficient)
            signed = signed or path in row.signed
        else:
            total += coefficient * value  # type: ignore[operator]  # a row has one unit: whole numbers or decimals
    low, high = row.low, row.high
    if not blanks:
        return (low is None or low <= total) and (high is None or total <= high)
    if low is not None:
        low -= total
    if high is not None:
        high -= total
    if not satisfiable(blanks, signed, not row.unit, low, high):
        return False
    return True if whatever_is_missing and certain(blanks, signed, low, high) else None


def _undecided(rule: LinearRule, row: Row, about: Row, reading: Reading, values: Values) -> Outcome:
    missing = tuple(path for path in about.cells if isinstance(values[path], Missing))
    return Outcome(rule.code, Status.UNDECIDED, row.binding, unknown(reading.report, missing, values), missing)


def _finding(rule: LinearRule, row: Row, reading: Reading, values: Values) -> Finding:
    left, right = sums(row, values)
    return Finding(
        rule.code,
        rule.severity,
        broken(row, reading.report, values, (left, right)),
        row.cells,
        actual=left,
        expected=right,
        delta=None if left is None or right is None else left - right,
        location=locate(reading, None, row.cells),
        note=rule.remark,
    )


def _sum(side: Side, values: Values) -> Number | None:
    """Return what a side comes to, None where a cell is missing."""
    total: Number = side.constant
    for operand in side.operands:
        for path in operand.cells:
            value = values[path]
            if isinstance(value, Missing):
                return None
            total += operand.coefficient * value
    return total
