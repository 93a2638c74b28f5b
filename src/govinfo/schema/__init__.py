"""The canonical report: what an annual report is, said once.

Two editions of the form exist, 2019 and 2021, and the edition belongs to each table. Field metadata holds the printed
labels, their known variants and the units; paths, label tables, JSON and the printed form are derived from it.
"""

from govinfo.schema.applications import (
    ApplicantColumn,
    ApplicantColumn2019,
    ApplicantColumn2021,
    Applications,
    Applications2019,
    Applications2021,
)
from govinfo.schema.cells import Amount, Count, Missing, Value
from govinfo.schema.disclosure import Disclosure, Disclosure2019, Disclosure2021
from govinfo.schema.disputes import DisputeOutcomes, Disputes
from govinfo.schema.fields import Kind, Spec
from govinfo.schema.paths import TABLES, Leaf, assemble, cells, describe, leaves, replace_cells, report_leaves
from govinfo.schema.report import Level, Period, ProcessingFee, Publisher, Report, Scope, Sections

__all__ = [
    "TABLES",
    "Amount",
    "ApplicantColumn",
    "ApplicantColumn2019",
    "ApplicantColumn2021",
    "Applications",
    "Applications2019",
    "Applications2021",
    "Count",
    "Disclosure",
    "Disclosure2019",
    "Disclosure2021",
    "DisputeOutcomes",
    "Disputes",
    "Kind",
    "Leaf",
    "Level",
    "Missing",
    "Period",
    "ProcessingFee",
    "Publisher",
    "Report",
    "Scope",
    "Sections",
    "Spec",
    "Value",
    "assemble",
    "cells",
    "describe",
    "leaves",
    "replace_cells",
    "report_leaves",
]
