"""Where a finding stands: its place in the file, and its place among the other findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from govinfo.documents.model import Cell, Place
from govinfo.findings import Finding, Location, Severity
from govinfo.parsing.reading import Reading
from govinfo.schema import Sections, report_leaves
from govinfo.schema.paths import memo, tables_of

__all__ = ["locate", "sorted_findings"]

_RANK = {severity: i for i, severity in enumerate(Severity)}
_SECTION_OF = {"disclosure": 2, "applications": 3, "disputes": 4, "processing_fee": 6}
_WHOLE, _NOWHERE = (0, 0), (0, 1)
"""What is said of the report as a whole (title, year, period), and what has no path, come before the sections."""


def locate(reading: Reading, at: Place | None, paths: Iterable[str] = ()) -> Location | None:
    """Return the place ``at``, else the origin of the first path that has one, else the file alone."""
    origins = reading.origins
    place = at or next((origins[path] for path in paths if path in origins), None)
    file = reading.document.name if reading.document is not None else ""
    if place is None:
        return Location(file) if reading.document is not None else None
    if isinstance(place, Cell):
        return Location(file, place.line, place.column, place.page, place.table, place.row, place.col, place.text)
    return Location(file, place.line, place.column, place.page, raw=place.text)


@memo
def _order(classes: tuple[Any, ...], paths: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """Return the place of every path in the form: section, then cell; a block stands where its first cell does."""
    found = {f"sections.{field.name}": (i + 1, -1) for i, field in enumerate(attrs.fields(Sections))}
    for i, path in enumerate(paths):
        place = (_SECTION_OF[path.partition(".")[0]], i)
        while path:
            found.setdefault(path, place)
            path = path.rpartition(".")[0]
    return found


def sorted_findings(reading: Reading, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings most severe first, then in the order of the form, then by code; no other order shows."""
    found = tuple(findings)
    if len(found) < 2:
        return found
    report = reading.report
    order = _order(tuple(tables_of(report).values()), tuple(leaf.path for leaf in report_leaves(report)))

    def key(finding: Finding) -> tuple[Any, ...]:
        first = finding.paths[0] if finding.paths else None
        place = order.get(first, _WHOLE) if first is not None else _NOWHERE
        at = finding.location or Location()
        return _RANK[finding.severity], place, finding.code, at.line, at.column, finding.paths, finding.message

    return tuple(sorted(found, key=key))
