"""The compiled engine of govinfo: the same violations with the same numbers as the engine with NumPy, faster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govinfo.hookspecs import Engine, hookimpl
from govinfo.text import Text
from govinfo_fast import _kernel as _kernel  # one that was built for another machine is noticed when it is loaded

if TYPE_CHECKING:
    from govinfo.engines.block import Kernel
    from govinfo.engines.program import Program

__all__ = ["compiled_kernel", "govinfo_engines"]


@hookimpl
def govinfo_engines() -> list[Engine]:
    """Add the engine ``compiled``, which is taken before any other."""
    return [Engine("compiled", compiled_kernel, Text("C 语言编译", "compiled from C"), rank=10)]


def compiled_kernel(program: Program) -> Kernel:
    """Return what judges blocks of ``program``."""
    from govinfo_fast.kernel import kernel_of  # NumPy is loaded when there is something to judge

    return kernel_of(program)
