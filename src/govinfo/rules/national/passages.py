"""The prose of a report as the text rules read it: its title, its opening and its sections, each line with its place.

The rest of a web page (navigation, links to other reports) is no part of the report and is left out.
"""

from __future__ import annotations

import weakref
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

import attrs

from govinfo.documents.model import Paragraph, Place
from govinfo.parsing.reading import Reading
from govinfo.schema import Sections

__all__ = ["NAMES", "Passage", "Prose", "prose_of"]

NAMES = tuple(field.name for field in attrs.fields(Sections))
"""Names of the six sections, in their order."""

_LONGEST_OPENING = 12
"""Paragraphs an opening has at most where nothing says where it begins: the title can stand at the end."""


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

    def at(self, offset: int) -> tuple[Passage, int]:
        """Return the passage a character of `text` belongs to, and where in the passage it stands."""
        i = bisect_right(self._starts, offset) - 1
        return self.passages[i], offset - self._starts[i]


_last: tuple[weakref.ref[Reading], Prose] | None = None


def prose_of(reading: Reading) -> Prose:
    """Return the prose of a reading. That of the reading asked about last is kept: many rules ask in turn."""
    global _last
    kept = _last
    if kept is None or kept[0]() is not reading:
        _last = kept = (weakref.ref(reading), Prose(tuple(_passages(reading))))
    return kept[1]


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
    begin = paragraphs.index(title) + 1 if title in paragraphs else end
    if begin >= end:
        begin = max(0, end - _LONGEST_OPENING)
    # the heading itself and empty lines are no prose
    return [paragraph for paragraph in paragraphs[begin:end] if paragraph.text]
