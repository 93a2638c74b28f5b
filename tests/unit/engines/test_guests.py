"""Rules of guests: whatever one does, the report stays as it is, the other rules run, and who is to blame is said."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Any

import attrs
import pytest

from govinfo import Fault, NotApplicable, Reading, Result, RuleSet, Severity, Status, Text, Undecided, check_rule
from govinfo.documents.model import Cell, Table
from govinfo.engines.one import run
from govinfo.findings import Outcome
from govinfo.rules.national import NATIONAL
from govinfo.schema import Disclosure2021
from govinfo.testing.bases import build
from govinfo.text import LANGUAGES

WORDS = Text("话", "words")
Check = Callable[[Reading], Iterable[Any]]


def guest(*checks: Check) -> RuleSet:
    made = [check_rule(f"XX-DOC{n:03}", Severity.INFO, WORDS, WORDS)(check) for n, check in enumerate(checks, 1)]
    return RuleSet("guest", WORDS, tuple(made))


def checked(*checks: Check, reading: Reading | None = None) -> Result:
    packages = {"guest": "govinfo-guest 1.0"}
    return run([NATIONAL, guest(*checks)], reading or build(), packages=packages)


def outcome(result: Result, code: str = "XX-DOC001") -> Outcome:
    return next(one for one in result.outcomes if one.code == code)


def setting(what: str) -> Check:
    """Return a check that changes something, whatever is said of frozen classes."""

    def change(reading: Reading) -> Iterator[Fault]:
        report = reading.report
        targets: dict[str, Callable[[], object]] = {
            "year": lambda: object.__setattr__(report, "year", 1999),
            "cell": lambda: object.__setattr__(report.disputes.reconsideration, "total", 99),
            "section": lambda: object.__setattr__(report.sections, "overview", "改了"),
            "origins": lambda: object.__setattr__(reading, "origins", {}),
            "document": lambda: object.__setattr__(reading.document, "name", "other"),
            "table": lambda: object.__setattr__(tables(reading)[0], "rows", ()),
            "incomparable": lambda: object.__setattr__(report, "year", Incomparable()),
        }
        targets[what]()
        yield Fault(WORDS)

    return change


class Incomparable:
    """What raises when it is compared."""

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError


def tables(reading: Reading) -> list[Table]:
    assert reading.document is not None
    return [block for block in reading.document.blocks if isinstance(block, Table)]


def remembering(seen: list[Any]) -> Check:
    def look(reading: Reading) -> Iterator[Fault]:
        seen.append((reading.report.year, dict(reading.origins), reading.document))
        return iter(())

    return look


def with_a_table() -> Reading:
    reading = build()
    assert reading.document is not None
    table = Table(1, 1, ((Cell("字", 1, 1, 1, 1, 1),),))
    return attrs.evolve(reading, document=attrs.evolve(reading.document, blocks=(*reading.document.blocks, table)))


@pytest.mark.parametrize("what", ["year", "cell", "section", "origins", "document", "table", "incomparable"])
def test_a_rule_that_changes_the_report_changes_nothing(what: str) -> None:
    reading, untouched = with_a_table(), with_a_table()
    seen: list[Any] = []
    result = checked(setting(what), remembering(seen), reading=reading)
    assert reading == untouched
    said = outcome(result)
    assert said.status is Status.CRASHED
    assert said.reason is not None
    assert "govinfo-guest 1.0" in said.reason.en
    assert "changed the report" in said.reason.en
    assert not [found for found in result.findings if found.code == said.code]
    assert seen == [(untouched.report.year, dict(untouched.origins), untouched.document)]
    assert outcome(result, "XX-DOC002").status is Status.PASSED


def test_origins_cannot_be_written_to() -> None:
    def write(reading: Reading) -> Iterator[Fault]:
        reading.origins["year"] = None  # type: ignore[index]
        yield Fault(WORDS)

    reason = outcome(checked(write)).reason
    assert reason is not None
    assert "TypeError" in reason.en


def test_a_report_of_a_class_that_cannot_be_pickled_is_shown_as_well() -> None:
    local = attrs.make_class("Local", [], bases=(Disclosure2021,))
    reading = build()
    changed = attrs.evolve(reading, report=attrs.evolve(reading.report, disclosure=local()))
    seen: list[Any] = []
    assert outcome(checked(remembering(seen), reading=changed)).status is Status.PASSED
    assert len(seen) == 1


def endless(reading: Reading) -> Iterable[Fault]:
    return repeat(Fault(WORDS))


def hanging(reading: Reading) -> Iterator[Fault]:
    while True:
        pass
    yield Fault(WORDS)


def leaving(reading: Reading) -> Iterator[Fault]:
    sys.exit(3)
    yield Fault(WORDS)


class Speechless(Exception):
    """What cannot even say what is wrong."""

    def __str__(self) -> str:
        raise self


def speechless(reading: Reading) -> Iterator[Fault]:
    raise Speechless


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (endless, "more than 1000 things"),
        (hanging, "more than 0.1 seconds"),
        (leaving, "SystemExit: 3"),
        (lambda reading: None, "TypeError"),
        (lambda reading: ["words"], "not str"),
        (lambda reading: [Fault("words")], "not 'words'"),  # type: ignore[arg-type]
        (lambda reading: [Fault(Text("字", 3))], "Text of two strings"),  # type: ignore[arg-type]
        (lambda reading: [Fault(WORDS, "year")], "tuple of strings"),  # type: ignore[arg-type]
        (lambda reading: [Fault(WORDS, (3,))], "tuple of strings"),  # type: ignore[arg-type]
        (lambda reading: [Fault(WORDS, actual=[3])], "numbers or words"),  # type: ignore[arg-type]
        (lambda reading: [Fault(WORDS, cause=object())], "numbers or words"),  # type: ignore[arg-type]
        (lambda reading: [Fault(WORDS, at="here")], "AttributeError"),  # type: ignore[arg-type]
        (lambda reading: [Undecided("words")], "not 'words'"),  # type: ignore[arg-type]
        (lambda reading: [Undecided(WORDS, ["year"])], "tuple of strings"),  # type: ignore[arg-type]
        (lambda reading: [NotApplicable(None)], "not None"),  # type: ignore[arg-type]
        (lambda reading: 1 / 0, "ZeroDivisionError"),
        (speechless, "Speechless"),
    ],
)
def test_a_rule_that_misbehaves_crashes_alone(check: Check, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_PLUGIN_SECONDS", "0.1")
    result = checked(check, lambda reading: [Fault(WORDS)])
    crashed = outcome(result)
    assert crashed.status is Status.CRASHED
    assert crashed.reason is not None
    assert said in crashed.reason.en
    for lang in LANGUAGES:
        assert "govinfo-guest 1.0" in crashed.reason.render(lang)
        assert "XX-DOC001" in crashed.reason.render(lang)
    assert [found.code for found in result.findings] == ["XX-DOC002"]


def test_many_things_may_be_found() -> None:
    result = checked(lambda reading: [Fault(Text(str(n), str(n))) for n in range(1000)])
    assert len(result.findings) == 1000


def test_without_a_package_the_rule_set_is_named() -> None:
    reason = outcome(run([guest(lambda reading: None)], build())).reason  # type: ignore[arg-type,return-value]
    assert reason is not None
    assert "(guest)" in reason.en


def test_a_guest_is_whoever_is_not_the_library() -> None:
    assert not NATIONAL.is_guest
    assert guest().is_guest
