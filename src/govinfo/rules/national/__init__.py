"""The national rule set: what holds for every report, one module per family of rules."""

from govinfo.rules.model import OWN, RuleSet
from govinfo.rules.national import applications, disclosure, disputes, document, fees, prose, reading
from govinfo.text import Text

__all__ = ["NATIONAL"]

NATIONAL = RuleSet(
    OWN,
    Text("全国通用规则", "national rules"),
    (
        *applications.RULES,
        *disclosure.RULES,
        *disputes.RULES,
        *fees.RULES,
        *document.RULES,
        *prose.RULES,
        *reading.RULES,
    ),
)
"""Codes are permanent: a rule that goes leaves its code behind, a rule that is renamed keeps the old one as alias."""
