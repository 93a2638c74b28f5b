"""The consistent report a rule case starts from, and the changes a case makes to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import attrs

from govinfo.documents.model import Document, Paragraph, Problem
from govinfo.parsing.reading import Reading
from govinfo.schema import (
    Disputes,
    Kind,
    Level,
    Missing,
    Period,
    ProcessingFee,
    Publisher,
    Report,
    Sections,
    assemble,
    cells,
)
from govinfo.schema.editions import EDITIONS, forms_of, national
from govinfo.schema.paths import tables_of
from govinfo.testing.figures import free_cells, settle
from govinfo.text import Text

__all__ = ["base_reading", "base_report", "build"]

_YEARS = {"2019": 2020, "2021": 2022}

_PLAIN = ("year", "title", "period")
_PUBLISHER = {f"publisher.{field.name}": field.name for field in attrs.fields(Publisher)}

_SECTIONS = Sections(
    overview="本机关按照要求推进公开，全年工作平稳有序。",
    disclosure="有关情况见下表。",
    applications="有关情况见下表。",
    disputes="有关情况见下表。",
    problems="个别栏目更新偏慢。下一步将按月检查栏目，听取服务对象的意见。",
    other_matters="本年度信息处理费情况如实列明，没有其他需要报告的事项。",
)


Editions = Mapping[str, Mapping[str, type[Any]]]


def base_report(edition: str = "2021", editions: Editions = EDITIONS) -> Report:
    """Return a consistent report of an edition with figures in every table: the same one every time."""
    forms = {**tables_of(Report()), **forms_of(edition, editions)}
    year = _YEARS.get(national(forms["disclosure"]), max(_YEARS.values()))
    return Report(
        title=f"青河市教育局{year}年政府信息公开工作年度报告",
        year=year,
        publisher=Publisher("青河市教育局", level=Level.DEPARTMENT),  # as its name says
        period=Period(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        disclosure=_filled(forms["disclosure"]),
        applications=_filled(forms["applications"]),
        disputes=_filled(Disputes),
        processing_fee=ProcessingFee(2, Decimal("120.00"), Decimal("100.50")),
        sections=_SECTIONS,
    )


def _filled(cls: type[Any]) -> Any:
    """Give the free cells small figures in a fixed pattern, zeros among them; totals follow."""
    pattern = (2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 3, 0)
    free = {
        leaf.path: Decimal("12.50") if leaf.kind is Kind.AMOUNT else pattern[i % len(pattern)]
        for i, leaf in enumerate(free_cells(cls))
    }
    return settle(cls, free)


def build(
    base: str = "2021",
    change: Mapping[str, Any] | None = None,
    absent: Sequence[str] = (),
    opening: Sequence[str] = (),
    problems: Sequence[Mapping[str, Any]] = (),
    images: int = 0,
    editions: Editions = EDITIONS,
) -> Reading:
    """Return the reading a rule case describes; see `govinfo.testing.cases` for the arguments.

    ``editions`` are the known classes by table and edition: with a plugin's, reports of its form can be made.

    Raises:
        ValueError: something a report does not have is changed.
    """
    report = _changed(base_report(base, editions), dict(change or {}), absent, editions)
    return base_reading(report, opening, tuple(map(_problem, problems)), images)


def base_reading(
    report: Report, opening: Sequence[str] = (), problems: Sequence[Problem] = (), images: int = 0
) -> Reading:
    """Return ``report`` as if its prose had been read from a text file, one line per paragraph."""
    paragraphs: list[Paragraph] = []
    origins = {}

    def write(text: str) -> Paragraph:
        paragraphs.append(Paragraph(text, len(paragraphs) + 1))
        return paragraphs[-1]

    if report.title:
        origins["title"] = write(report.title)
    for text in opening:
        write(text)
    for field in attrs.fields(Sections):
        text = getattr(report.sections, field.name)
        if text is not None:
            origins[f"sections.{field.name}"] = write(field.metadata["govinfo"].label)
            for line in text.split("\n"):
                write(line)
    document = Document(tuple(paragraphs), name="case.txt", images=images)
    return Reading(report, origins, tuple(problems), document)


def _changed(report: Report, change: dict[str, Any], absent: Sequence[str], editions: Editions) -> Report:
    for table, forms in editions.items():
        if edition := change.pop(f"{table}.edition", None):
            report = attrs.evolve(report, **{table: _filled(forms[edition])})
    texts = {*_PLAIN, *_PUBLISHER, *(f"sections.{field.name}" for field in attrs.fields(Sections))}
    report = _with_texts(report, change, absent)
    values: dict[str, Any] = dict(cells(report))
    for path, value in change.items():
        if path not in values:
            raise ValueError(f"a report has no {path!r} to change")
        values[path] = _value(value)
    for path in absent:
        below = [cell for cell in values if cell == path or cell.startswith(f"{path}.")]
        if not below and path not in texts:
            raise ValueError(f"a report has no {path!r} to leave out")
        values |= dict.fromkeys(below, Missing.ABSENT)
    tables = {name: assemble(cls, values, f"{name}.") for name, cls in tables_of(report).items()}
    return attrs.evolve(report, **tables)


def _with_texts(report: Report, change: dict[str, Any], absent: Sequence[str]) -> Report:
    """Make the changes that are not cells, and take them out of ``change``."""
    names = [field.name for field in attrs.fields(Sections)]
    texts = {name: change.pop(path) for name in names if (path := f"sections.{name}") in change}
    texts |= {name: None for name in names if f"sections.{name}" in absent}
    report = attrs.evolve(report, sections=attrs.evolve(report.sections, **texts))
    if "period" in change:
        report = attrs.evolve(report, period=Period(*map(dt.date.fromisoformat, change.pop("period"))))
    said: dict[str, Any] = {name: change.pop(path) for path, name in _PUBLISHER.items() if path in change}
    if "level" in said:
        said["level"] = Level(said["level"])
    said |= {name: None for path, name in _PUBLISHER.items() if path in absent}
    report = attrs.evolve(report, publisher=attrs.evolve(report.publisher, **said))
    plain = {name: change.pop(name) for name in _PLAIN if name in change}
    gone: dict[str, Any] = {name: None for name in _PLAIN if name in absent}
    return attrs.evolve(report, **plain, **gone)


def _value(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    return Missing(value) if value in {reason.value for reason in Missing} else Decimal(value)


def _problem(noted: Mapping[str, Any]) -> Problem:
    line = noted.get("line", 0)
    at = Paragraph(noted.get("raw", ""), line) if line else None
    message = Text(noted.get("zh", ""), noted.get("en", ""))
    return Problem(noted["code"], message, at, tuple(noted.get("paths", ())), noted.get("confidence"))
