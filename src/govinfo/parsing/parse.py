"""Document → Reading: the sections are parsed one by one and put together here."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import attrs

from govinfo.documents.model import Block, Document, Paragraph, Place, Problem, Table
from govinfo.parsing.applications import parse_applications, whole_rows
from govinfo.parsing.arithmetic import Equations
from govinfo.parsing.disclosure import parse_disclosure
from govinfo.parsing.disputes import parse_disputes
from govinfo.parsing.fee import parse_fee
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.metadata import (
    find_heading,
    find_headings,
    find_period,
    find_published,
    find_scope,
    find_signature,
    find_source,
    find_stated_date,
)
from govinfo.parsing.place import placed
from govinfo.parsing.reading import Reading
from govinfo.parsing.recognise import (
    LINES_LOST,
    compares_offices,
    interprets,
    lost_repeated_lines,
    refuse,
    rolled_up,
    several_reports,
)
from govinfo.parsing.rows import Row, document_rows
from govinfo.parsing.script import simplified
from govinfo.parsing.sections import parse_sections, prose_lines, with_headings
from govinfo.parsing.unroll import unrolled
from govinfo.schema.cells import Missing
from govinfo.schema.editions import national
from govinfo.schema.paths import assemble
from govinfo.schema.report import ProcessingFee, Publisher, Report
from govinfo.text import Text

__all__ = ["parse"]


_LABELS = 4
"""So many labels of a table are not there by chance."""
_FEW = 20
"""Fewer figures than that are quoted by a page about a report as well."""


@lru_cache(maxsize=1)
def _default_vocabulary() -> Vocabulary:
    return Vocabulary()


def parse(document: Document, vocabulary: Vocabulary | None = None, equations: Equations | None = None) -> Reading:
    """Read a document as an annual report.

    Args:
        document: any document.
        vocabulary: labels and editions; the built-in ones by default.
        equations: of the form, as the rules declare them; they decide where the columns of a row are in doubt.

    Raises:
        ReadError: the document is not an annual report, holds no tables, or holds several reports. Its ``kind`` and
            text say which.
    """
    vocabulary = vocabulary or _default_vocabulary()
    original = document
    document, printed = simplified(unrolled(document))
    rows, aside = document_rows(document)
    applications = parse_applications(rows, vocabulary, None, equations)
    disclosure = parse_disclosure(rows, vocabulary, applications.lessons)
    if applications.form and disclosure.form and national(applications.form) != national(disclosure.form):
        applications = parse_applications(rows, vocabulary, national(disclosure.form), equations)
    block = document.blocks[applications.first] if applications.first is not None else None
    if isinstance(block, Table) and compares_offices(block):
        raise rolled_up(document.name)
    if applications.contradicted:
        raise several_reports(document.name)
    disputes = parse_disputes(rows, vocabulary, applications.lessons)
    parts = {"disclosure": disclosure, "applications": applications, "disputes": disputes}
    if lost_repeated_lines(document, vocabulary):
        for name, part in parts.items():
            part.unread(LINES_LOST, unless=whole_rows(part.values) if name == "applications" else ())
    anchors = {
        name: (with_headings(document, part.first), part.last)
        for name, part in parts.items()
        if part.first is not None and part.last is not None
    }
    lines = prose_lines(document, list(anchors.values()))
    heading = find_heading(document, lines, printed)
    figures = sum(not isinstance(value, Missing) for part in parts.values() for value in part.values.values())
    if not any(part.values for part in parts.values()) or (figures < _FEW and interprets(document)):
        if document.embedded:
            return parse(_with_embedded(original), vocabulary, equations)
        raise refuse(document, heading)
    if (
        applications.copies > 1
        and len({(one.publisher, one.year) for one in find_headings(lines) if one.publisher}) > 1
    ):
        raise several_reports(document.name)

    prose = [line for line in lines if heading is None or line.place not in heading.places]
    sections, section_origins = parse_sections(prose, anchors, vocabulary, printed)
    fee, fee_origins = parse_fee(lines)
    period = find_period(lines)
    published = find_published(lines)
    origins: dict[str, Place] = {**section_origins, **fee_origins}
    problems: list[Problem] = list(document.problems)
    for part in parts.values():
        origins |= part.origins
        problems += part.problems
    problems += [_page_mark(place) for place in aside if _within(place, anchors, document)]

    year = heading.year if heading and heading.year else period[0].start.year if period else None
    publisher = heading.publisher if heading else None
    signature = find_signature(lines) if publisher is None else None
    if signature is not None:
        publisher, origins["publisher.name"] = signature
    if publisher is None and (source := find_source(document)) is not None:
        publisher, origins["publisher.name"] = source
    if published is None:
        published = find_stated_date(document)
    if heading is not None:
        origins["title"] = origins["year"] = heading.places[-1]
        if heading.publisher is not None:
            origins["publisher.name"] = heading.places[0]
    if period is not None:
        origins["period"] = period[1]
    if published is not None:
        origins["published"] = published[1]
    problems += _unknown(year, publisher)
    problems += [
        problem for name, part in parts.items() if part.form is None for problem in _unread(name, rows, vocabulary)
    ]

    tables: dict[str, Any] = {
        name: assemble(part.form, part.values, f"{name}.") for name, part in parts.items() if part.form is not None
    }
    report = Report(
        title=heading.title if heading else None,
        year=year,
        publisher=Publisher(publisher),
        scope=find_scope(heading),
        published=published[0] if published else None,
        period=period[0] if period else None,
        processing_fee=assemble(ProcessingFee, fee, "processing_fee."),
        sections=sections,
        **tables,
    )
    if printed:
        origins = {path: printed.get(place, place) for path, place in origins.items()}
        problems = [attrs.evolve(one, at=printed.get(one.at, one.at)) if one.at else one for one in problems]
    return placed(Reading(report, origins, tuple(problems), original))


def _with_embedded(document: Document) -> Document:
    """Return a page whose scripts hold what it does not show, as it is when they have run."""
    taken = Text(
        "页面上没有表，报告取自网页的脚本或表单域",
        "the page shows no tables: the report was taken from a script or form field of the page",
    )
    return attrs.evolve(
        document,
        blocks=tuple(sorted((*document.blocks, *document.embedded), key=lambda block: block.line)),
        embedded=(),
        problems=(*document.problems, Problem("SRC026", taken, _begins(document.embedded[0]))),
    )


def _begins(block: Block) -> Place:
    return block if isinstance(block, Paragraph) else block.rows[0][0]


def _within(place: Place, anchors: dict[str, tuple[int, int]], document: Document) -> bool:
    lines = [(document.blocks[first].line, document.blocks[last].line) for first, last in anchors.values()]
    return any(first <= place.line <= last for first, last in lines)


def _page_mark(place: Place) -> Problem:
    message = Text("“{}”是页码，未计入表格", "{!r} is a page number and was left out of the table").fill_one(place.text)
    return Problem("SRC009", message, place)


def _unread(name: str, rows: Sequence[Row], vocabulary: Vocabulary) -> list[Problem]:
    """Say that a table is printed, though none of its figures could be told from another."""
    table = {"disclosure": vocabulary.items, "applications": vocabulary.rows, "disputes": vocabulary.disputes}[name]
    labels = {
        key: place
        for row in rows
        for place in row.labels
        if len(place.text) > 2 and (key := table.exact(place.text)) is not None
    }
    if len(labels) < _LABELS:
        return []
    message = Text(
        "表中的行标题在文中，但数字与标题分离，无法对应", "the table's labels are printed, but apart from its figures"
    )
    return [Problem("SRC004", message, next(iter(labels.values())), (name,))]


def _unknown(year: int | None, publisher: str | None) -> list[Problem]:
    found: list[Problem] = []
    if year is None:
        found.append(
            Problem("SRC010", Text("没有找到报告年度", "the year of the report was not found"), paths=("year",))
        )
    if publisher is None:
        message = Text("没有找到发布机关", "the publisher of the report was not found")
        found.append(Problem("SRC010", message, paths=("publisher.name",)))
    return found
