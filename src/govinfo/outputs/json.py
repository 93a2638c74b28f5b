"""Check results as one JSON object, the contract other programs are written against."""

from __future__ import annotations

import enum
from decimal import Decimal
from typing import Any

import attrs

from govinfo.findings import Finding, Result, Status
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.visible import json_text
from govinfo.schema.convert import to_json
from govinfo.tally import Tally
from govinfo.text import Language, Text
from govinfo.version import __version__

__all__ = ["file_record", "json_foot", "json_head", "json_one"]


def json_head(lang: Language) -> str:
    """Return the beginning: ``{"version", "reports": [``."""
    return f'{{\n  "version": {json_text(__version__).rstrip()},\n  "reports": ['


def json_one(file: CheckedFile, lang: Language, several: bool) -> str:
    """Return an entry of ``reports``."""
    return ("\n" + json_text(file_record(file, lang), indent=2).rstrip()).replace("\n", "\n    ")


def json_foot(tally: Tally, lang: Language) -> str:
    """Return the end: ``], "rule_set", "publishers"}``."""
    publishers = [
        {
            "name": name,
            "reports": office.reports,
            "years": sorted(office.years),
            "errors": office.errors,
            "warnings": office.warnings,
        }
        for name, office in tally.ranked()
    ]
    # what all reports come to stands behind them: none of them is kept until then
    rest = json_text({"rule_set": "+".join(tally.rule_sets), "publishers": publishers}, indent=2)
    return ("\n  ]," if tally.files else "],") + rest.removeprefix("{")


def file_record(file: CheckedFile, lang: Language) -> dict[str, Any]:
    """Return what is said of one file. Where it could not be read, ``report`` is null and ``error`` says why."""
    result, error = file.result, file.error
    return {
        "file": file.file,
        "report": to_json(result.reading.report) if result else None,
        "findings": [_finding(finding, lang) for finding in result.findings] if result else [],
        "outcomes": _outcomes(result, lang) if result else None,
        "error": {"kind": error.kind, "message": error.text.render(lang)} if error else None,
        "implied": [plain(cell, lang) for cell in result.implied] if result else [],
        "dismissed": [
            {"finding": _finding(one.finding, lang), "reason": one.reason, "who": one.who, "when": one.when}
            for one in (result.dismissed if result else ())
        ],
        "skipped": file.skipped,
    }


def _finding(finding: Finding, lang: Language) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message.render(lang),
        "paths": list(finding.paths),
        "actual": plain(finding.actual, lang),
        "expected": plain(finding.expected, lang),
        "delta": plain(finding.delta, lang),
        "location": plain(finding.location, lang),
        "cause": finding.cause,
        "suggestions": [plain(suggestion, lang) for suggestion in finding.suggestions],
        "fingerprint": finding.fingerprint,
        "diagnosis": plain(finding.diagnosis, lang),
        "parts": [_finding(part, lang) for part in finding.parts],
        "note": plain(finding.note, lang),
    }


def _outcomes(result: Result, lang: Language) -> dict[str, Any]:
    counts: dict[str, Any] = {status.value: result.count(status) for status in Status}
    details = [
        {
            "code": outcome.code,
            "binding": outcome.binding,
            "status": outcome.status.value,
            "reason": outcome.reason.render(lang) if outcome.reason else None,
        }
        for outcome in result.outcomes
        if outcome.status is not Status.PASSED
    ]
    return {**counts, "details": details}


def plain(value: Any, lang: Language) -> Any:
    """Return ``value`` as JSON values: decimals as strings, messages in one language, records as objects."""
    if isinstance(value, Text):
        return value.render(lang)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, enum.Enum):
        return value.value
    if attrs.has(type(value)):
        return {field.name: plain(getattr(value, field.name), lang) for field in attrs.fields(type(value))}
    if isinstance(value, (list, tuple)):
        return [plain(item, lang) for item in value]
    return value
