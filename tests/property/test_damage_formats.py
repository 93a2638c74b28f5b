"""The law of damage in the formats of office programs: a cell is right, missing, or said to be in doubt."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import govinfo
from govinfo.errors import ReadError
from govinfo.testing import DAMAGES, damage_document, example_report, misread
from govinfo.testing.formats import FORMATS

QUICK = ("docx", "xlsx", "ofd", "pdf", "docx_ragged", "xls", "xlsx_sheets", "mhtml")
"""Written without an office program."""
SHEET = [damage.name for damage in DAMAGES.values() if damage.stage == "sheet"]
PAIRS = [(damage, QUICK[(number + turn) % len(QUICK)]) for number, damage in enumerate(SHEET) for turn in (0, 3)]


@pytest.mark.parametrize(("damage", "name"), PAIRS)
def test_one_damage(damage: str, name: str) -> None:
    if name not in FORMATS or FORMATS[name].lacking():
        pytest.skip(f"{name}: {FORMATS[name].lacking() if name in FORMATS else 'no such writer'}")
    edition: Any = ("2019", "2021", "mixed")[len(damage) % 3]
    report = example_report(edition, 7, profile="few", blanks=0.02 * (len(damage) % 2))
    document = attrs.evolve(damage_document(report, name, [damage], 5), certain=False)
    try:
        reading = govinfo.read(document.content, name=f"x{document.suffix}")
    except ReadError as error:
        if error.kind == "missing_extra":
            pytest.skip(str(error))
        raise
    named = {path for problem in reading.problems for path in problem.paths}
    assert {path: pair for path, pair in misread(document, reading.report).items() if path not in named} == {}


def test_a_damage_of_text_does_not_happen_in_a_format() -> None:
    with pytest.raises(ValueError, match="truncated"):
        damage_document(example_report(), "docx", ["truncated"])
