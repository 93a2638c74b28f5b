"""Zip files opened with care: Word, Excel and OFD documents are such, and folders of reports are sent as such.

Everything is bounded before it is unpacked. What a member claims of its size is not believed: no more is ever
decompressed than is allowed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from types import TracebackType

from govinfo.documents.limits import MAX_MEMBERS, MAX_UNPACKED, check_count
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Archive", "damaged"]

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError, KeyError)
"""What `zipfile` raises on damaged and hostile files, lack of a password and of a decompressor included."""


def damaged(what: Text, name: str, said: object = "") -> ReadError:
    """Return the error for a file whose format is known but whose content is broken.

    Args:
        what: what the file is, as in `govinfo.documents.signatures.KINDS`.
        name: the file.
        said: what was wrong, in the words of the program that found it.
    """
    message = Text(
        "{what}已损坏或不完整，无法读取（{said}）；请重新下载或另存一份",
        "{what} is damaged or incomplete and was not read ({said}): download or save it again",
    )
    return ReadError("damaged", message.fill(what=what, said=str(said)[:200] or "?"), name)


class Archive:
    """A zip file in memory, closed at the end of a ``with``.

    All members together give no more bytes than a limit, however often and whichever are read.
    """

    def __init__(self, content: bytes, what: Text, name: str = "", limit: int = MAX_UNPACKED) -> None:
        """Open ``content``; ``what`` is the file for messages, ``limit`` the bytes it may give in all.

        Raises:
            ReadError: ``damaged``, it is no zip file; ``too_large``, it has too many members.
        """
        self._what, self._name = what, name
        self._left = self._limit = limit
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
            self._all = tuple(self._zip.infolist())
            self._members = {one.filename: one for one in self._all}
        except _BROKEN as error:
            raise damaged(what, name, error) from error
        check_count(len(self._all), MAX_MEMBERS, Text("压缩包成员", "archive members"), name)

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> tuple[str, ...]:
        """The members in the order of the archive, folders included (they end in ``/``)."""
        return tuple(self._members)

    @property
    def members(self) -> tuple[zipfile.ZipInfo, ...]:
        """Every member, also of those with one name, in the order of the archive."""
        return self._all

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def is_encrypted(self, member: str) -> bool:
        """Tell whether a member needs a password."""
        return bool(self._members[member].flag_bits & 1)

    def read(self, member: str | zipfile.ZipInfo, most: int | None = None) -> bytes:
        """Return a member's content.

        Args:
            member: its name, or which of several with one name.
            most: the bytes it may give; one that says of itself that it has more costs nothing.

        Raises:
            ReadError: ``damaged``, there is no such member or it cannot be unpacked; ``too_large``, with it more
                than the limit was unpacked, or it gives more than ``most``; ``encrypted``, it needs a password.
        """
        info = self._members.get(member) if isinstance(member, str) else member
        if info is None:
            raise damaged(self._what, self._name, member)
        if info.flag_bits & 1:
            locked = Text(
                "{what}已加密，需要密码，无法读取；请另存为不加密的文件", "{what} needs a password: save it without one"
            )
            raise ReadError("encrypted", locked.fill(what=self._what), self._name)
        allowed = self._left if most is None else min(most, self._left)
        if info.file_size > allowed:  # no more than that is ever unpacked: what a member gives beyond is cut off
            raise self._too_large(allowed)
        try:
            with self._zip.open(info) as file:
                content = file.read(allowed + 1)
        except _BROKEN as error:
            raise damaged(self._what, self._name, error) from error
        if len(content) > allowed:
            raise self._too_large(allowed)
        self._left -= len(content)
        return content

    def _too_large(self, allowed: int) -> ReadError:
        mib = (self._limit if allowed == self._left else allowed) >> 20
        large = Text(f"解压后超过 {mib} MiB，不像一份年度报告，未读取", f"more than {mib} MiB when unpacked: not read")
        return ReadError("too_large", large, self._name)
