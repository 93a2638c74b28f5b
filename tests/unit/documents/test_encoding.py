"""Which encoding a file is in, and what is kept when a byte is bad."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.documents.encoding import decode, normalise_lines
from govinfo.documents.limits import MAX_BYTES, check_size
from govinfo.errors import ReadError

PROSE = "甲市科学技术局2022年政府信息公开工作年度报告\n一、总体情况\n我局主动公开政府信息 12 条，收到申请 3 件。\n"
TRADITIONAL = "政府資訊公開工作年度報告\n本年度收到申請 3 件，辦理結果與問題見下表，總計如下。\n"


def kind_of(content: bytes) -> str:
    with pytest.raises(ReadError) as caught:
        decode(content, name="甲市.txt")
    assert caught.value.name == "甲市.txt"
    return caught.value.kind


@pytest.mark.parametrize(
    ("encoded", "encoding"),
    [
        (PROSE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + PROSE.encode(), "utf-8"),
        (PROSE.encode("gbk"), "gb18030"),
        ((PROSE + "㐂𠮷镕").encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF16_LE + PROSE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be"), "utf-16-be"),
        (PROSE.encode("utf-16-le"), "utf-16-le"),
        (PROSE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + PROSE.encode("utf-32-le"), "utf-32-le"),
        (TRADITIONAL.encode("cp950"), "big5"),
        (b"0 1 2\n", "utf-8"),
    ],
)
@pytest.mark.parametrize("declared", [None, "gb2312", "utf-8", "Big5", "iso-8859-1", "no-such-thing"])
def test_the_bytes_decide(encoded: bytes, encoding: str, declared: str | None) -> None:
    decoded = decode(encoded, declared)
    assert decoded.encoding == encoding
    assert "\ufffd" not in decoded.text
    assert decoded.text[0] != "\ufeff"
    assert decoded.problems == ()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("place", range(0, 60, 7))
@pytest.mark.parametrize("bad", [b"\xff", b"\x80"])
def test_one_inserted_byte_loses_nothing_else(encoding: str, place: int, bad: bytes) -> None:
    content = PROSE[:place].encode(encoding) + bad + PROSE[place:].encode(encoding)
    decoded = decode(content)
    assert decoded.encoding == encoding
    assert decoded.text == PROSE[:place] + "\ufffd" + PROSE[place:]
    (problem,) = decoded.problems
    assert problem.code == "SRC001"
    assert problem.at is not None
    before = PROSE[:place]
    assert (problem.at.line, problem.at.column) == (before.count("\n") + 1, len(before) - before.rfind("\n"))


def test_a_damaged_first_byte_does_not_shift_the_rest() -> None:
    content = bytearray("规章|行政规范性文件|政府信息公开申请数量|0".encode("gb18030"))
    content[5] = 0xFF
    assert decode(bytes(content)).text.replace("\ufffd", "") == "规章|政规范性文件|政府信息公开申请数量|0"


def test_the_place_of_a_bad_byte_counts_any_line_end() -> None:
    decoded = decode("甲市信息公开\r\n乙县\r丙".encode() + b"\xff")
    assert decoded.problems[0].at is not None
    assert (decoded.problems[0].at.line, decoded.problems[0].at.column) == (3, 2)
    assert "第 3 行" in decoded.problems[0].message.zh
    assert "line 3" in decoded.problems[0].message.en


def test_a_stray_nul_is_a_bad_byte() -> None:
    decoded = decode(PROSE.encode() * 3 + b"\0" + PROSE.encode())
    assert decoded.text.count("\ufffd") == 1
    assert [problem.code for problem in decoded.problems] == ["SRC001"]


def test_digits_in_a_gb_table_are_no_other_charset() -> None:
    content = ("规章\t0\t0\t0\n" * 40).encode("gbk")
    assert decode(content).encoding == "gb18030"


def test_line_ends() -> None:
    assert normalise_lines("a\r\nb\rc\u2028d\u2029e\nf\fg") == "a\nb\nc\nd\ne\nf\fg"
    assert decode(b"a\r\nb").text == "a\nb"


@pytest.mark.parametrize(
    "content", [b"", b"  \r\n\t", codecs.BOM_UTF8, codecs.BOM_UTF16_LE + b"\x20\x00", "\u3000\xa0".encode()]
)
def test_empty(content: bytes) -> None:
    assert kind_of(content) == "empty"


def test_too_large() -> None:
    with pytest.raises(ReadError) as caught:
        check_size(bytes(MAX_BYTES + 1), "x")
    assert caught.value.kind == "too_large"
    assert "32 MiB" in caught.value.text.zh
    assert "32 MiB" in caught.value.text.en


@pytest.mark.parametrize(
    ("content", "kind", "word"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "unsupported", "PDF"),
        (b"PK\x03\x04....word/document.xml", "unsupported", ".docx"),
        (b"PK\x03\x04....xl/workbook.xml", "unsupported", ".xlsx"),
        (b"PK\x03\x04....OFD.xml", "unsupported", ".ofd"),
        (b"PK\x03\x04....", "binary", "压缩包"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "unsupported", ".wps"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "unsupported", ".xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unsupported", "Office"),
        (b"{\\rtf1\\ansi", "unsupported", ".rtf"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; x", "unsupported", ".mht"),
        (b"\x89PNG\r\n\x1a\n....", "scanned", "图片"),
        (b"\xff\xd8\xff\xe0", "scanned", "图片"),
        (b"RIFF....WEBPVP8 ", "scanned", "图片"),
        (b"BM\x00\x00\x00\x00\x00\x00", "scanned", "图片"),
        (b"\x1f\x8b\x08", "binary", "压缩包"),
        (b"Rar!\x1a\x07\x00", "binary", "压缩包"),
        (b"7z\xbc\xaf\x27\x1c", "binary", "压缩包"),
        (bytes(range(256)) * 4, "binary", "二进制"),
    ],
)
def test_what_is_not_text_is_named(content: bytes, kind: str, word: str) -> None:
    assert kind_of(content) == kind
    with pytest.raises(ReadError) as caught:
        decode(content)
    assert word in caught.value.text.zh
    assert caught.value.text.en


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: text.encode("gb18030", "ignore")))
def test_any_bytes(content: bytes) -> None:
    try:
        decoded = decode(content, "gb2312")
    except ReadError as error:
        expected = {"empty", "binary", "unsupported"}
        if error.kind not in expected:
            raise
    else:
        assert decoded.text.strip()
        assert "\r" not in decoded.text
        decoded.text.encode("utf-8")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
def test_utf_8_is_always_recognised(text: str) -> None:
    if text.strip("\ufeff").strip():
        decoded = decode(codecs.BOM_UTF8 + text.encode())
        assert decoded.text == normalise_lines(text)
