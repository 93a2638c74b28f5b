"""The SQL engine on DuckDB says exactly what the definition of a verdict says."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govinfo.engines.sql import violations_sql
from govinfo.rules.model import LinearRule
from govinfo.rules.national import NATIONAL
from govinfo.rules.rows import compile_rule
from govinfo.schema import Kind, Missing, cells, report_leaves
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.rules import linear_rules
from govinfo.testing.violations import Violation, expected_violations, random_cells

duckdb = pytest.importorskip("duckdb", reason="pip install duckdb")
pa = pytest.importorskip("pyarrow", reason="pip install pyarrow")

Cells = dict[str, int | Decimal | None]
BASES = {edition: base_report(edition) for edition in ("2019", "2021")}
CLASSES = {edition: tables_of(report) for edition, report in BASES.items()}
NATIONAL_LINEAR = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)]


def listed(query: str, edition: str, reports: Sequence[Cells]) -> list[Violation]:
    """What the query lists of a table with these reports."""
    columns = {
        leaf.path: pa.array(
            [report.get(leaf.path) for report in reports],
            pa.decimal128(18, 6) if leaf.kind is Kind.AMOUNT else pa.int64(),
        )
        for leaf in report_leaves(BASES[edition])
    }
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("reports", pa.table({"id": pa.array(range(len(reports)), pa.int64()), **columns}))
        return list(connection.execute(query).fetchall())


def used(rules: Sequence[LinearRule], edition: str) -> list[str]:
    found = [row for rule in rules for row in compile_rule(rule, CLASSES[edition])]
    return sorted({path for row in found for one in (row, row.when) if one is not None for path in one.cells})


def assert_agrees(rules: Sequence[LinearRule], edition: str, reports: Sequence[Cells], undecided: bool) -> None:
    query = violations_sql(rules, CLASSES[edition], undecided=undecided)
    expected = expected_violations(rules, CLASSES[edition], reports, undecided=undecided)
    assert listed(query, edition, reports) == expected


@settings(max_examples=25)
@given(st.sampled_from(sorted(CLASSES)), st.data(), st.integers(0, 2**32), st.booleans())
def test_any_rules_on_any_table(edition: str, data: Any, seed: int, undecided: bool) -> None:
    rules = data.draw(linear_rules(CLASSES[edition], min_size=4, max_size=12))
    chance = random.Random(seed)
    reports = [random_cells(CLASSES[edition], chance, used(rules, edition)) for _ in range(60)]
    assert_agrees(rules, edition, reports, undecided)


@settings(max_examples=15)
@given(st.sampled_from(sorted(CLASSES)), st.data(), st.integers(0, 2**32), st.booleans())
def test_large_coefficients_and_many_blanks(edition: str, data: Any, seed: int, undecided: bool) -> None:
    rules = data.draw(linear_rules(CLASSES[edition], largest=14, min_size=4, max_size=10))
    chance = random.Random(seed)
    reports = [random_cells(CLASSES[edition], chance, used(rules, edition), blank=0.7) for _ in range(60)]
    assert_agrees(rules, edition, reports, undecided)


@settings(max_examples=6)
@given(st.sampled_from(sorted(CLASSES)), st.integers(0, 2**32), st.booleans())
def test_the_national_rules_on_reports_with_faults(edition: str, seed: int, undecided: bool) -> None:
    chance = random.Random(seed)
    sound = {path: None if isinstance(value, Missing) else value for path, value in cells(BASES[edition]).items()}
    faults = [chance.sample(sorted(sound), chance.choice((0, 1, 3, 40))) for _ in range(30)]
    reports = [sound | random_cells(CLASSES[edition], chance, paths) for paths in faults]
    assert_agrees(NATIONAL_LINEAR, edition, reports, undecided)
