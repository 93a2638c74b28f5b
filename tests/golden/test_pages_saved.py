"""Pages saved by other programs; ``formats/pages/make.py`` says how."""

from __future__ import annotations

from pathlib import Path

import govinfo
from govinfo.testing import example_report

FOLDER = Path(__file__).parent / "formats" / "pages"


def test_a_page_with_its_report_in_a_frame_saved_by_chromium() -> None:
    reading = govinfo.read(FOLDER / "chromium.mht")
    assert reading.report == example_report("2021", 21, profile="large")
    assert reading.problems == ()
