"""Formats: the files one printed report is published as, where these are no text.

Each writer makes the bytes of a document from a `govinfo.testing.sheet.Sheet`; `FORMATS` names them all. Documents are
written by other programs than ours, where there are such: python-docx, XlsxWriter, reportlab, LibreOffice.
"""

from __future__ import annotations

from govinfo.testing.formats.model import Format
from govinfo.testing.formats.word97 import DOC, ODT, RTF

__all__ = ["FORMATS", "Format"]

_KNOWN: tuple[Format, ...] = (DOC, RTF, ODT)

FORMATS: dict[str, Format] = {known.name: known for known in _KNOWN}
"""Every format, by name."""
