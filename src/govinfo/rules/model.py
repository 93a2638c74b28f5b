"""What a rule is. A rule lives in a `RuleSet`; plugins hand rule sets over through the ``govinfo_rule_sets`` hook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from govinfo.documents.model import Place
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.text import Text

__all__ = ["Check", "CheckRule", "Example", "Fault", "LinearRule", "NotApplicable", "Rule", "RuleSet", "Undecided"]
__all__ += ["check_rule"]


@attrs.frozen
class Fault:
    """What a check rule yields for each thing it finds wrong."""

    message: Text
    paths: tuple[str, ...] = ()
    actual: int | Decimal | str | None = None
    expected: int | Decimal | str | None = None
    at: Place | None = None
    """The place; None takes the origin of the first path."""
    cause: str | None = None


@attrs.frozen
class Undecided:
    """A check rule yields this when it lacks what it needs to judge."""

    reason: Text
    paths: tuple[str, ...] = ()


@attrs.frozen
class NotApplicable:
    """A check rule yields this when it does not concern the report."""

    reason: Text


Check = Callable[[Reading], Iterable[Fault | Undecided | NotApplicable]]
"""What a check rule runs: a generator over a `Reading`. Yielding nothing means it passed."""


@attrs.frozen
class Example:
    """What a report may say that passes a rule, or fails it. Those of linear rules are derived from the relation."""

    shown: Text
    """For people: an excerpt of a report as it would stand there, no longer than a line."""
    report: Mapping[str, Any] | None = attrs.field(default=None, hash=False)
    """For tests: how such a report differs from the consistent one, as the keys of a rule case (``change``, ``absent``,
    ``opening`` and so on, see `govinfo.testing.cases`). None where nothing can be tested."""


@attrs.frozen
class Rule:
    """What every rule says of itself."""

    code: str
    """Permanent: family and three digits (``APP001``), for provinces with a prefix (``HE-DOC001``)."""
    severity: Severity
    title: Text
    source: Text
    """What the rule rests on: the form, the regulation, a notice, or a convention seen in reports."""
    aliases: tuple[str, ...] = attrs.field(default=(), kw_only=True)
    """Former codes."""


@attrs.frozen
class LinearRule(Rule):
    """A linear relation over canonical paths, such as
    ``"applications.{applicant}.concluded == applications.{applicant}.granted + applications.{applicant}.denied"``.

    A path to a block stands for the sum of its cells. ``{names}`` in braces are templates, see
    `govinfo.rules.vocabulary`. Values are compared exactly.
    """

    relation: str
    when: str | None = attrs.field(default=None, kw_only=True)
    """Another relation; where it is known not to hold, the rule does not apply."""
    tolerance: int | Decimal = attrs.field(default=0, kw_only=True)
    """How far the sides may miss each other, in the unit of the cells: whole for counts, for ``==``, ``<=``, ``>=``."""
    edition: str | None = attrs.field(default=None, kw_only=True)
    """The only edition of tables 2 and 3 the rule is about; None for every edition that has its cells."""
    equation: bool = attrs.field(default=False, kw_only=True)
    """True for the balance equations (勾稽关系) of the form, which are counted in the verdict."""


@attrs.frozen
class CheckRule(Rule):
    """A rule that is not linear: text, structure, dates. Usually made by decorating its check with `check_rule`."""

    check: Check
    passes: Example | None = attrs.field(default=None, kw_only=True)
    """An example the rule passes, for whoever reads about the rule; None leaves it out."""
    fails: Example | None = attrs.field(default=None, kw_only=True)
    """An example the rule fails, best the same one with a single thing changed."""


def check_rule(
    code: str,
    severity: Severity,
    title: Text,
    source: Text,
    *,
    aliases: tuple[str, ...] = (),
    passes: Example | None = None,
    fails: Example | None = None,
) -> Callable[[Check], CheckRule]:
    """Make the decorated generator function a `CheckRule`; the arguments are those of `CheckRule`."""
    return lambda check: CheckRule(code, severity, title, source, check, aliases=aliases, passes=passes, fails=fails)


@attrs.frozen(cache_hash=True)  # engines keep what they prepared for a rule set under the rule set itself
class RuleSet:
    """A named collection of rules from one authority."""

    name: str
    """``national``, ``hebei``."""
    title: Text
    rules: tuple[Rule, ...]
    region: str = ""
    """GB/T 2260 prefix it applies to; empty for everywhere."""
