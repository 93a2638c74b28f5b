"""Damage to figures: what is printed in a cell is not just its number."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import attrs

from govinfo.testing.damage.model import ALL, CELLS, damage_sheet
from govinfo.testing.layouts import LAYOUTS
from govinfo.testing.sheet import PrintedCell, Sheet

__all__: list[str] = []

_FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
_KEEPS_BLANKS = [known.name for known in LAYOUTS.values() if known.keeps_blanks]

Change = Callable[[str], str]
Choice = Callable[[PrintedCell], bool]


def _number(cell: PrintedCell) -> bool:
    """Tell whether a count is printed in the cell."""
    return cell.path is not None and cell.text.isdecimal() and not cell.path.endswith(".amount")


def _zero(cell: PrintedCell) -> bool:
    return cell.path is not None and cell.text == "0"


def _change(sheet: Sheet, chosen: set[str], change: Change) -> Sheet:
    return sheet.map_cells(lambda cell: attrs.evolve(cell, text=change(cell.text)) if cell.path in chosen else cell)


def _some(sheet: Sheet, rng: Random, suits: Choice, most: int = 6) -> set[str]:
    paths = [path for path, cell in sheet.figures().items() if suits(cell)]
    return set(rng.sample(paths, min(len(paths), rng.randint(1, most))))


@damage_sheet(certain=ALL)
def unit_in_cell(sheet: Sheet, rng: Random) -> Sheet:
    """Counting words in some cells: ``4个``, ``124件``."""
    return _change(sheet, _some(sheet, rng, _number), lambda text: text + rng.choice("个件宗"))


@damage_sheet(certain=ALL)
def note_in_cell(sheet: Sheet, rng: Random) -> Sheet:
    """Notes in some cells of table 2, with a figure of their own: ``22（其中修订16件）``."""

    def documents(cell: PrintedCell) -> bool:
        return _number(cell) and (cell.path or "").startswith(("disclosure.regulations", "disclosure.normative"))

    return _change(sheet, _some(sheet, rng, documents, 2), lambda text: f"{text}（其中修订{rng.randint(0, 30)}件）")


@damage_sheet(certain=ALL)
def full_width_digits(sheet: Sheet, rng: Random) -> Sheet:
    """Full-width digits in one table."""
    chosen = rng.choice([grid.table for grid in sheet.grids()] or [""])
    paths = {path for path in sheet.figures() if path.startswith(chosen)}
    return _change(sheet, paths, lambda text: text.translate(_FULL_WIDTH))


@damage_sheet(certain=ALL)
def thousands_separators(sheet: Sheet, rng: Random) -> Sheet:
    """Thousands separators in every long figure: ``23,456`` or ``23，456``."""
    comma = rng.choice(",，")
    paths = {path for path, cell in sheet.figures().items() if _number(cell)}
    return _change(sheet, paths, lambda text: f"{int(text):,}".replace(",", comma))


@damage_sheet(layouts=CELLS)
def spaces_in_numbers(sheet: Sheet, rng: Random) -> Sheet:
    """Spaces inside some figures: ``1 234``. One number, or two run together?"""
    return _change(
        sheet, _some(sheet, rng, lambda cell: _number(cell) and len(cell.text) > 1), lambda t: f"{t[:1]} {t[1:]}"
    )


@damage_sheet(certain=ALL)
def padded_figures(sheet: Sheet, rng: Random) -> Sheet:
    """Spaces, no-break and ideographic ones too, around many figures."""
    blanks = (" ", "  ", "\u00a0", "\u3000")
    return _change(sheet, _some(sheet, rng, _number, 60), lambda text: rng.choice(blanks) + text + rng.choice(blanks))


@damage_sheet(layouts=CELLS, certain=CELLS)
def lost_no_break_space(sheet: Sheet, rng: Random) -> Sheet:
    """``? 0``: a no-break space that an encoding did not have."""
    return _change(sheet, _some(sheet, rng, _number), lambda text: f"? {text}")


@damage_sheet(certain=ALL)
def mark_for_zero(sheet: Sheet, rng: Random) -> Sheet:
    """Some zeros are printed as ``/``, ``-`` or ``—``: not applicable, no longer zero."""
    mark = rng.choice("/-—")
    return _change(sheet, _some(sheet, rng, _zero), lambda _: mark)


@damage_sheet(certain=_KEEPS_BLANKS)
def blank_for_zero(sheet: Sheet, rng: Random) -> Sheet:
    """Some zeros are not printed."""
    return _change(sheet, _some(sheet, rng, _zero), lambda _: "")


@damage_sheet(certain=ALL)
def signed_change(sheet: Sheet, rng: Random) -> Sheet:
    """本年增/减 with a sign or a word: ``+2``, ``减4``, ``−417``."""

    def change(text: str) -> str:
        if not text.removeprefix("-").isdecimal() or text == "0":
            return text
        return rng.choice("-−减") + text[1:] if text.startswith("-") else rng.choice("+增") + text

    return _change(sheet, {path for path in sheet.figures() if path.endswith(".change")}, change)


@damage_sheet(certain=ALL)
def unit_in_header(sheet: Sheet, rng: Random) -> Sheet:
    """采购总金额（万元）: the unit of the procurement amount stands in the header in place of the cell."""
    cell = sheet.figures().get("disclosure.procurement.amount")
    unit = next((unit for unit in ("万元", "元") if cell and cell.text.endswith(unit)), None)
    if unit is None:
        return sheet

    def change(printed: PrintedCell) -> PrintedCell:
        if printed is cell:
            return attrs.evolve(printed, text=printed.text.removesuffix(unit))
        return attrs.evolve(printed, text=f"采购总金额（{unit}）") if printed.text == "采购总金额" else printed

    return sheet.map_cells(change)
