"""Numbers, boxes and matrices as OFD writes them.

OFD measures in millimetres from the top left corner, y downwards. An object's own coordinates are turned by its ``CTM``
and then moved to the corner of its ``Boundary``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import hypot, isfinite
from typing import Any, NamedTuple

__all__ = ["POINTS", "Box", "Matrix", "Unreadable", "box_of", "matrix_of", "number", "numbers"]

POINTS = 72 / 25.4
"""In a millimetre."""

_MOST = 1e6
"""Millimetres: nothing on paper is so far away."""

_SPLIT = re.compile(r"[\s,]+")


class Unreadable(ValueError):
    """A number or a place that says nothing."""


class Box(NamedTuple):
    """``x y width height``, in millimetres."""

    x: float
    y: float
    width: float
    height: float


class Matrix(NamedTuple):
    """``a b c d e f``: x' = a·x + c·y + e, y' = b·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point comes to stand."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def then(self, outer: Matrix) -> Matrix:
        """Return this matrix followed by another."""
        e, f = outer.at(self.e, self.f)
        return Matrix(
            outer.a * self.a + outer.c * self.b,
            outer.b * self.a + outer.d * self.b,
            outer.a * self.c + outer.c * self.d,
            outer.b * self.c + outer.d * self.d,
            e,
            f,
        )

    @property
    def scale(self) -> float:
        """How much longer an upright stroke becomes."""
        return hypot(self.c, self.d)


def number(text: str | None, default: float = 0.0) -> float:
    """Return the number in an attribute; ``default`` where there is none.

    Raises:
        Unreadable: it is no number, or one that is no place on paper.
    """
    if text is None or not text.strip():
        return default
    try:
        value = float(text)
    except ValueError:
        raise Unreadable(text[:40]) from None
    if not isfinite(value) or abs(value) > _MOST:
        raise Unreadable(text[:40])
    return value


def numbers(text: str | None) -> list[float]:
    """Return the numbers of an attribute, parted by white space. Raises `Unreadable`."""
    return [number(one) for one in _SPLIT.split(text or "") if one]


def box_of(text: str | None) -> Box | None:
    """Return a box; None where there is none. Raises `Unreadable`."""
    found = numbers(text)
    if not found:
        return None
    if len(found) != 4:
        raise Unreadable((text or "")[:40])
    return Box(*found)


def matrix_of(node: Any) -> Matrix:
    """Return what brings the own coordinates of an object to those around it. Raises `Unreadable`."""
    found = numbers(node.get("CTM"))
    if found and len(found) != 6:
        raise Unreadable((node.get("CTM") or "")[:40])
    box = box_of(node.get("Boundary"))
    return _moved(Matrix(*found), (box.x, box.y) if box else (0.0, 0.0))


def _moved(matrix: Matrix, by: Iterable[float]) -> Matrix:
    x, y = by
    return matrix._replace(e=matrix.e + x, f=matrix.f + y)
