"""How well reports are read: a made-up corpus over all layouts, formats and damages, cell by cell.

    python benchmarks/accuracy.py                 tables for people
    python benchmarks/accuracy.py --markdown      the tables that stand in docs/explanation/accuracy.md
    python benchmarks/accuracy.py --json FILE     the figures, and how to make each document that was misread
    python benchmarks/accuracy.py --seed 7        another corpus

The same seed always makes the same documents, whatever the number of processes. What is counted is said in
docs/explanation/accuracy.md and, shorter, in `benchmarks.judging`. Exit code 1 where a cell is silently wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import attrs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.corpus import Made, corpus, targets, unwritable
from benchmarks.judging import Verdict, judge, total
from govinfo.testing import DAMAGES
from govinfo.testing.formats import FORMATS, Format

__all__ = ["main", "measure"]

LAYOUT_DOCUMENTS = 400
FORMAT_DOCUMENTS = 60
"""Fewer: some are written by an office program, which takes seconds for each."""

_COLUMNS: dict[str, str] = {
    "documents": "documents",
    "exact": "exact",
    "refused": "refused",
    "right": "cells right",
    "missing": "missing, with a reason",
    "called_blank": "called blank",
    "announced": "wrong, announced",
    "silent": "**silently wrong**",
}


def measure(made: Sequence[Made], processes: int) -> list[Verdict]:
    """Judge every document, in the order given; what stands beside a document never shows."""
    if processes == 1:
        return [judge(one) for one in made]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(judge, made, chunksize=8))


def by(verdicts: Iterable[Verdict], keys: Callable[[Verdict], Iterable[str]]) -> dict[str, Counter[str]]:
    """Add up what documents were worth by one or more keys of each."""
    groups: dict[str, list[Verdict]] = defaultdict(list)
    for one in verdicts:
        for key in keys(one):
            groups[key].append(one)
    return {key: total(group) for key, group in groups.items()}


def result(verdicts: Sequence[Verdict], seed: str, seconds: float) -> dict[str, Any]:
    """Return everything that was measured, as JSON has it."""
    order = [*(target.name for target in targets())]
    places = by(verdicts, lambda one: [one.made.target])
    damages = by(verdicts, lambda one: one.made.damages or ["none"])
    number = by(verdicts, lambda one: [str(len(one.made.damages))])
    refused = Counter(one.refused for one in verdicts if one.refused)
    return {
        "seed": seed,
        "seconds": round(seconds, 1),
        "all": dict(total(verdicts)),
        "refused": dict(refused),
        "left_out": unwritable(),
        "by_target": {name: dict(places[name]) for name in order if name in places},
        "by_number_of_damages": {name: dict(number[name]) for name in sorted(number)},
        "by_damage": {name: dict(damages[name]) for name in ("none", *DAMAGES) if name in damages},
        "wrong": [as_json(one) for one in verdicts if one.silent or one.announced or one.called_blank],
    }


def as_json(verdict: Verdict) -> dict[str, Any]:
    """Describe a document that was misread so that it can be made again."""
    return {
        "document": attrs.asdict(verdict.made),
        "announced": verdict.announced,
        "called_blank": verdict.called_blank,
        "silent": {path: [str(printed), str(read)] for path, (printed, read) in verdict.silent.items()},
    }


def tables(found: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of the Markdown tables."""
    yield from _table("", {"all": found["all"]})
    yield from _table("layout", {name: one for name, one in found["by_target"].items() if name not in FORMATS})
    yield from _table("format", {name: one for name, one in found["by_target"].items() if name in FORMATS})
    yield from _table("damages in one document", found["by_number_of_damages"])
    yield from _table("damage, alone or with others", found["by_damage"])


def _table(title: str, rows: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    if not rows:
        return
    yield f"| {title} | {' | '.join(_COLUMNS.values())} |"
    yield "|---" + "|---:" * len(_COLUMNS) + "|"
    for name, sums in rows.items():
        yield f"| {name} | {' | '.join(_shown(key, sums) for key in _COLUMNS)} |"
    yield ""


def _shown(key: str, sums: Mapping[str, int]) -> str:
    value = sums.get(key, 0)
    if key == "exact":
        return f"{value / sums['documents']:.1%}"
    if key in ("right", "missing"):
        printed = sum(sums.get(name, 0) for name in ("right", "missing", "called_blank", "announced", "silent"))
        return f"{value:,} ({value / max(printed, 1):.2%})"
    return f"{value:,}"


def show(found: Mapping[str, Any]) -> None:
    """Print the tables for people."""
    print(f"seed {found['seed']}, {found['seconds']} s; refused: {found['refused'] or 'none'}")
    for name, lacking in found["left_out"].items():
        print(f"format {name} left out: {lacking}")
    for line in tables(found):
        cells = [cell.strip().strip("*") for cell in line.strip("|").split("|")]
        if line.startswith("|---"):
            continue
        print(f"{cells[0]:<36}" + "".join(f"{cell:>24}" for cell in cells[1:]) if len(cells) > 1 else "")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--seed", default="1")
    options.add_argument("--each", type=int, default=LAYOUT_DOCUMENTS, help="documents of every layout")
    options.add_argument("--each-format", type=int, default=FORMAT_DOCUMENTS, help="documents of every format")
    options.add_argument("--only", action="append", metavar="NAME", help="layouts and formats by name")
    options.add_argument("--processes", type=int, default=2)
    options.add_argument("--markdown", action="store_true")
    options.add_argument("--json", type=Path, metavar="FILE")
    chosen = options.parse_args()
    made: list[Made] = []
    for target in targets():
        if not chosen.only or target.name in chosen.only:
            each = chosen.each_format if isinstance(target, Format) else chosen.each
            made += corpus(chosen.seed, each, [target])
    start = time.perf_counter()
    found = result(measure(made, chosen.processes), chosen.seed, time.perf_counter() - start)
    if chosen.json:
        chosen.json.write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if chosen.markdown:
        print("\n".join(tables(found)))
    else:
        show(found)
    if found["all"]["silent"]:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
