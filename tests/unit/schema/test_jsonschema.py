"""The JSON Schema: current in the documentation, true of what we write, strict about numbers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest

from govinfo.schema import Report
from govinfo.schema.convert import to_json
from govinfo.schema.jsonschema import json_schema
from govinfo.testing import example_report
from govinfo.testing.examples import Edition

PUBLISHED = Path(__file__).parents[3] / "docs" / "reference" / "report.schema.json"
SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def record(**changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps({**to_json(example_report("2021", 1)), **changes}))
    return found


def test_it_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_published_schema_is_current() -> None:
    current = json.dumps(SCHEMA, ensure_ascii=False, indent=2) + "\n"
    assert PUBLISHED.read_text(encoding="utf-8") == current, (
        f"the schema has changed: run `govinfo schema --output {PUBLISHED.relative_to(Path(__file__).parents[3])}`"
    )


@pytest.mark.parametrize("edition", get_args(Edition))
@pytest.mark.parametrize("seed", range(4))
def test_what_we_write_is_valid(edition: Edition, seed: int) -> None:
    VALIDATOR.validate(json.loads(json.dumps(to_json(example_report(edition, seed, blanks=0.1 * seed)))))


def test_an_empty_report_is_valid() -> None:
    VALIDATOR.validate(to_json(Report()))


@pytest.mark.parametrize("value", ["1", True, 3.9, [], {}])
def test_a_count_is_a_whole_number(value: object) -> None:
    found = record()
    found["applications"]["total"]["denied"]["process"] = value
    assert not VALIDATOR.is_valid(found)


@pytest.mark.parametrize("value", [1.5, 1, "1e3", "NaN", "1,000", "１"])
def test_an_amount_is_a_decimal_string(value: object) -> None:
    found = record()
    found["processing_fee"]["charged"] = value
    assert not VALIDATOR.is_valid(found)


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"scope": "all"},
        {"edition": "2020"},
        {"editions": {"disclosure": "2021"}},
        {"missing": {"title": "blank"}},
        {"missing": {"disputes.reconsideration.total": "lost"}},
        {"published": 20240131},
    ],
)
def test_what_we_never_write_is_not_valid(changes: dict[str, Any]) -> None:
    assert not VALIDATOR.is_valid(record(**changes))


@pytest.mark.parametrize("table", ["disclosure", "applications"])
def test_the_edition_decides_the_shape_of_a_table(table: str) -> None:
    found = record()
    found["editions"][table] = "2019"
    assert not VALIDATOR.is_valid(found)


def test_every_cell_says_what_the_form_calls_it() -> None:
    cell = SCHEMA["$defs"]["FeeIncome"]["properties"]["amount"]
    assert cell["title"] == "本年收费金额（单位：万元）"
    assert cell["unit"] == "万元"
