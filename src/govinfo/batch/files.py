"""Files of many reports: Parquet, Arrow and JSON Lines in; Parquet, CSV and JSON Lines out."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import json
import math
import os
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from govinfo.batch.form import fail
from govinfo.errors import GovinfoError, ReadError
from govinfo.extras import need
from govinfo.files import replacing
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["FORMATS", "Rows", "format_of", "open_table", "write_rows"]

PARQUET_ROWS = 4_096
"""Reports taken from a Parquet file at a time: 200 columns of them are 7 MB."""
_BUFFER = 1 << 14
FORMATS = {"parquet": (".parquet",), "csv": (".csv",), "jsonl": (".jsonl", ".ndjson")}
"""Formats violations are written in, by name, with the suffixes that stand for them."""

Rows = Iterable[pa.RecordBatch]


@contextlib.contextmanager
def open_table(path: str, *, editions: Editions = EDITIONS) -> Iterator[tuple[pa.RecordBatchReader, int | None]]:
    """Open a file of many reports, told by its content.

    Args:
        path: Parquet, Arrow (file or stream) or canonical JSON Lines.
        editions: known classes by table and edition.

    Yields:
        A stream of record batches, and how many reports there are where the file says so.

    Raises:
        ReadError: ``io``, ``unsupported`` or ``table`` (damaged).
    """
    try:
        with open(path, "rb") as file:
            start = file.read(8)
    except (OSError, ValueError) as error:
        raise ReadError("io", Text(f"无法读取文件：{error}", f"the file cannot be read: {error}"), path) from error
    with contextlib.ExitStack() as stack:
        try:
            schema, batches, total = _opened(path, start, stack, editions)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(path, error) from error
        yield pa.RecordBatchReader.from_batches(schema, _guarded(batches, path)), total


def _opened(
    path: str, start: bytes, stack: contextlib.ExitStack, editions: Editions
) -> tuple[pa.Schema, Rows, int | None]:
    if start.startswith(b"PAR1"):
        table = stack.enter_context(pq.ParquetFile(path, buffer_size=_BUFFER, pre_buffer=False))
        return table.schema_arrow, table.iter_batches(PARQUET_ROWS, use_threads=False), table.metadata.num_rows
    if start.startswith(b"ARROW1"):
        reader = pa.ipc.open_file(stack.enter_context(pa.memory_map(path)))
        return reader.schema, (reader.get_batch(i) for i in range(reader.num_record_batches)), None
    if start.startswith(b"\xff\xff\xff\xff"):
        reader = stack.enter_context(pa.ipc.open_stream(stack.enter_context(pa.memory_map(path))))
        return reader.schema, reader, None
    if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        need("arrow", "msgspec")
        from govinfo.batch.lines import read_lines

        file = stack.enter_context(open(path, "rb"))  # noqa: SIM115  # the stack closes it
        if start.startswith(codecs.BOM_UTF8):
            file.seek(len(codecs.BOM_UTF8))
        lines = read_lines(file, path, editions=editions)
        return lines.schema, lines, None
    raise ReadError(
        "unsupported",
        Text(
            "不是 Parquet、Arrow 或 JSON Lines 文件；单份报告请用 govinfo check",
            "no Parquet, Arrow or JSON Lines file; for a single report use govinfo check",
        ),
        path,
    )


def _guarded(batches: Rows, path: str) -> Iterator[pa.RecordBatch]:
    try:
        yield from batches
    except (pa.ArrowException, OSError) as error:
        raise _damaged(path, error) from error


def _damaged(path: str, error: Exception) -> ReadError:
    said = " ".join(str(error).split())
    return ReadError("table", Text(f"文件损坏或不完整：{said}", f"the file is damaged or incomplete: {said}"), path)


def format_of(path: str | None, named: str | None) -> str | None:
    """Return the format to write in: the one named, else that of the suffix; None for neither.

    Raises:
        BatchError: there is no such format.
    """
    known = ", ".join(FORMATS)
    if named is not None or path is None:
        if named is not None and named not in FORMATS:
            fail(f"没有输出格式“{named}”（可用：{known}）", f"no output format {named!r} (known: {known})")
        return named
    suffix = os.path.splitext(path)[1].lower()
    found = next((name for name, suffixes in FORMATS.items() if suffix in suffixes), None)
    if found is None and not (os.path.exists(path) and not os.path.isfile(path)):
        fail(
            f"不知道“{path}”是什么格式（可用：{known}），请加 --format",
            f"{path!r} has no suffix of a format (known: {known}): say --format",
        )
    return found or "jsonl"  # a pipe or device has no suffix


def write_rows(rows: Rows, schema: pa.Schema, target: str | BinaryIO, format: str) -> None:
    """Write violations to a file, which is replaced when all went well and not touched otherwise, or to a stream.

    Args:
        rows: record batches, written as they come.
        schema: their columns.
        target: a path or a binary stream.
        format: ``parquet``; ``csv`` for spreadsheets; ``jsonl``, one object a line.

    Raises:
        GovinfoError: the file cannot be written; whatever reading ``rows`` raises.
    """
    if not isinstance(target, str):
        _WRITERS[format](rows, schema, target)
        return
    with replacing(target) as path:
        try:
            with open(path, "wb") as file:
                _WRITERS[format](rows, schema, file)
        except OSError as error:
            said = Text(f"无法写入 {target}：{error}", f"cannot write {target}: {error}")
            raise GovinfoError(said) from error


def _write_parquet(rows: Rows, schema: pa.Schema, file: BinaryIO) -> None:
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        for batch in rows:
            if len(batch):
                writer.write_batch(batch)


def _write_csv(rows: Rows, schema: pa.Schema, file: BinaryIO) -> None:
    file.write(codecs.BOM_UTF8)  # without it Excel takes the file for the system's encoding
    _write_csv_rows([map(_spreadsheet, schema.names)], file)
    for batch in rows:
        columns = [column.to_pylist() for column in batch.columns]
        _write_csv_rows(([_spreadsheet(value) for value in row] for row in zip(*columns, strict=True)), file)


def _write_csv_rows(rows: Iterable[Iterable[Any]], file: BinaryIO) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    file.write(text.getvalue().encode("utf-8", "replace"))


def _spreadsheet(value: Any) -> Any:
    """Keep what a report says from being run as a formula."""
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return f"'{value}"
    return value


def _plain(value: Decimal) -> str:
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _write_jsonl(rows: Rows, schema: pa.Schema, file: BinaryIO) -> None:
    for batch in rows:
        columns = [column.to_pylist() for column in batch.columns]
        for row in zip(*columns, strict=True):
            record = dict(zip(schema.names, map(_json_value, row), strict=True))
            file.write(json.dumps(record, ensure_ascii=False, default=str).encode("utf-8", "replace") + b"\n")


def _json_value(value: Any) -> Any:
    """Whole numbers are JSON numbers, sums of money with a fraction decimal strings, as in canonical JSON."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else _plain(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no such numbers
    return value


_WRITERS: dict[str, Callable[[Rows, pa.Schema, BinaryIO], None]] = {
    "parquet": _write_parquet,
    "csv": _write_csv,
    "jsonl": _write_jsonl,
}
