"""The rule set ``shanxi``: what reports of Shanxi usually say, and where."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, StatementRule, Strength, Text
from govinfo.rules.usual import PERIOD, REGULATION, SIX_PARTS

__all__ = ["RULES"]

_OPENING = ("opening", "sections.overview")

RULES = RuleSet(
    name="shanxi",
    title=Text("山西省规则", "rules of Shanxi"),
    rules=(
        StatementRule(
            "SX-DOC001",
            Severity.INFO,
            Text(
                "开头没有写明编制依据和统计期限", "the opening does not state what the report rests on, and its period"
            ),
            Text(
                "惯例：山西省的年报开头写法大体相同，先写编制依据，再写统计期限（见于已公布的年报）；未见要求这样写的文件",
                "a convention: reports of Shanxi open much alike, with what they rest on and the period (seen in "
                "published reports); no document that demands it is known",
            ),
            _OPENING,
            (REGULATION, PERIOD),
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "根据《中华人民共和国政府信息公开条例》编制……统计期限自1月1日起至12月31日止",
                    "compiled under the Regulation … for 1 January to 31 December",
                ),
                {"opening": ["根据《中华人民共和国政府信息公开条例》编制。统计期限自2022年1月1日起至12月31日止。"]},
            ),
            fails=Example(
                Text(
                    "根据《中华人民共和国政府信息公开条例》编制，没有写统计期限",
                    "compiled under the Regulation, no period",
                ),
                {"opening": ["根据《中华人民共和国政府信息公开条例》编制。"]},
            ),
        ),
        StatementRule(
            "SX-DOC002",
            Severity.INFO,
            Text("开头没有写明报告的六个部分", "the opening does not name the six parts"),
            Text(
                "惯例：山西省的年报开头一般写明全文由总体情况等六个部分组成（见于已公布的年报）；未见要求这样写的文件",
                "a convention: reports of Shanxi usually name their six parts in the opening (seen in published "
                "reports); no document that demands it is known",
            ),
            _OPENING,
            (SIX_PARTS,),
            strength=Strength.CONVENTION,
            passes=Example(
                Text("本报告由总体情况等六个部分组成", "the report has six parts, the first of them an overview"),
                {"opening": ["本报告由总体情况等六个部分组成。"]},
            ),
            fails=Example(
                Text("现将总体情况报告如下", "the overview is as follows"), {"opening": ["现将总体情况报告如下。"]}
            ),
        ),
    ),
    region="14",
)
