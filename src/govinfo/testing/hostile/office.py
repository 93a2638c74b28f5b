"""Hostile Word documents and workbooks."""

from __future__ import annotations

from pathlib import Path

from govinfo.testing.hostile.parts import LAUGHS, TITLE, Parts, enormous, external, packed

__all__: list[str] = []

_MIB = 1024 * 1024
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_PR = "http://schemas.openxmlformats.org/package/2006/relationships"


# Word


def word(body: str, before: str = "") -> Parts:
    """Return the parts of a Word document."""
    relation = f'<Relationship Id="r1" Type="{_R}/officeDocument" Target="word/document.xml"/>'
    document = f'<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PR}">{relation}</Relationships>',
        "word/document.xml": f"{before}{document}",
    }


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def docx_laughs(folder: Path) -> bytes:
    return packed(word(_paragraph("&j;"), LAUGHS))


def docx_styles_laughs(folder: Path) -> bytes:
    styles = f'{LAUGHS}<w:styles xmlns:w="{_W}"><w:style w:styleId="&j;"/></w:styles>'
    relation = f'<Relationship Id="s" Type="{_R}/styles" Target="styles.xml"/>'
    relations = f'<Relationships xmlns="{_PR}">{relation}</Relationships>'
    return packed({**word(_paragraph(TITLE)), "word/styles.xml": styles, "word/_rels/document.xml.rels": relations})


def docx_external(folder: Path) -> bytes:
    return packed(word(_paragraph(TITLE) + _paragraph("&s;"), external(folder)))


def docx_in_itself(folder: Path) -> bytes:
    """Inserts itself: the part it names is the whole document's own."""
    relations = (
        f'<Relationships xmlns="{_PR}"><Relationship Id="me" Type="{_R}/aFChunk" Target="document.xml"/>'
        f'<Relationship Id="all" Type="{_R}/aFChunk" Target="again.docx"/></Relationships>'
    )
    parts = word('<w:altChunk r:id="me"/><w:altChunk r:id="all"/>' * 20)
    parts["word/_rels/document.xml.rels"] = relations
    content = packed(parts)
    for _ in range(6):
        content = packed({**parts, "word/again.docx": content})
    return content


def docx_deep(folder: Path) -> bytes:
    cell = "<w:tbl><w:tr><w:tc>"
    return packed(word(cell * 20_000 + _paragraph("0") + "</w:tc></w:tr></w:tbl>" * 20_000))


def docx_wide(folder: Path) -> bytes:
    """Cells that claim to span a million columns and rows."""
    cell = '<w:tc><w:tcPr><w:gridSpan w:val="1000000"/><w:vMerge w:val="restart"/></w:tcPr><w:p/></w:tc>'
    return packed(word(f"<w:tbl>{f'<w:tr>{cell * 50}</w:tr>' * 200}</w:tbl>"))


def docx_bomb(folder: Path) -> bytes:
    head = f'<w:document xmlns:w="{_W}"><w:body>'.encode()
    parts = {name: part for name, part in word("").items() if name != "word/document.xml"}
    return enormous(
        "word/document.xml", head, b"<w:p><w:r><w:t>0</w:t></w:r></w:p>", 8_000_000, b"</w:body></w:document>", parts
    )


# Excel


def excel(sheet: str | None, strings: str = "", before: str = "") -> Parts:
    """Return the parts of a workbook."""
    main = f'<Relationships xmlns="{_PR}"><Relationship Id="w" Type="{_R}/officeDocument" Target="xl/workbook.xml"/>'
    own = (
        f'<Relationships xmlns="{_PR}"><Relationship Id="s" Type="{_R}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="t" Type="{_R}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    )
    book = (
        f'<workbook xmlns="{_S}" xmlns:r="{_R}"><sheets><sheet name="年报" sheetId="1" r:id="s"/></sheets></workbook>'
    )
    parts: Parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f"{main}</Relationships>",
        "xl/workbook.xml": book,
        "xl/_rels/workbook.xml.rels": own,
        "xl/sharedStrings.xml": f'{before}<sst xmlns="{_S}">{strings}</sst>',
    }
    if sheet is not None:
        parts["xl/worksheets/sheet1.xml"] = f'<worksheet xmlns="{_S}">{sheet}</worksheet>'
    return parts


def xlsx_sparse(folder: Path) -> bytes:
    """Two cells at opposite ends, the whole sheet merged, ten million rows claimed."""
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>'
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return packed(excel(f'<dimension ref="A1:XFD10000000"/><sheetData>{rows}</sheetData>{merged}'))


def xlsx_merges(folder: Path) -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 3000))
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n + 1000}"/>' for n in range(1, 3000))
    return packed(excel(f"<sheetData>{rows}</sheetData><mergeCells>{merged}</mergeCells>"))


def xlsx_dense(folder: Path) -> bytes:
    """Ten million cells."""
    head = f'<worksheet xmlns="{_S}"><sheetData>'.encode()
    row = b"<row>" + b"<c><v>0</v></c>" * 100 + b"</row>"
    return enormous("xl/worksheets/sheet1.xml", head, row, 100_000, b"</sheetData></worksheet>", excel(None))


def xlsx_strings(folder: Path) -> bytes:
    """A text of a megabyte that fifty thousand cells point at."""
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 50_000))
    return packed(excel(f"<sheetData>{cells}</sheetData>", f"<si><t>{'零' * (_MIB // 3)}</t></si>"))


def xlsx_string_bomb(folder: Path) -> bytes:
    head = f'<sst xmlns="{_S}">'.encode()
    parts = {name: part for name, part in excel("<sheetData/>").items() if "sharedStrings" not in name}
    return enormous("xl/sharedStrings.xml", head, b"<si><t>0</t></si>", 20_000_000, b"</sst>", parts)


def xlsx_laughs(folder: Path) -> bytes:
    cell = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return packed(excel(cell, "<si><t>&j;</t></si>", LAUGHS))


def xlsx_external(folder: Path) -> bytes:
    cell = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    return packed(excel(cell, "<si><t>&s;</t></si>", external(folder)))
