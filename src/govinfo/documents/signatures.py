"""What a file is, told by its content and never by its suffix; and what to do with one nobody here reads.

A ``.doc`` that is a web page inside, RTF or a renamed ``.docx`` is common: offices give files the suffix that their
readers expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import attrs

from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["KINDS", "FileKind", "refuse_controls", "refuse_known", "sniff"]


@attrs.frozen
class FileKind:
    """A kind of file that is not text."""

    name: str
    """A stable word: ``docx``, ``pdf``, ``picture``."""
    what: Text
    advice: Text
    """What its owner can do where nothing installed reads it."""
    error: str = "unsupported"
    """`ReadError.kind` where nothing installed reads it."""


_SAVE = Text(
    "请另存为网页（.html）或纯文本（.txt）后再核对，或安装能读这种格式的插件",
    "save it as a web page (.html) or plain text (.txt), or install a plugin that reads this format",
)
_SCAN = Text(
    "请提供文字版，或安装文字识别（OCR）插件", "give a version with text, or install a plugin that recognises text"
)
_UNPACK = Text("请先解压，再核对里面的文件", "unpack it and check the files inside")
_UNLOCK = Text("请用密码打开后另存为不加密的文件", "open it with its password and save it without one")
_UNKNOWN = Text(
    "请确认文件完整，并另存为网页（.html）或纯文本（.txt）",
    "make sure the file is complete and save it as a web page (.html) or plain text (.txt)",
)
_OTHER = Text("二进制文件，不是网页或文本", "a binary file, neither a web page nor text")

KINDS = {
    kind.name: kind
    for kind in (
        FileKind("docx", Text("Word 文档（.docx）", "a Word document (.docx)"), _SAVE),
        FileKind("wordxml", Text("Word XML 文档（.xml）", "a Word document in XML (.xml)"), _SAVE),
        FileKind("doc", Text("Word/WPS 文档（.doc、.wps）", "a Word or WPS document (.doc, .wps)"), _SAVE),
        FileKind("rtf", Text("RTF 文档（.rtf）", "an RTF document (.rtf)"), _SAVE),
        FileKind("xlsx", Text("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)"), _SAVE),
        FileKind("xls", Text("Excel 工作簿（.xls）", "an Excel workbook (.xls)"), _SAVE),
        FileKind("excelxml", Text("Excel XML 表格（.xml）", "an Excel workbook in XML (.xml)"), _SAVE),
        FileKind("pptx", Text("PowerPoint 文档（.pptx）", "a PowerPoint document (.pptx)"), _SAVE),
        FileKind("ods", Text("OpenDocument 表格（.ods）", "an OpenDocument spreadsheet (.ods)"), _SAVE),
        FileKind("odt", Text("OpenDocument 文档（.odt）", "an OpenDocument file (.odt)"), _SAVE),
        FileKind("ole", Text("Office 97–2003 文档", "an Office 97–2003 document"), _SAVE),
        FileKind("pdf", Text("PDF 文件", "a PDF file"), _SAVE),
        FileKind("ofd", Text("OFD 版式文件（.ofd）", "an OFD document (.ofd)"), _SAVE),
        FileKind("mhtml", Text("单个文件网页（.mht）", "a single-file web page (.mht)"), _SAVE),
        FileKind("locked", Text("加密的 Office 文档", "an Office document with a password"), _UNLOCK, "encrypted"),
        FileKind("webarchive", Text("Safari 网页归档（.webarchive）", "a web archive of Safari (.webarchive)"), _SAVE),
        FileKind("picture", Text("图片", "a picture"), _SCAN, "scanned"),
        FileKind("zip", Text("压缩包", "an archive"), _UNPACK, "binary"),
        FileKind("archive", Text("压缩包", "an archive"), _UNPACK, "binary"),
    )
}
"""Every kind that is recognised, by name."""

_PREFIXES: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF87a", "picture"),
    (b"GIF89a", "picture"),
    (b"II*\0", "picture"),
    (b"MM\0*", "picture"),
    (b"\x1f\x8b", "archive"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\0", "archive"),
)

# The names of members stand in the clear in a zip file and, in UTF-16, in an OLE2 file.
_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/document", "docx"),
    (b"xl/workbook", "xlsx"),
    (b"ppt/presentation", "pptx"),
    (b"OFD.xml", "ofd"),
    (b"vnd.oasis.opendocument.text", "odt"),
    (b"vnd.oasis.opendocument.spreadsheet", "ods"),
)
_OLE_MEMBERS: tuple[tuple[bytes, str], ...] = (
    ("EncryptedPackage".encode("utf-16-le"), "locked"),  # a newer document inside, nobody sees of which kind
    ("WordDocument".encode("utf-16-le"), "doc"),
    ("Workbook".encode("utf-16-le"), "xls"),
    ("Book".encode("utf-16-le"), "xls"),
)
_XML_ROOTS: tuple[tuple[bytes, str], ...] = (
    (b"<w:wordDocument", "wordxml"),
    (b"<pkg:package", "wordxml"),
    (b"urn:schemas-microsoft-com:office:spreadsheet", "excelxml"),
)
_HEADER = re.compile(rb"(?:[!-9;-~]+:[^\n]*(?:\n|$)(?:[ \t][^\n]*(?:\n|$))*)+")
"""The header of a message, which a single-file web page is; it begins in the first line."""
_OF_MESSAGE = re.compile(rb"(?im)^(?:mime-version|from|subject|snapshot-content-location):")
_HOLDS_PAGE = re.compile(rb"(?im)^content-type:\s*(?:multipart/(?:related|mixed|alternative)|text/html)")
_LONGEST_HEADER = 16384

# Control characters no text has; tab, the line ends, form feed and the DOS end-of-file mark are not among them.
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 26}))
_SAMPLE = 4096


def sniff(content: bytes) -> str | None:
    """Return the name in `KINDS` of what ``content`` is, None where it may be text or a web page."""
    for prefix, kind in _PREFIXES:
        if content.startswith(prefix):
            return kind
    head = content[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _first(_ZIP_MEMBERS, content[:_SAMPLE] + content[-65536:]) or "zip"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _first(_OLE_MEMBERS, content) or "ole"
    if head.startswith(b"bplist00") and b"WebMainResource" in content:
        return "webarchive"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "picture"
    if head.startswith(b"BM") and b"\0\0\0" in head[:32]:
        return "picture"
    if _is_message(content):
        return "mhtml"
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") or b"<w:wordDocument" in head:
        return _first(_XML_ROOTS, content[:_SAMPLE])
    return None


def _is_message(content: bytes) -> bool:
    """Tell whether a file is a message that holds a web page: ``.mht``, ``.eml``."""
    start = content[:_LONGEST_HEADER].lstrip(b"\xef\xbb\xbf\r\n \t")
    header = _HEADER.match(start)
    return header is not None and all(one.search(header[0]) for one in (_OF_MESSAGE, _HOLDS_PAGE))


def _first(marks: Iterable[tuple[bytes, str]], content: bytes) -> str | None:
    return next((kind for mark, kind in marks if mark in content), None)


def refuse_known(content: bytes, name: str = "") -> None:
    """Raise `ReadError` ``unsupported`` or ``binary``, saying what it is, for a format known by its content."""
    known = sniff(content)
    if known is not None:
        kind = KINDS[known]
        raise _error(kind.error, kind.what, kind.advice, name)


def refuse_controls(content: bytes, name: str = "") -> None:
    """Raise `ReadError` ``binary`` for content with more control characters than a slip of the pen.

    Text in UTF-16 is full of NULs and must have been recognised before.
    """
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 3 + len(sample) // 50:
        raise _error("binary", _OTHER, _UNKNOWN, name)


def _error(kind: str, what: Text, advice: Text, name: str) -> ReadError:
    space = " " if what.zh[0].isascii() else ""
    message = Text("这是{space}{what}，无法核对；{advice}", "this is {what} and cannot be checked: {advice}")
    return ReadError(kind, message.fill(space=space, what=what, advice=advice), name)
