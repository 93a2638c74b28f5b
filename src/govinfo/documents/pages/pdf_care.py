"""Looks at the bytes of a PDF file before pdfium gets it, and refuses what would cost pdfium all memory or time.

pdfium takes in the whole content of a page, and of all drawings in it, before anything can be counted. So every stream
is unpacked here as far as a limit, and what each page would draw is added up, drawings inside drawings as often as they
are drawn. What the file may hide is counted as if it were shown: all versions of an object, streams without
reference, streams with errors. A stream that says it is a picture is let pass if it neither looks like operators nor is
called the content of something.

The streams of an encrypted file cannot be unpacked here. pdfium opens one that asks for no password; `pdf` has it write
the file anew without encryption then, for which no page is read, and looks at that (`is_encrypted`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from govinfo.documents.limits import (
    MAX_DRAWN,
    MAX_DRAWN_ALL,
    MAX_DRAWN_NESTED,
    MAX_INFLATED,
    MAX_INFLATED_ALL,
    MAX_LOCKED,
    MAX_LZW,
    MAX_STREAMS,
    check_count,
)
from govinfo.documents.pages.pdf_bytes import Objects, Ref, Stream, parse, scan
from govinfo.documents.pages.pdf_filters import Overrun, base85, hexed, inflated, lzw, run_length
from govinfo.text import Text

__all__ = ["check_pdf"]

_BYTES = Text("展开后的字节", "bytes when unpacked")
_MARKS = Text("图文对象", "marks on pages")
_NESTED = Text("层层嵌套的图形", "drawings inside each other")
_SAMPLE = 4096
_STEPS = 300_000
"""Drawings looked at; each is looked at once for every page with resources of its own."""
_VERSIONS = 100
"""Of an object: a file that was changed and saved again has a few."""
_LISTED = 2_000_000
"""Names and references that pages list, those of a shared list for each page."""
_FILTERS = {
    "FlateDecode": "Fl",
    "LZWDecode": "LZW",
    "ASCII85Decode": "A85",
    "ASCIIHexDecode": "AHx",
    "RunLengthDecode": "RL",
}
_SHORT = frozenset(_FILTERS.values())
_ANY_FILTER = re.compile(rb"/(FlateDecode|LZWDecode|ASCII85Decode|ASCIIHexDecode|RunLengthDecode|Fl|LZW|A85|AHx|RL)\b")
_EARLY = re.compile(rb"/EarlyChange\s*0")
_GAP = rb"(?:[\s\0]{1,80}+|%[^\r\n]{0,80}+[\r\n]){0,8}+"
_DO = re.compile(rb"(/[^\s\0()<>\[\]{}/%]*+|[)>])" + _GAP + rb"Do(?![^\s\0()<>\[\]{}/%])")
_PAINT = re.compile(rb"(?<![^\s\0()<>\[\]{}%])(?:[fFBb]\*?|[sS]|T[jJ]|['\"]|Do|sh|EI)(?![^\s\0()<>\[\]{}/%])")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*+|<[0-9A-Fa-f\s]*+>", re.DOTALL)
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_OPERATORS = re.compile(rb"[\s\x20-\x7e]+")


def check_pdf(content: bytes, name: str = "") -> bool:
    """Look at a PDF file before it is given to pdfium.

    Args:
        content: the file.
        name: what to call it in messages.

    Returns:
        Whether the file is encrypted, so that little could be seen.

    Raises:
        ReadError: ``too_large``.
    """
    file = _File(content, name)
    for exact in (False, True):
        drawings = _Drawings(file, exact)
        if drawings.pages() and drawings.others():
            return file.encrypted
    return file.encrypted


class _File:
    """The streams of a file, unpacked."""

    def __init__(self, content: bytes, name: str) -> None:
        self.content, self.name = content, name
        self.objects = Objects()
        self.spare = len(content) + 65536
        self.size = self.lzw = self.listed = 0
        self.streams: dict[int, list[Stream]] = {}
        self.unpacked: dict[int, list[bytes]] = {}
        streams: list[Stream] = []
        for stream in scan(content, self.objects):
            streams.append(stream)
            check_count(len(streams), MAX_STREAMS, Text("数据流", "streams"), name)
        self.encrypted = b"/Encrypt" in content
        rest = [stream for stream in streams if not self._holds_objects(stream)]
        versions = max(map(len, self.objects.texts.values()), default=0)
        check_count(versions, _VERSIONS, Text("同一对象的版本", "versions of one object"), name)
        called = self._called()
        for stream in rest:
            self._take(stream, stream.number in called)

    def _holds_objects(self, stream: Stream) -> bool:
        """Take in the objects a stream holds, if it does."""
        if stream.about.get("Type") != "ObjStm" and b"ObjStm" not in stream.before:
            return False
        if self.encrypted:
            self.lzw += stream.end - stream.start
            check_count(self.lzw, MAX_LOCKED, Text("加密的对象数据字节", "bytes of encrypted objects"), self.name)
            return True
        text = self._add(self._unpack(stream))
        first = self.objects.whole(stream.about.get("First")) or 0
        numbers = [int(one) for one in re.findall(rb"\d{1,10}", text[:first])]
        places = sorted(zip(numbers[1::2], numbers[::2], strict=False))
        for (place, number), (end, _) in zip(places, [*places[1:], (len(text), 0)], strict=False):
            self.objects.add(number, text[first + place : first + end])
        return False

    def _called(self) -> set[int]:
        """Return the numbers of the streams that are the content of something, whatever they say they are."""
        found: set[int] = set()
        for one in self.objects.having(b"Contents"):
            found.update(self.contents(one))
        for one in self.objects.having(b"CharProcs"):
            for glyphs in self.objects.versions(one.get("CharProcs") if isinstance(one, dict) else None):
                if isinstance(glyphs, dict):
                    self.listing(len(glyphs))
                    found.update(value.number for value in glyphs.values() if isinstance(value, Ref))
        return found

    def listing(self, count: int) -> None:
        """Count what is listed somewhere."""
        self.listed += count
        check_count(self.listed, _LISTED, Text("引用", "references"), self.name)

    def contents(self, page: Any) -> list[int]:
        """Return the numbers of the streams a page shows, each as often as it shows it."""
        value = page.get("Contents") if isinstance(page, dict) else None
        found: list[int] = []
        for one in [value, *self.objects.versions(value)]:
            for each in one if isinstance(one, list) else [one]:
                found += [each.number] if isinstance(each, Ref) else []
        self.listing(len(found))
        return found

    def _take(self, stream: Stream, called: bool) -> None:
        if stream.about.get("Subtype") == "Image" and stream.sure and not called:
            sample = self._unpack(stream, _SAMPLE)[:_SAMPLE]
            if not sample or sum(map(len, _OPERATORS.findall(sample))) < 0.9 * len(sample):
                return
        text = self._add(self._unpack(stream))
        self.streams.setdefault(stream.number, []).append(stream)
        self.unpacked.setdefault(stream.number, []).append(text)

    def _add(self, text: bytes) -> bytes:
        check_count(len(text), MAX_INFLATED, _BYTES, self.name)
        self.size += len(text)
        check_count(self.size, MAX_INFLATED_ALL, _BYTES, self.name)
        return text

    def _unpack(self, stream: Stream, limit: int = MAX_INFLATED) -> bytes:
        data, start, end = self.content, stream.start, stream.end
        for index, kind in enumerate(self._filters(stream)):
            if kind == "Fl":
                try:
                    data, used = inflated(data, start, end, limit, self.spare if index == 0 else len(data))
                except Overrun:
                    check_count(2 * len(self.content), len(self.content), _BYTES, self.name)
                    raise
                self.spare -= used if index == 0 else 0
            else:
                part = data[start : min(end, start + 16 * limit)]
                if kind == "LZW":
                    part = part[:limit]
                    self.lzw += len(part)
                    check_count(self.lzw, MAX_LZW, Text("LZW 压缩数据字节", "bytes packed with LZW"), self.name)
                    data = lzw(part, limit, not _EARLY.search(stream.before))
                elif kind == "RL":
                    data = run_length(part, limit)
                else:
                    data = hexed(part) if kind == "AHx" else base85(part)
            start, end = 0, len(data)
            if len(data) > limit:
                break
        return data[start : min(end, start + limit + 1)]

    def _filters(self, stream: Stream) -> list[str]:
        if not stream.sure:
            return [_short(found.decode()) for found in _ANY_FILTER.findall(stream.before)]
        names: list[str] = []
        for one in self.objects.versions(stream.about.get("Filter"))[:1]:
            for each in one if isinstance(one, list) else [one]:
                names += [kind for kind in self.objects.versions(each)[:1] if isinstance(kind, str)]
        kinds: list[str] = []
        for kind in map(_short, names):
            if kind not in _SHORT:
                break  # a picture's: pdfium stops here, too
            kinds.append(kind)
        return kinds


def _short(name: str) -> str:
    return _FILTERS.get(name, name)


def _is_drawn(stream: Stream) -> bool:
    """Tell whether a stream is a form or a pattern, and no font or other data."""
    about = stream.about
    return (
        about.get("Subtype") == "Form"
        or "Resources" in about
        or "PatternType" in about
        or (not stream.sure and b"/Form" in stream.before)
    )


_Names = dict[str, tuple[int, ...]]
"""Which streams a name may stand for."""


class _Drawings:
    """What the pages of a file draw, drawings inside drawings included.

    A mark costs four, a character one, and sixteen bytes one; if that is not to be ``exact``, each byte one, which is
    more but quickly told.
    """

    def __init__(self, file: _File, exact: bool) -> None:
        self.file, self.exact = file, exact
        self.sum = self.steps = 0
        self._known: dict[tuple[int, int, int], int] = {}
        self._names: dict[tuple[Any, ...], _Names] = {}
        self._own: dict[int, list[_Names | None]] = {}
        self._does: dict[tuple[int, int], tuple[int, Counter[str], int]] = {}
        self._under: set[int] = set()
        self._deep = 0

    def pages(self) -> bool:
        """Add up the pages; tell whether they pass, which inexactly they may not."""
        for page in self.file.objects.having(b"Contents"):
            shown = self.file.contents(page)
            if not shown:
                continue
            names = self._resources(page)
            cost = 0
            for number, times in Counter(shown).items():
                cost += times * self._cost(number, names, names)
            self.sum += cost
            if not self._passes(cost, MAX_DRAWN) or not self._passes(self.sum, MAX_DRAWN_ALL):
                return False
        return True

    def others(self) -> bool:
        """Look at each form and each character of a drawn font by itself."""
        fonts: list[tuple[int, _Names]] = []
        for font in self.file.objects.having(b"CharProcs"):
            if isinstance(font, dict):
                names = self._resources(font)
                for glyphs in self.file.objects.versions(font.get("CharProcs")):
                    if isinstance(glyphs, dict):
                        self.file.listing(len(glyphs))
                        fonts += [(value.number, names) for value in glyphs.values() if isinstance(value, Ref)]
        none = self._interned({})
        forms = [(number, none) for number, streams in self.file.streams.items() if any(map(_is_drawn, streams))]
        return all(self._passes(self._cost(number, names, names), MAX_DRAWN) for number, names in [*fonts, *forms])

    def _passes(self, cost: int, limit: int) -> bool:
        if self.exact:
            check_count(cost, limit, _MARKS, self.file.name)
        return cost <= limit

    def _cost(self, number: int, given: _Names, page: _Names) -> int:
        """Return what a stream costs, drawn with the resources of who draws it and of the page."""
        texts = self.file.unpacked.get(number)
        if not texts:
            return 4
        key = number, id(given), id(page)
        if key in self._known:
            return self._known[key]
        self.steps += 1
        check_count(self.steps, _STEPS, _NESTED, self.file.name)
        limit = MAX_DRAWN_NESTED
        check_count(limit + 1 if number in self._under else len(self._under), limit, _NESTED, self.file.name)
        self._under.add(number)
        cost = 0
        for version, own in enumerate(self._owned(number)):
            names = given if own is None else own
            alone, does, nameless = self._seen(number, version)
            sum_ = alone
            for name, times in does.items():
                drawn = names.get(name) or page.get(name, ())
                sum_ += times * max((self._cost(one, names, page) for one in drawn), default=1)
            if nameless:
                every = {one for drawn in (*names.values(), *page.values()) for one in drawn}
                sum_ += nameless * max((self._cost(one, names, page) for one in every), default=1)
            cost = max(cost, sum_)
        self._under.discard(number)
        self._known[key] = cost
        return cost

    def _owned(self, number: int) -> list[_Names | None]:
        """Return the resources of each version of a stream; None: it has none of its own."""
        if number not in self._own:
            self._own[number] = [
                self._resources(stream.about) if "Resources" in stream.about else None
                for stream in self.file.streams[number]
            ]
        return self._own[number]

    def _seen(self, number: int, version: int) -> tuple[int, Counter[str], int]:
        """Return what a stream costs by itself, what it draws by name, and how often something else."""
        key = number, version
        if key not in self._does:
            text = self.file.unpacked[number][version]
            does: Counter[str] = Counter()
            nameless = 0
            for name in _DO.findall(text) if b"Do" in text else ():
                if name[:1] == b"/":
                    plain = _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), name[1:])
                    does[plain.decode("latin-1")] += 1
                else:
                    nameless += 1
            cost = len(text)
            if self.exact:
                marks = sum(1 for _ in _PAINT.finditer(text))
                cost = 4 * marks + sum(len(found[0]) for found in _STRING.finditer(text)) + len(text) // 16
            self._does[key] = cost, does, nameless
        return self._does[key]

    def _resources(self, about: Any) -> _Names:
        """Return the drawings a page or a stream has names for, from its parents if it has none."""
        objects = self.file.objects
        names: dict[str, set[int]] = {}
        for _ in range(50):
            if not isinstance(about, dict) or "Resources" in about:
                break
            about = next(iter(objects.versions(about.get("Parent"))), None)
        for resources in objects.versions(about.get("Resources")) if isinstance(about, dict) else ():
            for drawings in objects.versions(resources.get("XObject") if isinstance(resources, dict) else None):
                self.file.listing(len(drawings) if isinstance(drawings, dict) else 0)
                for name, value in drawings.items() if isinstance(drawings, dict) else ():
                    if isinstance(value, Ref):
                        names.setdefault(name, set()).update(self._targets(value))
        return self._interned(names)

    def _targets(self, value: Ref) -> Iterable[int]:
        """Return the number of what is referred to, and of what that refers to."""
        yield value.number
        for text in self.file.objects.texts.get(value.number, ()):
            if len(text) < 100 and isinstance(further := parse(text)[0], Ref):
                yield further.number

    def _interned(self, names: dict[str, set[int]]) -> _Names:
        found = {name: tuple(sorted(numbers)) for name, numbers in sorted(names.items())}
        return self._names.setdefault(tuple(found.items()), found)
