"""Examples of linear rules, derived from the relation: figures that pass, and the same with one figure changed.

No example is made up: figures are looked for with exact arithmetic, and `govinfo.engines.linear.verdict` has the last
word. Where there are none, the example says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Any

from govinfo.engines.linear import sums, verdict
from govinfo.engines.solving import Figures, Wanted, nearest, solve
from govinfo.engines.wording import broken, holding
from govinfo.findings import Status
from govinfo.rules.blanks import satisfiable
from govinfo.rules.model import Example, LinearRule
from govinfo.rules.rows import Row, compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Report, assemble, leaves
from govinfo.schema.editions import EDITIONS, national
from govinfo.schema.paths import memo, tables_of
from govinfo.text import Text

__all__ = ["examples_of", "home_of"]

_STEPS = (Decimal("0.01"), Decimal("0.000001"))
"""What sums of money are counted in: 分, and where that does not do the smallest step every engine keeps."""
_MONEY = Decimal("10.50")
"""Sums of money are small multiples of this."""
_MOST_ROWS = 5
"""So many instances of a rule are tried before an example is given up."""

_NEVER = Text("没有例子：填任何{number}都不能成立", "no example: no {number} makes it hold")
_NO_CASE = Text("没有例子：适用条件不可能具备", "no example: its condition cannot hold")
_ALWAYS = Text("没有例子：只要具备适用条件就成立", "no example: it holds wherever its condition does")
_NOT_FOUND = Text("没有找到数字不大的例子", "no example with small figures was found")

Number = int | Decimal


def home_of(rule: LinearRule, editions: Editions = EDITIONS) -> tuple[Report, tuple[Row, ...]]:
    """Return a report of the newest editions a rule has instances for, and those instances.

    Raises:
        ExpressionError: the rule's expression is wrong.
        ValueError: no edition has the cells of the rule.
    """
    for report in _reports(editions):
        rows = compile_rule(rule, tables_of(report), editions)
        if rows:
            return report, rows
    raise ValueError(f"rule {rule.code} has no instance in any edition")


def _reports(editions: Editions) -> Iterator[Report]:
    """Yield a report for every combination of editions, newest first, unmixed before mixed, a region's last."""
    newest = [sorted(editions[table].items(), reverse=True) for table in editions]
    several = sorted(product(*newest), key=_unusual)
    for forms in several:
        tables: dict[str, Any] = {table: _zeros(cls) for table, (_, cls) in zip(editions, forms, strict=True)}
        yield Report(**tables)


def _unusual(forms: tuple[tuple[str, Any], ...]) -> tuple[bool, bool]:
    """Return whether rows of a region are among forms of tables, and whether the forms are of several editions."""
    editions = [national(form) for _, form in forms]
    return editions != [form.edition for _, form in forms], len(set(editions)) > 1


@memo
def _zeros(cls: Any) -> Any:
    """Return a table full of zeros: one without any figure would take the class of the edition in force."""
    return assemble(cls, {leaf.path: 0 for leaf in leaves(cls)})


def examples_of(rule: LinearRule, editions: Editions = EDITIONS) -> tuple[Example, Example]:
    """Return an example that passes a rule and one that fails it.

    The second has the message a finding would have. `Example.report` is None where there is no example, and then
    `Example.shown` says why; also for an edition a plugin adds. Raises as `home_of`.
    """
    report, rows = home_of(rule, editions)
    made: list[tuple[Example, Example]] = []
    for row in rows[:_MOST_ROWS]:
        passing, failing = _figures(row)
        made.append(
            (_example(row, report, passing, why=_why_none_passes), _example(row, report, failing, why=_why_none_fails))
        )
        if passing is not None and failing is not None:
            return made[-1]
    return made[0]


def _example(row: Row, report: Report, values: Mapping[str, Number] | None, why: Any) -> Example:
    if values is None:
        return Example(why(row))
    if verdict(row, values) is Status.FAILED:
        return Example(broken(row, report, values, sums(row, values)), _changes(report, values))
    shown = holding(row, report, values, sums(row, values))
    if row.when is not None:
        when = holding(row.when, report, values, sums(row.when, values))
        shown = Text(f"{when.zh}；{shown.zh}", f"{when.en}; {shown.en}")
    return Example(shown, _changes(report, values))


def _changes(report: Report, values: Mapping[str, Number]) -> dict[str, Any] | None:
    """Return the keys of a rule case that make the consistent report hold these figures.

    None for an edition a plugin adds: the test kit has no report of it.
    """
    change: dict[str, Any] = {cell: str(v) if isinstance(v, Decimal) else v for cell, v in values.items()}
    named = {cell.partition(".")[0] for cell in values}
    used = {table: edition for table, edition in _editions(report).items() if table in named}
    if any(edition not in EDITIONS[table] for table, edition in used.items()):
        return None
    if len(set(used.values())) == 1:
        return {"base": next(iter(used.values())), "change": change}
    return {"change": {**{f"{table}.edition": edition for table, edition in used.items()}, **change}}


def _editions(report: Report) -> dict[str, str]:
    tables = {table: getattr(report, table) for table in TABLES}
    return {table: part.edition for table, part in tables.items() if hasattr(part, "edition")}


def _figures(row: Row) -> tuple[dict[str, Number] | None, dict[str, Number] | None]:
    """Look for figures that pass and figures that fail, the second as close to the first as can be."""
    passing: dict[str, Number] | None = None
    failing: dict[str, Number] | None = None
    for step in _STEPS if row.unit or (row.when is not None and row.when.unit) else (Decimal(1),):
        search = _Search(row, step)
        passed = search.pass_it() if passing is None else None
        if passed is not None:
            passing = search.values(passed)
        failed = search.fail_it(passed) if failing is None or passed is not None else None
        if failed is not None:
            failing = search.values(failed)
        if passing is not None and failing is not None:
            break
    return passing, failing


class _Search:
    """The search for examples of a row, sums of money counted in ``step``."""

    def __init__(self, row: Row, step: Decimal) -> None:
        self.row = row
        self.step = step
        self.wanted = self._wanted(row)
        self.when = [] if row.when is None else [self._wanted(row.when)]
        parts = (row,) if row.when is None else (row, row.when)
        self.money = frozenset(path for part in parts if part.unit for path, _ in part.terms)
        self.cells = tuple(dict.fromkeys(cell for part in parts for cell in part.cells))
        self.signed = frozenset(path for part in parts for path in part.signed)
        self.scale = dict.fromkeys(self.money, int(_MONEY / step))

    def _wanted(self, row: Row) -> Wanted:
        step = Fraction(self.step) if row.unit else Fraction(1)
        # in the order written, which is the order read
        factors = dict(row.terms)
        ordered = {cell: factors[cell] for cell in row.cells if cell in factors}
        low = None if row.low is None else ceil(Fraction(row.low) / step)
        return Wanted(ordered, low, None if row.high is None else floor(Fraction(row.high) / step))

    def values(self, figures: Figures) -> dict[str, Number]:
        """Return figures as the cells hold them; a cell that cancels out of the relation is 0."""
        return {
            cell: figures.get(cell, 0) * self.step if cell in self.money else figures.get(cell, 0)
            for cell in self.cells
        }

    def pass_it(self) -> Figures | None:
        """Return figures that pass."""
        if not _possible(self.row) or (self.row.when is not None and not _possible(self.row.when)):
            return None
        found = solve([self.wanted, *self.when], self.signed, self.scale)
        return found if found is not None and self._is(found, Status.PASSED) else None

    def fail_it(self, passing: Figures | None) -> Figures | None:
        """Return figures that fail: one other than in ``passing``, and no negative count, where that can be."""
        if self.row.when is not None and _follows(self.row.when, self.row):
            return None
        opposites = list(self._opposites())
        everything = frozenset(self.cells)
        for signed in (self.signed, everything):
            if passing is not None:
                for cell, opposite in product(self.wanted.coefficients, opposites):
                    figure = nearest(opposite, cell, passing, None if cell in signed else 0)
                    changed = passing if figure is None else {**passing, cell: figure}
                    if self._is(changed, Status.FAILED):
                        return changed
            for opposite in opposites:
                found = solve([opposite, *self.when], signed, self.scale)
                if found is not None and self._is(found, Status.FAILED):
                    return found
        return None

    def _opposites(self) -> Iterator[Wanted]:
        if self.wanted.high is not None:
            yield Wanted(self.wanted.coefficients, self.wanted.high + 1, None)
        if self.wanted.low is not None:
            yield Wanted(self.wanted.coefficients, None, self.wanted.low - 1)

    def _is(self, figures: Figures, status: Status) -> bool:
        return verdict(self.row, self.values(figures)) is status


def _why_none_passes(row: Row) -> Text:
    if row.when is not None and not _possible(row.when):
        return _NO_CASE
    if not _possible(row):
        whole = Text("整数", "whole number") if row.signed else Text("非负整数", "whole number of 0 or more")
        return _NEVER.fill(number=Text("非负数", "number of 0 or more") if row.unit else whole)
    return _NOT_FOUND


def _why_none_fails(row: Row) -> Text:
    """Say why nothing fails: a relation can always be broken unless its condition rules that out."""
    if row.when is not None and not _possible(row.when):
        return _NO_CASE
    return _ALWAYS if row.when is not None and _follows(row.when, row) else _NOT_FOUND


def _possible(row: Row) -> bool:
    return satisfiable([factor for _, factor in row.terms], bool(row.signed), not row.unit, row.low, row.high)


def _follows(when: Row, row: Row) -> bool:
    """Whether the condition alone makes the relation hold: it bounds a multiple of the same sum at least as tightly."""
    one, other = dict(when.terms), dict(row.terms)
    if one.keys() != other.keys():
        return False
    ratios = {Fraction(other[cell], one[cell]) for cell in one}
    if len(ratios) > 1:
        return False
    ratio = ratios.pop()
    bounds: Sequence[Number | None] = (when.low, when.high)
    low, high = (
        None if bound is None else Fraction(bound) * ratio for bound in (bounds if ratio > 0 else bounds[::-1])
    )
    return (row.low is None or (low is not None and low >= row.low)) and (
        row.high is None or (high is not None and high <= row.high)
    )
