"""The output format ``example``: one line per finding, for a spreadsheet. Results are written one by one."""

from __future__ import annotations

from govinfo import Finding
from govinfo.hookspecs import CheckedFile
from govinfo.text import Language

__all__ = ["header", "lines"]

_HEADER = ("file", "code", "severity", "message", "paths", "actual", "expected")


def header(lang: Language) -> str:
    """Return what stands before the first file."""
    return _line(_HEADER)


def lines(file: CheckedFile, lang: Language, several: bool) -> str:
    """Return one line per finding; of a file that could not be read, one line with the reason."""
    if file.result is None:
        reason = file.error.text.render(lang) if file.error else ""
        return _line((file.file, "", "", reason, "", "", ""))
    return "".join(_line((file.file, *_finding(finding, lang))) for finding in file.result.findings)


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


def _line(cells: tuple[str, ...]) -> str:
    return "\t".join(map(_cell, cells)) + "\n"


def _cell(text: str) -> str:
    """Keep what stands in a document from adding cells, acting on a terminal, or being a formula in a spreadsheet."""
    flat = "".join(char if char.isprintable() else " " for char in " ".join(text.split()))
    is_number = flat.removeprefix("-").isdigit()
    return f"'{flat}" if flat.startswith(("=", "+", "-", "@")) and not is_number else flat
