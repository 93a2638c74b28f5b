"""What reading a document could not do, or did with doubt: one rule per code of the ``SRC`` family.

Readers and the parser note problems under these codes; the rules turn them into findings. None is an error: the
report may well be right and only our reading of it in doubt.
"""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.documents.model import Problem
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.model import CheckRule, Fault, Rule
from govinfo.text import Text

__all__ = ["OTHER", "RULES", "SRC"]

OTHER = "SRC099"
"""The rule for problems noted under a code that is not in `SRC`."""

_INFO, _WARNING = Severity.INFO, Severity.WARNING

SRC: dict[str, tuple[Severity, Text]] = {
    "SRC001": (_WARNING, Text("文件中有无法解码的字节", "bytes that cannot be decoded")),
    "SRC002": (
        _INFO,
        Text("行或列的标题受损，按其在表式中的位置认定", "a row or column known by its place: label damaged"),
    ),
    "SRC003": (_INFO, Text("一行的各列按次序或合计关系判定", "the columns of a row decided by order or arithmetic")),
    "SRC004": (
        _WARNING,
        Text("格内印有内容，但无法判定是什么数", "something is printed, which number could not be decided"),
    ),
    "SRC005": (_WARNING, Text("件数不是整数", "a count that is not a whole number")),
    "SRC006": (_WARNING, Text("表格残缺，有的格文中没有", "a table is cut off: cells are not in the document")),
    "SRC007": (_WARNING, Text("同一张表出现两次", "the same table twice")),
    "SRC008": (_INFO, Text("金额未印单位", "a sum of money without a printed unit")),
    "SRC009": (
        _INFO,
        Text("表格中夹杂的文字（如页码）未计入", "text inside a table left aside, such as a page number"),
    ),
    "SRC010": (_WARNING, Text("未找到年份或发布机关", "year or publisher not found")),
    "SRC011": (_WARNING, Text("行标题与数字可能错位", "rows may have been taken for other rows")),
    OTHER: (_INFO, Text("读取时的其他问题", "another problem met while reading")),
}
"""Every code a reader or parser may note: severity and title."""

_SOURCE = Text("读取程序的记录，不是对报告的要求", "noted by the reader; nothing a report must satisfy")


def _problems(reading: Reading) -> Iterator[Problem]:
    yield from reading.problems
    if reading.document is not None:
        yield from (problem for problem in reading.document.problems if problem not in reading.problems)


def _rule(code: str, severity: Severity, title: Text) -> CheckRule:
    def check(reading: Reading) -> Iterator[Fault]:
        for problem in _problems(reading):
            if problem.code == code or (code == OTHER and problem.code not in SRC):
                yield Fault(_sure(problem), problem.paths, at=problem.at)

    return CheckRule(code, severity, title, _SOURCE, check)


def _sure(problem: Problem) -> Text:
    """Say what was decided and how sure the reading is of it."""
    if problem.confidence is None:
        return problem.message
    percent = f"{problem.confidence:.0%}"
    return Text(f"{problem.message.zh}（把握 {percent}）", f"{problem.message.en} ({percent} sure)")


RULES: tuple[Rule, ...] = tuple(_rule(code, severity, title) for code, (severity, title) in SRC.items())
