"""What stands below the verdicts on several files: how many there are of each kind, and what each publisher has."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.tally import Office, Tally
from govinfo.text import Text

__all__ = ["summary"]

_FEW = 10
"""Up to so many reports the verdicts above say the same."""
_MOST = 20
"""So many publishers are listed."""


def summary(tally: Tally) -> Iterator[Text]:
    """Yield the lines, none for a single file."""
    if tally.files < 2:
        return
    yield Text("", "")
    yield _files(tally)
    if len(tally.publishers) < 2 or tally.checked <= _FEW:
        return
    yield Text("", "")
    yield Text("各机关（错误多的在前）：", "By publisher, most errors first:")
    ranked = tally.ranked()
    for name, office in ranked[:_MOST]:
        said = _office(office)
        yield Text(f"  {name}    {said.zh}", f"  {name}    {said.en}")
    if left := [office for _, office in ranked[_MOST:]]:
        yield _rest(left)


def _files(tally: Tally) -> Text:
    """Count the files by their marks, those that could not be read and those that are no reports apart."""
    parts = [
        text.fill(n=n, m=tally.errors)
        for n, text in (
            (tally.marks["√"], Text("{n} 份无错误", "{n} without errors")),
            (tally.marks["?"], Text("{n} 份有无法判断的项", "{n} not judged in full")),
            (tally.marks["×"], Text("{n} 份有错误（共 {m} 处）", "{n} with errors ({m} in all)")),
            (tally.unreadable, Text("{n} 份无法核对", "{n} could not be checked")),
            (tally.skipped, Text("{n} 份不是年度报告，已跳过", "{n} skipped as no annual reports")),
            (tally.reviewed, Text("{n} 项已复核，未计入", "{n} findings reviewed and not counted")),
        )
        if n
    ]
    joined = Text.join(parts, "，", ", ")
    return Text(f"共 {tally.files} 份：{joined.zh}", f"{tally.files} files: {joined.en}")


def _office(office: Office) -> Text:
    years = list(_spans(sorted(office.years)))
    said = Text(f"{office.reports} 份", f"{office.reports} report{'' if office.reports == 1 else 's'}")
    if years:
        said = Text(f"{said.zh}（{'、'.join(years)} 年）", f"{said.en} ({', '.join(years)})")
    return Text.join([said, *_found(office.errors, office.warnings)], "，", ", ")


def _spans(years: list[int]) -> Iterator[str]:
    """Yield years, three and more in a row as one."""
    first = 0
    for last, year in enumerate(years):
        if last + 1 < len(years) and years[last + 1] == year + 1:
            continue
        span = years[first : last + 1]
        yield from (f"{span[0]}–{span[-1]}",) if len(span) > 2 else map(str, span)
        first = last + 1


def _found(errors: int, warnings: int) -> list[Text]:
    found = []
    if errors:
        found.append(Text(f"{errors} 处错误", f"{errors} error{'' if errors == 1 else 's'}"))
    if warnings:
        found.append(Text(f"{warnings} 处警告", f"{warnings} warning{'' if warnings == 1 else 's'}"))
    return found


def _rest(offices: list[Office]) -> Text:
    reports, errors = sum(one.reports for one in offices), sum(one.errors for one in offices)
    warnings = sum(one.warnings for one in offices)
    said = Text(f"另有 {len(offices)} 个机关，{reports} 份", f"and {len(offices)} more with {reports} reports")
    whole = Text.join([said, *_found(errors, warnings)], "，", ", ")
    return Text(f"  {whole.zh}", f"  {whole.en}")
