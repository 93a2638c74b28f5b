"""The plugin's own tests: each rule passes, fails and is undecided; the format keeps its cells apart."""

from __future__ import annotations

import attrs
import govinfo_example
import pytest
from govinfo_example.rules import EXAMPLE

from govinfo import Missing, Report, Status, check, write
from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.rules.model import Rule
from govinfo.schema import ApplicantColumn2021, Applications2021, Sections
from govinfo.testing.bases import build


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    candidate = Candidate("example", "govinfo-example", "0.1.0", lambda: govinfo_example)
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    assert loaded.problems == ()
    return loaded


def report(received: int | Missing = 5, carried_out: int = 0, overview: str | None = "短") -> Report:
    total = ApplicantColumn2021(received=received, carried_out=carried_out)
    return Report(applications=attrs.evolve(Applications2021(), total=total), sections=Sections(overview=overview))


@pytest.mark.parametrize(
    ("code", "given", "status"),
    [
        ("EX-APP001", report(received=5, carried_out=5), Status.PASSED),
        ("EX-APP001", report(received=5, carried_out=6), Status.FAILED),
        ("EX-APP001", report(received=Missing.BLANK, carried_out=6), Status.UNDECIDED),
        ("EX-DOC001", report(overview="字" * 1000), Status.PASSED),
        ("EX-DOC001", report(overview="字" * 1001), Status.FAILED),
        ("EX-DOC001", report(overview=None), Status.UNDECIDED),
    ],
)
def test_rule(plugins: Plugins, code: str, given: Report, status: Status) -> None:
    result = check(given, rules=["example"], select=[code], plugins=plugins)
    assert [outcome.status for outcome in result.outcomes] == [status]
    assert len(result.findings) == (status is Status.FAILED)


@pytest.mark.parametrize("rule", EXAMPLE.rules, ids=lambda rule: rule.code)
def test_examples_are_what_they_are_said_to_be(rule: Rule) -> None:
    explained = explain(rule)
    for example, status in ((explained.passes, Status.PASSED), (explained.fails, Status.FAILED)):
        assert example is not None
        assert example.report is not None
        result = run([EXAMPLE], build(**example.report), select=[rule.code])
        assert [outcome.status for outcome in result.outcomes] == [status]


def test_format(plugins: Plugins) -> None:
    result = check(report(received=1, carried_out=2), rules=["example"], plugins=plugins)
    written = write(result, format="tsv", lang="en", plugins=plugins)
    assert written is not None
    header, line = written.decode().splitlines()
    assert header.split("\t")[:3] == ["file", "code", "severity"]
    assert line.split("\t")[1:3] == ["EX-APP001", "info"]


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-1", "-1"), ("-x", "'-x"), ("a\tb\nc", "a b c"), ("@x", "'@x")],
)
def test_cells_cannot_act(text: str, cell: str) -> None:
    from govinfo_example.tsv import _cell

    assert _cell(text) == cell
