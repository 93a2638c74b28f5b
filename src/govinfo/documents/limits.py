"""How much a document may ask for before it is refused.

The largest report seen is a 9 MB Word page with its pictures inside; everything here leaves a wide margin above what is
published and keeps a hostile or broken file from costing more than about a second.
"""

from __future__ import annotations

from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = [
    "MAX_ARCHIVE",
    "MAX_ARCHIVE_UNPACKED",
    "MAX_ATTRIBUTES",
    "MAX_BYTES",
    "MAX_CELLS",
    "MAX_CHARACTERS",
    "MAX_COLSPAN",
    "MAX_DEPTH",
    "MAX_DRAWN",
    "MAX_DRAWN_ALL",
    "MAX_DRAWN_NESTED",
    "MAX_ELEMENTS",
    "MAX_FILLED",
    "MAX_GLYPHS",
    "MAX_INFLATED",
    "MAX_INFLATED_ALL",
    "MAX_LINES",
    "MAX_LOCKED",
    "MAX_LZW",
    "MAX_MARKS",
    "MAX_MEMBERS",
    "MAX_NESTED",
    "MAX_NESTED_TABLES",
    "MAX_OBJECTS",
    "MAX_PAGES",
    "MAX_PARTS",
    "MAX_PIXELS",
    "MAX_ROWSPAN",
    "MAX_RTF_MARKS",
    "MAX_RUNS",
    "MAX_SHEETS",
    "MAX_STEPS",
    "MAX_STREAMS",
    "MAX_STROKES",
    "MAX_STYLES",
    "MAX_TAGS",
    "MAX_UNPACKED",
    "MAX_WORKBOOK",
    "MAX_WORKBOOK_TAGS",
    "check_count",
    "check_size",
]

MAX_BYTES = 32 * 1024 * 1024
"""Bytes in a file."""

MAX_ARCHIVE = 256 * 1024 * 1024
"""Bytes in an archive of reports."""

MAX_ARCHIVE_UNPACKED = 2 * 1024 * 1024 * 1024
"""Bytes the members of an archive of reports, and of the archives in it, give in all, one at a time."""

MAX_NESTED = 128 * 1024 * 1024
"""Bytes in an archive inside an archive."""

MAX_DEPTH = 2048
"""Elements inside each other: libxml2's own limit for huge documents, past which it drops the whole page."""

MAX_TAGS = 400_000
"""``<`` in a page."""

MAX_ATTRIBUTES = 2000
"""Attributes of one tag: libxml2 compares each with each."""

MAX_ELEMENTS = 2_000_000
"""``<`` in an XML part of a Word, Excel or OFD document: these write some ten tags for every word."""

MAX_UNPACKED = 128 * 1024 * 1024
"""Bytes a zip file may give in all: a 32 MiB Word document of text and pictures stays well below."""

MAX_MARKS = 100_000
"""Of each kind of mark in a Word document, such as changes, fields, tabs, hidden runs: each is looked at by itself."""

MAX_MEMBERS = 20_000
"""Members of a zip file."""

MAX_NESTED_TABLES = 50
"""Tables of a Word document inside each other: Word itself gives up long before."""

MAX_PARTS = 5000
"""Parts of a single-file web page or message: every picture of the page is one."""

MAX_PAGES = 500
"""Pages of a PDF or OFD document that are read: the longest report seen has 60."""

MAX_PIXELS = 200_000_000
"""Points of a picture: a page scanned at 600 dpi has 35 million."""

MAX_STROKES = 1_000_000
"""Words of all paths of an OFD document: letters drawn as shapes have some fifty each."""

MAX_GLYPHS = 300_000
"""Characters on the pages of a document, in OFD with ruling lines and pictures: the longest report has 60,000."""

MAX_OBJECTS = 300_000
"""Texts, lines and pictures of a PDF document: the longest report has 100,000."""

MAX_INFLATED = 24 * 1024 * 1024
"""Bytes a stream of a PDF file that is no picture may give: a page has some 50,000, a whole Chinese font 20 MiB."""

MAX_INFLATED_ALL = 64 * 1024 * 1024
"""Bytes all of them may give: a report with its fonts has some 2 MiB, with three whole Chinese fonts below 60."""

MAX_STREAMS = 50_000
"""Streams of a PDF file: a page has a few, its fonts and pictures some more."""

MAX_DRAWN = 1_600_000
"""What a page of a PDF file draws: four for each text, line or picture, one for each character and each sixteen bytes.

So it allows twice the `MAX_OBJECTS` that are refused once they can be counted; pdfium takes 300 to 600 bytes for each.
"""

MAX_DRAWN_ALL = 16_000_000
"""What all pages of a PDF file draw: a report of 60 pages has 1,000,000."""

MAX_DRAWN_NESTED = 40
"""Drawings of a PDF file inside each other: pdfium itself draws no deeper."""

MAX_LZW = 2 * 1024 * 1024
"""Bytes of a PDF file packed with LZW, as programs did before 1997; pictures aside, a page has 20,000."""

MAX_LOCKED = 512 * 1024
"""Bytes of packed objects in an encrypted PDF file, which pdfium alone can unpack, to 500 MiB at worst."""

MAX_LINES = 100_000
"""Lines in a text file."""

MAX_CELLS = 100_000
"""Bars and tabs in a text file, cells in a page."""

MAX_CHARACTERS = 2_000_000
"""Characters of text in a Word 97 or RTF document: the longest report has some 60,000."""

MAX_COLSPAN = 1000
"""Columns a cell may cover, as in the HTML standard."""

MAX_ROWSPAN = 65534
"""Rows a cell may cover, as in the HTML standard."""

MAX_FILLED = 300_000
"""Cells of a workbook that hold something or have a border."""

MAX_SHEETS = 1000
"""Sheets of a workbook."""

MAX_WORKBOOK_TAGS = 1_000_000
"""``<`` in all parts of a workbook that are read: some four for every cell."""

MAX_WORKBOOK = 64 * 1024 * 1024
"""Bytes the parts of a workbook that are read may have when unpacked; pictures are not read."""

MAX_RTF_MARKS = 1_000_000
"""Groups and control words of an RTF document: Word writes some 200,000 for a report."""

MAX_RUNS = 500_000
"""Stretches of text with a format of their own in a Word 97 document."""

MAX_STEPS = 1_000_000
"""Columns filled or passed over because of merged cells while a table's grid is laid out."""

MAX_STYLES = 20_000
"""Styles and lists of a Word document: Word has a few hundred, a document pasted together from many some thousand."""


def check_size(content: bytes, name: str = "") -> None:
    """Raise `ReadError` ``too_large`` for content above `MAX_BYTES`."""
    if len(content) > MAX_BYTES:
        size = Text("{mib:.0f} MiB", "{mib:.0f} MiB").fill(mib=len(content) / 1024 / 1024)
        raise _too_large(
            Text("文件有 {size}", "the file has {size}").fill(size=size), f"{MAX_BYTES // 1024**2} MiB", name
        )


def check_count(count: int, limit: int, what: Text, name: str = "") -> None:
    """Raise `ReadError` ``too_large`` where there are more than ``limit`` of ``what`` (rows, cells, tags)."""
    if count > limit:
        found = Text("文件中的{what}多达 {count} 个", "the file has {count} {what}").fill(what=what, count=count)
        raise _too_large(found, str(limit), name)


def _too_large(found: Text, limit: str, name: str) -> ReadError:
    message = Text(
        "{found}，超过上限 {limit}，不像一份年度报告，未读取",
        "{found}, above the limit of {limit}: this is not an annual report and was not read",
    )
    return ReadError("too_large", message.fill(found=found, limit=limit), name)
