"""Pages to paragraphs and tables: rulings as programs draw them, rows cut by page breaks, what is not text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest

from govinfo.documents.model import Paragraph, Problem, Table
from govinfo.documents.pages.blocks import blocks_of_pages
from govinfo.documents.pages.model import Glyph, Page, Rule

SIZE = 10.0
XS, YS = (50.0, 150.0, 200.0, 250.0), (100.0, 120.0, 140.0)


def words(text: str, x: float, y: float, size: float = SIZE) -> list[Glyph]:
    """Glyphs of a line whose middle is at ``y``."""
    glyphs = []
    for char in text:
        width = size / 2 if char.isascii() else size
        glyphs.append(Glyph(char, x, y - size / 2, x + width, y + size / 2, size))
        x += width
    return glyphs


def across(y: float, x0: float = XS[0], x1: float = XS[-1], thick: float = 0.5) -> Rule:
    return Rule(x0, y - thick / 2, x1, y + thick / 2)


def down(x: float, y0: float = YS[0], y1: float = YS[-1], thick: float = 0.5) -> Rule:
    return Rule(x - thick / 2, y0, x + thick / 2, y1)


LINES = [*(across(y) for y in YS), *(down(x) for x in XS)]
TEXT = [*words("规章", 60, 110), *words("12", 160, 110), *words("3", 220, 110), *words("许可", 60, 130)]
TEXT += [*words("40", 160, 130), *words("5", 220, 130)]
ROWS = [["规章", "12", "3"], ["许可", "40", "5"]]


def page(glyphs: Sequence[Glyph], rules: Sequence[Rule] = (), number: int = 1) -> Page:
    return Page(number, 595.0, 842.0, tuple(glyphs), tuple(rules))


def table(*pages: Page) -> Table:
    (found,) = [block for block in blocks_of_pages(pages) if isinstance(block, Table)]
    return found


def rows(*pages: Page) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table(*pages).rows]


def pieces(rule: Rule, count: int, gap: float) -> list[Rule]:
    """A ruling drawn as dashes."""
    x0, y0, x1, y1 = rule
    if x1 - x0 > y1 - y0:
        step = (x1 - x0) / count
        return [Rule(x0 + at * step, y0, x0 + (at + 1) * step - gap, y1) for at in range(count)]
    step = (y1 - y0) / count
    return [Rule(x0, y0 + at * step, x1, y0 + (at + 1) * step - gap) for at in range(count)]


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(LINES, id="plain"),
        pytest.param([piece for rule in LINES for piece in pieces(rule, 10, 1.8)], id="dashed"),
        pytest.param([*LINES, *(across(y + 2) for y in YS), *(down(x + 2) for x in XS)], id="double"),
        pytest.param(
            [*(across(y, XS[0] + 2, XS[-1] - 2) for y in YS), *(down(x, YS[0] + 2, YS[-1] - 2) for x in XS)],
            id="a little short",
        ),
        pytest.param([*(across(y) for y in YS), *(down(x) for x in XS[1:-1])], id="no border at the sides"),
        pytest.param([across(YS[1]), *(down(x) for x in XS)], id="no border above and below"),
        pytest.param(
            [
                rule
                for left, right in pairwise(XS)
                for top, bottom in pairwise(YS)
                for rule in (
                    across(top + 0.8, left + 0.8, right - 0.8),
                    across(bottom - 0.8, left + 0.8, right - 0.8),
                    down(left + 0.8, top + 0.8, bottom - 0.8),
                    down(right - 0.8, top + 0.8, bottom - 0.8),
                )
            ],
            id="a box for every cell",
        ),
    ],
)
def test_rulings_make_a_table_however_they_are_drawn(rules: Sequence[Rule]) -> None:
    assert rows(page(TEXT, rules)) == ROWS


def test_the_order_of_characters_in_the_file_does_not_matter() -> None:
    assert rows(page(sorted(TEXT, key=lambda glyph: glyph.text), LINES)) == ROWS


def test_cells_without_a_border_between_are_one_and_spread_over_the_grid() -> None:
    rules = [*(across(y) for y in YS), down(XS[0]), down(XS[-1]), down(XS[1]), down(XS[2], YS[1])]
    glyphs = [*words("合计", 60, 110), *words("7", 200, 110), *words("许可", 60, 130), *words("40", 160, 130)]
    found = table(page(glyphs, rules))
    assert [(cell.text, cell.row, cell.col, cell.colspan) for row in found.rows for cell in row] == [
        ("合计", 1, 1, 1),
        ("7", 1, 2, 2),
        ("许可", 2, 1, 1),
        ("40", 2, 2, 1),
        ("", 2, 3, 1),
    ]


def test_a_line_through_a_figure_parts_no_cell_and_the_figure_is_none() -> None:
    assert rows(page(TEXT, [*LINES, across(110, 158, 172)])) == [["规章", "1\u03362\u0336", "3"], ROWS[1]]


def test_a_row_struck_out_with_one_line_is_struck_out() -> None:
    assert rows(page(TEXT, [*LINES, across(110, 52, 248)])) == [
        ["规\u0336章\u0336", "1\u03362\u0336", "3\u0336"],
        ROWS[1],
    ]


def test_text_that_overflows_its_row_does_not_take_the_ruling_away() -> None:
    glyphs = [*TEXT, *words("另行", 60, 120)]
    assert [row[1:] for row in rows(page(glyphs, LINES))] == [["12", "3"], ["40", "5"]]


def test_an_underline_is_no_ruling() -> None:
    assert rows(page(TEXT, [*LINES, across(115.5, 160, 170)])) == ROWS


def test_characters_printed_twice_to_look_bold_are_read_once() -> None:
    twice = [glyph._replace(x0=glyph.x0 + 0.4, x1=glyph.x1 + 0.4) for glyph in TEXT]
    assert rows(page([*TEXT, *twice], LINES)) == ROWS


def test_a_figure_wider_than_its_cell_stays_whole() -> None:
    glyphs = [*words("规章", 60, 110), *words("12345678901", 152, 110), *words("许可", 60, 130), *words("40", 160, 130)]
    assert rows(page(glyphs, LINES))[0] == ["规章", "12345678901", ""]


def test_gaps_are_spaces_and_a_figure_with_a_gap_is_not_one_figure() -> None:
    glyphs = [*words("规章", 60, 110), *words("1", 160, 110), *words("2", 168, 110), *words("许可", 60, 130)]
    assert rows(page(glyphs, LINES))[0][1] == "1 2"


def test_a_heading_with_a_character_to_a_line_is_one_label() -> None:
    xs, ys = (50.0, 64.0, 78.0), (100.0, 160.0, 180.0)
    rules = [*(across(y, xs[0], xs[-1]) for y in ys), *(down(x, ys[0], ys[-1]) for x in xs)]
    glyphs = [glyph for at, char in enumerate("结果维持") for glyph in words(char, 52, 110 + 13 * at)]
    glyphs += [*words("总", 66, 124), *words("计", 66, 137), *words("0", 54, 170), *words("0", 68, 170)]
    assert rows(page(glyphs, rules)) == [["结果维持", "总计"], ["0", "0"]]


def narrow(lines: Sequence[str], x1: float) -> tuple[list[Rule], list[Glyph]]:
    """A row whose middle cell is as wide as ``x1`` says and holds lines."""
    xs, ys = (50.0, 150.0, x1, 300.0), (100.0, 160.0)
    rules = [*(across(y, xs[0], xs[-1]) for y in ys), *(down(x, ys[0], ys[-1]) for x in xs)]
    glyphs = [*words("规章", 60, 110), *words("7", x1 + 10, 110)]
    for at, line in enumerate(lines):
        glyphs += words(line, 152, 110 + 12 * at)
    return rules, glyphs


def test_a_figure_folded_in_a_narrow_cell_is_one_figure_and_said() -> None:
    rules, glyphs = narrow(["12345", "67"], 180)
    doubts: list[Problem] = []
    (found,) = blocks_of_pages([page(glyphs, rules)], doubts)
    assert isinstance(found, Table)
    assert [cell.text for cell in found.rows[0]] == ["规章", "1234567", "7"]
    assert [(doubt.code, doubt.at) for doubt in doubts] == [("SRC024", found.rows[0][1])]


@pytest.mark.parametrize(("lines", "x1"), [(["12345", "67"], 230), (["12345", "67890"], 180), (["12", "345"], 164)])
def test_figures_below_each_other_are_not_put_together(lines: list[str], x1: float) -> None:
    rules, glyphs = narrow(lines, x1)
    doubts: list[Problem] = []
    (found,) = blocks_of_pages([page(glyphs, rules)], doubts)
    assert isinstance(found, Table)
    assert found.rows[0][1].text == "\n".join(lines)
    assert doubts == []


# Page breaks.


def part(lines: Sequence[Sequence[str]], number: int, *, open_: bool = False) -> Page:
    """A page with a table of three columns; each line of a row is its cells' text."""
    glyphs, rules, y = [], [], 100.0
    for line in lines:
        for text, x in zip(line, (52.0, 160.0, 220.0), strict=True):
            glyphs += words(text, x, y + 10)
        y += 20
        if not open_ or line is not lines[-1]:
            rules.append(across(y))
    if not open_:
        rules.append(across(100.0))
    return page(glyphs, [*rules, *(down(x, 100.0, y) for x in XS)], number)


HEAD = ["信息内容", "制发", "废止"]


@pytest.mark.parametrize("open_", [False, True])
@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (["1.其他法律行政法规", "12", "3"], ["禁止公开", "", ""], ["1.其他法律行政法规禁止公开", "12", "3"]),
        (["1.其他法律行政法规", "", ""], ["禁止公开", "12", "3"], ["1.其他法律行政法规禁止公开", "12", "3"]),
        (["1.规章", "", ""], ["", "12", "3"], ["1.规章", "12", "3"]),
        (["", "12", "3"], ["1.规章", "", ""], ["1.规章", "12", "3"]),
        (["", "", ""], ["1.规章", "12", "3"], ["1.规章", "12", "3"]),
        (["４、", "4", "5"], ["无正当理由", "", ""], ["４、无正当理由", "4", "5"]),
    ],
)
def test_a_row_cut_in_two_is_one(above: list[str], below: list[str], whole: list[str], open_: bool) -> None:
    first, second = part([HEAD, above], 1, open_=open_), part([below, ["2.其他", "4", "5"]], 2, open_=open_)
    assert rows(first, second) == [HEAD, whole, ["2.其他", "4", "5"]]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["1.规章", "12", "3"], ["2.其他", "4", "5"]),
        (["1.规章", "", ""], ["2.其他", "4", "5"]),
        (["行政处罚", "", ""], ["行政强制", "4", "5"]),
        (["行政处罚", "12", "3"], ["行政强制", "", ""]),
    ],
)
def test_rows_that_a_page_break_only_parts_are_two(above: list[str], below: list[str]) -> None:
    assert rows(part([HEAD, above], 1), part([below], 2)) == [HEAD, above, below]


def test_headings_repeated_on_the_next_page_are_left_out() -> None:
    first, second = part([HEAD, ["规章", "1", "2"]], 1), part([HEAD, ["许可", "3", "4"]], 2)
    assert rows(first, second) == [HEAD, ["规章", "1", "2"], ["许可", "3", "4"]]


def test_every_cell_says_its_page_and_lines_never_go_down() -> None:
    found = table(part([HEAD, ["规章", "1", "2"]], 1), part([["许可", "3", "4"]], 2))
    assert [{cell.page for cell in row} for row in found.rows] == [{1}, {1}, {2}]
    assert [row[0].line for row in found.rows] == sorted(row[0].line for row in found.rows)


def test_tables_of_other_columns_are_other_tables() -> None:
    other = page(TEXT, [*(across(y) for y in YS), *(down(x) for x in (50.0, 100.0, 210.0, 250.0))], 2)
    assert len([block for block in blocks_of_pages([part([HEAD], 1), other]) if isinstance(block, Table)]) == 2


# Text.


def prose(lines: Sequence[tuple[str, float]], number: int = 1, top: float = 100.0) -> Page:
    glyphs = []
    for at, (text, x) in enumerate(lines):
        glyphs += words(text, x, top + 18 * at)
    return page(glyphs, number=number)


LONG = "公开目录按季度核对新的政策文件在印发当日上网并配有通俗的说明群众可以随时查阅下载"


def texts(*pages: Page) -> list[str]:
    return [block.text for block in blocks_of_pages(pages) if isinstance(block, Paragraph)]


def test_lines_are_paragraphs_again() -> None:
    lines = [
        ("一、总体情况", 70.0),
        (LONG, 70.0),
        (LONG + "网站", 50.0),
        ("至此为止。", 50.0),
        (LONG, 70.0),
        ("完。", 50.0),
    ]
    assert texts(prose(lines)) == ["一、总体情况", f"{LONG}{LONG}网站至此为止。", f"{LONG}完。"]


@pytest.mark.parametrize("mark", ["- {} -", "— {} —", "第 {} 页", "{}/3", "{}"])
def test_page_numbers_and_running_heads_are_left_out(mark: str) -> None:
    made = []
    for number in (1, 2, 3):
        glyphs = [*words("青河市教育局年度报告", 200, 40), *words(LONG, 70, 110), *words(mark.format(number), 290, 800)]
        made.append(page(glyphs, number=number))
    assert "".join(texts(*made)) == LONG * 3


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    first = prose([(LONG, 70.0), (LONG + "网站", 50.0), (LONG + "网站", 50.0)], 1)
    second = prose([(LONG[:20] + "。", 50.0), (LONG, 70.0), ("完。", 50.0)], 2)
    assert texts(first, second) == [f"{LONG}{LONG}网站{LONG}网站{LONG[:20]}。", f"{LONG}完。"]


def test_two_columns_are_read_one_after_the_other() -> None:
    glyphs = words("青河市教育局二〇二二年政府信息公开工作年度报告", 170, 60)
    for at in range(14):
        glyphs += words("左" * 22, 50, 100 + 18 * at) + words("右" * 22, 320, 100 + 18 * at)
    found = "".join(texts(page(glyphs)))
    assert found == "青河市教育局二〇二二年政府信息公开工作年度报告" + "左" * 22 * 14 + "右" * 22 * 14


def unruled(blank: tuple[int, int] | None = None) -> Page:
    glyphs = []
    for row in range(4):
        y = 100 + 24 * row
        glyphs += words(f"{row + 1}.属于国家", 50, y - 6) + words("秘密", 50, y + 6)
        for col in range(7):
            if (row, col) != blank:
                glyphs += words(str(10 * row + col), 150 + 50 * col, y)
    return page(glyphs)


def test_columns_without_rulings_are_exact_where_nothing_is_in_doubt() -> None:
    found = table(unruled(blank=(1, 3)))
    assert found.layout == "markup"
    assert [[cell.text for cell in row] for row in found.rows][1] == [
        *("2.属于国家秘密", "10", "11", "12", "", "14", "15", "16"),
    ]


def test_nothing_makes_no_blocks() -> None:
    assert blocks_of_pages([]) == []
    assert blocks_of_pages([page([])]) == []


def test_a_drawing_of_many_lines_is_no_table_and_takes_no_time() -> None:
    rules = [across(100 + at * 0.05, 50, 400) for at in range(12_000)] + [down(50 + at * 0.03) for at in range(12_000)]
    assert [block.text for block in blocks_of_pages([page(TEXT, rules)]) if isinstance(block, Paragraph)]


def test_a_page_of_any_width_takes_no_time() -> None:
    assert texts(Page(1, 1e9, 842.0, tuple(words(LONG, 4.9e8, 100)))) == [LONG]


def test_an_indented_line_of_a_cell_has_less_room() -> None:
    rules, glyphs = narrow([], 222)
    glyphs += [*words("（单位：万", 172, 112), *words("元）", 152, 126)]
    (found,) = blocks_of_pages([page(glyphs, rules)])
    assert isinstance(found, Table)
    assert found.rows[0][1].text == "（单位：万元）"
