"""How fast a folder of reports is checked, in how much memory, and what a second process is worth: in one run.

    python benchmarks/folder.py             a table for people
    python benchmarks/folder.py --json      the same for programs
    python benchmarks/folder.py --quick     a few files: does it run?

The files are made by the test kit: every layout and every format whose writer is installed, in turn, of both editions
and mixed, a fifth with an error. Times are medians of alternating runs of the command, whole processes with their
start; byte code is found, as in an installed copy. Memory is what all processes of a run hold together (proportional
set size, pages they share counted once), sampled twenty times a second.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import attrs

from govinfo.testing import example_report, render, replace_cells
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats import FORMATS
from govinfo.testing.layouts import LAYOUTS
from govinfo.testing.sheet import Sheet, print_report

FILES = 1000
CASES = {
    "this process alone": ["--jobs", "1"],
    "1 worker": ["--jobs", "1", "--timeout", "60"],
    "2 workers": ["--jobs", "2"],
}
TARGET = 1.7
"""Times as fast two workers are meant to be as one."""
_EDITIONS: tuple[Edition, ...] = ("2019", "2021", "2021", "mixed")
_PROFILES: tuple[Profile, ...] = ("zero", "few", "large")


@attrs.define
class Measured:
    """What one run took."""

    seconds: float
    processor: float
    """Seconds of processor time of all processes."""
    peak: int
    """Bytes of memory of all processes."""


def make(folder: Path, count: int) -> Counter[str]:
    """Write so many files and return how many there are of each kind."""
    writers: dict[str, tuple[str, Callable[[Sheet], bytes]]] = {
        name: (".html" if one.kind == "html" else ".txt", partial(render, name=name)) for name, one in LAYOUTS.items()
    }
    writers |= {name: (one.suffix, one.write) for name, one in FORMATS.items() if not one.lacking()}
    kinds: Counter[str] = Counter()
    for number in range(count):
        name, (suffix, write) = list(writers.items())[number % len(writers)]
        report = example_report(_EDITIONS[number % 4], number, profile=_PROFILES[number % 3])
        if number % 5 == 0:
            report = replace_cells(report, {"disputes.reconsideration.total": 9999})
        where = folder / f"{number % 40:02}"
        where.mkdir(parents=True, exist_ok=True)
        (where / f"{number:06}-{name}{suffix}").write_bytes(write(print_report(report)))
        kinds[suffix.removeprefix(".")] += 1
    return kinds


def measure(folder: Path, options: list[str], format: str, cache: str) -> Measured:
    """Check the folder once."""
    command = [sys.executable, "-m", "govinfo", "check", str(folder), "--format", format, *options]
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = cache
    before = os.times()
    start = time.perf_counter()
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        peak = [0]
        ended = threading.Event()
        watching = threading.Thread(target=_watch, args=(process.pid, peak, ended))
        watching.start()
        code = process.wait()
        seconds = time.perf_counter() - start
        ended.set()
        watching.join()
    assert code == 1, f"exit code {code}: a fifth of the files has errors, and all of them can be read"
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return Measured(seconds, processor, peak[0])


def _watch(root: int, peak: list[int], ended: threading.Event) -> None:
    while not ended.wait(0.05):
        peak[0] = max(peak[0], sum(_memory(pid) for pid in _tree(root)))


def _tree(root: int) -> Iterator[int]:
    waiting = [root]
    while waiting:
        pid = waiting.pop()
        yield pid
        try:
            for thread in os.listdir(f"/proc/{pid}/task"):
                waiting += map(int, Path(f"/proc/{pid}/task/{thread}/children").read_text().split())
        except OSError:
            continue


def _memory(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true")
    options.add_argument("--quick", action="store_true")
    options.add_argument("--files", type=int, default=FILES)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--format", default="json")
    chosen = options.parse_args()
    files, runs = (60, 1) if chosen.quick else (chosen.files, chosen.runs)
    found: dict[str, list[Measured]] = {name: [] for name in CASES}
    with tempfile.TemporaryDirectory() as place:
        kinds = make(Path(place) / "reports", files)
        size = sum(path.stat().st_size for path in Path(place, "reports").rglob("*.*"))
        for number in range(runs + 1):
            for name, arguments in CASES.items():
                measured = measure(Path(place) / "reports", arguments, chosen.format, f"{place}/cache")
                if number or chosen.quick:  # the first run writes byte code and warms the disk's cache
                    found[name].append(measured)
    median = {
        name: Measured(
            *(statistics.median(getattr(one, field) for one in several) for field in ("seconds", "processor", "peak"))
        )
        for name, several in found.items()
    }
    ratio = median["1 worker"].seconds / median["2 workers"].seconds
    if chosen.json:
        cases = {name: {**attrs.asdict(one), "files_per_second": files / one.seconds} for name, one in median.items()}
        print(json.dumps({"files": files, "kinds": kinds, "bytes": size, "ratio": ratio, "cases": cases}, indent=2))
        return
    said = ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    print(f"{files} files of {size / 1e6:.0f} MB: {said}\n")
    print("| | seconds | files/s | processor seconds | peak memory, MiB |\n|---|---|---|---|---|")
    for name, one in median.items():
        numbers = f"{one.seconds:.1f} | {files / one.seconds:.0f} | {one.processor:.1f} | {one.peak / 2**20:.0f}"
        print(f"| {name} | {numbers} |")
    print(f"\ntwo workers / one: {ratio:.2f}   target {TARGET}: {'met' if ratio >= TARGET else 'NOT MET'}")


if __name__ == "__main__":
    main()
