"""Where things stand in a TOML file: `tomllib` reads files but tells no lines."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["Lines"]

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
        header: the name of its list of tables, ``rule`` for ``[[rule]]``.
        count: how many tables the list has.
    """

    def __init__(self, text: str, header: str, count: int) -> None:
        self._header = _either(header)
        # what stands in a string of several lines, or behind a #, is no header and no key
        plain = _STRINGS.sub(lambda found: found[1] or "\n" * found[0].count("\n"), text)
        self._lines = plain.split("\n")
        heads = [i for i, line in enumerate(self._lines) if re.match(rf"\s*\[\[\s*{self._header}\s*\]\]", line)]
        self._heads = heads if len(heads) == count else []

    def header(self, number: int | None) -> int | None:
        """Return the line of the header of a table, counted from 0; None for the file, which has none."""
        return self._heads[number] + 1 if number is not None and self._heads else None

    def key(self, key: str, number: int | None) -> int | None:
        """Return the line of a key of a table, or of the file itself; failing that, that of the header."""
        name = _either(key)
        if number is None:
            top = next((i for i, line in enumerate(self._lines) if re.match(r"\s*\[", line)), len(self._lines))
            return self._first(rf"\s*{name}\s*[.=]", range(top)) or self._first(
                rf"\s*\[\[?\s*{name}\s*[.\]]", range(top, len(self._lines))
            )
        if not self._heads:
            return None
        end = self._heads[number + 1] if number + 1 < len(self._heads) else len(self._lines)
        within = range(self._heads[number], end)
        return self._first(rf"\s*{name}\s*[.=]|\s*\[\[?\s*{self._header}\s*\.\s*{name}\s*[.\]]", within) or self.header(
            number
        )

    def _first(self, pattern: str, within: Iterable[int]) -> int | None:
        compiled = re.compile(pattern)
        return next((i + 1 for i in within if compiled.match(self._lines[i])), None)


def _either(key: str) -> str:
    """Return a pattern for a key, bare or in quotes."""
    return rf"(?:{re.escape(key)}|\"{re.escape(key)}\"|'{re.escape(key)}')"
