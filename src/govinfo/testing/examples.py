"""Made-up consistent reports without hypothesis: for benchmarks, examples and documentation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from random import Random
from typing import Any, Literal

import attrs

from govinfo.schema import (
    TABLES,
    Disputes,
    Kind,
    Leaf,
    Level,
    Missing,
    Period,
    ProcessingFee,
    Publisher,
    Report,
    Sections,
    Value,
    cells,
)
from govinfo.schema.editions import EDITIONS
from govinfo.testing import prose
from govinfo.testing.figures import free_cells, replace_cells, settle, unit_path

__all__ = [
    "RECONSIDERATION_FIRST",
    "YEARS",
    "Edition",
    "Profile",
    "compose",
    "editions_for",
    "example_report",
    "money",
    "table_paths",
]

Edition = Literal["2019", "2021", "mixed"]
Profile = Literal["zero", "few", "large"]
_PROFILES: tuple[Profile, ...] = ("zero", "few", "few", "large")

YEARS: dict[Edition, tuple[int, int]] = {"2019": (2019, 2020), "2021": (2021, 2025), "mixed": (2021, 2022)}
"""First and last year of the reports made for an edition."""

RECONSIDERATION_FIRST = 2024
"""From the reports for this year on, most disputes go to reconsideration first (行政复议法 2023)."""

_YUAN = {"元": 0, "万元": 4}
"""How many decimal places a unit lies above the yuan."""


def editions_for(edition: Edition) -> tuple[Mapping[str, type[Any]], ...]:
    """Return the possible classes of tables 2 and 3, by canonical name, of a report of ``edition``."""
    names = list(EDITIONS["disclosure"])
    pairs = [(d, a) for d in names for a in names if (d if d == a else "mixed") == edition]
    return tuple(
        {"disclosure": EDITIONS["disclosure"][d], "applications": EDITIONS["applications"][a]} for d, a in pairs
    )


def money(cents: int, unit: str) -> Decimal:
    """Return a sum of money in ``unit`` (元 or 万元), exact to the cent."""
    return Decimal(cents).scaleb(-2 - _YUAN[unit])


def table_paths(report: Report) -> list[str]:
    """Return the canonical paths of every cell printed in a table, in the order of the form."""
    return [path for path in cells(report) if path.partition(".")[0] in TABLES[:3]]


def compose(
    *,
    publisher: str,
    year: int,
    disclosure: Any,
    applications: Any,
    disputes: Disputes,
    fee: ProcessingFee,
    paragraphs: Mapping[str, Iterable[str]],
    title: str = prose.TITLES[0],
    published: dt.date | None = None,
) -> Report:
    """Put a report together: title and period from publisher and year, the fee sentence into section 6.

    Args:
        publisher: name of the publishing body.
        year: the year reported on; the period is the calendar year.
        disclosure: table 2 of any edition.
        applications: table 3 of any edition.
        disputes: table 4.
        fee: the processing fee, stated in section 6 unless a figure of it is missing.
        paragraphs: paragraphs by field name of `govinfo.schema.Sections`; a section left out has none.
        title: a pattern of ``{publisher}`` and ``{year}``.
        published: date of publication, printed below the title.
    """
    texts = {name: list(paragraphs.get(name, ())) for name in attrs.fields_dict(Sections)}
    sentence = prose.fee_sentence(year, fee)
    if sentence is not None:
        texts["other_matters"].append(sentence)
    return Report(
        title=title.format(publisher=publisher, year=year),
        year=year,
        # the places are made up, so that a government's level cannot be known
        publisher=Publisher(publisher, level=None if publisher.endswith("人民政府") else Level.DEPARTMENT),
        published=published,
        period=Period(dt.date(year, 1, 1), dt.date(year, 12, 31)),
        disclosure=disclosure,
        applications=applications,
        disputes=disputes,
        processing_fee=fee,
        sections=Sections(**{name: prose.passage(lines) for name, lines in texts.items()}),
    )


def example_report(
    edition: Edition = "2021",
    seed: int = 0,
    *,
    profile: Profile | None = None,
    blanks: float = 0.0,
    forms: Mapping[str, type[Any]] | None = None,
) -> Report:
    """Make a consistent report; the same arguments always give the same one.

    Args:
        edition: of tables 2 and 3; ``"mixed"`` has two different ones.
        seed: any whole number.
        profile: how full it is: all zero, a few figures, or large figures everywhere. None: the seed decides.
        blanks: share of the cells of tables 2 to 4, from 0 to 1, that hold no number but a blank or a mark.
        forms: classes of tables 2 and 3 instead of the edition's, by canonical name: a region's form.
    """
    rng = Random(f"{edition} {seed}")  # noqa: S311 - examples, no secrets
    fullness: Profile = rng.choice(_PROFILES) if profile is None else profile
    classes = {**rng.choice(editions_for(edition)), **(forms or {})}
    year = rng.randint(*YEARS[edition])
    skipped = ("litigation_direct.",) if year >= RECONSIDERATION_FIRST else ()
    tables: dict[str, Any] = {
        name: settle(cls, _figures(rng, cls, fullness, skipped))
        for name, cls in {**classes, "disputes": Disputes}.items()
    }
    report = compose(
        publisher=rng.choice(prose.PLACES) + rng.choice(prose.BODIES),
        year=year,
        fee=_fee(rng, fullness, unpaid=_fee_unpaid(tables["applications"])),
        paragraphs={
            "overview": prose.OVERVIEW,
            "problems": rng.sample(prose.PROBLEMS, 2),
            "other_matters": [rng.choice(prose.NOTHING_ELSE)],
        },
        title=rng.choice(prose.TITLES),
        **tables,
    )
    return replace_cells(report, _blanks(rng, report, blanks)) if blanks else report


def _figures(rng: Random, cls: type[Any], profile: Profile, skipped: tuple[str, ...]) -> dict[str, Any]:
    found = [leaf for leaf in free_cells(cls) if not leaf.path.startswith(skipped)]
    share, most = {"zero": (0.0, 0), "few": (0.1, 30), "large": (0.9, 20_000)}[profile]
    values: dict[str, Any] = {}
    for leaf in found:
        figure = rng.randint(1, most) if rng.random() < share else 0
        if leaf.kind is Kind.AMOUNT:
            values |= _amount(rng, cls, leaf, figure * 1234)
        elif leaf.kind is Kind.CHANGE:
            values[leaf.path] = figure * rng.choice((-1, 1))
        else:
            values[leaf.path] = figure
    return values


def _amount(rng: Random, cls: type[Any], leaf: Leaf, cents: int) -> dict[str, Any]:
    values: dict[str, Any] = {leaf.path: money(cents, leaf.spec.unit or "元")}
    unit = unit_path(cls, leaf)
    if unit is not None:
        values[unit] = rng.choice((None, *_YUAN))
    return values


def _fee_unpaid(applications: Any) -> bool:
    return bool(getattr(applications.total.other_outcome, "fee_unpaid", 0))


def _fee(rng: Random, profile: Profile, unpaid: bool) -> ProcessingFee:
    if rng.random() < 0.5:
        return ProcessingFee()
    notices = 0 if profile == "zero" else rng.randint(unpaid, 20)
    charged = rng.randint(0, 90_000) * 10 if notices else 0
    return ProcessingFee(notices, money(charged, "元"), money(rng.choice((charged, charged // 2)), "元"))


def _blanks(rng: Random, report: Report, share: float) -> dict[str, Value]:
    return {
        path: rng.choice((Missing.BLANK, Missing.NOT_APPLICABLE))
        for path in table_paths(report)
        if rng.random() < share
    }
