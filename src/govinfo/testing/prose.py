"""Short Chinese prose for made-up reports: no figures in it, so that every digit of a document comes from the report.

The sentences and places are our own; headings and the names of laws are the official ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from govinfo.schema import Missing, Period, ProcessingFee, Value

__all__ = [
    "BODIES",
    "NOTHING_ELSE",
    "OVERVIEW",
    "PLACES",
    "PROBLEMS",
    "TABLE_NOTES",
    "TITLES",
    "fee_sentence",
    "opening",
    "passage",
    "plain",
]

PLACES = ("青河市", "云岭县", "南屏区", "松原岭县", "白鹿市东湖区", "石桥自治县", "江北省青河市")
"""Invented places."""

BODIES = ("科学技术局", "教育局", "财政局", "人民政府", "人民政府办公室", "水利局", "市场监督管理局", "卫生健康委员会")

TITLES = ("{publisher}{year}年政府信息公开工作年度报告", "{publisher}{year}年度政府信息公开工作年度报告")

OVERVIEW = (
    "本机关把公开的要求落实到决策、执行和服务的各个环节，全年工作平稳有序。",
    "（一）主动公开。公开目录按季度核对，新的政策文件在印发当日上网，并配有通俗的说明。",
    "（二）依申请公开。来信、来访和网上三种渠道都有专人登记，答复前由法制机构审核。",
    "（三）政府信息管理。旧文件逐件清理，失效的及时标明，仍有效的统一格式后重新发布。",
    "（四）政府信息公开平台建设。网站栏目作了合并，手机上也能查阅，检索比以前方便。",
    "（五）监督保障。工作列入考核，请群众代表评议，听到的意见都有回音。",
)

PROBLEMS = (
    "公开的内容还不够贴近企业和群众的需要，个别栏目更新偏慢。",
    "下一步将听取服务对象的意见，按月检查栏目，并为新任人员安排培训。",
    "解读材料形式单一，图表和问答偏少，今后将与起草部门一同准备。",
)

NOTHING_ELSE = (
    "本机关没有其他需要报告的情况。",
    "各项年度重点任务已经完成，有关材料可在本机关网站查阅。",
)

TABLE_NOTES = ("有关情况见下表。", "本部分数据由各内设机构核对后汇总，列表如下。")
"""Lines that sometimes stand between a heading and its table."""

_SENTENCE_FEE = (
    "{year}年度收取信息处理费情况为：发出收费通知的件数为{notices}件，"
    "总金额为{charged}元，实际收取的总金额为{received}元。"
)


def plain(number: int | Decimal) -> str:
    """Write a number without exponent, separators or superfluous zeros: ``1200``, ``21.83``."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def passage(paragraphs: Iterable[str]) -> str:
    """Join paragraphs into the text of a section, as `govinfo.schema.Sections` holds it."""
    return "\n".join(paragraphs)


def opening(publisher: str, period: Period) -> str:
    """Write the paragraph before section 1, with the period of the figures."""
    return (
        f"按照《中华人民共和国政府信息公开条例》（国务院令第711号）的要求，{publisher}编制本报告。"
        f"报告所列数据的统计期限自{_date(period.start)}起至{_date(period.end)}止。"
    )


def _date(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def fee_sentence(year: int, fee: ProcessingFee) -> str | None:
    """Write the sentence of section 6 that states the processing fee; None where a figure of it is missing."""
    figures: dict[str, Value] = {"notices": fee.notices, "charged": fee.charged, "received": fee.received}
    numbers = {name: plain(value) for name, value in figures.items() if not isinstance(value, Missing)}
    return _SENTENCE_FEE.format(year=year, **numbers) if len(numbers) == len(figures) else None
