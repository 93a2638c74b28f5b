"""The plugin alone: it loads, each rule says of its examples and cases what they expect."""

from __future__ import annotations

from pathlib import Path

import govinfo_shanxi
import pytest
from govinfo_shanxi.rules import RULES

from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.findings import Status
from govinfo.plugins import Candidate, load_plugins
from govinfo.rules.model import Rule
from govinfo.rules.national import NATIONAL
from govinfo.testing.bases import build
from govinfo.testing.cases import RuleCase, load_cases, run_case


def test_it_loads() -> None:
    candidate = Candidate("shanxi", "govinfo-shanxi", "0.1.0", lambda: govinfo_shanxi)
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    assert loaded.problems == ()
    assert RULES in loaded.rule_sets


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases"), ids=str)
def test_case(case: RuleCase) -> None:
    run_case(case, [NATIONAL, RULES])


@pytest.mark.parametrize("rule", RULES.rules, ids=lambda rule: rule.code)
def test_examples_are_what_they_are_said_to_be(rule: Rule) -> None:
    explained = explain(rule)
    for example, status in ((explained.passes, Status.PASSED), (explained.fails, Status.FAILED)):
        assert example is not None
        assert example.report is not None
        result = run([RULES], build(**example.report), select=[rule.code])
        assert [outcome.status for outcome in result.outcomes] == [status]
