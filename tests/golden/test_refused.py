"""What is not a report, or not one: the right kind, a clear word in both languages, exit 2, others unharmed."""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from pathlib import Path

import pytest

import govinfo
from govinfo.cli import run
from govinfo.errors import ReadError
from govinfo.testing import example_report, render
from govinfo.testing.formats.scans import paper_picture, scanned_ofd

FOLDER = Path(__file__).parent / "refused"


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "<a>政府信息公开工作年度报告</a>" * 20)
    return buffer.getvalue()


def random_bytes() -> bytes:
    return random.Random(711).randbytes(5000)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500

# name: (kind, a word the Chinese message must hold, a word the English one must hold, content or None for a file)
REFUSED: dict[str, tuple[str, str, str, bytes | None]] = {
    "interpretation.html": ("interpretation", "解读", "interprets", None),
    "website_report.html": ("website_report", "政府网站工作年度报表", "website", None),
    "pre_2019.html": ("pre_2019", "2019", "before 2019", None),
    "pictures.html": ("no_tables", "图片", "pictures", None),
    "no_tables.txt": ("no_tables", "没有表格", "no tables", None),
    "login.html": ("login", "登录", "login", None),
    "news.html": ("not_a_report", "不是政府信息公开", "not an information-disclosure", None),
    "budget.txt": ("not_a_report", "不是政府信息公开", "not an information-disclosure", None),
    "several_reports.html": ("several_reports", "不止一份", "several|more than one", None),
    "empty.html": ("empty", "空", "empty", b""),
    "blank.txt": ("empty", "空", "empty", b" \r\n\t\n\xe3\x80\x80"),
    "scan.pdf": ("unsupported", "PDF", "PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
    "report.docx": ("unsupported", "docx", "docx", packed("word/document.xml")),
    "report.xlsx": ("damaged", "xlsx", "xlsx", packed("xl/workbook.xml")),
    "report.ofd": ("damaged", "OFD.*损坏", "OFD.*damaged", packed("OFD.xml")),
    "scan.ofd": (
        "scanned",
        "扫描件（共 3 页.*文字识别",
        "3 pages.*recognises text",
        scanned_ofd([paper_picture()] * 3),
    ),
    "report.doc": ("damaged", "Word", "Word", OLE + "WordDocument".encode("utf-16-le")),
    "report.xls": ("damaged", "Excel", "Excel", OLE + "Workbook".encode("utf-16-le")),
    "locked.xlsx": ("encrypted", "加密", "password", OLE + "EncryptedPackage".encode("utf-16-le")),
    "report.wps": ("unsupported", "Office|WPS", "Office|WPS", OLE),
    "reports.rar": ("binary", "压缩包", "archive", b"Rar!\x1a\x07\x01\0" + b"\0" * 100),
    "scan.png": ("scanned", "图片", "picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 100),
    "scan.jpg": ("scanned", "图片", "picture", b"\xff\xd8\xff\xe0\0\x10JFIF" + b"\0" * 100),
    "random.bin": ("binary", "二进制", "binary", random_bytes()),
    "renamed.html": ("unsupported", "PDF", "PDF", b"%PDF-1.4\n"),
}
NAMES = list(REFUSED)
CHECKED = [name for name in NAMES if name != "several_reports.html"]
"""What the command refuses as well; of several reports it reads each."""


def content_of(name: str) -> bytes:
    content = REFUSED[name][3]
    return (FOLDER / name).read_bytes() if content is None else content


def test_every_file_is_listed() -> None:
    files = {path.name for path in FOLDER.iterdir()}
    assert files == {name for name, entry in REFUSED.items() if entry[3] is None}, f"list the files of {FOLDER}"


@pytest.mark.parametrize("name", NAMES)
def test_it_is_refused_for_the_right_reason(name: str) -> None:
    kind, zh, en, _ = REFUSED[name]
    with pytest.raises(ReadError) as caught:
        govinfo.read(content_of(name), name=name)
    error = caught.value
    assert (error.kind, error.name) == (kind, name)
    assert re.search(zh, error.text.zh), error.text.zh
    assert re.search(en, error.text.en), error.text.en
    assert not re.search(r"[\u4e00-\u9fff]{8}", error.text.en), "the English message is in Chinese"
    assert "\n" not in error.text.zh + error.text.en
    assert not re.search(r"Error|Traceback|None|0x", error.text.zh + error.text.en)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_all_of_them_leave_the_others_alone(lang: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for name in CHECKED:
        (tmp_path / name).write_bytes(content_of(name))
    good = tmp_path / "good.txt"
    good.write_bytes(render(example_report("2021", 3), "tabs"))
    assert run(["--lang", lang, "check", str(good)]) == 0
    alone = capfd.readouterr().out.splitlines()[0]
    paths = [str(tmp_path / name) for name in CHECKED]
    assert run(["--lang", lang, "check", *paths[:10], str(good), *paths[10:]]) == 2
    lines = capfd.readouterr().out.splitlines()
    assert any(line.startswith(alone) for line in lines)
    assert sum(line.startswith("?") for line in lines) == len(CHECKED)
    assert run(["check", "--format", "json", *paths, str(good)]) == 2
    reports = json.loads(capfd.readouterr().out)["reports"]
    assert [one["error"]["kind"] for one in reports[:-1]] == [REFUSED[name][0] for name in CHECKED]
    assert reports[-1]["error"] is None


@pytest.mark.parametrize("name", CHECKED)
def test_the_command_says_so_and_exits_with_2(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / name
    path.write_bytes(content_of(name))
    assert run(["check", str(path)]) == 2
    shown = capfd.readouterr()
    assert re.search(REFUSED[name][1], shown.out)
    assert name in shown.out
    assert "Traceback" not in shown.err
    assert run(["parse", str(path)]) == 2
    shown = capfd.readouterr()
    assert shown.out == ""
    assert re.search(REFUSED[name][1], shown.err)
