"""Every rule of every installed rule set, by code, checked once when the catalogue is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from govinfo.errors import PluginError
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import LinearRule, Rule, RuleSet
from govinfo.rules.rows import check_expression
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["CODE", "Catalogue", "choose"]

CODE = re.compile(r"([A-Z]{2,}-)?[A-Z]{3}\d{3}")
"""Family and three digits, for provinces after the ISO 3166-2:CN letters: ``APP001``, ``HE-DOC001``."""


class Catalogue:
    """Rules sorted by code. Looking a rule up also finds it by a former code.

    Args:
        rule_sets: each with the package it comes from.
        editions: known classes by table and edition.

    Raises:
        PluginError: two rules claim the same code or former code, or a code is not shaped like one.
        ExpressionError: a linear rule's expression is wrong; says which rule of which package.
    """

    def __init__(self, rule_sets: Iterable[tuple[RuleSet, str]], editions: Editions = EDITIONS) -> None:
        self._owners: dict[str, tuple[Rule, RuleSet, str]] = {}
        several = sorted(rule_sets, key=lambda pair: (pair[0].name, pair[1]))
        self.rule_sets = tuple(rule_set for rule_set, _ in several)
        for rule_set, package in several:
            for rule in rule_set.rules:
                self._add(rule, rule_set, package)
                if isinstance(rule, LinearRule):
                    _check(rule, package, editions)
        self.rules: tuple[Rule, ...] = tuple(
            sorted({id(rule): rule for rule, _, _ in self._owners.values()}.values(), key=lambda rule: rule.code)
        )

    def _add(self, rule: Rule, rule_set: RuleSet, package: str) -> None:
        if not CODE.fullmatch(rule.code):
            raise PluginError(
                Text(
                    f"规则编号“{rule.code}”（{package}）不合规范：应为三个大写字母加三位数字，"
                    "地方规则前加字母和连字符，如 HE-DOC001",
                    f"rule code {rule.code!r} ({package}) must be three capital letters and three digits, for a "
                    "province after its letters and a hyphen, as in HE-DOC001",
                )
            )
        for code in (rule.code, *rule.aliases):
            if code in self._owners:
                other = self._owners[code][2]
                raise PluginError(
                    Text(
                        f"规则编号 {code} 重复：{other} 和 {package} 都声明了它",
                        f"rule code {code} is claimed twice: by {other} and by {package}",
                    )
                )
            self._owners[code] = (rule, rule_set, package)

    def __iter__(self) -> Iterator[Rule]:
        return iter(self.rules)

    def __len__(self) -> int:
        return len(self.rules)

    def __contains__(self, code: object) -> bool:
        return code in self._owners

    def __getitem__(self, code: str) -> Rule:
        """Return the rule with a code or former code; KeyError where there is none."""
        return self._owners[code][0]

    def rule_set_of(self, code: str) -> RuleSet:
        """Return the rule set a code or former code belongs to; KeyError where there is none."""
        return self._owners[code][1]

    def package_of(self, code: str) -> str:
        """Return the package a code or former code comes from; KeyError where there is none."""
        return self._owners[code][2]

    def matching(self, prefix: str) -> tuple[Rule, ...]:
        """Return the rules whose code, or a former code, begins with ``prefix``."""
        found = {id(rule): rule for code, (rule, _, _) in self._owners.items() if code.startswith(prefix)}
        return tuple(sorted(found.values(), key=lambda rule: rule.code))


def choose(rule_sets: Iterable[RuleSet], select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Rule, ...]:
    """Return the rules to apply, by code.

    Args:
        rule_sets: in any order.
        select: beginnings of codes or former codes; other rules are left out. Empty for all.
        ignore: beginnings of codes or former codes to leave out.
    """
    chosen = [
        (rule.code, rule_set.name, rule)
        for rule_set in rule_sets
        for rule in rule_set.rules
        if not select or _begins(rule, select)
        if not _begins(rule, ignore)
    ]
    return tuple(rule for _, _, rule in sorted(chosen, key=lambda found: found[:2]))


def _begins(rule: Rule, beginnings: Sequence[str]) -> bool:
    return any(code.startswith(tuple(beginnings)) for code in (rule.code, *rule.aliases))


def _check(rule: LinearRule, package: str, editions: Editions) -> None:
    try:
        check_expression(rule, editions)
    except ExpressionError as error:
        context = Text(f"规则 {rule.code}（{package}）：", f"rule {rule.code} ({package}): ")
        raise error.within(context) from None
