"""The file of reviewed findings read: strictly, for a finding must not come or go by a slip of the pen."""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from govinfo.review.entry import Entry
from govinfo.rules.keys import Key, Kind, Refused, tables_in
from govinfo.rules.tables import TableReader
from govinfo.text import Text

__all__ = ["HEADER", "read_entries", "take_entries"]

HEADER = "dismissed"


def take_entries(path: str) -> tuple[Entry, ...]:
    """Read the reviewed findings a file lists.

    Raises:
        TomlFileError: it cannot be read, or is not as it should be: names every line that is wrong, and why.
    """
    return read_entries(_Reader.take(path), path)


def read_entries(content: bytes, path: str) -> tuple[Entry, ...]:
    """Read the reviewed findings in the content of a file.

    Args:
        content: the file, in UTF-8.
        path: where it lies: entries name reports relative to that.

    Raises:
        TomlFileError: it is not as it should be: names every line that is wrong, and why.
    """
    return _Reader(content, path, [HEADER]).entries()


class _Reader(TableReader):
    """Reads one file."""

    what = Text("复核记录", "a file of reviewed findings")

    def entries(self) -> tuple[Entry, ...]:
        tables = self.values(_FILE, self.table, None, Text("", "")).get(HEADER, ())
        found: list[Entry] = []
        for number, table in enumerate(tables):
            before = len(self.mistakes)
            at = HEADER, number
            values = self.values(_ENTRY, table, at, Text(f"第 {number + 1} 条：", f"entry {number + 1}: "))
            if len(self.mistakes) == before:
                found.append(Entry(**values, source=self.name, line=self.lines.header(at), number=number))
        if self.mistakes:
            self.stop()
        return tuple(found)


def _matching(pattern: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.DOTALL):
            raise Refused
        return value

    return read


def _fingerprint(value: Any) -> str:
    return _matching("[0-9a-f]{16}")(value.strip().lower() if isinstance(value, str) else value)


def _file(value: Any) -> str:
    # a path that begins at a root, or a drive, is right on one computer only
    if not isinstance(value, str) or not value.strip() or os.path.isabs(value) or re.match(r"[A-Za-z]:|[\\/]", value):
        raise Refused
    return value


def _figure(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise Refused
    if isinstance(value, int) and value.bit_length() > 100:  # Python refuses to write down the longest
        raise Refused
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def _day(value: Any) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise Refused from None


def _tables(value: Any) -> list[dict[str, Any]]:
    if value != [] and not tables_in(value):
        raise Refused
    return tables_in(value)


_WORDS = Text("加引号的文字", "text in quotes")
_FILE = {HEADER: Key(HEADER, False, Kind(Text("一条一段 [[dismissed]]", "[[dismissed]] tables"), _tables))}
_ENTRY = {
    "fingerprint": Key(
        "fingerprint",
        True,
        Kind(
            Text("16 位指纹，由 govinfo dismiss 列出", "a fingerprint of 16 digits, as govinfo dismiss lists it"),
            _fingerprint,
        ),
    ),
    "reason": Key("reason", True, Kind(Text("复核结论，不能空", "why it may stand, not empty"), _matching(r".*\S.*"))),
    "file": Key(
        "file",
        False,
        Kind(
            Text("相对于此文件所在文件夹的路径，用 /", "a path relative to the folder of this file, with /"),
            _file,
        ),
    ),
    "code": Key("code", False, Kind(Text("加引号的规则编号", "the code of a rule in quotes"), _matching(".*"))),
    "value": Key("value", False, Kind(Text("数或加引号的文字", "a number or text in quotes"), _figure)),
    "who": Key("who", False, Kind(_WORDS, _matching(".*"))),
    "when": Key("when", False, Kind(Text("日期，如 2026-11-24", "a date, as 2026-11-24"), _day)),
}
