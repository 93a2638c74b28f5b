"""LibreOffice as a reader of what nothing else here reads: OpenDocument, Works, Word 95, Word files that are damaged.

It is run at most once for a file, and never where the environment variable ``GOVINFO_NO_SOFFICE`` is set.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import attrs

from govinfo.documents.limits import MAX_BYTES, check_size
from govinfo.documents.model import Document, Problem
from govinfo.documents.signatures import KINDS, sniff
from govinfo.documents.word.soffice import find_soffice, prepare_profile, run_soffice
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["is_usable", "read_by_libreoffice", "read_libreoffice"]

_SWITCH = "GOVINFO_NO_SOFFICE"
_SECONDS = 45.0
_VIA = "rtf"
"""What files are converted to: reading it needs no further package."""

_WORKS = ("MatOST", "CONTENTS", "MN0")
"""Streams of word processors other than Word whose files LibreOffice reads."""


def is_usable() -> bool:
    """Tell whether LibreOffice is installed and not switched off."""
    return not os.environ.get(_SWITCH) and find_soffice() is not None


def read_libreoffice(content: bytes, name: str) -> Document:
    """Read an OpenDocument text, or an old Office document that is no Word document.

    Raises:
        ReadError: ``encrypted``; ``unsupported``, LibreOffice is not installed or does not read it either;
            ``damaged``; ``too_large``; ``timeout``.
    """
    check_size(content, name)
    kind = KINDS[sniff(content) or "ole"]
    if kind.name == "odt":
        return read_by_libreoffice(content, name, "odt", kind.what)
    return _read_ole(content, name)


def _read_ole(content: bytes, name: str) -> Document:
    from govinfo.documents.word.doc_file import open_ole

    what = KINDS["ole"].what
    if "EncryptedPackage".encode("utf-16-le") in content:
        locked = Text(
            "这是加密的 Office 文档，需要密码，无法读取；请另存为不加密的文件",
            "this is an Office document that needs a password: save it without one",
        )
        raise ReadError("encrypted", locked, name)
    try:
        ole = open_ole(content, name, what)
        known = any(ole.exists(stream) for stream in _WORKS)
    except (ReadError, ImportError):
        known = False
    if known:
        return read_by_libreoffice(
            content, name, "wps", Text("旧版文字处理文档（.wps）", "an old text document (.wps)")
        )
    message = Text(
        "这是{what}，但不是 Word、WPS 或 Excel 文档，无法核对；请用原来的软件另存为 .docx 或网页（.html）",
        "this is {what} but none of Word, WPS or Excel and cannot be checked: save it as .docx or a web page (.html)",
    )
    raise ReadError("unsupported", message.fill(what=what), name)


def read_by_libreoffice(content: bytes, name: str, suffix: str, what: Text) -> Document:
    """Convert a document with LibreOffice and read the result; a problem of the document says so.

    Args:
        content: the document.
        name: the file.
        suffix: what it is, without a dot: LibreOffice goes by it.
        what: what it is, for messages.

    Raises:
        ReadError: ``unsupported``, LibreOffice is not usable; ``damaged``, it made nothing of the file; ``timeout``.
    """
    if not is_usable():
        message = Text(
            "这是{what}，需要 LibreOffice 才能读取；请安装 LibreOffice，或用 Word、WPS 另存为 .docx 后再核对",
            "this is {what} and takes LibreOffice to read: install it, or save the file as .docx with Word or WPS",
        )
        raise ReadError("unsupported", message.fill(what=what), name)
    converted = _convert(content, name, suffix, what)
    from govinfo.documents.word.rtf import read_rtf

    document = read_rtf(converted, name)
    note = Text(
        "这是{what}，由 LibreOffice 转换后读取，表格可能与原件有出入，请对照原件",
        "this is {what}, converted by LibreOffice: tables may differ from the original, compare them",
    )
    problem = Problem("SRC021", note.fill(what=what))
    return attrs.evolve(document, format=suffix, problems=(*document.problems, problem))


def _convert(content: bytes, name: str, suffix: str, what: Text) -> bytes:
    with tempfile.TemporaryDirectory(prefix="govinfo-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        out, profile, file = folder / "out", folder / "profile", folder / f"report.{suffix}"
        out.mkdir()
        prepare_profile(profile)
        file.write_bytes(content)
        try:
            run_soffice([file], _VIA, out, profile, _SECONDS)
            made = out / f"report.{_VIA}"
            if made.is_file():
                with made.open("rb") as result:  # no more than what is refused for its size
                    return result.read(MAX_BYTES + 1)
        except TimeoutError as error:
            slow = Text(
                "LibreOffice 转换超过 {n} 秒，未读取；请另存为 .docx 后再核对",
                "LibreOffice took more than {n} seconds: not read; save it as .docx",
            )
            raise ReadError("timeout", slow.fill(n=int(_SECONDS)), name) from error
        except OSError as error:
            raise _failed(name, what) from error
    raise _failed(name, what)


def _failed(name: str, what: Text) -> ReadError:
    message = Text(
        "{what}已损坏，LibreOffice 也无法打开；请重新下载或另存一份",
        "{what} is damaged, LibreOffice cannot open it either: download or save it again",
    )
    return ReadError("damaged", message.fill(what=what), name)
