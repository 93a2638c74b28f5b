"""Text layouts: what is left of a report after its tables have been taken out of a web page, a Word file or a PDF."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

from govinfo.testing.sheet import Grid, Row, Sheet, Slot

__all__ = [
    "cell_bar",
    "cell_bar_alternate",
    "lines",
    "lines_plain",
    "lines_spaced",
    "markdown",
    "pipes",
    "spaces",
    "tabs",
    "tabs_ragged",
]

_LABEL_WIDTH = 14
"""Characters after which a label of a PDF table is wrapped."""


def _document(
    sheet: Sheet,
    table: Callable[[Grid], str],
    *,
    gap: str = "\n\n",
    after_table: str | None = None,
    marks: tuple[str, str] = ("", ""),
) -> str:
    """Put the blocks of ``sheet`` one after another.

    Args:
        sheet: the report.
        table: writes one table.
        gap: what stands between blocks.
        after_table: what stands after a table instead.
        marks: what title and headings begin with.
    """
    pieces: list[str] = []

    def add(block: str, ending: str = gap) -> None:
        pieces.extend((block, ending))

    for line in (*(marks[0] + title for title in sheet.title), *sheet.opening):
        add(line)
    for section in sheet.sections:
        if section.heading:
            add(marks[1] + section.heading)
        for block in section.blocks:
            if isinstance(block, Grid):
                add(table(block), gap if after_table is None else after_table)
            else:
                add(block)
    for line in sheet.closing:
        add(line)
    return "".join(pieces[:-1]) + "\n"


def _flat(text: str) -> str:
    return text.replace("\n", " ")


def _word(row: Sequence[Slot]) -> list[str]:
    """Return a row as Word stores it: a cell that spans columns stands once, one that spans rows is empty below."""
    return [slot.cell.text if slot.top else "" for slot in row if slot.left]


def _full(row: Sequence[Slot]) -> list[str]:
    """Return a row with every square a field; merged cells are empty but for the first."""
    return [_flat(slot.cell.text) if slot.begins else "" for slot in row]


def _printed(grid: Grid) -> Iterator[list[str]]:
    """Yield for every row the cells that begin in it."""
    for row in grid.rows:
        yield [cell.text for cell in row]


def lines(sheet: Sheet) -> str:
    """Every cell its own line behind a tab, a blank line between rows; an empty or merged cell is a lone tab."""

    def table(grid: Grid) -> str:
        return "\n\n".join("\n".join("\t" + text for text in _word(row)) for row in grid.spread())

    return _document(sheet, table, gap="\n", after_table="\n\n\n")


def lines_plain(sheet: Sheet) -> str:
    """Every cell its own line; nothing tells rows apart and blank cells leave no trace."""
    return _document(sheet, lambda grid: "\n".join(_cells(grid)), gap="\n")


def lines_spaced(sheet: Sheet) -> str:
    """Every cell its own line with a blank line after it; blank cells leave no trace."""
    return _document(sheet, lambda grid: "\n\n".join(_cells(grid)))


def _cells(grid: Grid) -> list[str]:
    return [text for row in _printed(grid) for text in row if text]


def _bars(grid: Grid, cell: Callable[[str], str]) -> str:
    found: list[str] = []
    for row in grid.spread():
        found += [cell(_flat(slot.cell.text)) if slot.cell.text else "|" for slot in row if slot.begins]
        covered = sum(not slot.begins for slot in row)
        if covered:
            found.append("|" * covered)
    return "\n".join(found)


def cell_bar(sheet: Sheet) -> str:
    """A cell and its bar on a line; a blank cell is a lone bar, the squares of merged cells are bars after the row."""
    return _document(sheet, lambda grid: _bars(grid, "{} |".format), gap="\n")


def cell_bar_alternate(sheet: Sheet) -> str:
    """As `cell_bar`, cell and bar on alternate lines."""
    return _document(sheet, lambda grid: _bars(grid, "{}\n|".format), gap="\n")


def tabs(sheet: Sheet) -> str:
    """A row on a line, fields between tabs; merged cells are empty fields, so that all rows are equally wide."""
    return _document(sheet, lambda grid: "\n".join("\t".join(_full(row)) for row in grid.spread()))


def tabs_ragged(sheet: Sheet) -> str:
    """As `tabs`, but the squares of merged cells are missing."""
    return _document(sheet, lambda grid: "\n".join("\t".join(map(_flat, row)) for row in _printed(grid)))


def pipes(sheet: Sheet) -> str:
    """A row on a line between bars; a cell spanning rows is an empty cell below, one spanning columns stands once."""

    def table(grid: Grid) -> str:
        return "\n".join(f"| {' | '.join(map(_flat, _word(row)))} |" for row in grid.spread())

    return _document(sheet, table)


def markdown(sheet: Sheet) -> str:
    """Markdown: ``#`` headings, padded tables with a separator after the first row, every square a cell."""
    return _document(sheet, _markdown_table, marks=("# ", "## "))


def _markdown_table(grid: Grid) -> str:
    rows = [_full(row) for row in grid.spread()]
    width = max(map(len, rows), default=0)
    for row in rows:
        row += [""] * (width - len(row))
    sizes = [max(2, *(_columns(row[column]) for row in rows)) for column in range(width)]
    written = [
        "| " + " | ".join(text + " " * (size - _columns(text)) for text, size in zip(row, sizes, strict=True)) + " |"
        for row in rows
    ]
    written.insert(1, "|" + "|".join("-" * (size + 2) for size in sizes) + "|")
    return "\n".join(written)


def _columns(text: str) -> int:
    """Return how many columns of a terminal ``text`` takes."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def spaces(sheet: Sheet) -> str:
    """The text of a PDF: cells between spaces, long labels wrapped with the figures behind their last line."""
    return _document(sheet, lambda grid: "\n".join(map(_wrap, grid.rows)), gap="\n")


def _wrap(row: Row) -> str:
    written = [""]
    for cell in row:
        text = _flat(cell.text)
        if not text:
            continue
        first, *others = (
            (text[at : at + _LABEL_WIDTH] for at in range(0, len(text), _LABEL_WIDTH)) if not cell.path else (text,)
        )
        written[-1] = f"{written[-1]} {first}".lstrip()
        written += others
    return "\n".join(written)
