"""Styles of a Word document, as far as they hide text, raise it or number paragraphs."""

from __future__ import annotations

from typing import Any

import attrs

from govinfo.documents.limits import MAX_STYLES, check_count
from govinfo.documents.word.names import Names, child, marks
from govinfo.text import Text

__all__ = ["NO_STYLE", "Look", "Style", "Styles", "look_of", "numbering_of"]


@attrs.frozen
class Look:
    """What run properties say; None where they say nothing."""

    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None

    def over(self, below: Look) -> Look:
        """Return what holds where these properties are set on top of others."""
        return Look(
            below.hidden if self.hidden is None else self.hidden,
            below.struck if self.struck is None else self.struck,
            below.raised if self.raised is None else self.raised,
        )


_PLAIN = Look()
_LOOKS = ("vanish", "strike", "dstrike", "vertAlign")


def look_of(properties: Any, names: Names) -> Look:
    """Return what a ``w:rPr`` says."""
    hidden: bool | None = None
    struck: bool | None = None
    raised: bool | None = None
    for one in properties:
        tag = one.tag
        if tag == names("vanish"):
            hidden = names.is_on(one)
        elif tag in (names("strike"), names("dstrike")):
            struck = names.is_on(one) or bool(struck)
        elif tag == names("vertAlign"):
            raised = names.value(one) == "superscript"
    return Look(hidden, struck, raised) if (hidden, struck, raised) != (None, None, None) else _PLAIN


@attrs.frozen
class Style:
    """One style with what it inherits."""

    look: Look = _PLAIN
    number: str | None = None
    """Id of the numbering (``numId``)."""
    level: int | None = None
    numbered_by: str = ""
    """Id of the style, this or one it is based on, that has the numbering."""


NO_STYLE = Style()


class Styles:
    """All styles of a document; what one inherits is found when it is asked for."""

    def __init__(self, root: Any, names: Names) -> None:
        """Read ``w:styles``; None: a document without."""
        self._names = names
        self._found: dict[str, Style] = {"": NO_STYLE}
        self._elements: dict[str, Any] = {}
        self._default = ""
        self.for_runs = self.for_paragraphs = False
        """Whether styles of runs, and of whole paragraphs, hide, strike out or raise anything."""
        if root is None:
            return
        kind, identity, default = names("type"), names("styleId"), names("default")
        for one in root.iterchildren(names("style")):
            known = one.get(identity) or ""
            self._elements.setdefault(known, one)
            if one.get(default) in ("1", "true", "on") and one.get(kind) == "paragraph":
                self._default = known
        check_count(len(self._elements), MAX_STYLES, Text("样式", "styles"))
        for one in marks(root, *map(names, _LOOKS)):
            style = one.getparent().getparent()
            if style is not None and style.tag == names("style"):
                if style.get(kind) == "paragraph":
                    self.for_paragraphs = True
                else:
                    self.for_runs = True

    def __getitem__(self, style: str) -> Style:
        if style not in self._found:
            self._resolve(style)
        return self._found.get(style, NO_STYLE)

    @property
    def default(self) -> Style:
        """The style of a paragraph that names none."""
        return self[self._default]

    def _resolve(self, style: str) -> None:
        """Find what a style inherits, without recursion: who it is based on is whatever the file says."""
        names, elements = self._names, self._elements
        chain: dict[str, None] = {}
        while style in elements and style not in self._found and style not in chain:
            chain[style] = None
            based = elements[style].find(names("basedOn"))
            style = names.value(based) if based is not None else ""
        below = self._found.get(style, NO_STYLE)
        for one in reversed(chain):
            below = self._found[one] = _style(one, elements[one], below, names)


def _style(style: str, element: Any, below: Style, names: Names) -> Style:
    runs, paragraph = element.find(names("rPr")), element.find(names("pPr"))
    look = look_of(runs, names).over(below.look) if runs is not None else below.look
    numbering = paragraph.find(names("numPr")) if paragraph is not None else None
    if numbering is None:
        return attrs.evolve(below, look=look)
    number, level = numbering_of(numbering, names)
    if number is None:  # a level alone: the numbering of the style below
        return attrs.evolve(below, look=look, level=level)
    return Style(look, number, level, style)


def numbering_of(properties: Any, names: Names) -> tuple[str | None, int | None]:
    """Return ``numId`` and ``ilvl`` of a ``w:numPr``."""
    number, level = child(properties, names("numId")), child(properties, names("ilvl"))
    return (
        names.value(number) if number is not None else None,
        names.number(level, 0, 8) if level is not None else None,
    )
