"""PDF files: what a person sees is read, what nobody sees is not, and what cannot be read is said."""

from __future__ import annotations

import io
import re
import threading
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest

import govinfo
from govinfo.documents.limits import MAX_PAGES
from govinfo.documents.model import Cell, Document, Paragraph, Table
from govinfo.documents.pages.model import Page, PageImage
from govinfo.documents.pages.pdf import read_pdf
from govinfo.documents.pages.recognition import recognising
from govinfo.errors import ReadError
from govinfo.schema import Missing, cells
from govinfo.testing import example_report, print_report
from govinfo.testing.formats.pdf import A4, typeset
from govinfo.testing.formats.scans import paper_picture

pytest.importorskip("pypdfium2", reason="pip install pypdfium2")
pdfgen = pytest.importorskip("reportlab.pdfgen.canvas", reason="pip install reportlab")

FONT = "STSong-Light"
Draw = Callable[[Any], None]


def made(*pages: Draw, size: tuple[float, float] = A4, **options: Any) -> bytes:
    """A PDF file; each function draws a page."""
    from reportlab.pdfbase import cidfonts, pdfmetrics

    pdfmetrics.registerFont(cidfonts.UnicodeCIDFont(FONT))
    stream = io.BytesIO()
    canvas = pdfgen.Canvas(stream, pagesize=size, invariant=1, **options)
    for draw in pages:
        canvas.setFont(FONT, 10)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def grid(canvas: Any) -> None:
    """Two rows of three cells, the lower left one empty."""
    canvas.grid([100, 200, 260, 320], [700, 720, 740])
    canvas.drawString(110, 725, "规章")
    canvas.drawString(210, 725, "12")
    canvas.drawString(270, 725, "3")
    canvas.drawString(210, 705, "40")
    canvas.drawString(270, 705, "5")


def read(*pages: Draw, **options: Any) -> Document:
    return read_pdf(made(*pages, **options))


def rows(document: Document) -> list[list[str]]:
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in table.rows]


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


ROWS = [["规章", "12", "3"], ["", "40", "5"]]


def test_a_page_is_read_by_places() -> None:
    document = read(grid)
    assert rows(document) == ROWS
    assert (document.format, document.numbering, document.scans) == ("pdf", "none", ())
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert {cell.page for row in table.rows for cell in row} == {1}


def rotated(quarters: int) -> Draw:
    """Content turned so that a viewer who turns the page sees it upright."""

    def draw(canvas: Any) -> None:
        width = height = 900
        canvas.setPageRotation(90 * quarters)
        if quarters == 1:
            canvas.translate(width, 0)
        elif quarters == 2:
            canvas.translate(width, height)
        else:
            canvas.translate(0, height)
        canvas.rotate(90 * quarters)
        grid(canvas)

    return draw


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_turned_pages_are_read_as_they_are_seen(quarters: int) -> None:
    content = made(rotated(quarters), size=(900, 900))
    assert rows(read_pdf(content)) == ROWS


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_printed_sideways_is_read(quarters: int) -> None:
    def draw(canvas: Any) -> None:
        canvas.translate(450, 450)
        canvas.rotate(90 * quarters)
        canvas.translate(-450, -450)
        grid(canvas)

    assert rows(read(draw, size=(900, 900))) == ROWS


def test_a_cropped_page_is_what_is_left_of_it() -> None:
    def draw(canvas: Any) -> None:
        canvas.setCropBox((90, 690, 400, 760))
        grid(canvas)
        canvas.drawString(100, 600, "裁掉的字")

    document = read(draw)
    assert rows(document) == ROWS
    assert texts(document) == []


def test_forms_inside_forms_stand_where_they_are_placed() -> None:
    def draw(canvas: Any) -> None:
        canvas.beginForm("inner")
        canvas.setFont(FONT, 10)
        grid(canvas)
        canvas.endForm()
        canvas.beginForm("outer")
        canvas.translate(-50, 100)
        canvas.doForm("inner")
        canvas.endForm()
        canvas.scale(0.8, 0.8)
        canvas.doForm("outer")

    assert rows(read(draw)) == ROWS


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)
    canvas.drawString(230, 705, "9")


def covered(canvas: Any) -> None:
    canvas.drawString(230, 705, "9")
    canvas.setFillColorRGB(1, 1, 1)
    canvas.rect(228, 702, 12, 12, stroke=0, fill=1)


def outside(canvas: Any) -> None:
    canvas.drawString(900, 705, "9")


def invisible(canvas: Any) -> None:
    canvas.drawString(230, 705, "9", mode=3)


def watermark(canvas: Any) -> None:
    canvas.saveState()
    canvas.translate(230, 700)
    canvas.rotate(40)
    canvas.drawString(0, 0, "9")
    canvas.restoreState()


@pytest.mark.parametrize("unseen", [white, covered, outside, invisible, watermark])
def test_what_nobody_sees_is_not_read(unseen: Draw) -> None:
    def draw(canvas: Any) -> None:
        grid(canvas)
        unseen(canvas)

    assert rows(read(draw)) == ROWS


def test_white_text_on_a_dark_ground_is_seen() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0.5)
        canvas.rect(100, 700, 220, 40, fill=1)
        canvas.setFillColorRGB(1, 1, 1)
        grid(canvas)

    assert rows(read(draw)) == ROWS


def test_white_lines_are_no_rulings() -> None:
    def draw(canvas: Any) -> None:
        canvas.setStrokeColorRGB(1, 1, 1)
        canvas.line(230, 700, 230, 740)
        canvas.setStrokeColorRGB(0, 0, 0)
        grid(canvas)

    assert rows(read(draw)) == ROWS


def test_text_printed_twice_is_read_once() -> None:
    def draw(canvas: Any) -> None:
        grid(canvas)
        canvas.translate(0.3, 0)
        grid(canvas)

    assert rows(read(draw)) == ROWS


def test_rulings_may_be_filled_boxes_or_frames() -> None:
    def draw(canvas: Any) -> None:
        canvas.setFillColorRGB(0, 0, 0)
        for x in (100, 200, 260, 320):
            canvas.rect(x, 700, 0.7, 40, stroke=0, fill=1)
        canvas.setLineWidth(0.7)
        for y in (700, 720):
            canvas.rect(100, y, 220, 20)
        for x, y, text in ((110, 725, "规章"), (210, 725, "12"), (270, 725, "3"), (210, 705, "40"), (270, 705, "5")):
            canvas.drawString(x, y, text)

    assert rows(read(draw)) == ROWS


def test_a_figure_cut_off_by_the_edge_of_the_page_is_no_figure() -> None:
    def draw(canvas: Any) -> None:
        canvas.grid([100, 200, 340], [700, 720])
        canvas.drawString(110, 705, "规章")
        canvas.drawString(285, 705, "12345")

    ((label, figure),) = rows(read(draw, size=(300, 842)))
    assert label == "规章"
    assert figure == "123\ufffd\ufffd"[: len(figure)]
    assert figure.endswith("\ufffd")


def test_a_table_without_its_right_border_has_lost_figures_there() -> None:
    def draw(canvas: Any) -> None:
        for y in (700, 720, 740):
            canvas.line(100, y, 300, y)
        for x in (100, 200, 260):
            canvas.line(x, 700, x, 740)
        canvas.drawString(110, 725, "规章")
        canvas.drawString(210, 725, "12")
        canvas.drawString(285, 725, "345")

    assert rows(read(draw)) == [["规章", "12", "345\ufffd"], ["", "", "\ufffd"]]


def test_a_table_that_ends_at_the_edge_of_the_page_has_lost_figures_there() -> None:
    def draw(canvas: Any) -> None:
        canvas.grid([100, 200, 300], [700, 720])
        canvas.drawString(110, 705, "规章")

    assert rows(read(draw, size=(300, 842))) == [["规章", "\ufffd"]]
    assert rows(read(draw, size=(310, 842))) == [["规章", ""]]


def strike_out(content: bytes, number: int, box: tuple[int, int, int, int]) -> bytes:
    """Add an annotation that strikes out what is inside a box on a page."""
    import pypdfium2

    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(content)
    page = document[number - 1]
    note = raw.FPDFPage_CreateAnnot(page.raw, raw.FPDF_ANNOT_STRIKEOUT)
    x0, y0, x1, y1 = box
    points = raw.FS_QUADPOINTSF(x0, y1, x1, y1, x0, y0, x1, y0)
    raw.FPDFAnnot_AppendAttachmentPoints(note, points)
    raw.FPDFAnnot_SetRect(note, raw.FS_RECTF(x0, y1, x1, y0))
    raw.FPDFPage_CloseAnnot(note)
    stream = io.BytesIO()
    document.save(stream)
    document.close()
    return stream.getvalue()


def test_a_figure_struck_out_by_a_reviewer_is_no_figure() -> None:
    struck = rows(read_pdf(strike_out(made(grid), 1, (205, 721, 225, 735))))
    assert struck[0] == ["规章", "1\u03362\u0336", "3"]


def picture(canvas: Any) -> None:
    """A page that is a picture."""
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(io.BytesIO(paper_picture().png())), 0, 0, *A4)


def hidden_layer(canvas: Any) -> None:
    """A scan whose text a scanning program recognised."""
    picture(canvas)
    text = canvas.beginText(100, 700)
    text.setFont(FONT, 10)
    text.setTextRenderMode(3)
    for line in range(6):
        text.textLine(f"第{line}行文字由扫描软件识别得来")
    canvas.drawText(text)


def layer_under_picture(canvas: Any) -> None:
    for line in range(6):
        canvas.drawString(100, 700 - 20 * line, f"第{line}行文字由扫描软件识别得来")
    picture(canvas)


def test_scanned_pages_are_refused_in_both_languages() -> None:
    pytest.importorskip("PIL", reason="reportlab draws pictures with pillow")
    with pytest.raises(ReadError) as caught:
        read(picture, picture)
    assert caught.value.kind == "scanned"
    assert "扫描件" in caught.value.text.zh
    assert "OCR" in caught.value.text.zh
    assert "scan" in caught.value.text.en


def test_scanned_pages_among_others_are_listed() -> None:
    pytest.importorskip("PIL", reason="reportlab draws pictures with pillow")
    document = read(grid, picture, grid)
    assert document.scans == (2,)
    assert [problem.code for problem in document.problems] == ["SRC025"]


def test_scanned_pages_go_to_a_recogniser() -> None:
    pytest.importorskip("PIL", reason="reportlab draws pictures with pillow")
    seen: list[PageImage] = []
    plain = read_pages(made(grid))

    def recognise(image: PageImage) -> Page:
        seen.append(image)
        return plain

    with recognising([("test", recognise)]):
        document = read(picture)
    assert rows(document) == ROWS
    assert document.scans == ()
    assert seen[0].data.startswith(b"\x89PNG")
    assert (round(seen[0].width), round(seen[0].height)) == (595, 842)


def read_pages(content: bytes) -> Page:
    """The one page of a document, as marks."""
    import pypdfium2

    from govinfo.documents.pages.pdfium import marks_of

    document = pypdfium2.PdfDocument(content)
    page = document[0]
    marks = marks_of(pypdfium2.raw, page.raw)
    document.close()
    return Page(1, marks.width, marks.height, marks.glyphs, marks.rules)


@pytest.mark.parametrize("draw", [hidden_layer, layer_under_picture])
def test_the_hidden_text_of_a_scan_is_read_with_a_doubt(draw: Draw) -> None:
    pytest.importorskip("PIL", reason="reportlab draws pictures with pillow")
    document = read(draw)
    assert "扫描软件识别" in "".join(texts(document))
    assert [problem.code for problem in document.problems] == ["SRC024"]


def without_encoding(content: bytes) -> bytes:
    """Make nobody know which characters the fonts show."""
    content = re.sub(rb"/Encoding /UniGB-UCS2-H", b"/Encoding /Identity-H  ", content)
    return re.sub(rb"/Ordering \(GB1\)", b"/Ordering (XY1)", content)


def test_fonts_that_do_not_say_their_characters_are_never_read_as_figures() -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(without_encoding(typeset(print_report(example_report("2021", 3)))))
    assert caught.value.kind == "scanned"
    assert "乱码" in caught.value.text.zh


def test_a_file_with_a_password_is_refused() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    with pytest.raises(ReadError) as caught:
        read(grid, encrypt=StandardEncryption("geheim", strength=128))
    assert caught.value.kind == "encrypted"
    assert "密码" in caught.value.text.zh


def test_a_file_that_only_forbids_changes_is_read() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    assert rows(read(grid, encrypt=StandardEncryption("", "owner", canModify=0, canCopy=0, strength=128))) == ROWS


@cache
def report() -> bytes:
    return typeset(print_report(example_report("2021", 3)))


def test_a_file_that_was_cut_off_is_read_or_refused() -> None:
    kinds = set()
    for share in range(1, 20):
        try:
            read_pdf(report()[: len(report()) * share // 20])
        except ReadError as error:
            kinds.add(error.kind)
    assert kinds == {"damaged"}


def test_too_many_pages_are_refused_at_once() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(MAX_PAGES + 1))
    content = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count " + str(MAX_PAGES + 1).encode() + b"/Kids[" + kids + b"]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]>>endobj\n"
        b"trailer<</Root 1 0 R>>\n"
    )
    with pytest.raises(ReadError) as caught:
        read_pdf(content)
    assert caught.value.kind == "too_large"


def test_text_without_end_is_refused() -> None:
    def draw(canvas: Any) -> None:
        for line in range(310):
            canvas.drawString(0, 2 * line, f"{line}" + "0" * 1000)

    with pytest.raises(ReadError) as caught:
        read(draw)
    assert caught.value.kind == "too_large"


def test_many_threads_read_at_once() -> None:
    whole = govinfo.read(report()).report
    found: list[Any] = []

    def work() -> None:
        found.extend(govinfo.read(report()).report == whole for _ in range(3))

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 12


def test_the_title_of_the_file_is_told_where_it_says_something() -> None:
    def titled(title: str) -> str | None:
        def draw(canvas: Any) -> None:
            canvas.setTitle(title)
            grid(canvas)

        return read(draw).title

    assert titled("青河市教育局年度报告") == "青河市教育局年度报告"
    assert titled("Microsoft Word - 1.doc") is None


def test_figures_of_a_struck_out_cell_are_unreadable_and_said() -> None:
    printed = example_report("2021", 5, profile="few")
    content = typeset(print_report(printed))
    reading = govinfo.read(content)
    path = "applications.total.received"
    place = reading.origins[path]
    assert isinstance(place, Cell)
    found = govinfo.read(strike_out(content, place.page, box_of(content, place.page, place.text)))
    assert cells(found.report)[path] is Missing.UNREADABLE
    assert any(problem.code == "SRC004" and path in problem.paths for problem in found.problems)


def box_of(content: bytes, page: int, text: str) -> tuple[int, int, int, int]:
    """Where a text stands first on a page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    words = document[page - 1].get_textpage()
    at = words.get_text_range().index(text)
    left, bottom, _, top = words.get_charbox(at)
    right = words.get_charbox(at + len(text) - 1)[2]
    document.close()
    return round(left) - 1, round(bottom) - 1, round(right) + 1, round(top) + 1


def test_nothing_is_written_twice_where_streams_are_packed() -> None:
    packed = made(grid, pageCompression=1)
    assert zlib.compress(b"")[:2] in packed or b"FlateDecode" in packed
    assert rows(read_pdf(packed)) == ROWS
