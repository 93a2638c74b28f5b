"""The plugin alone: it loads, each rule says of its examples and cases what they expect."""

from __future__ import annotations

from pathlib import Path

import govinfo_shanghai
import pytest
from govinfo_shanghai.rules import SHANGHAI

from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.findings import Status
from govinfo.plugins import Candidate, load_plugins
from govinfo.rules.model import Rule
from govinfo.rules.national import NATIONAL
from govinfo.testing.bases import build
from govinfo.testing.cases import RuleCase, load_cases, run_case

SETS = (SHANGHAI,)
RULES = [rule for rule_set in SETS for rule in rule_set.rules]


def test_it_loads() -> None:
    candidate = Candidate("shanghai", "govinfo-shanghai", "0.1.0", lambda: govinfo_shanghai)
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    assert loaded.problems == ()
    assert loaded.rule_sets[1:] == SETS


@pytest.mark.parametrize("case", load_cases(Path(__file__).parent / "cases"), ids=str)
def test_case(case: RuleCase) -> None:
    run_case(case, [NATIONAL, *SETS])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_examples_are_what_they_are_said_to_be(rule: Rule) -> None:
    explained = explain(rule)
    for example, status in ((explained.passes, Status.PASSED), (explained.fails, Status.FAILED)):
        assert example is not None
        assert example.report is not None
        result = run(SETS, build(**example.report), select=[rule.code])
        assert [outcome.status for outcome in result.outcomes] == [status]
