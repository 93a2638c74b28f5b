"""The instructions of a Word 97 file (sprms, [MS-DOC] 2.2.5): what they are, and how they are parted."""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct

__all__ = ["CHARACTER", "PARAGRAPH", "Sprm", "sprms", "sprms_of_piece"]

Sprm = tuple[int, bytes]
"""An instruction and its operand."""

CHARACTER, PARAGRAPH = 2, 1
"""What an instruction is about: bits 10 to 12."""

_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
"""Bytes of the operand by bits 13 to 15; -1: its first byte says."""
_DEFINE_TABLE, _DEFINE_TABLE_10 = 0xD608, 0xD606
_CHANGE_TABS = 0xC615
_u16 = Struct("<H").unpack_from

# Short instructions of a piece of text ([MS-DOC] 2.9.214, Prm0) that matter here.
_SHORT = {
    0x0C: 0x260A,
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x53: 0x2A33,
    0x57: 0x0837,
    0x5C: 0x083C,
    0x68: 0x2A48,
    0x73: 0x2A53,
    0x75: 0x0855,
}


def sprms(content: bytes) -> Iterator[Sprm]:
    """Yield the instructions in ``content`` up to where it ends or makes no sense."""
    at, end = 0, len(content)
    while at + 2 < end:
        (code,) = _u16(content, at)
        at += 2
        size = _SIZES[code >> 13]
        if size < 0:
            if code in (_DEFINE_TABLE, _DEFINE_TABLE_10):
                if at + 2 > end:
                    return
                size = _u16(content, at)[0] - 1
                at += 2
            else:
                size = content[at]
                if code == _CHANGE_TABS and size == 255:
                    size = _tabs(content, at)
                at += 1
        if size < 0 or at + size > end:
            return
        yield code, content[at : at + size]
        at += size


def _tabs(content: bytes, at: int) -> int:
    """Return the size of a list of tab stops too long for its first byte."""
    deleted = content[at + 1] if at + 1 < len(content) else 0
    added = at + 2 + 4 * deleted
    return 2 + 4 * deleted + 3 * (content[added] if added < len(content) else 0)


def sprms_of_piece(prm: int, grpprls: list[bytes]) -> bytes:
    """Return what a piece of text adds to the instructions of its characters and paragraphs."""
    if prm & 1:
        index = prm >> 1
        return grpprls[index] if index < len(grpprls) else b""
    code = _SHORT.get(prm >> 1 & 0x7F)
    return bytes((code & 0xFF, code >> 8, prm >> 8)) if code is not None else b""
