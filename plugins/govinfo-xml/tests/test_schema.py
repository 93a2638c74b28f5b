"""The XML Schema: derived, published as it is derived, every word in both languages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import attrs
import pytest
from govinfo_xml import SCHEMA
from govinfo_xml.model import NAMESPACE, Outcomes
from govinfo_xml.words import WORDS
from govinfo_xml.xsd import xml_schema
from lxml import etree

from govinfo import Status
from govinfo.schema import Missing, leaves
from govinfo.schema.editions import EDITIONS

XS = {"xs": "http://www.w3.org/2001/XMLSchema"}


@pytest.fixture(scope="module")
def text() -> Any:
    """The XML Schema as the XML it is."""
    return etree.fromstring(Path(SCHEMA).read_bytes())


def test_the_published_one_is_the_derived_one() -> None:
    assert Path(SCHEMA).read_bytes() == xml_schema(), f"run python -m govinfo_xml.xsd > {SCHEMA}"


def test_it_is_an_xml_schema(text: Any) -> None:
    etree.XMLSchema(text)
    assert text.get("targetNamespace") == NAMESPACE


def test_everything_in_it_is_said_in_both_languages(text: Any) -> None:
    for declaration in text.xpath("//xs:element | //xs:attribute", namespaces=XS):
        said = declaration.xpath("xs:annotation/xs:documentation", namespaces=XS)
        where = f"line {declaration.sourceline}: {declaration.get('name')}"
        assert [one.get("{http://www.w3.org/XML/1998/namespace}lang") for one in said] == ["zh", "en"], where
        assert all(one.text for one in said), where


def test_no_words_are_left_over(text: Any) -> None:
    said = {one.text for one in text.iter(f"{{{XS['xs']}}}documentation")}
    unused = [name for name, words in WORDS.items() if words.zh not in said]
    assert not unused


@pytest.mark.parametrize(("table", "edition"), [(table, name) for table, forms in EDITIONS.items() for name in forms])
def test_every_cell_of_the_form_has_its_label_and_unit(text: Any, table: str, edition: str) -> None:
    for leaf in leaves(EDITIONS[table][edition]):
        element = declared(text, EDITIONS[table][edition].__name__, leaf.path)
        zh, en = element.xpath("xs:annotation/xs:documentation/text()", namespaces=XS)
        assert zh.endswith(leaf.spec.label)
        assert en == leaf.spec.en
        assert element.get("nillable") == "true"
        units = element.xpath(".//xs:attribute[@name='unit']/@fixed", namespaces=XS)
        assert units == ([leaf.spec.unit] if leaf.spec.unit else [])


def declared(text: Any, kind: str, path: str) -> Any:
    """The declaration of the element at a path below a type."""
    name, _, rest = path.partition(".")
    (element,) = text.xpath("xs:complexType[@name=$kind]//xs:element[@name=$name]", kind=kind, name=name, namespaces=XS)
    return declared(text, element.get("type"), rest) if rest else element


def test_words_are_those_of_the_library(text: Any) -> None:
    values = text.xpath("xs:simpleType[@name='Missing']//xs:enumeration/@value", namespaces=XS)
    assert values == [reason.value for reason in Missing]
    assert [field.name for field in attrs.fields(Outcomes)][:-1] == [status.value for status in Status]
