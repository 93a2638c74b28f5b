"""What a cell of the form can hold: a number, or a reason why there is none."""

from __future__ import annotations

import enum
from decimal import Decimal

from govinfo.text import Text

__all__ = ["Amount", "Count", "Missing", "Value"]


class Missing(enum.Enum):
    """Why a cell has no number. Blank is not zero, and none of these is ever filled in."""

    BLANK = "blank"
    """The cell is in the document and nothing is printed in it."""
    NOT_APPLICABLE = "not_applicable"
    """The cell holds ``/``, ``-``, ``—`` or 无."""
    UNREADABLE = "unreadable"
    """Something is printed, but which number belongs in this cell could not be decided."""
    ABSENT = "absent"
    """The cell is not in the document at all."""

    def __repr__(self) -> str:
        return f"Missing.{self.name}"

    @property
    def text(self) -> Text:
        """The reason in words."""
        return _WORDS[self]


_WORDS = {
    Missing.BLANK: Text("空白", "blank"),
    Missing.NOT_APPLICABLE: Text("填“/”“-”或“无”", "marked not applicable"),
    Missing.UNREADABLE: Text("无法辨认", "unreadable"),
    Missing.ABSENT: Text("文中没有", "not in the document"),
}

Count = int | Missing
"""A whole number. Counts are never negative in a correct report; the 2019 form's 本年增/减 is signed."""

Amount = Decimal | Missing
"""A sum of money in the unit its field declares (元 or 万元)."""

Value = int | Decimal | Missing
"""Any cell."""
