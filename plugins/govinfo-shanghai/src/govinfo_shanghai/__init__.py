"""Shanghai for govinfo: conventions of its reports."""

from __future__ import annotations

from govinfo import RuleSet, hookimpl

__all__ = ["govinfo_rule_sets"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``shanghai``."""
    from govinfo_shanghai.rules import SHANGHAI

    return [SHANGHAI]
