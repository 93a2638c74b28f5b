"""The law of bytes: whatever a file holds, it is read or refused with a reason; what is written of it is harmless."""

from __future__ import annotations

import functools
import io
import json
import zipfile
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import govinfo
from govinfo.errors import ReadError
from govinfo.findings import Status
from govinfo.hookspecs import CheckedFile
from govinfo.plugins import default_plugins
from govinfo.schema.convert import from_json, to_json
from govinfo.testing import LAYOUTS, example_report, render

KINDS = {
    "empty",
    "binary",
    "unsupported",
    "too_large",
    "too_deep",
    "interpretation",
    "website_report",
    "pre_2019",
    "no_tables",
    "no_reports",
    "damaged",
    "encrypted",
    "scanned",
    "login",
    "not_a_report",
    "several_reports",
}
ACTING = {chr(code) for code in range(32) if chr(code) != "\n"} | {chr(code) for code in range(127, 160)}


def assert_survives(content: bytes) -> None:
    """Read, check and write a file; nothing but `ReadError`, never ``internal``, and no rule crashes."""
    try:
        reading = govinfo.read(content, name="x")
    except ReadError as error:
        assert error.kind in KINDS, f"{error.kind}: {error}"  # noqa: PT017
        assert error.name == "x"  # noqa: PT017
        assert error.text.zh  # noqa: PT017
        assert error.text.en  # noqa: PT017
        shown: Any = CheckedFile("x", error=error)
    else:
        assert from_json(json.loads(json.dumps(to_json(reading.report)))) == reading.report
        shown = govinfo.check(reading)
        assert [outcome for outcome in shown.outcomes if outcome.status is Status.CRASHED] == []
        for place in reading.origins.values():
            assert place.line >= 1
    for lang in ("zh", "en"):
        text = govinfo.write(shown, format="text", lang=lang)
        assert text
        assert ACTING.isdisjoint(text.decode()), "a control character reaches the terminal"
    for name in default_plugins().writers:
        govinfo.write(shown, format=name)


@given(st.binary(max_size=600))
@example(b"")
@example(b"\0")
@example(b"\xff\xfe")
@example(b"\xfe\xff\xd8\x00")
@example(b"\x84\x31\x95\x33")
@example(b"\r")
def test_any_bytes(content: bytes) -> None:
    assert_survives(content)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030"]))
def test_any_text(text: str, encoding: str) -> None:
    assert_survives(text.encode(encoding, "replace"))


# Soups of what reports are made of: they come close enough to a report to be taken for one.

WORDS = [
    *("政府信息公开工作年度报告", "2022年", "二〇二二年度", "青河市水利局", "文字解读", "一、总体情况"),
    *("二、主动公开政府信息情况", "三、收到和处理政府信息公开申请情况", "四、政府信息公开行政复议、行政诉讼情况"),
    *("五、存在的主要问题及改进情况", "六、其他需要报告的事项", "第二十条第（一）项", "第二十条第（八）项"),
    *("信息内容", "本年制发件数", "本年废止件数", "现行有效件数", "规章", "行政规范性文件", "行政许可", "行政处罚"),
    *("本年收费金额（单位：万元）", "行政事业性收费", "政府集中采购", "采购总金额", "上一年项目数量", "本年增/减"),
    *("申请人情况", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"),
    *("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（一）予以公开", "（二）部分公开"),
    *("（三）不予公开", "1.属于国家秘密", "（四）无法提供", "（六）其他处理", "3.其他", "（七）总计"),
    *("四、结转下年度继续办理", "行政复议", "行政诉讼", "未经复议直接起诉", "复议后起诉", "结果维持", "尚未审结"),
    *("0", "1", "12", "000", "0 0 0 0", "４", "-", "/", "—", "1,234", "21.83万元", "减4", "3（其中1件）", "9" * 30),
    *("1月1日至12月31日", "2022-02-30", "13月45日", "发出收费通知的件数为0件，总金额为0元", "第711号", "\u0661\u0662"),
]
TEXT_JOINTS = ["\n", "\n\n", "\t", "\n\t", " | ", "|\n", "| ", " ", "  ", "\u3000", "\f", "", "|--|--|\n", "\x1b[2J"]
HTML_JOINTS = [
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td rowspan=3>", "<td colspan=2 rowspan=0>", "<p>"),
    *(
        "<br>",
        "<h1>",
        "</h1>",
        "<div>",
        "</div>",
        "<span>",
        "<o:p>&nbsp;</o:p>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
    ),
    *(
        "<td colspan=-1>",
        "<td rowspan=99999999999>",
        "&#0;",
        "&#xD800;",
        "&#x110000;",
        "&bogus;",
        "<![CDATA[",
        "<title>",
    ),
    *("<pre>", "</pre>", "<img src=x>", "\n", "<svg>", "<math>", "<template>", "<select>", "<textarea>", "<a href='"),
]


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(TEXT_JOINTS), max_size=120))
def test_any_soup_of_words(pieces: list[str]) -> None:
    assert_survives("".join(pieces).encode("utf-8"))


@given(st.lists(st.sampled_from(WORDS) | st.sampled_from(HTML_JOINTS), max_size=120))
def test_any_soup_of_html(pieces: list[str]) -> None:
    assert_survives(("<html><body>" + "".join(pieces)).encode("utf-8"))


# Real documents, mutilated.


@functools.cache
def rendered() -> tuple[bytes, ...]:
    editions: tuple[Any, ...] = ("2019", "2021", "mixed")
    return tuple(
        render(example_report(editions[number % 3], number), layout, encoding=("utf-8", "gb18030")[number % 2])
        for number, layout in enumerate(LAYOUTS)
    )


documents = st.integers(0, len(LAYOUTS) - 1)
cuts = st.floats(0, 1, exclude_max=True)


def at(content: bytes | bytearray, share: float) -> int:
    return int(share * len(content))


@given(documents, cuts, cuts)
def test_any_piece_of_a_report(number: int, start: float, stop: float) -> None:
    content = rendered()[number]
    assert_survives(content[: at(content, stop)])
    assert_survives(content[at(content, start) :])


@given(documents, st.lists(st.tuples(cuts, st.integers(0, 7)), min_size=1, max_size=12))
def test_any_bits_flipped(number: int, flips: list[tuple[float, int]]) -> None:
    content = bytearray(rendered()[number])
    for share, bit in flips:
        content[at(content, share)] ^= 1 << bit
    assert_survives(bytes(content))


@given(documents, documents, cuts, cuts)
def test_any_two_reports_spliced(one: int, other: int, stop: float, start: float) -> None:
    first, second = rendered()[one], rendered()[other]
    assert_survives(first[: at(first, stop)] + second[at(second, start) :])


@given(documents, cuts, cuts, st.sampled_from(["doubled", "gone", "backwards"]))
def test_any_lines_moved(number: int, one: float, other: float, what: str) -> None:
    lines = rendered()[number].split(b"\n")
    start, stop = sorted((int(one * len(lines)), int(other * len(lines))))
    part = lines[start:stop]
    put = {"doubled": part + part, "gone": [], "backwards": part[::-1]}[what]
    assert_survives(b"\n".join([*lines[:start], *put, *lines[stop:]]))


@given(documents, st.lists(st.tuples(cuts, st.binary(min_size=1, max_size=6)), min_size=1, max_size=6))
def test_any_bytes_inserted(number: int, insertions: list[tuple[float, bytes]]) -> None:
    content = rendered()[number]
    for share, piece in insertions:
        content = content[: at(content, share)] + piece + content[at(content, share) :]
    assert_survives(content)


# Canonical records.

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def assert_loads(content: bytes) -> None:
    for use in (govinfo.load, govinfo.check):
        try:
            use(content, name="x.json")
        except ReadError as error:
            assert error.kind in {*KINDS, "record"}  # noqa: PT017


@given(st.binary(max_size=200) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_record(content: bytes) -> None:
    assert_loads(content)


@given(st.data(), json_values)
def test_any_value_in_a_record(data: Any, value: Any) -> None:
    record = json.loads(json.dumps(to_json(example_report("2021", 3))))
    node, keys = record, list(record)
    while True:
        key = data.draw(st.sampled_from(keys))
        if not isinstance(node[key], dict) or not node[key] or data.draw(st.booleans()):
            break
        node, keys = node[key], list(node[key])
    node[key] = value
    assert_loads(json.dumps(record).encode())


# Formats that are not text at all.


def packed(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<a/>" * 50)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "start",
    [
        *(b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"GIF89a", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        *(b"PK\x03\x04", b"\x1f\x8b\x08", b"{\\rtf1", b"Rar!\x1a\x07\x00", b"MZ", b"\x7fELF", b"BM", b"RIFF"),
        packed("word/document.xml"),
        packed("xl/workbook.xml"),
    ],
)
def test_any_bytes_behind_a_signature(start: bytes) -> None:
    for tail in (b"", bytes(range(256)) * 8, b"\0" * 2000, rendered()[0], "政府信息公开".encode() * 50):
        assert_survives(start + tail)
