"""Makes the Word 97 and RTF documents of this folder with LibreOffice; run by hand where it is installed.

``NAME.json`` beside each is the report that was printed, as canonical JSON. ``page…`` are made of a web page.
``office…`` are made of a document as offices make them: headings that the program numbers, merged cells,
table 4 in a frame, changes tracked, hidden text, headers and footers.
"""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from govinfo.schema.convert import to_json
from govinfo.testing import example_report, print_report, render
from govinfo.testing.formats.libreoffice import convert
from govinfo.testing.sheet import Grid, Sheet

HERE = Path(__file__).parent
MADE = (
    ("page.doc", "2021", 61, "large"),
    ("page_mixed.rtf", "mixed", 62, "few"),
    ("office.wps", "2019", 63, "large"),
    ("office.rtf", "2021", 64, "few"),
)
_NUMBERED = re.compile(r"[一二三四五六]、")
_W = nsdecls("w")


def office(sheet: Sheet) -> bytes:
    """Write a sheet as an office would."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    levels = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {_W} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {_W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    document.sections[0].header.paragraphs[0].text = "内部资料 3"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    for line in (*sheet.title, *sheet.opening):
        document.add_paragraph(line)
    for section in sheet.sections:
        heading = document.add_paragraph(_NUMBERED.sub("", section.heading, count=1))
        heading._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr {_W}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>')
        )
        for block in section.blocks:
            if isinstance(block, Grid):
                holder = document
                if block.table == "disputes":
                    holder = document.add_table(1, 1).cell(0, 0)  # a table in a frame
                table(holder, block)
                document.add_paragraph("")
            else:
                paragraph = document.add_paragraph(block)
                hidden = paragraph.add_run("草稿88")
                hidden.font.hidden = True
                change = f'<w:del {_W} w:id="1" w:author="x" w:date="2024-01-01T00:00:00Z">'
                change += "<w:r><w:delText>删去99</w:delText></w:r></w:del>"
                paragraph._p.append(parse_xml(change))
    for line in sheet.closing:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def table(holder: object, grid: Grid) -> None:
    """Write a table with its merged cells."""
    squares = grid.spread()
    made = holder.add_table(len(squares), grid.width)  # type: ignore[attr-defined]
    for row, line in enumerate(squares):
        for column, slot in enumerate(line):
            if slot.begins:
                cell = made.cell(row, column)
                if slot.cell.rowspan > 1 or slot.cell.colspan > 1:
                    cell = cell.merge(made.cell(row + slot.cell.rowspan - 1, column + slot.cell.colspan - 1))
                cell.text = slot.cell.text


def main() -> None:
    """Make every document anew."""
    for name, edition, seed, profile in MADE:
        report = example_report(edition, seed, profile=profile)  # type: ignore[arg-type]
        to = "rtf" if name.endswith("rtf") else "doc"
        if name.startswith("page"):
            content = convert(render(report, "html"), "html", to)
        else:
            content = convert(office(print_report(report)), "docx", to)
        (HERE / name).write_bytes(content)
        text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
        (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
