"""The severity a region gives a national rule: who decides, what is said, what is refused."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from govinfo.choice import rule_sets_for
from govinfo.engines.one import run
from govinfo.errors import PluginError
from govinfo.findings import Severity
from govinfo.hookspecs import CheckedFile
from govinfo.outputs.json import file_record
from govinfo.outputs.text import text_one
from govinfo.plugins import Plugins, load_plugins
from govinfo.rules.adjust import adjusted, conflict, mistake_in
from govinfo.rules.declared import LengthRule
from govinfo.rules.evidence import Strength
from govinfo.rules.model import Adjustment, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.schema import Publisher
from govinfo.testing.bases import build
from govinfo.text import Text

REASON = Text("本省文件有要求", "a notice of the province asks for it")


def region(code: str, severity: Severity, rule: str = "DOC001", **more: Any) -> RuleSet:
    name = f"r{code}-{severity.value}"
    made = RuleSet(
        name, Text(f"{code} 规则", f"rules of {code}"), region=code, adjustments=(Adjustment(rule, severity, REASON),)
    )
    return attrs.evolve(made, **more)


def severity_of(code: str, rule_sets: tuple[RuleSet, ...]) -> Severity:
    return next(rule.severity for one in adjusted(rule_sets) for rule in one.rules if rule.code == code)


def test_nothing_adjusted_nothing_changed() -> None:
    assert adjusted((NATIONAL,)) == (NATIONAL,)


@pytest.mark.parametrize("severity", list(Severity))
def test_a_rule_is_as_severe_as_the_region_says(severity: Severity) -> None:
    assert severity_of("DOC001", (NATIONAL, region("13", severity))) is severity
    assert severity_of("DOC002", (NATIONAL, region("13", severity))) is Severity.ERROR


def test_the_narrower_region_decides() -> None:
    sets = (NATIONAL, region("1301", Severity.INFO), region("13", Severity.ERROR))
    assert severity_of("DOC001", sets) is Severity.INFO
    assert severity_of("DOC001", sets[::-1]) is Severity.INFO


def test_of_equals_the_severer_decides() -> None:
    sets = (NATIONAL, region("13", Severity.INFO), region("14", Severity.ERROR))
    assert severity_of("DOC001", sets) is severity_of("DOC001", sets[::-1]) is Severity.ERROR


def test_the_reason_stands_in_the_report() -> None:
    reading = build(absent=["sections.disputes"])
    result = run(adjusted((NATIONAL, region("13", Severity.INFO))), reading)
    (finding,) = result.findings
    assert finding.severity is Severity.INFO
    assert finding.note is not None
    assert "由“警告”改为“提示”，本省文件有要求" in finding.note.zh
    file = CheckedFile("a.txt", result)
    assert "       说明  13 规则：" in text_one(file, "zh", False)
    assert "info instead of warning" in text_one(file, "en", False)
    assert file_record(file, "en")["findings"][0]["note"] == finding.note.en


def test_a_linear_rule_says_it_too() -> None:
    reading = build(change={"applications.natural_person.received": 40})
    result = run(adjusted((NATIONAL, region("13", Severity.WARNING, "APP001"))), reading)
    found = next(finding for finding in result.findings if finding.code == "APP001")
    assert found.severity is Severity.WARNING
    assert found.note is not None


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (
            Adjustment("XXX999", Severity.INFO, REASON),
            "no national rule, nor one of a wider region, has the code XXX999",
        ),
        (Adjustment("DOC001", Severity.ERROR, REASON, Strength.CONVENTION), "its evidence supports info at most"),
        (Adjustment("DOC001", Severity.INFO, REASON, Strength.CONVENTION), None),
    ],
)
def test_mistakes(one: Adjustment, said: str | None) -> None:
    wrong = mistake_in(one, "13", [NATIONAL])
    assert wrong is None if said is None else wrong is not None and said in wrong.en


PROVINCE = RuleSet("p", REASON, (LengthRule("TT-DOC001", Severity.INFO, REASON, REASON, "sections.overview", 9),), "13")


def test_a_city_may_be_stricter_than_its_province() -> None:
    city = region("1301", Severity.WARNING, "TT-DOC001")
    loaded = load_plugins(entry_points=False).with_rule_set(PROVINCE, "p.toml").with_rule_set(city, "c.toml")
    for code, severity in (("130102", Severity.WARNING), ("130200", Severity.INFO)):
        report = attrs.evolve(build().report, publisher=Publisher("某局", code))
        assert severity_of("TT-DOC001", rule_sets_for(loaded, None, report)) is severity


@pytest.mark.parametrize(("code", "allowed"), [("1301", True), ("130102", True), ("13", False), ("14", False)])
def test_only_rules_of_a_region_around_it_may_be_adjusted(code: str, allowed: bool) -> None:
    one = Adjustment("TT-DOC001", Severity.WARNING, REASON)
    assert (mistake_in(one, code, [NATIONAL, PROVINCE]) is None) is allowed


def test_two_sets_for_one_region_must_agree() -> None:
    one, other = region("13", Severity.INFO), region("13", Severity.ERROR)
    assert conflict([one, other]) == ("DOC001", one, other)
    assert conflict([one, region("14", Severity.ERROR), attrs.evolve(one, name="again")]) is None


def test_sets_that_disagree_are_refused_with_their_packages() -> None:
    loaded = load_plugins(entry_points=False).with_rule_set(region("13", Severity.INFO), "one.toml")
    with pytest.raises(PluginError, match=r"one\.toml and two\.toml give rule DOC001 different severities"):
        loaded.with_rule_set(region("13", Severity.ERROR), "two.toml")
    with pytest.raises(PluginError, match="nor one of a wider region, has the code XXX999"):
        loaded.with_rule_set(region("14", Severity.ERROR, "XXX999"), "two.toml")


@pytest.fixture(scope="module")
def plugins() -> Plugins:
    loaded = load_plugins(entry_points=False)
    for rule_set in (
        region("13", Severity.INFO),
        region("1301", Severity.ERROR, first_year=2021, last_year=2022),
        region("14", Severity.ERROR, name="by-edition", editions=("2019",)),
    ):
        loaded = loaded.with_rule_set(rule_set, rule_set.name)
    return loaded


@pytest.mark.parametrize(
    ("code", "change", "base", "names"),
    [
        (None, {}, "2021", []),
        ("130100", {}, "2021", ["r13-info", "r1301-error"]),
        ("130102", {"year": 2023}, "2021", ["r13-info"]),
        ("130102", {"year": 2020}, "2021", ["r13-info"]),
        ("130200", {}, "2021", ["r13-info"]),
        ("140100", {}, "2021", []),
        ("140100", {}, "2019", ["by-edition"]),
        ("110000", {}, "2021", []),
    ],
)
def test_sets_apply_by_region_year_and_edition(
    plugins: Plugins, code: str | None, change: dict[str, int], base: str, names: list[str]
) -> None:
    report = attrs.evolve(build(base, change).report, publisher=Publisher("某局", code))
    assert [one.name for one in rule_sets_for(plugins, None, report)] == ["national", *names]


def test_a_set_that_is_named_applies_anywhere_but_not_to_other_years(plugins: Plugins) -> None:
    report = build().report
    assert [one.name for one in rule_sets_for(plugins, ["r1301-error"], report)] == ["r1301-error"]
    assert rule_sets_for(plugins, ["r1301-error"], attrs.evolve(report, year=2019)) == ()
    assert rule_sets_for(plugins, ["r1301-error"], attrs.evolve(report, year=None)) == ()
