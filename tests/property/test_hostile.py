"""Hostile files are refused or read within a second and in bounded memory, and reach neither network nor terminal.

They are read and checked in another process, which reports the CPU time and the peak of memory it took: a machine busy
with something else does not spoil the measure. The promise is one second; the limit here is 3 s, for slow machines.
"""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import govinfo
from govinfo.cli import run
from govinfo.documents.html import read_html
from govinfo.errors import ReadError
from govinfo.testing import example_report, render

SECONDS = 3.0
MIB = 700
"""A file of the largest size allowed, as bytes, as text at four bytes a character, and once more as lines."""

WORKER = """
import json, pathlib, resource, signal, sys, time
import govinfo
from govinfo.plugins import default_plugins
govinfo.read(sys.argv[1], plugins=default_plugins())
for path in sys.stdin:
    try:
        pathlib.Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    except OSError:
        pass
    began = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, float(sys.argv[2]))  # past it the system ends this process, C code or not
    try:
        govinfo.check(path.rstrip("\\n"))
        kind = "read"
    except govinfo.ReadError as error:
        kind = error.kind
    signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - began
    try:  # of this process alone: what getrusage says begins at the size of the one it was started from
        status = pathlib.Path("/proc/self/status").read_text()
        peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)
    print(json.dumps({"kind": kind, "seconds": seconds, "mib": peak}), flush=True)
"""

REPORT = example_report("2021", 3, profile="few")
GOOD = {name: render(REPORT, name) for name in ("tabs", "lines", "html", "cell_bar")}


def spliced(name: str, bait: bytes, before: str) -> bytes:
    """A good report with ``bait`` put in before some words of it."""
    content = GOOD[name]
    place = content.index(before.encode())
    return content[:place] + bait + content[place:]


BOMB = (
    '<!DOCTYPE a [<!ENTITY a0 "政府信息公开">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><html><body><table><tr><td>&a11;</td></tr></table></body></html>"
)
HEADING, PERIOD, FEE, OUTSIDE = "三、收到和处理", "报告所列数据的统计期限", "六、其他需要报告的事项", "一、总体情况"
ROW = "<tr><td>1.属于国家秘密</td>" + "<td>0</td>" * 7 + "</tr>"

FILES: dict[str, Callable[[], bytes]] = {
    "entity bomb": lambda: BOMB.encode(),
    "entity bomb in XML": lambda: b'<?xml version="1.0"?>' + BOMB.encode(),
    **{
        f"100,000 nested {tag}": lambda tag=tag: f"<html><body><{tag}>".encode() + f"<{tag}>".encode() * 100_000 + b"x"  # type: ignore[misc]
        for tag in ("div", "table><tr><td", "font", "ul><li", "p", "svg")
    },
    "nested and closed": lambda: b"<div>" * 100_000 + b"x" + b"</div>" * 100_000,
    "misnested": lambda: b"<b><i><p>" * 60_000 + b"</b></i></p>" * 60_000,
    "rowspan and colspan of 10^9": lambda: (
        b"<table>" + b"<tr><td rowspan=1000000000 colspan=1000000000>0</td><td>1</td></tr>" * 3000 + b"</table>"
    ),
    "one huge rowspan in a report": lambda: GOOD["html"].replace(b"<td>", b'<td rowspan="1000000000">'),
    "one huge colspan in a report": lambda: GOOD["html"].replace(b"<td>", b'<td colspan="1000000000">'),
    "a span of a million digits": lambda: b"<table><tr><td rowspan=" + b"9" * 1_000_000 + b">0</td></tr></table>",
    "a million cells": lambda: b"<table>" + b"<tr>" + b"<td>0" * 1_000_000 + b"</table>",
    "a million cells in rows": lambda: b"<table>" + (b"<tr>" + b"<td>0" * 10) * 100_000 + b"</table>",
    "400,000 cells in a row": lambda: b"<table><tr>" + b"<td>0" * 400_000 + b"</table>",
    "400,000 rows": lambda: b"<table>" + b"<tr><td>0" * 400_000 + b"</table>",
    "20,000 rows of the form": lambda: spliced("html", (ROW * 20_000).encode(), "<h2>" + HEADING),
    "20,000 tables of the form": lambda: spliced("html", f"<table>{ROW}</table>".encode() * 20_000, "<h2>" + HEADING),
    "100,000 tables": lambda: b"<html><body>" + b"<table><tr><td>0</td></tr></table>" * 100_000,
    "a million tabs": lambda: b"\t" * 1_000_000,
    "400,000 tabs in a report": lambda: spliced("tabs", b"\t" * 400_000 + b"\n", HEADING),
    "400,000 tabs between figures": lambda: spliced("tabs", b"0\t" * 400_000 + b"\n", HEADING),
    "400,000 bars": lambda: spliced("cell_bar", b"|" * 400_000 + b"\n", HEADING),
    "a line of 8 MB": lambda: spliced("tabs", "公开".encode() * 1_400_000 + b"\n", HEADING),
    "a line of 8 MB without a break": lambda: "政府信息公开工作年度报告2022年".encode() * 200_000,
    "400,000 blank lines": lambda: spliced("lines", b"\n" * 400_000, HEADING),
    "400,000 zeros, one a line": lambda: spliced("lines", b"\t0\n" * 400_000, HEADING),
    "200,000 labels, one a line": lambda: spliced("lines", "\t总计\n".encode() * 200_000, HEADING),
    "100,000 headings": lambda: spliced("tabs", "三、收到和处理政府信息公开申请情况\n".encode() * 100_000, HEADING),
    "100,000 titles": lambda: "青河市2022年政府信息公开工作年度报告\n".encode() * 100_000 + GOOD["tabs"],
    "20,000 rows in a text": lambda: spliced("tabs", "规章\t0\t0\t0\n".encode() * 20_000, HEADING),
    "20,000 broken rows": lambda: spliced("tabs", "1.属于国家秘宓\t1\t2\t3\t4\t5\t6\t8\n".encode() * 20_000, HEADING),
    "200 reports in one file": lambda: GOOD["tabs"] * 200,
    "a million open tags": lambda: b"<" * 1_000_000,
    "a million references": lambda: b"<p>" + b"&amp;" * 1_000_000,
    "a million bogus references": lambda: b"<p>" + b"&#x0;&bogus;" * 500_000,
    "an endless comment": lambda: b"<!--" + b"-" * 2_000_000 + GOOD["html"],
    "an endless attribute": lambda: b"<p title='" + b"a" * 4_000_000 + GOOD["html"],
    "a million attributes": lambda: b"<p " + b"".join(b"a%d=1 " % n for n in range(300_000)) + b">x",
    "a million bad bytes": lambda: "政府信息公开".encode("gb18030") * 50_000 + b"\xff" * 1_000_000,
    "a megabyte of NULs": lambda: "政府信息".encode() * 2000 + b"\0" * 1_000_000,
    "a record nested 100,000 deep": lambda: b'{"applications":' + b"[" * 100_000,
}

BAIT = {
    "digits": "1" * 100_000,
    "full-width digits": "１" * 50_000,
    "figures": "1 " * 50_000,
    "thousands": "1,234" * 20_000,
    "spaces": " " * 150_000 + "x",
    "wide spaces": "\u3000" * 50_000 + "x",
    "brackets": "（" * 50_000,
    "pairs of brackets": "（）" * 30_000,
    "square brackets": "〔" * 25_000 + "〕" * 25_000,
    "years": "2022年" * 25_000,
    "dates": "2022年1月1日至" * 10_000,
    "year marks": "年" * 50_000,
    "numerals": "一、" * 30_000,
    "bracketed numerals": "（一）" * 25_000,
    "chinese digits": "二〇" * 30_000,
    "dashes": "-" * 100_000,
    "wide dashes": "—" * 50_000,
    "bars": "|-" * 30_000,
    "commas": "，" * 50_000,
    "amounts": "总金额为" * 20_000,
    "notices": "发出收费通知的件数为" * 10_000,
    "reports": "政府信息公开工作年度报告" * 10_000,
    "labels": "总计其他" * 15_000,
    "login": "用户名" * 25_000,
}


def baited(bait: str, name: str) -> bytes:
    """A report with ``bait`` in every place that is searched with regular expressions, on lines and in the middle."""
    content = GOOD[name].decode()
    end = "</p><p>" if name == "html" else "\n"
    for before in (OUTSIDE, HEADING, PERIOD, FEE, "五、存在的"):
        content = content.replace(before, f"{bait}{end}{before}{bait}{end}", 1)
    title = REPORT.title or ""
    return content.replace(title, f"{title[:6]}{bait}{title[6:]}").encode()


class Worker:
    """A process that reads hostile files one after another; a new one where a file was its end."""

    def __init__(self, good: Path) -> None:
        self._command = [sys.executable, "-c", WORKER, str(good), str(SECONDS)]
        self._process: subprocess.Popen[str] | None = None

    def __call__(self, path: Path) -> dict[str, Any]:
        if self._process is None:
            pipe = subprocess.PIPE
            self._process = subprocess.Popen(self._command, stdin=pipe, stdout=pipe, text=True, encoding="utf-8")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(path, file=self._process.stdin, flush=True)
        answer = self._process.stdout.readline()
        if not answer:
            self.close()
            pytest.fail(f"took more than {SECONDS} s; the promise is 1 s")
        return dict(json.loads(answer))

    def close(self) -> None:
        if self._process is not None:
            self._process.communicate()
            self._process = None


@pytest.fixture(scope="module")
def measure(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worker]:
    pytest.importorskip("resource", reason="time and memory are measured with the resource module of Unix")
    good = tmp_path_factory.mktemp("hostile") / "good.txt"
    good.write_bytes(GOOD["tabs"])
    worker = Worker(good)
    yield worker
    worker.close()


def assert_bounded(found: dict[str, Any]) -> None:
    assert found["seconds"] < SECONDS, f"took {found['seconds']:.1f} s (promised: 1 s) and was {found['kind']}"
    assert found["mib"] < MIB, f"took {found['mib']:.0f} MiB and was {found['kind']}"
    assert found["kind"] != "internal"


def test_a_file_of_200_megabytes_is_refused(tmp_path: Path, measure: Worker) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.write(GOOD["html"])
        file.truncate(200_000_000)
    found = measure(path)
    assert_bounded(found)
    assert found["kind"] == "too_large"
    assert found["mib"] < 150, "the file was read before it was refused"


@pytest.mark.parametrize("name", list(FILES))
def test_a_hostile_file_is_bounded(name: str, tmp_path: Path, measure: Worker) -> None:
    path = tmp_path / "hostile"
    path.write_bytes(FILES[name]())
    assert_bounded(measure(path))


@pytest.mark.parametrize("name", list(BAIT))
def test_bait_for_regular_expressions_is_bounded(name: str, tmp_path: Path, measure: Worker) -> None:
    path = tmp_path / "bait"
    path.write_bytes(baited(BAIT[name], "html" if list(BAIT).index(name) % 3 == 0 else "tabs"))
    assert_bounded(measure(path))


@pytest.mark.parametrize(
    "document",
    [
        '<!DOCTYPE html [<!ENTITY x SYSTEM "{url}">]><html><body><p>&x;</p></body></html>',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "{url}">]><html><body><p>&x;</p></body></html>',
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY % x SYSTEM "{url}"> %x;]><html><body><p>a</p></body></html>',
        '<!DOCTYPE html SYSTEM "{url}"><html><body><p>a</p></body></html>',
        '<html xmlns:xi="http://www.w3.org/2001/XInclude"><body><xi:include href="{url}" parse="text"/><p>a</p></body>',
        '<?xml-stylesheet type="text/xsl" href="{url}"?><html><body><p>a</p></body></html>',
        '<html><head><base href="{url}"><link rel=stylesheet href="{url}"><meta http-equiv=refresh content="0;{url}">'
        '<script src="{url}"></script></head>'
        '<body><iframe src="{url}"></iframe><img src="{url}"><p>a</p></body></html>',
        '<html><body><object data="{url}"></object><embed src="{url}"><frame src="{url}"><p>a</p></body></html>',
    ],
)
def test_nothing_outside_the_file_is_read(document: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    marker = tmp_path / "secret.txt"
    marker.write_text("天机不可泄漏", encoding="utf-8")
    touched: list[Any] = []
    monkeypatch.setattr(socket, "socket", lambda *args, **kwargs: touched.append(args))
    monkeypatch.setattr(socket, "create_connection", lambda *args, **kwargs: touched.append(args))
    with Listener() as (url, connections):
        for target in (marker.as_uri(), str(marker), url):
            content = document.format(url=target).encode()
            assert "天机" not in repr(read_html(content, "x"))
            with pytest.raises(ReadError) as caught:
                govinfo.read(content)
            assert "天机" not in caught.value.text.zh
        assert connections() == 0, "the network was used"
    assert touched == []


class Listener:
    """A server on this machine that only counts who comes."""

    def __init__(self) -> None:
        import _socket

        self._socket = _socket.socket(_socket.AF_INET, _socket.SOCK_STREAM)
        self._socket.bind(("127.0.0.1", 0))
        self._socket.listen(8)
        self._socket.setblocking(False)

    def __enter__(self) -> tuple[str, Callable[[], int]]:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}/x.dtd", self._count

    def _count(self) -> int:
        try:
            self._socket._accept()  # type: ignore[attr-defined]
        except BlockingIOError:
            return 0
        return 1

    def __exit__(self, *_: object) -> None:
        self._socket.close()


# Terminal escapes.

ESCAPES = "\x1b[2J\x1b[31m\x1b]0;title\x07\x9b31m\u202e\u2066\x08\x7f\u200f"
ACTING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def evil(layout: str) -> bytes:
    content = render(example_report("2021", 4, profile="few"), layout).decode()
    content = content.replace("\t0", f"\t{ESCAPES}7", 30).replace("<td>0", f"<td>{ESCAPES}7", 30)
    content = (
        content.replace("青河市", f"青河{ESCAPES}市").replace("总计", f"总{ESCAPES}计").replace("711", f"77{ESCAPES}1")
    )
    return content.replace("一、总体", f"一、{ESCAPES}总体").replace("1月1日", f"{ESCAPES}3月1日").encode()


def shown(paths: list[str], command: str, lang: str, capfd: pytest.CaptureFixture[str]) -> list[str]:
    """Run a command and return the lines that reached the terminal with something that acts on it."""
    run(["--lang", lang, *command.split(), *paths])
    captured = capfd.readouterr()
    assert captured.out + captured.err
    return [repr(line) for line in (captured.out + captured.err).splitlines() if ACTING.search(line)]


@pytest.fixture
def evil_files(tmp_path: Path) -> list[str]:
    files = {f"{layout}.txt": evil(layout) for layout in ("tabs", "html", "lines", "cell_bar")}
    files["nothing.txt"] = f"{ESCAPES}政府信息公开工作年度报告{ESCAPES}2022年{ESCAPES}".encode()
    files[f"{ESCAPES}.json"] = json.dumps({"applications": {ESCAPES: ESCAPES}}).encode()
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    return [str(tmp_path / name) for name in files]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["check", "check --verbose"])
def test_escapes_do_not_reach_the_terminal(
    command: str, lang: str, evil_files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert shown(evil_files, command, lang, capfd) == []


@pytest.mark.parametrize("command", ["parse", "check --format json", "check --format jsonl"])
def test_escapes_in_json_do_not_reach_the_terminal(
    command: str, evil_files: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    assert shown(evil_files, command, "zh", capfd) == []
