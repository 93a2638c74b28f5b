"""Which slip turns one figure into another, and slips of whole lines, as data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import govinfo
from govinfo.repair.sheet import lattice_of
from govinfo.repair.slips import Slip, slip_of_cell, slip_of_pair
from govinfo.schema import cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.figures import replace_cells

BASE = base_report("2021")
VALUES = cells(BASE)
LATTICE = lattice_of(tuple(tables_of(BASE).values()))
A, B = "applications.natural_person.granted", "applications.enterprise.granted"
BELOW = "applications.natural_person.partly_granted"
COLUMNS = [path.split(".")[1] for path in next(row for row in LATTICE.rows if A in row)]


@pytest.mark.parametrize(
    ("reported", "proposed", "slip"),
    [
        (4, 47, Slip.DIGIT_DROPPED),
        (1, 10, Slip.DIGIT_DROPPED),
        (477, 47, Slip.DIGIT_DOUBLED),
        (497, 47, Slip.DIGIT_ADDED),
        (74, 47, Slip.DIGITS_SWAPPED),
        (57, 47, Slip.DIGIT_WRONG),
        (-5, 5, Slip.SIGN),
        (5, 7, Slip.OTHER),
        (31, 900, Slip.OTHER),
    ],
)
def test_a_single_figure(reported: int, proposed: int, slip: Slip) -> None:
    values = dict.fromkeys(VALUES, 0)
    assert slip_of_cell(A, reported, proposed, values, LATTICE, is_total=False) is slip


def test_a_figure_and_its_neighbours() -> None:
    values = {**dict.fromkeys(VALUES, 0), B: 5}
    assert slip_of_cell(A, 125, 12, values, LATTICE, is_total=False) is Slip.RUN_TOGETHER
    assert slip_of_cell(A, 31, 900, {**values, B: 31}, LATTICE, is_total=False) is Slip.COPIED
    assert slip_of_cell(A, 0, 9, values, LATTICE, is_total=True) is Slip.TOTAL_ZERO


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        ((A, 12, 21), (B, 21, 12), Slip.EXCHANGED),
        ((A, 0, 21), (B, 21, 0), Slip.MOVED),
        ((A, 0, 21), (BELOW, 21, 0), Slip.MOVED),
        ((A, 1, 12), (B, 2, 0), Slip.SPLIT),
        ((B, 2, 0), (A, 1, 12), Slip.SPLIT),
        ((A, 5, 3), (BELOW, 1, 3), Slip.MISPLACED),
        ((A, 5, 3), (BELOW, 1, 9), Slip.OTHER),
    ],
)
def test_two_figures(first: Any, second: Any, slip: Slip) -> None:
    assert slip_of_pair(first, second, LATTICE) is slip


def column(name: str) -> list[str]:
    return [path for path in VALUES if path.startswith(f"applications.{name}.")]


def row(name: str) -> list[str]:
    return [f"applications.{one}.{name}" for one in COLUMNS]


def shifted(paths: list[str]) -> dict[str, Any]:
    return dict(zip(paths, [0, *(VALUES[path] for path in paths[:-1])], strict=True))


LINES: dict[str, tuple[dict[str, Any], Slip]] = {
    "the total column is left at 0": (dict.fromkeys(column("total"), 0), Slip.TOTAL_ZERO),
    "the total column repeats another": (
        {total: VALUES[one] for total, one in zip(column("total"), column("natural_person"), strict=True)},
        Slip.TOTAL_COPIED,
    ),
    "the row of totals is left at 0": (dict.fromkeys(row("concluded"), 0), Slip.TOTAL_ZERO),
    "a row is shifted to the right": (shifted(row("received")), Slip.ROW_SHIFTED),
    "two rows are shifted": ({**shifted(row("received")), **shifted(row("carried_in"))}, Slip.BLOCK_SHIFTED),
}


@pytest.mark.parametrize("name", LINES)
def test_slips_of_whole_lines_are_one_finding_that_gives_the_figures_back(name: str) -> None:
    wrong, slip = LINES[name]
    result = govinfo.check(replace_cells(BASE, wrong))
    (finding,) = (one for one in result.findings if one.severity.value == "error")
    best = finding.suggestions[0]
    assert best.kind == slip.value
    assert {cell.path: cell.proposed for cell in best.cells} == {
        path: VALUES[path] for path in wrong if wrong[path] != VALUES[path]
    }


def test_every_slip_has_words_in_both_languages_but_the_one_that_is_none() -> None:
    assert [slip for slip in Slip if not (slip.text.zh and slip.text.en)] == [Slip.OTHER]
    assert all(slip.weight >= 1 for slip in Slip)


def test_a_single_equation_names_no_cell_unless_something_speaks_for_one() -> None:
    wrong = replace_cells(BASE, {"disputes.reconsideration.total": 4})
    (finding,) = (one for one in govinfo.check(wrong).findings if one.severity.value == "error")
    assert finding.diagnosis is not None
    assert finding.diagnosis.value == "ambiguous"
    assert len(finding.suggestions) == 5
    assert finding.cause is None


def test_a_wrong_number_under_a_confirmed_one_is_ambiguous_no_more() -> None:
    import attrs

    values = {"disputes.reconsideration.total": 4}
    sections = attrs.evolve(BASE.sections, disputes="本年度我局被申请行政复议2件。")
    wrong = attrs.evolve(replace_cells(BASE, values), sections=sections)
    (finding,) = (one for one in govinfo.check(wrong).findings if one.severity.value == "error")
    best = finding.suggestions[0]
    assert [(cell.path, cell.proposed) for cell in best.cells] == [("disputes.reconsideration.total", 2)]
    assert best.confidence > 0.5


JOINED = """
name = "joined"
title = { zh = "跨表", en = "joined" }
[[rule]]
code = "XX-APP001"
severity = "error"
title = { zh = "跨表", en = "joined" }
source = { zh = "测试", en = "a test" }
relation = "disputes.reconsideration.total + disputes.litigation_direct.total == processing_fee.notices"
equation = true
[[rule]]
code = "XX-APP002"
severity = "error"
title = { zh = "跨表", en = "joined" }
source = { zh = "测试", en = "a test" }
relation = "disclosure.regulations.issued <= applications.total.received"
"""


def test_rules_that_join_tables_are_no_trouble(tmp_path: Path) -> None:
    rules = tmp_path / "joined.toml"
    rules.write_text(JOINED, encoding="utf-8")
    notices = VALUES["disputes.reconsideration.total"] + VALUES["disputes.litigation_direct.total"]  # type: ignore[operator]
    right = replace_cells(BASE, {"processing_fee.notices": notices})
    assert not govinfo.check(right, rules=["national", rules]).findings
    wrong = replace_cells(right, {"disputes.reconsideration.total": 70, "disclosure.regulations.issued": 9999})
    by_code = {one.code: one for one in govinfo.check(wrong, rules=["national", rules]).findings}
    assert set(by_code) == {"DSP001", "XX-APP002"}  # the total breaks both equations and is named
    cell = by_code["DSP001"].suggestions[0].cells[0]
    assert (cell.path, cell.proposed) == ("disputes.reconsideration.total", VALUES["disputes.reconsideration.total"])


def test_no_cells_of_different_tables_are_neighbours() -> None:
    for path in VALUES:
        assert all(other.partition(".")[0] == path.partition(".")[0] for other in LATTICE.around(path))
    assert set(LATTICE.positions) == set(VALUES)
