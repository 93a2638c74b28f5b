"""Findings with no equation behind them: two sums that do not go together, a form of another edition.

Arithmetic names no cell here. A slip is proposed only where the figures look like one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from govinfo.findings import Finding, Suggestion
from govinfo.parsing.reading import Reading
from govinfo.repair.sheet import Lattice
from govinfo.repair.slips import Slip, slip_of_cell
from govinfo.rules.rows import Row
from govinfo.schema import Missing, Value
from govinfo.text import Text

__all__ = ["Proposal", "other_edition", "proposals"]

_UNIT = 10_000
"""Yuan in 万元."""
_NEAR = 20
"""Sums that differ by no more than this factor may belong together."""
_EDITION = "DOC005"
_SEEN = 0.8

Number = int | Decimal


class Proposal(NamedTuple):
    """New numbers by path, and the slip they would undo."""

    numbers: dict[str, Number]
    slip: Slip


def proposals(row: Row, values: Mapping[str, Value], lattice: Lattice) -> Iterator[Proposal]:
    """Yield the slips that would explain why two figures do not compare as they must.

    Args:
        row: a relation between two cells, not an equation.
        values: every cell as printed.
        lattice: of the report.
    """
    if len(row.terms) != 2 or row.exact:
        return
    (path, _), (other, _) = row.terms
    first, second = values[path], values[other]
    if isinstance(first, Missing) or isinstance(second, Missing):
        return
    yield Proposal({path: second, other: first}, Slip.EXCHANGED)
    for this, reported, wanted in ((path, first, second), (other, second, first)):
        slip = slip_of_cell(this, reported, wanted, values, lattice, is_total=False)
        if slip not in (Slip.OTHER, Slip.COPIED):
            yield Proposal({this: wanted}, slip)
        if row.unit and reported and wanted:
            for scaled in (reported * _UNIT, Decimal(reported) / _UNIT):
                if wanted <= scaled * _NEAR and scaled <= wanted * _NEAR:
                    yield Proposal({this: Decimal(f"{scaled:f}")}, Slip.UNIT)


def other_edition(finding: Finding, reading: Reading) -> Suggestion | None:
    """Return the suspicion that the labels of an old form stand over figures for the new one.

    What shows it is a count of fee items that is no whole number: it is a sum of money, which the new form asks for.

    Args:
        finding: any; only that of a form older than the report's year is meant.
        reading: the report.
    """
    table = finding.paths[0].partition(".")[0] if finding.paths else ""
    if finding.code != _EDITION or reading.report.national_editions.get(table) != "2019":
        return None
    if table != "disclosure" or not any(
        problem.code == "SRC005" and any(".fees." in path for path in problem.paths) for problem in reading.problems
    ):
        return None
    said = Text(
        "疑为 2019 年版的表头配 2021 年版的数字：收费项目数栏填的是金额；请对照 2021 年版表式逐栏核对，不宜只改表头",
        "the labels of 2019 seem to stand over figures for the form of 2021, for a sum of money stands where fee items "
        "are counted: compare every column with that form before changing the labels",
    )
    return Suggestion((), Slip.EDITION.value, said, (finding.code,), _SEEN)
