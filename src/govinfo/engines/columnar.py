"""Linear rules on many reports with NumPy: a cheap screen, then the exact list for the few it does not certify."""

from __future__ import annotations

from typing import Any

from govinfo.engines.block import Block, Found, Kernel
from govinfo.engines.listing import Listing
from govinfo.engines.program import Program
from govinfo.engines.screen import Screen

__all__ = ["numpy_kernel"]


def numpy_kernel(program: Program) -> Kernel:
    """Return what judges blocks of ``program``; it keeps scratch memory and belongs to one thread."""
    screens: dict[Any, Screen] = {}
    listing = Listing(program)

    def judge(block: Block) -> Found:
        kind = block.counts.dtype.type
        if kind not in screens:
            screens[kind] = Screen(program, kind)
        return listing(block, screens[kind](block))

    return judge
