"""Every rule of every installed rule set, by code, checked once when the catalogue is built."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from govinfo.errors import PluginError
from govinfo.rules.evidence import too_severe
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import LinearRule, Rule, RuleSet, TextRule
from govinfo.rules.rows import check_expression
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["CODE", "Catalogue", "choose", "mistakes_in", "mistakes_of"]

CODE = re.compile(r"([A-Z]{2,}-)?[A-Z]{3}\d{3}")
"""Family and three digits, for provinces after the ISO 3166-2:CN letters: ``APP001``, ``HE-DOC001``."""

_REGION = re.compile(r"(?:\d\d){0,3}", re.ASCII)


class Catalogue:
    """Rules sorted by code. Looking a rule up also finds it by a former code.

    Args:
        rule_sets: each with the package it comes from.
        editions: known classes by table and edition.

    Raises:
        PluginError: two rules claim the same code or former code, a code is not shaped like one, a rule is more severe
            than its evidence allows or wrongly declared.
        ExpressionError: a linear rule's expression is wrong; says which rule of which package.
    """

    def __init__(self, rule_sets: Iterable[tuple[RuleSet, str]], editions: Editions = EDITIONS) -> None:
        self._owners: dict[str, tuple[Rule, RuleSet, str]] = {}
        several = sorted(rule_sets, key=lambda pair: (pair[0].name, pair[1]))
        self.rule_sets = tuple(rule_set for rule_set, _ in several)
        for rule_set, package in several:
            for _, mistake in mistakes_of(rule_set, editions):
                where = Text(f"规则集 {rule_set.name}（{package}）：", f"rule set {rule_set.name} ({package}): ")
                raise PluginError(Text(f"{where.zh}{mistake.zh}", f"{where.en}{mistake.en}"))
            for rule in rule_set.rules:
                self._add(rule, rule_set, package)
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


def mistakes_of(rule_set: RuleSet, editions: Editions = EDITIONS) -> Iterator[tuple[str, Text]]:
    """Yield what is wrong with where and when a rule set applies, and the field it is about."""
    if not _REGION.fullmatch(rule_set.region):
        yield (
            "region",
            Text(
                f"region“{rule_set.region}”应为行政区划代码的前 2、4 或 6 位",
                f"region {rule_set.region!r} must be the first 2, 4 or 6 digits of a GB/T 2260 code",
            ),
        )
    if rule_set.first_year and rule_set.last_year and rule_set.first_year > rule_set.last_year:
        yield "last_year", Text("last_year 早于 first_year", "last_year is before first_year")
    known = sorted({name for forms in editions.values() for name in forms})
    for name in rule_set.editions:
        if name not in known:
            said = Text(
                "没有 {name} 这一版表式（可用：{known}）", "no edition of the form is called {name} (known: {known})"
            )
            yield "editions", said.fill(name=name, known=", ".join(known))


def _begins(rule: Rule, beginnings: Sequence[str]) -> bool:
    return any(code.startswith(tuple(beginnings)) for code in (rule.code, *rule.aliases))


def _check(rule: Rule, package: str, editions: Editions) -> None:
    context = Text(f"规则 {rule.code}（{package}）：", f"rule {rule.code} ({package}): ")
    linear = rule.condition if isinstance(rule, TextRule) else rule if isinstance(rule, LinearRule) else None
    try:
        if linear is not None:
            check_expression(linear, editions)
    except ExpressionError as error:
        raise error.within(context) from None
    for _, mistake in mistakes_in(rule):
        raise PluginError(Text(f"{context.zh}{mistake.zh}", f"{context.en}{mistake.en}"))


def mistakes_in(rule: Rule) -> Iterator[tuple[str | None, Text]]:
    """Yield what is wrong with the declaration of a rule, and the field it is about if that is one."""
    if (mistake := too_severe(rule.severity, rule.strength)) is not None:
        yield "severity", mistake
    if isinstance(rule, TextRule) and (mistake := rule.mistake()) is not None:
        yield None, mistake
