"""The reports in ``examples/``: one per layout, as the script writes them, with the findings they are there to show."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

import govinfo
from govinfo.api import check_files
from govinfo.findings import Status
from govinfo.hookspecs import CheckedFile
from govinfo.testing import LAYOUTS

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples"

FINDINGS: dict[str, list[str]] = {
    "cell-and-bar-alternating.txt": ["DSP003"],
    "cell-and-bar.txt": ["FEE001"],
    "markdown.md": [],
    "official.ofd": [],
    "one-cell-per-line-blank-lines.txt": [],
    "one-cell-per-line-flush.txt": [],
    "one-cell-per-line.txt": [],
    "pdf-text.txt": [],
    "pipes.txt": [],
    "printed.pdf": ["DSP001"],
    "tabs-missing-fields.txt": ["DOC004"],
    "tabs.txt": ["APP001"],
    "web-paragraphs.html": [],
    "web-site-page.html": [],
    "web-table-split.html": ["DOC005", "DOC010"],
    "web-table.html": ["DOC007"],
    "word-paste.html": ["DSP001"],
    "word.docx": ["APP002"],
    "workbook.xlsx": [],
    "wps-paste.html": ["DOC003", "DOC008"],
}
"""Codes by file, in the order of the findings."""
UNDECIDED = {"pipes.txt": 8}
"""Balance equations that cannot be judged."""
EDITIONS = {"markdown.md": "2019", "web-table-split.html": "mixed"}
"""Where it is not 2021."""


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_examples", ROOT / "docs" / "make_examples.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def checked() -> dict[str, CheckedFile]:
    return {Path(file.file).name: file for file in check_files([FOLDER])}


def test_they_are_as_the_script_writes_them(script: ModuleType) -> None:
    wanted = {example.file: script.build(example) for example in script.EXAMPLES}
    found = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    stale = sorted(name for name in wanted | found if not same(wanted.get(name), found.get(name), name))
    assert not stale, f"run `python docs/make_examples.py` and commit what it writes: {', '.join(stale)}"


def same(wanted: bytes | None, found: bytes | None, name: str) -> bool:
    """Whether two files are the same; office programs write the time into theirs, so of these the reports are."""
    if wanted == found or wanted is None or found is None or name.endswith((".txt", ".html", ".md")):
        return wanted == found
    return govinfo.read(wanted).report == govinfo.read(found).report


def test_every_layout_has_one(script: ModuleType) -> None:
    missing = LAYOUTS.keys() - {example.layout for example in script.EXAMPLES}
    assert not missing, f"add an example to docs/make_examples.py for the layouts {sorted(missing)}"


def test_all_can_be_read(checked: dict[str, CheckedFile]) -> None:
    assert {name: file.error.text.en for name, file in checked.items() if file.error} == {}
    assert checked.keys() == FINDINGS.keys()


@pytest.mark.parametrize("name", FINDINGS)
def test_what_is_found(name: str, script: ModuleType, checked: dict[str, CheckedFile]) -> None:
    result = checked[name].result
    assert result is not None
    example = next(example for example in script.EXAMPLES if example.file == name)
    assert [finding.code for finding in result.findings] == FINDINGS[name]
    assert result.count(Status.UNDECIDED, equations_only=True) == UNDECIDED.get(name, 0)
    assert result.count(Status.CRASHED) == 0
    report = result.reading.report
    assert (report.publisher.name, report.year) == (example.publisher, example.year)
    assert report.edition == EDITIONS.get(name, "2021")


def test_the_wrong_total_and_its_place(checked: dict[str, CheckedFile]) -> None:
    result = checked["word-paste.html"].result
    assert result is not None
    (finding,) = result.findings
    assert (finding.paths[0], finding.actual, finding.expected) == ("disputes.reconsideration.total", 0, 11)
    assert finding.location is not None
    assert finding.location.raw == "0"
    assert (finding.location.row, finding.location.cell) == (4, 5)


def test_the_dropped_digit_is_in_every_broken_equation(checked: dict[str, CheckedFile]) -> None:
    result = checked["tabs.txt"].result
    assert result is not None
    (finding,) = result.findings
    assert [part.code for part in finding.parts] == ["APP001", "APP002", "APP003"]
    assert all("applications.natural_person.concluded" in part.paths for part in finding.parts)
    (cell,) = finding.suggestions[0].cells
    assert (cell.path, cell.reported, cell.proposed) == ("applications.natural_person.concluded", 4, 47)
