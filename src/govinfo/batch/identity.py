"""Columns that must tell every report apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from govinfo.batch.form import fail

__all__ = ["ID", "Unique"]

ID = "id"


class Unique:
    """Makes sure that no report comes twice.

    Keys have to be remembered. As long as they ascend they are kept as the column they came in (8 bytes a report for an
    integer), from the first one that does not as a set.

    Args:
        schema: the columns there are.
        names: those that together tell reports apart; None for ``id`` where there is such a column, else none.

    Raises:
        BatchError: there is no such column, or its values cannot be compared.
    """

    def __init__(self, schema: pa.Schema, names: Sequence[str] | None) -> None:
        self._names = [name for name in (ID,) if name in schema.names] if names is None else list(names)
        for name in self._names:
            if name not in schema.names:
                fail(f"没有列“{name}”", f"there is no column {name!r}")
            kind = schema.field(name).type
            if pa.types.is_nested(kind):
                fail(
                    f"列“{name}”的类型是 {kind}，不能用来区分报告",
                    f"column {name!r} is of type {kind}, which cannot tell reports apart",
                )
        self._last: Any = None
        self._seen: set[Any] | None = None
        self._earlier: list[Any] = []

    def check(self, batch: pa.RecordBatch, first_row: int) -> None:
        """Take in the reports of a batch.

        Args:
            batch: the next reports.
            first_row: the number of its first row, from 1.

        Raises:
            BatchError: a report has come before; names the row.
        """
        if not self._names or not len(batch):
            return
        columns = [batch.column(name) for name in self._names]
        if len(columns) == 1 and self._seen is None and self._ascends(columns[0]):
            return
        keys = list(zip(*(column.to_pylist() for column in columns), strict=True))
        seen = self._remembered()
        for i, key in enumerate(keys):
            if key in seen:
                shown = ", ".join(map(str, key))
                what = ", ".join(self._names)
                fail(
                    f"列“{what}”第 {first_row + i} 行：{shown} 重复出现",
                    f"column {what!r}, row {first_row + i}: {shown} comes twice",
                )
            seen.add(key)

    def _ascends(self, column: pa.Array) -> bool:
        """Whether the keys go on ascending, so that none can have come before."""
        if column.null_count or pa.types.is_dictionary(column.type):
            return False
        if pa.types.is_integer(column.type):  # the usual case, and a column is little beside a report
            numbers = column.to_numpy()
            steps = bool((numbers[1:] > numbers[:-1]).all())
        else:
            steps = pc.all(pc.less(column.slice(0, len(column) - 1), column.slice(1))).as_py()
        first = column[0].as_py()
        if steps is False or (self._last is not None and not self._last < first):
            return False
        self._last = column[len(column) - 1].as_py()
        # a copy: the column as it came may keep a whole batch in memory
        self._earlier.append(column.take(pa.array(np.arange(len(column)))))
        return True

    def _remembered(self) -> set[Any]:
        if self._seen is None:
            self._seen = {(value,) for column in self._earlier for value in column.to_pylist()}
            self._earlier.clear()
        return self._seen
