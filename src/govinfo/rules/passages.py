"""The prose of a report as the text rules read it: its title, its opening and its sections, each line with its place.

The rest of a web page (navigation, links to other reports) is no part of the report and is left out.
"""

from __future__ import annotations

import re
import weakref
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

import attrs

from govinfo.documents.model import Paragraph, Place
from govinfo.parsing.reading import Reading
from govinfo.rules.phrases import even
from govinfo.schema import Sections
from govinfo.schema.fields import spec_of
from govinfo.text import Text

__all__ = ["NAMES", "PARTS", "Passage", "Prose", "Running", "prose_of", "title_of"]

NAMES = tuple(field.name for field in attrs.fields(Sections))
"""Names of the six sections, in their order."""

PARTS = ("title", "opening", *(f"sections.{name}" for name in NAMES))
"""The parts of a report's prose, in their order."""

_LONGEST_OPENING = 12
"""Paragraphs an opening has at most where nothing says where it begins: the title can stand at the end."""

_TITLES = {"title": Text("标题", "the title"), "opening": Text("正文开头", "the opening")}
_NUMERAL = "一二三四五六七八九十"
_ITEM = rf"(?:[（(]?[{_NUMERAL}\d]{{1,3}}[）)、.．]|第[{_NUMERAL}]{{1,3}}[、,，章节部]|[{_NUMERAL}]是)"
"""How an item of a list, or a heading, begins."""
_MARKS = "#*•·●-—　 "
"""What Markdown and lists put before a line."""
_STOPS = ("。", "!", "?", ":", ";")
_LONGEST_HEADING = 30
_SHORT = 15
"""Characters a line that is a heading without a number has at most."""
_BEGINS = re.compile(_ITEM)
_HEADING = re.compile(
    rf"^(?:{_ITEM}[^\n。:;]{{1,{_LONGEST_HEADING}}}|[^\n。:;,]{{1,{_LONGEST_HEADING}}}$)", re.MULTILINE
)
"""A numbered line as far as its first stop, or a whole line that is short."""


def title_of(part: str) -> Text:
    """Return what a part of the prose is called: 标题, 一、总体情况."""
    if part in _TITLES:
        return _TITLES[part]
    name = part.removeprefix("sections.")
    spec = next((spec_of(field) for field in attrs.fields(Sections) if field.name == name), None)
    return Text(spec.label, f"section {spec.en}") if spec else Text(part, part)


class Passage(NamedTuple):
    """One line of prose."""

    text: str
    path: str
    """``title``, ``opening`` or ``sections.overview`` and so on."""
    at: Place | None

    @property
    def paths(self) -> tuple[str, ...]:
        """The canonical path for a finding; the opening has none."""
        return () if self.path == "opening" else (self.path,)


@attrs.frozen
class Running:
    """A part of the prose with the line breaks gone that only paper makes, in the shape phrases are looked for in."""

    text: str
    """Sentences end in ``。``, ``!``, ``?`` or a line feed."""
    starts: tuple[int, ...]
    places: tuple[Place | None, ...]

    def place(self, offset: int) -> Place | None:
        """Return where a character of `text` is printed."""
        i = bisect_right(self.starts, offset) - 1
        return self.places[i] if i >= 0 else None

    def is_heading(self, offset: int) -> bool:
        """Tell whether a character of `text` stands in a heading."""
        return self.headings[offset : offset + 1] not in ("", "\n")

    @cached_property
    def headings(self) -> str:
        """The same text, every character in its place, with line feeds for all that is no heading."""
        pieces: list[str] = []
        last = 0
        for found in _HEADING.finditer(self.text):
            pieces += ["\n" * (found.start() - last), found[0]]
            last = found.end()
        return "".join(pieces)


@attrs.frozen
class Prose:
    """All passages, and all their text in one piece so that a pattern is looked for once."""

    passages: tuple[Passage, ...]

    @cached_property
    def text(self) -> str:
        """The passages, one per line."""
        return "\n".join(passage.text for passage in self.passages)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [], 0
        for passage in self.passages:
            starts.append(at)
            at += len(passage.text) + 1
        return tuple(starts)

    def running(self, part: str) -> Running:
        """Return one of `PARTS` as running text, empty where the report does not have it."""
        if part not in self._running:
            self._running[part] = _running(passage for passage in self.passages if passage.path == part)
        return self._running[part]

    @cached_property
    def _running(self) -> dict[str, Running]:
        return {}

    def at(self, offset: int) -> tuple[Passage, int]:
        """Return the passage a character of `text` belongs to, and where in the passage it stands."""
        i = bisect_right(self._starts, offset) - 1
        return self.passages[i], offset - self._starts[i]


def _running(passages: Iterable[Passage]) -> Running:
    pieces: list[str] = []
    starts: list[int] = []
    places: list[Place | None] = []
    length, stopped = 0, False
    for passage in passages:
        line = even(passage.text.lstrip(_MARKS))
        if not line:
            continue
        item = _BEGINS.match(line) is not None
        if pieces and (stopped or item):
            pieces.append("\n")
            length += 1
        starts.append(length)
        places.append(passage.at)
        pieces.append(line)
        length += len(line)
        # a heading does not run on to the next line
        heading = len(line) <= _LONGEST_HEADING if item else len(line) <= _SHORT and line.isalnum()
        stopped = line.endswith(_STOPS) or heading
    return Running("".join(pieces), tuple(starts), tuple(places))


_KEPT = 2
"""Readings whose prose is kept: many rules ask in turn, and guests are shown a copy."""
_recent: list[tuple[weakref.ref[Reading], Prose]] = []


def prose_of(reading: Reading) -> Prose:
    """Return the prose of a reading, kept for those asked about last."""
    global _recent
    for kept, prose in _recent:
        if kept() is reading:
            return prose
    prose = Prose(tuple(_passages(reading)))
    _recent = [(weakref.ref(reading), prose), *_recent[: _KEPT - 1]]
    return prose


def _passages(reading: Reading) -> Iterator[Passage]:
    report, origins = reading.report, reading.origins
    blocks = reading.document.blocks if reading.document is not None else ()
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    places = {paragraph.text: paragraph for paragraph in reversed(paragraphs)}
    if report.title:
        yield Passage(report.title, "title", origins.get("title") or places.get(report.title))
    for paragraph in _opening(reading, paragraphs):
        yield Passage(paragraph.text, "opening", paragraph)
    for name in NAMES:
        path = f"sections.{name}"
        for line in (getattr(report.sections, name) or "").split("\n"):
            if text := line.strip():
                yield Passage(text, path, places.get(text) or origins.get(path))


def _opening(reading: Reading, paragraphs: list[Paragraph]) -> list[Paragraph]:
    """Return the paragraphs between the title and the first section."""
    first = next((reading.origins[p] for name in NAMES if (p := f"sections.{name}") in reading.origins), None)
    if first not in paragraphs:
        return []
    end = paragraphs.index(first)
    title = reading.origins.get("title")
    begin = paragraphs.index(title) + 1 if title in paragraphs else end + 1
    if begin > end:
        begin = max(0, end - _LONGEST_OPENING)
    # the heading itself and empty lines are no prose
    return [paragraph for paragraph in paragraphs[begin:end] if paragraph.text]
