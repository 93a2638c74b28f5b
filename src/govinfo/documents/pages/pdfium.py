"""What pdfium says of one page of a PDF file: characters and where they stand, lines and pictures.

Calls go to the C interface straight: a page has thousands of characters, and objects around them cost more than pdfium.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import attrs

from govinfo.documents.limits import MAX_GLYPHS, check_count
from govinfo.documents.pages.borrowed import Widths, address_of, is_borrowed
from govinfo.documents.pages.model import CUT, Glyph, Rule
from govinfo.documents.pages.shapes import Fill, Shapes, is_white, shapes_of
from govinfo.text import Text

__all__ = ["Marks", "marks_of"]

_MOST = 0.8
"""Of the page: a picture that covers more is the page."""
_INVISIBLE, _CLIPPING = 3, 7
"""Ways to draw text that leave nothing to see."""
_ASCENT, _DESCENT = 0.86, 0.14
"""Of the font size: how far a Chinese character reaches above and below the line."""
_STRIPES = 64
"""Of a page."""
_FILLS = 100
"""Boxes in one stripe that are looked at, the last ones painted."""
_NOTES = 10_000
"""Notes on a page, and lines of one, that are looked at."""
_HYPHENS = (0x2, 0xFFFE)
"""What pdfium makes of a hyphen at the end of a line."""
_EXACT = 0.01
"""Points by which the numbers of pdfium are off."""

_Turn = Callable[[float, float], tuple[float, float]]
"""From the file's coordinates to those of the page as it is seen."""


@attrs.frozen
class Marks:
    """What stands on a page."""

    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    """Characters a person sees."""
    layer: tuple[Glyph, ...]
    """Characters with a picture of the page over them, or drawn invisibly: a recogniser put them there."""
    unmapped: int
    """Characters of which the file does not say what they are; they stand among the glyphs as U+FFFD."""
    hidden: int
    """Characters left out because nobody sees them: white, behind something, outside the page."""
    rules: tuple[Rule, ...]
    images: tuple[Rule, ...]
    objects: int
    """Texts, lines and pictures."""


class _Run(NamedTuple):
    """What the characters of one text object have in common."""

    order: int
    invisible: bool
    white: bool
    size: float
    angle: int | None
    """Quarters the text is turned in the file, to the left; None: it runs aslant, a watermark."""
    wide: float
    """The font size along the line, where characters may be pressed or drawn out."""
    widths: Widths | None
    """Of a font that the file does not carry."""
    bare: bool
    """The machine has no shapes for it."""


def marks_of(raw: Any, page: Any, name: str = "") -> Marks:
    """Return what stands on a page.

    Args:
        raw: the module ``pypdfium2.raw``.
        page: a loaded page.
        name: of the file.

    Raises:
        ReadError: ``too_large``.
    """
    box = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, box)
    left, right = sorted((box.left, box.right))
    bottom, top = sorted((box.bottom, box.top))
    shapes = shapes_of(raw, page, name)
    area = (right - left) * (top - bottom)
    whole = [one for one in shapes.images if _area(one) > _MOST * area]
    found = _Characters(raw, shapes, whole, (left, bottom, right, top))
    text = raw.FPDFText_LoadPage(page)
    if text:
        try:
            found.take(text, name)
        finally:
            raw.FPDFText_ClosePage(text)
    # text says better than the file which way up a page is: it may be printed sideways
    turns = found.angle if found.glyphs or found.layer else raw.FPDFPage_GetRotation(page) % 4
    turn, width, height = _turned(turns, left, bottom, right, top)
    return Marks(
        width,
        height,
        tuple(Glyph(char, *_box(turn, place), size) for char, place, size in found.glyphs),
        tuple(Glyph(char, *_box(turn, place), size) for char, place, size in found.layer),
        found.unmapped,
        found.hidden,
        tuple(Rule(*_box(turn, line)) for line in (*shapes.lines, *_struck(raw, page))),
        tuple(Rule(*_box(turn, one.box)) for one in shapes.images),
        shapes.count + len(shapes.lines),
    )


def _struck(raw: Any, page: Any) -> Iterator[tuple[float, float, float, float]]:
    """Yield the lines with which a reviewer has struck out text, in the middle of its box."""
    points = raw.FS_QUADPOINTSF()
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), _NOTES)):
        note = raw.FPDFPage_GetAnnot(page, index)
        if not note:
            continue
        if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT:
            for at in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), _NOTES)):
                if raw.FPDFAnnot_GetAttachmentPoints(note, at, points):
                    xs = points.x1, points.x2, points.x3, points.x4
                    y = (points.y1 + points.y2 + points.y3 + points.y4) / 4
                    yield min(xs), y, max(xs), y
        raw.FPDFPage_CloseAnnot(note)


def _area(one: Fill) -> float:
    x0, y0, x1, y1 = one.box
    return (x1 - x0) * (y1 - y0)


def _turned(turns: int, left: float, bottom: float, right: float, top: float) -> tuple[_Turn, float, float]:
    """Return how to see a page turned by quarters, clockwise, and its width and height then."""
    width, height = right - left, top - bottom
    if turns == 1:
        return lambda x, y: (y - bottom, x - left), height, width
    if turns == 2:
        return lambda x, y: (right - x, y - bottom), width, height
    if turns == 3:
        return lambda x, y: (top - y, right - x), height, width
    return lambda x, y: (x - left, top - y), width, height


def _box(turn: _Turn, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    ax, ay = turn(box[0], box[1])
    bx, by = turn(box[2], box[3])
    return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


def _within(low: float, high: float, start: float, width: float) -> tuple[float, float]:
    """Return from where to where a character of a known width reaches: no farther than its box."""
    first, last = sorted((start, start + width))
    return (first, last) if low - _EXACT <= first and last <= high + _EXACT else (low, high)


class _Characters:
    """The characters of a page, sorted by who sees them."""

    def __init__(self, raw: Any, shapes: Shapes, whole: list[Fill], page: tuple[float, float, float, float]) -> None:
        self.raw, self.shapes, self.page = raw, shapes, page
        self.covered = max((one.order for one in whole), default=0)  # texts before have a picture of the page over them
        self.step = max((page[3] - page[1]) / _STRIPES, 1.0)
        self.stripes: list[list[Fill]] = [[] for _ in range(_STRIPES + 1)]
        for fill in shapes.fills:
            for at in range(self._stripe(fill.box[1]), self._stripe(fill.box[3]) + 1):
                self.stripes[at].append(fill)
        self.stripes = [stripe[-_FILLS:] for stripe in self.stripes]
        self.glyphs: list[tuple[str, tuple[float, float, float, float], float]] = []
        self.layer: list[tuple[str, tuple[float, float, float, float], float]] = []
        self.unmapped = self.hidden = self.angle = 0
        self.fonts: dict[int, Widths] = {}
        self.x, self.y, self.matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()

    def take(self, text: Any, name: str) -> None:
        """Take in every character; how most of them are turned is the page's ``angle``."""
        raw = self.raw
        count = raw.FPDFText_CountChars(text)
        check_count(count, MAX_GLYPHS, Text("文字", "characters"), name)
        code_at, box_at, object_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetTextObject
        generated, unknown = raw.FPDFText_IsGenerated, raw.FPDFText_HasUnicodeMapError
        box = raw.FS_RECTF()
        into = ctypes.byref(box)
        cast, pointer = ctypes.cast, ctypes.c_void_p
        runs: dict[int | None, _Run] = {}
        angles: Counter[int] = Counter()
        left, bottom, right, top = self.page
        for index in range(count):
            code = code_at(text, index)
            if code in (13, 10, 32) and (code != 32 or generated(text, index) == 1):
                continue
            address = cast(object_at(text, index), pointer).value
            run = runs.get(address)
            if run is None:
                run = runs[address] = self._run(text, index, address)
            if run.angle is None or not box_at(text, index, into):
                continue
            x0, y0, x1, y1 = place = self._stood(text, index, run, box, code)
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            if not (left <= x <= right and bottom <= y <= top):  # NaN is nowhere, too
                self.hidden += 1
                if left - run.size < x < right + run.size and bottom <= y <= top:
                    self.glyphs.append((CUT, place, run.size))
                continue
            if code in _HYPHENS:
                char = "-"
            elif (
                code == 0
                or 0xE000 <= code < 0xF900
                or code > 0x10FFFF
                or 0xD800 <= code < 0xE000
                or (unknown(text, index) == 1)
            ):
                char = CUT
            else:
                char = chr(code)
            if run.bare and char.isspace():
                continue  # a blank has no shape anywhere, and is not told where it stands alone
            whole = (char, place, run.size)
            angles[run.angle] += 1
            if run.invisible or self.covered > run.order:
                self.layer.append(whole)
            elif self._behind(run, x, y):
                self.hidden += 1
            else:
                self.unmapped += char == CUT
                self.glyphs.append(whole)
        self.angle = angles.most_common(1)[0][0] if angles else 0

    def _stood(self, text: Any, index: int, run: _Run, box: Any, code: int) -> tuple[float, float, float, float]:
        """Return the box of a character that stands on its line, whatever the font says of its height.

        The box of pdfium holds the shape, too; in a font that the file does not carry only the width is the file's.
        """
        x0, y0, x1, y1 = box.left, box.bottom, box.right, box.top
        if not self.raw.FPDFText_GetCharOrigin(text, index, self.x, self.y):
            return x0, y0, x1, y1
        x, y = self.x.value, self.y.value
        above, below = _ASCENT * run.size, _DESCENT * run.size
        width = 0.0 if run.widths is None else run.wide * run.widths[code]
        if run.angle in (0, 2):
            bottom, top = (y - below, y + above) if run.angle == 0 else (y - above, y + below)
            if width:
                x0, x1 = _within(x0, x1, x, width if run.angle == 0 else -width)
            return (x0, bottom, x1, top) if bottom < (y0 + y1) / 2 < top else (x0, y0, x1, y1)
        left, right = (x - above, x + below) if run.angle == 1 else (x - below, x + above)
        if width:
            y0, y1 = _within(y0, y1, y, width if run.angle == 1 else -width)
        return (left, y0, right, y1) if left < (x0 + x1) / 2 < right else (x0, y0, x1, y1)

    def _run(self, text: Any, index: int, address: int | None) -> _Run:
        raw = self.raw
        thing = raw.FPDFText_GetTextObject(text, index)
        way = raw.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        font = raw.FPDFTextObj_GetFont(thing) if thing else None
        white = is_white(raw.FPDFText_GetFillColor, text, index)
        size = wide = float(raw.FPDFText_GetFontSize(text, index))
        quarters = 0.0
        matrix = self.matrix
        if raw.FPDFText_GetMatrix(text, index, matrix):
            quarters = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
            wide *= math.hypot(matrix.a, matrix.b)  # the file's size, times what the matrix makes of it
            size *= math.hypot(matrix.c, matrix.d)
        straight = math.isfinite(quarters) and abs(quarters - round(quarters)) < 0.1
        return _Run(
            self.shapes.texts.get(address or 0, 0),
            way in (_INVISIBLE, _CLIPPING) or white is None,
            bool(white) and way not in (1, 2, 5, 6),
            size,
            round(quarters) % 4 if straight else None,
            wide,
            self.fonts.setdefault(address_of(font), Widths(raw, font)) if is_borrowed(raw, font) else None,
            address in self.shapes.bare,
        )

    def _stripe(self, y: float) -> int:
        """Return which stripe of the page a place lies in: not every fill need be looked at for every character."""
        return min(max(int((y - self.page[1]) / self.step), 0), _STRIPES)

    def _behind(self, run: _Run, x: float, y: float) -> bool:
        """Tell whether a character is painted over, or white on white."""
        under: Fill | None = None
        for fill in self.stripes[self._stripe(y)]:
            if fill.covers(x, y):
                if fill.order > run.order > 0:
                    return True
                under = fill
        if not run.white or (under is not None and not under.white):
            return False
        return not any(image.covers(x, y) and image.order < run.order for image in self.shapes.images[-_FILLS:])
