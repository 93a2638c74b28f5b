"""A plugin for govinfo to copy. The functions below are the hooks: each says what the plugin adds."""

from __future__ import annotations

from govinfo import RuleSet, Text, Writer, hookimpl
from govinfo_example.rules import EXAMPLE
from govinfo_example.tsv import write_tsv

__all__ = ["govinfo_rule_sets", "govinfo_writers"]


@hookimpl
def govinfo_rule_sets() -> list[RuleSet]:
    """Add the rule set ``example``."""
    return [EXAMPLE]


@hookimpl
def govinfo_writers() -> list[Writer]:
    """Add the output format ``tsv``."""
    return [Writer("tsv", (".tsv",), write_tsv, Text("每个问题一行", "one line per finding"))]
