"""A patch: what a result proposes, for a person to accept in part and apply to the canonical report."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from decimal import Decimal

import attrs

from govinfo.errors import GovinfoError
from govinfo.findings import Result, Suggestion
from govinfo.schema import Kind, Leaf, Missing, Report, Value, cells, describe, replace_cells, report_leaves
from govinfo.text import Text

__all__ = ["SURE", "Change", "Offer", "Patch", "PatchedCell", "apply", "patch_of"]

SURE = 0.9
"""Confidence from which the first explanation of a finding is accepted beforehand.

Confidence is a share of all explanations found: the others have a tenth together, so this one is the only one or far
ahead of them.
"""
_LARGEST = 10**15
"""No report has a figure like that."""
_PLACES = 6
"""Decimal places a sum of money may have."""
_SHOWN = 5
"""Problems an error names one by one."""

Number = int | Decimal


@attrs.frozen
class PatchedCell:
    """A cell and its new value."""

    path: str
    cell: Text
    """Where it is, in the form's words: for people only."""
    reported: Number | None
    """What the report has; None where it has no number."""
    proposed: Number


@attrs.frozen
class Change:
    """One explanation of a finding: cells to change, all of them or none."""

    id: int
    accept: bool
    code: str
    """Code of the finding."""
    fingerprint: str
    """Fingerprint of the finding."""
    kind: str
    confidence: float
    explanation: Text
    resolves: tuple[str, ...]
    cells: tuple[PatchedCell, ...]
    alternative_to: int | None = None
    """The first explanation of the same finding; None for the first itself."""

    @property
    def finding(self) -> int:
        """A number that all explanations of one finding share."""
        return self.id if self.alternative_to is None else self.alternative_to


@attrs.frozen
class Offer:
    """A cell without a number and what the equations leave possible for it. Only a single number can be accepted."""

    id: int
    accept: bool
    path: str
    cell: Text
    low: int
    high: int | None
    """None where nothing bounds it from above."""

    @property
    def only(self) -> int | None:
        """The only number possible, None where there are several."""
        return self.low if self.low == self.high else None


@attrs.frozen
class Patch:
    """What is proposed for one report, and what of it is accepted.

    It knows publisher and year of the report, and what is reported in each cell: it fits no other.
    """

    file: str
    publisher: str | None
    year: int | None
    changes: tuple[Change, ...] = ()
    implied: tuple[Offer, ...] = ()

    def accepting(self, ids: Collection[int]) -> Patch:
        """Return the patch with these changes and implied values accepted, and no others.

        Raises:
            GovinfoError: there is no such number.
        """
        known = [*(change.id for change in self.changes), *(offer.id for offer in self.implied)]
        if unknown := sorted(set(ids) - set(known)):
            names, numbers = ", ".join(map(str, unknown)), ", ".join(map(str, known))
            raise GovinfoError(
                Text(
                    f"补丁中没有编号 {names}（可用：{numbers or '无'}）",
                    f"the patch has no number {names} (it has: {numbers or 'none'})",
                )
            )
        return attrs.evolve(
            self,
            changes=tuple(attrs.evolve(change, accept=change.id in ids) for change in self.changes),
            implied=tuple(attrs.evolve(offer, accept=offer.id in ids) for offer in self.implied),
        )

    @property
    def firsts(self) -> tuple[int, ...]:
        """The numbers of the first explanation of every finding; implied values are not among them."""
        return tuple(change.id for change in self.changes if change.alternative_to is None)

    @property
    def accepted(self) -> tuple[tuple[int, PatchedCell], ...]:
        """Every cell with an accepted new value, and the number of its change."""
        changed = [(change.id, cell) for change in self.changes if change.accept for cell in change.cells]
        filled = [
            (offer.id, PatchedCell(offer.path, offer.cell, None, offer.only))
            for offer in self.implied
            if offer.accept and offer.only is not None
        ]
        return (*changed, *filled)


def patch_of(result: Result, file: str) -> Patch:
    """Return what ``result`` proposes.

    The first explanation of a finding is accepted beforehand where it is clear (`SURE`), puts no number into a cell
    that has none, and touches no cell that an earlier one does. Everything else is for a person to accept.

    Args:
        result: what checking gave.
        file: what to call the report.
    """
    report = result.reading.report
    changes: list[Change] = []
    firsts: dict[frozenset[tuple[str, Number]], int] = {}
    touched: set[str] = set()
    for finding in result.findings:
        first: int | None = None
        for suggestion in finding.suggestions:
            same = frozenset((cell.path, cell.proposed) for cell in suggestion.cells)
            if first is None and same in firsts:  # two findings with one explanation: it is listed once
                first = firsts[same]
                continue
            clear = first is None and _is_clear(suggestion, touched)
            if clear:
                touched |= {cell.path for cell in suggestion.cells}
            changes.append(
                Change(
                    id=len(changes) + 1,
                    accept=clear,
                    code=finding.code,
                    fingerprint=finding.fingerprint,
                    kind=suggestion.kind,
                    confidence=suggestion.confidence,
                    explanation=suggestion.explanation,
                    resolves=suggestion.resolves,
                    cells=tuple(
                        PatchedCell(cell.path, describe(report, cell.path), cell.reported, cell.proposed)
                        for cell in suggestion.cells
                    ),
                    alternative_to=first,
                )
            )
            if first is None:
                first = firsts[same] = len(changes)
    offers = tuple(
        Offer(number, False, implied.path, describe(report, implied.path), implied.low, implied.high)
        for number, implied in enumerate(result.implied, len(changes) + 1)
    )
    return Patch(file, report.publisher.name, report.year, tuple(changes), offers)


def _is_clear(suggestion: Suggestion, touched: Collection[str]) -> bool:
    if suggestion.confidence < SURE:
        return False
    return all(cell.reported is not None and cell.path not in touched for cell in suggestion.cells)


def apply(patch: Patch, report: Report) -> Report:
    """Return ``report`` with the accepted numbers of ``patch`` in place and everything else as it is.

    All of them are applied or, where one does not fit, none.

    Raises:
        GovinfoError: the patch is for another report or other figures, or contradicts itself; names the cells.
    """
    _refuse_another(patch, report)
    problems = [*_contradictions(patch), *_misfits(patch, report)]
    if problems:
        more = len(problems) - _SHOWN
        shown = problems[:_SHOWN]
        if more > 0:
            shown.append(Text(f"另有 {more} 处", f"and {more} more"))
        refused = Text("补丁未应用", "the patch was not applied")
        raise GovinfoError(Text.join([refused, *shown], "\n  ", "\n  "))
    return replace_cells(report, {cell.path: cell.proposed for _, cell in patch.accepted})


def _refuse_another(patch: Patch, report: Report) -> None:
    if (patch.publisher, patch.year) == (report.publisher.name, report.year):
        return
    unknown = Text("不明", "unknown")
    said = Text(
        "补丁不是为这份报告做的：补丁写的是 {name}，{year} 年；报告是 {own_name}，{own_year} 年",
        "the patch is for another report: it says {name}, {year}; the report is of {own_name}, {own_year}",
    )
    raise GovinfoError(
        said.fill(
            name=patch.publisher or unknown,
            year=patch.year or unknown,
            own_name=report.publisher.name or unknown,
            own_year=report.year or unknown,
        )
    )


def _contradictions(patch: Patch) -> Iterator[Text]:
    """Say what cannot be accepted together."""
    findings: dict[int, int] = {}
    for change in patch.changes:
        if change.accept and (other := findings.setdefault(change.finding, change.id)) != change.id:
            yield Text(
                f"第 {other} 项和第 {change.id} 项是同一问题的两种解释，只能采纳一项",
                f"numbers {other} and {change.id} are two explanations of one finding: accept one of them",
            )
    explains = {change.id: change.finding for change in patch.changes}
    paths: dict[str, int] = {}
    for number, cell in patch.accepted:
        other = paths.setdefault(cell.path, number)
        if other != number and explains.get(other) != explains.get(number, number):  # else it has been said
            said = Text("{cell}：第 {n} 项和第 {m} 项都要改这一格", "{cell}: numbers {n} and {m} both change this cell")
            yield said.fill(cell=cell.cell, n=other, m=number)
    for offer in patch.implied:
        if offer.accept and offer.only is None:
            said = Text(
                "{cell}：第 {n} 项可能的数不止一个，不能填入", "{cell}: number {n} leaves more than one number possible"
            )
            yield said.fill(cell=offer.cell, n=offer.id)


def _misfits(patch: Patch, report: Report) -> Iterator[Text]:
    """Say which accepted cells are not in the report, hold something else there, or cannot hold the new number."""
    values = cells(report)
    leaves = {leaf.path: leaf for leaf in report_leaves(report)}
    for _, cell in patch.accepted:
        if cell.path not in leaves:
            yield Text(f"{cell.path}：报告没有这一格", f"{cell.path}: the report has no such cell")
            continue
        where, value = describe(report, cell.path), values[cell.path]
        if (None if isinstance(value, Missing) else value) != cell.reported:
            said = Text(
                "{cell}：报告中是 {found}，补丁写的是 {reported}，补丁是为另外的数字做的，请重新运行 govinfo fix",
                "{cell}: the report has {found}, the patch says {reported}: it was made for other figures, "
                "run govinfo fix again",
            )
            yield said.fill(cell=where, found=_said(value), reported=_said(cell.reported))
        elif not _can_hold(leaves[cell.path], cell.proposed):
            said = Text("{cell}：不能填 {number}，应为{kind}", "{cell}: cannot hold {number}, only {kind}")
            yield said.fill(cell=where, number=_said(cell.proposed), kind=_KINDS[leaves[cell.path].kind])


_KINDS = {
    Kind.COUNT: Text("非负整数", "a whole number that is not negative"),
    Kind.CHANGE: Text("整数", "a whole number"),
    Kind.AMOUNT: Text(
        '非负金额（写成字符串，如 "12.50"）', 'a sum of money that is not negative, as a string such as "12.50"'
    ),
}


def _can_hold(leaf: Leaf, number: Number) -> bool:
    if not -_LARGEST <= number <= _LARGEST or (number < 0 and leaf.kind is not Kind.CHANGE):
        return False
    if isinstance(number, Decimal):
        exponent = number.as_tuple().exponent
        return leaf.kind is Kind.AMOUNT and isinstance(exponent, int) and -_PLACES <= exponent <= 0
    return leaf.kind is not Kind.AMOUNT


def _said(value: Value | None) -> Text:
    """Return a cell in words; of a number of thousands of digits the beginning is enough."""
    if value is None:
        return Text("没有数", "no number")
    if isinstance(value, Missing):
        return value.text
    digits = format(value, "f") if isinstance(value, Decimal) else str(value)
    shown = digits if len(digits) <= 40 else digits[:40] + "…"
    return Text(shown, shown)
