"""What parent and workers agree on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple, Protocol, TypeVar

from govinfo.errors import ReadError

__all__ = ["MEMORY", "TIMEOUT", "Ended", "Work"]

TIMEOUT = 60.0
"""Seconds a file may take."""
MEMORY = 4 << 30
"""Bytes of addresses a worker may ask for, where the system lets that be limited: a reader of ours stays below a
quarter of a GiB, and programs reserve far more than they use."""

Yielded = TypeVar("Yielded", covariant=True)


class Work(Protocol[Yielded]):
    """What is done with each path; pickled, so that other processes can do it."""

    def open(self) -> Callable[[str], Iterable[Yielded]]:
        """Get ready, once in each process, and return what yields something picklable for a path.

        An error raised on purpose (`GovinfoError`), then or with a path, ends the whole work.
        """
        ...


class Ended(NamedTuple):
    """The end of what one path yields."""

    error: ReadError | None = None
    """``timeout`` or ``crashed`` where its process had to be given up."""
