"""Our own ways: the batch on both forms and from files, and one report at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks import made_up
from benchmarks.case import NDJSON_REPORTS, Failure, Job, Source
from govinfo.engines.one import run
from govinfo.findings import Result, Status
from govinfo.parsing.reading import Reading

__all__ = ["batch", "from_file", "one_report", "stream"]

_FORMS: dict[str, Callable[[made_up.MadeUp], pa.Table]] = {"packed": made_up.packed, "columnar": made_up.columnar}
_STREAM_REPORTS = 8_192
"""Reports in a record batch of a stream."""


def _violations(table: pa.Table) -> Iterable[Failure]:
    columns = [table[name].to_pylist() for name in ("id", "code", "binding", "status")]
    return list(zip(*columns, strict=True))


def batch(source: Source, form: str, engine: str, threads: int = 1) -> Job:
    """Validate a table in memory; all violations in a table."""
    from govinfo.batch import validate

    table = _FORMS[form](source.data())
    return Job(lambda: validate(table, engine=engine, threads=threads), len(table), _violations)


def _drain(reader: pa.RecordBatchReader) -> int:
    """Take violations batch by batch and keep none, as a program does that writes them out."""
    return sum(len(violations) for violations in reader)


def stream(source: Source, form: str, engine: str, repeat: int = 1) -> Job:
    """Validate record batches one after the other, all reports ``repeat`` times: memory must not grow with them."""
    from govinfo.batch import stream as validated

    table = _FORMS[form](source.data())

    def again() -> int:
        batches = (batch for _ in range(repeat) for batch in table.to_batches(max_chunksize=_STREAM_REPORTS))
        return _drain(validated(pa.RecordBatchReader.from_batches(table.schema, batches), engine=engine))

    return Job(again, len(table) * repeat)


def from_file(source: Source, ending: str, engine: str) -> Job:
    """Validate a file: packed Arrow mapped from disk, Parquet in columnar form, nested JSON Lines."""
    from govinfo.batch import stream as validated

    path = source.path(ending)

    def arrow() -> int:
        with pa.memory_map(str(path)) as file, pa.ipc.open_file(file) as reader:
            batches = (reader.get_batch(i) for i in range(reader.num_record_batches))
            return _drain(validated(pa.RecordBatchReader.from_batches(reader.schema, batches), engine=engine))

    def parquet() -> int:
        with pq.ParquetFile(path) as file:
            batches = file.iter_batches(batch_size=_STREAM_REPORTS, use_threads=False)
            return _drain(validated(pa.RecordBatchReader.from_batches(file.schema_arrow, batches), engine=engine))

    def ndjson() -> int:
        from govinfo.batch import read_lines  # record batches in columnar form from nested JSON Lines

        with path.open("rb") as lines:
            return _drain(validated(read_lines(lines), engine=engine))

    runs: dict[str, Callable[[], int]] = {"arrow": arrow, "parquet": parquet, "ndjson": ndjson}
    with pq.ParquetFile(source.path("parquet")) as file:
        reports = file.metadata.num_rows
    return Job(runs[ending], min(reports, NDJSON_REPORTS) if ending == "ndjson" else reports)


def one_report(source: Source) -> Job:
    """Check reports one by one: every outcome and finding, only the linear rules."""
    data = source.data()
    readings = [Reading(made_up.report_of(data, i)) for i in range(len(data))]
    rules = (made_up.LINEAR,)

    def each() -> list[Result]:
        return [run(rules, reading) for reading in readings]

    def failures(results: list[Result]) -> Iterable[Failure]:
        for i, result in enumerate(results):
            for outcome in result.outcomes:
                if outcome.status in (Status.FAILED, Status.UNDECIDED):
                    yield i, outcome.code, outcome.binding, outcome.status.value

    return Job(each, len(readings), failures)
