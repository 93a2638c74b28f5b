"""Laws of the engines: one report, NumPy and the compiled kernel list the same violations with the same numbers."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import attrs
import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from govinfo import batch
from govinfo.batch.records import table_schema
from govinfo.engines.one import run
from govinfo.findings import Status
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugin, Plugins, default_plugins
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.schema import TABLES, Missing, Report, assemble, cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.rules import linear_rules
from govinfo.testing.violations import Violation, expected_violations, random_cells

EDITIONS = ("2019", "2021")
LINEAR = [rule for rule in choose([NATIONAL]) if isinstance(rule, LinearRule)]
ENGINES = list(default_plugins().engines)
Row = Mapping[str, Any]

seeds = st.integers(0, 2**32)
editions = st.sampled_from(EDITIONS)


@cache
def classes_of(edition: str) -> dict[str, type[Any]]:
    return tables_of(base_report(edition))


def with_rules(rules: Iterable[LinearRule]) -> Plugins:
    """What is installed, with nothing but some rules."""
    several = tuple(rules)
    plugin = Plugin("test", "test", "0", rule_sets=(RuleSet("test", several[0].title, several),))
    engines = tuple(attrs.evolve(plugin, rule_sets=()) for plugin in default_plugins().plugins)
    return Plugins((*engines, plugin))


def faulty_reports(edition: str, seed: int, size: int) -> list[Row]:
    """Reports in order but for some cells: most certified by a screen, the others not."""
    chance = random.Random(seed)
    base = cells(base_report(edition))
    rows: list[Row] = []
    for _ in range(size):
        wrong = chance.sample(sorted(base), chance.choice((0, 0, 0, 1, 2, 9)))
        rows.append({**base, **random_cells(classes_of(edition), chance, wrong)})
    return rows


def as_table(edition: str, rows: Iterable[Row]) -> Any:
    schema = table_schema([tuple(classes_of(edition).values())])
    fields = [field for field in schema if field.name.partition(".")[0] in TABLES]
    several = list(rows)
    columns = [pa.array([row.get(field.name) for row in several], field.type) for field in fields]
    return pa.table(columns, schema=pa.schema(fields))


def listed(found: Any) -> list[Violation]:
    names = ("report", "code", "severity", "binding", "column", "row", "status", "left", "right", "difference")
    rows = [tuple(row[name] for name in names) for row in found.to_pylist()]
    return [(row[0] - 1, *row[1:]) for row in rows]  # numbers of reports begin with 1


def agree(rules: list[LinearRule], edition: str, rows: list[Row]) -> None:
    expected = expected_violations(rules, classes_of(edition), rows)
    plugins = with_rules(rules)
    table = as_table(edition, rows)
    packed = batch.pack(table)
    for engine in ENGINES:
        for data in (table, packed):
            assert listed(batch.validate(data, engine=engine, plugins=plugins)) == expected, engine


def distinct(rules: list[LinearRule]) -> list[LinearRule]:
    """Rules in the order every engine lists them, each with a code of its own."""
    return [attrs.evolve(rule, code=f"TST{i:03}") for i, rule in enumerate(rules)]


def test_every_engine_is_tested() -> None:
    assert "numpy" in ENGINES


@given(editions, seeds, st.integers(1, 40))
def test_national_rules_on_reports_with_faults(edition: str, seed: int, size: int) -> None:
    agree(LINEAR, edition, faulty_reports(edition, seed, size))


@given(st.data(), editions, seeds)
def test_any_rules_on_reports_with_faults(data: Any, edition: str, seed: int) -> None:
    rules = distinct(data.draw(linear_rules(classes_of(edition), largest=7)))
    agree(rules, edition, faulty_reports(edition, seed, 12))


@given(st.data(), editions, seeds)
def test_any_rules_on_figures_at_their_worst(data: Any, edition: str, seed: int) -> None:
    chance = random.Random(seed)
    rules = distinct(data.draw(linear_rules(classes_of(edition), largest=7)))
    rows: list[Row] = [
        random_cells(classes_of(edition), chance, blank=chance.choice((0.0, 0.1, 0.5))) for _ in range(4)
    ]
    agree(rules, edition, rows)


def report_of(edition: str, row: Row) -> Report:
    values = {path: Missing.BLANK if value is None else value for path, value in row.items()}
    tables: dict[str, Any] = {name: assemble(cls, values, f"{name}.") for name, cls in classes_of(edition).items()}
    return Report(**tables)


@given(st.data(), editions, seeds)
def test_one_report_agrees_with_the_definition(data: Any, edition: str, seed: int) -> None:
    rules = [*LINEAR, *distinct(data.draw(linear_rules(classes_of(edition), largest=7)))]
    for row in faulty_reports(edition, seed, 3):
        expected = expected_violations(rules, classes_of(edition), [row])
        result = run([RuleSet("test", NATIONAL.title, tuple(rules))], Reading(report_of(edition, row)))
        judged = {(o.code, o.binding, o.status.value) for o in result.outcomes}
        wrong = {outcome for outcome in judged if outcome[2] in (Status.FAILED.value, Status.UNDECIDED.value)}
        assert wrong == {(code, binding, status) for _, code, _, binding, _, _, status, *_ in expected}
        assert not any(status == Status.CRASHED.value for *_, status in judged)
        numbers = sorted((f.code, f.actual, f.expected, f.delta) for f in result.findings if f.delta is not None)
        told = [(v[1], *v[7:]) for v in expected if v[6] == Status.FAILED.value and v[9] is not None]
        assert numbers == sorted(told)


@given(seeds, st.integers(1, 9), st.integers(2, 4))
def test_parts_and_threads_show_nowhere(seed: int, size: int, threads: int) -> None:
    table = as_table("2021", faulty_reports("2021", seed, 30))
    whole = batch.validate(table)
    cut = pa.Table.from_batches(table.to_batches(max_chunksize=size))
    assert batch.validate(cut, threads=threads).equals(whole)
    assert batch.stream(cut.to_reader()).read_all().equals(whole)
    failed = whole.filter(pc.equal(whole["status"], "failed"))
    assert batch.validate(table, undecided=False).equals(failed)


@given(seeds)
def test_editions_side_by_side_are_judged_each_by_its_own(seed: int) -> None:
    chance = random.Random(seed)
    reports = [report_of(edition, faulty_reports(edition, chance.getrandbits(32), 1)[0]) for edition in EDITIONS * 3]
    chance.shuffle(reports)
    together = batch.validate(batch.flatten(reports)).to_pylist()
    alone = [row for report in reports for row in batch.validate(batch.flatten([report])).to_pylist()]
    assert together == alone


@given(editions, seeds)
def test_tables_lead_back_to_the_reports(edition: str, seed: int) -> None:
    reports = [report_of(edition, row) for row in faulty_reports(edition, seed, 5)]
    table = batch.flatten(reports)
    assert [cells(report) for report in batch.unflatten(table)] == [cells(report) for report in reports]
    assert batch.flatten(batch.unflatten(table)).equals(table)
    plain = as_table(edition, faulty_reports(edition, seed, 5))
    assert batch.unpack(batch.pack(plain)).equals(plain)


def test_numbers_are_decimals_that_hold_any_sum() -> None:
    row = {**cells(base_report("2021")), "applications.total.received": 2**63 - 1, "applications.total.carried_in": 1}
    found = batch.validate(as_table("2021", [row]), select=["APP001"]).to_pylist()
    assert [v["left"] for v in found] == [Decimal(2**63)]
