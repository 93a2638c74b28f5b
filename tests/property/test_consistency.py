"""Laws of checking: a consistent report has no findings, one wrong figure is found where it stands."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.findings import Result, Severity, Status
from govinfo.schema import Missing, Report, cells
from govinfo.testing import LAYOUTS, Layout, example_report, render, replace_cells
from govinfo.testing.examples import Edition
from govinfo.testing.strategies import layouts, reports, single_faults

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
examples: Any = st.builds(example_report, st.sampled_from(EDITIONS), st.integers(0, 10_000))

MIXED = {"DOC005", "DOC010"}
"""What a report with two editions earns: a table of the wrong edition for its year, and the mixture itself."""


def earned(report: Report, *, published: bool) -> set[str]:
    """The codes an otherwise consistent report honestly earns."""
    codes = set(MIXED) if report.edition == "mixed" else set()
    procurement = getattr(report.disclosure, "procurement", None)
    if published and procurement is not None and procurement.amount_unit is None and procurement.amount:
        codes.add("SRC008")  # a sum of money whose unit is not printed
    return codes


def codes(result: Result) -> set[str]:
    return {finding.code for finding in result.findings}


def sound(result: Result) -> None:
    assert [f for f in result.findings if f.severity is Severity.ERROR] == []
    assert result.count(Status.CRASHED) == 0
    assert result.count(Status.FAILED, equations_only=True) == 0


@given(reports())
def test_a_consistent_report_has_no_findings(report: Report) -> None:
    result = govinfo.check(report)
    sound(result)
    assert codes(result) == earned(report, published=False)
    assert result.count(Status.UNDECIDED, equations_only=True) == 0


@given(reports(blanks=True))
def test_a_consistent_report_with_blanks_has_no_findings(report: Report) -> None:
    result = govinfo.check(report)
    sound(result)
    assert codes(result) == earned(report, published=False)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_consistent_report_has_no_findings_when_published(layout: str, edition: Edition) -> None:
    for profile in ("zero", "few", "large"):
        report = example_report(edition, 8, profile=profile)
        result = govinfo.check(render(report, layout))
        sound(result)
        doubtful = {f.code for f in result.findings if f.severity is Severity.INFO and f.code.startswith("SRC")}
        allowed = earned(report, published=True) | (set() if LAYOUTS[layout].keeps_rows else doubtful)
        assert codes(result) <= allowed
        assert codes(result) >= earned(report, published=True) - {"SRC008"}


@given(examples, st.data(), layouts())
def test_one_wrong_figure_is_found_where_it_stands(report: Report, data: Any, layout: Layout) -> None:
    """The published page and the report itself give the same broken equations; each finding leads to its cell."""
    path, wrong = data.draw(single_faults(report))
    changed = replace_cells(report, {path: wrong})
    result = govinfo.check(render(changed, layout))
    broken = {(o.code, o.binding) for o in result.outcomes if o.status is Status.FAILED and o.code in result.equations}
    direct = govinfo.check(changed)
    assert broken == {
        (o.code, o.binding) for o in direct.outcomes if o.status is Status.FAILED and o.code in direct.equations
    }
    assert broken
    off = abs(wrong - cells(report)[path])
    for finding in result.findings:
        if finding.code in result.equations:
            assert path in finding.paths
            assert finding.severity is Severity.ERROR
            assert finding.delta in (off, -off)
            assert finding.location is not None
            assert finding.location.line > 0
            assert finding.location.raw


@given(reports(blanks=True), st.data())
def test_undecided_is_never_passed(report: Report, data: Any) -> None:
    """Filling the blanks with what the report had cannot turn a passed equation into a failed one, nor back."""
    paths = [path for path, value in cells(report).items() if isinstance(value, int)]
    hidden = data.draw(st.sets(st.sampled_from(paths), max_size=30))
    partial = govinfo.check(replace_cells(report, dict.fromkeys(hidden, Missing.UNREADABLE)))
    whole = {(o.code, o.binding): o.status for o in govinfo.check(report).outcomes}
    for outcome in partial.outcomes:
        if outcome.code in partial.equations and outcome.status in (Status.PASSED, Status.FAILED):
            assert whole[outcome.code, outcome.binding] in (outcome.status, Status.UNDECIDED)
