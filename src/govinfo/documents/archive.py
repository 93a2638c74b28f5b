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
            self._members = {one.filename: one for one in self._zip.infolist()}
        except _BROKEN as error:
            raise damaged(what, name, error) from error
        check_count(len(self._members), MAX_MEMBERS, Text("压缩包成员", "archive members"), name)

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

    def __contains__(self, member: object) -> bool:
        return member in self._members

    def is_encrypted(self, member: str) -> bool:
        """Tell whether a member needs a password."""
        return bool(self._members[member].flag_bits & 1)

    def flag_bits(self, member: str) -> int:
        """Return the general-purpose flags of a member; 0x800 says that its name is in UTF-8."""
        return self._members[member].flag_bits

    def read(self, member: str) -> bytes:
        """Return a member's content.

        Raises:
            ReadError: ``damaged``, there is no such member or it cannot be unpacked; ``too_large``, with it more
                than the limit was unpacked; ``encrypted``, it needs a password.
        """
        if member in self._members and self.is_encrypted(member):
            locked = Text(
                "{what}已加密，需要密码，无法读取；请另存为不加密的文件", "{what} needs a password: save it without one"
            )
            raise ReadError("encrypted", locked.fill(what=self._what), self._name)
        try:
            with self._zip.open(member) as file:
                content = file.read(self._left + 1)
        except _BROKEN as error:
            raise damaged(self._what, self._name, error) from error
        if len(content) > self._left:
            mib = self._limit >> 20
            large = Text(
                f"解压后超过 {mib} MiB，不像一份年度报告，未读取", f"more than {mib} MiB when unpacked: not read"
            )
            raise ReadError("too_large", large, self._name)
        self._left -= len(content)
        return content
