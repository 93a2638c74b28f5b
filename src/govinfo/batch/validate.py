"""Validating a stream of record batches: part by part, in bounded memory, on as many threads as asked for."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypedDict, Unpack

import pyarrow as pa

from govinfo.api import rule_sets_by_name, with_rule_files
from govinfo.batch.form import fail
from govinfo.batch.identity import Unique
from govinfo.batch.job import Job, Judged, Part
from govinfo.hookspecs import Engine
from govinfo.plugins import Plugins, default_plugins
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule

__all__ = ["AUTO", "Options", "stream", "validate", "watched"]

AUTO = "auto"


class Options(TypedDict, total=False):
    """What can be chosen, by name."""

    rules: Sequence[str | os.PathLike[str]] | None
    """Names of rule sets, or TOML files of rules, to apply, and no others; by default those for everywhere."""
    select: Sequence[str]
    """Rule codes or their beginnings; others are left out."""
    ignore: Sequence[str]
    """Rule codes or their beginnings to leave out."""
    undecided: bool
    """Also list relations that could not be judged for want of figures; by default so."""
    unique: Sequence[str] | None
    """Columns that together must tell every report apart; by default ``id``, where there is such a column."""
    threads: int
    """How many parts of the data are judged at the same time; by default 1."""
    engine: str
    """``auto`` for the quickest that is installed, ``numpy``, ``compiled``; by default ``auto``."""
    plugins: Plugins | None
    """What is installed, by default everything found."""


def validate(data: Any, **options: Unpack[Options]) -> pa.Table:
    """Judge every report of a table by the linear rules and return what does not hold.

    Args:
        data: a table, record batch or reader of pyarrow, or whatever has ``__arrow_c_stream__`` (polars, DuckDB,
            pandas), with a column for each cell named by its canonical path (integers; sums of money as decimals in
            the unit of the cell), or in the packed form. Other columns are carried along and tell reports apart; string
            columns ``editions.disclosure`` and ``editions.applications`` say which edition a report's tables have.
        options: ``rules``, ``select``, ``ignore``, ``undecided``, ``unique``, ``threads``, ``engine``, ``plugins``:
            see `Options`.

    Returns:
        A row for each relation that fails or is undecided, by report and rule: the columns carried along, then
        ``code``, ``severity``, ``binding``, ``column``, ``row``, ``status`` (``failed`` or ``undecided``), ``left``,
        ``right`` and ``difference`` (null where a cell is missing).

    Raises:
        BatchError: the table is not what it should be: names the column, and the row from 1.
        GovinfoError: no such rule set, rule or engine.
    """
    return stream(data, **options).read_all()


def stream(data: Any, **options: Unpack[Options]) -> pa.RecordBatchReader:
    """Return the same as `validate` as a stream, which takes in data as it is read.

    Memory does not grow with the data. Errors in the data are raised while the stream is read, and reach the reader as
    they are. Arguments are those of `validate`.
    """
    return watched(data, None, **options)


def watched(
    data: Any,
    watch: Callable[[int, int], object] | None,
    *,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    undecided: bool = True,
    unique: Sequence[str] | None = None,
    threads: int = 1,
    engine: str = AUTO,
    plugins: Plugins | None = None,
) -> pa.RecordBatchReader:
    """Do what `stream` does, and tell ``watch`` of every part how many reports it has and how many of them fail."""
    plugins, names = with_rule_files(plugins or default_plugins(), rules)
    reader = _reader(data)
    chosen = choose(rule_sets_by_name(plugins, names, select, ignore), select, ignore)
    linear = [rule for rule in chosen if isinstance(rule, LinearRule)]
    job = Job(reader.schema, linear, _engine(plugins, engine), plugins, undecided)
    parts = _parts(reader, Unique(reader.schema, unique), job.rows)

    def found() -> Iterator[pa.RecordBatch]:
        for judged in _in_order(parts, job.judged, max(threads, 1)):
            if watch is not None:
                watch(judged.reports, judged.failing)
            yield judged.violations

    return pa.RecordBatchReader.from_batches(job.schema, found())


def _reader(data: Any) -> pa.RecordBatchReader:
    if isinstance(data, pa.RecordBatch):
        data = pa.Table.from_batches([data])
    if isinstance(data, pa.Table):
        data = data.to_reader()
    if not isinstance(data, pa.RecordBatchReader):
        if not hasattr(data, "__arrow_c_stream__"):
            fail(
                f"无法从 {type(data).__name__} 读取表格：应为 Arrow 表，或有 __arrow_c_stream__ 的对象",
                f"a {type(data).__name__} is no table: an Arrow table or something with __arrow_c_stream__ is needed",
            )
        data = pa.RecordBatchReader.from_stream(data)
    return _without_views(data)


def _without_views(reader: pa.RecordBatchReader) -> pa.RecordBatchReader:
    """Return the same with plain strings: Arrow cannot yet take rows from views, which polars makes."""
    plain = {pa.string_view(): pa.string(), pa.binary_view(): pa.binary()}
    schema = pa.schema([field.with_type(plain.get(field.type, field.type)) for field in reader.schema])
    if schema.equals(reader.schema):
        return reader
    return pa.RecordBatchReader.from_batches(schema, (batch.cast(schema) for batch in reader))


def _engine(plugins: Plugins, name: str) -> Engine:
    known = plugins.engines
    if name == AUTO:
        return next(iter(known.values()))
    if name not in known:
        names = ", ".join([AUTO, *known])
        fail(f"没有名为“{name}”的引擎（可用：{names}）", f"no engine {name!r} (known: {names})")
    return known[name]


def _parts(reader: Iterable[pa.RecordBatch], ids: Unique, rows: int) -> Iterator[Part]:
    first = 1
    for batch in reader:
        ids.check(batch, first)
        for start in range(0, len(batch), rows):
            part = batch.slice(start, rows)
            yield Part(part, range(first + start, first + start + len(part)))
        first += len(batch)


def _in_order(parts: Iterator[Part], work: Callable[[Part], Judged], threads: int) -> Iterator[Judged]:
    """Work on parts, several at a time, and yield what comes out in their order; never far ahead of the reader."""
    if threads == 1:
        yield from map(work, parts)
        return
    waiting: deque[Future[Judged]] = deque()
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
