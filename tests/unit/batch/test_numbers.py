"""An Arrow column is taken exactly or not at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow")

import numpy as np
import pyarrow as pa

from govinfo.batch.form import BatchError
from govinfo.batch.numbers import decimals, valid, whole_numbers

ROWS = range(11, 1000)
MOST = 2**63 - 1
MOST_MONEY = MOST // 10**6


def taken(column: pa.Array, money: bool = False) -> list[int | None]:
    numbers = whole_numbers(column, "x", money, ROWS).tolist()
    there = valid(column).tolist()
    assert len(numbers) == len(there) == len(column)
    return [number if known else None for number, known in zip(numbers, there, strict=True)]


def around(values: Sequence[Any], kind: pa.DataType) -> list[pa.Array]:
    """The same column as it is, as a slice from the middle of a longer one, and with rubbish under its nulls."""
    pad = [value for value in values if value is not None][:1] or [None]
    sliced = pa.array([*pad * 9, *values, *pad], kind)[9 : 9 + len(values)]
    found = [pa.array(values, kind), sliced]
    if None in values and not pa.types.is_null(kind) and not pa.types.is_dictionary(kind):
        whole = pa.array([pad[0] if value is None else value for value in values], kind)
        data = bytearray(whole.buffers()[1].to_pybytes())
        size = len(data) // len(values)
        for i, value in enumerate(values):
            if value is None:
                data[i * size : (i + 1) * size] = b"\xff" * (size - 1) + b"\x7f"
        bits = pa.py_buffer(np.packbits([value is not None for value in values], bitorder="little"))
        found.append(pa.Array.from_buffers(kind, len(values), [bits, pa.py_buffer(bytes(data))]))
    return found


INTEGERS = {
    pa.int8(): (-128, 127),
    pa.int16(): (-(2**15), 2**15 - 1),
    pa.int32(): (-(2**31), 2**31 - 1),
    pa.int64(): (-MOST - 1, MOST),
    pa.uint8(): (0, 255),
    pa.uint16(): (0, 2**16 - 1),
    pa.uint32(): (0, 2**32 - 1),
    pa.uint64(): (0, MOST),
    pa.float16(): (-2048, 2048),
    pa.float32(): (-(2**24), 2**24),
    pa.float64(): (-(2**53), 2**53),
    pa.decimal128(38, 0): (-MOST - 1, MOST),
    pa.decimal128(25, 3): (-MOST - 1, MOST),
    pa.decimal128(3, -2): (-99900, 99900),
    pa.decimal256(60, 20): (-MOST - 1, MOST),
}


@pytest.mark.parametrize("kind", INTEGERS, ids=str)
def test_whole_numbers_of_any_type(kind: pa.DataType) -> None:
    low, high = INTEGERS[kind]
    exactly = Decimal if pa.types.is_decimal(kind) else float if pa.types.is_floating(kind) else int
    values = [None if n is None else exactly(n) for n in (high, None, low, 0, None, 100)]
    for column in around(values, kind):
        assert taken(column) == [high, None, low, 0, None, 100]


@pytest.mark.parametrize("kind", INTEGERS, ids=str)
def test_sums_of_money_are_in_millionths(kind: pa.DataType) -> None:
    low, high = (max(min(end, MOST_MONEY), -MOST_MONEY) for end in INTEGERS[kind])
    exactly = Decimal if pa.types.is_decimal(kind) else float if pa.types.is_floating(kind) else int
    values = [None if n is None else exactly(n) for n in (high, None, low)]
    for column in around(values, kind):
        assert taken(column, True) == [high * 10**6, None, low * 10**6]


@pytest.mark.parametrize(("precision", "scale"), [(18, 6), (38, 6), (7, 2), (30, 9), (18, 1), (70, 30)])
def test_money_as_decimals_of_any_scale(precision: int, scale: int) -> None:
    kind = (pa.decimal128 if precision <= 38 else pa.decimal256)(precision, scale)
    values = [Decimal("12.5"), None, Decimal("-0.3"), Decimal(0)]
    for column in around(values, kind):
        assert taken(column, True) == [12_500_000, None, -300_000, 0]


def test_columns_of_other_shapes() -> None:
    assert taken(pa.array([7, None, 7, -1]).dictionary_encode()) == [7, None, 7, -1]
    assert taken(pa.array([9, 7, None, 7]).dictionary_encode()[1:]) == [7, None, 7]
    assert taken(pa.nulls(3)) == [None] * 3
    assert taken(pa.nulls(3, pa.int64())) == [None] * 3
    for kind in (pa.int8(), pa.uint64(), pa.float64(), pa.decimal128(18, 6), pa.null()):
        assert taken(pa.array([], kind)) == taken(pa.array([], kind), True) == []


WRONG = [
    (pa.array([1, None, 2**63], pa.uint64()), False, "9223372036854775808 does not fit in 64 bits"),
    (pa.array([1, None, 1.5]), False, "1.5 is no whole number"),
    (pa.array([1, None, 0.1]), True, "cast the column to decimal(18, 6)"),
    (pa.array([1, None, math.nan]), False, "nan is no whole number"),
    (pa.array([1, None, math.inf]), True, "inf is no whole number"),
    (pa.array([1, None, 2.0**54]), False, "is no whole number"),
    (pa.array([1, None, MOST_MONEY + 1]), True, "is too large a sum"),
    (pa.array([1, None, -MOST_MONEY - 1]), True, "is too large a sum"),
    (pa.array([1, None, 2**63], pa.uint64()), True, "does not fit in 64 bits"),
    (pa.array([1, None, Decimal(2**63)], pa.decimal128(20, 0)), False, "is too large"),
    (pa.array([1, None, Decimal("0.5")], pa.decimal128(18, 6)), False, "0.500000 has more than 0 decimals"),
    (pa.array([1, None, Decimal("1e-7")], pa.decimal128(18, 7)), True, "has more than 6 decimals"),
    (pa.array([1, None, Decimal(10**13)], pa.decimal128(38, 6)), True, "is too large"),
    (pa.array([1, None, Decimal(10**35)], pa.decimal128(36, 0)), True, "or is too large"),
]


@pytest.mark.parametrize(("column", "money", "said"), WRONG)
def test_a_wrong_number_is_named_with_its_row(column: pa.Array, money: bool, said: str) -> None:
    for shifted, row in ((column, 13), (pa.concat_arrays([column[:1], column])[1:], 13), (column[1:], 12)):
        with pytest.raises(BatchError) as caught:
            whole_numbers(shifted, "x.y", money, ROWS)
        assert f"column 'x.y', row {row}: " in caught.value.text.en
        assert said in caught.value.text.en
        assert f"列“x.y”第 {row} 行：" in caught.value.text.zh


@pytest.mark.parametrize(("column", "money", "said"), WRONG)
def test_what_stands_under_a_null_is_never_wrong(column: pa.Array, money: bool, said: str) -> None:
    bits = pa.py_buffer(b"\x01")
    hidden = pa.Array.from_buffers(column.type, 3, [bits, column.buffers()[1]])
    assert taken(hidden, money) == [10**6 if money else 1, None, None]


@pytest.mark.parametrize("kind", [pa.string(), pa.bool_(), pa.date32(), pa.binary(), pa.list_(pa.int64())], ids=str)
def test_other_types_are_refused_by_name(kind: pa.DataType) -> None:
    for money in (False, True):
        with pytest.raises(BatchError) as caught:
            whole_numbers(pa.nulls(2, kind), "x.y", money, ROWS)
        assert f"column 'x.y' is of type {kind}" in caught.value.text.en
        assert ("decimals" in caught.value.text.en) is money


@pytest.mark.parametrize("number", [0, 1, -1, MOST, -MOST - 1, 10**37, -(10**37)])
def test_halves_become_decimals(number: int) -> None:
    low = number & (2**64 - 1)
    halves = np.array([[low - 2**64 if low >> 63 else low, number >> 64], [5, 5]], np.int64)
    found = decimals(halves, np.array([True, False]), pa.decimal128(38, 6))
    found.validate(full=True)
    assert found.to_pylist() == [Decimal(number).scaleb(-6), None]
