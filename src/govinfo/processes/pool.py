"""The parent: hands out paths, takes what comes out in their order, and gives up what hangs or crashes.

`concurrent.futures` has no time limit that ends the work, and its pools do not outlive a crash.
"""

from __future__ import annotations

import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import wait
from typing import Any, Generic, TypeVar

from govinfo.errors import GovinfoError, ReadError
from govinfo.processes.hand import Hand
from govinfo.processes.model import Ended, Work
from govinfo.processes.worker import END, READY, STOP, TIRED, VALUE
from govinfo.text import Text

__all__ = ["pooled"]

_TASK = 16
"""Paths handed out at a time, at most."""
_AHEAD = 512
"""So many paths behind the first unfinished one are begun."""
_KEPT = 1024
"""So many values are kept that wait for an earlier path; then processes have to wait."""
_AT_ONCE = 64
"""Values taken from one process before the next is heard."""
_SERVED = 2000
"""Paths after which a process is replaced."""
_TICK = 0.5
"""Seconds between two looks at the clock, at most."""
_STARTS = 3
"""Processes that may end before they are ready, one after the other."""
_START = 60.0
"""Seconds a process may need to start."""

T = TypeVar("T")


def pooled(
    work: Work[T], paths: Sequence[str], jobs: int, timeout: float, memory: int, tick: Callable[[], object]
) -> Iterator[tuple[int, T | Ended]]:
    """Do what `govinfo.processes.order.in_order` says, in one other process or several."""
    with tempfile.TemporaryDirectory(prefix="govinfo-", ignore_cleanup_errors=True) as folder:
        pool = _Pool(work, paths, jobs, timeout, lambda: Hand(work, folder, memory), tick)
        try:
            yield from pool.run()
        finally:
            pool.close()


class _Pool(Generic[T]):
    """One run."""

    def __init__(
        self,
        work: Work[T],
        paths: Sequence[str],
        jobs: int,
        timeout: float,
        start: Callable[[], Hand],
        tick: Callable[[], object],
    ) -> None:
        self.work, self.paths, self.jobs, self.timeout = work, paths, jobs, timeout
        self.start, self.tick = start, tick
        self.head = 0
        """The first path that is not done."""
        self.queue = deque(index for index, path in enumerate(paths) if path != "-")
        self.alone: set[int] = set()
        """Paths a process crashed at: they get a second chance, by themselves."""
        self.kept: dict[int, deque[T | Ended]] = {}
        """What the head, and paths behind it, have yielded."""
        self.stored = 0
        """How many values of paths behind the head are kept."""
        self.hands: list[Hand] = []
        self.task = min(max(len(self.queue) // (8 * self.jobs), 1), _TASK)
        self.failed = 0
        """Processes in a row that ended before they were ready."""
        self.clock, self.looked = 0.0, time.monotonic()

    def run(self) -> Iterator[tuple[int, T | Ended]]:
        """Yield everything in order."""
        for index, path in enumerate(self.paths):
            self.head = index
            waiting = self.kept.setdefault(self.head, deque())
            self.stored -= len(waiting)
            if path == "-":
                yield from ((index, value) for value in self.work.open()(path))
                waiting.append(Ended())
            ended = False
            while not ended:
                while not waiting:
                    self._hand_out()
                    self._take_in()
                    self._look_at_the_clock()
                    self.tick()
                one = waiting.popleft()
                ended = isinstance(one, Ended)
                yield index, one
            del self.kept[self.head]

    def close(self) -> None:
        """End every process, those at work at once."""
        idle = [hand for hand in self.hands if hand.ready and not hand.task]
        for hand in idle:
            hand.pipe.close()  # they end while the others are ended
        for hand in sorted(self.hands, key=lambda hand: hand in idle):
            hand.end()
        self.hands.clear()

    # Giving

    def _hand_out(self) -> None:
        """Give every process that has nothing to do some paths, and start as many as are wanted."""
        for hand in [*self.hands]:
            if not hand.ready or hand.task:
                continue
            if hand.tired or hand.served >= _SERVED:
                self._remove(hand)
            elif task := self._next_task():
                hand.since = self.clock
                hand.give([(index, self.paths[index]) for index in task])
        starting = sum(not hand.ready for hand in self.hands)
        while len(self.hands) < self.jobs and self._may_begin() and starting * self.task < len(self.queue):
            hand = self.start()
            hand.since = self.clock
            self.hands.append(hand)
            starting += 1

    def _may_begin(self) -> bool:
        return bool(self.queue) and self.queue[0] < self.head + _AHEAD

    def _next_task(self) -> list[int]:
        task: list[int] = []
        while self._may_begin() and len(task) < self.task:
            if self.queue[0] in self.alone:
                return task or [self.queue.popleft()]
            task.append(self.queue.popleft())
        return task

    def _remove(self, hand: Hand, gone: bool = False) -> int | None:
        self.hands.remove(hand)
        return hand.end(gone)

    # Taking

    def _take_in(self) -> None:
        """Wait until something comes, but not for long, and take it."""
        heard = [hand for hand in self.hands if self._may_speak(hand)]
        ready = wait([hand.pipe for hand in heard], _TICK)
        for hand in heard:
            if hand.pipe in ready:
                self._listen(hand)

    def _listen(self, hand: Hand) -> None:
        try:
            for _ in range(_AT_ONCE):
                if not (self._may_speak(hand) and hand.pipe.poll()):
                    return
                self._hear(hand, *hand.pipe.recv())
        except (EOFError, OSError):
            self._lost(hand)

    def _may_speak(self, hand: Hand) -> bool:
        return self.stored < _KEPT or not hand.task or hand.task[0] == self.head

    def _hear(self, hand: Hand, kind: int, value: Any) -> None:
        hand.since = self.clock
        if kind == READY:
            hand.ready, self.failed = True, 0
        elif kind == STOP:
            raise value
        elif kind == VALUE:
            hand.told = True
            self._keep(hand.task[0], value)
        elif kind in (END, TIRED):
            hand.tired, hand.told = kind == TIRED, False
            self._keep(hand.task.popleft(), Ended())

    def _keep(self, index: int, value: T | Ended) -> None:
        self.kept.setdefault(index, deque()).append(value)
        self.stored += index != self.head

    # Losing

    def _lost(self, hand: Hand) -> None:
        """A process has ended without being asked."""
        code = self._remove(hand, gone=True)
        if not hand.ready:
            self.failed += 1
            if self.failed >= _STARTS:
                raise _cannot_start(f"exit code {code}")
        elif hand.task:
            index = hand.task.popleft()
            self.queue.extendleft(reversed(hand.task))
            if hand.told or index in self.alone:
                self._keep(index, Ended(_crashed(self.paths[index], code)))
            else:  # it may have suffered from what was read before, or from others that ate all memory
                self.alone.add(index)
                self.queue.appendleft(index)

    def _look_at_the_clock(self) -> None:
        """Give up what takes too long.

        The clock stands still while we do: where the output is blocked, or all of us are stopped, nobody is late.
        """
        now = time.monotonic()
        self.clock += min(now - self.looked, 2 * _TICK)
        self.looked = now
        for hand in [*self.hands]:
            if not self._may_speak(hand):
                hand.since = self.clock  # it has to wait for us
            elif not hand.ready and self.clock - hand.since > max(_START, self.timeout):
                raise _cannot_start(f"{self.clock - hand.since:.0f} s")
            elif hand.task and self.clock - hand.since > self.timeout and not hand.pipe.poll():
                self._give_up(hand)

    def _give_up(self, hand: Hand) -> None:
        self._remove(hand)
        index = hand.task.popleft()
        self.queue.extendleft(reversed(hand.task))
        self._keep(index, Ended(_late(self.paths[index], self.timeout)))


def _late(path: str, timeout: float) -> ReadError:
    late = Text(
        "{n} 秒内未能读完，已放弃；可用 --timeout 延长时限",
        "not done within {n} seconds and given up; --timeout allows more",
    )
    return ReadError("timeout", late.fill(n=f"{timeout:g}"), path)


def _crashed(path: str, code: int | None) -> ReadError:
    crashed = Text(
        "读取这个文件时进程崩溃（{how}），未核对；其他文件不受影响",
        "the process crashed while it read this file ({how}); the others are not affected",
    )
    how = Text(f"信号 {-code}", f"signal {-code}") if code is not None and code < 0 else None
    return ReadError("crashed", crashed.fill(how=how or Text(f"退出码 {code}", f"exit code {code}")), path)


def _cannot_start(said: str) -> GovinfoError:
    cannot = Text(
        "无法启动工作进程（{said}）；可用 --jobs 1 在本进程内核对",
        "no worker process can be started ({said}); --jobs 1 works in this process alone",
    )
    return GovinfoError(cannot.fill(said=said))
