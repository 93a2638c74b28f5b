"""Which rule sets each report of a table is under: those of its region, its year and its edition of the form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.form import Classes, fail
from govinfo.rules.adjust import adjusted
from govinfo.rules.model import RuleSet
from govinfo.schema.editions import national
from govinfo.text import Text

__all__ = ["REGION", "YEAR", "Scope", "Sets"]

REGION, YEAR = "publisher.region_code", "year"
"""Columns that say where a report comes from and what year it is about."""

Sets = tuple[RuleSet, ...]


class Scope:
    """Parts reports by the rule sets they are under.

    Args:
        rule_sets: that may apply.
        schema: the columns of the data.
        named: whether the sets were asked for by name: they then apply to reports of any region.

    Raises:
        BatchError: a set that was named is about certain years, and the table does not say them; regions that are no
            text, years that are no whole numbers.
    """

    def __init__(self, rule_sets: Sequence[RuleSet], schema: pa.Schema, *, named: bool) -> None:
        self._by_region = not named and REGION in schema.names
        self._by_year = YEAR in schema.names
        if not named and not self._by_region:  # a table that does not say where its reports come from
            rule_sets = [one for one in rule_sets if not one.region]
        dated = [one for one in rule_sets if one.first_year is not None or one.last_year is not None]
        if dated and named and not self._by_year:
            fail(
                f"规则集 {dated[0].name} 只用于某些年份的报告，表中没有“{YEAR}”列",
                f"rule set {dated[0].name} is about reports of certain years, and the table has no column {YEAR!r}",
            )
        self._all = tuple(rule_sets)
        self._kept: dict[tuple[str | None, int | None, Classes], Sets] = {}
        placed = self._by_region and any(one.region for one in rule_sets)
        # whether reports may be under different rule sets
        self.splits = placed or (self._by_year and bool(dated))
        if placed:
            _refuse_other(schema, REGION, pa.types.is_string, Text("文字", "text"))
        if self._by_year and dated:
            _refuse_other(schema, YEAR, pa.types.is_integer, Text("整数", "whole numbers"))

    @property
    def columns(self) -> list[str]:
        """The columns that tell which sets a report is under."""
        return [name for name, there in ((REGION, self._by_region), (YEAR, self._by_year)) if there]

    def everywhere(self, classes: Classes) -> Sets:
        """Return the sets that every report with tables of ``classes`` is under, whatever its region and year."""
        return self._sets(None, None, classes)

    def parts(
        self, batch: pa.RecordBatch, classes: Classes, *, together: bool
    ) -> Iterator[tuple[Sets, NDArray[np.int64] | None]]:
        """Yield rule sets and the rows that are under them, ascending; None for all rows.

        Args:
            batch: reports.
            classes: of their tables.
            together: whether all the sets a report is under come together, and so each report once. Else a set comes
                once, with all its reports: the rules of a region then cost no more than their own reports.
        """
        if not self.splits or not len(batch):
            yield self.everywhere(classes), None
            return
        regions, places = _encoded(batch, REGION if self._by_region else None)
        years, times = _encoded(batch, YEAR if self._by_year else None)
        pairs = places * len(years) + times
        order = np.argsort(pairs, kind="stable")
        there, starts = np.unique(pairs[order], return_index=True)
        rows_of = dict(zip(there.tolist(), np.split(order, starts[1:]), strict=True))
        under: dict[Sets, list[int]] = {}
        for pair in rows_of:
            sets = self._sets(regions[pair // len(years)], years[pair % len(years)], classes)
            for some in (sets,) if together else ((one,) for one in sets):
                under.setdefault(some, []).append(pair)
        alike: dict[tuple[int, ...], list[Sets]] = {}
        for sets, found in under.items():
            alike.setdefault(tuple(found), []).append(sets)
        for pairs_of, several in alike.items():
            whole = len(pairs_of) == len(rows_of)
            rows = None if whole else np.sort(np.concatenate([rows_of[pair] for pair in pairs_of]))
            yield tuple(one for sets in several for one in sets), rows

    def _sets(self, region: str | None, year: int | None, classes: Classes) -> Sets:
        """Return the sets a report is under, each rule as severe as the others make it."""
        key = region, year, classes
        if key not in self._kept:
            forms = [form for form in classes if hasattr(form, "edition")]
            printed = {*(form.edition for form in forms), *map(national, forms)}
            about = [one for one in self._all if one.is_about(year) and one.is_about_form(printed)]
            self._kept[key] = adjusted(tuple(one for one in about if not self._by_region or one.is_at_home(region)))
        return self._kept[key]


def _refuse_other(schema: pa.Schema, name: str, is_right: Callable[[pa.DataType], bool], what: Text) -> None:
    kind = schema.field(name).type
    held = kind.value_type if pa.types.is_dictionary(kind) else kind
    if not is_right(held) and not pa.types.is_null(held):
        fail(f"列“{name}”应为{what.zh}，现为 {kind}", f"column {name!r} must hold {what.en}, not {kind}")


def _encoded(batch: pa.RecordBatch, name: str | None) -> tuple[list[Any], NDArray[np.int64]]:
    """Return the values of a column, each once, and which of them each row has."""
    if name is None:
        return [None], np.zeros(len(batch), np.int64)
    column = batch.column(name)
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    values = [*column.dictionary.to_pylist(), None]
    indices = column.indices.fill_null(len(values) - 1)
    return values, indices.to_numpy(zero_copy_only=False).astype(np.int64)
