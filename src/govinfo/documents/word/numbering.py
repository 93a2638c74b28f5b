"""Automatic numbers: what stands before a heading or a row's label though nobody typed it."""

from __future__ import annotations

import re
from typing import Any

import attrs

from govinfo.documents.limits import MAX_STYLES, check_count
from govinfo.documents.word.names import ALTERNATE, Names
from govinfo.documents.word.numerals import numeral
from govinfo.documents.word.styles import Look, Style, Styles, look_of
from govinfo.text import Text

__all__ = ["Numbering"]

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_LONGEST = 60
"""Characters of what stands around a number: more is no number."""
_CLOSES = "、．.，,：:）)】〕］] \u3000"


@attrs.define
class _Level:
    """One level of a list as it is defined."""

    start: int = 0
    """Nought where the file says nothing, as in the standard."""
    form: str = "decimal"
    text: str = ""
    pad: int = 0
    """Digits at least, for a custom format such as ``001``."""
    restart: int | None = None
    """The level, from 1, whose next number lets this one begin again; 0: none does."""
    style: str = ""
    """Id of the style whose paragraphs are numbered on this level."""
    arabic: bool = False
    """All numbers in Arabic digits (``isLgl``)."""
    shown: bool = True

    def written(self, number: int, arabic: bool) -> str:
        form = "decimal" if arabic and self.form != "none" else self.form
        return "" if form in ("none", "bullet") else numeral(number, form).rjust(self.pad, "0")


@attrs.define
class _List:
    """A list as it is used: a definition, and where it differs."""

    levels: dict[int, _Level]
    counters: list[int | None]
    """The last number of each level; shared by all lists of one definition."""
    starts: dict[int, int]
    """Levels that begin with another number here, until they have."""


class Numbering:
    """All lists of a document and how far each has counted."""

    def __init__(self, root: Any, names: Names, styles: Styles) -> None:
        """Read ``w:numbering``; None: a document without automatic numbers."""
        self._styles = styles
        self._lists: dict[str, _List] = {}
        if root is not None:
            self._read(root, names)

    def _read(self, root: Any, names: Names) -> None:
        definitions: dict[str, Any] = {}
        by_style: dict[str, Any] = {}
        uses: list[Any] = []
        for one in root:
            if one.tag == names("abstractNum"):
                definitions.setdefault(one.get(names("abstractNumId")) or "", one)
                linked = one.find(names("styleLink"))
                if linked is not None:
                    by_style.setdefault(names.value(linked), one)
            elif one.tag == names("num"):
                uses.append(one)
        check_count(len(uses), MAX_STYLES, Text("列表", "lists"))
        levels: dict[Any, dict[int, _Level]] = {}
        counters: dict[Any, list[int | None]] = {}
        for one in uses:
            named = one.find(names("abstractNumId"))
            definition = definitions.get(names.value(named)) if named is not None else None
            if definition is None:
                continue
            elsewhere = definition.find(names("numStyleLink"))
            if elsewhere is not None:
                definition = by_style.get(names.value(elsewhere), definition)
            if definition not in levels:
                levels[definition] = _levels(definition.iterchildren(names("lvl")), names)
                counters[definition] = [None] * _LEVELS
            found = _List(levels[definition], counters[definition], {})
            for override in one.iterchildren(names("lvlOverride")):
                level = _index(override, names)
                start = override.find(names("startOverride"))
                if start is not None and (first := names.number(start)) is not None:
                    found.starts[level] = first
                other = _levels(override.iterchildren(names("lvl")), names)
                if other:
                    found.levels = {**found.levels, level: next(iter(other.values()))}
            self._lists.setdefault(one.get(names("numId")) or "", found)

    def __bool__(self) -> bool:
        return bool(self._lists)

    def label(self, style_id: str | None, number: str | None, level: int | None) -> str:
        """Count one paragraph and return what stands before its text, empty where nothing does.

        Args:
            style_id: of the paragraph, None if it names none.
            number: ``numId`` of the paragraph itself.
            level: ``ilvl`` of the paragraph itself.
        """
        style: Style = self._styles.default if style_id is None else self._styles[style_id]
        known = self._lists.get(number if number is not None else style.number or "")
        if known is None:
            return ""
        if level is None:
            level = style.level if number is None else 0
            if number is None:
                linked = (at for at, one in known.levels.items() if one.style and one.style == style.numbered_by)
                level = next(linked, level or 0)
        return _count(known, level or 0)


def _count(known: _List, at: int) -> str:
    level = known.levels.get(at)
    if level is None:
        return ""
    counters = known.counters
    last = counters[at]
    counters[at] = known.starts.pop(at, level.start if last is None else last + 1)
    for above in range(at):
        if counters[above] is None:
            one = known.levels.get(above)
            counters[above] = one.start if one else 1
    for below in range(at + 1, _LEVELS):
        one = known.levels.get(below)
        restart = below if one is None or one.restart is None else one.restart
        if at < restart:
            counters[below] = None
    if not level.shown:
        return ""

    def number(found: re.Match[str]) -> str:
        index = int(found[1]) - 1
        value = counters[index]
        one = known.levels.get(index)
        return one.written(value, level.arabic) if one and value is not None and index <= at else ""

    text = _PLACE.sub(number, level.text, count=_LEVELS) if level.form != "bullet" else ""
    return text if not text or text[-1] in _CLOSES or not text[-1].isalnum() else text + " "


def _levels(elements: Any, names: Names) -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for one in elements:
        found.setdefault(_index(one, names), _level(one, names))
    return found


def _index(element: Any, names: Names) -> int:
    value = element.get(names("ilvl")) or ""
    return int(value) if value in tuple("012345678") else 0


def _level(element: Any, names: Names) -> _Level:
    found = _Level()
    for one in element:
        if one.tag == f"{ALTERNATE}AlternateContent":  # a custom format, which old programs do not know
            one = next(iter(one.iter(names("numFmt"))), one)
        tag = one.tag
        if tag == names("start"):
            number = names.number(one)
            found.start = found.start if number is None else number
        elif tag in (names("numFmt"), names("nfc")):
            found.form = names.value(one)
            custom = (one.get(names("format")) or "").split(",")[0].strip()
            if found.form == "custom":
                found.form, found.pad = "decimal", len(custom) if custom.isdigit() else 0
        elif tag == names("lvlText"):
            found.text = names.value(one)[:_LONGEST]
        elif tag == names("lvlRestart"):
            found.restart = names.number(one)
        elif tag == names("pStyle"):
            found.style = names.value(one)
        elif tag == names("isLgl"):
            found.arabic = names.is_on(one)
        elif tag == names("rPr"):
            look: Look = look_of(one, names)
            found.shown = not (look.hidden or look.struck)
    return found
