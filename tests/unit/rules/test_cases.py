"""Every rule case in ``tests/cases``."""

from __future__ import annotations

from pathlib import Path

import pytest

from govinfo.rules.national import NATIONAL
from govinfo.testing.cases import RuleCase, load_cases, run_case

CASES = load_cases(Path(__file__).parents[2] / "cases")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: RuleCase) -> None:
    run_case(case, [NATIONAL])
