"""Laws of reviewed findings: what is dismissed goes, all else stays as it was, and a changed cell brings it back."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import govinfo
from govinfo.findings import Result
from govinfo.review import Entry, value_of
from govinfo.review.adding import add_entry
from govinfo.schema import Report, cells
from govinfo.schema.convert import to_json
from govinfo.testing import example_report, replace_cells
from govinfo.testing.damage import DamagedDocument
from govinfo.testing.strategies import damaged, single_faults

examples: Any = st.builds(example_report, st.sampled_from(["2019", "2021", "mixed"]), st.integers(0, 10_000))


def dismissed(path: Path, result: Result, number: int) -> str:
    """Dismiss the finding with this number; return its fingerprint."""
    finding = result.findings[number]
    entry = Entry(finding.fingerprint, "已核实", path.name, finding.code, value_of(finding, result.reading))
    add_entry(str(path), entry, finding.message.zh)
    return finding.fingerprint


def holds(path: Path, data: Any) -> tuple[Result, int]:
    """Dismiss any finding of a report, see that it is gone and nothing else; return what was there before."""
    before = govinfo.check(path)
    assume(before.findings)
    number = data.draw(st.integers(0, len(before.findings) - 1))
    fingerprint = dismissed(path, before, number)
    after = govinfo.check(path)
    # a finding that is said twice of the same figures is one
    assert after.findings == tuple(one for one in before.findings if one.fingerprint != fingerprint)
    assert [one.finding for one in after.dismissed] == [f for f in before.findings if f.fingerprint == fingerprint]
    assert (after.outcomes, after.implied) == (before.outcomes, before.implied)
    assert govinfo.check(path, review=False) == before
    return before, number


@given(examples, st.data())
def test_dismissing_a_finding_removes_that_one_and_a_changed_cell_brings_it_back(report: Report, data: Any) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        report = replace_cells(report, dict([data.draw(single_faults(report))]))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "甲.json")
        path.write_text(json.dumps(to_json(report)), encoding="utf-8")
        before, number = holds(path, data)
        first = before.findings[number].paths[0]
        value = cells(report).get(first)
        assume(isinstance(value, int))  # mixed editions are a finding about whole tables
        assert isinstance(value, int)
        changed = value + data.draw(st.integers(1, 100))
        path.write_text(json.dumps(to_json(replace_cells(report, {first: changed}))), encoding="utf-8")
        assert govinfo.check(path) == govinfo.check(path, review=False)


@given(damaged(), st.data())
def test_any_finding_of_any_document_can_be_dismissed(document: DamagedDocument, data: Any) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "甲")
        path.write_bytes(document.content)
        holds(path, data)
