"""Tables with a column for each cell: from record batches to blocks, in tiles that stay in cache."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.batch.numbers import valid, whole_numbers
from govinfo.engines.block import Block
from govinfo.engines.program import Program

__all__ = ["table_block"]


def table_block(batch: pa.RecordBatch, program: Program, needed: NDArray[np.bool_], rows: Sequence[int]) -> Block:
    """Return the reports of a batch as a block.

    Args:
        batch: a column for each cell; those no rule speaks of may be missing.
        program: numbers the cells.
        needed: for each cell whether any rule speaks of it; only those are looked at.
        rows: the numbers of its rows, from 1.

    Raises:
        BatchError: naming the column, and the row where one number is to blame.
    """
    split = len(program.counts)
    # a cell is a row of these: columns are copied as they are, and engines that want cells side by side turn them
    counts = np.zeros((split, len(batch)), np.int64)
    amounts = np.zeros((len(program.amounts), len(batch)), np.int64)
    gone: list[tuple[int, NDArray[np.bool_]]] = []
    for cell, path in enumerate(program.cells):
        if not needed[cell]:
            continue
        column = batch.column(path)
        into = counts[cell] if cell < split else amounts[cell - split]
        np.copyto(into, whole_numbers(column, path, cell >= split, rows))
        if column.null_count:
            gone.append((cell, ~valid(column)))
    blank, missing = _missing(gone, len(batch), len(program.cells))
    return Block(counts.T, amounts.T, blank, missing)


def _missing(
    gone: Sequence[tuple[int, NDArray[np.bool_]]], reports: int, cells: int
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    some = np.zeros(reports, np.bool_)
    for _, flags in gone:
        some |= flags
    blank = np.flatnonzero(some)
    missing = np.zeros((len(blank), cells), np.bool_)
    for cell, flags in gone:
        missing[:, cell] = flags[blank]
    return blank, missing
