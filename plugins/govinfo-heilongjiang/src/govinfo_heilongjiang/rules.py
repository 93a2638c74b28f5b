"""The rule set ``heilongjiang``: what reports of Heilongjiang usually say, and where."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, Statement, StatementRule, Strength, Text
from govinfo.rules.usual import FEE, FEE_BASIS, FEE_SINCE

__all__ = ["RULES"]

_ANNUAL_REPORT = Statement(
    # a title that says 工作报告 is told by the other statement
    Text("“年度报告”", "that it is an annual report"),
    ("年度报告", "年报", "工作报告"),
)
_WORK_REPORT = Statement(
    Text("“工作报告”（一般写作“年度报告”）", "工作报告, a report on work, where annual report is usual"),
    ("年度|公开 工作报告", "工作报告"),
)

RULES = RuleSet(
    name="heilongjiang",
    title=Text("黑龙江省规则", "rules of Heilongjiang"),
    rules=(
        StatementRule(
            "HL-DOC001",
            Severity.INFO,
            Text("标题没有写作“年度报告”", "the title does not call it an annual report"),
            Text(
                "惯例：年报标题一般写作“政府信息公开工作年度报告”，与《中华人民共和国政府信息公开条例》的名称一致；"
                "黑龙江省有年报（见到一份）写作“工作报告”。未见规定标题写法的文件",
                "a convention: the title is usually 政府信息公开工作年度报告, as the Regulation calls it; "
                "one report of Heilongjiang was seen that says 工作报告. No document that prescribes a title is known",
            ),
            ("title",),
            (_ANNUAL_REPORT,),
            (_WORK_REPORT,),
            strength=Strength.CONVENTION,
            passes=Example(
                Text("2022年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告"),
                {"change": {"title": "青河市教育局2022年政府信息公开工作年度报告"}},
            ),
            fails=Example(
                Text("2022年度政府信息公开工作报告", "2022年度政府信息公开工作报告"),
                {"change": {"title": "青河市教育局2022年度政府信息公开工作报告"}},
            ),
        ),
        StatementRule(
            "HL-FEE001",
            Severity.INFO,
            Text("第六部分没有提到信息处理费", "section 6 does not speak of the processing fee"),
            Text(
                f"推定：{FEE_BASIS.zh}，黑龙江省同日起收取信息处理费，由此推定年报会在第六部分写明收取情况；"
                "未见要求写明的文件",
                f"our inference: {FEE_BASIS.en}, and Heilongjiang collects the fee from that day, so that reports "
                "can be expected to say in section 6 what was charged; no document that demands it is known",
            ),
            ("sections.other_matters",),
            (FEE,),
            first_year=FEE_SINCE,
            strength=Strength.INFERRED,
            passes=Example(
                Text("本年度未收取信息处理费", "no processing fee was charged"),
                {"change": {"sections.other_matters": "本年度未收取信息处理费。"}},
            ),
            fails=Example(
                Text("六、其他需要报告的事项：无", "section 6: none"), {"change": {"sections.other_matters": "无。"}}
            ),
        ),
    ),
    region="23",
)
