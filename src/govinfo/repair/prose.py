"""What prose says of single cells (to come with the merge)."""

from __future__ import annotations

from typing import Any

__all__ = ["stated"]


def stated(reading: Any) -> Any:
    """Return nothing yet."""
    return ()
