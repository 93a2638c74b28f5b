"""What many results come to: counts that can be added up in any order, so that the results need not be kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from govinfo.errors import ReadError
from govinfo.findings import Result, Severity, Status

__all__ = ["MARKS", "Office", "Tally", "mark_of", "tally_of", "undecided_in"]

MARKS = ("√", "?", "×")
"""No errors; not judged in full; errors."""


@attrs.define
class Office:
    """What there is of one publisher."""

    reports: int = 0
    years: set[int] = attrs.field(factory=set)
    errors: int = 0
    warnings: int = 0


@attrs.define
class Tally:
    """Counts of files and of what was found in them."""

    marks: dict[str, int] = attrs.field(factory=lambda: dict.fromkeys(MARKS, 0))
    """Checked reports by their mark."""
    skipped: int = 0
    """Files of a folder that are plainly no reports."""
    unread: dict[str, int] = attrs.field(factory=dict)
    """Files that could not be read, by `ReadError.kind`."""
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    reviewed: int = 0
    """Findings that were reviewed and let stand."""
    rule_sets: list[str] = attrs.field(factory=list)
    """Names of the rule sets that were applied, in the order they were met."""
    publishers: dict[str, Office] = attrs.field(factory=dict)
    """By name as printed; reports that name nobody are not among them."""

    @property
    def checked(self) -> int:
        """How many reports were checked."""
        return sum(self.marks.values())

    @property
    def unreadable(self) -> int:
        """How many files could not be read."""
        return sum(self.unread.values())

    @property
    def files(self) -> int:
        """How many files there were, whatever came of them."""
        return self.checked + self.unreadable + self.skipped

    def add(self, other: Tally) -> None:
        """Add what another counted."""
        _sum(self.marks, other.marks)
        _sum(self.unread, other.unread)
        for name in _NUMBERS:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rule_sets = list(dict.fromkeys((*self.rule_sets, *other.rule_sets)))
        for name, theirs in other.publishers.items():
            ours = self.publishers.setdefault(name, Office())
            ours.reports += theirs.reports
            ours.years |= theirs.years
            ours.errors += theirs.errors
            ours.warnings += theirs.warnings

    def ranked(self) -> list[tuple[str, Office]]:
        """Return the publishers, those with most errors first, then most warnings, then by name."""
        return sorted(self.publishers.items(), key=lambda one: (-one[1].errors, -one[1].warnings, one[0]))

    def to_json(self) -> dict[str, Any]:
        """Return the same as JSON values, without what is zero."""
        offices = {name: [one.reports, sorted(one.years), one.errors, one.warnings] for name, one in self.ranked()}
        held: dict[str, Any] = {
            "marks": {mark: n for mark, n in self.marks.items() if n},
            "unread": self.unread,
            "rule_sets": self.rule_sets,
            "publishers": offices,
            **{name: getattr(self, name) for name in _NUMBERS},
        }
        return {name: value for name, value in held.items() if value}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Tally:
        """Return what `to_json` was made of."""
        offices = {
            name: Office(reports, set(years), errors, warnings)
            for name, (reports, years, errors, warnings) in value.get("publishers", {}).items()
        }
        marks = {mark: int(value.get("marks", {}).get(mark, 0)) for mark in MARKS}
        numbers = {name: int(value.get(name, 0)) for name in _NUMBERS}
        unread, rule_sets = dict(value.get("unread", {})), list(value.get("rule_sets", ()))
        return cls(marks=marks, unread=unread, rule_sets=rule_sets, publishers=offices, **numbers)

    @classmethod
    def total(cls, several: Iterable[Tally]) -> Tally:
        """Return what several come to together."""
        whole = cls()
        for one in several:
            whole.add(one)
        return whole


_NUMBERS = ("skipped", "errors", "warnings", "notes", "reviewed")


def _sum(ours: dict[str, int], theirs: Mapping[str, int]) -> None:
    for name, n in theirs.items():
        ours[name] = ours.get(name, 0) + n


def tally_of(result: Result | None, error: ReadError | None, skipped: bool = False) -> Tally:
    """Return what one file counts for.

    Args:
        result: of checking it.
        error: why there is none.
        skipped: whether it is plainly no report.
    """
    if result is None:
        return Tally(skipped=1) if skipped else Tally(unread={error.kind if error else "": 1})
    found = dict.fromkeys(Severity, 0)
    for finding in result.findings:
        found[finding.severity] += 1
    errors, warnings, notes = found[Severity.ERROR], found[Severity.WARNING], found[Severity.INFO]
    tally = Tally(errors=errors, warnings=warnings, notes=notes, reviewed=len(result.dismissed))
    tally.marks[mark_of(result)] = 1
    tally.rule_sets += result.rule_sets
    report = result.reading.report
    if report.publisher.name:
        years = set() if report.year is None else {report.year}
        tally.publishers[report.publisher.name] = Office(1, years, errors, warnings)
    return tally


def mark_of(result: Result) -> str:
    """Return one of `MARKS`."""
    if result.worst is Severity.ERROR:
        return "×"
    # √ says that every balance equation was judged, and holds or was reviewed: where some could not be judged, it
    # would say too much
    return "?" if undecided_in(result) or result.count(Status.CRASHED, equations_only=True) else "√"


def undecided_in(result: Result) -> int:
    """Count the balance equations that could not be judged; the other rules where no equation was to be judged."""
    return result.count(Status.UNDECIDED, equations_only=bool(result.equations))
