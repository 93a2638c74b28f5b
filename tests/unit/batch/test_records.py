"""Reports as rows and rows as reports: nothing is lost on the way, and what does not fit is named."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

pytest.importorskip("pyarrow")

import pyarrow as pa

from govinfo import batch
from govinfo.batch.form import AMOUNT, BatchError
from govinfo.batch.records import IDENTITY
from govinfo.schema import Level, Missing, Publisher, Report, Scope, cells
from govinfo.testing import example_report
from govinfo.testing.bases import base_reading, base_report, build

RECEIVED = "applications.total.received"
CHARGED = "processing_fee.charged"
FEES = "disclosure.fees.amount"
NAMED = Report(
    title="某局2022年报告",
    year=2022,
    publisher=Publisher("某局", "130100", Level.PREFECTURE),
    scope=Scope.AGGREGATE,
    published=dt.date(2023, 1, 31),
)


def made(base: str = "2021", change: dict[str, Any] | None = None) -> Report:
    return build(base, change).report


def known(report: Report) -> Any:
    """All of a report that a row keeps."""
    said = [read(report) for _, read in IDENTITY.values()]
    return said, report.editions, cells(report)


LOTS = {
    "2019": [base_report("2019")],
    "2021": [base_report("2021")],
    "both": [base_report("2021"), base_report("2019"), base_report("2021")],
    "examples": [example_report(edition, seed) for edition in ("2019", "2021") for seed in range(5)],
    "nothing": [Report(), NAMED],
    "reasons": [made(e, {RECEIVED: reason, CHARGED: reason}) for e in ("2019", "2021") for reason in Missing],
    "figures": [
        made(change={RECEIVED: 2**63 - 1, CHARGED: Decimal("999999999999.999999"), FEES: Decimal("-0.000001")}),
        made(change={RECEIVED: -(2**63), CHARGED: Decimal("1E+3"), FEES: Decimal(0)}),
    ],
    "none": [],
}


@pytest.mark.parametrize("several", LOTS.values(), ids=LOTS)
def test_there_and_back(several: list[Report]) -> None:
    table = batch.flatten(several)
    assert list(map(known, batch.unflatten(table))) == list(map(known, several))
    chunks = pa.Table.from_batches(table.to_batches(max_chunksize=1), table.schema)
    assert list(map(known, batch.unflatten(chunks))) == list(map(known, several))
    assert batch.flatten(batch.unflatten(table)).equals(table) or not several


def test_money_comes_back_without_zeros_of_the_column() -> None:
    (report,) = batch.unflatten(batch.flatten([made(change={CHARGED: Decimal("120.50")})]))
    assert str(cells(report)[CHARGED]) == "120.5"


def test_a_table_has_the_columns_of_the_editions_in_it() -> None:
    names = {key: set(batch.flatten(LOTS[key]).column_names) for key in ("2019", "2021", "both", "none")}
    assert names["both"] == names["2019"] | names["2021"]
    assert names["none"] == names["2021"]
    assert "disclosure.procurement.amount" in names["2019"] - names["2021"]
    table = batch.flatten(LOTS["both"])
    assert table.schema.field(FEES).type == AMOUNT
    assert table["editions.disclosure"].to_pylist() == ["2021", "2019", "2021"]
    assert dict(table["missing"][0].as_py()) == {
        path: value.value for path, value in cells(base_report()).items() if isinstance(value, Missing)
    }


def test_readings_are_taken_for_their_reports() -> None:
    reading = base_reading(base_report())
    assert batch.flatten([reading, reading.report]).slice(0, 1).equals(batch.flatten([reading.report]))


def test_cells_without_a_column_are_absent() -> None:
    (report,) = batch.unflatten(pa.table({RECEIVED: [3]}))
    assert cells(report)[RECEIVED] == 3
    assert {value for path, value in cells(report).items() if path != RECEIVED} == {Missing.ABSENT}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({CHARGED: Decimal("0.1234567")}, f"report 2: {CHARGED} is 0.1234567, which decimal128(18, 6) cannot hold"),
        ({CHARGED: Decimal(10**12)}, f"report 2: {CHARGED} is 1000000000000, which"),
        ({RECEIVED: 2**63}, f"report 2: {RECEIVED} is 9223372036854775808, which int64 cannot hold"),
        ({"year": 2**31}, "report 2: year is 2147483648, which int32 cannot hold"),
    ],
)
def test_a_figure_that_does_not_fit_is_named(changes: dict[str, Any], said: str) -> None:
    wrong = attrs.evolve(base_report(), **changes) if "year" in changes else made(change=changes)
    with pytest.raises(BatchError) as caught:
        batch.flatten([base_report(), wrong])
    assert said in caught.value.text.en
    assert "第 2 份报告：" in caught.value.text.zh


def reasons(path: str, reason: str) -> pa.Array:
    return pa.array([[], [(path, reason)]], pa.map_(pa.string(), pa.string()))


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({RECEIVED: ["1", "2"]}, f"column '{RECEIVED}', row 1: '1' is no whole number"),
        ({RECEIVED: [1, 1.5]}, f"column '{RECEIVED}', row 1: 1.0 is no whole number"),
        ({RECEIVED: [None, True]}, f"column '{RECEIVED}', row 2: True is no whole number"),
        ({CHARGED: [None, 1.5]}, f"column '{CHARGED}', row 2: 1.5 is no sum of money"),
        ({"editions.disclosure": ["2021", "1999"]}, "column 'editions.disclosure', row 2: no edition '1999'"),
        ({"missing": reasons(RECEIVED, "lost")}, f"column 'missing', row 2: no reason 'lost' for {RECEIVED}"),
        ({"year": ["2021", None]}, "column 'year', row 1: '2021' is of the wrong type"),
        ({"title": [None, 5]}, "column 'title', row 2: 5 is of the wrong type"),
        ({"publisher.level": [None, "village"]}, "row 2: 'village' is not a valid Level"),
        ({"published": [None, "2020-13-01"]}, "row 2: month must be in 1..12"),
        ({"applications.total.recieved": [1, 2]}, f"is no cell of any edition of the form (near: {RECEIVED}"),
    ],
)
def test_what_is_no_report_is_named(columns: dict[str, Any], said: str) -> None:
    table = pa.table(columns)
    for chunked in (table, pa.Table.from_batches(table.to_batches(max_chunksize=1))):
        with pytest.raises(BatchError) as caught:
            batch.unflatten(chunked)
        assert said in caught.value.text.en
        assert caught.value.text.zh != caught.value.text.en


def test_dates_may_be_written_or_have_a_time() -> None:
    for value in ("2023-01-31", dt.date(2023, 1, 31), dt.datetime(2023, 1, 31, 12)):
        (report,) = batch.unflatten(pa.table({"published": [value]}))
        assert report.published == dt.date(2023, 1, 31)
        assert type(report.published) is dt.date
