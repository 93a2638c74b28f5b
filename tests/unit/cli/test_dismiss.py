"""``govinfo dismiss``, from the list to a check that says so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from govinfo.cli import run
from govinfo.review import FILE

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "区县").mkdir()
    return str(shutil.copy(EXAMPLES / "word-paste.html", tmp_path / "区县" / "甲.html"))


def test_dismissing_a_finding(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dismiss", report, "--lang", "en"]) == 0
    fingerprint, severity, code, *_ = capsys.readouterr().out.split()
    assert (severity, code) == ("error", "DSP001")
    assert run(["dismiss", report, fingerprint[:8], "--lang", "en"]) == 2
    assert "--reason" in capsys.readouterr().err
    for given in ("ffffffff", fingerprint[:5]):
        assert run(["dismiss", report, given, "--reason", "x", "--lang", "en"]) == 2
        assert fingerprint in capsys.readouterr().err
    assert not Path(report).with_name(FILE).exists()
    assert run(["dismiss", report, fingerprint[:6].upper(), "--reason", "已核实", "--who", "王某"]) == 0
    capsys.readouterr()
    assert run(["check", report, "--lang", "en"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("√")
    assert "1 reviewed" in said
    assert "41 balance equations hold" in said
    assert run(["check", report, "--no-review", "--lang", "en"]) == 1
    assert run(["check", report, "-v"]) == 0
    assert "已核实  王某" in capsys.readouterr().out
    assert run(["check", report, "--format", "json"]) == 0
    (record,) = json.loads(capsys.readouterr().out)["reports"]
    assert record["findings"] == []
    assert [(one["finding"]["code"], one["reason"]) for one in record["dismissed"]] == [("DSP001", "已核实")]


def test_what_is_dismissed_is_listed_and_not_noted_twice(report: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dismiss", report, "cfbf8754", "--reason", "已核实"]) == 0
    noted = Path(report).with_name(FILE).read_bytes()
    capsys.readouterr()
    assert run(["dismiss", report, "cfbf8754", "--reason", "另一个理由", "--lang", "en"]) == 0
    assert capsys.readouterr().out.startswith("dismissed already: 已核实")
    assert Path(report).with_name(FILE).read_bytes() == noted
    assert run(["dismiss", report]) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.startswith("cfbf8754cc20a123  错误 DSP001")
    assert second.strip().startswith("已复核：已核实")


def test_a_report_without_findings_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dismiss", str(EXAMPLES / "pdf-text.txt"), "--lang", "en"]) == 0
    assert capsys.readouterr().out == "nothing was found\n"


@pytest.mark.parametrize("arguments", [["-"], ["."], ["gone.html"], [str(EXAMPLES / "tabs.txt"), "--reason", "x"]])
def test_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dismiss", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, bool(err)) == ("", True)


def test_a_finding_of_a_rule_set_of_ones_own(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules = tmp_path / "my.toml"
    rules.write_text(
        'name = "my"\ntitle = "t"\n[[rule]]\ncode = "MY-DSP001"\nseverity = "error"\ntitle = "t"\nsource = "s"\n'
        'relation = "disputes.reconsideration.upheld == 0"\n',
        encoding="utf-8",
    )
    mine = ["--rules", str(rules)]
    assert run(["dismiss", report, *mine]) == 0
    fingerprint = capsys.readouterr().out.split()[0]
    assert run(["dismiss", report, fingerprint, "--reason", "x", *mine]) == 0
    assert run(["check", report, *mine]) == 0


def test_check_names_what_is_no_longer_needed_and_a_broken_file(
    report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["dismiss", report, "cfbf8754", "--reason", "已核实"]) == 0
    shutil.copy(EXAMPLES / "web-table.html", report)
    for arguments, said in (([], True), (["--select", "APP"], False), (["--no-review"], False)):
        capsys.readouterr()
        assert run(["check", str(tmp_path), "--lang", "en", *arguments]) == 0
        assert ("甲.html  DSP001  cfbf8754cc20a123  no longer needed" in capsys.readouterr().err) is said
    Path(report).with_name(FILE).write_text("[[dismissed]]\nwhy = 1\n", encoding="utf-8")
    assert run(["check", str(tmp_path), "--lang", "en"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"{FILE}:2: entry 1: no key is called 'why'" in err


def test_a_file_in_another_place_is_named(report: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["dismiss", report, "cfbf8754", "--reason", "已核实"]) == 0
    moved = Path(report).with_name(FILE).rename(tmp_path / "复核.toml")
    assert run(["check", report]) == 1
    moved.write_text(moved.read_text(encoding="utf-8").replace("甲.html", "区县/甲.html"), encoding="utf-8")
    assert run(["check", report, "--review", str(moved)]) == 0
    assert run(["check", report, "--review", str(moved), "--no-review"]) == 2
    assert run(["check", report, "--review", str(tmp_path / "gone.toml"), "--lang", "en"]) == 2
    assert "gone.toml" in capsys.readouterr().err
