"""What a rule is. A rule lives in a `RuleSet`; plugins hand rule sets over through the ``govinfo_rule_sets`` hook."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from govinfo.documents.model import Place
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.rules.evidence import Strength
from govinfo.schema import Level, Report
from govinfo.text import Text

__all__ = ["OWN", "Adjustment", "Check", "CheckRule", "Example", "Fault", "LabelVariant", "LinearRule"]
__all__ += ["NotApplicable", "Rule", "RuleSet", "TextRule", "Undecided", "check_rule"]

OWN = "national"
"""Name of the library's own rule set."""


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
    strength: Strength | None = attrs.field(default=None, kw_only=True)
    """How sure the source is; a rule more severe than that allows is refused."""
    note: Text | None = attrs.field(default=None, kw_only=True)
    """Why the severity is another one here. Set by `govinfo.rules.adjust`."""

    @property
    def remark(self) -> Text | None:
        """Said beside each finding: why its severity is another one, or that nothing demands what the rule expects."""
        if self.note is None and self.strength is not None and self.strength.limit is Severity.INFO:
            return self.strength.text
        return self.note


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


@attrs.frozen
class TextRule(Rule, ABC):
    """A rule about words or dates that is declared, not programmed; its kinds are in `govinfo.rules.declared`."""

    when: str | None = attrs.field(default=None, kw_only=True)
    """A linear relation; where it is known not to hold, the rule does not apply."""
    first_year: int | None = attrs.field(default=None, kw_only=True)
    """First year whose reports it is about; None where there is no bound."""
    levels: tuple[Level, ...] = attrs.field(default=(), kw_only=True)
    """Publishers it is about; empty for all."""
    passes: Example | None = attrs.field(default=None, kw_only=True)
    fails: Example | None = attrs.field(default=None, kw_only=True)

    @property
    def condition(self) -> LinearRule | None:
        """``when`` as a rule of its own."""
        return LinearRule(self.code, self.severity, self.title, self.source, self.when) if self.when else None

    def check(self, reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
        """Yield what is wrong, as a `Check` does, with the reports the rule is about."""
        year, level = reading.report.year, reading.report.publisher.level
        if self.first_year is not None and year is None:
            yield Undecided(Text("报告年份不详", "the year of the report is not known"), ("year",))
        elif self.first_year is not None and year is not None and year < self.first_year:
            said = Text("只针对 {year} 年及以后的报告", "it is about reports for {year} and later")
            yield NotApplicable(said.fill(year=self.first_year))
        elif self.levels and level is None:
            yield Undecided(Text("发布机构的层级不详", "the publisher's level is not known"), ("publisher.level",))
        elif self.levels and level not in self.levels:
            yield NotApplicable(Text("不针对这一层级的机构", "it is about publishers of another level"))
        else:
            yield from self.look(reading)

    @abstractmethod
    def look(self, reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
        """Yield what is wrong with a report the rule is about."""

    @abstractmethod
    def mistake(self) -> Text | None:
        """Say what is wrong with the declaration itself; None where nothing is."""


def check_rule(
    code: str,
    severity: Severity,
    title: Text,
    source: Text,
    *,
    aliases: tuple[str, ...] = (),
    strength: Strength | None = None,
    passes: Example | None = None,
    fails: Example | None = None,
) -> Callable[[Check], CheckRule]:
    """Make the decorated generator function a `CheckRule`; the arguments are those of `CheckRule`."""
    return lambda check: CheckRule(
        code, severity, title, source, check, aliases=aliases, strength=strength, passes=passes, fails=fails
    )


@attrs.frozen
class Adjustment:
    """Another severity for a rule where a rule set applies."""

    code: str
    """Of a national rule, or of a rule of a wider region: a city may be stricter than its province."""
    severity: Severity
    reason: Text
    """Why; stands beside each finding."""
    strength: Strength | None = None
    """How sure the reason is; a severity above what it allows is refused."""


@attrs.frozen
class LabelVariant:
    """Another printing of a label seen in published reports."""

    label: str
    """The label as the form prints it, ``现行有效件数``."""
    variant: str
    """What is printed instead, ``现有有效件数``."""


@attrs.frozen(cache_hash=True)  # engines keep what they prepared for a rule set under the rule set itself
class RuleSet:
    """A named collection of rules from one authority."""

    name: str
    """``national``, ``hebei``."""
    title: Text
    rules: tuple[Rule, ...] = ()
    region: str = ""
    """GB/T 2260 prefix of where it applies: ``13``, ``4201``; empty for everywhere."""
    first_year: int | None = None
    """First year whose reports it is about; None where there is no bound."""
    last_year: int | None = None
    editions: tuple[str, ...] = ()
    """Editions of the form it is about, one of which a table must have or extend; empty for every one."""
    adjustments: tuple[Adjustment, ...] = ()
    labels: tuple[LabelVariant, ...] = ()

    @property
    def is_guest(self) -> bool:
        """Whether it is not the library's own."""
        return self.name != OWN

    def is_at_home(self, region_code: str | None) -> bool:
        """Whether a publisher with this code, None where it is not known, is one of its region."""
        return (region_code or "").startswith(self.region)

    def is_about(self, year: int | None) -> bool:
        """Whether it is about reports for a year. One that is not known lies in no bounds."""
        if self.first_year is None and self.last_year is None:
            return True
        return year is not None and (self.first_year or year) <= year <= (self.last_year or year)

    def is_about_form(self, editions: Iterable[str | None]) -> bool:
        """Whether it is about reports with tables of these editions, national ones and those of a region."""
        return not self.editions or not set(editions).isdisjoint(self.editions)

    def concerns(self, report: Report) -> bool:
        """Whether it is about reports of that year and edition."""
        editions = {*report.editions.values(), *report.national_editions.values()}
        return self.is_about(report.year) and self.is_about_form(editions)
