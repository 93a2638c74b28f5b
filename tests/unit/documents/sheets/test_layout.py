"""A sheet → paragraphs and tables: by borders, merged cells and empty rows."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.documents.limits import MAX_CELLS
from govinfo.documents.model import Cell, Paragraph, Table
from govinfo.documents.sheets.layout import lay_out
from govinfo.documents.sheets.model import Budget, Merge, SheetContent
from govinfo.documents.sheets.names import MAX_COLS, SHEET_ROWS, letters, place_of, range_of, row_of
from govinfo.errors import ReadError


def sheet(
    rows: Iterable[str], merges: Iterable[str] = (), *, framed: bool = True, hidden: Iterable[int] = ()
) -> SheetContent:
    """Make a sheet of rows whose cells are parted by bars: ``~甲`` has no border, ``·`` is blank with a border."""
    made = SheetContent("甲")
    for number, row in enumerate(rows, 1):
        for col, text in enumerate(row.split("|") if row else (), 1):
            plain = text.startswith("~")
            made.put(number, col, text.strip("~·"), framed and not plain and bool(text))
    made.merges += [Merge(*found) for name in merges if (found := range_of(name))]
    for row_number in hidden:
        made.hidden_rows.add(row_number, row_number)
    return made


def blocks(made: SheetContent) -> list[str]:
    """Return paragraphs as their text and tables as their cells, merged ones with their size."""
    found: list[str] = []
    for block in lay_out(made, 1, 1, Budget("")).blocks:
        if isinstance(block, Paragraph):
            found.append(block.text)
        else:
            found.append("/".join("|".join(_shown(cell) for cell in row) for row in block.rows))
    return found


def _shown(cell: Cell) -> str:
    down, across = cell.rowspan, cell.colspan
    return cell.text + (f"({down}x{across})" if down * across > 1 else "")


def test_title_prose_and_tables_one_under_another() -> None:
    rows = ["~标题", "~一、总体情况", "~一段话。", "~二、公开", "规章|1", "许可|2", "", "~三、申请", "甲|乙", "3|4"]
    assert blocks(sheet(rows)) == [
        *("标题", "一、总体情况", "一段话。", "二、公开", "规章|1/许可|2", "三、申请", "甲|乙/3|4"),
    ]


def test_an_empty_row_parts_tables_and_one_with_borders_does_not() -> None:
    assert blocks(sheet(["甲|1", "", "乙|2"])) == ["甲|1", "乙|2"]
    assert blocks(sheet(["甲|1", "·|·", "乙|2"])) == ["甲|1/|/乙|2"]


@pytest.mark.parametrize("framed", [True, False])
def test_a_label_over_the_whole_width_stays_in_its_table(framed: bool) -> None:
    rows = ["第（一）项", "内容|件数", "规章|1", "第（五）项", "许可|2"]
    assert blocks(sheet(rows, ["A1:B1", "A4:B4"], framed=framed)) == [
        "第（一）项(1x2)/内容|件数/规章|1/第（五）项(1x2)/许可|2"
    ]


def test_a_heading_between_tables_is_none_of_their_rows() -> None:
    rows = ["甲|1", "乙|2", "三、收到和处理政府信息公开申请情况", "甲|1"]
    assert blocks(sheet(rows, ["A3:B3"])) == ["甲|1/乙|2", "三、收到和处理政府信息公开申请情况", "甲|1"]


def test_a_row_left_blank_stays_in_its_table() -> None:
    rows = ["一、新收||1", "二、结转||·", "三、总计||3", "四、下年||·"]
    merges = [f"A{row}:B{row}" for row in range(1, 5)]
    assert blocks(sheet(rows, merges)) == ["一、新收|1/二、结转|/三、总计|3/四、下年|"]
    assert blocks(sheet(["甲|乙", "|5"], framed=False)) == ["甲|乙/|5"]


def test_merged_cells() -> None:
    rows = ["结果|（一）||0", "|（三）|秘密|1", "||其他|2", "总计|||3"]
    made = sheet(rows, ["A1:A3", "B1:C1", "B2:B3", "A4:C4"])
    assert blocks(made) == ["结果(3x1)|（一）(1x2)|0/（三）(2x1)|秘密|1/其他|2/总计(1x3)|3"]


def test_columns_in_which_no_cell_begins_are_none() -> None:
    rows = ["甲|||乙||", "1|||2||"]
    assert blocks(sheet(rows, ["A1:C1", "D1:F1", "A2:C2", "D2:F2"])) == ["甲|乙/1|2"]


def test_a_gap_between_columns_is_none_and_a_blank_column_is_one() -> None:
    assert blocks(sheet(["甲|1||2", "乙|3||4"])) == ["甲|1|2/乙|3|4"]
    assert blocks(sheet(["甲|1|·|2", "乙|3|·|4"])) == ["甲|1||2/乙|3||4"]
    assert blocks(sheet(["甲|1||2", "乙|3||4"], framed=False)) == ["甲|1||2/乙|3||4"]


def test_what_is_hidden_is_not_seen() -> None:
    made = sheet(["甲|1|2", "乙|3|4", "丙|5|6"], ["A1:A2"], hidden=[1])
    made.hidden_cols.add(2, 2)
    laid = lay_out(made, 1, 1, Budget(""))
    assert blocks(made) == ["甲|4/丙|6"]
    assert laid.hidden == 4


def test_a_line_of_office_and_date_is_two_paragraphs() -> None:
    assert blocks(sheet(["~甲市教育局||~2023年1月10日", "", "甲|1"])) == ["甲市教育局", "2023年1月10日", "甲|1"]


def test_lines_inside_a_cell_are_paragraphs_in_prose_and_lines_in_tables() -> None:
    assert blocks(sheet(["~第一段。\n  第二段。", "规章|1\n2"])) == ["第一段。", "第二段。", "规章|1\n2"]


def test_places() -> None:
    laid = lay_out(sheet(["~题", "", "甲|1"]), 3, 7, Budget(""))
    title, table = laid.blocks
    assert isinstance(table, Table)
    assert (title.line, table.line) == (2 * SHEET_ROWS + 1, 2 * SHEET_ROWS + 3)
    figure = table.rows[0][1]
    assert (figure.table, figure.row, figure.col, figure.column, figure.page) == (7, 1, 2, 2, 3)
    assert row_of(figure.line) == 3
    assert laid.places[3, 2] == figure


def test_overlapping_ranges_are_not_believed() -> None:
    assert blocks(sheet(["甲|1", "乙|2"], ["A1:A2", "A2:B2"])) == ["甲(2x1)|1/2"]


def test_a_sheet_too_wide_is_refused() -> None:
    made = SheetContent("甲")
    for row in range(1, MAX_CELLS // MAX_COLS + 2):
        made.put(row, 1, "1")
        made.put(row, MAX_COLS, "1")
    with pytest.raises(ReadError) as caught:
        lay_out(made, 1, 1, Budget(""))
    assert caught.value.kind == "too_large"


def test_names_of_cells() -> None:
    assert [letters(col) for col in (1, 26, 27, 702, 703, MAX_COLS)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
    assert place_of("$D$12") == (12, 4)
    assert range_of("C2:A1") == (1, 1, 2, 3)
    assert [place_of(name) for name in ("", "A0", "XFE1", "A1048577", "12", "A1B")] == [None] * 6


@given(st.integers(1, MAX_COLS), st.integers(1, SHEET_ROWS))
def test_a_name_is_read_back(col: int, row: int) -> None:
    assert place_of(f"{letters(col)}{row}") == (row, col)


squares = st.tuples(st.integers(1, 8), st.integers(1, 8))


@given(
    st.dictionaries(squares, st.sampled_from(["甲", "1", "一、总体情况", "", "很长的话" * 20]), max_size=40),
    st.sets(squares, max_size=20),
    st.lists(st.tuples(squares, squares), max_size=6),
    st.sets(st.integers(1, 8), max_size=3),
)
def test_every_visible_cell_stands_somewhere_once_and_in_order(
    texts: dict[tuple[int, int], str],
    frames: set[tuple[int, int]],
    merges: list[tuple[tuple[int, int], tuple[int, int]]],
    hidden: set[int],
) -> None:
    made = SheetContent("甲")
    for at in sorted(set(texts) | frames):
        made.put(*at, texts.get(at, ""), at in frames)
    made.merges += [Merge(min(a, c), min(b, d), max(a, c), max(b, d)) for (a, b), (c, d) in merges]
    for row in hidden:
        made.hidden_rows.add(row, row)
    laid = lay_out(made, 1, 1, Budget(""))
    lines = [block.line for block in laid.blocks]
    assert lines == sorted(lines)
    found = [block.text for block in laid.blocks if isinstance(block, Paragraph)]
    for table in (block for block in laid.blocks if isinstance(block, Table)):
        found += [cell.text for row in table.rows for cell in row if cell.text]
        taken = [
            (down, across)
            for row in table.rows
            for cell in row
            for down in range(cell.row, cell.row + cell.rowspan)
            for across in range(cell.col, cell.col + cell.colspan)
        ]
        assert len(taken) == len(set(taken)), "two cells in one place"
        width = max(across for _, across in taken)
        assert len(taken) == width * len(table.rows), "a hole in the grid"
    if not merges:
        assert sorted(found) == sorted(text for at, text in texts.items() if text and at[0] not in hidden)
