"""What the mark at the end of a row says of its cells in a Word 97 file ([MS-DOC] 2.6.3)."""

from __future__ import annotations

from itertools import pairwise
from struct import Struct, unpack_from

from govinfo.documents.word.doc_sprms import sprms
from govinfo.documents.word.edges import CellShape, Down, RowShape

__all__ = ["row_shape"]

_DEFINE, _MERGE, _SPLIT, _MERGE_DOWN = 0xD608, 0x5624, 0x5625, 0xD62B
_INSERT, _DELETE, _WIDTH = 0x7621, 0x5622, 0x7623
_u16 = Struct("<H").unpack_from
_SIZE = 20
"""Bytes said of each cell."""
_FIRST, _COVERED = 1, 2
_DOWN: dict[int, Down] = {0: "", 1: "goes_on", 2: "begins", 3: "begins"}
_MOST = 256
"""Cells of a row; Word allows 63."""


class _Row:
    def __init__(self) -> None:
        self.left = 0
        self.widths: list[int] = []
        self.across: list[int] = []
        self.down: list[int] = []


def row_shape(instructions: bytes) -> RowShape | None:
    """Return the shape of a row, None where it says nothing of its cells."""
    row = _Row()
    for code, operand in sprms(instructions):
        if code == _DEFINE:
            _define(row, operand)
        elif code == _MERGE_DOWN and len(operand) >= 2:
            if operand[0] < len(row.down):
                row.down[operand[0]] = operand[1] & 3
        elif code in (_MERGE, _SPLIT):
            first, limit = operand[0], min(operand[1], len(row.across))
            for index in range(first, limit):
                row.across[index] = 0 if code == _SPLIT else _FIRST if index == first else _COVERED
        elif code == _INSERT:
            _insert(row, operand[0], operand[1], _u16(operand, 2)[0])
        elif code == _DELETE:
            for values in (row.widths, row.across, row.down):
                del values[operand[0] : operand[1]]
        elif code == _WIDTH:
            for index in range(operand[0], min(operand[1], len(row.widths))):
                row.widths[index] = _u16(operand, 2)[0]
    if not row.widths:
        return None
    cells: list[CellShape] = []
    right = row.left
    for width, covered, down in zip(row.widths, _covered(row.across), row.down, strict=True):
        right += width
        cells.append(CellShape(right, covered, _DOWN[down]))
    return RowShape(row.left, tuple(cells))


def _define(row: _Row, operand: bytes) -> None:
    count = operand[0] if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return
    edges = unpack_from(f"<{count + 1}h", operand, 1)
    row.left = edges[0]
    row.widths = [max(right - left, 0) for left, right in pairwise(edges)]
    flags = [
        _u16(operand, at)[0] if at + 2 <= len(operand) else 0
        for at in range(1 + 2 * (count + 1), 1 + 2 * (count + 1) + _SIZE * count, _SIZE)
    ]
    row.across = [one & 3 for one in flags]
    row.down = [one >> 5 & 3 for one in flags]


def _insert(row: _Row, first: int, count: int, width: int) -> None:
    if len(row.widths) + count > _MOST:
        return
    short = max(first - len(row.widths), 0)
    for values, value in ((row.widths, width), (row.across, 0), (row.down, 0)):
        values += [value] * short
        values[first:first] = [value] * count


def _covered(across: list[int]) -> list[bool]:
    """Tell which cells are merged into the one to their left.

    Of old 1 was the first of some merged cells and 2 the others; what is published of the format says 1 for the others
    and 2 or 3 for the first. Which is meant can be seen: a first one comes first.
    """
    first = next((one for one in across if one), 0)
    others = (2, 3) if first == _FIRST else (1,)
    return [one in others for one in across]
