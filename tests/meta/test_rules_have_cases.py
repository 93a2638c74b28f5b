"""Every national rule is documented in both languages and lands with its cases."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from govinfo.findings import Status
from govinfo.rules.catalogue import CODE
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national import NATIONAL
from govinfo.testing.cases import load_cases

FOLDER = Path(__file__).parents[1] / "cases"
CASES = load_cases(FOLDER)


@pytest.mark.parametrize("rule", NATIONAL.rules, ids=lambda rule: rule.code)
def test_a_rule_has_its_cases(rule: Rule) -> None:
    needed = {Status.PASSED, Status.FAILED} | ({Status.UNDECIDED} if isinstance(rule, LinearRule) else set())
    missing = needed - {case.expect.status for case in CASES if case.code == rule.code}
    words = ", ".join(sorted(status.value for status in missing))
    assert not missing, (
        f"{rule.code} has no case with status: {words}. Add one to a file in {FOLDER}: a [[case]] with "
        f'code = "{rule.code}", a name, what is changed in the consistent report, and expect = {{ status = "..." }}; '
        "govinfo.testing.cases describes the keys."
    )


@pytest.mark.parametrize("rule", NATIONAL.rules, ids=lambda rule: rule.code)
def test_a_rule_says_what_it_is_in_both_languages(rule: Rule) -> None:
    assert CODE.fullmatch(rule.code), f"{rule.code}: give it a family of three capitals and three digits, as in APP001."
    for name, text in (("title", rule.title), ("source", rule.source)):
        assert re.search(r"[\u4e00-\u9fff]", text.zh), f"{rule.code}: write its {name} in Chinese, Text(zh, en)."
        assert re.search(r"[a-z]{3}", text.en), f"{rule.code}: write its {name} in English, Text(zh, en)."
        assert "\n" not in text.zh + text.en, f"{rule.code}: keep its {name} on one line."


def test_cases_are_about_rules_that_exist() -> None:
    strange = {case.code for case in CASES} - {rule.code for rule in NATIONAL.rules}
    assert not strange, f"no national rule is called {sorted(strange)}: correct the code in {FOLDER}."


def test_case_names_tell_cases_apart() -> None:
    names = [str(case) for case in CASES]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"two cases of one rule share a name, rename one: {twice}"
