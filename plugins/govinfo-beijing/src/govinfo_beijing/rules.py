"""The rule set ``beijing``: what reports of Beijing usually say, and where."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, Statement, StatementRule, Strength, Text
from govinfo.rules.usual import FEE_BASIS, FEE_FIGURES, FEE_SINCE

__all__ = ["RULES"]

_ARTICLE_50 = Statement(
    Text("依据《中华人民共和国政府信息公开条例》第五十条编制", "compiled under article 50 of the Regulation"),
    ("条例 五十条|50条",),
)

RULES = RuleSet(
    name="beijing",
    title=Text("北京市规则", "rules of Beijing"),
    rules=(
        StatementRule(
            "BJ-DOC001",
            Severity.INFO,
            Text("开头没有写明依据条例第五十条编制", "the opening does not cite article 50 of the Regulation"),
            Text(
                "惯例：北京市的年报开头一般写“依据……第五十条规定，编制本报告”（见于已公布的年报）；未见要求这样写的文件",
                "a convention: reports of Beijing usually open by saying that they are compiled under article 50 of "
                "the Regulation (seen in published reports); no document that demands it is known",
            ),
            ("opening", "sections.overview"),
            (_ARTICLE_50,),
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "依据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告",
                    "compiled under article 50 of the Regulation",
                ),
                {"opening": ["依据《中华人民共和国政府信息公开条例》第五十条规定，编制本报告。"]},
            ),
            fails=Example(
                Text("依据《中华人民共和国政府信息公开条例》，编制本报告", "compiled under the Regulation"),
                {"opening": ["依据《中华人民共和国政府信息公开条例》，编制本报告。"]},
            ),
        ),
        StatementRule(
            "BJ-FEE001",
            Severity.INFO,
            Text(
                "第六部分没有写全信息处理费的三项数字",
                "section 6 does not state all three figures of the processing fee",
            ),
            Text(
                f"惯例：{FEE_BASIS.zh}，北京市有年报（见到一份，2022年）据此在第六部分写明发出收费通知的件数、"
                "总金额和实际收取的总金额；未见要求这样写的文件",
                f"a convention: {FEE_BASIS.en}, and one report of Beijing was seen, for 2022, that states in section 6 "
                "how many charging notices there were, the total charged and the total received; no document that "
                "demands it is known",
            ),
            ("sections.other_matters",),
            FEE_FIGURES,
            first_year=FEE_SINCE,
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "发出收费通知的件数为0件，总金额为0元，实际收取的总金额为0元",
                    "0 charging notices, 0 yuan charged, 0 yuan received",
                ),
                {"change": {"sections.other_matters": "发出收费通知0件，总金额0元，实际收取的总金额0元。"}},
            ),
            fails=Example(
                Text("发出收费通知0件，总金额0元", "0 charging notices, 0 yuan charged"),
                {"change": {"sections.other_matters": "发出收费通知0件，总金额0元。"}},
            ),
        ),
    ),
    region="11",
)
