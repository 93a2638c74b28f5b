"""Lines of a page → paragraphs as they were before the page cut them; page numbers and running heads left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govinfo.documents.pages.lines import TextLine
from govinfo.documents.pages.wrapping import begins_anew, first_width, joined_text

__all__ = ["Margins", "furniture", "leading_of", "margins_of", "paragraphs_of"]

_PAGE_NUMBER = r"(?:[-—–─·~]\s*\d{1,4}\s*[-—–─·~]|第\s*\d{1,4}\s*页.{0,12}|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d+.{0,10})"
_PAGE_NUMBERS = re.compile(rf"{_PAGE_NUMBER}(?:\s+{_PAGE_NUMBER})?")  # two pages may stand on one sheet
_WORD = re.compile(r"[\u3400-\u9fffA-Za-z]")
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12
"""Of the page's height: running heads stand no farther inside."""
_EDGE = 72.0
"""Points: nor is that less on a small page."""
_PARTS = 2
"""Of a running head: a line with more is a row of a table."""
_INDENT = (1.2, 2.6)
"""Font sizes by which the first line of a paragraph may be indented."""
_GAP = 1.5
"""Font sizes: words farther apart are no prose."""
_PROSE = 12
"""Characters in a line of prose, at least."""
_SLACK = 4.0
"""Font sizes a full line may lack where an indent tells paragraphs."""


class Margins(NamedTuple):
    """Between what the running text of a page stands."""

    left: float
    right: float
    indented: bool = False
    """Paragraphs begin with a space: a line without one goes on with the line before."""


def furniture(pages: Sequence[tuple[float, Sequence[TextLine]]]) -> list[set[TextLine]]:
    """Return for each page the lines that belong to the sheet and not to the text.

    Args:
        pages: height and lines outside of tables, page by page.
    """
    repeated: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        repeated.update({key for line in lines if _in_margin(line, height) for key in _running(line)})
    numbers = Counter(
        int(line.text) - page
        for page, (height, lines) in enumerate(pages)
        for line in _ends(lines)
        if line.text.isdecimal() and len(line.text) < 5
    )
    found: list[set[TextLine]] = []
    for page, (height, lines) in enumerate(pages):
        own = {line for line in lines if _in_margin(line, height) and any(repeated[key] > 1 for key in _running(line))}
        ends = set(_ends(lines))
        for line in lines:
            if _PAGE_NUMBERS.fullmatch(line.text) and (_in_margin(line, height) or line in ends):
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
    margin = max(_MARGIN * height, _EDGE)
    return line.y1 < margin or line.y0 > height - margin


def _running(line: TextLine) -> list[tuple[str, int]]:
    """Return what is the same of a running head on every page, where only a number differs; nothing for other lines."""
    if not _WORD.search(line.text) or sum(gap > line.size for gap in line.gaps()) >= _PARTS:
        return []
    text = _DIGITS.sub("#", line.text)
    return [(text, int(line.y0 / 4) * 2), (text, int(line.y0 / 4 + 0.5) * 2 + 1)]


def _ends(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    return [*lines[:1], *lines[-1:]] if len(lines) > 1 else lines


def margins_of(sheets: Sequence[Sequence[TextLine]]) -> list[Margins]:
    """Return the margins of every sheet: where long lines begin and end; of a sheet with few lines, as elsewhere."""
    prose = [[line for line in lines if all(gap < _GAP * line.size for gap in line.gaps())] for lines in sheets]
    every = [line for lines in prose for line in lines]
    size = median(line.size for line in every) if every else 1.0  # titles are larger and may reach farther
    prose = [[line for line in lines if line.size < 1.25 * size] for lines in prose]
    every = [line for lines in prose for line in lines]
    longest = max((line.x1 - line.x0 for line in every), default=0.0)
    indented = _is_indented(every)
    found: list[Margins | None] = []
    for lines in prose:
        long = [line for line in lines if line.x1 - line.x0 > 0.7 * longest]
        # where all begin at one place nobody can tell whether that is the margin
        few = len({round(line.x0 / 4) for line in long}) < 2 or len(long) < 3
        found.append(None if few else Margins(min(line.x0 for line in long), max(line.x1 for line in long), indented))
    known = next((one for one in found if one is not None), None)
    if known is None:
        long = [line for line in every if line.x1 - line.x0 > 0.7 * longest]
        right = max((line.x1 for line in long), default=0.0)
        known = Margins(min((line.x0 for line in long), default=0.0), right, indented)
    return [one or known for one in found]


def _is_indented(lines: Sequence[TextLine]) -> bool:
    """Tell whether lines of prose begin at two places, as if paragraphs began with a space."""
    prose = [line for line in lines if len(line.text) >= _PROSE]
    starts = Counter(round(line.x0) for line in prose)
    size = median(line.size for line in prose) if prose else 1.0
    often = [start for start, count in starts.items() if count > 1]
    return any(_INDENT[0] * size < other - one < _INDENT[1] * size for one in starts for other in often)


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
    return [(reduce(joined_text, texts), first) for texts, first in found]


def leading_of(lines: Sequence[TextLine]) -> float:
    """Return the usual distance between lines of prose, from top to top."""
    prose = [line for line in lines if len(line.text) >= _PROSE]
    steps = Counter(
        round(after.y0 - before.y0)
        for before, after in pairwise(prose)
        if before.sheet == after.sheet and 0.9 * before.size < after.y0 - before.y0 < 4 * before.size
    )
    # paragraphs may be one line each, farther apart than lines: the smallest distance that is no chance
    return float(min(step for step, count in steps.items() if count * 20 >= steps.total())) if steps else 0.0


def _goes_on(before: TextLine, line: TextLine, margins: Sequence[Margins], leading: float) -> bool:
    """Tell whether a line goes on with the one before: that one was full, and this one is not indented."""
    if abs(before.size - line.size) > 0.15 * before.size:
        return False
    if before.sheet == line.sheet:
        step = line.y0 - before.y0
        if step <= 0 or step > 1.35 * (leading or 2 * line.size) + 2:
            return False
    own = margins[line.sheet]
    if line.x0 - own.left > 0.8 * line.size:
        return False
    right = margins[before.sheet].right
    width = first_width(line.text)
    slack = _SLACK if own.indented and before.x1 - before.x0 > 0.7 * (right - own.left) else 0.3
    if before.x1 + (width + slack) * line.size < right:
        return False
    return not (begins_anew(line.text) and before.text[-1] in "。；：")
