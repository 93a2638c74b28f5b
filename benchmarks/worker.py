"""A case in a process of its own, which waits to be told what to do: so that cases can take turns.

The parent samples the memory of the process while it runs; the process itself knows its exact high-water mark, which
is not told apart by kind: where a file is mapped only the samples count, for they leave the pages of files out.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import select
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import attrs
import pyarrow as pa

from benchmarks.case import Case, Job, Source, agreement

__all__ = ["Worker", "serve"]

_SHORT = 0.5
"""Seconds below which a timed run follows one that is not timed: it fills the caches the case before has emptied."""
_MEGABYTE = 1e6
_PATIENCE = 600.0
_SCRIPT = Path(__file__).with_name("validate.py")


class Worker:
    """The parent's side."""

    def __init__(self, case: Case, folder: Path, reports: int) -> None:
        self.case = case
        limit = str(min(reports, case.reports or reports))
        environment = {**os.environ, "POLARS_MAX_THREADS": str(case.cores), "OMP_NUM_THREADS": str(case.cores)}
        command = [sys.executable, str(_SCRIPT), "--worker", case.key, str(folder), limit]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )

    def ask(self, command: str, sample: bool = False) -> dict[str, Any]:
        """Send a command and return the answer; with ``sample``, the most memory seen meanwhile is ``sampled``."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        if command:
            with suppress(BrokenPipeError):
                self._process.stdin.write(command + "\n")
                self._process.stdin.flush()
        most, until = 0, time.monotonic() + _PATIENCE
        while not select.select([self._process.stdout], [], [], 0.001 if sample else _PATIENCE)[0]:
            if time.monotonic() > until:
                return {"error": f"no answer within {_PATIENCE:g} seconds"}
            most = max(most, _own_bytes(self._process.pid))
        line = self._process.stdout.readline()
        if not line:
            return {"error": f"the process ended with code {self._process.wait()}"}
        return {**json.loads(line), "sampled": most}

    def close(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


def serve(case: Case, folder: Path, reports: int) -> None:
    """Be the process: get the case ready, then answer ``settle``, ``memory``, ``check`` and ``time``, in any order."""
    answers, sys.stdout = sys.stdout, sys.stderr  # nothing else may write between the answers
    with suppress(AttributeError, OSError):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-case.cores :])
    try:
        # the first job loads and compiles what is loaded and compiled once
        small, job = (_prepare(case, Source(folder / name, case.data, reports)) for name in ("warm", "full"))
        _say(answers, {"reports": job.reports})
        source = Source(folder / "full", case.data, reports)
        for line in sys.stdin:
            _say(answers, _answer(line.strip(), case, source, small, job))
    except Exception as error:  # one case that fails must not stop the others
        _say(answers, {"error": f"{type(error).__name__}: {error}"[:300]})


def _prepare(case: Case, source: Source) -> Job:
    module, _, function = case.prepare.partition(":")
    job = cast(Job, getattr(import_module(module), function)(source, **case.options))
    if source.folder.name == "warm":
        job.run()
    return job


def _answer(command: str, case: Case, source: Source, small: Job, job: Job) -> dict[str, Any]:
    if command == "check":
        return {"agreement": agreement(source, job, job.run())}
    if command == "settle":
        _settle(small)
        return {"own": _own_bytes(os.getpid())}
    if command == "memory":
        return _memory(case, job)
    gc.collect()
    start = time.perf_counter()
    job.run()
    seconds = time.perf_counter() - start
    processor = 0.0
    if seconds < _SHORT:
        start, began = time.perf_counter(), time.process_time()
        job.run()
        seconds, processor = time.perf_counter() - start, time.process_time() - began
    return {"seconds": seconds, "processor": processor}


def _settle(small: Job) -> None:
    """Give back what getting ready has left; before the samples are taken, for they would see it."""
    gc.collect()
    pa.default_memory_pool().release_unused()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
    small.run()  # what any run needs of the memory just given back


def _memory(case: Case, job: Job) -> dict[str, Any]:
    with suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5")  # the high-water mark begins anew
    before, until = _peak(), time.monotonic() + 0.3  # long enough to be sampled
    while True:
        job.run()
        if time.monotonic() > until:
            break
    exact = 0 if case.mapped else _peak() - before
    return {"exact": exact / _MEGABYTE}


def _peak() -> int:
    with suppress(OSError):
        for line in Path("/proc/self/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _own_bytes(process: int) -> int:
    """Return the memory of a process without the pages of files it has mapped; 0 where the system does not say."""
    with suppress(OSError):
        resident, files = Path(f"/proc/{process}/statm").read_text().split()[1:3]
        return (int(resident) - int(files)) * resource.getpagesize()
    return 0


def _say(to: Any, answer: dict[str, Any]) -> None:
    to.write(json.dumps(answer) + "\n")
    to.flush()


@attrs.define
class Measured:
    """What came out for a case."""

    case: Case
    reports: int = 0
    seconds: list[float] = attrs.Factory(list)
    processor: list[float] = attrs.Factory(list)
    memory: float | None = None
    """Megabytes beyond what it had with its data loaded."""
    agreement: str = ""
    error: str = ""
