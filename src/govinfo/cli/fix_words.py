"""What ``govinfo fix`` says: the list of what is proposed, and what applying a patch has changed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Mapping
from decimal import Decimal

from govinfo.findings import Finding, Result, Severity
from govinfo.repair.patch import SURE, Change, Offer, Patch
from govinfo.schema import Missing, Report, Value, cells
from govinfo.text import Text

__all__ = ["after_lines", "changed_lines", "proposal_lines"]

_GAP = "    "
_BELOW = " " * 10
"""Under the name of a cell, past box and number."""
_LIKELY = 0.5
_MOST_RANGES = 5
"""Ranges that are shown one by one."""

_IMPLIED = Text(
    "  空缺处按勾稽关系可能是的数（填不填由人决定）：",
    "  Cells without a number, and what the equations leave possible (for a person to fill in):",
)
_NEXT = (
    Text(
        "  存成补丁：govinfo fix {file} --accept {ids} -o patch.json",
        "  To keep what you accept: govinfo fix {file} --accept {ids} -o patch.json",
    ),
    Text(
        "  应用补丁：govinfo fix --apply patch.json {file} -o corrected.json",
        "  To apply it: govinfo fix --apply patch.json {file} -o corrected.json",
    ),
)


def proposal_lines(patch: Patch, result: Result) -> Iterator[Text]:
    """Yield the lines of the list a person chooses from.

    Args:
        patch: what is proposed.
        result: what it was made from.
    """
    values = cells(result.reading.report)
    single = [offer for offer in patch.implied if offer.only is not None]
    yield _heading(patch, len(single))
    for change in patch.changes:
        yield from _change(change, values)
    if patch.implied:
        yield _IMPLIED
    for offer in single:
        yield _row(_box(offer.accept, offer.id), offer.cell, values.get(offer.path), offer.low)
    yield from _ranges([offer for offer in patch.implied if offer.only is None])
    yield from _unexplained(result)
    if patch.changes or single:
        ids = ",".join(map(str, sorted({number for number, _ in patch.accepted})))
        for line in _NEXT:
            yield line.fill(file=shlex.quote(patch.file), ids=ids or Text("编号", "NUMBERS"))


def _heading(patch: Patch, single: int) -> Text:
    """Say whose report it is and how much is proposed."""
    name = patch.publisher or patch.file
    subject = Text("标准输入", "standard input") if name == "-" else Text(name, name)
    if patch.year is not None:
        subject = Text(f"{subject.zh} {patch.year} 年", f"{subject.en} {patch.year}")
    findings = len(patch.firsts)
    parts = [
        text
        for n, text in (
            (findings, Text(f"{findings} 处有修改建议", f"corrections proposed: {findings}")),
            (
                single,
                Text(f"{single} 处空缺只可能是一个数", f"empty cells that can only be one number: {single}"),
            ),
        )
        if n
    ]
    said = Text.join(parts, "，", ", ") if parts else Text("没有修改建议", "nothing to propose")
    return Text(f"{subject.zh}{_GAP}{said.zh}", f"{subject.en}{_GAP}{said.en}")


def _change(change: Change, values: Mapping[str, Value]) -> Iterator[Text]:
    box, sure = _box(change.accept, change.id), _sure(change.confidence)
    what = change.explanation
    if change.alternative_to is None:
        what = Text(f"{change.code}  {what.zh}", f"{change.code}  {what.en}")
        shift = Text("", "")
    else:
        shift = Text("    或", "    or")
    yield Text(
        f"{shift.zh}{box.zh}{what.zh}{_GAP}{sure.zh}",
        f"{shift.en}{box.en}{what.en}{_GAP}{sure.en}",
    )
    if len(change.cells) > 1:  # an explanation may not name them all
        below = Text(_BELOW + _GAP, _BELOW + _GAP)
        for cell in change.cells:
            yield _row(below, cell.cell, values.get(cell.path), cell.proposed)


def _box(accepted: bool, number: int) -> Text:
    return Text(f"  [{'√' if accepted else ' '}] {number:<4}", f"  [{'x' if accepted else ' '}] {number:<4}")


def _row(box: Text, cell: Text, value: Value | None, proposed: int | Decimal) -> Text:
    found, new = _said(value), _said(proposed)
    return Text(f"{box.zh}{cell.zh}{_GAP}{found.zh} → {new.zh}", f"{box.en}{cell.en}{_GAP}{found.en} → {new.en}")


def _sure(confidence: float) -> Text:
    if confidence >= SURE:
        return Text("很有把握", "very likely")
    return Text("较有把握", "likely") if confidence >= _LIKELY else Text("仅供参考", "possible")


def _ranges(offers: list[Offer]) -> Iterator[Text]:
    for offer in offers[:_MOST_RANGES]:
        said = Text("{cell}    至少 {low}", "{cell}    at least {low}")
        if offer.high is not None:
            said = Text("{cell}    {low} 至 {high}", "{cell}    {low} to {high}")
        said = said.fill(cell=offer.cell, low=offer.low, high=offer.high)
        yield Text(_BELOW + said.zh, _BELOW + said.en)
    if more := len(offers[_MOST_RANGES:]):
        yield Text(
            f"{_BELOW}另有 {more} 处只能推出范围，见 --format json",
            f"{_BELOW}{more} more of which only a range is known: see --format json",
        )


def _unexplained(result: Result) -> Iterator[Text]:
    """Say for which errors there is no proposal, so that nobody takes the list for all that is wrong."""
    codes = [f.code for f in result.findings if f.severity is Severity.ERROR and not f.suggestions]
    if codes:
        said = Text(
            "  另有 {n} 处错误没有修改建议（{zh}），见 govinfo check",
            "  errors without a proposal: {n} ({en}), see govinfo check",
        )
        shown = sorted(set(codes))
        yield said.fill(n=len(codes), zh=Text("、".join(shown), ""), en=Text("", ", ".join(shown)))


def _said(value: Value | None) -> Text:
    if value is None:
        return Text("没有数", "no number")
    if isinstance(value, Missing):
        return value.text
    number = format(value, "f") if isinstance(value, Decimal) else str(value)
    return Text(number, number)


def changed_lines(patch: Patch, report: Report) -> Iterator[Text]:
    """Yield what an applied patch has changed.

    Args:
        patch: the patch.
        report: as it was before.
    """
    values = cells(report)
    accepted = patch.accepted
    if not accepted:
        yield Text("没有采纳任何一项：数字与读到的完全相同", "nothing was accepted: the figures are as they were read")
        return
    yield Text(f"改动 {len(accepted)} 格，其余不变：", f"cells changed: {len(accepted)}; everything else is as it was")
    for number, cell in accepted:
        yield _row(Text(f"  {number:<4}", f"  {number:<4}"), cell.cell, values[cell.path], cell.proposed)


def after_lines(before: Result, after: Result) -> Iterator[Text]:
    """Yield which errors a corrected report has, and which of them it did not have before."""
    errors = [finding for finding in after.findings if finding.severity is Severity.ERROR]
    if not errors:
        yield Text("改后核对：没有错误", "checked again: no errors")
        return
    known = {_relation(single) for finding in before.findings for single in finding.parts or (finding,)}
    said = [(any(_relation(single) in known for single in finding.parts or (finding,)), finding) for finding in errors]
    new = sum(not was_there for was_there, _ in said)
    counts = [
        text.fill(n=n)
        for n, text in (
            (len(errors) - new, Text("仍有 {n} 处错误", "errors that remain: {n}")),
            (new, Text("新出现 {n} 处错误", "new errors: {n}")),
        )
        if n
    ]
    counted = Text.join(counts, "，", ", ")
    yield Text(f"改后核对：{counted.zh}", f"checked again: {counted.en}")
    for was_there, finding in said:
        mark = Text("仍有", "remains") if was_there else Text("新增", "new")
        yield Text(
            f"  {mark.zh}  {finding.severity.text.zh} {finding.code}  {finding.message.zh}",
            f"  {mark.en}  {finding.severity.text.en} {finding.code}  {finding.message.en}",
        )


def _relation(finding: Finding) -> tuple[object, ...]:
    """Return what stays the same of a finding while its figures change."""
    return (finding.code, frozenset(finding.paths)) if finding.paths else (finding.code, finding.message.zh)
