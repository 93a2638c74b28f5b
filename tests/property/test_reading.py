"""Laws of reading: what was printed is what is read, whatever the layout, and every figure says where it stands."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.documents.model import Cell, Place
from govinfo.parsing.numbers import look, to_value
from govinfo.schema import TABLES, Missing, Report, Value, cells, report_leaves
from govinfo.testing import (
    LAYOUTS,
    Layout,
    damage_document,
    example_report,
    misread,
    print_report,
    render,
    replace_cells,
)
from govinfo.testing.examples import Edition, table_paths
from govinfo.testing.sheet import MARKS
from govinfo.testing.strategies import layouts, reports

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
KEEPS_BLANKS = [name for name, one in LAYOUTS.items() if one.keeps_blanks]


def read(content: bytes) -> Report:
    return govinfo.read(content).report


def made(edition: Edition, seed: int, share: float = 0.0) -> Report:
    return example_report(edition, seed, blanks=share)


def within_rows(report: Report) -> Report:
    """Leave no row's last cell blank, and let table 4 add up with zeros in its blanks.

    Otherwise, where figures may have shifted, nobody can tell which cell is the blank one.
    """
    values = cells(report)
    ends = [row[-1].path for grid in print_report(report).grids() for row in grid.rows if row[-1].path]
    settled: dict[str, Value] = {path: 0 for path in ends if values[path] is Missing.BLANK}
    for total in (path for path in values if path.startswith("disputes.") and path.endswith(".total")):
        block = total.removesuffix("total")
        parts = [value for path, value in values.items() if path.startswith(block) and path != total]
        settled[total] = sum(value for value in parts if isinstance(value, int))
    return replace_cells(report, settled)


examples = st.builds(made, st.sampled_from(EDITIONS), st.integers(0, 10_000))
"""Cheap to draw: for laws in which the figures hardly matter."""


# parse(render(report, layout)) == report: the whole record, metadata, sections and fee included.


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_read_back(layout: str, edition: Edition) -> None:
    for profile in ("zero", "few", "large"):
        report = example_report(edition, 4, profile=profile)
        assert read(render(report, layout)) == report


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("layout", KEEPS_BLANKS)
def test_every_layout_that_shows_blanks_is_read_back_with_them(layout: str, edition: Edition) -> None:
    for seed in (5, 6):
        report = within_rows(made(edition, seed, 0.02))
        assert read(render(report, layout)) == report


@pytest.mark.parametrize(
    ("layout", "edition", "seed", "paths"),
    [
        (
            "html",
            "2021",
            47,
            [
                "disclosure.regulations.issued",
                "disclosure.normative_documents.issued",
                "disclosure.normative_documents.repealed",
            ],
        ),
    ],
)
def test_blanks_that_were_found_to_matter(layout: str, edition: Edition, seed: int, paths: list[str]) -> None:
    report = example_report(edition, seed, profile="zero")
    report = replace_cells(report, dict.fromkeys(paths, Missing.BLANK))
    assert read(render(report, layout)) == report


@pytest.mark.parametrize("layout", ["tabs", "lines", "pipes"])
def test_a_blank_total_beside_other_figures_may_have_moved(layout: str) -> None:
    """Where columns are not exact, ``30, blank`` may as well be a lost cell and a total: read right, or not at all."""
    path = "applications.total.not_processed.excessive"
    report = replace_cells(example_report("2019", 18, profile="few"), {path: Missing.BLANK})
    found = cells(read(render(report, layout)))
    wrong = {key for key, value in cells(report).items() if found[key] not in (value, Missing.UNREADABLE)}
    assert wrong == set()
    row = {key for key in found if key.endswith(".not_processed.excessive")}
    assert {key for key, value in found.items() if value is Missing.UNREADABLE} in (set(), row)


@given(reports(), layouts())
def test_a_report_is_read_back(report: Report, layout: Layout) -> None:
    assert read(render(report, layout)) == report


@given(reports(blanks=True), layouts(keeps_blanks=True), st.sampled_from(MARKS))
def test_a_report_with_blanks_is_read_back(report: Report, layout: Layout, mark: str) -> None:
    report = within_rows(report)
    assert read(render(report, layout, mark=mark)) == report


@given(st.builds(made, st.sampled_from(EDITIONS), st.integers(0, 10_000), st.floats(0, 0.5)), layouts())
def test_with_any_number_of_blanks_cells_are_right_or_missing(report: Report, layout: Layout) -> None:
    document = attrs.evolve(damage_document(report, layout), certain=False)
    assert misread(document, read(document.content)) == {}


@given(examples, st.data(), layouts())
def test_an_inconsistent_report_is_read_as_printed(report: Report, data: Any, layout: Layout) -> None:
    """Arithmetic decides between readings; it never corrects what is printed."""
    paths = [leaf.path for leaf in report_leaves(report) if leaf.path in set(table_paths(report))]
    wrong = data.draw(st.dictionaries(st.sampled_from(paths), st.integers(0, 99_999), min_size=1, max_size=40))
    changed = replace_cells(report, {p: v for p, v in wrong.items() if isinstance(cells(report)[p], int)})
    assert read(render(changed, layout)) == changed


# What a document does not have is not in the report.


@given(examples, st.sets(st.sampled_from(TABLES[:3]), min_size=1, max_size=2), layouts())
def test_a_table_that_is_not_printed_is_absent(report: Report, gone: set[str], layout: Layout) -> None:
    absent = {path: Missing.ABSENT for path in table_paths(report) if path.partition(".")[0] in gone}
    report = replace_cells(report, absent)
    assert cells(read(render(report, layout))) == cells(report)


@given(examples, st.sets(st.sampled_from(("title", "period", "published")), min_size=1), layouts())
def test_metadata_that_is_not_printed_is_not_made_up(report: Report, gone: set[str], layout: Layout) -> None:
    bare: Report = attrs.evolve(report, **dict.fromkeys(gone))  # type: ignore[arg-type]
    found = read(render(bare, layout))
    assert (found.title, found.period, found.published) == (bare.title, bare.period, bare.published)
    assert found.year in ({bare.year, None} if gone >= {"title", "period"} else {bare.year})
    assert found.publisher.name in ({bare.publisher.name, None} if "title" in gone else {bare.publisher.name})
    assert cells(found) == cells(bare)


@given(examples, layouts())
def test_a_fee_that_is_not_stated_is_absent(report: Report, layout: Layout) -> None:
    found = read(render(report, layout))
    assert found.processing_fee == report.processing_fee


# Every figure has a place, and what stands there gives the figure.


def printed_at(lines: list[str], place: Place) -> str:
    """What stands in the line of a place and, in a page, where an element may end lines after it began, below it."""
    page = lines[0].startswith("<!DOCTYPE")
    text = "".join(lines[place.line - 1 : place.line + 8 * page])
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]*>?", "", text)) if page else text)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_figure_stands_where_it_says(layout: str, edition: Edition) -> None:
    report = example_report(edition, 11, profile="large")
    content = render(report, layout)
    reading = govinfo.read(content)
    lines = content.decode().split("\n")
    leaves = {leaf.path: leaf for leaf in report_leaves(reading.report)}
    figures = [path for path in table_paths(report) if not isinstance(cells(report)[path], Missing)]
    assert set(figures) <= reading.origins.keys(), "a figure without a place"
    for path in figures:
        place, leaf = reading.origins[path], leaves[path]
        said = re.sub(r"\s", "", place.text)
        assert said
        assert said in printed_at(lines, place), path
        assert to_value(look(place.text), leaf.kind, leaf.spec.unit) == cells(report)[path], path


@pytest.mark.parametrize(
    "layout",
    [name for name, one in LAYOUTS.items() if one.kind == "text"],
)
def test_every_figure_of_a_text_stands_in_its_column(layout: str) -> None:
    content = render(example_report("2021", 11, profile="large"), layout)
    reading = govinfo.read(content)
    lines = content.decode().split("\n")
    for path in table_paths(reading.report):
        place = reading.origins[path]
        assert lines[place.line - 1][place.column - 1 :].startswith(place.text), path


@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_two_figures_share_a_place(layout: str) -> None:
    reading = govinfo.read(render(example_report("2021", 12, profile="large"), layout))
    places = [reading.origins[path] for path in table_paths(reading.report)]
    assert len({(p.line, p.column, *((p.table, p.row, p.col) if isinstance(p, Cell) else ())) for p in places}) == len(
        places
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_metadata_and_sections_stand_where_they_say(layout: str) -> None:
    report = attrs.evolve(example_report("2021", 9), published=None)
    content = render(report, layout)
    reading = govinfo.read(content)
    lines = content.decode().split("\n")
    for path, words in {
        "title": report.title or "",
        "year": str(report.year),
        "publisher.name": report.publisher.name or "",
        "period": f"{report.year}年1月1日",
        "processing_fee.notices": "发出收费通知",
    }.items():
        if path in reading.origins or not path.startswith("processing_fee"):
            assert words in printed_at(lines, reading.origins[path]), path
    for path, place in reading.origins.items():
        assert 1 <= place.line <= len(lines), path
