"""A patch as JSON: what is written, and what is refused on the way back."""

from __future__ import annotations

import copy
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from govinfo.errors import GovinfoError
from govinfo.repair.patch import Change, Offer, Patch, PatchedCell
from govinfo.repair.patch_json import LARGEST, patch_json, read_patch, take_patch
from govinfo.text import LANGUAGES, Text

PATCH = Patch(
    "甲.html",
    "甲局",
    2023,
    (
        Change(
            *(1, True, "DSP001", "ab", "total_zero", 0.97, Text("合计漏填", "left out"), ("DSP001",)),
            cells=(PatchedCell("disputes.reconsideration.total", Text("四", "section 4"), 0, 11),),
        ),
        Change(
            *(2, False, "DSP001", "ab", "other", 0.03, Text("其他", "other"), ()),
            cells=(
                PatchedCell("disclosure.fees.amount", Text("二", "section 2"), Decimal("1.50"), Decimal("0")),
                PatchedCell("processing_fee.charged", Text("六", "section 6"), None, Decimal("12.50")),
            ),
            alternative_to=1,
        ),
    ),
    (Offer(3, False, "a.b", Text("三", "section 3"), 3, 3), Offer(4, False, "a.c", Text("三", "section 3"), -2, None)),
)
RECORD = patch_json(PATCH, "en")


def encoded(record: Any) -> bytes:
    return json.dumps(record).encode()


def test_the_contract() -> None:
    assert list(RECORD) == ["version", "file", "publisher", "year", "changes", "implied"]
    assert RECORD["version"] == 1
    first, second = RECORD["changes"]
    assert list(first) == [
        *("id", "accept", "code", "fingerprint", "kind", "confidence", "explanation", "resolves", "cells"),
        "alternative_to",
    ]
    assert first["cells"] == [
        {"path": "disputes.reconsideration.total", "cell": "section 4", "reported": 0, "proposed": 11}
    ]
    assert [(cell["reported"], cell["proposed"]) for cell in second["cells"]] == [("1.50", "0"), (None, "12.50")]
    assert list(RECORD["implied"][0]) == ["id", "accept", "path", "cell", "low", "high"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_and_back(lang: Any) -> None:
    """Nothing is lost but the words of the other language."""
    record = patch_json(PATCH, lang)
    again = read_patch(json.dumps(record, ensure_ascii=False).encode(), "p")
    for other in LANGUAGES:
        assert patch_json(again, other) == record
    assert [(number, cell.path, cell.proposed) for number, cell in again.accepted] == [
        (1, "disputes.reconsideration.total", 11)
    ]
    assert type(again.changes[1].cells[1].proposed) is Decimal


def test_an_editor_may_put_a_mark_before_it() -> None:
    assert read_patch(b"\xef\xbb\xbf" + encoded(RECORD), "p") == read_patch(encoded(RECORD), "p")


def put(*keys: Any, value: Any) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for key in keys[:-1]:
            record = record[key]
        record[keys[-1]] = value

    return change


def drop(*keys: Any) -> Callable[[Any], None]:
    def change(record: Any) -> None:
        for key in keys[:-1]:
            record = record[key]
        del record[keys[-1]]

    return change


CELL = ("changes", 0, "cells", 0)


@pytest.mark.parametrize(
    ("damage", "place"),
    [
        (put("version", value=2), "version"),
        (put("version", value=True), "version"),
        (put("version", value="1"), "version"),
        (drop("version"), "version"),
        (drop("changes"), "changes"),
        (put("reports", value=[]), "reports"),
        (put("year", value="2023"), "year"),
        (put("year", value=2023.0), "year"),
        (put("publisher", value=7), "publisher"),
        (put("file", value=None), "file"),
        (put("changes", value={}), "changes"),
        (put("changes", 0, value=[]), "changes[0]"),
        (put("changes", 0, "id", value=True), "changes[0].id"),
        (put("changes", 1, "id", value=1), "changes[1].id"),
        (put("implied", 1, "id", value=2), "implied[1].id"),
        (put("changes", 0, "accept", value=1), "changes[0].accept"),
        (put("changes", 0, "accept", value="true"), "changes[0].accept"),
        (put("changes", 0, "confidence", value=1.5), "changes[0].confidence"),
        (put("changes", 0, "confidence", value=True), "changes[0].confidence"),
        (put("changes", 0, "explanation", value={"zh": "x"}), "changes[0].explanation"),
        (put("changes", 0, "resolves", value="DSP001"), "changes[0].resolves"),
        (put("changes", 0, "resolves", value=[1]), "changes[0].resolves[0]"),
        (put("changes", 0, "cells", value=[]), "changes[0].cells"),
        (put("changes", 0, "cells", value=[RECORD["changes"][0]["cells"][0]] * 2), "changes[0].cells[1].path"),
        (put("changes", 0, "alternative_to", value=2), "changes[0].alternative_to"),
        (put("changes", 0, "alternative_to", value=9), "changes[0].alternative_to"),
        (put("changes", 1, "alternative_to", value="1"), "changes[1].alternative_to"),
        (put(*CELL, "note", value=""), "changes[0].cells[0].note"),
        (drop(*CELL, "reported"), "changes[0].cells[0].reported"),
        (put(*CELL, "path", value=["a"]), "changes[0].cells[0].path"),
        (put(*CELL, "proposed", value=None), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value=True), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value=3.9), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value="1e9"), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value="NaN"), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value="１２"), "changes[0].cells[0].proposed"),
        (put(*CELL, "proposed", value={"a": []}), "changes[0].cells[0].proposed"),
        (put(*CELL, "reported", value=""), "changes[0].cells[0].reported"),
        (put("implied", 0, "low", value="3"), "implied[0].low"),
        (put("implied", 0, "high", value=3.5), "implied[0].high"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(damage: Callable[[Any], None], place: str) -> None:
    record = copy.deepcopy(RECORD)
    damage(record)
    with pytest.raises(GovinfoError) as caught:
        read_patch(encoded(record), "p.json")
    assert caught.value.text.en.startswith(f"p.json {place}: ")
    assert caught.value.text.zh.startswith(f"p.json {place}：")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1, column 1: not JSON"),
        (b"[]", "expected an object, found […]"),
        (b"null", "expected an object, found null"),
        (b'{"version": 1,\n "file": }', "line 2, column 10: not JSON"),
        (b'{"version": 1, "version": 1}', "keys given twice"),
        (b'{"version": NaN}', "NaN is not JSON"),
        (b'{"version": 1e999, "file": 1}', "p "),
        (b'{"version": ' + b"9" * 5000 + b"}", "not JSON"),
        ('{"file": "甲"}'.encode("gbk"), "not in UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"version": ' + b"[" * 900 + b"]" * 900 + b"}", "p"),
        (b" " * (LARGEST + 1), "more than 4 MiB"),
    ],
    ids=range(12),
)
def test_what_is_no_patch_is_said(content: bytes, said: str) -> None:
    with pytest.raises(GovinfoError, match=r"^p") as caught:
        read_patch(content, "p")
    assert said in caught.value.text.en
    assert len(caught.value.text.zh) < 500


def test_a_patch_comes_from_a_file_or_a_stream(tmp_path: Any) -> None:
    path = tmp_path / "p.json"
    path.write_bytes(encoded(RECORD))
    assert take_patch(path, "p") == take_patch(io.BytesIO(encoded(RECORD)), "p") == read_patch(encoded(RECORD), "p")
    with pytest.raises(GovinfoError, match=r"^gone: "):
        take_patch(tmp_path / "gone.json", "gone")
    with pytest.raises(GovinfoError, match=r"^big: more than 4 MiB: not a patch"):
        take_patch(io.BytesIO(b" " * (LARGEST + 1)), "big")
