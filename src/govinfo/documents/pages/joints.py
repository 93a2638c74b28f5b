"""Parts of a table on several pages → one table: rows cut in two, headings repeated, merged cells that go on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import attrs

from govinfo.documents.kinds import ENUMERATOR, FIGURE
from govinfo.documents.pages.cells import DIGIT, WORD
from govinfo.documents.pages.lattice import Lattice, Square
from govinfo.documents.pages.lines import TextLine
from govinfo.documents.pages.model import CUT
from govinfo.documents.pages.rulings import NEAR
from govinfo.documents.pages.wrapping import begins_anew, first_width

__all__ = ["Placed", "Whole", "joined"]

_CONTINUED = re.compile(r"[（(]?(?:接上页|续上?表?\s*\d*|上接.{0,6}|转下页|接下页|下页续)[)）]?")
_FIGURE = re.compile(r"[\d.,，]+")
_LOOSE = 0.5
"""Font sizes by which a line's room may be more than it seems."""
_HEADINGS = 8
"""Rows of headings that may be repeated."""


class Placed(NamedTuple):
    """A cell and the page it stands on."""

    square: Square
    page: int


@attrs.define
class Whole:
    """A table, its parts put together."""

    xs: tuple[float, ...]
    height: int
    cells: list[Placed]
    sheet: int
    """The last it stands on."""


def joined(pieces: Iterable[Lattice | TextLine]) -> list[Whole | TextLine]:
    """Put parts of one table together; everything else stays as it is.

    Args:
        pieces: tables and lines in reading order, without running heads and page numbers.
    """
    found: list[Whole | TextLine] = []
    waiting: list[TextLine] = []  # what only says that a table goes on
    for piece in pieces:
        if isinstance(piece, TextLine):
            (waiting if _CONTINUED.fullmatch(piece.text) else found).append(piece)
            continue
        last = found[-1] if found else None
        if not (isinstance(last, Whole) and piece.sheet > last.sheet and _append(last, piece)):
            found += waiting
            found.append(_whole(piece))
        waiting = []
    return found + waiting


def _whole(part: Lattice) -> Whole:
    return Whole(part.xs, part.height, [Placed(square, part.page) for square in part.squares], part.sheet)


def _append(whole: Whole, part: Lattice) -> bool:
    """Add a part to a table if it is one; tell whether it was."""
    grid = _common(whole.xs, part.xs)
    if grid is None:
        return False
    xs, own, other = grid
    cells = [_spread(placed, own) for placed in whole.cells]
    more = [_spread(Placed(square, part.page), other) for square in part.squares]
    more, height = _without_headings(cells, more, part.height)
    whole.xs, whole.sheet = xs, part.sheet
    if not more:
        whole.cells = cells
        return True
    above = {placed.square.col: placed for placed in cells if _bottom(placed) == whole.height}
    below = {placed.square.col: placed for placed in more if placed.square.row == 0}
    split = _is_split(above, below, whole.height)
    shift = whole.height - split
    merged: dict[int, Placed] = {}
    for col, under in sorted(below.items(), key=lambda one: one[0]):
        over = above.get(col)
        if over is not None and over.square.colspan == under.square.colspan:
            same = split or (_spans(over, under, whole.height) and not _is_new(col, above, below, merged))
            merged |= {col: over} if same else {}
    for placed in more:
        over = merged.get(placed.square.col) if placed.square.row == 0 else None
        if over is None:
            cells.append(Placed(placed.square._replace(row=placed.square.row + shift), placed.page))
        else:
            cells[cells.index(over)] = _one(over, placed, split)
    whole.cells = cells
    whole.height = shift + height
    return True


def _common(one: Sequence[float], other: Sequence[float]) -> tuple[tuple[float, ...], list[int], list[int]] | None:
    """Return the columns of two parts together and where those of each are among them; None if they do not fit."""
    left, right = [x - one[0] for x in one], [x - other[0] for x in other]
    fine, rough = (left, right) if len(left) >= len(right) else (right, left)
    if abs(fine[-1] - rough[-1]) > 2 * NEAR:
        return None
    places = [min(range(len(fine)), key=lambda at: abs(fine[at] - x)) for x in rough]
    if any(abs(fine[at] - x) > NEAR for at, x in zip(places, rough, strict=True)):
        return None
    every = list(range(len(fine)))
    return (tuple(fine), every, places) if fine is left else (tuple(fine), places, every)


def _spread(placed: Placed, places: Sequence[int]) -> Placed:
    square = placed.square
    start, end = places[square.col], places[square.col + square.colspan]
    return Placed(square._replace(col=start, colspan=end - start), placed.page)


def _bottom(placed: Placed) -> int:
    return placed.square.row + placed.square.rowspan


def _without_headings(cells: list[Placed], more: list[Placed], height: int) -> tuple[list[Placed], int]:
    """Leave out the rows with which the table began, where the part begins with them again."""
    for count in range(min(_HEADINGS, height), 0, -1):
        reach = any(one.square.row < count < one.square.row + one.square.rowspan for one in more)
        again = _heading(more, count)
        if not reach and again and again == _heading(cells, count):
            rest = [
                Placed(placed.square._replace(row=placed.square.row - count), placed.page)
                for placed in more
                if placed.square.row >= count
            ]
            return rest, height - count
    return more, height


def _heading(cells: list[Placed], count: int) -> list[tuple[int, int, int, str]] | None:
    """Return the first rows if they are headings: words only."""
    found = []
    for square, _ in cells:
        if square.row < count:
            text = "".join(square.text.split())
            if FIGURE.fullmatch(text):
                return None
            found.append((square.row, square.col, square.colspan, text))
    return sorted(found) if any(one[-1] for one in found) else None


def _is_split(above: dict[int, Placed], below: dict[int, Placed], height: int) -> bool:
    """Tell whether the last row above a page break and the first below it are the two halves of one row."""
    pairs = []
    for col in above.keys() | below.keys():
        over, under = above.get(col), below.get(col)
        if over is None or under is None or over.square.colspan != under.square.colspan:
            return False
        if over.square.row == height - 1 and under.square.rowspan == 1:
            pairs.append((_whole_text(over.square), _whole_text(under.square)))
    if not pairs:
        return False
    if not any(over.text for over, _ in pairs) or not any(under.text for _, under in pairs):
        return True
    both = [(over, under) for over, under in pairs if over.text and under.text]
    named = any(WORD.search(under.text) for over, under in pairs if not over.text)
    return all(
        _goes_on(over, under) or (not named and (_is_rest(over, under) or CUT in over.text)) for over, under in both
    )


def _whole_text(square: Square) -> Square:
    """Return a cell without what only says that the edge of the page cuts it off."""
    return square._replace(text="") if square.text == CUT else square


def _goes_on(over: Square, under: Square) -> bool:
    """Tell whether the words of a cell go on with others: these had no room on its last line and begin nothing new.

    A bare number such as ４、 goes on in any case.
    """
    if not WORD.search(under.text) or begins_anew(under.text):
        return False
    if ENUMERATOR.fullmatch(over.text.rpartition("\n")[2]):
        return True
    return WORD.search(over.text) is not None and over.room < first_width(under.text) + _LOOSE


def _is_rest(over: Square, under: Square) -> bool:
    """Tell whether digits are the last of a figure too long for its cell."""
    digits = _FIGURE.fullmatch(over.text + under.text) is not None
    return digits and over.room < DIGIT and len(under.text) < len(over.text)


def _spans(over: Placed, under: Placed, height: int) -> bool:
    """Tell whether a merged cell goes on below a page break."""
    if over.square.row == height - 1 and under.square.rowspan == 1:
        return False
    if not under.square.text:
        return True
    return not over.square.text or _goes_on(over.square, under.square)


def _is_new(col: int, above: dict[int, Placed], below: dict[int, Placed], merged: dict[int, Placed]) -> bool:
    """Tell whether an empty cell below a page break is the blank of a new row, and no merged cell that goes on.

    What goes on stands at the left end of a row; and headings that are as high as each other end together.
    """
    over = above[col].square
    if below[col].square.text or not over.text:
        return False
    if any(left < col and left not in merged for left in below):
        return True
    return any(
        (one.square.row, one.square.rowspan) == (over.row, over.rowspan) and below[at].square.text
        for at, one in above.items()
        if at != col and at in below
    )


def _one(over: Placed, under: Placed, split: bool) -> Placed:
    first, second = over.square, under.square
    rest = bool(first.text and second.text) and _is_rest(first, second)
    goes_on = rest or (split and _goes_on(first, second))
    text = ("" if goes_on else "\n").join(text for text in (first.text, second.text) if text)
    square = first._replace(
        text=text,
        rowspan=first.rowspan + second.rowspan - split,
        room=second.room if second.text else first.room,
        wrapped=first.wrapped or second.wrapped or rest,
    )
    return Placed(square, over.page if first.text else under.page)
