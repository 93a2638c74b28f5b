"""The language of linear rules and what its errors point to."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from govinfo.findings import Severity
from govinfo.rules.expression import ExpressionError, parse
from govinfo.rules.model import LinearRule
from govinfo.rules.rows import Row, check_expression, compile_rule
from govinfo.schema import Report
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of
from govinfo.text import Text

NOW = tables_of(Report())
OLD = {**NOW, **{table: forms["2019"] for table, forms in EDITIONS.items()}}
SHORT = "applications.total.received"


def rule(relation: str, when: str | None = None, **options: Any) -> LinearRule:
    return LinearRule(
        "XYZ001", Severity.ERROR, Text("题", "title"), Text("据", "source"), relation, when=when, **options
    )


def rows(relation: str, when: str | None = None) -> tuple[Row, ...]:
    return compile_rule(rule(relation, when), NOW)


def one(relation: str) -> Row:
    (row,) = rows(relation)
    return row


@pytest.mark.parametrize(
    ("relation", "coefficients", "low", "high"),
    [
        (f"{SHORT} == 3", (1,), 3, 3),
        (f"{SHORT} < 3", (1,), None, 2),
        (f"{SHORT} > 3", (1,), 4, None),
        (f"{SHORT} + 1 >= 3 - 5", (1,), -3, None),
        (f"-(2 * ({SHORT} - 3)) <= -1", (-2,), None, -7),
        (f"{SHORT} * 3 - {SHORT} == +4", (2,), 4, 4),
        (f"2 * 3 * {SHORT} == 1_000", (6,), 1000, 1000),
        (f"{SHORT} + applications.total.carried_in == applications.total.concluded", (1, 1, -1), 0, 0),
        (f"\n  {SHORT}\n    == 3\n", (1,), 3, 3),
        ("+".join([SHORT] * 500) + " == 0", (500,), 0, 0),
    ],
)
def test_relations_become_rows(relation: str, coefficients: tuple[int, ...], low: int | None, high: int | None) -> None:
    row = one(relation)
    assert (tuple(c for _, c in row.terms), row.low, row.high) == (coefficients, low, high)


def test_terms_stand_in_the_order_of_the_form_and_sides_as_written() -> None:
    row = one("applications.total.carried_out == applications.total.received")
    assert [path.rpartition(".")[2] for path, _ in row.terms] == ["received", "carried_out"]
    assert [path.rpartition(".")[2] for path in row.cells] == ["carried_out", "received"]


def test_a_block_is_the_sum_of_its_cells_in_either_edition() -> None:
    relation = rule("applications.total.concluded >= applications.total.other_outcome")
    (new,), (old,) = compile_rule(relation, NOW), compile_rule(relation, OLD)
    assert len(new.terms) == 4
    assert len(old.terms) == 2


@pytest.mark.parametrize(
    ("relation", "number", "first", "last"),
    [
        ("applications.{applicant}.received >= 0", 7, "natural_person", "total"),
        ("applications.{organisation}.received >= 0", 6, "natural_person", "other"),
        ("applications.{applicant}.{row} >= 0", 175, "natural_person.received", "total.carried_out"),
        ("disputes.{block}.total >= 0", 3, "reconsideration", "litigation_after_reconsideration"),
        ("disputes.{count} >= 0", 15, "reconsideration.upheld", "litigation_after_reconsideration.total"),
        ("disputes.{block}.{count} >= 0", 15, "reconsideration.upheld", "litigation_after_reconsideration.total"),
        ("{count} >= 0", 200, "disclosure.regulations.issued", "processing_fee.notices"),
        ("processing_fee.{amount} >= 0", 2, "charged", "received"),
    ],
)
def test_templates(relation: str, number: int, first: str, last: str) -> None:
    found = rows(relation)
    assert (len(found), found[0].binding, found[-1].binding) == (number, first, last)
    assert ".".join(found[0].variables.values()) == first


def test_signed_cells_are_no_counts() -> None:
    counts = compile_rule(rule("disclosure.{count} >= 0"), OLD)
    assert not any("change" in row.binding for row in counts)
    (row,) = compile_rule(rule("disclosure.fees.change >= -5"), OLD)
    assert row.signed == {"disclosure.fees.change"}


def test_another_edition_is_no_mistake() -> None:
    assert compile_rule(rule("applications.total.other_outcome.fee_unpaid == 0"), OLD) == ()
    assert compile_rule(rule("disclosure.procurement.items == 0"), NOW) == ()
    check_expression(rule("disclosure.procurement.items == 0"))


def test_a_condition_is_compiled_with_the_same_templates() -> None:
    (first, *_) = rows("disputes.{block}.total >= 1", when="disputes.{block}.pending > 0")
    assert first.when is not None
    assert first.when.terms == (("disputes.reconsideration.pending", 1),)


def test_cells_that_never_meet_in_one_edition_are_a_mistake() -> None:
    with pytest.raises(ExpressionError, match="no edition of the form has all these cells"):
        check_expression(
            rule("disclosure.procurement.items == disclosure.licensing.decisions + disclosure.fees.amount")
        )


@pytest.mark.parametrize(
    ("relation", "below", "said"),
    [
        ("applications.{applicant}.receivd >= 0", "receivd", "no cell is called"),
        ("  applications.{folk}.received >= 0", "{folk}", "no template"),
        ("applications.{block}.received >= 0", "{block}", "no cell is called applications.reconsideration"),
        ("disclosur.{count} >= 0", "disclosur", "known: disclosure"),
        ("disclosure.fees.amount <= processing_fee.charged", "processing_fee", "units differ"),
        ("disclosure == 1", "disclosure", "units differ"),
        (f"{SHORT} * disputes.reconsideration.total == 1", "disputes", "not linear"),
        (f"{SHORT} ** 2 == 1", "applications", "only cells"),
        (f"{SHORT} / 2 == 1", "/", "not allowed here"),
        (f"{SHORT} == 1.5", "1.5", "only cells"),
        (f"{SHORT} == True", "True", "only cells"),
        (f"{SHORT} ＝ 1", "＝", "write =="),
        (f"{SHORT} != 1", "!", "not supported"),
        (f"{SHORT} == 1 == 2", "2", "only one comparison"),
        (SHORT, "applications", "not a relation"),
        ("1 == 2", "1", "no cell is used"),
        (f"{SHORT} == {SHORT}", "applications", "the two sides cancel"),
        (f"a{{row}} == {SHORT}", "{row}", "whole name"),
        (f"{{}} == {SHORT}", "{}", "braces"),
        (f"({SHORT} == 1", "(", "syntax error"),
        (f"{SHORT} ==\n  foo", "foo", "no cell is called foo"),
        ("processing_fee.charged > 0", "> 0", "sums of money"),
        (f"2000000 * {SHORT} == 1", "2000000", "a coefficient is larger"),
        (f"_applicant_.x == {SHORT}", "_applicant_", "no cell is called _applicant_"),
        (f"__import__('os') == {SHORT}", "'os'", "not allowed here"),
        (f"max(1) == {SHORT}", "max", "only cells"),
    ],
)
def test_errors_point_into_the_expression(relation: str, below: str, said: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        check_expression(rule(relation))
    error = caught.value
    assert said in error.problem.en
    assert error.column == relation.index(below) + 1
    message, shown, caret = str(error).splitlines()
    assert message == error.problem.en
    assert shown.strip() == relation.replace("\n", " ").strip()
    assert shown[caret.index("^")] == below[0]
    assert error.problem.zh


@pytest.mark.parametrize(
    "relation", ["", "   ", "(" * 5000 + "1" + ")" * 5000 + " == 1", "-" * 15000 + "1 == 1", "1+" * 30000]
)
def test_nothing_but_expression_errors(relation: str) -> None:
    with pytest.raises(ExpressionError):
        parse(relation)


def test_a_condition_may_not_bring_templates_of_its_own() -> None:
    with pytest.raises(ExpressionError, match="the relation has no template"):
        rows(f"{SHORT} == 1", when="disputes.{block}.total > 0")


@pytest.mark.parametrize(
    ("relation", "tolerance", "low", "high"),
    [
        (f"{SHORT} == 3", 2, 1, 5),
        (f"{SHORT} <= 3", 2, None, 5),
        (f"{SHORT} >= 3", 2, 1, None),
        ("processing_fee.received == processing_fee.charged", Decimal("0.01"), Decimal("-0.01"), Decimal("0.01")),
    ],
)
def test_a_tolerance_widens_the_bounds(relation: str, tolerance: Any, low: Any, high: Any) -> None:
    (row,) = compile_rule(rule(relation, tolerance=tolerance), NOW)
    assert (row.low, row.high) == (low, high)
    assert not row.exact


@pytest.mark.parametrize(
    ("relation", "tolerance", "words"),
    [
        (f"{SHORT} < 3", 1, "a tolerance goes with"),
        (f"{SHORT} == 3", -1, "out of range"),
        (f"{SHORT} == 3", Decimal("NaN"), "out of range"),
        (f"{SHORT} == 3", Decimal("0.5"), "more than 0 decimals"),
        ("processing_fee.received == processing_fee.charged", Decimal("1e-7"), "more than 6 decimals"),
    ],
)
def test_a_tolerance_that_makes_no_sense_is_refused(relation: str, tolerance: Any, words: str) -> None:
    with pytest.raises(ExpressionError, match=words):
        check_expression(rule(relation, tolerance=tolerance))


def test_a_rule_for_one_edition_has_no_rows_in_another() -> None:
    relation = rule(f"{SHORT} <= 5", edition="2019")
    assert compile_rule(relation, NOW) == ()
    assert len(compile_rule(relation, OLD)) == 1
    # the edition of a table the rule does not speak of makes no difference
    assert len(compile_rule(rule("disputes.{count} >= 0", edition="2019"), NOW)) == 15
    with pytest.raises(ExpressionError, match="no edition of the form is called '2020'"):
        check_expression(rule(f"{SHORT} <= 5", edition="2020"))


def test_numbers_no_engine_could_bound_are_refused() -> None:
    with pytest.raises(ExpressionError, match="whole number is larger"):
        check_expression(rule(f"{SHORT} <= 1{'0' * 19}"))
