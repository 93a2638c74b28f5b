"""The document as a whole: sections, tables, editions, the period and the year."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from operator import attrgetter

import attrs

from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import Example, Fault, NotApplicable, Rule, Undecided, check_rule
from govinfo.rules.national.sources import EVIDENT, SEEN
from govinfo.rules.passages import prose_of
from govinfo.schema import Missing, Period, Sections, describe, leaves
from govinfo.schema.fields import spec_of
from govinfo.text import Text

__all__ = ["NEW_FORM", "NO_YEAR", "RULES"]

NEW_FORM = 2021
"""First year whose reports use the form of 2021."""
NO_YEAR = Undecided(Text("报告年份不详", "the year of the report is not known"), ("year",))

_TABLES = ("disclosure", "applications", "disputes")
_FORMAT = Text(
    "国办公开办函〔2019〕60号、〔2021〕30号所附格式；判断依据为推定",
    "the format annexed to 国办公开办函〔2019〕60号 and 〔2021〕30号; how we judge it is inferred",
)
_YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年")
_ANNOUNCED = re.compile(r"(?<!\d)(20\d\d)\s*年度?[^，。；、（）《》\d]{0,20}报告")
_FIRST_WORDS = re.compile(r"(20\d\d)\s*年度?\s*[，,]")


@check_rule(
    "DOC001",
    Severity.WARNING,
    Text("缺少年度报告应有的部分", "a section of the annual report is missing"),
    _FORMAT,
    passes=Example(
        Text("从“一、总体情况”到“六、其他需要报告的事项”，六个部分俱全", "all six sections, each under its heading"), {}
    ),
    fails=Example(
        Text("第五部分之后全文结束，没有“六、其他需要报告的事项”", "the text ends after section 5: no section 6"),
        {"absent": ["sections.other_matters"]},
    ),
)
def missing_section(reading: Reading) -> Iterator[Fault | Undecided]:
    """Name each of the six sections that is not there."""
    absent = [field for field in attrs.fields(Sections) if getattr(reading.report.sections, field.name) is None]
    if len(absent) == len(attrs.fields(Sections)):
        yield Undecided(Text("未能识别任何一个部分的标题", "not one section heading was recognised"))
        return
    for field in absent:
        spec = spec_of(field)
        label, en = (spec.label, spec.en) if spec else (field.name, field.name)
        yield Fault(Text(f"文中没有“{label}”这一部分", f"section {en!r} is not there"), (f"sections.{field.name}",))


@check_rule(
    "DOC002",
    Severity.ERROR,
    Text("整张表缺失，无法核对", "a whole table is missing and cannot be checked"),
    _FORMAT,
    passes=Example(Text("第二、三、四部分各有一张表", "sections 2, 3 and 4 each have their table"), {}),
    fails=Example(
        Text("第四部分写“有关情况见下表”，下面却没有表", "section 4 speaks of the table below, and none follows"),
        {"absent": ["disputes"]},
    ),
)
def missing_table(reading: Reading) -> Iterator[Fault | Undecided]:
    """Name each of the three tables of which no cell is in the document."""
    unread = {path for problem in reading.problems for path in problem.paths}
    pictures = reading.document is not None and reading.document.images > 0
    for table in _TABLES:
        part = getattr(reading.report, table)
        if all(attrgetter(leaf.path)(part) is Missing.ABSENT for leaf in leaves(type(part))):
            where = describe(reading.report, table)
            if table in unread:
                yield Undecided(
                    Text(f"“{where.zh}”的表在文中但未能读出", f"{where.en}: printed but not read"), (table,)
                )
                continue
            may = Text("（可能是图片）", " (it may be a picture)") if pictures else Text("", "")
            yield Fault(
                Text(
                    f"文中没有“{where.zh}”的表格{may.zh}，无法核对", f"{where.en}: no table{may.en}, cannot be checked"
                ),
                (table,),
            )


@check_rule(
    "DOC003",
    Severity.WARNING,
    Text("统计期限不是报告年份的1月1日至12月31日", "the period is not 1 January to 31 December of the report's year"),
    SEEN,
    passes=Example(
        Text(
            "2022 年的报告：统计期限自2022年1月1日起，至2022年12月31日止",
            "a report for 2022 whose period is 2022-01-01 to 2022-12-31",
        ),
        {
            "change": {"period": ["2022-01-01", "2022-12-31"]},
            "opening": ["统计期限自2022年1月1日起，至2022年12月31日止。"],
        },
    ),
    fails=Example(
        Text(
            "2022 年的报告：统计期限自2022年1月1日起，至2022年11月30日止",
            "a report for 2022 whose period is 2022-01-01 to 2022-11-30",
        ),
        {
            "change": {"period": ["2022-01-01", "2022-11-30"]},
            "opening": ["统计期限自2022年1月1日起，至2022年11月30日止。"],
        },
    ),
)
def wrong_period(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Compare the period printed with the calendar year of the report."""
    report = reading.report
    if report.period is None:
        yield NotApplicable(Text("文中没有写统计期限", "no period is stated"))
    elif report.year is None:
        yield NO_YEAR
    elif not _is_year(report.period, report.year):
        printed = f"{report.period.start}/{report.period.end}"
        yield Fault(
            Text(
                f"统计期限为 {report.period.start} 至 {report.period.end}，不是 {report.year} 年1月1日至12月31日",
                f"the period is {report.period.start} to {report.period.end}, not the calendar year {report.year}",
            ),
            ("period",),
            actual=printed,
            expected=f"{report.year}-01-01/{report.year}-12-31",
        )


def _is_year(period: Period, year: int) -> bool:
    return (period.start, period.end) == (dt.date(year, 1, 1), dt.date(year, 12, 31))


@check_rule(
    "DOC005",
    Severity.WARNING,
    Text("表式版本与报告年份不符", "the edition of the form is not the one for the report's year"),
    Text(
        "2021年及以后的报告用国办公开办函〔2021〕30号表式，2019、2020年用〔2019〕60号表式；错用在实践中常见",
        "reports for 2021 and later use the form of 国办公开办函〔2021〕30号, those for 2019 and 2020 that of "
        "〔2019〕60号; the wrong one is often seen",
    ),
    passes=Example(
        Text("2022 年的报告，表二、表三都是 2021 年版", "a report for 2022 with tables 2 and 3 in the form of 2021"), {}
    ),
    fails=Example(
        Text(
            "2022 年的报告，表二、表三还是 2019 年版（如表二有“上一年项目数量”“本年增/减”）",
            "a report for 2022 with tables 2 and 3 in the form of 2019, which has items of the year before and their "
            "change",
        ),
        {"change": {"disclosure.edition": "2019", "applications.edition": "2019"}},
    ),
)
def wrong_edition(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Compare the edition of each table with the year; national editions a plugin adds are not ours to judge."""
    report = reading.report
    printed = {table: edition for table, edition in report.national_editions.items() if edition in ("2019", "2021")}
    if not printed:
        yield NotApplicable(Text("没有可判断版本的表", "no table whose edition could be judged"))
    elif report.year is None:
        yield NO_YEAR
    else:
        expected = "2021" if report.year >= NEW_FORM else "2019"
        for table, edition in printed.items():
            if edition != expected:
                where = describe(report, table)
                yield Fault(
                    Text(
                        f"{where.zh}：用的是 {edition} 年版表式，{report.year} 年的报告应为 {expected} 年版",
                        f"{where.en}: the form of {edition}, while a report for {report.year} uses that of {expected}",
                    ),
                    (table,),
                    actual=edition,
                    expected=expected,
                )


@check_rule(
    "DOC010",
    Severity.WARNING,
    Text("表二与表三的表式版本不同", "tables 2 and 3 are of different editions of the form"),
    SEEN,
    passes=Example(Text("表二、表三都是 2021 年版", "tables 2 and 3 both in the form of 2021"), {}),
    fails=Example(
        Text("表二是 2019 年版，表三是 2021 年版", "table 2 in the form of 2019, table 3 in that of 2021"),
        {"change": {"disclosure.edition": "2019"}},
    ),
)
def mixed_editions(reading: Reading) -> Iterator[Fault]:
    """Note a report that mixes editions."""
    if reading.report.edition == "mixed":
        two, three = reading.report.national_editions.values()
        yield Fault(
            Text(
                f"表二为 {two} 年版，表三为 {three} 年版，同一报告混用两版表式",
                f"table 2 is of the edition of {two}, table 3 of that of {three}: one report mixes both",
            ),
            ("disclosure", "applications"),
        )


@check_rule(
    "DOC011",
    Severity.WARNING,
    Text("标题年份与文中年份不一致", "the year in the title is not the year in the text"),
    EVIDENT,
    passes=Example(
        Text(
            "标题为“青河市教育局2022年政府信息公开工作年度报告”，第一部分写“2022年，本机关稳步推进公开”",
            "a title for 2022, and section 1 begins “2022年，本机关稳步推进公开”",
        ),
        {
            "change": {
                "title": "青河市教育局2022年政府信息公开工作年度报告",
                "sections.overview": "2022年，本机关稳步推进公开。",
            }
        },
    ),
    fails=Example(
        Text(
            "标题为“青河市教育局2022年政府信息公开工作年度报告”，第一部分写“2021年，本机关稳步推进公开”",
            "a title for 2022, and section 1 begins “2021年，本机关稳步推进公开”",
        ),
        {
            "change": {
                "title": "青河市教育局2022年政府信息公开工作年度报告",
                "sections.overview": "2021年，本机关稳步推进公开。",
            }
        },
    ),
)
def contradictory_years(reading: Reading) -> Iterator[Fault | Undecided]:
    """Compare the year of the title with the period, what the opening announces and the first words of section 1."""
    title = _YEAR.search(reading.report.title or "")
    if title is None:
        yield Undecided(Text("标题中没有年份", "the title has no year"), ("title",))
        return
    year = title[1]
    period = reading.report.period
    # a period of another year than the report's is DOC003; here the title alone may be wrong
    if period is not None and _is_year(period, reading.report.year or 0) and str(period.start.year) != year:
        yield _contradiction(Text("统计期限", "the period"), str(period.start.year), year, ("title", "period"))
    begun: set[str] = set()
    for passage in prose_of(reading).passages:
        said = None
        if passage.path == "opening":
            said = _ANNOUNCED.search(passage.text)
        elif passage.path == "sections.overview" and passage.path not in begun:
            said = _FIRST_WORDS.match(passage.text)
        begun.add(passage.path)
        if said is not None and said[1] != year:
            where = Text("正文开头", "the opening") if passage.path == "opening" else Text("总体情况开头", "section 1")
            yield attrs.evolve(_contradiction(where, said[1], year, ("title", *passage.paths)), at=passage.at)


def _contradiction(where: Text, said: str, year: str, paths: tuple[str, ...]) -> Fault:
    return Fault(
        Text(f"标题为 {year} 年，{where.zh}却是 {said} 年", f"the title says {year}, {where.en} says {said}"),
        paths,
        actual=said,
        expected=year,
    )


RULES: tuple[Rule, ...] = (
    missing_section,
    missing_table,
    wrong_period,
    wrong_edition,
    mixed_editions,
    contradictory_years,
)
