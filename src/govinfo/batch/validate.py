"""Validating a stream of record batches: part by part, in bounded memory, on as many threads as asked for."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.api import rule_sets_by_name
from govinfo.batch.form import CURRENT, EDITIONED, Classes, choose_classes, edition_column, fail, identity_of, require
from govinfo.batch.identity import Unique
from govinfo.batch.packed import AMOUNTS, COUNTS, is_packed, packed_block, packed_classes
from govinfo.batch.table import table_block
from govinfo.batch.violations import Writer, violation_schema
from govinfo.engines.block import UNDECIDED, Block, Kernel
from govinfo.engines.program import compile_program
from govinfo.hookspecs import Engine
from govinfo.plugins import Plugins, default_plugins
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule
from govinfo.schema import TABLES

__all__ = ["AUTO", "stream", "validate"]

AUTO = "auto"
PACKED_ROWS = 16_384
"""Reports judged at a time in the packed form, whose numbers are not copied."""
TABLE_ROWS = 2_048
"""Reports judged at a time in a table, whose columns are copied together: 3 MB."""


def validate(
    data: Any,
    *,
    rules: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    undecided: bool = True,
    unique: Sequence[str] | None = None,
    threads: int = 1,
    engine: str = AUTO,
    plugins: Plugins | None = None,
) -> pa.Table:
    """Judge every report of a table by the linear rules and return what does not hold.

    Args:
        data: a table, record batch or reader of pyarrow, or whatever has ``__arrow_c_stream__`` (polars, DuckDB,
            pandas), with a column for each cell named by its canonical path (integers; sums of money as decimals in
            the unit of the cell), or in the packed form. Other columns are carried along and tell reports apart; string
            columns ``editions.disclosure`` and ``editions.applications`` say which edition a report's tables have.
        rules: names of rule sets to apply, and no others; by default those for everywhere.
        select: rule codes or their beginnings; others are left out.
        ignore: rule codes or their beginnings to leave out.
        undecided: also list relations that could not be judged for want of figures.
        unique: columns that together must tell every report apart; by default ``id``, where there is such a column.
        threads: how many reports' parts are judged at the same time.
        engine: ``auto`` for the quickest that is installed, ``numpy``, ``compiled``.
        plugins: what is installed, by default everything found.

    Returns:
        A row for each relation that fails or is undecided, by report and rule: the columns carried along, then
        ``code``, ``severity``, ``binding``, ``column``, ``row``, ``status`` (``failed`` or ``undecided``), ``left``,
        ``right`` and ``difference`` (null where a cell is missing).

    Raises:
        BatchError: the table is not what it should be: names the column, and the row from 1.
        GovinfoError: no such rule set, rule or engine.
    """
    return stream(
        data,
        rules=rules,
        select=select,
        ignore=ignore,
        undecided=undecided,
        unique=unique,
        threads=threads,
        engine=engine,
        plugins=plugins,
    ).read_all()


def stream(
    data: Any,
    *,
    rules: Sequence[str] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    undecided: bool = True,
    unique: Sequence[str] | None = None,
    threads: int = 1,
    engine: str = AUTO,
    plugins: Plugins | None = None,
) -> pa.RecordBatchReader:
    """Return the same as `validate` as a stream, which takes in data as it is read.

    Memory does not grow with the data. Errors in the data are raised while the stream is read, and reach the reader as
    they are. Arguments are those of `validate`.
    """
    plugins = plugins or default_plugins()
    reader = _reader(data)
    chosen = choose(rule_sets_by_name(plugins, rules, select, ignore), select, ignore)
    job = _Job(
        reader.schema, [rule for rule in chosen if isinstance(rule, LinearRule)], _engine(plugins, engine), plugins
    )
    ids = Unique(reader.schema, unique)
    parts = _parts(reader, ids, job.rows)
    found = _in_order(parts, lambda part: job.judged(part, undecided), max(threads, 1))
    return pa.RecordBatchReader.from_batches(job.schema, found)


def _reader(data: Any) -> pa.RecordBatchReader:
    if isinstance(data, pa.RecordBatchReader):
        return data
    if isinstance(data, pa.RecordBatch):
        data = pa.Table.from_batches([data])
    if isinstance(data, pa.Table):
        return data.to_reader()
    if not hasattr(data, "__arrow_c_stream__"):
        fail(
            f"无法从 {type(data).__name__} 读取表格：应为 Arrow 表，或有 __arrow_c_stream__ 的对象",
            f"a {type(data).__name__} is no table: an Arrow table or something with __arrow_c_stream__ is needed",
        )
    return pa.RecordBatchReader.from_stream(data)


def _engine(plugins: Plugins, name: str) -> Engine:
    known = plugins.engines
    if name == AUTO:
        return next(iter(known.values()))
    if name not in known:
        names = ", ".join([AUTO, *known])
        fail(f"没有名为“{name}”的引擎（可用：{names}）", f"no engine {name!r} (known: {names})")
    return known[name]


@attrs.frozen
class _Part:
    """Some rows of the data."""

    batch: pa.RecordBatch
    first: int
    """The number of the first row, from 0."""


def _parts(reader: Iterable[pa.RecordBatch], ids: Unique, rows: int) -> Iterator[_Part]:
    first = 0
    for batch in reader:
        ids.check(batch, first + 1)
        for start in range(0, len(batch), rows):
            yield _Part(batch.slice(start, rows), first + start)
        first += len(batch)


def _in_order(
    parts: Iterator[_Part], work: Callable[[_Part], pa.RecordBatch], threads: int
) -> Iterator[pa.RecordBatch]:
    """Work on parts, several at a time, and yield what comes out in their order; never far ahead of the reader."""
    if threads == 1:
        yield from map(work, parts)
        return
    waiting: deque[Future[pa.RecordBatch]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        try:
            for part in parts:
                waiting.append(pool.submit(work, part))
                if len(waiting) > 2 * threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


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


class _Job:
    """What is done with every part of the data."""

    def __init__(self, schema: pa.Schema, rules: Sequence[LinearRule], engine: Engine, plugins: Plugins) -> None:
        self._all, self._engine, self._plugins = rules, engine, plugins
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
                self._made[classes] = made, Writer(made.program, self.schema)
            return self._made[classes]

    def judged(self, part: _Part, undecided: bool) -> pa.RecordBatch:
        """Return what does not hold in a part of the data."""
        if not self._editioned:
            return self._judge(part.batch, part.first, self._classes, undecided, None)
        found = [
            self._judge(part.batch.take(pa.array(rows)), part.first, classes, undecided, rows)
            for classes, rows in self._by_edition(part)
        ]
        several = pa.Table.from_batches(found, schema=found[0].schema if found else None)
        order = np.argsort(several["#"].to_numpy(), kind="stable")
        merged = several.take(pa.array(order)).drop_columns(["#"]).combine_chunks().to_batches()
        return merged[0] if merged else pa.RecordBatch.from_pylist([], schema=self.schema)

    def _judge(
        self, batch: pa.RecordBatch, first: int, classes: Classes, undecided: bool, rows: NDArray[Any] | None
    ) -> pa.RecordBatch:
        rules, writer = self._rules(classes)
        found = rules.kernel(self._block(batch, rules, first))
        if not undecided:
            found = found.take(found.status != UNDECIDED)
        identity = batch.select(self._carried) if self._carried else None
        if rows is None:
            return writer(found, identity, first)
        numbered = attrs.evolve(found, report=rows[found.report]) if identity is None else found
        written = writer(numbered, identity, first)
        return written.append_column("#", pa.array(rows[found.report]))

    def _block(self, batch: pa.RecordBatch, rules: _Rules, first: int) -> Block:
        if self._packed:
            return packed_block(batch, rules.needed, first + 1)
        return table_block(batch, rules.program, rules.needed, first + 1)

    def _by_edition(self, part: _Part) -> Iterator[tuple[Classes, NDArray[Any]]]:
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
                    row, known = part.first + rows[0] + 1, ", ".join(self._plugins.editions[table])
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
