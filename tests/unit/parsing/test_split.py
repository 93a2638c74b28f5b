"""A document of several reports is cut where each begins, and refused where that is not certain."""

from __future__ import annotations

import attrs
import pytest

import govinfo
from govinfo import ReadError
from govinfo.documents.html import read_html
from govinfo.documents.model import Block, Document, Paragraph, Table
from govinfo.documents.text import read_text
from govinfo.parsing.split import split
from govinfo.schema import Level, Publisher, Report, cells
from govinfo.testing import example_report, print_report, render
from govinfo.testing.sheet import Grid, Sheet


def report(name: str, seed: int, year: int = 2022) -> Report:
    made = example_report("2021", seed, profile="large")
    return attrs.evolve(
        made,
        title=f"{name}{year}年政府信息公开工作年度报告",
        year=year,
        publisher=Publisher(name, level=Level.DEPARTMENT if name.endswith("局") else None),
        period=None,
        published=None,
    )


A, B, C = report("甲市教育局", 1), report("甲市财政局", 2), report("乙区人民政府", 3)


def html(sheet: Report | Sheet) -> str:
    page = render(sheet, "html").decode()
    return page[page.index("<body>") + 6 : page.index("</body>")]


def page(*bodies: str) -> bytes:
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>{"".join(bodies)}</body></html>'.encode()


def without_title(one: Report) -> Sheet:
    return attrs.evolve(print_report(one), title=())


def tables_of(one: Report) -> str:
    sheet = print_report(one)
    sections = [
        attrs.evolve(section, heading="", blocks=tuple(block for block in section.blocks if isinstance(block, Grid)))
        for section in sheet.sections
    ]
    return html(Sheet(sheet.title, (), tuple(sections)))


def read(content: bytes) -> dict[str, Report | str]:
    found = govinfo.read_all(content, name="x")
    return {name: one.kind if isinstance(one, ReadError) else one.report for name, one in found}


def figures(content: bytes) -> list[object]:
    found = read(content).values()
    return [one if isinstance(one, str) else cells(one) for one in found]


def test_reports_one_below_the_other() -> None:
    assert read(page(html(A), html(B), html(C))) == {"x#1": A, "x#2": B, "x#3": C}


def test_one_report_is_the_very_document() -> None:
    document = read_html(page(html(A)), "x")
    assert split(document) == [document]
    assert split(document)[0] is document


def test_every_place_is_that_in_the_file() -> None:
    content = page(html(A), html(B))
    lines = content.decode().split("\n")
    (_, _), (_, reading) = govinfo.read_all(content, name="x")
    assert not isinstance(reading, ReadError)
    assert reading.document is not None
    assert reading.document.name == "x#2"
    for path in ("applications.total.received", "disclosure.regulations.issued", "title"):
        assert reading.origins[path].text in lines[reading.origins[path].line - 1]
    tables = [block.number for block in reading.document.blocks if isinstance(block, Table)]
    assert min(tables) > 3


def test_reports_of_tables_alone() -> None:
    assert figures(page(tables_of(A), tables_of(B))) == figures(page(tables_of(A))) + figures(page(tables_of(B)))


def test_of_two_years_of_one_office() -> None:
    before = report("甲市教育局", 4, 2021)
    assert read(page(html(A), html(before))) == {"x#1": A, "x#2": before}


def test_two_versions_of_one_report() -> None:
    other = attrs.evolve(report("甲市教育局", 4))
    assert read(page(html(A), html(other))) == {"x#1": A, "x#2": other}


@pytest.mark.parametrize("order", ["AA", "AAA"])
def test_a_report_printed_again_is_one(order: str) -> None:
    [(name, reading)] = govinfo.read_all(page(*(html(A) for _ in order)), name="x")
    assert not isinstance(reading, ReadError)
    assert (name, cells(reading.report)) == ("x", cells(A))
    assert "SRC007" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("order", ["AABB", "ABAB", "ABBA"])
def test_of_reports_printed_again_each_is_one(order: str) -> None:
    found = figures(page(*(html(A if letter == "A" else B) for letter in order)))
    assert found == [cells(A), cells(B)]


def test_the_same_figures_of_two_offices_are_two_reports() -> None:
    empty = example_report("2021", 4, profile="zero")
    zero = attrs.evolve(A, disclosure=empty.disclosure, applications=empty.applications, disputes=empty.disputes)
    other = attrs.evolve(zero, title=B.title, publisher=B.publisher)
    assert read(page(html(zero), html(other))) == {"x#1": zero, "x#2": other}


def test_titles_of_other_reports_around_one() -> None:
    links = "".join(f"<li><a>{one.title}</a></li>" for one in (B, C, report("甲市教育局", 1, 2020)))
    assert read(page(f"<ul>{links}</ul>", html(A), f"<h4>相关链接</h4><ul>{links}</ul>"))["x"] == A
    both = read(page(f"<ul>{links}</ul>", html(A), f"<p>相关链接</p>{links}", html(B), f"<p>相关链接</p>{links}"))
    assert both == {"x#1": A, "x#2": B}


def test_what_a_page_prints_above_a_title_belongs_to_the_report_below() -> None:
    dated = [f"<div>发布日期：2023-01-0{day}</div><div>浏览次数：3</div>{html(one)}" for day, one in ((5, A), (6, B))]
    found = [one for one in read(page(*dated)).values() if isinstance(one, Report)]
    assert [one.published and one.published.day for one in found] == [5, 6]


def test_a_title_on_every_page_is_no_new_report() -> None:
    lines = render(A, "tabs").decode().split("\n")
    for at in (60, 45, 30):
        lines[at:at] = ["", "- 3 -", A.title or "", ""]
    assert figures("\n".join(lines).encode()) == [cells(A)]
    both = "\n".join([*lines, render(B, "tabs").decode()]).encode()
    assert figures(both) == [cells(A), cells(B)]


def test_a_report_without_tables_between_others_takes_none_of_theirs() -> None:
    bare = attrs.evolve(print_report(C), sections=print_report(C).sections[:1])
    assert list(read(page(html(A), html(bare), html(B))).values()) == [A, "no_tables", B]


UNCERTAIN = {
    "no title": page(html(without_title(A)), html(without_title(B))),
    "no second title": page(html(A), html(without_title(B))),
    "no second of three": page(html(A), html(without_title(B)), html(C)),
    "titles at the end": page(html(without_title(A)), f"<p>{A.title}</p>", html(without_title(B)), f"<p>{B.title}</p>"),
}


@pytest.mark.parametrize("what", UNCERTAIN)
def test_where_a_report_begins_must_be_certain(what: str) -> None:
    assert read(UNCERTAIN[what]) == {"x": "several_reports"}


def test_read_says_how_to_read_each() -> None:
    with pytest.raises(ReadError, match=r"govinfo\.read_all") as caught:
        govinfo.read(page(html(A), html(B)))
    assert (caught.value.kind, "2 份" in caught.value.text.zh) == ("several_reports", True)


def on_sheets(*sheets: tuple[str, Report | Sheet]) -> Document:
    """A workbook: each sheet's blocks on a page with a name."""
    blocks: list[Block] = []
    lines = tables = 0
    for number, (_, one) in enumerate(sheets, 1):
        for block in read_html(page(html(one)), "x").blocks:
            if isinstance(block, Table):
                tables += 1
                rows = tuple(
                    tuple(cell._replace(page=number, table=tables, line=cell.line + lines) for cell in row)
                    for row in block.rows
                )
                blocks.append(attrs.evolve(block, number=tables, line=block.line + lines, rows=rows))
            else:
                blocks.append(block._replace(page=number, line=block.line + lines))
        lines += 10_000
    return Document(tuple(blocks), "x.xlsx", page_names=tuple(name for name, _ in sheets))


def only(one: Report, *names: str, title: bool = False) -> Sheet:
    sheet = print_report(one)
    sections = tuple(section for section in sheet.sections if section.name in names)
    return attrs.evolve(sheet, title=sheet.title if title else (), opening=(), sections=sections)


def parsed(documents: list[Document]) -> list[tuple[str, Report]]:
    return [(one.name, govinfo.parsing.parse(one).report) for one in documents]


def test_a_report_on_each_sheet() -> None:
    found = parsed(split(on_sheets(("甲", A), ("乙", B), ("丙", C))))
    assert found == [("x.xlsx#甲", A), ("x.xlsx#乙", B), ("x.xlsx#丙", C)]


def test_sheets_of_reports_without_titles() -> None:
    found = parsed(split(on_sheets(("甲", without_title(A)), ("乙", without_title(B)))))
    assert [(name, cells(one)) for name, one in found] == [("x.xlsx#甲", cells(A)), ("x.xlsx#乙", cells(B))]


@pytest.mark.parametrize("title", [True, False])
def test_one_report_on_several_sheets(title: bool) -> None:
    names = ("disclosure", "applications", "disputes")
    document = on_sheets(*((name, only(A, name, title=title)) for name in names))
    assert split(document) == [document]


def test_reports_on_several_sheets_each() -> None:
    names = ("disclosure", "applications", "disputes")
    both = (("甲", A), ("乙", B))
    sheets = [(f"{who}{name}", only(one, name, title=name == names[0])) for who, one in both for name in names]
    found = parsed(split(on_sheets(*sheets)))
    assert [name for name, _ in found] == ["x.xlsx#甲disclosure", "x.xlsx#乙disclosure"]
    for (_, got), one in zip(found, (A, B), strict=True):
        assert (got.disclosure, got.applications, got.disputes) == (one.disclosure, one.applications, one.disputes)


def test_reports_one_below_the_other_in_one_table() -> None:
    """As on one sheet: titles in rows of their own."""
    rows: list[str] = []
    for one in (A, B):
        for line in html(one).split("\n"):
            if line.startswith(("<h", "<p")):
                rows.append(f"<tr><td colspan=10>{line}</td></tr>")
            elif not line.startswith(("<table", "</table")):
                rows.append(line)
    found = read(page(f"<table>{''.join(rows)}</table>"))
    assert [one if isinstance(one, str) else cells(one) for one in found.values()] == [cells(A), cells(B)]


def test_a_text_file_of_many_pages() -> None:
    document = read_text("\f".join(render(one, "tabs").decode() for one in (A, B)).encode(), "x")
    assert [govinfo.parsing.parse(one).report for one in split(document)] == [A, B]


def test_a_problem_goes_to_the_report_it_stands_in() -> None:
    content = page(html(A), html(B)).replace("教育局".encode(), "教育".encode() + b"\xff", 3)
    first, second = (one for _, one in govinfo.read_all(content))
    assert not isinstance(first, ReadError)
    assert not isinstance(second, ReadError)
    assert "SRC001" in {one.code for one in first.problems}
    assert "SRC001" not in {one.code for one in second.problems}


def test_paragraphs_alone_are_no_reports() -> None:
    document = Document(tuple(Paragraph(f"{one.title}", line) for line, one in enumerate((A, B, C), 1)))
    assert split(document) == [document]
