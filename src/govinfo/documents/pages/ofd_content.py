"""The content of a page of OFD → marks: what a person sees of its layers, blocks and objects.

What is drawn later lies above: a box filled over a text hides it, and white text on white paper is not there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from govinfo.documents.limits import MAX_GLYPHS, MAX_STROKES, check_count
from govinfo.documents.pages.model import Glyph, Page, Rule
from govinfo.documents.pages.ofd_geometry import POINTS, Box, Matrix, box_of, matrix_of
from govinfo.documents.pages.ofd_paint import Paint, filled, opaque, shown, stroked, thickness
from govinfo.documents.pages.ofd_path import rules, trace
from govinfo.documents.pages.ofd_text import characters, quarter
from govinfo.documents.xml import local
from govinfo.text import Text

__all__ = ["Budget", "Drawn", "Resources", "Sheet"]

_NESTED = 3
"""Composite objects inside each other that are drawn."""

_WRITTEN, _ENOUGH = 0.7, 40
"""Share of a page's characters, and how many, that are turned where the page is to be turned to read it."""

_BAND = 24.0
"""Points: characters are kept by bands of the page, to find what lies under a box."""

_LAYERS = {"background": 0, "foreground": 2}


class Drawn(NamedTuple):
    """A picture on a page."""

    box: Rule
    resource: str
    """The ID of the picture among the resources."""
    upright: bool
    """It is neither turned nor mirrored."""


class Resources(NamedTuple):
    """What content refers to."""

    composites: Callable[[str], Any]
    """``composites(id)``: the content of a composite graphic, None where there is none."""
    parameters: Callable[[str], Any]
    """``parameters(id)``: a set of drawing parameters, None where there is none."""


class Budget:
    """How much all pages of a document may still draw."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._marks = self._strokes = 0

    def spend(self, marks: int = 0, strokes: int = 0) -> None:
        """Count what was drawn. Raises `ReadError` ``too_large``."""
        self._marks += marks
        self._strokes += strokes
        check_count(self._marks, MAX_GLYPHS, Text("文字和线条", "characters and lines"), self._name)
        check_count(self._strokes, MAX_STROKES, Text("图形坐标", "coordinates of shapes"), self._name)


class Sheet:
    """One page while it is drawn."""

    def __init__(self, box: Box, resources: Resources, budget: Budget) -> None:
        self.width, self.height = box.width * POINTS, box.height * POINTS
        self.pictures: list[Drawn] = []
        self.shapes = 0
        """Curved shapes: where there is no text, they may be its letters."""
        self._last = 0
        self._glyphs: dict[int, Glyph] = {}
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        self._rules: list[Rule] = []
        self._inked: list[Rule] = []
        """Boxes filled with a colour: white text on them is read."""
        self._turned: Counter[int] = Counter()
        self._resources, self._budget = resources, budget
        self._paper = Matrix(POINTS, 0.0, 0.0, POINTS, -box.x * POINTS, -box.y * POINTS)

    def draw(self, content: Any) -> None:
        """Draw the layers of a page or of a template.

        Raises:
            ReadError: ``too_large``.
            Unreadable: nobody knows where a text stands.
        """
        self._draw(content, self._paper, 0)

    def _draw(self, content: Any, outer: Matrix, depth: int) -> None:
        waiting = [content]
        while waiting:
            node = waiting.pop()
            kind = local(node)
            if kind in ("Content", "Layer", "PageBlock", "Page"):
                waiting.extend(reversed(sorted(node, key=_height) if kind == "Content" else node))
            elif kind in _OBJECTS and shown(node):
                _OBJECTS[kind](self, node, matrix_of(node).then(outer), depth)

    def _text(self, node: Any, matrix: Matrix, depth: int) -> None:
        parameters = self._resources.parameters
        paints = {filled(node, parameters, default=True), stroked(node, parameters, default=False)}
        if paints == {Paint.NONE}:
            return
        self._budget.spend(marks=sum(len(child.text or "") for child in node if local(child) == "TextCode"))
        turned = quarter(node, matrix)
        for glyph in characters(node, matrix):
            x, y = (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2
            if self._on_paper(x, y) and (Paint.INK in paints or any(_covers(box, x, y) for box in self._inked[-99:])):
                self._last += 1
                self._glyphs[self._last] = glyph
                self._bands[int(y // _BAND)].append(self._last)
                self._turned[turned] += 1

    def _path(self, node: Any, matrix: Matrix, depth: int) -> None:
        data = next((child.text or "" for child in node if local(child) == "AbbreviatedData"), "")
        drawing = trace(data, MAX_STROKES)
        self._budget.spend(strokes=drawing.words)
        parameters = self._resources.parameters
        outline, inside = stroked(node, parameters, default=True), filled(node, parameters, default=False)
        if drawing.curved:
            self.shapes += Paint.INK in (outline, inside)
            return
        stroke = thickness(node, parameters) * matrix.scale if outline is Paint.INK else None
        found = [
            rule
            for rule in rules(drawing, matrix, stroke=stroke, fill=inside is Paint.INK)
            if self._on_paper((rule.x0 + rule.x1) / 2, (rule.y0 + rule.y1) / 2)
        ]
        self._budget.spend(marks=len(found))
        self._rules += found
        if inside is not Paint.NONE and opaque(node):
            self._fill(drawing.corners(matrix), inside)

    def _fill(self, boxes: Iterable[Rule], paint: Paint) -> None:
        """Paint boxes over what is there."""
        for box in boxes:
            bands = range(int(max(box.y0, -_BAND) // _BAND), int(min(box.y1, self.height + _BAND) // _BAND) + 1)
            self._budget.spend(strokes=len(bands) // 4)
            for band in bands:
                keys = self._bands.get(band, [])
                self._budget.spend(strokes=len(keys) // 4)
                hidden = {key for key in keys if _hides(box, self._glyphs[key])}
                if hidden:
                    self._bands[band] = [key for key in keys if key not in hidden]
                    for key in hidden:
                        del self._glyphs[key]
            if paint is Paint.INK:
                self._inked.append(box)

    def _image(self, node: Any, matrix: Matrix, depth: int) -> None:
        box = box_of(node.get("Boundary"))
        if not node.get("CTM") and box is not None:  # drawn over the whole boundary
            matrix = Matrix(box.width, 0.0, 0.0, box.height).then(matrix)
        corners = [matrix.at(x, y) for x, y in ((0, 0), (1, 0), (1, 1), (0, 1))]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) < 0.01 * matrix.a and abs(matrix.c) < 0.01 * matrix.d
        self._budget.spend(marks=1)
        self.pictures.append(Drawn(Rule(min(xs), min(ys), max(xs), max(ys)), node.get("ResourceID") or "", upright))

    def _composite(self, node: Any, matrix: Matrix, depth: int) -> None:
        content = self._resources.composites(node.get("ResourceID") or "")
        if content is not None and depth < _NESTED:
            self._budget.spend(marks=1)
            self._draw(content, matrix, depth + 1)

    def _on_paper(self, x: float, y: float) -> bool:
        return -1 <= x <= self.width + 1 and -1 <= y <= self.height + 1

    def page(self, number: int) -> Page:
        """Return the page as a person holds it: turned where its text is."""
        boxes = tuple(one.box for one in self.pictures)
        page = Page(number, self.width, self.height, tuple(self._glyphs.values()), tuple(self._rules), boxes)
        turned, many = max(self._turned.items(), key=lambda one: one[1], default=(0, 0))
        return _turned_back(page, turned) if turned and many > max(_WRITTEN * self._turned.total(), _ENOUGH) else page


def _turned_back(page: Page, quarters: int) -> Page:
    """Return a page whose text runs at so many right angles, clockwise, with its text upright."""
    width, height = page.width, page.height

    def turn(x: float, y: float) -> tuple[float, float]:
        return ((x, y), (y, width - x), (width - x, height - y), (height - y, x))[quarters]

    def box(one: Glyph | Rule) -> tuple[float, float, float, float]:
        (x0, y0), (x1, y1) = turn(one.x0, one.y0), turn(one.x1, one.y1)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    return Page(
        page.number,
        *((height, width) if quarters % 2 else (width, height)),
        tuple(Glyph(one.text, *box(one), one.size) for one in page.glyphs),
        tuple(Rule(*box(one)) for one in page.rules),
        tuple(Rule(*box(one)) for one in page.images),
    )


def _covers(box: Rule, x: float, y: float) -> bool:
    return box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1


def _hides(box: Rule, glyph: Glyph) -> bool:
    return _covers(box, (glyph.x0 + glyph.x1) / 2, (glyph.y0 + glyph.y1) / 2)


def _height(layer: Any) -> int:
    return _LAYERS.get((layer.get("Type") or "").lower(), 1)


_OBJECTS: dict[str, Callable[[Sheet, Any, Matrix, int], None]] = {
    "TextObject": Sheet._text,
    "PathObject": Sheet._path,
    "ImageObject": Sheet._image,
    "CompositeObject": Sheet._composite,
}
