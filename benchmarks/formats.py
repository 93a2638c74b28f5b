"""Cells right, cells wrong and time, against what users reach for today, on the same documents in one run.

    python benchmarks/formats.py              a table for people
    python benchmarks/formats.py --markdown   the table that stands in docs/explanation/accuracy.md

Needs ``pip install -e '.[all,bench,test]'``; peers and writers that are missing are left out and said so. A peer turns
a document into rows of texts; the look-up of labels behind it (`benchmarks.peers.tables`) is the same for all and is
told the editions of the tables, which ours has to find. The documents are made-up reports without any damage, some with
blank cells. Times are medians of processor time over all documents, as ratios to ours.

docling is not among the peers: it needs torch, 2 GB of it, and models that are downloaded.
"""

from __future__ import annotations

import argparse
import json
import logging
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import govinfo
from benchmarks.peers.tables import PEERS, figures, number
from govinfo.errors import ReadError
from govinfo.schema import Missing, Value, cells
from govinfo.testing import DamagedDocument, damage_document, example_report
from govinfo.testing.examples import Edition
from govinfo.testing.formats import FORMATS
from govinfo.testing.layouts import LAYOUTS

__all__ = ["main"]

TARGETS = (
    *("html", "html_word", "docx", "docx_ragged", "xlsx", "xlsx_sheets"),
    *("pdf", "pdf_unruled", "pdf_libreoffice", "pdf_chromium"),
)
_EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")


@attrs.define
class Score:
    """What one reader made of the documents of one target."""

    count: Counter[str] = attrs.field(factory=Counter)
    times: list[float] = attrs.field(factory=list)


def documents(target: str, count: int) -> Iterator[DamagedDocument]:
    """Yield undamaged documents, every third with blank cells."""
    for number_ in range(count):
        report = example_report(_EDITIONS[number_ % 3], number_, blanks=0.05 if number_ % 3 == 2 else 0.0)
        yield damage_document(report, target, (), number_)


def ours(document: DamagedDocument) -> dict[str, Value]:
    """Read a document with the library."""
    try:
        reading = govinfo.read(document.content, name=f"report{document.suffix}")
    except ReadError:
        return {}
    return dict(cells(reading.report))


def theirs(rows: Callable[[bytes, str], Any], document: DamagedDocument) -> dict[str, str | None]:
    """Read a document with a peer."""
    report = document.report
    try:
        found = figures(
            rows(document.content, f"report{document.suffix}"),
            report.disclosure.edition,
            report.applications.edition,
        )
    except Exception as error:  # a peer that breaks has read nothing
        logging.getLogger(__name__).info("%r", error)
        return {}
    return {path: number(text) for path, text in found.items()}


def judge(document: DamagedDocument, found: dict[str, Any], score: Score) -> None:
    """Count cells: right, missing, wrong (another number than printed, or one where none is printed)."""
    for path, printed in document.expected.items():
        value = found.get(path)
        if value is None or isinstance(value, Missing):
            score.count["missing"] += not isinstance(printed, Missing)
        elif not isinstance(printed, Missing) and same(document, path, printed, value):
            score.count["right"] += 1
        else:
            score.count["wrong"] += 1
    score.count["documents"] += 1


def same(document: DamagedDocument, path: str, printed: Value, value: Any) -> bool:
    """Tell whether a value is the one printed; a peer's sum of money may be in the unit it is printed in."""
    from decimal import Decimal

    if not isinstance(value, str):
        return bool(value == printed)
    got, right = Decimal(value), Decimal(str(printed))
    return got == right or (path.endswith(".amount") and got * 10_000 == right)


def measure(count: int, only: list[str]) -> dict[str, dict[str, Score]]:
    """Let every reader read the same documents, in turn."""
    found: dict[str, dict[str, Score]] = {}
    for target in TARGETS:
        known = LAYOUTS.get(target) or FORMATS.get(target)
        if (only and target not in only) or known is None:
            continue
        if target in FORMATS and (lacking := FORMATS[target].lacking()):
            print(f"{target} left out: {lacking}", file=sys.stderr)
            continue
        readers: dict[str, Callable[[DamagedDocument], dict[str, Any]]] = {"govinfo": ours}
        for name, (module, rows) in PEERS[known.suffix].items():
            if find_spec(module) is None:
                print(f"{name} is not installed: left out", file=sys.stderr)
                continue
            readers[name] = lambda document, rows=rows: theirs(rows, document)  # type: ignore[misc]
        scores = found[target] = {name: Score() for name in readers}
        for position, document in enumerate(documents(target, count)):
            for name, read in readers.items():
                if position == 0:
                    read(document)  # whatever is imported or made once
                start = time.process_time()
                values = read(document)
                scores[name].times.append(time.process_time() - start)
                judge(document, values, scores[name])
    return found


def lines(found: dict[str, dict[str, Score]]) -> Iterator[str]:
    """Yield the lines of the Markdown table."""
    yield "| documents | reader | cells right | missing | wrong | time, ours = 1 |"
    yield "|---|---|---:|---:|---:|---:|"
    for target, scores in found.items():
        own = statistics.median(scores["govinfo"].times)
        for name, score in scores.items():
            printed = max(score.count["right"] + score.count["missing"] + score.count["wrong"], 1)
            right = f"{score.count['right']:,} ({score.count['right'] / printed:.1%})"
            ratio = statistics.median(score.times) / own
            shown = f"{target} ({score.count['documents']})" if name == "govinfo" else ""
            lost, wrong = score.count["missing"], score.count["wrong"]
            yield f"| {shown} | {name} | {right} | {lost:,} | {wrong:,} | {ratio:.1f} |"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--documents", type=int, default=30, help="of every kind")
    options.add_argument("--only", action="append", default=[], metavar="NAME", choices=TARGETS)
    options.add_argument("--markdown", action="store_true")
    options.add_argument("--json", action="store_true")
    chosen = options.parse_args()
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    found = measure(chosen.documents, chosen.only)
    if chosen.json:
        plain = {
            target: {name: {**score.count, "seconds": statistics.median(score.times)} for name, score in scores.items()}
            for target, scores in found.items()
        }
        print(json.dumps(plain, ensure_ascii=False, indent=2))
        return
    for line in lines(found):
        cells_ = [cell.strip() for cell in line.strip("|").split("|")]
        print(line if chosen.markdown else f"{cells_[0]:<24}{cells_[1]:<20}" + "".join(f"{c:>20}" for c in cells_[2:]))


if __name__ == "__main__":
    main()
