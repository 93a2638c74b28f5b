"""The XML Schema (1.0), derived from the classes: ``python -m govinfo_xml.xsd`` writes it."""

from __future__ import annotations

import datetime as dt
import enum
import sys
from decimal import Decimal
from typing import Any, get_origin, get_type_hints

import attrs
from lxml import etree

from govinfo.schema import Missing, Report, Spec
from govinfo.schema.editions import EDITIONS
from govinfo.text import LANGUAGES, Text
from govinfo_xml.model import NAMESPACE, ROOT, VERSION, Reports
from govinfo_xml.shape import Form, Part, parts_of
from govinfo_xml.words import WORDS
from govinfo_xml.writing import OTHER, table_type

__all__ = ["main", "xml_schema"]

_XS = "http://www.w3.org/2001/XMLSchema"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SIMPLE: dict[Any, str] = {
    bool: "xs:boolean",
    int: "xs:integer",
    float: "xs:double",
    Decimal: "xs:decimal",
    str: "xs:string",
    Text: "xs:string",
    dt.date: "Date",
}
_NAMESPACES: Any = {"xs": _XS, None: NAMESPACE}
_DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MISSING = Missing.__name__
_CELLS = {int: "Count", Decimal: "Amount"}
"""Types of cells, by what they hold where they are not empty."""


def main() -> None:
    """Write the XML Schema to standard output."""
    sys.stdout.buffer.write(xml_schema())


def xml_schema() -> bytes:
    """Return the XML Schema of everything `govinfo_xml.writing` writes."""
    return _Schema().written()


class _Schema:
    """An XML Schema that grows: a type is added when it is first named."""

    def __init__(self) -> None:
        self.root = etree.Element(
            f"{{{_XS}}}schema",
            attrib={"targetNamespace": NAMESPACE, "elementFormDefault": "qualified", "version": VERSION},
            nsmap=_NAMESPACES,
        )
        self.named: set[str] = set()

    def written(self) -> bytes:
        """Return the whole as it is published."""
        element = _add(self.root, "element", name=ROOT)
        _document(element, WORDS[ROOT])
        element.set("type", self.record(Reports, False))
        text: bytes = etree.tostring(self.root, encoding="UTF-8", xml_declaration=True, pretty_print=True)
        return text

    # types, by name

    def record(self, cls: Any, record: bool) -> str:
        """Return the type of what has parts."""
        name: str = cls.__name__
        if self.is_new(name):
            made = _add(self.root, "complexType", name=name)
            self.parts(made, cls, record)
            if cls is Report:
                _document(_add(made, "attribute", name="edition", type="xs:string"), WORDS["edition"])
        return name

    def table(self, part: Part) -> str:
        """Return the type all editions of a table have in common; which one it is says ``xsi:type``."""
        hint = get_type_hints(Report)[part.field]
        base: str = (get_origin(hint) or hint).__name__
        if self.is_new(base):
            _add(self.root, "complexType", name=base, abstract="true")
            for edition, cls in EDITIONS[part.field].items():
                made = self.extended(table_type(part.field, cls), base)
                self.parts(made, cls, True)
                attribute = _add(made, "attribute", name="edition")
                _document(attribute, WORDS["edition"])
                _choices(_add(attribute, "simpleType"), [(edition, None)])
            self.other(part.field, base)
        return base

    def other(self, name: str, base: str) -> None:
        """Add the type of editions that are not known here."""
        made = self.extended(f"{OTHER}{name.capitalize()}", base)
        inside = _add(made, "sequence")
        _add(
            inside,
            "any",
            namespace="##targetNamespace",
            processContents="lax",
            minOccurs="0",
            maxOccurs="unbounded",
        )
        attribute = _add(made, "attribute", name="edition", type="xs:string", use="required")
        _document(attribute, WORDS["edition"])

    def extended(self, name: str, base: str) -> Any:
        """Add a type that extends another, and return what its parts go into."""
        made = _add(self.root, "complexType", name=name)
        _document(made, WORDS[OTHER] if name.startswith(OTHER) else None)
        return _add(_add(made, "complexContent"), "extension", base=base)

    def simple(self, of: Any) -> str:
        """Return the type of a single value."""
        if of not in _SIMPLE:
            return self.words(of)
        name = _SIMPLE[of]
        if self.is_new(name) and of is dt.date:
            made = _add(_add(self.root, "simpleType", name=name), "restriction", base="xs:date")
            _add(made, "pattern", value=_DATE)  # xs:date allows a time zone
        return name

    def words(self, of: type[enum.Enum]) -> str:
        """Return the type of one of several words."""
        if self.is_new(of.__name__):
            made = _add(self.root, "simpleType", name=of.__name__)
            _choices(made, [(str(one.value), getattr(one, "text", None)) for one in of])
        return of.__name__

    def cell(self, of: Any) -> str:
        """Return the type of a cell: a number or, where it is ``xsi:nil``, the reason why there is none."""
        name = _CELLS[of]
        if self.is_new(name):
            made = _add(_add(self.root, "complexType", name=name), "simpleContent")
            inside = _add(made, "extension", base=self.simple(of))
            _document(_add(inside, "attribute", name="missing", type=self.words(Missing)), WORDS["missing"])
        return name

    def is_new(self, name: str) -> bool:
        """Whether a type has not been named yet; it counts as named from now on."""
        new = name not in self.named
        self.named.add(name)
        return new

    # what types are made of

    def parts(self, made: Any, cls: Any, record: bool) -> None:
        """Add the elements and attributes of a class."""
        parts = parts_of(cls, record)
        elements = [part for part in parts if part.form is not Form.ATTRIBUTE]
        inside = _add(made, "sequence") if elements else None
        for part in elements:
            self.element(inside, cls, part, record)
        for part in parts:
            if part.form is Form.ATTRIBUTE:
                attribute = _add(made, "attribute", name=part.name)
                _document(attribute, _words(cls, part))
                if part.default is attrs.NOTHING:
                    attribute.set("use", "required")
                if (cls, part.field) == (Reports, "version"):
                    _choices(_add(attribute, "simpleType"), [(VERSION, None)])
                else:
                    attribute.set("type", self.simple(part.of))

    def element(self, inside: Any, cls: Any, part: Part, record: bool) -> None:
        """Add the element of a field."""
        element = _add(inside, "element", name=part.name)
        if part.many or part.default is not attrs.NOTHING:
            element.set("minOccurs", "0")
        if part.many:
            element.set("maxOccurs", "unbounded")
        _document(element, _words(cls, part))
        if part.form is Form.CELL:
            element.set("nillable", "true")
            self.number(element, part)
        elif part.form is Form.TEXT:
            element.set("type", self.simple(part.of))
        elif cls is Report and part.field in EDITIONS:
            element.set("type", self.table(part))
        else:
            element.set("type", self.record(part.of, record or part.of is Report))

    def number(self, element: Any, part: Part) -> None:
        """Give a cell its type, and an amount its unit."""
        unit = part.spec.unit if part.spec else None
        if unit is None:
            element.set("type", self.cell(part.of))
            return
        inside = _add(_add(element, "complexType"), "simpleContent")
        extension = _add(inside, "extension", base=self.cell(part.of))
        attribute = _add(extension, "attribute", name="unit", type="xs:string", use="required", fixed=unit)
        _document(attribute, WORDS["unit"])


def _words(cls: Any, part: Part) -> Text | None:
    """Return what is said of a field: the form's own words, where it has any."""
    if part.spec is not None:
        return _printed(part.spec)
    return WORDS.get(f"{cls.__name__}.{part.field}")


def _printed(spec: Spec) -> Text:
    above = f"{spec.under}：" if spec.under else ""
    return Text(f"{above}{spec.label}" if spec.label else "表中印的单位", spec.en)


def _document(element: Any, words: Text | None) -> None:
    """Say what something is, before anything else in it."""
    if words is None:
        return
    annotation = etree.Element(f"{{{_XS}}}annotation")
    for lang in LANGUAGES:
        said = _add(annotation, "documentation")
        said.set(_LANG, lang)
        said.text = words.render(lang)
    element.insert(0, annotation)


def _choices(simple: Any, values: list[tuple[str, Text | None]]) -> None:
    restriction = _add(simple, "restriction", base="xs:string")
    for value, words in values:
        _document(_add(restriction, "enumeration", value=value), words)


def _add(above: Any, tag: str, **attributes: str) -> Any:
    return etree.SubElement(above, f"{{{_XS}}}{tag}", attrib=attributes)


if __name__ == "__main__":
    main()
