"""Damages: what happens to reports between the form and the file.

`DAMAGES` names them all. `damage_document` publishes a report in a layout with some of them and keeps the account:
which figures are still in the document, which are not. `misread` judges a reader by it. Plugins add their own with
`damage_sheet`, `damage_text` and `damage_bytes`.
"""

from govinfo.testing.damage import figures as _figures
from govinfo.testing.damage import files as _files
from govinfo.testing.damage import labels as _labels
from govinfo.testing.damage import tables as _tables
from govinfo.testing.damage.model import (
    ALL,
    CELLS,
    DAMAGES,
    ROWS,
    Damage,
    DamagedDocument,
    damage_bytes,
    damage_document,
    damage_sheet,
    damage_text,
    misread,
)

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

_BUILT_IN = (_figures, _labels, _tables, _files)  # imported for their registrations
