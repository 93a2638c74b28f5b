"""Table 2, 主动公开政府信息情况."""

from __future__ import annotations

from govinfo.findings import Severity
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national.sources import NUMBERS
from govinfo.text import Text

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    LinearRule(
        "DIS001",
        Severity.ERROR,
        Text("表二件数为负", "a count in table 2 is negative"),
        NUMBERS,
        "disclosure.{count} >= 0",
    ),
    LinearRule(
        "DIS002",
        Severity.ERROR,
        Text("表二金额为负", "a sum of money in table 2 is negative"),
        NUMBERS,
        "disclosure.{amount} >= 0",
    ),
)
