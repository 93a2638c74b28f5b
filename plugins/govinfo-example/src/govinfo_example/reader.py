"""The document format ``example``: text that begins with ``#example``.

A line that begins with a bar is a row of a table, its cells parted by bars; any other line is a paragraph.
"""

from __future__ import annotations

from govinfo import ReadError, Text
from govinfo.documents.model import Block, Cell, Document, Paragraph, Table

__all__ = ["accepts", "read"]

_MARK = b"#example"


def accepts(content: bytes, name: str) -> float:
    """Say how sure it is that the content is of this format, 0 to 1: by content, never by name."""
    return 1.0 if content.startswith(_MARK) else 0.0


def read(content: bytes, name: str) -> Document:
    """Read a document. What cannot be read raises `ReadError`, which says why; nothing else is raised."""
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        broken = Text("文件不是 UTF-8 编码", "the file is not UTF-8")
        raise ReadError("damaged", broken, name) from error
    blocks: list[Block] = []
    rows: list[tuple[Cell, ...]] = []
    tables = 0
    for number, line in enumerate(lines[1:] + [""], 2):  # the line of a place counts from 1
        if line.startswith("|"):
            tables += not rows
            texts = line.strip("|").split("|")
            rows.append(
                tuple(
                    Cell(text.strip(), number, table=tables, row=len(rows) + 1, col=col)
                    for col, text in enumerate(texts, 1)
                )
            )
            continue
        if rows:
            blocks.append(Table(tables, rows[0][0].line, tuple(rows)))
            rows = []
        blocks.append(Paragraph(line.strip(), number))
    return Document(tuple(blocks), name=name, format="example")
