"""Linear rules as straight-line code: one generated function judges all of them on one report.

The function says which rows need a closer look and which do not apply; every other row holds. A closer look
(`govinfo.engines.linear`) is needed where a relation does not hold, where a cell is missing, and where money has to be
added: the code relies on nothing but sums of whole numbers and on `Missing` not being a number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from govinfo.rules.rows import Row
from govinfo.schema.access import compiled, loads

__all__ = ["Screen", "screen"]

Screen = Callable[[Any], tuple[list[int], list[int]]]
"""From a report to the indices of the rows to look at, and of those whose condition is known not to hold."""


def screen(rows: Sequence[Row]) -> Screen:
    """Return the generated function for ``rows``, in their order."""
    conditions = [row.when for row in rows if row.when is not None]
    lines, known = loads((path for row in (*rows, *conditions) for path, _ in row.terms), "report")
    body = [*lines, "look, apart = [], []"]
    for i, row in enumerate(rows):
        body += _judged(i, row, known)
    return compiled("screen_rows", "report", [*body, "return look, apart"])


def _judged(i: int, row: Row, known: dict[str, str]) -> Iterable[str]:
    broken = _broken(row, known)
    unmet = _broken(row.when, known) if row.when is not None else "False"
    if broken is None or unmet is None:
        yield f"look.append({i})"
        return
    yield "try:"
    if row.when is not None:
        yield f"    if {unmet}: apart.append({i})"
    yield f"    {'elif' if row.when is not None else 'if'} {broken}: look.append({i})"
    yield f"except Exception: look.append({i})"


def _broken(row: Row, known: dict[str, str]) -> str | None:
    """Return the expression that is true where the relation does not hold; None where there is none that is exact.

    With a missing cell it raises: `Missing` can be compared for being equal, but neither added nor ordered.
    """
    if row.unit:
        return _broken_money(row, known)
    total = "".join(f" {'-' if c < 0 else '+'} {known[path]}{_times(c)}" for path, c in row.terms).removeprefix(" + ")
    if row.exact:
        return f"{total} + 0 != {row.low!r}"
    if row.low is None:
        return f"{total} > {row.high!r}"
    if row.high is None:
        return f"{total} < {row.low!r}"
    return f"not {row.low!r} <= {total} <= {row.high!r}"


def _times(coefficient: int) -> str:
    return "" if abs(coefficient) == 1 else f" * {abs(coefficient)}"


def _broken_money(row: Row, known: dict[str, str]) -> str | None:
    """Comparing decimals is exact, adding and negating them is not: one sum of money, or two against each other."""
    sides = {c: known[path] for path, c in row.terms}
    bounds = {row.low, row.high} - {None}
    if len(row.terms) == 1 and sides.keys() == {1} and all(type(bound) is int for bound in bounds):
        greater, less = sides[1], None
    elif sides.keys() == {1, -1} and len(row.terms) == 2 and bounds == {0}:
        greater, less = sides[1], sides[-1]
    else:
        return None
    tests = [(row.low, "<"), (row.high, ">")]
    return " or ".join(f"{greater} {sign} {less or repr(bound)}" for bound, sign in tests if bound is not None)
