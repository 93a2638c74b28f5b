"""Canonical JSON Lines as record batches: one report a line, decoded straight into what the schema says."""

from __future__ import annotations

import codecs
import contextlib
import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any, BinaryIO, NoReturn

import attrs
import msgspec
import numpy as np
import pyarrow as pa

from govinfo.batch.form import COUNT, CURRENT, EDITIONED, MISSING, Classes, fail
from govinfo.batch.records import IDENTITY, table_schema
from govinfo.documents.limits import MAX_BYTES
from govinfo.engines.program import cell_paths
from govinfo.records import unique
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Kind
from govinfo.schema.access import getter
from govinfo.schema.editions import EDITIONS
from govinfo.schema.fields import spec_of

__all__ = ["read_lines"]

AT_ONCE = 1_000
_EDITIONS = re.compile(
    rb'\s*\{\s*"edition"\s*:\s*[^,{]*,\s*"editions"\s*:\s*\{\s*"disclosure"\s*:\s*(?:null|"(\w+)")\s*,'
    rb'\s*"applications"\s*:\s*(?:null|"(\w+)")\s*\}'
)
"""How every line begins that ``govinfo parse`` writes: telling the editions from it saves decoding twice."""
_OWN = "editions."
_HEAD, _MOST_HEADS = 200, 100
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What decoding may raise: broken text and nesting without end are no errors of msgspec's own."""


class _Editions(msgspec.Struct):
    disclosure: str | None = None
    applications: str | None = None


class _Head(msgspec.Struct):
    editions: _Editions = msgspec.field(default_factory=_Editions)


class _Publisher(msgspec.Struct):
    name: str | None = None
    region_code: str | None = None
    level: str | None = None


def read_lines(file: BinaryIO, name: str = "", *, editions: Editions = EDITIONS) -> pa.RecordBatchReader:
    """Return the reports of a JSON Lines file as a stream of record batches.

    Args:
        file: canonical JSON, one report a line, as ``govinfo parse`` writes it; empty lines are passed over.
        name: what to call the file in messages.
        editions: known classes by table and edition.

    Returns:
        The columns `govinfo.batch.flatten` gives, but for ``missing``; those of every known edition, null where a
        report's tables have others.

    Raises:
        BatchError: while the stream is read: a line is no report; names the line and the path.
    """
    known = [
        {**CURRENT, "disclosure": one, "applications": two}
        for one in editions["disclosure"].values()
        for two in editions["applications"].values()
    ]
    schema = table_schema([tuple(classes.values()) for classes in known])
    schema = schema.remove(schema.get_field_index(MISSING))
    return pa.RecordBatchReader.from_batches(schema, _batches(file, name, schema, _Decoders(editions)))


def _batches(file: BinaryIO, name: str, schema: pa.Schema, decoders: _Decoders) -> Iterator[pa.RecordBatch]:
    waiting: dict[_Decoder, _Rows] = {}
    number = count = 0
    while line := file.readline(MAX_BYTES + 1):
        number += 1
        where = f"{name}:{number}" if name else str(number)
        if len(line) > MAX_BYTES:
            fail(f"{where}：此行过长，不像一份报告", f"{where}: the line is too long for a report")
        if line.isspace():
            continue
        decoder = decoders.of(line, where)
        rows = waiting.setdefault(decoder, _Rows())
        rows.values.append(decoder.row(line, where))
        rows.places.append(count)
        rows.wheres.append(where)
        count += 1
        if count == AT_ONCE:
            yield _together(waiting, schema)
            waiting, count = {}, 0
    if count:
        yield _together(waiting, schema)


@attrs.frozen(eq=False)
class _Rows:
    """Reports of the same editions."""

    values: list[tuple[Any, ...]] = attrs.field(factory=list)
    places: list[int] = attrs.field(factory=list)
    """Where they stand among those of other editions."""
    wheres: list[str] = attrs.field(factory=list)
    """File and line, for messages."""


def _together(waiting: dict[_Decoder, _Rows], schema: pa.Schema) -> pa.RecordBatch:
    """Return the reports of several editions as one batch, in the order they came in."""
    several = [decoder.batch(rows, schema) for decoder, rows in waiting.items()]
    if len(several) == 1:
        return several[0]
    came = [place for rows in waiting.values() for place in rows.places]
    order = sorted(range(len(came)), key=came.__getitem__)
    (batch,) = pa.Table.from_batches(several).take(order).combine_chunks().to_batches()
    return batch


@attrs.frozen(eq=False)
class _Decoder:
    """What reads the reports whose tables have certain classes."""

    decode: Callable[[bytes], Any]
    plain: Callable[[Any], tuple[Any, ...]]
    """What tells reports apart, and the counts."""
    money: Callable[[Any], tuple[str | None, ...]]
    paths: tuple[str, ...]
    """The counts, then the amounts."""
    named: tuple[str | None, str | None]
    """The editions a report says its tables have."""
    in_order: list[int] = attrs.field(factory=list)
    """The number of keys, less missing cells, of the first line that was found to have none twice."""

    def row(self, line: bytes, where: str) -> tuple[Any, ...]:
        try:
            report = self.decode(line)
        except _BROKEN as error:
            _refuse(line, where, error)
        plain, sums = self.plain(report), self.money(report)
        self._refuse_twice(line, plain[len(IDENTITY) :].count(None) + sums.count(None), where)
        paths = self.paths[len(self.paths) - len(sums) :]
        return plain + tuple(_amount(*one, where) for one in zip(sums, paths, strict=True))

    def _refuse_twice(self, line: bytes, nulls: int, where: str) -> None:
        """Refuse a key given twice: which of the two figures counts would be a guess, and msgspec takes the last.

        Looking is dear. A report written by ``govinfo parse`` always has the same keys, and one more for each missing
        cell: only lines are looked at that have another number of them than the first that was in order.
        """
        keys = line.count(b'":') - nulls
        if self.in_order == [keys]:
            return
        try:
            json.loads(line, object_pairs_hook=unique)
        except ValueError as error:
            fail(f"{where}：不是标准 JSON 报告：{error}", f"{where}: not a canonical report: {error}")
        if not self.in_order:
            self.in_order.append(keys)

    def batch(self, rows: _Rows, schema: pa.Schema) -> pa.RecordBatch:
        columns = dict(zip((*IDENTITY, *self.paths), zip(*rows.values, strict=True), strict=True))
        arrays = []
        for field in schema:
            if field.name in columns:
                arrays.append(_array(columns[field.name], field, rows.wheres))
            elif field.name.startswith(_OWN):
                edition = self.named[EDITIONED.index(field.name.removeprefix(_OWN))]
                arrays.append(pa.array([edition] * len(rows.values), field.type))
            else:
                arrays.append(pa.nulls(len(rows.values), field.type))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: tuple[Any, ...], field: pa.Field, wheres: list[str]) -> pa.Array:
    if field.type == COUNT:
        with contextlib.suppress(TypeError, OverflowError):  # one is missing, or too large: Arrow says which
            return pa.array(np.array(values, np.int64))
    try:
        return pa.array(values, field.type)
    except (pa.ArrowInvalid, OverflowError):
        for value, where in zip(values, wheres, strict=True):
            try:
                pa.array([value], field.type)
            except (pa.ArrowInvalid, OverflowError):
                fail(
                    f"{where}：{field.name} 为 {value}，超出 {field.type}",
                    f"{where}: {field.name} is {value}, which {field.type} cannot hold",
                )
        raise


def _amount(value: str | None, path: str, where: str) -> Decimal | None:
    number = _decimal(value) if value is not None else None
    if number is None and value is not None:
        fail(f"{where}：{path} 为 {value!r}，不是小数", f"{where}: {path} is {value!r}, no decimal")
    return number


@lru_cache(maxsize=4096)  # most sums are 0
def _decimal(value: str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


class _Decoders:
    def __init__(self, editions: Editions) -> None:
        self._editions = editions
        self._made: dict[tuple[str | None, str | None], _Decoder] = {}
        self._seen: dict[bytes, _Decoder] = {}
        self._head = msgspec.json.Decoder(_Head)

    def of(self, line: bytes, where: str) -> _Decoder:
        """Return the decoder for the editions a line says it has."""
        head = line[: line.find(b"}", 0, _HEAD) + 1]
        if head not in self._seen:
            if len(self._seen) == _MOST_HEADS:
                self._seen.clear()
            # a beginning that is not ours says nothing about the next line with the same one
            known = self._decoder(line, where)
            if not _EDITIONS.fullmatch(head):
                return known
            self._seen[head] = known
        return self._seen[head]

    def _decoder(self, line: bytes, where: str) -> _Decoder:
        begin = _EDITIONS.match(line)
        named: tuple[str | None, str | None]
        if begin:
            named = (begin[1] or b"").decode() or None, (begin[2] or b"").decode() or None
        else:
            try:
                head = self._head.decode(line).editions
            except _BROKEN as error:
                _refuse(line, where, error)
            named = head.disclosure, head.applications
        if named not in self._made:
            classes = dict(CURRENT)
            for table, edition in zip(EDITIONED, named, strict=True):
                form = CURRENT[table] if edition is None else self._editions[table].get(edition)
                if form is None:
                    fail(f"{where}：没有“{edition}”这一版表式", f"{where}: no edition {edition!r} of the form")
                classes[table] = form
            self._made[named] = _decoder(tuple(classes.values()), named)
        return self._made[named]


def _refuse(line: bytes, where: str, error: Exception) -> NoReturn:
    """Say why a line is no report; what msgspec says names the path."""
    try:  # where the last character is cut off, so is the line: that is another fault
        codecs.getincrementaldecoder("utf-8")().decode(line.rstrip())
    except UnicodeDecodeError:
        fail(f"{where}：不是 UTF-8 编码，请另存为 UTF-8", f"{where}: not in UTF-8: save the file as UTF-8")
    fail(f"{where}：不是标准 JSON 报告：{error}", f"{where}: not a canonical report: {error}")


def _decoder(classes: Classes, named: tuple[str | None, str | None]) -> _Decoder:
    counts, amounts = cell_paths(classes)
    tables = [(table, _struct(cls)) for table, cls in zip(TABLES, classes, strict=True)]
    plain: list[Any] = [("publisher", _Publisher), *tables]
    optional: list[Any] = [(name, str | None, None) for name in ("title", "scope")]
    record = msgspec.defstruct(
        "Record", [*plain, *optional, ("published", dt.date | None, None), ("year", int | None, None)], gc=False
    )
    return _Decoder(
        msgspec.json.Decoder(record).decode, getter((*IDENTITY, *counts)), getter(amounts), counts + amounts, named
    )


def _struct(cls: Any) -> Any:
    """Return what a block of the schema is in JSON: whole numbers or null, decimal strings or null, blocks.

    A key the schema does not have is an error: a misspelt one would lose a figure without a word.
    """
    fields: list[Any] = []
    for field in attrs.fields(cls):
        spec = spec_of(field)
        if spec is None:
            continue
        if spec.kind is Kind.BLOCK:
            fields.append((field.name, _struct(spec.of or cls.column_class)))
        elif spec.kind is Kind.UNIT:
            fields.append((field.name, str | None, None))
        else:
            fields.append((field.name, (str if spec.kind is Kind.AMOUNT else int) | None))
    return msgspec.defstruct(cls.__name__, fields, forbid_unknown_fields=True, kw_only=True, gc=False)
