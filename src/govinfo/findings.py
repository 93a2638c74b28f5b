"""What checking gives: outcomes for every rule, findings for people, and the result that holds both."""

from __future__ import annotations

import enum
from decimal import Decimal

import attrs

from govinfo.parsing.reading import Reading
from govinfo.text import Text

__all__ = [
    "Correction",
    "Diagnosis",
    "Dismissed",
    "Finding",
    "Implied",
    "Location",
    "Outcome",
    "Result",
    "Severity",
    "Status",
    "Suggestion",
]


class Severity(enum.Enum):
    """How much a finding matters. Never more than the rule's evidence supports."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def text(self) -> Text:
        """The severity in words."""
        return {"error": Text("错误", "error"), "warning": Text("警告", "warning"), "info": Text("提示", "info")}[
            self.value
        ]


class Status(enum.Enum):
    """How one rule, or one instance of a templated rule, came out."""

    PASSED = "passed"
    FAILED = "failed"
    UNDECIDED = "undecided"
    """Its inputs are missing, and numbers exist that would satisfy it."""
    NOT_APPLICABLE = "not_applicable"
    """It does not concern this report: another edition, year or form."""
    CRASHED = "crashed"
    """The rule itself broke; the report is not to blame."""


@attrs.frozen
class Location:
    """A place in a file, all numbers from 1, 0 where unknown; ``raw`` is what is printed there."""

    file: str = ""
    line: int = 0
    column: int = 0
    page: int = 0
    table: int = 0
    row: int = 0
    cell: int = 0
    raw: str = ""


class Diagnosis(enum.Enum):
    """How far the cause of a finding was found."""

    NAMED = "named"
    """The first suggestion is the likely one by far."""
    AMBIGUOUS = "ambiguous"
    """Several explanations are about as good; the suggestions list them."""
    UNEXPLAINED = "unexplained"
    """No explanation was found within the limits of the search."""


@attrs.frozen
class Correction:
    """A cell and what it should probably hold. The report itself is never changed."""

    path: str
    reported: int | Decimal | None
    """What is printed; None where the cell holds no number."""
    proposed: int | Decimal


@attrs.frozen
class Suggestion:
    """One explanation of what went wrong: cells that would have to be different, all of them together.

    It has been verified: with these numbers the relations of ``resolves`` hold, and no other rule at error level
    breaks. Where one below that would, the explanation names it.
    """

    cells: tuple[Correction, ...]
    kind: str
    """What slip it looks like: a stable word, see `govinfo.repair.slips`."""
    explanation: Text
    resolves: tuple[str, ...]
    """Codes of the broken rules that hold then."""
    confidence: float
    """The share of this explanation among all that were found, 0 to 1."""


@attrs.frozen
class Finding:
    """One thing a person should look at."""

    code: str
    severity: Severity
    message: Text
    paths: tuple[str, ...] = ()
    """Canonical paths of the cells concerned; the one to look at first comes first."""
    actual: int | Decimal | str | None = None
    expected: int | Decimal | str | None = None
    delta: int | Decimal | None = None
    """``actual - expected``."""
    location: Location | None = None
    cause: str | None = None
    """``document`` or ``reading`` where that is known."""
    suggestions: tuple[Suggestion, ...] = ()
    """What would put it right, the likeliest first."""
    diagnosis: Diagnosis | None = None
    """How far its cause was found; None where that was not tried."""
    parts: tuple[Finding, ...] = ()
    """The findings of single relations that have one cause and are one finding here; empty for a single relation."""
    note: Text | None = None
    """Why its severity is another one in the report's region, or that no document demands what is missed."""

    @property
    def fingerprint(self) -> str:
        """A short hash that stays the same while the finding does, wherever the file is moved."""
        import hashlib  # 7 ms that only formats for programs need

        parts = [self.code, *self.paths, str(self.actual), str(self.expected)]
        if not self.paths and self.location is not None:
            parts.append(self.location.raw)
        return hashlib.blake2s("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


@attrs.frozen
class Outcome:
    """How one instance of a rule came out."""

    code: str
    status: Status
    binding: str = ""
    """Which instance of a templated rule: ``natural_person``, ``total.granted``; empty for a rule without template."""
    reason: Text | None = None
    """Why it is undecided, not applicable or crashed."""
    paths: tuple[str, ...] = ()
    """The missing cells of an undecided instance."""


@attrs.frozen
class Implied:
    """What the balance equations leave possible for a cell without a number: offered, never filled in."""

    path: str
    low: int
    high: int | None
    """None where nothing bounds it from above; equal to ``low`` where only one number is possible."""


@attrs.frozen
class Dismissed:
    """A finding that somebody has looked at and let stand."""

    finding: Finding
    reason: str
    who: str = ""
    when: str = ""
    """ISO date."""


@attrs.frozen
class Result:
    """A checked report: findings, most severe first and then in the order of the form, and every outcome."""

    reading: Reading
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    rule_sets: tuple[str, ...] = ()
    """Names of the rule sets that were applied."""
    equations: frozenset[str] = frozenset()
    """Codes of the rules that are balance equations of the form."""
    implied: tuple[Implied, ...] = ()
    """Cells without a number, in the order of the form, and what the equations leave possible for them."""
    dismissed: tuple[Dismissed, ...] = ()
    """Findings that were reviewed and let stand; they are not among ``findings``."""

    def count(self, status: Status, *, equations_only: bool = False) -> int:
        """Return how many outcomes have ``status``."""
        return sum(o.status is status and (not equations_only or o.code in self.equations) for o in self.outcomes)

    @property
    def worst(self) -> Severity | None:
        """The severity of the worst finding, None where there is none."""
        return next((s for s in Severity if any(f.severity is s for f in self.findings)), None)
