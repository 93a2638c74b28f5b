"""What a layout is, and how its text becomes bytes."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from typing import Literal

import attrs

from govinfo.testing.sheet import Sheet

__all__ = ["Layout", "encode"]

_DECLARED = re.compile(r'(charset=["\']?)[\w-]+')


@attrs.frozen
class Layout:
    """One way a report is published."""

    name: str
    write: Callable[[Sheet], str]
    """Returns the whole document; HTML declares its encoding as ``utf-8``, see `encode`."""
    kind: Literal["text", "html"] = "text"
    keeps_blanks: bool = True
    """A blank cell leaves a trace: a reader can tell which cell it is."""
    keeps_rows: bool = True
    """The end of a row can be seen."""
    keeps_cells: bool = True
    """The end of a cell can be seen even where the cell has spaces in it."""

    @property
    def suffix(self) -> str:
        """File suffix: ``.txt`` or ``.html``."""
        return ".html" if self.kind == "html" else ".txt"


def encode(text: str, encoding: str = "utf-8", declared: str | None = None) -> bytes:
    """Return ``text`` in ``encoding``, with a byte-order mark for ``utf-8-sig`` and ``utf-16``.

    Args:
        text: a document; where an HTML page declares its encoding, the declaration is rewritten.
        encoding: any codec of Python's; characters it does not have become character references.
        declared: what the page claims instead, such as ``gb2312`` over gb18030 bytes.

    Raises:
        LookupError: an unknown encoding.
    """
    name = declared or codecs.lookup(encoding.removesuffix("-sig")).name
    return _DECLARED.sub(rf"\g<1>{name}", text).encode(encoding, "xmlcharrefreplace")
