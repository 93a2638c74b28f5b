"""Looks a PDF file over before pdfium does: what its pages draw must have an end, for C code cannot be stopped.

Only what ordinary tools write is understood. A file that hides what it does from this look still meets the limits of
the process it is read in: `govinfo check` gives every file of a folder a time limit.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govinfo.documents.limits import MAX_DRAWN, MAX_FORMS, MAX_PAGE_DESCRIPTION, check_count
from govinfo.text import Text

__all__ = ["check_drawing"]

_OBJECT = re.compile(rb"(?<!\d)(\d{1,10})\s+\d{1,5}\s+obj\b")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/FlateDecode|/Fl\b")
_NOT_DRAWN = re.compile(rb"/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)|/Length1\b|/Type\s*/(?:XRef|Metadata)")
"""Pictures and fonts: pdfium unpacks them with limits of its own, or not at all."""
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_RESOURCES = re.compile(rb"/Resources\s+(\d+)\s+\d+\s+R")
_XOBJECT = re.compile(rb"/XObject\s*<<([^<>]*)>>")
_XOBJECT_AT = re.compile(rb"/XObject\s+(\d+)\s+\d+\s+R")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d+)\s+\d+\s+R")
_DRAWS = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
_DICTIONARY = 20_000
"""Bytes of a dictionary before its stream that are looked at."""


class _Object(NamedTuple):
    dictionary: bytes
    stream: bytes
    """Unpacked; empty where the object has none that draws."""


def check_drawing(content: bytes, name: str = "") -> None:
    """Refuse a file whose pages unpack to too much, or draw forms that draw forms without end.

    Raises:
        ReadError: ``too_large``.
    """
    objects = dict(_objects(content, name))
    drawn: dict[int, int] = {}
    for number, one in objects.items():
        if _FORM.search(one.dictionary):
            forms = _times(number, objects, drawn, 0)
            check_count(forms, MAX_FORMS, Text("层层嵌套的图形", "drawings inside drawings"), name)


def _objects(content: bytes, name: str) -> Iterator[tuple[int, _Object]]:
    """Yield every object by number, those packed into streams as well."""
    total = 0
    starts = [(match.end(), int(match[1])) for match in _OBJECT.finditer(content)]
    for index, (start, number) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else len(content)
        match = _STREAM.search(content, start, min(end, start + _DICTIONARY))
        dictionary = content[start : match.start() if match else min(end, start + _DICTIONARY)]
        stream = b""
        if match and not _NOT_DRAWN.search(dictionary):
            stream = _unpacked(content, match.end(), end, dictionary)
            what = Text("字节的页面描述", "bytes of one page's description")
            check_count(len(stream), MAX_PAGE_DESCRIPTION, what, name)
            total += len(stream)
            check_count(total, MAX_DRAWN, Text("字节的页面描述", "bytes of descriptions of pages"), name)
        if _PACKED.search(dictionary):
            yield from _inside(stream)
        yield number, _Object(dictionary, stream)


def _unpacked(content: bytes, start: int, end: int, dictionary: bytes) -> bytes:
    """Unpack a stream, to one byte above the limit at most."""
    data: bytes = content[start:end]
    for _ in _FLATE.findall(dictionary):
        try:
            data = zlib.decompressobj().decompress(data, MAX_PAGE_DESCRIPTION + 1)
        except zlib.error:  # encrypted, damaged, or packed otherwise
            return data[: MAX_PAGE_DESCRIPTION + 1]
    return data


def _inside(stream: bytes) -> Iterator[tuple[int, _Object]]:
    """Yield the objects a stream of objects holds, as one text each begins: enough to find names in."""
    head = re.match(rb"\s*((?:\d+\s+\d+\s+)+)", stream[:100_000])
    if head is None:
        return
    numbers = [int(word) for word in head[1].split()]
    places = sorted(zip(numbers[1::2], numbers[::2], strict=False))
    for index, (place, number) in enumerate(places):
        end = places[index + 1][0] if index + 1 < len(places) else len(stream)
        yield number, _Object(stream[head.end() + place : head.end() + end][:_DICTIONARY], b"")


def _times(number: int, objects: Mapping[int, _Object], drawn: dict[int, int], depth: int) -> int:
    """Return how many forms are drawn to draw one; more than the limit where it comes back to itself."""
    if number in drawn:
        return drawn[number]
    one = objects.get(number)
    if one is None or not _FORM.search(one.dictionary):
        return 0
    if depth > _DEEPEST:
        return MAX_FORMS + 1
    drawn[number] = MAX_FORMS + 1  # while it is being counted: whoever meets it again goes round in a circle
    named = _forms(one, objects)
    times = 1
    for name in _DRAWS.findall(one.stream):
        times += _times(named[name], objects, drawn, depth + 1) if name in named else 0
        if times > MAX_FORMS:
            break
    drawn[number] = times
    return times


_DEEPEST = 60
"""Forms inside each other."""


def _forms(one: _Object, objects: Mapping[int, _Object]) -> dict[bytes, int]:
    """Return the numbers of what a form may draw, by the names it uses."""
    text = one.dictionary
    if (at := _RESOURCES.search(text)) and int(at[1]) in objects:
        text = objects[int(at[1])].dictionary
    listed = _XOBJECT.search(text)
    if listed is None and (at := _XOBJECT_AT.search(text)) and int(at[1]) in objects:
        return {name: int(number) for name, number in _NAMED.findall(objects[int(at[1])].dictionary)}
    return {name: int(number) for name, number in _NAMED.findall(listed[1])} if listed else {}
