"""A document that holds several reports is cut into one document for each, at their titles and at sheets.

Figures of two reports must never meet in one reading. Where a cut is not certain the document is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from govinfo.documents.model import Block, Document, Paragraph, Table
from govinfo.parsing.applications import parse_applications
from govinfo.parsing.disclosure import parse_disclosure
from govinfo.parsing.disputes import parse_disputes
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.metadata import Heading, find_headings, find_scope, opens_report
from govinfo.parsing.recognise import several_reports
from govinfo.parsing.rows import document_rows
from govinfo.parsing.script import simplified
from govinfo.parsing.sections import prose_lines
from govinfo.parsing.unroll import unrolled
from govinfo.schema.cells import Missing

__all__ = ["split"]

Key = tuple[Any, ...]

_ABOVE = re.compile(
    r"(?:发布|公开|生成|成文|发文|更新)(?:日期|时间|机构|单位|机关)|索\s*引\s*号|来\s*源[:：]|浏览|字号|字体|文\s*号|当前位置|主题分类|有效性"
)
"""What pages print above a title; it belongs to the report that follows."""
_REPORT = re.compile("(?<!需要)[报報]告|年度?[报報]")
"""What a title holds, and the heading of section 6, 其他需要报告的事项, does not."""
_TITLE = 80
"""Characters in the longest title, and in what is printed above one."""
_FAR = 20
"""So many lines above a title are looked at."""
_SPACE = re.compile(r"\s+")


@attrs.define
class _Segment:
    """What stands from one title, or the beginning of a sheet, to the next."""

    start: int
    """Index of its first block."""
    sheet: int = 0
    """The sheet it is the beginning of, from 1; 0: none, a title begins it."""
    key: Key | None = None
    """Whose report it is, of which year and of what scope; None where no title says so."""
    opens: bool = False
    """Whether the first section's heading stands in it."""
    tables: dict[str, dict[str, Any]] = attrs.field(factory=dict)
    """Figures by the name of the table."""
    lines: frozenset[str] = frozenset()
    """Lines that hold figures, without spaces."""
    doubtful: bool = False
    """Whether a table stands in it twice, with different figures."""

    @property
    def bare(self) -> bool:
        """Whether there is nothing of a report in it but a title."""
        return not self.opens and not self.tables

    def absorb(self, other: _Segment) -> None:
        """Take in what follows."""
        self.opens |= other.opens
        for name, figures in other.tables.items():
            self.tables[name] = {**figures, **self.tables.get(name, {})}
        self.lines |= other.lines
        self.doubtful |= other.doubtful
        self.key = self.key if self.key is not None else other.key


def split(document: Document, vocabulary: Vocabulary | None = None) -> list[Document]:
    """Return a document for each report in ``document``; the very document where there is one.

    The documents are named after the file, with ``#1`` or the name of the sheet behind it, and every place in them is
    that in the file. A report that is printed twice with the same figures is one.

    Args:
        document: any document.
        vocabulary: labels and editions; the built-in ones by default.

    Raises:
        ReadError: ``several_reports``, it holds several and where one ends is not certain.
    """
    if not _may_hold_several(document):
        return [document]
    whole = attrs.evolve(document, blocks=tuple(_cut_at_titles(document.blocks)))
    plain, _ = simplified(unrolled(whole), throughout=True)
    starts = list(_starts(plain))
    if sum(one.key is not None or one.sheet > 0 for one in starts) < 2:
        return [document]
    vocabulary = vocabulary or Vocabulary()
    ends = [*(one.start for one in starts[1:]), len(plain.blocks)]
    for one, end in zip(starts, ends, strict=True):
        _look(one, attrs.evolve(plain, blocks=plain.blocks[one.start : end]), vocabulary)
    reports, certain = _reports(starts)
    if sum(bool(one.tables) for one in reports) < 2:
        return [document]
    ends = [*(one.start for one in reports[1:]), len(whole.blocks)]
    kept = [(one, end) for one, end, copy in zip(reports, ends, _copies(reports), strict=True) if not copy]
    if len(kept) < 2:
        return [document]
    if not certain or any(one.doubtful for one, _ in kept):
        raise several_reports(document.name)
    return [_part(whole, one, end, number) for number, (one, end) in enumerate(kept, 1)]


def _may_hold_several(document: Document) -> bool:
    """Tell whether there are sheets, or two lines that may be titles: a quick look, for nearly no document has any."""
    if len(document.page_names) > 1:
        return True
    found = 0
    for block in document.blocks:
        if isinstance(block, Paragraph):
            found += _may_be_title(block.text)
        else:
            found += sum(_may_be_title(row[0].text) for row in block.rows if len(row) == 1)
        if found > 1:
            return True
    return False


def _may_be_title(text: str) -> bool:
    return ("报" in text or "報" in text) and len(text) <= _TITLE and _REPORT.search(text) is not None


def _part(document: Document, one: _Segment, end: int, number: int) -> Document:
    """Return the blocks of a report as a document of its own. What the page says of itself is said of all reports."""
    blocks = document.blocks[one.start : end]
    first, last = blocks[0].line, document.blocks[end].line if end < len(document.blocks) else None
    name = document.page_names[one.sheet - 1] if 0 < one.sheet <= len(document.page_names) else str(number)
    problems = [
        problem
        for problem in document.problems
        if problem.at is None or (first <= problem.at.line and (last is None or problem.at.line < last))
    ]
    return attrs.evolve(
        document,
        blocks=blocks,
        name=f"{document.name}#{name}",
        title=None,
        attachments=(),
        embedded=(),
        stated={},
        problems=tuple(problems),
    )


def _cut_at_titles(blocks: Sequence[Block]) -> Iterator[Block]:
    """Yield the blocks, tables in which a title stands in a row of its own cut above it."""
    for block in blocks:
        if not isinstance(block, Table) or len(block.rows) < 2:
            yield block
            continue
        start = 0
        for index, row in enumerate(block.rows):
            if index > start and len(row) == 1 and "报" in row[0].text and _is_title(row[0].text):
                yield attrs.evolve(block, line=_line(block, start), rows=block.rows[start:index])
                start = index
        yield attrs.evolve(block, line=_line(block, start), rows=block.rows[start:]) if start else block


def _is_title(text: str) -> bool:
    return bool(find_headings(prose_lines(Document((Paragraph(text, 1),)), ())))


def _line(table: Table, row: int) -> int:
    return table.rows[row][0].line if row else table.line


def _starts(document: Document) -> Iterator[_Segment]:
    """Yield the places where a report may begin, the beginning of the document among them."""
    lines = prose_lines(document, ())
    block_of = {line.place: line.block for line in lines}
    found: dict[int, _Segment] = {0: _Segment(0)}
    if len(document.page_names) > 1:
        page = 0
        for index, block in enumerate(document.blocks):
            if _page(block) > page:
                page = _page(block)
                found[index] = _Segment(index, page)
        found[0].sheet = found[0].sheet or 1
    lowest = 0
    above: bool | None = None
    for heading in find_headings(lines):
        index = block_of[heading.places[0]]
        if index < lowest:  # a title broken over lines, read from its second line on once more
            continue
        lowest = block_of[heading.places[-1]] + 1
        moved = _with_lines_above(document.blocks, index, set(found))
        above = moved < index if above is None else above  # as it is with the first
        index = moved if above else index
        one = found.setdefault(index, _Segment(index))
        one.key = one.key or _key(heading)
    yield from (found[index] for index in sorted(found))


def _page(block: Block) -> int:
    if isinstance(block, Paragraph):
        return block.page
    return next((cell.page for row in block.rows for cell in row), 0)


def _with_lines_above(blocks: Sequence[Block], index: int, taken: set[int]) -> int:
    """Return where a title's page begins: what pages print above a title belongs to it."""
    start = index
    for above in range(index - 1, max(-1, index - _FAR), -1):
        if start in taken:
            break
        block = blocks[above]
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]
        if any(_ABOVE.search(text) and len(text) <= _TITLE for text in texts):
            start = above
        elif any(texts):
            break
    return start


def _key(heading: Heading) -> Key:
    return heading.publisher, heading.year, find_scope(heading)


def _look(one: _Segment, document: Document, vocabulary: Vocabulary) -> None:
    """See which of the form's tables stand in a segment."""
    lines = prose_lines(document, ())
    one.opens = any(opens_report(line.place.text) for line in lines)
    one.lines = frozenset(
        _SPACE.sub("", line.place.text) for line in lines if any(character.isdigit() for character in line.place.text)
    )
    rows, _ = document_rows(document)
    applications = parse_applications(rows, vocabulary)
    parts = {
        "disclosure": parse_disclosure(rows, vocabulary, applications.lessons),
        "applications": applications,
        "disputes": parse_disputes(rows, vocabulary, applications.lessons),
    }
    for name, part in parts.items():
        figures = {path: value for path, value in part.values.items() if not isinstance(value, Missing)}
        if figures:
            one.tables[name] = figures
        one.doubtful |= part.contradicted or any(
            problem.code == "SRC007" and problem.paths for problem in part.problems
        )


def _reports(segments: Sequence[_Segment]) -> tuple[list[_Segment], bool]:
    """Put together what belongs to one report; and tell whether it is certain where each begins."""
    prose = any(one.opens for one in segments)
    reports = [segments[0]]
    certain = segments[0].sheet > 0 or segments[0].key is not None or not segments[0].tables
    for one in segments[1:]:
        last = reports[-1]
        again = _again(last, one)
        if one.sheet and one.key is None:
            if again:
                reports.append(one)
            else:
                last.absorb(one)
        elif last.bare:
            if last.key is not None and one.key != last.key and not one.bare:
                reports[-1] = one  # a list of titles: the last is the report's
            else:
                last.absorb(one)
        elif one.bare:  # a link
            last.absorb(one)
        elif not (one.opens or one.sheet or (again and not prose)):  # a title above tables still to come, or on a page
            certain &= one.key == last.key
            last.absorb(one)
        elif one.key == last.key and (_same(last, one) or (one.sheet and not again)):
            last.absorb(one)
        else:
            reports.append(one)
    return reports, certain


def _again(one: _Segment, other: _Segment) -> bool:
    """Tell whether a table of one segment begins again in the next, and does not go on there."""
    for name in one.tables.keys() & other.tables.keys():
        paths = one.tables[name].keys(), other.tables[name].keys()
        if 2 * len(paths[0] & paths[1]) >= min(map(len, paths)):
            return True
    return False


def _same(one: _Segment, other: _Segment) -> bool:
    """Tell whether two segments print the same report: the same figures in tables and lines."""
    figures = all(
        one.tables[name].get(path, value) == value
        for name in one.tables.keys() & other.tables.keys()
        for path, value in other.tables[name].items()
    )
    return figures and (other.lines <= one.lines or one.lines <= other.lines)


def _copies(reports: Sequence[_Segment]) -> Iterator[bool]:
    """Tell of each report whether it was printed before."""
    for index, one in enumerate(reports):
        yield one.key is not None and any(
            one.key == other.key and one.tables == other.tables and _same(other, one) for other in reports[:index]
        )
