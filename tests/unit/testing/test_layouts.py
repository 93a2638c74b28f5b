"""A printed sheet shows every figure of the report, and every layout shows every figure of the sheet."""

import re
from decimal import Decimal
from typing import Any

import attrs
import pytest
from lxml import html as lxml_html

from govinfo.schema import Missing, ProcessingFee, Report, assemble, cells
from govinfo.testing import LAYOUTS, encode, example_report, expected_cells, layout, print_report, render, replace_cells
from govinfo.testing.examples import table_paths

EDITIONS = ("2019", "2021", "mixed")
WIDTHS = {"disclosure": 4, "applications": 10, "disputes": 15}


def numbered(edition: Any) -> Report:
    """A report whose figures are all different, so that each can be found; it is not consistent."""
    report = example_report(edition, 1, profile="zero")
    numbers: dict[str, Any] = {path: 50_000 + at for at, path in enumerate(table_paths(report))}
    # no units: an amount in 万元 would be printed with other digits
    disclosure = assemble(type(report.disclosure), numbers, "disclosure.")
    return replace_cells(attrs.evolve(report, disclosure=disclosure, processing_fee=ProcessingFee()), numbers)


def words(content: bytes, name: str) -> str:
    """The text of a document without its markup."""
    text = content.decode()
    if LAYOUTS[name].kind == "text":
        return text
    page: Any = lxml_html.fromstring(text)
    for ignored in page.xpath("//script|//style|//title"):
        ignored.drop_tree()
    for cell in page.xpath("//td|//p|//h1|//h2|//tr"):
        cell.tail = f"\n{cell.tail or ''}"
    return str(page.text_content())


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_figure_lands_in_the_document_once_and_in_order(name: str, edition: str) -> None:
    report = numbered(edition)
    figures = [str(cells(report)[path]) for path in table_paths(report)]
    found = re.findall(r"\b5\d{4}(?=\b|\D)", words(render(report, name), name))
    printed = list(print_report(report).figures())
    by_path = dict(zip(table_paths(report), figures, strict=True))
    assert sorted(found) == figures
    assert found == [by_path[path] for path in printed], "figures stand in another order than on the sheet"


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_label_heading_and_title_lands_in_the_document(name: str) -> None:
    report = example_report("2021", 3)
    sheet = print_report(report)
    text = re.sub(r"\s", "", words(render(report, name), name))
    labels = {cell.text for grid in sheet.grids() for row in grid.rows for cell in row if not cell.path}
    headings = [section.heading for section in sheet.sections]
    for expected in (*labels, *headings, *sheet.title, *sheet.opening):
        if name == "spaces" and len(expected) > 14:
            continue  # wrapped, with other labels in between
        assert re.sub(r"\s", "", expected) in text


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_sheet_prints_the_whole_report(edition: Any, seed: int) -> None:
    report = example_report(edition, seed, blanks=0.2)
    sheet = print_report(report)
    tables = {path: value for path, value in cells(report).items() if path in set(table_paths(report))}
    assert expected_cells(report, sheet) == tables
    for grid in sheet.grids():
        assert {len(row) for row in grid.spread()} == {WIDTHS[grid.table]}
        assert grid.cut() == grid
        for at in range(len(grid.rows)):
            joined = (*grid.cut(0, at).rows, *grid.cut(at).rows)
            assert {c.path for row in joined for c in row} == {c.path for row in grid.rows for c in row}


def test_amounts_are_printed_with_the_unit_they_were_published_in() -> None:
    report: Any = replace_cells(example_report("2019", 0), {"disclosure.procurement.amount": Decimal(218_300)})
    for unit, printed in (("万元", "21.83万元"), ("元", "218300元"), (None, "218300")):
        procurement = attrs.evolve(report.disclosure.procurement, amount_unit=unit)
        one = attrs.evolve(report, disclosure=attrs.evolve(report.disclosure, procurement=procurement))
        assert print_report(one).figures()["disclosure.procurement.amount"].text == printed


def test_missing_cells() -> None:
    report = example_report("2021", 0, profile="zero")
    path = "applications.total.received"
    blank = print_report(replace_cells(report, {path: Missing.BLANK}))
    assert blank.figures()[path].text == ""
    marked = print_report(replace_cells(report, {path: Missing.NOT_APPLICABLE}), mark="—")
    assert marked.figures()[path].text == "—"
    for reason in (Missing.ABSENT, Missing.UNREADABLE):
        with pytest.raises(ValueError, match=path):
            print_report(replace_cells(report, {path: reason}))


def test_a_table_that_is_not_in_the_report_is_not_printed() -> None:
    report = example_report("2021", 0)
    absent = {path: Missing.ABSENT for path in cells(report) if path.startswith("disputes.")}
    sheet = print_report(replace_cells(report, absent))
    assert [grid.table for grid in sheet.grids()] == ["disclosure", "applications"]


@pytest.mark.parametrize("seed", range(6))
def test_the_fee_is_stated_where_it_is_known(seed: int) -> None:
    report = example_report("2021", seed)
    section = print_report(report).sections[-1]
    stated = report.processing_fee.notices is not Missing.ABSENT
    assert any("发出收费通知" in str(block) for block in section.blocks) == stated
    silent = attrs.evolve(report, sections=attrs.evolve(report.sections, other_matters="没有其他事项。"))
    assert any("发出收费通知" in str(block) for block in print_report(silent).sections[-1].blocks) == stated


@pytest.mark.parametrize("name", ["html", "html_word", "html_wps", "html_page", "html_split"])
@pytest.mark.parametrize("edition", EDITIONS)
def test_html_tables_are_as_wide_as_the_form(name: str, edition: Any) -> None:
    page: Any = lxml_html.fromstring(render(example_report(edition, 2, blanks=0.1), name).decode())
    tables = page.xpath("//table[not(.//table)][.//td[contains(., '第二十条') or @rowspan]]")
    widths = []
    for element in tables:
        covered: dict[int, int] = {}
        for row in element.xpath(".//tr"):
            column = 0
            for cell in row.xpath("td"):
                while covered.get(column, 0) > 0:
                    covered[column] -= 1
                    column += 1
                for _ in range(int(cell.get("colspan", 1))):
                    covered[column] = int(cell.get("rowspan", 1)) - 1
                    column += 1
            while covered.get(column, 0) > 0:
                covered[column] -= 1
                column += 1
            widths.append(column)
    assert set(widths) == set(WIDTHS.values())
    assert len(tables) == (4 if name == "html_split" else 3)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "big5"])
@pytest.mark.parametrize("name", ["html_page", "tabs"])
def test_encodings(encoding: str, name: str) -> None:
    report = example_report("2021", 0)
    content = render(report, name, encoding=encoding)
    text = content.decode(encoding)
    assert "2021" in text or "2022" in text or "202" in text
    if name == "html_page":
        assert f"charset={encoding.removesuffix('-sig')}" in text
        lied = render(report, name, encoding=encoding, declared="gb2312").decode(encoding)
        assert "charset=gb2312" in lied
    assert content.startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")


def test_encode_refuses_an_unknown_encoding() -> None:
    with pytest.raises(LookupError):
        encode("报告", "gb9999")


def test_an_unknown_layout_is_named_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="html_word"):
        layout("docx")


def test_layouts_look_like_published_reports() -> None:
    report = replace_cells(
        example_report("2021", 0, profile="zero"), {"disclosure.regulations.repealed": Missing.BLANK}
    )
    shapes = {
        "lines": "\n\n\t规章\n\t0\n\t\n\t0\n\n\t行政规范性文件\n",
        "lines_plain": "\n规章\n0\n0\n行政规范性文件\n",
        "lines_spaced": "\n\n规章\n\n0\n\n0\n\n行政规范性文件\n\n",
        "cell_bar": "第二十条第（五）项 |\n|||\n信息内容 |\n本年处理决定数量 |\n||\n行政许可 |\n0 |\n||\n",
        "cell_bar_alternate": "\n规章\n|\n0\n|\n|\n0\n|\n",
        "tabs": "第二十条第（一）项\t\t\t\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t\t0\n",
        "tabs_ragged": "第二十条第（一）项\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n规章\t0\t\t0\n",
        "pipes": "\n| 规章 | 0 |  | 0 |\n",
        "spaces": "\n规章 0 0\n行政规范性文件 0 0 0\n",
        "html": "<tr>\n<td>规章</td>\n<td>0</td>\n<td></td>\n<td>0</td>\n</tr>",
        "html_paragraphs": "<p>规章</p>\n<p>0</p>\n<p>&nbsp;</p>\n<p>0</p>",
        "html_word": "<span lang=EN-US style='",
        "html_wps": "<o:p>&nbsp;</o:p>",
    }
    for name, shape in shapes.items():
        assert shape in render(report, name).decode(), name
    markdown = render(report, "markdown").decode()
    assert re.search(r"\n## 二、主动公开政府信息情况\n\n\| 第二十条第（一）项 .*\|\n\|[-|]+\|\n", markdown)
    assert re.search(r"\| 规章 +\| 0 +\| +\| 0 +\|\n", markdown)
