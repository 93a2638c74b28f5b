"""Many reports as numbers, and what an engine finds in them: what engines for many reports take and give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import attrs
import numpy as np
from numpy.typing import NDArray

from govinfo.engines.program import Program

__all__ = ["FAILED", "UNDECIDED", "Block", "Found", "Ints", "Kernel"]

Ints = NDArray[Any]
"""An array of whole numbers."""

FAILED, UNDECIDED = 0, 1


@attrs.frozen(eq=False)
class Block:
    """The cells of some reports, numbered as in a `Program`."""

    counts: Ints
    """(reports, counts), 32 or 64 bits, in any memory order. What stands in a missing cell means nothing."""
    amounts: Ints
    """(reports, amounts), 64 bits, in millionths."""
    blank: Ints
    """The reports that have a missing cell, ascending."""
    missing: NDArray[np.bool_]
    """(reports in ``blank``, cells): which cells are missing."""

    def __len__(self) -> int:
        return len(self.counts)


@attrs.frozen(eq=False)
class Found:
    """What does not hold, by report and then by instance. Arrays of one length."""

    report: Ints
    instance: Ints
    status: Ints
    """`FAILED` or `UNDECIDED`."""
    left: Ints
    """(n, 2): low and high half of a number of 128 bits, in millionths whatever the relation speaks of."""
    right: Ints
    left_known: NDArray[np.bool_]
    """False where a cell of the side is missing."""
    right_known: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.report)

    def take(self, chosen: Any) -> Found:
        """Return the chosen rows: indices, a slice or a mask."""
        return Found(*(getattr(self, field.name)[chosen] for field in attrs.fields(Found)))

    def moved(self, by: int) -> Found:
        """Return the same for reports that stand so much further on."""
        return self if by == 0 else attrs.evolve(self, report=self.report + by)

    @classmethod
    def joined(cls, parts: Sequence[Found]) -> Found:
        """Put several together, one behind the other."""
        if len(parts) == 1:
            return parts[0]
        fields = [field.name for field in attrs.fields(cls)]
        if not parts:
            none, halves, known = np.zeros(0, np.int64), np.zeros((0, 2), np.int64), np.zeros(0, np.bool_)
            return cls(none, none.astype(np.int32), none.astype(np.uint8), halves, halves, known, known)
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in fields))

    def ordered(self) -> Found:
        """Return the same by report and instance."""
        return self.take(np.lexsort((self.instance, self.report)))


Kernel = Callable[[Block], Found]
"""Judges blocks of one program. A kernel keeps scratch memory: each thread has its own."""
MakeKernel = Callable[[Program], Kernel]
