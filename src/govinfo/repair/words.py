"""What a suggestion and a finding about a wrong cell say, in words a clerk understands."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.engines.wording import number, shared_names
from govinfo.findings import Correction
from govinfo.rules.rows import Row
from govinfo.schema import Kind, Report, describe, report_leaves
from govinfo.text import Text

__all__ = ["disagreement", "explanation", "listed"]

_MOST_PLACES = 3
_MOST_CELLS = 4
"""So many cells are named; of more it is said how many there are."""


def listed(report: Report, cells: Sequence[Correction], *, proposed: bool) -> Text:
    """Name cells with what is printed in them: ``三、自然人列：（七）总计 4``; with the proposal: ``4 → 47``."""
    where, called = shared_names(report, [cell.path for cell in cells])
    units = _units(report)
    parts = []
    for cell in cells[:_MOST_CELLS]:
        unit = units.get(cell.path, "")
        printed = number(cell.reported, "" if proposed else unit) if cell.reported is not None else _NOTHING
        if proposed:
            new = number(cell.proposed, unit)
            printed = Text(f"{printed.zh} → {new.zh}", f"{printed.en} → {new.en}")
        name = called[cell.path]
        parts.append(Text(f"{name.zh} {printed.zh}", f"{name.en} {printed.en}"))
    said = Text.join(parts, "，", ", ")
    if len(cells) > _MOST_CELLS:
        said = Text(f"{said.zh} 等 {len(cells)} 格", f"{said.en} and others, {len(cells)} cells")
    return Text(f"{where.zh}：{said.zh}", f"{where.en}: {said.en}") if where.zh else said


_NOTHING = Text("空缺", "nothing")


def _units(report: Report) -> dict[str, str]:
    return {leaf.path: leaf.spec.unit or "" for leaf in report_leaves(report) if leaf.kind is Kind.AMOUNT}


def explanation(report: Report, cells: Sequence[Correction], reasons: Sequence[Text], resolved: int) -> Text:
    """Say what should be changed, why, and what is gained.

    Args:
        report: gives cells their names.
        cells: the changes.
        reasons: the slip, and what else speaks for it; may be empty.
        resolved: how many relations hold then that do not now.
    """
    held = (
        Text("改后该项关系成立", "then the relation holds")
        if resolved == 1
        else Text(f"改后 {resolved} 项关系全部成立", f"then {resolved} broken relations hold")
    )
    what = listed(report, cells, proposed=True)
    why = Text.join([*(reason for reason in reasons if reason.zh), held], "；", "; ")
    return Text(f"{what.zh}（{why.zh}）", f"{what.en} ({why.en})")


def disagreement(report: Report, cells: Sequence[Correction], broken: Sequence[tuple[str, Row]]) -> Text:
    """Say that cells do not agree with several relations.

    Args:
        report: gives cells their names.
        cells: the wrong ones; none where they are not known.
        broken: the relations: code of the rule and instance.
    """
    places: dict[Text, list[str]] = {}
    for code, row in broken:
        where = shared_names(report, row.cells)[0]
        if not where.zh:
            where = describe(report, row.cells[0].partition(".")[0])
        places.setdefault(where, []).append(code)
    shown = [
        Text(f"{where.zh} {'、'.join(codes)}", f"{where.en} {', '.join(codes)}") for where, codes in places.items()
    ]
    listed_places = Text.join(shown[:_MOST_PLACES], "，", "; ")
    if len(shown) > _MOST_PLACES:
        listed_places = Text(f"{listed_places.zh} 等", f"{listed_places.en} and others")
    n = len(broken)
    if not cells:
        return Text(f"{n} 项关系不成立：{listed_places.zh}", f"{n} relations do not hold: {listed_places.en}")
    what = listed(report, cells, proposed=False)
    verb = "does" if len(cells) == 1 else "do"
    return Text(
        f"{what.zh}，与 {n} 项关系不符：{listed_places.zh}",
        f"{what.en} {verb} not agree with {n} relations: {listed_places.en}",
    )
