"""Pieces of Word documents that python-docx does not write: lists, text boxes, whole files in other clothes."""

from __future__ import annotations

import copy
import io
import re
import zipfile
from typing import Any

from lxml import etree

__all__ = ["add_lists", "alternate_box", "element", "flat_package", "numbered", "run", "strict_names", "tag"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_V = "urn:schemas-microsoft-com:vml"
_PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT = (
    (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    ),
    (
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    ),
)
_NUMERALS = "一二三四五六七八九十"
_LISTS = (
    (re.compile(r"([一二三四五六七八九十])、"), "chineseCountingThousand", "%1、"),
    (re.compile(r"（([一二三四五六七八九十])）"), "chineseCounting", "（%1）"),
    (re.compile(r"(\d{1,2})\.(?=[^\d])"), "decimal", "%1."),
)
_FIRST = 900
"""Id of the first list of ours."""


def tag(name: str) -> str:
    """Return the full name of an element."""
    return f"{{{_W}}}{name}"


def element(name: str, *children: Any, **attributes: str) -> Any:
    """Make an element with children and attributes, all of Word's own namespace."""
    # python-docx has classes of its own for elements and cannot work with others
    from docx.oxml import OxmlElement

    made: Any = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        made.set(tag(key), value)
    made.extend(children)
    return made


def run(text: str, *properties: Any, deleted: bool = False) -> Any:
    """Make a run of text."""
    made = element("delText" if deleted else "t")
    made.text = text
    made.set(_SPACE, "preserve")
    return element("r", *((element("rPr", *properties),) if properties else ()), made)


def add_lists(document: Any) -> None:
    """Define one list for each way the form numbers: 一、 （一） 1."""
    numbering = document.part.numbering_part.element
    first = numbering.find(tag("num"))
    for index, (_, form, text) in enumerate(_LISTS):
        kind = element("start", val="1"), element("numFmt", val=form), element("suff", val="nothing")
        level = element("lvl", *kind, element("lvlText", val=text), ilvl="0")
        definition = element("abstractNum", level, abstractNumId=str(_FIRST + index))
        if first is not None:
            first.addprevious(definition)
        else:
            numbering.append(definition)


def numbered(body: Any, numbering: Any) -> None:
    """Take the numbers off paragraphs and let the program count them, each run of numbers by a list of its own."""
    last: dict[int, tuple[int, str]] = {}
    uses = _FIRST
    for paragraph in list(body.iter(tag("p"))):
        texts = list(paragraph.iter(tag("t")))
        for index, (pattern, _, _) in enumerate(_LISTS):
            found = pattern.match(texts[0].text or "") if texts else None
            if found is None:
                continue
            number = int(found[1]) if found[1].isdigit() else _NUMERALS.index(found[1]) + 1
            before, use = last.get(index, (0, ""))
            if number != before + 1 or not use:
                use, uses = str(uses), uses + 1
                start = element("lvlOverride", element("startOverride", val=str(number)), ilvl="0")
                numbering.append(element("num", element("abstractNumId", val=str(_FIRST + index)), start, numId=use))
            last[index] = number, use
            texts[0].text = (texts[0].text or "")[found.end() :]
            properties = paragraph.get_or_add_pPr()
            properties.append(element("numPr", element("ilvl", val="0"), element("numId", val=use)))
            break


def alternate_box(content: Any) -> Any:
    """Make a text box, as a shape for new programs and as a picture in VML for old ones; moves ``content`` into it."""
    again = copy.deepcopy(content)
    shape = etree.Element(f"{{{_WPS}}}txbx", nsmap={"wps": _WPS})
    shape.append(element("txbxContent", content, element("p")))
    choice = etree.Element(f"{{{_MC}}}Choice", Requires="wps")
    choice.append(element("drawing", shape))
    box = etree.Element(f"{{{_V}}}textbox", nsmap={"v": _V})
    box.append(element("txbxContent", again, element("p")))
    fallback = etree.Element(f"{{{_MC}}}Fallback")
    fallback.append(element("pict", box))
    made = etree.Element(f"{{{_MC}}}AlternateContent", nsmap={"mc": _MC})
    made.extend([choice, fallback])
    return made


def strict_names(content: bytes) -> bytes:
    """Return a document with the names of the strict standard."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            data = old.read(member)
            for transitional, strict in _STRICT:
                data = data.replace(transitional, strict)
            new.writestr(member, data)
    return stream.getvalue()


def flat_package(content: bytes) -> bytes:
    """Return a document as one XML file; parts that are not XML are left out."""
    package = etree.Element(f"{{{_PKG}}}package", nsmap={"pkg": _PKG})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")) and member != "[Content_Types].xml":
                part = etree.SubElement(package, f"{{{_PKG}}}part", {f"{{{_PKG}}}name": f"/{member}"})
                etree.SubElement(part, f"{{{_PKG}}}xmlData").append(etree.fromstring(archive.read(member)))
    body: bytes = etree.tostring(package, encoding="UTF-8", xml_declaration=True, standalone=True)
    return body.replace(b"?>", b'?>\n<?mso-application progid="Word.Document"?>', 1)
