"""Finding, taking in and writing files."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from govinfo import GovinfoError, ReadError
from govinfo.files import find, put, replacing, take


def make(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def names(folder: Path, *paths: str) -> list[str]:
    return [os.path.relpath(path, folder) for path in find([folder / path for path in paths or ("",)])]


def test_a_folder_is_expanded_in_the_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.txt", "a/b/c.txt", "甲.txt", "a.txt")
    assert names(tmp_path) == ["a/b/c.txt", "a/z.txt", "a.txt", "b.txt", "甲.txt"]


def test_hidden_files_and_lock_files_are_passed_over(tmp_path: Path) -> None:
    make(tmp_path, ".git/config", ".DS_Store", "~$report.docx", "a.txt")
    os.mkfifo(tmp_path / "pipe")
    assert names(tmp_path) == ["a.txt"]


def test_what_is_plainly_no_document_is_passed_over_in_folders_only(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.html", "c", "d/style.CSS", "d/LICENSE", "d/report.doc", "pyproject.toml")
    passed_over: list[str] = []
    found = [os.path.relpath(path, tmp_path) for path in find([tmp_path], passed_over.append)]
    assert found == ["a.txt", "b.html", "c", "d/report.doc"]
    assert sorted(map(os.path.basename, passed_over)) == ["LICENSE", "pyproject.toml", "style.CSS"]
    assert names(tmp_path, "d/style.CSS", "d/LICENSE") == ["d/style.CSS", "d/LICENSE"]


def test_the_folder_saved_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    make(tmp_path, "年报.html", "年报_files/a.html", "年报_files/b/c.txt", "w.htm", "w.files/d.html")
    make(tmp_path, "x_files/e.html", "y.txt", "y_files/f.html", "__MACOSX/g.html", "plan.files")
    passed_over: list[str] = []
    found = [os.path.relpath(path, tmp_path) for path in find([tmp_path], passed_over.append)]
    assert found == ["plan.files", "w.htm", "x_files/e.html", "y.txt", "y_files/f.html", "年报.html"]
    assert sorted(map(os.path.basename, passed_over)) == ["w.files", "年报_files"]
    assert names(tmp_path, "年报_files/a.html", "w.files") == ["年报_files/a.html", "w.files/d.html"]


def test_no_file_twice_and_none_lost(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    assert names(tmp_path, "b.txt", "", "gone.txt", ".hidden") == ["b.txt", "a.txt", "gone.txt", ".hidden"]


def test_links_cannot_lead_in_circles(tmp_path: Path) -> None:
    make(tmp_path, "a/x.txt")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "file").symlink_to(tmp_path / "a" / "x.txt")
    assert names(tmp_path) == ["a/x.txt", "file", "self"]
    with pytest.raises(ReadError) as caught:
        take(tmp_path / "self", "self", 10)
    assert caught.value.kind == "io"


def test_the_current_folder_is_not_spelt_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.txt", "b/c.txt")
    monkeypatch.chdir(tmp_path)
    assert list(find(["."])) == ["a.txt", "b/c.txt"]
    make(tmp_path, "-")  # would read standard input
    assert list(find(["."])) == ["./-", "./a.txt", "./b/c.txt"]


def test_no_more_is_read_than_the_limit(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            assert size > 0
            self.given += size
            return b"x" * size

    endless = Endless()
    with pytest.raises(ReadError) as caught:
        take(endless, "-", 3 << 20)  # type: ignore[arg-type]
    assert caught.value.kind == "too_large"
    assert endless.given == (3 << 20) + 1
    assert take(io.BytesIO(b"abc"), "", 3) == b"abc"


@pytest.mark.parametrize("path", ["gone", "", "nul\0character", "file/below", "loop", "n" * 300])
def test_what_cannot_be_opened_is_a_read_error_in_both_languages(tmp_path: Path, path: str) -> None:
    make(tmp_path, "file")
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(ReadError) as caught:
        take(tmp_path / path, path, 10)
    assert caught.value.kind == "io"
    assert not re.search("[A-Za-z]", caught.value.text.zh)
    assert caught.value.text.en.isascii()


def test_a_file_is_written_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    put(b"one", target)
    target.chmod(0o640)
    put(b"two", target)
    assert target.read_bytes() == b"two"
    assert target.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["out.json"]


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "out.json"
    target.write_bytes(b"before")

    def full(source: str, target: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(GovinfoError, match="no space left"):
        put(b"after", target)
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["out.json"]


def test_links_and_devices_are_written_through(tmp_path: Path) -> None:
    make(tmp_path, "real")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    put(b"new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"
    reading, writing = os.pipe()
    put(b"piped", f"/dev/fd/{writing}")
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        assert pipe.read() == b"piped"
    put(b"gone", os.devnull)
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("target", ["no/such/folder/x", "", "nul\0character"])
def test_what_cannot_be_written_is_said(tmp_path: Path, target: str) -> None:
    with pytest.raises(GovinfoError):
        put(b"x", tmp_path / target)


# What is written bit by bit takes the place of a file when all went well.


def test_what_was_written_takes_the_place_of_the_file(tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(b"before")
    target.chmod(0o640)
    with replacing(target) as path:
        assert os.path.dirname(path) == str(tmp_path)  # a file is moved whole only within one file system
        Path(path).write_bytes(b"after")
        assert target.read_bytes() == b"before"
    assert (target.read_bytes(), target.stat().st_mode & 0o777) == (b"after", 0o640)
    assert os.listdir(tmp_path) == ["out.csv"]


@pytest.mark.parametrize("error", [ValueError("wrong"), KeyboardInterrupt(), OSError(28, "No space left on device")])
@pytest.mark.parametrize("there", [True, False])
def test_what_went_wrong_is_raised_as_it_is_and_nothing_changes(
    tmp_path: Path, error: BaseException, there: bool
) -> None:
    target = tmp_path / "out.csv"
    if there:
        target.write_bytes(b"before")

    def half() -> None:
        with replacing(target) as path:
            Path(path).write_bytes(b"half")
            raise error

    with pytest.raises(type(error)) as caught:
        half()
    assert caught.value is error
    assert os.listdir(tmp_path) == ["out.csv"] * there
    assert not there or target.read_bytes() == b"before"


def test_a_link_leads_to_what_is_replaced_and_a_device_is_its_own_path(tmp_path: Path) -> None:
    make(tmp_path, "folder/real")
    (tmp_path / "link").symlink_to(tmp_path / "folder" / "real")
    with replacing(tmp_path / "link") as path:
        Path(path).write_bytes(b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "folder" / "real").read_bytes() == b"new"
    assert os.listdir(tmp_path / "folder") == ["real"]
    with replacing(os.devnull) as path:
        assert path == os.devnull
    assert not os.path.isfile(os.devnull)


@pytest.mark.parametrize("target", ["no/such/folder/x", "nul\0character", "file/below"])
def test_where_nothing_can_be_written_nothing_is_begun(tmp_path: Path, target: str) -> None:
    make(tmp_path, "file")
    begun: list[str] = []
    with pytest.raises(GovinfoError, match="cannot write"), replacing(tmp_path / target) as path:
        begun.append(path)
    assert not begun
    assert os.listdir(tmp_path) == ["file"]
