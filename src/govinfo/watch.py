"""Code of others, watched while it runs: it ends in time, and what it prints gets into nobody's output.

A time limit rests on a signal, so it holds in the main thread of a Unix process and nowhere else, and ends what runs
in Python, regular expressions included, but nothing else written in C. Elsewhere nothing is limited; files of a folder
are checked in other processes, which have a limit of their own.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from types import FrameType
from typing import Any

from govinfo.errors import GovinfoError
from govinfo.text import Text

__all__ = ["RAISED", "SECONDS", "said_of", "watched"]

RAISED = (Exception, SystemExit)
"""What code of others may raise: wanting to end the program is no reason to."""
SECONDS = 10.0
"""What importing a plugin, or one of its rules on one report, may take; ``GOVINFO_PLUGIN_SECONDS`` says otherwise."""
_AGAIN = 1.0
"""How soon it is ended again where it went on regardless."""


class _Ended(BaseException):
    """Not an `Exception`: code of others must not take it for one of its own."""


@contextmanager
def watched() -> Iterator[None]:
    """Run what stands inside with a time limit; what it prints goes to standard error.

    Raises:
        GovinfoError: it took too long, or wanted to end the process.
    """
    alarm = _Alarm(_seconds())
    try:
        if not alarm.begin():
            yield
            return
        try:
            with redirect_stdout(sys.stderr):
                yield
        finally:
            try:
                alarm.end()
            except _Ended:  # it rang at the last moment
                alarm.end()
        if alarm.rang:  # whoever caught it has still taken too long
            raise _Ended
    except _Ended:
        late = Text("超过 {seconds} 秒没有结束，已中止", "it took more than {seconds} seconds and was ended")
        raise GovinfoError(late.fill(seconds=f"{alarm.seconds:g}")) from None
    except SystemExit as error:
        leaving = Text("要结束整个程序（SystemExit: {code}）", "it wanted to end the program (SystemExit: {code})")
        raise GovinfoError(leaving.fill(code=error.code)) from None


def said_of(error: BaseException) -> Text:
    """Return what an exception of others says, on one line."""
    if isinstance(error, GovinfoError):
        return error.text
    try:
        words = " ".join(f"{type(error).__name__}: {error}".split())
    except Exception:  # even that is code of theirs
        words = type(error).__name__
    return Text(words, words)


def _seconds() -> float:
    try:
        seconds = float(os.environ.get("GOVINFO_PLUGIN_SECONDS", SECONDS))
    except ValueError:
        return SECONDS
    return seconds if 0 < seconds < float("inf") else SECONDS


class _Alarm:
    """The process's one timer, taken for a while and given back with what was left on it."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.rang = False
        self._armed = False
        self._begun = 0.0
        self._handler: Any = None
        self._timer = (0.0, 0.0)

    def begin(self) -> bool:
        """Take the timer; False where there is none, or it cannot be given back."""
        if not hasattr(signal, "setitimer") or signal.getsignal(signal.SIGALRM) is None:
            return False
        try:
            self._handler = signal.signal(signal.SIGALRM, self._ring)
        except ValueError:  # not the main thread
            return False
        self._armed, self._begun = True, time.monotonic()
        self._timer = signal.setitimer(signal.ITIMER_REAL, self.seconds, _AGAIN)
        return True

    def end(self) -> None:
        """Give the timer back. One that would have rung meanwhile rings at once."""
        self._armed = False  # first: a signal on its way must not keep the rest from being done
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, self._handler)
        before, interval = self._timer
        if before:
            left = before - (time.monotonic() - self._begun)
            signal.setitimer(signal.ITIMER_REAL, max(left, 1e-6), interval)

    def _ring(self, number: int, frame: FrameType | None) -> None:
        if self._armed:
            self.rang = True
            raise _Ended
