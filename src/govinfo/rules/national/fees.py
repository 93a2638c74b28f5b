"""The processing fee, 信息处理费, stated in section 6."""

from __future__ import annotations

from govinfo.findings import Severity
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national.sources import EVIDENT, NUMBERS
from govinfo.text import Text

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    LinearRule(
        "FEE001",
        Severity.WARNING,
        Text("实际收取的信息处理费多于应收总金额", "more processing fee was received than charged"),
        EVIDENT,
        "processing_fee.received <= processing_fee.charged",
    ),
    LinearRule(
        "FEE002",
        Severity.WARNING,
        Text(
            "有逾期未缴费的申请，却没有发出收费通知",
            "applications ended for an unpaid fee, yet no charging notice was issued",
        ),
        EVIDENT,
        "processing_fee.notices >= 1",
        when="applications.total.other_outcome.fee_unpaid > 0",
    ),
    LinearRule(
        "FEE003",
        Severity.ERROR,
        Text("收费通知件数为负", "the number of charging notices is negative"),
        NUMBERS,
        "processing_fee.{count} >= 0",
    ),
    LinearRule(
        "FEE004",
        Severity.ERROR,
        Text("信息处理费金额为负", "a sum of the processing fee is negative"),
        NUMBERS,
        "processing_fee.{amount} >= 0",
    ),
)
