"""What is done with every part of the data: each report is judged by the form it is on."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, Generic, TypeVar, cast

import attrs
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.form import CURRENT, EDITIONED, Classes, choose_classes, edition_column, fail, identity_of
from govinfo.batch.packed import AMOUNTS, COUNTS, is_packed, packed_block, packed_classes
from govinfo.batch.scope import Scope, Sets
from govinfo.batch.table import table_blocks
from govinfo.batch.violations import result_schema
from govinfo.engines.block import Block, Ints
from govinfo.engines.program import Program
from govinfo.plugins import Plugins
from govinfo.schema import TABLES

__all__ = ["Job", "Judged", "Part"]

PACKED_ROWS = 32_768
"""Reports judged at a time in the packed form, whose numbers are not copied."""
SPLIT_ROWS = 131_072
"""Reports of many regions taken at a time: each region's are few of them."""
TABLE_ROWS = 8_192
"""Reports judged at a time in a table, whose columns are copied together in smaller tiles."""


@attrs.frozen
class Part:
    """Some rows of the data."""

    batch: pa.RecordBatch
    numbers: range
    """The numbers of its rows, from 1."""


@attrs.frozen
class Judged:
    """What came of a part of the data."""

    rows: pa.RecordBatch
    reports: int
    failing: int
    """How many of the reports have a relation that does not hold."""


Prepared = TypeVar("Prepared")
"""What a job makes ready for reports whose tables have certain classes; used by several threads at once."""


class Job(ABC, Generic[Prepared]):
    """What is done with every part of the data.

    Args:
        schema: the columns of the data.
        fields: the columns of the result beside those that are carried along.
        plugins: what is installed.
        scope: which rule sets each report is under.
    """

    together: ClassVar[bool]
    """Whether all the rules a report is under are needed at once."""

    def __init__(self, schema: pa.Schema, fields: Sequence[pa.Field], plugins: Plugins, scope: Scope) -> None:
        self.plugins = plugins
        self.scope = scope
        self.packed = is_packed(schema)
        self.names = list(schema.names)
        _refuse_twice(self.names)
        carried = [name for name in self.names if name not in (COUNTS, AMOUNTS)] if self.packed else self.names
        self._carried = identity_of(carried, plugins.editions)
        self.schema = result_schema([schema.field(name) for name in self._carried], fields)
        self._editioned = [] if self.packed else [t for t in EDITIONED if edition_column(t) in self.names]
        self._made: dict[tuple[Classes, Sets], Prepared] = {}
        self._lock = threading.Lock()
        self.rows = SPLIT_ROWS if scope.splits else PACKED_ROWS if self.packed else TABLE_ROWS
        self._classes = packed_classes(schema, plugins.editions) if self.packed else self._by_columns()

    @abstractmethod
    def prepare(self, classes: Classes, sets: Sets) -> Prepared:
        """Make ready what reports with tables of ``classes`` are judged with that are under these rule sets.

        Called once for each combination.
        """

    @abstractmethod
    def columns(self, prepared: Prepared) -> list[str]:
        """Return the columns of cells that reports are judged by."""

    @abstractmethod
    def judge(
        self, prepared: Prepared, batch: pa.RecordBatch, identity: pa.RecordBatch | None, numbers: Sequence[int]
    ) -> tuple[pa.RecordBatch, Ints, Ints]:
        """Judge reports of one combination of classes and rule sets.

        Args:
            prepared: for these classes and rule sets.
            batch: the reports.
            identity: what is carried along; None for nothing.
            numbers: the numbers of these reports in the whole of the data, from 1.

        Returns:
            What was found, by report and rule; which report, from 0, each row is of; which are not in order, ascending.
        """

    def check(self) -> None:
        """Say what is missing before anything is read, where that does not hang on the rows.

        Raises:
            BatchError: a column is missing.
        """
        if not self._editioned:
            self._prepared(self._classes, self.scope.everywhere(self._classes))

    def blocks(
        self, batch: pa.RecordBatch, program: Program, needed: NDArray[np.bool_], numbers: Sequence[int]
    ) -> Iterator[tuple[int, Block]]:
        """Yield reports as blocks, each with the place of its first report. A block lasts until the next."""
        if self.packed:
            yield 0, packed_block(batch, needed, numbers)
        else:
            yield from table_blocks(batch, program, needed, numbers)

    def _by_columns(self) -> Classes:
        names = [name for name in self.names if name.partition(".")[0] not in self._editioned]
        return choose_classes(names, self.plugins.editions)

    def _prepared(self, classes: Classes, sets: Sets) -> Prepared:
        with self._lock:
            if (classes, sets) not in self._made:
                self._made[classes, sets] = self.prepare(classes, sets)
            return self._made[classes, sets]

    def judged(self, part: Part) -> Judged:
        """Return what was found in a part of the data."""
        several, reports, failing = [], [], []
        for classes, sets, rows in self._groups(part):
            found, report, failed = self._judge(part, classes, sets, rows)
            several.append(found)
            reports.append(report if rows is None else rows[report])
            failing.append(failed if rows is None else rows[failed])
        bad = len(np.unique(np.concatenate(failing)))
        if len(several) == 1:
            return Judged(several[0], len(part.batch), bad)
        merged = pa.Table.from_batches(several)
        keys = [np.concatenate(reports)]
        if not self.together:  # a report was judged more than once
            codes, ranks = np.unique(merged.column("code").to_numpy(), return_inverse=True)
            keys = [ranks, *keys] if len(codes) else keys
        (batch,) = merged.take(pa.array(np.lexsort(keys))).combine_chunks().to_batches() or [
            pa.RecordBatch.from_pylist([], schema=self.schema)
        ]
        return Judged(batch, len(part.batch), bad)

    def _judge(
        self, part: Part, classes: Classes, sets: Sets, rows: NDArray[Any] | None
    ) -> tuple[pa.RecordBatch, Ints, Ints]:
        prepared = self._prepared(classes, sets)
        batch, numbers = part.batch, cast(Sequence[int], part.numbers)
        if rows is not None:
            cells = [COUNTS, AMOUNTS] if self.packed else self.columns(prepared)
            batch = batch.select([*self._carried, *cells]).take(pa.array(rows))
            numbers = [part.numbers[i] for i in rows.tolist()]
        return self.judge(prepared, batch, batch.select(self._carried) if self._carried else None, numbers)

    def _groups(self, part: Part) -> Iterator[tuple[Classes, Sets, NDArray[Any] | None]]:
        """Yield the rows of each combination of editions and rule sets; None for all rows."""
        for classes, rows in self._by_edition(part) if self._editioned else [(self._classes, None)]:
            whole = rows is None or len(rows) == len(part.batch)
            batch = part.batch if whole else part.batch.select(self.scope.columns).take(pa.array(rows))
            for sets, inner in self.scope.parts(batch, classes, together=self.together):
                yield classes, sets, inner if whole or rows is None else rows if inner is None else rows[inner]

    def _by_edition(self, part: Part) -> Iterator[tuple[Classes, NDArray[Any]]]:
        """Yield the rows of each combination of editions. A table without one is not in the report."""
        columns = [part.batch.column(edition_column(table)).to_pylist() for table in self._editioned]
        groups: dict[tuple[str | None, ...], list[int]] = {}
        for i, named in enumerate(zip(*columns, strict=True)):
            groups.setdefault(named, []).append(i)
        for named, rows in groups.items():
            classes = dict(zip(TABLES, self._classes, strict=True))
            for table, edition in zip(self._editioned, named, strict=True):
                form = CURRENT[table] if edition is None else self.plugins.editions[table].get(edition)
                if form is None:
                    row, known = part.numbers[rows[0]], ", ".join(self.plugins.editions[table])
                    name = edition_column(table)
                    fail(
                        f"列“{name}”第 {row} 行：没有“{edition}”这一版（可用：{known}）",
                        f"column {name!r}, row {row}: no edition {edition!r} (known: {known})",
                    )
                classes[table] = form
            yield tuple(classes.values()), np.array(rows)


def _refuse_twice(names: Sequence[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            fail(f"列“{name}”出现了两次", f"there are two columns {name!r}")
