"""polars: one lazy query with a boolean column per relation; what is true is listed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import polars as pl
from polars import col

from benchmarks.case import Failure, Job, Source
from benchmarks.made_up import columnar
from benchmarks.peers.names import APPLICANTS, BLOCKS, NOT_NEGATIVE, ORGANISATIONS, OUTCOMES, RESULTS, ROWS

__all__ = ["prepare"]


def _total(names: Iterable[str]) -> Any:
    return pl.sum_horizontal([col(name) for name in names])


def query(data: Any) -> Any:
    """Return the query: report, code and binding in one word, as far as a relation is broken."""
    broken = {}
    for who in APPLICANTS:
        a = f"applications.{who}."
        left, right = col(a + "received") + col(a + "carried_in"), col(a + "concluded") + col(a + "carried_out")
        broken[f"APP001 {who}"] = left != right
        broken[f"APP002 {who}"] = col(a + "concluded") != _total(a + row for row in OUTCOMES)
    for row in ROWS:
        parts = _total(f"applications.{who}.{row}" for who in ORGANISATIONS)
        broken[f"APP003 {row}"] = col(f"applications.total.{row}") != parts
    for block in BLOCKS:
        parts = _total(f"disputes.{block}.{result}" for result in RESULTS)
        broken[f"DSP001 {block}"] = col(f"disputes.{block}.total") != parts
    for code, binding, column in NOT_NEGATIVE:
        broken[f"{code} {binding}"] = col(column) < 0
    broken["FEE001 "] = col("processing_fee.received") > col("processing_fee.charged")
    unpaid = col("applications.total.other_outcome.fee_unpaid") > 0
    broken["FEE002 "] = unpaid & (col("processing_fee.notices") < 1)
    return (
        data.lazy()
        .select("id", **broken)
        .filter(pl.any_horizontal(pl.exclude("id")))
        .unpivot(index="id", variable_name="rule", value_name="broken")
        .filter("broken")
        .select("id", "rule")
    )


def failures_of(found: Any) -> Iterable[Failure]:
    """Return the rows of the result."""
    return [(i, *rule.split(" "), "failed") for i, rule in found.iter_rows()]


def prepare(source: Source) -> Job:
    """Get a frame ready."""
    data: Any = pl.from_arrow(columnar(source.data()), rechunk=True)
    return Job(lambda: query(data).collect(), data.height, failures_of)
