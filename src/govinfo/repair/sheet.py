"""Where cells stand beside each other on the printed form: slips happen between neighbours."""

from __future__ import annotations

from typing import Any

import attrs

from govinfo.schema import TABLES, leaves
from govinfo.schema.form import form_grid
from govinfo.schema.paths import memo

__all__ = ["Lattice", "lattice_of"]


@attrs.frozen(eq=False)
class Lattice:
    """The figures of a report as they are printed, labels left out."""

    rows: tuple[tuple[str, ...], ...]
    """Canonical paths, row by row; an empty row parts the tables."""
    columns: tuple[tuple[str, ...], ...]
    """The columns of the tables whose rows are all of one length."""
    positions: dict[str, tuple[int, int]]
    """Row and place in the row of every path, from 0."""

    def beside(self, path: str, other: str) -> bool:
        """Tell whether two cells are next to each other in a row."""
        (row, place), (other_row, other_place) = self.positions[path], self.positions[other]
        return row == other_row and abs(place - other_place) == 1

    def stacked(self, path: str, other: str) -> bool:
        """Tell whether two cells are next to each other in a column."""
        (row, place), (other_row, other_place) = self.positions[path], self.positions[other]
        return place == other_place and abs(row - other_row) == 1

    def around(self, path: str) -> list[str]:
        """Return the cells left, right, above and below."""
        row, place = self.positions[path]
        near = ((row, place - 1), (row, place + 1), (row - 1, place), (row + 1, place))
        return [self.rows[r][p] for r, p in near if 0 <= r < len(self.rows) and 0 <= p < len(self.rows[r])]


@memo
def lattice_of(classes: tuple[Any, ...]) -> Lattice:
    """Return the lattice of a report.

    One for all tables, for a rule may join them: then no two cells of different tables are neighbours.

    Args:
        classes: the class of every table, in the order of `TABLES`.
    """
    rows: list[tuple[str, ...]] = []
    columns: list[tuple[str, ...]] = []
    for table, cls in zip(TABLES, classes, strict=True):
        own = [tuple(f"{table}.{path}" for path in row) for row in _rows(table, cls)]
        if len(own) > 1 and len({len(row) for row in own}) == 1:
            columns += zip(*own, strict=True)
        rows += [*own, ()]
    positions = {path: (r, p) for r, row in enumerate(rows) for p, path in enumerate(row)}
    return Lattice(tuple(rows), tuple(columns), positions)


def _rows(table: str, cls: Any) -> list[tuple[str, ...]]:
    if table == "processing_fee":  # stated in prose: its figures follow one another
        return [tuple(leaf.path for leaf in leaves(cls))]
    rows = (tuple(cell.path for cell in row if cell.path) for row in form_grid(cls))
    return [row for row in rows if row]
