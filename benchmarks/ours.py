"""Our own ways: the batch on both forms and from files, and one report at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import made_up
from benchmarks.case import NDJSON_REPORTS, Failure, Job, Source
from govinfo.engines.one import run
from govinfo.findings import Result, Status
from govinfo.parsing.reading import Reading

__all__ = ["batch", "from_file", "one_report", "stream"]

BATCH = "govinfo.batch"
"""Loaded when a case needs it."""

_FORMS: dict[str, Callable[[made_up.MadeUp], pa.Table]] = {"packed": made_up.packed, "columnar": made_up.columnar}
_STREAM_REPORTS = 8_192
"""Reports in a record batch of a stream."""


def _violations(table: pa.Table) -> Iterable[Failure]:
    columns = [table[name].to_pylist() for name in ("code", "binding", "status")]
    if "id" in table.column_names:
        numbers = table["id"].to_pylist()
    else:  # nested reports have no number of ours: it stands in the publisher's name
        numbers = [int("".join(filter(str.isdigit, name))) for name in table["publisher.name"].to_pylist()]
    return list(zip(numbers, *columns, strict=True))


def batch(source: Source, form: str, engine: str, threads: int = 1) -> Job:
    """Validate a table in memory; all violations in a table."""
    validate = import_module(BATCH).validate
    table = _FORMS[form](source.data())
    return Job(lambda: validate(table, engine=engine, threads=threads), len(table), _violations)


Take = Callable[[pa.RecordBatchReader], Any]


def _drain(reader: pa.RecordBatchReader) -> int:
    """Take violations batch by batch and keep none, as a program does that writes them out."""
    return sum(len(violations) for violations in reader)


def _streaming(run: Callable[[Take], Any], reports: int) -> Job:
    """Return a job that keeps nothing; to compare lists it runs once more and keeps all."""
    return Job(lambda: run(_drain), reports, lambda _: _violations(run(pa.RecordBatchReader.read_all)))


def stream(source: Source, form: str, engine: str, repeat: int = 1) -> Job:
    """Validate record batches one after the other, all reports ``repeat`` times: memory must not grow with them."""
    validated = import_module(BATCH).stream
    table = _FORMS[form](source.data())

    def again(take: Take) -> Any:
        batches = (batch for _ in range(repeat) for batch in table.to_batches(max_chunksize=_STREAM_REPORTS))
        return take(validated(pa.RecordBatchReader.from_batches(table.schema, batches), engine=engine))

    if repeat > 1:
        return Job(lambda: again(_drain), len(table) * repeat, remark="counted")
    return _streaming(again, len(table))


def from_file(source: Source, ending: str, engine: str) -> Job:
    """Validate a file: packed Arrow mapped from disk, Parquet in columnar form, nested JSON Lines."""
    validated = import_module(BATCH).stream
    path = source.path(ending)

    def arrow(take: Take) -> Any:
        with pa.memory_map(str(path)) as file, pa.ipc.open_file(file) as reader:
            batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
            return take(validated(pa.RecordBatchReader.from_batches(reader.schema, batches), engine=engine))

    def parquet(take: Take) -> Any:
        with pq.ParquetFile(path) as file:
            batches = file.iter_batches(batch_size=_STREAM_REPORTS, use_threads=False)
            return take(validated(pa.RecordBatchReader.from_batches(file.schema_arrow, batches), engine=engine))

    def ndjson(take: Take) -> Any:
        read_lines = import_module(BATCH).read_lines  # record batches in columnar form
        with path.open("rb") as lines:
            return take(validated(read_lines(lines), engine=engine))

    runs: dict[str, Callable[[Take], Any]] = {"arrow": arrow, "parquet": parquet, "ndjson": ndjson}
    with pq.ParquetFile(source.path("parquet")) as file:
        reports = file.metadata.num_rows
    return _streaming(runs[ending], min(reports, NDJSON_REPORTS) if ending == "ndjson" else reports)


def one_report(source: Source) -> Job:
    """Check reports one by one, only the linear rules; what has findings is kept."""
    data = source.data()
    readings = [Reading(made_up.report_of(data, i)) for i in range(len(data))]
    rules = (made_up.LINEAR,)

    def each() -> list[tuple[int, Result]]:
        results = ((i, run(rules, reading)) for i, reading in enumerate(readings))
        return [(i, result) for i, result in results if result.findings]

    def failures(results: list[tuple[int, Result]]) -> Iterable[Failure]:
        for i, result in results:
            for outcome in result.outcomes:
                if outcome.status in (Status.FAILED, Status.UNDECIDED):
                    yield i, outcome.code, outcome.binding, outcome.status.value

    return Job(each, len(readings), failures)
