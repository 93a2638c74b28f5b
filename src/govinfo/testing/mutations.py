"""Mutations: how a file may be broken, for fuzzing readers. Hostile where damages are accidents.

`mutate` breaks a file; the same arguments always break it the same way. What a reader owes every result: a document or
a `govinfo.errors.ReadError`, in bounded time and memory.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Callable, Sequence
from random import Random

__all__ = ["MUTATIONS", "Mutation", "mutate"]

Mutation = Callable[[bytes, Random, Sequence[bytes]], bytes]
"""Breaks a file; the last argument are other files to splice with. Returns the file itself where it does not apply."""

_MOST = 3
"""Mutations of one file."""
_LARGEST = 4 * 1024 * 1024
"""Bytes a mutated file may have: what is longer is cut."""
_NUMBERS = (b"0", b"-1", b"1", b"65535", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e400")
_BYTES = (0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF)
_TOKEN = re.compile(rb"<[^<>]{0,200}>|\\[a-z]+-?\d*|/[A-Za-z]+|\d+|[A-Za-z]+|\s+|[^\sA-Za-z\d]")
_DIGITS = re.compile(rb"\d+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_SECTOR = 512


def _cut(content: bytes, rng: Random) -> tuple[int, int]:
    """Return the start and end of a stretch, mostly a short one."""
    start = rng.randrange(len(content) + 1)
    longest = rng.choice((4, 64, 1024, len(content)))
    return start, min(len(content), start + rng.randint(1, max(longest, 1)))


def truncate(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The end is missing, or the beginning."""
    at = rng.randrange(len(content) + 1)
    return content[:at] if rng.random() < 0.8 else content[at:]


def flip_bits(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some bits are wrong."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 3, 20)) if content else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def set_bytes(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Some bytes are extreme ones, often at the beginning or where a sector begins."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 2, 8)) if content else 0):
        where = rng.randrange(len(changed))
        where = rng.choice((where, where % _SECTOR, where // _SECTOR * _SECTOR + where % 8))
        changed[min(where, len(changed) - 1)] = rng.choice(_BYTES)
    return bytes(changed)


def insert(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Bytes that do not belong there, one of them many times over now and then."""
    at = rng.randrange(len(content) + 1)
    new = (
        rng.randbytes(rng.randint(1, 16)) if rng.random() < 0.5 else content[at : at + 1] * rng.choice((9, 999, 99999))
    )
    return content[:at] + new + content[at:]


def delete(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A stretch is missing."""
    start, end = _cut(content, rng)
    return content[:start] + content[end:]


def duplicate(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A stretch stands there twice, or many times."""
    start, end = _cut(content, rng)
    return content[:end] + content[start:end] * rng.choice((1, 1, 2, 50)) + content[end:]


def splice(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """The beginning of one file, the end of another."""
    other = rng.choice(others) if others else content
    return content[: rng.randrange(len(content) + 1)] + other[rng.randrange(len(other) + 1) :]


def tokens(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """Tags, control words or numbers are exchanged, repeated, missing or enormous."""
    found = _TOKEN.findall(content[:200_000])
    if len(found) < 2:
        return content
    for _ in range(rng.choice((1, 2, 8))):
        one, two = rng.randrange(len(found)), rng.randrange(len(found))
        how = rng.randrange(4)
        if how == 0:
            found[one], found[two] = found[two], found[one]
        elif how == 1:
            found[one] = found[one] * rng.choice((2, 2, 300))
        elif how == 2:
            found[one] = b""
        else:
            found[one] = _DIGITS.sub(lambda _: rng.choice(_NUMBERS), found[one])
    return b"".join(found) + content[200_000:]


def member(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """A member of an archive is broken, and the archive whole: the damage gets past all checksums."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, RuntimeError, EOFError, zlib.error):
        return content
    if not members:
        return content
    at = rng.randrange(len(members))
    name, inside = members[at]
    how = rng.randrange(8)
    if how == 0:
        del members[at]
    elif how == 1:
        members.append((name, rng.choice(members)[1]))
    elif how == 2:
        members[at] = (rng.choice(("../../x", "/x", name.upper(), f"{name}/{name}", "")) or "x", inside)
    else:
        members[at] = (name, rng.choice((tokens, tokens, tokens, *_BLIND))(inside, rng, others))
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # that a name is there twice is the point
        for name, inside in members:
            archive.writestr(zipfile.ZipInfo(name), inside[:_LARGEST], zipfile.ZIP_DEFLATED)
    return into.getvalue()


def stream(content: bytes, rng: Random, others: Sequence[bytes]) -> bytes:
    """What a packed stream of a PDF file says is broken, and the stream whole."""
    found = list(_STREAM.finditer(content))
    if not found:
        return content
    one = rng.choice(found)
    try:
        inside = zlib.decompress(one[1])
    except zlib.error:
        inside = one[1]
        packed = tokens(inside, rng, others)
    else:
        packed = zlib.compress(rng.choice((tokens, *_BLIND))(inside, rng, others)[:_LARGEST])
    return content[: one.start(1)] + packed + content[one.end(1) :]


_BLIND: tuple[Mutation, ...] = (truncate, flip_bits, set_bytes, insert, delete, duplicate, splice)
MUTATIONS: dict[str, Mutation] = {one.__name__: one for one in (*_BLIND, tokens, member, stream)}
"""Every mutation, by name."""


def mutate(content: bytes, seed: object, others: Sequence[bytes] = ()) -> tuple[bytes, tuple[str, ...]]:
    """Break a file.

    Args:
        content: of the file.
        seed: decides how.
        others: files to splice with.

    Returns:
        The broken file, and the mutations it went through, by name.
    """
    rng = Random(f"{seed}")  # noqa: S311 - no secrets
    suited = list(MUTATIONS)
    if content.startswith(b"PK"):
        suited += ["member"] * 8
    if content.startswith(b"%PDF"):
        suited += ["stream"] * 4
    names = tuple(rng.choice(suited) for _ in range(rng.randint(1, _MOST)))
    for name in names:
        content = MUTATIONS[name](content, rng, others)[:_LARGEST]
    return content, names
