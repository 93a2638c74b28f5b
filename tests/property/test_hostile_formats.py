"""Hostile documents in every format are refused or read in seconds, in bounded memory, and touch nothing else.

Each is read in another process with a limit on its address space, which reports the CPU time and the peak of memory it
took. The promise is a few seconds for files that go to the very limits; the limit here leaves room for slow machines.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from govinfo.testing.hostile import HOSTILE

SECONDS = 12.0
MIB = 700
OUTSIDE = "不在文件里的字"
CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"

WORKER = """
import json, os, pathlib, resource, signal, sys, time
import govinfo
os.environ["PATH"] = ""  # no office program is started
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
for line in sys.stdin:
    path, cut = json.loads(line)
    content = pathlib.Path(path).read_bytes()[:cut]
    try:
        pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    except OSError:
        pass
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, float(sys.argv[1]))  # past it the system ends this process, C code or not
    said = ""
    try:
        said = str(govinfo.read(content, name="x" + os.path.splitext(path)[1]).report)
        kind = "read"
    except govinfo.ReadError as error:
        kind, said = error.kind, str(error)
    signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    try:
        status = pathlib.Path("/proc/self/status").read_text()
        peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(json.dumps({"kind": kind, "said": said, "seconds": seconds, "mib": peak}), flush=True)
"""


class Worker:
    """Reads files in a process of its own, and in a new one after each that ended it."""

    def __init__(self) -> None:
        self.process: Any = None

    def read(self, path: Path, cut: int | None = None) -> dict[str, Any]:
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-c", WORKER, str(3 * SECONDS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                encoding="utf-8",
            )
        self.process.stdin.write(json.dumps([str(path), cut]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if line:
            found: dict[str, Any] = json.loads(line)
            return found
        code = self.process.wait()
        self.close()
        return {"kind": f"the process ended with {code}", "said": "", "seconds": 0.0, "mib": 0.0}

    def close(self) -> None:
        if self.process is not None:
            self.process.stdin.close()
            self.process.stdout.close()
            self.process.wait()
            self.process = None


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    one = Worker()
    yield one
    one.close()


def refused_or_read(found: dict[str, Any]) -> None:
    if found["kind"] == "missing_extra":
        pytest.skip(found["said"])
    assert found["kind"] != "internal", found["said"]
    assert not found["kind"].startswith("the process"), found["kind"]
    assert OUTSIDE not in found["said"]
    assert found["seconds"] < SECONDS
    assert found["mib"] < MIB


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files(name: str, worker: Worker, tmp_path: Path) -> None:
    home = tmp_path / "home" / "inner" / "folder"
    home.mkdir(parents=True)
    (home / "secret").write_text(f"{OUTSIDE}\n", encoding="utf-8")
    (home / name).write_bytes(HOSTILE[name](home))
    refused_or_read(worker.read(home / name))
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == sorted(["secret", name])


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.*")), ids=lambda path: path.name)
def test_truncated_files(path: Path, worker: Worker) -> None:
    size = path.stat().st_size
    for step in range(16):
        refused_or_read(worker.read(path, size * step // 16))
