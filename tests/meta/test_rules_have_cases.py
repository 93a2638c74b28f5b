"""Every national rule is documented in both languages and lands with its cases and examples."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from govinfo.engines.explain import explain
from govinfo.engines.one import run
from govinfo.findings import Status
from govinfo.rules.catalogue import CODE
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national import NATIONAL
from govinfo.testing.bases import build
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


@pytest.mark.parametrize("rule", NATIONAL.rules, ids=lambda rule: rule.code)
def test_a_rule_has_an_example_that_passes_and_one_that_fails(rule: Rule) -> None:
    explained = explain(rule)
    for name, example, status in (
        ("passes", explained.passes, Status.PASSED),
        ("fails", explained.fails, Status.FAILED),
    ):
        assert example is not None, (
            f"{rule.code} has no example: give check_rule {name}=Example(Text(zh, en), {{...}}), a short excerpt of a "
            "report in both languages (offices made up, nothing from a published report) and how such a report differs "
            "from the consistent one of govinfo.testing.bases: the keys of a case, as in tests/cases."
        )
        assert example.report is not None, (
            f"{rule.code}: say in {name}= how the report of the example differs from the consistent one ({{}} for that "
            f"one itself), so that it can be tested; for a linear rule the relation allows no example: "
            f"{example.shown.en!r}."
        )
        for lang, text in (("Chinese", example.shown.zh), ("English", example.shown.en)):
            assert text, f"{rule.code}: write its {name}= example in {lang} too."
            assert "\n" not in text, f"{rule.code}: keep its {name}= example on one line."
        result = run([NATIONAL], build(**example.report), select=[rule.code])
        statuses = {outcome.status for outcome in result.outcomes}
        assert (statuses == {status}) if status is Status.PASSED else (status in statuses), (
            f"{rule.code} says {sorted(s.value for s in statuses)} of its example {name}={example.shown.en!r}: change "
            "the example until the rule says what it should."
        )
        for text in printed(example.report):
            assert text.rstrip("。") in example.shown.zh, (
                f"{rule.code}: its {name}= example is tested with {text!r}, which is not what it shows: let the "
                "Chinese text have it word for word."
            )


def printed(report: Mapping[str, Any]) -> list[str]:
    """The passages an example puts into the report."""
    changed = [v for path, v in report.get("change", {}).items() if path == "title" or path.startswith("sections.")]
    return [*changed, *report.get("opening", ())]


def test_cases_are_about_rules_that_exist() -> None:
    strange = {case.code for case in CASES} - {rule.code for rule in NATIONAL.rules}
    assert not strange, f"no national rule is called {sorted(strange)}: correct the code in {FOLDER}."


def test_case_names_tell_cases_apart() -> None:
    names = [str(case) for case in CASES]
    twice = sorted({name for name in names if names.count(name) > 1})
    assert not twice, f"two cases of one rule share a name, rename one: {twice}"
