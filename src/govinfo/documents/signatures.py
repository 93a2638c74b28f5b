"""What a file that is not text is, and what its owner can do about it."""

from __future__ import annotations

from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["refuse_controls", "refuse_known"]

_SAVE = Text(
    "请另存为网页（.html）或纯文本（.txt）后再核对，或安装能读这种格式的插件",
    "save it as a web page (.html) or plain text (.txt), or install a plugin that reads this format",
)
_SCAN = Text("请提供文字版", "give a version with text")
_UNPACK = Text("请先解压，再核对里面的文件", "unpack it and check the files inside")
_UNKNOWN = Text(
    "请确认文件完整，并另存为网页（.html）或纯文本（.txt）",
    "make sure the file is complete and save it as a web page (.html) or plain text (.txt)",
)

_PDF = Text("PDF 文件", "a PDF file")
_PICTURE = Text("图片", "a picture")
_ARCHIVE = Text("压缩包", "an archive")
_OTHER = Text("二进制文件，不是网页或文本", "a binary file, neither a web page nor text")

_PREFIXES: tuple[tuple[bytes, str, Text, Text], ...] = (
    (b"{\\rtf", "unsupported", Text("RTF 文档（.rtf）", "an RTF document (.rtf)"), _SAVE),
    (b"\x89PNG\r\n\x1a\n", "binary", _PICTURE, _SCAN),
    (b"\xff\xd8\xff", "binary", _PICTURE, _SCAN),
    (b"GIF87a", "binary", _PICTURE, _SCAN),
    (b"GIF89a", "binary", _PICTURE, _SCAN),
    (b"II*\0", "binary", _PICTURE, _SCAN),
    (b"MM\0*", "binary", _PICTURE, _SCAN),
    (b"\x1f\x8b", "binary", _ARCHIVE, _UNPACK),
    (b"Rar!\x1a\x07", "binary", _ARCHIVE, _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "binary", _ARCHIVE, _UNPACK),
    (b"BZh", "binary", _ARCHIVE, _UNPACK),
    (b"\xfd7zXZ\0", "binary", _ARCHIVE, _UNPACK),
)

# The names of members stand in the clear in a zip file and, in UTF-16, in an OLE2 file.
_ZIP_MEMBERS: tuple[tuple[bytes, Text], ...] = (
    (b"word/", Text("Word 文档（.docx）", "a Word document (.docx)")),
    (b"xl/", Text("Excel 工作簿（.xlsx）", "an Excel workbook (.xlsx)")),
    (b"ppt/", Text("PowerPoint 文档（.pptx）", "a PowerPoint document (.pptx)")),
    (b"OFD.xml", Text("OFD 版式文件（.ofd）", "an OFD document (.ofd)")),
    (b"vnd.oasis.opendocument", Text("OpenDocument 文档（.odt）", "an OpenDocument file (.odt)")),
)
_OLE_MEMBERS: tuple[tuple[bytes, Text], ...] = (
    ("WordDocument".encode("utf-16-le"), Text("Word/WPS 文档（.doc、.wps）", "a Word or WPS document (.doc, .wps)")),
    ("Workbook".encode("utf-16-le"), Text("Excel 工作簿（.xls）", "an Excel workbook (.xls)")),
    ("Book".encode("utf-16-le"), Text("Excel 工作簿（.xls）", "an Excel workbook (.xls)")),
)

# Control characters no text has; tab, the line ends, form feed and the DOS end-of-file mark are not among them.
_CONTROLS = bytes(sorted({*range(32), 127} - {9, 10, 11, 12, 13, 26}))
_SAMPLE = 4096


def refuse_known(content: bytes, name: str = "") -> None:
    """Raise `ReadError` ``unsupported`` or ``binary``, saying what it is, for a format known by its first bytes."""
    known = _recognise(content)
    if known is not None:
        raise _error(*known, name)


def refuse_controls(content: bytes, name: str = "") -> None:
    """Raise `ReadError` ``binary`` for content with more control characters than a slip of the pen.

    Text in UTF-16 is full of NULs and must have been recognised before.
    """
    sample = content[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 3 + len(sample) // 50:
        raise _error("binary", _OTHER, _UNKNOWN, name)


def _recognise(content: bytes) -> tuple[str, Text, Text] | None:
    """Return (kind, what it is, what to do) for a known signature."""
    for prefix, kind, what, advice in _PREFIXES:
        if content.startswith(prefix):
            return kind, what, advice
    head = content[:1024]
    if b"%PDF-" in head:
        return "unsupported", _PDF, _SAVE
    if head.startswith(b"PK\x03\x04"):
        listing = content[:_SAMPLE] + content[-65536:]
        for member, what in _ZIP_MEMBERS:
            if member in listing:
                return "unsupported", what, _SAVE
        return "binary", _ARCHIVE, _UNPACK
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        for member, what in _OLE_MEMBERS:
            if member in content:
                return "unsupported", what, _SAVE
        return "unsupported", Text("Office 97–2003 文档", "an Office 97–2003 document"), _SAVE
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "binary", _PICTURE, _SCAN
    if head.startswith(b"BM") and b"\0\0\0" in head[:32]:
        return "binary", _PICTURE, _SCAN
    if b"MIME-Version:" in head and b"multipart/related" in head:
        return "unsupported", Text("单个文件网页（.mht）", "a single-file web page (.mht)"), _SAVE
    return None


def _error(kind: str, what: Text, advice: Text, name: str) -> ReadError:
    space = " " if what.zh[0].isascii() else ""
    message = Text("这是{space}{what}，无法核对；{advice}", "this is {what} and cannot be checked: {advice}")
    return ReadError(kind, message.fill(space=space, what=what, advice=advice), name)
