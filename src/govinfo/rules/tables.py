"""TOML files of ours read strictly: what is wrong in one is said together, each mistake with its line.

What kinds of files there are (rule sets, reviewed findings) is said elsewhere: here a file is a table with lists of
tables in it, and keys say what they hold.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, NoReturn

import attrs

from govinfo.errors import GovinfoError, ReadError
from govinfo.files import take
from govinfo.rules.keys import Key, read_table, tables_in
from govinfo.rules.lines import At, Lines
from govinfo.text import Text

__all__ = ["LARGEST", "Mistake", "TableReader", "TomlFileError", "place"]

LARGEST = 1 << 20
"""Bytes of the largest file that is read."""
_MOST = 20
"""Mistakes after which reading stops: who has as many has a file of another kind."""
_TOO_LARGE = Text(
    f"文件超过 {LARGEST >> 20} MiB，不像{{what}}，未读取", f"more than {LARGEST >> 20} MiB: not {{what}}, not read"
)


@attrs.frozen
class Mistake:
    """One thing wrong in a file."""

    line: int | None
    """From 1; None where it is about the file or cannot be told."""
    text: Text


class TomlFileError(GovinfoError):
    """A file is not what it should be.

    Attributes:
        name: the file.
        mistakes: what is wrong; ``text`` has one line for each, but that an expression is shown below its own.
    """

    def __init__(self, name: str, mistakes: tuple[Mistake, ...]) -> None:
        self.name = name
        self.mistakes = mistakes
        places = [place(name, mistake.line) for mistake in mistakes]
        said = [
            Text(f"{where}: {mistake.text.zh}", f"{where}: {mistake.text.en}")
            for where, mistake in zip(places, mistakes, strict=True)
        ]
        super().__init__(Text.join(said, "\n", "\n"))


def place(name: str, line: int | None) -> str:
    """Return a line of a file as people write it."""
    return name if line is None else f"{name}:{line}"


class TableReader:
    """Reads one file and gathers what is wrong in it.

    Attributes:
        name: what to call the file in messages.
        table: what stands in the file.
        lines: where it stands.
        mistakes: what was found to be wrong so far.
    """

    error: type[TomlFileError] = TomlFileError
    """What is raised."""
    what: Text
    """What such a file is."""

    def __init__(self, content: bytes, name: str, headers: Iterable[str]) -> None:
        """Parse the content of a file.

        Args:
            content: the file, in UTF-8.
            name: what to call it in messages.
            headers: the names of its lists of tables.

        Raises:
            TomlFileError: it is no TOML.
        """
        self.name = name
        self.mistakes: list[Mistake] = []
        text = self._decode(content)
        self.table = self._parse(text)
        self.lines = Lines(text, {header: len(tables_in(self.table.get(header))) for header in headers})

    @classmethod
    def take(cls, path: str | os.PathLike[str]) -> bytes:
        """Return the content of a file.

        Raises:
            TomlFileError: it cannot be read, or is larger than any such file.
        """
        name = os.fsdecode(path)
        try:
            return take(path, name, LARGEST)
        except ReadError as error:
            said = _TOO_LARGE.fill(what=cls.what) if error.kind == "too_large" else error.text
            raise cls.error(name, (Mistake(None, said),)) from error

    def values(self, keys: Mapping[str, Key], table: dict[str, Any], at: At, who: Text) -> dict[str, Any]:
        """Return the values of the fields a table gives, noting what is wrong in it.

        Args:
            keys: what it may hold.
            table: what it holds.
            at: which table it is.
            who: what to call it in messages.
        """
        return read_table(
            keys,
            table,
            lambda key, wrong: self.note(self.lines.header(at) if key is None else self.lines.key(key, at), who, wrong),
        )

    def note(self, line: int | None, who: Text, what: Text) -> None:
        """Note a mistake; stop where there are too many."""
        self.mistakes.append(Mistake(line, Text(f"{who.zh}{what.zh}", f"{who.en}{what.en}")))
        if len(self.mistakes) == _MOST:
            more = Text(f"已有 {_MOST} 处错误，其余未查", f"{_MOST} mistakes: the rest was not looked at")
            self.mistakes.append(Mistake(None, more))
            self.stop()

    def stop(self) -> NoReturn:
        """Raise what was noted."""
        raise self.error(self.name, tuple(self.mistakes))

    def _decode(self, content: bytes) -> str:
        if len(content) > LARGEST:
            raise self.error(self.name, (Mistake(None, _TOO_LARGE.fill(what=self.what)),))
        try:
            return content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, error.start) + 1
            what = Text("不是 UTF-8 编码，请另存为 UTF-8", "not in UTF-8: save the file as UTF-8")
            raise self.error(self.name, (Mistake(line, what),)) from error

    def _parse(self, text: str) -> dict[str, Any]:
        try:
            return tomllib.loads(text, parse_float=Decimal)
        except RecursionError as error:
            what = Text("嵌套过深", "nested too deeply")
            raise self.error(self.name, (Mistake(None, what),)) from error
        except (ValueError, InvalidOperation) as error:  # also a number with too many digits
            said = str(error) if isinstance(error, ValueError) else "a number is out of range"
            line = re.search(r"\(at line (\d+)", said)
            what = Text(f"不是有效的 TOML：{said}", f"not TOML: {said[:1].lower()}{said[1:]}")
            raise self.error(self.name, (Mistake(int(line[1]) if line else None, what),)) from error
