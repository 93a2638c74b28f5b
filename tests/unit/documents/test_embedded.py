"""HTML a page holds as text: taken only where the page shows no tables, and only whole."""

from __future__ import annotations

import json
from html import escape
from urllib.parse import quote

import pytest

import govinfo
from govinfo import ReadError
from govinfo.schema import Report
from govinfo.testing import example_report, render
from govinfo.testing.formats.page import page_in_script

REPORT = example_report("2021", 11, profile="large")
PAGE = render(REPORT, "html").decode()
BODY = PAGE[PAGE.index("<body>") + len("<body>") : PAGE.index("</body>")]
LINES = BODY.strip().split("\n")


def page(inside: str) -> bytes:
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>\n{inside}\n</body></html>'.encode()


def script(code: str) -> bytes:
    return page(f'<div id="main"></div>\n<script type="text/javascript">\n{code}\n</script>')


def read(content: bytes) -> Report:
    reading = govinfo.read(content)
    assert [problem.code for problem in reading.problems] == ["SRC026"]
    return reading.report


def js(text: str) -> str:
    """A string of JavaScript, as careful systems write it."""
    return json.dumps(text).replace("<", "\\u003c").replace("/", "\\/")


def single(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n").replace("/", "\\/") + "'"


HELD = {
    "a variable": script(f"var content = {js(BODY)};"),
    "single quotes": script(f"var content = {single(BODY)};"),
    "hexadecimal": script(f"var content = {single(BODY).replace('<', chr(92) + 'x3C')};"),
    "a template": script(f"const content = `{BODY}`;"),
    "continued over lines": script("var content = '" + BODY.strip().replace("\n", "\\\n") + "';"),
    "joined by plus": script("var content = " + "\n + ".join(map(js, LINES)) + ";"),
    "added line by line": script("\n".join([f"html = {js(LINES[0])};", *(f"html += {js(one)};" for one in LINES[1:])])),
    "written line by line": script("\n".join(f"document.writeln({js(one)});" for one in LINES)),
    "pushed": script("\n".join(f"rows.push({js(one)});" for one in LINES) + "\ndocument.write(rows.join(''));"),
    "comments between": script(f'// don\'t touch\n/* "old" */ var url = "http://x/y";\nvar content = {js(BODY)};'),
    "JSON": page(f'<script type="application/json">{json.dumps({"id": 1, "text": BODY})}</script>'),
    "JSON in a string": script(f"var data = JSON.parse({js(json.dumps({'text': BODY}))});"),
    "escaped HTML in a string": script(f"var content = decode({js(escape(BODY))});"),
    "an address": script(f"document.write(decodeURIComponent('{quote(BODY)}'));"),
    "a textarea": page(f'<textarea style="display:none">{escape(BODY)}</textarea>'),
    "a textarea not escaped": page(f'<textarea id="t" hidden>{BODY}</textarea>'),
    "a hidden field": page(f'<input type="hidden" id="content" value="{escape(BODY)}">'),
    "an attribute": page(f'<div id="app" data-article="{escape(BODY)}"></div>'),
    "JSON in an attribute": page(f'<div id="app" data-page="{escape(json.dumps({"html": BODY}))}"></div>'),
    "a frame's own page": page(f'<iframe srcdoc="{escape(PAGE)}"></iframe>'),
}


@pytest.mark.parametrize("how", HELD)
def test_a_report_is_read_that_a_page_holds_as_text(how: str) -> None:
    assert read(HELD[how]) == REPORT


def test_every_figure_stands_where_its_script_does() -> None:
    content = page_in_script(PAGE)
    reading = govinfo.read(content.encode())
    line = next(number for number, text in enumerate(content.split("\n"), 1) if "<script>" in text)
    assert {reading.origins[path].line for path in ("title", "applications.total.received", "sections.problems")} == {
        line
    }
    assert reading.problems[0].at is not None
    assert reading.problems[0].at.line == line


def test_a_page_that_shows_its_tables_is_read_as_it_is_shown() -> None:
    other = render(example_report("2021", 12, profile="large"), "html").decode()
    whole = PAGE.replace("</body>", f"<script>var old = {js(other)};</script></body>")
    reading = govinfo.read(whole.encode())
    assert reading.report == REPORT
    assert reading.problems == ()


def test_the_title_may_be_shown_and_the_tables_held() -> None:
    shown, held = BODY.split("<h2>", 1)
    assert read(page(f"{shown}\n<div id=c></div><script>show({js('<h2>' + held)})</script>")) == REPORT


ROW = next(one for one in LINES if one.startswith("<td>") and one[4].isdigit())


@pytest.mark.parametrize(
    "code",
    [
        "var content = " + js(BODY[: BODY.index(ROW)]) + " + figure + " + js(BODY[BODY.index(ROW) + len(ROW) :]) + ";",
        "var content = `" + BODY.replace(ROW, "<td>${figure}</td>", 1) + "`;",
        "a += " + js(BODY[: BODY.index(ROW)]) + "; b += " + js(BODY[BODY.index(ROW) :]) + ";",
        "var content = " + js(BODY).replace("\\u003c", "\\u003", 1) + ";",
        "var content = " + js(BODY[: BODY.rindex("</table>")]) + ";",
    ],
    ids=["a variable", "a template with a variable", "two variables", "a broken escape", "cut off"],
)
def test_what_is_not_whole_is_not_taken(code: str) -> None:
    """A table with a hole in it would be read with a blank cell where a figure stands, or with none at all."""
    with pytest.raises(ReadError) as caught:
        govinfo.read(page(f"<h1>{REPORT.title}</h1><script>{code}</script>"))
    assert caught.value.kind == "no_tables"


HOSTILE = {
    "comments": "/*" * 300_000 + "<table",
    "backslashes": "'" + "\\" * 300_001 + "<table",
    "strings": '"<table' * 100_000,
    "tags": "<table>" * 50_000,
    "templates": "`${<table" * 90_000,
    "assignments": "a+='<table';" * 80_000,
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_script_costs_little(what: str) -> None:
    with pytest.raises(ReadError):
        govinfo.read(script(HOSTILE[what]))
