"""Laws of encodings: only the bytes are believed, nothing is lost behind a wrong label, a bad byte costs itself."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.schema import Missing, Report, cells
from govinfo.testing import DAMAGES, LAYOUTS, damage_document, example_report, misread, render
from govinfo.testing.examples import Edition
from govinfo.testing.strategies import layouts

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")

# (the bytes, what the page claims, the name of the encoding found)
ENCODINGS = [
    ("utf-8", None, "utf-8"),
    ("utf-8-sig", None, "utf-8"),
    ("utf-8", "gb2312", "utf-8"),
    ("gb18030", None, "gb18030"),
    ("gb18030", "gb2312", "gb18030"),
    ("gbk", "gb2312", "gb18030"),
    ("gb18030", "utf-8", "gb18030"),
    ("gb18030", "iso-8859-1", "gb18030"),
    ("utf-16", None, "utf-16-le"),
    ("utf-16-le", "utf-8", "utf-16-le"),
    ("utf-16-be", "gb2312", "utf-16-be"),
]


@pytest.mark.parametrize(("encoding", "declared", "found"), ENCODINGS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_in_every_encoding(layout: str, encoding: str, declared: str | None, found: str) -> None:
    report = example_report("2021", 21, profile="few")
    reading = govinfo.read(render(report, layout, encoding=encoding, declared=declared))
    assert reading.report == report
    assert reading.document is not None
    assert reading.document.encoding == found
    assert not reading.document.problems


reports: Any = st.builds(example_report, st.sampled_from(EDITIONS), st.integers(0, 10_000))


@given(reports, layouts(), st.sampled_from(ENCODINGS))
def test_any_report_in_any_encoding(report: Report, layout: Any, how: tuple[str, str | None, str]) -> None:
    encoding, declared, _ = how
    assert govinfo.read(render(report, layout, encoding=encoding, declared=declared)).report == report


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("encoding", ["utf-8", "big5", "gb18030"])
def test_traditional_characters(layout: str, encoding: str) -> None:
    for edition in EDITIONS:
        report = example_report(edition, 22, profile="few")
        document = damage_document(report, layout, ["traditional_characters"], encoding=encoding)
        reading = govinfo.read(document.content)
        found = reading.report
        assert cells(found) == cells(report), "figures, fee included"
        assert (found.year, found.edition, found.period) == (report.year, report.edition, report.period)
        assert reading.document is not None
        assert reading.document.encoding == encoding
        assert found.publisher.name is not None
        original = DAMAGES["traditional_characters"].apply(report.publisher.name, Random(0))
        assert found.publisher.name in (original, report.publisher.name)
        assert None not in {getattr(found.sections, name) for name in ("overview", "problems", "other_matters")}


@given(reports, layouts(), st.integers(0, 10_000), st.sampled_from(["utf-8", "gb18030"]))
def test_a_bad_byte_costs_at_most_itself(report: Report, layout: Any, seed: int, encoding: str) -> None:
    document = damage_document(report, layout, ["bad_byte"], seed, encoding=encoding)
    reading = govinfo.read(document.content)
    assert misread(document, reading.report) == {}
    assert reading.document is not None
    assert reading.document.encoding == encoding
    problems = [problem for problem in reading.problems if problem.code == "SRC001"]
    assert problems, "a byte that could not be decoded was passed over in silence"
    place = problems[0].at
    assert place is not None
    lost = document.content.index(b"\xff")
    assert place.line == document.content[:lost].count(b"\n") + 1
    missing = {p for p, v in cells(reading.report).items() if isinstance(v, Missing)}
    missing -= {p for p, v in cells(report).items() if isinstance(v, Missing)}
    assert len(missing) <= 25, "more than a column was lost for one character"
