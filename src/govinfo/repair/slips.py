"""What slip turns one figure into another: the words of an explanation, and how likely it is beside others.

Arithmetic says which changes are possible. Where it leaves several, the slips people make and machines make tell them
apart. How likely each is stands in one table below; the weights are ours, taken from no statistic. They say no more
than that a digit is lost more often than a number is made up.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from decimal import Decimal

from govinfo.repair.sheet import Lattice
from govinfo.schema import Missing, Value
from govinfo.text import Text

__all__ = ["Slip", "slip_of_cell", "slip_of_pair"]

Number = int | Decimal
_LONG = 10
"""A number with one digit is like too many others to be called a copy or a misprint of one."""


class Slip(enum.Enum):
    """A slip: the stable word of ``Suggestion.kind``."""

    DIGIT_DROPPED = "digit_dropped"
    DIGIT_DOUBLED = "digit_doubled"
    DIGIT_ADDED = "digit_added"
    DIGITS_SWAPPED = "digits_swapped"
    DIGIT_WRONG = "digit_wrong"
    RUN_TOGETHER = "run_together"
    SPLIT = "split"
    EXCHANGED = "exchanged"
    MOVED = "moved"
    MISPLACED = "misplaced"
    SIGN = "sign"
    UNIT = "unit"
    COPIED = "copied"
    TOTAL_ZERO = "total_zero"
    TOTAL_COPIED = "total_copied"
    ROW_SHIFTED = "row_shifted"
    BLOCK_SHIFTED = "block_shifted"
    COLUMN_SHIFTED = "column_shifted"
    EDITION = "edition"
    REREAD = "reread"
    OTHER = "other"

    @property
    def weight(self) -> float:
        """How likely it is beside a change that looks like no slip."""
        return _SLIPS[self][0]

    @property
    def text(self) -> Text:
        """The slip in words; empty for a change that looks like none."""
        return _SLIPS[self][1]


_SLIPS: Mapping[Slip, tuple[float, Text]] = {
    Slip.DIGIT_DROPPED: (6, Text("疑少填一位数字", "a digit seems to be missing")),
    Slip.DIGIT_DOUBLED: (6, Text("疑有一位数字重复", "a digit seems to be doubled")),
    Slip.DIGIT_ADDED: (3, Text("疑多填一位数字", "there seems to be a digit too many")),
    Slip.DIGITS_SWAPPED: (8, Text("疑相邻两位数字颠倒", "two digits seem to be swapped")),
    Slip.DIGIT_WRONG: (3, Text("疑有一位数字写错", "one digit seems to be wrong")),
    Slip.RUN_TOGETHER: (10, Text("疑与相邻格的数字连在一起", "run together with the figure beside it")),
    Slip.SPLIT: (10, Text("疑一个数被拆在相邻两格", "one number split over two cells")),
    Slip.EXCHANGED: (8, Text("疑两格的数字填反", "the two figures seem to be exchanged")),
    Slip.MOVED: (10, Text("疑填到了相邻的格", "the figure seems to stand in the cell beside")),
    Slip.MISPLACED: (3, Text("疑有件数计入了另一格", "some cases seem to be counted in the other cell")),
    Slip.SIGN: (10, Text("疑多了负号", "a minus sign too many")),
    Slip.UNIT: (15, Text("疑元与万元混用", "yuan taken for ten thousand yuan, or the other way round")),
    Slip.COPIED: (3, Text("疑照抄了相邻格的数字", "the same figure as in the cell beside")),
    Slip.TOTAL_ZERO: (20, Text("疑合计漏填", "the total seems to have been left out")),
    Slip.TOTAL_COPIED: (20, Text("疑合计照抄了另一行（列）", "the totals repeat another row or column")),
    Slip.ROW_SHIFTED: (20, Text("疑整行错开一列", "the row seems to be shifted by a column")),
    Slip.BLOCK_SHIFTED: (20, Text("疑多行错开", "several rows seem to be shifted")),
    Slip.COLUMN_SHIFTED: (20, Text("疑该列错开一行", "the column seems to be shifted by a row")),
    Slip.EDITION: (1, Text("疑套用了另一版表式", "another edition of the form seems to have been used")),
    Slip.REREAD: (30, Text("原文可另作读法", "what is printed can be read in another way")),
    Slip.OTHER: (1, Text("", "")),
}


def slip_of_cell(
    path: str, reported: Number, proposed: Number, values: Mapping[str, Value], lattice: Lattice, *, is_total: bool
) -> Slip:
    """Return the likeliest slip that turns ``proposed`` into ``reported``.

    Args:
        path: the cell.
        reported: what is printed.
        proposed: what it should be.
        values: every cell as printed.
        lattice: of the report.
        is_total: whether the cell is the sum of others.
    """
    if reported == 0 and is_total:
        return Slip.TOTAL_ZERO
    if reported < 0 and reported == -proposed:
        return Slip.SIGN
    near = [value for other in lattice.around(path) if not isinstance(value := values[other], Missing)]
    if any(value > 0 and str(reported) in (f"{proposed}{value}", f"{value}{proposed}") for value in near):
        return Slip.RUN_TOGETHER
    found = _digits(str(reported), str(proposed))
    if found is not Slip.OTHER:
        return found
    return Slip.COPIED if reported >= _LONG and reported in near else Slip.OTHER


def _digits(reported: str, proposed: str) -> Slip:
    """Compare two numbers as they are written."""
    if len(reported) + 1 == len(proposed) and reported in _shortened(proposed) and reported != "0":
        return Slip.DIGIT_DROPPED
    if len(proposed) + 1 == len(reported) and proposed in _shortened(reported):
        doubled = {reported[:i] + reported[i + 1 :] for i in range(1, len(reported)) if reported[i] == reported[i - 1]}
        return Slip.DIGIT_DOUBLED if proposed in doubled else Slip.DIGIT_ADDED
    if len(reported) != len(proposed) or len(reported) < 2:
        return Slip.OTHER
    different = [i for i in range(len(reported)) if reported[i] != proposed[i]]
    if len(different) == 1:
        return Slip.DIGIT_WRONG
    if len(different) == 2 and different[1] == different[0] + 1:
        first, second = different
        if reported[first] == proposed[second] and reported[second] == proposed[first]:
            return Slip.DIGITS_SWAPPED
    return Slip.OTHER


def _shortened(number: str) -> set[str]:
    return {number[:i] + number[i + 1 :] for i in range(len(number))}


def slip_of_pair(first: tuple[str, Number, Number], second: tuple[str, Number, Number], lattice: Lattice) -> Slip:
    """Return the slip that explains two wrong cells at once; `Slip.OTHER` for none.

    Args:
        first: path, reported, proposed.
        second: the same.
        lattice: of the report.
    """
    path, reported, proposed = first
    other_path, other_reported, other_proposed = second
    beside = lattice.beside(path, other_path)
    if (reported, other_reported) == (other_proposed, proposed):
        if 0 in (reported, other_reported):
            return Slip.MOVED if beside or lattice.stacked(path, other_path) else Slip.MISPLACED
        return Slip.EXCHANGED
    if beside and 0 in (proposed, other_proposed):
        left, right = reported, other_reported
        if lattice.positions[path] > lattice.positions[other_path]:
            left, right = right, left
        if f"{left}{right}" == str(proposed or other_proposed):
            return Slip.SPLIT
    return Slip.MISPLACED if reported + other_reported == proposed + other_proposed else Slip.OTHER
