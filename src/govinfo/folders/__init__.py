"""Whole folders of reports checked: results written as they come, in bounded memory, interrupted and resumed."""

from __future__ import annotations

from govinfo.folders.journal import Journal
from govinfo.folders.run import Run, Watch
from govinfo.folders.settings import settings_of

__all__ = ["Journal", "Run", "Watch", "settings_of"]
