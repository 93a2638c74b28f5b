"""The output format ``tsv``: one line per finding, for a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo import Finding
from govinfo.hookspecs import CheckedFile
from govinfo.text import Language

__all__ = ["write_tsv"]

_HEADER = ("file", "code", "severity", "message", "paths", "actual", "expected")


def write_tsv(files: Sequence[CheckedFile], lang: Language) -> str:
    """Return a header and one line per finding; a file that could not be read has one line with the reason."""
    rows: list[tuple[str, ...]] = [_HEADER]
    for file in files:
        if file.error is not None:
            rows.append((file.file, "", "", file.error.text.render(lang), "", "", ""))
        if file.result is not None:
            rows += [(file.file, *_finding(finding, lang)) for finding in file.result.findings]
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _finding(finding: Finding, lang: Language) -> tuple[str, ...]:
    return (
        finding.code,
        finding.severity.text.render(lang),
        finding.message.render(lang),
        " ".join(finding.paths),
        _figure(finding.actual),
        _figure(finding.expected),
    )


def _figure(value: object) -> str:
    return "" if value is None else str(value)


def _cell(text: str) -> str:
    """Keep a document from adding cells, or formulas that a spreadsheet would run."""
    flat = " ".join(text.split())
    is_number = flat.removeprefix("-").isdigit()
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) and not is_number else flat
