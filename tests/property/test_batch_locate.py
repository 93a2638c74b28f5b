"""Laws of locating wrong cells in many reports: what is said of each is what is said of it alone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

import attrs
import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from govinfo import batch
from govinfo.batch.records import table_schema
from govinfo.plugins import Plugin, Plugins, default_plugins
from govinfo.repair.locate import locate
from govinfo.repair.problem import problem_of
from govinfo.repair.search import single_changes
from govinfo.repair.system import System, system_of
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.schema import TABLES, Missing, Report, assemble, cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.rules import linear_rules
from govinfo.testing.violations import random_cells

EDITIONS = ("2019", "2021")
LINEAR = [rule for rule in choose([NATIONAL]) if isinstance(rule, LinearRule)]
INT64 = range(-(2**63), 2**63)
Row = Mapping[str, Any]
Proposal = tuple[int, str, str | None, int | None, int | None, int]
"""Report from 0, status, path, reported, proposed, alternatives."""

seeds = st.integers(0, 2**32)
editions = st.sampled_from(EDITIONS)


@cache
def classes_of(edition: str) -> dict[str, type[Any]]:
    return tables_of(base_report(edition))


def counts_of(edition: str) -> list[str]:
    return [path for path in cells(base_report(edition)) if path.startswith(("applications.", "disputes."))]


def slips(edition: str, seed: int, size: int) -> list[Row]:
    """Reports in order but for a few wrong numbers and a few blanks, some of them very large."""
    chance = random.Random(seed)
    base, paths = cells(base_report(edition)), counts_of(edition)
    rows: list[Row] = []
    for _ in range(size):
        row: dict[str, Any] = dict(base)
        if chance.random() < 0.2:  # every equation of the form still holds
            times = (2**63 - 1) // max(row[path] for path in paths) // chance.choice((1, 2, 2**20))
            row |= {path: row[path] * times for path in paths}
        for path in chance.sample(paths, chance.choice((0, 1, 1, 1, 2, 3))):
            if isinstance(row[path], int):
                off = chance.choice((-1, 1, 3, chance.randint(-9, 99), 2**31, 2**62 - row[path]))
                row[path] = min(row[path] + off, 2**63 - 1)
        for path in chance.sample(paths, chance.choice((0, 0, 1, 3, 12, 70))):
            row[path] = None
        rows.append(row)
    return rows


def as_table(edition: str, rows: Iterable[Row]) -> Any:
    schema = table_schema([tuple(classes_of(edition).values())])
    fields = [field for field in schema if field.name.partition(".")[0] in TABLES]
    several = list(rows)
    columns = [pa.array([row.get(field.name) for row in several], field.type) for field in fields]
    return pa.table(columns, schema=pa.schema(fields))


def values_of(edition: str, row: Row) -> dict[str, Any]:
    return {path: Missing.BLANK if row.get(path) is None else row[path] for path in cells(base_report(edition))}


def alone(system: System, values: Mapping[str, Any]) -> list[list[dict[str, int]]]:
    """What one cell explains in every part with something broken."""
    problems = [problem_of(component, system, values) for component in system.components]
    return [
        [{system.paths[cell]: values[system.paths[cell]] + d for cell, d in one.items()} for one in single_changes(p)]
        for p in problems
        if p.broken
    ]


def expected(system: System, number: int, values: Mapping[str, Any]) -> list[Proposal]:
    found: list[Proposal] = []
    for singles in alone(system, values):
        status = {0: "several", 1: "named"}.get(len(singles), "ambiguous")
        if not singles:
            found.append((number, status, None, None, None, 0))
        for one in singles:
            for path, value in one.items():
                found.append((number, status, path, values[path], value if value in INT64 else None, len(singles)))
    return found


def proposed(found: Any) -> list[Proposal]:
    names = ("status", "path", "reported", "proposed", "alternatives")
    return [(row["report"] - 1, *(row[name] for name in names)) for row in found.to_pylist()]


def agree(rules: Sequence[LinearRule], edition: str, rows: Sequence[Row]) -> None:
    rule_set = RuleSet("test", rules[0].title, tuple(rules))
    others = tuple(attrs.evolve(plugin, rule_sets=()) for plugin in default_plugins().plugins)
    plugins = Plugins((*others, Plugin("test", "test", "0", rule_sets=(rule_set,))))
    system = system_of([rule_set], classes_of(edition))
    wanted = [one for i, row in enumerate(rows) for one in expected(system, i, values_of(edition, row))]
    table = as_table(edition, rows)
    for data in (table, batch.pack(table)):
        found = batch.locate(data, plugins=plugins)
        assert sorted(proposed(found), key=str) == sorted(wanted, key=str)
        in_order(edition, found)


def in_order(edition: str, found: Any) -> None:
    """By report, and the proposals for a part in the order of the form."""
    place = {path: i for i, path in enumerate(cells(base_report(edition)))}
    rows = [(row["report"], row["part"], row["path"]) for row in found.to_pylist()]
    for (report, part, path), (other_report, other_part, other_path) in pairwise(rows):
        assert report <= other_report
        if (report, part) == (other_report, other_part) and path and other_path:
            assert place[path] < place[other_path]


@given(editions, seeds, st.integers(1, 30))
def test_many_at_once_are_as_each_alone(edition: str, seed: int, size: int) -> None:
    agree(LINEAR, edition, slips(edition, seed, size))


@given(editions, seeds)
def test_the_cells_are_those_the_plain_function_names(edition: str, seed: int) -> None:
    rows = slips(edition, seed, 3)
    system = system_of([NATIONAL], classes_of(edition))
    named = [
        {(i, path, value) for path, value in one.items()}
        for i, row in enumerate(rows)
        for sets in locate(values_of(edition, row), system)
        for one in sets
        if len(one) == 1
    ]
    found = batch.locate(as_table(edition, rows)).to_pylist()
    ours = {(row["report"] - 1, row["path"], row["proposed"]) for row in found if row["path"]}
    assert ours == {(i, path, value if value in INT64 else None) for one in named for i, path, value in one}


@given(st.data(), editions, seeds)
def test_any_rules_on_figures_at_their_worst(data: Any, edition: str, seed: int) -> None:
    chance = random.Random(seed)
    drawn = data.draw(linear_rules(classes_of(edition), largest=7))
    rules = [attrs.evolve(rule, code=f"TST{i:03}", equation=chance.random() < 0.9) for i, rule in enumerate(drawn)]
    base = cells(base_report(edition))
    rows: list[Row] = []
    for _ in range(6):
        wrong = chance.sample(sorted(base), chance.choice((0, 1, 2, 9)))
        rows.append({**base, **random_cells(classes_of(edition), chance, wrong)})
    agree(rules, edition, rows)


@given(editions, seeds)
def test_a_proposal_puts_the_part_right(edition: str, seed: int) -> None:
    rows = slips(edition, seed, 4)
    codes = {rule.code for rule in LINEAR if rule.equation}
    found = batch.locate(as_table(edition, rows)).to_pylist()
    for one in found:
        if one["proposed"] is None:
            continue
        mended = {**rows[one["report"] - 1], one["path"]: one["proposed"]}
        left = batch.locate(as_table(edition, [mended])).to_pylist()
        assert one["part"] not in {row["part"] for row in left}
        assert set(one["resolves"].split(" ")) <= codes
        assert one["equations"] >= len(one["resolves"].split(" "))
    parts = {(row["report"], row["part"]) for row in found}
    for number, row in enumerate(rows, 1):
        if None not in row.values():
            failed = batch.validate(as_table(edition, [row]), undecided=False).to_pylist()
            broken = [one for one in failed if one["code"] in codes]
            told = {one["part"]: one["equations"] for one in found if one["report"] == number}
            assert sum(told.values()) == len(broken)
            assert {part for _, part in parts} >= set(told)


@given(seeds, st.integers(1, 9), st.integers(2, 4))
def test_parts_and_threads_show_nowhere(seed: int, size: int, threads: int) -> None:
    table = as_table("2021", slips("2021", seed, 12))
    whole = batch.locate(table).to_pylist()
    cut = pa.Table.from_batches(table.to_batches(max_chunksize=size))
    assert batch.locate(cut, threads=threads).to_pylist() == whole
    assert batch.locate_stream(cut.to_reader()).read_all().to_pylist() == whole


@given(seeds)
def test_editions_side_by_side_are_judged_each_by_its_own(seed: int) -> None:
    chance = random.Random(seed)
    reports = []
    for edition in EDITIONS * 2:
        values = values_of(edition, slips(edition, chance.getrandbits(32), 1)[0])
        tables: dict[str, Any] = {name: assemble(cls, values, f"{name}.") for name, cls in classes_of(edition).items()}
        reports.append(Report(**tables))
    chance.shuffle(reports)
    together = batch.locate(batch.flatten(reports)).to_pylist()
    assert together == [row for report in reports for row in batch.locate(batch.flatten([report])).to_pylist()]
