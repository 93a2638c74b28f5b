"""Reviewed findings: which file counts for which report, what comes back, what is no longer needed."""

from __future__ import annotations

import io
import os
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import govinfo
from govinfo import Finding, Missing, Reading, Report, Result, Severity, Status, Text
from govinfo.api import check_files
from govinfo.documents.model import Paragraph
from govinfo.errors import GovinfoError
from govinfo.findings import Outcome
from govinfo.review import FILE, Entry, Reviews, value_of
from govinfo.review.adding import add_entry
from govinfo.schema import ProcessingFee
from govinfo.testing import replace_cells

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "word-paste.html"
FINGERPRINT = "cfbf8754cc20a123"
"""Of the example's only finding."""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    folder = tmp_path / "汇总" / "区县"
    folder.mkdir(parents=True)
    return Path(shutil.copy(EXAMPLE, folder / "甲.html"))


def noted(folder: Path, *lines: str, name: str = FILE) -> Path:
    """A file with one entry for each line, which gives what else the entry has."""
    path = folder / name
    entries = [f'[[dismissed]]\nfingerprint = "{FINGERPRINT}"\nreason = "已核实"\n{line}\n' for line in lines]
    path.write_text("\n".join(entries), encoding="utf-8")
    return path


def is_dismissed(report: Path, *paths: str | Path) -> bool:
    """Whether the finding is put aside, once ``paths`` are named."""
    (checked,) = (one for one in check_files(paths or [report]) if Path(one.file).name == report.name)
    assert checked.result is not None
    assert len(checked.result.findings) + len(checked.result.dismissed) == 1
    return bool(checked.result.dismissed)


def test_a_reviewed_finding_is_put_aside_and_nothing_else(report: Path) -> None:
    (finding,) = govinfo.check(report).findings
    noted(report.parent, 'file = "甲.html"\ncode = "DSP001"\nvalue = "0"\nwho = "王某"\nwhen = 2026-11-24')
    result = govinfo.check(report)
    assert result.findings == ()
    (one,) = result.dismissed
    assert (one.finding, one.reason, one.who, one.when) == (finding, "已核实", "王某", "2026-11-24")
    assert result.count(Status.FAILED, equations_only=True) == 1
    assert govinfo.check(report, review=False).findings == (finding,)


def test_it_comes_back_when_a_figure_changes(report: Path) -> None:
    noted(report.parent, "")
    text = report.read_text(encoding="utf-8")
    before, found, after = text.rpartition(">10<")  # 结果维持, in the last table
    assert found
    report.write_text(f"{before}>12<{after}", encoding="utf-8")
    assert [finding.code for finding in govinfo.check(report).findings] == ["DSP001"]


@pytest.mark.parametrize(
    ("said", "dismissed"),
    [
        ("", True),
        ('file = "甲.html"', True),
        ('file = "./甲.html"', True),
        ('file = "乙.html"', False),
        ('file = "区县/甲.html"', False),
        ('code = "DSP001"', True),
        ('code = "APP001"', False),
        ('value = "0"', True),
        ("value = 0", True),
        ('value = " 0.0 "', True),
        ('value = "1"', False),
        ('value = ""', False),
    ],
)
def test_what_an_entry_says_must_agree(report: Path, said: str, dismissed: bool) -> None:
    noted(report.parent, said)
    assert is_dismissed(report) is dismissed


def test_an_entry_that_no_longer_fits_does_not_hide_one_that_does(report: Path) -> None:
    for lines in (['value = "7"', ""], ["", 'value = "7"']):
        noted(report.parent, *lines)
        assert is_dismissed(report)


# Which file counts.


def test_folders_are_looked_at_up_to_the_one_that_was_named(report: Path, tmp_path: Path) -> None:
    noted(tmp_path, 'file = "汇总/区县/甲.html"')
    assert not is_dismissed(report)
    assert not is_dismissed(report, report.parent)
    assert not is_dismissed(report, report.parent.parent)
    assert is_dismissed(report, tmp_path)
    assert is_dismissed(report, report, tmp_path)


@pytest.mark.parametrize("named", [".", "./", "汇总", "汇总/区县/甲.html", "../汇总/../汇总/区县"])
def test_it_does_not_matter_how_a_path_is_written(
    report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    monkeypatch.chdir(tmp_path if not named.startswith("..") else tmp_path / "汇总")
    noted(report.parent, 'file = "甲.html"')
    assert is_dismissed(report, named)


def test_the_nearest_file_comes_first_and_the_others_count_too(report: Path, tmp_path: Path) -> None:
    noted(tmp_path, 'who = "远"')
    noted(report.parent, 'who = "近"')
    (checked,) = check_files([tmp_path])
    assert checked.result is not None
    assert [one.who for one in checked.result.dismissed] == ["近"]
    noted(report.parent, 'code = "APP001"')
    assert is_dismissed(report, tmp_path)


def test_nothing_lies_beside_what_is_no_file(report: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(report.parent)
    noted(report.parent, "")
    content = report.read_bytes()
    for source in (content, io.BytesIO(content), govinfo.read(report)):
        assert len(govinfo.check(source, name="甲.html").findings) == 1
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    (checked,) = check_files(["-"])
    assert checked.result is not None
    assert len(checked.result.findings) == 1


def test_a_file_that_is_named_counts_for_whatever_is_checked_and_no_other_does(report: Path, tmp_path: Path) -> None:
    elsewhere = noted(tmp_path, "", name="复核.toml")
    assert len(govinfo.check(report).findings) == 1
    for source in (report, report.read_bytes(), govinfo.read(report)):
        assert len(govinfo.check(source, review=elsewhere).dismissed) == 1
    noted(report.parent, "")
    elsewhere.write_text("", encoding="utf-8")
    assert govinfo.check(report, review=str(elsewhere)).dismissed == ()
    noted(tmp_path, 'file = "汇总/区县/甲.html"', name="复核.toml")
    assert len(govinfo.check(report, review=elsewhere).dismissed) == 1
    assert govinfo.check(report.read_bytes(), review=elsewhere).dismissed == ()
    with pytest.raises(GovinfoError, match=r"gone\.toml: .*no such file"):
        govinfo.check("gone.html", review="gone.toml")


def test_a_file_is_read_once_in_a_run(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from govinfo.review import reading

    taken: list[str] = []
    before = reading.read_entries

    def read(content: bytes, path: str) -> tuple[Entry, ...]:
        taken.append(path)
        return before(content, path)

    monkeypatch.setattr(reading, "read_entries", read)
    for name in "乙丙丁":
        shutil.copy(report, report.with_name(f"{name}.html"))
    noted(report.parent, "")
    found = list(check_files([report.parent]))
    assert [len(one.result.dismissed) for one in found if one.result] == [1] * 4
    assert taken == [str(report.with_name(FILE))]


def test_a_wrong_file_stops_the_check(report: Path, tmp_path: Path) -> None:
    noted(report.parent, "why = 1")
    for call in (lambda: govinfo.check(report), lambda: list(check_files([tmp_path]))):
        with pytest.raises(GovinfoError, match=r"govinfo\.toml:4: entry 1: no key is called 'why'"):
            call()
    assert len(govinfo.check(report, review=False).findings) == 1
    report.with_name(FILE).unlink()
    report.with_name(FILE).mkdir()
    with pytest.raises(GovinfoError, match="folder"):
        govinfo.check(report)


# What the cells hold.


@pytest.mark.parametrize(
    ("finding", "value"),
    [
        (
            Finding("A", Severity.ERROR, Text("", ""), ("processing_fee.received", "processing_fee.charged"), 1, 2),
            "1.50",
        ),
        (Finding("A", Severity.INFO, Text("", ""), ("processing_fee.received", "processing_fee.charged")), "1.50, /"),
        (Finding("A", Severity.INFO, Text("", ""), ("processing_fee.notices",)), "absent"),
        (Finding("A", Severity.INFO, Text("", ""), ("sections.problems",), "无。"), None),
        (Finding("A", Severity.INFO, Text("", "")), None),
    ],
)
def test_what_is_noted_is_what_the_fingerprint_does_not_say(finding: Finding, value: str | None) -> None:
    fee = ProcessingFee(Missing.ABSENT, Missing.NOT_APPLICABLE, Decimal("1.50"))
    reading = Reading(Report(processing_fee=fee), {"processing_fee.charged": Paragraph(" / ", 1)})
    assert value_of(finding, reading) == value


def test_a_doubt_about_a_cell_comes_back_when_the_cell_holds_something_else(tmp_path: Path) -> None:
    """Its fingerprint is the same: it says which cell is in doubt, not what stands there."""
    path = "disputes.reconsideration.total"
    doubt = Finding("SRC002", Severity.INFO, Text("存疑", "in doubt"), (path,))
    before, after = (Reading(replace_cells(govinfo.read(EXAMPLE).report, {path: n})) for n in (10, 1))
    value = value_of(doubt, before)
    assert value == "10"
    add_entry(str(tmp_path / "甲.html"), Entry(doubt.fingerprint, "x", code="SRC002", value=value))
    reviews = Reviews([tmp_path])
    for reading, dismissed in ((before, 1), (after, 0)):
        result = reviews.apply(Result(reading, (doubt,), ()), str(tmp_path / "甲.html"))
        assert len(result.dismissed) == dismissed


# What is no longer needed.


def unneeded(*paths: Path, **choice: bool) -> list[str]:
    reviews = Reviews(paths)
    list(check_files(paths, review=reviews))
    return [one.text.en for one in reviews.unneeded(**choice)]


def test_an_entry_that_is_needed_is_passed_over(report: Path) -> None:
    noted(report.parent, "", 'file = "甲.html"')
    assert unneeded(report.parent) == []


def test_an_entry_whose_finding_has_gone_is_named_with_its_line(report: Path, tmp_path: Path) -> None:
    file = noted(report.parent, 'file = "甲.html"', 'file = "甲.html"\ncode = "DSP001"')
    report.write_bytes((EXAMPLE.parent / "web-table.html").read_bytes())
    first, second = unneeded(report)
    assert first.startswith(f"{file}:1: 甲.html  {FINGERPRINT}  no longer needed")
    assert second.startswith(f"{file}:6: 甲.html  DSP001  {FINGERPRINT}  no longer needed")
    assert unneeded(report, complete=False) == [second]  # of the other nobody knows whether its rule was applied


def test_an_entry_whose_figure_has_changed_says_so(report: Path) -> None:
    noted(report.parent, 'value = "3"')
    (said,) = unneeded(report.parent)
    assert "the figure has changed" in said


def test_nothing_is_said_of_what_was_not_checked(report: Path) -> None:
    Path(shutil.copy(EXAMPLE.parent / "web-table.html", report.with_name("乙.html")))
    noted(report.parent, "", 'file = "甲.html"')
    assert unneeded(report.with_name("乙.html")) == []
    noted(report.parent, 'code = "APP001"')
    assert unneeded(report) == []  # it may be about the other report
    assert len(unneeded(report.parent)) == 1
    assert unneeded(report.parent, complete=False) == []


def test_an_entry_about_a_file_that_is_not_there_says_so(report: Path) -> None:
    noted(report.parent, 'file = "甲.htm"')
    (said,) = unneeded(report.parent)
    assert said.endswith("no such file: 甲.htm")


def test_a_rule_that_broke_or_was_left_out_says_nothing_about_its_entries(report: Path) -> None:
    noted(report.parent, f'file = "{report.name}"\ncode = "DSP001"')
    for outcomes, said in (
        ((), 0),
        ((Outcome("DSP001", Status.CRASHED),), 0),
        ((Outcome("DSP001", Status.PASSED),), 1),
    ):
        reviews = Reviews([report])
        reviews.apply(Result(Reading(Report()), (), outcomes), str(report))
        assert len(reviews.unneeded(complete=False)) == said


@pytest.mark.skipif(os.name == "nt", reason="names are characters there")
def test_a_report_whose_name_is_no_text_is_checked_all_the_same(tmp_path: Path) -> None:
    path = os.fsdecode(os.path.join(os.fsencode(tmp_path), b"\xff.html"))
    shutil.copy(EXAMPLE, path)
    noted(tmp_path, "")
    assert len(govinfo.check(path).dismissed) == 1
