"""How far a long run is, on a terminal: never where standard error goes anywhere else, never among the results.

Drawn by rich (extra ``progress``), which is imported only then; without it a plain line is written now and then.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from govinfo.cli.console import complain, emit
from govinfo.extras import MissingExtra, need
from govinfo.outputs.visible import visible
from govinfo.tally import Tally
from govinfo.text import Language, Text

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

__all__ = ["Progress"]

_PATIENCE = 1.0
"""Seconds before anything is shown: short runs need none."""
_EVERY = 10.0
"""Seconds between two plain lines."""
_FLUSH = 0.1
"""Seconds results wait for each other, so that the bar need not be taken away for each of them."""
_WIDEST = 24
_SAMPLES = 20


class _Display(Protocol):
    """Something that shows how far a run is."""

    def show(self, done: int, said: str, at: str) -> None: ...

    def hide(self) -> None: ...

    def close(self) -> None: ...


class Progress:
    """How far a run over files is. Results to standard output go through it, so that they do not get mixed up."""

    def __init__(self, files: Sequence[str], lang: Language, quiet: bool = False) -> None:
        self._files, self._lang = files, lang
        self._wanted = not quiet and len(files) > 1 and sys.stderr.isatty()
        self._mixed = self._wanted and sys.stdout.isatty()
        """Results and progress stand on the same terminal."""
        self._display: _Display | None = None
        self._began = self._flushed = time.monotonic()
        self._done = 0
        self._seen: deque[tuple[float, int]] = deque(maxlen=_SAMPLES)
        """When how many files were done, of late: what an earlier run has done tells nothing of the speed."""
        self._tally = Tally()
        self._waiting: list[tuple[bytes, bool]] = []

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def watch(self, done: int, tally: Tally) -> None:
        """Take note that so many files are done."""
        self._done, self._tally = done, tally
        self.tick()

    def tick(self) -> None:
        """Show where things stand, if it is time to."""
        if not self._wanted:
            return
        now = time.monotonic()
        if self._display is None:
            if now - self._began < _PATIENCE:
                return
            self._display = _display(len(self._files), self._lang)
        if self._waiting and now - self._flushed >= _FLUSH:
            self._flush()
        if not self._seen or now - self._seen[-1][0] >= 1:
            self._seen.append((now, self._done))
        at = self._files[self._done] if self._done < len(self._files) else ""
        self._display.show(self._done, self._said(now), os.path.basename(at))

    def complain(self, message: str) -> None:
        """Write a message to standard error."""
        self._flush()
        if self._display is not None:
            self._display.hide()
        complain(message)

    def emit(self, content: bytes, *, readable: bool = False) -> None:
        """Write results to standard output."""
        if not self._mixed:
            emit(content, readable=readable)
            return
        self._waiting.append((content, readable))
        if self._display is None or time.monotonic() - self._flushed >= _FLUSH:
            self._flush()

    def close(self) -> None:
        """Take it away."""
        self._flush()
        if self._display is not None:
            self._display.close()
        self._display, self._wanted, self._mixed = None, False, False

    def _flush(self) -> None:
        if not self._waiting:
            return
        waiting, self._waiting = self._waiting, []
        if self._display is not None:
            self._display.hide()
        for content, readable in waiting:
            emit(content, readable=readable)
        sys.stdout.flush()
        self._flushed = time.monotonic()

    def _said(self, now: float) -> str:
        """Say what was found and how much longer it will take."""
        tally, (when, before) = self._tally, self._seen[0]
        rate = (self._done - before) / (now - when) if now - when >= 1 else 0.0
        parts = [Text("{rate:.0f} 份/秒", "{rate:.0f}/s").fill(rate=rate)] if rate >= 1 else []
        found = (
            (tally.errors, Text("错误 {n}", "{n} errors")),
            (tally.warnings, Text("警告 {n}", "{n} warnings")),
            (tally.unreadable, Text("无法核对 {n}", "{n} unreadable")),
        )
        parts += [text.fill(n=n) for n, text in found if n]
        if rate > 0:
            left = round((len(self._files) - self._done) / rate)
            parts.append(Text("剩余 {left}", "{left} left").fill(left=f"{left // 60}:{left % 60:02d}"))
        return Text.join(parts, "  ", "  ").render(self._lang)


def _display(total: int, lang: Language) -> _Display:
    try:
        need("progress", "rich.progress")
    except MissingExtra:
        return _Lines(total)
    return _Bar(total)


class _Lines:
    """A line now and then."""

    def __init__(self, total: int) -> None:
        self._total, self._shown = total, -_EVERY

    def show(self, done: int, said: str, at: str) -> None:
        if time.monotonic() - self._shown >= _EVERY:
            self._shown = time.monotonic()
            complain("  ".join(filter(None, (f"{done}/{self._total}", said))))

    def hide(self) -> None:
        pass

    def close(self) -> None:
        pass


class _Bar:
    """A bar that is drawn anew in its place."""

    def __init__(self, total: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
        from rich.progress import Progress as RichProgress

        columns = (
            BarColumn(20),
            MofNCompleteColumn(),
            TextColumn("{task.fields[said]}", markup=False),
            TextColumn("{task.fields[at]}", style="dim", markup=False),
        )
        console = Console(file=sys.stderr, highlight=False, emoji=False)
        self._bar: RichProgress = RichProgress(
            *columns,
            console=console,
            transient=True,
            refresh_per_second=5,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._bar.add_task("", total=total, said="", at="")
        self._shown = False

    def show(self, done: int, said: str, at: str) -> None:
        from rich.cells import set_cell_size

        name = visible(at)
        short = name if len(name) <= _WIDEST else set_cell_size(name, _WIDEST).rstrip() + "…"
        self._bar.update(self._task, completed=done, said=said, at=short)
        if not self._shown:
            self._bar.start()
            self._shown = True

    def hide(self) -> None:
        if self._shown:
            self._bar.stop()
            self._shown = False

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.hide()
