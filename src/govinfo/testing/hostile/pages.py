"""Hostile OFD and PDF files."""

from __future__ import annotations

import zlib
from pathlib import Path

from govinfo.testing.hostile.parts import LAUGHS, TITLE, Parts, external, packed

__all__: list[str] = []

_OFD = "http://www.ofdspec.org/2016"


# OFD


def ofd(page: str, before: str = "", root: str = "Doc_0/Document.xml", pages: int = 1) -> Parts:
    """Return the parts of an OFD document."""
    body = f"<ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody>"
    listed = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_0/Content.xml"/>' for n in range(pages))
    document = (
        f'<ofd:Document xmlns:ofd="{_OFD}"><ofd:CommonData><ofd:MaxUnitID>9</ofd:MaxUnitID><ofd:PageArea>'
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    content = f'<ofd:Page xmlns:ofd="{_OFD}"><ofd:Content><ofd:Layer ID="1">{page}</ofd:Layer></ofd:Content></ofd:Page>'
    return {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{_OFD}" Version="1.0" DocType="OFD">{body}</ofd:OFD>',
        "Doc_0/Document.xml": document,
        "Doc_0/Pages/Page_0/Content.xml": f"{before}{content}",
    }


def _shown(text: str) -> str:
    code = f'<ofd:TextCode X="0" Y="5">{text}</ofd:TextCode>'
    return f'<ofd:TextObject ID="3" Boundary="10 10 100 10" Font="2" Size="4">{code}</ofd:TextObject>'


def ofd_laughs(folder: Path) -> bytes:
    return packed(ofd(_shown("&j;"), LAUGHS))


def ofd_external(folder: Path) -> bytes:
    return packed(ofd(_shown("&s;"), external(folder)))


def ofd_traversal(folder: Path) -> bytes:
    return packed(ofd(_shown(TITLE), root=f"../../../../../..{folder / 'secret'}"))


def ofd_many_pages(folder: Path) -> bytes:
    return packed(ofd(_shown(TITLE), pages=100_000))


def ofd_deep(folder: Path) -> bytes:
    block = '<ofd:PageBlock ID="4">'
    return packed(ofd(block * 50_000 + _shown(TITLE) + "</ofd:PageBlock>" * 50_000))


def ofd_deltas(folder: Path) -> bytes:
    """Distances between characters that are repeated a billion times."""
    code = '<ofd:TextCode X="0" Y="5" DeltaX="g 1000000000 4 g 1000000000 4">零</ofd:TextCode>'
    one = f'<ofd:TextObject ID="3" Boundary="10 10 100 10" Font="2" Size="4">{code}</ofd:TextObject>'
    return packed(ofd(one * 200))


# PDF


def pdf(objects: list[bytes]) -> bytes:
    """Put numbered objects into a PDF file; the first is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def pdf_many_pages(folder: Path) -> bytes:
    count = 100_000
    kids = b" ".join(b"%d 0 R" % number for number in range(3, count + 3))
    tree = b"<< /Type /Pages /Count %d /MediaBox [0 0 595 842] /Kids [%b] >>" % (count, kids)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, *[b"<< /Type /Page /Parent 2 0 R >>"] * count])


def pdf_deep_pages(folder: Path) -> bytes:
    depth = 50_000
    tree = [
        b"<< /Type /Pages /Count 1 /Parent %d 0 R /Kids [%d 0 R] >>" % (number - 1, number + 1)
        for number in range(2, depth + 2)
    ]
    page = b"<< /Type /Page /MediaBox [0 0 595 842] /Parent %d 0 R >>" % (depth + 1)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", *tree, page])


def pdf_looping_pages(folder: Path) -> bytes:
    tree = b"<< /Type /Pages /Count 1000000 /Parent 3 0 R /Kids [3 0 R 2 0 R] >>"
    other = b"<< /Type /Pages /Count 1000000 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>"
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, other])


def _page(content: bytes, extra: bytes = b"") -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    resources = b"<< /Font << /F1 4 0 R >> /XObject << /X 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents 5 0 R >>" % resources
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources %b /Length 24 >>\nstream\n%b\nendstream"
    form %= (resources, b"/X Do /X Do /X Do /X Do ")
    tree = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
    stream = b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), extra, content)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", tree, page, font, stream, form])


def pdf_bomb(folder: Path) -> bytes:
    packer = zlib.compressobj(9)
    content = b"".join(packer.compress(b"0 0 m 9 9 l S\n" * 100_000) for _ in range(200)) + packer.flush()
    return _page(content, b"/Filter /FlateDecode")


def pdf_glyphs(folder: Path) -> bytes:
    """A page of a million characters."""
    return _page(b"BT /F1 8 Tf " + b"1 0 0 1 9 9 Tm (0123456789) Tj " * 100_000 + b"ET")


def pdf_rulings(folder: Path) -> bytes:
    """A page of forty thousand ruling lines that all cross."""
    across = b"".join(b"0 %d.%02d m 595 %d.%02d l S\n" % (n // 25, n % 25, n // 25, n % 25) for n in range(20_000))
    down = b"".join(b"%d.%02d 0 m %d.%02d 842 l S\n" % (n // 40, n % 40, n // 40, n % 40) for n in range(20_000))
    return _page(across + down)


def pdf_form_in_itself(folder: Path) -> bytes:
    return _page(b"/X Do")
