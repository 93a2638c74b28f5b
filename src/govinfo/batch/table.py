"""Tables with a column for each cell: from record batches to blocks, in tiles that stay in cache."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.numbers import valid, whole_numbers
from govinfo.engines.block import Block
from govinfo.engines.program import Program

__all__ = ["table_blocks"]

TILE = 2_048
"""Reports of a block: 200 columns of them are 3 MB."""


def table_blocks(
    batch: pa.RecordBatch, program: Program, needed: NDArray[np.bool_], rows: Sequence[int]
) -> Iterator[tuple[int, Block]]:
    """Yield the reports of a batch as blocks, each with the place of its first report. A block lasts until the next.

    Args:
        batch: a column for each cell; those no rule speaks of may be missing.
        program: numbers the cells.
        needed: for each cell whether any rule speaks of it; only those are looked at.
        rows: the numbers of its rows, from 1.

    Raises:
        BatchError: naming the column, and the row where one number is to blame.
    """
    split = len(program.counts)
    places = {name: i for i, name in enumerate(batch.schema.names)}
    numbers: list[tuple[int, NDArray[Any]]] = []
    gone: list[tuple[int, NDArray[np.bool_]]] = []
    for cell in np.flatnonzero(needed).tolist():
        path = program.cells[cell]
        column = batch.column(places[path])
        numbers.append((cell, whole_numbers(column, path, cell >= split, rows)))
        if column.null_count:
            gone.append((cell, ~valid(column)))
    blank, missing = _missing(gone, len(batch), len(program.cells))
    # a cell is a row of these: columns are copied as they are, and engines that want cells side by side turn them
    size = min(TILE, len(batch))
    counts = np.zeros((split, size), np.int64)
    amounts = np.zeros((len(program.amounts), size), np.int64)
    for start in range(0, len(batch), TILE):
        stop = min(start + TILE, len(batch))
        if stop - start < size:
            counts, amounts = counts[:, : stop - start].copy(), amounts[:, : stop - start].copy()
        for cell, column in numbers:
            into = counts[cell] if cell < split else amounts[cell - split]
            into[:] = column[start:stop]
        first, last = np.searchsorted(blank, (start, stop))
        yield start, Block(counts.T, amounts.T, blank[first:last] - start, missing[first:last])


def _missing(
    gone: Sequence[tuple[int, NDArray[np.bool_]]], reports: int, cells: int
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the reports with a missing cell, and for each of them which cells are missing."""
    some = np.zeros(reports, np.bool_)
    for _, flags in gone:
        some |= flags
    blank = np.flatnonzero(some)
    missing = np.zeros((len(blank), cells), np.bool_)
    for cell, flags in gone:
        missing[:, cell] = flags[blank]
    return blank, missing
