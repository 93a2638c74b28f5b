"""What a damage is, and how a damaged document is made and judged."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from random import Random
from typing import Any, Literal, TypeVar

import attrs

from govinfo.schema import TABLES, Missing, Report, Value, cells
from govinfo.testing.formats import FORMATS, Format
from govinfo.testing.layouts import LAYOUTS, Layout, encode, layout
from govinfo.testing.sheet import Sheet, expected_cells, print_report

__all__ = [
    "ALL",
    "CELLS",
    "DAMAGES",
    "ROWS",
    "Damage",
    "DamagedDocument",
    "damage_bytes",
    "damage_document",
    "damage_sheet",
    "damage_text",
    "misread",
]

Stage = Literal["sheet", "text", "bytes"]
T = TypeVar("T", Sheet, str, bytes)
Function = Callable[[T, Random], T]

ALL = frozenset(LAYOUTS)
ROWS = frozenset(known.name for known in LAYOUTS.values() if known.keeps_rows)
"""Layouts that show where a row ends."""
CELLS = frozenset(known.name for known in LAYOUTS.values() if known.keeps_cells)
"""Layouts that show where a cell ends."""
_AS_EXACT = "html"
"""The layout whose tables are as exact as those of a format."""


@attrs.frozen
class Damage:
    """Something that befalls published reports."""

    name: str
    stage: Stage
    """What it changes: the printed sheet, the text of the document, its bytes."""
    apply: Callable[[Any, Random], Any]
    """``apply(content, random)`` returns the damaged content, or the same one where there is nothing to damage."""
    summary: str
    layouts: frozenset[str] = ALL
    """Names of the layouts in which it happens."""
    certain: frozenset[str] = frozenset()
    """Names of the layouts in which, if nothing else is wrong, every figure left can still be told with certainty."""
    loses: frozenset[str] = frozenset()
    """Tables of which no figure can be counted on. (What a damaged sheet has lost is seen from the sheet.)"""

    def happens_in(self, target: Layout | Format) -> bool:
        """Tell whether it can befall a document of this layout or format; a format has no text to damage."""
        return self.stage != "text" if isinstance(target, Format) else target.name in self.layouts

    def certain_in(self, target: Layout | Format) -> bool:
        """Tell whether every figure left can still be told; a format's tables are as exact as those of a page."""
        return (_AS_EXACT if isinstance(target, Format) else target.name) in self.certain


DAMAGES: dict[str, Damage] = {}
"""Every damage, by name."""


def _register(
    stage: Stage, layouts: Collection[str], certain: Collection[str], loses: Collection[str]
) -> Callable[[Function[T]], Function[T]]:
    def register(function: Function[T]) -> Function[T]:
        name = function.__name__
        summary = (function.__doc__ or "").partition("\n")[0]
        names = frozenset(layouts)
        DAMAGES[name] = Damage(name, stage, function, summary, names, names & frozenset(certain), frozenset(loses))
        return function

    return register


def damage_sheet(
    *, layouts: Collection[str] = ALL, certain: Collection[str] = ()
) -> Callable[[Function[Sheet]], Function[Sheet]]:
    """Register a function as a damage of the sheet, before a layout is chosen. Its docstring says what happens."""
    return _register("sheet", layouts, certain, ())


def damage_text(
    *, layouts: Collection[str] = ALL, certain: Collection[str] = (), loses: Collection[str] = ()
) -> Callable[[Function[str]], Function[str]]:
    """Register a function as a damage of the document's text."""
    return _register("text", layouts, certain, loses)


def damage_bytes(
    *, layouts: Collection[str] = ALL, certain: Collection[str] = (), loses: Collection[str] = ()
) -> Callable[[Function[bytes]], Function[bytes]]:
    """Register a function as a damage of the encoded document."""
    return _register("bytes", layouts, certain, loses)


@attrs.frozen
class DamagedDocument:
    """A published document, damaged, and what can still be read from it."""

    report: Report
    """What the document was made from."""
    layout: str
    """Name of the layout or format."""
    damages: tuple[str, ...]
    content: bytes
    expected: dict[str, Value] = attrs.field(repr=False)
    """What a perfect reader finds, by path: see `govinfo.testing.sheet.expected_cells`."""
    lost: frozenset[str] = attrs.field(repr=False)
    """Paths of the figures that are no longer in the document, or cannot be told."""
    certain: bool
    """Every figure that is not lost can be told with certainty: a reader must not miss one."""

    @property
    def suffix(self) -> str:
        """File suffix of the layout or format."""
        return (LAYOUTS.get(self.layout) or FORMATS[self.layout]).suffix


def damage_document(
    report: Report,
    layout_name: str | Layout | Format,
    damages: Iterable[str] = (),
    seed: object = 0,
    *,
    encoding: str = "utf-8",
    declared: str | None = None,
    **options: Any,
) -> DamagedDocument:
    """Publish a report and damage it on the way; the same arguments always give the same document.

    Args:
        report: as for `govinfo.testing.layouts.render`.
        layout_name: a layout or a format, or its name.
        damages: names in `DAMAGES`, applied in this order within each stage.
        seed: decides where they strike.
        encoding: of the bytes; a format decides that itself.
        declared: what an HTML page claims to be its encoding.
        options: for `govinfo.testing.sheet.print_report`.

    Raises:
        ValueError: a damage does not happen in this layout.
    """
    chosen = _target(layout_name)
    names = tuple(damages)
    if strangers := [name for name in names if not DAMAGES[name].happens_in(chosen)]:
        raise ValueError(f"{', '.join(strangers)}: does not happen in {chosen.name}")
    rng = Random(f"{seed}")  # noqa: S311 - examples, no secrets

    def damaged(stage: Stage, content: T) -> T:
        for name in names:
            if DAMAGES[name].stage == stage:
                content = DAMAGES[name].apply(content, rng)
        return content

    sheet = damaged("sheet", print_report(report, **options))
    if isinstance(chosen, Format):
        content = chosen.write(sheet.map_grids(lambda grid: grid if grid.width else ()))  # what has no cell is no table
    else:
        content = encode(damaged("text", chosen.write(sheet)), encoding, declared)
    content = damaged("bytes", content)
    expected = expected_cells(report, sheet)
    loses = {table for name in names for table in DAMAGES[name].loses}
    lost = {path for path, value in expected.items() if value is Missing.ABSENT or path.partition(".")[0] in loses}
    return DamagedDocument(
        report,
        chosen.name,
        names,
        content,
        expected,
        frozenset(lost),
        certain=len(names) <= 1
        and all(DAMAGES[name].certain_in(chosen) for name in names)
        and (chosen.keeps_blanks or Missing.BLANK not in expected.values()),
    )


def _target(name: str | Layout | Format) -> Layout | Format:
    if isinstance(name, Format):
        return name
    return FORMATS[name] if isinstance(name, str) and name in FORMATS else layout(name)


def misread(damaged: DamagedDocument, read: Report) -> dict[str, tuple[Value, Value]]:
    """Return what a reader got wrong in a damaged document, as ``{path: (expected, read)}``; empty is right.

    A cell is right if it holds the figure printed there. It may be missing, unless the document is `certain`. It is
    wrong if it holds any other number, or a number where the document has none. (For a lost figure the number the
    report had is let pass: rows of zeros look alike with one zero less.)
    """
    truth, found = cells(damaged.report), cells(read)
    wrong: dict[str, tuple[Value, Value]] = {}
    for path, value in found.items():
        if not isinstance(value, Missing) and path.partition(".")[0] in TABLES[:3]:
            right = truth.get(path) if path in damaged.lost else damaged.expected.get(path)
            if value != right:
                wrong[path] = (damaged.expected.get(path, Missing.ABSENT), value)
    if damaged.certain:
        for path, value in damaged.expected.items():
            got = found.get(path, Missing.ABSENT)
            if path not in damaged.lost and not isinstance(value, Missing) and isinstance(got, Missing):
                wrong[path] = (value, got)
    return wrong
