"""Rules with the severity a region gives them."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import attrs

from govinfo.findings import Severity
from govinfo.rules.evidence import too_severe
from govinfo.rules.model import Adjustment, Rule, RuleSet
from govinfo.text import Text

__all__ = ["adjusted", "conflict", "mistake_in"]


@lru_cache(maxsize=256)
def adjusted(rule_sets: tuple[RuleSet, ...]) -> tuple[RuleSet, ...]:
    """Return rule sets that are applied together, rules with the severity the others give them.

    Of several sets that adjust one rule the one with the narrower region decides; of equals, the severer.
    """
    by_code: dict[str, tuple[int, int, Adjustment, RuleSet]] = {}
    order = list(Severity)
    for rule_set in rule_sets:
        for one in rule_set.adjustments:
            claim = (len(rule_set.region), -order.index(one.severity), one, rule_set)
            if one.code not in by_code or claim[:2] > by_code[one.code][:2]:
                by_code[one.code] = claim
    if not by_code:
        return rule_sets
    return tuple(
        attrs.evolve(rule_set, rules=tuple(_adjusted(rule, by_code) for rule in rule_set.rules))
        if any(_claimed(rule, by_code) for rule in rule_set.rules)
        else rule_set
        for rule_set in rule_sets
    )


def _claimed(rule: Rule, by_code: dict[str, tuple[int, int, Adjustment, RuleSet]]) -> str | None:
    return next((code for code in (rule.code, *rule.aliases) if code in by_code), None)


def _adjusted(rule: Rule, by_code: dict[str, tuple[int, int, Adjustment, RuleSet]]) -> Rule:
    code = _claimed(rule, by_code)
    if code is None:
        return rule
    _, _, one, rule_set = by_code[code]
    usual = rule.severity.text
    note = Text(
        f"{rule_set.title.zh}：由“{usual.zh}”改为“{one.severity.text.zh}”，{one.reason.zh}",
        f"{rule_set.title.en}: {one.severity.text.en} instead of {usual.en}, {one.reason.en}",
    )
    # what the evidence allows was looked at when the set was loaded; a rule tightened rests on the reason as well
    return attrs.evolve(rule, severity=one.severity, strength=one.strength or rule.strength, note=note)


def mistake_in(one: Adjustment, region: str, others: Iterable[RuleSet]) -> Text | None:
    """Say what is wrong with an adjustment; None where nothing is.

    Args:
        one: the adjustment.
        region: GB/T 2260 prefix of the set that makes it.
        others: sets whose rules it may name: those of the national set, and of sets for a region around its own.
    """
    wider = [other for other in others if not other.is_guest or _is_within(region, other.region)]
    if not any(one.code in (rule.code, *rule.aliases) for other in wider for rule in other.rules):
        return Text(
            f"没有编号为 {one.code} 的全国规则或上级地区规则",
            f"no national rule, nor one of a wider region, has the code {one.code}",
        )
    return too_severe(one.severity, one.strength)


def _is_within(region: str, wider: str) -> bool:
    return region.startswith(wider) and region != wider


def conflict(rule_sets: Iterable[RuleSet]) -> tuple[str, RuleSet, RuleSet] | None:
    """Return a rule that two sets for the same region adjust differently, and the sets; None where there is none."""
    seen: dict[tuple[str, str], tuple[Adjustment, RuleSet]] = {}
    for rule_set in rule_sets:
        for one in rule_set.adjustments:
            before = seen.setdefault((rule_set.region, one.code), (one, rule_set))
            if before[0].severity is not one.severity:
                return one.code, before[1], rule_set
    return None
