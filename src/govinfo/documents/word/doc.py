"""Reads Word 97–2003 documents, which WPS writes as well: ``.doc``, ``.wps``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from struct import unpack
from typing import NamedTuple

from govinfo.documents.limits import MAX_RUNS, check_count, check_size
from govinfo.documents.model import Document
from govinfo.documents.word.doc_file import WHAT, DocFile, OldWord, Piece, open_doc, open_ole
from govinfo.documents.word.doc_lists import Numbering
from govinfo.documents.word.doc_rows import row_shape
from govinfo.documents.word.doc_styles import Formats, Look, Pap
from govinfo.documents.word.flow import Story, blocks_of_stories
from govinfo.documents.word.libreoffice import is_usable, read_by_libreoffice
from govinfo.documents.word.runs import Runs
from govinfo.errors import ReadError
from govinfo.extras import need
from govinfo.text import Text

__all__ = ["read_doc"]

_MARKS = re.compile("([\x01-\x08\x0b-\x0e\x13-\x15\x1e\x1f(\r])")
"""Characters that may be no characters; ``(`` may stand for a symbol."""
_PICTURE, _CELL, _LINE, _PAGE, _COLUMN, _END = "\x01", "\x07", "\x0b", "\x0c", "\x0e", "\r"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_HYPHEN = "\x1e"


_MOST_FIELDS = 64
"""Fields inside each other that are told apart."""


class _Stretch(NamedTuple):
    """Characters of one format."""

    text: str
    fc: int
    """Where they begin in the file; for the whole stretch."""
    piece: Piece
    chpx: bytes


def read_doc(content: bytes, name: str) -> Document:
    """Read a Word 97–2003 document.

    Tables have the columns Word draws; what is deleted, hidden or struck out is left out, and so are headers, footers
    and notes; text boxes follow at the end.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``, ``too_deep``, or ``unsupported``: it is of Word 95 or
            older and LibreOffice, which reads these, is not installed.
        MissingExtra: olefile is not installed.
    """
    need("doc", "olefile")
    check_size(content, name)
    ole = open_ole(content, name, WHAT)
    try:
        return _read(open_doc(ole, name), name)
    except OldWord:
        old = Text("Word 95 或更早的文档（.doc）", "a document of Word 95 or older (.doc)")
        return read_by_libreoffice(content, name, "doc", old)
    except ReadError as error:
        if error.kind != "damaged" or not is_usable():
            raise
        try:
            return read_by_libreoffice(content, name, "doc", Text("受损的 Word 文档", "a damaged Word document"))
        except ReadError:
            raise error from None


def _read(doc: DocFile, name: str) -> Document:
    reading = _Reading(doc, name)
    stories = [reading.story(doc.main)]
    if doc.text_boxes:
        stories.append(reading.story(doc.text_boxes))
    return Document(
        blocks=blocks_of_stories(stories, name),
        name=name,
        format="doc",
        encoding="",
        images=reading.pictures,
        numbering="paragraph",
    )


class _Reading:
    def __init__(self, doc: DocFile, name: str) -> None:
        self._doc = doc
        self._name = name
        self._formats = Formats(doc)
        self._numbering = Numbering(doc.lists, doc.overrides)
        self._runs = Runs()
        self._fields: list[bool] = []
        """For each field that is open: its result has begun."""
        self._stretches = 0
        self.pictures = 0

    def story(self, characters: range) -> Story:
        """Take in part of the text."""
        story = Story(self._name)
        self._runs, self._fields = Runs(), []
        for paragraph in self._paragraphs(characters):
            self._paragraph(story, *paragraph)
        return story

    def _paragraphs(self, characters: range) -> Iterator[tuple[list[_Stretch], str, Pap]]:
        """Yield what each paragraph holds, the mark at its end, and what is said of it.

        A paragraph's style bears on its characters and is known from the mark at its end.
        """
        held: list[_Stretch] = []
        pap = Pap()
        for stretch in self._all_stretches(characters):
            text, fc = stretch.text, stretch.fc
            start = 0
            for mark in re.finditer("[\r\x07\x0c]", text):
                self._count_runs()
                at = fc + mark.start() * stretch.piece.width
                until, papx = self._doc.paragraphs.find(at)
                if mark[0] == _PAGE and until != at + stretch.piece.width:
                    continue  # a page break inside a paragraph; one between sections ends it
                held.append(stretch._replace(text=text[start : mark.end()]))
                pap = self._formats.pap(papx, stretch.piece.prm)
                yield held, mark[0], pap
                held = []
                start = mark.end()
            if start < len(text):
                held.append(stretch._replace(text=text[start:]))
        if held:
            yield held, _END, pap._replace(row_end=False, cell_end=False)

    def _count_runs(self) -> None:
        self._stretches += 1
        check_count(self._stretches, MAX_RUNS, Text("文字段", "runs of text"), self._name)

    def _all_stretches(self, characters: range) -> Iterator[_Stretch]:
        for piece in self._doc.pieces:
            first, last = max(piece.cp, characters.start), min(piece.cp + piece.length, characters.stop)
            fc = piece.fc + (first - piece.cp) * piece.width
            end = piece.fc + (last - piece.cp) * piece.width
            while fc < end:
                self._count_runs()
                until, chpx = self._doc.characters.find(fc)
                until = min(until + (until - fc) % piece.width, end)
                raw = self._doc.word[fc:until]
                yield _Stretch(raw.decode("cp1252", "replace") if piece.width == 1 else _utf_16(raw), fc, piece, chpx)
                fc = until

    def _paragraph(self, story: Story, stretches: list[_Stretch], mark: str, pap: Pap) -> None:
        gone = False
        for stretch in stretches:
            look = self._formats.look(pap.style, stretch.chpx, stretch.piece.prm)
            self._take(stretch.text.removesuffix(mark) if stretch is stretches[-1] else stretch.text, look)
            gone = look.gone
        if mark == _CELL:
            self._fields.clear()  # no field goes beyond its cell
            if pap.row_end:
                self._runs.take()
                story.row(row_shape(pap.instructions), 1, deleted=gone)
            else:
                story.cell(self._numbered(pap), 1)
        elif pap.level > 1 and pap.row_end:
            self._runs.take()
            story.row(row_shape(pap.instructions), pap.level, deleted=gone)
        elif pap.level > 1 and pap.cell_end:
            story.cell(self._numbered(pap), pap.level)
        elif not gone and self._shown():
            story.paragraph(self._numbered(pap), pap.level)

    def _numbered(self, pap: Pap) -> str:
        return self._numbering.number(pap) + self._runs.take()

    def _shown(self) -> bool:
        """Tell whether what stands here is shown: it is no field's instruction."""
        return all(self._fields)

    def _take(self, text: str, look: Look) -> None:
        for part in _MARKS.split(text):
            if not part:
                continue
            if part in (_FIELD, _RESULT, _FIELD_END):
                self._field(part)
            elif look.gone or not self._shown():
                continue
            elif part == "(" or part >= " ":
                self._runs.add(look.symbol if part == "(" and look.special else part, look.raised)
            elif part in (_LINE, _PAGE, _COLUMN):
                self._runs.add("\n")
            elif part == _HYPHEN:
                self._runs.add("-", look.raised)
            elif part == _PICTURE:
                self.pictures += 1

    def _field(self, mark: str) -> None:
        if mark == _FIELD:
            if len(self._fields) < _MOST_FIELDS:
                self._fields.append(False)
        elif self._fields:
            self._fields[-1] = True
            if mark == _FIELD_END:
                self._fields.pop()


def _utf_16(raw: bytes) -> str:
    """Return as many characters as there are units, halves of rare characters by themselves."""
    text = raw.decode("utf-16-le", "replace")
    return text if 2 * len(text) == len(raw) else "".join(map(chr, unpack(f"<{len(raw) // 2}H", raw)))
