"""Laws of the canonical record: nothing is lost on the way to JSON and back, and the schema describes it."""

from __future__ import annotations

import functools
import json
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.schema import Missing, Report, cells
from govinfo.schema.convert import from_json, to_json
from govinfo.schema.jsonschema import json_schema
from govinfo.testing import LAYOUTS, example_report, render, replace_cells
from govinfo.testing.strategies import layouts, reports


@functools.cache
def validator() -> Any:
    return jsonschema.Draft202012Validator(json_schema())


def there_and_back(report: Report) -> None:
    record = to_json(report)
    text = json.dumps(record, ensure_ascii=False, allow_nan=False)
    assert json.loads(text) == record, "the record holds something JSON does not have"
    assert from_json(json.loads(text)) == report
    assert govinfo.load(text.encode()) == report
    validator().validate(record)
    missing = {path for path, value in cells(report).items() if isinstance(value, Missing)}
    assert set(record["missing"]) == missing, "null without its reason, or a reason without null"


@given(reports(blanks=True), st.data())
def test_any_report(report: Report, data: Any) -> None:
    reasons = st.sampled_from(list(Missing))
    gone = data.draw(st.dictionaries(st.sampled_from(sorted(cells(report))), reasons, max_size=40))
    there_and_back(replace_cells(report, gone))


def test_an_empty_report() -> None:
    there_and_back(Report())


@pytest.mark.parametrize("layout", LAYOUTS)
def test_parse_to_json_and_print_again(layout: str) -> None:
    """parse → JSON → report → print → parse gives the same record."""
    for edition in ("2019", "2021", "mixed"):
        first = govinfo.read(render(example_report(edition, 14), layout)).report
        there_and_back(first)
        again = govinfo.read(render(from_json(to_json(first)), layout)).report
        assert to_json(again) == to_json(first)


@given(reports(), layouts())
def test_the_record_of_a_published_report(report: Report, layout: Any) -> None:
    reading = govinfo.read(render(report, layout))
    there_and_back(reading.report)
    assert from_json(to_json(reading.report)) == report


@given(reports(blanks=True), st.data())
def test_the_schema_refuses_what_the_reader_refuses(report: Report, data: Any) -> None:
    """``"1"``, ``true`` and ``3.9`` are not whole numbers, for the library and for the schema alike."""
    record = json.loads(json.dumps(to_json(report)))
    path = data.draw(st.sampled_from([p for p, value in cells(report).items() if isinstance(value, int)]))
    *parents, last = path.split(".")
    node = record
    for name in parents:
        node = node[name]
    node[last] = data.draw(st.sampled_from(["1", True, 3.9, [], {}, None]))
    assert not validator().is_valid(record) or node[last] is None
    with pytest.raises(govinfo.ReadError) as caught:
        govinfo.load(json.dumps(record).encode())
    assert path in caught.value.text.en
