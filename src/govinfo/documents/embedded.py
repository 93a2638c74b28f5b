"""HTML that a page holds as text: in the strings of a script, in form fields, in attributes.

Some systems send a report that way and let the browser put it together. Nothing is run: only strings that are whole
are taken, joined where nothing but strings is joined. One with a variable in it would have a hole in its table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from govinfo.documents.arranging import ENOUGH_CELLS

__all__ = ["Embedded", "embedded_html"]

_IN_ATTRIBUTES = (
    re.compile(rb"&(?:lt|#0*60|#x0*3c);(?:table|div|p)\b", re.IGNORECASE),
    re.compile(rb"=\s*[\"']\s*<"),
)
"""A page without either holds no tags in its attributes, as nearly all pages. Apart they are found much faster."""
_STRING = re.compile(
    r"\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+'|`(?:[^`\\$]|\\.|\$(?!\{))*+`|//[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/|\Z)",
    re.DOTALL,
)
_PLUS = re.compile(r"\s*\+\s*")
_TARGET = r"(?:(?P<name>[\w.$]{1,60})\s*\+=|(?P<call>document\.write(?:ln)?|[\w.$]{1,60}\.push)\s*\()\s*"
_GOES_ON = re.compile(rf"\s*\)?\s*[;,]?\s*{_TARGET}")
"""What stands between two strings that one after the other are added to the same text."""
_BEGINS = re.compile(rf"(?:{_TARGET}|(?P<first>[\w.$]{{1,60}})\s*=\s*)$")
_SINGLE = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0", "\n": ""}
_ESCAPE = re.compile(r"\\(?:u\{([0-9A-Fa-f]{1,6})\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(.))", re.DOTALL)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
_SHORT = 100
"""Characters of text that hold no table of that many cells."""
_FIELDS = ("value", "srcdoc")
_MOST = 20


class Embedded(NamedTuple):
    """A stretch of HTML found in a page as text."""

    html: str
    line: int
    """The line its script, field or element begins in."""


def embedded_html(root: Any, page: bytes) -> list[Embedded]:
    """Return the stretches of HTML in a parsed page that hold a table of some size, in the order of the page.

    Args:
        root: the page before anything was taken out of it.
        page: its bytes, which tell at once that most pages have none.
    """
    found: dict[str, int] = {}
    for text, line in _texts(root, page):
        html = _as_html(text)
        if html is not None:
            found.setdefault(html, line)
        if len(found) == _MOST:
            break
    return [Embedded(html, line) for html, line in sorted(found.items(), key=lambda one: one[1])]


def _texts(root: Any, page: bytes) -> Iterator[tuple[str, int]]:
    for element in root.iter("script", "textarea"):
        text = element.text or ""
        if "table" not in text.lower():
            continue
        line = element.sourceline or 1
        if element.tag == "textarea":
            yield text, line
        else:
            yield from ((one, line) for one in _strings(text))
    if any(sign.search(page) for sign in _IN_ATTRIBUTES):
        for value in root.xpath(f"//@*[string-length(.) > {_SHORT}]"):
            element = value.getparent()
            name = value.attrname
            if name in _FIELDS or name.startswith("data-"):
                texts = _strings(value) if value.lstrip()[:1] in ("{", "[") else (value,)
                yield from ((one, element.sourceline or 1) for one in texts)


def _strings(script: str, *, again: bool = True) -> Iterator[str]:
    """Yield the strings of a script, those joined to one counted as one, JSON in a string looked into."""
    for text in _joined(script):
        if len(text) <= _SHORT:
            continue
        if again and text.lstrip()[:1] in ("{", "["):
            yield from _strings(text, again=False)
        else:
            yield text


def _joined(script: str) -> Iterator[str]:
    pieces: list[str] = []
    start = end = 0
    for found in _STRING.finditer(script):
        if found[0].startswith("/"):
            continue
        text = _unescaped(found[0][1:-1])
        if text is None or not pieces or not _goes_on(script, start, end, found.start()):
            yield "".join(pieces)
            pieces, start = [], found.start()
        if text is not None:
            pieces.append(text)
        end = found.end()
    yield "".join(pieces)


def _goes_on(script: str, first: int, end: int, start: int) -> bool:
    """Tell whether a string is joined to the one before: by a plus, or because both are added to one text.

    Args:
        script: the whole of it.
        first: where the first of the strings that are joined already begins.
        end: where the last of them ends.
        start: where the string begins.
    """
    if start - end > _SHORT:
        return False
    if _PLUS.fullmatch(script, end, start):
        return True
    again = _GOES_ON.fullmatch(script, end, start)
    if again is None:
        return False
    begins = _BEGINS.search(script[max(0, first - _SHORT) : first])
    return begins is not None and _named(begins) == _named(again)


def _named(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return groups["name"] or groups.get("first") or groups["call"].removesuffix("ln")


def _unescaped(literal: str) -> str | None:
    """Return the text of a string as JavaScript reads it; None where it would not."""
    if "\\" not in literal:
        return literal
    bad = False

    def replace(found: re.Match[str]) -> str:
        nonlocal bad
        code = found[1] or found[2] or found[3]
        if code is None:
            bad |= found[4] in "ux"
            return _SINGLE.get(found[4], found[4])
        if int(code, 16) > 0x10FFFF:
            bad = True
            return ""
        return chr(int(code, 16))

    text = _ESCAPE.sub(replace, literal)
    try:
        return None if bad else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError:
        return None


def _as_html(text: str) -> str | None:
    """Return a text that holds a table of some size as HTML, escaped once more or not; None where it is none."""
    if len(text) <= _SHORT:
        return None
    for form in (str, unescape, _from_address):
        html = form(text)
        lower = html.lower()
        tables = lower.count("<table")
        if tables:  # whole ones: what a variable cuts in two begins or ends in the middle of one
            return html if lower.count("</table") == tables and len(_CELL.findall(html)) >= ENOUGH_CELLS else None
    return None


def _from_address(text: str) -> str:
    try:
        return unquote(text, errors="strict") if "%3" in text else ""
    except UnicodeDecodeError:
        return ""
