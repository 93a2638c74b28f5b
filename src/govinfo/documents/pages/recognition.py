"""Who recognises the text of scanned pages while a document is read.

Readers know nothing of plugins: whoever calls a reader says with `recognising` which recognisers there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

import attrs

from govinfo.documents.pages.model import Page, PageImage

__all__ = ["can_recognise", "recognise", "recognising"]

Recognise = Callable[[PageImage], Page | None]

_RECOGNISERS: ContextVar[Sequence[tuple[str, Recognise]]] = ContextVar("recognisers", default=())


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


def recognise(image: PageImage) -> Page | None:
    """Return what the first recogniser that can read the page makes of it, None if none can."""
    for name, function in _RECOGNISERS.get():
        page = function(image)
        if page is not None:
            return attrs.evolve(page, number=image.number, recognised_by=name)
    return None
