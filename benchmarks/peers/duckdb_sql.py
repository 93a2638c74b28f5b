"""DuckDB: SQL as one would write it over plain columns, in one pass or a ``select`` for each relation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import duckdb

from benchmarks.case import Failure, Job, Source
from benchmarks.made_up import columnar
from benchmarks.peers.names import APPLICANTS, BLOCKS, NOT_NEGATIVE, ORGANISATIONS, OUTCOMES, RESULTS, ROWS

__all__ = ["prepare"]


def _relations() -> Iterator[tuple[str, str, str]]:
    """Yield code, binding, and the condition under which the relation is broken."""
    for who in APPLICANTS:
        a = f"applications.{who}."
        yield "APP001", who, f'"{a}received" + "{a}carried_in" <> "{a}concluded" + "{a}carried_out"'
        yield "APP002", who, f'"{a}concluded" <> ' + " + ".join(f'"{a}{row}"' for row in OUTCOMES)
    for row in ROWS:
        parts = " + ".join(f'"applications.{who}.{row}"' for who in ORGANISATIONS)
        yield "APP003", row, f'"applications.total.{row}" <> {parts}'
    for block in BLOCKS:
        parts = " + ".join(f'"disputes.{block}.{result}"' for result in RESULTS)
        yield "DSP001", block, f'"disputes.{block}.total" <> {parts}'
    for code, binding, column in NOT_NEGATIVE:
        yield code, binding, f'"{column}" < 0'
    yield "FEE001", "", '"processing_fee.received" > "processing_fee.charged"'
    yield "FEE002", "", '"applications.total.other_outcome.fee_unpaid" > 0 and "processing_fee.notices" < 1'


def union_all() -> str:
    """Return a query that goes through the table once per relation."""
    return "\nunion all\n".join(
        f"select id, '{code}' as code, '{binding}' as binding from reports where {broken}"
        for code, binding, broken in _relations()
    )


def one_pass() -> str:
    """Return a query that goes through the table once."""
    cases = ",\n".join(f"case when {broken} then '{code} {binding}' end" for code, binding, broken in _relations())
    return (
        "select id, split_part(rule, ' ', 1) as code, split_part(rule, ' ', 2) as binding "
        f"from (select id, unnest(list_filter([{cases}], lambda rule: rule is not null)) as rule from reports)"
    )


def failures_of(found: Any) -> Iterable[Failure]:
    """Return the rows of the result."""
    columns = (found[name].to_pylist() for name in ("id", "code", "binding"))
    return [(i, code, binding, "failed") for i, code, binding in zip(*columns, strict=True)]


def prepare(source: Source, query: str, threads: int = 1) -> Job:
    """Load the reports into a table of DuckDB's own, which is faster for it than somebody else's."""
    table = columnar(source.data())
    connection = duckdb.connect(config={"threads": threads})
    connection.register("given", table)
    connection.execute("create table reports as select * from given")
    connection.unregister("given")
    text = {"union_all": union_all, "one_pass": one_pass}[query]()
    return Job(lambda: connection.sql(text).to_arrow_table(), len(table), failures_of)
