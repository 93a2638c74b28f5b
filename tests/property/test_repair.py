"""Laws of naming wrong cells: the true one is named, the fewest are found, nothing is said of what is right."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govinfo
from govinfo.findings import Finding, Result, Status
from govinfo.plugins import default_plugins
from govinfo.repair.integer import cover
from govinfo.repair.locate import locate, smallest_sets
from govinfo.repair.problem import problem_of
from govinfo.repair.search import search, single_changes
from govinfo.repair.system import System, system_of
from govinfo.schema import Missing, Report, Value, cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.figures import free_cells, replace_cells, settle
from govinfo.testing.strategies import reports, single_faults
from govinfo.testing.violations import random_cells

EDITIONS = ("2019", "2021")
SIZES = {"usual": (30, 0.4), "nearly all zero": (3, 0.03), "large": (10**8, 0.9)}
"""The largest figure of a free cell, and how many of them are not zero."""


@cache
def system(edition: str) -> System:
    return system_of(default_plugins().rule_sets, tables_of(base_report(edition)))


def made_up(edition: str, size: str, chance: random.Random) -> Report:
    """A report whose table 3 is consistent."""
    base = base_report(edition)
    cls: Any = type(base.applications)
    most, share = SIZES[size]
    free = {leaf.path: chance.randint(0, most) if chance.random() < share else 0 for leaf in free_cells(cls)}
    return attrs.evolve(base, applications=settle(cls, free))


def table_3(report: Report) -> list[str]:
    return [path for path in cells(report) if path.startswith("applications.")]


def wrong_number(right: Any, chance: random.Random) -> int:
    while True:
        near, slips = right + chance.randint(-9, 9), (right * 10, right // 10, chance.randint(0, 10**8))
        number: int = max(0, chance.choice((near, *slips)))
        if number != right:
            return number


def damage(values: dict[str, Value], paths: list[str], chance: random.Random) -> dict[str, Value]:
    return {**values, **{path: wrong_number(values[path], chance) for path in paths}}


def errors(result: Result) -> list[Finding]:
    return [finding for finding in result.findings if finding.severity.value == "error"]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_single_wrong_cell_of_table_3_is_named_with_its_right_value(edition: str, size: str) -> None:
    chance = random.Random(f"{edition} {size}")
    for path in table_3(base_report(edition)):
        report = made_up(edition, size, chance)
        right = cells(report)[path]
        result = govinfo.check(replace_cells(report, {path: wrong_number(right, chance)}))
        (finding,) = errors(result)
        suggestion = finding.suggestions[0]
        assert [(cell.path, cell.proposed) for cell in suggestion.cells] == [(path, right)]
        assert set(suggestion.resolves) == {o.code for o in result.outcomes if o.status is Status.FAILED}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_single_wrong_cell_is_located_within_a_millisecond(edition: str) -> None:
    chance, times = random.Random(1), []
    for path in table_3(base_report(edition)):
        values = damage(dict(cells(made_up(edition, "large", chance))), [path], chance)
        start = time.perf_counter()
        assert locate(values, system(edition))
        times.append(time.perf_counter() - start)
    assert sorted(times)[len(times) // 2] < 0.001


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_true_pair_is_among_the_minimal_sets(edition: str, size: str) -> None:
    chance = random.Random(f"pairs {edition} {size}")
    found, tries = 0, 120
    for _ in range(tries):
        values = dict(cells(made_up(edition, size, chance)))
        paths = chance.sample(table_3(base_report(edition)), 2)
        (sets,) = locate(damage(values, paths, chance), system(edition))
        found += {path: values[path] for path in paths} in sets
    assert found >= 0.99 * tries


@pytest.mark.parametrize("wrong", [3, 4, 5])
@pytest.mark.parametrize("edition", EDITIONS)
def test_the_minimum_is_never_larger_than_the_true_number(edition: str, wrong: int) -> None:
    chance, times = random.Random(f"{edition} {wrong}"), []
    for size in SIZES:
        for _ in range(40):
            values = dict(cells(made_up(edition, size, chance)))
            broken = damage(values, chance.sample(table_3(base_report(edition)), wrong), chance)
            start = time.perf_counter()
            (sets,) = locate(broken, system(edition))
            times.append(time.perf_counter() - start)
            assert 0 < len(sets[0]) <= wrong
    assert sorted(times)[len(times) // 2] < 0.2


@given(st.integers(0, 2**32), st.sampled_from(EDITIONS), st.sampled_from(sorted(SIZES)), st.integers(1, 4))
@settings(max_examples=25)
def test_search_and_integer_program_find_the_same(seed: int, edition: str, size: str, wrong: int) -> None:
    chance = random.Random(seed)
    values = dict(cells(made_up(edition, size, chance)))
    broken = damage(values, chance.sample(table_3(base_report(edition)), wrong), chance)
    problem = problem_of(system(edition).components[0], system(edition), broken)
    searched = next(found for n in range(1, 6) if (found := search(problem, float(n))).sets)
    covered = cover(problem, seconds=20.0, most_sets=200)
    assert searched.complete
    if covered.complete:  # it gives up where cells are found but not their numbers
        assert {frozenset(one.items()) for one in searched.sets} == {frozenset(one.items()) for one in covered.sets}


@given(st.integers(0, 2**32), st.sampled_from(EDITIONS))
def test_the_pattern_names_what_the_search_finds(seed: int, edition: str) -> None:
    chance = random.Random(seed)
    values = dict(cells(made_up(edition, "usual", chance)))
    broken = damage(values, chance.sample(table_3(base_report(edition)), chance.choice((1, 1, 2))), chance)
    problem = problem_of(system(edition).components[0], system(edition), broken)
    assert single_changes(problem) == search(problem, 1.0).sets


@given(reports(blanks=True))
def test_nothing_is_said_of_a_consistent_report(report: Report) -> None:
    result = govinfo.check(report)
    assert not [finding for finding in result.findings if finding.suggestions or finding.diagnosis]


@given(reports(), st.data())
def test_implied_values_never_contradict_the_truth(report: Report, data: st.DataObject) -> None:
    truth = cells(report)
    paths = [path for path in truth if path.startswith(("applications.", "disputes."))]
    blank = data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=20, unique=True))
    result = govinfo.check(replace_cells(report, dict.fromkeys(blank, Missing.BLANK)))
    for one in result.implied:
        true: Any = truth[one.path]
        assert one.path in blank
        assert one.low <= true
        assert one.high is None or true <= one.high
    if len(blank) == 1:  # its own equations are enough
        assert [(one.low, one.high) for one in result.implied] == [(truth[blank[0]], truth[blank[0]])]


@given(reports(blanks=True), st.data())
def test_a_proposal_contradicts_no_figure_it_does_not_name(report: Report, data: st.DataObject) -> None:
    path, number = data.draw(single_faults(report))
    faulty = replace_cells(report, {path: number})
    result = govinfo.check(faulty)
    before = {(o.code, o.binding) for o in result.outcomes if o.status is Status.FAILED}
    for finding in errors(result):
        for suggestion in finding.suggestions:
            mended = replace_cells(faulty, {cell.path: cell.proposed for cell in suggestion.cells})
            after = {
                (o.code, o.binding): o.status
                for o in govinfo.check(mended).outcomes
                if o.code.startswith(("APP", "DSP", "DIS"))
            }
            assert all(cell.reported == cells(faulty)[cell.path] for cell in suggestion.cells)
            assert not {key for key, status in after.items() if status is Status.FAILED} - before
            assert any(status is not Status.FAILED for key, status in after.items() if key in before)


@given(reports(blanks=True), st.data())
def test_the_true_cell_is_among_the_explanations(report: Report, data: st.DataObject) -> None:
    path, number = data.draw(single_faults(report))
    result = govinfo.check(replace_cells(report, {path: number}))
    right = cells(report)[path]
    for finding in errors(result):
        if finding.suggestions:
            proposed = [{cell.path: cell.proposed for cell in one.cells} for one in finding.suggestions]
            assert {path: right} in proposed


def rubbish(seed: int, edition: str) -> Report:
    """A report whose figures have nothing to do with each other."""
    chance = random.Random(seed)
    base = base_report(edition)
    some = random_cells(tables_of(base), chance, blank=chance.choice((0.0, 0.1, 0.5)))
    chosen = chance.sample(sorted(some), chance.choice((1, 5, 20, len(some))))
    return replace_cells(base, {path: Missing.BLANK if some[path] is None else some[path] for path in chosen})  # type: ignore[misc]


@given(st.integers(0, 2**32), st.sampled_from(EDITIONS))
@settings(max_examples=25)
def test_whatever_the_figures_are_an_answer_comes_soon(seed: int, edition: str) -> None:
    report = rubbish(seed, edition)
    start = time.perf_counter()
    result = govinfo.check(report)
    assert time.perf_counter() - start < 5
    codes = {outcome.code for outcome in result.outcomes if outcome.status is Status.FAILED}
    assert {code for finding in result.findings for code in told(finding)} >= codes


def told(finding: Finding) -> Iterator[str]:
    yield finding.code
    for part in finding.parts:
        yield from told(part)


@given(st.integers(0, 2**32), st.sampled_from(EDITIONS))
@settings(max_examples=15)
def test_findings_put_together_lose_nothing(seed: int, edition: str) -> None:
    report = rubbish(seed, edition)
    plain = {(o.code, o.binding) for o in govinfo.check(report).outcomes if o.status is Status.FAILED}
    relations = [
        (one.code, one.paths) for finding in govinfo.check(report).findings for one in (finding.parts or (finding,))
    ]
    linear = [one for one in relations if one[0].startswith(("APP", "DSP001", "DSP002"))]
    assert len(linear) == len(set(linear))
    assert len(linear) == sum(code.startswith(("APP", "DSP001", "DSP002")) for code, _ in plain)
