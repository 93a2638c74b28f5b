"""A file that is a picture: a page that was scanned or photographed.

Only its size is read here, from the first bytes; looking at it is for a recogniser of text.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from govinfo.documents.archive import damaged
from govinfo.documents.limits import MAX_PAGES, MAX_PIXELS, check_count
from govinfo.documents.model import Document
from govinfo.documents.pages.blocks import blocks_of_pages
from govinfo.documents.pages.model import Page, PageImage
from govinfo.documents.pages.recognition import can_recognise
from govinfo.documents.pages.scan import Scans
from govinfo.documents.signatures import KINDS, refuse_known
from govinfo.text import Text

__all__ = ["Picture", "look_at", "read_picture"]

_WIDTH = 595.276
"""Points: a picture does not say reliably how large the paper was, and a page of A4 is as wide."""

_SIZES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
"""Segments of a JPEG file that say how large the picture is."""


_HEADERS = 1 << 22
"""Bytes of a JPEG file within which its size stands: colour profiles and small copies of the picture come before."""

_ENTRIES = 4096
"""Entries of a directory in a TIFF file: it has some twenty."""


class Picture(NamedTuple):
    """What a picture says of itself."""

    media_type: str
    width: int
    """Pixels."""
    height: int


def read_picture(content: bytes, name: str = "") -> Document:
    """Read a picture as one page, or a TIFF file as many, with the recognisers that are installed.

    Args:
        content: the picture.
        name: the file, for messages.

    Raises:
        ReadError: ``scanned``, nothing installed recognises text, or could in this picture; ``damaged``;
            ``too_large``.
    """
    if not can_recognise():
        refuse_known(content, name)
    pages, scans = [], Scans()
    for number, data in enumerate(_frames(content), 1):
        picture = look_at(data)
        if picture is None:
            raise damaged(KINDS["picture"].what, name, "size")
        check_count(picture.width * picture.height, MAX_PIXELS, Text("像素", "pixels"), name)
        height = _WIDTH * picture.height / picture.width
        image = PageImage(number, _WIDTH, height, data, picture.media_type)
        pages.append(scans.read(number, partial(_same, image)) or Page(number, _WIDTH, height))
    return scans.finish(Document(tuple(blocks_of_pages(pages)), name, "picture", images=len(pages), numbering="none"))


def _same(image: PageImage) -> PageImage:
    return image


def look_at(data: bytes) -> Picture | None:
    """Return what a picture says of itself; None where it is damaged or of a kind that is not known."""
    for start, kind, size in _KINDS:
        if data.startswith(start):
            try:
                width, height = size(data)
            except (struct.error, IndexError, ValueError):
                return None
            return Picture(f"image/{kind}", width, height) if width > 0 and height > 0 else None
    return None


def _png(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", data, 16)
    return width, height


def _jpeg(data: bytes) -> tuple[int, int]:
    data = data[:_HEADERS]
    at = 2
    while True:
        while data[at] == 0xFF:
            at += 1
        if data[at] in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 4)
            return width, height
        at += 1 + max(int(struct.unpack_from(">H", data, at + 1)[0]), 1)
        if data[at] != 0xFF:
            raise ValueError("no marker")


def _gif(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 6)
    return width, height


def _bmp(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from("<HH", data, 18) if data[14] == 12 else struct.unpack_from("<ii", data, 18)
    return width, abs(height)  # negative where the lines run down


def _webp(data: bytes) -> tuple[int, int]:
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int(struct.unpack_from("<I", data, 21)[0])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    width, height = struct.unpack_from("<HH", data, 26)
    return width & 0x3FFF, height & 0x3FFF


def _tiff(data: bytes) -> tuple[int, int]:
    order = _order(data)
    (at,) = struct.unpack_from(f"{order}I", data, 4)
    (entries,) = struct.unpack_from(f"{order}H", data, at)
    if entries > _ENTRIES:
        raise ValueError("too many entries")
    found = {}
    for entry in range(at + 2, at + 2 + 12 * entries, 12):
        tag, kind = struct.unpack_from(f"{order}HH", data, entry)
        if tag in (256, 257):
            (found[tag],) = struct.unpack_from(f"{order}{'H' if kind == 3 else 'I'}", data, entry + 8)
    return found.get(256, 0), found.get(257, 0)


def _order(data: bytes) -> str:
    return "<" if data.startswith(b"II") else ">"


def _frames(content: bytes) -> Iterator[bytes]:
    """Yield one picture for each page: the pages of a TIFF file are a chain, and any can be the first."""
    yield content
    if not content.startswith((b"II*\0", b"MM\0*")):
        return
    order = _order(content)
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}I", content, 4)
        while len(seen) < MAX_PAGES and at not in seen:
            seen.add(at)
            (entries,) = struct.unpack_from(f"{order}H", content, at)
            (at,) = struct.unpack_from(f"{order}I", content, at + 2 + 12 * entries)
            if not at:
                return
            yield content[:4] + struct.pack(f"{order}I", at) + content[8:]
    except struct.error:
        return


_KINDS: tuple[tuple[bytes, str, Callable[[bytes], tuple[int, int]]], ...] = (
    (b"\x89PNG\r\n\x1a\n", "png", _png),
    (b"\xff\xd8\xff", "jpeg", _jpeg),
    (b"GIF8", "gif", _gif),
    (b"BM", "bmp", _bmp),
    (b"II*\0", "tiff", _tiff),
    (b"MM\0*", "tiff", _tiff),
    (b"RIFF", "webp", _webp),
)
