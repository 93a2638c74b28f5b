"""The plugin's own tests: the form in every layout, its record, its rules, and what remains without the plugin."""

from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import attrs
import govinfo_hubei
import jsonschema
import pytest
from govinfo_hubei.form import Disclosure2019Hubei
from govinfo_hubei.rules import HUBEI
from hypothesis import given
from hypothesis import strategies as st

from govinfo import ReadError, Report, Status, check, load, read
from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.parsing.reading import Reading
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.rules.national import NATIONAL
from govinfo.schema import Missing, cells, leaves
from govinfo.schema.convert import from_json, to_json
from govinfo.schema.form import form_grid
from govinfo.schema.jsonschema import json_schema
from govinfo.testing import LAYOUTS, Layout, damage_document, example_report, misread, replace_cells
from govinfo.testing.bases import build
from govinfo.testing.cases import RuleCase, load_cases, run_case
from govinfo.testing.formats import FORMATS
from govinfo.testing.sheet import print_report
from govinfo.testing.strategies import layouts, reports

FOLDER = Path(__file__).parent / "reports"
MADE = runpy.run_path(str(FOLDER.with_name("make_reports.py")))
REPORT: Report = MADE["REPORT"]

FORMS = {"disclosure": Disclosure2019Hubei}
ROW = "disclosure.other_documents."
PRINTED = sorted(path.name for path in FOLDER.iterdir())


def loaded() -> Plugins:
    candidate = Candidate("hubei", "govinfo-hubei", "0.1.0", lambda: govinfo_hubei)
    found = load_plugins(entry_points=False, candidates=[candidate])
    assert found.problems == ()
    return found


WITH, WITHOUT = loaded(), load_plugins(entry_points=False)


def made(seed: int) -> Report:
    return example_report("2019", seed, forms=FORMS)


def national_cells(report: Report) -> dict[str, Any]:
    return {path: value for path, value in cells(report).items() if not path.startswith(ROW)}


# The form.


def test_the_row_stands_where_it_is_printed() -> None:
    labels = [row[0].text for row in form_grid(Disclosure2019Hubei) if row[-1].path]
    assert labels[:4] == ["规章", "规范性文件", "其他主动公开文件", "行政许可"]
    headings = [row[0].text for row in form_grid(Disclosure2019Hubei) if len(row) == 1]
    assert len(headings) == len(set(headings))


def test_it_counts_as_the_national_edition() -> None:
    report = made(1)
    assert report.editions == {"disclosure": "2019-hubei", "applications": "2019"}
    assert report.edition == "2019"
    said = {finding.code for finding in run([NATIONAL], Reading(report, {}, (), build().document)).findings}
    assert said.isdisjoint({"DOC005", "DOC010"})


def test_every_national_rule_of_the_edition_applies() -> None:
    def applied(report: Report) -> set[tuple[str, str]]:
        found = check(report, rules=["national"], plugins=WITH).outcomes
        return {(one.code, one.binding) for one in found if one.status is not Status.NOT_APPLICABLE}

    own, national = (applied(example_report("2019", 1, forms=forms)) for forms in (FORMS, None))
    assert national <= own
    assert {binding for _, binding in own - national} == {
        leaf.path for leaf in leaves(Disclosure2019Hubei) if leaf.path.startswith("other_documents")
    }


# Reading: what was printed is what is read.


@pytest.mark.parametrize("name", PRINTED)
def test_a_printed_report_is_read(name: str) -> None:
    reading = read(FOLDER / name, plugins=WITH)
    assert cells(reading.report) == cells(REPORT)
    assert reading.report.disclosure == REPORT.disclosure
    assert reading.report.editions == REPORT.editions
    assert {problem.code for problem in reading.problems}.isdisjoint({"SRC004", "SRC006", "SRC012"})


@pytest.mark.parametrize("name", PRINTED)
def test_without_the_plugin_every_national_cell_is_read_and_the_row_is_said(name: str) -> None:
    reading = read(FOLDER / name, plugins=WITHOUT)
    assert reading.report.editions["disclosure"] == "2019"
    assert cells(reading.report) == national_cells(REPORT)
    (said,) = [problem for problem in reading.problems if problem.code == "SRC012"]
    assert "其他主动公开文件" in said.message.zh


def test_the_printed_reports_are_what_is_made() -> None:
    written: dict[str, bytes] = MADE["contents"]()
    assert sorted(written) == PRINTED
    for name, content in written.items():
        if not name.endswith(".docx"):  # which tells when it was made
            assert (FOLDER / name).read_bytes() == content, "run tests/make_reports.py"


@pytest.mark.parametrize("profile", ["zero", "few", "large"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_back(layout: str, profile: Any) -> None:
    report = example_report("2019", 4, profile=profile, forms=FORMS)
    assert read(damage_document(report, layout).content, plugins=WITH).report == report


@pytest.mark.parametrize("name", [one.name for one in FORMATS.values() if not one.lacking()])
def test_table_2_is_read_back_from_every_format(name: str) -> None:
    report = made(1)
    found = read(FORMATS[name].write(print_report(report)), plugins=WITH).report
    assert found.disclosure == report.disclosure


@given(reports("2019", forms=FORMS), layouts())
def test_a_report_is_read_back(report: Report, layout: Layout) -> None:
    assert read(damage_document(report, layout).content, plugins=WITH).report == report


@given(st.builds(made, st.integers(0, 10_000)), layouts(), st.integers(0, 999))
def test_no_figure_is_wrong_with_notes_in_the_labels(report: Report, layout: Layout, seed: int) -> None:
    document = damage_document(report, layout, ["notes_in_labels"], seed)
    assert misread(document, read(document.content, plugins=WITH).report) == {}


@given(st.builds(made, st.integers(0, 10_000)), layouts(), st.integers(0, 999), st.booleans())
def test_without_the_plugin_no_figure_is_wrong(report: Report, layout: Layout, seed: int, notes: bool) -> None:
    document = damage_document(report, layout, ["notes_in_labels"] * notes, seed)
    found = read(document.content, plugins=WITHOUT).report
    wrong = {
        path: value
        for path, value in cells(found).items()
        if not isinstance(value, Missing) and value != document.expected.get(path, value)
    }
    assert wrong == {}
    if not notes:
        assert cells(found) == national_cells(report)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_report_without_the_row_stays_national(layout: str) -> None:
    report = example_report("2019", 1, profile="few")
    assert read(damage_document(report, layout).content, plugins=WITH).report == report


# The record.


def test_the_record_reads_back() -> None:
    record = to_json(REPORT)
    assert (record["edition"], record["editions"]["disclosure"]) == ("2019", "2019-hubei")
    assert list(record["disclosure"])[-1] == "other_documents"
    assert from_json(record, WITH.editions) == REPORT
    jsonschema.Draft202012Validator(json_schema(WITH.editions)).validate(record)


def test_without_the_plugin_the_record_is_refused() -> None:
    content = json.dumps(to_json(REPORT)).encode()
    assert load(content, plugins=WITH) == REPORT
    with pytest.raises(ReadError, match=r"2019-hubei.*plugin"):
        load(content, plugins=WITHOUT)


def test_many_reports_at_once() -> None:
    batch = pytest.importorskip("govinfo.batch")
    several = [REPORT, example_report("2019", 1, profile="few"), example_report("2021", 1, profile="few")]
    table = batch.flatten(several)
    assert table[f"{ROW}made"].to_pylist() == [cells(REPORT)[f"{ROW}made"], None, None]
    assert [cells(one) for one in batch.unflatten(table, editions=WITH.editions)] == [cells(one) for one in several]
    wrong = replace_cells(REPORT, {f"{ROW}made": -1})
    found = batch.validate(batch.flatten([wrong]), select=["DIS"], plugins=WITH)
    assert found["code"].to_pylist() == ["DIS001"]


# The rules.


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases"), ids=str)
def test_case(case: RuleCase) -> None:
    run_case(case, [NATIONAL, HUBEI], WITH.editions)


@pytest.mark.parametrize("rule", HUBEI.rules, ids=lambda rule: rule.code)
def test_examples_are_what_they_are_said_to_be(rule: Any) -> None:
    explained = explain(rule, WITH.editions)
    for example, status in ((explained.passes, Status.PASSED), (explained.fails, Status.FAILED)):
        assert example is not None
        assert example.report is not None
        reading = build(**example.report, editions=WITH.editions)
        result = run([HUBEI], reading, select=[rule.code], editions=WITH.editions)
        assert [outcome.status for outcome in result.outcomes] == [status]


@pytest.mark.parametrize(("region", "applies"), [("420000", True), ("420100", True), ("130100", False), (None, False)])
def test_the_rules_are_for_hubei(region: str | None, applies: bool) -> None:
    report = example_report("2019", 0)
    report = attrs.evolve(report, year=2020, publisher=attrs.evolve(report.publisher, region_code=region))
    codes = {outcome.code for outcome in check(report, plugins=WITH).outcomes}
    assert ("HB-DIS001" in codes) is applies
