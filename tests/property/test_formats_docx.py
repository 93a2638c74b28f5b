"""Laws of Word documents: what another program wrote, and an office changed, is read as it was printed."""

from __future__ import annotations

import functools

import pytest

import govinfo
from govinfo.documents.model import Cell
from govinfo.documents.word.docx import read_docx
from govinfo.errors import ReadError
from govinfo.schema import Report, cells
from govinfo.testing import example_report, print_report
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.docx import DOCX_FORMATS

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
PROFILES: tuple[Profile, ...] = ("zero", "few", "large")
NAMES = [known.name for known in DOCX_FORMATS]


@functools.cache
def written(
    name: str, edition: Edition, seed: int, profile: Profile = "few", blanks: float = 0.0
) -> tuple[Report, bytes]:
    made = FORMATS[name]
    if made.lacking():
        pytest.skip(f"needs {made.lacking()}")
    report = example_report(edition, seed, profile=profile, blanks=blanks)
    return report, made.write(print_report(report))


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_read_back_whole(name: str, edition: Edition, profile: Profile) -> None:
    report, content = written(name, edition, 31, profile)
    reading = govinfo.read(content)
    assert reading.report == report
    assert {problem.code for problem in reading.problems} <= {"SRC008"}  # a sum printed without its unit


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_blanks_are_blanks_and_no_figure_is_in_a_wrong_cell(name: str, edition: Edition) -> None:
    report, content = written(name, edition, 32, blanks=0.3)
    found = cells(govinfo.read(content).report)
    assert {path: (value, found[path]) for path, value in cells(report).items() if found[path] != value} == {}


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_stands_in_its_cell(name: str) -> None:
    report, content = written(name, "2021", 33, "large")
    reading = govinfo.read(content)
    assert reading.document is not None
    assert reading.document.numbering == "paragraph"
    lines = [block.line for block in reading.document.blocks]
    assert lines == sorted(lines)
    places = [reading.origins[path] for path in cells(report) if path.partition(".")[0] == "applications"]
    assert len({(place.table, place.row, place.col) for place in places if isinstance(place, Cell)}) == len(places)


@pytest.mark.parametrize("name", ["docx", "docx_flat"])
def test_a_document_that_was_cut_off_is_refused(name: str) -> None:
    _, content = written(name, "2021", 31)
    for length in range(200, len(content) - 30, len(content) // 40):
        with pytest.raises(ReadError):
            govinfo.read(content[:length])


def test_a_document_with_changed_bytes_is_read_or_refused() -> None:
    _, content = written("docx_flat", "2021", 31)
    kinds = set()
    for place in range(200, len(content), len(content) // 60):
        try:
            read_docx(content[:place] + b"<" + content[place + 1 :], "")
        except ReadError as error:
            kinds.add(error.kind)
    assert kinds == {"damaged"}
