"""The contract finds what is wrong with a plugin, says how to mend it, and finds nothing wrong with a good one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from time import sleep
from types import ModuleType
from typing import Any

import attrs
import pytest

from govinfo import (
    Adjustment,
    CheckRule,
    Example,
    Fault,
    LabelVariant,
    LinearRule,
    Reader,
    ReadError,
    Reading,
    RuleSet,
    Severity,
    Strength,
    Text,
    Undecided,
    Writer,
    hookimpl,
)
from govinfo.documents.model import Document, Paragraph
from govinfo.hookspecs import Container
from govinfo.rules.model import Rule
from govinfo.testing.contract import Check, checks_of, plugin_contract, plugins_with

WORDS = Text("标题", "a title")
LONG = "字" * 1200
LINEAR = LinearRule(
    "HE-APP001",
    Severity.INFO,
    WORDS,
    WORDS,
    "applications.total.carried_out <= applications.total.received",
    strength=Strength.INFERRED,
)


def length(reading: Reading) -> Iterator[Fault | Undecided]:
    text = reading.report.sections.overview
    if text is None:
        yield Undecided(WORDS, ("sections.overview",))
    elif len(text) > 1000:
        yield Fault(WORDS, ("sections.overview",), len(text), 1000)


CHECK = CheckRule(
    "HE-DOC001",
    Severity.INFO,
    WORDS,
    WORDS,
    length,
    strength=Strength.CONVENTION,
    passes=Example(WORDS, {}),
    fails=Example(WORDS, {"change": {"sections.overview": LONG}}),
)
CASES = """
[[case]]
code = "HE-APP001"
name = "few"
expect = { status = "passed" }
[[case]]
code = "HE-APP001"
name = "many"
change = { "applications.total.carried_out" = 9999 }
expect = { status = "failed" }
[[case]]
code = "HE-APP001"
name = "none"
change = { "applications.total.received" = "blank" }
expect = { status = "undecided" }
[[case]]
code = "HE-DOC001"
name = "no overview"
absent = ["sections.overview"]
expect = { status = "undecided" }
"""


def rule_set(*rules: Rule, **fields: Any) -> RuleSet:
    return RuleSet(**{"name": "hebei", "title": WORDS, "rules": rules or (LINEAR, CHECK), "region": "13", **fields})


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, str]]:
    """Run the contract on a plugin made of hooks; return what fails, and with what message."""

    def run(*, cases: str = CASES, **hooks: Iterable[Any]) -> dict[str, str]:
        module = ModuleType("govinfo_made_up")
        for name, things in hooks.items():
            setattr(module, name, hookimpl(lambda things=things: things))
        monkeypatch.setitem(sys.modules, module.__name__, module)
        (tmp_path / "cases.toml").write_text(cases, encoding="utf-8")
        found = {}
        for check in checks_of(module.__name__, cases=tmp_path / "cases.toml"):
            try:
                if check.name != "loads quickly":  # the module has no file another process could load
                    check.run()
            except AssertionError as error:
                found[check.name] = str(error)
        return found

    return run


def test_a_failure_says_how_to_mend_the_plugin(failing: Callable[..., dict[str, str]]) -> None:
    (message,) = failing().values()
    assert "\n→ let one of its hooks return something" in message


def test_a_good_plugin_passes(failing: Callable[..., dict[str, str]]) -> None:
    labels = [LabelVariant("现行有效件数", "截至年末仍然有效件数")]
    assert failing(govinfo_rule_sets=[rule_set()], govinfo_labels=labels) == {}


def changed(rule: Rule, **fields: Any) -> RuleSet:
    return rule_set(*(attrs.evolve(one, **fields) if one is rule else one for one in (LINEAR, CHECK)))


def raising(reading: Reading) -> Iterator[Fault]:
    yield Fault(Text(reading.report.sections.overview[:5], "x"))  # type: ignore[index]


def slow(reading: Reading) -> Iterator[Fault | Undecided]:
    sleep(0.003)
    yield from length(reading)


@pytest.mark.parametrize(
    ("given", "check", "said"),
    [
        (rule_set(name="Hebei"), "names its rule sets in lower case", "'Hebei'"),
        (rule_set(region="14"), "puts its province's letters before its codes", "begin with SX-"),
        (rule_set(region=""), "puts its province's letters before its codes", "no province's"),
        (changed(LINEAR, code="HE-XYZ001"), "puts its province's letters before its codes", "the family is one of"),
        (changed(LINEAR, strength=None), "HE-APP001 has evidence", "how sure"),
        (changed(LINEAR, source=Text("", "")), "HE-APP001 has evidence", "no source"),
        (changed(LINEAR, title=Text("标题", "")), "says everything in both languages", "only one language"),
        (changed(LINEAR, title=Text("{a}", "{b}")), "says everything in both languages", "placeholders"),
        (
            changed(LINEAR, relation="applications.total.received != 3"),
            "loads",
            "HE-APP001",
        ),
        (
            rule_set(LINEAR, CHECK, attrs.evolve(LINEAR, code="HE-APP002", relation="applications.total.denied > 10")),
            "HE-APP002 has cases",
            "no case with status",
        ),
        (
            rule_set(
                LINEAR,
                CHECK,
                attrs.evolve(
                    LINEAR,
                    code="HE-APP003",
                    relation="applications.total.received + applications.total.carried_in"
                    " == applications.total.concluded + applications.total.carried_out + 1",
                ),
            ),
            "contradicts no rule",
            "HE-APP003",
        ),
        (changed(CHECK, passes=None), "HE-DOC001 has examples", "passes="),
        (changed(CHECK, fails=Example(WORDS, {})), "HE-DOC001 has examples", "says ['passed']"),
        (changed(CHECK, check=raising), "never breaks on an odd report", "TypeError"),
        (changed(CHECK, check=slow), "HE-DOC001 is quick", "on a usual report"),
        (
            rule_set(adjustments=(Adjustment("DOC001", Severity.INFO, Text("", "")),)),
            "adjusts rules with reasons",
            "without a reason",
        ),
        (
            rule_set(labels=(LabelVariant("本年制发件数", "现行有效件数"),)),
            "takes no other label's words",
            "is what the form calls",
        ),
        (
            rule_set(labels=(LabelVariant("没有此栏", "另一个"),)),
            "takes no other label's words",
            "no label of the form",
        ),
    ],
)
def test_what_is_wrong_with_rules_is_found(
    failing: Callable[..., dict[str, str]], given: RuleSet, check: str, said: str
) -> None:
    found = failing(govinfo_rule_sets=[given])
    assert said in found[check], found


@pytest.mark.parametrize(
    ("cases", "check", "said"),
    [
        (CASES.replace('"many"', '"few"'), "has cases of its own rules only", "more than once"),
        (CASES.replace("HE-DOC001", "HE-DOC009"), "has cases of its own rules only", "no such rule"),
        (CASES.replace("HE-DOC001", "HE-DOC009"), "HE-DOC001 has cases", "undecided"),
        (CASES.replace("9999", "0"), "case HE-APP001 many", "expected failed"),
    ],
)
def test_what_is_wrong_with_cases_is_found(
    failing: Callable[..., dict[str, str]], cases: str, check: str, said: str
) -> None:
    assert said in failing(govinfo_rule_sets=[rule_set()], cases=cases)[check]


def broken(content: bytes, name: str) -> Document:
    raise ValueError("oh")


def greedy(content: bytes, name: str) -> Document:
    if not content.isascii():
        raise ReadError("damaged", WORDS, name)
    return Document((Paragraph(content.decode(), 1),))


@pytest.mark.parametrize(
    ("hooks", "check", "said"),
    [
        ({}, "adds something", "adds nothing"),
        ({"govinfo_writers": [Writer("w", (), lambda files, lang: files[0].file)]}, "writes w in zh", "IndexError"),
        ({"govinfo_writers": [Writer("w", (), lambda files, lang: 3)]}, "writes w in en", "int"),  # type: ignore[arg-type,return-value]
        (
            {"govinfo_writers": [Writer("w", (), lambda files, lang: "".join(file.file for file in files))]},
            "writes w in en",
            "control characters",
        ),
        ({"govinfo_writers": [Writer("w", (), lambda files, lang: "-")]}, "writes w in en", "no trace"),
        ({"govinfo_readers": [Reader("r", lambda content, name: 7.0, greedy)]}, "reads r by content", "returned 7"),
        (
            {"govinfo_readers": [Reader("r", lambda content, name: 0.0, broken)]},
            "refuses a damaged r in words",
            "ValueError",
        ),
        (
            {"govinfo_containers": [Container("c", lambda content, name: 0.0, lambda content, name: broken(b"", ""))]},  # type: ignore[arg-type,return-value]
            "refuses a damaged c in words",
            "ValueError",
        ),
        (
            {"govinfo_readers": [Reader("r", lambda content, name: 1.0, greedy)]},
            "leaves tabs as it was read",
            "otherwise",
        ),
        ({"govinfo_labels": [LabelVariant("总计", "自然人")]}, "takes no other label's words", "自然人"),
    ],
)
def test_what_is_wrong_with_formats_is_found(
    failing: Callable[..., dict[str, str]], hooks: dict[str, Any], check: str, said: str
) -> None:
    found = failing(**hooks)
    assert said in found[check], found


def test_a_plugin_that_does_not_load_fails_once(failing: Callable[..., dict[str, str]]) -> None:
    assert list(failing(govinfo_rule_sets=[3])) == ["loads"]


def test_a_test_case_for_each_check() -> None:
    test: Any = plugin_contract("govinfo_that_is_not_there")
    (mark,) = test.pytestmark
    assert [one.id for one in mark.args[1]] == ["loads"]
    (only,) = (one.values[0] for one in mark.args[1])
    assert isinstance(only, Check)
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        test(only)
    with pytest.raises(AssertionError, match="ModuleNotFoundError"):
        plugins_with("govinfo_that_is_not_there")
