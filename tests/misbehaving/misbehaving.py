"""A plugin that does what no reader should: it hangs, crashes, eats memory. Files say what is to be done.

The folder is put on the module path by the tests that need it; beside it lies what makes it an installed package.
"""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import attrs

from govinfo import GovinfoError, Reader, ReadError, Text, hookimpl
from govinfo.documents.model import Document

__all__ = ["MARK", "Echo", "govinfo_readers", "misbehave"]

MARK = b"MISBEHAVE "


def misbehave(what: str) -> str:
    """Do it, and return what is to be said where it was no great harm."""
    verb, _, rest = what.partition(" ")
    deeds: dict[str, Callable[[str], object]] = {
        "sleep": lambda seconds: time.sleep(float(seconds or 1000)),
        "spin": lambda _: re.match("(a*)*b", "a" * 40),  # in C, and nobody else gets to run
        "exit": lambda code: os._exit(int(code)),
        "segfault": lambda _: ctypes.string_at(0),
        "eat": lambda _: bytearray(1 << 33),
        "shout": lambda words: os.write(1, words.encode()) and print(words),
        "child": _with_a_child,
        "once": _once,
        "raise": _raise,
    }
    deeds[verb](rest)
    return what


def _with_a_child(path: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(1000)"])
    Path(path).write_text(str(child.pid))
    time.sleep(1000)


def _once(path: str) -> None:
    """Crash, but only if nobody has before."""
    try:
        Path(path).touch(exist_ok=False)
    except FileExistsError:
        return
    os.abort()


def _raise(words: str) -> None:
    raise GovinfoError(Text(f"出错：{words}", words))


@attrs.frozen
class Echo:
    """Work that yields the words of a path, or misbehaves."""

    broken: str = ""
    """What to do while getting ready."""

    def open(self) -> Callable[[str], Iterable[str]]:
        """Return what is done with each path."""
        if self.broken:
            misbehave(self.broken)
        return self._echo

    def _echo(self, path: str) -> Iterator[str]:
        for word in path.split("; "):
            yield misbehave(word.removeprefix("!")) if word.startswith("!") else word


@hookimpl
def govinfo_readers() -> Iterable[Reader]:
    """Return the reader of such files."""
    return [Reader("misbehaving", _accepts, _read, Text("捣乱", "misbehaving"))]


def _accepts(content: bytes, name: str) -> float:
    return 2.0 if content.startswith(MARK) else 0.0


def _read(content: bytes, name: str) -> Document:
    said = misbehave(content.removeprefix(MARK).decode().strip())
    raise ReadError("not_a_report", Text(f"做了：{said}", f"did: {said}"), name)
