"""What an XML document holds, from its root down to the classes of the library; the XML Schema is derived."""

from __future__ import annotations

import attrs

from govinfo.findings import Dismissed, Finding, Implied, Outcome, Result, Status
from govinfo.hookspecs import CheckedFile
from govinfo.schema import Report
from govinfo.tally import Tally
from govinfo.text import Text

__all__ = ["NAMESPACE", "ROOT", "VERSION", "Failure", "File", "Office", "Outcomes", "Reports", "Summary"]

NAMESPACE = "urn:govinfo-cn:report:1"
"""Its number is the major version: it changes when a document of before would be read wrongly."""
VERSION = "1.0"
ROOT = "reports"
"""The name of the root element."""


@attrs.frozen
class Failure:
    """Why a file could not be checked."""

    kind: str
    message: Text


@attrs.frozen
class Outcomes:
    """How many instances of rules came out how; those that did not pass one by one."""

    passed: int
    failed: int
    undecided: int
    not_applicable: int
    crashed: int
    outcomes: tuple[Outcome, ...] = ()

    @classmethod
    def of(cls, result: Result) -> Outcomes:
        """Count what came out."""
        details = tuple(one for one in result.outcomes if one.status is not Status.PASSED)
        return cls(**{status.value: result.count(status) for status in Status}, outcomes=details)


@attrs.frozen
class File:
    """One report, or a file that could not be read as one."""

    name: str
    skipped: bool = False
    error: Failure | None = None
    report: Report | None = None
    rule_sets: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    outcomes: Outcomes | None = None
    implied: tuple[Implied, ...] = ()
    dismissed: tuple[Dismissed, ...] = ()

    @classmethod
    def of(cls, file: CheckedFile) -> File:
        """Take over what is known of a file."""
        result = file.result
        error = Failure(file.error.kind, file.error.text) if file.error else None
        if result is None:
            return cls(file.file, file.skipped, error)
        return cls(
            file.file,
            file.skipped,
            error,
            result.reading.report,
            result.rule_sets,
            result.findings,
            Outcomes.of(result),
            result.implied,
            result.dismissed,
        )


@attrs.frozen
class Office:
    """What there is of one publisher."""

    name: str
    reports: int
    errors: int
    warnings: int
    years: tuple[int, ...] = ()


@attrs.frozen
class Summary:
    """What all files come to."""

    checked: int
    unreadable: int
    skipped: int
    errors: int
    warnings: int
    notes: int
    reviewed: int
    publishers: tuple[Office, ...] = ()

    @classmethod
    def of(cls, tally: Tally) -> Summary:
        """Take over what was counted."""
        counts = {field.name: getattr(tally, field.name) for field in attrs.fields(cls) if field.type == "int"}
        offices = (
            Office(name, one.reports, one.errors, one.warnings, tuple(sorted(one.years)))
            for name, one in tally.ranked()
        )
        return cls(**counts, publishers=tuple(offices))


@attrs.frozen
class Reports:
    """The root."""

    version: str
    generator: str
    lang: str
    files: tuple[File, ...] = ()
    summary: Summary | None = None
