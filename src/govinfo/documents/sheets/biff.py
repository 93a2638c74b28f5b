"""The records of an Excel 97–2003 file (BIFF8) or Excel 5.0/95 file (BIFF5), and the strings in them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from govinfo.documents.limits import MAX_ELEMENTS, check_count
from govinfo.text import Text

__all__ = ["CONTINUE", "RecordsOf", "byte_string", "shared_strings", "unicode_string"]

CONTINUE = 0x3C
_WIDE, _PHONETIC, _RICH = 1, 4, 8


class Record(NamedTuple):
    """One record."""

    kind: int
    data: bytes


class RecordsOf:
    """The records of a stream, read from any place; in all no more of them than a document may ask for."""

    def __init__(self, stream: bytes, name: str) -> None:
        self._stream, self._name = stream, name
        self._read = 0

    def at(self, start: int) -> Iterator[Record]:
        """Yield the records from ``start`` to the end of that part (a sheet, or what the sheets share).

        Parts inside it, such as charts, are passed over. Raises `ReadError` ``too_large``.
        """
        stream, depth = self._stream, 0
        while start + 4 <= len(stream):
            kind, size = struct.unpack_from("<HH", stream, start)
            self._read += 1
            if self._read > MAX_ELEMENTS:
                check_count(self._read, MAX_ELEMENTS, Text("记录", "records"), self._name)
            if kind in (0x0809, 0x0409, 0x0209, 0x0009):
                depth += 1
                if depth == 1:
                    yield Record(kind, stream[start + 4 : start + 4 + size])
            elif kind == 0x0A:
                depth -= 1
                if depth <= 0:
                    return
            elif depth == 1:
                yield Record(kind, stream[start + 4 : start + 4 + size])
            start += 4 + size


def byte_string(data: bytes, start: int, codepage: str, wide_length: bool = True) -> str:
    """Return a string of BIFF5, bytes in a code page with their number before them."""
    size = struct.unpack_from("<H" if wide_length else "<B", data, start)[0]
    start += 2 if wide_length else 1
    return data[start : start + size].decode(codepage, "replace")


def unicode_string(data: bytes, start: int = 0, wide_length: bool = True) -> str:
    """Return a string of BIFF8 that stands in one record."""
    size, flags = struct.unpack_from("<HB" if wide_length else "<BB", data, start)
    start += 3 if wide_length else 2
    start += 2 * bool(flags & _RICH) + 4 * bool(flags & _PHONETIC)
    if flags & _WIDE:
        return data[start : start + 2 * size].decode("utf-16-le", "replace")
    return data[start : start + size].decode("latin-1")


def shared_strings(parts: list[bytes], name: str) -> list[str]:
    """Return the strings the cells of all sheets refer to.

    Args:
        parts: the data of the record that begins them and of those that continue it.
        name: the file.

    Raises:
        struct.error: they are damaged.
    """
    count = struct.unpack_from("<I", parts[0], 4)[0]
    source = _Parts(parts, 8)
    found: list[str] = []
    while len(found) < count and not source.at_end:
        size, flags = struct.unpack("<HB", source.take(3))
        runs = struct.unpack("<H", source.take(2))[0] if flags & _RICH else 0
        extra = struct.unpack("<I", source.take(4))[0] if flags & _PHONETIC else 0
        found.append(source.characters(size, bool(flags & _WIDE)))
        source.skip(4 * runs + extra)
    return found


class _Parts:
    """Data that goes on over several records; where characters do, the width of characters is said anew."""

    def __init__(self, parts: list[bytes], start: int) -> None:
        self._parts, self._part, self._at = parts, 0, start

    @property
    def at_end(self) -> bool:
        self._next()
        return self._part >= len(self._parts)

    def _next(self) -> None:
        while self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0

    def take(self, size: int) -> bytes:
        """Return bytes that stand together; fewer at the end of a record."""
        self._next()
        if self._part >= len(self._parts):
            return b""
        data = self._parts[self._part][self._at : self._at + size]
        self._at += len(data)
        return data

    def skip(self, size: int) -> None:
        while size > 0 and not self.at_end:
            size -= len(self.take(size))

    def characters(self, size: int, wide: bool) -> str:
        text = ""
        while size > 0:
            if self._part < len(self._parts) and self._at >= len(self._parts[self._part]):
                self._next()
                wide = bool((self.take(1) or b"\0")[0] & _WIDE)
            data = self.take(2 * size if wide else size)
            if not data:
                raise struct.error("a string is cut off")
            text += data.decode("utf-16-le" if wide else "latin-1", "replace")
            size -= max(len(data) // (2 if wide else 1), 1)
        return text
