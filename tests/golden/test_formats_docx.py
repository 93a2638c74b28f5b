"""Word documents made by LibreOffice (`formats/make_docx.py`) are read back whole, also where it is not installed."""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo.records import decode
from govinfo.schema.editions import EDITIONS

FOLDER = Path(__file__).parent / "formats"
DOCUMENTS = [
    FOLDER / name
    for name in ("from_page.docx", "nested.docx", "numbered.docx", "ragged.docx", "tracked.docx", "word_2003.xml")
]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_made_by_libreoffice_is_read_back(path: Path) -> None:
    truth = decode(path.with_name(f"{path.name}.json").read_bytes(), path.name, EDITIONS)
    reading = govinfo.read(path)
    assert reading.report == truth
    assert reading.problems == ()
