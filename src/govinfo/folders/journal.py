"""What an interrupted run has done: a file beside its output, one line of JSON for each step.

The first line holds the settings. Then come for each file its pieces and behind them a line that says that the file is
done. Only what has such a line counts: a run may be ended at any byte.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
from collections.abc import Iterator
from typing import Any, NamedTuple

from govinfo.errors import GovinfoError
from govinfo.files import cannot_write
from govinfo.folders.settings import difference
from govinfo.folders.work import Done, Piece, state_of
from govinfo.review import Notes
from govinfo.tally import Tally
from govinfo.text import Text

__all__ = ["Journal"]

_FORMAT = 1
_AGAIN = frozenset({"timeout", "crashed", "io", "missing_extra", "internal"})
"""Kinds of errors that may be gone with the next try: such a file is not done."""


class _Entry(NamedTuple):
    """Where in the journal a file is."""

    pieces: tuple[int, ...]
    end: int
    state: tuple[int, int] | None
    named: bool
    final: bool
    """Whether another try would come to the same."""


class Journal:
    """The journal of one run, open."""

    def __init__(self, output: str | os.PathLike[str], settings: dict[str, str], *, resume: bool = False) -> None:
        """Begin a journal, or go on with one.

        Args:
            output: the output it is to be: the journal lies beside it.
            settings: what the output depends on, see `govinfo.folders.settings`.
            resume: go on with what is there; where nothing is, begin.

        Raises:
            GovinfoError: the journal cannot be written, or the one that is there belongs to another run.
        """
        self.path = f"{os.fspath(output)}.partial"
        self.resumed = False
        self._entries: dict[str, _Entry] = {}
        self._open: list[int] = []
        """Where the pieces of the file begin that is not done yet."""
        self._kinds: set[str] = set()
        try:
            if resume and os.path.exists(self.path):
                self._file: io.BufferedRandom = open(self.path, "r+b")  # noqa: SIM115
                try:
                    self.resumed = self._take_up(settings)
                except BaseException:
                    self._file.close()
                    raise
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self.path)  # another run may still write to it: it keeps its own
                self._file = open(self.path, "x+b")  # noqa: SIM115
            if not self.resumed:
                self._put({"govinfo": _FORMAT, "settings": settings})
                self._file.flush()
        except OSError as error:
            raise cannot_write(output, error) from error

    def __len__(self) -> int:
        return len(self._entries)

    def add(self, piece: Piece) -> None:
        """Note a piece of the file that is at work.

        Raises:
            GovinfoError: the journal cannot be written.
        """
        self._kinds.update(piece.tally.unread)
        self._open.append(self._put({"text": piece.text, "tally": piece.tally.to_json()}))

    def end(self, path: str, done: Done, *, named: bool) -> None:
        """Note that a file is done; ``named``: it was named itself.

        Raises:
            GovinfoError: the journal cannot be written.
        """
        final = done.state is not None and not self._kinds & _AGAIN
        line = {"path": path, "state": done.state, "named": named, "final": final, "notes": done.notes}
        self._entries[path] = _Entry(tuple(self._open), self._put(line), done.state, named, final)
        self._open, self._kinds = [], set()
        try:
            self._file.flush()  # what is here survives us
        except OSError as error:
            raise cannot_write(self.path, error) from error

    def has(self, path: str, *, named: bool) -> bool:
        """Tell whether a file is done and has not changed since."""
        entry = self._entries.get(path)
        return entry is not None and entry.final and entry.named == named and entry.state == state_of(path)

    def pieces(self, path: str) -> Iterator[Piece]:
        """Yield the pieces of a file that is done."""
        for place in self._entries[path].pieces:
            line = self._get(place)
            yield Piece(line["text"], Tally.from_json(line["tally"]))

    def notes(self, path: str) -> Notes | None:
        """Return what was noted of reviewed findings with a file that is done."""
        notes = self._get(self._entries[path].end)["notes"]
        return None if notes is None else Notes(*([tuple(one) for one in some] for some in notes))

    def close(self) -> None:
        """Leave the journal where it is, for another run to go on with; one without any file is removed."""
        if self._entries:
            with contextlib.suppress(OSError):
                self._file.close()
        else:
            self.remove()

    def remove(self) -> None:
        """Remove the journal: the run is finished."""
        with contextlib.suppress(OSError):
            ours = os.path.samestat(os.fstat(self._file.fileno()), os.stat(self.path))
            self._file.close()
            if ours:
                os.unlink(self.path)

    def _put(self, line: dict[str, Any]) -> int:
        """Write a line at the end and return where it begins."""
        try:
            place = self._file.seek(0, os.SEEK_END)
            self._file.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")
        except OSError as error:
            raise cannot_write(self.path, error) from error
        return place

    def _get(self, place: int) -> Any:
        self._file.seek(place)
        return _decoded(self._file.readline())

    def _take_up(self, settings: dict[str, str]) -> bool:
        """Read what is there, and cut off what was not finished. False where not even the first line was."""
        place, lines = 0, iter(self._file.readline, b"")
        first = next(lines, b"")
        if not first.endswith(b"\n"):
            self._file.truncate(0)
            return False
        try:
            head = _decoded(first)
            if head["govinfo"] != _FORMAT:
                raise ValueError("made by another version")
            if (other := difference(settings, head["settings"])) is not None:
                raise _refused(self.path, other)
            place = kept = len(first)
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                self._read_line(place, _decoded(line))
                place += len(line)
                if not self._open:
                    kept = place
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            damaged = Text(
                "{path} 不是中断运行的记录，或已损坏（{said}）；去掉 --resume 可从头开始",
                "{path} is no journal of an interrupted run, or damaged ({said}): without --resume it begins anew",
            )
            raise GovinfoError(damaged.fill(path=self.path, said=str(error) or type(error).__name__)) from error
        self._open = []
        self._file.truncate(kept)
        return True

    def _read_line(self, place: int, line: dict[str, Any]) -> None:
        if "path" in line:
            state = None if line["state"] is None else (int(line["state"][0]), int(line["state"][1]))
            entry = _Entry(tuple(self._open), place, state, bool(line["named"]), bool(line["final"]))
            self._entries[line["path"]] = entry
            self._open = []
        else:
            self._open.append(place)


def _decoded(line: bytes) -> Any:
    return json.loads(line.decode("utf-8", "surrogatepass"))


def _refused(path: str, other: Text) -> GovinfoError:
    refused = Text(
        "{path} 是用其他设置运行的（{what}不同），不能接着做；恢复原设置，或去掉 --resume 从头开始",
        "{path} was made with other settings ({what}) and cannot be gone on with: give the same again, or begin anew "
        "without --resume",
    )
    return GovinfoError(refused.fill(path=path, what=other))
