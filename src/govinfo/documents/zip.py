"""Opens zip files of reports.

Archives made in Chinese offices have their names in GBK and do not say so; macOS writes UTF-8 and does not say so
either. One member is unpacked at a time, and what is plainly no report is not unpacked at all.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator

from govinfo.documents.archive import Archive
from govinfo.documents.limits import MAX_ARCHIVE_UNPACKED, MAX_BYTES, MAX_NESTED
from govinfo.documents.model import Member
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError
from govinfo.filenames import belongs_to_saved_page, harmless, is_hidden, is_no_document

__all__ = ["zip_members"]

_UTF_8 = 0x800
"""The general-purpose flag that says a name is in UTF-8."""


def zip_members(content: bytes, name: str) -> Iterator[Member]:
    """Yield the files in a zip file in the order of their names.

    Hidden files, folders of saved pages and what is plainly no document are passed over, as in a folder. Names come
    out as relative paths without ``..``; of members with one name the second is called ``… (2)``.

    Raises:
        ReadError: ``damaged`` or ``too_large``.
    """
    with Archive(content, KINDS["zip"].what, name, MAX_ARCHIVE_UNPACKED) as archive:
        named = [(harmless(printed), info) for info in archive.members if not _is_folder(printed := _printed(info))]
        for path, info in _told_apart(_wanted(named)):
            try:
                yield Member(path, archive.read(info, MAX_NESTED if path.lower().endswith(".zip") else MAX_BYTES))
            except ReadError as error:
                yield Member(path, error)


def _printed(info: zipfile.ZipInfo) -> str:
    """Return a member's name as its author saw it."""
    printed = info.orig_filename.partition("\0")[0]
    if info.flag_bits & _UTF_8:
        return printed
    raw = printed.encode("cp437", "replace")  # how it was decoded, for want of a better guess
    for encoding in ("utf-8", "gb18030"):  # hardly any name in GBK is valid UTF-8, most in UTF-8 are valid GBK
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def _is_folder(printed: str) -> bool:
    return printed.endswith(("/", "\\"))


def _wanted(named: Iterable[tuple[str, zipfile.ZipInfo]]) -> list[tuple[str, zipfile.ZipInfo]]:
    named = sorted(named, key=lambda one: one[0])
    beside: dict[str, set[str]] = {}
    for path, _ in named:
        folder, _, name = path.rpartition("/")
        beside.setdefault(folder, set()).add(name)
    return [one for one in named if not _passed_over(one[0], beside)]


def _passed_over(path: str, beside: dict[str, set[str]]) -> bool:
    *folders, name = path.split("/")
    if is_no_document(name) or any(map(is_hidden, (*folders, name))):
        return True
    return any(
        belongs_to_saved_page(folder, beside.get("/".join(folders[:level]), ())) for level, folder in enumerate(folders)
    )


def _told_apart(named: Iterable[tuple[str, zipfile.ZipInfo]]) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    seen: dict[str, int] = {}
    for path, info in named:
        seen[path] = times = seen.get(path, 0) + 1
        yield (path if times == 1 else f"{path} ({times})"), info
