"""Verdicts on rows as SQL expressions: arithmetic, three values, and what missing cells leave possible.

The same as `govinfo.rules.blanks`, said once for every table instead of once for every report. Which cells are
missing is known only when the query runs. What matters of them is which distinct coefficients they have, so that an
expression needs a branch for each set of coefficients rather than for each set of cells.

Every expression here is a number or a truth value, never null.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from itertools import combinations
from math import gcd

from govinfo.errors import GovinfoError
from govinfo.rules.blanks import least_by_remainder
from govinfo.rules.rows import Row, Side
from govinfo.text import Text

__all__ = ["FAILED", "UNDECIDED", "side", "status"]

FAILED, UNDECIDED = 1, 2
"""What `status` gives; 0 where there is nothing to say."""

_MOST_COEFFICIENTS = 6
_MOST_REMAINDERS = 512
_LONGEST = 100_000
"""Beyond this many characters for one row a query is too large to plan."""

Number = int | Decimal
Aliases = Mapping[str, str]


def status(row: Row, aliases: Aliases, code: str, *, undecided: bool = True) -> str:
    """Return the expression that judges a row: `FAILED`, `UNDECIDED` or 0.

    Args:
        row: the row.
        aliases: the SQL name of every cell.
        code: the rule's, for messages.
        undecided: whether to tell undecided from nothing to say.

    Raises:
        GovinfoError: what is possible with missing cells takes too many branches to say.
    """
    relation = _Relation(row, aliases, code)
    branches = [f"WHEN {condition} THEN {FAILED}" for condition in relation.broken]
    if undecided and relation.reachable is not None:
        branches.append(
            f"WHEN {relation.missing} THEN CASE WHEN {relation.reachable} THEN {UNDECIDED} ELSE {FAILED} END"
        )
    elif undecided:
        branches.append(f"WHEN {relation.missing} THEN {UNDECIDED}")
    elif relation.reachable is not None:
        branches.append(f"WHEN {relation.unreachable} THEN {FAILED}")
    if row.when is not None:
        condition = _Relation(row.when, aliases, code)
        unknown = UNDECIDED if undecided else 0
        branches[:0] = [f"WHEN {condition.impossible} THEN 0", f"WHEN NOT {condition.certain} THEN {unknown}"]
    return f"CASE {' '.join(branches)} ELSE 0 END"


def side(one: Side, aliases: Aliases) -> str:
    """Return the expression of what a side comes to; null where one of its cells is missing."""
    factors: dict[str, int] = {}
    for operand in one.operands:
        for path in operand.cells:
            factors[path] = factors.get(path, 0) + operand.coefficient
    # a cell that cancels out within its side stays: the side has no sum where that cell has no number
    return _plus([*(_times(factor, aliases[path]) for path, factor in factors.items()), *_constant(one.constant)])


def _constant(number: int) -> list[str]:
    return [_number(number)] if number else []


class _Relation:
    """What can be said of one relation."""

    def __init__(self, row: Row, aliases: Aliases, code: str) -> None:
        self._row = row
        self._code = code
        self._aliases = aliases
        self._total = _plus([_times(factor, f"COALESCE({aliases[path]}, 0)") for path, factor in row.terms])
        self.missing = self._any_missing(path for path, _ in row.terms)
        # a missing cell can raise the sum, or lower it
        self._up = self._any_missing(path for path, factor in row.terms if factor > 0 or path in row.signed)
        self._down = self._any_missing(path for path, factor in row.terms if factor < 0 or path in row.signed)
        self.reachable = self._coins()
        """Where cells are missing and no bound is out of reach: whether whole numbers meet the bounds exactly.

        None where they always do.
        """

    @property
    def broken(self) -> list[str]:
        """Conditions that each mean: a bound is passed, and no missing cell can make up for it."""
        row, total = self._row, self._total
        found = []
        if row.high is not None:
            found.append(f"{total} > {_number(row.high)}" + (f" AND NOT {self._down}" if self._down else ""))
        if row.low is not None:
            found.append(f"{total} < {_number(row.low)}" + (f" AND NOT {self._up}" if self._up else ""))
        return found

    @property
    def unreachable(self) -> str:
        """Cells are missing, and no whole numbers meet the bounds exactly."""
        return f"{self.missing} AND NOT ({self.reachable})"

    @property
    def impossible(self) -> str:
        """The relation cannot hold, whatever the missing cells are."""
        last = [self.unreachable] if self.reachable is not None else []
        return " OR ".join(f"({condition})" for condition in [*self.broken, *last])

    @property
    def certain(self) -> str:
        """The relation holds, whatever the missing cells are."""
        row, total = self._row, self._total
        found = []
        for bound, sign, moved in ((row.high, "<=", self._up), (row.low, ">=", self._down)):
            if bound is not None:
                found.append(f"{total} {sign} {_number(bound)}" + (f" AND NOT {moved}" if moved else ""))
        return f"({' AND '.join(found)})"

    def _any_missing(self, paths: Iterable[str]) -> str:
        """Return a condition in parentheses, empty where there is no cell to ask about."""
        names = [f"{self._aliases[path]} IS NULL" for path in paths]
        return f"({' OR '.join(names)})" if names else ""

    # whole numbers: divisors and coins

    def _coins(self) -> str | None:
        row = self._row
        if row.unit or row.low is None or row.high is None:  # every number beyond a bound is exceeded by some sum
            return None
        groups: dict[int, list[str]] = {}
        for path, factor in row.terms:
            groups.setdefault(factor, []).append(path)
        if {abs(factor) for factor in groups} == {1}:
            return None
        if len(groups) > _MOST_COEFFICIENTS:
            raise self._refusal(
                f"{len(groups)} 种不同系数，最多 {_MOST_COEFFICIENTS} 种",
                f"it has {len(groups)} different coefficients, and {_MOST_COEFFICIENTS} are the most",
            )
        bits = {factor: 1 << i for i, factor in enumerate(groups)}
        signed = 1 << len(groups)
        branches: dict[str, list[int]] = {}
        for size in range(1, len(groups) + 1):
            for chosen in combinations(groups, size):
                mask = sum(bits[factor] for factor in chosen)
                one_way = min(chosen) > 0 or max(chosen) < 0
                # a set with and without a cell that may be negative: the branch that cannot occur does no harm
                for extra, both in ((0, not one_way), (signed, True))[: 1 + bool(row.signed)]:
                    condition = self._both_ways(chosen) if both else self._one_way(chosen)
                    if condition is not None:
                        branches.setdefault(condition, []).append(mask + extra)
        if not branches:
            return None
        asked = [(self._any_missing(paths), bits[factor]) for factor, paths in groups.items()]
        if row.signed:
            asked.append((self._any_missing(path for path, _ in row.terms if path in row.signed), signed))
        mask_now = " + ".join(f"CASE WHEN {condition} THEN {bit} ELSE 0 END" for condition, bit in asked)
        cases = [f"WHEN {mask} THEN {condition}" for condition, masks in branches.items() for mask in masks]
        expression = f"CASE {mask_now} {' '.join(cases)} ELSE TRUE END"
        if len(expression) > _LONGEST:
            raise self._refusal("空白格可能凑出的数，情形过多", "what its missing cells can come to has too many cases")
        return expression

    def _both_ways(self, factors: tuple[int, ...]) -> str | None:
        """Whole numbers of both signs reach every multiple of the divisor."""
        low, high = self._bounds(upwards=True)
        return self._multiple(gcd(*factors), low, high)

    def _one_way(self, factors: tuple[int, ...]) -> str | None:
        """Sums that only grow, or only shrink: amounts to be paid with coins."""
        divisor = gcd(*factors)
        coins = tuple(sorted({abs(factor) // divisor for factor in factors}))
        low, high = self._bounds(upwards=factors[0] > 0)
        if coins[0] == 1:  # where the lower bound is below zero, nothing at all meets the bounds
            multiple = self._multiple(divisor, low, high)
            return multiple if multiple is None or self._row.exact else f"({low} <= 0 OR {multiple})"
        if coins[0] > _MOST_REMAINDERS:
            raise self._refusal(
                f"最小系数 {min(map(abs, factors))} 过大，凑不出的数太多",
                f"its least coefficient, {min(map(abs, factors))}, leaves too many sums that cannot be reached",
            )
        step = divisor * coins[0]
        firsts = [divisor * int(first) for first in least_by_remainder(coins)]
        # of each remainder by the smallest coin the first amount that can be paid
        if self._row.exact:
            cases = " ".join(f"WHEN {first % step} THEN {high} >= {first}" for first in firsts)
            return f"CASE MOD({high}, {step}) {cases} ELSE FALSE END"
        # and that is large enough
        least = f"GREATEST({low}, 0)"
        paid = (
            f"GREATEST({first}, {least} + {_modulo(f'{first % step} - {least}', step)}) <= {high}" for first in firsts
        )
        return f"({' OR '.join(paid)})"

    def _multiple(self, divisor: int, low: str, high: str) -> str | None:
        """Whether a multiple of ``divisor`` lies between the bounds; None where one always does."""
        row = self._row
        assert row.low is not None and row.high is not None  # noqa: S101, PT018  # two bounds have been seen
        if row.high - row.low + 1 >= divisor:
            return None
        if row.exact:
            return f"MOD({high}, {divisor}) = 0"
        return f"{high} - {_modulo(high, divisor)} >= {low}"

    def _bounds(self, *, upwards: bool) -> tuple[str, str]:
        """Return what the missing cells must come to, at least and at most; their negatives if not ``upwards``."""
        low, high, total = _number(self._row.low or 0), _number(self._row.high or 0), self._total
        if upwards:
            return f"({low} - ({total}))", f"({high} - ({total}))"
        return f"({total} - {high})", f"({total} - {low})"

    def _refusal(self, zh: str, en: str) -> GovinfoError:
        return GovinfoError(
            Text(f"规则 {self._code} 无法写成 SQL：{zh}", f"rule {self._code} cannot be expressed in SQL: {en}")
        )


def _modulo(expression: str, divisor: int) -> str:
    """The remainder that is never negative; SQL's own has the sign of the number divided."""
    return f"MOD(MOD({expression}, {divisor}) + {divisor}, {divisor})"


def _number(number: Number) -> str:
    plain = format(number, "f") if isinstance(number, Decimal) else str(number)
    return f"({plain})" if plain.startswith("-") else plain


def _times(factor: int, cell: str) -> str:
    return cell if factor == 1 else f"{_number(factor)} * {cell}"


def _plus(terms: list[str]) -> str:
    return " + ".join(terms) or "0"
