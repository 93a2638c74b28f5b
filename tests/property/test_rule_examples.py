"""Laws of derived examples: what is said to pass passes, what is said to fail fails, whatever the rule."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from govinfo.engines.examples import examples_of, home_of
from govinfo.engines.one import run
from govinfo.engines.phrase import in_words
from govinfo.findings import Severity, Status
from govinfo.rules.blanks import satisfiable
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import Example, LinearRule, RuleSet
from govinfo.testing.bases import build
from govinfo.text import Text

PLAIN = (
    "applications.natural_person.granted",
    "applications.natural_person",
    "applications.total.other_outcome.fee_unpaid",
    "disputes.reconsideration.upheld",
    "disputes",
    "disclosure.licensing.decisions",
    "disclosure.licensing.change",
    "processing_fee.notices",
)
# two at most in one rule: each combination of templates is an instance
TEMPLATED = (
    "applications.{applicant}.received",
    "applications.{applicant}.denied",
    "applications.{organisation}.{row}",
    "applications.total.{row}",
    "applications.research.denied.{count}",
    "disputes.{block}.total",
    "disputes.{count}",
)
MONEY = ("processing_fee.received", "processing_fee.charged", "processing_fee.{amount}")
WORDS = Text("规则", "rule")
signs = st.sampled_from(["==", "<=", ">=", "<", ">"])
factors = st.one_of(st.integers(-7, 7), st.integers(-1_000_000, 1_000_000)).filter(bool)


@st.composite
def relations(draw: Any, paths: tuple[str, ...], operators: Any = signs) -> str:
    def side() -> str:
        terms = draw(st.lists(st.tuples(st.one_of(st.just(1), factors), st.sampled_from(paths)), max_size=3))
        constant = draw(st.one_of(st.just(0), st.integers(-30, 30), st.integers(-(10**18), 10**18)))
        return " + ".join(
            [f"{factor} * {path}" for factor, path in terms] + [str(constant)] * (not terms or constant != 0)
        )

    return f"{side()} {draw(operators)} {side()}"


@st.composite
def rules(draw: Any) -> LinearRule:
    money = draw(st.booleans())
    weak = st.sampled_from(["==", "<=", ">="])
    counts = (*PLAIN, *draw(st.lists(st.sampled_from(TEMPLATED), max_size=2)))
    relation = draw(relations(MONEY, weak) if money else relations(counts))
    tolerance: int | Decimal = 0
    if not any(strict in relation.replace("<=", "").replace(">=", "") for strict in "<>"):
        tolerance = draw(st.sampled_from([0, 0, 1, 5, Decimal("0.05")] if money else [0, 0, 1, 5]))
    when = draw(st.one_of(st.none(), relations(counts), relations(MONEY, weak)))
    return LinearRule("TST001", Severity.ERROR, WORDS, WORDS, relation, when=when, tolerance=tolerance)


def usable(rule: LinearRule) -> bool:
    try:
        Catalogue([(RuleSet("test", WORDS, (rule,)), "test")])
    except ExpressionError:  # cells that cancel, a template only the condition has
        return False
    return True


def statuses(rule: LinearRule, shown: Example) -> tuple[set[Status], set[Text]]:
    """What the rule says of a report with the figures of an example."""
    assert shown.report is not None
    result = run([RuleSet("test", WORDS, (rule,))], build(**shown.report))
    return {outcome.status for outcome in result.outcomes}, {finding.message for finding in result.findings}


@settings(deadline=None)
@given(rules().filter(usable))
@example(LinearRule("TST001", Severity.ERROR, WORDS, WORDS, "disputes <= 3"))
@example(LinearRule("TST001", Severity.ERROR, WORDS, WORDS, "64 * processing_fee.received == 1"))
@example(LinearRule("TST001", Severity.ERROR, WORDS, WORDS, "disclosure.licensing.previous_items >= 0"))
def test_examples_are_what_they_are_said_to_be(rule: LinearRule) -> None:
    passes, fails = examples_of(rule)
    words = in_words(rule)
    assert words.zh
    assert words.en
    assert "{" not in words.zh + words.en
    for shown, status in ((passes, Status.PASSED), (fails, Status.FAILED)):
        assert shown.shown.zh
        assert shown.shown.en
        if shown.report is not None:
            found, messages = statuses(rule, shown)
            assert status in found
            assert status is Status.PASSED or shown.shown in messages


small = st.integers(-5, 5).filter(bool)


@settings(deadline=None)
@given(st.lists(small, min_size=1, max_size=3), signs, st.integers(-20, 20))
def test_an_example_is_found_wherever_there_is_one(several: list[int], sign: str, constant: int) -> None:
    cells = ("granted", "received", "concluded")
    text = " + ".join(f"{c} * applications.total.{cell}" for c, cell in zip(several, cells, strict=False))
    rule = LinearRule("TST001", Severity.ERROR, WORDS, WORDS, f"{text} {sign} {constant}")
    row = home_of(rule)[1][0]
    passes, fails = examples_of(rule)
    assert (passes.report is not None) == satisfiable(several, False, True, row.low, row.high)
    assert ("没有例子" in passes.shown.zh) == (passes.report is None)
    assert fails.report is not None  # with negative numbers, if need be: any relation can be broken


@settings(deadline=None)
@given(st.integers(1, 9), st.integers(-9, 9), st.integers(-9, 9))
def test_a_relation_its_condition_implies_says_so(factor: int, bound: int, limit: int) -> None:
    """Where a ≥ ``bound``, ``factor`` × a ≥ ``limit``: always, exactly if it does for the smallest such a."""
    rule = LinearRule(
        "TST001",
        Severity.ERROR,
        WORDS,
        WORDS,
        f"{factor} * disclosure.licensing.decisions >= {limit}",
        when=f"disclosure.licensing.decisions >= {bound}",
    )
    fails = examples_of(rule)[1]
    assert (fails.report is None) == (Fraction(limit, factor) <= bound)
    assert ("只要具备适用条件就成立" in fails.shown.zh) == (fails.report is None)
