"""Sichuan for govinfo: what the provincial standard DB51/T 2660-2019 says of annual reports."""

from __future__ import annotations

from govinfo import RuleSet, hookimpl

__all__ = ["govinfo_rule_sets"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``sichuan``."""
    from govinfo_sichuan.rules import SICHUAN

    return [SICHUAN]
