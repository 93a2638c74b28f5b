"""Table 4, 政府信息公开行政复议、行政诉讼情况."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import Example, Fault, LinearRule, NotApplicable, Rule, Undecided, check_rule
from govinfo.rules.national.sources import INFERRED, NUMBERS
from govinfo.schema import Missing
from govinfo.text import Text

__all__ = ["MANY", "RULES"]

RECONSIDERATION_FIRST = 2024
"""From the reports for this year on most disputes over disclosure go to reconsideration first (行政复议法 2023)."""
MANY = 5
"""Cases from which on suing directly is worth a note: our choice, no norm says it."""


@check_rule(
    "DSP003",
    Severity.INFO,
    Text("2024年起未经复议直接起诉的案件仍较多", "many cases went to court without reconsideration, 2024 or later"),
    Text(
        "由《行政复议法》（2023年修订）复议前置的规定推定；“较多”的界线（5件且多于复议案件）为本工具自定",
        "inferred from the Administrative Reconsideration Law of 2023; what counts as many (5, and more than were "
        "reconsidered) is our choice",
    ),
    passes=Example(
        Text(
            "2024 年的报告，四、未经复议直接起诉：总计 1，行政复议总计 2",
            "a report for 2024, section 4: 1 case in court without reconsideration, 2 reconsiderations",
        ),
        {"change": {"year": 2024}},
    ),
    fails=Example(
        Text(
            "2024 年的报告，四、未经复议直接起诉：总计 9，行政复议总计 2",
            "a report for 2024, section 4: 9 cases in court without reconsideration, 2 reconsiderations",
        ),
        {"change": {"year": 2024, "disputes.litigation_direct.upheld": 8, "disputes.litigation_direct.total": 9}},
    ),
)
def many_direct_suits(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Note many suits without reconsideration; they may well be lawful."""
    report = reading.report
    if report.year is None:
        yield Undecided(Text("报告年份不详", "the year of the report is not known"))
        return
    if report.year < RECONSIDERATION_FIRST:
        yield NotApplicable(Text("2024年以前的报告", "a report for a year before 2024"))
        return
    paths = ("disputes.litigation_direct.total", "disputes.reconsideration.total")
    direct, reconsidered = report.disputes.litigation_direct.total, report.disputes.reconsideration.total
    if isinstance(direct, int) and direct < MANY:
        return
    if isinstance(direct, Missing) or isinstance(reconsidered, Missing):
        missing = tuple(p for p, v in zip(paths, (direct, reconsidered), strict=True) if isinstance(v, Missing))
        yield Undecided(Text("案件总数缺失", "a total of cases is missing"), missing)
    elif direct > reconsidered:
        yield Fault(
            Text(
                f"四、未经复议直接起诉：总计 {direct}，多于行政复议总计 {reconsidered}；"
                "2024年起多数此类争议须先申请复议，请核对填列口径",
                f"section 4, litigation without reconsideration: total {direct}, more than {reconsidered} "
                "reconsiderations; since 2024 most such disputes go to reconsideration first, check what was counted",
            ),
            paths,
            actual=direct,
        )


RULES: tuple[Rule, ...] = (
    LinearRule(
        "DSP001",
        Severity.ERROR,
        Text("复议或诉讼各项结果之和不等于总计", "the outcomes of disputes do not add up to their total"),
        INFERRED,
        """
        disputes.{block}.total
            == disputes.{block}.upheld + disputes.{block}.corrected + disputes.{block}.other + disputes.{block}.pending
        """,
        equation=True,
    ),
    LinearRule(
        "DSP002",
        Severity.ERROR,
        Text("表四件数为负", "a count in table 4 is negative"),
        NUMBERS,
        "disputes.{count} >= 0",
    ),
    many_direct_suits,
)
