"""Reads PDF files with pdfium: the text layer by its places, and scanned pages where a recogniser is installed."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import attrs

from govinfo.documents.archive import damaged
from govinfo.documents.limits import MAX_GLYPHS, MAX_OBJECTS, MAX_PAGES, check_count, check_size
from govinfo.documents.model import Document, Problem
from govinfo.documents.pages.blocks import blocks_of_pages
from govinfo.documents.pages.model import Page, PageImage
from govinfo.documents.pages.pdf_care import check_pdf
from govinfo.documents.pages.pdfium import Marks, marks_of
from govinfo.documents.pages.png import grey_png
from govinfo.documents.pages.scan import Scans, is_picture, ranges
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError
from govinfo.extras import need
from govinfo.text import Text

__all__ = ["read_pdf"]

_WHAT = KINDS["pdf"].what
_PDFIUM = threading.RLock()
"""pdfium is one for the whole process and knows nothing of threads."""
_PASSWORD, _SECURITY = 4, 5
_FEW = 40
"""Characters a scanned page may show of its own: a page number, a stamp."""
_UNKNOWN = 0.2
"""Of the characters of a page: if the file does not say what more of them are, it says nothing."""
_DPI = 200
_PIXELS = 12_000_000
"""Of a page that is drawn for a recogniser: A4 at 300 dpi has 9 million."""


def read_pdf(content: bytes, name: str = "") -> Document:
    """Read a PDF file.

    Args:
        content: the file.
        name: what to call it in messages.

    Raises:
        ReadError: ``damaged``; ``encrypted``, it asks for a password; ``too_large``; ``scanned``, its pages are
            pictures, or letters of which the file does not say what they are.
        MissingExtra: pypdfium2 is not installed.
    """
    need("pdf", "pypdfium2")
    check_size(content, name)
    locked = check_pdf(content, name)
    with _PDFIUM, _opened(content, name) as (raw, document, title):
        if locked:
            check_pdf(_unlocked(raw, document), name)
        found = _Pages(raw, name)
        for index in range(found.count(document)):
            found.take(document, index)
        return found.document(title)


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[tuple[Any, Any, str | None]]:
    """Open a document; give the C interface, the document, and its title."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", 0) in (_PASSWORD, _SECURITY):
            message = Text(
                "这是加密的 PDF 文件，需要密码才能打开，未读取；请提供未加密的文件",
                "this PDF file is encrypted and opens with a password only: give one without",
            )
            raise ReadError("encrypted", message, name) from error
        raise damaged(_WHAT, name, error) from error
    try:
        yield raw, document.raw, _title(document)
    finally:
        document.close()


def _unlocked(raw: Any, document: Any) -> bytes:
    """Return the bytes of an encrypted document as they would be without encryption; no page is read for it."""
    out = bytearray()

    def write(_: Any, data: Any, size: int) -> int:
        out.extend(ctypes.string_at(data, size))
        return 1

    writer = raw.FPDF_FILEWRITE(version=1)
    writer.WriteBlock = type(writer.WriteBlock)(write)
    raw.FPDF_SaveAsCopy(document, writer, raw.FPDF_REMOVE_SECURITY)
    return bytes(out)


def _title(document: Any) -> str | None:
    """Return the title the file gives itself, unless it is only the name of a program or a file."""
    title = " ".join(document.get_metadata_value("Title").split())
    return title if 0 < len(title) < 200 and not title.isascii() else None


class _Pages:
    """The pages of one document, as they are read."""

    def __init__(self, raw: Any, name: str) -> None:
        self.raw, self.name = raw, name
        self.pages: list[Page] = []
        self.scans = Scans()
        self.broken: list[int] = []
        self.unknown: list[int] = []
        self.layered: list[int] = []
        self.glyphs = self.objects = 0

    def count(self, document: Any) -> int:
        """Return how many pages there are.

        Raises:
            ReadError: ``too_large``, ``damaged``.
        """
        count: int = self.raw.FPDF_GetPageCount(document)
        check_count(count, MAX_PAGES, Text("页", "pages"), self.name)
        if count <= 0:
            raise damaged(_WHAT, self.name, "no pages")
        return count

    def take(self, document: Any, index: int) -> None:
        """Read a page."""
        raw, number = self.raw, index + 1
        page = raw.FPDF_LoadPage(document, index)
        if not page:
            self.broken.append(number)
            return
        try:
            marks = marks_of(raw, page, self.name)
            self.glyphs += len(marks.glyphs) + len(marks.layer) + marks.hidden
            check_count(self.glyphs, MAX_GLYPHS, Text("文字", "characters"), self.name)
            self.objects += marks.objects
            check_count(self.objects, MAX_OBJECTS, Text("图形", "shapes"), self.name)
            self._judge(marks, number, page)
        finally:
            raw.FPDF_ClosePage(page)

    def _judge(self, marks: Marks, number: int, page: Any) -> None:
        """Decide whether a page's text can be read, or a picture of it must be."""
        glyphs = marks.glyphs
        seen = Page(number, marks.width, marks.height, glyphs, marks.rules, marks.images)
        draw = partial(_drawn, self.raw, page, number, marks.width, marks.height)
        if len(marks.layer) > len(glyphs) and len(glyphs) <= _FEW:
            self.layered.append(number)
            seen = attrs.evolve(seen, glyphs=glyphs + marks.layer)
        elif marks.unmapped > _UNKNOWN * len(glyphs):
            self.unknown.append(number)
            seen = self.scans.read(number, draw) or attrs.evolve(seen, glyphs=(), rules=())
        elif is_picture(seen):
            seen = self.scans.read(number, draw) or seen
        self.pages.append(seen)

    def document(self, title: str | None) -> Document:
        """Return what was read.

        Raises:
            ReadError: ``damaged``, ``scanned``, where nothing was.
        """
        if len(self.broken) and not self.pages:
            raise damaged(_WHAT, self.name, "no page can be read")
        unread = set(self.scans.unread)
        unknown = [number for number in self.unknown if number in unread]
        if unknown and len(unread) == len(self.pages):
            message = Text(
                "文件没有说明所用字体的文字编码，{pages}的文字无法读出（复制出来是乱码），无法核对；"
                "请从原文档重新导出，或安装文字识别（OCR）插件",
                "the file does not say which characters its fonts show, and the text of {pages} cannot be read: export "
                "it again from the original document, or install a plugin that recognises text",
            )
            raise ReadError("scanned", message.fill(pages=ranges(unknown)), self.name)
        doubts: list[Problem] = []
        blocks = tuple(blocks_of_pages(self.pages, doubts))
        images = sum(len(page.images) for page in self.pages)
        document = Document(
            blocks,
            self.name,
            "pdf",
            title=title,
            images=images,
            numbering="none",
            problems=(*doubts, *self._problems()),
        )
        return self.scans.finish(document)

    def _problems(self) -> Iterator[Problem]:
        if self.broken:
            message = Text("{pages}已损坏，未读取", "{pages}: damaged, not read")
            yield Problem("SRC023", message.fill(pages=ranges(self.broken)))
        if self.layered:
            message = Text(
                "{pages}是图片，其中的数字取自文件自带的隐藏文字（一般由扫描软件识别），未经人工校对",
                "{pages}: a picture; its figures were taken from the hidden text in the file, which scanning programs "
                "recognise, and not proofread",
            )
            yield Problem("SRC024", message.fill(pages=ranges(self.layered)))


def _drawn(raw: Any, page: Any, number: int, width: float, height: float) -> PageImage | None:
    """Draw a page in shades of grey."""
    scale = _DPI / 72
    if width * height * scale * scale > _PIXELS:
        scale = (_PIXELS / (width * height)) ** 0.5
    across, down = round(width * scale), round(height * scale)
    if across < 1 or down < 1:
        return None
    bitmap = raw.FPDFBitmap_CreateEx(across, down, raw.FPDFBitmap_Gray, None, 0)
    if not bitmap:
        return None
    try:
        raw.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, 0, raw.FPDF_GRAYSCALE)
        stride = raw.FPDFBitmap_GetStride(bitmap)
        data = ctypes.string_at(raw.FPDFBitmap_GetBuffer(bitmap), stride * down)
        rows = (data[at : at + across] for at in range(0, stride * down, stride))
        return PageImage(number, width, height, grey_png(across, down, rows))
    finally:
        raw.FPDFBitmap_Destroy(bitmap)
