"""The examples of the SRC rules, printed: the reader really notes what each is said to be noted for."""

from __future__ import annotations

import io
import re
import zipfile
from html import escape
from pathlib import Path

import pytest

import govinfo
from govinfo.documents.sheets.names import letters
from govinfo.rules.national.reading import OTHER, SRC
from govinfo.schema import Report
from govinfo.testing import print_report, render
from govinfo.testing.bases import base_report
from govinfo.testing.formats.excel import draw
from govinfo.testing.formats.libreoffice import convert, lacking
from govinfo.testing.formats.ofd import ofd_pages, package
from govinfo.testing.formats.page import page_in_script
from govinfo.testing.formats.paper import lay_out
from govinfo.testing.formats.scans import paper_picture
from govinfo.testing.sheet import PrintedCell

PRINTED = render(base_report(), "tabs").decode()
PLAIN = render(base_report(), "lines_plain").decode()  # one cell per line
OLD = render(base_report("2019"), "tabs").decode()
TABLE_3 = PRINTED[PRINTED.index("三、收到") : PRINTED.index("四、政府信息公开行政")]
GRANTED = "（一）予以公开\t\t0\t3\t0\t1\t0\t0\t4"
FIGURES = re.compile(r"(?m)((?:\t\d+){7})$")


def replaced(old: str, new: str, text: str = PRINTED) -> str:
    assert text.count(old) == 1
    return text.replace(old, new)


def slipped() -> str:
    """Table 3 with the figures of every row in the row above."""
    first, *others = [found[1] for found in FIGURES.finditer(TABLE_3)]
    moved = iter([*others, first])
    return replaced(TABLE_3, FIGURES.sub(lambda _: next(moved), TABLE_3))


class Workbook:
    """A workbook whose cells show whole numbers, whatever they store."""

    def __init__(self, report: Report, stored: dict[str, str]) -> None:
        self._stored, self._rows, self._merges = stored, dict[int, list[str]](), list[str]()
        draw(print_report(report), self)

    def write(self, row: int, col: int, cell: PrintedCell, *, framed: bool, bold: bool) -> None:
        name = f"{letters(col + 1)}{row + 1}"
        kind, value = ("str", escape(cell.text)) if not cell.path else ("n", self._stored.get(cell.path, cell.text))
        self._rows.setdefault(row, []).append(f'<c r="{name}" s="0" t="{kind}"><v>{value}</v></c>')
        end = f"{letters(col + cell.colspan)}{row + cell.rowspan}"
        self._merges += [f'<mergeCell ref="{name}:{end}"/>'] if end != name else []

    def content(self) -> bytes:
        into = io.BytesIO()
        rows = "".join(f'<row r="{row + 1}">{"".join(cells)}</row>' for row, cells in self._rows.items())
        related = "".join(f'<R Id="{kind}" Type="t/{kind}" Target="{kind}.xml"/>' for kind in ("worksheet", "styles"))
        with zipfile.ZipFile(into, "w") as archive:
            sheets = '<sheets><sheet name="年报" r:id="worksheet"/></sheets>'
            archive.writestr("xl/workbook.xml", f'<workbook xmlns:r="urn:relationships">{sheets}</workbook>')
            archive.writestr("xl/_rels/workbook.xml.rels", f"<Rs>{related}</Rs>".replace("<R ", "<Relationship "))
            archive.writestr("xl/styles.xml", '<styleSheet><cellXfs><xf numFmtId="1"/></cellXfs></styleSheet>')
            merged = f"<mergeCells>{''.join(self._merges)}</mergeCells>"
            archive.writestr("xl/worksheet.xml", f"<worksheet><sheetData>{rows}</sheetData>{merged}</worksheet>")
        return into.getvalue()


def with_object() -> bytes:
    """A Word document in which a worksheet of Excel is embedded."""
    page = (
        '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" '
        'xmlns:o="urn:schemas-microsoft-com:office:office"><w:body>{}</w:body></w:wordDocument>'
    )
    lines = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in PLAIN.split("\n"))
    return page.format(f'{lines}<w:p><w:r><o:OLEObject ProgID="Excel.Sheet.12"/></w:r></w:p>').encode()


def with_a_scanned_page() -> bytes:
    """The report as OFD, and behind it a page that is a picture."""
    papers = lay_out(print_report(base_report()))
    picture = '<ofd:ImageObject ID="12" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="500"/>'
    pages = [*ofd_pages(papers), [picture]]
    scan = {"Doc_0/Res/a.png": paper_picture().png()}
    return package(pages, [(210.0, 297.0)] * len(pages), extra=scan, media={"500": "a.png"})


GOLDEN = Path(__file__).parents[2] / "golden" / "formats"
UNRULED = (GOLDEN / "reportlab_unruled.pdf").read_bytes()

PRINTINGS: dict[str, str | bytes] = {
    "SRC001": PRINTED.encode().replace("申请数量".encode(), "申".encode() + b"\xe8\xaf" + "数量".encode(), 1),
    "SRC002": replaced("（一）予以公开", "（一）予以公X"),
    "SRC003": replaced(GRANTED, "（一）予以公开\t\t0 3 0 1 0 0 4"),
    "SRC004": replaced(GRANTED, GRANTED.replace("\t3\t", "\t1 2？\t")),
    "SRC005": replaced(GRANTED, GRANTED.replace("\t3\t", "\t3.5\t")),
    "SRC006": PRINTED[: PRINTED.index("\t（四）无法提供")],
    "SRC007": replaced(TABLE_3, f"{TABLE_3}\n{TABLE_3}"),
    "SRC008": OLD,
    "SRC009": replaced("（四）无法提供", "- 4 -\n（四）无法提供", PLAIN),
    "SRC010": re.sub(r"青河市教育局|20\d\d年度?", "", PRINTED),
    "SRC011": slipped(),
    "SRC012": replaced("\n第二十条第（五）项", "\n其他公开文件\t2\t0\t2\n第二十条第（五）项"),
    "SRC022": Workbook(base_report(), {"applications.total.granted": "4.4"}).content(),
    "SRC020": with_object(),
    "SRC026": page_in_script(render(base_report(), "html").decode()),
    "SRC027": PRINTED.replace("青河市教育局", "市中区教育局"),
    "SRC023": UNRULED.replace(b"6 0 R ]", b"999 0 R ]"),  # its third page is not in the file
    "SRC024": (GOLDEN / "libreoffice_large.pdf").read_bytes(),  # figures folded in narrow cells
    "SRC025": with_a_scanned_page(),
}


WORKBOOK = Workbook(base_report(), {"disclosure.fees.amount": "0"}).content()


@pytest.mark.parametrize("code", sorted(SRC.keys() - {OTHER}))
def test_what_an_example_shows_is_noted(code: str) -> None:
    if code == "SRC021":
        if lacking():
            pytest.skip(f"needs {lacking()}")
        PRINTINGS[code] = convert(render(base_report(), "html"), "html", "odt")
    printed = PRINTINGS[code]
    if isinstance(printed, bytes) and printed.startswith(b"%PDF"):
        pytest.importorskip("pypdfium2", reason="pip install pypdfium2")
    content = printed if isinstance(printed, bytes) else printed.encode()
    assert code in {problem.code for problem in govinfo.check(content).reading.problems}


@pytest.mark.parametrize("plain", [PRINTED, PLAIN, replaced("\t12.5\t", "\t12.5 元\t", OLD), WORKBOOK])
def test_a_report_printed_as_it_should_be_is_read_without_a_note(plain: str | bytes) -> None:
    content = plain if isinstance(plain, bytes) else plain.encode()
    assert govinfo.check(content).reading.problems == ()
