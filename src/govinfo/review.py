"""Findings somebody has looked at and let stand: ``.govinfo.toml`` beside the reports.

A finding stays dismissed for as long as it says the same of the same figures; when a figure changes, it is back.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterable, Sequence
from typing import Any

import attrs

from govinfo.errors import GovinfoError
from govinfo.files import put, take
from govinfo.findings import Dismissed, Finding, Result
from govinfo.text import Text

__all__ = ["FILE", "Entry", "add_entry", "entries_beside", "reviewed", "reviewed_beside", "value_of"]

FILE = ".govinfo.toml"
_LIMIT = 4 * 1024 * 1024


@attrs.frozen
class Entry:
    """One reviewed finding, as it stands in the file."""

    fingerprint: str
    reason: str
    file: str = ""
    """Name of the report's file; empty for every report of the folder."""
    code: str = ""
    """For people; where it is given it must agree."""
    value: str = ""
    """What was found when it was reviewed; where it is given it must agree."""
    who: str = ""
    when: str = ""
    """ISO date."""


_KEYS = {field.name for field in attrs.fields(Entry)}
_NEEDED = ("fingerprint", "reason")


def entries_beside(path: str) -> tuple[Entry, ...]:
    """Return the reviewed findings noted in the folder of a report; none where there is no such file.

    Raises:
        GovinfoError: the file cannot be read or is not as it should be: names file and entry.
    """
    noted = os.path.join(os.path.dirname(path), FILE)
    return _entries(noted) if path != "-" and os.path.isfile(noted) else ()


def _entries(path: str) -> tuple[Entry, ...]:
    content = take(path, path, _LIMIT)
    if len(content) > _LIMIT:
        _fail(path, f"超过 {_LIMIT} 字节", f"larger than {_LIMIT} bytes")
    try:
        record = tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # TOML and UTF-8 both; says the line
        _fail(path, f"不是有效的 TOML：{error}", f"not TOML: {error}")
    if unknown := record.keys() - {"dismissed"}:
        _fail(path, f"未知的键 {min(unknown)}，只能有 [[dismissed]]", f"unknown key {min(unknown)}: only [[dismissed]]")
    several = record.get("dismissed", [])
    if not isinstance(several, list) or not all(isinstance(one, dict) for one in several):
        _fail(path, "dismissed 应写作 [[dismissed]]", "dismissed is written [[dismissed]]")
    return tuple(_entry(path, number, one) for number, one in enumerate(several, 1))


def _entry(path: str, number: int, record: dict[str, Any]) -> Entry:
    where = Text(f"第 {number} 个 [[dismissed]]：", f"[[dismissed]] no. {number}: ")
    if unknown := record.keys() - _KEYS:
        _fail(path, f"{where.zh}未知的键 {min(unknown)}", f"{where.en}unknown key {min(unknown)}")
    values = {key: value if key != "when" else str(value) for key, value in record.items()}
    for key, value in values.items():
        if not isinstance(value, str):
            _fail(path, f"{where.zh}{key} 应为带引号的文字", f"{where.en}{key} must be a string in quotes")
    for key in _NEEDED:
        if not values.get(key, "").strip():
            _fail(path, f"{where.zh}缺少 {key}", f"{where.en}{key} is missing")
    return Entry(**values)


def _fail(path: str, zh: str, en: str) -> Any:
    raise GovinfoError(Text(f"{path}：{zh}", f"{path}: {en}"))


def value_of(finding: Finding) -> str:
    """Return what was found, as a text that changes when it does."""
    return "" if finding.actual is None else str(finding.actual)


def reviewed(result: Result, entries: Iterable[Entry], file: str) -> Result:
    """Return a result with the reviewed findings among ``dismissed`` and no longer among ``findings``.

    Args:
        result: of checking one report; everything that makes findings comes before.
        entries: noted beside the report.
        file: the report's path.
    """
    name = os.path.basename(file)
    known = {entry.fingerprint: entry for entry in entries if entry.file in ("", name)}
    left: list[Finding] = []
    dismissed: list[Dismissed] = []
    for finding in result.findings if known else ():
        entry = known.get(finding.fingerprint)
        if entry is None or entry.code not in ("", finding.code) or entry.value not in ("", value_of(finding)):
            left.append(finding)
        else:
            dismissed.append(Dismissed(finding, entry.reason, entry.who, entry.when))
    return attrs.evolve(result, findings=tuple(left), dismissed=tuple(dismissed)) if dismissed else result


def reviewed_beside(result: Result, source: object) -> Result:
    """Put aside what ``.govinfo.toml`` beside a report says was reviewed; ``source`` is its path, if it has one.

    Raises:
        GovinfoError: that file is not as it should be.
    """
    if not isinstance(source, (str, os.PathLike)):
        return result
    path = os.fsdecode(source)
    return reviewed(result, entries_beside(path), path)


def add_entry(path: str, entry: Entry) -> str:
    """Append an entry to the file beside a report, keeping everything that stands there; return the file's path.

    Raises:
        GovinfoError: the file there is not as it should be, has the entry already, or cannot be written.
    """
    noted = os.path.join(os.path.dirname(path), FILE)
    before = ""
    if os.path.exists(noted):
        if any((one.fingerprint, one.file) == (entry.fingerprint, entry.file) for one in _entries(noted)):
            _fail(noted, "该问题已标为已复核；要改写请直接编辑此文件", "dismissed already: edit this file to change it")
        before = take(noted, noted, _LIMIT).decode("utf-8-sig")
        before += "" if before.endswith("\n") or not before else "\n"
        before += "\n" if before else ""
    keys: Sequence[str] = [field.name for field in attrs.fields(Entry) if getattr(entry, field.name)]
    # a JSON string is a TOML string, but for the delete character
    lines = [
        f"{key} = {json.dumps(getattr(entry, key), ensure_ascii=False)}\n".replace("\x7f", "\\u007f") for key in keys
    ]
    put((before + "[[dismissed]]\n" + "".join(lines)).encode(), noted)
    return noted
