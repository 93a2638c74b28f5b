"""Laws of PDF files: whatever program wrote one, and wherever its pages end, every figure is read as it was printed."""

from __future__ import annotations

import functools
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govinfo
from govinfo.documents.model import Cell
from govinfo.schema import Missing, Report, Value, cells
from govinfo.testing import example_report, print_report
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.docx import docx
from govinfo.testing.formats.libreoffice import convert_all
from govinfo.testing.formats.libreoffice import lacking as lacking_libreoffice
from govinfo.testing.formats.pdf import PDF_FORMATS, chromium, lacking_chromium, typeset

pytest.importorskip("pypdfium2", reason="pip install pypdfium2")
pytest.importorskip("reportlab", reason="pip install reportlab")

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
PROFILES: tuple[Profile, ...] = ("zero", "few", "large")
NAMES = [known.name for known in PDF_FORMATS]


def differing(report: Report, found: Report) -> dict[str, tuple[Value, Value | None]]:
    """What was read otherwise than it was printed, by path."""
    read = cells(found)
    return {path: (value, read.get(path)) for path, value in cells(report).items() if read.get(path) != value}


def misread(report: Report, found: Report) -> dict[str, tuple[Value, Value | None]]:
    """Figures that were read otherwise, or where none is, and not said to be missing.

    None: the table was taken for the other edition, which has no such cell.
    """
    unsaid = (Missing.UNREADABLE, Missing.ABSENT, None)
    return {
        path: (printed, read)
        for path, (printed, read) in differing(report, found).items()
        if read not in unsaid and not (isinstance(printed, Missing) and isinstance(read, Missing))
    }


@functools.cache
def written(
    name: str, edition: Edition, seed: int, profile: Profile = "few", blanks: float = 0.0
) -> tuple[Report, bytes]:
    made = FORMATS[name]
    if made.lacking():
        pytest.skip(f"needs {made.lacking()}")
    report = example_report(edition, seed, profile=profile, blanks=blanks)
    return report, made.write(print_report(report))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_read_back_whole(name: str, edition: Edition) -> None:
    report, content = written(name, edition, 41, "few")
    reading = govinfo.read(content)
    assert differing(report, reading.report) == {}
    if name != "pdf_unruled":  # where headings without rulings end and text begins nobody can always tell
        assert reading.report == report  # titles, dates and sections, too: lines are paragraphs again
    assert {problem.code for problem in reading.problems} <= {"SRC008"}  # a sum printed without its unit


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("name", [name for name in NAMES if FORMATS[name].keeps_blanks])
def test_blanks_are_blanks_and_large_figures_whole(name: str, profile: Profile) -> None:
    report, content = written(name, "2021", 42, profile, 0.05)
    assert differing(report, govinfo.read(content).report) == {}


@pytest.mark.parametrize("name", ["pdf", "pdf_cut"])
def test_every_figure_stands_in_its_cell_on_its_page(name: str) -> None:
    report, content = written(name, "2021", 43, "large")
    reading = govinfo.read(content)
    assert reading.document is not None
    assert reading.document.numbering == "none"
    lines = [block.line for block in reading.document.blocks]
    assert lines == sorted(lines)
    places = [reading.origins[path] for path in cells(report) if path.partition(".")[0] == "applications"]
    assert len({(place.table, place.row, place.col) for place in places if isinstance(place, Cell)}) == len(places)
    assert len({place.page for place in places}) > 1
    assert min(place.page for place in places) > 0


fewer = settings(max_examples=settings().max_examples // 4)
"""Typesetting takes ten times as long as reading."""


@st.composite
def layouts(draw: st.DrawFn) -> dict[str, Any]:
    """Pages of any size, so that they end anywhere in a table."""
    return {
        "size": (draw(st.integers(430, 650)), draw(st.integers(420, 900))),
        "margin": draw(st.integers(30, 60)),
        "font": draw(st.sampled_from([7.0, 8.0, 9.0, 10.5])),
        "repeat": draw(st.sampled_from([0, 3])),
        "upright": draw(st.booleans()),
        "numbered": draw(st.sampled_from(["- {} -", "— {} —", "第{}页", "{}", "", "{}/99"])),
    }


reports = st.builds(
    example_report,
    st.sampled_from(EDITIONS),
    st.integers(0, 10_000),
    profile=st.sampled_from(PROFILES),
    blanks=st.sampled_from([0.0, 0.0, 0.02]),
)


@fewer
@given(reports, layouts())
def test_wherever_pages_end_every_figure_is_right(report: Report, how: dict[str, Any]) -> None:
    assert differing(report, govinfo.read(typeset(print_report(report), **how)).report) == {}


@fewer
@given(reports, layouts())
def test_a_row_cut_in_two_is_one_row(report: Report, how: dict[str, Any]) -> None:
    how |= {"split": True, "repeat": 0}
    assert differing(report, govinfo.read(typeset(print_report(report), **how)).report) == {}


@fewer
@given(reports, layouts())
def test_without_rulings_a_figure_is_right_or_said_to_be_missing(report: Report, how: dict[str, Any]) -> None:
    assert misread(report, govinfo.read(typeset(print_report(report), ruled=False, **how)).report) == {}


def test_figures_folded_over_lines_are_unreadable_without_rulings() -> None:
    report = example_report("2021", 5, profile="large")
    how: dict[str, Any] = {"size": (430, 700), "margin": 40, "font": 10.5}
    found = govinfo.read(typeset(print_report(report), ruled=False, **how)).report
    assert misread(report, found) == {}
    assert cells(found)["applications.total.received"] is Missing.UNREADABLE


def resized(document: Any, seed: int) -> None:
    """Give a Word document pages of another height, rows of other heights and smaller figures."""
    from docx.shared import Pt

    chance = random.Random(seed)
    section = document.sections[0]
    section.page_height = Pt(chance.uniform(330, 900))
    size = chance.choice([7, 8, 9])
    for table in document.tables:
        for row in table.rows:
            if chance.random() < 0.3:
                row.height = Pt(chance.uniform(14, 60))
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.space_after = Pt(0)
                    for run in paragraph.runs:
                        run.font.size = Pt(size)
    if chance.random() < 0.5:
        section.header.paragraphs[0].text = "青河市政府信息公开工作年度报告"
        section.footer.paragraphs[0].text = "- 1 -"


def test_rows_cut_by_the_pages_of_libreoffice_are_rows() -> None:
    if lacking_libreoffice():
        pytest.skip(f"needs {lacking_libreoffice()}")
    pytest.importorskip("docx", reason="pip install python-docx")
    made = [example_report(EDITIONS[seed % 3], seed, profile=PROFILES[seed % 2]) for seed in range(16)]
    contents = [docx(print_report(report), functools.partial(resized, seed=seed)) for seed, report in enumerate(made)]
    for report, content in zip(made, convert_all(contents, "docx", "pdf"), strict=True):
        assert differing(report, govinfo.read(content).report) == {}


@pytest.mark.parametrize("height", [330, 420, 555, 700])
def test_rows_cut_by_the_pages_of_a_browser_are_rows(height: int) -> None:
    if lacking_chromium():
        pytest.skip(f"needs {lacking_chromium()}")
    report = example_report("2021", height, profile="few")
    css = f"@page{{size:700pt {height}pt;margin:40pt}} table{{border-collapse:collapse}} td{{padding:2pt 4pt}}"
    assert differing(report, govinfo.read(chromium(print_report(report), css=css)).report) == {}
