"""What a page says of itself, the documents it links to, and figures in its form fields."""

from __future__ import annotations

import datetime as dt
import re

import attrs
import pytest

import govinfo
from govinfo import ReadError
from govinfo.documents.html import read_html
from govinfo.documents.model import Paragraph
from govinfo.schema import Missing, Publisher, cells
from govinfo.testing import example_report, print_report, render

REPORT = example_report("2021", 4, profile="large")
TITLE = "2022年政府信息公开工作年度报告"


def page(body: str, head: str = "") -> bytes:
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8">\n{head}</head><body>{body}</body></html>'.encode()


def body(title: str = "") -> str:
    sheet = attrs.evolve(print_report(REPORT), title=(title,) if title else (), opening=())
    html = render(sheet, "html").decode()
    return html[html.index("<body>") + 6 : html.index("</body>")]


META = (
    '<meta name="SiteName" content="甲市人民政府门户网站">\n<META NAME="ArticleTitle" CONTENT="{title}">\n'
    '<meta name="PubDate" content="2023-01-18 10:22:05">\n<meta name="ContentSource" content="{source}">\n'
)


def test_what_the_text_does_not_say_is_taken_from_meta_tags() -> None:
    reading = govinfo.read(page(body(TITLE), META.format(title=TITLE, source="甲市教育局")))
    report = reading.report
    assert (report.publisher.name, report.year, report.published) == ("甲市教育局", 2022, dt.date(2023, 1, 18))
    assert (reading.origins["publisher.name"].line, reading.origins["published"].line) == (6, 5)
    assert reading.origins["publisher.name"].text == "甲市教育局"


def test_a_title_only_in_the_meta_tags() -> None:
    reading = govinfo.read(page(body(), META.format(title=f"甲市教育局{TITLE}", source="办公室")))
    assert (reading.report.title, reading.report.publisher.name) == (f"甲市教育局{TITLE}", "甲市教育局")
    assert reading.origins["title"].line == 4


def test_what_the_text_says_comes_first() -> None:
    shown = page(
        f"<p>发布日期：2023-01-09</p>{body('乙区财政局' + TITLE)}", META.format(title=TITLE, source="甲市教育局")
    )
    report = govinfo.read(shown).report
    assert (report.publisher.name, report.published) == ("乙区财政局", dt.date(2023, 1, 9))


@pytest.mark.parametrize("source", ["甲市政府网", "本站原创", "甲市日报", "转载：某某局", "x" * 200])
def test_a_source_that_is_no_office_is_not_the_publisher(source: str) -> None:
    reading = govinfo.read(page(body(TITLE), META.format(title="年报", source=source)))
    assert reading.report.publisher == Publisher(None)
    assert "SRC010" in {problem.code for problem in reading.problems}


@pytest.mark.parametrize("date", ["2023-13-40", "昨天", "", "20230118"])
def test_a_date_that_is_none_is_not_taken(date: str) -> None:
    assert govinfo.read(page(body(TITLE), f'<meta name="PubDate" content="{date}">')).report.published is None


LINKS = {
    '<a href="/files/a.docx">甲市教育局年度报告.docx</a>': ("甲市教育局年度报告.docx",),
    '<a href="./W020230118.pdf">附件：年度报告</a>': ("附件：年度报告（W020230118.pdf）",),
    '<a href="/down.jsp?id=3&amp;filename=%E5%B9%B4%E6%8A%A5.wps"><img src="x.png"></a>': ("年报.wps",),
    '<a href="/d?id=3">年度报告.OFD</a><a href="/d?id=3">年度报告.OFD</a>': ("年度报告.OFD",),
    '<iframe src="/pdfjs/web/viewer.html?file=/upload/2023/nb.pdf"></iframe>': ("nb.pdf",),
    '<iframe src="/upload/2023/nb.pdf#toolbar=0"></iframe>': ("nb.pdf",),
    '<embed src="nb.pdf"><object data="b.pdf"></object>': ("nb.pdf", "b.pdf"),
    '<a href="http://[bad">x</a><a href="/index.html">首页</a><a>无</a><iframe src="count.html"></iframe>': (),
}


@pytest.mark.parametrize("html", LINKS)
def test_attachments(html: str) -> None:
    assert read_html(page(html), "x").attachments == LINKS[html]


def test_a_report_without_tables_names_its_attachments() -> None:
    links = "".join(f'<a href="{number}.pdf">附表{number}</a>' for number in range(1, 8))
    with pytest.raises(ReadError) as caught:
        govinfo.read(page(f"<h1>甲市教育局{TITLE}</h1><p>一、总体情况</p>{links}"))
    assert caught.value.kind == "no_tables"
    assert "附件中：附表1（1.pdf）、附表2（2.pdf）" in caught.value.text.zh
    assert "等 7 个" in caught.value.text.zh
    assert "附表6" not in caught.value.text.zh


def test_figures_in_text_fields_are_read() -> None:
    field = re.compile(r"<td>(\d[\d.]*)</td>")
    kinds = ("", ' type="text"', ' type="number" readonly', " type=TEL class='f'")
    count = 0

    def as_field(found: re.Match[str]) -> str:
        nonlocal count
        count += 1
        return f'<td><input{kinds[count % 4]} value="{found[1]}"></td>'

    whole = render(REPORT, "html").decode()
    assert govinfo.read(field.sub(as_field, whole).encode()).report == REPORT
    assert count > 100


@pytest.mark.parametrize("kind", ["hidden", "checkbox", "password", "submit", "radio"])
def test_other_fields_hold_no_figures(kind: str) -> None:
    path = "applications.natural_person.received"
    place = govinfo.read(render(REPORT, "html")).origins[path]
    lines = render(REPORT, "html").decode().split("\n")
    lines[place.line - 1] = f'<td><input type="{kind}" value="{place.text}"></td>'
    assert cells(govinfo.read("\n".join(lines).encode()).report)[path] is Missing.BLANK


def test_a_search_field_is_no_text_of_the_page() -> None:
    document = read_html(page('<p>甲</p><form><input name="q" value="请输入关键字"></form>'), "x")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["甲"]
