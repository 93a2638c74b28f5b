"""One reviewed finding, as it is noted in a file."""

from __future__ import annotations

import os
import unicodedata

import attrs

__all__ = ["FILE", "Entry", "full"]

FILE = ".govinfo.toml"
"""What the file is called."""


@attrs.frozen
class Entry:
    """One reviewed finding, as it stands in the file."""

    fingerprint: str
    reason: str
    file: str = ""
    """The report's file, relative to the folder of the entry's own; empty for every report there and below."""
    code: str = ""
    """For people; where it is given it must agree."""
    value: str | None = None
    """What the cell held when it was reviewed; where it is given it must agree."""
    who: str = ""
    when: str = ""
    """ISO date."""
    source: str = attrs.field(default="", eq=False)
    """The file it stands in."""
    line: int | None = attrs.field(default=None, eq=False)
    """The line it begins at, from 1; None where that cannot be told."""
    number: int = attrs.field(default=0, eq=False)
    """Which one of the file it is, from 0: with ``source`` it tells entries apart that say the same."""

    @property
    def target(self) -> str:
        """The full path of the report it is about; empty where it is about every report."""
        return full(os.path.join(os.path.dirname(self.source), self.file)) if self.file else ""


def full(path: str) -> str:
    """Return a path that can be compared: absolute, and an accented letter is one character on every system."""
    return unicodedata.normalize("NFC", os.path.abspath(path))
