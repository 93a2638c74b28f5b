"""What a region is, and what a name was resolved to."""

from __future__ import annotations

import enum

import attrs

from govinfo.schema.report import Level
from govinfo.text import Text

__all__ = ["Confidence", "Region", "Resolution"]


class Confidence(enum.Enum):
    """How sure a name is of its place."""

    CERTAIN = "certain"
    """The name itself says it: nothing else is called so."""
    LIKELY = "likely"
    """A short or former name, a zone, or a name the page around it settles."""
    AMBIGUOUS = "ambiguous"
    """Several places may be meant."""
    UNKNOWN = "unknown"


@attrs.frozen
class Region:
    """A province, prefecture or county under one code and name."""

    code: str
    """GB/T 2260, six digits."""
    name: str
    level: Level
    first: int | None
    """The year at whose end it was first in force under this code and name; None: before 2008."""
    last: int | None
    """The year at whose end it was last in force; None: it still is."""


@attrs.frozen
class Resolution:
    """What the name of a publisher says."""

    name: str
    code: str | None
    """The code of the place, where it is certain or likely; that of the county for a town and for a department."""
    level: Level | None
    """Of the publisher, not of the place; may be known where the place is not."""
    confidence: Confidence
    candidates: tuple[Region, ...]
    """The place, or the places that may be meant."""
    reason: Text

    @property
    def found(self) -> bool:
        """Whether the place is certain or likely."""
        return self.code is not None
