"""Reads web pages, the paste of Word and WPS included."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import attrs
from lxml import etree

from govinfo.documents.about import attachments_of, stated
from govinfo.documents.arranging import has_large_table
from govinfo.documents.cleaning import clean_markup
from govinfo.documents.embedded import Embedded, embedded_html
from govinfo.documents.encoding import Decoded, decode_raw, normalise_lines
from govinfo.documents.grid import grid
from govinfo.documents.limits import MAX_ATTRIBUTES, MAX_CELLS, MAX_DEPTH, MAX_TAGS, check_count
from govinfo.documents.lines import Lines, blocks_of
from govinfo.documents.markup import (
    CellTexts,
    drop_invisible,
    is_layout,
    pieces,
    set_raised_apart,
    show_fields,
    text_of_pre,
)
from govinfo.documents.model import Block, Document, Paragraph, Table
from govinfo.documents.reread import reread
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["accepts_html", "read_html"]

_DECLARED = re.compile(rb"""\s*=\s*["']?\s*([\w.:-]+)""")
_PAGE = re.compile(rb"<!doctype\s+html|<html\b|<body\b|<head\b")
_TABLE = re.compile(rb"<t(?:able|body|r|d|h)\b[^<>]*>")
_ELEMENTS = re.compile(rb"<(?:p|div|span|br|h[1-6]|ul|meta)\b[^<>]*>")
_LINES_ARE_LINES = re.compile(rb"<(?:html|body|p|div|br|li|h[1-6])\b", re.IGNORECASE)
_FRAGMENT = re.compile(
    rb"(?:<html[^<>]*>\s*)?(?:<body[^<>]*>\s*)?<table\b.*?</table\s*>(?:\s*</body>)?(?:\s*</html>)?",
    re.IGNORECASE | re.DOTALL,
)
_FEW_TABLES = 200
_END_OF_PAGE = re.compile(rb"</(?:html|body)\s*>", re.IGNORECASE)
_QUOTED = re.compile(rb""""[^"]*"|'[^']*'""")
_CDATA = re.compile(rb"<!\[CDATA\[|\]\]>", re.IGNORECASE)

_own = threading.local()


def accepts_html(content: bytes, name: str) -> float:
    """Tell web pages and pieces of them by their tags."""
    head = content[:65536].replace(b"\0", b"").lower()  # without the NULs UTF-16 looks like ASCII
    if b"<" not in head:
        return 0.0
    if _PAGE.search(head):
        return 0.95
    if _TABLE.search(head):
        return 0.8
    start = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return 0.7 if _ELEMENTS.match(start) else 0.2 if _ELEMENTS.search(head) else 0.0


def read_html(content: bytes, name: str, charset: str | None = None) -> Document:
    """Read a web page: tables by their grid, everything else as paragraphs.

    Layout tables are dissolved. What a browser hides is left out. Where no table of the page is large enough to be
    one of the report's, its paragraphs are read like the lines of a text file.

    Args:
        content: the page.
        name: what to call it in messages.
        charset: its encoding, as a server or message says; what the page itself says comes first.

    Raises:
        ReadError: ``empty``, ``binary``, ``unsupported``, ``too_large`` or ``too_deep``.
    """
    decoded = decode_raw(content, _declared(content) or charset, name=name)
    page = _utf_8(content, decoded)
    if len(page) > MAX_TAGS:
        check_count(page.count(b"<"), MAX_TAGS, Text("标签", "tags"), name)
    _check_attributes(page, name)
    root = _parse(page, name)
    title = next(root.iter("title"), None)
    page_title = clean_markup(" ".join(title.itertext())).split() if title is not None else []
    about, attachments, embedded = stated(root), attachments_of(root), embedded_html(root, page)
    blocks, images = _shown(root, page, name)
    return Document(
        blocks=tuple(blocks),
        name=name,
        format="html",
        encoding=decoded.encoding,
        title=" ".join(page_title) or None,
        images=images,
        attachments=attachments,
        embedded=tuple(_embedded(embedded, blocks)),
        stated=about,
        problems=decoded.problems,
    )


def _shown(root: Any, page: bytes, name: str) -> tuple[list[Block], int]:
    """Return the blocks of what a browser shows of a parsed page, and how many pictures it shows."""
    drop_invisible(root, page)
    set_raised_apart(root)
    show_fields(root)
    images = len(list(root.iter("img")))
    blocks = _blocks(root, name, plain=_lines_are_lines(page))
    if not has_large_table(blocks):
        blocks = reread(blocks)
    return blocks, images


def _embedded(found: Iterable[Embedded], blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of HTML a page holds as text; they stand where it stands, and their tables come last."""
    last = max((block.number for block in blocks if isinstance(block, Table)), default=0)
    cells = 0
    for one in found:
        page = one.html.encode("utf-8", "replace")
        try:
            check_count(page.count(b"<"), MAX_TAGS, Text("标签", "tags"))
            _check_attributes(page, "")
            shown, _ = _shown(_parse(page, ""), page, "")
        except ReadError:  # too large, and no part of what the page shows
            continue
        for block in shown:
            if isinstance(block, Table):
                number = last + block.number
                cells += sum(map(len, block.rows))
                rows = tuple(tuple(cell._replace(line=one.line, table=number) for cell in row) for row in block.rows)
                yield attrs.evolve(block, number=number, line=one.line, rows=rows)
            else:
                yield block._replace(line=one.line)
        last += max((block.number for block in shown if isinstance(block, Table)), default=0)
        if cells > MAX_CELLS:
            return


def _lines_are_lines(page: bytes) -> bool:
    """Tell whether tables stand in otherwise plain text, as converters of PDF and pictures write them."""
    if not page.lstrip().startswith(b"<") and page.count(b"<table") <= _FEW_TABLES:
        page = _FRAGMENT.sub(b"", page)
    return _LINES_ARE_LINES.search(page) is None


def _declared(content: bytes) -> str | None:
    """Return the charset a page claims in its first lines."""
    head = content[:2048].lower()
    for word in (b"charset", b"encoding"):
        declared = _DECLARED.match(head, head.find(word) + len(word)) if word in head else None
        if declared:
            return declared[1].decode("ascii")
    return None


def _utf_8(content: bytes, decoded: Decoded) -> bytes:
    """Return the page in UTF-8, the very bytes of the file where they are that."""
    lone_cr = b"\r" in content and b"\n" not in content  # libxml2 counts lines by \n
    if decoded.encoding == "utf-8" and not decoded.problems and not lone_cr:
        return content.removeprefix(b"\xef\xbb\xbf")
    return normalise_lines(decoded.text).encode("utf-8", "replace")


def _check_attributes(page: bytes, name: str) -> None:
    """Refuse tags with thousands of attributes.

    A tag that long leaves a window of 4 KiB without another; so do long texts and pictures written into the page.
    """
    if all(page.find(b"<", start, start + 4096) >= 0 for start in range(0, len(page) - 4096, 4096)):
        return
    for part in page.split(b"<"):
        if len(part) > 4096:
            tag = _QUOTED.sub(b"", part.partition(b">")[0])
            check_count(len(tag.split()), MAX_ATTRIBUTES, Text("属性", "attributes in a tag"), name)


def _parse(data: bytes, name: str) -> Any:
    """Parse UTF-8 bytes, saying so: libxml2 would believe a declared gb2312 and drop the rest of the page.

    ``huge_tree`` raises its limit of depth from 256 to 2048; past that it gives back an empty page and an error.
    """
    parser = getattr(_own, "parser", None)
    if parser is None:
        parser = _own.parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
        )
    if not _PAGE.search(data[:2048].lower()):
        data = _CDATA.sub(b"", data)  # XML around pieces of HTML, which libxml2 would take for comments
    root = etree.fromstring(data, parser)
    if root is not None and root.getnext() is not None:
        # A page pasted into a page: what follows the first </html> would be lost.
        root = etree.fromstring(_END_OF_PAGE.sub(b"", data), parser)
    error = parser.error_log.last_error
    if error is not None and error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        message = Text(
            "网页的标签嵌套超过 {limit} 层，不像正常的网页，未读取",
            "the page nests its tags more than {limit} deep: it is damaged and was not read",
        )
        raise ReadError("too_deep", message.fill(limit=MAX_DEPTH), name)
    if root is None:
        raise ReadError("empty", Text("网页没有内容", "the page has no content"), name)
    return root


def _blocks(root: Any, name: str, *, plain: bool) -> list[Block]:
    """Return the blocks of a page; ``plain``: tables stand in otherwise plain text, whose lines are lines."""
    inserted = _take_out(root, name)
    blocks: list[Block] = []
    for text, element, begins, blank_line in pieces(root, collapse=not plain):
        line = element.sourceline or 0 if element is not None else 1
        if begins:
            blocks += inserted.pop(element, ())
        if plain:
            if text.strip():
                raw = text.split("\n")
                blocks += blocks_of(Lines(raw, range(line, line + len(raw))))
        elif blank_line or (text and not text.isspace()):
            printed = text.strip()
            blocks.append(Paragraph(printed, line, indent=len(text) - len(text.lstrip()) if printed else len(text)))
    return blocks


def _take_out(root: Any, name: str) -> dict[Any, list[Block]]:
    """Empty the tables that hold figures and the ``<pre>`` and return what they held."""
    inserted: dict[Any, list[Block]] = {}
    texts = CellTexts()
    number = 1
    cells = 0
    for element in list(root.iter("table", "pre")):
        found: list[Block]
        if element.tag == "pre":
            if element.getparent() is None or next(element.iterdescendants("table"), None) is not None:
                continue
            raw = text_of_pre(element).split("\n")
            start = element.sourceline or 0
            found = blocks_of(
                Lines(raw, range(start, start + len(raw)), clean=lambda text: clean_markup(text).strip()), number
            )
        else:
            if is_layout(element):
                continue
            rows = grid(element, number, texts, name)
            cells += sum(map(len, rows))
            check_count(cells, MAX_CELLS, Text("单元格", "cells"), name)
            found = [Table(number, element.sourceline or 0, rows)]
        number += sum(isinstance(block, Table) for block in found)
        element.clear(keep_tail=True)
        inserted[element] = found
    return inserted
