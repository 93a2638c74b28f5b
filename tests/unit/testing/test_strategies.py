"""Made-up reports are consistent: the equations of the form are written out here by hand, not taken from the rules."""

import subprocess
import sys
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from govinfo.schema import (
    Applications2019,
    Applications2021,
    Disclosure2019,
    Disclosure2021,
    Disputes,
    Missing,
    Report,
    cells,
)
from govinfo.schema.convert import from_json, to_json
from govinfo.testing import example_report, replace_cells
from govinfo.testing.examples import YEARS, Edition, Profile
from govinfo.testing.strategies import damaged, fees, publishers, reports, single_faults, table

EDITIONS: tuple[Edition, ...] = get_args(Edition)
PROFILES: tuple[Profile, ...] = get_args(Profile)
few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])

APPLICANTS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other")
OUTCOMES = (
    "granted",
    "partly_granted",
    "denied.state_secret",
    "denied.prohibited_by_law",
    "denied.security_stability",
    "denied.third_party",
    "denied.internal_affairs",
    "denied.process",
    "denied.enforcement_file",
    "denied.administrative_query",
    "unavailable.not_held",
    "unavailable.needs_creation",
    "unavailable.unclear",
    "not_processed.complaint",
    "not_processed.repeated",
    "not_processed.publication",
    "not_processed.excessive",
    "not_processed.reissue",
)
OTHER_OUTCOMES = {
    "2019": ("other_outcome",),
    "2021": ("other_outcome.not_corrected", "other_outcome.fee_unpaid", "other_outcome.other"),
}


def broken_equations(report: Report) -> list[str]:
    values: dict[str, Any] = cells(report)
    broken = []

    def must(name: str, left: Any, right: Any) -> None:
        if left != right:
            broken.append(name)

    edition = report.editions["applications"]
    outcomes = OUTCOMES + OTHER_OUTCOMES[edition or "2021"]
    for column in (*APPLICANTS, "total"):
        at = {
            row: values[f"applications.{column}.{row}"]
            for row in (*outcomes, "received", "carried_in", "concluded", "carried_out")
        }
        must(f"{column} balance", at["received"] + at["carried_in"], at["concluded"] + at["carried_out"])
        must(f"{column} outcomes", at["concluded"], sum(at[row] for row in outcomes))
    for row in (*outcomes, "received", "carried_in", "concluded", "carried_out"):
        six = sum(values[f"applications.{column}.{row}"] for column in APPLICANTS)
        must(f"{row} total", values[f"applications.total.{row}"], six)
    for block in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        four = sum(values[f"disputes.{block}.{name}"] for name in ("upheld", "corrected", "other", "pending"))
        must(f"{block} total", values[f"disputes.{block}.total"], four)
    return broken


def faults_beside_equations(report: Report) -> list[str]:
    faults = []
    for path, value in cells(report).items():
        if not isinstance(value, Missing) and value < 0 and not path.endswith(".change"):
            faults.append(f"{path} is negative")
    fee = report.processing_fee
    if fee.notices is not Missing.ABSENT:
        assert not isinstance(fee.notices, Missing)
        assert not isinstance(fee.charged, Missing)
        assert not isinstance(fee.received, Missing)
        if fee.received > fee.charged:
            faults.append("more received than charged")
        unpaid = cells(report).get("applications.total.other_outcome.fee_unpaid", 0)
        if unpaid and not fee.notices:
            faults.append("a fee unpaid without notice")
    return faults


@few
@given(reports())
def test_reports_are_consistent(report: Report) -> None:
    assert broken_equations(report) == []
    assert faults_beside_equations(report) == []
    assert from_json(to_json(report)) == report


@pytest.mark.parametrize("edition", EDITIONS)
def test_reports_have_the_edition_and_a_year_it_was_in_force(edition: Edition) -> None:
    @settings(max_examples=10, deadline=None)
    @given(reports(edition))
    def check(report: Report) -> None:
        first, last = YEARS[edition]
        assert report.edition == edition
        assert report.year is not None
        assert first <= report.year <= last
        assert report.period is not None
        assert report.period.start.year == report.period.end.year == report.year
        assert str(report.year) in (report.title or "")
        assert (report.publisher.name or "?") in (report.title or "")

    check()


@few
@given(reports(blanks=True, max_count=50))
def test_blanks_are_blank_or_not_applicable_and_never_in_the_fee(report: Report) -> None:
    missing = {path: value for path, value in cells(report).items() if isinstance(value, Missing)}
    fee = {path for path in missing if path.startswith("processing_fee.")}
    assert {missing[path] for path in fee} <= {Missing.ABSENT}
    assert {value for path, value in missing.items() if path not in fee} <= {Missing.BLANK, Missing.NOT_APPLICABLE}


@pytest.mark.parametrize("cls", [Applications2019, Applications2021, Disclosure2019, Disclosure2021, Disputes])
def test_every_table_has_a_strategy(cls: type[Any]) -> None:
    @settings(max_examples=5, deadline=None)
    @given(table(cls, max_count=5))
    def check(made: Any) -> None:
        assert type(made) is cls

    check()


@few
@given(publishers(), fees(least_notices=1))
def test_publishers_and_fees(name: str, fee: Any) -> None:
    assert not any(character.isdigit() for character in name)
    assert fee.notices is Missing.ABSENT or fee.notices >= 1


@few
@given(st.data())
def test_a_single_fault_breaks_an_equation(data: st.DataObject) -> None:
    report = data.draw(reports(max_count=99))
    path, wrong = data.draw(single_faults(report))
    assert cells(report)[path] != wrong
    assert broken_equations(replace_cells(report, {path: wrong}))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged(most=2))
def test_damaged_documents_can_be_drawn(document: Any) -> None:
    assert document.content
    assert 1 <= len(document.damages) <= 2


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("profile", PROFILES)
def test_example_reports_are_consistent_and_repeatable(edition: Edition, profile: Profile) -> None:
    for seed in range(5):
        report = example_report(edition, seed, profile=profile)
        assert report == example_report(edition, seed, profile=profile)
        assert report.edition == edition
        assert broken_equations(report) == []
        assert faults_beside_equations(report) == []
        zero = not any(v for v in cells(report).values() if not isinstance(v, Missing))
        assert zero == (profile == "zero")


def test_example_reports_have_as_many_blanks_as_asked_for() -> None:
    def blanks(share: float) -> int:
        report = example_report("2021", 1, blanks=share)
        return sum(v in (Missing.BLANK, Missing.NOT_APPLICABLE) for v in cells(report).values())

    assert blanks(0) == 0
    assert 0 < blanks(0.2) < blanks(0.6) < blanks(1) == 200


def test_replace_cells_keeps_everything_else() -> None:
    report = example_report("2019", 2, profile="large")
    changed = replace_cells(report, {"disputes.reconsideration.total": 7})
    assert cells(changed) == cells(report) | {"disputes.reconsideration.total": 7}
    assert changed.disclosure == report.disclosure
    with pytest.raises(KeyError, match="no_such"):
        replace_cells(report, {"disputes.no_such": 1})


def test_a_missing_amount_has_no_unit() -> None:
    report = next(r for seed in range(99) if (r := example_report("2021", seed)).disclosure.fees.amount_unit)  # type: ignore[attr-defined]
    blank: Any = replace_cells(report, {"disclosure.fees.amount": Missing.BLANK})
    assert blank.disclosure.fees.amount_unit is None
    other: Any = replace_cells(report, {"disclosure.licensing.decisions": 3})
    assert other.disclosure.fees == report.disclosure.fees  # type: ignore[attr-defined]


def test_the_kit_does_not_need_hypothesis() -> None:
    code = "import sys, govinfo.testing; sys.exit('hypothesis' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
