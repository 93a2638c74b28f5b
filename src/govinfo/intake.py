"""From a file to the reports in it: archives opened, the reader chosen by content, the document parsed."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import BinaryIO, NamedTuple, TypeVar

from govinfo.documents.limits import MAX_ARCHIVE, MAX_ARCHIVE_UNPACKED, MAX_BYTES, MAX_MEMBERS, check_size
from govinfo.documents.model import Document, Member
from govinfo.documents.pages.recognition import recognising
from govinfo.errors import ReadError
from govinfo.extras import MissingExtra
from govinfo.files import take
from govinfo.hookspecs import Container, Reader
from govinfo.parsing.reading import Reading
from govinfo.parsing.recognise import several_reports
from govinfo.plugins import Plugins
from govinfo.schema import Report
from govinfo.text import Text
from govinfo.watch import RAISED

__all__ = ["Part", "Source", "content_of", "reading_of", "readings_of", "record_of"]

Source = str | os.PathLike[str] | bytes | BinaryIO
"""A path, the content itself, or a binary stream."""

Format = TypeVar("Format", Reader, Container)

_NESTED = 3
"""Archives inside each other that are opened."""


class _Budget:
    """How much all archives in a file may still give: those inside each other multiply."""

    def __init__(self) -> None:
        self.members, self.unpacked = MAX_MEMBERS, MAX_ARCHIVE_UNPACKED

    def take(self, member: Member) -> bool:
        """Count a member; False where it is one too many."""
        self.members -= 1
        self.unpacked -= len(member.content) if isinstance(member.content, bytes) else 0
        return self.members >= 0 and self.unpacked >= 0


class Part(NamedTuple):
    """One of the reports in a file."""

    name: str
    """The file's name; behind it, where the file holds several, the member's."""
    outcome: Reading | ReadError


def content_of(source: Source, name: str | None) -> tuple[bytes, str]:
    """Return the content of a source and what to call it in messages.

    Raises:
        ReadError: ``io``, it cannot be read; ``too_large``.
    """
    if isinstance(source, bytes):
        return source, name or ""
    own = os.fsdecode(source) if isinstance(source, (str, os.PathLike)) else str(getattr(source, "name", ""))
    name = name or own
    return take(source, name, lambda head: MAX_ARCHIVE if head.startswith(b"PK") else MAX_BYTES), name


def reading_of(content: bytes, name: str, plugins: Plugins, *, records: bool = False) -> Reading:
    """Read the one report in a file.

    Args:
        content: of the file.
        name: what to call it in messages.
        plugins: what is installed.
        records: take in canonical JSON as well.

    Raises:
        ReadError: it cannot be read, or holds several reports, or an archive none.
    """
    if _best(plugins.containers, content, name) is None:
        documents = _documents(content, name, plugins, records)
        if isinstance(documents, Reading):
            return documents
        if len(documents) > 1:
            raise several_reports(name, len(documents))
        return _parse(documents[0], name, plugins)
    found: Reading | None = None
    error: ReadError | None = None
    parts = reports = 0
    for part in readings_of(content, name, plugins, records=records):
        parts += 1
        if isinstance(part.outcome, Reading):
            found = part.outcome
            reports += 1
        else:
            error = part.outcome
    if found is not None and reports == 1:
        return found
    if reports:
        several = Text(
            "压缩包中有 {n} 份报告，请指定其中一份，或用 govinfo check 全部核对（在程序中用 govinfo.read_all）",
            "the archive holds {n} reports: give one of them, or check them all with govinfo check "
            "(in a program govinfo.read_all)",
        )
        raise ReadError("several_reports", several.fill(n=reports), name)
    if error is not None and parts == 1:
        raise error
    none = Text("压缩包中的 {n} 个文件都不是可核对的报告", "none of the {n} files in the archive is a report to check")
    raise ReadError("no_reports", none.fill(n=parts), name)


def readings_of(content: bytes, name: str, plugins: Plugins, *, records: bool = False) -> Iterator[Part]:
    """Read every report in a file, archives opened. What cannot be read is a part with an error, and stops no other.

    The arguments are those of `reading_of`. At least one part comes out.
    """
    return _parts(content, name, plugins, records, 0, _Budget())


def _parts(content: bytes, name: str, plugins: Plugins, records: bool, depth: int, budget: _Budget) -> Iterator[Part]:
    """Read every report in a file; ``depth`` is how many archives are around it."""
    container = _best(plugins.containers, content, name)
    if container is None:
        yield from _single(content, name, plugins, records)
        return
    if depth == _NESTED:
        deep = Text("压缩包嵌套超过 {n} 层，未读取", "archives nested more than {n} deep: not read")
        yield Part(name, ReadError("too_deep", deep.fill(n=_NESTED), name))
        return
    empty = True
    try:
        for member in container.members(content, name):
            empty = False
            inside = f"{name}/{member.name}"
            if not budget.take(member):
                yield Part(inside, _too_much(inside))
                return
            if isinstance(member.content, ReadError):
                yield Part(inside, member.content)
            else:
                yield from _parts(member.content, inside, plugins, records, depth + 1, budget)
    except ReadError as error:
        error.name = error.name or name
        yield Part(name, error)
    except RAISED as error:
        yield Part(name, _broke(error, container.name, name))
    else:
        if empty:
            nothing = Text("压缩包中没有可核对的文件", "the archive holds no file to check")
            yield Part(name, ReadError("no_reports", nothing, name))


def _too_much(name: str) -> ReadError:
    mib = MAX_ARCHIVE_UNPACKED >> 20
    much = Text(
        f"压缩包（连同其中的压缩包）超过 {MAX_MEMBERS} 个文件或解压后超过 {mib} MiB，此文件及其后的未读取",
        f"the archive, with those inside it, has more than {MAX_MEMBERS} files or {mib} MiB: not read from here on",
    )
    return ReadError("too_large", much, name)


def _single(content: bytes, name: str, plugins: Plugins, records: bool) -> Iterator[Part]:
    """Read the reports in a file that is no archive: nearly always one."""
    try:
        documents = _documents(content, name, plugins, records)
    except ReadError as error:
        yield Part(name, error)
        return
    if isinstance(documents, Reading):
        yield Part(name, documents)
        return
    for document in documents:
        own = name if len(documents) == 1 else document.name
        try:
            yield Part(own, _parse(document, own, plugins))
        except ReadError as error:
            yield Part(own, error)


def _documents(content: bytes, name: str, plugins: Plugins, records: bool) -> list[Document] | Reading:
    """Return the reports in a file, not yet parsed; the record itself, where it is one."""
    check_size(content, name)
    if records and _is_record(content, name):
        return Reading(record_of(content, name, plugins))
    reader = _best(plugins.readers, content, name)
    if reader is None:
        unknown = Text("无法识别的文件格式（可读取：{known}）", "unknown file format (can read: {known})")
        raise ReadError("unsupported", unknown.fill(known=", ".join(plugins.readers)), name)
    try:
        with recognising([(one.name, one.recognise) for one in plugins.recognisers]):
            document = reader.read(content, name)
        if not isinstance(document, Document):
            raise TypeError(f"the reader returned {type(document).__name__}, not a Document")
        from govinfo.parsing.split import split

        return split(document, plugins.vocabulary)
    except ReadError as error:
        error.name = error.name or name
        raise
    except MissingExtra as error:
        raise ReadError("missing_extra", error.text, name) from error
    except RAISED as error:
        raise _broke(error, reader.name, name) from error


def _parse(document: Document, name: str, plugins: Plugins) -> Reading:
    from govinfo.parsing import parse

    try:
        return parse(document, plugins.vocabulary, plugins.equations)
    except ReadError as error:
        error.name = error.name or name
        raise
    except Exception as error:
        raise _broke(error, document.format, name) from error


def record_of(content: bytes, name: str, plugins: Plugins) -> Report:
    """Load canonical JSON.

    Raises:
        ReadError: ``record``, it is not a canonical report.
    """
    from govinfo.records import decode  # needs cattrs, 70 ms

    return decode(content, name, plugins.editions)


def _is_record(content: bytes, name: str) -> bool:
    """Whether the content is meant to be a canonical report rather than a published one."""
    start = content[:1000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and (name.lower().endswith(".json") or b'"applications"' in content)


def _broke(error: BaseException, what: str, name: str) -> ReadError:
    """A reader or the parser itself broke: that is our fault or a plugin's, but still only one file of many."""
    if isinstance(error, MemoryError):
        memory = Text("读取这个文件所需内存超过限制，未读取", "reading this file takes more memory than is allowed")
        return ReadError("too_large", memory, name)
    broke = Text("读取程序（{what}）内部出错，不是文件的问题：{said}", "the {what} reader broke: {said}")
    return ReadError("internal", broke.fill(what=what, said=f"{type(error).__name__}: {error}"), name)


def _best(formats: Mapping[str, Format], content: bytes, name: str) -> Format | None:
    """Return the format that is most sure of the content; of equals the first; None where none takes it."""
    sure, best = 0.0, None
    for one in formats.values():
        try:
            score = float(one.accepts(content, name))
        except RAISED as error:  # one broken reader must not keep the others from their files
            from logging import getLogger

            getLogger("govinfo").warning("reader %s broke on %r: %r", one.name, name, error)
            continue
        if score > sure:
            sure, best = score, one
    return best
