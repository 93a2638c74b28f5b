"""Documents of our own, one for each kind of damage seen in published reports, with what a true reading gives.

``reports/NAME.json`` beside each holds publisher, year, edition, every figure that is not zero, every cell that has no
number with the reason, and the codes of what the reading noted. Every cell not named is 0. Where a better reader finds
more, move the cell from ``missing`` to ``figures`` after looking at the document; a figure that is there never changes.
"""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import govinfo
from govinfo.findings import Severity
from govinfo.schema import Missing, cells

FOLDER = Path(__file__).parent / "reports"
DOCUMENTS = sorted(path for path in FOLDER.iterdir() if path.suffix != ".json")
SECTIONS = ("overview", "disclosure", "applications", "disputes", "problems", "other_matters")


def expected(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.with_name(f"{path.name}.json").read_text(encoding="utf-8")))


def test_every_document_has_its_truth() -> None:
    beside = {path.name.removesuffix(".json") for path in FOLDER.glob("*.json")}
    assert beside == {path.name for path in DOCUMENTS}, f"in {FOLDER} each document needs a .json beside it"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_damaged_document_is_read_as_it_stands(path: Path) -> None:
    truth, reading = expected(path), govinfo.read(path)
    report = reading.report
    assert (report.publisher.name, report.year, report.edition) == (
        truth["publisher"],
        truth["year"],
        truth["edition"],
    )
    found = {path: value for path, value in cells(report).items() if not path.startswith("processing_fee.")}
    figures = {key: Decimal(value) for key, value in truth["figures"].items() if not key.startswith("processing_fee.")}
    missing = {key: Missing(reason) for reason, keys in truth["missing"].items() for key in keys}
    numbers = {key: value for key, value in found.items() if not isinstance(value, Missing)}
    assert {key: value for key, value in numbers.items() if value} == figures
    assert {key: value for key, value in found.items() if isinstance(value, Missing)} == missing
    assert sorted({problem.code for problem in reading.problems}) == truth["problems"]
    if path.name != "repeated_lines_removed.txt":
        assert [name for name in SECTIONS if getattr(report.sections, name) is None] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_correct_report_is_not_accused(path: Path) -> None:
    result = govinfo.check(path)
    assert [f.code for f in result.findings if f.code in result.equations] == []
    accused = {f.code for f in result.findings if f.severity is Severity.ERROR}
    assert accused <= {"DOC002"}, "only a table that could not be found at all may be called an error"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_what_is_missing_is_said(path: Path) -> None:
    """No cell of a printed table is missing without a finding or a reason that the document itself gives."""
    result = govinfo.check(path)
    unread = {Missing.ABSENT, Missing.UNREADABLE}
    lost = {row_of(key) for key, value in cells(result.reading.report).items() if value in unread}
    said = {row_of(named) for finding in result.findings for named in finding.paths}
    silent = {row for row in lost - said if row.partition(".")[0] not in said | {"processing_fee"}}
    assert silent == set()


def row_of(path: str) -> str:
    """The row of a cell of table 3, whichever the column; findings name a row by one of its cells."""
    table, _, rest = path.partition(".")
    return f"{table}.{rest.partition('.')[2]}" if table == "applications" and rest else path
