"""The catalogue of rules."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from govinfo.errors import PluginError
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.catalogue import Catalogue
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import Fault, LinearRule, RuleSet, check_rule
from govinfo.rules.national import NATIONAL
from govinfo.text import Text

T = Text("文", "text")


def linear(code: str, relation: str = "disputes.{count} >= 0", aliases: tuple[str, ...] = ()) -> LinearRule:
    return LinearRule(code, Severity.INFO, T, T, relation, aliases=aliases)


def rule_set(name: str, *rules: LinearRule) -> RuleSet:
    return RuleSet(name, T, rules)


def test_rules_are_sorted_and_found_by_code_and_former_code() -> None:
    catalogue = Catalogue(
        [
            (rule_set("b", linear("HE-XYZ002", aliases=("HE-OLD001",))), "pkg-b"),
            (rule_set("a", linear("XYZ009")), "pkg-a"),
        ]
    )
    assert [rule.code for rule in catalogue] == ["HE-XYZ002", "XYZ009"]
    assert catalogue["HE-OLD001"] is catalogue["HE-XYZ002"]
    assert catalogue.package_of("HE-OLD001") == "pkg-b"
    assert catalogue.rule_set_of("XYZ009").name == "a"
    assert [rule.code for rule in catalogue.matching("HE-OLD")] == ["HE-XYZ002"]
    assert "XYZ009" in catalogue
    assert "XYZ" not in catalogue
    assert len(catalogue) == 2


@pytest.mark.parametrize("second", [linear("XYZ001"), linear("XYZ002", aliases=("XYZ001",))])
def test_a_code_claimed_twice_names_both_packages(second: LinearRule) -> None:
    sets = [(rule_set("a", linear("XYZ001")), "pkg-a"), (rule_set("b", second), "pkg-b")]
    for order in (sets, sets[::-1]):
        with pytest.raises(PluginError) as caught:
            Catalogue(order)
        assert "XYZ001" in caught.value.text.en
        assert "pkg-a" in caught.value.text.zh
        assert "pkg-b" in caught.value.text.zh


@pytest.mark.parametrize("code", ["xyz001", "XYZ1", "XYZ0001", "HE_XYZ001", "H-XYZ001"])
def test_a_code_has_a_shape(code: str) -> None:
    with pytest.raises(PluginError, match="three capital letters"):
        Catalogue([(rule_set("a", linear(code)), "pkg-a")])


def test_a_wrong_expression_names_rule_and_package() -> None:
    with pytest.raises(ExpressionError, match=r"rule XYZ001 \(pkg-a\): no cell is called disputes.total") as caught:
        Catalogue([(rule_set("a", linear("XYZ001", "disputes.total >= 0")), "pkg-a")])
    assert str(caught.value).endswith("^")


def test_a_decorated_check_is_a_rule() -> None:
    @check_rule("XYZ001", Severity.INFO, T, T, aliases=("XYZ000",))
    def check(reading: Reading) -> Iterator[Fault]:
        yield Fault(T)

    assert check.code == "XYZ001"
    assert check.aliases == ("XYZ000",)


def test_the_national_set_is_sound() -> None:
    assert len(Catalogue([(NATIONAL, "govinfo-cn")])) == len(NATIONAL.rules)
