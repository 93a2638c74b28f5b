"""Rules of Heilongjiang for govinfo."""

from __future__ import annotations

from govinfo import RuleSet, hookimpl
from govinfo_heilongjiang.rules import RULES

__all__ = ["govinfo_rule_sets"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``heilongjiang``."""
    return [RULES]
