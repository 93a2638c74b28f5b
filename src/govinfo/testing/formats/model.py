"""What a format is."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from govinfo.testing.sheet import Sheet

__all__ = ["Format"]


def _nothing() -> str:
    return ""


class Format(NamedTuple):
    """One kind of file a report is published as."""

    name: str
    suffix: str
    """With its dot."""
    write: Callable[[Sheet], bytes]
    """Returns the whole document."""
    lacking: Callable[[], str] = _nothing
    """What ``write`` needs and is not installed (``python-docx``): the reason of a skipped test; empty if nothing."""
    keeps_blanks: bool = True
    """A blank cell leaves a trace: a reader can tell which cell it is."""
    keeps_paragraphs: bool = True
    """Paragraphs are paragraphs still: a page cuts them into lines, and a reader puts them together as best it can."""
