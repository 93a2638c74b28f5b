"""XML for govinfo: the output format ``xml``, and records as XML written and read back.

Nothing is imported until something is written or read: a command that has nothing to do with XML pays nothing for it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from govinfo import Report, Stream, Text, Writer, hookimpl
from govinfo.hookspecs import CheckedFile
from govinfo.tally import Tally
from govinfo.text import Language

__all__ = ["SCHEMA", "govinfo_writers", "read_xml", "write_xml"]

SCHEMA = os.path.join(os.path.dirname(__file__), "govinfo-report.xsd")
"""Path of the XML Schema (1.0) of everything that is written here."""


@hookimpl
def govinfo_writers() -> list[Writer]:
    """Add the output format ``xml``, written report by report."""
    title = Text("XML 交换格式，附 XSD", "XML interchange format, with an XSD")
    return [Writer("xml", (".xml",), stream=Stream(_one, _head, _foot), title=title)]


def write_xml(reports: Iterable[Report]) -> bytes:
    """Return records as one XML document, without anything that checking finds.

    Characters XML 1.0 cannot hold are written out as ``\\x1b``; everything else comes back equal from `read_xml`.
    """
    from govinfo_xml.writing import records

    return records(reports)


def read_xml(
    content: bytes, name: str = "", editions: Mapping[str, Mapping[str, type[Any]]] | None = None
) -> list[Report]:
    """Return the records of an XML document, in its order; files that hold none are passed over.

    Args:
        content: what ``--format xml`` or `write_xml` wrote, or another program by the same XML Schema.
        name: what to call the file in messages.
        editions: known table classes by table and edition, such as ``Plugins.editions``; those of the library by
            default.

    Raises:
        ReadError: ``record``, it does not follow the XML Schema or a record is wrong, with the lines; ``damaged``, it
            is no XML or has a document type; ``too_large``; ``too_deep``.
    """
    from govinfo_xml.reading import read

    return read(content, name, editions)


def _head(lang: Language) -> str:
    from govinfo_xml.writing import head

    return head(lang)


def _one(file: CheckedFile, lang: Language, several: bool) -> str:
    from govinfo_xml.writing import one

    return one(file, lang)


def _foot(tally: Tally, lang: Language) -> str:
    from govinfo_xml.writing import foot

    return foot(tally, lang)
