"""Figures that a narrow column without rulings folds over two lines: which pieces belong together nobody can tell.

``173818`` in a column of five characters stands as ``17381`` above ``8``, and looks like a row of figures above another
row. Such figures get a mark behind them, by which they are no figures any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from govinfo.documents.kinds import FIGURE
from govinfo.documents.pages.lines import TextLine, Word
from govinfo.documents.pages.wrapping import begins_anew

__all__ = ["FOLDED", "with_folded_marked"]

FOLDED = "…"
"""What stands behind a figure that may go on in another line."""
_COLUMNS = 5
"""Figures in a line that are not there by chance."""
_CLOSE = 1.2
"""Of the font size: columns that are no farther apart have no room to spare."""
_PITCH = 1.5
"""Of the font size: lines no farther apart, from top to top, may be lines of one cell."""
_NEAR = 2.0
"""Points by which the rest of a figure may stick out below it."""


def with_folded_marked(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return lines in which all figures of rows with folded figures are marked."""
    marked: set[int] = set()
    for at, line in enumerate(lines):
        crowded = _crowded(line)
        below = at + 1
        while crowded and below < len(lines) and _is_near(line, lines[below]):
            if _goes_on(crowded, lines[below]):
                marked.update(range(at, below + 1))
                marked.update(one for one in range(max(at - 1, 0), at) if _is_near(lines[one], line))
            below += 1
    return [_marked(line) if at in marked else line for at, line in enumerate(lines)]


def _is_near(upper: TextLine, lower: TextLine) -> bool:
    return upper.sheet == lower.sheet and 0 <= lower.y0 - upper.y0 <= _PITCH * upper.size


def _crowded(line: TextLine) -> list[Word]:
    """Return the figures of a line that stand close to each other."""
    figures = [word for word in line.words if _is_number(word)]
    if len(figures) < _COLUMNS:
        return []
    close = {
        word
        for before, after in pairwise(line.words)
        if after.x0 - before.x1 <= _CLOSE * line.size
        for word in (before, after)
    }
    return [word for word in figures if word in close]


def _goes_on(figures: Sequence[Word], line: TextLine) -> bool:
    """Tell whether a line below holds the rest of figures, and not figures of a row of its own."""
    rests = [word for word in line.words if _is_number(word)]
    if not rests or (line.words[0] is not rests[0] and begins_anew(line.words[0].text)):
        return False
    return any(
        len(rest.text) <= len(figure.text) and figure.x0 - _NEAR <= rest.x0 and rest.x1 <= figure.x1 + _NEAR
        for rest in rests
        for figure in figures
    )


def _is_number(word: Word) -> bool:
    return word.text[-1].isdigit() and FIGURE.fullmatch(word.text) is not None


def _marked(line: TextLine) -> TextLine:
    words = tuple(
        word._replace(text=word.text + FOLDED) if FIGURE.fullmatch(word.text) else word for word in line.words
    )
    return line._replace(words=words)
