"""Laws of pages in a wrapping, archives, and several reports in one document: each is read as if it stood alone."""

from __future__ import annotations

import io
import zipfile
from random import Random

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo import ReadError
from govinfo.schema import TABLES, Missing, Report, Value, cells
from govinfo.testing import LAYOUTS, Layout, damage_document, example_report, print_report, render
from govinfo.testing.damage.model import DAMAGES
from govinfo.testing.examples import Edition
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.excel import workbook_of
from govinfo.testing.formats.page import PAGE_FORMATS, page_as_mhtml, page_in_script
from govinfo.testing.strategies import layouts

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
PAGES = [name for name, one in LAYOUTS.items() if one.kind == "html"]
WRAPPED = [one.name for one in PAGE_FORMATS]


def made(edition: Edition, seed: int, share: float = 0.0) -> Report:
    return example_report(edition, seed, blanks=share)


examples = st.builds(made, st.sampled_from(EDITIONS), st.integers(0, 10_000))


def read_all(content: bytes, name: str = "x") -> list[Report | str]:
    return [one.kind if isinstance(one, ReadError) else one.report for _, one in govinfo.read_all(content, name=name)]


# A page in a wrapping is the page.


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("name", WRAPPED)
def test_every_wrapping_is_read_back(name: str, edition: Edition) -> None:
    for profile in ("zero", "few", "large"):
        report = example_report(edition, 4, profile=profile)
        assert govinfo.read(FORMATS[name].write(print_report(report))).report == report


@given(examples, st.sampled_from(PAGES), st.sampled_from(("utf-8", "gb18030")), st.booleans())
def test_a_page_saved_as_one_file_is_read_as_the_page(report: Report, layout: str, encoding: str, base64: bool) -> None:
    page = render(report, layout, encoding=encoding)
    saved = govinfo.read(page_as_mhtml(page, encoding, base64=base64))
    assert saved.report == report
    assert saved.origins.keys() == govinfo.read(page).origins.keys()


@given(st.builds(made, st.sampled_from(EDITIONS), st.integers(0, 10_000), st.floats(0, 0.3)), st.sampled_from(PAGES))
def test_a_page_put_together_by_a_script_is_read_as_the_page(report: Report, layout: str) -> None:
    page = render(report, layout).decode()
    if layout == "html_paragraphs":  # nothing tells that these are tables
        return
    found, shown = govinfo.read(page_in_script(page).encode()), govinfo.read(page.encode())
    assert cells(found.report) == cells(shown.report)
    assert "SRC026" in {problem.code for problem in found.problems}


# An archive is its members.


def archive(members: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return into.getvalue()


@given(st.lists(st.tuples(examples, layouts(), st.sampled_from(("甲局", "b/乙局", "c"))), max_size=4), st.booleans())
def test_an_archive_is_read_as_its_members_are(files: list[tuple[Report, Layout, str]], nested: bool) -> None:
    members = {f"{n}{name}{layout.suffix}": render(report, layout) for n, (report, layout, name) in enumerate(files)}
    members["不是报告.txt"] = "会议通知".encode()
    content = archive({"各局.zip": archive(members)}) if nested else archive(members)
    inside = "x.zip/各局.zip" if nested else "x.zip"
    found = dict(govinfo.read_all(content, name="x.zip"))
    assert found.keys() == {f"{inside}/{name}" for name in members}
    for name, member in members.items():
        one = found[f"{inside}/{name}"]
        if isinstance(one, ReadError):
            assert (name, one.kind) == ("不是报告.txt", "not_a_report")
        else:
            alone = govinfo.read(member, name=f"{inside}/{name}")
            assert (one.report, one.origins, one.problems) == (alone.report, alone.origins, alone.problems)


# A document of several reports is each of them, or refused; never a mixture.


def distinct(reports: list[Report]) -> list[Report]:
    """Give every report an office of its own."""
    found = []
    for number, one in enumerate(reports):
        name = f"{'甲乙丙丁戊'[number]}市{one.publisher.name}"
        title = (one.title or "").replace(one.publisher.name or "", name)
        found.append(attrs.evolve(one, publisher=attrs.evolve(one.publisher, name=name), title=title))
    return found


@given(st.lists(examples, min_size=2, max_size=3).map(distinct), layouts())
def test_reports_put_into_one_document_are_read_as_if_each_stood_alone(reports: list[Report], layout: Layout) -> None:
    assert read_all(b"\n".join(render(one, layout) for one in reports)) == reports


@given(st.lists(examples, min_size=2, max_size=3).map(distinct))
def test_a_workbook_of_reports_is_each_of_them(reports: list[Report]) -> None:
    pytest.importorskip("xlsxwriter", reason="pip install XlsxWriter")
    pytest.importorskip("python_calamine", reason="pip install 'govinfo-cn[excel]'")
    assert read_all(workbook_of(map(print_report, reports))) == reports


@given(st.lists(st.sampled_from("AB"), min_size=1, max_size=4), st.sampled_from(PAGES), examples, examples)
def test_a_report_given_twice_is_one(order: list[str], layout: str, first: Report, second: Report) -> None:
    both = dict(zip("AB", distinct([first, second]), strict=True))
    found = read_all(b"\n".join(render(both[letter], layout) for letter in order))
    assert [cells(one) if isinstance(one, Report) else one for one in found] == [
        cells(both[letter]) for letter in dict.fromkeys(order)
    ]


def figures(report: Report) -> set[int]:
    """Large figures, of which no two reports have many in common."""
    found = cells(report).items()
    return {value for path, value in found if path.startswith(TABLES[:3]) and isinstance(value, int) and value > 999}


@given(layouts(), st.integers(0, 10**6))
def test_damaged_reports_in_one_document_are_never_mixed(layout: Layout, seed: int) -> None:
    rng = Random(seed)
    names = sorted(name for name, one in DAMAGES.items() if layout.name in one.layouts and one.stage != "bytes")
    printed = [
        damage_document(
            example_report(rng.choice(EDITIONS), rng.randrange(10**6), profile="large"),
            layout,
            rng.sample(names, rng.choice((0, 1, 1, 2))),
            rng.random(),
        )
        for _ in range(2)
    ]
    first, second = (figures(one.report) for one in printed)
    for found in read_all(b"\n".join(one.content for one in printed)):
        if isinstance(found, Report):
            read = figures(found)
            assert min(len(read & first - second), len(read & second - first)) <= 3
        else:
            assert found in ("several_reports", "no_tables")


def agrees(read: dict[str, Value], table: dict[str, Value]) -> bool:
    return all(read.get(path, value) in (value, *Missing) for path, value in table.items())


@given(layouts(), examples, examples)
def test_reports_whose_titles_are_lost_are_refused(layout: Layout, first: Report, second: Report) -> None:
    """Unless all they print in their tables is the same."""
    sheets = [attrs.evolve(print_report(one), title=(), opening=()) for one in (first, second)]
    found = read_all(b"\n".join(render(sheet, layout) for sheet in sheets))
    ours = [{p: v for p, v in cells(one).items() if p.partition(".")[0] in TABLES[:3]} for one in (first, second)]
    for one in found:
        if isinstance(one, Report):
            assert any(agrees(cells(one), table) for table in ours)
        else:
            assert one == "several_reports"
