"""The rule set ``sichuan``: the period a provincial standard sets for annual reports."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, StatementRule, Strength, Text
from govinfo.rules.usual import PERIOD

__all__ = ["SICHUAN"]

_STANDARD = Text(
    "推定：四川省地方标准 DB51/T 2660-2019《政府信息公开工作年度报告编制发布规范》"
    "规定统计时间段为上一年度1月1日至12月31日，适用于各级行政机关、依法以自己名义履行职能的派出机构和内设机构、"
    "法律法规授权的组织；未见要求在报告中写明",
    "inferred: the provincial standard DB51/T 2660-2019 on annual reports sets the period, 1 January to 31 December, "
    "for all offices, for field offices and internal bodies that act in their own name, and for bodies authorised by "
    "law; that a report must say so was not found in it",
)

SICHUAN = RuleSet(
    name="sichuan",
    title=Text("四川省规则", "rules of Sichuan"),
    rules=(
        StatementRule(
            "SC-DOC001",
            Severity.INFO,
            Text("没有写明统计期限", "the period is not stated"),
            _STANDARD,
            ("opening", "sections.overview"),
            (PERIOD,),
            strength=Strength.INFERRED,
            passes=Example(
                Text(
                    "本报告所列数据的统计期限为2022年1月1日至12月31日。", "figures from 1 January to 31 December 2022"
                ),
                {"opening": ["本报告所列数据的统计期限为2022年1月1日至12月31日。"]},
            ),
            fails=Example(
                Text("本报告按照有关要求编制。", "nothing about the period"), {"opening": ["本报告按照有关要求编制。"]}
            ),
        ),
    ),
    region="51",
    first_year=2020,  # the standard took effect on 1 February 2020, when reports for 2019 were due
)
