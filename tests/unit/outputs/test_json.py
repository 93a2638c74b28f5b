"""JSON output: decimals as strings, places, and what stands where there is nothing."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import attrs

from govinfo import Finding, Reading, Report, Result, Severity, Status, Text
from govinfo.findings import Correction, Location, Outcome, Suggestion
from govinfo.hookspecs import CheckedFile
from govinfo.plugins import load_plugins
from govinfo.schema import Publisher

WRITERS = load_plugins(entry_points=False).writers

FINDING = Finding(
    "FEE001",
    Severity.WARNING,
    Text("收费", "fees"),
    ("processing_fee.received", "processing_fee.charged"),
    Decimal("1.50"),
    Decimal("1E+2"),
    Decimal("-98.50"),
    Location("甲.txt", line=3, raw="1.50"),
    "document",
    (
        Suggestion(
            (Correction("processing_fee.received", Decimal("1.50"), Decimal("100")),),
            "other",
            Text("原因", "why"),
            ("FEE001",),
            0.5,
        ),
    ),
)
OUTCOMES = (
    Outcome("FEE001", Status.FAILED),
    Outcome("APP001", Status.PASSED, "total"),
    Outcome("APP001", Status.UNDECIDED, "other", Text("空白", "blank"), ("applications.other.received",)),
    Outcome("DOC001", Status.CRASHED),
)
RESULT = Result(Reading(Report()), (FINDING,), OUTCOMES, ("national", "hebei"))


def written(lang: Any = "zh") -> Any:
    return json.loads(WRITERS["json"].write([CheckedFile("甲.txt", RESULT)], lang))


def test_a_finding() -> None:
    (report,) = written()["reports"]
    assert report["findings"] == [
        {
            "code": "FEE001",
            "severity": "warning",
            "message": "收费",
            "paths": ["processing_fee.received", "processing_fee.charged"],
            "actual": "1.50",
            "expected": "100",
            "delta": "-98.50",
            "location": attrs.asdict(Location("甲.txt", line=3, raw="1.50")),
            "cause": "document",
            "suggestions": [
                {
                    "cells": [{"path": "processing_fee.received", "reported": "1.50", "proposed": "100"}],
                    "kind": "other",
                    "explanation": "原因",
                    "resolves": ["FEE001"],
                    "confidence": 0.5,
                }
            ],
            "fingerprint": FINDING.fingerprint,
            "diagnosis": None,
            "parts": [],
            "note": None,
        }
    ]


def test_outcomes_are_counted_and_those_that_did_not_pass_listed() -> None:
    (report,) = written("en")["reports"]
    assert report["outcomes"] == {
        "passed": 1,
        "failed": 1,
        "undecided": 1,
        "not_applicable": 0,
        "crashed": 1,
        "details": [
            {"code": "FEE001", "binding": "", "status": "failed", "reason": None},
            {"code": "APP001", "binding": "other", "status": "undecided", "reason": "blank"},
            {"code": "DOC001", "binding": "", "status": "crashed", "reason": None},
        ],
    }


def test_rule_sets_are_named() -> None:
    assert written()["rule_set"] == "national+hebei"


def test_json_lines_are_the_entries_of_reports() -> None:
    assert [
        json.loads(line) for line in str(WRITERS["jsonl"].write([CheckedFile("甲.txt", RESULT)], "zh")).splitlines()
    ] == (written()["reports"])


def test_publishers_stand_behind_the_reports_those_with_most_errors_first() -> None:
    mine, yours = (Report(year=2023, publisher=Publisher(name)) for name in ("甲局", "乙局"))
    error = attrs.evolve(FINDING, severity=Severity.ERROR)
    files = [CheckedFile("a", Result(Reading(mine), (FINDING,), ()))] * 2
    files.append(CheckedFile("b", Result(Reading(yours), (error,), ())))
    output = json.loads(str(WRITERS["json"].write(files, "zh")))
    assert list(output) == ["version", "reports", "rule_set", "publishers"]
    assert output["publishers"] == [
        {"name": "乙局", "reports": 1, "years": [2023], "errors": 1, "warnings": 0},
        {"name": "甲局", "reports": 2, "years": [2023], "errors": 0, "warnings": 2},
    ]


def test_nothing_is_json_too() -> None:
    assert json.loads(str(WRITERS["json"].write([], "en")))["reports"] == []
    assert written()["reports"][0]["skipped"] is False
