"""Gansu for govinfo: what section 1 of a report is asked to say, above all numbers that must be those of table 2."""

from __future__ import annotations

from govinfo import RuleSet, hookimpl

__all__ = ["govinfo_rule_sets"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule sets ``gansu`` and ``gansu-wuwei``."""
    from govinfo_gansu.rules import GANSU, WUWEI

    return [GANSU, WUWEI]
