"""Files as XML, one by one: lxml makes and escapes every element, what stands around them is the same for all."""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import attrs
from lxml import etree

from govinfo.hookspecs import CheckedFile
from govinfo.outputs.visible import ACTING
from govinfo.schema import Missing, Report
from govinfo.schema.editions import EDITIONS
from govinfo.tally import Tally
from govinfo.text import Language, Text
from govinfo.version import __version__
from govinfo_xml.model import NAMESPACE, ROOT, VERSION, File, Reports, Summary
from govinfo_xml.shape import Form, Part, parts_of

__all__ = ["OTHER", "XSI", "foot", "head", "one", "records", "table_type"]

XSI = "http://www.w3.org/2001/XMLSchema-instance"
OTHER = "Other"
"""Before the name of a table's type: of an edition the library itself does not know."""

_NIL = f"{{{XSI}}}nil"
_TYPE = f"{{{XSI}}}type"
_NAMESPACES: Any = {None: NAMESPACE, "xsi": XSI}
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters XML 1.0 has no way to write."""
_ACTING = re.compile(f"[{ACTING}]")


def head(lang: Language) -> str:
    """Return the declaration and the start tag of the root."""
    root = _root()
    _fill(root, Reports(VERSION, f"govinfo {__version__}", lang), lang)
    root.text = " "  # keeps the two tags apart
    start = etree.tostring(root, encoding="unicode").removesuffix(f" </{ROOT}>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{start}'


def one(file: CheckedFile, lang: Language) -> str:
    """Return the element of one file."""
    return _inside("file", File.of(file), lang)


def foot(tally: Tally, lang: Language) -> str:
    """Return what all files come to, and the end tag of the root."""
    return f"{_inside('summary', Summary.of(tally), lang)}\n</{ROOT}>\n"


def records(reports: Iterable[Report]) -> bytes:
    """Return a document of records and nothing else; files are called by their number."""
    files = (_inside("file", File(str(number), report=report), "zh") for number, report in enumerate(reports, 1))
    return f"{head('zh')}{''.join(files)}\n</{ROOT}>\n".encode()


def _inside(name: str, value: Any, lang: Language) -> str:
    """Return an element as it stands in the root, on lines of its own, without what the root says of namespaces."""
    root = _root()
    _fill(etree.SubElement(root, _tag(name)), value, lang)
    text = etree.tostring(root, encoding="unicode", pretty_print=True)
    inside = text[text.index(">") + 1 : text.rindex("</")].removesuffix("\n")
    # what acts on a terminal or hides stands as a number: the same to a program, harmless to a person
    return _ACTING.sub(lambda match: f"&#x{ord(match[0]):X};", inside)


def _root() -> Any:
    return etree.Element(_tag(ROOT), nsmap=_NAMESPACES)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _fill(element: Any, value: Any, lang: Language, record: bool = False) -> None:
    """Put what a record holds into its element, in the order of its fields."""
    for part in parts_of(type(value), record):
        held = getattr(value, part.field)
        if part.many:
            for single in held:
                _add(element, part, single, lang, record)
        elif held is not None and (part.default is attrs.NOTHING or held != part.default):
            _add(element, part, held, lang, record)


def _add(element: Any, part: Part, value: Any, lang: Language, record: bool) -> None:
    if part.form is Form.ATTRIBUTE:
        element.set(part.name, _string(value, lang))
        return
    child = etree.SubElement(element, part.tag)
    if part.form is Form.RECORD:
        _fill(child, value, lang, record or part.of is Report)
        if part.of is Report:
            _mark(child, value)
        return
    if part.spec is not None and part.spec.unit:
        child.set("unit", part.spec.unit)
    if isinstance(value, Missing):
        child.set(_NIL, "true")
        child.set("missing", value.value)
    else:
        child.text = _string(value, lang)


def _mark(element: Any, report: Report) -> None:
    """Say the edition of a report and of its tables, and by which type of the XML Schema each table is made."""
    if report.edition is not None:
        element.set("edition", report.edition)
    for name, edition in report.editions.items():
        table = element.find(_tag(name))
        table.set(_TYPE, table_type(name, type(getattr(report, name))))
        if edition is not None:
            table.set("edition", edition)


def table_type(name: str, cls: type[Any]) -> str:
    """Return what the XML Schema calls a class of table ``name``."""
    known = cls in EDITIONS[name].values()
    return cls.__name__ if known else f"{OTHER}{name.capitalize()}"


def _string(value: Any, lang: Language) -> str:
    """Return a single value as the XML Schema has it, with what XML cannot hold written out."""
    if type(value) is int:  # most are
        return str(value)
    if isinstance(value, Text):
        value = value.render(lang)
    if isinstance(value, str):
        return _IMPOSSIBLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, enum.Enum):
        return str(value.value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else str(value)
