"""``govinfo region``, and ``--region`` of check and parse."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from govinfo.cli import run
from govinfo.testing import render
from govinfo.testing.bases import base_report


@pytest.fixture
def govinfo(capfd: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run the command, in English, in a folder with a report of 市中区教育局."""
    monkeypatch.chdir(tmp_path)
    page = render(base_report(), "html").decode().replace("青河市教育局", "市中区教育局")
    Path("report.html").write_text(page, encoding="utf-8")

    def call(*arguments: str) -> SimpleNamespace:
        code = run([*arguments, "--lang", "en"])
        captured = capfd.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call


def test_names_are_explained(govinfo: Any) -> None:
    done = govinfo("region", "温县科技和工业信息化局", "密云县教委", "--year", "2022")
    assert done.code == 0
    assert done.out.splitlines() == [
        "√ 温县科技和工业信息化局    410825    department    certain",
        "       the name says 河南省焦作市温县, code 410825",
        "√ 密云县教委    110118    department    likely",
        "       密云县 was 北京市密云区 in 2022, code 110118",
    ]


def test_what_is_not_known_is_exit_code_1(govinfo: Any) -> None:
    done = govinfo("region", "朝阳区教育局", "教育局")
    assert done.code == 1
    assert "? 朝阳区教育局    –    department    ambiguous" in done.out
    assert "? 教育局    –    department    unknown" in done.out
    assert govinfo("region", "朝阳区教育局", "--within", "吉林省").code == 0
    assert govinfo("region", "教育局", "--context", "温县人民政府").code == 0


def test_codes_are_explained(govinfo: Any) -> None:
    assert govinfo("region", "130500").out == "√ 130500    河北省邢台市    prefecture    before 2008–now\n"
    assert govinfo("region", "110103").out == "√ 110103    北京市崇文区    county    before 2008–2009\n"
    wrong = govinfo("region", "999999")
    assert (wrong.code, wrong.out) == (2, "")
    assert "no region has the code 999999" in wrong.err


def test_json(govinfo: Any) -> None:
    assert json.loads(govinfo("region", "温县教育局", "--format", "json").out) == {
        "name": "温县教育局",
        "code": "410825",
        "level": "department",
        "confidence": "certain",
        "candidates": [{"code": "410825", "name": "温县", "level": "county", "first": None, "last": None}],
        "reason": "the name says 河南省焦作市温县, code 410825",
    }
    both = json.loads(govinfo("region", "朝阳区", "110118", "--format", "json").out)
    assert (both[0]["code"], len(both[0]["candidates"])) == (None, 2)
    assert both[1]["region"] == {"code": "110118", "name": "密云区", "level": "county", "first": 2015, "last": None}


def test_parse_and_check_are_told_where_reports_come_from(govinfo: Any) -> None:
    assert json.loads(govinfo("parse", "report.html").out)["publisher"]["region_code"] is None
    assert json.loads(govinfo("parse", "report.html", "--region", "济南市").out)["publisher"] == {
        "name": "市中区教育局",
        "region_code": "370103",
        "level": "department",
    }
    assert "SRC027" in govinfo("check", "report.html").out
    assert "SRC027" not in govinfo("check", "report.html", "--region", "3701").out
    for command in ("parse", "check"):
        wrong = govinfo(command, "report.html", "--region", "朝阳区")
        assert (wrong.code, wrong.out) == (2, "")
        assert "Say the province and city" in wrong.err
