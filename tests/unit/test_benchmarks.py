"""The benchmark of checking reports runs, and every way of checking it compares finds what the definition finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("numpy")
pytest.importorskip("pyarrow")

ROOT = Path(__file__).parents[2]
CASES = ("one-report", "numpy-packed-blanks-1", "numpy-columnar-complete-1", "compiled-packed-blanks-1")
PEERS = ("msgspec-dicts", "polars", "duckdb-pass", "pydantic-all")


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, Any]]:
    """What a quick run says, by case."""
    command = [sys.executable, str(ROOT / "benchmarks" / "validate.py"), "--quick", "--json"]
    command += [f"--only={key}" for key in (*CASES, *PEERS, "read-add")]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    return {one["key"]: one for one in json.loads(done.stdout)["cases"]}


@pytest.mark.parametrize("key", [*CASES, *PEERS])
def test_a_case_lists_what_the_definition_lists(measured: dict[str, dict[str, Any]], key: str) -> None:
    one = measured[key]
    if one["error"].startswith("left out"):
        pytest.skip(one["error"])
    assert not one["error"]
    assert one["violations"].startswith("same list"), one["violations"]
    assert one["violations"] != "same list (0)", "the made-up reports have violations"
    assert one["reports_per_second"] > 0


def test_bandwidth_is_measured_on_the_same_reports(measured: dict[str, dict[str, Any]]) -> None:
    read = measured["read-add"]
    assert read["reports_per_second"] > measured["one-report"]["reports_per_second"]
    assert read["reports"] == measured["one-report"]["reports"]


def test_the_benchmark_of_naming_wrong_cells_runs_and_finds_them() -> None:
    pytest.importorskip("scipy")
    command = [sys.executable, str(ROOT / "benchmarks" / "repair.py"), "--quick"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    rows = [line.split("|") for line in done.stdout.splitlines() if line.startswith(("| 1", "| 2"))]
    assert [row[5].strip() for row in rows] == ["6 of 6", "6 of 6"]


def test_the_benchmark_of_folders_runs() -> None:
    command = [sys.executable, str(ROOT / "benchmarks" / "folder.py"), "--quick", "--json"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    measured = json.loads(done.stdout)
    assert sum(measured["kinds"].values()) == measured["files"]
    assert all(case["files_per_second"] > 0 and case["peak"] > 1 << 20 for case in measured["cases"].values())
