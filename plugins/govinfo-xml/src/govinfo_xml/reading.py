"""Records read back from XML, from whoever it comes: bounded, held against the XML Schema, then taken in strictly."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from lxml import etree

from govinfo.documents.limits import check_size
from govinfo.documents.xml import local, parse_xml
from govinfo.errors import ReadError
from govinfo.outputs.visible import visible
from govinfo.schema import Report
from govinfo.schema.convert import RecordError, from_json
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text
from govinfo_xml import SCHEMA
from govinfo_xml.model import NAMESPACE, ROOT, VERSION
from govinfo_xml.shape import Form, Part, parts_of

__all__ = ["read"]

_WHAT = Text("XML 文件", "the XML file")
_NUMBER = re.compile(r"[+-]?[0-9]{1,400}(\.[0-9]{0,400})?")
_MOST_SAID = 5
"""So many faults of a file are told."""
_WIDEST = 300
"""Characters of a fault: what it quotes may be a whole document."""

Editions = Mapping[str, Mapping[str, type[Any]]]


def read(content: bytes, name: str, editions: Editions | None) -> list[Report]:
    """Return the records of a document, see `govinfo_xml.read_xml`."""
    check_size(content, name)
    root = parse_xml(content, _WHAT, name)
    if root.tag != f"{{{NAMESPACE}}}{ROOT}" or root.get("version") != VERSION:
        raise _wrong(name, [_at(root.sourceline, f'<{ROOT} xmlns="{NAMESPACE}" version="{VERSION}">?')])
    schema = _schema()
    if not schema.validate(root):
        raise _wrong(name, [_at(fault.line, fault.message) for fault in schema.error_log])
    return [
        _report(element, file.get("name"), name, editions or EDITIONS)
        for file in root
        for element in file
        if local(element) == "report"
    ]


@cache
def _schema() -> Any:
    return etree.XMLSchema(file=SCHEMA)


def _at(line: int, said: str | Text) -> Text:
    if isinstance(said, str):
        said = said.replace(f"{{{NAMESPACE}}}", "")  # names without it are what a person finds in the file
    return Text("第 {line} 行：{said}", "line {line}: {said}").fill(line=line, said=said)


def _wrong(name: str, faults: list[Text]) -> ReadError:
    told = [Text(*(visible(words)[:_WIDEST] for words in fault)) for fault in faults[:_MOST_SAID]]
    if len(faults) > len(told):
        told.append(Text("……", "…"))
    said = Text("不是 {version} 版的 XML 报告：{faults}", "not XML reports of version {version}: {faults}")
    return ReadError("record", said.fill(version=VERSION, faults=Text.join(told, "；", "; ")), name)


def _report(element: Any, file: str, name: str, editions: Editions) -> Report:
    """Return one record. Numbers and words are checked as those of JSON are."""
    faults: list[Text] = []
    missing: dict[str, str] = {}
    named: dict[str, str | None] = {}
    body: dict[str, Any] = {}
    for child, part in _parts(element, Report, faults, ""):
        cls = part.of
        if part.field in EDITIONS:
            named[part.field] = edition = child.get("edition")
            cls = editions[part.field].get(edition, cls) if edition is not None else cls
        body[part.field] = _value(child, part, cls, part.field, missing, faults)
    try:
        report = from_json({"editions": named, **body, "missing": missing}, editions)
    except RecordError as error:
        faults += [Text(f"{file}：{said}", f"{file}: {said}") for said in error.problems]
    if faults:
        raise _wrong(name, faults)
    return report


def _parts(element: Any, cls: Any, faults: list[Text], path: str) -> Iterator[tuple[Any, Part]]:
    """Yield the elements of a record with the fields they stand for; anything else, and a second one, is a fault."""
    parts = {part.name: part for part in parts_of(cls, True)}
    for child in element:
        part = parts.pop(local(child), None)
        if part is None:
            unknown = Text("{path} 没有这一项，或写了两次", "{path} is unknown, or given twice")
            faults.append(_at(child.sourceline, unknown.fill(path=f"{path}{local(child)}")))
        else:
            yield child, part


def _value(element: Any, part: Part, cls: Any, path: str, missing: dict[str, str], faults: list[Text]) -> Any:
    """Return what `govinfo.schema.convert.from_json` takes for an element."""
    if part.form is Form.RECORD:
        return {
            below.field: _value(child, below, below.of, f"{path}.{below.field}", missing, faults)
            for child, below in _parts(element, cls, faults, f"{path}.")
        }
    text = element.text or ""
    if part.form is Form.CELL and (reason := element.get("missing")) is not None:
        missing[path] = reason
    if part.form is Form.CELL and not text.strip():
        return None
    if part.of is int or part.form is Form.CELL:
        return _number(text.strip(), part.of)
    return text


def _number(text: str, of: Any) -> Any:
    """Return a whole number, an amount as JSON has it, or what is no number as it is, to be refused."""
    if not _NUMBER.fullmatch(text):
        return f"{text[:40]}?"
    return int(text) if of is int and "." not in text else text
