"""Odd reports, the same ones every time: what a rule meets sooner or later."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from random import Random

import attrs

from govinfo.parsing.reading import Reading
from govinfo.schema import Missing, Report, Sections, cells
from govinfo.testing.bases import base_reading, base_report
from govinfo.testing.examples import Edition, example_report
from govinfo.testing.figures import replace_cells

__all__ = ["odd_readings"]

_TEXTS = (
    "",
    " ",
    "。",
    "无",
    "\n\n",
    "0",
    "（" * 500,
    "本年度收到申请９９９９９９９９９９９９件，",
    "\x00\u202e𠀀",
    "字" * 20_000,
)
_EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")


@cache
def odd_readings() -> tuple[tuple[str, Reading], ...]:
    """Return odd reports, each with a name for people."""
    return tuple(_made())


def _made() -> Iterator[tuple[str, Reading]]:
    yield "a report of which nothing could be read", Reading(Report())
    for edition in _EDITIONS:
        for seed in range(3):
            report = example_report(edition, seed, blanks=seed / 4)
            yield f"a usual report, edition {edition}", base_reading(report)
            yield f"a report whose cells are anything, edition {edition}", base_reading(_shuffled(report, seed))
    base = base_report()
    names = [field.name for field in attrs.fields(Sections)]
    for text in (None, *_TEXTS):
        sections = Sections(**dict.fromkeys(names, text))
        yield f"a report whose sections all say {text!r:.40}", base_reading(attrs.evolve(base, sections=sections))
    for name in names:
        sections = attrs.evolve(base.sections, **{name: None})
        yield f"a report without section {name}", base_reading(attrs.evolve(base, sections=sections))
    for change in ({"year": None}, {"year": 1}, {"title": None}, {"title": ""}, {"period": None}, {"published": None}):
        yield f"a report with {change}", base_reading(attrs.evolve(base, **change))


def _shuffled(report: Report, seed: int) -> Report:
    rng = Random(seed)  # noqa: S311  # no secrets
    values = (0, 1, 10**12, *Missing)
    whole = [path for path, value in cells(report).items() if isinstance(value, int)]
    return replace_cells(report, {path: rng.choice(values) for path in whole if rng.random() < 0.3})
