"""The rule set ``hebei``: what reports of Hebei usually say, and where."""

from __future__ import annotations

from govinfo import Example, RuleSet, Severity, Statement, StatementRule, Strength, Text
from govinfo.rules.usual import FEE_BASIS, FEE_FIGURES, FEE_SINCE

__all__ = ["RULES"]

_MEASURES = Statement(
    Text("《河北省实施〈中华人民共和国政府信息公开条例〉办法》", "Hebei's measures implementing the Regulation"),
    ("河北省|我省|本省 实施 办法", "政府信息公开条例 实施办法"),
)
_PROCEDURE = Statement(
    Text("《河北省政府信息公开申请办理规范》", "Hebei's procedure for applications"),
    ("申请 规范》", "按照|依照|依据|根据|执行|落实|遵循 省 申请 办理规范|办理工作规范|处理规范"),
)

RULES = RuleSet(
    name="hebei",
    title=Text("河北省规则", "rules of Hebei"),
    rules=(
        StatementRule(
            "HE-DOC001",
            Severity.INFO,
            Text("开头没有引用河北省的实施办法", "the opening does not cite Hebei's implementing measures"),
            Text(
                "惯例：河北省的年报开头一般引用《河北省实施〈中华人民共和国政府信息公开条例〉办法》"
                "（如省政府2020年年报、市级部门2022年年报）；未见要求引用的文件",
                "a convention: reports of Hebei usually open by citing the province's measures implementing the "
                "Regulation (the province's own for 2020, a city department's for 2022); no document that demands it "
                "is known",
            ),
            ("opening", "sections.overview"),
            (_MEASURES,),
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "根据《中华人民共和国政府信息公开条例》和《河北省实施〈中华人民共和国政府信息公开条例〉办法》编制",
                    "compiled under the Regulation and Hebei's implementing measures",
                ),
                {"opening": ["本报告根据《河北省实施〈中华人民共和国政府信息公开条例〉办法》编制。"]},
            ),
            fails=Example(
                Text("根据《中华人民共和国政府信息公开条例》编制", "compiled under the Regulation"),
                {"opening": ["本报告根据《中华人民共和国政府信息公开条例》编制。"]},
            ),
        ),
        StatementRule(
            "HE-APP001",
            Severity.INFO,
            Text(
                "收到申请，没有提到河北省的申请办理规范",
                "applications were received, Hebei's procedure for them is not mentioned",
            ),
            Text(
                "惯例：收到申请的机关一般写明依照《河北省政府信息公开申请办理规范》办理（见于已公布的年报）；"
                "未见要求写明的文件",
                "a convention: who received applications usually says that they were handled under Hebei's procedure "
                "(seen in published reports); no document that demands it is known",
            ),
            ("sections.overview", "sections.applications"),
            (_PROCEDURE,),
            when="applications.total.received > 0",
            strength=Strength.CONVENTION,
            passes=Example(
                Text(
                    "收到申请2件，均依照《河北省政府信息公开申请办理规范》办理",
                    "2 applications, handled under Hebei's procedure",
                ),
                {"change": {"sections.overview": "收到的申请均依照《河北省政府信息公开申请办理规范》办理。"}},
            ),
            fails=Example(
                Text("收到申请2件，均按时答复", "2 applications, all answered in time"),
                {"change": {"sections.overview": "收到的申请均按时答复，办理规范。"}},
            ),
        ),
        StatementRule(
            "HE-FEE001",
            Severity.INFO,
            Text(
                "第六部分没有写全信息处理费的三项数字",
                "section 6 does not state all three figures of the processing fee",
            ),
            Text(
                f"推定：{FEE_BASIS.zh}，河北省有年报（见到一份）在第六部分引用该办法和"
                "《关于政府信息公开处理费管理有关事项的通知》；外省有年报据此写明三项数字。是否要求写明，未查到原文",
                f"our inference: {FEE_BASIS.en}; one report of Hebei was seen that cites them and a notice about the "
                "fee in section 6, and reports elsewhere state three figures there. Whether the notice demands the "
                "figures could not be looked up",
            ),
            ("sections.other_matters",),
            FEE_FIGURES,
            first_year=FEE_SINCE,
            strength=Strength.INFERRED,
            passes=Example(
                Text(
                    "发出收费通知0件，总金额0元，实际收取0元",
                    "0 charging notices, 0 yuan charged, 0 yuan received",
                ),
                {"change": {"sections.other_matters": "信息处理费：发出收费通知0件，总金额0元，实际收取0元。"}},
            ),
            fails=Example(
                Text("本年度未收取信息处理费", "no processing fee was received"),
                {"change": {"sections.other_matters": "本年度未收取信息处理费。"}},
            ),
        ),
    ),
    region="13",
)
