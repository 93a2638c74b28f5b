"""``govinfo check DIR`` as a user would run it: what hangs and crashes, what is skipped, progress, interrupts."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import shutil
import signal
import struct
import subprocess
import sys
import termios
import time
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from govinfo.api import checking_of
from govinfo.cli import run
from govinfo.testing import example_report, render, replace_cells

MISBEHAVING = Path(__file__).parents[2] / "misbehaving"
GOOD = render(example_report("2021", 3, profile="large"), "lines")
BAD = render(
    replace_cells(example_report("2021", 3, profile="large"), {"disputes.reconsideration.total": 9999}), "html"
)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work beside a folder of reports, with the misbehaving plugin installed, speaking Chinese."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(MISBEHAVING), *sys.path]))
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for number in range(12):
        path = Path(f"reports/{number % 3}/{number:02}{'.html' if number % 4 == 0 else '.txt'}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(BAD if number % 4 == 0 else GOOD)


def govinfo(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "govinfo", *arguments]
    return subprocess.run(command, capture_output=True, timeout=90, encoding="utf-8", **options)


def add(name: str, deed: str) -> None:
    Path("reports", name).write_bytes(b"MISBEHAVE " + deed.encode())


# What hangs and crashes.


def test_files_that_hang_or_crash_are_named_and_stop_nothing() -> None:
    for name, deed in {
        "0/a.txt": "sleep",
        "0/b.txt": "spin",
        "1/c.txt": "segfault",
        "1/d.txt": "exit 0",
        "2/e.txt": "eat",
        "2/f.txt": "shout {}",
    }.items():
        add(name, deed)
    done = govinfo("check", "reports", "--format", "json", "--jobs", "2", "--timeout", "1.5")
    assert done.returncode == 2
    reports = json.loads(done.stdout)["reports"]
    assert [one["file"] for one in reports] == sorted(one["file"] for one in reports)
    errors = {os.path.basename(one["file"]): one["error"]["kind"] for one in reports if one["error"]}
    assert errors == {
        "a.txt": "timeout",
        "b.txt": "timeout",
        "c.txt": "crashed",
        "d.txt": "crashed",
        "e.txt": "too_large",
        "f.txt": "not_a_report",
    }
    assert sum(one["report"] is not None for one in reports) == 12


def test_a_time_limit_holds_for_a_single_file_too() -> None:
    add("0/a.txt", "sleep")
    done = govinfo("check", "reports/0/a.txt", "--timeout", "1")
    assert done.returncode == 2
    assert "1 秒内未能读完" in done.stdout
    assert govinfo("check", "reports/0/00.html", "--timeout", "20").returncode == 1
    parsed = govinfo("parse", "reports/0", "--timeout", "1.5", "--jobs", "2")
    assert (parsed.returncode, parsed.stdout.count("\n")) == (2, 4)
    assert "1.5 秒内未能读完" in parsed.stderr


def test_standard_input_among_others() -> None:
    expected = govinfo("check", "reports", "--jobs", "1").stdout.splitlines()
    done = govinfo("check", "-", "reports", "--jobs", "2", input=GOOD.decode())
    assert done.stdout.splitlines()[0].endswith("    标准输入")
    assert done.stdout.splitlines()[1:13] == expected[:12]


def test_last_years_reports_may_misbehave_too() -> None:
    shutil.copytree("reports", "before")
    Path("before/x.txt").write_bytes(b"MISBEHAVE sleep")
    done = govinfo("check", "reports", "--previous", "before", "--timeout", "1.5", "--jobs", "2")
    assert done.returncode == 1


# What is skipped.


@pytest.mark.parametrize(
    ("name", "content", "skipped", "kind"),
    [
        ("说明.txt", "今天天气很好。", True, "not_a_report"),
        ("解读.html", "<h1>【解读】某局2023年政府信息公开工作年度报告</h1><p>一图读懂</p>", True, "interpretation"),
        ("网站.html", "<h1>政府网站年度工作报表</h1><p>独立用户访问总量</p>", True, "website_report"),
        ("登录.html", "<h1>统一身份认证</h1><p>用户名 密码 请登录后查看</p>", False, "login"),
        ("图片版.html", "<h1>某局2023年政府信息公开工作年度报告</h1><img src=1.png>", False, "no_tables"),
        ("旧.html", "<h1>某局2016年政府信息公开工作年度报告</h1><p>无</p>", False, "pre_2019"),
        ("空.txt", "", False, "empty"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + bytes(500), True, "binary"),
        ("扫描.png", b"\x89PNG\r\n\x1a\n" + bytes(50_000), False, "binary"),
        ("包.rar", b"Rar!\x1a\x07" + bytes(500), False, "binary"),
    ],
)
def test_only_what_is_plainly_no_report_is_skipped(name: str, content: str | bytes, skipped: bool, kind: str) -> None:
    path = Path("其他", name)
    path.parent.mkdir(parents=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    for paths, expected in ((["其他"], skipped), ([str(path)], False), (["其他", str(path)], False)):
        (one,) = checking_of(paths).files(str(path))
        assert one.error is not None
        assert (one.skipped, one.error.kind) == (expected, kind)


def test_what_is_skipped_is_said_and_does_no_harm(capfd: pytest.CaptureFixture[str]) -> None:
    Path("reports/说明.txt").write_text("今天天气很好。", encoding="utf-8")
    with zipfile.ZipFile("reports/包.zip", "w") as archive:
        archive.writestr("甲.txt", GOOD)
        archive.writestr("notes.txt", "今天天气很好。")
    assert run(["check", "reports", "--jobs", "1"]) == 1
    said = capfd.readouterr().out
    assert len(re.findall("^– reports/(?:说明|包.zip/notes).txt    这不是", said, re.MULTILINE)) == 2
    assert "2 份不是年度报告，已跳过" in said
    assert run(["check", "reports", "--jobs", "1", "--ignore", "DSP", "--lang", "en"]) == 0
    assert "2 skipped as no annual reports" in capfd.readouterr().out
    assert run(["check", "reports/包.zip"]) == 0
    assert run(["check", "reports", "reports/说明.txt", "--jobs", "1"]) == 2


def test_a_folder_without_any_report_is_no_clean_one(capfd: pytest.CaptureFixture[str]) -> None:
    Path("other").mkdir()
    Path("other/a.txt").write_text("今天天气很好。", encoding="utf-8")
    for command in ("check", "parse"):
        assert run([command, "other"]) == 2
        assert "没有找到年度报告" in capfd.readouterr().err
    assert run(["check", "reports/0", "other", "--ignore", "DSP"]) == 0


def test_an_empty_archive_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    with zipfile.ZipFile("reports/空.zip", "w"):
        pass
    assert run(["check", "reports/空.zip"]) == 2
    assert "? reports/空.zip    压缩包中没有可核对的文件" in capfd.readouterr().out


def test_the_output_is_no_input(capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(2):
        assert run(["check", "reports", "-o", "reports/result.json", "--jobs", "1"]) == 1
    assert len(json.loads(Path("reports/result.json").read_text(encoding="utf-8"))["reports"]) == 12
    assert sorted(path.name for path in Path("reports").iterdir()) == ["0", "1", "2", "result.json"]
    assert capfd.readouterr().out == ""


@pytest.mark.parametrize(
    "arguments",
    [["--resume"], ["--resume", "--format", "json"], ["--jobs", "0"], ["--timeout", "0"], ["-o", "gone/out.json"]],
)
def test_wrong_usage(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "reports", *arguments]) == 2
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err


def test_resume_where_nothing_was_interrupted_begins(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["check", "reports", "-o", "out.jsonl", "--resume", "--jobs", "1"]) == 1
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == 12
    assert capfd.readouterr().err == ""


# On a terminal.


def on_a_terminal(*arguments: str, mixed: bool = False, press: str = "", **environment: str) -> tuple[int, str, bytes]:
    """Run with standard error on a terminal, and standard output as well if ``mixed``.

    Returns the exit code, what the terminal got, and standard output if that is elsewhere. Ctrl-C is pressed when
    ``press`` shows on the terminal.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))
    terminal = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "", **environment}
    terminal.pop("COLUMNS")
    process = subprocess.Popen(
        [sys.executable, "-m", "govinfo", *arguments],
        stdin=theirs,
        stdout=theirs if mixed else subprocess.PIPE,
        stderr=theirs,
        env=terminal,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    )
    os.close(theirs)
    seen = b""
    with contextlib.suppress(OSError):  # Linux says so at the end
        while piece := os.read(ours, 1 << 16):
            seen += piece
            if press and press.encode() in seen:
                os.write(ours, b"\x03")
                press = ""
    output = process.stdout.read() if process.stdout else b""
    code = process.wait(30)
    if process.stdout:
        process.stdout.close()
    os.close(ours)
    return code, seen.decode(environment.get("PYTHONIOENCODING", "utf-8")), output


def screen(seen: str) -> list[str]:
    """What stands on the terminal at the end."""
    lines, row, column = [""], 0, 0
    for found in re.finditer(r"\x1b\[[?\d;]*([A-Za-z])|\r|\n|[^\x1b\r\n]+", seen):
        piece, control = found[0], found[1]
        if piece == "\r":
            column = 0
        elif piece == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif control == "K":
            lines[row] = ""
        elif control == "A":
            row -= int(re.sub(r"\D", "", piece) or 1)
        elif not control:
            lines[row] = lines[row][:column].ljust(column) + piece + lines[row][column + len(piece) :]
            column += len(piece)
    while lines and not lines[-1].strip():
        lines.pop()
    return [line.rstrip() for line in lines]


@pytest.fixture
def slow() -> None:
    """Two files that take long enough for progress to show."""
    add("0/05slow.txt", "sleep 1")
    add("1/05slow.txt", "sleep 1")


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_progress_shows_and_leaves_nothing_behind(jobs: str) -> None:
    pytest.importorskip("rich")
    plain = govinfo("check", "reports", "--jobs", jobs)
    code, seen, output = on_a_terminal("check", "reports", "--jobs", jobs)
    assert (code, output.decode(), plain.stderr) == (plain.returncode, plain.stdout, "")
    assert re.search(r"\d+/14", seen)
    assert "错误" in seen
    assert "slow.txt" in seen
    assert screen(seen) == []
    code, seen, _ = on_a_terminal("check", "reports", "--jobs", jobs, mixed=True)
    assert re.search(r"\d+/14", seen)
    assert screen(seen) == plain.stdout.splitlines()


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("option", ["--no-progress", "-q"])
def test_no_progress_where_none_is_wanted(option: str) -> None:
    assert on_a_terminal("check", "reports", option)[1] == ""


@pytest.mark.usefixtures("slow")
def test_progress_without_rich_is_a_line(tmp_path: Path) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "rich.py").write_text("raise ImportError")
    path = os.pathsep.join([str(tmp_path / "without"), os.environ["PYTHONPATH"]])
    _, seen, output = on_a_terminal("check", "reports", "--jobs", "2", "--lang", "en", PYTHONPATH=path)
    assert re.match(r"\d+/14\b", seen)
    assert "\x1b" not in seen
    assert b"14 files" in output


@pytest.mark.usefixtures("slow")
def test_progress_on_a_gbk_console() -> None:
    pytest.importorskip("rich")
    plain = govinfo("check", "reports")
    code, seen, _ = on_a_terminal("check", "reports", "--jobs", "2", mixed=True, PYTHONIOENCODING="gbk")
    assert code == 1
    assert "/14" in seen
    assert screen(seen) == plain.stdout.splitlines()


@pytest.mark.skipif(find_spec("rich") is None, reason="rich is not installed")
def test_ctrl_c_keeps_what_is_done() -> None:
    add("2/99.txt", "sleep")
    code, seen, output = on_a_terminal("check", "reports", "--jobs", "2", press="12/13")
    assert code == 130
    assert "共 12 份" in output.decode()
    assert "已中断：13 份中做完 12 份" in seen
    assert "Traceback" not in seen
    code, seen, _ = on_a_terminal("check", "reports", "--jobs", "2", "-o", "out.json", press="12/13")
    assert code == 130
    assert not Path("out.json").exists()
    assert "同一命令加 --resume 接着做" in seen
    Path("reports/2/99.txt").unlink()
    done = govinfo("check", "reports", "--jobs", "2", "-o", "out.json", "--resume")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "接着做：已有 12 份\n")
    assert len(json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"]) == 12
    assert not Path("out.json.partial").exists()


def test_what_is_ignored_stays_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    add("0/05slow.txt", "sleep 2")
    command = [sys.executable, "-m", "govinfo", "check", "reports", "--jobs", "2"]
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGHUP, before)
    time.sleep(1.5)
    process.send_signal(signal.SIGHUP)
    output, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "共 13 份" in output.decode()
