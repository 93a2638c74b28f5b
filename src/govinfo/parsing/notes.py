"""Labels broken inside a filling note in brackets, made whole before anything is looked up.

The pieces of a note may be labels of the form themselves: taken one by one they would name the wrong row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from govinfo.documents.model import Place
from govinfo.parsing.normal import balance, outside
from govinfo.parsing.numbers import FIGURES, look

if TYPE_CHECKING:
    from govinfo.parsing.rows import Row

__all__ = ["is_prose", "joined", "mended"]

_PROSE = 60
"""A line of more characters than the longest label is prose, not a label."""
_NOTE_LINES = 8
"""A note in brackets inside a label is broken into at most so many lines."""


def is_prose(text: str) -> bool:
    """Tell whether a line is prose: too long for a label, notes in it aside."""
    return len(text) > _PROSE and len(outside(text)) > _PROSE


def mended(tokens: Sequence[tuple[Place, int]]) -> Iterator[tuple[Place, int]]:
    """Yield cells with labels whole again that were broken inside a note in brackets.

    A year may stand on a line of its own there; more figures than one belong to rows.
    """
    position = 0
    while position < len(tokens):
        place, index = tokens[position]
        position += 1
        depth = balance(place.text)
        if depth > 0 and not is_prose(place.text):
            pieces = [place.text]
            figures = 0
            for other, _ in tokens[position : position + _NOTE_LINES]:
                pieces.append(other.text)
                figures += look(other.text).look in FIGURES
                depth = balance(other.text, depth)
                if depth <= 0 or figures > 1:
                    break
            broken = depth > 0 and position + len(pieces) > len(tokens) and not figures  # goes on in the next block
            if (depth == 0 or broken) and figures <= 1:
                place = place._replace(text="".join(pieces))
                position += len(pieces) - 1
        yield place, index


def joined(rows: Sequence[Row]) -> list[Row]:
    """Make one of rows whose label was broken inside a note in brackets: the figures stand behind its last line."""
    whole: list[Row] = []
    begun: int | None = None
    """Which of ``whole`` ends in a note that is open."""
    pieces: list[str] = []
    for row in rows:
        if begun is not None and row.labels:
            depth = balance("".join(pieces))
            taken = 0
            for place in row.labels if row.layout == "lines" else row.labels[:1]:
                taken += 1
                pieces.append(place.text)
                depth = balance(place.text, depth)
                if depth <= 0:
                    break
            if depth == 0:
                above = whole[begun].labels
                label = above[-1]._replace(text="".join(pieces))
                row = row._replace(labels=(*above[:-1], label, *row.labels[taken:]))
                del whole[begun:]
            if depth <= 0 or len(row.labels) > taken or row.slots or len(pieces) > _NOTE_LINES:
                begun = None
        else:
            begun = None
        whole.append(row)
        if begun is None and row.labels and not row.slots and balance(row.label) > 0 and not is_prose(row.label):
            begun, pieces = len(whole) - 1, [row.label]
    return whole
