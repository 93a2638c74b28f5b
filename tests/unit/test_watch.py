"""Code of others is ended in time, wherever a signal can do that, and the process's timer is given back."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable

import pytest

from govinfo import GovinfoError
from govinfo.watch import watched

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="there is no such timer here")


def loop() -> None:
    while True:
        pass


def regex() -> None:
    re.match("(a*)*b", "a" * 40)


def stubborn() -> None:
    with contextlib.suppress(Exception):
        loop()


def deaf() -> None:
    with contextlib.suppress(BaseException):
        loop()


def very_deaf() -> None:
    deaf()
    deaf()


def with_a_limit_of_its_own() -> None:
    os.environ["GOVINFO_PLUGIN_SECONDS"] = "20"
    with watched():
        pass
    loop()


@pytest.mark.parametrize("hang", [loop, regex, stubborn, deaf, very_deaf, with_a_limit_of_its_own])
def test_what_takes_too_long_is_ended(hang: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_PLUGIN_SECONDS", "0.05")
    begun = time.monotonic()
    with pytest.raises(GovinfoError, match=r"more than 0\.05 seconds"), watched():
        hang()
    assert time.monotonic() - begun < 5
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_the_timer_and_the_handler_are_given_back(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, frame: rung.append(number))
    try:
        mine = signal.getsignal(signal.SIGALRM)
        signal.setitimer(signal.ITIMER_REAL, 100)
        with watched():
            pass
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 90 < left <= 100
        assert signal.getsignal(signal.SIGALRM) is mine
        signal.setitimer(signal.ITIMER_REAL, 0.01)
        with watched():
            time.sleep(0.03)
        assert not rung or rung == [signal.SIGALRM]
        deadline = time.monotonic() + 5
        while not rung and time.monotonic() < deadline:
            time.sleep(0.001)
        assert rung == [signal.SIGALRM]  # late, but not lost
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("said", ["", "nonsense", "-1", "0", "inf", "nan"])
def test_a_limit_that_is_none_is_not_taken(said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_PLUGIN_SECONDS", said)
    with watched():
        assert 9 < signal.getitimer(signal.ITIMER_REAL)[0] <= 10


def test_in_another_thread_nothing_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_PLUGIN_SECONDS", "0.01")
    done: list[bool] = []

    def work() -> None:
        with watched():
            time.sleep(0.05)
        done.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == [True]


def test_an_end_of_the_program_is_none() -> None:
    with pytest.raises(GovinfoError, match="SystemExit: 3"), watched():
        sys.exit(3)


def test_an_interrupt_by_the_user_is_one() -> None:
    with pytest.raises(KeyboardInterrupt), watched():
        raise KeyboardInterrupt


def test_what_is_printed_is_no_output(capsys: pytest.CaptureFixture[str]) -> None:
    with watched():
        print("hello")
    print("output")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("output\n", "hello\n")
