"""Places said one inside the other: 河南省焦作市温县 as the regions it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govinfo.regions.names import entries
from govinfo.regions.table import Row

__all__ = ["Chain", "chains"]


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


def chains(text: str, at: int, accepts: Callable[[str, bool, str, bool], bool]) -> Iterator[Chain]:
    """Yield every way to read the places that begin at a place of a text.

    Args:
        text: what is read.
        at: where the first place begins.
        accepts: whether a name may be the innermost: gets the name, whether it is bare, what stands behind it, and
            whether a place stands before it.
    """
    yield from _inside(text, at, (), accepts)


def _inside(
    text: str, at: int, path: tuple[Row, ...], accepts: Callable[[str, bool, str, bool], bool]
) -> Iterator[Chain]:
    for entry in entries(text, at):
        end = at + len(entry.name)
        accepted: bool | None = None
        for row in entry.rows:
            if path and not row.lies_within(path[-1]):
                continue
            yield from _inside(text, end, (*path, row), accepts)
            if accepted is None:
                accepted = accepts(entry.name, entry.bare, text[end:], bool(path))
            if accepted:
                yield Chain(end, (*path, row), entry.bare, entry.name)
