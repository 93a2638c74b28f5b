"""Unpacks the streams of a PDF file, never further than a limit."""

from __future__ import annotations

import base64
import binascii
import re
import zlib

__all__ = ["FLATE", "Overrun", "base85", "hexed", "inflated", "lzw", "run_length"]

FLATE = 1032
"""How many times as long zlib can make what it packed."""
_STEP = 65536
_SMALL = 32


class Overrun(Exception):
    """Packed data that go on past the ends of their streams, more often than a file is long."""


def inflated(data: bytes, start: int, end: int, limit: int, spare: int) -> tuple[bytes, int]:
    """Inflate what stands at a place, as far as it goes, and past a false end.

    The checksum does not count, and what comes before an error does: so does pdfium.

    Args:
        data: the file.
        start: where the packed data begin.
        end: where they seem to end.
        limit: bytes that are enough.
        spare: bytes past ``end`` that may be looked at.

    Returns:
        what came out, a little more than ``limit`` at most, and how much of ``spare`` was used.

    Raises:
        Overrun: there is no end within ``spare``.
    """
    out, used, broken = _inflated(data, start + 2, end, limit, spare, None)
    if broken is not None:
        out, used, _ = _inflated(data, start + 2, end, limit, spare, broken)
    return out, used


def _inflated(
    data: bytes, start: int, end: int, limit: int, spare: int, careful: int | None
) -> tuple[bytes, int, int | None]:
    """Inflate in large steps; from the step numbered ``careful`` in small ones, which lose little at an error."""
    packer = zlib.decompressobj(-15)
    out = bytearray()
    at, steps = start, 0
    while len(out) <= limit and not packer.eof:
        feed = packer.unconsumed_tail
        if not feed:
            stop = min(at + _STEP, end) if at < end else at + _STEP
            feed = data[at:stop]
            if not feed:
                break
            at += len(feed)
            if at - end > spare:
                raise Overrun
        try:
            out += packer.decompress(feed, _STEP if careful is None or steps < careful else _SMALL)
        except zlib.error:
            return bytes(out), max(at - end, 0), steps
        steps += 1
    return bytes(out), max(at - end, 0), None


def lzw(data: bytes, limit: int, early: bool = True) -> bytes:
    """Unpack LZW; at an error, what came before it."""
    table = [bytes([n]) for n in range(256)] + [b"", b""]
    out = bytearray()
    bits = held = 0
    width, previous = 9, b""
    for byte in data:
        held = (held << 8 | byte) & 0xFFFFFF
        bits += 8
        if bits < width:
            continue
        bits -= width
        code = held >> bits & ((1 << width) - 1)
        if code == 256:
            del table[258:]
            width, previous = 9, b""
            continue
        if code == 257 or len(out) > limit:
            break
        if code < len(table):
            entry = table[code]
        elif previous:
            entry = previous + previous[:1]
        else:
            continue
        if previous and len(table) < 4096:
            table.append(previous + entry[:1])
        out += entry
        previous = entry
        width = min(12, max(9, (len(table) + early).bit_length()))
    return bytes(out)


def run_length(data: bytes, limit: int) -> bytes:
    """Unpack runs of equal bytes."""
    out = bytearray()
    at = 0
    while at < len(data) and data[at] != 128 and len(out) <= limit:
        size = data[at]
        if size < 128:
            out += data[at + 1 : at + 2 + size]
            at += size + 2
        else:
            out += data[at + 1 : at + 2] * (257 - size)
            at += 2
    return bytes(out)


def hexed(data: bytes) -> bytes:
    """Unpack hexadecimal digits."""
    digits = re.sub(rb"[^0-9A-Fa-f]+", b"", data.partition(b">")[0])
    return binascii.unhexlify(digits + b"0" * (len(digits) % 2))


def base85(data: bytes) -> bytes:
    """Unpack base 85; at an error, what came before it."""
    text = re.sub(rb"[\s\0]+", b"", data)
    found = re.match(rb"(?:<~)?((?:z|[!-u]{5})*+[!-u]{0,4}+)", text)
    text = found[1] if found else b""
    for cut in (len(text), len(text) - len(text) % 5):
        try:
            return base64.a85decode(text[:cut])
        except ValueError:
            continue
    # a group above 2**32: group by group
    out = bytearray()
    for group in re.findall(rb"z|[!-u]{5}", text):
        try:
            out += base64.a85decode(group)
        except ValueError:
            out += b"\xff" * 4
    return bytes(out)
