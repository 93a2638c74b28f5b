"""Printings of labels that reports of the region have instead of the form's."""

from __future__ import annotations

from govinfo import LabelVariant

__all__ = ["LABELS"]

LABELS = (LabelVariant("现行有效件数", "截至年末仍然有效件数"),)
