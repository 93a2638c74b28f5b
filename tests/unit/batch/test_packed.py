"""The packed form: there and back, in slices, with nulls anywhere, and what is not one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

pytest.importorskip("pyarrow")

import numpy as np
import pyarrow as pa

from govinfo import batch
from govinfo.batch.form import BatchError
from govinfo.batch.packed import AMOUNTS, COUNTS, packed_block, packed_classes
from govinfo.engines.program import cell_paths
from govinfo.schema import Missing, Report
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report, build

BOTH = ("2019", "2021")
RECEIVED = "applications.total.received"
CHARGED = "processing_fee.charged"


def made(base: str = "2021", change: dict[str, Any] | None = None) -> Report:
    return build(base, change).report


def reports(edition: str, n: int = 5) -> list[Report]:
    """Some of which are not in order, some of whose cells are missing."""
    changes: list[dict[str, Any]] = [
        {},
        {RECEIVED: 7},
        {RECEIVED: Missing.BLANK},
        {"applications.natural_person.received": -1, CHARGED: Missing.BLANK},
        {CHARGED: Decimal("0.01")},
    ]
    return [made(edition, changes[i % 5]) for i in range(n)]


def lists(edition: str = "2021", n: int = 3) -> pa.Table:
    return batch.pack(batch.flatten(reports(edition, n)))


def validated(data: Any, **options: Any) -> pa.Table:
    """Violations with their words written out: which dictionary a batch has does not matter."""
    found = batch.validate(data, **options)
    fields = [field.with_type(getattr(field.type, "value_type", field.type)) for field in found.schema]
    return found.cast(pa.schema(fields))


def swapped(table: pa.Table, name: str, column: Any) -> pa.Table:
    return table.set_column(table.schema.get_field_index(name), name, column)


@pytest.mark.parametrize("edition", BOTH)
def test_there_and_back(edition: str) -> None:
    table = batch.flatten(reports(edition))
    packed = batch.pack(table)
    counts, amounts = cell_paths(tables_of(base_report(edition)).values())
    assert packed.schema.field(COUNTS).type == pa.list_(pa.int32(), len(counts))
    assert packed.schema.field(AMOUNTS).type == pa.list_(pa.int64(), len(amounts))
    cells = [*counts, *amounts]
    assert batch.unpack(packed).select(cells).equals(table.select(cells))
    carried = [name for name in table.column_names if name not in cells and name != "missing"]
    assert packed.select(carried).equals(table.select(carried))
    assert batch.unpack(packed.slice(1, 3)).select(cells).equals(table.select(cells).slice(1, 3))
    for empty in (batch.pack(table.slice(0, 0)), packed.slice(5)):
        assert batch.unpack(empty).num_rows == 0


@pytest.mark.parametrize("edition", BOTH)
@pytest.mark.parametrize("large", [False, True])
def test_the_same_violations_as_of_a_table(edition: str, large: bool) -> None:
    several = reports(edition, 20) + [made(edition, {RECEIVED: 2**40})] * large
    table = batch.flatten(several).drop_columns("missing")
    packed = batch.pack(table)
    assert packed.schema.field(COUNTS).type.value_type == (pa.int64() if large else pa.int32())
    expected = validated(table)
    assert expected.num_rows
    for engine in ("numpy", "auto"):
        assert validated(packed, engine=engine).equals(expected)
    # chunks and slices that begin anywhere, also within a byte of the bits that say what is missing
    pieces = [packed.slice(start, 3) for start in range(0, len(packed), 3)]
    assert validated(pa.concat_tables(pieces)).equals(expected)
    for start in range(1, 8):
        assert validated(packed.slice(start)).equals(validated(table.slice(start)))


@pytest.mark.parametrize("width", [1, 2, 5, 7, 8, 9, 16, 40])
def test_whatever_is_null_is_missing(width: int) -> None:
    chance = random.Random(width)
    for _ in range(60):
        rows = chance.randint(1, 30)
        values: list[list[int | None]] = [
            [None if chance.random() < 0.05 else chance.randint(0, 9) for _ in range(width)] for _ in range(rows)
        ]
        start, inner = chance.randint(0, rows - 1), chance.randint(0, 9)
        flat = pa.array([None] * inner + [value for row in values for value in row], pa.int32())[inner:]
        counts = pa.FixedSizeListArray.from_arrays(flat, width)[start:]
        amounts = pa.array([[1]] * len(counts), pa.list_(pa.int64(), 1))
        needed = np.array([chance.random() < 0.8 for _ in range(width)] + [True])
        one = packed_block(pa.record_batch([counts, amounts], [COUNTS, AMOUNTS]), needed, range(1, 99))
        expected = [[value is None and bool(use) for value, use in zip(row, needed, strict=False)] for row in values]
        blank = [i for i, row in enumerate(expected[start:]) if any(row)]
        assert one.blank.tolist() == blank
        assert one.missing.tolist() == [[*expected[start + i], False] for i in blank]
        shown = np.where(np.array(values[start:]) == None, 0, np.array(values[start:]))  # noqa: E711  # cell by cell
        there = np.array([[value is not None for value in row] for row in values[start:]])
        assert (one.counts * there).tolist() == shown.tolist()


def sized(n: int, kind: pa.DataType, rows: int = 3) -> pa.Array:
    return pa.FixedSizeListArray.from_arrays(pa.array([0] * n * rows, kind), n)


WRONG: Sequence[tuple[str, Any, str]] = [
    (COUNTS, sized(3, pa.int32()), "3 counts and"),
    (AMOUNTS, sized(1, pa.int64()), "and 1 amounts a report: no edition"),
    (COUNTS, sized(211, pa.int16()), "it must be a fixed-size list of int32/int64"),
    (AMOUNTS, sized(3, pa.int32()), "it must be a fixed-size list of int64"),
    (COUNTS, pa.array([[1]] * 3), "column 'counts' is of type list"),
    (AMOUNTS, pa.array([1, 2, 3]), "column 'amounts' is of type int64"),
]


@pytest.mark.parametrize(("name", "column", "said"), WRONG)
def test_lists_of_another_shape_are_refused(name: str, column: Any, said: str) -> None:
    for use in (batch.validate, batch.unpack):
        with pytest.raises(BatchError) as caught:
            use(swapped(lists(), name, column))
        assert said in caught.value.text.en
        assert "定长列表" in caught.value.text.zh or "与任何版本的表式都不符" in caught.value.text.zh


@pytest.mark.parametrize("name", [COUNTS, AMOUNTS])
def test_a_null_list_is_named_with_its_row(name: str) -> None:
    table = lists()
    column = table[name].combine_chunks()
    mask = pa.array([False, False, True])
    null = pa.FixedSizeListArray.from_arrays(column.values, column.type.list_size, mask=mask)
    wrong = swapped(table, name, null)
    for use, begun, row in ((batch.validate, 0, 3), (batch.unpack, 0, 3), (batch.validate, 1, 2), (batch.unpack, 1, 2)):
        with pytest.raises(BatchError, match=f"column '{name}', row {row} is null"):
            use(wrong.slice(begun))


def test_money_beyond_a_table_is_judged_but_not_unpacked() -> None:
    amounts = lists()[AMOUNTS].to_pylist()
    amounts[1][1] = 10**18
    huge = swapped(lists(), AMOUNTS, pa.array(amounts, pa.list_(pa.int64(), 3)))
    with pytest.raises(BatchError, match=rf"column '{CHARGED}', row 2: decimal128\(18, 6\) cannot hold it"):
        batch.unpack(huge)
    assert validated(huge, select=["FEE"]).num_rows >= 0


def test_pack_wants_every_cell_and_one_edition() -> None:
    table = batch.flatten([base_report()])
    with pytest.raises(BatchError, match=rf"missing columns: {RECEIVED} \(needed by pack\)"):
        batch.pack(table.drop_columns(RECEIVED))
    with pytest.raises(BatchError, match="several editions"):
        batch.pack(batch.flatten([base_report(), base_report("2019")]))


def test_lengths_tell_the_edition() -> None:
    for edition in BOTH:
        classes = tuple(tables_of(base_report(edition)).values())
        assert packed_classes(lists(edition).schema, EDITIONS) == classes
