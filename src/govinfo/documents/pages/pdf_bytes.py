"""The objects and streams of a PDF file as its bytes show them, whatever its cross-reference table says.

A hostile file says one thing in its table and another in its bytes; so every object that looks like one counts, each
version of it, and every stream is unpacked as far as the limits go. Nothing here takes more than linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import attrs

__all__ = ["Objects", "Ref", "Stream", "parse", "scan"]

_GAP = rb"(?:[\s\0]{1,80}+|%[^\r\n]{0,80}+[\r\n]){1,8}+"
_OBJECT = re.compile(rb"(\d{1,10})" + _GAP + rb"\d{1,5}" + _GAP + rb"obj")
_TOKEN = re.compile(rb"<<|>>|[\[\]()<{}]|/[^\s\0()<>\[\]{}/%]*+|%[^\r\n]*+|[^\s\0()<>\[\]{}/%]++")
_ROUND = re.compile(rb"[()]|\\.", re.DOTALL)
_KEYWORD = re.compile(rb"(?<!end)stream")
_LINE = re.compile(rb"\r\n?|\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_REST = re.compile(rb"(?:[\s\0]++|%[^\r\n]*+)*+")


class Ref(NamedTuple):
    """A reference to an object by its number."""

    number: int


@attrs.frozen
class Stream:
    """A stream, still packed."""

    number: int
    """Of the object; 0 where it has none."""
    about: dict[str, Any]
    """Its dictionary."""
    sure: bool
    """Whether the dictionary could be read; ``before`` is to be searched otherwise."""
    before: bytes
    """All bytes since the stream before."""
    start: int
    end: int
    """Where the first ``endstream`` is, or where the dictionary says the stream ends if that is later."""


def _plain(found: re.Match[bytes]) -> bytes:
    char = bytes([int(found[1], 16)])
    return char if char.isalnum() else found[0]


def parse(text: bytes) -> tuple[Any, int]:
    """Read the first object of a text: names become `str`, whole numbers `int`, anything else that is no list `bytes`.

    Returns:
        the object (None where there is none) and where it ends (-1 where the text ends first).
    """
    stack: list[list[Any]] = [[]]
    at = 0
    while found := _TOKEN.search(text, at):
        at = found.end()
        token = found[0]
        first = token[:1]
        if token in (b"<<", b"["):
            stack.append([])
            continue
        if first == b"%":
            continue
        if first == b"(":
            at = _after_string(text, at)
            value: Any = b"("
        elif token == b"<":
            at = text.find(b">", at) + 1 or len(text)
            value = b"<"
        elif token in (b">>", b"]"):
            if len(stack) == 1:
                break
            inside = stack.pop()
            value = _dictionary(inside) if token == b">>" else inside
        elif first == b"/":
            value = _ESCAPED.sub(_plain, token[1:]).decode("latin-1")
        elif token == b"R" and len(stack[-1]) > 1 and isinstance(stack[-1][-2], int):
            stack[-1].pop()
            value = Ref(stack[-1].pop())
        elif token in (b"endobj", b"stream"):
            break
        else:
            value = int(token) if token.isdigit() and len(token) < 11 else token
        stack[-1].append(value)
        if len(stack) == 1 and not isinstance(value, int):
            return value, at
    if len(stack) == 1 and stack[0]:
        return stack[0][0], at
    # cut off inside: what is there counts
    while len(stack) > 1:
        inside = stack.pop()
        stack[-1].append(_dictionary(inside) if inside and isinstance(inside[0], str) else inside)
    return (stack[0][0] if stack[0] else None), -1


def _after_string(text: bytes, at: int) -> int:
    depth = 1
    while found := _ROUND.search(text, at):
        at = found.end()
        if found[0] == b"(":
            depth += 1
        elif found[0] == b")":
            depth -= 1
            if not depth:
                return at
    return len(text)


def _dictionary(inside: list[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    at = 0
    while at + 1 < len(inside):
        if isinstance(inside[at], str):
            found[inside[at]] = inside[at + 1]
            at += 2
        else:
            at += 1
    return found


class Objects:
    """Objects by their number, each in all its versions, parsed when they are asked for."""

    def __init__(self) -> None:
        self.texts: dict[int, list[bytes]] = {}
        self._parsed: dict[int, list[Any]] = {}

    def add(self, number: int, text: bytes) -> None:
        """Take in an object."""
        self.texts.setdefault(number, []).append(text)

    def having(self, name: bytes) -> Iterator[Any]:
        """Yield the objects in whose text a name stands."""
        for number, texts in self.texts.items():
            if any(name in text or (b"#" in text and name in _ESCAPED.sub(_plain, text)) for text in texts):
                yield from self.versions(Ref(number))

    def versions(self, value: Any, turns: int = 8) -> list[Any]:
        """Return what a value is in all versions: itself, or what it refers to."""
        if not isinstance(value, Ref):
            return [] if value is None else [value]
        found = self._parsed.get(value.number)
        if found is None:
            found = self._parsed[value.number] = [parse(text)[0] for text in self.texts.get(value.number, ())]
        if turns and any(isinstance(one, Ref) for one in found):
            return [each for one in found[:turns] for each in self.versions(one, turns // 2)]
        return found

    def whole(self, value: Any) -> int | None:
        """Return the largest whole number a value may be."""
        return max((one for one in self.versions(value) if isinstance(one, int)), default=None)


def scan(content: bytes, objects: Objects) -> Iterator[Stream]:
    """Yield the streams of a file, and take in the objects between them."""
    before = line = looked = 0
    last = -1
    for keyword in _KEYWORD.finditer(content):
        if keyword.end() > line or line == 0:
            ended = _LINE.search(content, keyword.end())
            if not ended:
                break
            line = ended.end()
        if keyword.start() < before or line == last:
            continue
        last = line
        looked = max(before, looked)
        if content.find(b">>", looked, keyword.start()) < 0:
            looked = keyword.start() - 1
            continue  # only a word
        gap = content[before : keyword.start()]
        number, text = _taken(gap, objects)
        about, end = parse(text)
        sure = isinstance(about, dict) and end >= 0 and _REST.fullmatch(text, end) is not None
        close = content.find(b"endstream", line)
        close = len(content) if close < 0 else close
        length = about.get("Length") if isinstance(about, dict) else None
        stated = line + length if isinstance(length, int) else 0
        ends = max(close, min(stated, len(content)))
        before = close
        yield Stream(number, about if isinstance(about, dict) else {}, sure, gap, line, ends)
    _taken(content[before:], objects)


def _taken(gap: bytes, objects: Objects) -> tuple[int, bytes]:
    """Take in the objects of a stretch between streams; return the number and the text of the last."""
    number, start = 0, 0
    for found in _OBJECT.finditer(gap):
        if number:
            objects.add(number, gap[start : found.start()])
        number, start = int(found[1]), found.end()
    text = gap[start:]
    if number:
        objects.add(number, text)
    return number, text
