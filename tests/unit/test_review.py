"""Reviewed findings: put aside while the figures stay, back when they change, never by a slip of the pen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import govinfo
from govinfo.errors import GovinfoError
from govinfo.review import FILE, Entry, add_entry, entries_beside

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "word-paste.html"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    return Path(shutil.copy(EXAMPLE, tmp_path / "甲.html"))


def entry(report: Path, **other: str) -> Entry:
    (finding,) = govinfo.check(report).findings
    return Entry(finding.fingerprint, '已核实："跨年"\n案件\x7f', **other)


def test_a_reviewed_finding_is_put_aside_and_nothing_else(report: Path) -> None:
    add_entry(str(report), entry(report, file="甲.html", code="DSP001", value="0", who="王某", when="2026-11-24"))
    result = govinfo.check(report)
    assert result.findings == ()
    (one,) = result.dismissed
    assert (one.finding.code, one.reason, one.who) == ("DSP001", '已核实："跨年"\n案件\x7f', "王某")
    assert govinfo.check(report, review=False).findings == (one.finding,)


def test_it_comes_back_when_a_figure_changes(report: Path) -> None:
    add_entry(str(report), entry(report))
    text = report.read_text(encoding="utf-8")
    before, found, after = text.rpartition(">10<")  # 结果维持, in the last table
    assert found
    report.write_text(f"{before}>12<{after}", encoding="utf-8")
    assert [finding.code for finding in govinfo.check(report).findings] == ["DSP001"]


@pytest.mark.parametrize("other", [{"file": "乙.html"}, {"code": "APP001"}, {"value": "1"}])
def test_an_entry_about_something_else_dismisses_nothing(report: Path, other: dict[str, str]) -> None:
    add_entry(str(report), entry(report, **other))
    assert len(govinfo.check(report).findings) == 1


def test_what_stands_in_the_file_is_kept_and_nothing_is_noted_twice(report: Path) -> None:
    noted = report.with_name(FILE)
    noted.write_text("# 说明", encoding="utf-8")
    one = entry(report)
    add_entry(str(report), one)
    assert noted.read_text(encoding="utf-8").startswith("# 说明\n")
    assert entries_beside(str(report)) == (one,)
    with pytest.raises(GovinfoError, match="dismissed already"):
        add_entry(str(report), one)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[dismissed]\n", "line 1"),
        (b"\xff\xfe", "TOML"),
        (b"[[dismised]]\n", "dismised"),
        (b"dismissed = 1\n", "[[dismissed]]"),
        (b'[[dismissed]]\nfingerprint = "a"\n', "reason"),
        (b'[[dismissed]]\nfingerprint = "a"\nreason = " "\n', "reason"),
        (b'[[dismissed]]\nfingerprint = 1\nreason = "b"\n', "fingerprint"),
        (b'[[dismissed]]\nfingerprint = "a"\nreason = "b"\nwhy = "c"\n', "why"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_stops_the_check(report: Path, content: bytes, said: str) -> None:
    report.with_name(FILE).write_bytes(content)
    with pytest.raises(GovinfoError) as caught:
        govinfo.check(report)
    assert FILE in caught.value.text.zh
    assert said in caught.value.text.en


def test_a_date_may_be_written_as_one(report: Path) -> None:
    one = entry(report)
    report.with_name(FILE).write_text(
        f'[[dismissed]]\nfingerprint = "{one.fingerprint}"\nreason = "b"\nwhen = 2026-11-24\n', encoding="utf-8"
    )
    assert [done.when for done in govinfo.check(report).dismissed] == ["2026-11-24"]
