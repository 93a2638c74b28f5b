"""Workbooks LibreOffice Calc made of a web page (`formats/make_excel.py`): every figure, every blank."""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo.records import decode
from govinfo.schema.editions import EDITIONS

FOLDER = Path(__file__).parent / "formats"


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_a_workbook_made_by_calc_is_read(suffix: str) -> None:
    if suffix == "xls":
        pytest.importorskip("olefile")
    truth = decode((FOLDER / "calc.json").read_bytes(), "calc.json", EDITIONS)
    reading = govinfo.read(FOLDER / f"calc.{suffix}")
    assert reading.report == truth
    assert reading.problems == ()
