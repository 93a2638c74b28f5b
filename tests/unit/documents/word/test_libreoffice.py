"""LibreOffice as the last resort: what it is asked to read, what is said where it is not there, nothing left behind."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

import govinfo
from govinfo.documents.word import libreoffice, soffice
from govinfo.documents.word.doc import read_doc
from govinfo.errors import ReadError
from govinfo.testing import example_report, print_report
from govinfo.testing.formats import FORMATS
from govinfo.testing.formats.libreoffice import lacking

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

needs_soffice = pytest.mark.skipif(bool(lacking()), reason=f"needs {lacking()}")

scripted = pytest.mark.skipif(os.name != "posix", reason="a shell script stands in for LibreOffice")


def fake(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(program)


def refused(content: bytes, name: str) -> ReadError:
    with pytest.raises(ReadError) as caught:
        govinfo.read(content, name=name)
    return caught.value


@pytest.fixture
def odt() -> bytes:
    buffer = b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text"
    return buffer.ljust(3000, b"\0")


def test_without_libreoffice_it_is_said_what_to_do(odt: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    monkeypatch.setattr(soffice, "_PLACES", ())
    error = refused(odt, "report.odt")
    assert error.kind == "unsupported"
    assert "LibreOffice" in error.text.zh
    assert ".docx" in error.text.en


@scripted
def test_it_can_be_switched_off(odt: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = fake(tmp_path, f"touch {started}")
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: program)
    monkeypatch.setattr(soffice, "find_soffice", lambda: program)
    monkeypatch.setenv("GOVINFO_NO_SOFFICE", "1")
    assert refused(odt, "report.odt").kind == "unsupported"
    assert not started.exists()
    monkeypatch.delenv("GOVINFO_NO_SOFFICE")
    assert refused(odt, "report.odt").kind == "damaged"
    assert started.exists()


@scripted
def test_what_does_not_end_is_ended_with_all_it_started(
    odt: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    alive = tmp_path / "alive"
    program = fake(tmp_path, f"(sleep 2; touch {alive}) & sleep 60")
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: program)
    monkeypatch.setattr(soffice, "find_soffice", lambda: program)
    monkeypatch.setattr(libreoffice, "_SECONDS", 0.5)
    begun = time.monotonic()
    assert refused(odt, "report.odt").kind == "timeout"
    assert time.monotonic() - begun < 5
    time.sleep(2.2)
    assert not alive.exists(), "a process LibreOffice started has outlived it"


@scripted
def test_it_is_asked_once_and_nothing_stays(odt: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    runs = tmp_path / "runs"
    program = fake(tmp_path, f"echo x >> {runs}; exit 1")
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: program)
    monkeypatch.setattr(soffice, "find_soffice", lambda: program)
    assert refused(odt, "report.odt").kind == "damaged"
    assert runs.read_text() == "x\n"
    assert list((tmp_path / "temporary").iterdir()) == []


def test_a_profile_forbids_macros_and_links(tmp_path: Path) -> None:
    soffice.prepare_profile(tmp_path)
    settings = (tmp_path / "user" / "registrymodifications.xcu").read_text(encoding="utf-8")
    for word in ("DisableMacrosExecution", "BlockUntrustedRefererLinks", "ooInetProxyType"):
        assert word in settings


@scripted
def test_old_office_documents_that_are_no_text_are_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    started = tmp_path / "started"
    program = fake(tmp_path, f"touch {started}")
    monkeypatch.setattr(libreoffice, "find_soffice", lambda: program)
    assert refused(OLE, "x.ppt").kind == "unsupported"
    locked = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refused(locked, "x.docx").kind == "encrypted"
    assert not started.exists(), "LibreOffice was asked to open garbage"


@needs_soffice
def test_what_was_converted_is_read_and_said_to_be() -> None:
    report = example_report("2021", 41)
    reading = govinfo.read(FORMATS["odt"].write(print_report(report)), name="x.odt")
    assert reading.report == report
    assert [problem.code for problem in reading.problems] == ["SRC021"]
    assert reading.document is not None
    assert reading.document.format == "odt"


@needs_soffice
def test_a_damaged_word_document_is_mended_or_refused() -> None:
    content = FORMATS["doc"].write(print_report(example_report("2021", 42)))
    start = content.index(b"\xec\xa5")
    broken = content[: start + 0x98] + b"\0\0" + content[start + 0x9A :]  # the list of places is gone
    try:
        document = read_doc(broken, "x.doc")
    except ReadError as error:
        said = error.kind
    else:
        said = document.problems[0].code
    assert said in ("damaged", "SRC021")
