"""What reading a document gives: the report, and where every figure stood."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from govinfo.documents.model import Document, Place, Problem
from govinfo.schema import Report

__all__ = ["Reading"]


@attrs.frozen
class Reading:
    """A report as read from a document.

    ``origins`` gives for each canonical path the cell or paragraph it was read from, also for cells that are missing
    but have a place (blank, not applicable, unreadable). Rows of table 3 and the title have origins too, under
    ``title``, ``year``, ``publisher.name``, ``period``, ``sections.overview`` and so on.
    """

    report: Report
    origins: Mapping[str, Place] = attrs.field(factory=dict)
    problems: tuple[Problem, ...] = ()
    document: Document | None = None
    """None where the report did not come from a document."""
