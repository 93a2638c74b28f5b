"""Which files are meant, and what it says where they are many: shared by the commands that work on folders."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator, Sequence
from types import FrameType

from govinfo.cli.console import complain
from govinfo.errors import GovinfoError
from govinfo.files import find
from govinfo.text import Language, Text

__all__ = ["Stopped", "files_in", "stoppable"]


def files_in(paths: Sequence[str], lang: Language, output: str | None = None) -> list[str]:
    """Return the files that are meant, folders expanded, and say on standard error what was passed over by its name.

    Args:
        paths: what was named.
        lang: the language of messages.
        output: a file the command itself writes: it is not among them, unless it was named.

    Raises:
        GovinfoError: there is no file.
    """
    passed_over: list[str] = []
    own = os.path.realpath(output) if output is not None else ""
    files = [path for path in find(paths, passed_over.append) if not _is(own, path) or path in paths]
    if passed_over:
        kinds = ", ".join(sorted({os.path.splitext(path)[1] or os.path.basename(path) for path in passed_over}))
        said = Text("跳过 {n} 个不是文档的文件（{kinds}）", "passed over as no documents: {n} ({kinds})")
        complain(said.fill(n=len(passed_over), kinds=kinds).render(lang))
    if not files:
        where = ", ".join(paths)
        raise GovinfoError(Text(f"{where} 中没有文件", f"no files in {where}"))
    return files


def _is(own: str, path: str) -> bool:
    return os.path.basename(path) == os.path.basename(own) and os.path.realpath(path) == own


class Stopped(KeyboardInterrupt):
    """The process was asked to end; ``code`` is the exit code that says so."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.code = code


@contextlib.contextmanager
def stoppable() -> Iterator[None]:
    """Take being ended, or losing the terminal, like Ctrl-C: as `Stopped`, so that what is done can be kept."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, _: FrameType | None) -> None:
        raise Stopped(128 + number)

    wanted = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    # what somebody chose to ignore (nohup) stays ignored
    before = {number: signal.getsignal(number) for number in wanted}
    for number, handler in before.items():
        if handler is not signal.SIG_IGN:
            signal.signal(number, stop)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)
