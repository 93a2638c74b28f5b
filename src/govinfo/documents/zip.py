"""Opens zip files of reports."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.documents.archive import Archive
from govinfo.documents.limits import MAX_ARCHIVE
from govinfo.documents.model import Member
from govinfo.documents.signatures import KINDS
from govinfo.errors import ReadError

__all__ = ["zip_members"]


def zip_members(content: bytes, name: str) -> Iterator[Member]:
    """Yield the files in a zip file in the order of their names.

    Raises:
        ReadError: ``damaged`` or ``too_large``.
    """
    with Archive(content, KINDS["zip"].what, name, MAX_ARCHIVE) as archive:
        for member in sorted(archive.names):
            if member.endswith("/"):
                continue
            try:
                yield Member(member, archive.read(member))
            except ReadError as error:
                yield Member(member, error)
