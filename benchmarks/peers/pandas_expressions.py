"""pandas: one vectorised comparison per relation on a frame of plain columns."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from benchmarks.case import Failure, Job, Source
from benchmarks.made_up import columnar
from benchmarks.peers.names import APPLICANTS, BLOCKS, NOT_NEGATIVE, ORGANISATIONS, OUTCOMES, RESULTS, ROWS

__all__ = ["failures_of", "frame", "prepare"]


def frame(source: Source) -> Any:
    """Return the reports as pandas users have them: int64 columns, sums of money as floats."""
    data = columnar(source.data()).to_pandas()
    money = [name for name in data.columns if data[name].dtype == object]
    return data.astype(dict.fromkeys(money, float))


def check(df: Any) -> Any:
    """Return a frame of violations: report, code, binding."""
    found = []

    def broken(code: str, binding: str, mask: Any) -> None:
        ids = df["id"][mask]
        if len(ids):
            found.append(pd.DataFrame({"id": ids, "code": code, "binding": binding}))

    for who in APPLICANTS:
        a = f"applications.{who}."
        left, right = df[a + "received"] + df[a + "carried_in"], df[a + "concluded"] + df[a + "carried_out"]
        broken("APP001", who, left != right)
        broken("APP002", who, df[a + "concluded"] != df[[a + row for row in OUTCOMES]].sum(axis=1))
    for row in ROWS:
        parts = df[[f"applications.{who}.{row}" for who in ORGANISATIONS]].sum(axis=1)
        broken("APP003", row, df[f"applications.total.{row}"] != parts)
    for block in BLOCKS:
        parts = df[[f"disputes.{block}.{result}" for result in RESULTS]].sum(axis=1)
        broken("DSP001", block, df[f"disputes.{block}.total"] != parts)
    for code, binding, column in NOT_NEGATIVE:
        broken(code, binding, df[column] < 0)
    broken("FEE001", "", df["processing_fee.received"] > df["processing_fee.charged"])
    unpaid = df["applications.total.other_outcome.fee_unpaid"] > 0
    broken("FEE002", "", unpaid & (df["processing_fee.notices"] < 1))
    return pd.concat(found) if found else pd.DataFrame(columns=["id", "code", "binding"])


def failures_of(found: Any) -> Iterable[Failure]:
    """Return the rows of a frame of violations."""
    columns = (found[name].tolist() for name in ("id", "code", "binding"))
    return [(i, code, binding, "failed") for i, code, binding in zip(*columns, strict=True)]


def prepare(source: Source) -> Job:
    """Get a frame ready."""
    df = frame(source)
    return Job(lambda: check(df), len(df), failures_of)
