"""Violations as an Arrow table: the report's identity, the rule, the place, both sides, and how it came out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

from govinfo.batch.form import fail
from govinfo.batch.numbers import decimals
from govinfo.engines.block import Found, Ints
from govinfo.engines.program import Program
from govinfo.findings import Status

__all__ = ["FIELDS", "NUMBER", "WORD", "Words", "Writer", "carried_along", "result_schema"]

NUMBER = pa.decimal128(38, 6)
"""Exact for the sum of any number of 64-bit counts, and for money."""

WORD = pa.dictionary(pa.int32(), pa.string())
"""Few words stand in many rows: each is kept once."""

FIELDS = (
    pa.field("code", WORD, False),
    pa.field("severity", WORD, False),
    pa.field("binding", WORD, False),
    pa.field("column", WORD),
    pa.field("row", WORD),
    pa.field("status", WORD, False),
    pa.field("left", NUMBER),
    pa.field("right", NUMBER),
    pa.field("difference", NUMBER),
)
_STATUS = pa.array([Status.FAILED.value, Status.UNDECIDED.value])  # numbered as FAILED and UNDECIDED are
_REPORT = pa.field("report", pa.int64(), False)
"""The number of the report, from 1, where nothing else tells reports apart."""


def result_schema(identity: Sequence[pa.Field], fields: Sequence[pa.Field]) -> pa.Schema:
    """Return the columns of a result: what tells reports apart, then ``fields``.

    Raises:
        BatchError: a column that is carried along has the name of one of ours.
    """
    own = {field.name for field in fields}
    for field in identity:
        if field.name in own:
            fail(f"列名“{field.name}”与结果的列名相同，请改名", f"rename column {field.name!r}: the result has one too")
    return pa.schema([*(identity or [_REPORT]), *fields])


def carried_along(report: Ints, identity: pa.RecordBatch | None, numbers: Sequence[int]) -> list[pa.Array]:
    """Return what tells apart the reports that rows of a result are of.

    Args:
        report: of each row its report, in a part of a table.
        identity: what tells these reports apart; None for nothing.
        numbers: the numbers of these reports in the whole of the data, from 1.
    """
    if identity is None:
        return [pa.array(np.asarray(numbers, np.int64)[report])]
    return [column.take(pa.array(report)) for column in identity.columns]


class Words:
    """The words of the columns that say which relation it is, shared by all programs of a job."""

    def __init__(self) -> None:
        self._numbers: tuple[dict[str, int], ...] = tuple({} for _ in range(5))

    def numbered(self, column: int, words: Iterable[str | None]) -> Ints:
        """Return the number of each word of a column, -1 for none."""
        known = self._numbers[column]
        return np.array([-1 if word is None else known.setdefault(word, len(known)) for word in words], np.int32)

    def dictionary(self, column: int) -> pa.Array:
        """Return every word of a column so far, by number."""
        return pa.array(list(self._numbers[column]), pa.string())


class Writer:
    """Makes record batches of what was found by one program."""

    def __init__(self, program: Program, schema: pa.Schema, words: Words) -> None:
        rows = [(one.rule, one.row) for one in program.instances]
        self._schema = schema
        several: list[list[str | None]] = [
            [rule.code for rule, _ in rows],
            [rule.severity.value for rule, _ in rows],
            [row.binding for _, row in rows],
            [row.position[0] for _, row in rows],
            [row.position[1] for _, row in rows],
        ]
        numbers = [words.numbered(i, column) for i, column in enumerate(several)]
        self._words = [(column, words.dictionary(i)) for i, column in enumerate(numbers)]

    def __call__(self, found: Found, identity: pa.RecordBatch | None, numbers: Sequence[int]) -> pa.RecordBatch:
        """Return what was found.

        Args:
            found: in the reports of a part of a table.
            identity: what tells these reports apart; None for nothing.
            numbers: the numbers of these reports in the whole of the data, from 1.
        """
        carried = carried_along(found.report, identity, numbers)
        texts = [_words(column[found.instance], dictionary) for column, dictionary in self._words]
        texts.append(_words(found.status.astype(np.int32), _STATUS))
        both = found.left_known & found.right_known
        sides = [
            decimals(found.left, found.left_known, NUMBER),
            decimals(found.right, found.right_known, NUMBER),
            decimals(_difference(found.left, found.right), both, NUMBER),
        ]
        columns = [*carried, *texts, *sides]
        return pa.RecordBatch.from_arrays(columns, schema=self._schema)


def _words(numbers: Ints, dictionary: pa.Array) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), dictionary)


def _difference(left: Ints, right: Ints) -> Ints:
    """Subtract numbers of 128 bits."""
    found = np.empty_like(left)
    low, other = left[:, 0].astype(np.uint64), right[:, 0].astype(np.uint64)
    found[:, 0] = (low - other).astype(np.int64)
    found[:, 1] = left[:, 1] - right[:, 1] - (low < other)
    return found
