"""The packed form: the numbers of a report as two lists of fixed size, which map from disk without a copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.form import AMOUNT, COUNT, Classes, choose_classes, fail, identity_of, in_form_order, require
from govinfo.batch.numbers import decimals, valid, whole_numbers
from govinfo.engines.block import Block
from govinfo.engines.program import cell_paths
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import memo

__all__ = ["AMOUNTS", "COUNTS", "is_packed", "pack", "packed_block", "packed_classes", "unpack"]

COUNTS, AMOUNTS = "counts", "amounts"
_LARGEST = 10**AMOUNT.precision - 1
_NULLS_AT_ONCE = 2_048
"""Reports whose missing cells are looked up together."""


def is_packed(schema: pa.Schema) -> bool:
    """Whether a table is in the packed form."""
    return {COUNTS, AMOUNTS} <= set(schema.names)


def pack(table: pa.Table, *, editions: Editions = EDITIONS) -> pa.Table:
    """Return a table of one edition in the packed form.

    Args:
        table: a column for each cell, as `govinfo.batch.flatten` gives it.
        editions: known classes by table and edition.

    Returns:
        The columns that are no cells, then ``counts``, a list of 32-bit integers (64-bit where one is larger), and
        ``amounts``, a list of 64-bit integers, in millionths; both in the order of the form, with null for a missing
        cell.

    Raises:
        BatchError: a column is missing or is not what it should be, or the table holds several editions.
    """
    identity = identity_of(table.column_names, editions)
    classes = choose_classes(table.column_names, editions)
    counts, amounts = cell_paths(classes)
    require((*counts, *amounts), table.column_names, dict.fromkeys((*counts, *amounts), "pack"))
    lists = {name: _packed(table, paths, name == AMOUNTS) for name, paths in ((COUNTS, counts), (AMOUNTS, amounts))}
    return pa.table({**{name: table[name] for name in identity}, **lists})


def _packed(table: pa.Table, paths: tuple[str, ...], money: bool) -> pa.Array:
    numbers = np.empty((table.num_rows, len(paths)), np.int64)
    missing = np.zeros(numbers.shape, np.bool_)
    for j, path in enumerate(paths):
        column = table[path].combine_chunks()
        numbers[:, j] = whole_numbers(column, path, money, range(1, table.num_rows + 1))
        if column.null_count:
            missing[:, j] = ~valid(column)
    numbers[missing] = 0
    info = np.iinfo(np.int32)
    if not money and (not numbers.size or (info.min <= numbers.min() and numbers.max() <= info.max)):
        numbers = numbers.astype(np.int32)
    mask = missing.ravel() if missing.any() else None
    return pa.FixedSizeListArray.from_arrays(pa.array(numbers.ravel(), mask=mask), len(paths))


def unpack(table: pa.Table, *, editions: Editions = EDITIONS) -> pa.Table:
    """Return a packed table with a column for each cell.

    Raises:
        BatchError: the lists have the length of no edition, one is null, or a sum of money is too large.
    """
    counts, amounts = cell_paths(packed_classes(table.schema, editions))
    carried = {name: table[name] for name in table.column_names if name not in (COUNTS, AMOUNTS)}
    cells: dict[str, Any] = {}
    for name, paths, kind in ((COUNTS, counts, COUNT), (AMOUNTS, amounts, AMOUNT)):
        lists = table[name].combine_chunks()
        _refuse_null(lists, name, range(1, len(lists) + 1))
        flat = lists.flatten()
        for j, path in enumerate(paths):
            column = flat.take(pa.array(np.arange(j, len(flat), len(paths))))
            cells[path] = column.cast(kind) if name == COUNTS else _money(column, path)
    return pa.table(carried | {path: cells[path] for path in in_form_order(counts + amounts)})


def _money(column: pa.Array, path: str) -> pa.Array:
    numbers, known = whole_numbers(column, path, False, range(1, len(column) + 1)), valid(column)
    large = np.flatnonzero(known & ((numbers > _LARGEST) | (numbers < -_LARGEST)))
    if len(large):
        row, kind = large[0] + 1, AMOUNT
        fail(f"列“{path}”第 {row} 行：超出 {kind}", f"column {path!r}, row {row}: {kind} cannot hold it")
    return decimals(np.stack([numbers, numbers >> 63], axis=1), known, pa.decimal128(38, 6)).cast(AMOUNT)


@memo
def _by_length(forms: tuple[tuple[str, Any], ...]) -> dict[tuple[int, int], list[Classes]]:
    from govinfo.batch.form import CURRENT

    found: dict[tuple[int, int], list[Classes]] = {}
    for table, one in forms:
        for other, two in forms:
            if (table, other) == ("disclosure", "applications"):
                classes = tuple({**CURRENT, table: one, other: two}.values())
                counts, amounts = cell_paths(classes)
                found.setdefault((len(counts), len(amounts)), []).append(classes)
    return found


def packed_classes(schema: pa.Schema, editions: Editions) -> Classes:
    """Return the classes a packed table is of, told by the length of its lists.

    Raises:
        BatchError: they are no lists, or have the length of no edition, or of several.
    """
    sizes = []
    for name, widths in ((COUNTS, (pa.int32(), pa.int64())), (AMOUNTS, (pa.int64(),))):
        kind = schema.field(name).type
        if not pa.types.is_fixed_size_list(kind) or kind.value_type not in widths:
            wanted = "/".join(map(str, widths))
            fail(
                f"列“{name}”的类型是 {kind}，应为 {wanted} 的定长列表 fixed_size_list",
                f"column {name!r} is of type {kind}: it must be a fixed-size list of {wanted}",
            )
        sizes.append(kind.list_size)
    forms = tuple((table, form) for table, named in editions.items() for form in named.values())
    found = _by_length(forms).get((sizes[0], sizes[1]), [])
    if len(found) != 1:
        fail(
            f"每份报告 {sizes[0]} 个件数、{sizes[1]} 个金额，与任何版本的表式都不符",
            f"{sizes[0]} counts and {sizes[1]} amounts a report: no edition of the form has so many",
        )
    return found[0]


def packed_block(batch: pa.RecordBatch, needed: NDArray[np.bool_], rows: Sequence[int]) -> Block:
    """Return the reports of a batch in the packed form; numbers are not copied.

    Args:
        batch: holds ``counts`` and ``amounts``.
        needed: for each cell whether any rule speaks of it; only those can be missing.
        rows: the numbers of its rows, from 1.

    Raises:
        BatchError: a list is null.
    """
    parts = [_list(batch, name, rows) for name in (COUNTS, AMOUNTS)]
    blank = np.zeros(0, np.int64)
    for numbers, bitmap, offset in parts:
        if bitmap is not None:
            blank = np.union1d(blank, _rows_with_nulls(bitmap, offset, *numbers.shape))
    missing = np.zeros((len(blank), len(needed)), np.bool_)
    start = 0
    for numbers, bitmap, offset in parts:
        width = numbers.shape[1]
        if bitmap is not None and len(blank):
            missing[:, start : start + width] = _nulls(bitmap, offset, blank, width)
        start += width
    missing &= needed
    kept = missing.any(axis=1)
    return Block(parts[0][0], parts[1][0], blank[kept], missing[kept])


def _list(batch: pa.RecordBatch, name: str, rows: Sequence[int]) -> tuple[NDArray[Any], NDArray[np.uint8] | None, int]:
    """Return (reports, cells) numbers, and the bits that say which are there with the number of the first bit."""
    column = batch.column(name)
    _refuse_null(column, name, rows)
    width, kind = column.type.list_size, column.type.value_type.to_pandas_dtype()
    values = column.values
    if len(batch) == 0:
        return np.zeros((0, width), kind), None, 0
    first = values.offset + column.offset * width
    bitmap, data = values.buffers()
    numbers = np.frombuffer(data, kind, len(column) * width, first * np.dtype(kind).itemsize)
    bits = np.frombuffer(bitmap, np.uint8) if bitmap is not None and values.null_count else None
    return numbers.reshape(len(column), width), bits, first


def _refuse_null(column: pa.Array, name: str, rows: Sequence[int]) -> None:
    if column.null_count:
        row = rows[int(np.flatnonzero(~valid(column))[0])]
        fail(f"列“{name}”第 {row} 行为空", f"column {name!r}, row {row} is null")


def _rows_with_nulls(bitmap: NDArray[np.uint8], offset: int, rows: int, width: int) -> NDArray[Any]:
    """Return the rows that may have a null, ascending: those that share a byte with one."""
    first, last = offset // 8, (offset + rows * width + 7) // 8
    holes = np.flatnonzero(bitmap[first:last] != 0xFF) + first
    begin = (np.maximum(holes * 8, offset) - offset) // width
    end = (np.minimum(holes * 8 + 7, offset + rows * width - 1) - offset) // width
    flags = np.zeros(rows, np.bool_)
    for k in range(7 // width + 2):  # a byte holds bits of two rows at least, of more where rows are short
        flags[np.minimum(begin + k, end)] = True
    return np.flatnonzero(flags)


def _nulls(bitmap: NDArray[np.uint8], offset: int, rows: NDArray[Any], width: int) -> NDArray[np.bool_]:
    """Return which cells of chosen rows are null."""
    starts = offset + rows * width
    size = (width + 7) // 8 + 1
    gone = np.empty((len(rows), width), np.bool_)
    for begin in range(0, len(rows), _NULLS_AT_ONCE):
        part = starts[begin : begin + _NULLS_AT_ONCE]
        at = np.minimum((part >> 3)[:, None] + np.arange(size), len(bitmap) - 1)
        bits = np.unpackbits(bitmap[at], axis=1, bitorder="little")
        for shift in np.unique(part & 7):  # one, or up to eight
            chosen = np.flatnonzero((part & 7) == shift)
            gone[begin + chosen] = bits[chosen, shift : shift + width] == 0
    return gone
