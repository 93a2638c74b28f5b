"""Findings somebody has looked at and let stand: ``.govinfo.toml`` beside the reports.

A finding stays dismissed for as long as it says the same of the same figures; when a figure changes, it is back.
"""

from __future__ import annotations

from govinfo.review.apply import Notes, Reviews, Unneeded, reviews_of, value_of
from govinfo.review.entry import FILE, Entry

__all__ = ["FILE", "Entry", "Notes", "Reviews", "Unneeded", "reviews_of", "value_of"]
