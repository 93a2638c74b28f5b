"""A text object of OFD → characters at their places.

Every character has its place: the first one's is written, the others' follow by ``DeltaX`` and ``DeltaY``, lists of
steps in which ``g 3 6.35`` stands for three equal ones. Where glyphs of a font are named beside the text
(``CGTransform``) the text is still in ``TextCode``, and only that is read.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from govinfo.documents.pages.model import Glyph
from govinfo.documents.pages.ofd_geometry import Matrix, number
from govinfo.documents.xml import local

__all__ = ["characters", "quarter"]

_ABOVE, _BELOW = 0.88, 0.12
"""How far a Chinese character reaches above and below its base line, in sizes."""

_SPLIT = re.compile(r"[\s,]+")


def characters(node: Any, matrix: Matrix) -> Iterator[Glyph]:
    """Yield the characters of a text object that can be seen, in points.

    Args:
        node: the ``TextObject``.
        matrix: brings its own coordinates to the page.

    Raises:
        Unreadable: a number says nothing, so that nobody knows where the text stands.
    """
    size = number(node.get("Size"))
    em = size * abs(number(node.get("HScale"), 1.0))
    turned = math.radians(number(node.get("CharDirection")))
    cos, sin = math.cos(turned), math.sin(turned)
    height = size * matrix.scale
    a, b, c, d, e, f = matrix
    level = not turned and not b and not c and a > 0 and d > 0  # nearly all text is
    for text, x, y, step in _placed(node, em):
        natural = _natural(text) * em
        width = min(step, natural) if step > 0 else natural
        if level:
            left, top = a * x + e, d * (y - _ABOVE * size) + f
            yield Glyph(text, left, top, left + a * width, top + d * size, height)
            continue
        xs, ys = [], []
        for across, up in ((0.0, -_ABOVE), (width, -_ABOVE), (width, _BELOW), (0.0, _BELOW)):
            right, down = matrix.at(x + across * cos - up * size * sin, y + across * sin + up * size * cos)
            xs.append(right)
            ys.append(down)
        yield Glyph(text, min(xs), min(ys), max(xs), max(ys), height)


def quarter(node: Any, matrix: Matrix) -> int:
    """Return by how many right angles, clockwise, the characters of a text object are turned on the page."""
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) + number(node.get("CharDirection"))
    return round(angle / 90) % 4


def _placed(node: Any, em: float) -> Iterator[tuple[str, float, float, float]]:
    """Yield what is seen of a text object, where its base line begins, and the step to what follows (0: unknown)."""
    codes = [child for child in node if local(child) == "TextCode"]
    runs_down = round(number(node.get("ReadDirection")) / 90) % 2 == 1
    first_x = first_y = 0.0
    for code in codes:
        x = first_x = number(code.get("X"), first_x)
        y = first_y = number(code.get("Y"), first_y)
        text = code.text or ""
        rights, downs = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        units = _units(text, max(len(rights), len(downs)), node if len(codes) == 1 else None)
        for index, unit in enumerate(units):
            natural = _natural(unit) * em
            right = rights[index] if index < len(rights) else 0.0 if downs or runs_down else natural
            down = downs[index] if index < len(downs) else natural if runs_down and not rights else 0.0
            if unit and not _unseen(unit[0]):
                yield unit, x, y, right if index < len(rights) else 0.0
            x += right
            y += down


def _units(text: str, steps: int, node: Any) -> list[str]:
    """Return what has a place each.

    That is a character, save where one glyph stands for several or several for one: empty texts then stand for glyphs
    without a character of their own. How many steps there are tells which it is.
    """
    for inside in (text, text.strip("\r\n\t"), text.strip()):  # some programs break lines inside the element
        if len(inside) == steps + 1:
            return list(inside)
    text = text.strip("\r\n\t")
    units = list(text)
    if node is not None:
        for first, many, glyphs in sorted(_replaced(node, len(text)), reverse=True):
            units[first : first + many] = [text[first : first + many], *[""] * (glyphs - 1)]
        if len(units) == steps + 1:
            return units
    pairs = [part for one in text for part in ((one, "") if ord(one) > 0xFFFF else (one,))]  # counted as in UTF-16
    return pairs if len(pairs) == steps + 1 else list(text)


def _replaced(node: Any, length: int) -> Iterator[tuple[int, int, int]]:
    """Yield position, number of characters and number of glyphs wherever these numbers differ."""
    end = 0
    for child in node:
        if local(child) == "CGTransform":
            first = int(number(child.get("CodePosition")))
            many, glyphs = int(number(child.get("CodeCount"), 1)), int(number(child.get("GlyphCount"), 1))
            if many != glyphs and end <= first and 0 < many <= length - first and 0 < glyphs <= length:
                end = first + many
                yield first, many, glyphs


def _deltas(text: str | None, most: int) -> list[float]:
    """Return the steps between characters, runs written out, no more than ``most``."""
    if not text or not most:
        return []
    words = iter(_SPLIT.split(text.strip(), maxsplit=3 * most + 3)[: 3 * most + 3])
    found: list[float] = []
    for word in words:
        if len(found) >= most:
            break
        if word == "g":
            times = int(number(next(words, "")))
            found += [number(next(words, ""))] * max(min(times, most - len(found)), 0)
        elif word:
            found.append(number(word))
    return found


@lru_cache(maxsize=8192)
def _natural(text: str) -> float:
    """Return how wide a character is where nothing says it, in sizes."""
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text)


@lru_cache(maxsize=8192)
def _unseen(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cf", "Zs", "Zl", "Zp"}
