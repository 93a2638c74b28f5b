"""Lines of a page → paragraphs as they were before the page cut them; page numbers and running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.lines import TextLine

__all__ = ["Margins", "furniture", "leading_of", "margins_of", "paragraphs_of"]

_PAGE_NUMBER = re.compile(
    r"[-—–─·~]\s*\d{1,4}\s*[-—–─·~]|第\s*\d{1,4}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d+.{0,10}"
)
_NUMBER = re.compile(r"\d{1,4}|[ivxIVX]{1,5}")
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12
"""Of the page's height: running heads stand no farther inside."""
_TOKEN = re.compile(r"(?:[0-9A-Za-z.,%/:_@-]+|.)[，。、；：？！）》〉」』】〕”’％…,.;:?!)\]}]*")
_OPENING = "（《〈「『【〔“‘([{"
_ENUMERATED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、](?!\d)")


class Margins(NamedTuple):
    """Between what the running text of a page stands."""

    left: float
    right: float


def furniture(pages: Sequence[tuple[float, Sequence[TextLine]]]) -> list[set[TextLine]]:
    """Return for each page the lines that belong to the sheet and not to the text.

    Args:
        pages: height and lines outside of tables, page by page.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        repeated.update({_running(line, height) for line in lines if _in_margin(line, height)})
    numbers = Counter(
        int(line.text) - page
        for page, (height, lines) in enumerate(pages)
        for line in _ends(lines)
        if line.text.isdecimal() and len(line.text) < 5
    )
    found: list[set[TextLine]] = []
    for page, (height, lines) in enumerate(pages):
        own = {line for line in lines if _in_margin(line, height) and repeated[_running(line, height)] > 1}
        ends = set(_ends(lines))
        for line in lines:
            if _PAGE_NUMBER.fullmatch(line.text) and (_in_margin(line, height) or line in ends):
                own.add(line)
        rest = [line for line in lines if line not in own]
        for line in _ends(rest):
            if line.text.isdecimal() and len(line.text) < 5 and _in_margin(line, height):
                difference = int(line.text) - page
                if numbers[difference] > 1 or (len(pages) == 1 and difference == 1):
                    own.add(line)
        found.append(own)
    return found


def _in_margin(line: TextLine, height: float) -> bool:
    return line.y1 < _MARGIN * height or line.y0 > (1 - _MARGIN) * height


def _running(line: TextLine, height: float) -> tuple[str, int]:
    """Return what is the same of a running head on every page, where only a number differs."""
    return _DIGITS.sub("#", line.text), round(line.y0 / 3)


def _ends(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    return [*lines[:1], *lines[-1:]] if len(lines) > 1 else lines


def margins_of(sheets: Sequence[Sequence[TextLine]]) -> list[Margins]:
    """Return the margins of every sheet: where long lines begin and end; of a sheet with few lines, as elsewhere."""
    longest = max((line.x1 - line.x0 for lines in sheets for line in lines), default=0.0)
    found: list[Margins | None] = []
    for lines in sheets:
        long = [line for line in lines if line.x1 - line.x0 > 0.7 * longest]
        few = len(long) < 3
        found.append(None if few else Margins(min(line.x0 for line in long), max(line.x1 for line in long)))
    known = [one for one in found if one is not None]
    everywhere = [line for lines in sheets for line in lines if line.x1 - line.x0 > 0.7 * longest]
    usual = (
        known[0]
        if known
        else Margins(
            min((line.x0 for line in everywhere), default=0.0), max((line.x1 for line in everywhere), default=0.0)
        )
    )
    return [one or usual for one in found]


def paragraphs_of(lines: Iterable[TextLine], margins: Sequence[Margins], leading: float) -> list[tuple[str, TextLine]]:
    """Put lines together; return the text of every paragraph and its first line.

    Args:
        lines: in reading order, over pages.
        margins: of every sheet.
        leading: the usual distance between lines.
    """
    found: list[tuple[list[str], TextLine]] = []
    before: TextLine | None = None
    for line in lines:
        if before is not None and _goes_on(before, line, margins, leading):
            found[-1][0].append(line.text)
        else:
            found.append(([line.text], line))
        before = line
    return [(_joined(texts), first) for texts, first in found]


def leading_of(lines: Sequence[TextLine]) -> float:
    """Return the usual distance between lines, from top to top."""
    steps = Counter(
        round(after.y0 - before.y0)
        for before, after in pairwise(lines)
        if before.sheet == after.sheet and 0 < after.y0 - before.y0 < 4 * before.size
    )
    return float(min(step for step, count in steps.items() if count == max(steps.values()))) if steps else 0.0


def _goes_on(before: TextLine, line: TextLine, margins: Sequence[Margins], leading: float) -> bool:
    """Tell whether a line goes on with the one before: that one was full, and this one is not indented."""
    if abs(before.size - line.size) > 0.15 * before.size:
        return False
    if before.sheet == line.sheet:
        step = line.y0 - before.y0
        if step <= 0 or step > 1.35 * leading + 2:
            return False
    own = margins[line.sheet]
    if line.x0 - own.left > 0.8 * line.size:
        return False
    right = margins[before.sheet].right
    token = _TOKEN.match(line.text.lstrip(_OPENING))
    first = token[0] if token else line.text[:1]
    opening = len(line.text) - len(line.text.lstrip(_OPENING))
    width = sum(0.5 if char.isascii() else 1.0 for char in first) + opening
    if before.x1 + width * line.size < right - 0.3 * line.size:
        return False
    return not (_ENUMERATED.match(line.text) and before.text[-1] in "。；：")


def _joined(texts: Sequence[str]) -> str:
    text = texts[0]
    for more in texts[1:]:
        apart = text[-1].isascii() and text[-1].isalpha() and more[0].isascii() and more[0].isalpha()
        text += " " + more if apart else more
    return text
