"""Work in other processes: everything comes in order, and what hangs or crashes costs itself alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from govinfo import GovinfoError
from govinfo.processes import Ended, in_order, jobs_for
from govinfo.processes import pool as pool_module

FOLDER = Path(__file__).parents[2] / "misbehaving"
TIMEOUT = 1.0


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(FOLDER))


def echo(**options: Any) -> Any:
    return import_module("misbehaving").Echo(**options)


def done(paths: list[str], jobs: int = 2, **options: Any) -> list[tuple[int, list[str], str]]:
    """For each path its index, the words it yielded, and the kind of error it ended with."""
    found: list[tuple[int, list[str], str]] = []
    words: list[str] = []
    for index, value in in_order(echo(), paths, jobs=jobs, **{"timeout": TIMEOUT, **options}):
        if isinstance(value, Ended):
            found.append((index, words, value.error.kind if value.error else ""))
            words = []
        else:
            words.append(value)
    assert not words
    return found


def plain(paths: list[str]) -> list[tuple[int, list[str], str]]:
    return [(index, path.split("; "), "") for index, path in enumerate(paths)]


@pytest.mark.parametrize("jobs", [0, 1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 5, 300])
def test_everything_comes_in_the_order_of_paths(jobs: int, count: int) -> None:
    paths = [f"{number}; a; b" for number in range(count)]
    assert done(paths, jobs) == plain(paths)


def test_a_slow_one_keeps_its_place() -> None:
    paths = ["!sleep 1", *(f"{number}" for number in range(100))]
    assert [words[0] for _, words, _ in done(paths)] == ["sleep 1", *paths[1:]]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_misbehaves_costs_itself_alone(jobs: int) -> None:
    deeds = {
        "sleep": "timeout",
        "spin": "timeout",
        "exit 3": "crashed",
        "exit 0": "crashed",
        "segfault": "crashed",
    }
    paths: list[str] = []
    for deed in deeds:
        paths += [*(f"a{n}" for n in range(9)), f"before; !{deed}; after"]
    expected = plain([*paths, "last"])
    for number, kind in enumerate(deeds.values()):
        expected[10 * number + 9] = (10 * number + 9, ["before"], kind)
    assert done([*paths, "last"], jobs) == expected


def test_many_that_misbehave() -> None:
    deeds = ["!exit 1", "!segfault", "x"] * 4 + ["!spin"]
    kinds = [kind for _, _, kind in done(deeds, timeout=1)]
    assert kinds == ["crashed", "crashed", ""] * 4 + ["timeout"]


def test_a_crash_that_was_not_its_fault_is_forgiven(tmp_path: Path) -> None:
    paths = ["a", f"!once {tmp_path / 'mark'}", "b"]
    assert [kind for _, _, kind in done(paths)] == ["", "", ""]


def test_memory_is_bounded() -> None:
    pytest.importorskip("resource")
    ((_, words, kind), after) = done(["!eat", "after"], 1, memory=512 << 20, timeout=60)
    assert (words, kind, after) == ([], "crashed", (1, ["after"], ""))


def test_what_it_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    assert [kind for _, _, kind in done([f"!child {note}", "a"])] == ["timeout", ""]
    child = int(note.read_text())
    for _ in range(50):
        try:
            os.kill(child, 0)
        except ProcessLookupError:
            return
        if "(zombie)" in Path(f"/proc/{child}/status").read_text().lower():
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the program a worker had started outlived it")


def test_an_error_raised_on_purpose_ends_the_whole() -> None:
    with pytest.raises(GovinfoError, match="enough") as caught:
        done(["a", "!raise enough", "b"])
    assert caught.value.text.zh == "出错：enough"


def test_work_that_cannot_begin_says_so() -> None:
    with pytest.raises(GovinfoError, match="no way"):
        list(in_order(echo(broken="raise no way"), ["a"], jobs=1))
    with pytest.raises(GovinfoError, match=r"no worker process can be started \(exit code 7\)"):
        list(in_order(echo(broken="exit 7"), ["a"], jobs=1))


def test_what_is_printed_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    assert [kind for _, _, kind in done(["!shout hello"])] == [""]
    assert capfd.readouterr().out == ""


def test_few_paths_are_begun_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_AHEAD", 8)
    monkeypatch.setattr(pool_module, "_TASK", 2)
    marks = [tmp_path / str(number) for number in range(40)]
    paths = ["!sleep 1.5", *(f"!child {mark}" for mark in marks)]
    values = in_order(echo(), paths, jobs=2, timeout=60)
    assert next(values) == (0, "sleep 1.5")
    assert sum(mark.exists() for mark in marks) <= 8
    values.close()  # type: ignore[attr-defined]


def test_what_a_worker_yields_ahead_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_KEPT", 4)
    flood = "; ".join(["x" * 1000] * 3000)
    paths = ["!sleep 1", flood, "a", flood]
    found = done(paths, timeout=1.5)  # one that has to wait for us is not late
    assert [(len(words), kind) for _, words, kind in found] == [(1, ""), (3000, ""), (1, ""), (3000, "")]


def test_workers_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_module, "_SERVED", 5)
    paths = [str(number) for number in range(40)]
    assert done(paths) == plain(paths)


def test_leaving_early_ends_the_workers() -> None:
    values = in_order(echo(), ["a", *["!sleep 1000"] * 5], jobs=2, timeout=60)
    assert next(values) == (0, "a")
    began = time.monotonic()
    values.close()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 2


def test_the_clock_stands_still_while_nobody_listens() -> None:
    values = in_order(echo(), ["a", "!sleep 1.2", "b"], jobs=1, timeout=2)
    assert next(values) == (0, "a")
    time.sleep(3)  # the output is blocked
    assert [value for _, value in values] == [Ended(), "sleep 1.2", Ended(), "b", Ended()]


SCRIPT = """
from govinfo.processes import in_order
import misbehaving
print([value for _, value in in_order(misbehaving.Echo(), ["a", "b"], jobs=2) if isinstance(value, str)])
"""


def test_a_script_without_a_guard_is_not_run_again(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    path = os.pathsep.join([str(FOLDER), *sys.path])
    done = subprocess.run(
        [sys.executable, str(script)], env={**os.environ, "PYTHONPATH": path}, capture_output=True, timeout=60
    )
    assert (done.stdout, done.stderr) == (b"['a', 'b']\n", b"")


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    paths = [str(tmp_path / str(number)) for number in range(9)]
    for path in paths:
        Path(path).write_bytes(b"x")
    return paths


@pytest.mark.parametrize(
    ("count", "jobs", "timeout", "expected"),
    [(1, 1, None, 0), (1, None, None, 0), (1, 3, None, 3), (1, None, 5.0, 1), (9, 1, None, 0), (9, 1, 5.0, 1)],
)
def test_a_few_files_need_no_processes(
    files: list[str], count: int, jobs: int | None, timeout: float | None, expected: int
) -> None:
    assert jobs_for(files[:count], jobs, timeout) == expected


def test_an_archive_is_worth_one(files: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govinfo.processes.size.cores", lambda: 4)
    assert jobs_for(files * 8, None, None) == 4
    assert jobs_for(files[:3], None, None) == 0
    with open(files[0], "wb") as file:
        file.truncate(5 << 20)
    assert jobs_for([*files[:2], "gone"], None, None) == 4
