"""Layouts: the ways one printed report is published, as text and as HTML.

Each writer makes the text of a document from a `govinfo.testing.sheet.Sheet`; `LAYOUTS` names them all.
"""

from __future__ import annotations

from typing import Any

from govinfo.schema import Report
from govinfo.testing.layouts import html as _html
from govinfo.testing.layouts import text as _text
from govinfo.testing.layouts.model import Layout, encode
from govinfo.testing.sheet import Sheet, print_report

__all__ = ["LAYOUTS", "Layout", "encode", "layout", "render"]

LAYOUTS: dict[str, Layout] = {
    known.name: known
    for known in (
        Layout("lines", _text.lines),
        Layout("lines_plain", _text.lines_plain, keeps_blanks=False, keeps_rows=False),
        Layout("lines_spaced", _text.lines_spaced, keeps_blanks=False, keeps_rows=False),
        Layout("cell_bar", _text.cell_bar, keeps_rows=False),
        Layout("cell_bar_alternate", _text.cell_bar_alternate, keeps_rows=False),
        Layout("tabs", _text.tabs),
        Layout("tabs_ragged", _text.tabs_ragged),
        Layout("pipes", _text.pipes),
        Layout("markdown", _text.markdown),
        Layout("spaces", _text.spaces, keeps_blanks=False, keeps_cells=False),
        Layout("html", _html.html, "html"),
        Layout("html_word", _html.html_word, "html"),
        Layout("html_wps", _html.html_wps, "html"),
        Layout("html_page", _html.html_page, "html"),
        Layout("html_paragraphs", _html.html_paragraphs, "html", keeps_rows=False),
        Layout("html_split", _html.html_split, "html"),
    )
}
"""Every layout, by name."""


def layout(name: str | Layout) -> Layout:
    """Return the layout called ``name``.

    Raises:
        KeyError: no layout has that name; the message lists those that exist.
    """
    if isinstance(name, Layout):
        return name
    if name not in LAYOUTS:
        raise KeyError(f"no layout {name!r}; there are {', '.join(LAYOUTS)}")
    return LAYOUTS[name]


def render(
    report: Report | Sheet,
    name: str | Layout,
    *,
    encoding: str = "utf-8",
    declared: str | None = None,
    **options: Any,
) -> bytes:
    """Publish a report.

    Args:
        report: a report whose tables are whole, or a sheet made by `print_report`.
        name: a layout or its name in `LAYOUTS`.
        encoding: of the bytes.
        declared: what an HTML page claims to be its encoding; None: the truth.
        options: for `print_report`.

    Raises:
        ValueError: the report has cells that cannot be printed.
    """
    sheet = report if isinstance(report, Sheet) else print_report(report, **options)
    return encode(layout(name).write(sheet), encoding, declared)
