"""``govinfo fix``: the list, the patch, and applying it."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from govinfo.cli import run
from govinfo.schema import Missing, cells
from govinfo.schema.convert import to_json
from govinfo.testing import example_report, render, replace_cells
from govinfo.text import LANGUAGES

GOOD = example_report("2021", 3, profile="large")
RIGHT: dict[str, Any] = dict(cells(GOOD))
TOTAL, UPHELD = "disputes.reconsideration.total", "disputes.reconsideration.upheld"
GRANTED, BLANK = "applications.natural_person.granted", "applications.enterprise.received"
CLEAR = replace_cells(GOOD, {GRANTED: RIGHT[GRANTED] + 10})
"""One wrong cell that is named."""
OPEN = replace_cells(GOOD, {TOTAL: RIGHT[TOTAL] + 3, BLANK: Missing.BLANK})
"""One of five cells is wrong, and another is blank."""


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, report in (("good", GOOD), ("clear", CLEAR), ("open", OPEN)):
        Path(f"{name}.html").write_bytes(render(report, "html"))
    Path("other.txt").write_text("今天天气很好。", encoding="utf-8")


@pytest.fixture
def govinfo(capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command and return its exit code, output and errors."""

    def call(*arguments: str) -> SimpleNamespace:
        code = run(arguments)
        captured = capfd.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call


# Proposals.


def test_a_list_for_people(govinfo: Any) -> None:
    done = govinfo("fix", "clear.html")
    assert (done.code, done.err) == (0, "")
    head, change, *below = done.out.splitlines()
    assert head.startswith(f"{GOOD.publisher.name} {GOOD.year} 年    1 处有修改建议")
    assert change.startswith("  [√] 1 ")
    assert f"{RIGHT[GRANTED] + 10} → {RIGHT[GRANTED]}" in change
    assert change.endswith("很有把握")
    assert "govinfo fix clear.html --accept 1 -o patch.json" in below[0]


def test_alternatives_and_implied_values_are_offered(govinfo: Any) -> None:
    done = govinfo("fix", "open.html", "--lang", "en")
    assert done.code == 0
    lines = done.out.splitlines()
    assert lines[0].endswith("corrections proposed: 1, empty cells that can only be one number: 1")
    assert lines[1].startswith("  [ ] 1   DSP001  section 4, ")
    assert [line[:14] for line in lines[2:6]] == [f"    or  [ ] {n} " for n in (2, 3, 4, 5)]
    assert "possible" in lines[6]
    assert lines[7].startswith("  [ ] 6 ")
    assert lines[7].endswith(f"blank → {RIGHT[BLANK]}")
    assert "--accept NUMBERS" in lines[8]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_to_propose_is_said(govinfo: Any, lang: str) -> None:
    done = govinfo("fix", "good.html", "--lang", lang)
    assert (done.code, done.out.count("\n")) == (0, 1)
    assert {"zh": "没有修改建议", "en": "nothing to propose"}[lang] in done.out


def test_errors_without_a_proposal_are_counted(govinfo: Any) -> None:
    Path("minus.html").write_bytes(render(replace_cells(GOOD, {"disclosure.licensing.decisions": -4}), "html"))
    checked = json.loads(govinfo("check", "minus.html", "--format", "json").out)["reports"][0]["findings"]
    open_ones = [f["code"] for f in checked if f["severity"] == "error" and not f["suggestions"]]
    assert open_ones, "choose a report with an error that nothing explains"
    assert f"另有 {len(open_ones)} 处错误没有修改建议（{open_ones[0]}" in govinfo("fix", "minus.html").out


def test_a_patch_is_json(govinfo: Any) -> None:
    shown = govinfo("fix", "open.html", "--format", "json")
    written = govinfo("fix", "open.html", "-o", "p.json")
    assert (shown.code, written.code, written.out) == (0, 0, "")
    assert "p.json" in written.err
    patch = json.loads(Path("p.json").read_text(encoding="utf-8"))
    assert json.loads(shown.out) == patch
    assert (patch["file"], patch["publisher"], patch["year"]) == ("open.html", GOOD.publisher.name, GOOD.year)
    assert [change["accept"] for change in patch["changes"]] == [False] * 5
    assert [change["alternative_to"] for change in patch["changes"]] == [None, 1, 1, 1, 1]
    assert [(offer["path"], offer["low"], offer["accept"]) for offer in patch["implied"]] == [
        (BLANK, RIGHT[BLANK], False)
    ]


def test_a_list_can_go_to_a_file(govinfo: Any) -> None:
    assert govinfo("fix", "clear.html", "--format", "text", "-o", "list.txt").out == ""
    assert Path("list.txt").read_text(encoding="utf-8") == govinfo("fix", "clear.html").out


# Applying.


@pytest.mark.parametrize("source", ["clear.html", "clear.json"])
def test_the_corrected_report_is_written_and_nothing_else_changes(govinfo: Any, source: str) -> None:
    govinfo("parse", "clear.html", "-o", "clear.json")
    original = Path(source).read_bytes()
    govinfo("fix", source, "-o", "p.json")
    done = govinfo("fix", "--apply", "p.json", source)
    assert done.code == 0
    assert "改动 1 格" in done.err
    assert f"{RIGHT[GRANTED] + 10} → {RIGHT[GRANTED]}" in done.err
    assert "改后核对：没有错误" in done.err
    assert done.out == govinfo("parse", "good.html").out
    assert govinfo("fix", "--apply", "p.json", source, "-o", "out.json").out == ""
    assert Path("out.json").read_text(encoding="utf-8") == done.out
    assert Path(source).read_bytes() == original
    assert govinfo("check", "out.json").code == 0


def test_nothing_accepted_gives_what_parse_gives(govinfo: Any) -> None:
    govinfo("fix", "clear.html", "-o", "p.json")
    done = govinfo("fix", "--apply", "p.json", "clear.html", "--accept", "none")
    assert done.code == 0
    assert done.out == govinfo("parse", "clear.html").out
    assert "没有采纳任何一项" in done.err
    assert "仍有 1 处错误" in done.err


@pytest.mark.parametrize(
    ("accept", "changed"),
    [
        ("all", {TOTAL, UPHELD, "corrected", "other", "pending"}),
        ("5,6", {BLANK}),
        ("2，6", {BLANK}),
        (" 6 ", {BLANK}),
    ],
)
def test_numbers_choose(govinfo: Any, accept: str, changed: set[str]) -> None:
    govinfo("fix", "open.html", "-o", "p.json")
    patch = json.loads(Path("p.json").read_text(encoding="utf-8"))
    done = govinfo("fix", "--apply", "p.json", "open.html", "--accept", accept)
    assert done.code == 0
    numbers = {1} if accept == "all" else {int(n) for n in accept.replace("，", ",").split(",")}
    entries = [*patch["changes"], *patch["implied"]]
    paths = {
        path
        for e in entries
        if e["id"] in numbers
        for path in ([c["path"] for c in e["cells"]] if "cells" in e else [e["path"]])
    }
    record = json.loads(done.out)
    assert (BLANK in record["missing"]) == (6 not in numbers)
    assert changed & paths or accept == "all"
    assert done.err.count(" → ") == len(paths)


def test_numbers_also_choose_what_a_patch_accepts(govinfo: Any) -> None:
    assert govinfo("fix", "open.html", "--accept", "2,6", "-o", "p.json").code == 0
    patch = json.loads(Path("p.json").read_text(encoding="utf-8"))
    assert [e["id"] for e in (*patch["changes"], *patch["implied"]) if e["accept"]] == [2, 6]
    done = govinfo("fix", "--apply", "p.json", "open.html")
    assert done.err.count(" → ") == 2
    assert BLANK not in json.loads(done.out)["missing"]


def test_errors_that_remain_and_new_ones_are_told_apart(govinfo: Any) -> None:
    both = replace_cells(GOOD, {GRANTED: RIGHT[GRANTED] + 10, TOTAL: RIGHT[TOTAL] + 3})
    Path("both.html").write_bytes(render(both, "html"))
    govinfo("fix", "both.html", "-o", "p.json")
    patch = json.loads(Path("p.json").read_text(encoding="utf-8"))
    assert [change["cells"][0]["path"] for change in patch["changes"] if change["accept"]] == [GRANTED]
    told = govinfo("fix", "--apply", "p.json", "both.html", "--lang", "en").err
    assert "checked again: errors that remain: 1\n" in told
    assert "  remains  error DSP001  " in told
    for change in patch["changes"]:
        if change["accept"]:
            change["cells"][0].update(path="disputes.litigation_direct.total", proposed=1)
            change["cells"][0]["reported"] = RIGHT["disputes.litigation_direct.total"]
    Path("p.json").write_text(json.dumps(patch), encoding="utf-8")
    told = govinfo("fix", "--apply", "p.json", "both.html").err
    assert "改后核对：仍有 2 处错误，新出现 1 处错误" in told
    assert "  新增  错误 DSP001  四、未经复议直接起诉" in told


# What is refused.


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["."], "是文件夹"),
        (["gone.html"], "gone.html"),
        (["other.txt"], "other.txt"),
        (["clear.html", "--accept", "7"], "没有编号 7"),
        (["clear.html", "--accept", ""], "--accept"),
        (["clear.html", "--accept", "1,none"], "--accept"),
        (["clear.html", "--accept", "-1"], "--accept"),
        (["clear.html", "--accept", "１"], "--accept"),
        (["clear.html", "--rules", "nowhere"], "nowhere"),
        (["clear.html", "-o", "clear.html"], "不能写入 clear.html"),
        (["clear.html", "-o", "./link.html"], "不能写入 ./link.html"),
        (["clear.html", "--apply", "p.json", "-o", "p.json"], "不能写入 p.json"),
        (["clear.html", "--apply", "p.json", "-o", "clear.html"], "不能写入 clear.html"),
        (["clear.html", "--apply", "p.json", "--format", "text"], "--format text"),
        (["clear.html", "--apply", "gone.json"], "gone.json"),
        (["clear.html", "--apply", "clear.html"], "clear.html：第 1 行第 1 列不是有效的 JSON"),
        (["clear.html", "--apply", "p.json", "--accept", "2"], "没有编号 2"),
        (["good.html", "--apply", "p.json"], "补丁写的是"),
        (["open.html", "--apply", "five.json", "--accept", "1,2"], "只能采纳一项"),
        (["-", "--apply", "-"], "标准输入"),
        (["clear.html", "good.html"], "多余的参数"),
        (["clear.html", "--format", "csv"], "csv"),
    ],
)
def test_refused(govinfo: Any, arguments: list[str], said: str) -> None:
    govinfo("fix", "clear.html", "-o", "p.json")
    govinfo("fix", "open.html", "-o", "five.json")
    os.symlink("clear.html", "link.html")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    done = govinfo("fix", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


def test_a_refused_patch_writes_nothing(govinfo: Any) -> None:
    govinfo("fix", "clear.html", "-o", "p.json")
    assert govinfo("fix", "--apply", "p.json", "good.html", "-o", "out.json").code == 2
    assert not Path("out.json").exists()


def test_standard_input(govinfo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def typed(path: str) -> None:
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(Path(path).read_bytes())))

    typed("clear.html")
    assert govinfo("fix", "-", "-o", "p.json").code == 0
    typed("clear.html")
    one = govinfo("fix", "-", "--apply", "p.json")
    typed("p.json")
    other = govinfo("fix", "clear.html", "--apply", "-")
    assert one.out == other.out
    assert json.loads(one.out)["applications"] == json.loads(json.dumps(to_json(GOOD)))["applications"]
