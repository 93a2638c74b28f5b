"""How fast reports are checked, by ours and by what others use, in one run on the same reports.

    python benchmarks/validate.py             a table for people
    python benchmarks/validate.py --json      the same for programs
    python benchmarks/validate.py --only numpy --only pydantic

Needs ``pip install -e '.[arrow,bench]'``; what is missing is left out and said so. Each case has a process of its own,
kept to its cores. The cases of a family take turns; a figure is the median of its runs. Extra memory is the most a
process had beyond what it had with its data loaded. "Same list" means: exactly the violations `linear.verdict` finds.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path[0] = str(Path(__file__).resolve().parents[1])  # this is a script, and `benchmarks` a folder of modules

from benchmarks.case import Case, store  # noqa: E402
from benchmarks.cases import FAMILIES  # noqa: E402
from benchmarks.made_up import COUNTS  # noqa: E402
from benchmarks.targets import targets  # noqa: E402
from benchmarks.worker import Measured, Worker, serve  # noqa: E402

PACKAGES: tuple[str, ...] = (
    "numpy",
    "pyarrow",
    "pandas",
    "pandera",
    "polars",
    "duckdb",
    "pydantic",
    "msgspec",
    "jsonschema",
)
PACKAGES += ("jsonschema-rs", "lxml")
ENOUGH = 10.0
"""Seconds after which a case need not run again."""
BYTES = 4 * len(COUNTS)
"""Bytes of counts in a packed report."""


def missing(case: Case) -> str:
    """Return the module a case lacks, or nothing."""

    def absent(module: str) -> bool:
        try:
            return find_spec(module) is None
        except ModuleNotFoundError:
            return True

    return next((module for module in case.needs if absent(module)), "")


def measure(cases: Iterable[Case], folder: Path, reports: int, rounds: int) -> Iterator[Measured]:
    """Run a family."""
    found = [Measured(case) for case in cases]
    workers: dict[int, Worker] = {}

    def ask(i: int, command: str, sample: bool = False) -> dict[str, Any]:
        answer = workers[i].ask(command, sample)
        if "error" in answer:
            found[i].error = answer["error"]
            workers.pop(i).close()
        return answer

    for i, one in enumerate(found):
        if module := missing(one.case):
            one.error = f"left out: {module} is not installed"
            continue
        workers[i] = Worker(one.case, folder, reports)
        one.reports = ask(i, "").get("reports", 0)
    # before anything else has run: an allocator keeps what it once had
    for i in list(workers):
        before = ask(i, "settle")
        answer = ask(i, "memory", sample=True) if i in workers else before
        if "error" not in answer:
            found[i].memory = max(answer["exact"], (answer["sampled"] - before["own"]) / 1e6, 0.0)
    for i in list(workers):
        found[i].agreement = ask(i, "check").get("agreement", "")
    for _ in range(rounds):
        for i in list(workers):
            if sum(found[i].seconds) < ENOUGH:
                answer = ask(i, "time")
                if "error" not in answer:
                    found[i].seconds.append(answer["seconds"])
    for worker in workers.values():
        worker.close()
    yield from found


def as_dict(one: Measured) -> dict[str, Any]:
    """Return a case for JSON; reports per second are None where it did not run."""
    seconds = statistics.median(one.seconds) if one.seconds and not one.error else None
    return {
        "key": one.case.key,
        "title": one.case.title,
        "data": one.case.data,
        "cores": one.case.cores,
        "reports": one.reports,
        "runs": len(one.seconds),
        "reports_per_second": one.reports / seconds if seconds else None,
        "fastest": one.reports / min(one.seconds) if seconds else None,
        "extra_memory_mb": one.memory,
        "violations": one.agreement,
        "error": one.error,
    }


def versions() -> dict[str, str]:
    """Return what is installed."""
    found = {"python": platform.python_version(), "machine": platform.machine(), "cores": str(os.cpu_count())}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def show(result: dict[str, Any]) -> None:
    """Print the table."""
    print(", ".join(f"{name} {value}" for name, value in result["versions"].items()))
    speed = {one["key"]: one["reports_per_second"] for one in result["cases"] if one["reports_per_second"]}
    pydantic = max((value for key, value in speed.items() if key.startswith("pydantic")), default=None)
    for family in FAMILIES:
        rows = [one for one in result["cases"] if one["family"] == family]
        if rows:
            print(f"\n{family:<66}{'reports':>9}{'reports/s':>13}{'x pydantic':>11}{'extra MB':>10}  violations")
        for one in rows:
            if one["error"]:
                print(f"{one['title']:<66} {one['error']}")
                continue
            rate = one["reports_per_second"]
            reads = one["key"].startswith("read-")
            times = "" if reads or not pydantic else f"{rate / pydantic:,.1f}"
            told = f"{rate * BYTES / 1e9:.1f} GB/s" if reads else one["violations"]
            figures = f"{one['reports']:>9,}{rate:>13,.0f}{times:>11}{one['extra_memory_mb']:>10.1f}"
            print(f"{one['title']:<66}{figures}  {told}")
    print()
    for one in result["targets"]:
        wanted = f"at least {one['at_least']:,g}" if "at_least" in one else f"at most {one['at_most']:,g}"
        aim = f", aim {one['aim']:g}" if one["aim"] else ""
        print(f"{one['name']:<66}{one['measured']:>13,.3g}   {wanted}{aim}: {'met' if one['met'] else 'NOT MET'}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true")
    options.add_argument("--reports", type=int, default=200_000)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--only", action="append", metavar="WORD", help="cases with the word in their key")
    options.add_argument("--quick", action="store_true", help="a few reports, one round: does it work?")
    options.add_argument("--worker", nargs=3, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.worker:
        key, folder, limit = chosen.worker
        serve(
            next(case for family in FAMILIES.values() for case in family if case.key == key), Path(folder), int(limit)
        )
        return
    reports, rounds = (1_000, 1) if chosen.quick else (chosen.reports, chosen.rounds)
    wanted = {
        name: [case for case in family if not chosen.only or any(word in case.key for word in chosen.only)]
        for name, family in FAMILIES.items()
    }
    found = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kinds = sorted({case.data for family in wanted.values() for case in family if not missing(case)})
        store(folder / "warm", 300, kinds)
        store(folder / "full", reports, kinds)
        for family, cases in wanted.items():
            if cases:
                print(f"measuring: {family}", file=sys.stderr)
            found += [{"family": family, **as_dict(one)} for one in measure(cases, folder, reports, rounds)]
    speed = {one["key"]: one["reports_per_second"] for one in found if one["reports_per_second"]}
    memory = {one["key"]: one["extra_memory_mb"] for one in found if one["reports_per_second"]}
    result = {
        "versions": versions(),
        "reports": reports,
        "bytes_per_report": BYTES,
        "cases": found,
        "targets": targets(speed, memory),
    }
    if chosen.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
