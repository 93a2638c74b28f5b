"""Where cells stand beside each other on the printed form: slips happen between neighbours."""

from __future__ import annotations

from typing import Any

import attrs

from govinfo.schema import TABLES, leaves
from govinfo.schema.form import form_grid
from govinfo.schema.paths import memo

__all__ = ["Lattice", "lattices"]


@attrs.frozen(eq=False)
class Lattice:
    """The figures of a table as they are printed, labels left out."""

    rows: tuple[tuple[str, ...], ...]
    """Canonical paths, row by row."""
    positions: dict[str, tuple[int, int]]
    """Row and place in the row of every path, from 0."""

    @property
    def columns(self) -> tuple[tuple[str, ...], ...]:
        """The columns, where all rows are of one length; none otherwise."""
        if len({len(row) for row in self.rows}) != 1 or len(self.rows) == 1:
            return ()
        return tuple(zip(*self.rows, strict=True))

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
def lattices(classes: tuple[Any, ...]) -> dict[str, Lattice]:
    """Return the lattice of every table, by its canonical name.

    Args:
        classes: the class of every table, in the order of `TABLES`.
    """
    found: dict[str, Lattice] = {}
    for table, cls in zip(TABLES, classes, strict=True):
        if table == "processing_fee":  # stated in prose: its figures follow one another
            rows = [tuple(leaf.path for leaf in leaves(cls))]
        else:
            rows = [tuple(cell.path for cell in row if cell.path) for row in form_grid(cls)]
        several = tuple(tuple(f"{table}.{path}" for path in row) for row in rows if row)
        positions = {path: (r, p) for r, row in enumerate(several) for p, path in enumerate(row)}
        found[table] = Lattice(several, positions)
    return found
