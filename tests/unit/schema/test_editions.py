"""A form that adds rows to a national one: counted as that one, with cells of its own."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import jsonschema
import pytest
from tests.unit.test_plugins import giving, plugin

from govinfo import LinearRule, RuleSet, Severity, Text, check, read
from govinfo.batch.form import choose_classes
from govinfo.engines.examples import home_of
from govinfo.findings import Status
from govinfo.hookspecs import Edition
from govinfo.plugins import Plugins, load_plugins
from govinfo.rules.inspect import inspect
from govinfo.rules.national import NATIONAL
from govinfo.rules.rows import compile_rule
from govinfo.schema import Applications2021, Disclosure2019, Disclosure2021, Report, cells, leaves
from govinfo.schema.convert import RecordError, from_json, to_json
from govinfo.schema.disclosure import Decisions, Documents2021
from govinfo.schema.editions import EDITIONS, forms_of, national
from govinfo.schema.fields import block
from govinfo.schema.form import form_grid
from govinfo.schema.jsonschema import json_schema
from govinfo.schema.paths import tables_of
from govinfo.testing import example_report, render

WORDS = Text("字", "words")


@attrs.frozen
class Disclosure2021Wide(Disclosure2021):
    """Two rows more: one in the middle, one of another shape at the end, under a heading of its own."""

    edition: ClassVar[str] = "2021-wide"
    extends: ClassVar[str | None] = "2021"

    letters: Documents2021 = block(Documents2021, "公开信", en="open letters", after="regulations")
    rewards: Decisions = block(Decisions, "行政奖励", en="administrative rewards", under="第二十条第（七）项")


KNOWN = {**EDITIONS, "disclosure": {**EDITIONS["disclosure"], "2021-wide": Disclosure2021Wide}}
WIDE = example_report("2021", 3, profile="large", forms={"disclosure": Disclosure2021Wide})


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    edition = Edition("disclosure", "2021-wide", Disclosure2021Wide)
    loaded = load_plugins(entry_points=False, candidates=[plugin("wide", govinfo_editions=giving(edition))])
    assert loaded.problems == ()
    return loaded


def test_a_row_stands_behind_the_one_it_names() -> None:
    rows = [row[0].text for row in form_grid(Disclosure2021Wide) if row[-1].path]
    assert rows[:4] == ["规章", "公开信", "行政规范性文件", "行政许可"]
    assert rows[-1] == "行政奖励"
    headings = [row[0].text for row in form_grid(Disclosure2021Wide) if len(row) == 1]
    assert headings == [*(row[0].text for row in form_grid(Disclosure2021) if len(row) == 1), "第二十条第（七）项"]


def test_it_counts_as_the_edition_it_extends() -> None:
    assert WIDE.editions == {"disclosure": "2021-wide", "applications": "2021"}
    assert WIDE.national_editions == {"disclosure": "2021", "applications": "2021"}
    assert WIDE.edition == "2021"
    assert [national(form) for form in (Disclosure2021Wide, Disclosure2021, Applications2021)] == ["2021"] * 3


def test_forms_of_an_edition() -> None:
    assert forms_of("2021-wide", KNOWN) == {"disclosure": Disclosure2021Wide, "applications": Applications2021}
    assert forms_of("2021", KNOWN)["disclosure"] is Disclosure2021
    with pytest.raises(KeyError):
        forms_of("2021-wide")


def test_its_record_reads_back_where_it_is_known() -> None:
    record = to_json(WIDE)
    assert from_json(record, KNOWN) == WIDE
    jsonschema.Draft202012Validator(json_schema(KNOWN)).validate(record)
    with pytest.raises(RecordError, match=r"unknown edition '2021-wide', known are 2019, 2021; .* needs .* plugin"):
        from_json(record)


def limited(edition: str | None, relation: str = "disclosure.{count} >= 0") -> LinearRule:
    return LinearRule("TST001", Severity.INFO, WORDS, WORDS, relation, edition=edition)


@pytest.mark.parametrize(("edition", "own", "base"), [(None, 12, 9), ("2021", 12, 9), ("2021-wide", 12, 0)])
def test_rules_of_the_edition_it_extends_apply(edition: str | None, own: int, base: int) -> None:
    for form, rows in ((Disclosure2021Wide, own), (Disclosure2021, base)):
        classes = {**tables_of(Report()), "disclosure": form}
        counts = [leaf for leaf in leaves(form) if not leaf.spec.unit]
        found = compile_rule(limited(edition), classes, KNOWN)
        assert len(found) == (len(counts) if rows else 0)


def test_a_rule_about_its_cells_does_not_concern_other_forms(plugins: Plugins) -> None:
    rule = limited(None, "disclosure.letters.issued <= disclosure.letters.in_force + 1000000")
    with_rule = plugins.with_rule_set(RuleSet("mine", WORDS, (rule,)), "mine.toml")
    for report, status in ((WIDE, Status.PASSED), (example_report("2021", 1), Status.NOT_APPLICABLE)):
        result = check(report, rules=["mine"], plugins=with_rule)
        assert [outcome.status for outcome in result.outcomes] == [status]


def test_rules_are_explained_on_the_national_form_where_it_has_their_cells() -> None:
    assert home_of(limited(None), KNOWN)[0].editions["disclosure"] == "2021"
    assert home_of(limited("2021-wide"), KNOWN)[0].editions == WIDE.editions


def test_the_national_rules_hold_together_on_it() -> None:
    for inspection in inspect([NATIONAL], KNOWN):
        assert {"2019", "2021", "2021-wide"} <= set(inspection.editions)
        assert [remark for remark in inspection.remarks if remark.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    ("first", "last", "editions", "concerned"),
    [(None, None, ("2021",), True), (None, None, ("2021-wide",), True), (None, None, ("2019",), False)],
)
def test_a_rule_set_for_an_edition_is_for_what_extends_it(
    first: int | None, last: int | None, editions: tuple[str, ...], concerned: bool
) -> None:
    assert RuleSet("x", WORDS, first_year=first, last_year=last, editions=editions).concerns(WIDE) is concerned


def test_columns_tell_which_form_a_table_is_of() -> None:
    classes = {form: choose_classes(list(cells(report)), KNOWN)[0] for form, report in reports().items()}
    assert classes == {form: form for form in classes}


def reports() -> dict[type[Any], Report]:
    made = {form: example_report("2021", 1, profile="few", forms={"disclosure": form}) for form in FORMS}
    return {**made, Disclosure2019: example_report("2019", 1, profile="few")}


FORMS = (Disclosure2021, Disclosure2021Wide)


@pytest.mark.parametrize("layout", ["html", "tabs", "lines_plain"])
def test_what_is_printed_decides(plugins: Plugins, layout: str) -> None:
    for report in reports().values():
        assert read(render(report, layout), plugins=plugins).report == report


def test_without_it_its_rows_are_said_and_every_other_figure_is_read() -> None:
    reading = read(render(WIDE, "html"), plugins=load_plugins(entry_points=False))
    own = cells(WIDE)
    assert cells(reading.report) == {path: own[path] for path in cells(reading.report)}
    assert reading.report.edition == "2021"
    said = [problem.message.zh for problem in reading.problems if problem.code == "SRC012"]
    assert [any(label in message for message in said) for label in ("公开信", "行政奖励")] == [True, False]


def stranger(extends: str, base: type[Any]) -> type[Any]:
    return type("Stranger", (base,), {"edition": "x", "extends": extends})


@pytest.mark.parametrize("form", [stranger("2019", Disclosure2021), stranger("1999", Disclosure2021)])
def test_a_form_that_does_not_derive_from_what_it_extends_is_refused(form: type[Any]) -> None:
    candidate = plugin("bad", govinfo_editions=giving(Edition("disclosure", "x", form)))
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    (problem,) = loaded.problems
    assert "extends" in problem.text.en
    assert "x" not in loaded.editions["disclosure"]
