"""What the XML format costs beside JSON: time for each report, size, memory for many; and reading records back.

    pip install ./plugins/govinfo-xml
    python benchmarks/interchange.py             a table for people
    python benchmarks/interchange.py --quick     a few reports: does it run?

Reports are made by the test kit, of both editions and mixed, with blanks, a fifth with an error. Each format writes the
same results, checked before; times are the best of alternating rounds. Memory is the peak of the command on folders of
which one has ten times as many files, every one as `benchmarks/folder.py` makes them, on a single process.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from govinfo import check
from govinfo.hookspecs import CheckedFile, Stream
from govinfo.plugins import default_plugins
from govinfo.schema.convert import from_json, to_json
from govinfo.testing import example_report, replace_cells
from govinfo.testing.examples import Edition

sys.path.insert(0, str(Path(__file__).parents[1]))
from benchmarks.folder import make, measure

FORMATS = ("json", "jsonl", "xml")
_EDITIONS: tuple[Edition, ...] = ("2019", "2021", "2021", "mixed")


def results(count: int) -> list[CheckedFile]:
    """Make reports and check them."""
    found = []
    for number in range(count):
        report = example_report(_EDITIONS[number % 4], number, blanks=0.05)
        if number % 5 == 0:
            report = replace_cells(report, {"disputes.reconsideration.total": 9999})
        found.append(CheckedFile(f"{number:06}.html", check(report, rules=["national"], review=False)))
    return found


def best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """Return the seconds of the best round of each, in turn."""
    seconds = [[0.0] * rounds for _ in works]
    for number in range(rounds):
        for work, took in zip(works, seconds, strict=True):
            start = time.perf_counter()
            work()
            took[number] = time.perf_counter() - start
    return [min(took) for took in seconds]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true")
    options.add_argument("--files", type=int, default=1000, help="in the larger folder")
    chosen = options.parse_args()
    writers = default_plugins().writers
    if "xml" not in writers:
        raise SystemExit("the format xml is not installed: pip install ./plugins/govinfo-xml")
    from govinfo_xml import read_xml, write_xml

    count, rounds, many = (8, 2, 20) if chosen.quick else (100, 9, chosen.files)
    files = results(count)
    reports = [file.result.reading.report for file in files if file.result]

    def writing(stream: Stream) -> Callable[[], str]:
        return lambda: "".join(stream.one(file, "zh", True) for file in files)

    works = [writing(stream) for name in FORMATS if (stream := writers[name].stream) is not None]
    seconds = best(rounds, *works)
    print("| | ms for a report | to json | kB for a report |\n|---|---|---|---|")
    for name, work, took in zip(FORMATS, works, seconds, strict=True):
        size = len(work().encode()) / count / 1000
        print(f"| {name} | {took / count * 1000:.2f} | {took / seconds[0]:.2f} | {size:.1f} |")

    lines = [json.dumps(to_json(report), ensure_ascii=False).encode() for report in reports]
    document = write_xml(reports)
    assert read_xml(document) == reports
    by_json, by_xml = best(rounds, lambda: [from_json(json.loads(line)) for line in lines], lambda: read_xml(document))
    print(f"\nrecords read back: JSON {by_json / count * 1000:.2f} ms, XML {by_xml / count * 1000:.2f} ms each\n")

    print("| files | " + " | ".join(f"{name}, MiB" for name in FORMATS) + " |\n|---|" + "---|" * len(FORMATS))
    for number in (many // 10, many):
        with tempfile.TemporaryDirectory() as place:
            make(Path(place) / "reports", number)
            peaks = [measure(Path(place) / "reports", ["--jobs", "1"], name, f"{place}/c").peak for name in FORMATS]
        print(f"| {number} | " + " | ".join(f"{peak / 2**20:.0f}" for peak in peaks) + " |")


if __name__ == "__main__":
    main()
