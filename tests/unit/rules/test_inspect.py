"""Each kind of remark, with the rules that deserve it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from time import perf_counter
from typing import Any

import pytest

from govinfo.findings import Severity
from govinfo.rules.inspect import inspect
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.rules.remarks import Inspection, Kind, Remark
from govinfo.text import Text

WORDS = Text("一条规则", "a rule")
A, B, C = (f"disputes.reconsideration.{name}" for name in ("upheld", "corrected", "other"))
CHARGED, RECEIVED = "processing_fee.charged", "processing_fee.received"


def rule(code: str, relation: str, **options: Any) -> LinearRule:
    return LinearRule(code, Severity.ERROR, WORDS, WORDS, relation, **options)


def rule_set(*rules: LinearRule, name: str = "made", region: str = "") -> RuleSet:
    return RuleSet(name, WORDS, rules, region=region)


def look(*rules: LinearRule, others: Sequence[RuleSet] = ()) -> Inspection:
    return inspect([*others, rule_set(*rules)])[-1]


def told(inspection: Inspection) -> list[tuple[Kind, str, list[str]]]:
    return [(r.kind, r.code, [other.code for other in r.because]) for r in inspection.remarks]


def only(inspection: Inspection) -> Remark:
    assert len(inspection.remarks) == 1, inspection.remarks
    return inspection.remarks[0]


@pytest.fixture(scope="module")
def national() -> Inspection:
    return inspect([NATIONAL])[0]


# the national set


def test_the_rank_of_the_national_set(national: Inspection) -> None:
    known = {(rank.edition, rank.table): (rank.equations, rank.rank, rank.cells) for rank in national.ranks}
    assert known == {
        ("2019", ""): (40, 38, 201),
        ("2019", "applications"): (37, 35, 161),
        ("2019", "disputes"): (3, 3, 15),
        ("2021", ""): (42, 40, 203),
        ("2021", "applications"): (39, 37, 175),
        ("2021", "disputes"): (3, 3, 15),
    }


def test_every_cell_of_table_3_has_its_own_equations(national: Inspection) -> None:
    distinct = {(rank.edition, rank.table): rank.distinct for rank in national.ranks}
    assert distinct["2019", "applications"] == 161
    assert distinct["2021", "applications"] == 175
    assert distinct["2021", "disputes"] == 0


def test_the_total_column_follows_from_the_others(national: Inspection) -> None:
    assert not national.wrong
    assert [(r.kind, r.code, r.bindings, r.editions) for r in national.remarks] == [
        (Kind.IMPLIED, "APP001", ("total",), ("2019", "2021")),
        (Kind.IMPLIED, "APP002", ("total",), ("2019",)),
        (Kind.IMPLIED, "APP002", ("total",), ("2021",)),
    ]
    because = [(other.code, other.binding) for other in national.remarks[0].because]
    columns = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other")
    assert because == [
        *(("APP001", column) for column in columns),
        *(("APP003", row) for row in ("received", "carried_in", "concluded", "carried_out")),
    ]
    assert "APP001（总计）可由 APP001（自然人、" in national.remarks[0].message.zh
    assert "22 in all" in national.remarks[2].message.en


# contradictions


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("AAA001", f"{A} == 5"), rule("AAA002", f"{A} == 6")], ["AAA001", "AAA002"]),
        ([rule("AAA001", f"{A} + {B} <= 3"), rule("AAA002", f"{A} >= {C} + 2"), rule("AAA003", f"{B} + {C} >= 1"),
          rule("AAA004", f"{C} >= 2")], ["AAA001", "AAA002", "AAA004"]),
        # no single one is impossible, and fractions would satisfy both
        ([rule("AAA001", f"{A} + {B} == {C}"), rule("AAA002", f"{A} == {B} + {C} + 1")], ["AAA001", "AAA002"]),
        # one half is the only solution
        ([rule("AAA001", f"{A} + {B} == 1"), rule("AAA002", f"{A} >= {B}"), rule("AAA003", f"{A} <= {B}")],
         ["AAA001", "AAA002", "AAA003"]),
    ],
)  # fmt: skip
def test_a_contradiction_names_the_rules_it_needs(rules: list[LinearRule], expected: list[str]) -> None:
    noise = rule("ZZZ001", f"{A} <= 1000000")
    inspection = look(*rules, noise)
    remark = next(r for r in inspection.remarks if r.kind is Kind.CONTRADICTION)
    assert sorted([remark.code, *(other.code for other in remark.because)]) == expected
    assert remark.severity is Severity.ERROR
    assert inspection.wrong
    assert remark.message.en.startswith(f"cannot hold together: {expected[0]}, {expected[1]}")


def test_contradictions_of_a_template_are_one_remark() -> None:
    inspection = look(rule("AAA001", "disputes.{block}.upheld == 5"), rule("AAA002", "disputes.{block}.upheld == 6"))
    remark = only(inspection)
    assert len(remark.bindings) == 3
    assert "and 2 more" in remark.message.en


def test_a_rule_that_cannot_hold_when_it_applies() -> None:
    inspection = look(rule("AAA001", f"{A} <= 3"), rule("AAA002", f"{B} >= {A} + 1", when=f"{A} > {B} + {C}"))
    assert told(inspection) == [(Kind.CONTRADICTION, "AAA002", [])]
    inspection = look(rule("AAA001", f"{B} <= 3"), rule("AAA002", f"{A} + {B} >= 7", when=f"{A} <= 2"))
    assert told(inspection) == [(Kind.CONTRADICTION, "AAA002", ["AAA001"])]
    assert "when it applies it cannot hold" in only(inspection).message.en


def test_money_between_whole_numbers_is_no_contradiction() -> None:
    rules = [rule("AAA001", f"{CHARGED} + {RECEIVED} == 1"), rule("AAA002", f"{CHARGED} >= {RECEIVED}"),
             rule("AAA003", f"{CHARGED} <= {RECEIVED}", tolerance=Decimal("0.5"))]  # fmt: skip
    assert not look(*rules).wrong


# what follows


def test_an_inequality_follows_from_an_equation_and_counts_not_being_negative() -> None:
    inspection = look(rule("AAA001", f"{A} == {B} + {C}"), rule("AAA002", f"{A} >= {B}"))
    assert told(inspection) == [(Kind.IMPLIED, "AAA002", ["AAA001"])]
    assert not inspection.wrong


def test_of_two_inequalities_that_follow_from_each_other_one_stays() -> None:
    same = [rule("AAA001", f"{A} == {B}"), rule("AAA002", f"{A} <= 5"), rule("AAA003", f"{B} <= 5")]
    assert told(look(*same)) == [(Kind.IMPLIED, "AAA002", ["AAA001", "AAA003"])]


def test_whole_numbers_have_nothing_between_them() -> None:
    inspection = look(rule("AAA001", f"{A} <= 3"), rule("AAA002", f"2 * {A} <= 7 + {B}"), rule("AAA003", f"{B} <= 0"))
    assert told(inspection) == [(Kind.IMPLIED, "AAA001", ["AAA002", "AAA003"])]


def test_an_equation_with_a_tolerance_follows_where_both_sides_do() -> None:
    inspection = look(rule("AAA001", f"{A} == {B} + {C}"), rule("AAA002", f"{A} == {B} + {C}", tolerance=2))
    assert told(inspection) == [(Kind.IMPLIED, "AAA002", ["AAA001"])]
    assert told(look(rule("AAA001", f"{A} <= {B}"), rule("AAA002", f"{A} == {B}", tolerance=2))) == []


def test_a_conditional_rule_follows() -> None:
    inspection = look(rule("AAA001", f"{A} <= {B}"), rule("AAA002", f"{C} <= {B}", when=f"{C} <= {A}"))
    assert told(inspection) == [(Kind.IMPLIED, "AAA002", ["AAA001"])]


# never, always


@pytest.mark.parametrize(
    "relation",
    [f"{A} + {B} >= -3", f"{A} + {B} >= 0", f"{A} <= 2 * {A} + {B} + 1", "disputes.{block} >= 0", f"{CHARGED} >= -1"],
)
def test_what_never_fails(relation: str) -> None:
    remark = only(look(rule("AAA001", relation)))
    assert remark.kind is Kind.NEVER_FAILS
    assert remark.severity is Severity.WARNING


@pytest.mark.parametrize(
    "relation", [f"{A} >= 1", "disclosure.licensing.change >= -5", "disclosure.licensing.change >= 0"]
)
def test_what_may_fail(relation: str) -> None:
    assert look(rule("AAA001", relation)).remarks == ()


def test_a_conditional_rule_never_fails_where_its_condition_says_as_much() -> None:
    inspection = look(rule("AAA001", f"{A} + {B} >= 2", when=f"{A} > 1"))
    assert told(inspection) == [(Kind.NEVER_FAILS, "AAA001", [])]


def test_a_plain_statement_that_a_count_is_not_negative_is_no_remark() -> None:
    assert look(rule("AAA001", f"{A} >= 0"), others=[]).remarks[0].kind is Kind.REPEATED  # of DSP002
    assert told(look(rule("AAA001", "processing_fee.notices >= 0"))) == [(Kind.REPEATED, "AAA001", ["FEE003"])]


@pytest.mark.parametrize("relation", [f"2 * {A} == 5", f"{A} + {B} <= -1", f"{A} < 0", f"6 * {A} + 9 * {B} == 4",
                                      f"{CHARGED} + {RECEIVED} <= -1", f"4 * {A} + 6 * {B} == 2"])  # fmt: skip
def test_what_never_holds(relation: str) -> None:
    remark = only(look(rule("AAA001", relation)))
    assert (remark.kind, remark.code, remark.because) == (Kind.NEVER_HOLDS, "AAA001", ())
    assert remark.severity is Severity.ERROR


def test_a_sum_of_money_may_be_half() -> None:
    assert look(rule("AAA001", f"2 * {CHARGED} == 5")).remarks == ()


def test_a_condition_that_never_holds() -> None:
    assert told(look(rule("AAA001", f"{A} <= 1", when=f"{B} < 0"))) == [(Kind.NEVER_APPLIES, "AAA001", [])]
    inspection = look(rule("AAA001", f"{B} <= 3"), rule("AAA002", f"{A} <= 1", when=f"{B} > 3"))
    assert told(inspection) == [(Kind.NEVER_APPLIES, "AAA002", ["AAA001"])]
    assert inspection.wrong


# the same twice


@pytest.mark.parametrize("other", [f"{B} + {C} >= {A}", f"{A} - {B} <= {C}", f"3 * {A} <= 3 * {B} + 3 * {C}",
                                   f"2 * {A} < 2 * {B} + 2 * {C} + 1"])  # fmt: skip
def test_the_same_in_other_words(other: str) -> None:
    inspection = look(rule("AAA001", f"{A} <= {B} + {C}"), rule("AAA002", other))
    assert told(inspection) == [(Kind.REPEATED, "AAA002", ["AAA001"])]


def test_another_condition_is_another_rule() -> None:
    rules = [rule("AAA001", f"{A} <= {B}", when=f"{C} > 0"), rule("AAA002", f"{A} <= {B}", when=f"{C} > 1")]
    assert look(*rules).remarks == ()


# against the national set


def test_against_the_national_set() -> None:
    total = "applications.total.concluded"
    inspection = look(
        rule("AAA001", "disputes.{block}.total >= disputes.{block}.pending"),
        rule("AAA002", f"{total} >= applications.natural_person.concluded"),
        rule("AAA003", "processing_fee.charged >= processing_fee.received"),
        rule("AAA004", f"{total} + 1 == applications.total.received + applications.total.carried_in"
             " - applications.total.carried_out"),
    )  # fmt: skip
    assert told(inspection) == [
        (Kind.CONTRADICTION, "AAA004", ["APP001"]),
        (Kind.REPEATED, "AAA003", ["FEE001"]),
        (Kind.IMPLIED, "AAA001", ["DSP001"]),
        (Kind.IMPLIED, "AAA002", ["APP003"]),
    ]
    assert len(inspection.remarks[2].bindings) == 3


def test_the_national_set_comes_first_whatever_the_order() -> None:
    made = rule_set(rule("AAA001", "processing_fee.charged >= processing_fee.received"))
    assert [one.rule_set.name for one in inspect([made, NATIONAL])] == ["national", "made"]
    assert inspect([made, NATIONAL])[1] == inspect([made])[0]


def test_sets_of_different_regions_do_not_meet() -> None:
    first = rule_set(rule("AAA001", f"{A} == 1"), name="first", region="13")
    second = rule_set(rule("BBB001", f"{A} == 2"), name="second", region="11")
    city = rule_set(rule("CCC001", f"{A} == 2"), name="city", region="1301")
    everywhere = rule_set(rule("DDD001", f"{A} <= 2"), name="everywhere")
    found = {one.rule_set.name: told(one) for one in inspect([first, second, city, everywhere])}
    assert found["second"] == []
    assert found["city"] == [(Kind.CONTRADICTION, "CCC001", ["AAA001"])]
    assert found["everywhere"] in ([(Kind.IMPLIED, "DDD001", ["AAA001"])], [(Kind.IMPLIED, "DDD001", ["BBB001"])])


# editions, work


def test_a_remark_says_in_which_edition_it_is_so() -> None:
    inspection = look(rule("AAA001", f"{A} == 1", edition="2019"), rule("AAA002", f"{A} == 2"))
    assert only(look(rule("AAA001", "disclosure.fees.amount <= -1"))).editions == ("2021",)
    assert inspection.editions == ("2019", "2021")


def test_a_hostile_set_is_given_up_and_that_is_said() -> None:
    rules = [
        rule(f"AAA{i:03}", " + ".join(f"{(i * j) % 97 + 1} * applications.{{organisation}}.{row}"
             for j, row in enumerate(("received", "carried_in", "granted", "concluded", "carried_out"), 1))
             + f" >= {i} * applications.total.concluded + {i * i}")
        for i in range(1, 60)
    ]  # fmt: skip
    start = perf_counter()
    remarks = inspect([rule_set(*rules)], work=30_000)[0].remarks
    assert perf_counter() - start < 5
    assert [r.kind for r in remarks if r.code == ""] == [Kind.OPEN]


def test_dense_equations_are_given_up_whole() -> None:
    cells = [f"disputes.{block}.{cell}" for block in ("reconsideration", "litigation_direct")
             for cell in ("upheld", "corrected", "other", "pending")]  # fmt: skip
    relations = (" + ".join(f"{pow(i, j, 997) + 1} * {cell}" for j, cell in enumerate(cells)) for i in range(1, 9))
    rules = [rule(f"AAA00{i}", f"{relation} == {i}") for i, relation in enumerate(relations, 1)]
    inspection = inspect([rule_set(*rules)], work=100)[0]
    assert Kind.OPEN in {r.kind for r in inspection.remarks}
    assert inspection.ranks == ()


def test_a_contradiction_everywhere_is_one_remark_for_each_edition() -> None:
    low, high = (
        rule("AAA001", "applications.{applicant}.{row} >= 2"),
        rule("AAA002", "applications.{applicant}.{row} <= 1"),
    )
    found = [(r.code, [other.code for other in r.because], len(r.bindings)) for r in look(low, high).remarks]
    assert ("AAA002", ["AAA001"], 161) in found
    assert ("AAA002", ["AAA001"], 175) in found


def test_contradictions_without_end_are_given_up() -> None:
    rules = [rule(f"AAA{i:03}", f"{A} + {i} * {B} <= {C}") for i in range(1, 40)]
    inspection = look(rule("AAA000", f"{A} >= {C} + 1"), *rules)
    assert {r.kind for r in inspection.remarks} == {Kind.CONTRADICTION, Kind.OPEN}


def test_many_inequalities_are_quick() -> None:
    rules = [rule("AAA001", "applications.total.{row} >= applications.natural_person.{row} + applications.other.{row}"),
             rule("AAA002", "applications.{applicant}.concluded >= applications.{applicant}.denied")]  # fmt: skip
    start = perf_counter()
    inspection = look(*rules)
    assert perf_counter() - start < 5
    assert {r.kind for r in inspection.remarks} == {Kind.IMPLIED}
    assert [r.code for r in inspection.remarks if r.code == "AAA001"]
