"""The built-in plugin: what the library itself brings, handed over through the same hooks as a province's package.

Everything is imported when it is needed: checking a text file never loads the HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from govinfo.documents.model import Document, Member
from govinfo.hookspecs import Container, Edition, Engine, Reader, Stream, Writer, hookimpl
from govinfo.rules.model import RuleSet
from govinfo.text import Text

if TYPE_CHECKING:
    from govinfo.engines.block import Kernel
    from govinfo.engines.program import Program

__all__ = ["govinfo_containers", "govinfo_editions", "govinfo_engines", "govinfo_readers", "govinfo_rule_sets"]
__all__ += ["govinfo_writers"]

_TAG = re.compile(rb"<\0?[A-Za-z!]")  # the NUL is for UTF-16


@hookimpl
def govinfo_rule_sets() -> Iterable[RuleSet]:
    """Return the national rule set."""
    from govinfo.rules.national import NATIONAL

    return [NATIONAL]


@hookimpl
def govinfo_editions() -> Iterable[Edition]:
    """Return the editions of the form of 2019 and 2021."""
    from govinfo.schema.editions import EDITIONS

    return [Edition(table, name, form) for table, forms in EDITIONS.items() for name, form in forms.items()]


@hookimpl
def govinfo_readers() -> Iterable[Reader]:
    """Return the readers: text and web pages by a look of their own, all other formats by what `sniff` says."""
    return [
        Reader("text", _accepts_text, _read_text, Text("文本、Markdown", "text, Markdown")),
        Reader("html", _accepts_html, _read_html, Text("网页", "web page")),
        *(
            Reader(name, partial(_accepts, kinds), partial(_read, home, name), title)
            for name, kinds, home, title in _READERS
        ),
        Reader("libreoffice", partial(_accepts, ("odt", "ole"), sure=_FALLBACK), _read_libreoffice, _LIBREOFFICE),
    ]


_READERS = (
    ("docx", ("docx", "wordxml"), "govinfo.documents.word.docx", Text("Word 文档（.docx）", "Word (.docx)")),
    ("doc", ("doc",), "govinfo.documents.word.doc", Text("Word、WPS 文档（.doc、.wps）", "Word, WPS (.doc, .wps)")),
    ("rtf", ("rtf",), "govinfo.documents.word.rtf", Text("RTF 文档", "RTF")),
    (
        "excel",
        ("xlsx", "xls", "ods", "excelxml"),
        "govinfo.documents.excel",
        Text("Excel 工作簿（.xlsx、.xls）", "Excel (.xlsx, .xls)"),
    ),
    ("pdf", ("pdf",), "govinfo.documents.pages.pdf", Text("PDF 文件", "PDF")),
    ("ofd", ("ofd",), "govinfo.documents.pages.ofd", Text("OFD 版式文件", "OFD")),
    ("picture", ("picture",), "govinfo.documents.pages.picture", Text("扫描图片", "scanned picture")),
    ("mhtml", ("mhtml",), "govinfo.documents.mhtml", Text("单个文件网页（.mht）", "single-file web page (.mht)")),
)
"""Name, what `sniff` calls it, the module with ``read_<name>(content, name)``, title."""


_FALLBACK = 0.3
"""How sure a reader is that goes by what another program makes of a file: any other goes before it."""
_LIBREOFFICE = Text("LibreOffice 能打开的文档（.odt、旧版 .wps）", "what LibreOffice opens (.odt, old .wps)")


def _accepts(kinds: tuple[str, ...], content: bytes, name: str, sure: float = 1.0) -> float:
    from govinfo.documents.signatures import sniff

    return sure if sniff(content) in kinds else 0.0


def _read(home: str, reader: str, content: bytes, name: str) -> Document:
    read: Callable[[bytes, str], Document] = getattr(import_module(home), f"read_{reader}")
    return read(content, name)


def _read_libreoffice(content: bytes, name: str) -> Document:
    from govinfo.documents.word.libreoffice import read_libreoffice

    return read_libreoffice(content, name)


def _accepts_text(content: bytes, name: str) -> float:
    from govinfo.documents.text import accepts_text

    return accepts_text(content, name)


def _read_text(content: bytes, name: str) -> Document:
    from govinfo.documents.text import read_text

    return read_text(content, name)


def _accepts_html(content: bytes, name: str) -> float:
    if not _TAG.search(content, 0, 1 << 16):  # no need to load the parser to know that this is no page
        return 0.0
    from govinfo.documents.html import accepts_html

    return accepts_html(content, name)


def _read_html(content: bytes, name: str) -> Document:
    from govinfo.documents.html import read_html

    return read_html(content, name)


@hookimpl
def govinfo_containers() -> Iterable[Container]:
    """Return the one kind of archive that is opened."""
    return [Container("zip", partial(_accepts, ("zip",)), _zip_members, Text("压缩包（.zip）", "archive (.zip)"))]


def _zip_members(content: bytes, name: str) -> Iterable[Member]:
    from govinfo.documents.zip import zip_members

    return zip_members(content, name)


@hookimpl
def govinfo_writers() -> Iterable[Writer]:
    """Return the writers of text, JSON and JSON Lines."""
    return [
        Writer(
            "text",
            (".txt",),
            title=Text("供人阅读", "for people"),
            stream=Stream(_late("text", "text_one"), foot=_late("text", "text_foot")),
        ),
        Writer(
            "details",
            (),
            title=Text("text 并列出未能判断的规则", "text and what was not judged"),
            stream=Stream(_late("text", "details_one"), foot=_late("text", "text_foot")),
        ),
        Writer(
            "json",
            (".json",),
            title=Text("一个 JSON 对象", "one JSON object"),
            stream=Stream(_late("json", "json_one"), _late("json", "json_head"), _late("json", "json_foot"), ","),
        ),
        Writer(
            "jsonl",
            (".jsonl", ".ndjson"),
            title=Text("每份报告一行 JSON", "one line of JSON per report"),
            stream=Stream(_late("jsonl", "jsonl_one")),
        ),
    ]


def _late(module: str, function: str) -> Callable[..., str]:
    """Return a function of a module of `govinfo.outputs` that is imported when it is called."""

    def call(*arguments: Any) -> str:
        written: str = getattr(import_module(f"govinfo.outputs.{module}"), function)(*arguments)
        return written

    return call


@hookimpl
def govinfo_engines() -> Iterable[Engine]:
    """Return the engine with NumPy, which needs the extra ``arrow``."""
    return [Engine("numpy", _numpy_kernel, Text("NumPy", "NumPy"), lean=True)]


def _numpy_kernel(program: Program) -> Kernel:
    from govinfo.engines.columnar import numpy_kernel

    return numpy_kernel(program)
