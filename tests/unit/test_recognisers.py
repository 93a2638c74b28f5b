"""Recognisers: what they read is checked and doubted, and whatever is wrong with one costs the page and is said."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import govinfo
from govinfo import Recogniser, hookimpl
from govinfo.documents.limits import MAX_GLYPHS
from govinfo.documents.pages.model import Glyph, Page, PageImage, Rule
from govinfo.errors import ReadError
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.text import text_one
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.schema import Missing, cells
from govinfo.testing import example_report, print_report
from govinfo.testing.formats.ofd import ofd_pages, package
from govinfo.testing.formats.paper import Paper, lay_out
from govinfo.testing.formats.scans import paper_picture, reader_of, scanned_ofd

REPORT = example_report("2021", 3, profile="large")
PAPERS = lay_out(print_report(REPORT))
SCAN = scanned_ofd([paper_picture(number) for number in range(1, len(PAPERS) + 1)])
A4 = (210.0, 297.0)


def installed(*recognisers: Callable[[PageImage], Any]) -> Plugins:
    """Plugins with some recognisers, called ``eye0``, ``eye1``."""
    module = ModuleType("eyes")
    several = [Recogniser(f"eye{number}", one) for number, one in enumerate(recognisers)]
    module.govinfo_recognisers = hookimpl(lambda: several)  # type: ignore[attr-defined]
    loaded = load_plugins(entry_points=False, candidates=[Candidate("eyes", "govinfo-eyes", "1", lambda: module)])
    assert not loaded.problems
    return loaded


def partly_scanned(papers: list[Paper], scanned: set[int]) -> bytes:
    """A document some pages of which, from 0, are pictures."""
    pages = ofd_pages(papers)
    for number in scanned:
        pages[number] = [
            f'<ofd:ImageObject ID="12" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="{500 + number}"/>'
        ]
    extra = {f"Doc_0/Res/{number}.png": paper_picture(number + 1).png() for number in scanned}
    media = {str(500 + number): f"{number}.png" for number in scanned}
    return package(pages, [A4] * len(pages), extra=extra, media=media)


def test_a_scan_that_is_recognised_is_read_and_doubted() -> None:
    eye = reader_of(PAPERS)
    result = govinfo.check(SCAN, name="scan.ofd", plugins=installed(eye))
    assert cells(result.reading.report) == cells(REPORT)
    assert result.reading.report.year == REPORT.year
    assert [image.number for image in eye.asked] == [1, 2, 3]
    assert [image.data for image in eye.asked] == [paper_picture(number).png() for number in (1, 2, 3)]
    (finding,) = [one for one in result.findings if one.code == "SRC025"]
    assert re.search("第 1-3 页.*eye0.*未经人工校对", finding.message.zh)
    assert re.search("pages 1-3.*eye0.*not proofread", finding.message.en)
    for lang in ("zh", "en"):
        assert "eye0" in text_one(CheckedFile("scan.ofd", result), lang, False)
    assert {place.page for place in result.reading.origins.values()} == {1, 2, 3}


def test_a_scan_cut_into_strips_is_put_together() -> None:
    shown: list[PageImage] = []

    def eye(image: PageImage) -> Page:
        """Recognise only what stands on this strip: which it is tells the order of asking."""
        strip = sum(one.number == image.number for one in shown)
        shown.append(image)
        top, bottom = 297 * strip / 3, 297 * (strip + 1) / 3
        paper = PAPERS[image.number - 1]
        words = [one._replace(y=one.y - top) for one in paper.words if top < one.y <= bottom]
        lines = [
            line._replace(y0=max(line.y0, top) - top, y1=min(line.y1, bottom) - top)
            for line in paper.lines
            if line.y0 <= bottom and line.y1 >= top
        ]
        cut = Paper(words, lines, 210.0, 99.0)
        return reader_of([cut] * 3)(image)

    scan = scanned_ofd([paper_picture(number) for number in (1, 2, 3)], strips=3)
    reading = govinfo.read(scan, plugins=installed(eye))
    assert len(shown) == 9
    assert cells(reading.report) == cells(REPORT)


def test_words_without_lines_are_read_right_or_not_at_all() -> None:
    reading = govinfo.read(SCAN, plugins=installed(reader_of(PAPERS, rules=False)))
    found = cells(reading.report)
    wrong = {
        path for path, value in cells(REPORT).items() if not isinstance(found[path], Missing) and found[path] != value
    }
    assert wrong == set()
    assert sum(found[path] == value for path, value in cells(REPORT).items()) > 0.5 * len(found)


def test_a_picture_file_is_read_as_a_page() -> None:
    picture = paper_picture(1).png()
    first = [PAPERS[0]]
    reading = govinfo.read(picture, name="a.png", plugins=installed(reader_of(first)))
    found = cells(reading.report)
    printed = {path for path, value in cells(REPORT).items() if path.startswith("disclosure.")}
    assert {path for path in printed if found[path] != cells(REPORT)[path]} == set()


def test_pages_with_text_are_not_shown_to_anybody() -> None:
    eye = reader_of(PAPERS)
    reading = govinfo.read(partly_scanned(PAPERS, {1}), plugins=installed(eye))
    assert [image.number for image in eye.asked] == [2]
    assert cells(reading.report) == cells(REPORT)
    assert [one.code for one in reading.problems if one.code == "SRC025"] == ["SRC025"]


def test_a_scanned_page_without_a_recogniser_is_said_and_the_rest_is_read() -> None:
    reading = govinfo.read(partly_scanned(PAPERS, {1}))
    assert reading.document is not None
    assert reading.document.scans == (2,)
    (problem,) = [one for one in reading.problems if one.code == "SRC025"]
    assert re.search("第 2 页是图片.*没有核对", problem.message.zh)
    found = cells(reading.report)
    assert all(value == cells(REPORT)[path] or isinstance(value, Missing) for path, value in found.items())
    assert found["disputes.reconsideration.total"] == REPORT.disputes.reconsideration.total


def test_a_report_whose_tables_are_all_on_scanned_pages_is_a_scan() -> None:
    covers = [Paper(words=PAPERS[0].words[:2]), *PAPERS[1:]]
    with pytest.raises(ReadError) as caught:
        govinfo.read(partly_scanned(covers, {1, 2}))
    assert caught.value.kind == "scanned"
    assert "2 页" in caught.value.text.zh


# Recognisers that misbehave.


def raising(error: BaseException) -> Callable[[PageImage], Any]:
    def eye(image: PageImage) -> Any:
        raise error

    return eye


def returning(thing: Any) -> Callable[[PageImage], Any]:
    return lambda image: thing


def page(*glyphs: Any, rules: Any = ()) -> Page:
    return Page(1, 595.0, 842.0, glyphs, rules)


NAN = float("nan")
BAD: dict[str, tuple[Callable[[PageImage], Any], str]] = {
    "raises": (raising(ZeroDivisionError("oh\nno")), "ZeroDivisionError: oh no"),
    "exits": (raising(SystemExit(3)), "SystemExit: 3"),
    "text": (returning("甲"), "str instead of a Page"),
    "list": (returning([page()]), "list instead of a Page"),
    "words": (returning(page("甲")), "not a Glyph"),
    "tuples": (returning(page(("甲", 1.0, 2.0, 3.0, 4.0, 5.0))), "not a Glyph"),
    "numbers": (returning(page(Glyph(7, 1.0, 2.0, 3.0, 4.0))), "not a Glyph"),  # type: ignore[arg-type]
    "no place": (returning(page(Glyph("甲", 1.0, 2.0, None, 4.0))), "not a Glyph"),  # type: ignore[arg-type]
    "nan": (returning(page(Glyph("甲", 1.0, NAN, 3.0, 4.0))), "not a Glyph"),
    "far away": (returning(page(Glyph("甲", 1.0, 2.0, 1e9, 4.0))), "not a Glyph"),
    "lines": (returning(page(rules=[(1.0, 2.0, 3.0, 4.0)])), "not a Rule"),
    "no lines": (returning(page(rules=3)), "TypeError"),
    "bad line": (returning(page(rules=[Rule(1.0, NAN, 3.0, 4.0)])), "not a Rule"),
    "too many": (returning(page(rules=(Rule(1.0, 2.0, 3.0, 4.0),) * (MAX_GLYPHS + 1))), "marks on a page"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_recogniser_that_misbehaves_costs_the_page_and_is_said(bad: str) -> None:
    eye, said = BAD[bad]
    reading = govinfo.read(partly_scanned(PAPERS, {1}), plugins=installed(eye))
    assert reading.document is not None
    assert reading.document.scans == (2,)
    messages = [one.message for one in reading.problems if one.code == "SRC025"]
    assert [message for message in messages if "eye0" in message.zh and said in message.zh and said in message.en]
    assert all("\n" not in message.zh + message.en for message in messages)
    with pytest.raises(ReadError) as caught:
        govinfo.read(SCAN, plugins=installed(eye))
    assert caught.value.kind == "scanned"
    assert "eye0" in caught.value.text.zh
    assert said in caught.value.text.en


@pytest.mark.parametrize("bad", BAD)
def test_the_next_recogniser_is_asked_where_one_fails(bad: str) -> None:
    reading = govinfo.read(SCAN, plugins=installed(BAD[bad][0], returning(None), reader_of(PAPERS)))
    assert cells(reading.report) == cells(REPORT)
    messages = " ".join(one.message.en for one in reading.problems if one.code == "SRC025")
    assert "eye2" in messages
    assert "the recogniser eye0 failed" in messages
    assert "eye1" not in messages


def test_boxes_that_are_upside_down_are_turned() -> None:
    def eye(image: PageImage) -> Page:
        found = reader_of(PAPERS)(image)
        glyphs = [Glyph(one.text, one.x1, one.y1, one.x0, one.y0, one.size) for one in found.glyphs]
        return Page(99, 1.0, 1.0, tuple(glyphs), found.rules)

    assert cells(govinfo.read(SCAN, plugins=installed(eye)).report) == cells(REPORT)


# The recogniser of the documentation.

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "read-scans.md"


class FakeTesseract:
    """Knows what is printed on pages drawn with `drawn`, and counts its words in pixels."""

    Output = SimpleNamespace(DICT="dict")

    def __init__(self, scale: float, unsure: str = "") -> None:
        self.scale, self.unsure = scale, unsure
        self.pages = iter(PAPERS)
        self.dots: list[int] = []

    def image_to_data(self, image: Any, lang: str, config: str, output_type: str) -> dict[str, list[Any]]:
        assert (lang, config, output_type) == ("chi_sim", "--psm 6", "dict")
        self.dots.append(sum(image.convert("L").histogram()[:128]))
        found: dict[str, list[Any]] = {key: [] for key in ("text", "conf", "left", "top", "width", "height")}
        for words in next(self.pages).words:
            size = words.size * self.scale
            box = (
                words.x * self.scale,
                words.y * self.scale - 0.85 * size,
                sum(words.steps()) * self.scale,
                0.95 * size,
            )
            found["text"].append(words.text)
            found["conf"].append("34" if words.text == self.unsure else 96.5)
            for key, value in zip(("left", "top", "width", "height"), box, strict=True):
                found[key].append(round(value))
            for key in found:  # tesseract lists blocks and lines as well, without a text
                found[key].append({"text": " ", "conf": -1}.get(key, 0))
        return found


def drawn(scale: float) -> bytes:
    """The report's pages with their ruling lines, as pictures in an OFD document."""
    image, draw = pytest.importorskip("PIL.Image"), pytest.importorskip("PIL.ImageDraw")
    from govinfo.testing.formats.scans import Picture

    scans = []
    for paper in PAPERS:
        sheet = image.new("L", (round(210 * scale), round(297 * scale)), "white")
        pen = draw.Draw(sheet)
        for line in paper.lines:
            pen.line([value * scale for value in line], fill=0, width=2)
        scans.append(Picture(sheet.width, sheet.height, sheet.tobytes()))
    return scanned_ofd(scans)


def documented(monkeypatch: pytest.MonkeyPatch, engine: FakeTesseract) -> Plugins:
    pytest.importorskip("numpy", reason="NumPy is not installed")
    module = ModuleType("govinfo_tesseract")
    monkeypatch.setitem(sys.modules, "pytesseract", engine)
    block = re.findall(r"(?ms)^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"))[0]
    exec(compile(block, str(PAGE), "exec", dont_inherit=True), vars(module))  # noqa: S102
    me = Candidate("tesseract", "govinfo-tesseract", "0.1.0", lambda: module)
    return load_plugins(entry_points=False, candidates=[me])


def test_the_documented_recogniser_reads_a_scan(monkeypatch: pytest.MonkeyPatch) -> None:
    scale = 6.0
    engine = FakeTesseract(scale)
    reading = govinfo.read(drawn(scale), plugins=documented(monkeypatch, engine))
    assert cells(reading.report) == cells(REPORT)
    assert any("tesseract" in one.message.zh for one in reading.problems if one.code == "SRC025")
    assert all(dots < 2000 for dots in engine.dots), "the lines are wiped out before the text is looked at"


def test_the_documented_recogniser_is_not_sure_of_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    path = "applications.total.received"
    figure = cells(REPORT)[path]
    plugins = documented(monkeypatch, FakeTesseract(6.0, unsure=str(figure)))
    assert cells(govinfo.read(drawn(6.0), plugins=plugins).report)[path] is Missing.UNREADABLE
