"""Records read back: the law that nothing is lost, and what is refused."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import attrs
import pytest
from govinfo_xml import read_xml, write_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from govinfo import Missing, ReadError, Report, Text, check, write
from govinfo.hookspecs import CheckedFile
from govinfo.plugins import Plugins
from govinfo.schema import Disclosure2019, Level, Publisher, Scope, Sections, cells
from govinfo.testing import example_report, replace_cells
from govinfo.testing.strategies import reports

LEGAL = st.text(
    st.characters(
        codec="utf-8", exclude_characters="".join(map(chr, (*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF)))
    )
)
"""Any text XML can hold: line ends of every kind, invisible characters, markup."""
MISSING = st.sampled_from(Missing)
LAW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def records(draw: st.DrawFn) -> Report:
    """Reports with any reason in any cell, any text in any section, and figures no form ever had."""
    report = draw(reports(blanks=True))
    paths = st.sampled_from(list(cells(report)))
    strange: dict[str, Any] = draw(st.dictionaries(paths, MISSING | st.integers(), max_size=9))
    amounts = [path for path in strange if isinstance(cells(report)[path], Decimal)]
    strange |= {path: draw(st.decimals(allow_nan=False, allow_infinity=False, places=6)) for path in amounts}
    texts = st.none() | LEGAL
    return attrs.evolve(
        replace_cells(report, strange),
        title=draw(texts),
        year=draw(st.none() | st.integers()),
        publisher=draw(st.builds(Publisher, texts, texts, st.none() | st.sampled_from(Level))),
        scope=draw(st.none() | st.sampled_from(Scope)),
        sections=draw(st.builds(Sections, *[texts] * len(attrs.fields(Sections)))),
    )


@LAW
@given(st.lists(records(), max_size=3))
def test_what_is_written_reads_back_equal(given: list[Report]) -> None:
    content = write_xml(given)
    assert read_xml(content) == given
    assert write_xml(read_xml(content)) == content


@LAW
@given(st.text())
def test_what_xml_cannot_hold_is_written_out(text: str) -> None:
    (back,) = read_xml(write_xml([Report(title=text)]))
    shown = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", lambda m: ascii(m[0])[1:-1], text)
    assert back.title == shown


@pytest.mark.parametrize("edition", ["2019", "2021", "mixed"])
def test_what_checking_writes_reads_back(edition: Any, plugins: Plugins) -> None:
    results = [check(example_report(edition, seed, blanks=0.1), plugins=plugins) for seed in range(3)]
    unreadable = CheckedFile("x", error=ReadError("empty", Text("空", "empty")))
    content = write([*results, unreadable], format="xml", plugins=plugins)
    assert content is not None
    assert read_xml(content) == [result.reading.report for result in results]


def test_a_table_that_is_not_there_stays_so() -> None:
    report = attrs.evolve(example_report("2021", 1), disclosure=Disclosure2019())
    (back,) = read_xml(write_xml([report]))
    assert back == report
    assert back.editions == {"disclosure": None, "applications": "2021"}


# refused

GOOD = write_xml([example_report("2021", 3)]).decode()


def changed(before: str, after: str) -> bytes:
    assert GOOD.count(before) >= 1
    return GOOD.replace(before, after, 1).encode()


@pytest.mark.parametrize(
    ("content", "kind", "said"),
    [
        (b"", "damaged", ""),
        (b"{}", "damaged", ""),
        (GOOD[:-20].encode(), "damaged", "line"),
        (b"<reports/>", "record", "urn:govinfo-cn:report:1"),
        (changed('version="1.0" g', 'version="1.1" g'), "record", "1.0"),
        (changed("<year>", "<years>").replace(b"</year>", b"</years>"), "record", " 6"),
        (changed("<issued>", "<issued>x"), "record", " 1"),
        (changed("<issued>", '<issued missing="blank">'), "record", "disclosure.regulations.issued"),
        (re.sub(rb"<issued>\d+</issued>", b'<issued xsi:nil="true"/>', GOOD.encode(), count=1), "record", "issued"),
        (re.sub(rb"<issued>\d+</issued>", b"<issued/>", GOOD.encode(), count=1), "record", " 1"),
        (changed('xsi:type="Disclosure2021"', 'xsi:type="Disclosure2019"'), "record", " 1"),
        (changed('xsi:type="Disclosure2021" edition="2021"', 'xsi:type="Disclosure2021" edition="2019"'), "record", ""),
        (
            changed('xsi:type="Disclosure2021" edition="2021"', 'xsi:type="OtherDisclosure" edition="2030"'),
            "record",
            "2030",
        ),
        (changed('xsi:type="Disclosure2021" edition="2021"', 'xsi:type="Disclosure"'), "record", " 1"),
        (changed('unit="万元"', 'unit="元"'), "record", "unit"),
        (changed("<reports", '<!DOCTYPE reports [<!ENTITY a "b">]><reports'), "damaged", "DOCTYPE"),
        (changed("<reports", '<!DOCTYPE reports SYSTEM "http://127.0.0.1:9/x.dtd"><reports'), "damaged", "DOCTYPE"),
        (changed("<title>", "<title>&undefined;"), "damaged", "undefined"),
        (changed("<reports", "<a>" * 5000 + "<reports"), "too_deep", ""),
        (changed("<issued>", "<issued>" + "9" * 5000), "record", ""),
    ],
)
def test_anything_else_is_refused_and_said(content: bytes, kind: str, said: str) -> None:
    with pytest.raises(ReadError) as error:
        read_xml(content, "x.xml")
    assert (error.value.kind, error.value.name) == (kind, "x.xml")
    for text in error.value.text:
        assert said in text
        assert len(text) < 3000


def test_size_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govinfo.documents.limits.MAX_BYTES", 1000)
    with pytest.raises(ReadError) as error:
        read_xml(GOOD.encode())
    assert error.value.kind == "too_large"


def test_nothing_outside_is_fetched(tmp_path: Any) -> None:
    (tmp_path / "x.xsd").write_text("<broken")
    place = f'xsi:schemaLocation="urn:govinfo-cn:report:1 {(tmp_path / "x.xsd").as_uri()}" generator='
    assert len(read_xml(changed("generator=", place))) == 1


OTHER = 'xsi:type="OtherDisclosure" edition="2021"'


@pytest.mark.parametrize("number", ["x", "٥", "1e5", "1.5", "9" * 5000, "1_000"])
def test_numbers_of_an_edition_the_schema_does_not_know_are_strict_too(number: str) -> None:
    """Cells of such a table are not described: everything depends on the reader."""
    content = changed('xsi:type="Disclosure2021" edition="2021"', OTHER).decode()
    assert read_xml(content.encode()) == read_xml(GOOD.encode())
    with pytest.raises(ReadError) as error:
        read_xml(re.sub(r"<issued>\d+", f"<issued>{number}", content, count=1).encode())
    assert "issued" in error.value.text.en
    twice = content.replace("<regulations>", "<regulations/><regulations>", 1)
    for wrong in (twice, content.replace("regulations>", "rules>")):
        with pytest.raises(ReadError, match="is unknown, or given twice"):
            read_xml(wrong.encode())


def test_files_without_a_record_are_passed_over() -> None:
    root = etree.fromstring(GOOD.encode())
    root[0].remove(root[0][0])
    assert read_xml(etree.tostring(root)) == []
