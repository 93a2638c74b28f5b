"""``govinfo dismiss``, from the list to a check that says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from govinfo.cli import run

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "word-paste.html"


def test_dismissing_a_finding(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = shutil.copy(EXAMPLE, tmp_path / "甲.html")
    assert run(["dismiss", str(report), "--lang", "en"]) == 0
    fingerprint, code, *_ = capsys.readouterr().out.split()
    assert code == "DSP001"
    assert run(["dismiss", str(report), fingerprint[:8], "--lang", "en"]) == 2
    assert "--reason" in capsys.readouterr().err
    assert run(["dismiss", str(report), "ffffffff", "--reason", "x", "--lang", "en"]) == 2
    assert fingerprint in capsys.readouterr().err
    assert run(["dismiss", str(report), fingerprint[:8], "--reason", "已核实", "--who", "王某"]) == 0
    capsys.readouterr()
    assert run(["check", str(report), "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("√")
    assert "1 reviewed" in said
    assert "41 balance equations hold" in said
    assert run(["check", "-v", str(report), "--lang", "en"]) == 0
    assert "已核实  王某" in capsys.readouterr().out
    assert run(["check", "--no-review", str(report)]) == 1
    capsys.readouterr()
    assert run(["check", str(report), "--format", "json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)["reports"]
    assert record["findings"] == []
    assert [(one["finding"]["code"], one["reason"]) for one in record["dismissed"]] == [("DSP001", "已核实")]
