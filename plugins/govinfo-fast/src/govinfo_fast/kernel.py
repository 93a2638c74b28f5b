"""A program and blocks of reports as what the extension in C takes, and what it hands back."""

from __future__ import annotations

import numpy as np

from govinfo.engines.block import Block, Found, Ints, Kernel
from govinfo.engines.listing import resolved
from govinfo.engines.program import Program
from govinfo_fast._kernel import violations
from govinfo_fast.layout import arrays

__all__ = ["kernel_of"]


def kernel_of(program: Program) -> Kernel:
    """Return what judges blocks of ``program``."""
    code = arrays(program)

    def judge(block: Block) -> Found:
        if not len(block):
            return Found.joined([])
        # a block with a cell a row is turned as it is read
        turned = block.counts.dtype == np.int64 and not block.counts.flags.c_contiguous
        counts = np.ascontiguousarray(block.counts.T if turned else block.counts)
        amounts = np.ascontiguousarray(block.amounts)
        blank = np.ascontiguousarray(block.blank, np.int64)
        missing = np.ascontiguousarray(block.missing).view(np.uint8)
        report, instance, status, left, right, left_known, right_known = violations(
            code, (counts, amounts, blank, missing), turned
        )
        found = Found(
            np.frombuffer(report, np.int64),
            np.frombuffer(instance, np.int32),
            np.frombuffer(status, np.uint8),
            _halves(left),
            _halves(right),
            np.frombuffer(left_known, np.bool_),
            np.frombuffer(right_known, np.bool_),
        )
        return resolved(program, block, found)

    return judge


def _halves(numbers: bytes) -> Ints:
    """Numbers of 128 bits as the kernel leaves them: in the machine's byte order, which has to be little-endian."""
    return np.frombuffer(numbers, "<i8").reshape(-1, 2)
