"""Reviewed findings put aside in the reports of one run, and entries that are no longer needed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import attrs

from govinfo.findings import Dismissed, Finding, Result, Status
from govinfo.parsing.reading import Reading
from govinfo.review.entry import FILE, Entry, full
from govinfo.schema import Missing, cells
from govinfo.text import Text

__all__ = ["Notes", "Reviews", "Unneeded", "reviews_of", "value_of"]

_MOST_FIGURES = 12
"""So many cells are noted of a finding that is about several."""


@attrs.frozen
class Unneeded:
    """An entry that dismissed nothing."""

    entry: Entry
    text: Text
    """Why, with the place where it stands."""


def value_of(finding: Finding, reading: Reading) -> str | None:
    """Return what the cells of a finding hold, as far as its fingerprint does not say so; None where it has no cell.

    That is the first cell: the others are what it was compared with. A finding that compares nothing is about all
    its cells alike. Of a cell without a number it is what is printed, or else the reason why there is none.
    """
    compares = finding.actual is not None and finding.expected is not None
    values = cells(reading.report)
    paths = [path for path in finding.paths[: 1 if compares else _MOST_FIGURES] if path in values]
    return ", ".join(_held(path, values[path], reading) for path in paths) or None


def _held(path: str, value: object, reading: Reading) -> str:
    if isinstance(value, Missing):
        origin = reading.origins.get(path)
        return " ".join(origin.text.split()) if origin is not None and origin.text.strip() else value.value
    return format(value, "f") if isinstance(value, Decimal) else str(value)


Key = tuple[str, int]
"""The file an entry stands in, and which one of the file it is."""


class Notes(NamedTuple):
    """What was noted about entries while reports were checked: lists, as they stand in JSON too."""

    used: Sequence[Key] = ()
    changed: Sequence[Key] = ()
    judged: Sequence[tuple[str, int, bool]] = ()


class Reviews:
    """The reviewed findings that count in one run; each file of them is read once.

    Looked at is ``.govinfo.toml`` in the folder of a report and in the folders above it, up to the one that was named,
    the nearest first. Nothing is looked at for standard input, or for a report that was not named.

    Args:
        paths: the files and folders that were named.
        file: the one file to look at instead, for whatever report.

    Raises:
        GovinfoError: ``file`` cannot be read or is not as it should be.
    """

    def __init__(
        self, paths: Iterable[str | os.PathLike[str]] = (), file: str | os.PathLike[str] | None = None
    ) -> None:
        named = [os.fsdecode(path) for path in paths]
        self._named = {full(path) for path in named if path != "-"}
        self._roots = {full(path) for path in named if os.path.isdir(path)}
        self._read: dict[str, tuple[Entry, ...]] = {}
        self._only = self._entries(os.fsdecode(file)) if file is not None else None
        self._used: set[Key] = set()
        """Entries that dismissed something; ``_key`` tells entries apart."""
        self._changed: set[Key] = set()
        """Entries whose finding is there, with other figures."""
        self._judged: dict[Key, bool] = {}
        """Entries whose report was checked, and whether the rule each names was applied every time."""

    def apply(self, result: Result, report: str) -> Result:
        """Return a result with the reviewed findings among ``dismissed`` and no longer among ``findings``.

        Args:
            result: of checking one report; everything that makes findings comes before.
            report: the report's path.

        Raises:
            GovinfoError: a file that counts for the report cannot be read, or is not as it should be.
        """
        entries = self._for(report)
        if not entries:
            return result
        self._note(entries, result)
        left: list[Finding] = []
        dismissed: list[Dismissed] = []
        for finding in result.findings:
            entry = self._matching(entries, finding, result.reading)
            if entry is None:
                left.append(finding)
            else:
                dismissed.append(Dismissed(finding, entry.reason, entry.who, entry.when))
        if not dismissed:
            return result
        return attrs.evolve(result, findings=tuple(left), dismissed=(*result.dismissed, *dismissed))

    def prepare(self, reports: Iterable[str]) -> None:
        """Read every file that counts for ``reports``, before any of them is checked.

        Raises:
            GovinfoError: one cannot be read, or is not as it should be.
        """
        done: set[str] = set()
        for report in reports:
            folder = os.path.dirname(report)
            if folder not in done or full(report) in self._named:
                done.add(folder)
                self._for(report)

    def read(self) -> Mapping[str, tuple[Entry, ...]]:
        """Return what was read so far, by file."""
        return dict(self._read)

    def take_notes(self) -> Notes:
        """Return what `apply` has noted about entries since the last call, and forget it."""
        notes = Notes(sorted(self._used), sorted(self._changed), sorted((*key, ok) for key, ok in self._judged.items()))
        self._used, self._changed, self._judged = set(), set(), {}
        return notes

    def add_notes(self, notes: Notes) -> None:
        """Note what another process, or an earlier run, has noted about the same entries."""
        self._used.update((source, number) for source, number in notes.used)
        self._changed.update((source, number) for source, number in notes.changed)
        for source, number, judged in notes.judged:
            key = source, number
            self._judged[key] = self._judged.get(key, True) and judged

    def unneeded(self, *, complete: bool = True) -> list[Unneeded]:
        """Return the entries that dismissed nothing although their reports were checked, in the order of the files.

        Args:
            complete: whether every rule was applied and every report could be read. Otherwise an entry that names no
                rule, or no report, may be about what was left out, and nothing is said of it.
        """
        return [
            Unneeded(entry, _said(entry, why))
            for file in self._read.values()
            for entry in file
            if (why := self._why(entry, complete)) is not None
        ]

    def _why(self, entry: Entry, complete: bool) -> Text | None:
        key = _key(entry)
        if key in self._used:
            return None
        if entry.file and not os.path.exists(entry.target):
            return Text(f"没有这个文件：{entry.file}", f"no such file: {entry.file}")
        if key not in self._judged or not (complete or (entry.file and entry.code and self._judged[key])):
            return None
        if not entry.file and not self._below_a_root(full(os.path.dirname(entry.source))):
            return None  # it may be about a report of the folder that was not checked
        if key in self._changed:
            return Text("所填的数已变，问题重新列出", "the figure has changed, and the finding is listed again")
        return Text("不再需要：报告中没有这个问题了", "no longer needed: the report no longer has this finding")

    def _below_a_root(self, path: str) -> bool:
        return any(_within(path, root) for root in self._roots)

    def _for(self, report: str) -> Sequence[Entry]:
        """Return the entries that count for a report, the nearest file first."""
        path = full(report)
        near = (
            self._only if self._only is not None else [e for file in self._files(report) for e in self._entries(file)]
        )
        return [entry for entry in near if entry.target in ("", path)]

    def _files(self, report: str) -> Iterator[str]:
        path = full(report)
        if report == "-" or not (path in self._named or self._below_a_root(path)):
            return
        name, folder = os.path.dirname(report), os.path.dirname(path)
        while True:
            # called as the report was, where that is possible
            file = os.path.join(name if full(name) == folder else folder, FILE)
            if os.path.lexists(file):
                yield file
            above = os.path.dirname(folder)
            if above == folder or not self._below_a_root(above):
                return
            name, folder = os.path.dirname(name), above

    def _entries(self, file: str) -> tuple[Entry, ...]:
        if file not in self._read:
            from govinfo.review.reading import take_entries  # most reports have none

            self._read[file] = take_entries(file)
        return self._read[file]

    def _note(self, entries: Iterable[Entry], result: Result) -> None:
        """Note which entries were judged by a result."""
        judged = {outcome.code for outcome in result.outcomes if outcome.status is not Status.CRASHED}
        for entry in entries:
            key = _key(entry)
            self._judged[key] = self._judged.get(key, True) and entry.code in judged

    def _matching(self, entries: Iterable[Entry], finding: Finding, reading: Reading) -> Entry | None:
        """Return the first entry that dismisses a finding, noting what the others are worth."""
        found: Entry | None = None
        for entry in entries:
            if entry.fingerprint != finding.fingerprint or entry.code not in ("", finding.code):
                continue
            if entry.value is not None and not _same(entry.value, value_of(finding, reading)):
                self._changed.add(_key(entry))
                continue
            self._used.add(_key(entry))
            found = found or entry
        return found


def reviews_of(
    review: bool | str | os.PathLike[str] | Reviews, paths: Iterable[str | os.PathLike[str]]
) -> Reviews | None:
    """Return what counts: a file that was named, what lies beside ``paths`` for True, nothing for False.

    Raises:
        GovinfoError: the file cannot be read or is not as it should be.
    """
    if isinstance(review, bool):
        return Reviews(paths) if review else None
    return review if isinstance(review, Reviews) else Reviews(paths, review)


def _said(entry: Entry, why: Text) -> Text:
    where = entry.source if entry.line is None else f"{entry.source}:{entry.line}"
    what = "  ".join(filter(None, (entry.file, entry.code, entry.fingerprint)))
    return Text(f"{where}: {what}  {why.zh}", f"{where}: {what}  {why.en}")


def _key(entry: Entry) -> Key:
    return entry.source, entry.number


def _within(path: str, root: str) -> bool:
    return path == root or path.startswith(root if root.endswith(os.sep) else root + os.sep)


def _same(noted: str, held: str | None) -> bool:
    """Whether two figures are the same, however they are written down."""
    if held is None:
        return noted == ""
    try:
        return Decimal(noted.strip()) == Decimal(held)
    except InvalidOperation:
        return " ".join(noted.split()) == " ".join(held.split())
