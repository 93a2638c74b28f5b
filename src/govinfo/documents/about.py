"""What a web page says of itself, and the documents it links to or shows in a frame."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from govinfo.documents.model import Paragraph

__all__ = ["attachments_of", "stated"]

_STATED = ("articletitle", "pubdate", "contentsource", "sitename", "columnname")
"""Names of ``<meta>`` tags that government sites must print, in lower case."""
_DOCUMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|rtf|zip|rar|7z)$", re.IGNORECASE)
_FRAMES = {"iframe": "src", "frame": "src", "embed": "src", "object": "data"}
_MOST = 30
_LONGEST = 120


def stated(root: Any) -> dict[str, Paragraph]:
    """Return what the page's ``<meta>`` tags say, by their names in lower case, with the line each stands in."""
    found: dict[str, Paragraph] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or "").strip().lower()
        content = " ".join((meta.get("content") or "").split())
        if name in _STATED and content:
            found.setdefault(name, Paragraph(content, meta.sourceline or 1))
    return found


def attachments_of(root: Any) -> tuple[str, ...]:
    """Return the names of the documents a page links to or shows in a frame, as a person finds them on the page."""
    found: dict[str, None] = {}
    for name in _names(root):
        found[name[:_LONGEST]] = None
        if len(found) == _MOST:
            break
    return tuple(found)


def _names(root: Any) -> Iterator[str]:
    for element in root.iter("a", *_FRAMES):
        attribute = _FRAMES.get(element.tag)
        file = _file(element.get(attribute or "href") or "")
        if attribute is not None:
            if file:
                yield file
            continue
        text = " ".join("".join(element.itertext()).split())
        if _DOCUMENT.search(text):
            yield text
        elif file:
            title = text or " ".join((element.get("title") or "").split())
            yield f"{title}（{file}）" if title else file


def _file(address: str) -> str:
    """Return the name of the document an address leads to, a viewer's ``?file=…`` included; empty if to none."""
    try:
        parts = urlsplit(address.strip())
        named = [parts.path, *(value for _, value in parse_qsl(parts.query, max_num_fields=50))]
    except ValueError:
        return ""
    for one in named:
        name = basename(unquote(one.split("?")[0].split("#")[0]))
        if _DOCUMENT.search(name) and name.isprintable():
            return name
    return ""
