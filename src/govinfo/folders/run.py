"""One run over many files: results come in order, are written, counted and forgotten."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

import attrs

from govinfo.checking import Checking
from govinfo.files import cannot_write, replacing
from govinfo.folders.journal import Journal
from govinfo.folders.work import Done, Piece, RenderWork, rendered, state_of
from govinfo.hookspecs import CheckedFile, Stream
from govinfo.processes import TIMEOUT, in_order, jobs_for
from govinfo.tally import Tally
from govinfo.text import Language

__all__ = ["Run", "Watch"]

Watch = Callable[[int, Tally], object]
"""Told after each file: how many are done, and what they come to."""


def _nobody(done: int, tally: Tally) -> None:
    pass


@attrs.define
class Run:
    """Files to check, and how what was found is written."""

    checking: Checking
    files: Sequence[str]
    format: str
    """The name of a writer that writes one by one."""
    lang: Language = "zh"
    jobs: int | None = None
    """How many processes; None for what is worth it."""
    timeout: float | None = None
    """Seconds a file may take; None for 60 where other processes are at work."""
    watch: Watch = _nobody
    tick: Callable[[], object] = lambda: None
    """Called now and then while nothing comes."""
    tally: Tally = attrs.field(factory=Tally, init=False)
    """What was counted so far: still true where the run was interrupted."""
    done: int = attrs.field(default=0, init=False)
    """How many files are done."""

    def write(self, write: Callable[[str], object]) -> None:
        """Check everything and hand over what is written, piece by piece.

        Raises:
            GovinfoError: a file of reviewed findings is wrong, or the format broke.
        """
        self._prepare()
        write(self._head())
        first = True
        for _, value in self._results(self.files):
            if isinstance(value, Piece):
                self.tally.add(value.tally)
                write(value.text if first else self._stream.joint + value.text)
                first = False
            else:
                self._finish(value)
        write(self.foot())

    def write_file(self, output: str | os.PathLike[str], journal: Journal) -> None:
        """Check what the journal lacks, then write the whole output: all of it or nothing.

        Raises:
            GovinfoError: a file of reviewed findings is wrong, the format broke, or something cannot be written.
        """
        self._prepare()
        left: list[str] = []
        for path in self.files:
            if not journal.has(path, named=path in self.checking.named):
                left.append(path)
                continue
            for piece in journal.pieces(path):
                self.tally.add(piece.tally)
            self._finish(Done(None, journal.notes(path)))
        for path, value in self._results(left):
            if isinstance(value, Piece):
                self.tally.add(value.tally)
                journal.add(value)
            else:
                journal.end(path, value, named=path in self.checking.named)
                self._finish(value)
        with replacing(output) as place:
            try:
                with open(place, "wb") as file:
                    self._put_together(file, journal)
            except OSError as error:
                raise cannot_write(output, error) from error

    def foot(self) -> str:
        """Return what stands at the end, as far as has been counted."""
        return rendered(self.format, self._stream.foot, self.tally, self.lang)

    def _head(self) -> str:
        return rendered(self.format, self._stream.head, self.lang)

    @property
    def _stream(self) -> Stream:
        return self._work.stream

    @property
    def _work(self) -> RenderWork:
        return RenderWork(self.checking, self.format, self.lang, len(self.files) > 1)

    def _prepare(self) -> None:
        if self.checking.reviews is not None:
            self.checking.reviews.prepare(self.files)

    def _finish(self, done: Done) -> None:
        self.done += 1
        if done.notes is not None and self.checking.reviews is not None:
            self.checking.reviews.add_notes(done.notes)
        self.watch(self.done, self.tally)

    def _results(self, paths: Sequence[str]) -> Iterator[tuple[str, Piece | Done]]:
        jobs = jobs_for(paths, self.jobs, self.timeout)
        limit = self.timeout or TIMEOUT
        for index, value in in_order(self._work, paths, jobs=jobs, timeout=limit, tick=self.tick):
            path = paths[index]
            if isinstance(value, (Piece, Done)):
                yield path, value
            elif value.error is not None:
                failed = CheckedFile(path, error=value.error)
                several = len(self.files) > 1
                yield path, Piece(rendered(self.format, self._stream.one, failed, self.lang, several), failed.tally)
                yield path, Done(state_of(path))

    def _put_together(self, file: BinaryIO, journal: Journal) -> None:
        """Write everything in the order of the files; counted anew, for the order shows in what is counted."""
        self.tally = Tally()
        joint = ""

        def put(text: str) -> None:
            # a file name can hold bytes that are no characters: they must not cost the whole output
            file.write(text.encode("utf-8", "replace"))

        put(self._head())
        for path in self.files:
            for piece in journal.pieces(path):
                put(joint + piece.text)
                joint = self._stream.joint
                self.tally.add(piece.tally)
        put(self.foot())
