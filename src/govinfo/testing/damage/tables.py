"""Damage to tables: cells, rows and headers lost, moved or merged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import attrs

from govinfo.testing.damage.model import ALL, ROWS, damage_sheet
from govinfo.testing.sheet import Block, Grid, PrintedCell, Row, Sheet

__all__: list[str] = []

_HEADED = frozenset({"disclosure", "applications"})
_SIDE_BY_SIDE = ROWS - {"spaces"}
"""Layouts in which a line beside a table cannot be taken for a cell of it."""


def _one(sheet: Sheet, rng: Random, change: Callable[[Grid], Block | tuple[Block, ...]], *tables: str) -> Sheet:
    """Change one of the tables, or of those named."""
    names = [grid.table for grid in sheet.grids() if not tables or grid.table in tables]
    if not names:
        return sheet
    chosen = rng.choice(names)
    return sheet.map_grids(lambda grid: change(grid) if grid.table == chosen else grid)


def _figure_rows(grid: Grid) -> list[int]:
    return [number for number, row in enumerate(grid.rows) if any(cell.path for cell in row)]


def _replace(grid: Grid, start: int, stop: int, rows: Sequence[Row] = ()) -> Grid:
    """Put ``rows`` in place of some; merged cells that reach over them end there and begin anew, empty, below."""
    return Grid(grid.table, (*grid.cut(0, start).rows, *rows, *grid.cut(stop).rows))


def _change_header(grid: Grid, change: Callable[[Row], Row]) -> Grid:
    return Grid(grid.table, tuple(row if any(cell.path for cell in row) else change(row) for row in grid.rows))


@damage_sheet(certain=ALL)
def split_table(sheet: Sheet, rng: Random) -> Sheet:
    """A table falls into two, as at the end of a page."""
    return _split(sheet, rng)


@damage_sheet(certain=ALL)
def page_number(sheet: Sheet, rng: Random) -> Sheet:
    """A page break inside a table, with the page number in a frame: ``- 5 -``, 第5页."""
    page = rng.randint(2, 30)
    return _split(sheet, rng, rng.choice((f"- {page} -", f"— {page} —", f"第{page}页", f"{page} / 31")))


@damage_sheet(certain=_SIDE_BY_SIDE)
def bare_page_number(sheet: Sheet, rng: Random) -> Sheet:
    """A page break inside a table, with a bare page number."""
    return _split(sheet, rng, str(rng.randint(2, 30)))


def _split(sheet: Sheet, rng: Random, *between: str) -> Sheet:
    def split(grid: Grid) -> tuple[Block, ...]:
        rows = _figure_rows(grid)
        if not rows:  # the headings alone, of a table that fell apart before
            return (grid,)
        at = rng.choice(rows)
        return (grid.cut(0, at), *between, grid.cut(at))

    return _one(sheet, rng, split, *_HEADED)


@damage_sheet(certain=ALL)
def lost_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row of table 2 or 3 is missing, with its label."""

    def change(grid: Grid) -> Grid:
        rows = _figure_rows(grid)
        if not rows:
            return grid
        at = rng.choice(rows)
        return _replace(grid, at, at + 1)

    return _one(sheet, rng, change, *_HEADED)


@damage_sheet()
def lost_header_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row of column labels is missing."""

    def change(grid: Grid) -> Grid:
        figures = _figure_rows(grid)
        headers = [number for number in range(len(grid.rows)) if number not in figures]
        if not headers:
            return grid
        at = rng.choice(headers)
        return _replace(grid, at, at + 1)

    return _one(sheet, rng, change)


@damage_sheet()
def lost_column_header(sheet: Sheet, rng: Random) -> Sheet:
    """The header cell 其他 of table 3 is missing: the column labels no longer stand over their figures."""
    return _one(
        sheet,
        rng,
        lambda grid: _change_header(grid, lambda row: tuple(cell for cell in row if cell.text != "其他")),
        "applications",
    )


@damage_sheet()
def total_header_first(sheet: Sheet, rng: Random) -> Sheet:
    """The header 总计 of table 3 stands before the columns it follows; the figures do not."""

    def change(row: Row) -> Row:
        total = tuple(cell for cell in row if cell.text == "总计")
        return (*total, *(cell for cell in row if cell not in total))

    return _one(sheet, rng, lambda grid: _change_header(grid, change), "applications")


@damage_sheet(certain=ROWS)
def total_header_lower(sheet: Sheet, rng: Random) -> Sheet:
    """The header 总计 of table 3 stands one row lower, over its own figures all the same."""

    def change(grid: Grid) -> Grid:
        rows = list(grid.rows)
        for number, row in enumerate(rows[:-1]):
            if row[-1].text == "总计" and row[-1].rowspan > 1:
                total = attrs.evolve(row[-1], rowspan=1)
                rows[number : number + 2] = [(*row[:-1], PrintedCell()), (*rows[number + 1], total)]
                break
        return Grid(grid.table, tuple(rows))

    return _one(sheet, rng, change, "applications")


@damage_sheet(certain=ALL)
def lost_group_label(sheet: Sheet, rng: Random) -> Sheet:
    """三、本年度办理结果 or （三）不予公开 is not printed; its cell is there."""
    lost = rng.choice(("三、本年度办理结果", "（三）不予公开", "（四）无法提供"))
    return sheet.map_cells(lambda cell: attrs.evolve(cell, text="") if cell.text == lost else cell)


@damage_sheet(certain=ROWS)
def shifted_rows(sheet: Sheet, rng: Random) -> Sheet:
    """Some rows of table 3 lost the cells before their label: label and figures move left, empty cells follow."""

    def change(grid: Grid) -> Grid:
        spread = grid.spread()
        grouped = [at for at in _figure_rows(grid) if len({id(slot.cell) for slot in spread[at][:3]}) > 1]
        if not grouped:
            return grid
        start = rng.choice(grouped)
        stop = min(len(grid.rows), start + rng.randint(1, 3))
        moved: list[Row] = []
        for row in grid.rows[start:stop]:
            first = next(number for number, cell in enumerate(row) if cell.path)
            kept = [attrs.evolve(cell, rowspan=1, colspan=1) for cell in row[first - 1 :]]
            moved.append((*kept, *(PrintedCell() for _ in range(grid.width - len(kept)))))
        return _replace(grid, start, stop, moved)

    return _one(sheet, rng, change, "applications")


@damage_sheet()
def cut_at_width(sheet: Sheet, rng: Random) -> Sheet:
    """Every row of a table keeps its first few cells only, merged ones dropped: the last figures are not there."""

    def change(grid: Grid) -> Grid:
        width = max(len(row) for row in grid.rows) - rng.randint(1, 3)
        written = [[slot.cell if slot.top else PrintedCell() for slot in row if slot.left] for row in grid.spread()]
        return Grid(
            grid.table, tuple(tuple(attrs.evolve(c, rowspan=1, colspan=1) for c in row[:width]) for row in written)
        )

    return _one(sheet, rng, change, "applications", "disputes")


@damage_sheet()
def dropped_cells(sheet: Sheet, rng: Random) -> Sheet:
    """In some rows a figure in the middle is missing and those behind it move left; blank cells go first.

    Only where rows add up: elsewhere, once the row is filled up again on the right, nobody could tell it from one whose
    last cell is blank.
    """
    figures = {path: cell for path, cell in sheet.figures().items() if not path.startswith("disclosure.")}
    blank = [path for path, cell in figures.items() if not cell.text.strip()]
    lost = set(blank or rng.sample(sorted(figures), min(3, len(figures))))
    return sheet.map_grids(
        lambda grid: Grid(grid.table, tuple(tuple(cell for cell in row if cell.path not in lost) for row in grid.rows))
    )


@damage_sheet()
def merged_blank(sheet: Sheet, rng: Random) -> Sheet:
    """One blank cell stands for six merged ones."""

    def change(grid: Grid) -> Grid:
        rows = _figure_rows(grid)
        if not rows:
            return grid
        at = rng.choice(rows)
        row = grid.rows[at]
        first = next(number for number, cell in enumerate(row) if cell.path)
        merged = (*row[:first], PrintedCell(colspan=6), *row[first + 6 :])
        return Grid(grid.table, (*grid.rows[:at], merged, *grid.rows[at + 1 :]))

    return _one(sheet, rng, change, "applications")


@damage_sheet()
def run_together(sheet: Sheet, rng: Random) -> Sheet:
    """The cells of some rows run together: ``规章000``."""

    def change(grid: Grid) -> Grid:
        joined = set(rng.sample(_figure_rows(grid), min(len(_figure_rows(grid)), rng.randint(1, 3))))
        return Grid(grid.table, tuple(_join(row) if n in joined else row for n, row in enumerate(grid.rows)))

    return _one(sheet, rng, change)


def _join(row: Row) -> Row:
    first = next(number for number, cell in enumerate(row) if cell.path)
    start = max(first - 1, 0)
    together = row[start:]
    span = sum(cell.colspan for cell in together)
    return (*row[:start], PrintedCell("".join(cell.text for cell in together), colspan=span))


@damage_sheet(certain=ROWS)
def extra_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row the form does not have, 其他主动公开文件, with figures of its own, in table 2."""

    def change(grid: Grid) -> Grid:
        figure_rows = _figure_rows(grid)
        if not figure_rows:
            return grid
        at = next(n for n in figure_rows if n + 1 not in figure_rows) + 1
        figures = (PrintedCell(str(rng.randint(0, 99))) for _ in range(grid.width - 1))
        return _replace(grid, at, at, [(PrintedCell("其他主动公开文件"), *figures)])

    return _one(sheet, rng, change, "disclosure")


@damage_sheet(certain=ROWS)
def empty_row(sheet: Sheet, rng: Random) -> Sheet:
    """A row of empty cells, above the column labels or in between."""

    def change(grid: Grid) -> Grid:
        at = rng.choice((0, rng.choice(_figure_rows(grid) or [0])))
        return _replace(grid, at, at, [tuple(PrintedCell() for _ in range(grid.width))])

    return _one(sheet, rng, change)
