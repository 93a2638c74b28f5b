"""What is done with each file of a folder, in whichever process: it is checked, and written as the output has it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import Any, NamedTuple

import attrs

from govinfo.checking import Checking
from govinfo.errors import GovinfoError
from govinfo.hookspecs import Stream
from govinfo.review import Notes
from govinfo.tally import Tally
from govinfo.text import Language, Text
from govinfo.watch import RAISED

__all__ = ["Done", "Piece", "RenderWork", "rendered", "state_of"]


class Piece(NamedTuple):
    """What is written of one report, and what it counts for."""

    text: str
    tally: Tally


class Done(NamedTuple):
    """A file all of whose pieces are there."""

    state: tuple[int, int] | None
    """Its size, and when it was changed last, before it was read; None where it cannot be asked."""
    notes: Notes | None = None


@attrs.frozen
class RenderWork:
    """Checking and writing as something other processes can do: yields pieces, then that it is done."""

    checking: Checking
    format: str
    """The name of a writer that writes one by one."""
    lang: Language
    several: bool
    """Whether there are other files; where there are not, the file itself may still hold several reports."""

    def open(self) -> Callable[[str], Iterable[Piece | Done]]:
        """Return what is done with each path."""
        return self._work

    def _work(self, path: str) -> Iterator[Piece | Done]:
        state = state_of(path)
        files, several = self.checking.files(path), self.several
        if not several:
            first = list(islice(files, 2))
            files, several = chain(first, files), len(first) > 1
        for file in files:
            yield Piece(rendered(self.format, self.stream.one, file, self.lang, several), file.tally)
        yield Done(state, self.checking.reviews.take_notes() if self.checking.reviews else None)

    @property
    def stream(self) -> Stream:
        """How results are written one by one."""
        stream = self.checking.plugins.writers[self.format].stream
        if stream is None:
            raise TypeError(f"the format {self.format} is not written one by one")
        return stream


def rendered(format: str, piece: Callable[..., str], *arguments: Any) -> str:
    """Return a piece of a format's output: of a file, of what stands before the first, or behind the last.

    Args:
        format: its name.
        piece: what makes the piece, a stranger's function perhaps.
        arguments: of that.

    Raises:
        GovinfoError: the format broke.
    """
    try:
        text = piece(*arguments)
        if not isinstance(text, str):
            raise TypeError(f"it returned {type(text).__name__}, not text")
    except RAISED as error:
        broke = Text("输出格式 {name} 内部出错：{said}", "the output format {name} broke: {said}")
        raise GovinfoError(broke.fill(name=format, said=f"{type(error).__name__}: {error}")) from error
    return text


def state_of(path: str) -> tuple[int, int] | None:
    """Return the size of a file and when it was changed last, by which one that has changed is known."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return (found.st_size, found.st_mtime_ns) if path != "-" else None
