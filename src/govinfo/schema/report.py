"""The canonical report."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Callable
from typing import Any

import attrs

from govinfo.schema.applications import ApplicantColumn, Applications, Applications2021
from govinfo.schema.cells import Amount, Count, Missing
from govinfo.schema.disclosure import Disclosure, Disclosure2021
from govinfo.schema.disputes import Disputes
from govinfo.schema.editions import national
from govinfo.schema.fields import amount, block, count, text

__all__ = ["Level", "Period", "ProcessingFee", "Publisher", "Report", "Scope", "Sections"]


class Scope(enum.Enum):
    """Whose figures a report holds. A government office issues two reports a year."""

    OWN = "own"
    """本级: the publisher alone."""
    AGGREGATE = "aggregate"
    """汇总: the publisher's whole area."""


class Level(enum.Enum):
    """The publisher's administrative level."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWN = "town"
    DEPARTMENT = "department"


@attrs.frozen
class Publisher:
    """Who publishes the report."""

    name: str | None = None
    region_code: str | None = None
    """GB/T 2260 code."""
    level: Level | None = None


@attrs.frozen
class Period:
    """统计期限, both days included."""

    start: dt.date
    end: dt.date


@attrs.frozen
class ProcessingFee:
    """信息处理费, as stated in section 6."""

    notices: Count = count("发出收费通知件数", en="charging notices issued")
    charged: Amount = amount("总金额", en="total charged (yuan)", unit="元")
    received: Amount = amount("实际收取的总金额", en="actually received (yuan)", unit="元")


@attrs.frozen
class Sections:
    """The prose of the six sections, without headings and without table cells; paragraphs end in a line feed."""

    overview: str | None = text("一、总体情况", "一、概述", "一、基本情况", en="1 Overview")
    disclosure: str | None = text(
        "二、主动公开政府信息情况",
        "二、政府信息主动公开情况",
        "二、主动公开情况",
        en="2 Information disclosed proactively",
    )
    applications: str | None = text(
        "三、收到和处理政府信息公开申请情况",
        "三、政府信息依申请公开情况",
        "三、依申请公开情况",
        "三、收到和处理政府信息公开申请的情况",
        en="3 Applications received and handled",
    )
    disputes: str | None = text(
        "四、政府信息公开行政复议、行政诉讼情况",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、行政复议、行政诉讼情况",
        en="4 Reconsideration and litigation",
    )
    problems: str | None = text(
        "五、存在的主要问题及改进情况",
        "五、存在的主要问题和改进情况",
        "五、存在的主要问题及整改措施",
        "五、存在的问题及改进措施",
        "五、政府信息公开工作存在的主要问题及改进情况",
        en="5 Problems and improvements",
    )
    other_matters: str | None = text(
        "六、其他需要报告的事项", "六、其他需要报告事项", "六、需要报告的其他事项", en="6 Other matters"
    )


def _present(node: Any) -> bool:
    for field in attrs.fields(type(node)):
        value = getattr(node, field.name)
        if _present(value) if attrs.has(type(value)) else value is not None and value is not Missing.ABSENT:
            return True
    return False


def _or_current(current: type[Any]) -> Callable[[Any], Any]:
    """Give a table with nothing in it the class of the edition in force."""
    return lambda table: table if _present(table) else current()


@attrs.frozen
class Report:
    """One published annual report. Every cell is a number as printed or a `Missing` reason; nothing is repaired.

    The edition belongs to each table. A table that is not in the document has every cell `Missing.ABSENT` and, since
    nothing tells its edition, the class of the edition in force.
    """

    title: str | None = None
    year: int | None = None
    publisher: Publisher = attrs.field(factory=Publisher)
    scope: Scope | None = None
    published: dt.date | None = None
    period: Period | None = None
    disclosure: Disclosure = block(
        Disclosure2021,
        "主动公开政府信息情况",
        en="table 2, proactive disclosure",
        converter=_or_current(Disclosure2021),
    )
    applications: Applications[ApplicantColumn] = block(
        Applications2021,
        "收到和处理政府信息公开申请情况",
        en="table 3, applications",
        converter=_or_current(Applications2021),
    )
    disputes: Disputes = block(Disputes, "政府信息公开行政复议、行政诉讼情况", en="table 4, disputes")
    processing_fee: ProcessingFee = block(ProcessingFee, "信息处理费", en="processing fee")
    sections: Sections = block(Sections, "各部分文字", en="texts of the sections")

    @property
    def editions(self) -> dict[str, str | None]:
        """The edition of tables 2 and 3, by canonical name; None for a table that is not in the document."""
        return {name: table.edition if _present(table) else None for name, table in self._editioned.items()}

    @property
    def national_editions(self) -> dict[str, str | None]:
        """The national edition of tables 2 and 3: where a region's form adds rows, the one it adds them to."""
        return {name: national(table) if _present(table) else None for name, table in self._editioned.items()}

    @property
    def _editioned(self) -> dict[str, Disclosure | Applications[ApplicantColumn]]:
        return {"disclosure": self.disclosure, "applications": self.applications}

    @property
    def edition(self) -> str | None:
        """``"2019"``, ``"2021"`` or ``"mixed"``, rows a region adds aside; None where neither table is there."""
        known = {edition for edition in self.national_editions.values() if edition is not None}
        if len(known) > 1:
            return "mixed"
        return known.pop() if known else None
