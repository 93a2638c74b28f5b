"""Hypothesis strategies for reports, their tables and their faults, derived from the schema.

The only module of the kit that imports hypothesis: ``pip install govinfo-cn[test]``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st

from govinfo.schema import Disputes, Kind, Leaf, Missing, ProcessingFee, Report, Value, cells, leaves
from govinfo.testing import prose
from govinfo.testing.damage import DAMAGES, DamagedDocument, damage_document
from govinfo.testing.examples import RECONSIDERATION_FIRST, YEARS, Edition, compose, editions_for, money, table_paths
from govinfo.testing.figures import free_cells, replace_cells, settle, unit_path
from govinfo.testing.layouts import LAYOUTS, Layout
from govinfo.testing.sheet import MARKS

__all__ = ["damaged", "fees", "layouts", "publishers", "reports", "single_faults", "table"]

T = TypeVar("T")

_MOST = 100_000_000
"""Published figures go up to this."""


def publishers() -> st.SearchStrategy[str]:
    """Names of publishing bodies in invented places."""
    return st.builds("{}{}".format, st.sampled_from(prose.PLACES), st.sampled_from(prose.BODIES))


def _figures(leaf: Leaf, most: int) -> st.SearchStrategy[Value]:
    if leaf.kind is Kind.CHANGE:
        return st.integers(-most, most)
    if leaf.kind is Kind.AMOUNT:
        return st.integers(0, most * 100).map(lambda cents: money(cents, leaf.spec.unit or "元"))
    return st.integers(0, most)


@st.composite
def table(draw: st.DrawFn, cls: type[T], *, max_count: int = _MOST, without: tuple[str, ...] = ()) -> T:
    """A consistent table of a schema class: all zero, a few figures, or figures everywhere.

    Args:
        draw: given by hypothesis.
        cls: ``Disclosure2021``, ``Applications2019``, ``Disputes`` and so on.
        max_count: the largest figure of a cell that is not a sum of others.
        without: prefixes of the paths (below the table) that stay zero.
    """
    found = [leaf for leaf in free_cells(cls) if not leaf.path.startswith(without)]
    most = draw(st.sampled_from((9, 999, max_count)).map(lambda size: min(size, max_count)))
    full = draw(st.integers(0, 9)) == 9  # drawing every cell is slow: few tables are full
    filled = found if full else draw(st.lists(st.sampled_from(found), max_size=9, unique=True))
    values: dict[str, Any] = {leaf.path: draw(_figures(leaf, most)) for leaf in filled}
    for leaf in leaves(cls):
        unit = unit_path(cls, leaf)
        if unit is not None:
            values[unit] = draw(st.sampled_from((None, "元", "万元")))
            values.setdefault(leaf.path, Decimal(0))
    return settle(cls, values)


@st.composite
def fees(draw: st.DrawFn, *, least_notices: int = 0) -> ProcessingFee:
    """A processing fee: not stated, or stated with no more received than charged, nothing without notice."""
    if draw(st.booleans()):
        return ProcessingFee()
    notices = draw(st.integers(least_notices, 999))
    charged = draw(st.integers(0, 10_000_000)) if notices else 0
    received = draw(st.integers(0, charged))
    return ProcessingFee(notices, money(charged, "元"), money(received, "元"))


@st.composite
def reports(
    draw: st.DrawFn,
    edition: Edition | None = None,
    *,
    blanks: bool = False,
    max_count: int = _MOST,
    forms: Mapping[str, type[Any]] | None = None,
) -> Report:
    """A consistent report: every balance equation of the form holds, and the rest of it is in order too.

    (A mixed report has one table of the wrong edition for its year: that is what mixed means.)

    From the reports for 2024 on no dispute goes to court directly, as the law has it since then.

    Args:
        draw: given by hypothesis.
        edition: of tables 2 and 3; ``"mixed"`` has two different ones; None is any of the three.
        blanks: some cells of tables 2 to 4 hold no number but are blank or not applicable.
        max_count: the largest figure of a cell that is not a sum of others.
        forms: classes of tables 2 and 3 instead of the edition's, by canonical name: a region's form.
    """
    known = st.sampled_from(tuple(YEARS)) if edition is None else st.just(edition)
    chosen = draw(known)
    classes = {**draw(st.sampled_from(editions_for(chosen))), **(forms or {})}
    year = draw(st.integers(*YEARS[chosen]))
    without = ("litigation_direct.",) if year >= RECONSIDERATION_FIRST else ()
    applications: Any = draw(table(classes["applications"], max_count=max_count))
    unpaid = getattr(applications.total.other_outcome, "fee_unpaid", 0)
    report = compose(
        publisher=draw(publishers()),
        year=year,
        disclosure=draw(table(classes["disclosure"], max_count=max_count)),
        applications=applications,
        disputes=draw(table(Disputes, max_count=max_count, without=without)),
        fee=draw(fees(least_notices=min(unpaid, 1))),
        paragraphs={
            "overview": draw(_some(prose.OVERVIEW, 1)),
            **{name: draw(_some(prose.TABLE_NOTES, 0)) for name in ("disclosure", "applications", "disputes")},
            "problems": draw(_some(prose.PROBLEMS, 1)),
            "other_matters": draw(_some(prose.NOTHING_ELSE, 1)),
        },
        title=draw(st.sampled_from(prose.TITLES)),
        published=draw(st.none() | st.dates(dt.date(year + 1, 1, 4), dt.date(year + 1, 3, 31))),
    )
    if not blanks:
        return report
    missing = st.sampled_from((Missing.BLANK, Missing.NOT_APPLICABLE))
    return replace_cells(report, draw(st.dictionaries(st.sampled_from(table_paths(report)), missing, max_size=12)))


def _some(pool: tuple[str, ...], least: int) -> st.SearchStrategy[list[str]]:
    """Some lines of ``pool`` in their order."""
    return st.sets(st.sampled_from(pool), min_size=least, max_size=3).map(lambda chosen: sorted(chosen, key=pool.index))


def single_faults(report: Report, paths: Iterable[str] | None = None) -> st.SearchStrategy[tuple[str, int]]:
    """One wrong figure: the path of a cell and a whole number, not negative, that is not the cell's.

    Args:
        report: cells without a number are left alone.
        paths: cells to choose from; None: tables 3 and 4, where every cell stands in a balance equation.
    """
    values = cells(report)
    chosen = (
        paths if paths is not None else (path for path in values if path.startswith(("applications.", "disputes.")))
    )
    numbers = [(path, number) for path in chosen if isinstance(number := values[path], int)]

    def wrong(cell: tuple[str, int]) -> st.SearchStrategy[tuple[str, int]]:
        path, right = cell
        near = st.integers(max(0, right - 9), right + 9)
        slips = st.sampled_from((right * 10, right // 10, right + 10, 0, 1))
        return st.tuples(st.just(path), (near | slips).filter(lambda number: number != right))

    return st.sampled_from(numbers).flatmap(wrong)


def layouts(*, keeps_blanks: bool | None = None) -> st.SearchStrategy[Layout]:
    """Layouts a report is published in; ``keeps_blanks`` chooses those in which a blank cell leaves a trace or not."""
    return st.sampled_from([one for one in LAYOUTS.values() if keeps_blanks in (None, one.keeps_blanks)])


@st.composite
def damaged(
    draw: st.DrawFn,
    source: st.SearchStrategy[Report] | None = None,
    in_layouts: st.SearchStrategy[Layout] | None = None,
    *,
    damages: Iterable[str] = DAMAGES,
    most: int = 3,
) -> DamagedDocument:
    """A published document with one or more damages, and the account of what can still be read from it.

    Args:
        draw: given by hypothesis.
        source: reports to publish; None: any, blanks included.
        in_layouts: layouts to publish them in; None: any.
        damages: names to choose from.
        most: how many damages come together.
    """
    report = draw(reports(blanks=True, max_count=99_999) if source is None else source)
    chosen = draw(layouts() if in_layouts is None else in_layouts)
    names = [name for name in damages if chosen.name in DAMAGES[name].layouts]
    return damage_document(
        report,
        chosen,
        draw(st.lists(st.sampled_from(names), min_size=1, max_size=most, unique=True)),
        draw(st.integers(0, 999)),
        encoding=draw(st.sampled_from(("utf-8", "utf-8-sig", "gb18030", "utf-16"))),
        mark=draw(st.sampled_from(MARKS)),
    )
