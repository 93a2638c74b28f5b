"""The five real reports in ``../shared/seeds``: every figure right and none invented. Skipped where they are not."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

import govinfo
from govinfo.schema import Missing, Value, cells

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")

APPLICATION = "applications."
COLUMNS = ("natural_person", "enterprise", "research", "public_welfare", "legal_service", "other", "total")
FIVE_FIGURES = tuple(
    f"{group}.{name}"
    for group, names in {
        "unavailable": ("not_held", "needs_creation", "unclear"),
        "not_processed": ("complaint", "repeated", "publication", "excessive", "reissue"),
        "other_outcome": ("not_corrected", "fee_unpaid", "other"),
    }.items()
    for name in names
)


def read(number: str) -> govinfo.Reading:
    (path,) = SEEDS.glob(f"{number}_*")
    return govinfo.read(path)


EXPECTED: dict[str, tuple[str, int, str, dict[str, Value]]] = {
    "000": (
        "邢台市科学技术局",
        2022,
        "2021",
        {
            "disclosure.normative_documents.issued": 4,
            "disclosure.normative_documents.repealed": 5,
            "disclosure.normative_documents.in_force": 15,
            **{
                f"applications.{who}.{row}": 1
                for who in ("natural_person", "total")
                for row in ("received", "granted", "concluded")
            },
        },
    ),
    "001": (
        "北京市门头沟区科学技术和信息化局",
        2022,
        "2021",
        {"disclosure.normative_documents.issued": 4, "disclosure.normative_documents.in_force": 4},
    ),
    "002": ("温县科技和工业信息化局", 2023, "2021", {}),
    "003": ("鹤岗市科学技术局", 2022, "2021", {"disclosure.licensing.decisions": 9}),
    "004": (
        "朔州市科技局",
        2020,
        "2019",
        {
            "disclosure.normative_documents.made": 2,
            "disclosure.normative_documents.newly_published": 2,
            "disclosure.normative_documents.total_published": 2,
            "disclosure.licensing.previous_items": 1,
            "disclosure.other_services.previous_items": 6,
            "disclosure.penalties.previous_items": 3,
            "disclosure.procurement.items": 4,
            "disclosure.procurement.amount": Decimal(218300),
            "applications.enterprise.received": 3,
            "applications.research.received": 1,
            "applications.total.received": 4,
            "applications.enterprise.granted": 2,
            "applications.total.granted": 2,
            "applications.enterprise.denied.state_secret": 1,
            "applications.total.denied.state_secret": 1,
            "applications.research.unavailable.not_held": 1,
            "applications.total.unavailable.not_held": 1,
            "applications.enterprise.concluded": 3,
            "applications.research.concluded": 1,
            "applications.total.concluded": 4,
        },
    ),
}


@pytest.mark.parametrize("number", EXPECTED)
def test_every_figure_right_and_none_invented(number: str) -> None:
    publisher, year, edition, nonzero = EXPECTED[number]
    report = read(number).report
    assert (report.publisher.name, report.year, report.edition) == (publisher, year, edition)
    found = cells(report)
    tables = {path: value for path, value in found.items() if not path.startswith("processing_fee")}
    assert {path: value for path, value in tables.items() if not isinstance(value, Missing) and value} == nonzero
    missing = {path for path, value in tables.items() if isinstance(value, Missing)}
    if number != "002":
        assert missing == set()


def test_002_lacks_the_columns_that_were_cut_off() -> None:
    reading = read("002")
    found = cells(reading.report)
    missing = {path for path, value in found.items() if isinstance(value, Missing) and path.startswith(APPLICATION)}
    cut_twice = {f"applications.{who}.{row}" for row in FIVE_FIGURES for who in ("other", "total")}
    assert cut_twice <= missing
    others = missing - cut_twice
    assert len(others) == 12, "the rows with six figures lack exactly one"
    assert all(path.startswith("applications.total.") for path in others)
    assert {found[path] for path in missing} == {Missing.ABSENT}
    assert any(problem.code == "SRC006" and len(problem.paths) == 34 for problem in reading.problems)


def test_stated_fees_are_read_and_unstated_ones_are_not() -> None:
    fee = read("001").report.processing_fee
    assert (fee.notices, fee.charged, fee.received) == (0, Decimal(0), Decimal(0))
    assert read("000").report.processing_fee.notices is Missing.ABSENT


def test_period_and_unit_as_printed() -> None:
    report = read("004").report
    assert report.period is not None
    assert (report.period.start, report.period.end) == (dt.date(2020, 1, 1), dt.date(2020, 12, 31))
    assert report.disclosure.procurement.amount_unit == "万元"  # type: ignore[attr-defined]  # edition 2019


@pytest.mark.parametrize("number", EXPECTED)
def test_all_six_sections_are_found(number: str) -> None:
    sections = read(number).report.sections
    for name in ("overview", "disclosure", "applications", "disputes", "problems", "other_matters"):
        assert getattr(sections, name) is not None, f"section {name} not found"
    assert sections.overview
    assert sections.problems


@pytest.mark.parametrize("number", EXPECTED)
def test_no_seed_breaks_an_equation(number: str) -> None:
    result = govinfo.check(read(number))
    assert [finding.code for finding in result.findings if finding.severity is govinfo.Severity.ERROR] == []
