"""Lines of text → tables that have no rulings.

Rows of many figures that stand in columns are a table with exact columns, where nothing about them is in doubt: each
figure is alone in its column, and each row has words of its own beside it. All else is left to what reads tables in
text files, and to its caution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from govinfo.documents.kinds import FIGURE
from govinfo.documents.lines import Lines, blocks_of
from govinfo.documents.model import Cell, Paragraph, Table
from govinfo.documents.pages.folding import with_folded_marked
from govinfo.documents.pages.lines import TextLine, Word
from govinfo.documents.pages.wrapping import begins_anew, joined_text

__all__ = ["tables_of"]

_WIDE = 0.8
"""Of the font size: a gap no wider parts words, a wider one cells."""
_COLUMNS = 5
"""Columns of figures that are not there by chance."""
_APART = 2.0
"""Points between two columns, at least."""
_PITCH = 1.5
"""Of the font size: lines no farther apart, from top to top, are one label."""

_EVEN = 1.7
"""Of the usual distance of columns: a wider one may have an empty column inside."""
_FEW = 3
"""In fewer rows a column may well be blank all the way."""
_ABOVE = 10
"""Lines of headings above a table."""
_HEADING = 12
"""Characters in the longest heading of a column."""
_FAR = 4.0
"""Font sizes between lines of headings, at most."""


class Label(NamedTuple):
    """Words that belong together."""

    text: str
    x0: float
    y0: float
    y1: float
    last: Word


class _Rows(NamedTuple):
    """Lines of figures, and the lines around them that are their labels."""

    first: int
    last: int
    """Index behind the last line."""
    figures: list[int]
    left: float
    """Where figures begin."""


def tables_of(lines: Sequence[TextLine]) -> list[TextLine | Table]:
    """Return lines in their order, those that are rows of a table as that table; its numbers mean nothing yet."""
    lines = with_folded_marked(lines)
    found: list[TextLine | Table] = []
    done = 0
    for rows in _all_rows(lines):
        table = _aligned(lines, rows)
        if table is not None:
            start, headings = _headings(lines[done : rows.first], rows, lines[rows.figures[0]])
            found += _spaced(lines[done : done + start])
            found.append(_under(headings, table))
            done = rows.last
    return found + _spaced(lines[done:])


def _spaced(lines: Sequence[TextLine]) -> list[TextLine | Table]:
    """Read lines as those of a text file, cells parted by spaces."""
    raw = [_raw(line) for line in lines]
    blocks = blocks_of(Lines(raw, range(len(lines)), [line.page for line in lines]))
    return [lines[block.line] if isinstance(block, Paragraph) else block for block in blocks]


def _raw(line: TextLine) -> str:
    parts: list[str] = []
    end = None
    for word in line.words:
        if end is not None:
            parts.append("  " if word.x0 - end > _WIDE * line.size else " ")
        parts.append(word.text.replace("|", "｜"))
        end = word.x1
    return "".join(parts)


def _figures(line: TextLine) -> list[Word]:
    """Return the figures at the end of a line."""
    at = len(line.words)
    while at and FIGURE.fullmatch(line.words[at - 1].text):
        at -= 1
    return list(line.words[at:])


def _all_rows(lines: Sequence[TextLine]) -> Iterator[_Rows]:
    """Yield runs of lines of figures on one page with nothing but labels between."""
    at = 0
    while at < len(lines):
        figures = _figures(lines[at])
        if len(figures) < _COLUMNS:
            at += 1
            continue
        left, found, end = figures[0].x0, [at], at + 1
        while end < len(lines) and lines[end].sheet == lines[at].sheet:
            own = _figures(lines[end])
            if len(own) >= _COLUMNS - 1:
                found.append(end)
                left = min(left, own[0].x0)
            elif lines[end].x1 > left:
                break
            end += 1
        last = _reach(lines, found[-1], 1, left)
        first = max(_reach(lines, at, -1, left), 0)
        yield _Rows(first, last + 1, found, left)
        at = last + 1


def _reach(lines: Sequence[TextLine], at: int, step: int, left: float) -> int:
    """Return the index of the farthest line that goes on with the label of a row, up or down."""
    while 0 <= at + step < len(lines):
        here, other = lines[at], lines[at + step]
        if other.sheet != here.sheet or other.x1 > left or abs(other.y0 - here.y0) > _PITCH * other.size:
            break
        at += step
    return at


def _aligned(lines: Sequence[TextLine], rows: _Rows) -> Table | None:
    """Return a table with exact columns, or None where anything about it is in doubt."""
    figures = [_figures(lines[at]) for at in rows.figures]
    columns = _columns([word for line in figures for word in line])
    placed = [[_column(word, columns) for word in line] for line in figures]
    if max(map(len, placed)) != len(columns) or any(len(set(line)) < len(line) for line in placed):
        return None
    centres = [(start + end) / 2 for start, end in columns]
    pitches = [after - before for before, after in pairwise(centres)]
    if max(pitches) > _EVEN * median(pitches) or (len(figures) < _FEW and len(columns) < 2 * _COLUMNS):
        return None  # a column may be blank in every row
    words = [
        (word, lines[at]) for at in range(rows.first, rows.last) for word in lines[at].words if word.x1 < rows.left
    ]
    if sum(len(lines[at].words) for at in range(rows.first, rows.last)) != len(words) + sum(map(len, figures)):
        return None  # something stands among the columns that is no figure
    labels = _labels(words)
    chosen: list[list[Label]] = []
    for at in rows.figures:
        middle = (lines[at].y0 + lines[at].y1) / 2
        beside = [label for label in labels if label.y0 - 1 <= middle <= label.y1 + 1]
        chosen.append(sorted(beside, key=lambda label: label.x0))
    own = [line[-1] for line in chosen if line]
    if len(set(own)) < len(own) or (own and len(own) < len(chosen)):
        return None  # a label for two rows, or a row without
    page = lines[rows.first].page
    taken: set[Label] = set()
    made: list[tuple[Cell, ...]] = []
    wide = max((len(line) for line in chosen), default=0)
    for line, places, beside in zip(figures, placed, chosen, strict=True):
        fresh = [label for label in beside if label is beside[-1] or label not in taken | set(own)]
        taken.update(fresh)
        cells = [Cell(label.text, 0, 1, 0, len(made) + 1, at, page=page) for at, label in enumerate(fresh[:-1], 1)]
        cells += [Cell(label.text, 0, 1, 0, len(made) + 1, wide, page=page) for label in fresh[-1:]]
        texts = {place: word.text for place, word in zip(places, line, strict=True)}
        cells += [
            Cell(texts.get(at, ""), 0, 1, 0, len(made) + 1, wide + at + 1, page=page) for at in range(len(columns))
        ]
        made.append(tuple(cells))
    return Table(0, 0, tuple(made))


def _headings(lines: Sequence[TextLine], rows: _Rows, figures: TextLine) -> tuple[int, list[Label]]:
    """Return where the headings above a table begin, and what they are, from top to bottom."""
    start, below = len(lines), figures
    while start and len(lines) - start < _ABOVE:
        line = lines[start - 1]
        long = any(len(word.text) > _HEADING and word.x1 > rows.left for word in line.words)
        alone = len(line.words) == 1 and begins_anew(line.text)
        far = below.y0 - line.y0 > _FAR * figures.size and below is not figures
        if line.sheet != figures.sheet or long or alone or far or line.size > 1.15 * figures.size or "。" in line.text:
            break
        start, below = start - 1, line
    words = [(word, line) for line in lines[start:] for word in line.words]
    labels = _labels([(word, line) for word, line in words if not FIGURE.fullmatch(word.text)])
    return start, sorted(labels, key=lambda label: (round((label.y0 + label.y1) / 8), label.x0))


def _under(headings: Sequence[Label], table: Table) -> Table:
    """Put headings above a table: a row for those that stand beside each other."""
    made: list[tuple[Cell, ...]] = []
    page = table.rows[0][0].page
    for _, beside in groupby(headings, lambda label: round((label.y0 + label.y1) / 8)):
        row = len(made) + 1
        made.append(tuple(Cell(label.text, 0, 1, 0, row, at, page=page) for at, label in enumerate(beside, 1)))
    moved = [tuple(cell._replace(row=cell.row + len(made)) for cell in row) for row in table.rows]
    return Table(0, 0, (*made, *moved))


def _columns(words: Sequence[Word]) -> list[tuple[float, float]]:
    """Return the intervals in which figures stand."""
    found: list[tuple[float, float]] = []
    for word in sorted(words, key=lambda one: one.x0):
        if found and word.x0 < found[-1][1] + _APART:
            found[-1] = found[-1][0], max(found[-1][1], word.x1)
        else:
            found.append((word.x0, word.x1))
    return found


def _column(word: Word, columns: Sequence[tuple[float, float]]) -> int:
    return next(at for at, (start, end) in enumerate(columns) if start <= word.x0 and word.x1 <= end)


def _labels(words: Sequence[tuple[Word, TextLine]]) -> list[Label]:
    """Put the lines of each label together: they begin below each other."""
    starts = [word.x0 for word, _ in words]
    found: list[Label] = []
    for word, line in words:
        column = sum(abs(start - word.x0) < _APART for start in starts) > 1
        near = [at for at, one in enumerate(found) if word.y0 - one.last.y0 <= _PITCH * line.size]
        beside = next(
            (at for at in near if abs(found[at].last.y0 - word.y0) < 1 and _touch(found[at].last, word, line)), None
        )
        above = next(
            (at for at in near if abs(found[at].x0 - word.x0) < _APART and word.y0 > found[at].last.y0 + 1), None
        )
        if above is not None and not begins_anew(word.text):
            found[above] = found[above]._replace(text=joined_text(found[above].text, word.text), y1=word.y1, last=word)
        elif beside is not None and not column:
            found[beside] = found[beside]._replace(text=f"{found[beside].text} {word.text}", last=word)
        else:
            found.append(Label(word.text, word.x0, word.y0, word.y1, word))
    return found


def _touch(before: Word, word: Word, line: TextLine) -> bool:
    return 0 <= word.x0 - before.x1 < _WIDE * line.size
