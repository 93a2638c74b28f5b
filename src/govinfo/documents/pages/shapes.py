"""What pdfium says of the objects of a PDF page that are no characters: lines, fills, pictures, and their order.

A later object is painted over an earlier one. Objects inside forms are told with the matrices around them.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import attrs

from govinfo.documents.limits import MAX_OBJECTS, check_count
from govinfo.documents.pages.borrowed import FLAT, address_of, with_room
from govinfo.text import Text

__all__ = ["Fill", "Shapes", "is_white", "shapes_of"]

_THIN = 3.5
"""Points: a box no thicker is a line."""
_WHITE = 250
_FORMS = 12
"""Form XObjects inside each other."""
_SEGMENTS = 20_000
"""Of one path: more are a drawing."""
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINETO, _MOVETO = 0, 2

Matrix = tuple[float, float, float, float, float, float]
Box = tuple[float, float, float, float]
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Fill(NamedTuple):
    """A box painted over what was there before."""

    order: int
    box: Box
    white: bool

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a point lies inside."""
        x0, y0, x1, y1 = self.box
        return x0 <= x <= x1 and y0 <= y <= y1


@attrs.define
class Shapes:
    """Objects of a page, in the file's coordinates: the origin is at the bottom left."""

    lines: list[Box] = attrs.Factory(list)
    fills: list[Fill] = attrs.Factory(list)
    images: list[Fill] = attrs.Factory(list)
    texts: dict[int, int] = attrs.Factory(dict)
    """Address of a text object → when it is painted."""
    bare: set[int] = attrs.Factory(set)
    """Addresses of text objects for which the machine has no shapes."""
    count: int = 0


def shapes_of(raw: Any, page: Any, name: str = "") -> Shapes:
    """Return the objects of a page.

    Args:
        raw: the module ``pypdfium2.raw``.
        page: a loaded page.
        name: of the file.

    Raises:
        ReadError: ``too_large``.
    """
    shapes = Shapes()
    count = raw.FPDFPage_CountObjects(page)
    _collect(raw, count, lambda index: raw.FPDFPage_GetObject(page, index), _IDENTITY, shapes, name)
    return shapes


def _collect(raw: Any, count: int, get: Any, matrix: Matrix, shapes: Shapes, name: str, depth: int = 0) -> None:
    check_count(shapes.count + count, MAX_OBJECTS, Text("图形", "shapes"), name)
    bounds = [ctypes.c_float() for _ in range(4)]
    left, bottom, right, top = bounds
    kind_of, bounds_of = raw.FPDFPageObj_GetType, raw.FPDFPageObj_GetBounds
    for index in range(count):
        thing = get(index)
        shapes.count += 1
        kind = kind_of(thing)
        if kind == _TEXT:
            address = address_of(thing)
            shapes.texts[address] = shapes.count
            if bounds_of(thing, *bounds) and right.value - left.value < FLAT and with_room(raw, thing):
                shapes.bare.add(address)
        elif kind == _FORM:
            if depth < _FORMS:
                inside = raw.FPDFFormObj_CountObjects(thing)
                inner = _times(_matrix(raw, thing), matrix)
                get_inner = lambda at, form=thing: raw.FPDFFormObj_GetObject(form, at)  # noqa: E731
                _collect(raw, inside, get_inner, inner, shapes, name, depth + 1)
        elif kind in (_PATH, _IMAGE) and bounds_of(thing, *bounds):
            box = left.value, bottom.value, right.value, top.value
            if matrix != _IDENTITY:
                box = _mapped(matrix, box)
            if not all(map(math.isfinite, box)):
                continue
            if kind == _IMAGE:
                shapes.images.append(Fill(shapes.count, box, white=False))
            else:
                _path(raw, thing, box, matrix, shapes)


def _path(raw: Any, thing: Any, box: Box, matrix: Matrix, shapes: Shapes) -> None:
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, mode, stroked)
    fill = is_white(raw.FPDFPageObj_GetFillColor, thing) if mode.value else None
    stroke = is_white(raw.FPDFPageObj_GetStrokeColor, thing) if stroked.value else None
    if fill is None and stroke is None:
        return
    if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        if fill is False or stroke is False:
            shapes.lines.append(box)
        return
    edges = list(_edges(raw, thing, matrix)) if raw.FPDFPath_CountSegments(thing) <= _SEGMENTS else []
    parts = {part for part, _ in edges}
    if stroke is False or (fill is False and len(parts) > 1):  # boxes filled in one path: thin ones, or a frame of two
        shapes.lines += [edge for _, edge in edges]
    if fill is not None and len(parts) == 1 and len(edges) == 4 and not raw.FPDFPageObj_HasTransparency(thing):
        shapes.fills.append(Fill(shapes.count, box, white=fill))


def is_white(get: Any, thing: Any, *before: Any) -> bool | None:
    """Return whether a colour is white, None if it is not to be seen at all.

    Args:
        get: the function that tells the colour.
        thing: what it is asked of.
        before: further arguments of ``get``.
    """
    parts = [ctypes.c_uint() for _ in range(4)]
    if not get(thing, *before, *parts):
        return False
    red, green, blue, alpha = (part.value for part in parts)
    return None if alpha == 0 else min(red, green, blue) >= _WHITE


def _edges(raw: Any, thing: Any, matrix: Matrix) -> Iterator[tuple[int, Box]]:
    """Yield (number of the part, box) of every straight line of a path; curves are no part of tables."""
    matrix = _times(_matrix(raw, thing), matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    part = 0
    start: tuple[float, float] | None = None
    at: tuple[float, float] | None = None
    for index in range(raw.FPDFPath_CountSegments(thing)):
        segment = raw.FPDFPath_GetPathSegment(thing, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        before, at = at, _point(matrix, x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == _MOVETO:
            part += 1
            start = at
        elif kind == _LINETO and before is not None:
            yield part, _between(before, at)
        if raw.FPDFPathSegment_GetClose(segment) and start is not None:
            if start != at:
                yield part, _between(at, start)
            at = start


def _between(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])


def _matrix(raw: Any, thing: Any) -> Matrix:
    found = raw.FS_MATRIX()
    return (
        (found.a, found.b, found.c, found.d, found.e, found.f) if raw.FPDFPageObj_GetMatrix(thing, found) else _IDENTITY
    )


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that applies ``inner`` first."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _point(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _mapped(matrix: Matrix, box: Box) -> Box:
    corners = [_point(matrix, x, y) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, down = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(down), max(across), max(down)
