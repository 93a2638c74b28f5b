"""Work on many files in other processes: one that hangs, crashes or eats memory costs a single file.

This package knows nothing of reports. What is done with a path is a `Work`, described so that it can be pickled.
"""

from __future__ import annotations

from govinfo.processes.model import MEMORY, TIMEOUT, Ended, Work
from govinfo.processes.order import in_order
from govinfo.processes.size import jobs_for

__all__ = ["MEMORY", "TIMEOUT", "Ended", "Work", "in_order", "jobs_for"]
