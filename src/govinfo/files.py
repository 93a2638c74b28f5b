"""Finding, taking in and writing files, with nothing left to chance: limits first, order fixed, writes atomic."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from govinfo.errors import GovinfoError, ReadError
from govinfo.filenames import belongs_to_saved_page, is_hidden, is_no_document
from govinfo.text import Text

__all__ = ["cannot_write", "find", "open_input", "put", "replacing", "take"]

_SAID = {
    errno.ENOENT: Text("没有这个文件或文件夹", "no such file or folder"),
    errno.EACCES: Text("没有权限", "permission denied"),
    errno.EPERM: Text("不允许这样操作", "operation not permitted"),
    errno.EISDIR: Text("这是文件夹，不是文件", "it is a folder, not a file"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "part of the path is not a folder"),
    errno.ELOOP: Text("符号链接绕成了圈", "the symbolic links go in a circle"),
    errno.ENAMETOOLONG: Text("文件名太长", "the name is too long"),
    errno.EROFS: Text("所在位置只能读，不能写", "the place is read-only"),
    errno.ENOSPC: Text("磁盘已满", "no space left"),
}
"""What the operating system says, where it says it often."""


def find(paths: Iterable[str | os.PathLike[str]], passed_over: Callable[[str], object] | None = None) -> Iterator[str]:
    """Yield every file named by ``paths``, folders expanded, none twice.

    Folders come in the order of names. Hidden files, Office lock files (``~$…``) and whatever is not a regular file
    are passed over, and linked folders are not followed. Of files that are plainly no documents (``.py``, ``.css``)
    and of the folder a browser saves beside a page (``年报_files``) only ``passed_over`` hears; a file or folder that
    is named itself is always yielded. A path that does not exist,
    or a folder that cannot be listed, is yielded as it is: reading it says why it cannot be read.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _within(os.fspath(path), passed_over or (lambda _: None)):
            if found not in seen:
                seen.add(found)
                yield found


def _within(start: str, passed_over: Callable[[str], object]) -> Iterator[str]:
    if not os.path.isdir(start):
        yield start
        return
    waiting = [start]
    while waiting:
        current = waiting.pop()
        if not os.path.isdir(current):
            if is_no_document(os.path.basename(current)):
                passed_over(current)
            else:
                yield current
            continue
        try:
            names = sorted(os.listdir(current), reverse=True)
        except OSError:
            yield current
            continue
        # "." says nothing in front of a name, except that "./-" is a file and "-" standard input
        folder = "" if current == "." and "-" not in names else current
        beside = frozenset(names)
        for name in names:
            path = os.path.join(folder, name)
            if not _wanted(name, path):
                continue
            if belongs_to_saved_page(name, beside) and os.path.isdir(path):
                passed_over(path)
            else:
                waiting.append(path)


def _wanted(name: str, path: str) -> bool:
    if is_hidden(name):
        return False
    if os.path.isdir(path):
        return not os.path.islink(path)
    # a broken link is kept: somebody meant a file to be there
    return os.path.isfile(path) or (os.path.islink(path) and not os.path.exists(path))


def open_input(path: str) -> str | BinaryIO:
    """Return standard input for ``-``, any other path as it is."""
    return sys.stdin.buffer if path == "-" else path


def take(source: str | os.PathLike[str] | BinaryIO, name: str, limit: int | Callable[[bytes], int]) -> bytes:
    """Return the content of ``source``, of which no more bytes than a limit and one are ever read.

    Args:
        source: a path or a stream.
        name: what to call it in messages.
        limit: the most bytes it may have, or a function that tells it from how the content begins.

    Raises:
        ReadError: ``io``, the file cannot be read; ``too_large``.
    """
    try:
        if isinstance(source, (str, os.PathLike)):
            with open(source, "rb") as file:
                content, most = _at_most(file, limit)
        else:
            content, most = _at_most(source, limit)
    except (OSError, ValueError) as error:  # ValueError: a null character in the path, a closed stream
        cannot = Text("无法读取文件：{said}", "the file cannot be read: {said}")
        raise ReadError("io", cannot.fill(said=_said(error)), name) from error
    if len(content) > most:
        mib = most >> 20
        large = Text(
            f"文件超过 {mib} MiB，不像一份年度报告，未读取", f"more than {mib} MiB: not an annual report, not read"
        )
        raise ReadError("too_large", large, name)
    return content


def _at_most(file: BinaryIO, limit: int | Callable[[bytes], int]) -> tuple[bytes, int]:
    """Read up to the limit and one byte more; a pipe may give them piece by piece. Return them and the limit."""
    pieces = [file.read(1 << 20 if callable(limit) else min(limit + 1, 1 << 20))]
    most = limit(pieces[0]) if callable(limit) else limit
    size = most + 1 - len(pieces[0])
    while size > 0 and pieces[-1]:
        pieces.append(file.read(min(size, 1 << 20)))
        size -= len(pieces[-1])
    return b"".join(pieces), most


def put(content: bytes, target: str | os.PathLike[str]) -> None:
    """Write ``content`` to ``target``: all of it or, where that fails, nothing.

    A link is written through; a device or pipe (``/dev/stdout``) is written to, never replaced.

    Raises:
        GovinfoError: the file cannot be written; what was there before still is.
    """
    with replacing(target) as path:
        try:
            with open(path, "wb") as file:
                file.write(content)
        except (OSError, ValueError) as error:
            raise cannot_write(target, error) from error


@contextlib.contextmanager
def replacing(target: str | os.PathLike[str]) -> Iterator[str]:
    """Give the path to write to, and put what was written there in the place of ``target`` when all went well.

    A link is written through; a device or pipe is its own path.

    Raises:
        GovinfoError: the file cannot be written; what was there before still is.
    """
    try:
        final = os.fspath(target)
        mode = os.stat(final).st_mode if os.path.exists(final) else None
        if mode is not None and not stat.S_ISREG(mode):
            yield final
            return
        final = os.path.realpath(final)
        folder, name = os.path.split(final)
        beside = os.path.join(folder, f".{name[:50]}.{os.urandom(6).hex()}.tmp")
        open(beside, "xb").close()
    except (OSError, ValueError) as error:
        raise cannot_write(target, error) from error
    try:
        yield beside
        try:
            if mode is not None:
                os.chmod(beside, stat.S_IMODE(mode))
            os.replace(beside, final)
        except OSError as error:
            raise cannot_write(target, error) from error
    finally:
        with contextlib.suppress(OSError):
            os.unlink(beside)


def cannot_write(target: str | os.PathLike[str], error: OSError | ValueError) -> GovinfoError:
    """Return the error for a file that cannot be written."""
    cannot = Text("无法写入 {where}：{said}", "cannot write {where}: {said}")
    return GovinfoError(cannot.fill(where=os.fspath(target), said=_said(error)))


def _said(error: OSError | ValueError) -> Text:
    if isinstance(error, OSError):
        said = error.strerror or str(error)
        return _SAID.get(error.errno or 0, Text(said, said[:1].lower() + said[1:]))
    return Text("文件名或数据流无效", str(error))
