from __future__ import annotations

import pytest

from govinfo.documents.model import Cell
from govinfo.parsing.align import Aligner, How, adds_up
from govinfo.parsing.lessons import Lessons
from govinfo.parsing.rows import Row


def row(text: str, layout: str = "tabs", labels: int = 1) -> Row:
    """Make a row from cells parted by bars; the labels stand before."""
    cells = [Cell(part.strip(), 1, 1, 1, 1, col) for col, part in enumerate(text.split("|"), labels + 1)]
    heads = tuple(Cell("标题", 1, 1, 1, 1, col) for col in range(1, labels + 1))
    return Row(heads, (), (), 0, layout, 0, 0).with_slots(cells)


def aligned(aligner: Aligner, one: Row) -> tuple[How, list[str | None]]:
    found = aligner.align(one)
    return found.how, [slot.text if slot else None for slot in found.slots]


def taught(*rows: Row) -> Aligner:
    return Aligner(7, Lessons(7, rows), adds_up)


def test_seven_figures_need_no_thought() -> None:
    assert aligned(taught(), row("|1|2|3|4|5|6|21||")) == (How.FULL, ["1", "2", "3", "4", "5", "6", "21"])


def test_a_blank_cell_keeps_its_place() -> None:
    teacher = taught(row("1|0|0|0|0|0|1"), row("2|0|0|0|0|0|2"))
    assert aligned(teacher, row("|0|0|0|0|0|0")) == (How.PLACE, ["", "0", "0", "0", "0", "0", "0"])


def test_a_dropped_cell_leaves_the_row_open() -> None:
    teacher = taught(row("1|0|0|0|0|0|1"), row("2|0|0|0|0|0|2"))
    assert aligned(teacher, row("3|0|0|0|0|3"))[0] is How.OPEN


def test_a_total_that_may_have_moved_to_the_left_leaves_the_row_open() -> None:
    teacher = taught(row("1|0|0|0|0|0|1"), row("2|0|0|0|0|0|2"))
    assert aligned(teacher, row("3|0|0|0|0|3|"))[0] is How.OPEN


def test_a_page_number_among_the_figures_is_told_by_the_sum() -> None:
    assert aligned(taught(), row("1|2|5|0|0|0|0|3")) == (How.SUM, ["1", "2", "0", "0", "0", "0", "3"])


def test_two_figures_too_many_leave_the_row_open() -> None:
    assert aligned(taught(), row("1|2|5|0|0|0|0|3|9"))[0] is How.OPEN


def test_figures_run_together() -> None:
    assert aligned(taught(), row("0100001")) == (How.SPLIT, ["0", "1", "0", "0", "0", "0", "1"])
    assert aligned(taught(), row("1000001"))[0] is How.OPEN, "it may be one number, and the others lost"
    assert aligned(taught(), row("0 0 1 0 0 0 1")) == (How.SPLIT, ["0", "0", "1", "0", "0", "0", "1"])
    assert aligned(taught(), row("12300033"))[0] is How.OPEN


def test_a_table_cut_off_on_the_right() -> None:
    rows = [row("0|0|0|0|0|0|0"), *(row("0|0|0|0|0|0", labels=2) for _ in range(7)), row("0|0|0|0|0", labels=3)]
    teacher = taught(*rows)
    assert aligned(teacher, rows[1]) == (How.CUT, ["0"] * 6 + [None])
    assert aligned(teacher, rows[-1]) == (How.CUT, ["0"] * 5 + [None, None])


def test_merged_blanks_in_markup_cover_their_columns() -> None:
    teacher = taught(row("1|0|0|0|0|0|1", "markup"))
    cells = (Cell("", 1, 1, 1, 1, 2, colspan=6), Cell("4", 1, 1, 1, 1, 8))
    one = Row((Cell("标题", 1, 1, 1, 1, 1),), (), (), 0, "markup", 0, 0).with_slots(cells)
    assert aligned(teacher, one) == (How.PLACE, [""] * 6 + ["4"])


def test_a_number_with_a_space_is_one_number_only_if_the_row_adds_up() -> None:
    assert aligned(taught(), row("1 2|0|0|0|0|0|12"))[0] is How.FULL
    assert aligned(taught(), row("1 2|0|0|0|0|0|3"))[0] is How.OPEN


@pytest.mark.parametrize(
    ("numbers", "verdict"),
    [([1, 2, 3], True), ([1, 2, 4], False), ([None, 2, 3], None), ([None, 4, 3], False), ([1, 2, None], None)],
)
def test_adds_up(numbers: list[int | None], verdict: bool | None) -> None:
    assert adds_up(numbers) is verdict
