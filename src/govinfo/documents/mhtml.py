"""Reads single-file web pages (.mht, .mhtml) as browsers, Word and WPS save them, and messages that hold a page (.eml).

The page is a part of a MIME message, in base64 or quoted-printable, beside its pictures; its frames are parts as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from typing import NamedTuple

import attrs

from govinfo.documents.archive import damaged
from govinfo.documents.html import read_html
from govinfo.documents.limits import MAX_PARTS, check_count, check_size
from govinfo.documents.model import Block, Document, Table
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["read_mhtml"]

_INSIDE = re.compile(rb"(?im)^content-type:[ \t]*(?:multipart|message)/")
_MOST_INSIDE = 40
"""Messages and multiparts in a message: a page has one, a message with replies a few."""
_LONG_LINE = re.compile(rb"(?im)^content-(?:type|disposition|transfer-encoding):[^\n]*(?:\n[ \t][^\n]*)*")
_LONGEST_FIELD = 8192
_BOUNDARY = re.compile(rb"(?m)^--(?![>\s-])")
_SOURCE = re.compile(r"<i?frame\b[^<>]*?\bsrc\s*=\s*(?:3D)?[\"']?([^\"'<>\s]+)", re.IGNORECASE)
_FRAMES = 20
_DOCUMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|rtf|zip|rar|7z)$", re.IGNORECASE)


class _Page(NamedTuple):
    """A part of the message that is HTML."""

    content: bytes
    charset: str | None
    addresses: frozenset[str]
    """What frames call it by."""


def read_mhtml(content: bytes, name: str) -> Document:
    """Read the page in a message, its frames behind it.

    Lines count in the decoded page, which nobody sees: tables say where a figure stands.

    Raises:
        ReadError: ``damaged``, ``empty`` (it holds no page), ``too_large`` or ``too_deep``, and what the page raises.
    """
    check_size(content, name)
    message = _parsed(content, name)
    pages = list(_pages(message))
    if not pages:
        nothing = Text("文件中没有网页内容", "the file holds no web page")
        raise ReadError("empty", nothing, name)
    documents: list[Document] = []
    for page in _shown(_main(message, pages), pages):
        try:
            documents.append(read_html(page.content, name, page.charset))
        except ReadError:
            if not documents:  # a frame that cannot be read costs only itself
                raise
    return _together(documents, tuple(_attached(message)))


def _parsed(content: bytes, name: str) -> Message:
    """Parse a message within bounds: `email` follows any nesting and copies long header fields again and again."""
    what = KINDS["mhtml"].what
    check_count(len(_BOUNDARY.findall(content)), MAX_PARTS, Text("MIME 部分", "MIME parts"), name)
    if len(_INSIDE.findall(content)) > _MOST_INSIDE:
        deep = Text("文件中的邮件层层嵌套，未读取", "messages nested in messages: not read")
        raise ReadError("too_deep", deep, name)
    if any(len(field[0]) > _LONGEST_FIELD for field in _LONG_LINE.finditer(content)):
        raise damaged(what, name, "header")
    try:
        return BytesParser(policy=policy.compat32).parsebytes(content.lstrip(b"\xef\xbb\xbf\r\n \t"))
    except (MessageError, RecursionError, ValueError, LookupError, AssertionError, TypeError) as error:
        raise damaged(what, name, error) from error


def _pages(message: Message) -> Iterator[_Page]:
    for part in message.walk():
        if part.get_content_type() not in ("text/html", "application/xhtml+xml"):
            continue
        content = _content(part)
        if content.strip():
            named = (str(part[field] or "").strip() for field in ("content-location", "content-id"))
            yield _Page(content, part.get_content_charset(), frozenset(_address(one) for one in named if one))


def _content(part: Message) -> bytes:
    try:
        content = part.get_payload(decode=True)
    except (ValueError, LookupError, AssertionError):
        return b""
    return content if isinstance(content, bytes) else b""


def _address(text: str) -> str:
    """Return an address, or an identifier as a frame names it."""
    return text.strip("<>").removeprefix("cid:").partition("#")[0].lower()


def _main(message: Message, pages: list[_Page]) -> _Page:
    """Return the page the message says it begins with, else its largest."""
    start = message.get_param("start")
    if isinstance(start, str):
        for page in pages:
            if _address(start) in page.addresses:
                return page
    return max(pages, key=lambda page: len(page.content))


def _shown(main: _Page, pages: list[_Page]) -> list[_Page]:
    """Return a page and those it shows in frames, in this order."""
    shown = [main]
    for page in shown:
        for source in _SOURCE.findall(page.content.decode("ascii", "ignore")):
            address = _address(source)
            found = next((one for one in pages if _is_called(one, address) and one not in shown), None)
            if found is not None and len(shown) <= _FRAMES:
                shown.append(found)
    return shown


def _is_called(page: _Page, address: str) -> bool:
    return any(one == address or one.endswith("/" + address.lstrip("./")) for one in page.addresses)


def _attached(message: Message) -> Iterator[str]:
    for part in message.walk():
        try:
            name = part.get_filename()
        except (ValueError, LookupError):
            continue
        if name and _DOCUMENT.search(name):
            yield " ".join(name.split())


def _together(documents: list[Document], attached: tuple[str, ...]) -> Document:
    """Return the pages as one document, lines and tables numbered on."""
    main = documents[0]
    blocks: list[Block] = []
    embedded: list[Block] = []
    lines = tables = 0
    for document in documents:
        every = (*document.blocks, *document.embedded)
        blocks += (_moved(block, lines, tables) for block in document.blocks)
        embedded += (_moved(block, lines, tables) for block in document.embedded)
        lines += max((_last_line(block) for block in every), default=0)
        tables = max((block.number for block in (*blocks, *embedded) if isinstance(block, Table)), default=0)
    return attrs.evolve(
        main,
        blocks=tuple(blocks),
        format="mhtml",
        title=next((one.title for one in documents if one.title), None),
        images=sum(one.images for one in documents),
        numbering="none",
        attachments=tuple(dict.fromkeys((*attached, *(name for one in documents for name in one.attachments)))),
        embedded=tuple(embedded),
        problems=tuple(problem for one in documents for problem in one.problems),
    )


def _last_line(block: Block) -> int:
    return (
        max((cell.line for row in block.rows for cell in row), default=block.line)
        if isinstance(block, Table)
        else block.line
    )


def _moved(block: Block, lines: int, tables: int) -> Block:
    if not lines and not tables:
        return block
    if not isinstance(block, Table):
        return block._replace(line=block.line + lines)
    number = block.number + tables
    rows = tuple(tuple(cell._replace(line=cell.line + lines, table=number) for cell in row) for row in block.rows)
    return attrs.evolve(block, number=number, line=block.line + lines, rows=rows)
