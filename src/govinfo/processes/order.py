"""Work on each path, in this process or in others, and what comes of it in the order of paths."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from govinfo.processes.model import MEMORY, TIMEOUT, Ended, Work

__all__ = ["in_order"]

T = TypeVar("T")


def in_order(
    work: Work[T],
    paths: Sequence[str],
    *,
    jobs: int = 1,
    timeout: float = TIMEOUT,
    memory: int = MEMORY,
    tick: Callable[[], object] = lambda: None,
) -> Iterator[tuple[int, T | Ended]]:
    """Yield what the work yields for each path with the path's index, and an `Ended` behind it; in the order of paths.

    Memory is bounded: no path far behind the first unfinished one is begun. ``-``, which no other process can read, is
    worked on in this one. The work is pickled; no script of the caller's is run again in the other processes.

    Args:
        work: what is done with each path.
        paths: of files. A process that hangs or crashes with one is ended; the other paths are not touched by it.
        jobs: how many processes; 0 for none but this one, without limits of time and memory.
        timeout: seconds until something comes out, for each value a path yields.
        memory: bytes of addresses a process may ask for.
        tick: called now and then while nothing comes.

    Raises:
        GovinfoError: what the work raised on purpose; or no process can be started.
    """
    if jobs < 1:
        yield from _here(work, paths)
        return
    from govinfo.processes.pool import pooled  # 30 ms that a single report need not wait for

    yield from pooled(work, paths, jobs, timeout, memory, tick)


def _here(work: Work[T], paths: Sequence[str]) -> Iterator[tuple[int, T | Ended]]:
    do = work.open()
    for index, path in enumerate(paths):
        for value in do(path):
            yield index, value
        yield index, Ended()
