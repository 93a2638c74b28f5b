"""A path of OFD → ruling lines.

``AbbreviatedData`` draws as SVG does: ``M``, ``L``, ``Q``, ``B``, ``A``, and ``C`` closes. Of what is drawn, level and
upright strokes are ruling lines, and so are filled boxes as thin as a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from govinfo.documents.pages.model import Rule
from govinfo.documents.pages.ofd_geometry import Matrix, Unreadable, number

__all__ = ["Drawing", "rules", "trace"]

_WORD = re.compile(r"[A-Za-z]|[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
_TAKES = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}

_THIN = 2.5
"""Points: a filled box, or a stroke, that is thicker is no line."""
_SLANT = 0.02
"""How much a line may rise on its length and still be level."""

Point = tuple[float, float]


class Drawing(NamedTuple):
    """A path in its own coordinates."""

    shapes: list[list[Point]]
    """The corners of each part."""
    curved: bool
    """There are curves: no table is drawn with these alone."""
    words: int
    """How long it was."""

    def corners(self, matrix: Matrix) -> Iterator[Rule]:
        """Yield the box around each part that is an upright rectangle and no line, in points."""
        for shape in self.shapes:
            if len(set(shape)) != 4:
                continue
            points = [matrix.at(x, y) for x, y in shape]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            box = Rule(min(xs), min(ys), max(xs), max(ys))
            if min(box.x1 - box.x0, box.y1 - box.y0) > _THIN and all(
                _near(x, box.x0, box.x1) and _near(y, box.y0, box.y1) for x, y in points
            ):
                yield box


def trace(data: str, most: int) -> Drawing:
    """Follow the commands of a path, to the first that makes no sense; no more than ``most`` words."""
    shapes: list[list[Point]] = []
    curved = False
    command, words = "", 0
    given: list[float] = []
    for found in _WORD.finditer(data):
        words += 1
        if words > most:
            break
        word = found[0]
        if word.isalpha():
            command, given = word.upper(), []
            if command not in _TAKES:
                break
            if command == "C" and shapes and shapes[-1]:
                shapes[-1].append(shapes[-1][0])
            continue
        try:
            given.append(number(word))
        except Unreadable:
            break
        if not command or len(given) < _TAKES[command]:
            continue
        point = (given[-2], given[-1])
        given = []
        if command in "SM":
            shapes.append([point])
            command = "L" if command == "M" else command
        elif command == "L" and shapes:
            shapes[-1].append(point)
        elif command in "QBA":  # a new part begins where the curve ends
            curved = True
            shapes.append([point])
    return Drawing(shapes, curved, words)


def rules(drawing: Drawing, matrix: Matrix, *, stroke: float | None, fill: bool) -> Iterator[Rule]:
    """Yield the ruling lines of a path, in points.

    Args:
        drawing: the path.
        matrix: brings it to the page.
        stroke: how thick its outline is drawn, in points; None where it is not drawn.
        fill: its inside is filled.
    """
    for shape in drawing.shapes:
        points = [matrix.at(x, y) for x, y in shape]
        if stroke is not None:
            for start, end in pairwise(points):
                yield from _line(start, end, stroke)
        elif fill and len(points) > 2:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            yield from _box(min(xs), min(ys), max(xs), max(ys))


def _near(value: float, low: float, high: float) -> bool:
    return min(value - low, high - value) < 0.1


def _line(start: Point, end: Point, stroke: float) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = sorted((start, end))
    across, down = x1 - x0, abs(y1 - y0)
    half = stroke / 2 if stroke > _THIN else 0.0
    if down <= _SLANT * across:
        middle = (y0 + y1) / 2
        yield from _box(x0, middle - half, x1, middle + half)
    elif across <= _SLANT * down:
        middle = (x0 + x1) / 2
        yield from _box(middle - half, min(y0, y1), middle + half, max(y0, y1))


def _box(x0: float, y0: float, x1: float, y1: float) -> Iterator[Rule]:
    """Yield the line that a thin box is."""
    across, down = x1 - x0, y1 - y0
    if down <= _THIN and across > down:
        yield Rule(x0, (y0 + y1) / 2, x1, (y0 + y1) / 2)
    elif across <= _THIN and down > across:
        yield Rule((x0 + x1) / 2, y0, (x0 + x1) / 2, y1)
