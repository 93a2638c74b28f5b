"""The parts of an OFD file: which documents are in it, which pages these have, and what the pages refer to.

The file is a zip. ``OFD.xml`` names the documents, each ``Document.xml`` its pages, templates and resources. Paths are
relative to the part they stand in, or begin at the root; none can leave the archive.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from govinfo.documents.archive import Archive, damaged
from govinfo.documents.limits import MAX_PAGES, check_count
from govinfo.documents.pages.ofd_content import Resources
from govinfo.documents.pages.ofd_geometry import Box, Unreadable, box_of
from govinfo.documents.signatures import KINDS
from govinfo.documents.xml import local, parse_xml
from govinfo.errors import ReadError
from govinfo.text import Text

__all__ = ["Package", "Volume"]

WHAT = KINDS["ofd"].what

_A4 = Box(0.0, 0.0, 210.0, 297.0)
_LARGEST = 7000.0
"""Millimetres of a side of a page."""

_MOST = 50_000
"""References from part to part."""

_LOCKED = Text(
    "OFD 版式文件已加密，无法读取；请另存为不加密的文件", "the OFD document is encrypted: save it without encryption"
)


class Package:
    """The zip file, its parts found by the paths that other parts write."""

    def __init__(self, archive: Archive, name: str) -> None:
        """Take an open archive. Raises `ReadError` ``encrypted``."""
        self._archive, self.name = archive, name
        self._members: dict[str, str] = {}
        for member in archive.names:
            if not member.endswith("/"):
                path = _clean(member)
                self._members.setdefault(path.lower(), member)
                self._members[path] = member
        self._searched = 0
        if "encryptions.xml" in self._members:  # GB/T 33190 knows none; GM/T 0099 puts this beside OFD.xml
            raise ReadError("encrypted", _LOCKED, name)

    def find(self, location: str, *bases: str) -> str | None:
        """Return the path of the part that a location means, seen from the first of some folders that has it.

        Raises:
            ReadError: ``too_large``, parts are looked for too often.
        """
        location = location.strip().replace("\\", "/")
        self._searched += 1
        check_count(self._searched, _MOST, Text("文件引用", "references to parts"), self.name)
        if not location:
            return None
        folders = ("",) if location.startswith("/") else (*bases, "")
        for path in (_clean(posixpath.join(folder, location.lstrip("/"))) for folder in folders):
            for spelt in (path, path.lower()):  # paths mind the case; some programs do not
                if spelt in self._members:
                    return path
        return None

    def read(self, path: str) -> bytes:
        """Return the content of a part. Raises `ReadError`."""
        return self._archive.read(self._members.get(path) or self._members[path.lower()])

    def xml(self, path: str) -> Any:
        """Return the root of a part. Raises `ReadError`."""
        return parse_xml(self.read(path), WHAT, self.name)

    def volumes(self) -> Iterator[Volume]:
        """Yield the documents in the file. Raises `ReadError` ``damaged`` where there is none."""
        start = self.find("OFD.xml")
        if start is None:
            raise damaged(WHAT, self.name, "OFD.xml")
        found = 0
        for body in self.xml(start):
            if local(body) == "DocBody" and (location := _text(body, "DocRoot")):
                path = self.find(location)
                if path is None:
                    raise damaged(WHAT, self.name, location)
                found += 1
                check_count(found, MAX_PAGES, Text("文档", "documents"), self.name)
                yield Volume(self, path)
        if not found:
            raise damaged(WHAT, self.name, "DocBody")


class Volume:
    """One document of the file."""

    def __init__(self, package: Package, path: str) -> None:
        self._package, self._folder = package, posixpath.dirname(path)
        self._root = package.xml(path)
        common = _child(self._root, "CommonData")
        self._box = self._area(_child(common, "PageArea")) or _A4
        self._templates = {one.get("ID"): one.get("BaseLoc") or "" for one in _children(common, "TemplatePage")}
        self._drawn: dict[str, Any] = {}
        """By ID: the content of templates."""
        self._taken: set[str] = set()
        """Resource parts that were looked into."""
        self._found: dict[str, dict[str, Any]] = {}
        """By kind: what the resources hold, by ID."""
        self.resources = Resources(
            lambda key: self._found.get("CompositeGraphicUnit", {}).get(key),
            lambda key: self._found.get("DrawParam", {}).get(key),
        )
        for kind in ("PublicRes", "DocumentRes"):
            self._take(_children(common, kind), self._folder)

    def pages(self) -> Iterator[str]:
        """Yield where the pages are, in their order."""
        for page in _children(_child(self._root, "Pages"), "Page"):
            yield page.get("BaseLoc") or ""

    def page(self, location: str) -> tuple[Box, list[Any]]:
        """Return the size of a page in millimetres and what is drawn on it, from the lowest.

        Raises:
            ReadError: ``damaged``, it is not in the file.
        """
        path = self._package.find(location, self._folder)
        if path is None:
            raise damaged(WHAT, self._package.name, location)
        root = self._package.xml(path)
        folder = posixpath.dirname(path)
        self._take(_children(root, "PageRes"), folder)
        below: list[Any] = []
        above: list[Any] = []
        for one in _children(root, "Template"):
            template = self._template(one.get("TemplateID") or "")
            if template is not None:
                (above if (one.get("ZOrder") or "").lower() == "foreground" else below).append(template)
        return self._area(_child(root, "Area")) or self._box, [*below, *_children(root, "Content"), *above]

    def picture(self, key: str) -> bytes | None:
        """Return the file of a picture among the resources, None where there is none."""
        path = self._found.get("MultiMedia", {}).get(key)
        return self._package.read(path) if path is not None else None

    def attachments(self) -> tuple[str, ...]:
        """Return the names of the files attached to the document."""
        path = self._package.find(_text(self._root, "Attachments"), self._folder)
        found = _children(self._package.xml(path), "Attachment") if path is not None else []
        return tuple(name for one in found if (name := one.get("Name")))

    def _template(self, key: str) -> Any:
        if key not in self._drawn:
            path = self._package.find(self._templates.get(key, ""), self._folder)
            self._drawn[key] = _child(self._package.xml(path), "Content") if path is not None else None
        return self._drawn[key]

    def _take(self, references: list[Any], folder: str) -> None:
        """Note what parts with resources hold. A part that is not there is one less to look into."""
        for reference in references:
            path = self._package.find(reference.text or "", folder, self._folder)
            if path is None or path in self._taken:
                continue
            self._taken.add(path)
            root = self._package.xml(path)
            home = posixpath.dirname(path)
            media = posixpath.join(home, (root.get("BaseLoc") or "").strip().replace("\\", "/").lstrip("/"))
            for one in root.iter():
                kind, key = local(one), one.get("ID") or ""
                if kind == "CompositeGraphicUnit":
                    self._note(kind, key, _child(one, "Content"))
                elif kind == "DrawParam":
                    self._note(kind, key, one)
                elif kind == "MultiMedia":
                    self._note(kind, key, self._package.find(_text(one, "MediaFile"), media, home, self._folder))

    def _note(self, kind: str, key: str, value: Any) -> None:
        if value is not None:
            self._found.setdefault(kind, {})[key] = value

    def _area(self, node: Any) -> Box | None:
        """Return the box of the paper: the physical one, for that is what is printed."""
        for kind in ("PhysicalBox", "ApplicationBox", "ContentBox"):
            try:
                box = box_of(_text(node, kind))
            except Unreadable:
                continue
            if box is not None and 0 < box.width <= _LARGEST and 0 < box.height <= _LARGEST:
                return box
        return None


def _clean(path: str) -> str:
    """Return a path of the archive without ``.``, ``..`` and a root."""
    return posixpath.normpath("/" + path.replace("\\", "/")).lstrip("/")


def _children(node: Any, kind: str) -> list[Any]:
    return [child for child in node if local(child) == kind] if node is not None else []


def _child(node: Any, kind: str) -> Any:
    return next(iter(_children(node, kind)), None)


def _text(node: Any, kind: str) -> str:
    child = _child(node, kind)
    return (child.text or "").strip() if child is not None else ""
