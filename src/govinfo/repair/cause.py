"""Whose mistake it is, as far as what is printed shows: the document's, or that of our reading."""

from __future__ import annotations

from collections.abc import Iterable, Set

from govinfo.findings import Correction
from govinfo.parsing.numbers import look
from govinfo.parsing.reading import Reading

__all__ = ["DOCUMENT", "READING", "cause_of", "doubted", "reread"]

DOCUMENT, READING = "document", "reading"


def doubted(reading: Reading) -> frozenset[str]:
    """Return the cells whose reading left a doubt: problems were noted about them."""
    return frozenset(path for problem in reading.problems for path in problem.paths)


def cause_of(reading: Reading, corrections: Iterable[Correction], doubts: Set[str]) -> str | None:
    """Return ``document`` where every cell plainly prints what was read, ``reading`` where one is in doubt.

    None where the report did not come from a document.
    """
    if reading.document is None:
        return None
    for correction in corrections:
        place = reading.origins.get(correction.path)
        if correction.path in doubts or place is None:
            return READING
        if isinstance(correction.reported, int) and look(place.text).number != correction.reported:
            return READING
    return DOCUMENT


def reread(reading: Reading, correction: Correction) -> str | None:
    """Return what is printed in a cell, if the proposed number can be read out of it as well."""
    place = reading.origins.get(correction.path)
    if place is None:
        return None
    parts = place.text.split()
    return place.text if len(parts) > 1 and str(correction.proposed) in parts else None
