"""Reads workbooks: Excel in all its forms, OpenDocument spreadsheets.

Sheets are pages, and a sheet's row is the line (`govinfo.documents.sheets.names`). A report may have a sheet to itself,
fill several, or stand in a workbook beside others: where one begins is not told here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator

from govinfo.documents.archive import damaged
from govinfo.documents.arranging import has_large_table
from govinfo.documents.model import Block, Document, Problem, Table
from govinfo.documents.sheets.layout import LaidOut, lay_out
from govinfo.documents.sheets.model import Budget, RemarkKind, SheetContent
from govinfo.documents.sheets.names import letters
from govinfo.documents.signatures import KINDS, sniff
from govinfo.text import Text

__all__ = ["read_excel"]

_BROKEN = (ValueError, LookupError, ArithmeticError, struct.error, RecursionError)
"""What a file that is not what it claims makes our readers raise."""
_NAMED = 5
"""So many cells are named in a message."""

_REMARKS: dict[RemarkKind, Text] = {
    "rounded": Text(
        "{where} 按显示的数读取，与格内存储的数不同（显示时取了整、进了位或换了单位）",
        "{where}: read as shown; the number stored is another (rounded or scaled when shown)",
    ),
    "zero": Text(
        "{where} 存的是 0，显示为空白或符号，按 0 读取", "{where}: 0 is stored, a blank or a sign is shown; read as 0"
    ),
    "hidden_figure": Text(
        "{where} 存有数字，但显示格式不显示它，按显示的内容读取",
        "{where}: a number is stored, but the number format hides it; read as shown",
    ),
    "unknown_format": Text(
        "{where} 的数字格式无法识别，不能确定显示的是什么数",
        "{where}: the number format was not understood, and so which number is shown",
    ),
    "uncalculated": Text(
        "{where} 是公式，文件中没有存下计算结果；请用 Excel 或 WPS 打开并保存一次",
        "{where}: a formula whose result is not in the file; open and save it in a spreadsheet program",
    ),
}


def read_excel(content: bytes, name: str) -> Document:
    """Read a workbook: every visible sheet in order, with its paragraphs and tables.

    Raises:
        ReadError: ``damaged``, ``encrypted``, ``too_large``, ``too_deep``, ``unsupported``.
        MissingExtra: the file is of Excel 97–2003, which needs the extra ``excel``.
    """
    kind = sniff(content) or ""
    try:
        budget = Budget(name)
        sheets, images = _sheets(content, kind, name, budget)
        return _document(sheets, images, name, budget)
    except _BROKEN as error:
        raise damaged(KINDS.get(kind, KINDS["xlsx"]).what, name, error) from error


def _sheets(content: bytes, kind: str, name: str, budget: Budget) -> tuple[list[SheetContent], int]:
    if kind == "ods":
        from govinfo.documents.sheets.ods import read_ods

        return read_ods(content, name, budget)
    if kind == "xls":
        from govinfo.documents.sheets.xls import read_xls

        return read_xls(content, name, budget), 0
    if kind == "excelxml":
        from govinfo.documents.sheets.excelxml import read_excelxml

        return read_excelxml(content, name, budget), 0
    from govinfo.documents.sheets.xlsx import read_xlsx

    return read_xlsx(content, name, budget)


def _document(sheets: Iterable[SheetContent], images: int, name: str, budget: Budget) -> Document:
    blocks: list[Block] = []
    names: list[str] = []
    problems: list[Problem] = []
    tables = 0
    for sheet in sheets:
        laid = lay_out(sheet, len(names) + 1, tables + 1, budget)
        own = [block for block in laid.blocks if isinstance(block, Table)]
        if sheet.hidden:
            if has_large_table(own):
                hidden = Text(
                    "工作表“{sheet}”是隐藏的，其中的表格未读取",
                    "the sheet {sheet!r} is hidden: its tables were not read",
                )
                problems.append(Problem("SRC022", hidden.fill(sheet=sheet.name)))
            continue
        names.append(sheet.name)
        tables += len(own)
        blocks += laid.blocks
        problems += _remarks(sheet, laid)
    return Document(
        blocks=tuple(blocks),
        name=name,
        format="excel",
        images=images,
        numbering="none",
        page_names=tuple(names),
        problems=tuple(problems),
    )


def _remarks(sheet: SheetContent, laid: LaidOut) -> Iterator[Problem]:
    """Yield what a person should know of a sheet, one problem for each kind of thing."""
    if laid.hidden:
        hidden = Text(
            "工作表“{sheet}”的隐藏行、隐藏列中有内容，未读取",
            "the sheet {sheet!r} has hidden rows or columns that hold something: not read",
        )
        yield Problem("SRC022", hidden.fill(sheet=sheet.name))
    for kind, message in _REMARKS.items():
        found = [(one.row, one.col) for one in sheet.remarks if one.kind == kind and (one.row, one.col) in laid.places]
        if found:
            named = [f"{letters(col)}{row}" for row, col in found[:_NAMED]]
            more = len(found) > _NAMED
            where = Text(
                f"工作表“{sheet.name}”{'、'.join(named)}{f' 等 {len(found)} 格' if more else ''}",
                f"sheet {sheet.name!r}, {', '.join(named)}{f' and others, {len(found)} in all' if more else ''}",
            )
            yield Problem("SRC022", message.fill(where=where), laid.places[found[0]])
