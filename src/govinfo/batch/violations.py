"""Violations as an Arrow table: the report's identity, the rule, the place, both sides, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from govinfo.batch.form import fail
from govinfo.batch.numbers import decimals
from govinfo.engines.block import Found, Ints
from govinfo.engines.program import Program
from govinfo.findings import Status

__all__ = ["FIELDS", "NUMBER", "Writer", "takable", "violation_schema"]

NUMBER = pa.decimal128(38, 6)
"""Exact for the sum of any number of 64-bit counts, and for money."""

FIELDS = (
    pa.field("code", pa.string(), False),
    pa.field("severity", pa.string(), False),
    pa.field("binding", pa.string(), False),
    pa.field("column", pa.string()),
    pa.field("row", pa.string()),
    pa.field("status", pa.string(), False),
    pa.field("left", NUMBER),
    pa.field("right", NUMBER),
    pa.field("difference", NUMBER),
)
_STATUS = pa.array([Status.FAILED.value, Status.UNDECIDED.value])  # numbered as FAILED and UNDECIDED are
_REPORT = pa.field("report", pa.int64(), False)
"""The number of the report, from 1, where nothing else tells reports apart."""


def violation_schema(identity: Sequence[pa.Field]) -> pa.Schema:
    """Return the columns of a table of violations.

    Raises:
        BatchError: a column that is carried along has the name of one of ours.
    """
    own = {field.name for field in FIELDS}
    for field in identity:
        if field.name in own:
            fail(
                f"列名“{field.name}”与结果的列名相同，请改名", f"rename column {field.name!r}: violations have one too"
            )
    return pa.schema([*(field.with_type(takable(field.type)) for field in identity or [_REPORT]), *FIELDS])


def takable(kind: pa.DataType) -> pa.DataType:
    """Return a type rows can be taken from: Arrow cannot do that yet with views, which polars makes."""
    views = {pa.string_view(): pa.string(), pa.binary_view(): pa.binary()}
    return views.get(kind, kind)


class Writer:
    """Makes record batches of what was found by one program."""

    def __init__(self, program: Program, schema: pa.Schema) -> None:
        rows = [one.row for one in program.instances]
        self._schema = schema
        self._texts = [
            pa.array([one.rule.code for one in program.instances], pa.string()),
            pa.array([one.rule.severity.value for one in program.instances], pa.string()),
            pa.array([row.binding for row in rows], pa.string()),
            pa.array([row.position[0] for row in rows], pa.string()),
            pa.array([row.position[1] for row in rows], pa.string()),
        ]

    def __call__(self, found: Found, identity: pa.RecordBatch | None, numbers: Sequence[int]) -> pa.RecordBatch:
        """Return what was found.

        Args:
            found: in the reports of a part of a table.
            identity: what tells these reports apart; None for nothing.
            numbers: the numbers of these reports in the whole of the data, from 1.
        """
        report = pa.array(found.report)
        if identity is None:
            carried = [pa.array(np.asarray(numbers, np.int64)[found.report])]
        else:
            kinds = self._schema.types[: identity.num_columns]
            columns = [one.cast(kind) for one, kind in zip(identity.columns, kinds, strict=True)]
            carried = [one.take(report) for one in columns]
        texts = [text.take(pa.array(found.instance)) for text in self._texts]
        both = found.left_known & found.right_known
        sides = [
            decimals(found.left, found.left_known, NUMBER),
            decimals(found.right, found.right_known, NUMBER),
            decimals(_difference(found.left, found.right), both, NUMBER),
        ]
        columns = [*carried, *texts, _STATUS.take(pa.array(found.status)), *sides]
        return pa.RecordBatch.from_arrays(columns, schema=self._schema)


def _difference(left: Ints, right: Ints) -> Ints:
    """Subtract numbers of 128 bits."""
    found = np.empty_like(left)
    low, other = left[:, 0].astype(np.uint64), right[:, 0].astype(np.uint64)
    found[:, 0] = (low - other).astype(np.int64)
    found[:, 1] = left[:, 1] - right[:, 1] - (low < other)
    return found
