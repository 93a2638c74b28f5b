"""The format keeps its cells apart, and what stands in a document from acting."""

from __future__ import annotations

import pytest
from govinfo import Finding, ReadError, Reading, Report, Result, Severity, Text
from govinfo.hookspecs import CheckedFile

from govinfo_example.output import header, lines


@pytest.mark.parametrize(
    ("text", "cell"),
    [("=1+1", "'=1+1"), ("-1", "-1"), ("-x", "'-x"), ("a\tb\nc", "a b c"), ("@x", "'@x"), ("a\x1b[2J", "a [2J")],
)
def test_a_finding_is_a_line_of_cells_that_cannot_act(text: str, cell: str) -> None:
    finding = Finding("APP001", Severity.INFO, Text(text, text), ("applications.total.received",), 1, 2)
    written = lines(CheckedFile("a.html", Result(Reading(Report()), (finding,), ())), "en", False)
    assert written == f"a.html\tAPP001\tinfo\t{cell}\tapplications.total.received\t1\t2\n"
    assert written.count("\t") == header("en").count("\t")


def test_a_file_that_cannot_be_read_has_a_line_that_says_so() -> None:
    file = CheckedFile("b.html", error=ReadError("empty", Text("文件是空的", "the file is empty")))
    assert lines(file, "zh", True) == "b.html\t\t\t文件是空的\t\t\t\n"
