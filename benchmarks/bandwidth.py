"""How fast memory can be read: the fastest of NumPy's reductions over the packed matrix."""

from __future__ import annotations

from functools import partial

import numpy as np

from benchmarks.case import Job, Source

__all__ = ["READERS", "read"]

READERS = {
    "add": "np.add.reduce over the counts as int64",
    "maximum": "np.maximum.reduce over the counts as int64",
    "bitwise_or": "np.bitwise_or.reduce over the counts as int64",
}
"""NumPy functions by name, with a title."""


def read(source: Source, reader: str) -> Job:
    """Read every count once; two counts at a time, which is faster than one."""
    counts = source.data().counts
    words = np.frombuffer(counts, dtype=np.int64)
    return Job(partial(getattr(np, reader).reduce, words), len(counts), remark="")
