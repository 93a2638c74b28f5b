"""The query of the SQL engine: names, features one by one, what it refuses."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from govinfo.engines.sql import COLUMNS, quote_identifier, quote_literal, violations_sql
from govinfo.errors import GovinfoError
from govinfo.findings import Severity
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.schema import Kind, report_leaves
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.violations import expected_violations
from govinfo.text import Text

BASE = base_report()
CLASSES = tables_of(BASE)
NAMED = Text("规则", "a rule")
A, B, C = (f"applications.total.{name}" for name in ("received", "carried_in", "concluded"))
SIX = ("received", "carried_in", "concluded", "carried_out", "granted", "partly_granted")
CHANGE = "disclosure.licensing.change"
FEES = ("processing_fee.charged", "processing_fee.received")


def rule(relation: str, **more: Any) -> LinearRule:
    return LinearRule(more.pop("code", "TST001"), Severity.WARNING, NAMED, NAMED, relation, **more)


def select(
    query: str, reports: Sequence[dict[str, Any]], table: str = "reports", identity: str = "id", edition: str = "2021"
) -> tuple[list[str], list[str], list[Any]]:
    """The names, types and rows of what the query returns on DuckDB."""
    duckdb = pytest.importorskip("duckdb", reason="pip install duckdb")
    form = report_leaves(base_report(edition))
    kinds = {leaf.path: "DECIMAL(18, 6)" if leaf.kind is Kind.AMOUNT else "BIGINT" for leaf in form}
    columns = ", ".join(f"{quote_identifier(path)} {kind}" for path, kind in kinds.items())
    name = quote_identifier(table)
    used = list(dict.fromkeys(path for report in reports for path in report))
    filled = ", ".join(map(quote_identifier, (identity, *used)))
    rows = [[i, *(report.get(path) for path in used)] for i, report in enumerate(reports)]
    values = ", ".join(f"({', '.join('NULL' if one is None else str(one) for one in row)})" for row in rows)
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.execute(f"CREATE TABLE {name} ({quote_identifier(identity)} BIGINT, {columns})")
        connection.execute(f"INSERT INTO {name} ({filled}) VALUES {values}")  # noqa: S608
        found = connection.execute(query)
        described = found.description
        return [one[0] for one in described], [str(one[1]) for one in described], found.fetchall()


def test_names_and_strings_are_quoted() -> None:
    assert quote_identifier('a "b".c') == '"a ""b"".c"'
    assert quote_literal("it's; --") == "'it''s; --'"
    for name in ("", "a\0b"):
        with pytest.raises(GovinfoError, match="not a name"):
            quote_identifier(name)


def test_strange_names_work() -> None:
    strange = 're"po\'rts"; DROP TABLE x; --'
    odd = rule(f"{A} >= 1", code='it\'s \\ "odd"')
    query = violations_sql([odd], CLASSES, table=strange, identity=(strange,))
    names, _, rows = select(query, [{A: 0}], strange, strange)
    assert names == [strange, *COLUMNS]
    assert rows == [(0, 'it\'s \\ "odd"', "warning", "", "total", "received", "failed", 0, 1, -1)]


def test_a_qualified_table_is_quoted_part_by_part() -> None:
    assert '"ware.house"."reports"' in violations_sql([], CLASSES, table=("ware.house", "reports"))


def test_the_result_is_typed_whatever_it_holds() -> None:
    for rules in ([], [rule(f"{A} == {A} + {B} + 1")]):
        names, kinds, rows = select(violations_sql(rules, CLASSES), [{A: 1, B: 0}])
        assert names == ["id", *COLUMNS]
        assert kinds == ["BIGINT", *["VARCHAR"] * 6, *["DECIMAL(38,6)"] * 3]
        assert len(rows) == len(rules)


def test_a_parquet_file_is_a_table(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="pip install duckdb")
    path = tmp_path / "年报's.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 7 AS id, 3 AS {quote_identifier(A)}) TO {quote_literal(str(path))}")
        rows = connection.execute(violations_sql([rule(f"{A} == 4")], CLASSES, table=str(path))).fetchall()
    assert rows == [(7, "TST001", "warning", "", "total", "received", "failed", 3, 4, -1)]


# each value of the missing cells' sum that matters, near every bound and remainder
NUMBERS = [*range(-14, 45), 2**63 - 1, -(2**63), None]


@pytest.mark.parametrize(
    "made",
    [
        rule(f"{A} == {B}"),
        rule(f"{A} + {B} <= 3"),
        rule(f"{A} > {B} + 2"),
        rule(f"{A} == {B}", tolerance=2),
        rule(f"4 * {A} + 6 * {B} == {C}"),
        rule(f"4 * {A} - 6 * {B} == {C} + 1"),
        rule(f"6 * {A} + 10 * {B} + 15 * {C} == 29"),
        rule(f"7 * {A} + 11 * {B} == {C}", tolerance=1),
        rule(f"9 * {A} == {C}", tolerance=3),
        rule(f"7 * {A} - 14 * {B} == 14 * {C}", tolerance=2),
        rule(f"{A} == {B}", when=f"3 * {C} == 6"),
        rule(f"{C} == 1", when=f"3 * {A} == {B}"),
        rule(f"{A} == {B}", when=f"{C} + {B} >= 1"),
        rule(f"{A} + {B} == {B} + {C}"),
    ],
    ids=lambda made: f"{made.relation} +-{made.tolerance} when {made.when}".replace("applications.total.", ""),
)
@pytest.mark.parametrize("undecided", [True, False])
def test_a_relation_near_its_bounds(made: LinearRule, undecided: bool) -> None:
    reports: list[dict[str, Any]] = [{A: a, B: b, C: c} for a in (0, 2, None) for b in (0, 1, None) for c in NUMBERS]
    expected = expected_violations([made], CLASSES, reports, undecided=undecided)
    assert select(violations_sql([made], CLASSES, undecided=undecided), reports)[2] == expected


@pytest.mark.parametrize(
    "made",
    [
        rule(f"{CHANGE} >= {B}"),
        rule(f"4 * {CHANGE} + 6 * {B} == {C}"),
        rule(f"6 * {CHANGE} - 9 * {B} == 12 * {C}", tolerance=1),
        rule(f"{B} == {C}", when=f"{CHANGE} <= 0"),
    ],
    ids=lambda made: made.relation,
)
def test_a_cell_that_may_be_negative(made: LinearRule) -> None:
    classes = tables_of(base_report("2019"))
    numbers = (-3, 0, 2, None)
    reports: list[dict[str, Any]] = [{CHANGE: a, B: b, C: c} for a in numbers for b in numbers for c in NUMBERS]
    expected = expected_violations([made], classes, reports)
    assert select(violations_sql([made], classes), reports, edition="2019")[2] == expected


@pytest.mark.parametrize("operator", ["==", "<=", ">="])
def test_sums_of_money_near_their_bounds(operator: str) -> None:
    made = rule(f"3 * {FEES[0]} {operator} 2 * {FEES[1]} + 1", tolerance=Decimal("0.000001"))
    amounts = [None, *map(Decimal, ("0", "0.333333", "0.333334", "0.5", "-0.000001", "999999999999.999999"))]
    reports = [{FEES[0]: charged, FEES[1]: received} for charged in amounts for received in amounts]
    assert select(violations_sql([made], CLASSES), reports)[2] == expected_violations([made], CLASSES, reports)


def test_more_rows_than_a_system_has_columns() -> None:
    many = [attrs.evolve(rule("applications.{applicant}.{count} == 0"), code=f"TST{i:03}") for i in range(9)]
    query = violations_sql(many, CLASSES)
    assert "judged1" in query
    reports: list[dict[str, Any]] = [{A: None}, {A: 1}]
    assert select(query, reports)[2] == expected_violations(many, CLASSES, reports)


def test_rule_sets_are_taken_apart_and_other_rules_passed_over() -> None:
    linear = [one for one in NATIONAL.rules if isinstance(one, LinearRule)]
    assert violations_sql([NATIONAL], CLASSES) == violations_sql(linear, CLASSES)
    assert violations_sql([RuleSet("one", NAMED, (linear[0],)), linear[1]], CLASSES) == violations_sql(
        linear[:2], CLASSES
    )


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        (
            " + ".join(f"{i} * applications.total.{name}" for i, name in enumerate(SIX, 2))
            + " == 9 * disputes.litigation_direct.total",
            "7 different coefficients",
        ),
        (f"1009 * {A} + 1013 * {B} == 5", "too many sums"),
        (f"{10**15} * {A} - {10**15} * {A} + {B} == {10**15} * {C} - {10**15} * {C}", "too large"),
    ],
)
def test_what_sql_cannot_say_is_refused_by_name(relation: str, why: str) -> None:
    with pytest.raises(GovinfoError, match=rf"rule TST777 cannot be expressed in SQL: .*{why}") as caught:
        violations_sql([rule(relation, code="TST777")], CLASSES)
    assert "规则 TST777 无法写成 SQL" in caught.value.text.zh


def test_a_wrong_relation_says_which_rule_it_is() -> None:
    with pytest.raises(ExpressionError, match="rule TST777: no cell is called"):
        violations_sql([rule("applications.total.nothing == 0", code="TST777")], CLASSES)


@pytest.mark.parametrize("identity", [("Code",), ("id", "ID"), ("left",)])
def test_a_name_the_result_has_already_is_refused(identity: tuple[str, ...]) -> None:
    with pytest.raises(GovinfoError, match="two columns"):
        violations_sql([], CLASSES, identity=identity)
