"""A document as it was published: paragraphs and tables, each with its place in the file.

A `Document` knows nothing about the form. It is what every reader makes and what the parser reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

import attrs

from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Block", "Cell", "Document", "Member", "Paragraph", "Place", "Problem", "Table"]

# Cells and paragraphs are named tuples, not attrs classes: a page has hundreds and making them costs a third as much.


class Paragraph(NamedTuple):
    """One paragraph, or one line of a text file, blank ones included."""

    text: str
    """White space at both ends removed, otherwise as printed."""
    line: int
    """Line in the file, from 1; what else it may count: `Document.numbering`. Never less than in a block before."""
    column: int = 1
    """Character in the line, from 1."""
    indent: int = 0
    """White-space characters before the text: in text files an indented blank line can be an empty cell."""
    page: int = 0
    """Page, from 1; 0 where the format has none."""


class Cell(NamedTuple):
    """One cell of a table, where it begins."""

    text: str
    line: int
    column: int = 1
    table: int = 0
    """Number of the table in the document, from 1."""
    row: int = 0
    """Row in the table, from 1."""
    col: int = 0
    """Column in the table's grid, from 1, merged cells spread out."""
    rowspan: int = 1
    colspan: int = 1
    page: int = 0


Place = Paragraph | Cell
"""Where something stands in the document."""


@attrs.frozen
class Table:
    """A table. Cells covered by a merged cell do not stand in ``rows``."""

    number: int
    """From 1, in the order of the document."""
    line: int
    rows: tuple[tuple[Cell, ...], ...]
    layout: str = "markup"
    """``markup``: columns are exact. ``tabs``, ``pipes``: rows are exact, columns may have shifted.
    ``spaces``: as in text from PDF, cells are parted by spaces only.
    ``cells``: one long row of cells whose row ends are unknown."""


Block = Paragraph | Table


@attrs.frozen
class Problem:
    """Something that went wrong, or was decided with doubt, while reading."""

    code: str
    """A code of the ``SRC`` family, see `govinfo.rules.national.reading`."""
    message: Text
    at: Place | None = None
    paths: tuple[str, ...] = ()
    """Canonical paths of the cells concerned."""
    confidence: float | None = None
    """How sure the reading is of what it decided, 0 to 1."""


@attrs.frozen
class Document:
    """A decoded document.

    ``blocks`` are in reading order; layout tables of a web page are dissolved into their contents.
    """

    blocks: tuple[Block, ...]
    name: str = ""
    """File name for people; ``-`` for standard input."""
    format: str = "text"
    encoding: str = "utf-8"
    title: str | None = None
    """What the file says of itself: the ``<title>`` of a page."""
    images: int = 0
    """Pictures in the document: where the tables should be, they may be the tables."""
    numbering: Literal["line", "paragraph", "none"] = "line"
    """What `Place.line` counts: lines of the file, or paragraphs and rows of a document that has no lines; ``none``
    where it is an order and nothing a person could look up (pages and tables say where)."""
    page_names: tuple[str, ...] = ()
    """What pages are called where they have names: the sheets of a workbook."""
    attachments: tuple[str, ...] = ()
    """Names of the documents a page links to (``….pdf``): where the tables should be, they may hold the report."""
    embedded: tuple[Block, ...] = ()
    """What scripts and form fields of a page hold as text: where the page has no tables, it may be the report."""
    stated: Mapping[str, Paragraph] = attrs.field(factory=dict)
    """What a page's ``<meta>`` tags say of it, by their names in lower case: ``articletitle``, ``pubdate``."""
    scans: tuple[int, ...] = ()
    """Pages, from 1, that are pictures and whose text could not be recognised."""
    problems: tuple[Problem, ...] = ()


class Member(NamedTuple):
    """One file of an archive."""

    name: str
    """Its path in the archive."""
    content: bytes | ReadError
    """What it holds, or why that cannot be had."""
