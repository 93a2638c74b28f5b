"""XML read as if its author meant harm: no entities, no document type, no network, bounded depth and size."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from govinfo.documents.archive import damaged
from govinfo.documents.limits import MAX_DEPTH, MAX_ELEMENTS, MAX_FILLED, check_count
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["iter_xml", "local", "parse_xml"]

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([\w.:-]+)")
_BEGINNINGS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How XML begins whose encoding is known before it says so."""
_SLOW = ("idna", "punycode")
"""Encodings of Python's that no XML is in and that take for ever."""
_CAREFUL: dict[str, Any] = {
    "encoding": "utf-8",  # whatever the XML says: it has been made so
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "huge_tree": True,  # the bounds are ours
    "remove_comments": True,
    "remove_pis": True,
}


def parse_xml(content: bytes, what: Text, name: str = "", *, recover: bool = False) -> Any:
    """Return the root element of an XML part of a document.

    Args:
        content: the XML.
        what: what the file is, for messages.
        name: the file.
        recover: read what can be read of XML that is not well-formed.

    Raises:
        ReadError: ``damaged``, it is not XML or has a document type (which no office program writes, and which is
            how entities and outside files get in); ``too_large``; ``too_deep``.
    """
    content = _checked(content, what, name, recover)
    parser = etree.XMLParser(recover=recover, **_CAREFUL)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "xcessive depth" in str(error):
            deep = Text("文件的标签嵌套超过 {limit} 层，未读取", "nested more than {limit} deep: not read")
            raise ReadError("too_deep", deep.fill(limit=MAX_DEPTH), name) from error
        raise damaged(what, name, error) from error
    if root is None:
        raise damaged(what, name)
    return root


def iter_xml(content: bytes, what: Text, name: str, *names: str) -> Iterator[Any]:
    """Yield the elements with these local names as each ends, and forget what they held: for long parts.

    The arguments and errors are those of `parse_xml`.
    """
    content = _checked(content, what, name)
    count = 0
    try:
        for _, element in etree.iterparse(io.BytesIO(content), tag=[f"{{*}}{one}" for one in names], **_CAREFUL):
            count += 1
            if count > MAX_FILLED:
                check_count(count, MAX_FILLED, Text("XML 元素", "XML elements"), name)
            yield element
            element.clear(keep_tail=False)
            parent = element.getparent()
            while element.getprevious() is not None and parent is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise damaged(what, name, error) from error


def _checked(content: bytes, what: Text, name: str, recover: bool = False) -> bytes:
    """Return XML as UTF-8, which alone is parsed: in other encodings a document type could hide."""
    known = next((encoding for start, encoding in _BEGINNINGS if content.startswith(start)), None)
    declared = _DECLARED.match(content.removeprefix(codecs.BOM_UTF8))
    try:
        encoding = codecs.lookup(known or (declared[1].decode("ascii") if declared else "utf-8")).name
        if encoding in _SLOW:
            raise LookupError(encoding)
        if encoding != "utf-8":
            content = content.decode(encoding, "replace" if recover else "strict").encode()
    except (LookupError, ValueError) as error:
        raise damaged(what, name, error) from error
    if b"\0" in content:
        raise damaged(what, name, "NUL")
    if _DOCTYPE.search(content):
        raise damaged(what, name, "DOCTYPE")
    check_count(content.count(b"<"), MAX_ELEMENTS, Text("XML 标签", "XML tags"), name)
    return content


def local(element: Any) -> str:
    """Return the name of an element without its namespace: producers differ in these."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
