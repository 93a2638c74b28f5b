"""Word 97–2003, RTF and OpenDocument as LibreOffice writes them."""

from __future__ import annotations

from functools import partial

from govinfo.testing.formats.libreoffice import convert, lacking
from govinfo.testing.formats.model import Format
from govinfo.testing.layouts.html import html
from govinfo.testing.sheet import Sheet

__all__ = ["WORD97_FORMATS"]


def _write(suffix: str, sheet: Sheet) -> bytes:
    return convert(html(sheet).encode(), "html", suffix)


WORD97_FORMATS = tuple(
    Format(suffix, f".{suffix}", partial(_write, suffix), lacking) for suffix in ("doc", "rtf", "odt")
)
