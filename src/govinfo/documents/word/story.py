"""The main text of a Word document → nested paragraphs and tables, as its tree has them.

The tree is walked once, without recursion: how deep things are inside each other is whatever the file says.
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from lxml import etree

from govinfo.documents.limits import MAX_CELLS, MAX_LINES, MAX_NESTED_TABLES, check_count
from govinfo.documents.word.accepted import Accepted
from govinfo.documents.word.names import MATH_TEXT, Names, child, marks
from govinfo.documents.word.numbering import Numbering
from govinfo.documents.word.properties import Properties
from govinfo.documents.word.symbols import symbol
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Chunk", "RawBlock", "RawCell", "RawRow", "RawTable", "Story"]

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WIDEST = 2048
"""Columns of a grid whose widths are read."""
_WHITE = " \t\r\n"
_TEXT_OF = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class RawCell:
    """A cell as it is written, merged or not."""

    __slots__ = ("across", "blocks", "down", "span")

    def __init__(self) -> None:
        self.blocks: list[RawBlock] = []
        self.span = 1
        """Columns of the grid."""
        self.down = ""
        """``restart`` or ``continue`` where it is merged with cells in other rows."""
        self.across = False
        """It goes on with the cell before it (``w:hMerge``)."""


class RawRow:
    """A row as it is written."""

    __slots__ = ("before", "cells", "hidden")

    def __init__(self) -> None:
        self.cells: list[RawCell] = []
        self.before = 0
        """Columns of the grid left free before the first cell."""
        self.hidden = False
        """It is not shown where all its text is hidden."""


class RawTable:
    """A table as it is written."""

    __slots__ = ("rows", "widths")

    def __init__(self) -> None:
        self.rows: list[RawRow] = []
        self.widths: list[int] = []
        """Of the columns of the grid, in twentieths of a point; what the file says, which may be nothing."""


class Chunk:
    """A document of another format inserted whole (``w:altChunk``)."""

    __slots__ = ("relation",)

    def __init__(self, relation: str) -> None:
        self.relation = relation


RawBlock = str | RawTable | Chunk
"""A paragraph with its automatic number, a table, or an inserted document."""


class _Paragraph:
    """A paragraph that is being read."""

    __slots__ = ("after", "joined", "label", "parts")

    def __init__(self, label: str, joined: bool) -> None:
        self.label = label
        self.joined = joined
        self.parts: list[str] = []
        self.after: list[RawBlock] = []
        """What stands in its text boxes."""


class _Place:
    """What holds paragraphs: the body, a cell, a text box."""

    __slots__ = ("begun", "blocks")

    def __init__(self, blocks: list[RawBlock]) -> None:
        self.blocks = blocks
        self.begun: list[str] = []
        """Text of paragraphs whose end is not there."""

    def close(self) -> None:
        if any(self.begun):
            self.blocks.append("".join(self.begun))
        self.begun = []


class Story:
    """Reads the body of one document."""

    def __init__(self, names: Names, numbering: Numbering, accepted: Accepted, name: str) -> None:
        """Take what was found in other parts; ``name`` is the file, for messages."""
        self._names, self._numbering, self._accepted, self._name = names, numbering, accepted, name
        self._kinds = {names(kind): kind for kind in _KINDS} | dict.fromkeys(MATH_TEXT, "t")
        self._texts = (names("t"), *MATH_TEXT)
        self._involved: set[Any] = set()
        self._preserved = False
        self._cells = self._lines = self._tables = 0

    def read(self, body: Any) -> list[RawBlock]:
        """Return the blocks of a body.

        Raises:
            ReadError: ``too_large``, ``too_deep``.
        """
        kinds = self._kinds
        fields = _matched_fields(body, self._names)
        self._involved = _involved(body, self._names)
        self._properties = Properties(body, self._names, styles=bool(self._numbering))
        self._preserved = body.getroottree().getroot().get(_SPACE) == "preserve"
        base = _Place([])
        stack: list[tuple[Any, Any]] = [(body, base)]  # the element, and what is made of it
        unseen = 0  # instructions of fields and hints of empty controls around here
        results: list[bool] = []  # for each field around here, whether its result has begun
        walk = etree.iterwalk(body, events=("start", "end"), tag=tuple(kinds))
        for event, element in walk:
            kind = kinds[element.tag]
            top = stack[-1][1]
            if event == "end":
                if kind == "sdt":
                    unseen -= _is_hint(element, self._names)
                elif stack[-1][0] is element:
                    stack.pop()
                    self._end(top, stack[-1][1])
            elif kind == "t":
                if not unseen and type(top) is _Paragraph and element.text:
                    top.parts.append(self._text(element))
            elif kind in _TEXT_OF:
                if not unseen and type(top) is _Paragraph:
                    top.parts.append(_TEXT_OF[kind])
            elif kind == "pPr":
                walk.skip_subtree()  # its tab stops are no tabs
            elif kind == "sdt":
                unseen += _is_hint(element, self._names)
            elif kind == "fldChar":
                if element in fields:
                    state = element.get(self._names("fldCharType"))
                    if state == "begin":
                        results.append(False)
                        unseen += 1
                    elif results and not results[-1] and state in ("separate", "end"):
                        results[-1] = True
                        unseen -= 1
                    if state == "end" and results:
                        results.pop()
            elif kind == "sym":
                if not unseen and type(top) is _Paragraph:
                    font, code = element.get(self._names("font")) or "", element.get(self._names("char")) or ""
                    top.parts.append(symbol(font, code))
            elif (made := self._begin(kind, element, top)) is not None:
                stack.append((element, made))
                if kind == "p" and element not in self._involved:  # nearly all: text and nothing else
                    walk.skip_subtree()
                    if not unseen:
                        made.parts = self._plain(element)
        base.close()
        return base.blocks

    def _begin(self, kind: str, element: Any, top: Any) -> Any:
        """Return what is made of an element, None where it has no place here."""
        if type(top) is _Place:
            if kind == "p":
                return self._paragraph(element)
            if kind == "tbl":
                return self._table(element, top)
            if kind == "altChunk":
                top.close()
                top.blocks.append(Chunk(next((v for k, v in element.attrib.items() if k.endswith("}id")), "")))
        elif type(top) is _Paragraph:
            if kind == "txbxContent":
                return _Place(top.after)
        elif type(top) is RawTable:
            if kind == "tr":
                return self._row(element, top)
        elif type(top) is RawRow and kind == "tc":
            return self._cell(element, top)
        return None

    def _end(self, made: Any, around: Any) -> None:
        if type(made) is _Paragraph:
            around.begun += made.parts
            if not made.joined:
                around.blocks.append(made.label + "".join(around.begun))
                around.begun = []
            around.blocks += made.after
        elif type(made) is _Place:
            made.close()
        elif type(made) is RawTable:
            self._tables -= 1

    def _count_line(self) -> None:
        self._lines += 1
        if self._lines > MAX_LINES:
            check_count(self._lines, MAX_LINES, Text("段落", "paragraphs"), self._name)

    def _plain(self, paragraph: Any) -> list[str]:
        """Return the texts of a paragraph that holds nothing else."""
        texts: list[str] = list(paragraph.itertext(*self._texts, with_tail=False))
        if all(text.strip(_WHITE) == text for text in texts):
            return texts
        return [self._text(one) for one in paragraph.iter(*self._texts) if one.text]

    def _text(self, element: Any) -> str:
        """Return the text of a ``w:t``; white space at its ends counts only where it says so."""
        text: str = element.text
        if (text[0] in _WHITE or text[-1] in _WHITE) and not self._preserved and element.get(_SPACE) != "preserve":
            text = text.strip(_WHITE)
        return text.replace("\n", " ").replace("\r", " ") if "\n" in text or "\r" in text else text

    def _paragraph(self, element: Any) -> _Paragraph:
        self._count_line()
        if element in self._accepted.joined or self._properties.is_drop_cap(element):
            return _Paragraph("", True)
        if self._numbering:
            label = self._numbering.label(*self._properties.numbering(element))
        else:
            label = self._properties.listed(element)
        return _Paragraph("" if element in self._accepted.unlabelled else label, False)

    def _table(self, element: Any, place: _Place) -> RawTable:
        place.close()
        self._count_line()
        self._tables += 1
        if self._tables > MAX_NESTED_TABLES:
            deep = Text("表格嵌套超过 {limit} 层，未读取", "tables nested more than {limit} deep: not read")
            raise ReadError("too_deep", deep.fill(limit=MAX_NESTED_TABLES), self._name)
        table = RawTable()
        width = self._names("w")
        grid = child(element, self._names("tblGrid"))
        for column in islice(grid, _WIDEST) if grid is not None else ():
            value = column.get(width) or ""
            table.widths.append(int(value) if value.isascii() and value.isdigit() and len(value) < 7 else 0)
        place.blocks.append(table)
        return table

    def _row(self, element: Any, table: RawTable) -> RawRow:
        self._count_line()
        row = RawRow()
        table.rows.append(row)
        row.before, row.hidden = self._properties.before(element), self._properties.is_hidden(element)
        return row

    def _cell(self, element: Any, row: RawRow) -> _Place:
        self._cells += 1
        if self._cells > MAX_CELLS:
            check_count(self._cells, MAX_CELLS, Text("单元格", "cells"), self._name)
        cell = RawCell()
        row.cells.append(cell)
        cell.span, cell.down, cell.across = self._properties.merged(element)
        return _Place(cell.blocks)


_INVOLVED = ("sdt", "fldChar", "sym", "txbxContent", *_TEXT_OF)
_KINDS = ("p", "t", "tbl", "tr", "tc", "pPr", "altChunk", *_INVOLVED)


def _involved(body: Any, names: Names) -> set[Any]:
    """Return the elements around anything in a paragraph that is more than its text."""
    found: set[Any] = set()
    for one in marks(body, *map(names, _INVOLVED)):
        while one is not None and one not in found:
            found.add(one)
            one = one.getparent()
    return found


def _is_hint(control: Any, names: Names) -> bool:
    """Tell whether a content control holds nothing but the hint that it be filled in."""
    properties = child(control, names("sdtPr"))
    hint = properties.find(names("showingPlcHdr")) if properties is not None else None
    return hint is not None and names.is_on(hint)


def _matched_fields(body: Any, names: Names) -> set[Any]:
    """Return the marks of the fields that begin and end: one that never ends would hide the rest of the document."""
    open_fields: list[list[Any]] = []
    matched: set[Any] = set()
    for mark in marks(body, names("fldChar")):
        state = mark.get(names("fldCharType"))
        if state == "begin":
            open_fields.append([mark])
        elif open_fields:
            open_fields[-1].append(mark)
            if state == "end":
                matched.update(open_fields.pop())
    return matched
