"""A PDF file that would cost pdfium all memory or time is refused before pdfium gets it; all others pass."""

from __future__ import annotations

import base64
import io
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from govinfo.documents.pages.pdf import read_pdf
from govinfo.documents.pages.pdf_care import check_pdf
from govinfo.documents.pages.pdf_filters import lzw, run_length
from govinfo.errors import ReadError
from govinfo.testing.hostile.pages import pdf

GOLDEN = sorted((Path(__file__).parents[2] / "golden" / "formats").glob("*.pdf"))
CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
TREE = b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << %b >> >> >>"
LINE = b"0 0 m 9 9 l S\n"


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), about, content)


def file(content: bytes, *more: bytes, drawings: bytes = b"", about: bytes = b"") -> bytes:
    """A page whose content is object 4; the objects after it are numbered from 5."""
    return pdf([CATALOGUE, TREE, PAGE % drawings, stream(content, about), *more])


def form(content: bytes, drawings: bytes = b"", about: bytes = b"") -> bytes:
    return stream(
        content, b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<<%b>>>>%b" % (drawings, about)
    )


def packed(mib: int, unit: bytes = LINE) -> bytes:
    packer = zlib.compressobj(9)
    part = unit * (1024 * 1024 // len(unit))
    return b"".join(packer.compress(part) for _ in range(mib)) + packer.flush()


def lzw_bomb(size: int) -> bytes:
    """The same byte over and over: each code is the next new entry, after 3839 of them all over again."""
    bits, count, width, table = 0, 0, 9, 258
    for code in (256, 32, *range(258, 4094)):
        bits, count = bits << width | code, count + width
        if code not in (256, 32):
            table += 1
        if code == 256:
            table = 258
        width = min(12, max(9, (table + 1).bit_length()))
    padding = -count % 8
    one = (bits << padding).to_bytes((count + padding) // 8, "big")
    return one if size <= len(one) else one + b"\xff" * (size - len(one))


def refused(content: bytes) -> None:
    with pytest.raises(ReadError) as found:
        check_pdf(content)
    assert found.value.kind == "too_large"


def chain(length: int, times: int = 2) -> bytes:
    links = [form(b"/X Do " * times, b"/X %d 0 R" % (number + 1)) for number in range(5, 4 + length)]
    return file(b"/X Do", *links, form(LINE), drawings=b"/X 5 0 R")


def in_stream(objects: dict[int, bytes]) -> bytes:
    """An object stream."""
    places, texts = b"", b""
    for number, text in objects.items():
        places += b"%d %d " % (number, len(texts))
        texts += text + b" "
    about = b"/Type /ObjStm /N %d /First %d /Filter /FlateDecode" % (len(objects), len(places))
    return stream(zlib.compress(places + texts), about)


def hidden_resources() -> bytes:
    own = stream(b"/X Do /X Do", b"/Subtype /Form /Resources 7 0 R")
    held = in_stream({7: b"<< /XObject 8 0 R >>", 8: b"<< /X 5 0 R >>"})
    return file(b"/X Do", own, held, drawings=b"/X 5 0 R")


def hidden_page() -> bytes:
    held = in_stream({9: PAGE.replace(b"4 0 R", b"[10 0 R]") % b"/X 5 0 R"})
    looping = form(b"/X Do", b"/X 5 0 R")
    return file(b"", looping, held)


def wrong_checksum() -> bytes:
    content = zlib.compress(b"/X Do /X Do")[:-1] + b"?"
    return file(b"/X Do", form(content, b"/X 5 0 R", b"/Filter/FlateDecode"), drawings=b"/X 5 0 R")


def false_end() -> bytes:
    """The first end of the stream is inside a stored block."""
    packer = zlib.compressobj(0)
    content = packer.compress(b"% endstream endobj\n/X Do /X Do") + packer.flush()
    return file(b"/X Do", form(content, b"/X 5 0 R", b"/Filter/FlateDecode"), drawings=b"/X 5 0 R")


FLATE = b"/Filter /FlateDecode"
BOMBS: dict[str, Callable[[], bytes]] = {
    "flate": lambda: file(packed(30), about=FLATE),
    "flate in flate": lambda: file(zlib.compress(packed(30)), about=b"/Filter [/FlateDecode /FlateDecode]"),
    "flate in base 85": lambda: file(
        base64.a85encode(packed(30)) + b"~>", about=b"/Filter[/ASCII85Decode/FlateDecode]"
    ),
    "flate in digits": lambda: file(packed(30).hex().encode() + b">", about=b"/Filter [/AHx /Fl]"),
    "no names of filters but elsewhere": lambda: file(packed(30), b"[ /FlateDecode ]", about=b"/Filter 5 0 R"),
    "escaped names": lambda: file(packed(30), about=b"/F#69lter /Fl#61teDecode"),
    "cut off": lambda: file(packed(30), about=FLATE).partition(b"endstream")[0],
    "many": lambda: file(b"", *[stream(packed(12), FLATE)] * 6),
    "packed spaces": lambda: file(packed(30, b" "), about=FLATE),
    "marks": lambda: file(packed(6), about=FLATE),
    "shown often": lambda: pdf(
        [CATALOGUE, TREE, (PAGE % b"").replace(b"4 0 R", b"[%b]" % (b"4 0 R " * 60)), stream(packed(1), FLATE)]
    ),
    "run length": lambda: file(zlib.compress(b"\x81 " * 250_000), about=b"/Filter [/FlateDecode /RunLengthDecode]"),
    "a picture that is a page": lambda: file(packed(30), about=FLATE + b" /Subtype /Image"),
    "itself": lambda: file(b"/X Do", form(b"/X Do", b"/X 5 0 R"), drawings=b"/X 5 0 R"),
    "each other": lambda: file(
        b"/X Do", form(b"/X Do", b"/X 6 0 R"), form(b"/X Do", b"/X 5 0 R"), drawings=b"/X 5 0 R"
    ),
    "names of the page": lambda: file(b"/X Do", stream(b"/X Do", b"/Subtype /Form"), drawings=b"/X 5 0 R"),
    "escaped": lambda: file(b"/#58 Do", form(b"/#58%\nDo", b"/X 5 0 R"), drawings=b"/X 5 0 R"),
    "a string for a name": lambda: file(b"(X) Do", form(b"(X)Do", b"/X 5 0 R"), drawings=b"/X 5 0 R"),
    "chain of 30": lambda: chain(30),
    "chain of 100": lambda: chain(100, 1),
    "hidden resources": hidden_resources,
    "hidden page": hidden_page,
    "wrong checksum": wrong_checksum,
    "false end": false_end,
}


@pytest.mark.parametrize("kind", BOMBS)
def test_what_costs_too_much_is_refused(kind: str) -> None:
    content = BOMBS[kind]()
    began = time.process_time()
    refused(content)
    assert time.process_time() - began < 5


def test_lzw_is_unpacked_only_as_far_as_needed() -> None:
    one = lzw_bomb(0)
    assert len(lzw(one, 100 * 1024 * 1024)) > 1000 * len(one)
    assert set(lzw(one, 10**8)) == {32}
    refused(file(one * 4, about=b"/Filter /LZWDecode"))
    assert lzw(bytes.fromhex("800b6050220c0c8501"), 100) == b"-----A---B"


def test_run_length() -> None:
    assert run_length(b"\x02abc\xfed\x80xyz", 100) == b"abcddd"


def test_a_long_chain_that_draws_little_passes() -> None:
    assert not check_pdf(chain(30, 1))
    assert not check_pdf(chain(10))


def test_many_forms_pass() -> None:
    forms = [form(LINE * 20) for _ in range(500)]
    names = b"".join(b"/X%d %d 0 R " % (number, number + 5) for number in range(500))
    used = b"".join(b"q /X%d Do Q " % number for number in range(500))
    assert not check_pdf(file(used * 3, *forms, drawings=names))


def test_the_same_name_inside_and_outside_is_no_circle() -> None:
    assert not check_pdf(file(b"/X Do", form(b"/X Do", b"/X 6 0 R"), form(LINE), drawings=b"/X 5 0 R"))


def test_large_pictures_and_fonts_pass() -> None:
    picture = stream(packed(100, bytes(range(256))), b"/Subtype /Image " + FLATE)
    font = stream(packed(20, bytes(range(256))), b"/Length1 1 " + FLATE)
    assert not check_pdf(file(LINE, picture, font, drawings=b"/X 5 0 R"))


WORDS = [b"stream", b"stream\n", b"1 0 obj <<", b"(", b"<a", b"/" * 99, b"[", b"1 ", b">>stream\nx", b"1%"]
WORDS += [b"<</Contents 1 0 R>>endobj 1 0 obj", b"1 0 obj<</Contents 1 0 R>>stream\nendstream "]


@pytest.mark.parametrize("word", WORDS)
def test_what_is_no_pdf_is_looked_at_quickly(word: bytes) -> None:
    content = b"%PDF-1.4\n" + word * (1_000_000 // len(word))
    began = time.process_time()
    with suppress(ReadError):
        check_pdf(content)
    assert time.process_time() - began < 2


def encrypted(lines: int) -> bytes:
    canvas = pytest.importorskip("reportlab.pdfgen.canvas")
    lock = pytest.importorskip("reportlab.lib.pdfencrypt").StandardEncryption("", ownerPassword="x", strength=128)
    held = io.BytesIO()
    page = canvas.Canvas(held, encrypt=lock, pageCompression=1)
    page.drawString(50, 800, "2024")
    page._code.extend([LINE.decode()] * lines)
    page.save()
    return held.getvalue()


def test_a_bomb_in_a_file_encrypted_without_a_password_is_refused() -> None:
    pytest.importorskip("pypdfium2")
    assert check_pdf(encrypted(9))
    assert read_pdf(encrypted(9)).blocks
    with pytest.raises(ReadError) as found:
        read_pdf(encrypted(2_000_000))
    assert found.value.kind == "too_large"


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_files_of_other_programs_pass_quickly(path: Path) -> None:
    content = path.read_bytes()
    began = time.process_time()
    assert not check_pdf(content)
    assert time.process_time() - began < 0.5  # milliseconds on a usual machine
