"""OFD documents (GB/T 33190), as the programs of offices write them.

No writer of OFD on Python's package index comes without code under the AGPL, so these documents are made here from the
standard, in three manners that differ in everything a writer is free in: how text is cut into objects, in which measure
it is placed, how lines are drawn, how parts are named and refer to each other.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import groupby
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from govinfo.testing.formats.model import Format
from govinfo.testing.formats.paper import Line, Paper, lay_out
from govinfo.testing.sheet import Sheet

__all__ = ["OFD_FORMATS", "ofd_of", "ofd_pages", "package"]

_XMLNS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_POINT = 25.4 / 72


class Manner(NamedTuple):
    """How a program writes OFD."""

    words: Callable[[Paper], Iterable[str]]
    """The objects of a page's text."""
    line: Callable[[Line], str]
    absolute: bool
    """Paths begin at the root."""
    template: bool
    """The ruling lines and page numbers are drawn by a template, one for each page."""
    blocks: bool
    """Objects are put in blocks inside each other."""


def ofd_of(sheet: Sheet, manner: str = "lines") -> bytes:
    """Write a printed report as OFD.

    Args:
        sheet: the report.
        manner: ``lines``, one object for each line with runs of equal steps; ``characters``, one for each character,
            in points, over a template with the lines as thin boxes; ``printer``, as a virtual printer does it: one
            object for all that stands at the same height, measured upwards from the foot of the page.
    """
    papers = lay_out(sheet)
    return package(ofd_pages(papers, manner), [(paper.width, paper.height) for paper in papers], _MANNERS[manner])


def ofd_pages(papers: Sequence[Paper], manner: str = "lines") -> list[list[str]]:
    """Return the objects of pages, in XML."""
    how = _MANNERS[manner]
    return [[*map(how.line, paper.lines), *how.words(paper)] for paper in papers]


def package(
    pages: Sequence[Sequence[str]],
    sizes: Sequence[tuple[float, float]],
    how: Manner | None = None,
    extra: dict[str, bytes] | None = None,
    media: dict[str, str] | None = None,
) -> bytes:
    """Put pages of objects, in XML, into an OFD file.

    Args:
        pages: the objects of each page.
        sizes: of each page, in millimetres.
        how: the manner, by default ``lines``.
        extra: more members of the file, by path.
        media: pictures, by ID: their names in ``Doc_0/Res``.
    """
    how = how or _MANNERS["lines"]
    root, pages_at = ("/Doc_0/", "/Doc_0/Pages/") if how.absolute else ("", "Pages/")
    parts: dict[str, str | bytes] = {
        "OFD.xml": (
            f'<ofd:OFD {_XMLNS} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo><ofd:DocID>0a1b2c</ofd:DocID>'
            "<ofd:Title>公文模板</ofd:Title></ofd:DocInfo>"
            f"<ofd:DocRoot>{'/' if how.absolute else ''}Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
        ),
        "Doc_0/PublicRes.xml": (
            f'<ofd:Res {_XMLNS} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="3" FontName="宋体"/></ofd:Fonts>'
            '<ofd:DrawParams><ofd:DrawParam ID="4" LineWidth="0.25"/></ofd:DrawParams></ofd:Res>'
        ),
    }
    templates = []
    for number, (objects, size) in enumerate(zip(pages, sizes, strict=True)):
        box = f"<ofd:PhysicalBox>0 0 {size[0]:g} {size[1]:g}</ofd:PhysicalBox>"
        below = [one for one in objects if how.template and "PathObject" in one]
        content = "".join(one for one in objects if one not in below)
        if how.blocks:
            content = f'<ofd:PageBlock ID="8"><ofd:PageBlock ID="9">{content}</ofd:PageBlock></ofd:PageBlock>'
        used = ""
        if how.template:
            templates.append(f'<ofd:TemplatePage ID="{900 + number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>')
            parts[f"Doc_0/Tpls/Tpl_{number}/Content.xml"] = (
                f'<ofd:Page {_XMLNS}><ofd:Area>{box}</ofd:Area><ofd:Content><ofd:Layer ID="7" Type="Background">'
                f"{''.join(below)}</ofd:Layer></ofd:Content></ofd:Page>"
            )
            used = f'<ofd:Template TemplateID="{900 + number}" ZOrder="Background"/>'
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_XMLNS}>{used}<ofd:Area>{box}</ofd:Area><ofd:Content>"
            f'<ofd:Layer ID="6" Type="Body">{content}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    listed = "".join(
        f'<ofd:Page ID="{100 + number}" BaseLoc="{pages_at}Page_{number}/Content.xml"/>' for number in range(len(pages))
    )
    resources = f"<ofd:PublicRes>{root}PublicRes.xml</ofd:PublicRes>"
    if media:
        resources += "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>"
        files = "".join(
            f'<ofd:MultiMedia ID="{key}" Type="Image"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>'
            for key, name in media.items()
        )
        parts["Doc_0/DocumentRes.xml"] = (
            f'<ofd:Res {_XMLNS} BaseLoc="Res"><ofd:MultiMedias>{files}</ofd:MultiMedias></ofd:Res>'
        )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {_XMLNS}><ofd:CommonData><ofd:MaxUnitID>999</ofd:MaxUnitID><ofd:PageArea>"
        f"<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{resources}{''.join(templates)}"
        f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    return _zipped({**parts, **(extra or {})})


def _zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, part in parts.items():
            archive.writestr(path, _HEAD + part if isinstance(part, str) else part)
    return buffer.getvalue()


# Text.


def _runs(steps: Sequence[float]) -> str:
    """Write steps as programs do: ``g 3 6.35`` for three equal ones."""
    found = []
    for step, same in groupby(f"{step:.4g}" for step in steps):
        many = len([*same])
        found.append(f"g {many} {step}" if many > 2 else " ".join([step] * many))
    return " ".join(found)


def _code(text: str, x: float, y: float, steps: Sequence[float]) -> str:
    deltas = f" DeltaX={quoteattr(_runs(steps))}" if len(text) > 1 else ""
    return f'<ofd:TextCode X="{x:.4f}" Y="{y:.4f}"{deltas}>{escape(text)}</ofd:TextCode>'


def _lines(paper: Paper) -> Iterable[str]:
    for words in paper.words:
        steps = words.steps()
        box = f"{words.x:.4f} {words.y - words.size:.4f} {sum(steps):.4f} {1.2 * words.size:.4f}"
        code = _code(words.text, 0.0, words.size, steps[:-1])
        yield (
            f'<ofd:TextObject ID="10" Boundary="{box}" Font="3" Size="{words.size:.4f}">'
            f'<ofd:FillColor Value="0 0 0"/>{code}</ofd:TextObject>'
        )


def _characters(paper: Paper) -> Iterable[str]:
    whole = f"0 0 {paper.width:g} {paper.height:g}"
    for words in paper.words:
        x = words.x
        for one, step in zip(words.text, words.steps(), strict=True):
            if not one.isspace():
                yield (
                    f'<ofd:TextObject ID="10" Boundary="{whole}" CTM="{_POINT:.6f} 0 0 {_POINT:.6f} 0 0" Font="3" '
                    f'Size="{words.size / _POINT:.3f}"><ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1">'
                    f"<ofd:Glyphs>{ord(one) % 60000}</ofd:Glyphs></ofd:CGTransform>"
                    f"{_code(one, x / _POINT, words.y / _POINT, [])}</ofd:TextObject>"
                )
            x += step


def _printer(paper: Paper) -> Iterable[str]:
    """Measure upwards from the foot, as PostScript does: the matrix moves down, and places are negative."""
    words = sorted(paper.words, key=lambda one: (round(one.y, 2), one.size, one.x))
    for (_, size), same in groupby(words, key=lambda one: (round(one.y, 2), one.size)):
        codes = "".join(
            _code(
                one.text,
                one.x / _POINT,
                (one.y - paper.height) / _POINT,
                [step / _POINT for step in one.steps()[:-1]],
            )
            for one in same
        )
        yield (
            f'<ofd:TextObject ID="10" Boundary="-20 -20 {paper.width + 40:g} {paper.height + 40:g}" '
            f'CTM="{_POINT:.6f} 0 0 {_POINT:.6f} 20 {paper.height + 20:g}" Font="3" Size="{size / _POINT:.4f}">'
            f"{codes}</ofd:TextObject>"
        )


# Ruling lines.


def _stroke(line: Line) -> str:
    """Draw a line from its own corner, with the thickness of the drawing parameters."""
    x0, y0, x1, y1 = line
    return (
        f'<ofd:PathObject ID="11" Boundary="{x0:.4f} {y0:.4f} {x1 - x0 + 0.25:.4f} {y1 - y0 + 0.25:.4f}" DrawParam="4">'
        f"<ofd:AbbreviatedData>M 0 0 L {x1 - x0:.4f} {y1 - y0:.4f}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _thin_box(line: Line) -> str:
    """Fill a box as thin as a line."""
    x0, y0, x1, y1 = (value / _POINT for value in line)
    x1, y1 = max(x1, x0 + 0.5), max(y1, y0 + 0.5)
    return (
        f'<ofd:PathObject ID="11" Boundary="0 0 210 297" CTM="{_POINT:.6f} 0 0 {_POINT:.6f} 0 0" Stroke="false" '
        f'Fill="true"><ofd:AbbreviatedData>M {x0:.3f} {y0:.3f} L {x1:.3f} {y0:.3f} L {x1:.3f} {y1:.3f} '
        f"L {x0:.3f} {y1:.3f} C</ofd:AbbreviatedData></ofd:PathObject>"
    )


_MANNERS = {
    "lines": Manner(_lines, _stroke, absolute=True, template=False, blocks=False),
    "characters": Manner(_characters, _thin_box, absolute=False, template=True, blocks=True),
    "printer": Manner(_printer, _stroke, absolute=False, template=False, blocks=False),
}

OFD_FORMATS: tuple[Format, ...] = tuple(
    Format(name, ".ofd", partial(ofd_of, manner=manner), keeps_paragraphs=False)
    for name, manner in (("ofd", "lines"), ("ofd_characters", "characters"), ("ofd_printer", "printer"))
)
"""OFD in every manner."""
