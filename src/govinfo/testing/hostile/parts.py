"""What hostile files are made of."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

__all__ = ["LAUGHS", "TITLE", "Parts", "enormous", "external", "packed"]

TITLE = "青河市水利局2023年政府信息公开工作年度报告"
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">'
    + "".join(f'<!ENTITY {two} "{f"&{one};" * 10}">' for one, two in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)
"""A document type whose entity ``j`` is ten thousand million characters."""

Parts = dict[str, str | bytes]
"""Members of a zip file by name."""


def external(folder: Path) -> str:
    """Return a document type whose entity ``s`` is a file that is nobody's business."""
    return f'<!DOCTYPE x [<!ENTITY s SYSTEM "{(folder / "secret").as_uri()}">]>'


def packed(parts: Parts) -> bytes:
    """Put parts into a zip file."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return into.getvalue()


def enormous(name: str, head: bytes, piece: bytes, times: int, tail: bytes = b"", more: Parts | None = None) -> bytes:
    """Return a zip file with a member of ``times`` pieces, without ever holding it whole."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, content in (more or {}).items():
            archive.writestr(zipfile.ZipInfo(other), content, zipfile.ZIP_DEFLATED)
        with archive.open(name, "w") as member:
            member.write(head)
            block, rest = divmod(times, 1000)
            for _ in range(block):
                member.write(piece * 1000)
            member.write(piece * rest + tail)
    return into.getvalue()
