"""The rule set ``henan``: what reports of Henan usually say, and where."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, Statement, StatementRule, Strength, Text
from govinfo.rules.usual import FEE

__all__ = ["RULES"]

_OUTLINE = (
    FEE,
    Statement(
        Text("落实上级政务公开工作要点情况", "how the year's priorities were carried out"),
        (
            "落实|完成|执行|贯彻 工作要点|年度要点|重点任务|重点工作|工作部署",
            "工作要点|年度要点|重点任务 落实|完成|执行|推进|情况",
        ),
    ),
    Statement(
        Text("人大代表建议和政协提案办理情况", "proposals of deputies"),
        ("建议|议案 提案", "提案 建议", "代表|委员 建议|提案"),
    ),
    Statement(
        Text("政务公开工作创新情况", "innovation"),
        ("创新", "特色|亮点 做法|工作|举措", "新 做法|举措|探索"),
    ),
    Statement(
        Text("基层政务公开标准化规范化情况", "standardisation at the grassroots"),
        ("基层 公开 标准化|规范化", "标准化|规范化 基层", "标准化 规范化", "规范化 标准化"),
    ),
)

_WRITTEN = (
    "（一）信息处理费收取情况：本年度未收取。",
    "（二）落实工作要点情况：已逐项落实。",
    "（三）建议提案办理情况：办理3件。",
    "（四）工作创新情况：制作图解2期。",
    "（五）基层政务公开标准化情况：目录已公布。",
)
"""The five parts as a report may write them."""

RULES = RuleSet(
    name="henan",
    title=Text("河南省规则", "rules of Henan"),
    rules=(
        StatementRule(
            "HA-DOC001",
            Severity.INFO,
            Text(
                "第六部分的五项内容不全，或次序不同", "section 6 lacks one of five parts, or has them in another order"
            ),
            Text(
                "惯例：河南省有年报（见到一份，2023年）的第六部分依次写信息处理费、落实工作要点、建议提案办理、工作创新、"
                "基层标准化规范化五项；未见要求这样写的文件。写到其中三项以上的，才看作采用这一提纲",
                "a convention: one report of Henan was seen, for 2023, whose section 6 has five parts: the fee, the "
                "year's priorities, proposals of deputies, innovation, standardisation at the grassroots; no document "
                "that demands it is known. Only a section with three of them or more is taken to follow this outline",
            ),
            ("sections.other_matters",),
            _OUTLINE,
            ordered=True,
            outline=3,
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "（一）信息处理费（二）落实工作要点（三）建议提案（四）创新（五）基层标准化规范化",
                    "(1) the fee (2) the priorities (3) proposals (4) innovation (5) standardisation",
                ),
                {"change": {"sections.other_matters": "\n".join(_WRITTEN)}},
            ),
            fails=Example(
                Text(
                    "（一）信息处理费（二）落实工作要点（三）建议提案（四）基层标准化规范化",
                    "(1) the fee (2) the priorities (3) proposals (4) standardisation",
                ),
                {"change": {"sections.other_matters": "\n".join((*_WRITTEN[:3], *_WRITTEN[4:]))}},
            ),
        ),
    ),
    region="41",
)
