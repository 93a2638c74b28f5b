"""Names of cells as someone who works with a flat table would keep them in lists."""

from __future__ import annotations

from govinfo.schema import Disclosure2021, Disputes, Kind, ProcessingFee, leaves
from govinfo.schema.applications import ApplicantColumn2021, Applications2021

__all__ = ["AMOUNTS", "APPLICANTS", "BLOCKS", "NOT_NEGATIVE", "ORGANISATIONS", "OUTCOMES", "RESULTS", "ROWS"]

APPLICANTS = tuple(dict.fromkeys(leaf.path.partition(".")[0] for leaf in leaves(Applications2021)))
ORGANISATIONS = tuple(name for name in APPLICANTS if name != "total")
ROWS = tuple(leaf.path for leaf in leaves(ApplicantColumn2021))
OUTCOMES = tuple(row for row in ROWS if row not in ("received", "carried_in", "concluded", "carried_out"))
BLOCKS = tuple(dict.fromkeys(leaf.path.partition(".")[0] for leaf in leaves(Disputes)))
RESULTS = ("upheld", "corrected", "other", "pending")

AMOUNTS = ("disclosure.fees.amount", "processing_fee.charged", "processing_fee.received")
_TABLES = {
    "disclosure": (Disclosure2021, "DIS001", "DIS002"),
    "applications": (Applications2021, "APP004", ""),
    "disputes": (Disputes, "DSP002", ""),
    "processing_fee": (ProcessingFee, "FEE003", "FEE004"),
}
NOT_NEGATIVE = tuple(
    (amount if leaf.kind is Kind.AMOUNT else count, leaf.path, f"{table}.{leaf.path}")
    for table, (cls, count, amount) in _TABLES.items()
    for leaf in leaves(cls)
)
"""Code of the rule, name below the table, name of the column: nothing may be negative."""
