"""Numbers Word puts in front of paragraphs, from tables written by hand."""

from __future__ import annotations

from struct import pack

import pytest

from govinfo.documents.word.doc_lists import Numbering
from govinfo.documents.word.doc_styles import Pap

ARABIC, ROMAN, BULLET, CIRCLED, CHINESE, NOTHING = 0, 2, 23, 18, 37, 255


def level(way: int, text: str, start: int = 1, flags: int = 0, restart: int = 0) -> bytes:
    head = pack("<iBB9sBiIBBBB", start, way, flags, bytes(9), 0, 0, 0, 0, 0, restart, 0)
    return head + pack("<H", len(text)) + text.encode("utf-16-le")


def lists(*levels: bytes, name: int = 7, styles: tuple[int, ...] = ()) -> bytes:
    linked = [*styles, *[0xFFF] * (9 - len(styles))]
    simple = len(levels) == 1
    all_levels = levels if simple else (*levels, *[level(NOTHING, "")] * (9 - len(levels)))
    return pack("<Hii9HBB", 1, name, 0, *linked, simple, 0) + b"".join(all_levels)


def uses(*entries: bytes, name: int = 7) -> bytes:
    """One use of the list for each entry: its overrides, each already packed."""
    heads = b"".join(pack("<iIIBBBB", name, 0, 0, bool(entry), 0, 0, 0) for entry in entries)
    return pack("<I", len(entries)) + heads + b"".join(b"\xff\xff\xff\xff" + entry for entry in entries)


HEADINGS = lists(level(CHINESE, "\0、"), level(CHINESE, "（\1）"), level(ARABIC, "\0.\1.\2"), level(CIRCLED, "\3"))


def printed(numbering: Numbering, *levels: int, use: int = 1) -> list[str]:
    return [numbering.number(Pap(list=use, list_level=at)) for at in levels]


def test_headings_are_counted_level_by_level() -> None:
    numbering = Numbering(HEADINGS, uses(b""))
    assert printed(numbering, 0, 1, 1, 0, 1, 3, 3) == ["一、", "（一）", "（二）", "二、", "（一）", "① ", "② "]


def test_higher_levels_are_written_as_they_are_or_in_arabic_digits() -> None:
    assert printed(Numbering(HEADINGS, uses(b"")), 0, 1, 2) == ["一、", "（一）", "一.一.1 "]
    legal = lists(level(CHINESE, "\0、"), level(ARABIC, "\0.\1", flags=4))
    assert printed(Numbering(legal, uses(b"")), 0, 1) == ["一、", "1.1 "]


def test_two_uses_of_a_list_count_on_unless_one_begins_anew() -> None:
    numbering = Numbering(HEADINGS, uses(b"", b"", pack("<iI", 5, 0x10)))
    assert printed(numbering, 0, 0) == ["一、", "二、"]
    assert printed(numbering, 0, use=2) == ["三、"]
    assert printed(numbering, 0, 0, use=3) == ["五、", "六、"]


def test_a_level_may_look_otherwise_in_one_use() -> None:
    other = pack("<iI", 0, 0x30) + level(ROMAN, "\0)", start=4)
    numbering = Numbering(HEADINGS, uses(b"", other))
    assert printed(numbering, 0) == ["一、"]
    assert printed(numbering, 0, 0, use=2) == ["iv)", "v)"]


def test_a_level_may_count_through() -> None:
    through = lists(level(CHINESE, "\0、"), level(ARABIC, "\1.", flags=8, restart=0))
    assert printed(Numbering(through, uses(b"")), 0, 1, 1, 0, 1) == ["一、", "1.", "2.", "二、", "3."]


def test_a_style_has_its_level() -> None:
    numbering = Numbering(lists(level(CHINESE, "\0、"), level(ARABIC, "\1."), styles=(20, 21)), uses(b""))
    assert numbering.number(Pap(style=20, list=1)) == "一、"
    assert numbering.number(Pap(style=21, list=1)) == "1."


def test_bullets_are_not_printed_and_no_list_numbers_nothing() -> None:
    assert printed(Numbering(lists(level(BULLET, "\uf0b7")), uses(b"")), 0) == [""]
    numbering = Numbering(HEADINGS, uses(b""))
    assert [numbering.number(Pap(list=number)) for number in (0, 2, 0xF801)] == ["", "", ""]
    assert printed(numbering, 12) == [""]


@pytest.mark.parametrize("length", range(0, len(HEADINGS), 7))
def test_damaged_tables_number_nothing(length: int) -> None:
    assert printed(Numbering(HEADINGS[:length], uses(b"")), 0) == [""]
    assert printed(Numbering(HEADINGS, uses(b"", pack("<iI", 5, 0x30))), 0) == [""]
