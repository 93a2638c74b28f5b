"""The other process: waits for paths, works on them, sends what comes out."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import tempfile
import threading
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from typing import Any

from govinfo.errors import GovinfoError
from govinfo.processes.model import Work
from govinfo.text import Text

__all__ = ["END", "READY", "STOP", "TIRED", "VALUE", "serve"]

READY, VALUE, END, TIRED, STOP = range(5)
"""What a message says: ready for paths; something a path yields; the end of a path; the same, and a new process
should take over; an error that ends the whole work."""

_GROWN = 1 << 30
"""Bytes of memory at which a worker asks to be replaced: what a library leaks should not pile up."""


def serve(pipe: Connection, work: Work[Any], folder: str, memory: int) -> None:
    """Work until the pipe is closed.

    Args:
        pipe: where paths come from, some at a time, and messages go to.
        work: what is done with each.
        folder: where temporary files belong; the parent removes it.
        memory: bytes of addresses this process may ask for.
    """
    _settle(folder, memory)
    try:
        do = work.open()
        pipe.send((READY, None))
        while True:
            for path in pipe.recv():
                for value in do(path):
                    _send(pipe, value)
                pipe.send((TIRED if _has_grown() else END, None))
    except (EOFError, BrokenPipeError):  # the parent has done
        return
    except GovinfoError as error:
        with contextlib.suppress(OSError):
            pipe.send((STOP, error))


def _send(pipe: Connection, value: Any) -> None:
    try:
        pipe.send((VALUE, value))
    except (OSError, EOFError):
        raise
    except Exception as error:  # a plugin's object in it that only this process knows
        cannot = Text("结果无法传给主进程：{said}", "the result cannot be sent to the main process: {said}")
        raise GovinfoError(cannot.fill(said=f"{type(error).__name__}: {error}")) from error


def _settle(folder: str, memory: int) -> None:
    """Make this process one that nobody but its parent hears of, and that takes no more than its share."""
    threading.Thread(target=_die_with_the_parent, daemon=True).start()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent says when to stop
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()  # so that programs started here, such as LibreOffice, can be ended together with us
    os.environ["TMPDIR"] = os.environ["TEMP"] = os.environ["TMP"] = tempfile.tempdir = folder
    # whatever a library prints must not stand between results
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    with contextlib.suppress(OSError):
        os.dup2(sys.stdout.fileno(), 1)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w") as file:
        file.write("500")  # where memory runs out, the parent is the last to go
    with contextlib.suppress(ImportError, OSError, ValueError):
        from resource import RLIM_INFINITY, RLIMIT_AS, RLIMIT_CORE, getrlimit, setrlimit

        hard = getrlimit(RLIMIT_AS)[1]
        setrlimit(RLIMIT_AS, (memory if hard == RLIM_INFINITY else min(memory, hard), hard))
        setrlimit(RLIMIT_CORE, (0, getrlimit(RLIMIT_CORE)[1]))


def _die_with_the_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if hasattr(os, "killpg") and os.getpgid(0) == os.getpid():
            os.killpg(0, signal.SIGKILL)
        os._exit(1)


def _has_grown() -> bool:
    try:
        from resource import RUSAGE_SELF, getrusage
    except ImportError:
        return False
    return getrusage(RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) > _GROWN
