"""Makes the PDF files of this folder with LibreOffice, Chromium and reportlab; run by hand, never by a test.

``NAME.pdf.json`` beside each is the report that was printed, as canonical JSON.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable
from pathlib import Path

from govinfo.schema.convert import to_json
from govinfo.testing import example_report, print_report
from govinfo.testing.examples import Edition, Profile
from govinfo.testing.formats.docx import docx
from govinfo.testing.formats.libreoffice import convert
from govinfo.testing.formats.pdf import chromium, typeset
from govinfo.testing.layouts import html
from govinfo.testing.sheet import Sheet

HERE = Path(__file__).parent


def small_pages(sheet: Sheet) -> bytes:
    """Pages so low that rows and figures are cut in two."""

    def lower(document: object) -> None:
        from docx.shared import Pt

        document.sections[0].page_height = Pt(480)  # type: ignore[attr-defined]
        for table in document.tables:  # type: ignore[attr-defined]
            for row in table.rows:
                for cell in row.cells:
                    for paragraph in cell.paragraphs:
                        paragraph.paragraph_format.space_after = Pt(0)

    return convert(docx(sheet, lower), "docx", "pdf")


PAGE = "@page{size:640pt 420pt;margin:36pt} table{border-collapse:collapse;font-size:10px} td{padding:2px 4px}"
MADE: tuple[tuple[str, Edition, int, Profile, Callable[[Sheet], bytes]], ...] = (
    ("libreoffice", "2021", 51, "few", small_pages),
    ("libreoffice_large", "2019", 52, "large", small_pages),
    ("chromium_wps", "mixed", 54, "few", functools.partial(chromium, layout=html.html_wps, css=PAGE)),
    ("reportlab_two_pages", "2021", 55, "large", functools.partial(typeset, size=(1120, 790), columns=2)),
    ("reportlab_unruled", "2021", 56, "few", functools.partial(typeset, ruled=False)),
)


def main() -> None:
    """Make every file anew."""
    for name, edition, seed, profile, write in MADE:
        report = example_report(edition, seed, profile=profile)
        path = HERE / f"{name}.pdf"
        path.write_bytes(write(print_report(report)))
        text = json.dumps(to_json(report), ensure_ascii=False, indent=1)
        path.with_name(f"{path.name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
