"""Word documents, written by python-docx and then made what offices make of them."""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from itertools import accumulate, pairwise
from typing import Any

from govinfo.testing.formats.docx_xml import (
    add_lists,
    alternate_box,
    element,
    flat_package,
    numbered,
    run,
    strict_names,
    tag,
)
from govinfo.testing.formats.model import Format
from govinfo.testing.sheet import Grid, Sheet

__all__ = ["DOCX_FORMATS", "docx"]

Change = Callable[[Any], None]
"""Changes the body of a finished document; takes what python-docx calls a document."""

_PIECES = re.compile(r"[0-9]+|[^0-9]{1,4}")
_COLUMN = 900
"""Twentieths of a point."""


def _lacking() -> str:
    try:
        import_module("docx")
    except ImportError:
        return "python-docx"
    return ""


def docx(sheet: Sheet, change: Change | None = None) -> bytes:
    """Write a document: headings, paragraphs, and tables with merged cells.

    Args:
        sheet: the printed report.
        change: what an office did to it afterwards.
    """
    document: Any = import_module("docx").Document()
    for title in sheet.title:
        document.add_paragraph(title, style="Title")
    for line in sheet.opening:
        document.add_paragraph(line)
    for section in sheet.sections:
        if section.heading:
            document.add_paragraph(section.heading, style="Heading 1")
        for block in section.blocks:
            if isinstance(block, Grid):
                _table(document, block)
            else:
                document.add_paragraph(block)
    for line in sheet.closing:
        document.add_paragraph(line)
    if change is not None:
        change(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _table(document: Any, grid: Grid) -> None:
    squares = grid.spread()
    table = document.add_table(len(squares), grid.width, style="Table Grid")
    places = [row.cells for row in table.rows]
    for row, line in enumerate(squares):
        for column, slot in enumerate(line):
            if slot.begins:
                cell = places[row][column]
                if slot.cell.rowspan > 1 or slot.cell.colspan > 1:
                    cell = cell.merge(places[row + slot.cell.rowspan - 1][column + slot.cell.colspan - 1])
                cell.text = slot.cell.text


def _paragraphs(document: Any) -> Iterator[Any]:
    yield from list(document.element.body.iter(tag("p")))


def _texts(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(tag("t")))


def _clear(paragraph: Any) -> None:
    for one in [one for one in paragraph if one.tag != tag("pPr")]:
        paragraph.remove(one)


def _number(document: Any) -> None:
    """Let the program number headings and the labels of rows; split what is left over several runs."""
    add_lists(document)
    numbered(document.element.body, document.part.numbering_part.element)
    for paragraph in _paragraphs(document):
        pieces = _PIECES.findall(_texts(paragraph))
        if paragraph.find(f".//{tag('br')}") is None:
            _clear(paragraph)
            paragraph.extend(run(piece) for piece in pieces)


def _track(document: Any) -> None:
    """Leave the changes of a reviewer in: figures and rows replaced, a heading that was two lines."""
    for index, paragraph in enumerate(_paragraphs(document)):
        text = _texts(paragraph)
        if not text or paragraph.find(f".//{tag('br')}") is not None:
            continue
        _clear(paragraph)
        old = element("del", id=str(index), author="审核")
        old.append(run(str(90 + index % 10) if text.isdigit() else "原稿", deleted=True))
        new = element("ins" if index % 3 else "moveTo", id=str(index), author="审核")
        new.append(run(text[len(text) // 2 :]))
        paragraph.extend([old, run(text[: len(text) // 2]), new])
    for row in list(document.element.body.iter(tag("tr")))[::3]:
        if row.find(f".//{tag('vMerge')}") is not None:
            continue
        gone = copy.deepcopy(row)
        for one in gone.iter(tag("t")):
            one.text = "7"
        properties = element("trPr")
        properties.append(element("del", id="9", author="审核"))
        gone.insert(0, properties)
        row.addprevious(gone)
    for heading in [one for one in document.element.body if one.tag == tag("p")][2::4]:
        first = element("p")
        mark = element("pPr", element("rPr", element("del", id="8", author="审核")))
        runs = [one for one in heading if one.tag != tag("pPr")]
        first.extend([mark, *runs[:2]])
        heading.addprevious(first)


def _box(document: Any) -> None:
    """Put every table into a text box, as new programs write it and once more for old ones."""
    for table in list(document.element.body.iter(tag("tbl"))):
        paragraph = element("p")
        table.addprevious(paragraph)
        paragraph.append(element("r", alternate_box(table)))


def _nest(document: Any) -> None:
    """Arrange the whole report in a table of two rows."""
    body = document.element.body
    content = [one for one in body if one.tag != tag("sectPr")]
    head, rest = content[:2], content[2:]
    outer = element("tbl", element("tblPr"), element("tblGrid", element("gridCol", w="9000")))
    for part in (head, rest):
        cell = element("tc", element("tcPr", element("tcW", w="9000", type="dxa")), *part, element("p"))
        outer.append(element("tr", cell))
    body.insert(0, outer)


def _control(document: Any) -> None:
    """Fill a template in: content controls, fields, hidden notes, comments."""
    for index, paragraph in enumerate(_paragraphs(document)):
        runs = [one for one in paragraph if one.tag == tag("r")]
        if not runs:
            continue
        for one in runs:
            paragraph.remove(one)
        kind = index % 4
        hidden = run("77", element("vanish"))
        if kind == 0:
            paragraph.append(element("sdt", element("sdtPr"), element("sdtContent", *runs)))
        elif kind == 1:
            field = element("fldSimple", *runs, instr=" MERGEFIELD 数量 ")
            paragraph.extend([hidden, field])
        elif kind == 2:
            begin, separate, end = (
                element("r", element("fldChar", fldCharType=state)) for state in ("begin", "separate", "end")
            )
            code = element("instrText")
            code.text = " MERGEFIELD 数量 "
            paragraph.extend([begin, element("r", code), hidden, separate, *runs, end])
        else:
            struck = run("88", element("strike"))
            paragraph.append(element("smartTag", *runs, element="place"))
            paragraph.append(struck)
    for index, row in enumerate(list(document.element.body.iter(tag("tr")))):
        if index % 5 == 0:
            control = element("sdt", element("sdtPr"), element("sdtContent"))
            row.addprevious(control)
            control[1].append(row)


def _drag(document: Any) -> None:
    """Move the vertical lines of every row a little by hand: the grid has a column for each place a line stands at."""
    for table in document.element.body.iter(tag("tbl")):
        grid = table.find(tag("tblGrid"))
        moved = [0, 13, 27]
        width = len(grid)
        edges = sorted({_COLUMN * column + move for column in range(width + 1) for move in moved})
        for one in list(grid):
            grid.remove(one)
        widths = [right - left for left, right in pairwise(edges)]
        grid.extend(element("gridCol", w=str(one)) for one in widths)
        for index, row in enumerate(table.iter(tag("tr"))):
            # cells merged over rows have the same lines in all of them
            move = moved[index % 3] if row.find(f".//{tag('vMerge')}") is None else 0
            cells = [one for one in row if one.tag == tag("tc")]
            spans = [int(cell.grid_span) for cell in cells]
            starts = list(accumulate(spans, initial=0))
            places = [edges.index(_COLUMN * start + move) for start in starts]
            if places[0]:
                properties = row.get_or_add_trPr()
                properties.append(element("gridBefore", val=str(places[0])))
            for cell, (left, right) in zip(cells, pairwise(places), strict=True):
                cell.grid_span = right - left
                width = cell.get_or_add_tcPr().get_or_add_tcW()
                width.set(tag("w"), str(edges[right] - edges[left]))


DOCX_FORMATS: tuple[Format, ...] = (
    Format("docx", ".docx", docx, _lacking),
    Format("docx_numbered", ".docx", partial(docx, change=_number), _lacking),
    Format("docx_tracked", ".docx", partial(docx, change=_track), _lacking),
    Format("docx_boxes", ".docx", partial(docx, change=_box), _lacking),
    Format("docx_nested", ".docx", partial(docx, change=_nest), _lacking),
    Format("docx_controls", ".docx", partial(docx, change=_control), _lacking),
    Format("docx_ragged", ".docx", partial(docx, change=_drag), _lacking),
    Format("docx_strict", ".docx", lambda sheet: strict_names(docx(sheet)), _lacking),
    Format("docx_flat", ".xml", lambda sheet: flat_package(docx(sheet)), _lacking),
)
"""One report as Word documents, as different hands and programs leave them."""
