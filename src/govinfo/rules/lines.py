"""Where things stand in a TOML file: `tomllib` reads files but tells no lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

__all__ = ["At", "Lines"]

At = tuple[str, int] | None
"""A table of a file: the name of its list and which of it, from 0. None is the file itself."""

_STRINGS = re.compile(
    r'"""(?:\\.|[^\\])*?"""' r"|'''.*?'''" r"|(\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*')" r"|#[^\n]*", re.DOTALL
)
"""Strings and comments, in the order they stand; group 1 is a string on one line, which may be a key."""


class Lines:
    """Finds headers and keys in the text of a valid file.

    What is written in an unusual way (a list of inline tables, keys with escapes) is not found: the answer is then
    the line of what holds it, or None.

    Args:
        text: the file, with ``\\n`` at the end of lines.
        counts: how many tables each list has, by its name: 2 where ``[[rule]]`` stands twice.
    """

    def __init__(self, text: str, counts: Mapping[str, int]) -> None:
        # what stands in a string of several lines, or behind a #, is no header and no key
        plain = _STRINGS.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)
        self._lines = plain.split("\n")
        self._heads: dict[tuple[str, int], int] = {}
        for name, count in counts.items():
            header = re.compile(rf"\s*\[\[\s*{_either(name)}\s*\]\]")
            heads = [i for i, line in enumerate(self._lines) if header.match(line)]
            if len(heads) == count:
                self._heads |= {(name, number): i for number, i in enumerate(heads)}

    def header(self, at: At) -> int | None:
        """Return the line of the header of a table; None for the file, which has none."""
        return self._heads[at] + 1 if at is not None and at in self._heads else None

    def key(self, key: str, at: At) -> int | None:
        """Return the line of a key of a table, or of the file itself; failing that, that of the header."""
        name = _either(key)
        if at is None:
            top = next((i for i, line in enumerate(self._lines) if re.match(r"\s*\[", line)), len(self._lines))
            return self._first(rf"\s*{name}\s*[.=]", range(top)) or self._first(
                rf"\s*\[\[?\s*{name}\s*[.\]]", range(top, len(self._lines))
            )
        if at not in self._heads:
            return None
        begin = self._heads[at]
        end = min((head for head in self._heads.values() if head > begin), default=len(self._lines))
        inner = rf"\s*\[\[?\s*{_either(at[0])}\s*\.\s*{name}\s*[.\]]"
        return self._first(rf"\s*{name}\s*[.=]|{inner}", range(begin, end)) or self.header(at)

    def _first(self, pattern: str, within: Iterable[int]) -> int | None:
        compiled = re.compile(pattern)
        return next((i + 1 for i in within if compiled.match(self._lines[i])), None)


def _either(key: str) -> str:
    """Return a pattern for a key, bare or in quotes."""
    return rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
