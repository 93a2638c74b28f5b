"""PDF files: typeset by reportlab, printed by LibreOffice from Word documents and by Chromium from web pages."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from govinfo.testing.formats.docx import docx
from govinfo.testing.formats.libreoffice import convert
from govinfo.testing.formats.libreoffice import lacking as lacking_libreoffice
from govinfo.testing.formats.model import Format
from govinfo.testing.layouts import html
from govinfo.testing.sheet import Grid, Sheet

__all__ = ["A4", "PDF_FORMATS", "chromium", "find_chromium", "libreoffice", "typeset"]

A4 = (595.28, 841.89)
"""Width and height of a page, in points."""

_FONT = "STSong-Light"
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
_LABEL = 1.9
"""So much wider is a column of labels than one of figures."""


def lacking_reportlab() -> str:
    """Return ``reportlab`` where it is not installed."""
    try:
        import_module("reportlab")
    except ImportError:
        return "reportlab"
    return ""


def typeset(
    sheet: Sheet,
    *,
    size: tuple[float, float] = A4,
    ruled: bool = True,
    margin: float = 60.0,
    font: float = 9.0,
    repeat: int = 0,
    upright: bool = False,
    split: bool = False,
    numbered: str = "- {} -",
    columns: int = 1,
) -> bytes:
    """Typeset a report with reportlab, in a Chinese font every reader has.

    Args:
        sheet: the printed report.
        size: of the page.
        ruled: tables have ruling lines.
        margin: around the text.
        font: size in tables.
        repeat: rows of headings repeated where table 3 is cut by a page break.
        upright: headings of table 4 stand one character to a line.
        split: rows may be cut by a page break.
        numbered: how page numbers are printed, empty for none.
        columns: of text on a page: two is two reports' pages on one sheet.
    """
    platypus: Any = import_module("reportlab.platypus")
    styles: Any = import_module("reportlab.lib.styles")
    _register()
    body = styles.ParagraphStyle(
        "body", fontName=_FONT, fontSize=11, leading=17, wordWrap="CJK", firstLineIndent=22, spaceAfter=0
    )
    head = styles.ParagraphStyle("head", parent=body, fontSize=13, leading=22, spaceBefore=4)
    title = styles.ParagraphStyle("title", parent=body, fontSize=18, leading=28, alignment=1, firstLineIndent=0)
    inner = styles.ParagraphStyle("cell", parent=body, fontSize=font, leading=1.3 * font, firstLineIndent=0)
    centred = styles.ParagraphStyle("figure", parent=inner, alignment=1)
    width = (size[0] - (columns + 1) * margin) / columns
    story: list[Any] = [platypus.Paragraph(escape(text), title) for text in sheet.title]
    story += [platypus.Paragraph(escape(text), body) for text in sheet.opening]
    for section in sheet.sections:
        story.append(platypus.Paragraph(escape(section.heading), head))
        for block in section.blocks:
            if isinstance(block, Grid):
                story.append(_table(platypus, block, width, (inner, centred), ruled, repeat, upright, split))
            else:
                story.append(platypus.Paragraph(escape(block), body))
    story += [platypus.Paragraph(escape(text), body) for text in sheet.closing]
    stream = io.BytesIO()
    frames = [
        platypus.Frame(margin + column * (width + margin), margin, width, size[1] - 2 * margin, 0, 0, 0, 0)
        for column in range(columns)
    ]
    document = platypus.BaseDocTemplate(stream, pagesize=size, invariant=1)
    number = partial(_number, words=numbered, size=size, margin=margin, columns=columns)
    document.addPageTemplates(platypus.PageTemplate(frames=frames, onPage=number))
    document.build(story)
    return stream.getvalue()


@lru_cache(maxsize=1)
def _register() -> None:
    fonts: Any = import_module("reportlab.pdfbase.cidfonts")
    import_module("reportlab.pdfbase.pdfmetrics").registerFont(fonts.UnicodeCIDFont(_FONT))


def _number(canvas: Any, document: Any, *, words: str, size: tuple[float, float], margin: float, columns: int) -> None:
    if not words:
        return
    canvas.setFont(_FONT, 10)
    across = (size[0] - margin) / columns
    for column in range(columns):
        page = (document.page - 1) * columns + column + 1
        canvas.drawCentredString(margin / 2 + across * (column + 0.5), margin / 2, words.format(page))


def _table(
    platypus: Any,
    grid: Grid,
    width: float,
    styles: tuple[Any, Any],
    ruled: bool,
    repeat: int,
    upright: bool,
    split: bool,
) -> Any:
    inner, centred = styles
    squares = grid.spread()
    spans: list[tuple[Any, ...]] = []
    cells: list[list[Any]] = []
    weights = [1.0] * grid.width
    for row, line in enumerate(squares):
        texts: list[Any] = []
        for column, slot in enumerate(line):
            if not slot.begins:
                texts.append("")
                continue
            cell = slot.cell
            end = column + cell.colspan - 1  # merged over rows it would be a cell that no page break can pass
            spans += [("SPAN", (column, below), (end, below)) for below in range(row, row + cell.rowspan)]
            if cell.colspan == 1 and not cell.path and grid.table == "applications" and column < 3:
                weights[column] = (1.0, 1.2, 2.2)[column]
            elif grid.table == "disclosure" and column == 0:
                weights[column] = 2.0
            words = cell.text
            if upright and grid.table == "disputes" and cell.colspan == 1 and not cell.path:
                words = "\n".join(words)
            texts.append(platypus.Paragraph(escape(words).replace("\n", "<br/>"), centred if cell.path else inner))
        cells.append(texts)
    lines: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP" if split else "MIDDLE")]
    if ruled:
        for row, line in enumerate(squares):
            after = squares[row + 1] if row + 1 < len(squares) else []
            for at, slot in enumerate(line):
                place = (at, row), (at, row), 0.5, _BLACK
                lines += [("LINEABOVE", *place)] * slot.top + [("LINEBEFORE", *place)] * slot.left
                lines += [("LINEBELOW", *place)] * (at >= len(after) or after[at].top)
        lines.append(("LINEAFTER", (-1, 0), (-1, -1), 0.5, _BLACK))
    padding = [(f"{side}PADDING", (0, 0), (-1, -1), 2.0 if side in ("LEFT", "RIGHT") else 3.0) for side in _SIDES]
    return platypus.Table(
        cells,
        colWidths=[width * weight / sum(weights) for weight in weights],
        style=[*lines, *padding, *spans],
        repeatRows=repeat if grid.table == "applications" else 0,
        splitInRow=int(split),
        spaceBefore=4,
        spaceAfter=6,
    )


_BLACK = (0, 0, 0)
_SIDES = ("LEFT", "RIGHT", "TOP", "BOTTOM")


def libreoffice(sheet: Sheet) -> bytes:
    """Write a Word document and let LibreOffice print it."""
    return convert(docx(sheet), "docx", "pdf")


def find_chromium() -> str | None:
    """Return the path of Chromium or Chrome, None where there is neither."""
    return next((path for name in _CHROMIUM if (path := shutil.which(name))), None)


def lacking_chromium() -> str:
    """Return ``Chromium`` where it is not installed."""
    return "" if find_chromium() else "Chromium"


def chromium(sheet: Sheet, layout: Callable[[Sheet], str] = html.html, *, heads: bool = True, css: str = "") -> bytes:
    """Print a web page with Chromium.

    Args:
        sheet: the printed report.
        layout: writes the page.
        heads: print date, title, address and page number at the edges, as browsers do.
        css: rules for the page, such as ``@page{size:A5}``.
    """
    page = layout(sheet).replace("</head>", f"<style>{css}</style></head>", 1)
    with tempfile.TemporaryDirectory(prefix="govinfo-") as folder:
        source, target = Path(folder, "report.html"), Path(folder, "report.pdf")
        source.write_text(page, encoding="utf-8")
        subprocess.run(  # noqa: S603
            [
                *(find_chromium() or "chromium", "--headless", "--no-sandbox", "--disable-gpu"),
                f"--user-data-dir={folder}/profile",
                *(() if heads else ("--no-pdf-header-footer",)),
                f"--print-to-pdf={target}",
                source.as_uri(),
            ],
            check=True,
            capture_output=True,
            timeout=120,
        )
        return target.read_bytes()


PDF_FORMATS: tuple[Format, ...] = (
    Format("pdf", ".pdf", typeset, lacking_reportlab, keeps_paragraphs=False),
    Format("pdf_cut", ".pdf", partial(typeset, size=(520, 430), split=True), lacking_reportlab, keeps_paragraphs=False),
    Format("pdf_narrow", ".pdf", partial(typeset, upright=True, repeat=3), lacking_reportlab, keeps_paragraphs=False),
    Format(
        "pdf_two_pages",
        ".pdf",
        partial(typeset, size=(1120, 790), columns=2),
        lacking_reportlab,
        keeps_paragraphs=False,
    ),
    Format(
        *("pdf_unruled", ".pdf", partial(typeset, ruled=False), lacking_reportlab),
        keeps_blanks=False,
        keeps_paragraphs=False,
    ),
    Format("pdf_libreoffice", ".pdf", libreoffice, lacking_libreoffice, keeps_paragraphs=False),
    Format("pdf_chromium", ".pdf", chromium, lacking_chromium, keeps_paragraphs=False),
)
"""One report as PDF files of different programs, and as pages cut it."""
