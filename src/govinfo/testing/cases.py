"""Rule cases as data: a consistent report, what is changed in it, and what a rule must then say.

A case file is TOML::

    [[case]]
    code = "APP001"
    name = "one application too many"
    base = "2021"    # edition of the consistent report to begin with; or "2019"
    change = { "applications.natural_person.received" = 11 }    # a number, a decimal string or a missing reason
    expect = { status = "failed", binding = "natural_person", delta = 1 }

Keys of a case: ``code``, ``name``, ``base``, ``change``, ``absent`` (what the document lacks: cells, blocks, tables,
sections, ``year``, ``title``, ``period``, ``publisher.level`` and so on), ``opening`` (paragraphs between the title and
section 1), ``problems`` (what the reader noted: tables with ``code``, ``zh``, ``en``, ``paths``, ``line``, ``raw``,
``confidence``), ``images`` (pictures in the document). Besides cells ``change`` takes ``year``, ``title``, ``period``
(two ISO dates), ``publisher.name``, ``publisher.level`` and so on, ``sections.overview`` and so on, and
``disclosure.edition``, ``applications.edition``.

Keys of ``expect``: ``status``; ``binding`` (one instance of a templated rule); and for findings ``findings`` (how
many), ``paths``, ``actual``, ``expected``, ``delta``, ``severity``, ``line``, ``zh`` and ``en`` (words the message
or reason contains), ``also`` (exactly the other codes that have findings).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import attrs

from govinfo.engines.one import run
from govinfo.findings import Finding, Outcome, Result, Status
from govinfo.rules.model import RuleSet
from govinfo.schema.editions import EDITIONS
from govinfo.testing.bases import build

__all__ = ["Expectation", "RuleCase", "load_cases", "run_case"]


@attrs.frozen
class Expectation:
    """What a rule must say; None means that it is not looked at."""

    status: Status = attrs.field(converter=Status)
    binding: str | None = None
    findings: int | None = None
    paths: Sequence[str] | None = None
    actual: int | str | None = None
    expected: int | str | None = None
    delta: int | str | None = None
    severity: str | None = None
    line: int | None = None
    zh: str = ""
    en: str = ""
    also: Sequence[str] | None = None


@attrs.frozen
class RuleCase:
    """One case of one rule."""

    code: str
    name: str
    expect: Expectation
    base: str = "2021"
    change: Mapping[str, Any] = attrs.field(factory=dict)
    absent: Sequence[str] = ()
    opening: Sequence[str] = ()
    problems: Sequence[Mapping[str, Any]] = ()
    images: int = 0

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def load_cases(path: str | Path) -> tuple[RuleCase, ...]:
    """Load the cases of a TOML file, or of every TOML file in a folder.

    Raises:
        ValueError: naming the file and the case with a key that does not exist or is missing.
    """
    path = Path(path)
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    return tuple(_case(file, i, table) for file in files for i, table in enumerate(_tables(file)))


def _tables(file: Path) -> list[dict[str, Any]]:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    if set(content) != {"case"}:
        raise ValueError(f"{file}: expected nothing but [[case]] tables, found {sorted(content)}")
    return list(content["case"])


def _case(file: Path, number: int, table: dict[str, Any]) -> RuleCase:
    try:
        return RuleCase(**{**table, "expect": Expectation(**table["expect"])})
    except (TypeError, ValueError, KeyError) as error:
        raise ValueError(f"{file}: case {number + 1} ({table.get('name', 'no name')}): {error}") from error


def run_case(
    case: RuleCase, rule_sets: Sequence[RuleSet], editions: Mapping[str, Mapping[str, type[Any]]] = EDITIONS
) -> Result:
    """Run a case and return the result of checking its report with every rule of ``rule_sets``.

    Args:
        case: the case.
        rule_sets: whose rules are run.
        editions: known classes by table and edition: a case may begin with a report of any.

    Raises:
        AssertionError: the rule does not say what the case expects; the message shows both.
        ValueError: the case changes something a report does not have.
    """
    reading = build(case.base, case.change, case.absent, case.opening, case.problems, case.images, editions)
    result = run(rule_sets, reading, editions=editions)
    wrong = list(_differences(case, result))
    if wrong:
        said = [f"  {outcome}" for outcome in _outcomes(case, result)] + [f"  {f}" for f in _findings(case, result)]
        raise AssertionError("\n".join([f"{case}:", *wrong, "the rule said:", *(said or ["  nothing: no such rule"])]))
    return result


def _outcomes(case: RuleCase, result: Result) -> list[Outcome]:
    binding = case.expect.binding
    return [o for o in result.outcomes if o.code == case.code and binding in (None, o.binding)]


def _findings(case: RuleCase, result: Result) -> list[Finding]:
    """Return the findings of the rule; those of one instance are told apart by the instance's paths."""
    found = [finding for finding in result.findings if finding.code == case.code]
    if case.expect.paths is None:
        return found
    return [finding for finding in found if list(finding.paths[: len(case.expect.paths)]) == list(case.expect.paths)]


def _differences(case: RuleCase, result: Result) -> list[str]:
    expect = case.expect
    outcomes, findings = _outcomes(case, result), _findings(case, result)
    wrong: list[str] = []

    def compare(what: str, wanted: Any, got: Any) -> None:
        if wanted is not None and wanted != got:
            wrong.append(f"- {what}: expected {wanted!r}, got {got!r}")

    statuses = {outcome.status for outcome in outcomes}
    # some instance of a templated rule is as expected; where it passes or does not apply, all of them are
    everywhere = expect.status in (Status.PASSED, Status.NOT_APPLICABLE)
    if statuses != {expect.status} if everywhere else expect.status not in statuses:
        wrong.append(f"- status: expected {expect.status.value}, got {sorted(s.value for s in statuses) or 'none'}")
    said = [o.reason for o in outcomes if o.status is expect.status and o.reason] + [f.message for f in findings]
    for lang, words in (("zh", expect.zh), ("en", expect.en)):
        if words and not any(words in (text.en if lang == "en" else text.zh) for text in said):
            wrong.append(f"- {lang}: no message or reason contains {words!r}")
    if expect.also is not None:
        compare("also", sorted(expect.also), sorted({f.code for f in result.findings} - {case.code}))
    compare("findings", expect.findings, len(findings))
    if expect.status is Status.FAILED:
        if not findings:
            return [*wrong, f"- no finding with paths {expect.paths}" if expect.paths else "- no finding"]
        first = findings[0]
        for name in ("actual", "expected", "delta"):
            wanted, got = getattr(expect, name), getattr(first, name)
            compare(name, wanted, got if isinstance(wanted, int) else str(got))
        compare("severity", expect.severity, first.severity.value)
        compare("line", expect.line, first.location.line if first.location else None)
    return wrong
