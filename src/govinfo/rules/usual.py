"""Statements that reports of several provinces make, for rule sets to choose from: each is worded in many ways.

A rule set that expects one says so in a `govinfo.rules.declared.StatementRule` of its own, with its own evidence.
"""

from __future__ import annotations

from govinfo.rules.declared import Statement
from govinfo.text import Text

__all__ = ["FEE", "FEE_BASIS", "FEE_FIGURES", "FEE_SINCE", "FIVE_TOPICS", "PERIOD", "REGULATION", "SIX_PARTS"]

REGULATION = Statement(
    Text("《中华人民共和国政府信息公开条例》", "the Regulation on Open Government Information"), ("政府信息公开条例",)
)
PERIOD = Statement(
    Text("统计期限", "the statistical period"),
    ("统计|数据 期限|时限|时间|期间", "1月1日 12月31日", "一月一日 十二月三十一日"),
)
SIX_PARTS = Statement(
    Text("报告由哪几部分组成", "which parts the report has"),
    ("总体情况|概述|概况 主动公开 申请 复议 问题 其他", "总体情况|概述 六个|六部 部分|方面|分"),
)

FEE = Statement(
    Text("信息处理费收取情况", "what processing fees were charged"),
    ("信息处理费", "处理费 收取|收费", "收费 通知", "申请|信息公开 费用|收费|收取", "未|没有|无 收取|产生 费用"),
)
FEE_SINCE = 2021
"""First year in which a processing fee may be charged."""
FEE_BASIS = Text(
    "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）自2021年1月1日起施行",
    "the measures on the processing fee (国办函〔2020〕109号) are in force since 1 January 2021",
)
"""Since when there is a processing fee. It does not follow from this that a report must speak of it."""
_NIL = "均为0|均为零|均为〇|均是0|都为0|都为零|都是0|都是零|皆为0|皆为零|全为0|全为零|全部为0|全部为零"
_SUM = "金额|总额"
_NOTICES = Statement(
    Text("发出收费通知的件数", "the number of charging notices"),
    ("收费|缴费 通知 {n}", "{n} 收费|缴费 通知"),
    ("未|没有|无 发出|制发|收费|缴费 通知", f"收费|缴费 通知 {_SUM} {_NIL}", f"收费|缴费 通知 {_SUM} {_SUM} {_NIL}"),
    apart=("金额", "总额"),
)
_CHARGED = Statement(
    Text("总金额", "the total charged"),
    ("总金额|总额|应收 {n}", "收费|费用 金额|合计 {n}"),
    ("未|没有 产生 费用|金额", f"{_SUM} {_NIL}", f"{_SUM} 实际|实收 {_NIL}"),
    apart=("实际", "实收"),
    not_after=("实际", "实收"),
)
_RECEIVED = Statement(
    Text("实际收取的总金额", "the total actually received"),
    ("实际|已 收取|收到|缴纳 {n}", "实收 {n}"),
    ("未|没有 实际 收取|收到", f"实际|实收 {_NIL}"),
)
FEE_FIGURES = (_NOTICES, _CHARGED, _RECEIVED)
"""The three figures of the processing fee, said as figures."""

FIVE_TOPICS = tuple(
    Statement(Text(zh, en), words)
    for zh, en, words in (
        ("主动公开", "proactive disclosure", ("主动公开",)),
        ("依申请公开", "disclosure on application", ("依申请|申请 公开",)),
        ("政府信息管理", "management of government information", ("信息 管理|管护",)),
        ("政府信息公开平台建设", "platforms", ("平台|网站|专栏",)),
        ("监督保障", "supervision", ("监督|保障|考核|培训",)),
    )
)
"""What section 1 speaks of, in this order."""
