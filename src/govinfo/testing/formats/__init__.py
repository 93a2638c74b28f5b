"""Formats: the files one printed report is published as, where these are no text.

Each writer makes the bytes of a document from a `govinfo.testing.sheet.Sheet`; `FORMATS` names them all. Documents are
written by other programs than ours, where there are such: python-docx, XlsxWriter, reportlab, LibreOffice.
"""

from __future__ import annotations

from govinfo.testing.formats.docx import DOCX_FORMATS
from govinfo.testing.formats.excel import EXCEL_FORMATS
from govinfo.testing.formats.model import Format
from govinfo.testing.formats.ofd import OFD_FORMATS
from govinfo.testing.formats.page import PAGE_FORMATS
from govinfo.testing.formats.pdf import PDF_FORMATS
from govinfo.testing.formats.word97 import WORD97_FORMATS

__all__ = ["FORMATS", "Format"]

_KNOWN: tuple[Format, ...] = (
    *DOCX_FORMATS,
    *WORD97_FORMATS,
    *EXCEL_FORMATS,
    *PDF_FORMATS,
    *OFD_FORMATS,
    *PAGE_FORMATS,
)

FORMATS: dict[str, Format] = {known.name: known for known in _KNOWN}
"""Every format, by name."""
