"""OFD: where characters and lines stand, what is not seen, what is not read, and how parts find each other."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from lxml import etree

from govinfo.documents.model import Block, Document, Table
from govinfo.documents.pages import ofd
from govinfo.documents.pages.model import Page
from govinfo.documents.pages.ofd import read_ofd
from govinfo.errors import ReadError
from govinfo.testing.formats.ofd import package
from govinfo.testing.formats.scans import paper_picture

A4 = (210.0, 297.0)
MM = 72 / 25.4
WHOLE = 'Boundary="0 0 210 297"'


def page_of(*objects: str, size: tuple[float, float] = A4, monkeypatch: pytest.MonkeyPatch, **more: Any) -> Page:
    """The marks of the one page that holds some objects."""
    return pages_of(package([list(objects)], [size], **more), monkeypatch)[0]


def pages_of(content: bytes, monkeypatch: pytest.MonkeyPatch) -> list[Page]:
    found: list[Page] = []

    def keep(pages: Iterable[Page]) -> list[Block]:
        found.extend(pages)
        return []

    monkeypatch.setattr(ofd, "blocks_of_pages", keep)
    try:
        read_ofd(content, "x.ofd")
    except ReadError as error:
        if error.kind != "scanned":
            raise
    return found


def text(words: str, x: float = 20.0, y: float = 30.0, code: str = "", **attributes: str) -> str:
    written = "".join(f' {name}="{value}"' for name, value in attributes.items())
    inside = f'<ofd:TextCode X="{x}" Y="{y}" {code}>{words}</ofd:TextCode>'
    return f'<ofd:TextObject {WHOLE} Size="4"{written}>{inside}</ofd:TextObject>'


def path(data: str, more: str = "", inside: str = "") -> str:
    return f"<ofd:PathObject {WHOLE} {more}>{inside}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"


def said(page: Page) -> str:
    return "".join(glyph.text for glyph in page.glyphs)


def rewritten(content: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return buffer.getvalue()


# Where characters stand.


@pytest.mark.parametrize(
    ("code", "words", "xs"),
    [
        ('DeltaX="4 4 10"', "甲乙丙丁", [20, 24, 28, 38]),
        ('DeltaX="g 3 5"', "甲乙丙丁", [20, 25, 30, 35]),
        ('DeltaX="4 g 2 6 "', "甲乙丙丁", [20, 24, 30, 36]),
        ('DeltaX="g 0 9 4,4,4"', "甲乙丙丁", [20, 24, 28, 32]),
        ('DeltaX="g 900000 5"', "甲乙丙丁", [20, 25, 30, 35]),
        ('DeltaX="5"', "甲乙1 2", [20, 25, 29, 33]),  # the steps that are not written are natural ones
        ("", "甲1 2", [20, 24, 28]),
        ('DeltaX="4 4"', "\n  甲乙丙\n  ", [20, 24, 28]),  # broken by a program that makes XML pretty
        ('DeltaX="4 4 4"', "甲 乙丙", [20, 28, 32]),
        ('DeltaX="4 4 4"', "𠮷乙丙", [20, 28, 32]),  # steps counted as in UTF-16
    ],
)
def test_each_character_has_its_step(code: str, words: str, xs: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(text(words, code=code), monkeypatch=monkeypatch)
    assert said(page) == "".join(words.split())
    assert [round(glyph.x0 / MM, 3) for glyph in page.glyphs] == xs
    assert {round(glyph.size / MM, 3) for glyph in page.glyphs} == {4.0}
    assert all(glyph.y0 < 30 * MM < glyph.y1 for glyph in page.glyphs)


def test_one_glyph_for_several_characters_has_one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    node = (
        f'<ofd:TextObject {WHOLE} Size="4"><ofd:CGTransform CodePosition="1" CodeCount="2" GlyphCount="1"><ofd:Glyphs>7'
        '</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="20" Y="30" DeltaX="4 4">1fi2</ofd:TextCode></ofd:TextObject>'
    )
    page = page_of(node, monkeypatch=monkeypatch)
    assert [(glyph.text, round(glyph.x0 / MM)) for glyph in page.glyphs] == [("1", 20), ("fi", 24), ("2", 28)]


def test_glyphs_named_for_characters_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    node = (
        f'<ofd:TextObject {WHOLE} Size="4"><ofd:CGTransform CodePosition="0" CodeCount="3" GlyphCount="3"><ofd:Glyphs>'
        '17 18 19</ofd:Glyphs></ofd:CGTransform><ofd:TextCode X="20" Y="30" DeltaX="4 4">123</ofd:TextCode>'
        "</ofd:TextObject>"
    )
    assert said(page_of(node, monkeypatch=monkeypatch)) == "123"


def test_a_second_run_of_an_object_stands_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    node = (
        f'<ofd:TextObject {WHOLE} Size="4"><ofd:TextCode X="20" Y="30" DeltaX="4">甲乙</ofd:TextCode>'
        '<ofd:TextCode X="60">丙</ofd:TextCode></ofd:TextObject>'
    )
    page = page_of(node, monkeypatch=monkeypatch)
    assert [(glyph.text, round(glyph.x0 / MM)) for glyph in page.glyphs] == [("甲", 20), ("乙", 24), ("丙", 60)]
    assert len({glyph.y0 for glyph in page.glyphs}) == 1


def test_boundary_matrix_and_paper_all_count(monkeypatch: pytest.MonkeyPatch) -> None:
    node = (
        '<ofd:TextObject Boundary="10 20 5 5" CTM="0.5 0 0 0.5 1 2" Size="8"><ofd:TextCode X="4" Y="6">甲'
        "</ofd:TextCode></ofd:TextObject>"
    )
    (glyph,) = page_of(node, monkeypatch=monkeypatch).glyphs
    assert glyph.x0 == pytest.approx((10 + 1 + 2) * MM)
    assert glyph.y0 < (20 + 2 + 3) * MM < glyph.y1
    assert glyph.size == pytest.approx(4 * MM)


def test_paper_need_not_begin_at_nought(monkeypatch: pytest.MonkeyPatch) -> None:
    content = package([[text("甲")]], [A4])
    moved = rewritten(
        content,
        lambda parts: parts.update(
            {
                name: part.replace(b"<ofd:PhysicalBox>0 0 210 297", b"<ofd:PhysicalBox>10 5 100 100")
                for name, part in parts.items()
            }
        ),
    )
    (page,) = pages_of(moved, monkeypatch)
    assert [page.width, page.height] == pytest.approx([100 * MM, 100 * MM])
    assert page.glyphs[0].x0 == pytest.approx(10 * MM)


@pytest.mark.parametrize(
    ("size", "matrix"),
    [((297.0, 210.0), "1 0 0 1 0 0"), (A4, "0 1 -1 0 210 0"), (A4, "0 -1 1 0 0 297")],
    ids=["upright", "clockwise", "counter-clockwise"],
)
def test_a_page_is_turned_until_its_text_is_upright(
    size: tuple[float, float], matrix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A table printed across a page that stands upright: one is read as if the page were turned."""
    words = "".join(
        f'<ofd:TextObject Boundary="0 0 1 1" CTM="{matrix}" Size="4"><ofd:TextCode X="20" Y="{y}" DeltaX="g 9 5">'
        "0123456789</ofd:TextCode></ofd:TextObject>"
        for y in range(20, 80, 10)
    )
    line = path("M 20 90 L 250 90").replace(WHOLE, f'Boundary="0 0 1 1" CTM="{matrix}"')
    page = page_of(words, line, size=size, monkeypatch=monkeypatch)
    assert [page.width, page.height] == pytest.approx([297 * MM, 210 * MM])
    assert [round(glyph.x0 / MM) for glyph in page.glyphs[:10]] == [*range(20, 70, 5)]
    assert [round((glyph.y1 - 0.48) / MM) for glyph in page.glyphs[::10]] == [*range(20, 80, 10)]
    (rule,) = page.rules
    assert [round(value / MM) for value in rule] == [20, 90, 250, 90]


def test_text_that_runs_down_stands_below_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    for down in (text("甲乙丙", code='DeltaY="g 2 5"'), text("甲乙丙", ReadDirection="90")):
        page = page_of(down, monkeypatch=monkeypatch)
        assert said(page) == "甲乙丙"
        assert len({glyph.x0 for glyph in page.glyphs}) == 1
        assert page.glyphs[0].y1 < page.glyphs[2].y0


# Ruling lines.


@pytest.mark.parametrize(
    ("data", "more", "rules"),
    [
        ("M 20 30 L 60 30", "", [(20, 30, 60, 30)]),
        ("S 20 30 L 60 30", "", [(20, 30, 60, 30)]),
        ("M 60 30 L 20 30", "", [(20, 30, 60, 30)]),
        ("M 20 30 L 20 70", "", [(20, 30, 20, 70)]),
        ("M20,30L60,30L60,70", "", [(20, 30, 60, 30), (60, 30, 60, 70)]),
        (
            "M 20 30 L 60 30 L 60 70 L 20 70 C",
            "",
            [(20, 30, 60, 30), (60, 30, 60, 70), (20, 70, 60, 70), (20, 30, 20, 70)],
        ),
        ("M 20 30 L 60 70", "", []),
        ("M 20 30 L 60 30", 'Stroke="false"', []),
        ("M 20 30 L 60 30", 'Stroke="false" Fill="true"', []),
        ("M 20 30 L 60 30 L 60 30.2 L 20 30.2 C", 'Stroke="false" Fill="true"', [(20, 30.1, 60, 30.1)]),
        ("M 20 30 L 20.2 30 L 20.2 70 L 20 70 C", 'Stroke="false" Fill="true"', [(20.1, 30, 20.1, 70)]),
        ("M 20 30 L 60 30 L 60 70 L 20 70 C", 'Stroke="false" Fill="true"', []),
        ("M 20 30 L 60 30", 'LineWidth="9"', []),
        ("M 20 30 L 20.4 30", 'LineWidth="40"', [(20.2, 10, 20.2, 50)]),
        ("M 20 30 L 60 30", 'Alpha="0"', []),
        ("M 20 30 B 1 2 3 4 60 30", "", []),
        ("M 20 30 L 60 30 X 9 9", "", [(20, 30, 60, 30)]),
        ("M 20 30 L 60 30 L 1e99 5", "", [(20, 30, 60, 30)]),
        ("L 60 30", "", []),
        ("", "", []),
    ],
)
def test_lines_are_what_is_straight_and_thin(
    data: str, more: str, rules: list[tuple[float, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_of(path(data, more), monkeypatch=monkeypatch)
    assert [tuple(round(value / MM, 2) for value in rule) for rule in page.rules] == rules


def test_thickness_may_stand_among_the_drawing_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    def thick(parts: dict[str, bytes]) -> None:
        parts["Doc_0/PublicRes.xml"] = parts["Doc_0/PublicRes.xml"].replace(b'LineWidth="0.25"', b'LineWidth="9"')

    content = package([[path("M 20 30 L 60 30", 'DrawParam="4"')]], [A4])
    assert len(pages_of(content, monkeypatch)[0].rules) == 1
    assert pages_of(rewritten(content, thick), monkeypatch)[0].rules == ()


# What is not seen.

WHITE = '<ofd:FillColor Value="255 255 255"/>'
BOX = "M 10 20 L 90 20 L 90 40 L 10 40 C"


@pytest.mark.parametrize(
    "hidden",
    [
        [text("甲", Visible="false")],
        [text("甲", Alpha="0")],
        [text("甲", Fill="false")],
        [text("甲").replace("<ofd:TextCode", '<ofd:FillColor Value="0 0 0" Alpha="0"/><ofd:TextCode')],
        [text("甲").replace("<ofd:TextCode", f"{WHITE}<ofd:TextCode")],
        [text("甲", x=300.0)],
        [text("甲", y=-9.0)],
        [text("甲"), path(BOX, 'Stroke="false" Fill="true"', WHITE)],
        [text("甲"), path(BOX, 'Fill="true"')],
        ['<ofd:Annot ID="1"><ofd:Appearance>' + text("甲") + "</ofd:Appearance></ofd:Annot>"],
    ],
)
def test_what_nobody_sees_is_not_read(hidden: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = page_of(*hidden, text("乙", y=100.0), monkeypatch=monkeypatch)
    assert said(page) == "乙"


@pytest.mark.parametrize(
    "shown",
    [
        [path(BOX, 'Stroke="false" Fill="true"', WHITE), text("甲")],
        [path(BOX, 'Fill="true"'), text("甲").replace("<ofd:TextCode", f"{WHITE}<ofd:TextCode")],
        [text("甲"), path(BOX, 'Fill="true"', '<ofd:FillColor Value="255 255 0" Alpha="90"/>')],
        [text("甲"), path(BOX, 'Fill="true" Alpha="90"')],
        [text("甲", Fill="false", Stroke="true")],
        [text("甲", Visible="true", Alpha="255")],
        ["<ofd:PageBlock>" * 300 + text("甲") + "</ofd:PageBlock>" * 300],
        [text("甲").replace('Boundary="0 0 210 297"', "")],
    ],
)
def test_what_is_seen_is_read(shown: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert said(page_of(*shown, monkeypatch=monkeypatch)) == "甲"


def test_layers_lie_as_they_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """A background layer is below the text, even where it stands behind it in the file."""

    def layered(parts: dict[str, bytes]) -> None:
        name = "Doc_0/Pages/Page_0/Content.xml"
        box = path(BOX, 'Fill="true"', WHITE)
        parts[name] = parts[name].replace(
            b"</ofd:Content>", f'<ofd:Layer Type="Background">{box}</ofd:Layer></ofd:Content>'.encode()
        )

    content = rewritten(package([[text("甲")]], [A4]), layered)
    assert said(pages_of(content, monkeypatch)[0]) == "甲"
    above = rewritten(
        content, lambda parts: parts.update({n: p.replace(b'"Background"', b'"Foreground"') for n, p in parts.items()})
    )
    assert said(pages_of(above, monkeypatch)[0]) == ""


# Parts.


def test_composite_objects_are_drawn_where_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    def with_unit(parts: dict[str, bytes]) -> None:
        unit = (
            f'<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77"><ofd:Content>{text("甲", 1.0, 1.0)}'
            f'<ofd:CompositeObject {WHOLE} ResourceID="77"/></ofd:Content></ofd:CompositeGraphicUnit>'
            "</ofd:CompositeGraphicUnits>"
        )
        parts["Doc_0/PublicRes.xml"] = parts["Doc_0/PublicRes.xml"].replace(
            b"</ofd:Res>", unit.encode() + b"</ofd:Res>"
        )

    content = package([['<ofd:CompositeObject Boundary="50 60 9 9" ResourceID="77"/>']], [A4])
    (page,) = pages_of(rewritten(content, with_unit), monkeypatch)
    assert set(said(page)) == {"甲"}
    assert 1 <= len(page.glyphs) <= 4  # it draws itself, and is stopped
    assert page.glyphs[0].x0 == pytest.approx(51 * MM)


@pytest.mark.parametrize(
    "location",
    [
        "/Doc_0/Document.xml",
        "Doc_0/Document.xml",
        "./Doc_0/../Doc_0/Document.xml",
        "doc_0\\document.xml",
        "../../Doc_0/Document.xml",
    ],
)
def test_paths_are_found_as_programs_write_them(location: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def renamed(parts: dict[str, bytes]) -> None:
        parts["OFD.xml"] = parts["OFD.xml"].replace(b"/Doc_0/Document.xml", location.encode())

    content = rewritten(package([[text("甲")]], [A4]), renamed)
    assert said(pages_of(content, monkeypatch)[0]) == "甲"


def test_several_documents_in_one_file_are_read_one_after_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def doubled(parts: dict[str, bytes]) -> None:
        body = parts["OFD.xml"].partition(b"<ofd:DocBody>")[2].partition(b"</ofd:DocBody>")[0]
        parts["OFD.xml"] = parts["OFD.xml"].replace(
            b"</ofd:OFD>", b"<ofd:DocBody>" + body.replace(b"Doc_0", b"Doc_1") + b"</ofd:DocBody></ofd:OFD>"
        )
        for name in [*parts]:
            second = parts[name].replace(b"Doc_0", b"Doc_1").replace("甲".encode(), "乙".encode())
            parts[name.replace("Doc_0", "Doc_1")] = parts[name] if name == "OFD.xml" else second

    pages = pages_of(rewritten(package([[text("甲")]], [A4]), doubled), monkeypatch)
    assert [(page.number, said(page)) for page in pages] == [(1, "甲"), (2, "乙")]


def test_signed_documents_are_like_others_and_seals_are_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    extra = {
        "Doc_0/Signs/Signatures.xml": b"<a/>",
        "Doc_0/Signs/Sign_0/SignedValue.dat": b"\0\1",
        "OFDEntries.xml": b"<a/>",
    }
    assert said(page_of(text("甲"), monkeypatch=monkeypatch, extra=extra)) == "甲"


def test_attached_files_are_named() -> None:
    def attached(parts: dict[str, bytes]) -> None:
        name = "Doc_0/Document.xml"
        parts[name] = parts[name].replace(
            b"</ofd:Document>", b"<ofd:Attachments>Attachs/A.xml</ofd:Attachments></ofd:Document>"
        )
        parts["Doc_0/Attachs/A.xml"] = (
            '<ofd:Attachments xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Attachment ID="1" Name="附表.xlsx"/>'
            "</ofd:Attachments>"
        ).encode()

    document = read_ofd(rewritten(package([[text("甲乙")]], [A4]), attached), "x.ofd")
    assert document.attachments == ("附表.xlsx",)
    assert document.title is None  # the title in the file is whatever its template said


# What cannot be read.


def spoilt(**replaced: bytes | None) -> bytes:
    """A good document with some parts replaced, or gone."""
    names = {"start": "OFD.xml", "root": "Doc_0/Document.xml", "page": "Doc_0/Pages/Page_0/Content.xml"}

    def change(parts: dict[str, bytes]) -> None:
        for key, part in replaced.items():
            if part is None:
                del parts[names[key]]
            else:
                parts[names[key]] = part

    return rewritten(package([[text("甲")]], [A4]), change)


ENTITY = b'<!DOCTYPE a [<!ENTITY e "0">]><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016">&e;</ofd:Page>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PK\x03\x04 OFD.xml", "damaged"),
        (spoilt(start=None), "damaged"),
        (spoilt(start=b"<a/>"), "damaged"),
        (spoilt(start=b"<a"), "damaged"),
        (spoilt(root=None), "damaged"),
        (spoilt(page=None), "damaged"),
        (spoilt(page=b"\x00\x01\x02"), "damaged"),
        (spoilt(page=ENTITY), "damaged"),
        (package([[text("甲", Size="x")]], [A4]), "damaged"),
        (package([[text("甲", CTM="1 0 0")]], [A4]), "damaged"),
        (package([[text("甲", code='DeltaX="nan"') + text("甲乙", code='DeltaX="nan"')]], [A4]), "damaged"),
        (package([[text("甲").replace('X="20.0"', 'X="1e300"')]], [A4]), "damaged"),
        (package([[text("甲")]], [A4], extra={"Encryptions.xml": b"<a/>"}), "encrypted"),
        (package([[text("甲")]] * 501, [A4] * 501), "too_large"),
        (package([[text("甲" * 300_001)]], [A4]), "too_large"),
        (package([[path("M 1 1 L 2 2 " * 200_000)]], [A4]), "too_large"),
        (package([[path("M 1 1 L 9 1 " * 99_000)] * 3], [A4]), "too_large"),
        (package([["<ofd:PageBlock>" * 5000 + "</ofd:PageBlock>" * 5000]], [A4]), "too_deep"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(content: bytes, kind: str) -> None:
    with pytest.raises(ReadError) as caught:
        read_ofd(content, "x.ofd")
    assert caught.value.kind == kind


def test_a_path_cannot_leave_the_archive(tmp_path: Any) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(etree.tostring(etree.fromstring(spoilt_page())))
    content = rewritten(
        package([[text("甲")]], [A4]),
        lambda parts: parts.update(
            {
                "Doc_0/Document.xml": parts["Doc_0/Document.xml"].replace(
                    b"/Doc_0/Pages/Page_0/Content.xml", f"../../../../..{secret}".encode()
                )
            }
        ),
    )
    with pytest.raises(ReadError) as caught:
        read_ofd(content, "x.ofd")
    assert caught.value.kind == "damaged"


def spoilt_page() -> bytes:
    with zipfile.ZipFile(io.BytesIO(package([[text("密")]], [A4]))) as archive:
        return archive.read("Doc_0/Pages/Page_0/Content.xml")


def test_a_page_of_letters_drawn_as_shapes_is_a_scan() -> None:
    letters = [path(f"M {x} 20 Q 1 2 {x} 30 C", 'Fill="true"') for x in range(20, 140)]
    with pytest.raises(ReadError) as caught:
        read_ofd(package([letters], [A4]), "x.ofd")
    assert caught.value.kind == "scanned"
    document = read_ofd(package([letters, [text("甲乙")]], [A4, A4]), "x.ofd")
    assert document.scans == (1,)
    assert [problem.code for problem in document.problems] == ["SRC025"]


def test_small_pictures_are_counted_and_no_scan() -> None:
    picture = '<ofd:ImageObject Boundary="20 20 30 30" CTM="30 0 0 30 0 0" ResourceID="500"/>'
    content = package(
        [[text("甲乙"), picture]], [A4], extra={"Doc_0/Res/a.png": paper_picture().png()}, media={"500": "a.png"}
    )
    document = read_ofd(content, "x.ofd")
    assert (document.images, document.scans, document.problems) == (1, (), ())


def test_tables_have_exact_columns_and_pages() -> None:
    lines = [path(f"M 20 {y} L 100 {y}") for y in (20, 30, 40)] + [path(f"M {x} 20 L {x} 40") for x in (20, 60, 100)]
    cells = [text(word, x, y) for word, x, y in (("甲", 30, 26), ("12", 70, 26), ("乙", 30, 36), ("345", 70, 36))]
    document: Document = read_ofd(package([[text("前言", y=90.0)], [*lines, *cells]], [A4, A4]), "x.ofd")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [[(cell.text, cell.col, cell.page) for cell in row] for row in table.rows] == [
        [("甲", 1, 2), ("12", 2, 2)],
        [("乙", 1, 2), ("345", 2, 2)],
    ]
    assert (document.format, document.numbering) == ("ofd", "none")
