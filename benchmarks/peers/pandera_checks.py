"""pandera: a schema of columns that may not be negative and one check per relation, all violations at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandera.pandas as pa

from benchmarks.case import Failure, Job, Source
from benchmarks.peers.names import AMOUNTS, APPLICANTS, BLOCKS, NOT_NEGATIVE, ORGANISATIONS, OUTCOMES, RESULTS, ROWS
from benchmarks.peers.pandas_expressions import frame

__all__ = ["prepare"]


def _sum_of(total: str, parts: list[str]) -> Callable[[Any], Any]:
    return lambda df: df[total] == df[parts].sum(axis=1)


def _balance(column: str) -> Callable[[Any], Any]:
    a = f"applications.{column}."
    return lambda df: df[a + "received"] + df[a + "carried_in"] == df[a + "concluded"] + df[a + "carried_out"]


def schema() -> Any:
    """Return the schema; a check is named by code and binding."""
    checks = []
    for who in APPLICANTS:
        a = f"applications.{who}."
        checks.append(pa.Check(_balance(who), name=f"APP001 {who}"))
        checks.append(pa.Check(_sum_of(a + "concluded", [a + row for row in OUTCOMES]), name=f"APP002 {who}"))
    for row in ROWS:
        parts = [f"applications.{who}.{row}" for who in ORGANISATIONS]
        checks.append(pa.Check(_sum_of(f"applications.total.{row}", parts), name=f"APP003 {row}"))
    for block in BLOCKS:
        parts = [f"disputes.{block}.{result}" for result in RESULTS]
        checks.append(pa.Check(_sum_of(f"disputes.{block}.total", parts), name=f"DSP001 {block}"))
    checks.append(pa.Check(lambda df: df["processing_fee.received"] <= df["processing_fee.charged"], name="FEE001 "))
    unpaid, notices = "applications.total.other_outcome.fee_unpaid", "processing_fee.notices"
    checks.append(pa.Check(lambda df: (df[unpaid] <= 0) | (df[notices] >= 1), name="FEE002 "))
    columns = {column: pa.Column(float if column in AMOUNTS else int, pa.Check.ge(0)) for _, _, column in NOT_NEGATIVE}
    return pa.DataFrameSchema(columns, checks=checks)


_RULE_OF = {column: f"{code} {binding}" for code, binding, column in NOT_NEGATIVE}


def failures_of(cases: Any) -> Iterable[Failure]:
    """Return the violations; a check over several columns lists its failure once for each column."""
    if cases is None:
        return []
    whole = cases["schema_context"] == "DataFrameSchema"
    once = cases.assign(rule=cases["check"].where(whole, cases["column"].map(_RULE_OF)))
    once = once[["index", "rule"]].drop_duplicates()
    pairs = zip(once["index"].tolist(), once["rule"].tolist(), strict=True)
    return [(int(i), *rule.split(" "), "failed") for i, rule in pairs]


def prepare(source: Source) -> Job:
    """Get a frame and a schema ready."""
    df, checks = frame(source), schema()

    def validate() -> Any:
        try:
            checks.validate(df, lazy=True)
        except pa.errors.SchemaErrors as error:
            return error.failure_cases
        return None

    return Job(validate, len(df), failures_of)
