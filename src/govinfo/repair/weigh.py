"""Explanations weighed against each other: which slip it looks like, what prose says, how sure that makes us."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod

import attrs

from govinfo.findings import Correction, Suggestion
from govinfo.parsing.reading import Reading
from govinfo.repair.cause import reread
from govinfo.repair.evidence import Evidence
from govinfo.repair.groups import Option
from govinfo.repair.sheet import Lattice
from govinfo.repair.slips import Slip, slip_of_cell, slip_of_pair
from govinfo.repair.words import explanation
from govinfo.schema import Report, Value
from govinfo.text import Text

__all__ = ["Weighed", "as_suggestions", "weigh"]

_ANOTHER = 0.02
"""What a second slip costs: two at once are rarer than one."""
_BREAKS = 0.1
"""How much less likely an explanation is that breaks a rule below error level."""
_MOST = 8
"""So many explanations are kept."""
_LEAST = 0.005
"""Explanations less likely than this are not worth a line."""


@attrs.frozen
class Weighed:
    """An explanation with its weight."""

    corrections: tuple[Correction, ...]
    slip: Slip
    reasons: tuple[Text, ...]
    weight: float


def weigh(
    corrections: Sequence[Correction],
    option: Option,
    *,
    reading: Reading,
    values: Mapping[str, Value],
    lattice: Lattice,
    totals: frozenset[str],
    evidence: Evidence | None,
    broken: Sequence[str],
) -> Weighed:
    """Weigh one explanation.

    Args:
        corrections: its cells.
        option: what it came from.
        reading: what is printed.
        values: every cell as printed.
        lattice: of the report.
        totals: the cells that are sums of others.
        evidence: what speaks for or against single numbers; None where nothing is to be chosen between.
        broken: codes of rules below error level that would not hold any more.
    """
    cells = [(cell.path, cell.reported, cell.proposed) for cell in corrections if cell.reported is not None]
    slips = [
        slip_of_cell(path, reported, proposed, values, lattice, is_total=path in totals)
        for path, reported, proposed in cells
    ]
    slip, weight = slips[0], prod(one.weight for one in slips) * _ANOTHER ** (len(cells) - 1)
    reasons = [one.text for one in dict.fromkeys(slips)]
    if len(cells) > 1:
        slip = slips[0] if len(set(slips)) == 1 else Slip.OTHER
    if option.slip is not None:
        slip, weight, reasons = option.slip, option.slip.weight, [option.slip.text]
    elif len(cells) == 2:
        pair = slip_of_pair(cells[0], cells[1], lattice)
        if pair is not Slip.OTHER and pair.weight >= weight:
            slip, weight, reasons = pair, pair.weight, [pair.text]
    for cell in corrections:
        printed = reread(reading, cell)
        if printed is not None:
            slip, weight = Slip.REREAD, weight * Slip.REREAD.weight
            reasons.append(Text(f"原文印作“{printed}”", f"printed as {printed!r}"))
        if evidence is not None:
            factor, said = evidence.of(cell)
            weight *= factor
            reasons += said
    if broken:
        weight *= _BREAKS
        reasons.append(Text(f"但 {'、'.join(broken)} 将不成立", f"but {', '.join(broken)} will not hold"))
    return Weighed(tuple(corrections), slip, tuple(reasons), weight)


def as_suggestions(
    report: Report, weighed: Sequence[Weighed], resolves: Sequence[str], resolved: int, sure: float
) -> tuple[Suggestion, ...]:
    """Return explanations as suggestions, the likeliest first.

    Args:
        report: gives cells their names.
        weighed: the explanations, all of the same broken relations.
        resolves: codes of the rules that hold then.
        resolved: how many relations that are.
        sure: how sure we would be of the only explanation.
    """
    whole = sum(one.weight for one in weighed)
    found = []
    for one in sorted(weighed, key=lambda one: -one.weight):
        confidence = round(one.weight / whole * sure, 3)
        if confidence >= _LEAST:
            said = explanation(report, one.corrections, one.reasons, resolved)
            found.append(Suggestion(one.corrections, one.slip.value, said, tuple(resolves), confidence))
    return tuple(found[:_MOST])
