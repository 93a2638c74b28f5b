"""Table 3, 收到和处理政府信息公开申请情况."""

from __future__ import annotations

from govinfo.findings import Severity
from govinfo.rules.model import LinearRule, Rule
from govinfo.rules.national.sources import FORM_NOTE, INFERRED, NUMBERS
from govinfo.text import Text

__all__ = ["RULES"]

RULES: tuple[Rule, ...] = (
    LinearRule(
        "APP001",
        Severity.ERROR,
        Text("本年新收与上年结转之和不等于办理结果总计与结转下年度之和", "a column of table 3 does not balance"),
        FORM_NOTE,
        """
        applications.{applicant}.received + applications.{applicant}.carried_in
            == applications.{applicant}.concluded + applications.{applicant}.carried_out
        """,
        equation=True,
    ),
    LinearRule(
        "APP002",
        Severity.ERROR,
        Text("办理结果总计不等于各项办理结果之和", "the outcomes of a column do not add up to its total"),
        INFERRED,
        # other_outcome is a block of three cells in edition 2021 and one cell in edition 2019
        """
        applications.{applicant}.concluded
            == applications.{applicant}.granted + applications.{applicant}.partly_granted
            + applications.{applicant}.denied + applications.{applicant}.unavailable
            + applications.{applicant}.not_processed + applications.{applicant}.other_outcome
        """,
        equation=True,
    ),
    LinearRule(
        "APP003",
        Severity.ERROR,
        Text("总计列不等于各类申请人之和", "the applicants of a row do not add up to the total column"),
        INFERRED,
        """
        applications.total.{row}
            == applications.natural_person.{row} + applications.enterprise.{row} + applications.research.{row}
            + applications.public_welfare.{row} + applications.legal_service.{row} + applications.other.{row}
        """,
        equation=True,
    ),
    LinearRule(
        "APP004",
        Severity.ERROR,
        Text("表三件数为负", "a count in table 3 is negative"),
        NUMBERS,
        "applications.{count} >= 0",
    ),
)
