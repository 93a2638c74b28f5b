"""Hubei for govinfo: the form its reports for 2020 use, with a row of its own, and the rules that go with it."""

from __future__ import annotations

from govinfo import RuleSet, hookimpl
from govinfo.hookspecs import Edition

__all__ = ["govinfo_editions", "govinfo_rule_sets"]


@hookimpl
def govinfo_editions() -> list[Edition]:
    """Add table 2 with the row 其他主动公开文件."""
    from govinfo_hubei.form import Disclosure2019Hubei

    return [Edition("disclosure", Disclosure2019Hubei.edition, Disclosure2019Hubei)]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``hubei``."""
    from govinfo_hubei.rules import HUBEI

    return [HUBEI]
