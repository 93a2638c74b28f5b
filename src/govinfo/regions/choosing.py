"""Regions that share a name, in a year: which of them may be meant, and the code that is valid then."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govinfo.regions.table import Row, table

__all__ = ["Dated", "dated", "same_places"]

_RECENT = 2018
"""Where no year is known: names that went out of use earlier are not meant while another place bears the name. The
form the reports are printed on exists since 2019."""


class Dated(NamedTuple):
    """A place as it was in the year of a report."""

    row: Row
    former: bool
    """Whether the name is not the one of that year."""
    dated: bool
    """Whether the code is the one of that year; otherwise that of the time the name was in use."""


def same_places(rows: Iterable[Row], year: int | None) -> list[Row]:
    """Return the places that may be meant in a year, one row for each.

    A name that is in force then, a year before or a year after counts: reports are written in the year after, and
    sites are slow. Only where none is, the others count, for a former name may still be used.
    """
    every = list(dict.fromkeys(rows))
    if year is None:
        near = [row for row in every if row.last > _RECENT]
    else:
        near = [row for row in every if row.holds(year, leeway=1)]
    places: dict[str, Row] = {}
    for row in sorted(near or every, key=lambda row: (year is not None and row.holds(year), row.last)):
        places[table().final(row.code)] = row  # the last wins: in force that year, or longest
    return sorted(places.values())


def dated(row: Row, year: int | None) -> Dated:
    """Return a place as it was in a year, where that can be told."""
    if year is None or row.holds(year):
        return Dated(row, year is None and not row.is_open, True)
    then = table().in_year(row, year)
    return Dated(row, True, False) if then is None else Dated(then, True, True)
