"""Fonts that a PDF file does not carry: whichever the machine has instead, characters stand where the file says."""

from __future__ import annotations

import ctypes
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from govinfo.documents.pages.borrowed import FLAT, with_room
from govinfo.documents.pages.pdfium import Marks, marks_of

pypdfium2 = pytest.importorskip("pypdfium2", reason="pip install pypdfium2")
pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="pip install reportlab")

FONT = "STSong-Light"
SIZE = 10.0
DIGIT = 0.462
"""How wide a digit is in this font, as reportlab writes into the file."""
MIDDLE = 300.0
QUARTERS = pytest.mark.parametrize("quarters", range(4))
INVISIBLE = 3


def made(*texts: tuple[float, str], quarters: int = 0, pressed: float = 100, way: int = 0) -> bytes:
    """A page with texts on one line, which runs to the right, up, to the left or down from the middle of the page."""
    from reportlab.pdfbase import cidfonts, pdfmetrics

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = pdfgen.Canvas(stream, pagesize=(2 * MIDDLE, 2 * MIDDLE), invariant=1)
    canvas.setFont(FONT, SIZE)
    canvas.setLineWidth(2)
    canvas.translate(MIDDLE, MIDDLE)
    canvas.rotate(90 * quarters)
    for x, text in texts:
        line = canvas.beginText(x, 0)
        line.setHorizScale(pressed)
        line.setTextRenderMode(way)
        line.textOut(text)
        canvas.drawText(line)
    canvas.save()
    return stream.getvalue()


@contextmanager
def opened(content: bytes) -> Iterator[Any]:
    with pypdfium2.PdfDocument(content) as document:
        page = pypdfium2.raw.FPDF_LoadPage(document.raw, 0)
        yield page
        pypdfium2.raw.FPDF_ClosePage(page)


def marks(content: bytes) -> Marks:
    with opened(content) as page:
        return marks_of(pypdfium2.raw, page)


@QUARTERS
@pytest.mark.parametrize("text", ["政", "１", "一", "政府", "二一"])
def test_a_text_stands_where_the_file_says_however_short_and_however_turned(text: str, quarters: int) -> None:
    found = marks(made((20, text), quarters=quarters)).glyphs
    assert [one.text for one in found] == list(text)
    for at, one in enumerate(found):
        start = MIDDLE + 20 + at * SIZE
        assert one[1:] == pytest.approx((start, MIDDLE - 8.6, start + SIZE, MIDDLE + 1.4, SIZE), abs=0.02)


@QUARTERS
@pytest.mark.parametrize("pressed", [50, 100])
def test_digits_are_as_wide_as_the_file_says(quarters: int, pressed: float) -> None:
    found = marks(made((20, "2048"), quarters=quarters, pressed=pressed)).glyphs
    width = DIGIT * SIZE * pressed / 100
    assert [one.text for one in found] == list("2048")
    for at, one in enumerate(found):
        start = MIDDLE + 20 + at * width
        assert (one.x0, one.x1) == pytest.approx((start, start + width), abs=0.02)


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_blank_alone_is_not_told(blank: str) -> None:
    found = marks(made((20, "1"), (30, blank), (40, "2"), (60, "政")))
    assert [one.text for one in found.glyphs] == ["1", "2", "政"]


def test_what_nobody_sees_stays_unseen() -> None:
    found = marks(made((20, "政"), way=INVISIBLE))
    assert (found.glyphs, [one.text for one in found.layer]) == ((), ["政"])


def test_a_text_that_is_given_room_is_drawn_as_before() -> None:
    raw = pypdfium2.raw
    place, pen, sides = raw.FS_MATRIX(), ctypes.c_float(), [ctypes.c_float() for _ in range(4)]

    def said(thing: Any) -> tuple[float, ...]:
        assert raw.FPDFPageObj_GetMatrix(thing, place)
        assert raw.FPDFPageObj_GetStrokeWidth(thing, pen)
        way = raw.FPDFTextObj_GetTextRenderMode(thing)
        return way, pen.value, place.a, place.b, place.c, place.d, place.e, place.f

    with opened(made((20, "政"), quarters=1)) as page:
        (thing,) = (raw.FPDFPage_GetObject(page, at) for at in range(raw.FPDFPage_CountObjects(page)))
        before = said(thing)
        assert before == pytest.approx((0, 2, 0, 1, -1, 0, MIDDLE, MIDDLE + 20), abs=0.01)
        assert with_room(raw, thing)
        assert said(thing) == before
        assert raw.FPDFPageObj_GetBounds(thing, *sides)
        assert sides[2].value - sides[0].value >= FLAT


WITHOUT_FONTS = """
import json, sys
from pypdfium2 import PdfDocument, raw
none = raw.FPDF_SYSFONTINFO(version=1)
raw.FPDF_SetSystemFontInfo(none)
from govinfo.documents.pages.pdfium import marks_of
document = PdfDocument(sys.stdin.buffer.read())
print(json.dumps(marks_of(raw, raw.FPDF_LoadPage(document.raw, 0)).glyphs))
"""


@QUARTERS
def test_a_machine_without_fonts_reads_the_same(quarters: int) -> None:
    content = made((0, "表"), (20, "１"), (40, "规章1"), (80, "2048"), (120, "-"), quarters=quarters)
    done = subprocess.run([sys.executable, "-c", WITHOUT_FONTS], input=content, capture_output=True, check=True)
    here = sorted(marks(content).glyphs, key=lambda one: one.x0)
    assert "".join(one.text for one in here) == "表１规章12048-"
    for there, one in zip(sorted(json.loads(done.stdout), key=lambda one: one[1]), here, strict=True):
        assert there[0] == one.text
        assert there[1:] == pytest.approx(one[1:], abs=0.02)
