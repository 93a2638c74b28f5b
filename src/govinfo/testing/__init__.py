"""The shipped test kit: made-up reports, the layouts they are published in, the damage that befalls them.

- `example_report` and `govinfo.testing.strategies` make consistent reports of either edition;
- `print_report` prints one on the form, `LAYOUTS` and `render` publish it as text or HTML;
- `DAMAGES` and `damage_document` damage it on the way and keep account of what is lost; `misread` judges a reader;
- `govinfo.testing.contract` is what every plugin runs on itself, with rule cases as data (`govinfo.testing.cases`).

Nothing here needs hypothesis but `govinfo.testing.strategies`, which is therefore imported by its own name.
"""

from govinfo.testing.damage import DAMAGES, Damage, DamagedDocument, damage_document, misread
from govinfo.testing.examples import example_report
from govinfo.testing.figures import free_cells, replace_cells, settle
from govinfo.testing.layouts import LAYOUTS, Layout, encode, layout, render
from govinfo.testing.sheet import Grid, PrintedCell, Section, Sheet, expected_cells, print_report

__all__ = [
    "DAMAGES",
    "LAYOUTS",
    "Damage",
    "DamagedDocument",
    "Grid",
    "Layout",
    "PrintedCell",
    "Section",
    "Sheet",
    "damage_document",
    "encode",
    "example_report",
    "expected_cells",
    "free_cells",
    "layout",
    "misread",
    "print_report",
    "render",
    "replace_cells",
    "settle",
]
