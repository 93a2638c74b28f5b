"""Who recognises the text of scanned pages while a document is read.

Readers know nothing of plugins: whoever calls a reader says with `recognising` which recognisers there are. A
recogniser is a stranger's program: what it hands back is looked at before it is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from math import isfinite
from typing import NamedTuple

import attrs

from govinfo.documents.limits import MAX_GLYPHS
from govinfo.documents.pages.model import Glyph, Page, PageImage, Rule
from govinfo.watch import RAISED

__all__ = ["Answer", "ask", "can_recognise", "recognise", "recognising"]

Recognise = Callable[[PageImage], Page | None]

_RECOGNISERS: ContextVar[Sequence[tuple[str, Recognise]]] = ContextVar("recognisers", default=())


class Answer(NamedTuple):
    """What the recognisers made of a page."""

    page: Page | None
    """None where none of them could read it."""
    broke: tuple[tuple[str, str], ...] = ()
    """Recognisers that failed: name, and what was wrong in the words of the program."""


@contextmanager
def recognising(recognisers: Sequence[tuple[str, Recognise]]) -> Iterator[None]:
    """Let readers use these recognisers, by name and in this order, inside the ``with``."""
    token = _RECOGNISERS.set(recognisers)
    try:
        yield
    finally:
        _RECOGNISERS.reset(token)


def can_recognise() -> bool:
    """Tell whether there is a recogniser: drawing a page for nobody is a waste."""
    return bool(_RECOGNISERS.get())


def ask(image: PageImage) -> Answer:
    """Ask the recognisers in their order until one can read the page. One that breaks costs nobody but itself."""
    broke: list[tuple[str, str]] = []
    for name, function in _RECOGNISERS.get():
        try:
            page = function(image)
            if page is not None:
                return Answer(_checked(page, image, name), tuple(broke))
        except RAISED as error:
            broke.append((name, " ".join(f"{type(error).__name__}: {error}"[:200].split())))
    return Answer(None, tuple(broke))


def recognise(image: PageImage) -> Page | None:
    """Return what the first recogniser that can read the page makes of it, None if none can."""
    return ask(image).page


def _checked(page: object, image: PageImage, name: str) -> Page:
    """Return the page with its number and its recogniser's name; raise where it is not what it should be."""
    if not isinstance(page, Page):
        raise TypeError(f"a {type(page).__name__} instead of a Page")
    glyphs, rules = tuple(page.glyphs), tuple(page.rules)
    if len(glyphs) + len(rules) > MAX_GLYPHS:
        raise ValueError(f"{len(glyphs) + len(rules)} marks on a page")
    for glyph in glyphs:
        if not isinstance(glyph, Glyph) or not isinstance(glyph.text, str) or not _places(glyph[1:]):
            raise TypeError(f"not a Glyph with a text and a place: {glyph!r}"[:120])
    for rule in rules:
        if not isinstance(rule, Rule) or not _places(rule):
            raise TypeError(f"not a Rule with a place: {rule!r}"[:120])
    return attrs.evolve(
        page,
        number=image.number,
        width=image.width,
        height=image.height,
        glyphs=tuple(_upright(glyph) for glyph in glyphs if glyph.text.strip()),
        rules=rules,
        images=(),
        recognised_by=name,
    )


def _places(values: Sequence[object]) -> bool:
    return all(isinstance(one, (int, float)) and isfinite(one) and abs(one) < 1e6 for one in values)


def _upright(glyph: Glyph) -> Glyph:
    """Return a glyph whose box runs from left to right and top to bottom; a word is one line of text."""
    x0, x1 = sorted((float(glyph.x0), float(glyph.x1)))
    y0, y1 = sorted((float(glyph.y0), float(glyph.y1)))
    return Glyph(" ".join(glyph.text.split()), x0, y0, x1, y1, float(glyph.size))
