"""Scanned reports: pictures of pages, as files of their own and inside PDF and OFD; and one who reads them faultlessly.

`pictures` draws the pages of a PDF with pdfium. What only needs some picture takes a `Picture` of plain paper, and
`seen` says what a recogniser without fault finds on a page that `lay_out` printed.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

from govinfo.documents.pages.model import Glyph, Page, PageImage, Rule
from govinfo.testing.formats.ofd import package
from govinfo.testing.formats.paper import Paper

__all__ = ["Picture", "paper_picture", "pictures", "reader_of", "scanned_ofd", "scanned_pdf", "seen"]


class Picture(NamedTuple):
    """A page in shades of grey."""

    width: int
    """Pixels."""
    height: int
    grey: bytes
    """One byte for each pixel, from the top left."""

    def png(self) -> bytes:
        """Return the picture as a PNG file."""

        def part(kind: bytes, data: bytes) -> bytes:
            return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

        rows = b"".join(
            b"\0" + self.grey[at : at + self.width] for at in range(0, self.width * self.height, self.width)
        )
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 0, 0, 0, 0)
        data = part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")
        return b"\x89PNG\r\n\x1a\n" + data


def paper_picture(page: int = 1, width: int = 210, height: int = 297) -> Picture:
    """Return a picture of plain paper; the shade of its first pixel is the page's number, to know it again."""
    return Picture(width, height, bytes([page]) + b"\xff" * (width * height - 1))


def pictures(pdf: bytes, dpi: int = 200) -> list[Picture]:
    """Draw the pages of a PDF file; needs pypdfium2."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        found = []
        for page in document:
            bitmap = page.render(scale=dpi / 72, grayscale=True)
            raw, stride, width = bytes(bitmap.buffer), bitmap.stride, bitmap.width
            rows = (raw[at : at + width] for at in range(0, stride * bitmap.height, stride))
            found.append(Picture(width, bitmap.height, b"".join(rows)))
            bitmap.close()
            page.close()
        return found
    finally:
        document.close()


def scanned_ofd(scans: Sequence[Picture], strips: int = 1) -> bytes:
    """Put pictures into an OFD file, one on each page of A4, cut into strips as some scanners do it."""
    pages: list[list[str]] = []
    extra: dict[str, bytes] = {}
    media: dict[str, str] = {}
    for scan in scans:
        objects = []
        for strip in range(strips):
            top, bottom = (scan.height * at // strips for at in (strip, strip + 1))
            cut = Picture(scan.width, bottom - top, scan.grey[top * scan.width : bottom * scan.width])
            key = str(500 + len(media))
            media[key] = f"Image_{key}.png"
            extra[f"Doc_0/Res/Image_{key}.png"] = cut.png()
            y, height = 297 * top / scan.height, 297 * (bottom - top) / scan.height
            objects.append(
                f'<ofd:ImageObject ID="12" Boundary="0 {y:.4f} 210 {height:.4f}" CTM="210 0 0 {height:.4f} 0 0" '
                f'ResourceID="{key}"/>'
            )
        pages.append(objects)
    return package(pages, [(210.0, 297.0)] * len(pages), extra=extra, media=media)


def scanned_pdf(scans: Sequence[Picture]) -> bytes:
    """Put pictures into a PDF file, one on each page of A4."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    for scan in scans:
        packed = zlib.compress(scan.grey)
        drawn = b"595.28 0 0 841.89 0 0 cm /I Do"
        first = len(objects) + 1
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.28 841.89]/Contents %d 0 R"
            b"/Resources<</XObject<</I %d 0 R>>>>>>" % (first + 1, first + 2),
            b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
            b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (scan.width, scan.height, len(packed), packed),
        ]
    kids = b" ".join(b"%d 0 R" % (3 + 3 * index) for index in range(len(scans)))
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(scans))
    file = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(file)
    file += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    file += b"".join(b"%010d 00000 n \n" % place for place in places)
    file += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(file)


def seen(paper: Paper, image: PageImage, *, rules: bool = True) -> Page:
    """Return what a recogniser without fault finds on a page: its lines of text and, with ``rules``, its rulings."""
    right, down = image.width / paper.width, image.height / paper.height
    glyphs = []
    for words in paper.words:
        width, size = sum(words.steps()), words.size
        box = (
            words.x * right,
            (words.y - 0.85 * size) * down,
            (words.x + width) * right,
            (words.y + 0.1 * size) * down,
        )
        glyphs.append(Glyph(words.text, *box, size * down))
    lines = [Rule(x0 * right, y0 * down, x1 * right, y1 * down) for x0, y0, x1, y1 in paper.lines] if rules else []
    return Page(image.number, image.width, image.height, tuple(glyphs), tuple(lines))


class _Faultless:
    def __init__(self, papers: Sequence[Paper], rules: bool) -> None:
        self._papers, self._rules = papers, rules
        self.asked: list[PageImage] = []

    def __call__(self, image: PageImage) -> Page:
        self.asked.append(image)
        return seen(self._papers[image.number - 1], image, rules=self._rules)


def reader_of(papers: Sequence[Paper], *, rules: bool = True) -> _Faultless:
    """Return a function for `govinfo.hookspecs.Recogniser` that knows what is printed on every page.

    It lists in ``asked`` what it was shown.
    """
    return _Faultless(papers, rules)
