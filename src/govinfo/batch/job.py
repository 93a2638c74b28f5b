"""What is done with every part of the data: the rules for its editions, and what does not hold."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.form import CURRENT, EDITIONED, Classes, choose_classes, edition_column, fail, identity_of, require
from govinfo.batch.packed import AMOUNTS, COUNTS, is_packed, packed_block, packed_classes
from govinfo.batch.table import table_blocks
from govinfo.batch.violations import Words, Writer, violation_schema
from govinfo.engines.block import FAILED, Found, Kernel
from govinfo.engines.program import compile_program
from govinfo.hookspecs import Engine
from govinfo.plugins import Plugins
from govinfo.rules.model import LinearRule
from govinfo.schema import TABLES

__all__ = ["Job", "Judged", "Part"]

PACKED_ROWS = 32_768
"""Reports judged at a time in the packed form, whose numbers are not copied."""
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

    violations: pa.RecordBatch
    reports: int
    failing: int
    """How many of the reports have a relation that does not hold."""


class _Rules:
    """The rules for reports whose tables have certain classes, ready to run in any thread."""

    def __init__(self, rules: Sequence[LinearRule], classes: Classes, engine: Engine, plugins: Plugins) -> None:
        self.program = compile_program(rules, dict(zip(TABLES, classes, strict=True)), plugins.editions)
        self.needed = np.zeros(len(self.program.cells), np.bool_)
        self.needed[sorted(self.program.spoken_of)] = True
        self._engine = engine
        self._local = threading.local()

    @property
    def kernel(self) -> Kernel:
        """This thread's kernel."""
        if not hasattr(self._local, "kernel"):
            self._local.kernel = self._engine.kernel(self.program)
        kernel: Kernel = self._local.kernel
        return kernel

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The code of a rule that speaks of each cell."""
        cells = self.program.cells
        spoken = ((cells[i], one.rule.code) for one in self.program.instances for i in one.spoken_of)
        return dict(reversed(list(spoken)))


class Job:
    """What is done with every part of the data."""

    def __init__(
        self, schema: pa.Schema, rules: Sequence[LinearRule], engine: Engine, plugins: Plugins, undecided: bool
    ) -> None:
        self._all, self._engine, self._plugins, self._undecided = rules, engine, plugins, undecided
        self._packed = is_packed(schema)
        names = list(schema.names)
        _refuse_twice(names)
        carried = [name for name in names if name not in (COUNTS, AMOUNTS)] if self._packed else names
        self._carried = identity_of(carried, plugins.editions)
        self.schema = violation_schema([schema.field(name) for name in self._carried])
        self._names = names
        self._editioned = [] if self._packed else [t for t in EDITIONED if edition_column(t) in names]
        self._made: dict[Classes, tuple[_Rules, Writer]] = {}
        self._lock = threading.Lock()
        self._words = Words()
        self.rows = PACKED_ROWS if self._packed else TABLE_ROWS
        self._classes = packed_classes(schema, plugins.editions) if self._packed else self._by_columns()
        if not self._editioned:
            self._rules(self._classes)  # what is missing is said before anything is read

    def _by_columns(self) -> Classes:
        names = [name for name in self._names if name.partition(".")[0] not in self._editioned]
        return choose_classes(names, self._plugins.editions)

    def _rules(self, classes: Classes) -> tuple[_Rules, Writer]:
        with self._lock:
            if classes not in self._made:
                made = _Rules(self._all, classes, self._engine, self._plugins)
                if not self._packed:
                    spoken = [path for path, needed in zip(made.program.cells, made.needed, strict=True) if needed]
                    require(spoken, self._names, made.codes)
                self._made[classes] = made, Writer(made.program, self.schema, self._words)
            return self._made[classes]

    def judged(self, part: Part) -> Judged:
        """Return what does not hold in a part of the data."""
        if not self._editioned:
            return self._judge(part.batch, part.numbers, self._classes)[0]
        several, reports = [], []
        for classes, rows in self._by_edition(part):
            whole = len(rows) == len(part.batch)
            numbers = part.numbers if whole else [part.numbers[i] for i in rows.tolist()]
            judged, report = self._judge(part.batch if whole else part.batch.take(pa.array(rows)), numbers, classes)
            several.append(judged)
            reports.append(rows[report])
        order = np.argsort(np.concatenate(reports), kind="stable")
        merged = pa.Table.from_batches([judged.violations for judged in several]).take(pa.array(order))
        (batch,) = merged.combine_chunks().to_batches() or [pa.RecordBatch.from_pylist([], schema=self.schema)]
        return Judged(batch, len(part.batch), sum(judged.failing for judged in several))

    def _judge(
        self, batch: pa.RecordBatch, numbers: Sequence[int], classes: Classes
    ) -> tuple[Judged, NDArray[np.int64]]:
        """Judge reports of one combination of classes; also return which of them each violation is of."""
        rules, writer = self._rules(classes)
        if self._packed:
            found = rules.kernel(packed_block(batch, rules.needed, numbers))
        else:
            blocks = table_blocks(batch, rules.program, rules.needed, numbers)
            found = Found.joined([rules.kernel(block).moved(start) for start, block in blocks])
        failed = found.report[found.status == FAILED]  # ascending
        failing = int(np.count_nonzero(np.diff(failed, prepend=-1)))
        if not self._undecided:
            found = found.take(found.status == FAILED)
        identity = batch.select(self._carried) if self._carried else None
        violations = writer(found, identity, numbers)
        return Judged(violations, len(batch), failing), found.report

    def _by_edition(self, part: Part) -> Iterator[tuple[Classes, NDArray[Any]]]:
        """Yield the rows of each combination of editions. A table without one is not in the report."""
        columns = [part.batch.column(edition_column(table)).to_pylist() for table in self._editioned]
        groups: dict[tuple[str | None, ...], list[int]] = {}
        for i, named in enumerate(zip(*columns, strict=True)):
            groups.setdefault(named, []).append(i)
        for named, rows in groups.items():
            classes = dict(zip(TABLES, self._classes, strict=True))
            for table, edition in zip(self._editioned, named, strict=True):
                form = CURRENT[table] if edition is None else self._plugins.editions[table].get(edition)
                if form is None:
                    row, known = part.numbers[rows[0]], ", ".join(self._plugins.editions[table])
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
