"""Word 97 files put together by hand, for what no program here writes: fast saves, long formats, odd merges."""

from __future__ import annotations

from struct import pack
from typing import NamedTuple

import pytest

from govinfo.documents.model import Paragraph, Table
from govinfo.documents.word.doc import read_doc
from govinfo.errors import ReadError

SECTOR = 512
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x17\x24\x01"
DELETED, STRUCK, HIDDEN, RAISED = b"\x00\x08\x01", b"\x37\x08\x01", b"\x3c\x08\x01", b"\x48\x2a\x01"
SPECIAL = b"\x55\x08\x01"


class Run(NamedTuple):
    text: str
    chpx: bytes = b""
    papx: bytes = b""
    narrow: bool = False
    prm: int = 0


def depth(level: int) -> bytes:
    return b"\x49\x66" + pack("<i", level)


def row_end(edges: list[int], flags: list[int] | None = None, *more: bytes) -> Run:
    cells = len(edges) - 1
    operand = bytes((cells,)) + pack(f"<{cells + 1}h", *edges)
    operand += b"".join(pack("<H", flag) + bytes(18) for flag in flags or [])
    define = b"\x08\xd6" + pack("<H", len(operand) + 1) + operand
    return Run("\x07", papx=IN_TABLE + ROW_END + define + b"".join(more))


def cell(text: str, **said: bytes) -> Run:
    return Run(f"{text}\x07", papx=IN_TABLE, **said)  # type: ignore[arg-type]


def ole(streams: dict[str, bytes]) -> bytes:
    """An OLE2 file; streams are padded so that none is small."""
    padded = {name: data.ljust(-(-max(len(data), 4096) // SECTOR) * SECTOR, b"\0") for name, data in streams.items()}
    fat: list[int] = []
    entries = [("Root Entry", 5, 0xFFFFFFFE, 0)]
    body = b""
    for name, data in padded.items():
        first, count = len(fat), len(data) // SECTOR
        fat += [*range(first + 1, first + count), 0xFFFFFFFE]
        entries.append((name, 2, first, len(streams[name]) if len(streams[name]) >= 4096 else len(data)))
        body += data
    directory = b""
    for index, (name, kind, first, size) in enumerate(entries):
        encoded = name.encode("utf-16-le") + b"\0\0"
        right = index + 1 if 0 < index < len(entries) - 1 else 0xFFFFFFFF
        child = 1 if index == 0 else 0xFFFFFFFF
        directory += encoded.ljust(64, b"\0") + pack("<HBB", len(encoded), kind, 1)
        directory += pack("<III", 0xFFFFFFFF, right, child) + bytes(36) + pack("<IQ", first, size)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    start = len(fat)
    count = len(directory) // SECTOR
    fat += [*range(start + 1, start + count), 0xFFFFFFFE]
    tables = 1
    while len(fat) + tables > tables * 128:
        tables += 1
    where = len(fat)
    fat += [0xFFFFFFFD] * tables
    fat += [0xFFFFFFFF] * (tables * 128 - len(fat))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    header += pack("<IIIIIIIII", 0, tables, start, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    header += pack("<109I", *range(where, where + tables), *[0xFFFFFFFF] * (109 - tables))
    return header + body + directory + pack(f"<{len(fat)}I", *fat)


def made(*runs: Run, order: list[int] | None = None, grpprls: tuple[bytes, ...] = (), data: bytes = b"") -> bytes:
    """A Word file of one piece of text for each run, stored in any order as a fast save stores them."""
    word = bytearray(2048)
    places: dict[int, tuple[int, int]] = {}
    for number in order or range(len(runs)):
        run = runs[number]
        encoded = run.text.encode("cp1252" if run.narrow else "utf-16-le")
        if len(word) % 2:
            word += b"\0"
        places[number] = (len(word), len(encoded))
        word += encoded

    def page(paragraphs: bool) -> int:
        while len(word) % SECTOR:
            word.append(0)
        bounds: list[int] = []
        formats: list[bytes] = []
        for number, (at, size) in sorted(places.items(), key=lambda one: one[1]):
            papx = b"\0\0" + runs[number].papx
            bounds.append(at)
            formats.append(papx if paragraphs else runs[number].chpx)
            end = at + size
        bounds.append(end)
        entry = 13 if paragraphs else 1
        content = bytearray(SECTOR)
        free = SECTOR - 1
        head = pack(f"<{len(bounds)}I", *bounds)
        content[: len(head)] = head
        for index, said in enumerate(formats):
            if paragraphs:
                said += b"\0" * (len(said) % 2)
                packed = b"\0" + bytes((len(said) // 2,)) + said
            else:
                packed = bytes((len(said),)) + said
            free = (free - len(packed)) & ~1
            content[free : free + len(packed)] = packed
            content[len(head) + entry * index] = free // 2
        assert free > len(head) + entry * len(formats), "too much for one page"
        content[511] = len(formats)
        word.extend(content)
        return len(word) // SECTOR - 1

    characters, paragraphs = page(False), page(True)
    total = sum(len(run.text) for run in runs)
    cps = [0]
    for run in runs:
        cps.append(cps[-1] + len(run.text))
    pcds = b""
    for number, run in enumerate(runs):
        fc = places[number][0]
        pcds += pack("<HIH", 0, 2 * fc | 0x40000000 if run.narrow else fc, run.prm)
    plc = pack(f"<{len(cps)}I", *cps) + pcds
    clx = b"".join(b"\x01" + pack("<H", len(one)) + one for one in grpprls) + b"\x02" + pack("<I", len(plc)) + plc
    parts = {12: pack("<III", 0, 1 << 30, characters), 13: pack("<III", 0, 1 << 30, paragraphs), 33: clx}
    table = bytearray()
    word[0:12] = pack("<HHHHHH", 0xA5EC, 0xC1, 0, 0x804, 0, 0x0200)
    word[32:34], word[62:64] = pack("<H", 14), pack("<H", 22)
    word[0x4C:0x50] = pack("<I", total)
    word[0x98:0x9A] = pack("<H", 93)
    for index, content in parts.items():
        word[0x9A + 8 * index : 0xA2 + 8 * index] = pack("<II", len(table), len(content))
        table += content
    return ole({"WordDocument": bytes(word), "1Table": bytes(table), **({"Data": data} if data else {})})


def texts(content: bytes) -> list[str]:
    return [block.text for block in read_doc(content, "").blocks if isinstance(block, Paragraph)]


def grid(content: bytes) -> list[list[tuple[str, int, int, int]]]:
    tables = [block for block in read_doc(content, "").blocks if isinstance(block, Table)]
    assert len(tables) == 1
    return [[(one.text, one.col, one.colspan, one.rowspan) for one in row] for row in tables[0].rows]


def row(*cells: str) -> list[Run]:
    return [cell(text) for text in cells]


def test_a_fast_save_is_read_in_the_order_of_its_pieces() -> None:
    runs = [Run("甲\r"), Run("A“b”\r", narrow=True), Run("乙丙"), Run("丁\r")]
    for order in ([0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1]):
        assert texts(made(*runs, order=order)) == ["甲", "A“b”", "乙丙丁"]


def test_a_piece_adds_to_what_is_said_of_its_text() -> None:
    short = 0x41 << 1 | 1 << 8  # deleted, as one short instruction
    assert texts(made(Run("留"), Run("去", prm=short), Run("下\r"))) == ["留下"]
    long = 1 << 1 | 1
    assert texts(made(Run("留"), Run("去", prm=long), Run("下\r"), grpprls=(RAISED, HIDDEN))) == ["留下"]


@pytest.mark.parametrize("said", [DELETED, STRUCK, HIDDEN, b"\x53\x2a\x01"])
def test_what_is_not_seen_is_not_read(said: bytes) -> None:
    assert texts(made(Run("1"), Run("2", said), Run("3\r"))) == ["13"]


def test_a_paragraph_whose_end_is_deleted_goes_on() -> None:
    assert texts(made(Run("上"), Run("\r", DELETED), Run("下\r"))) == ["上下"]


def test_raised_digits_make_no_larger_number() -> None:
    assert texts(made(Run("12"), Run("3", RAISED), Run("件\r"))) == ["12^3件"]
    assert texts(made(Run("件"), Run("[1]", RAISED), Run("\r"))) == ["件（1）"]


def test_marks_are_no_text() -> None:
    runs = (Run("a\x0bb\x1ec\x1fd", narrow=True), Run("\x01\x02(", SPECIAL), Run("e(\r"))
    document = read_doc(made(*runs), "")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["a", "b-cde("]
    assert document.images == 1


def test_of_a_field_the_result_is_read() -> None:
    assert texts(made(Run("共\x13 =1+\x13 REF x \x142\x15 \x143\x15件\r"))) == ["共3件"]
    assert texts(made(Run("\x13 PAGE \x15页\r"))) == ["页"]


def test_a_field_that_does_not_end_hides_no_more_than_its_cell() -> None:
    content = made(cell("\x13 坏"), *row("2", "3"), row_end([0, 1000, 2000, 3000]), Run("\r"))
    assert [one[0] for one in grid(content)[0]] == ["", "2", "3"]


def test_columns_are_told_by_edges() -> None:
    runs = [*row("甲", "乙"), row_end([0, 1000, 3000]), *row("1", "2", "3"), row_end([0, 1010, 2000, 2990]), Run("\r")]
    assert grid(made(*runs)) == [
        [("甲", 1, 1, 1), ("乙", 2, 2, 1)],
        [("1", 1, 1, 1), ("2", 2, 1, 1), ("3", 3, 1, 1)],
    ]


@pytest.mark.parametrize("flags", [[0, 1, 2, 2, 0], [0, 2, 1, 1, 0], [0, 3, 1, 1, 0]])
def test_merged_cells_are_one_whichever_way_it_is_said(flags: list[int]) -> None:
    edges = [0, 1000, 2000, 3000, 4000, 5000]
    runs = [*row("a", "b", "x", "y", "c"), row_end(edges, flags), *row("1", "2", "3", "4", "5"), row_end(edges)]
    assert grid(made(*runs, Run("\r")))[0] == [("a", 1, 1, 1), ("b", 2, 3, 1), ("c", 5, 1, 1)]


def test_cells_are_merged_downwards() -> None:
    edges = [0, 1000, 2000]
    runs = [*row("a", "1"), row_end(edges, [3 << 5, 0]), *row("不见", "2"), row_end(edges, [1 << 5, 0])]
    runs += [*row("b", "3"), row_end(edges, [3 << 5, 0]), Run("\r")]
    assert grid(made(*runs)) == [
        [("a", 1, 1, 2), ("1", 2, 1, 1)],
        [("2", 2, 1, 1)],
        [("b", 1, 1, 1), ("3", 2, 1, 1)],
    ]


def test_a_row_is_changed_after_it_was_defined() -> None:
    edges = [0, 1000, 2000, 3000]
    merge, down = b"\x24\x56\x01\x03", b"\x2b\xd6\x02\x00\x03"
    runs = [*row("a", "b", "x"), row_end(edges, None, merge, down), *row("1", "2", "3"), row_end(edges), Run("\r")]
    assert grid(made(*runs))[0] == [("a", 1, 1, 1), ("b", 2, 2, 1)]
    insert, delete, width = b"\x21\x76\x01\x01\xe8\x03", b"\x22\x56\x00\x01", b"\x23\x76\x00\x03\xe8\x03"
    runs = [*row("a", "b", "c"), row_end(edges, None, insert, delete, width), *row("1", "2", "3"), row_end(edges)]
    assert grid(made(*runs, Run("\r"))) == [
        [("a", 1, 1, 1), ("b", 2, 1, 1), ("c", 3, 1, 1)],
        [("1", 1, 1, 1), ("2", 2, 1, 1), ("3", 3, 1, 1)],
    ]


def test_a_deleted_row_is_not_shown() -> None:
    edges = [0, 1000, 2000]
    gone = row_end(edges)._replace(chpx=DELETED)
    assert [
        [one[0] for one in cells]
        for cells in grid(made(*row("1", "2"), row_end(edges), *row("3", "4"), gone, Run("\r")))
    ] == [["1", "2"]]


def test_a_format_too_long_for_its_page_stands_elsewhere() -> None:
    edges = [0, 1000, 3000]
    long = row_end(edges).papx
    data = b"\xff" * 10 + pack("<H", len(long)) + long
    for code in (0x6646, 0x6645, 0x646B):
        end = Run("\x07", papx=(b"" if code != 0x646B else IN_TABLE + ROW_END) + pack("<HI", code, 10))
        content = made(*row("a", "b"), end, *row("1", "2", "3"), row_end([0, 1000, 2000, 3000]), Run("\r"), data=data)
        assert grid(content)[0] == [("a", 1, 1, 1), ("b", 2, 2, 1)]


def test_a_row_that_says_nothing_of_its_cells_has_them_counted() -> None:
    bare = Run("\x07", papx=IN_TABLE + ROW_END)
    assert grid(made(*row("a", "b"), bare, *row("1", "2"), bare, Run("\r")))[1] == [("1", 1, 1, 1), ("2", 2, 1, 1)]


def test_a_table_in_a_cell_is_a_table_of_its_own() -> None:
    inner = IN_TABLE + depth(2)
    runs = [Run(f"{n}\r", papx=inner + b"\x4b\x24\x01") for n in "12"]
    end = row_end([0, 500, 900])
    runs.append(Run("\r", papx=end.papx.replace(ROW_END, b"\x4c\x24\x01") + depth(2)))
    content = made(cell("外"), *runs, cell("尾"), row_end([0, 1000, 2000]), Run("后\r"))
    document = read_doc(content, "")
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [[one.text for one in line] for table in tables for line in table.rows] == [["1", "2"]]
    assert texts(content) == ["外", "尾", "后"]
    lines = [block.line for block in document.blocks]
    assert lines == sorted(lines)


def test_what_is_encrypted_or_cut_off_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOVINFO_NO_SOFFICE", "1")
    whole = made(Run("甲\r"))
    start = whole.index(b"\xec\xa5")
    locked = whole[: start + 11] + bytes((whole[start + 11] | 1,)) + whole[start + 12 :]
    longer = whole[: start + 0x4C] + pack("<I", 99) + whole[start + 0x50 :]
    older = whole[: start + 2] + pack("<H", 104) + whole[start + 4 :]
    for content, kind in (
        (locked, "encrypted"),
        (longer, "damaged"),
        (older, "unsupported"),
        (whole[:1600], "damaged"),
        (whole[:100], "damaged"),
        (ole({"WordDocument": b"junk"}), "damaged"),
        (ole({"Other": b""}), "damaged"),
    ):
        with pytest.raises(ReadError) as caught:
            read_doc(content, "x.doc")
        assert caught.value.kind == kind, caught.value.text.en


def test_a_header_that_claims_too_much_is_not_believed() -> None:
    whole = made(Run("甲\r"))
    for place in (44, 72):
        with pytest.raises(ReadError) as caught:
            read_doc(whole[:place] + pack("<I", 0x7FFFFFFF) + whole[place + 4 :], "x.doc")
        assert caught.value.kind == "damaged"
