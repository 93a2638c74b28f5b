"""An Arrow column as 64-bit whole numbers, exactly or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.form import fail
from govinfo.engines.program import MONEY
from govinfo.rules.rows import MONEY_PLACES

__all__ = ["decimals", "valid", "whole_numbers"]

_EXACT_FLOATS = 2**53
_LARGEST = 2**63 - 1


def whole_numbers(column: pa.Array, name: str, money: bool, rows: Sequence[int]) -> NDArray[Any]:
    """Return a column's numbers, sums of money in millionths. What stands for a null means nothing.

    Args:
        column: integers, decimals, or floats that are whole.
        name: the column's name, for messages.
        money: whether it holds sums of money.
        rows: the numbers of its rows, from 1.

    Raises:
        BatchError: naming the column, and the row where one number is to blame.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        return whole_numbers(column.dictionary_decode(), name, money, rows)
    if pa.types.is_null(kind):
        return np.zeros(len(column), np.int64)
    if pa.types.is_decimal(kind):
        return _unscaled(column, name, money, rows)
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind)):
        fail(
            f"列“{name}”的类型是 {kind}，应为整数" + ("或小数 decimal" if money else ""),
            f"column {name!r} is of type {kind}: it must hold integers" + (" or decimals" if money else ""),
        )
    numbers = _raw(column, kind.to_pandas_dtype())
    if pa.types.is_floating(kind):
        numbers = _whole_floats(numbers, column, name, money, rows)
    elif kind == pa.uint64():
        _refuse(numbers > _LARGEST, column, name, rows, "超出 64 位整数", "does not fit in 64 bits")
    if not money:
        return numbers if kind != pa.uint64() else numbers.astype(np.int64)
    most, numbers = _LARGEST // MONEY, numbers.astype(np.int64)
    _refuse((numbers > most) | (numbers < -most), column, name, rows, "金额过大", "is too large a sum")
    millionths: NDArray[Any] = numbers * MONEY
    return millionths


def _whole_floats(numbers: NDArray[Any], column: pa.Array, name: str, money: bool, rows: Sequence[int]) -> NDArray[Any]:
    numbers = numbers.astype(np.float64, copy=False)  # holds every number of the shorter types
    with np.errstate(invalid="ignore"):
        wrong = ~(np.isfinite(numbers) & (numbers == np.floor(numbers)) & (np.abs(numbers) <= _EXACT_FLOATS))
    advice = f"decimal(18, {MONEY_PLACES})" if money else "int64"
    zh = f"不是整数：浮点数不精确，请先转为 {advice}"
    en = f"is no whole number: floats are not exact, cast the column to {advice}"
    _refuse(wrong, column, name, rows, zh, en)
    return np.where(valid(column), numbers, 0).astype(np.int64)


def valid(column: pa.Array) -> NDArray[np.bool_]:
    """Return which values of a column are not null."""
    found: NDArray[np.bool_] = column.is_valid().to_numpy(zero_copy_only=False)
    return found


def _raw(column: pa.Array, kind: Any) -> NDArray[Any]:
    """Return the memory of a primitive column, nulls and all, without a copy."""
    if not len(column):
        return np.zeros(0, kind)
    return np.frombuffer(column.buffers()[1], kind)[column.offset : column.offset + len(column)]


def _unscaled(column: pa.Array, name: str, money: bool, rows: Sequence[int]) -> NDArray[Any]:
    places = MONEY_PLACES if money else 0
    wide = pa.decimal128(38, places)
    try:
        cast = column.cast(wide)
    except pa.ArrowInvalid:
        for i, value in enumerate(column):
            try:
                pa.array([value.as_py()], wide)
            except pa.ArrowInvalid:
                fail(
                    f"列“{name}”第 {rows[i]} 行：{value.as_py()} 超过 {places} 位小数或过大",
                    f"column {name!r}, row {rows[i]}: {value.as_py()} has more than {places} decimals, or is too large",
                )
        raise
    halves = _raw_halves(cast)
    wrong = halves[:, 1] != halves[:, 0] >> 63
    _refuse(wrong, cast, name, rows, "过大", "is too large")
    return np.ascontiguousarray(halves[:, 0])


def _raw_halves(column: pa.Array) -> NDArray[Any]:
    if not len(column):
        return np.zeros((0, 2), np.int64)
    return np.frombuffer(column.buffers()[1], "<i8").reshape(-1, 2)[column.offset : column.offset + len(column)]


def _refuse(wrong: NDArray[np.bool_], column: pa.Array, name: str, rows: Sequence[int], zh: str, en: str) -> None:
    """Fail if a number that is not null is wrong, and name the first."""
    if not wrong.any():
        return
    at = np.flatnonzero(wrong & valid(column))
    if len(at):
        i = int(at[0])
        value = column[i].as_py()
        fail(f"列“{name}”第 {rows[i]} 行：{value} {zh}", f"column {name!r}, row {rows[i]}: {value} {en}")


def decimals(halves: NDArray[Any], known: NDArray[np.bool_], kind: pa.DataType) -> pa.Array:
    """Return halves of 128-bit numbers as decimals of ``kind``; null where not ``known``."""
    bits = np.packbits(known, bitorder="little")
    buffers = [pa.py_buffer(bits), pa.py_buffer(np.ascontiguousarray(halves))]
    return pa.Array.from_buffers(kind, len(halves), buffers)
