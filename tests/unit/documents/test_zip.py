"""Archives of reports: names, what is passed over, and archives made to do harm."""

from __future__ import annotations

import io
import struct
import time
import warnings
import zipfile
from pathlib import Path

import pytest

import govinfo
from govinfo import ReadError
from govinfo.cli import run
from govinfo.documents.archive import Archive
from govinfo.documents.limits import MAX_BYTES
from govinfo.documents.zip import zip_members
from govinfo.testing import example_report, render

REPORT = example_report("2021", 3)
CONTENT = render(REPORT, "html")


def packed(*files: tuple[str | bytes, bytes], utf_8: bool = True) -> bytes:
    """A zip file; names in bytes are written as they are, with nothing said of their encoding."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # names that stand twice are meant
        for name, content in files:
            info = zipfile.ZipInfo("x")
            info.filename = name.decode("cp437") if isinstance(name, bytes) else name
            info.compress_type = zipfile.ZIP_DEFLATED
            if isinstance(name, bytes):
                # cp437 letters would be written in UTF-8 with the flag that says so
                info.filename = "n" * len(name)
            archive.writestr(info, content)
    raw = buffer.getvalue()
    for name, _ in files:
        if isinstance(name, bytes):
            raw = raw.replace(b"n" * len(name), name)
    return raw


def names(content: bytes) -> list[str]:
    return [member.name for member in zip_members(content, "x.zip")]


def errors(content: bytes) -> dict[str, str]:
    return {one.name: one.content.kind for one in zip_members(content, "x") if isinstance(one.content, ReadError)}


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("name", ["甲市/教育局年报.html", "乙区司法局.txt", "鎭政府_2022年.html", "a.html"])
def test_names_in_gbk_and_in_utf_8_that_do_not_say_so(name: str, encoding: str) -> None:
    assert names(packed((name.encode(encoding), b"x"))) == [name]


def test_names_that_say_they_are_utf_8() -> None:
    assert names(packed(("甲市/年报.html", b"x"))) == ["甲市/年报.html"]


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("/root/a.html", "root/a.html"),
        ("C:\\Users\\a.html", "Users/a.html"),
        ("..\\..\\a.html", "a.html"),
        ("a/./b//c.html", "a/b/c.html"),
        ("a\x1b[31m\u202egpj.html", "a\ufffd[31m\ufffdgpj.html"),
        ("a\nb.html", "a\ufffdb.html"),
        ("..", "\ufffd"),
    ],
)
def test_names_are_made_harmless(name: str, harmless: str) -> None:
    assert names(packed((name, b"x"))) == [harmless]


def test_what_is_no_report_is_passed_over_as_in_a_folder() -> None:
    files = ["__MACOSX/._a.html", ".DS_Store", "b/.hidden/c.html", "b/~$a.docx", "b/Thumbs.db", "style.css"]
    files += ["年报.html", "年报_files/jquery.html", "年报_files/x/y.html", "other_files/z.html", "b/"]
    assert names(packed(*((name, b"x") for name in files))) == ["other_files/z.html", "年报.html"]


def test_of_two_members_with_one_name_both_are_read() -> None:
    content = packed(("a.html", CONTENT), ("a.html", render(example_report("2019", 4), "html")), ("./a.html", b"x"))
    assert names(content) == ["a.html", "a.html (2)", "a.html (3)"]
    read = [one.report for _, one in govinfo.read_all(content) if not isinstance(one, ReadError)]
    assert read == [REPORT, example_report("2019", 4)]


def test_a_member_that_cannot_be_had_costs_no_other() -> None:
    raw = bytearray(packed(("a.html", CONTENT), ("b.html", CONTENT), ("c.html", CONTENT), ("d.html", CONTENT)))
    places = [at for at in range(len(raw)) if raw[at : at + 4] == b"PK\x01\x02"]
    raw[places[0] + 8] |= 1  # encrypted
    raw[places[1] + 16] ^= 1  # another checksum
    raw[places[2] + 10] = 99  # another compression
    assert errors(bytes(raw)) == {"a.html": "encrypted", "b.html": "damaged", "c.html": "damaged"}
    parts = dict(govinfo.read_all(bytes(raw), name="x.zip"))
    assert list(parts) == ["x.zip/a.html", "x.zip/b.html", "x.zip/c.html", "x.zip/d.html"]
    assert govinfo.read(bytes(raw)).report == REPORT


def test_a_bomb_costs_neither_time_nor_the_others() -> None:
    bomb = bytes(MAX_BYTES + 1)
    content = packed(*((f"{number:02}.html", bomb) for number in range(8)), ("good.html", CONTENT))
    start = time.perf_counter()
    assert errors(content) == {f"{number:02}.html": "too_large" for number in range(8)}
    assert time.perf_counter() - start < 0.5
    assert govinfo.read(content).report == REPORT


@pytest.mark.parametrize("said", [10, 0, 2**32 - 2])
def test_a_member_that_lies_about_its_size(said: int) -> None:
    raw = packed(("a.html", CONTENT), ("b.html", CONTENT))
    at = raw.index(b"PK\x01\x02") + 24
    raw = raw[:at] + struct.pack("<I", said) + raw[at + 4 :]
    assert errors(raw).keys() == {"a.html"}
    assert govinfo.read(raw).report == REPORT


def test_archives_in_archives() -> None:
    inner = packed(("甲局.html".encode("gbk"), CONTENT))
    content = packed(("县/各局.zip", inner), ("县.html", render(example_report("2019", 5), "html")))
    assert [name for name, _ in govinfo.read_all(content, name="市.zip")] == [
        "市.zip/县.html",
        "市.zip/县/各局.zip/甲局.html",
    ]
    for _ in range(3):
        inner = packed(("x.zip", inner))
    [(name, outcome)] = govinfo.read_all(inner, name="x.zip")
    assert isinstance(outcome, ReadError)
    assert (name, outcome.kind) == ("x.zip/x.zip/x.zip/x.zip", "too_deep")


def test_archives_in_archives_share_one_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govinfo.intake.MAX_MEMBERS", 10)
    inner = packed(*((f"{number}.txt", b"x") for number in range(4)))
    content = packed(*((f"{number}.zip", inner) for number in range(100)))
    parts = list(govinfo.read_all(content, name="x"))
    assert len(parts) < 15
    last = parts[-1][1]
    assert isinstance(last, ReadError)
    assert last.kind == "too_large"


def test_twenty_thousand_members_and_more() -> None:
    many = packed(*((f"{number}.css", b"") for number in range(20_000)))
    start = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        govinfo.read(many)
    assert caught.value.kind == "no_reports"
    with pytest.raises(ReadError) as caught:
        govinfo.read(packed(*((f"{number}.css", b"") for number in range(20_001))))
    assert caught.value.kind == "too_large"
    assert time.perf_counter() - start < 20


def test_one_member_is_held_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    original = Archive.read

    def noted(self: object, member: zipfile.ZipInfo, most: int | None = None) -> bytes:
        read.append(member.filename)
        return original(self, member, most)  # type: ignore[arg-type]

    monkeypatch.setattr(Archive, "read", noted)
    members = zip_members(packed(("a.html", b"a"), ("b.html", b"b")), "x")
    assert next(iter(members)).name == "a.html"
    assert read == ["a.html"]


@pytest.mark.parametrize("content", [packed(), packed(("a.css", b"x"))])
def test_an_archive_without_any_document_says_so(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(ReadError) as caught:
        govinfo.read(tmp_path / "x.zip")
    assert caught.value.kind == "no_reports"
    assert run(["check", str(tmp_path / "x.zip")]) == 2


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04", b"PK\x05\x06", packed(("a", b"x"))[:40], b"PK\x03\x04" + bytes(1000)]
)
def test_a_damaged_archive_is_refused(content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        govinfo.read(content)
    assert caught.value.kind == "damaged"


def test_parse_gives_one_line_a_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed(("a.html", CONTENT), ("b.txt", render(REPORT, "tabs")), ("c.txt", b"hello")))
    assert run(["parse", str(path)]) == 0
    shown = capfd.readouterr()
    assert [line[:1] for line in shown.out.splitlines()] == ["{", "{"]
    assert f"– {path}/c.txt" in shown.err
    path.write_bytes(packed(("a.html", CONTENT)))
    assert run(["parse", str(path)]) == 0
    assert capfd.readouterr().out.startswith("{\n")


def test_last_years_reports_may_be_in_an_archive(tmp_path: Path) -> None:
    from govinfo.plugins import default_plugins
    from govinfo.previous import read_earlier

    (tmp_path / "2021.zip").write_bytes(
        packed(("a.html", CONTENT), ("b.html", render(example_report("2019", 4), "html")))
    )
    found = read_earlier(tmp_path, default_plugins())
    assert set(found) == {(one.publisher.name, one.year) for one in (REPORT, example_report("2019", 4))}
