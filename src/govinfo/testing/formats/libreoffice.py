"""Documents as LibreOffice writes them: `convert` makes one format of another."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from govinfo.documents.word.soffice import find_soffice, prepare_profile, run_soffice

__all__ = ["convert", "convert_all", "lacking"]

_SECONDS = 120.0
_SHEETS = ("xls", "xlsx", "ods", "csv")


def lacking() -> str:
    """Return ``LibreOffice`` where it is not installed, otherwise nothing: as `Format.lacking`."""
    return "" if find_soffice() else "LibreOffice"


def convert(content: bytes, suffix_from: str, to: str) -> bytes:
    """Return a document in another format.

    Args:
        content: the document.
        suffix_from: what it is: ``html``, ``docx``, ``xlsx``.
        to: what it is to be: ``doc``, ``rtf``, ``odt``, ``docx``, ``pdf``, ``xls``, ``ods``, ``html``.

    Raises:
        RuntimeError: LibreOffice wrote nothing.
        OSError: it is not installed, or took too long.
    """
    return convert_all([content], suffix_from, to)[0]


def convert_all(contents: Sequence[bytes], suffix_from: str, to: str) -> list[bytes]:
    """Return documents in another format: as `convert`, all in one go, which saves LibreOffice's start for each."""
    source, target = suffix_from.lstrip("."), to.lstrip(".")
    infilter = None
    if source in ("html", "htm"):  # otherwise a page opens as a page and cannot become a Word document
        infilter = "HTML (StarCalc)" if target in _SHEETS else "HTML (StarWriter)"
    with tempfile.TemporaryDirectory(prefix="govinfo-") as folder:
        out = Path(folder, "out")
        out.mkdir()
        files = [Path(folder, f"{number}.{source}") for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        run_soffice(files, target, out, _profile(os.getpid()), _SECONDS + 5 * len(files), infilter=infilter)
        made = [out / f"{file.stem}.{target}" for file in files]
        if missing := [file.name for file in made if not file.exists()]:
            raise RuntimeError(f"LibreOffice made no {', '.join(missing)} of {source}")
        return [file.read_bytes() for file in made]


@lru_cache(maxsize=1)
def _profile(process: int) -> Path:
    """Make the profile of this process: one that is used again starts LibreOffice faster."""
    folder = tempfile.mkdtemp(prefix="govinfo-lo-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    prepare_profile(Path(folder))
    return Path(folder)
