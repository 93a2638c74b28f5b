"""The printed report, before any layout: lines of prose and grids of printed cells.

`print_report` makes a `Sheet` from a report; a layout (`govinfo.testing.layouts`) makes a document from a sheet. In
between a sheet can be damaged (`govinfo.testing.damage`): each printed cell knows the canonical path of its figure, so
what a damaged sheet still shows can always be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

import attrs

from govinfo.schema import TABLES, Kind, Leaf, Missing, Report, Sections, Value, leaves
from govinfo.schema.fields import spec_of
from govinfo.schema.form import form_grid
from govinfo.testing import prose
from govinfo.testing.figures import get, unit_path

__all__ = ["MARKS", "Block", "Grid", "PrintedCell", "Row", "Section", "Sheet", "Slot", "expected_cells", "print_report"]

MARKS = ("/", "-", "—", "无")
"""What reports print in a cell that does not apply."""

_YUAN = {"元": Decimal(1), "万元": Decimal(10_000)}


@attrs.frozen
class PrintedCell:
    """A cell as printed, where it begins."""

    text: str = ""
    path: str | None = None
    """Canonical path of the figure, from the report's root; None for a label."""
    rowspan: int = 1
    colspan: int = 1


Row = tuple[PrintedCell, ...]


class Slot(NamedTuple):
    """One square of a grid, merged cells spread out."""

    cell: PrintedCell
    top: bool
    """The cell begins in this row."""
    left: bool
    """The cell begins in this column."""

    @property
    def begins(self) -> bool:
        """The cell begins here."""
        return self.top and self.left


@attrs.frozen
class Grid:
    """A printed table; cells covered by a merged cell do not stand in ``rows``."""

    table: str
    """Canonical name: ``disclosure``, ``applications``, ``disputes``."""
    rows: tuple[Row, ...]

    def spread(self) -> list[list[Slot]]:
        """Return every row with merged cells spread over the squares they cover, as HTML does it.

        A damaged grid may be ragged: rows then differ in length.
        """
        squares: list[list[Slot]] = []
        covered: dict[int, tuple[Slot, int]] = {}
        """By column: what the row below repeats, and for how many rows."""
        for row in self.rows:
            line: list[Slot] = []
            below: dict[int, tuple[Slot, int]] = {}
            pending = list(reversed(row))
            while pending or len(line) in covered:
                if len(line) in covered:
                    line.append(covered[len(line)][0])
                    continue
                cell = pending.pop()
                for offset in range(cell.colspan):
                    below[len(line)] = (Slot(cell, top=False, left=offset == 0), cell.rowspan - 1)
                    line.append(Slot(cell, top=True, left=offset == 0))
            below |= {column: (slot, left - 1) for column, (slot, left) in covered.items()}
            covered = {column: (slot, left) for column, (slot, left) in below.items() if left > 0}
            squares.append(line)
        return squares

    @property
    def width(self) -> int:
        """Columns of the widest row."""
        return max((len(row) for row in self.spread()), default=0)

    def cut(self, start: int = 0, stop: int | None = None) -> Grid:
        """Return some rows as a table of their own; a merged cell that begins above ``start`` is empty below it."""
        squares = self.spread()[start:stop]
        rows: list[Row] = []
        for index, line in enumerate(squares):
            row: list[PrintedCell] = []
            for column, slot in enumerate(line):
                if not slot.left or (index > 0 and not slot.top):
                    continue
                height = 1
                for lower in squares[index + 1 :]:
                    if column >= len(lower) or lower[column].cell is not slot.cell or lower[column].top:
                        break
                    height += 1
                cell = slot.cell if slot.top else attrs.evolve(slot.cell, text="", path=None)
                row.append(attrs.evolve(cell, rowspan=height))
            rows.append(tuple(row))
        return Grid(self.table, tuple(rows))

    def map(self, change: Callable[[PrintedCell], PrintedCell]) -> Grid:
        """Return the grid with every cell changed."""
        return attrs.evolve(self, rows=tuple(tuple(change(cell) for cell in row) for row in self.rows))


Block = str | Grid
"""A paragraph or a table."""


@attrs.frozen
class Section:
    """One of the six sections."""

    name: str
    """Field name of `govinfo.schema.Sections`."""
    heading: str
    blocks: tuple[Block, ...] = ()
    """Paragraphs and tables in reading order."""


@attrs.frozen
class Sheet:
    """A whole printed report."""

    title: tuple[str, ...]
    opening: tuple[str, ...]
    """Paragraphs between the title and section 1."""
    sections: tuple[Section, ...]
    closing: tuple[str, ...] = ()
    """Paragraphs after section 6."""

    def grids(self) -> Iterator[Grid]:
        """Yield every table in reading order."""
        for section in self.sections:
            yield from (block for block in section.blocks if isinstance(block, Grid))

    def figures(self) -> dict[str, PrintedCell]:
        """Return the printed cell of every figure that stands in a table, by canonical path."""
        return {cell.path: cell for grid in self.grids() for row in grid.rows for cell in row if cell.path}

    def map_grids(self, change: Callable[[Grid], Block | tuple[Block, ...]]) -> Sheet:
        """Return the sheet with every table replaced by what ``change`` makes of it, several blocks included."""

        def blocks(section: Section) -> Iterator[Block]:
            for block in section.blocks:
                made = change(block) if isinstance(block, Grid) else block
                yield from made if isinstance(made, tuple) else (made,)

        return attrs.evolve(self, sections=tuple(attrs.evolve(s, blocks=tuple(blocks(s))) for s in self.sections))

    def map_cells(self, change: Callable[[PrintedCell], PrintedCell]) -> Sheet:
        """Return the sheet with every cell of every table changed."""
        return self.map_grids(lambda grid: grid.map(change))


def print_report(report: Report, *, mark: str = "/") -> Sheet:
    """Print a report on the official form.

    A table of which no cell is in the report is left out, and so is a section without heading text: `None`.

    Args:
        report: every table it has must be whole.
        mark: what stands in a cell that does not apply, one of `MARKS`.

    Raises:
        ValueError: a cell is absent or unreadable; only a damage can take it off the page.
    """
    sections: list[Section] = []
    for field in attrs.fields(Sections):
        spec = spec_of(field)
        text = getattr(report.sections, field.name)
        blocks: list[Block] = [line for line in (text or "").splitlines() if line]
        if field.name == "other_matters" and report.year is not None:
            sentence = prose.fee_sentence(report.year, report.processing_fee)
            if sentence is not None and sentence not in blocks:
                blocks.append(sentence)
        if field.name in TABLES and (grid := _print_table(report, field.name, mark)):
            blocks.append(grid)
        if spec is not None and (blocks or text is not None):
            sections.append(Section(field.name, spec.label, tuple(blocks)))
    opening = [f"发布日期：{report.published.isoformat()}"] if report.published else []
    if report.period is not None:
        opening.append(prose.opening(report.publisher.name or "本机关", report.period))
    return Sheet((report.title,) if report.title else (), tuple(opening), tuple(sections))


def _print_table(report: Report, name: str, mark: str) -> Grid | None:
    table = getattr(report, name)
    cls: type[Any] = type(table)
    by_path = {leaf.path: leaf for leaf in leaves(cls)}
    if all(get(table, path) is Missing.ABSENT for path in by_path):
        return None

    def figure(path: str) -> str:
        leaf = by_path[path]
        unit = unit_path(cls, leaf)
        try:
            return _print_value(get(table, path), leaf, unit and get(table, unit), mark)
        except ValueError as error:
            raise ValueError(f"{name}.{path}: {error}") from None

    return Grid(
        name,
        tuple(
            tuple(
                PrintedCell(
                    figure(cell.path) if cell.path else cell.text,
                    f"{name}.{cell.path}" if cell.path else None,
                    cell.rowspan,
                    cell.colspan,
                )
                for cell in row
            )
            for row in form_grid(cls)
        ),
    )


def _print_value(value: Value, leaf: Leaf, unit: str | None, mark: str) -> str:
    if value is Missing.BLANK:
        return ""
    if value is Missing.NOT_APPLICABLE:
        return mark
    if isinstance(value, Missing):
        raise ValueError(f"a cell that is {value.value} cannot be printed")
    if unit is None or leaf.kind is not Kind.AMOUNT:
        return prose.plain(value)
    return prose.plain(value * _YUAN[leaf.spec.unit or "元"] / _YUAN[unit]) + unit


def expected_cells(report: Report, sheet: Sheet) -> dict[str, Value]:
    """Return what a perfect reader finds in ``sheet`` for every table cell of ``report``, the sheet's source.

    The report's value where it is still printed, blank or not applicable where a damage has put that in its place,
    `Missing.ABSENT` where the cell is no longer on the sheet.
    """
    shown = sheet.figures()
    expected: dict[str, Value] = {}
    for name in TABLES[:3]:
        table = getattr(report, name)
        for leaf in leaves(type(table)):
            path = f"{name}.{leaf.path}"
            text = shown[path].text if path in shown else None
            if text is None:
                expected[path] = Missing.ABSENT
            elif not text.strip():
                expected[path] = Missing.BLANK
            elif text.strip() in MARKS:
                expected[path] = Missing.NOT_APPLICABLE
            else:
                expected[path] = get(table, leaf.path)
    return expected
