"""Word documents written by hand, for what no program writes on request."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest

NAMES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "v": "urn:schemas-microsoft-com:vml",
        "o": "urn:schemas-microsoft-com:office:office",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
    }.items()
)
KINDS = {"styles": "styles.xml", "numbering": "numbering.xml"}


def write(body: str, *, styles: str = "", numbering: str = "", title: str = "", **members: bytes) -> bytes:
    """Make a document; ``members`` are further parts, each related under its own name, dots written as ``_``."""
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}<w:sectPr/></w:body></w:document>"
    }
    relations = []
    for kind, inside in (("styles", styles), ("numbering", numbering)):
        if inside:
            files[f"word/{KINDS[kind]}"] = f"<w:{kind} {NAMES}>{inside}</w:{kind}>"
            relations.append((kind, kind, KINDS[kind]))
    for name, content in members.items():
        part = name.replace("_", ".")
        files[f"word/{part}"] = content
        relations.append((name, "aFChunk", part))
    if title:
        files["docProps/core.xml"] = f"<cp:coreProperties {NAMES}><dc:title>{title}</dc:title></cp:coreProperties>"
    lines = (f'<Relationship Id="{key}" Type="http://x/{kind}" Target="{part}"/>' for key, kind, part in relations)
    files["word/_rels/document.xml.rels"] = f"<Relationships>{''.join(lines)}</Relationships>"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return stream.getvalue()


@pytest.fixture
def word() -> Callable[..., bytes]:
    return write
