"""Which reports the two sets are about, and how severe a finding is where: by place and year."""

from __future__ import annotations

import attrs
import govinfo_gansu
import pytest

from govinfo.choice import rule_sets_for
from govinfo.engines.one import run
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.schema import Publisher
from govinfo.testing.bases import base_reading, build

WRONG = {
    "sections.overview": "制发规范性文件4件。",
    "disclosure.normative_documents.issued": 3,
}


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    return load_plugins(
        entry_points=False, candidates=[Candidate("gansu", "govinfo-gansu", "0.1.0", lambda: govinfo_gansu)]
    )


@pytest.mark.parametrize(
    ("code", "year", "severity"),
    [
        ("620600", 2025, "warning"),
        ("620622", 2025, "warning"),
        ("620600", 2026, "info"),
        ("620500", 2025, "info"),
        ("620000", 2026, "info"),
        ("620600", 2024, None),
        ("130600", 2025, None),
        (None, 2025, None),
    ],
)
def test_a_wrong_number(plugins: Plugins, code: str | None, year: int, severity: str | None) -> None:
    report = attrs.evolve(build(change={**WRONG, "year": year}).report, publisher=Publisher("某局", code))
    result = run(rule_sets_for(plugins, None, report), base_reading(report))
    found = [finding for finding in result.findings if finding.code == "GS-NAR001"]
    assert [finding.severity.value for finding in found] == ([severity] if severity else [])
    notes = [finding.note.zh for finding in found if finding.note is not None]
    assert ["武政办发〔2025〕54号" in note for note in notes] == ([severity == "warning"] if severity else [])
