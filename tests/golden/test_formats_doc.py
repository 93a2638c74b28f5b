"""Word 97 and RTF made by LibreOffice (`formats/make_word97.py`) are read back whole, installed or not."""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo.records import decode
from govinfo.schema.editions import EDITIONS

FOLDER = Path(__file__).parent / "formats"
DOCUMENTS = [FOLDER / name for name in ("page.doc", "page_mixed.rtf", "office.wps", "office.rtf")]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_a_document_made_by_libreoffice_is_read_back(path: Path) -> None:
    truth = decode(path.with_name(f"{path.name}.json").read_bytes(), path.name, EDITIONS)
    reading = govinfo.read(path)
    assert reading.report == truth
    assert {problem.code for problem in reading.problems} <= {"SRC008"}  # a sum printed without its unit
