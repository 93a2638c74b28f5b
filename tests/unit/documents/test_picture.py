"""Pictures: how large they say they are, and what is damaged or too large."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest

from govinfo.documents.limits import MAX_PIXELS
from govinfo.documents.pages.model import Glyph, Page, PageImage
from govinfo.documents.pages.picture import look_at, read_picture
from govinfo.documents.pages.recognition import recognising
from govinfo.errors import ReadError
from govinfo.testing.formats.scans import paper_picture


def saved(kind: str, size: tuple[int, int] = (31, 47), **options: Any) -> bytes:
    """A picture written by Pillow."""
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    buffer = io.BytesIO()
    image.new("RGB", size, "white").save(buffer, kind, **options)
    return buffer.getvalue()


def echo(image: PageImage) -> Page:
    """A recogniser that writes down the shape it was shown."""
    word = f"{image.media_type} {look_at(image.data)}"
    return Page(9, 9.0, 9.0, (Glyph(word, 100.0, 100.0, 300.0, 110.0, 10.0),))


def read(content: bytes) -> list[str]:
    with recognising([("echo", echo)]):
        return [block.text for block in read_picture(content, "x").blocks if not hasattr(block, "rows")]


@pytest.mark.parametrize(
    ("kind", "options"),
    [
        ("PNG", {}),
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("JPEG", {"exif": b"Exif\0\0" + b"\xff\xc0" * 3000}),
        ("GIF", {}),
        ("BMP", {}),
        ("TIFF", {}),
        ("TIFF", {"big_tiff": False, "compression": "tiff_lzw"}),
        ("WEBP", {}),
        ("WEBP", {"lossless": True}),
        ("WEBP", {"exif": b"Exif\0\0MM"}),
    ],
)
def test_the_size_is_what_pillow_wrote(kind: str, options: dict[str, Any]) -> None:
    content = saved(kind, **options)
    assert look_at(content) == (f"image/{kind.lower()}", 31, 47)


def test_old_and_upside_down_bitmaps_are_known() -> None:
    core = b"BM" + bytes(12) + struct.pack("<IHH", 12, 31, 47)
    assert look_at(core) == ("image/bmp", 31, 47)
    downwards = b"BM" + bytes(12) + struct.pack("<Iii", 40, 31, -47)
    assert look_at(downwards) == ("image/bmp", 31, 47)


def test_a_picture_is_one_page_as_wide_as_paper() -> None:
    seen: list[PageImage] = []
    with recognising([("echo", lambda image: (seen.append(image), echo(image))[1])]):  # type: ignore[func-returns-value]
        document = read_picture(paper_picture(1, 100, 200).png(), "x.png")
    (image,) = seen
    assert (image.number, image.media_type) == (1, "image/png")
    assert [image.width, image.height] == pytest.approx([595.276, 2 * 595.276])
    assert (document.format, document.images, document.scans) == ("picture", 1, ())
    assert [problem.code for problem in document.problems] == ["SRC025"]


def test_every_page_of_a_tiff_is_shown_first_in_a_file_of_its_own() -> None:
    image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")
    pages = [image.new("L", (30 + number, 40), "white") for number in range(3)]
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    widths: list[int] = []

    def look(shown: PageImage) -> Page:
        with image.open(io.BytesIO(shown.data)) as opened:
            widths.append(opened.width)
        return echo(shown)

    with recognising([("look", look)]):
        document = read_picture(buffer.getvalue(), "x.tif")
    assert widths == [30, 31, 32]
    assert document.images == 3
    assert ["pages 1-3" in problem.message.en for problem in document.problems] == [True]


def test_a_chain_of_pages_that_bites_its_tail_ends() -> None:
    directory = struct.pack("<HHHIIHHIII", 2, 256, 4, 1, 5, 257, 4, 1, 6, 8)
    assert len(read(b"II*\0" + struct.pack("<I", 8) + directory)) in (1, 2)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "BMP", "TIFF", "WEBP"])
def test_a_picture_cut_short_is_damaged_or_read(kind: str) -> None:
    content = saved(kind)
    kinds = {kind_of(content[:length]) for length in range(12, len(content), 7)}
    assert kinds <= {"", "damaged", "too_large"}


def kind_of(content: bytes) -> str:
    try:
        read(content)
    except ReadError as error:
        return error.kind
    return ""


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"\xff\xd8\xff" + b"\xff" * 5_000_000, "damaged"),
        (b"II*\0" + struct.pack("<IH", 8, 65535) + bytes(65535 * 12), "damaged"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", MAX_PIXELS, 2), "too_large"),
        (b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 0, 2), "damaged"),
    ],
)
def test_a_damaged_or_immense_picture_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(content)
    assert caught.value.kind == kind


def test_without_a_recogniser_a_picture_is_a_scan() -> None:
    with pytest.raises(ReadError) as caught:
        read_picture(paper_picture().png(), "x.png")
    assert caught.value.kind == "scanned"
    assert "OCR" in caught.value.text.zh
    assert "plugin that recognises text" in caught.value.text.en
