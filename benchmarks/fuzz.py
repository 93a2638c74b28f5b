"""What readers make of broken and hostile files: mutations of a recorded corpus, each within bounds of time and memory.

    python benchmarks/fuzz.py --mutations 100000          over all files of tests/fuzz/corpus
    python benchmarks/fuzz.py --only pdf --mutations 5000 over those with the word in their name
    python benchmarks/fuzz.py --replay 4711               make and read one again, here, with its traceback

Every mutated file is read in a worker process with a limit on its memory (``RLIMIT_AS``). A file is **read** or refused
with a **ReadError**; anything else is a finding: another exception (also one that was turned into ``internal``), a
worker that died, a file that took longer than ``--seconds``. The same ``--seed`` makes the same files, whatever the
number of processes. Files that are findings are written to ``--findings``. Exit code 1 where there is any.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from multiprocessing import connection, get_context
from pathlib import Path
from random import Random
from typing import Any

import attrs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import govinfo
from govinfo.errors import ReadError
from govinfo.testing.mutations import mutate

__all__ = ["CORPUS", "Outcome", "mutated", "outcome_of", "run"]

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "tests" / "fuzz" / "corpus"
MEMORY = 1536 * 1024 * 1024
"""Bytes of address space of a worker."""
SECONDS = 20.0
"""After which a file counts as a hang; the machine may be busy."""
_RENEWED = 2_000
"""Files after which a worker is replaced, so that its peak of memory says something about single files."""


@attrs.frozen
class Outcome:
    """What became of one mutated file."""

    number: int
    file: str
    """Name of the file in the corpus."""
    mutations: tuple[str, ...]
    said: str
    """``read``, the kind of a `ReadError`, or what went wrong."""
    finding: bool
    seconds: float
    grown: int
    """Bytes by which the worker's peak of memory rose."""
    where: str = ""
    """Of an exception: the innermost place in our own code."""
    trace: str = ""


def corpus(only: str = "") -> dict[str, bytes]:
    """Return the files mutations begin with, by name."""
    found = sorted(path for path in CORPUS.iterdir() if path.name != "MANIFEST.md" and only in path.name)
    return {path.name: path.read_bytes() for path in found}


def mutated(files: dict[str, bytes], seed: str, number: int) -> tuple[str, bytes, tuple[str, ...]]:
    """Make one mutated file: the name of the file it began as, its content, the mutations."""
    rng = Random(f"{seed} {number}")
    name = rng.choice(list(files))
    content, names = mutate(files[name], f"{seed} {number}", list(files.values()))
    return name, content, names


def outcome_of(content: bytes, name: str) -> tuple[str, bool, str, str]:
    """Read a file: what came of it, whether that is a finding, where and how an exception was raised."""
    try:
        govinfo.read(content, name=name)
    except ReadError as error:
        if error.kind != "internal":
            return error.kind, False, "", ""
        inner: BaseException = error.__cause__ or error
    except BaseException as error:  # whatever it is, it is what we look for
        inner = error
    else:
        return "read", False, "", ""
    ours = [
        frame for frame in traceback.extract_tb(inner.__traceback__) if f"{os.sep}govinfo{os.sep}" in frame.filename
    ]
    where = f"{Path(ours[-1].filename).name}:{ours[-1].lineno} {ours[-1].name}" if ours else ""
    return type(inner).__name__, True, where, "".join(traceback.format_exception(inner))[-4000:]


def serve(pipe: Any, seed: str, only: str, memory: int) -> None:
    """Read the files whose numbers come through the pipe, and say what became of each."""
    os.environ["PATH"] = ""  # no office program is started for a broken file: that is another benchmark
    files = corpus(only)
    for content in files.values():  # what is imported once, and all caches, before the limit and the first peak
        outcome_of(content, "x")
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while (number := pipe.recv()) is not None:
        name, content, names = mutated(files, seed, number)
        before, start = _peak(), time.perf_counter()
        said, finding, where, trace = outcome_of(content, name)
        seconds = time.perf_counter() - start
        pipe.send(Outcome(number, name, names, said, finding, seconds, _peak() - before, where, trace))


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@attrs.define
class _Worker:
    process: Any
    pipe: Any
    number: int = 0
    since: float = 0.0
    done: int = 0

    @classmethod
    def start(cls, seed: str, only: str, memory: int) -> _Worker:
        context = get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, seed, only, memory), daemon=True)
        process.start()
        theirs.close()
        return cls(process, ours)

    def give(self, number: int) -> None:
        self.number, self.since = number, time.monotonic()
        self.pipe.send(number)

    def stop(self) -> int | None:
        self.pipe.close()
        self.process.kill()
        self.process.join()
        return self.process.exitcode  # type: ignore[no-any-return]


def run(
    mutations: int,
    *,
    seed: str = "1",
    only: str = "",
    processes: int = 2,
    seconds: float = SECONDS,
    memory: int = MEMORY,
) -> Iterator[Outcome]:
    """Yield what became of every mutated file, as they come."""
    files = corpus(only)
    numbers = iter(range(mutations))
    workers = [_Worker.start(seed, only, memory) for _ in range(processes)]
    busy: dict[Any, _Worker] = {}
    for worker in workers:
        if (number := next(numbers, None)) is not None:
            worker.give(number)
            busy[worker.pipe] = worker

    def lost(worker: _Worker, said: str) -> Outcome:
        name, _, names = mutated(files, seed, worker.number)
        return Outcome(worker.number, name, names, said, True, time.monotonic() - worker.since, 0)

    while busy:
        ready = connection.wait(list(busy), timeout=1.0)
        for pipe, worker in list(busy.items()):
            gone = False
            if pipe in ready:
                try:
                    yield pipe.recv()
                except (EOFError, OSError):
                    worker.process.join(5)
                    yield lost(worker, f"died ({worker.process.exitcode})")
                    gone = True
            elif time.monotonic() - worker.since > seconds + (60.0 if not worker.done else 0.0):
                yield lost(worker, "hang")
                gone = True
            else:
                continue
            worker.done += 1
            del busy[pipe]
            if (number := next(numbers, None)) is None:
                worker.stop()
                continue
            if gone or worker.done >= _RENEWED:
                worker.stop()
                worker = _Worker.start(seed, only, memory)
            worker.give(number)
            busy[worker.pipe] = worker


def summary(outcomes: list[Outcome], seconds: float) -> dict[str, Any]:
    """Return counts, the slowest, the hungriest, and the findings by place."""
    by_file: dict[str, Counter[str]] = {}
    for one in outcomes:
        by_file.setdefault(one.file, Counter())["read" if one.said == "read" else "refused"] += 1
        by_file[one.file]["findings"] += one.finding
    return {
        "mutations": len(outcomes),
        "seconds": round(seconds, 1),
        "said": dict(Counter(one.said for one in outcomes).most_common()),
        "by_file": {name: dict(by_file[name]) for name in sorted(by_file)},
        "slowest": [_brief(one) for one in sorted(outcomes, key=lambda one: -one.seconds)[:10]],
        "most_memory": [_brief(one) for one in sorted(outcomes, key=lambda one: -one.grown)[:10]],
        "findings": dict(Counter(f"{one.said} {one.where}".strip() for one in outcomes if one.finding).most_common()),
        "first_of_each": [
            {**_brief(one), "trace": one.trace}
            for one in {f"{one.said} {one.where}": one for one in reversed(outcomes) if one.finding}.values()
        ],
    }


def _brief(one: Outcome) -> dict[str, Any]:
    return {
        "number": one.number,
        "file": one.file,
        "mutations": list(one.mutations),
        "said": one.said,
        "seconds": round(one.seconds, 3),
        "grown_mb": round(one.grown / 1e6, 1),
    }


def keep(found: dict[str, Any], path: Path | None) -> None:
    """Write a summary as JSON, where that is wanted."""
    if path is not None:
        path.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def show(found: dict[str, Any]) -> None:
    """Print a summary for people."""
    print(f"{found['mutations']:,} mutated files in {found['seconds']} s")
    for name, count in found["said"].items():
        print(f"  {name:<24}{count:>9,}")
    for title in ("slowest", "most_memory"):
        print(title)
        for one in found[title][:5]:
            took = f"{one['seconds']:>8.3f} s {one['grown_mb']:>8.1f} MB"
            print(f"  {took}  {one['said']:<14} {one['file']} #{one['number']}")
    print(f"findings: {sum(found['findings'].values())}")
    for name, count in found["findings"].items():
        print(f"  {count:>6} {name}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mutations", type=int, default=100_000)
    options.add_argument("--seed", default="1")
    options.add_argument("--only", default="", metavar="WORD")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--seconds", type=float, default=SECONDS)
    options.add_argument("--json", type=Path, metavar="FILE")
    options.add_argument("--findings", type=Path, metavar="FOLDER")
    options.add_argument("--replay", type=int, metavar="NUMBER")
    chosen = options.parse_args()
    files = corpus(chosen.only)
    if chosen.replay is not None:
        name, content, names = mutated(files, chosen.seed, chosen.replay)
        print(name, names, len(content))
        print(*outcome_of(content, name)[:3])
        print(outcome_of(content, name)[3])
        return
    start = time.perf_counter()
    outcomes: list[Outcome] = []
    for one in run(
        chosen.mutations, seed=chosen.seed, only=chosen.only, processes=chosen.processes, seconds=chosen.seconds
    ):
        outcomes.append(one)
        if one.finding and chosen.findings:
            chosen.findings.mkdir(parents=True, exist_ok=True)
            (chosen.findings / f"{one.number}-{one.file}").write_bytes(mutated(files, chosen.seed, one.number)[1])
        if len(outcomes) % 5000 == 0:  # what a run that is broken off leaves
            print(f"{len(outcomes):,}", file=sys.stderr)
            keep(summary(outcomes, time.perf_counter() - start), chosen.json)
    found = summary(sorted(outcomes, key=lambda one: one.number), time.perf_counter() - start)
    keep(found, chosen.json)
    show(found)
    if found["findings"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
