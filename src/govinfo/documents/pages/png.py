"""A picture in shades of grey as a PNG file."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable

__all__ = ["grey_png"]


def grey_png(width: int, height: int, rows: Iterable[bytes]) -> bytes:
    """Return a PNG file.

    Args:
        width: in pixels.
        height: in pixels.
        rows: from the top; one byte for each pixel, 0 is black.
    """
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 1)
    return b"\x89PNG\r\n\x1a\n" + _part(b"IHDR", header) + _part(b"IDAT", data) + _part(b"IEND", b"")


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
