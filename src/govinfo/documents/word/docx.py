"""Reads Word documents in XML: ``.docx`` and its kin, one XML file for the whole, Word 2003 XML.

Only the main text is read: headers, footers, notes and comments are no part of a report.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from typing import Any

from govinfo.documents.archive import Archive
from govinfo.documents.html import accepts_html, read_html
from govinfo.documents.limits import MAX_TAGS, MAX_UNPACKED, check_count
from govinfo.documents.model import Block, Document, Paragraph, Problem
from govinfo.documents.signatures import KINDS, sniff
from govinfo.documents.word.accepted import accept
from govinfo.documents.word.blocks import blocks_in_order
from govinfo.documents.word.names import Names, marks
from govinfo.documents.word.numbering import Numbering
from govinfo.documents.word.package import FlatParts, Parts, Relation, ZipParts, main_part, relations
from govinfo.documents.word.story import Chunk, Story
from govinfo.documents.word.styles import Styles
from govinfo.documents.xml import local, parse_xml
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["read_docx"]

_PICTURES = (
    "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
    "{http://purl.oclc.org/ooxml/drawingml/picture}pic",
    "{urn:schemas-microsoft-com:vml}imagedata",
)
_OBJECT = "{urn:schemas-microsoft-com:office:office}OLEObject"
_FORMULA = "Equation."
_YEAR = re.compile(r"(?:19|20)\d\d")
_NESTED = 2
"""Documents inserted in each other that are read."""
_MANY_CHUNKS = 100


class _Single:
    """The parts of Word 2003 XML, which has none: styles and properties stand in the tree itself."""

    def read(self, part: str) -> bytes | None:
        return None

    def root(self, part: str) -> Any:
        return None


def read_docx(content: bytes, name: str) -> Document:
    """Read a Word document: tables by their grid, everything else as paragraphs, automatic numbers included.

    Changes are read as accepted; hidden and struck-out text is left out. ``line`` counts paragraphs and rows.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large`` or ``too_deep``.
    """
    return _read(content, name, 0, MAX_UNPACKED)


def _read(content: bytes, name: str, depth: int, limit: int) -> Document:
    what = KINDS["docx"].what
    if content.startswith(b"PK"):
        with Archive(content, what, name, limit) as archive:
            parts = ZipParts(archive, name)
            part, root = main_part(parts, name)
            return _Reader(parts, part, root, name, depth).document()
    root = parse_xml(content, KINDS["wordxml"].what, name)
    if local(root) == "package":
        flat = FlatParts(root, name)
        part, root = main_part(flat, name)
        return _Reader(flat, part, root, name, depth).document()
    return _Reader(_Single(), "", root, name, depth).document()


class _Reader:
    """Reads one document."""

    def __init__(self, parts: Parts, part: str, root: Any, name: str, depth: int) -> None:
        self._parts, self._root, self._name, self._depth = parts, root, name, depth
        self._relations = relations(parts, part) if part else {}
        self._names = Names(root)
        self._problems: list[Problem] = []
        self._images = self._chunks = self._tags = 0

    def document(self) -> Document:
        names, root = self._names, self._root
        styles = Styles(self._related("styles"), names)
        accepted = accept(root, names, styles)
        numbering = Numbering(self._related("numbering"), names, styles)
        body = root.find(names("body"))
        story = Story(names, numbering, accepted, self._name)
        blocks = blocks_in_order(story.read(body) if body is not None else (), self._chunk)
        attachments = self._objects()
        return Document(
            blocks=tuple(blocks),
            name=self._name,
            format="docx",
            title=self._title(blocks),
            images=self._images + sum(1 for _ in root.iter(*_PICTURES)),
            numbering="paragraph",
            attachments=attachments,
            problems=tuple(self._problems),
        )

    def _related(self, kind: str) -> Any:
        """Return the root of a part of the document, None where there is none."""
        if not self._relations:
            return self._root.find(self._names(kind))
        target = next((one.target for one in self._relations.values() if one.kind == kind and not one.outside), None)
        try:
            return self._parts.root(target) if target is not None else None
        except ReadError as error:
            if error.kind != "damaged":
                raise
            self._note(
                Text("{what}部分已损坏，未读取", "the {what} part is damaged and was not read").fill(
                    what=Text("样式", "styles") if kind == "styles" else Text("编号", "numbering")
                )
            )
            return None

    def _note(self, message: Text) -> None:
        problem = Problem("SRC020", message)
        if problem not in self._problems:
            self._problems.append(problem)

    def _title(self, blocks: Iterable[Block]) -> str | None:
        """Return the title in the document's properties, unless it names a year that the text does not.

        Reports are written over last year's, and nobody sees the properties.
        """
        try:
            core = next((one.target for one in relations(self._parts).values() if one.kind == "core-properties"), "")
            root = self._parts.root(core or "docProps/core.xml")
        except ReadError as error:
            if error.kind != "damaged":
                raise
            return None
        if root is None:
            root = next((one for one in self._root if local(one) == "DocumentProperties"), None)
        found = next((one for one in root if local(one).lower() == "title"), None) if root is not None else None
        title = " ".join((found.text or "").split()) if found is not None else ""
        years = set(_YEAR.findall(title))
        if years:
            text = "\n".join(block.text for block in blocks if isinstance(block, Paragraph))
            if not any(year in text for year in years):
                return None
        return title or None

    def _objects(self) -> tuple[str, ...]:
        """Return the names of the documents embedded as objects; what they hold is not in the text."""
        found: list[str] = []
        for one in marks(self._root, _OBJECT):
            program = one.get("ProgID") or ""
            if program.startswith(_FORMULA):
                continue
            relation = self._relation(one.attrib)
            name = posixpath.basename(relation.target) if relation else ""
            if name and name not in found:
                found.append(name)
            self._note(
                Text(
                    "文中嵌入了一个对象（{program}），其中的内容未读取",
                    "an object ({program}) is embedded in the text: what it holds was not read",
                ).fill(program=(program or name or "OLE")[:60])
            )
        return tuple(found)

    def _relation(self, attributes: Any) -> Relation | None:
        reference = next((value for key, value in attributes.items() if key.endswith("}id")), "")
        return self._relations.get(reference)

    def _chunk(self, chunk: Chunk) -> Iterable[Block]:
        """Read a document that is inserted whole; one that cannot be read is noted and takes nothing else with it."""
        relation = self._relations.get(chunk.relation)
        self._chunks += 1
        check_count(self._chunks, _MANY_CHUNKS, Text("插入的文档", "inserted documents"), self._name)
        try:
            content = None if relation is None or relation.outside else self._parts.read(relation.target)
            kind = sniff(content) if content else None
            if content and kind == "docx" and self._depth < _NESTED:
                inserted = _read(content, self._name, self._depth + 1, MAX_UNPACKED >> 3)
            elif content and kind is None and accepts_html(content, self._name):
                self._tags += content.count(b"<")
                check_count(self._tags, MAX_TAGS, Text("标签", "tags"), self._name)
                inserted = read_html(content, self._name)
            else:
                inserted = None
        except ReadError as error:
            if error.kind in ("too_large", "too_deep"):
                raise
            inserted = None
        if inserted is None:
            self._note(Text("文中插入的另一个文档未读取", "a document inserted in the text was not read"))
            return ()
        self._images += inserted.images
        return inserted.blocks
