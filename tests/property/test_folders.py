"""Laws of runs over folders: it does not matter how many processes work, nor where a run was interrupted."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from govinfo import GovinfoError
from govinfo.api import check_files, checking_of, write
from govinfo.checking import Checking
from govinfo.cli import run
from govinfo.cli.walking import Stopped
from govinfo.files import find
from govinfo.folders import Journal, Run, settings_of
from govinfo.hookspecs import CheckedFile
from govinfo.plugins import Candidate, load_plugins
from govinfo.review import Reviews
from govinfo.tally import Tally
from govinfo.testing import example_report, render, replace_cells
from govinfo.testing.layouts import LAYOUTS

RULES = """
name = "mine"
title = { zh = "本单位", en = "my office" }

[[rule]]
code = "MY-DSP001"
severity = "error"
title = { zh = "有复议", en = "a dispute" }
source = "s"
relation = "disputes.reconsideration.total < 9999"
"""
MISBEHAVING = Path(__file__).parents[1] / "misbehaving"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of reports in all layouts, some with errors, among other things; last year's beside it."""
    root = tmp_path_factory.mktemp("汇总")
    for number, name in enumerate(LAYOUTS):
        report = example_report("2021" if number % 2 else "2019", number, profile="large")
        if number % 3 == 0:
            report = replace_cells(report, {"disputes.reconsideration.total": 9999})
        where = root / "reports" / f"区{number % 4}"
        where.mkdir(parents=True, exist_ok=True)
        (where / f"{number:02}.{LAYOUTS[name].kind}").write_bytes(render(report, name))
        (root / "before").mkdir(exist_ok=True)
        (root / "before" / f"{number}.txt").write_bytes(render(report, "lines"))
    reports = root / "reports"
    (reports / "说明.txt").write_text("今天天气很好。", encoding="utf-8")
    (reports / "空.html").write_bytes(b"")
    with zipfile.ZipFile(reports / "区2" / "包.zip", "w") as archive:
        archive.write(reports / "说明.txt", "说明.txt")
        archive.write(reports / "区0" / "00.text", "甲.txt")
        archive.write(reports / "区1" / "01.text", "乙.txt")
    (reports / "style.css").write_text("p {}")
    entry = '[[dismissed]]\nfingerprint = "{}"\nreason = "已核实"\n'
    named = entry.format("0123456789abcdef") + 'file = "区1/01.text"\ncode = "DSP001"\n'
    (reports / ".govinfo.toml").write_text(named, encoding="utf-8")
    checked = checking_of([reports])
    found = [one for path in find([reports / "区0"]) for one in checked.files(path)]
    prints = [finding.fingerprint for one in found if one.result for finding in one.result.findings]
    (reports / "区0" / ".govinfo.toml").write_text("\n".join(map(entry.format, prints[:3])), encoding="utf-8")
    (root / "mine.toml").write_text(RULES, encoding="utf-8")
    return root


def command(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "govinfo", *arguments], cwd=cwd, capture_output=True, timeout=120)


@pytest.mark.parametrize(
    "options",
    [
        ["--format", "text", "--lang", "en"],
        ["--format", "details", "--rules", "mine.toml", "--rules", "national"],
        ["--format", "json", "--previous", "before"],
        ["--format", "jsonl", "--select", "DSP", "--ignore", "DSP002", "--no-review"],
        ["--format", "json", "--review", "reports/区0/.govinfo.toml"],
    ],
    ids=lambda options: options[1] + options[2],
)
def test_many_processes_write_what_one_writes(folder: Path, options: list[str]) -> None:
    one, two = (command("check", "reports", *options, "--jobs", jobs, cwd=folder) for jobs in "12")
    assert two.stdout == one.stdout
    assert two.stderr == one.stderr
    assert two.returncode == one.returncode == 2
    assert len(one.stdout) > 1000
    assert (b"0123456789abcdef" in one.stderr) == (not {"--review", "--no-review"} & {*options})


def test_many_processes_give_what_one_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    found = []
    for jobs in (1, 2):
        reviews = Reviews(["reports"])
        files = list(check_files(["reports"], jobs=jobs, review=reviews))
        found.append((write(files, format="json"), [one.text for one in reviews.unneeded(complete=False)]))
    assert found[0] == found[1]
    assert found[0][1]
    own = load_plugins(candidates=[Candidate("own", "own", "1", lambda: SimpleNamespace())])
    with pytest.raises(GovinfoError, match="plugins that are not installed"):
        list(check_files(["reports"], jobs=2, plugins=own))


def test_many_processes_parse_what_one_parses(folder: Path) -> None:
    one, two = (command("parse", "reports", "--jobs", jobs, cwd=folder) for jobs in "12")
    assert (two.stdout, two.stderr, two.returncode) == (one.stdout, one.stderr, one.returncode)
    assert one.stdout.count(b"\n") == len(LAYOUTS) + 2  # the archive holds two


# Interrupted and resumed, in this process.


def interrupted(folder: Path, output: Path, after: int, resume: bool, format: str = "json") -> Run | None:
    """Run until so many files are done; None where the run ended before."""
    reports = folder / "reports"
    checking = checking_of([reports])
    files = list(find([str(reports)]))

    def stop(done: int, tally: Tally) -> None:
        if done > after:
            raise Stopped(130)

    work = Run(checking, files, format, "zh", 1, None, stop)
    journal = Journal(output, settings_of(checking, format, "zh", True, None), resume=resume)
    try:
        work.write_file(output, journal)
    except Stopped:
        journal.close()
        return work
    journal.remove()
    return None


@pytest.fixture
def whole(folder: Path, tmp_path: Path) -> bytes:
    assert interrupted(folder, tmp_path / "whole.json", 1000, False) is None
    assert not (tmp_path / "whole.json.partial").exists()
    return (tmp_path / "whole.json").read_bytes()


def test_a_resumed_run_writes_what_an_uninterrupted_one_writes(folder: Path, tmp_path: Path, whole: bytes) -> None:
    output, partial = tmp_path / "out.json", tmp_path / "out.json.partial"
    for after in (0, 5, 12, 17):
        work = interrupted(folder, output, after, True)
        assert work is not None
        assert not output.exists()
    assert partial.exists()
    assert interrupted(folder, output, 1000, True) is None
    assert output.read_bytes() == whole
    assert not partial.exists()


@pytest.mark.parametrize("seed", range(12))
def test_it_may_be_ended_at_any_byte(folder: Path, tmp_path: Path, whole: bytes, seed: int) -> None:
    output, partial = tmp_path / "out.json", tmp_path / "out.json.partial"
    interrupted(folder, output, 14, False)
    content = partial.read_bytes()
    partial.write_bytes(content[: random.Random(seed).randrange(len(content)) if seed else 0])
    assert interrupted(folder, output, 1000, True) is None
    assert output.read_bytes() == whole


def test_what_changed_meanwhile_is_checked_again(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    output = tmp_path / "out.json"
    interrupted(copy, output, 14, False)
    files = list(find([copy / "reports"]))
    Path(files[2]).write_bytes(render(example_report("2021", 77), "html"))
    Path(files[3]).unlink()
    (copy / "reports" / "区0" / "0new.html").write_bytes(render(example_report("2021", 78), "html"))
    assert interrupted(copy, output, 1000, True) is None
    resumed = output.read_bytes()
    interrupted(copy, output, 1000, False)
    assert output.read_bytes() == resumed


def test_what_is_done_is_not_done_again(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    output = tmp_path / "out.json"
    interrupted(folder, output, 14, False)
    read: list[str] = []

    def files(self: Checking, path: str) -> Iterator[CheckedFile]:
        read.append(path)
        return before(self, path)

    before = Checking.files
    monkeypatch.setattr(Checking, "files", files)
    assert interrupted(folder, output, 1000, True) is None
    assert len(read) == len(list(find([folder / "reports"]))) - 15


# The command, ended from outside.


def started(folder: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    """The command, with the plugin that takes its time."""
    arguments = [sys.executable, "-m", "govinfo", "check", "reports", "-o", str(output), "--jobs", "2", *options]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(MISBEHAVING), *sys.path])}
    return subprocess.Popen(arguments, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def wait_for(partial: Path, size: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        if partial.exists() and partial.stat().st_size >= size:
            return
        time.sleep(0.005)


@pytest.fixture(scope="module")
def slow(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with files that take their time, and what is found in it."""
    copy = tmp_path_factory.mktemp("slow") / "slow"
    shutil.copytree(folder, copy)
    for number in range(4):
        (copy / "reports" / f"区{number}" / "05slow.txt").write_bytes(b"MISBEHAVE sleep 0.4")
    started(copy, copy / "whole.json").communicate(timeout=60)
    return copy


@pytest.mark.parametrize("sign", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_a_run_that_was_ended_goes_on(slow: Path, tmp_path: Path, sign: str) -> None:
    number = getattr(signal, sign)
    output = tmp_path / "out.json"
    process = started(slow, output)
    wait_for(tmp_path / "out.json.partial", 100_000, process)
    began = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - began < 5
    if sign != "SIGKILL":
        assert process.returncode == 128 + number
        assert "--resume" in said.decode()
    assert not output.exists()
    resumed = started(slow, output, "--resume")
    _, said = resumed.communicate(timeout=60)
    assert resumed.returncode == 2
    assert "接着做" in said.decode()
    assert output.read_bytes() == (slow / "whole.json").read_bytes()
    assert [path.name for path in tmp_path.iterdir()] == ["out.json"]


def test_a_journal_of_another_run_is_refused(folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "out.json"
    interrupted(folder, output, 5, False)
    arguments = ["check", str(folder / "reports"), "-o", str(output), "--resume", "--jobs", "1", "--lang"]
    assert run([*arguments, "en", "--select", "APP"]) == 2
    said = capfd.readouterr().err
    assert "other settings (language, --select)" in said
    assert not output.exists()
    (tmp_path / "out.json.partial").write_text('{"govinfo": 1, "settings": 5}\n{\n')
    assert run([*arguments, "zh"]) == 2
    assert "已损坏" in capfd.readouterr().err
    assert run(["check", str(folder / "reports"), "-o", str(output), "--jobs", "1"]) == 2
    assert output.exists()
