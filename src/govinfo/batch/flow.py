"""A stream of record batches, part by part, in bounded memory, on as many threads as asked for."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pyarrow as pa

from govinfo.batch.form import fail
from govinfo.batch.identity import Unique
from govinfo.batch.job import Job, Judged, Part

__all__ = ["parts_of", "reader_of", "results"]


def results(
    job: Job[Any], parts: Iterator[Part], threads: int, watch: Callable[[int, int], object] | None
) -> pa.RecordBatchReader:
    """Return what a job finds as a stream, made as it is read.

    Args:
        job: what is done with each part.
        parts: of the data.
        threads: how many parts are judged at the same time.
        watch: told of every part how many reports it has, and how many of them are not in order.
    """

    def found() -> Iterator[pa.RecordBatch]:
        for judged in _in_order(parts, job.judged, max(threads, 1)):
            if watch is not None:
                watch(judged.reports, judged.failing)
            yield judged.rows

    return pa.RecordBatchReader.from_batches(job.schema, found())


def reader_of(data: Any) -> pa.RecordBatchReader:
    """Return a stream of record batches of whatever holds a table.

    Raises:
        BatchError: it holds none.
    """
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


def parts_of(reader: Iterable[pa.RecordBatch], ids: Unique, rows: int) -> Iterator[Part]:
    """Yield the data in parts of at most ``rows`` reports.

    Raises:
        BatchError: a report comes twice.
    """
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
