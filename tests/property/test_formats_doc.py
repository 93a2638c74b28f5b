"""Laws of Word 97, RTF and OpenDocument: what another program wrote is read as it was printed."""

from __future__ import annotations

import functools

import pytest

import govinfo
from govinfo.documents.model import Cell
from govinfo.errors import ReadError
from govinfo.schema import Report, cells
from govinfo.testing import LAYOUTS, example_report, print_report, render
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.libreoffice import convert_all, lacking

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
PROFILES: tuple[Profile, ...] = ("zero", "few", "large")
NAMES = ("doc", "rtf")
PAGES = [name for name, one in LAYOUTS.items() if one.suffix == ".html" and one.keeps_cells]

pytestmark = pytest.mark.skipif(bool(lacking()), reason=f"needs {lacking()}")


@functools.cache
def published(name: str) -> list[tuple[Report, bytes]]:
    """Reports of every edition, with zeros, large figures and blanks; written in one go."""
    made = [example_report(edition, 51, profile=profile) for edition in EDITIONS for profile in PROFILES]
    made += [example_report(edition, seed, blanks=0.2) for edition in EDITIONS for seed in (52, 53)]
    return list(zip(made, convert_all([render(one, "html") for one in made], "html", name), strict=True))


@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_read_back_whole(name: str) -> None:
    for report, content in published(name):
        reading = govinfo.read(content)
        found = cells(reading.report)
        assert {path: (value, found[path]) for path, value in cells(report).items() if found[path] != value} == {}
        assert reading.report == report
        page = govinfo.read(render(report, "html"))
        assert {problem.code for problem in reading.problems} == {problem.code for problem in page.problems}


def test_opendocument_is_read_back_whole() -> None:
    report = example_report("mixed", 54)
    reading = govinfo.read(FORMATS["odt"].write(print_report(report)))
    assert reading.report == report
    assert {problem.code for problem in reading.problems} <= {"SRC008", "SRC021"}


@pytest.mark.parametrize("name", NAMES)
def test_every_manner_of_page_is_read_back_from_what_a_word_processor_makes_of_it(name: str) -> None:
    report = example_report("2021", 55, profile="large")
    made = convert_all([render(report, page) for page in PAGES], "html", name)
    for page, content in zip(PAGES, made, strict=True):
        found = cells(govinfo.read(content).report)
        wrong = {path: (value, found[path]) for path, value in cells(report).items() if found[path] != value}
        assert wrong == {}, page


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_stands_in_its_cell(name: str) -> None:
    report, content = published(name)[5]
    reading = govinfo.read(content)
    assert reading.document is not None
    assert reading.document.numbering == "paragraph"
    lines = [block.line for block in reading.document.blocks]
    assert lines == sorted(lines)
    paths = [path for path in cells(report) if path.partition(".")[0] in ("applications", "disputes", "disclosure")]
    places = [reading.origins[path] for path in paths]
    assert len({(place.table, place.row, place.col) for place in places if isinstance(place, Cell)}) == len(paths)


@pytest.mark.parametrize("name", NAMES)
def test_a_document_that_was_cut_off_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_NO_SOFFICE", "1")
    _, content = published(name)[0]
    for length in range(200, len(content) - 2100, len(content) // 40):
        with pytest.raises(ReadError):
            govinfo.read(content[:length])


@pytest.mark.parametrize("name", NAMES)
def test_a_document_with_changed_bytes_is_read_or_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_NO_SOFFICE", "1")
    _, content = published(name)[0]
    kinds = set()
    for place in range(0, len(content), len(content) // 150):
        for byte in (0, 255):
            try:
                govinfo.read(content[:place] + bytes((byte,)) * 4 + content[place + 4 :])
                kinds.add("read")
            except ReadError as error:
                kinds.add(error.kind)
    assert "read" in kinds
    assert "internal" not in kinds
