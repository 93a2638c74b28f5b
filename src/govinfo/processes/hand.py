"""One worker, as its parent sees it."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from govinfo.processes.model import Work
from govinfo.processes.worker import serve

__all__ = ["Hand"]

_STARTING = threading.Lock()


class Hand:
    """A process that works on paths, and what is known of it."""

    def __init__(self, work: Work[Any], folder: str, memory: int) -> None:
        spawning = multiprocessing.get_context("spawn")
        self.pipe, theirs = spawning.Pipe()
        self.process = spawning.Process(target=serve, args=(theirs, work, folder, memory), daemon=True)
        with _STARTING, _undisturbed(), _without_main():
            self.process.start()
        theirs.close()
        self.task: deque[int] = deque()
        """The paths it has to do; the first is the one it is at."""
        self.ready = False
        self.since = 0.0
        """When it was last heard of, or given something to do."""
        self.served = 0
        self.told = False
        """Whether it has yielded something of the path it is at."""
        self.tired = False

    def give(self, task: list[tuple[int, str]]) -> None:
        """Hand out paths with their indices. Where the process is gone, that shows when it is listened to."""
        self.task.extend(index for index, _ in task)
        self.served += len(task)
        with contextlib.suppress(OSError):
            self.pipe.send([path for _, path in task])

    def end(self, gone: bool = False) -> int | None:
        """End the process and return its exit code: at once with all it has started, where it is at work.

        Args:
            gone: it is ending by itself.
        """
        idle = self.ready and not self.task
        self.pipe.close()  # a process that waits for paths takes that as the end
        if idle or gone:
            self.process.join(2)
        elif self.process.is_alive():
            self._kill()
        self.process.join(1)
        if self.process.is_alive():
            self._kill()
            self.process.join(5)
        return self.process.exitcode

    def _kill(self) -> None:
        with contextlib.suppress(OSError, AttributeError):  # it has no group of its own yet, or there are none
            if self.process.pid and os.getpgid(self.process.pid) == self.process.pid:
                os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep Ctrl-C from a process that has just been started and does not know yet that it is not meant."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Keep a new process from running the caller's script again: nothing of it is needed there.

    A spawned process imports ``__main__`` anew, and a script that calls us at its top level would then start processes
    that start processes. `multiprocessing` leaves out a ``__main__`` that comes from no file.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main
