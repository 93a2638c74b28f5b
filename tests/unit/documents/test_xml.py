"""XML from strangers: a document type is found in whatever encoding it hides."""

from __future__ import annotations

import pytest

from govinfo.documents.xml import iter_xml, parse_xml
from govinfo.errors import ReadError
from govinfo.text import Text

WHAT = Text("XML 文件", "the XML file")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "gb18030"]
ENTITY = '<!DOCTYPE a [<!ENTITY e "报告">]><a b="&e;"/>'


def encoded(body: str, encoding: str, declared: str | None = None) -> bytes:
    declared = declared or encoding.replace("-le", "").replace("-be", "").replace("-sig", "")
    return f'<?xml version="1.0" encoding="{declared}"?>{body}'.encode(encoding)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_usual_encoding_is_read(encoding: str) -> None:
    content = encoded('<a b="年度">报告</a>', encoding)
    root = parse_xml(content, WHAT)
    assert (root.get("b"), root.text) == ("年度", "报告")
    assert [(one.get("b"), one.text) for one in iter_xml(content, WHAT, "", "a")] == [("年度", "报告")]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_a_document_type_is_found(encoding: str) -> None:
    refused(encoded(ENTITY, encoding))


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("UTF-7", b'+ADwAIQ-DOCTYPE a [+ADwAIQ-ENTITY e "x">]><a b="&e;"/>'),
        ("ISO-2022-JP", b'<!\x1b(BDOCTYPE a [<!\x1b(BENTITY e "x">]><a b="&e;"/>'),
        ("x-of-nobody", b"<a/>"),
        ("punycode", b"<a/>"),
        ("utf-8", b"<a>\0</a>"),
        ("gb18030", b"<a>\xff</a>"),
    ],
)
def test_nothing_hides_behind_an_encoding(declared: str, body: bytes) -> None:
    refused(f'<?xml version="1.0" encoding="{declared}"?>'.encode() + body)


def refused(content: bytes) -> None:
    with pytest.raises(ReadError) as error:
        parse_xml(content, WHAT, "x.xml")
    assert (error.value.kind, error.value.name) == ("damaged", "x.xml")
    with pytest.raises(ReadError):
        list(iter_xml(content, WHAT, "x.xml", "a"))
