"""The parts of a Word document: a zip file of them, all of them in one XML file, or Word 2003's single tree."""

from __future__ import annotations

import base64
import binascii
import posixpath
from typing import Any, NamedTuple, Protocol
from urllib.parse import unquote

from govinfo.documents.archive import Archive, damaged
from govinfo.documents.signatures import KINDS
from govinfo.documents.xml import local, parse_xml
from govinfo.errors import ReadError

__all__ = ["FlatParts", "Parts", "Relation", "ZipParts", "main_part", "relations"]

_WHAT = KINDS["docx"].what
_USUAL = "word/document.xml"


class Relation(NamedTuple):
    """What a part refers to under an id."""

    kind: str
    """Last word of the type: ``styles``, ``numbering``, ``aFChunk``."""
    target: str
    """Name of the part, without a slash before it."""
    outside: bool
    """It is no part of the document but an address."""


class Parts(Protocol):
    """Where the parts are."""

    def read(self, part: str) -> bytes | None:
        """Return the content of a part, None where there is none."""

    def root(self, part: str) -> Any:
        """Return the root element of a part that is XML, None where there is none."""


class ZipParts:
    """The parts in a zip file; their names are compared without regard to case, as the standard has it."""

    def __init__(self, archive: Archive, name: str) -> None:
        """Take an open archive; ``name`` is the file, for messages."""
        self._archive, self._name = archive, name
        self._members = {member.replace("\\", "/").lstrip("/").lower(): member for member in archive.names}

    def read(self, part: str) -> bytes | None:
        """Return the content of a part, None where there is none."""
        member = self._members.get(part.lower())
        return None if member is None else self._archive.read(member)

    def root(self, part: str) -> Any:
        """Return the root element of a part that is XML, None where there is none."""
        content = self.read(part)
        return None if content is None else parse_xml(content, _WHAT, self._name)


class FlatParts:
    """The parts in one XML file, as ``pkg:package``."""

    def __init__(self, root: Any, name: str) -> None:
        """Take the root element; ``name`` is the file, for messages."""
        self._name = name
        self._parts: dict[str, Any] = {}
        for part in root:
            for attribute, value in part.attrib.items():
                if attribute.rpartition("}")[2] == "name":
                    self._parts[value.lstrip("/").lower()] = part

    def _data(self, part: str, kind: str) -> Any:
        return next((one for one in self._parts.get(part.lower(), ()) if local(one) == kind), None)

    def read(self, part: str) -> bytes | None:
        """Return the content of a part, None where there is none."""
        data = self._data(part, "binaryData")
        if data is None:
            return None
        try:
            return base64.b64decode(data.text or "")
        except (binascii.Error, ValueError) as error:
            raise damaged(_WHAT, self._name, error) from error

    def root(self, part: str) -> Any:
        """Return the root element of a part that is XML, None where there is none."""
        data = self._data(part, "xmlData")
        return next(iter(data), None) if data is not None else None


def relations(parts: Parts, part: str = "") -> dict[str, Relation]:
    """Return what a part refers to, by id; of the document as a whole if none is named."""
    folder, _, base = part.rpartition("/")
    root = parts.root(posixpath.join(folder, "_rels", f"{base}.rels"))
    found: dict[str, Relation] = {}
    for one in root if root is not None else ():
        target = one.get("Target") or ""
        outside = one.get("TargetMode") == "External"
        if not outside:
            target = posixpath.normpath(posixpath.join("/" + folder, unquote(target))).lstrip("/")
        found[one.get("Id") or ""] = Relation((one.get("Type") or "").rpartition("/")[2], target, outside)
    return found


def main_part(parts: Parts, name: str) -> tuple[str, Any]:
    """Return the name and the root element of the part that is the document.

    Raises:
        ReadError: ``damaged``, there is none.
    """
    try:
        named = [one.target for one in relations(parts).values() if one.kind == "officeDocument"]
    except ReadError as error:
        if error.kind != "damaged":
            raise
        named = []  # a broken list of parts is no reason not to look where the document usually is
    for part in [*named, _USUAL]:
        root = parts.root(part)
        if root is not None and local(root) == "document":
            return part, root
    raise damaged(_WHAT, name, _USUAL)
