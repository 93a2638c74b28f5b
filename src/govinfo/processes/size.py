"""How many processes are worth it."""

from __future__ import annotations

import os
from collections.abc import Sequence

__all__ = ["cores", "jobs_for"]

_MANY = 64
"""Files below which other processes cost more time than they save, where these are text and web pages."""
_MUCH = 4 << 20
"""Bytes that are worth them, however few the files are: PDF, archives."""


def cores() -> int:
    """Return how many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # no such thing on Windows and macOS
        return os.cpu_count() or 1


def jobs_for(paths: Sequence[str], jobs: int | None, timeout: float | None) -> int:
    """Return how many processes are to work on paths, 0 for none but this one.

    Args:
        paths: of files.
        jobs: what was asked for; None for what is worth it.
        timeout: the time limit that was asked for, which only another process can keep.
    """
    if jobs is None:
        jobs = cores() if _pays(paths) else 1
    return 0 if jobs <= 1 and timeout is None else max(jobs, 1)


def _pays(paths: Sequence[str]) -> bool:
    """Tell whether other processes are worth the half second each of them needs to start.

    Not for a few files. But a few large ones, such as an archive of reports, should neither hang nor crash us.
    """
    if len(paths) >= _MANY:
        return True
    size = 0
    for path in paths:
        try:
            size += os.stat(path).st_size
        except (OSError, ValueError):
            continue
    return size >= _MUCH
