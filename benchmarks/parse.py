"""How fast a report is read, as ratios in one run.

    python benchmarks/parse.py            a table for people
    python benchmarks/parse.py --json     the same for programs
    python benchmarks/parse.py --profile  where the time goes, by module

Needs ``pip install -e '.[bench]'`` for the peers; those that are missing are left out and said so. Times are medians
of alternating runs in one process; cold starts are medians of whole processes. "lxml parse" is the leanest way to a
tree, ``etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))`` with the parser made once;
``lxml.html.document_fromstring(content)`` is listed beside it.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import json
import os
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from lxml import etree
from lxml.html import document_fromstring

import govinfo
from govinfo.documents.html import read_html
from govinfo.documents.text import read_text
from govinfo.schema import Missing, cells
from govinfo.testing.examples import example_report
from govinfo.testing.layouts import render

Job = Callable[[], object]

HTML_BYTES = 100_000
TEXT_BYTES = 9_000
TARGETS = {
    "html: govinfo / lxml parse": 2.0,
    "text: milliseconds": 1.5,
    "govinfo --help: milliseconds over a bare interpreter": 80.0,
    "govinfo check: seconds, cold": 0.4,
}


def page(size: int) -> bytes:
    """Return a Word paste of ``size`` bytes, less than a paragraph off: three tables of 308 cells, and prose.

    It is the layout ``html_word`` without what makes that one long: the editors of web sites drop Word's own style
    properties, and Word writes what was typed at one go as one span. Prose fills up the rest.
    """
    style = "font-size:10.5pt;font-family:仿宋_GB2312"
    long = f"{style};mso-bidi-font-family:宋体;color:black"
    end = "<span lang=EN-US><o:p></o:p></span>"
    content = render(example_report("2021", 7, profile="few"), "html_word").decode()
    content = content.replace(long, style).replace(f"<span lang=EN-US style='{style}'><o:p></o:p></span>", end)
    content = content.replace(f"</span><span style='{style}'>", "")
    prose = (
        f"<p class=MsoNormal style='text-indent:32.0pt'><span style='{style}'>本年度继续完善公开目录，"
        f"按季度核对栏目内容，及时回应来信来访。</span>{end}</p>\n"
    )
    head, mark, tail = content.partition("二、主动公开政府信息情况")
    missing = (size - len(content.encode())) // len(prose.encode())
    assert missing > 0, "the layout html_word has changed: adapt what is taken out of it"
    start = head.rfind("<p")
    return (head[:start] + prose * missing + head[start:] + mark + tail).encode()


def text(size: int) -> bytes:
    """Return a text report with tabs of about ``size`` bytes."""
    content = render(example_report("2021", 7, profile="few"), "tabs").decode()
    prose = "本年度继续完善公开目录，按季度核对栏目内容，及时回应来信来访。\n"
    head, mark, tail = content.partition("二、主动公开政府信息情况")
    return (head + prose * (max(0, size - len(content.encode())) // len(prose.encode())) + mark + tail).encode()


def alternate(jobs: dict[str, Job], runs: int) -> dict[str, float]:
    """Return the median processor seconds of each job, run in turn so that all share the machine's moods.

    Every timed run follows one of the same job that is not, which fills the caches the job before has emptied.
    """
    times: dict[str, list[float]] = {name: [] for name in jobs}
    for job in jobs.values():
        job()
    for _ in range(runs):
        for name, job in jobs.items():
            job()
            start = time.process_time()
            job()
            times[name].append(time.process_time() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def peers(content: bytes) -> dict[str, Job]:
    """Return what users reach for today; none of these finds a figure's meaning."""
    found: dict[str, Job] = {}
    try:
        pandas = import_module("pandas")
        found["pandas.read_html"] = lambda: pandas.read_html(io.BytesIO(content))
    except ImportError:
        print("pandas is not installed: left out", file=sys.stderr)
    try:
        BeautifulSoup = import_module("bs4").BeautifulSoup

        def soup() -> object:
            tree = BeautifulSoup(content, "lxml")
            return [[cell.get_text() for cell in row.find_all(["td", "th"])] for row in tree.find_all("tr")]

        found["BeautifulSoup (lxml), cells as text"] = soup
    except ImportError:
        print("BeautifulSoup is not installed: left out", file=sys.stderr)
    return found


def cold(*command: str, runs: int = 9) -> float:
    """Return the median wall seconds of a whole process that finds its byte code, as an installed copy does."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    times = []
    with tempfile.TemporaryDirectory() as byte_code:
        for _ in range(runs + 1):
            start = time.perf_counter()
            environment["PYTHONPYCACHEPREFIX"] = byte_code
            subprocess.run(command, check=False, capture_output=True, env=environment)
            times.append(time.perf_counter() - start)
    return statistics.median(times[1:])


def measure(runs: int) -> dict[str, float]:
    """Run every comparison once and return its figures by name."""
    content, short = page(HTML_BYTES), text(TEXT_BYTES)
    reading = govinfo.read(content, name="page.html")
    missing = [path for path, value in cells(reading.report).items() if isinstance(value, Missing)]
    assert all(path.startswith("processing_fee") for path in missing), missing
    parser = etree.HTMLParser(encoding="utf-8")
    jobs: dict[str, Job] = {
        "lxml parse": lambda: etree.fromstring(content, parser),
        "lxml.html.document_fromstring": lambda: document_fromstring(content),
        "read_html, without the parser of reports": lambda: read_html(content, "page.html"),
        "govinfo.read": lambda: govinfo.read(content, name="page.html"),
    }
    figures = {"html: bytes": float(len(content))}
    # The peers go by themselves: next to BeautifulSoup lxml's parse takes up to twice its time, and every ratio half.
    for group in (jobs, {"lxml parse": jobs["lxml parse"], **peers(content)}):
        times = alternate(group, runs)
        lxml = times.pop("lxml parse")
        figures.setdefault("html: lxml parse, milliseconds", lxml * 1e3)
        figures |= {f"html: {name} / lxml parse": seconds / lxml for name, seconds in times.items()}
    figures["html: govinfo / lxml parse"] = figures.pop("html: govinfo.read / lxml parse")

    jobs = {
        "read_text": lambda: read_text(short, "report.txt"),
        "text": lambda: govinfo.read(short, name="report.txt"),
    }
    times = alternate(jobs, runs)
    figures |= {"text: bytes": float(len(short)), "text: read_text, milliseconds": times["read_text"] * 1e3}
    figures["text: milliseconds"] = times["text"] * 1e3

    bare = cold(sys.executable, "-c", "pass")
    command = str(Path(sys.executable).with_name("govinfo"))
    figures["govinfo --help: milliseconds over a bare interpreter"] = (cold(command, "--help") - bare) * 1e3
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.txt"
        report.write_bytes(short)
        figures["govinfo check: seconds, cold"] = cold(command, "check", str(report))
    return figures


def profile(runs: int) -> dict[str, float]:
    """Return where the time of reading the page goes: the share of each module, lxml's parse apart."""
    content = page(HTML_BYTES)
    govinfo.read(content, name="page.html")
    profiler = cProfile.Profile()
    profiler.enable()
    for _ in range(runs):
        govinfo.read(content, name="page.html")
    profiler.disable()
    shares: Counter[str] = Counter()
    entries = pstats.Stats(profiler).stats.items()  # type: ignore[attr-defined]
    for (file, _, function), (_, _, own, _, _) in entries:
        place = Path(file)
        ours = "govinfo" in place.parts
        name = "/".join(place.parts[place.parts.index("govinfo") + 1 :]) if ours else "built-in functions"
        shares["lxml, parsing the page" if function == "_parse" and name == "documents/html.py" else name] += own
    total = shares.total()
    return {name: share / total for name, share in shares.most_common(16)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true")
    options.add_argument("--runs", type=int, default=60)
    options.add_argument("--profile", action="store_true", help="where the time of reading the page goes")
    chosen = options.parse_args()
    if chosen.profile:
        for name, share in profile(chosen.runs).items():
            print(f"{name:<40}{share:>8.1%}")
        return
    figures = measure(chosen.runs)
    if chosen.json:
        print(json.dumps(figures, ensure_ascii=False, indent=2))
        return
    for name, value in figures.items():
        target = TARGETS.get(name)
        note = "" if target is None else f"   target {target:g}: {'met' if value <= target else 'NOT MET'}"
        print(f"{name:<58}{value:>12.2f}{note}")


if __name__ == "__main__":
    main()
