"""Laws of the rules: three values are exact, order shows nowhere, one wrong cell breaks exactly its equations."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.engines.one import run
from govinfo.findings import Status
from govinfo.parsing.reading import Reading
from govinfo.rules.blanks import certain, satisfiable
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.rules.rows import Row, compile_rule
from govinfo.schema import Kind, Missing, Report, cells, report_leaves
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.figures import replace_cells

BASES = {edition: base_report(edition) for edition in ("2019", "2021")}

coefficients = st.integers(-7, 7).filter(bool)
blanks = st.lists(st.tuples(coefficients, st.booleans()), min_size=1, max_size=3)
bases = st.sampled_from(sorted(BASES))
Bounds = tuple[int | None, int | None]
bounds = st.one_of(
    st.integers(-25, 25).map(lambda n: (n, n)),
    st.tuples(st.integers(-25, 25), st.integers(0, 6)).map(lambda pair: (pair[0], pair[0] + pair[1])),
    st.integers(-25, 25).map(lambda n: (n, None)),
    st.integers(-25, 25).map(lambda n: (None, n)),
)


def within(total: int | Fraction, limits: Bounds) -> bool:
    low, high = limits
    return (low is None or low <= total) and (high is None or total <= high)


def sums(terms: list[tuple[int, bool]]) -> set[int]:
    """Every sum whole numbers in the blanks can make, as long as the numbers are not too large."""
    found = {0}
    for coefficient, signed in terms:
        numbers = range(-30 if signed else 0, 31)
        found = {total + coefficient * number for total in found if abs(total) <= 60 for number in numbers}
    return found


@given(blanks, bounds)
def test_whole_numbers_agree_with_brute_force(terms: list[tuple[int, bool]], limits: Bounds) -> None:
    possible = any(within(total, limits) for total in sums(terms))
    numbers, signed = [c for c, _ in terms], any(s for _, s in terms)
    assert satisfiable(numbers, signed, True, *limits) == possible


@given(coefficients, bounds)
def test_one_sum_of_money_agrees_with_arithmetic(coefficient: int, limits: Bounds) -> None:
    # nothing at all, the exact quotients, and so much that any other side is outweighed
    exact = [max(Fraction(limit, coefficient), Fraction(0)) for limit in limits if limit is not None]
    possible = any(within(coefficient * amount, limits) for amount in [Fraction(0), *exact, Fraction(1000)])
    assert satisfiable([coefficient], False, False, *limits) == possible


@given(blanks, bounds)
def test_certain_means_nothing_possible_breaks_it(terms: list[tuple[int, bool]], limits: Bounds) -> None:
    always = all(within(total, limits) for total in sums(terms))
    assert certain([c for c, _ in terms], any(s for _, s in terms), *limits) == always


@given(st.lists(st.integers(2, 60), min_size=1, max_size=4), st.integers(0, 400), st.integers(0, 9))
def test_coins_are_counted_exactly(coins: list[int], amount: int, more: int) -> None:
    payable = {0}
    for total in range(1, amount + more + 1):
        if any(total - coin in payable for coin in coins):
            payable.add(total)
    possible = not payable.isdisjoint(range(amount, amount + more + 1))
    assert satisfiable(coins, False, True, amount, amount + more) == possible
    assert satisfiable([-coin for coin in coins], False, True, -amount - more, -amount) == possible


@cache
def equations(edition: str) -> tuple[tuple[str, Row], ...]:
    tables = tables_of(BASES[edition])
    rules = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule) and rule.equation]
    return tuple((rule.code, row) for rule in rules for row in compile_rule(rule, tables))


def counts(report: Report) -> list[str]:
    return [leaf.path for leaf in report_leaves(report) if leaf.kind is Kind.COUNT]


@settings(deadline=None)
@given(bases, st.data(), st.integers(1, 10**20))
def test_one_wrong_cell_breaks_exactly_the_equations_that_contain_it(edition: str, data: Any, off: int) -> None:
    report = BASES[edition]
    path = data.draw(st.sampled_from(counts(report)))
    value = cells(report)[path]
    assert isinstance(value, int)
    result = run([NATIONAL], Reading(replace_cells(report, {path: value + off})))
    broken = {(o.code, o.binding) for o in result.outcomes if o.status is Status.FAILED and o.code in result.equations}
    assert broken == {(code, row.binding) for code, row in equations(edition) if path in row.cells}
    assert {abs(f.delta) for f in result.findings if f.code in result.equations and f.delta is not None} <= {off}


@settings(deadline=None)
@given(bases, st.data())
def test_blanks_in_a_consistent_report_are_never_a_fault(edition: str, data: Any) -> None:
    report = BASES[edition]
    reasons = st.sampled_from([Missing.BLANK, Missing.NOT_APPLICABLE, Missing.UNREADABLE, Missing.ABSENT])
    gone = data.draw(st.dictionaries(st.sampled_from(counts(report)), reasons, max_size=60))
    result = run([NATIONAL], Reading(replace_cells(report, gone)), select=["APP", "DIS", "DSP0", "FEE"])
    assert result.findings == ()
    rows = {(code, row.binding): row for code, row in equations(edition)}
    for outcome in result.outcomes:
        if outcome.code in result.equations:
            touched = gone.keys() & set(rows[outcome.code, outcome.binding].cells)
            assert set(outcome.paths) == touched
            assert outcome.status is (Status.UNDECIDED if touched else Status.PASSED)


@settings(deadline=None)
@given(bases, st.data())
def test_order_shows_nowhere(edition: str, data: Any) -> None:
    report = BASES[edition]
    values = st.one_of(st.integers(-3, 30), st.sampled_from(list(Missing)))
    changed = replace_cells(report, data.draw(st.dictionaries(st.sampled_from(counts(report)), values, max_size=12)))
    rules = data.draw(st.permutations(NATIONAL.rules))
    cut = data.draw(st.integers(0, len(rules)))
    parts = [RuleSet("a", NATIONAL.title, tuple(rules[:cut])), RuleSet("b", NATIONAL.title, tuple(rules[cut:]))]
    one, other = run(parts, Reading(changed)), run(parts[::-1], Reading(changed))
    assert one == other
    whole = run([NATIONAL], Reading(changed))
    assert (one.findings, one.outcomes, one.equations) == (whole.findings, whole.outcomes, whole.equations)
