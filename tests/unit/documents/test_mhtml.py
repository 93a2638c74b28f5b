"""Single-file web pages and messages."""

from __future__ import annotations

import time
from email.message import EmailMessage

import pytest

import govinfo
from govinfo import ReadError
from govinfo.documents.mhtml import read_mhtml
from govinfo.documents.model import Document, Table
from govinfo.documents.signatures import sniff
from govinfo.parsing import parse
from govinfo.schema import Missing, cells
from govinfo.testing import example_report, print_report, render
from govinfo.testing.formats.page import page_as_mhtml, write_eml, write_mhtml

REPORT = example_report("2021", 7)
PAGE = render(REPORT, "html")


def parts(*bodies: tuple[str, bytes], start: str = "") -> bytes:
    """A message of parts, each with its address."""
    begin = f'; start="{start}"' if start else ""
    text = f'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="==x"{begin}\r\n\r\n'.encode()
    for address, content in bodies:
        text += f"--==x\r\nContent-Type: text/html\r\nContent-Location: {address}\r\n\r\n".encode() + content + b"\r\n"
    return text + b"--==x--\r\n"


def test_a_message_is_known_by_its_header() -> None:
    assert sniff(write_mhtml(print_report(REPORT))) == "mhtml"
    received = b"".join(b"Received: from mail%d.example.gov.cn\r\n by here\r\n" % number for number in range(60))
    assert sniff(received + write_eml(print_report(REPORT))) == "mhtml"
    assert sniff(b"\r\n" + page_as_mhtml(PAGE)) == "mhtml"
    assert sniff(b"Note: see below\n\n" + page_as_mhtml(PAGE)) is None
    assert sniff(b"From: somebody\nContent-Type: text/plain\n\nhello") is None


def test_pictures_and_what_is_attached_are_no_text() -> None:
    message = EmailMessage()
    message["From"] = "office@example.gov.cn"
    message.set_content("见附件")
    message.add_alternative("<p>甲市2022年政府信息公开工作年度报告见附件</p>", subtype="html")
    message.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="年度报告.docx")
    document = read_mhtml(message.as_bytes(), "x")
    assert document.attachments == ("年度报告.docx",)
    assert [type(block) for block in document.blocks] != []
    with pytest.raises(ReadError, match=r"年度报告\.docx"):
        govinfo.read(message.as_bytes())


def test_the_page_the_message_begins_with_is_read() -> None:
    other = render(example_report("2021", 8), "html_word")
    content = parts(("https://x/other.html", other), ("https://x/main.html", PAGE), start="<https://x/main.html>")
    assert govinfo.read(content).report == REPORT
    without = parts(("https://x/small.html", b"<p>ad</p>"), ("https://x/main.html", PAGE))
    assert govinfo.read(without).report == REPORT


@pytest.mark.parametrize("source", ["https://x/y/report.html", "report.html", "./report.html", "cid:f1@mhtml"])
def test_frames_are_read(source: str) -> None:
    outer = f'<html><body><h3>年报</h3><iframe src="{source}"></iframe>{"<p>关于我们</p>" * 5}</body></html>'.encode()
    address = "https://x/y/report.html" if "cid" not in source else "cid:f1@mhtml"
    reading = govinfo.read(parts(("https://x/y/index.html", outer), (address, PAGE), start="https://x/y/index.html"))
    assert reading.report == REPORT


def test_lines_and_tables_of_frames_are_numbered_on() -> None:
    outer = b'<html><frameset><frame src="a.html"><frame src="b.html"></frameset></html>'
    frames = [(f"{name}.html", PAGE) for name in "ab"]
    document = read_mhtml(parts(("index.html", outer), *frames, start="index.html"), "x")
    lines = [line for block in document.blocks for line in lines_of(block)]
    assert lines == sorted(lines)
    numbers = [block.number for block in document.blocks if isinstance(block, Table)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 2 * tables(read_mhtml(page_as_mhtml(PAGE), "x"))


def lines_of(block: object) -> list[int]:
    return [block.line] if not isinstance(block, Table) else [block.line, *(c.line for row in block.rows for c in row)]  # type: ignore[attr-defined]


def tables(document: Document) -> int:
    return sum(isinstance(block, Table) for block in document.blocks)


@pytest.mark.parametrize(
    ("encoding", "base64"), [("utf-8", False), ("utf-8", True), ("gb18030", False), ("gb18030", True), ("utf-16", True)]
)
def test_encodings(encoding: str, base64: bool) -> None:
    content = render(REPORT, "html", encoding=encoding)
    assert govinfo.read(page_as_mhtml(content, encoding, base64=base64)).report == REPORT


START = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n\r\n"
NESTED = b"".join(
    b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number) for number in range(5000)
)
HOSTILE = {
    "nested": b"MIME-Version: 1.0\r\n" + NESTED,
    "messages": START + b"--a\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 5000,
    "parts": START + b"" + b"--a\r\n\r\n\r\n" * 100_000,
    "parameters": START + b"--a\r\nContent-Type: text/html" + b";a=b" * 1_000_000 + b"\r\n\r\n<p>x",
    "folded": START + b"--a\r\nContent-Type: text/html" + b";\r\n a=b" * 500_000 + b"\r\n\r\n<p>x",
    "no boundary": b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n" + PAGE,
    "not base64": page_as_mhtml(PAGE, base64=True).replace(b"A", b"\xff"),
    "unknown encoding": page_as_mhtml(PAGE).replace(b"quoted-printable", b"uuencode"),
    "no pages": page_as_mhtml(PAGE).replace(b"text/html", b"image/png", 2),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_damaged_and_hostile_messages_are_refused_quickly(what: str) -> None:
    start = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        parse(read_mhtml(HOSTILE[what], "x"))
    assert caught.value.kind != "internal"
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("base64", [True, False])
@pytest.mark.parametrize("share", [0.6, 0.7, 0.801])
def test_what_is_left_of_a_message_that_was_cut_off_is_right(share: float, base64: bool) -> None:
    message = page_as_mhtml(PAGE, base64=base64)
    found = cells(govinfo.read(message[: int(len(message) * share)]).report)
    whole = cells(REPORT)
    assert all(isinstance(value, Missing) or value == whole[path] for path, value in found.items())
    assert Missing.ABSENT in found.values()


def test_a_web_archive_of_safari_is_named() -> None:
    with pytest.raises(ReadError, match="Safari"):
        govinfo.read(b"bplist00\xd1\x01\x02_\x10\x0fWebMainResource\xd5" + bytes(100))
