"""How sure what a rule rests on is, and how much a finding may therefore matter."""

from __future__ import annotations

import enum

from govinfo.findings import Severity
from govinfo.text import Text

__all__ = ["Strength", "too_severe"]


class Strength(enum.Enum):
    """How sure the evidence is, the surest first."""

    FORM = "form"
    """Printed on the form, or said by the law itself."""
    UNDISPUTED = "undisputed"
    """Follows from what the form's cells mean; nobody disputes it."""
    DEMANDED = "demanded"
    """A published document of an authority asks for it."""
    CONVENTION = "convention"
    """Seen in published reports."""
    INFERRED = "inferred"
    """Our own conclusion, for a person to look at."""

    @property
    def limit(self) -> Severity:
        """The severest a rule that rests on this may be."""
        if self in (Strength.FORM, Strength.UNDISPUTED):
            return Severity.ERROR
        return Severity.WARNING if self is Strength.DEMANDED else Severity.INFO

    @property
    def text(self) -> Text:
        """The strength in words."""
        return {
            "form": Text("表样或法规原文", "printed on the form or said by law"),
            "undisputed": Text("由表式结构推定，无异议", "inferred from the form, undisputed"),
            "demanded": Text("公开发布的文件有要求", "asked for by a published document"),
            "convention": Text("已公布年报中的惯例，并非要求", "a convention seen in reports, no requirement"),
            "inferred": Text("推定，供人工核对", "inferred, for a person to look at"),
        }[self.value]


def too_severe(severity: Severity, strength: Strength | None) -> Text | None:
    """Say that a severity is above what the evidence allows; None where it is not, or the evidence is unsaid."""
    order = list(Severity)  # the severest first
    if strength is None or order.index(severity) >= order.index(strength.limit):
        return None
    limit = strength.limit.text
    return Text(
        f"严重程度“{severity.text.zh}”高于依据所能支持的“{limit.zh}”（{strength.text.zh}）",
        f"its severity is {severity.text.en}, while its evidence supports {limit.en} at most ({strength.text.en})",
    )
