"""The columns of table 3: which there are, in which order they are printed, which cells stand in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from govinfo.documents.model import Cell, Place
from govinfo.parsing.align import Aligned, How, adds_up
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.lessons import UNPLACED
from govinfo.parsing.numbers import FIGURES, look
from govinfo.parsing.parts import Cells, Part
from govinfo.parsing.rows import Row
from govinfo.schema.form import rows as form_rows
from govinfo.schema.paths import leaves, memo
from govinfo.text import Text

__all__ = ["cells_of", "columns_of", "lacking", "named_columns", "printed_order"]


@memo
def columns_of(form: Any) -> tuple[str, ...]:
    """Return the names of the applicant columns of an edition, in the order of the form."""
    return tuple(dict.fromkeys(leaf.path.partition(".")[0] for leaf in leaves(form)))


@memo
def cells_of(form: Any, columns: tuple[str, ...]) -> dict[str, Cells]:
    """Return the cells of every row by column, the columns in the order they are printed in."""
    return {
        leaf.path: Cells(tuple(f"applications.{name}.{leaf.path}" for name in columns), (leaf.spec,) * len(columns))
        for leaf in form_rows(form)
    }


def _heads(chosen: Mapping[str, Row], rows: Sequence[Row], vocabulary: Vocabulary) -> dict[str, Cell]:
    """Return the column headings above the first row, in tables that keep cells in columns."""
    heads: dict[str, Cell] = {}
    first = min(chosen.values(), key=lambda row: (row.block, row.slots[0].line), default=None)
    if first is None:
        return heads
    for row in rows:
        if row.slots is first.slots:
            break
        if row.block != first.block or row.numbers:
            continue
        for place in (*row.labels, *row.slots):
            key = vocabulary.columns.exact(place.text) if place.text else None
            if key is not None and isinstance(place, Cell):
                heads[key] = place
    return heads


def named_columns(
    chosen: dict[str, Row], rows: Sequence[Row], columns: tuple[str, ...], vocabulary: Vocabulary
) -> list[str] | None:
    """Where every row lacks the same number of figures and the headings say which columns there are, return these."""
    counts = {row.numbers for row in chosen.values() if row.numbers}
    if len(counts) != 1 or not 2 <= (count := counts.pop()) < len(columns):
        return None
    heads = _heads(chosen, rows, vocabulary)
    named = [name for name in columns if name in heads]
    return named if len(named) == count else None


def lacking(
    chosen: dict[str, Row], aligned: dict[str, Aligned], columns: tuple[str, ...], named: list[str]
) -> dict[str, Aligned]:
    """Read rows that have a figure for each column that is there."""
    result = dict(aligned)
    for path, row in chosen.items():
        figures = [slot for slot in row.slots if look(slot.text).look in FIGURES]
        if len(figures) == len(named):
            by_name = dict(zip(named, figures, strict=True))
            result[path] = Aligned(tuple(by_name.get(name) for name in columns), How.PLACE)
    return result


def printed_order(
    chosen: dict[str, Row],
    aligned: dict[str, Aligned],
    rows: Sequence[Row],
    columns: tuple[str, ...],
    vocabulary: Vocabulary,
    part: Part,
) -> tuple[str, ...]:
    """Return the columns as printed: in the form's order unless headings and arithmetic both say other."""
    heads = _heads(chosen, rows, vocabulary)
    if set(heads) != set(columns) or len({cell.col for cell in heads.values()}) != len(columns):
        return columns
    layout = next(iter(chosen.values())).layout
    if layout in UNPLACED:
        return columns
    exact = layout == "markup" and all(cell.colspan == 1 for cell in heads.values())
    if not exact and len({cell.row for cell in heads.values()}) > 1:
        return columns  # headings of several rows may have shifted against each other
    printed = tuple(sorted(columns, key=lambda name: heads[name].col))
    if printed == columns:
        return columns

    def wrong(order: tuple[str, ...]) -> int:
        count = 0
        for one in aligned.values():
            numbers = dict(zip(order, (look(slot.text).number if slot else None for slot in one.slots), strict=True))
            values = [None if (number := numbers[name]) is None else int(number) for name in columns]
            count += adds_up(values) is False
        return count

    as_printed, as_form = wrong(printed), wrong(columns)
    order = printed if as_printed <= as_form else columns
    if as_printed == as_form:  # only the headings speak: rows that read alike either way may stay
        for path, one in aligned.items():
            if as_form or not _alike(one.slots, columns, printed):
                aligned[path] = one._replace(how=How.OPEN)
    part.problem(
        "SRC003",
        Text(
            "列标题次序与表式不同，按合计关系判定",
            "the columns are not in the form's order; the totals decided which is which",
        ),
        heads[order[-1]],
        confidence=0.9,
    )
    return order


def _alike(slots: Sequence[Place | None], one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    texts = [slot.text if slot is not None else None for slot in slots]
    return dict(zip(one, texts, strict=True)) == dict(zip(other, texts, strict=True))
