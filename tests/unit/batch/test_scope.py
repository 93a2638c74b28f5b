"""Which rule sets a report of a table is under: the same as when it is checked by itself."""

from __future__ import annotations

from typing import Any

import attrs
import pyarrow as pa
import pytest

from govinfo.batch import flatten, locate, validate
from govinfo.batch.form import BatchError
from govinfo.choice import rule_sets_for
from govinfo.engines.one import run
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins, load_plugins
from govinfo.rules.model import Adjustment, LinearRule, RuleSet
from govinfo.schema import Publisher, Report
from govinfo.testing import example_report
from govinfo.text import Text

WORDS = Text("规则", "a rule")


def few(code: str, most: int) -> LinearRule:
    return LinearRule(code, Severity.INFO, WORDS, WORDS, f"applications.total.received <= {most}")


def made(name: str, region: str, *rules: LinearRule, **more: Any) -> RuleSet:
    return RuleSet(name, WORDS, rules, region, **more)


SETS = (
    made("hebei", "13", few("HE-APP001", 3)),
    made("city", "1301", few("HE-APP002", 2), adjustments=(Adjustment("APP001", Severity.WARNING, WORDS),)),
    made("old", "", few("XX-APP001", 1), last_year=2020),
    made("new", "14", few("SX-APP001", 0), first_year=2021, editions=("2021",)),
)


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    loaded = load_plugins(entry_points=False)
    for rule_set in SETS:
        loaded = loaded.with_rule_set(rule_set, rule_set.name)
    return loaded


REGIONS = (None, "110000", "130100", "130102", "130200", "140100")


def reports() -> list[Report]:
    found = []
    for seed in range(72):
        report = example_report(("2019", "2021")[seed % 2], seed)
        if seed % 5 == 0:  # a wrong cell, so that there is something to be as severe as the region says
            column = attrs.evolve(report.applications.natural_person, received=12345)
            report = attrs.evolve(report, applications=attrs.evolve(report.applications, natural_person=column))
        year = (None, 2019, 2020, 2021, 2023)[seed % 5 if seed % 7 else 0]
        found.append(attrs.evolve(report, year=year, publisher=Publisher(f"第{seed}局", REGIONS[seed // 2 % 6])))
    return found


def singly(plugins: Plugins, several: list[Report], names: list[str] | None = None) -> list[tuple[int, str, str, str]]:
    found = []
    for number, report in enumerate(several):
        result = run(rule_sets_for(plugins, names, report), Reading(report), editions=plugins.editions)
        failed = {(outcome.code, outcome.binding) for outcome in result.outcomes if outcome.status.value == "failed"}
        severities = {finding.code: finding.severity.value for finding in result.findings}
        linear = [(code, binding) for code, binding in failed if code in CODES]
        found += [(number, code, binding, severities[code]) for code, binding in linear]
    return sorted(found)


CODES = {
    rule.code
    for rule_set in (*load_plugins(entry_points=False).rule_sets, *SETS)
    for rule in rule_set.rules
    if isinstance(rule, LinearRule)
}


def together(table: pa.Table, plugins: Plugins, **options: Any) -> list[tuple[int, str, str, str]]:
    listed = validate(table, plugins=plugins, undecided=False, **options).to_pylist()
    numbers = {name: number for number, name in enumerate(table.column("publisher.name").to_pylist())}
    return sorted((numbers[row["publisher.name"]], row["code"], row["binding"], row["severity"]) for row in listed)


@pytest.mark.parametrize("dictionary", [False, True])
def test_a_table_is_judged_as_each_report_is(plugins: Plugins, dictionary: bool) -> None:
    several = reports()
    table = flatten(several)
    if dictionary:
        at = table.schema.get_field_index("publisher.region_code")
        table = table.set_column(at, "publisher.region_code", table.column(at).dictionary_encode())
    found = together(table, plugins)
    assert found == singly(plugins, several)
    assert {code for _, code, _, _ in found} >= {"HE-APP001", "HE-APP002", "XX-APP001", "SX-APP001", "APP001"}
    assert {severity for _, code, _, severity in found if code == "APP001"} == {"error", "warning"}


def test_results_keep_the_order_of_the_table(plugins: Plugins) -> None:
    names = validate(flatten(reports()), plugins=plugins).column("publisher.name").to_pylist()
    numbers = [int(name[1:-1]) for name in names]
    assert numbers == sorted(numbers)


def test_a_set_that_is_named_is_for_every_region_but_not_every_year(plugins: Plugins) -> None:
    several = reports()
    names = ["hebei", "old"]
    assert together(flatten(several), plugins, rules=names) == singly(plugins, several, names)


def test_without_the_column_a_regional_set_is_only_where_it_is_named(plugins: Plugins) -> None:
    table = flatten(reports()).drop_columns(["publisher.region_code"])
    assert not {code for _, code, _, _ in together(table, plugins)} & {"HE-APP001", "HE-APP002", "SX-APP001"}
    assert "HE-APP001" in {code for _, code, _, _ in together(table, plugins, rules=["hebei"])}


def test_a_named_set_for_certain_years_needs_the_column(plugins: Plugins) -> None:
    table = flatten(reports()).drop_columns(["year"])
    assert "XX-APP001" not in {code for _, code, _, _ in together(table, plugins)}
    with pytest.raises(BatchError, match="rule set old is about reports of certain years"):
        validate(table, rules=["old"], plugins=plugins)


@pytest.mark.parametrize(("name", "values"), [("publisher.region_code", [13] * 72), ("year", ["2020"] * 72)])
def test_columns_of_another_kind_are_refused(plugins: Plugins, name: str, values: list[Any]) -> None:
    table = flatten(reports())
    table = table.set_column(table.schema.get_field_index(name), name, pa.array(values))
    with pytest.raises(BatchError, match=name):
        validate(table, plugins=plugins)


def test_wrong_cells_are_located_as_before(plugins: Plugins) -> None:
    table = flatten(reports())
    without = locate(table, plugins=load_plugins(entry_points=False))
    assert locate(table, plugins=plugins).to_pylist() == without.to_pylist()
    assert without.num_rows > 0
