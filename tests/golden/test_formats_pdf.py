"""PDF files made by other programs (`formats/make_pdf.py`) are read back, also where these are not installed."""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo.records import decode
from govinfo.schema import cells
from govinfo.schema.editions import EDITIONS

pytest.importorskip("pypdfium2", reason="pip install pypdfium2")

FOLDER = Path(__file__).parent / "formats"
NAMES = ("chromium_wps", "libreoffice", "libreoffice_large", "reportlab_two_pages", "reportlab_unruled")
DOCUMENTS = [FOLDER / f"{name}.pdf" for name in NAMES]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_file_made_by_another_program_is_read_back(path: Path) -> None:
    truth = decode(path.with_name(f"{path.name}.json").read_bytes(), path.name, EDITIONS)
    reading = govinfo.read(path)
    assert cells(reading.report) == cells(truth)
    assert (reading.report.title, reading.report.period) == (truth.title, truth.period)
    if "unruled" not in path.stem:
        assert reading.report.sections == truth.sections
