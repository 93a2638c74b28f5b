"""What a browser would show of a parsed page: hidden parts left out, lines where it would begin them.

Marks are put into the tree where lines begin, the tree is written out as text by one call into C, and the text is cut
at the marks. Visiting text nodes one by one from Python costs ten times as much.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree

from govinfo.documents.arranging import ARTICLE, FEW_CELLS
from govinfo.documents.cleaning import clean_markup

__all__ = [
    "CellTexts",
    "Piece",
    "drop_invisible",
    "is_layout",
    "pieces",
    "set_raised_apart",
    "show_fields",
    "text_of_pre",
]

_MARK = "\ufdd0"  # non-characters, which text has no use for
_CELL = "\ufdd1"
_NUMBERED_MARK = re.compile(f"{_MARK}([0-9]{{1,9}}){_MARK}")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what lxml will not set as text

_NOT_SHOWN = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "head",
    "title",
    "textarea",
    "select",
    "del",
    "s",
    "strike",
)
_TEXT_FIELDS = ("text", "number", "tel")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[^;]*line-through")
# Where one of the words stands in a page, in lower case, the pattern tells whether something is hidden by it. Searching
# what their letters leave of the page takes a tenth of searching the page.
_HIDING = (
    (b"display", re.compile(rb"display\s*:\s*none")),
    (b"hidden", re.compile(rb"visibility\s*:\s*hidden|\shidden[\s=/>]")),
    (b"through", re.compile(rb"line-through")),
)
_STEPS = 8
"""What stands before an element is looked for through so many empty ones."""
_LOWER = bytes(range(256)).lower()
_OTHERS = bytes(byte for byte in range(256) if _LOWER[byte] not in b"displayhiddenthrough")
_LINE_BLOCKS = {
    "p",
    "div",
    "br",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "pre",
    "dt",
    "dd",
    "legend",
    "caption",
}
_GROUPS = {"ul", "ol", "dl", "table", "tr", "td", "th", "form", "fieldset", "center", "blockquote", "address", "body"}
_SECTIONS = {"section", "article", "header", "footer", "main", "nav", "aside", "figure", "figcaption", "ucapcontent"}
_BLOCKS = tuple(sorted(_LINE_BLOCKS | _GROUPS | _SECTIONS))

_WHITE = " \t\n\r\f"
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
# A line break of the source between wide characters is no space (CSS Text 3, 4.1.2).
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[{_WHITE}]*(?=[{_WIDE}])")
_RUN = re.compile(rf"[{_WHITE}]*\n[{_WHITE}]*|[ \f\r]{{2,}}|[ ]*\t[ ]*")


class Piece(NamedTuple):
    """A stretch of text without a line break in it."""

    text: str
    """White space collapsed except for tabs, no-break spaces kept as spaces, ends stripped of ordinary white space."""
    element: Any
    """The block element whose beginning, or end, it follows; None at the beginning of the page."""
    begins: bool
    """It follows the element's beginning."""
    blank_line: bool
    """It is empty and takes up a line: an empty paragraph, or what stands between two line breaks."""


def drop_invisible(root: Any, page: bytes) -> None:
    """Empty the elements a browser does not show or shows as struck out; ``page`` tells whether there can be any."""
    etree.strip_elements(root, *_NOT_SHOWN, with_tail=False)
    letters = page.translate(_LOWER, _OTHERS)
    if not any(word in letters and pattern.search(page.lower()) for word, pattern in _HIDING):
        return
    for element in list(root.iter()):
        attributes = element.attrib
        # A page that hides its body does so until its scripts have run.
        if not attributes or element.tag in ("body", "html"):
            continue
        if "hidden" in attributes or ("style" in attributes and _HIDDEN.search(attributes["style"].lower())):
            element.clear(keep_tail=True)
            element.tag = "span"  # else a hidden paragraph would be a blank line


def set_raised_apart(root: Any) -> None:
    """Keep what is raised from running together with what it is raised above.

    Behind words, and where it cannot be a figure, it is a note, （1）. Raised digits behind a figure may be a note or a
    power: ``12^1`` is what a person sees, and no number.
    """
    for raised in root.iter("sup"):
        text = "".join(raised.itertext()).strip()
        before = _before(raised)
        if text and before:
            del raised[:]
            raised.text = f"^{text}" if text.isdigit() and before[-1].isdigit() else f"（{text.strip('[]()（）［］')}）"


def show_fields(root: Any) -> None:
    """Put what stands in the text fields of a table into its cells: some systems publish the form they collect."""
    for field in root.iter("input"):
        value = (field.get("value") or "").strip()
        shown = (field.get("type") or "text").strip().lower() in _TEXT_FIELDS
        if value and shown and next(field.iterancestors("td", "th"), None) is not None:
            field.tag = "span"
            field.text = _ILLEGAL.sub("\ufffd", value)


def _before(element: Any) -> str:
    """Return the nearest text before an element in its block."""
    for _ in range(_STEPS):
        if element is None or element.tag in _BLOCKS:
            break
        before = element.getprevious()
        parent = element.getparent()
        if before is not None:
            text = "".join(before.itertext()) + (before.tail or "")
        else:
            text = (parent.text or "") if parent is not None else ""
        if text.strip() or (before is not None and before.tag in _BLOCKS):
            return text.strip()
        element = before if before is not None else parent
    return ""


def is_layout(table: Any) -> bool:
    """Tell whether a table only arranges the page: it holds tables, a single cell, or an article in one of a few."""
    if next(table.iterdescendants("table"), None) is not None:
        return True
    cells = []
    for cell in table.iter("td", "th"):
        cells.append(cell)
        if len(cells) > FEW_CELLS:
            return False
    return len(cells) < 2 or any(len(_text(cell).strip()) > ARTICLE for cell in cells)


class CellTexts(dict[str, str]):
    """Raw text of a cell → its text as printed, its lines joined by ``\\n``: a memo, for most cells say ``0``."""

    def __missing__(self, raw: str) -> str:
        text = raw.strip()
        if not _is_clean(text):
            text = "\n".join(filter(None, [clean_markup(_collapse(part)).strip() for part in raw.split(_MARK)]))
        self[raw] = text
        return text

    @staticmethod
    def of(cells: list[Any], table: Any) -> list[str]:
        """Return the raw texts of the cells of a table, written out in one go."""
        for line_break in table.iter("br"):
            _set_tail(line_break, _MARK)
        for block in table.iter("p", "div", "li"):
            if block.getprevious() is not None:
                _set_text(block, _MARK)
        for cell in cells:
            _set_text(cell, _CELL)
        raw = _text(table).split(_CELL)
        del raw[0]
        if len(raw) != len(cells):  # the page has our mark in its text, or one cell in another
            raw = [_text(cell).replace(_CELL, "") for cell in cells]
        return raw


def text_of_pre(element: Any) -> str:
    """Return the text of a ``<pre>`` with its lines."""
    for line_break in element.iter("br"):
        _set_tail(line_break, "\n")
    return _text(element).replace("\r\n", "\n").removeprefix("\n")


def pieces(root: Any, *, collapse: bool = True) -> Iterator[Piece]:
    """Cut what is left of a page into the stretches of text between line breaks, in reading order.

    Only those with something in them, blank lines, and the beginnings of ``<table>`` and ``<pre>`` come out.
    """
    blocks = [(element, element.tag) for element in root.iter(*_BLOCKS)]
    for index, (element, tag) in enumerate(blocks):
        if tag != "br":
            _set_text(element, f"{_MARK}{2 * index}{_MARK}")
        _set_tail(element, f"{_MARK}{2 * index + 1}{_MARK}")
    text = etree.tostring(root, method="text", encoding="unicode")
    parts = text.split(_MARK)
    if len(parts) != 1 + 2 * sum(1 if tag == "br" else 2 for _, tag in blocks):  # the page has our mark in its text
        parts = _NUMBERED_MARK.split(text)
    parts.append("")  # no mark behind the last text
    element, tag, begins, before = None, "", False, -1
    for raw, number in zip(parts[::2], parts[1::2], strict=True):
        text = raw.strip(_WHITE) if collapse else raw
        if text and not _is_clean(text):
            text = clean_markup(_collapse(raw) if collapse else raw)
        after = int(number or -1)
        next_element, next_tag = blocks[after // 2] if 0 <= after < 2 * len(blocks) else (None, "")
        empty = not text or text.isspace()
        blank_line = empty and (next_tag == "br" or (begins and tag == "p" and after == before + 1))
        if not empty or blank_line or (begins and tag in ("table", "pre")):
            yield Piece(text, element, begins, blank_line)
        element, tag, begins, before = next_element, next_tag, after % 2 == 0, after


def _text(element: Any) -> str:
    return str(etree.tostring(element, method="text", encoding="unicode", with_tail=False))


def _is_clean(text: str) -> bool:
    """Tell whether a stripped text is as printed: it has no white space but single spaces and nothing invisible."""
    return text.isprintable() and "  " not in text


def _collapse(raw: str) -> str:
    text = raw.strip(_WHITE)
    if "\n" in text:
        text = _BREAK_BETWEEN_WIDE.sub("", text)
    if "\n" in text or "\t" in text or "  " in text:
        text = _RUN.sub(_one_space, text)
    return text


def _one_space(run: re.Match[str]) -> str:
    """Keep tabs within a line of the source: some sites paste tab-separated text into a paragraph."""
    white = run[0]
    return " " if "\n" in white or "\t" not in white else white.strip(" ")


def _set_text(element: Any, before: str) -> None:
    old = element.text
    try:
        element.text = before + old if old else before
    except ValueError:
        element.text = before + _ILLEGAL.sub("\ufffd", old)


def _set_tail(element: Any, before: str) -> None:
    old = element.tail
    try:
        element.tail = before + old if old else before
    except ValueError:
        element.tail = before + _ILLEGAL.sub("\ufffd", old)
