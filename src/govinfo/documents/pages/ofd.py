"""OFD documents (GB/T 33190, 版式文件): pages with every character at its place, as offices publish them.

Signatures, seals and notes beside the page are left out: they are no part of the report.
"""

from __future__ import annotations

from functools import partial

import attrs

from govinfo.documents.archive import Archive, damaged
from govinfo.documents.limits import MAX_PAGES, MAX_PIXELS, check_count
from govinfo.documents.model import Document
from govinfo.documents.pages.blocks import blocks_of_pages
from govinfo.documents.pages.model import Glyph, Page, PageImage, Rule
from govinfo.documents.pages.ofd_content import Budget, Drawn, Sheet
from govinfo.documents.pages.ofd_geometry import Unreadable
from govinfo.documents.pages.ofd_package import Package, Volume
from govinfo.documents.pages.picture import look_at
from govinfo.documents.pages.scan import Scans, is_picture
from govinfo.documents.signatures import KINDS
from govinfo.text import Text

__all__ = ["read_ofd"]

_WHAT = KINDS["ofd"].what

_SHAPES = 100
"""Curved shapes on a page without text: it was written in shapes instead of letters."""

_LARGE = 0.1
"""Share of a scanned page that a picture covers that may hold text."""


def read_ofd(content: bytes, name: str = "") -> Document:
    """Read an OFD document.

    Args:
        content: the file.
        name: what to call it in messages.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``, ``too_deep``; ``scanned``, its pages are pictures.
    """
    pages: list[Page] = []
    images = 0
    attachments: list[str] = []
    scans, budget = Scans(), Budget(name)
    with Archive(content, _WHAT, name) as archive:
        for volume in Package(archive, name).volumes():
            attachments += volume.attachments()
            for location in volume.pages():
                check_count(len(pages) + 1, MAX_PAGES, Text("页", "pages"), name)
                try:
                    page = _page(volume, location, len(pages) + 1, scans, budget)
                except Unreadable as error:
                    raise damaged(_WHAT, name, f"{location}: {error}") from error
                pages.append(page)
                images += len(page.images)
    document = Document(
        tuple(blocks_of_pages(pages)), name, "ofd", images=images, numbering="none", attachments=tuple(attachments)
    )
    return scans.finish(document)


def _page(volume: Volume, location: str, number: int, scans: Scans, budget: Budget) -> Page:
    box, layers = volume.page(location)
    sheet = Sheet(box, volume.resources, budget)
    for layer in layers:
        sheet.draw(layer)
    page = sheet.page(number)
    if is_picture(page):
        return _recognised(page, sheet.pictures, volume, scans)
    if not page.glyphs and sheet.shapes >= _SHAPES:
        scans.miss(number)
    return page


def _recognised(page: Page, pictures: list[Drawn], volume: Volume, scans: Scans) -> Page:
    """Return a page with the text of its large pictures, which may be strips of one scan."""
    for drawn in pictures:
        box = drawn.box
        if (box.x1 - box.x0) * (box.y1 - box.y0) < _LARGE * page.width * page.height:
            continue
        found = scans.read(page.number, partial(_picture, volume, drawn, page.number))
        if found is not None:
            page = attrs.evolve(
                page,
                glyphs=page.glyphs + tuple(_moved(one, box) for one in found.glyphs),
                rules=page.rules + tuple(Rule(*_beside(one, box)) for one in found.rules),
                recognised_by=found.recognised_by,
            )
    return page


def _picture(volume: Volume, drawn: Drawn, number: int) -> PageImage | None:
    """Return a picture for a recogniser; None where it is turned, or not in the file."""
    data = volume.picture(drawn.resource) if drawn.upright else None
    if data is None:
        return None
    known = look_at(data)
    if known is not None and known.width * known.height > MAX_PIXELS:
        return None
    kind = known.media_type if known is not None else "application/octet-stream"
    box = drawn.box
    return PageImage(number, box.x1 - box.x0, box.y1 - box.y0, data, kind)


def _moved(glyph: Glyph, box: Rule) -> Glyph:
    return Glyph(glyph.text, *_beside(glyph, box), glyph.size)


def _beside(mark: Glyph | Rule, box: Rule) -> tuple[float, float, float, float]:
    return mark.x0 + box.x0, mark.y0 + box.y0, mark.x1 + box.x0, mark.y1 + box.y0
