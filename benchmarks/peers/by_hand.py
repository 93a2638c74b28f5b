"""The relations written out by hand over attributes, for peers whose reports are objects.

Each broken relation is told as its code and what it is about, such as ``"APP002 enterprise"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import Any

from benchmarks.peers.names import APPLICANTS, BLOCKS, NOT_NEGATIVE, ORGANISATIONS, ROWS

__all__ = ["column", "everything", "fee_unpaid", "more_than_charged", "outcomes_add_up", "rows"]

_rows = attrgetter(*ROWS)
_columns = attrgetter(*ORGANISATIONS)
_cells = attrgetter(*[path for _, _, path in NOT_NEGATIVE])


def column(c: Any) -> Iterator[str]:
    """Check a column of table 3."""
    if c.received + c.carried_in != c.concluded + c.carried_out:
        yield "APP001"
    denied, gone, passed, other = c.denied, c.unavailable, c.not_processed, c.other_outcome
    if c.concluded != (
        c.granted + c.partly_granted
        + denied.state_secret + denied.prohibited_by_law + denied.security_stability + denied.third_party
        + denied.internal_affairs + denied.process + denied.enforcement_file + denied.administrative_query
        + gone.not_held + gone.needs_creation + gone.unclear
        + passed.complaint + passed.repeated + passed.publication + passed.excessive + passed.reissue
        + other.not_corrected + other.fee_unpaid + other.other
    ):  # fmt: skip
        yield "APP002"


def rows(table: Any) -> Iterator[str]:
    """Check the total column of table 3."""
    parts = zip(*[_rows(applicant) for applicant in _columns(table)], strict=True)
    for row, total, values in zip(ROWS, _rows(table.total), parts, strict=True):
        if total != sum(values):
            yield f"APP003 {row}"


def outcomes_add_up(block: Any) -> bool:
    """Check a block of table 4."""
    return bool(block.total == block.upheld + block.corrected + block.other + block.pending)


def fee_unpaid(report: Any) -> bool:
    """Tell whether applications ended for an unpaid fee that nobody was asked to pay."""
    return bool(report.applications.total.other_outcome.fee_unpaid > 0 and report.processing_fee.notices < 1)


def more_than_charged(fee: Any) -> bool:
    """Tell whether more was received than charged."""
    return bool(fee.received > fee.charged)


def everything(report: Any) -> list[str]:
    """Check a whole report."""
    broken = [f"{code} {who}" for who in APPLICANTS for code in column(getattr(report.applications, who))]
    broken += rows(report.applications)
    broken += [f"DSP001 {block}" for block in BLOCKS if not outcomes_add_up(getattr(report.disputes, block))]
    values = _cells(report)
    if min(values) < 0:
        broken += [f"{code} {name}" for (code, name, _), value in zip(NOT_NEGATIVE, values, strict=True) if value < 0]
    if more_than_charged(report.processing_fee):
        broken.append("FEE001 ")
    if fee_unpaid(report):
        broken.append("FEE002 ")
    return broken
