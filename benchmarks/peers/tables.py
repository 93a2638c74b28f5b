"""What users reach for today to get tables out of documents, each with the obvious look-up of labels behind it.

A peer turns a document into rows of texts. `figures` then does what anybody would write first: find the row whose label
is the form's, take the cells behind it in order. It is fair: white space inside labels does not matter, full stops and
brackets may be of either width, repeated texts of merged cells count once as labels; the values of table 4 are the
one row of fifteen numbers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from govinfo.schema import Disputes, leaves
from govinfo.schema.editions import EDITIONS
from govinfo.schema.form import rows as form_rows

__all__ = ["PEERS", "Rows", "figures"]

Rows = Iterable[list[str]]

_SPACE = re.compile(r"[\s\u200b\ufeff]+")
_WIDTH = str.maketrans("（），：．。；", "(),:..;")
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_FIGURE = re.compile(rf"{_NUMBER.pattern}(?:万元|元|件|个|宗)?")


def _plain(text: object) -> str:
    return _SPACE.sub("", "" if text is None else str(text)).translate(_WIDTH)


def figures(rows: Rows, disclosure: str, applications: str) -> dict[str, str]:
    """Look the form's labels up in rows of texts: what stands at each canonical path, as printed.

    Args:
        rows: of all tables of a document, in reading order.
        disclosure: edition of table 2, which the peer is told.
        applications: edition of table 3.
    """
    items: dict[str, list[str]] = {}
    for leaf in leaves(EDITIONS["disclosure"][disclosure]):
        items.setdefault(_plain(leaf.specs[0].label), []).append(f"disclosure.{leaf.path}")
    form = EDITIONS["applications"][applications]
    columns = list(dict.fromkeys(leaf.path.partition(".")[0] for leaf in leaves(form)))
    lines = {}
    for leaf in form_rows(form):
        under = _plain(leaf.specs[-2].label) if len(leaf.specs) > 1 else ""
        lines[under, _plain(leaf.spec.label)] = [f"applications.{column}.{leaf.path}" for column in columns]
    fifteen = [f"disputes.{leaf.path}" for leaf in leaves(Disputes)]
    found: dict[str, str] = {}
    group = ""
    for row in rows:
        texts = [_plain(text) for text in row]
        labels, values = _parted(texts)
        if labels:
            groups = [label for label in labels if any(label == known for known, _ in lines if known)]
            group = groups[-1] if groups else group
            paths = items.get(labels[-1]) or lines.get((group, labels[-1])) or lines.get(("", labels[-1])) or []
        else:
            paths = fifteen if len(values) == len(fifteen) else []
        for path, value in zip(paths, values, strict=False):
            found.setdefault(path, value)
    return found


def _parted(texts: list[str]) -> tuple[list[str], list[str]]:
    """Part a row into the labels it begins with and what stands behind them."""
    at = 0
    for position, text in enumerate(texts):
        if text and not _FIGURE.fullmatch(text) and re.search(r"[\u4e00-\u9fff]", text):
            at = position + 1
    labels = [text for text in dict.fromkeys(texts[:at]) if text]
    behind = texts[at:]
    while len(behind) > 7 and len(behind) != 15 and not behind[-1]:  # a sheet is as wide as its widest table
        behind.pop()
    if len(behind) > 7 and len(behind) != 15:
        behind = behind[-7:] if labels else behind
    return labels, behind


def number(text: str) -> str | None:
    """Return the number in a cell, without its thousands separators; None where it holds none."""
    found = _NUMBER.match(text)
    return found[0].replace(",", "") if found else None


# the peers


def _pandas_html(content: bytes, name: str) -> Iterator[list[str]]:
    pandas: Any = import_module("pandas")
    for frame in pandas.read_html(io.BytesIO(content), header=None, encoding="utf-8", keep_default_na=False):
        head = (
            [list(map(str, names)) for names in zip(*frame.columns, strict=True)] if frame.columns.nlevels > 1 else []
        )
        yield from head
        yield from frame.astype(str).values.tolist()


def _pandas_excel(content: bytes, name: str) -> Iterator[list[str]]:
    pandas: Any = import_module("pandas")
    for frame in pandas.read_excel(io.BytesIO(content), sheet_name=None, header=None, keep_default_na=False).values():
        yield from frame.astype(str).values.tolist()


def _markitdown(content: bytes, name: str) -> Iterator[list[str]]:
    module: Any = import_module("markitdown")
    converter = module.MarkItDown()
    info = module.StreamInfo(extension="." + name.rpartition(".")[2], charset="utf-8")
    text = converter.convert_stream(io.BytesIO(content), stream_info=info).text_content
    for line in text.splitlines():
        if line.lstrip().startswith("|"):
            yield [cell.strip() for cell in line.strip().strip("|").split("|")]


def _docx(content: bytes, name: str) -> Iterator[list[str]]:
    docx: Any = import_module("docx")
    for table in docx.Document(io.BytesIO(content)).tables:
        for row in table.rows:
            texts, before = [], None
            for cell in row.cells:  # a merged cell comes once for each square it covers
                if cell._tc is not before:
                    texts.append(cell.text)
                before = cell._tc
            yield texts


def _openpyxl(content: bytes, name: str) -> Iterator[list[str]]:
    openpyxl: Any = import_module("openpyxl")
    for sheet in openpyxl.load_workbook(io.BytesIO(content), data_only=True).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield ["" if value is None else str(value) for value in row]


def _pdfplumber(content: bytes, name: str) -> Iterator[list[str]]:
    pdfplumber: Any = import_module("pdfplumber")
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            for table in page.extract_tables():
                for row in table:
                    yield [cell or "" for cell in row]


def _camelot(content: bytes, name: str) -> Iterator[list[str]]:
    import tempfile
    from pathlib import Path

    camelot: Any = import_module("camelot")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.pdf"
        path.write_bytes(content)
        for table in camelot.read_pdf(str(path), pages="all", flavor="lattice", suppress_stdout=True):
            yield from table.df.values.tolist()


PEERS: Mapping[str, Mapping[str, tuple[str, Callable[[bytes, str], Iterable[list[str]]]]]] = {
    ".html": {"pandas.read_html": ("pandas", _pandas_html), "markitdown": ("markitdown", _markitdown)},
    ".docx": {"python-docx": ("docx", _docx), "markitdown": ("markitdown", _markitdown)},
    ".xlsx": {
        "openpyxl": ("openpyxl", _openpyxl),
        "pandas.read_excel": ("pandas", _pandas_excel),
        "markitdown": ("markitdown", _markitdown),
    },
    ".pdf": {
        "pdfplumber": ("pdfplumber", _pdfplumber),
        "camelot": ("camelot", _camelot),
        "markitdown": ("markitdown", _markitdown),
    },
}
"""By suffix: name of the peer, the module it needs, and how it turns a document into rows."""
