"""Places said one inside the other: 河南省焦作市温县 as the regions it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govinfo.regions.names import Entry, entries
from govinfo.regions.table import Row

__all__ = ["Accepts", "Chain", "chains"]

Accepts = Callable[[Entry, Row, str, bool], bool]
"""Whether a name may be the innermost of a chain: gets the name, the region it would mean, what stands behind it, and
whether a place stands before it."""


class Chain(NamedTuple):
    """One way to read the places at the beginning of a name."""

    end: int
    """Where in the text the places end."""
    rows: tuple[Row, ...]
    """From the outermost to the innermost."""
    bare: bool
    """Whether the innermost is said without 市, 县, 区."""
    name: str
    """The innermost as it is written."""


def chains(text: str, at: int, accepts: Accepts) -> Iterator[Chain]:
    """Yield every way to read the places that begin at a place of a text.

    Args:
        text: what is read.
        at: where the first place begins.
        accepts: whether a name may be the innermost.
    """
    yield from _inside(text, at, (), accepts)


def _inside(text: str, at: int, path: tuple[Row, ...], accepts: Accepts) -> Iterator[Chain]:
    for entry in entries(text, at):
        end = at + len(entry.name)
        for row in entry.rows:
            if path and not row.lies_within(path[-1]):
                continue
            yield from _inside(text, end, (*path, row), accepts)
            if accepts(entry, row, text[end:], bool(path)):
                yield Chain(end, (*path, row), entry.bare, entry.name)
