"""The rule set ``hubei``: what Hubei's own form for the reports for 2020 lets one expect."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo import Example, Fault, NotApplicable, Reading, RuleSet, Severity, Strength, Text, Undecided, check_rule
from govinfo_hubei.form import Disclosure2019Hubei

__all__ = ["HUBEI", "extra_row"]

_YEAR = 2020
_OWN, _NATIONAL = Disclosure2019Hubei.edition, Disclosure2019Hubei.extends


@check_rule(
    "HB-DIS001",
    Severity.INFO,
    Text("2020年表二没有“其他主动公开文件”一行", "table 2 for 2020 without the row 其他主动公开文件"),
    Text(
        "湖北省2020年年报的表二在“规章”“规范性文件”之外多印“其他主动公开文件”一行：见于已发布的报告，未见成文规定",
        "Hubei's reports for 2020 print a row 其他主动公开文件 in table 2, beside regulations and normative documents: "
        "seen in published reports, no document that demands it is known",
    ),
    strength=Strength.CONVENTION,
    passes=Example(
        Text("2020年的报告，表二有“其他主动公开文件”一行", "a report for 2020 whose table 2 has the row"),
        {"base": _OWN, "change": {"year": _YEAR}},
    ),
    fails=Example(
        Text("2020年的报告，表二是全国通用的2019年版，没有这一行", "a report for 2020 with the national table of 2019"),
        {"base": _NATIONAL, "change": {"year": _YEAR}},
    ),
)
def extra_row(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Compare the form of table 2 with the one Hubei used for the year."""
    report = reading.report
    if report.year is None:
        yield Undecided(Text("没有读到报告年度", "the year of the report was not found"), ("year",))
    elif report.year != _YEAR or report.national_editions["disclosure"] != _NATIONAL:
        yield NotApplicable(
            Text(
                "不是2020年的报告，或表二不是2019年版",
                "not for 2020, or table 2 is not of the form of 2019",
            )
        )
    elif report.editions["disclosure"] != _OWN:
        yield Fault(
            Text(
                "表二没有“其他主动公开文件”一行：湖北省2020年的报告一般有这一行",
                "table 2 has no row 其他主动公开文件, which Hubei's reports for 2020 usually have",
            ),
            ("disclosure",),
            actual=report.editions["disclosure"],
            expected=_OWN,
        )


HUBEI = RuleSet(
    name="hubei",
    title=Text("湖北省规则", "rules of Hubei"),
    rules=(extra_row,),
    region="42",
    first_year=_YEAR,
    last_year=_YEAR,
)
