"""Names of XML elements in a Word document, whichever namespace its version writes them in."""

from __future__ import annotations

from itertools import islice
from typing import Any

from govinfo.documents.limits import MAX_MARKS, check_count
from govinfo.text import Text

__all__ = ["ALTERNATE", "MATH_TEXT", "Names", "child", "marks"]

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
MATH_TEXT = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}t",
    "{http://purl.oclc.org/ooxml/officeDocument/math}t",
)

_OFF = {"0", "false", "off", "none"}


class Names:
    """The names of one document: transitional, strict and Word 2003 differ in nothing but the namespace."""

    def __init__(self, root: Any) -> None:
        """Take the namespace of the root element."""
        tag = root.tag
        self._prefix: str = tag[: tag.rfind("}") + 1]
        self.val = self("val")

    def __call__(self, local: str) -> str:
        """Return the full name of an element or attribute."""
        return self._prefix + local

    def value(self, element: Any) -> str:
        """Return the attribute most elements have."""
        value: str | None = element.get(self.val)
        return value or ""

    def number(self, element: Any, least: int = 0, most: int = 32_767) -> int | None:
        """Return the value as a whole number within bounds, None where it is none."""
        value = self.value(element)
        return min(max(int(value), least), most) if value.isascii() and value.isdigit() and len(value) < 9 else None

    def is_on(self, element: Any) -> bool:
        """Tell whether a switch such as ``w:strike`` is on: without a value it is."""
        return element.get(self.val, "1").lower() not in _OFF


def child(element: Any, tag: str) -> Any:
    """Return the first child with that name, or None; only the first few are looked at, as properties stand first."""
    for one in element[:4]:
        if one.tag == tag:
            return one
    return None


def marks(root: Any, *tags: str) -> list[Any]:
    """Return all elements with these names, in the order of the document.

    Raises:
        ReadError: ``too_large``, there are more than a document has.
    """
    found = list(islice(root.iter(*tags), MAX_MARKS + 1))
    check_count(len(found), MAX_MARKS, Text("标记", "marks"))
    return found
