"""Table 2, 主动公开政府信息情况: what was published on the agency's own initiative (Regulation, art. 20)."""

from __future__ import annotations

from typing import ClassVar

import attrs

from govinfo.schema.cells import Amount, Count
from govinfo.schema.fields import amount, block, change, count, printed_unit

__all__ = [
    "Decisions",
    "Disclosure",
    "Disclosure2019",
    "Disclosure2021",
    "Documents2019",
    "Documents2021",
    "FeeIncome",
    "FeeItems",
    "Matters",
    "Procurement",
]

_ARTICLE = "第二十条第（{}）项"
_ONE, _FIVE, _SIX, _EIGHT, _NINE = (_ARTICLE.format(n) for n in "一五六八九")


@attrs.frozen
class Documents2021:
    """Documents issued, repealed and in force (edition 2021)."""

    issued: Count = count("本年制发件数", "本年制发数量", "本年发件", "本年新制发件数", en="issued this year")
    repealed: Count = count("本年废止件数", "本年废止数量", en="repealed this year")
    in_force: Count = count("现行有效件数", "现有有效件数", "现行有效数量", en="in force")


@attrs.frozen
class Documents2019:
    """Documents made and published (edition 2019). Not the same things as edition 2021 counts."""

    made: Count = count("本年新制作数量", "本年新制定数量", "本年制作数量", en="newly made this year")
    newly_published: Count = count("本年新公开数量", en="newly published this year")
    total_published: Count = count("对外公开总数量", "对外公开数量", en="published in total")


@attrs.frozen
class Decisions:
    """Administrative decisions of the year (edition 2021)."""

    decisions: Count = count("本年处理决定数量", en="decisions this year")


@attrs.frozen
class FeeIncome:
    """Administrative fees collected (edition 2021): money, in 万元."""

    amount: Amount = amount(
        "本年收费金额（单位：万元）", "本年收费金额", en="amount charged (10,000 yuan)", unit="万元"
    )
    amount_unit: str | None = printed_unit(en="unit printed in the cell")


@attrs.frozen
class Matters:
    """Administrative matters (edition 2019)."""

    previous_items: Count = count("上一年项目数量", "上年项目数量", en="items in the previous year")
    change: Count = change("本年增/减", "本年增减", en="change this year")
    decisions: Count = count("处理决定数量", en="decisions")


@attrs.frozen
class FeeItems:
    """Administrative fee items (edition 2019): a count of items, not money."""

    previous_items: Count = count("上一年项目数量", "上年项目数量", en="items in the previous year")
    change: Count = change("本年增/减", "本年增减", en="change this year")


@attrs.frozen
class Procurement:
    """Centralised government procurement (edition 2019). The form prints no unit for the amount."""

    items: Count = count("采购项目数量", en="procurement items")
    amount: Amount = amount(
        "采购总金额", "采购总金额（元）", "采购总金额（万元）", en="procurement amount (yuan)", unit="元"
    )
    amount_unit: str | None = printed_unit(en="unit printed in the cell or the header")


@attrs.frozen
class Disclosure:
    """Any edition of table 2."""

    edition: ClassVar[str]
    extends: ClassVar[str | None] = None
    """The national edition a region's form adds rows to; its class derives from that edition's. None: national."""


@attrs.frozen
class Disclosure2021(Disclosure):
    """Table 2 of the form in force since the reports for 2021 (国办公开办函〔2021〕30号)."""

    edition: ClassVar[str] = "2021"

    regulations: Documents2021 = block(Documents2021, "规章", en="regulations", under=_ONE)
    normative_documents: Documents2021 = block(
        Documents2021, "行政规范性文件", "规范性文件", en="administrative normative documents", under=_ONE
    )
    licensing: Decisions = block(Decisions, "行政许可", en="administrative licensing", under=_FIVE)
    penalties: Decisions = block(Decisions, "行政处罚", en="administrative penalties", under=_SIX)
    coercive_measures: Decisions = block(Decisions, "行政强制", en="administrative coercive measures", under=_SIX)
    fees: FeeIncome = block(FeeIncome, "行政事业性收费", en="administrative fees", under=_EIGHT)


@attrs.frozen
class Disclosure2019(Disclosure):
    """Table 2 of the form for the reports for 2019 and 2020 (国办公开办函〔2019〕60号)."""

    edition: ClassVar[str] = "2019"

    regulations: Documents2019 = block(Documents2019, "规章", en="regulations", under=_ONE)
    normative_documents: Documents2019 = block(
        Documents2019, "规范性文件", "行政规范性文件", en="normative documents", under=_ONE
    )
    licensing: Matters = block(Matters, "行政许可", en="administrative licensing", under=_FIVE)
    other_services: Matters = block(
        Matters, "其他对外管理服务事项", "其它对外管理服务事项", en="other public services", under=_FIVE
    )
    penalties: Matters = block(Matters, "行政处罚", en="administrative penalties", under=_SIX)
    coercive_measures: Matters = block(Matters, "行政强制", en="administrative coercive measures", under=_SIX)
    fees: FeeItems = block(FeeItems, "行政事业性收费", en="administrative fee items", under=_EIGHT)
    procurement: Procurement = block(Procurement, "政府集中采购", en="centralised government procurement", under=_NINE)
