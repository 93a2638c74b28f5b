"""XML read as if its author meant harm: no entities, no document type, no network, bounded depth and size."""

from __future__ import annotations

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
_ENCODED = (b"\xff\xfe", b"\xfe\xff")
_CAREFUL: dict[str, Any] = {
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
    _check(content, what, name)
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
    _check(content, what, name)
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


def _check(content: bytes, what: Text, name: str) -> None:
    text = content.decode("utf-16", "replace").encode() if content.startswith(_ENCODED) else content
    if _DOCTYPE.search(text):
        raise damaged(what, name, "DOCTYPE")
    check_count(text.count(b"<"), MAX_ELEMENTS, Text("XML 标签", "XML tags"), name)


def local(element: Any) -> str:
    """Return the name of an element without its namespace: producers differ in these."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
