"""Files of many reports: what is read, what is damaged, and that nothing half-written is left behind."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("msgspec")

import pyarrow as pa
import pyarrow.parquet as pq

from govinfo import GovinfoError, ReadError, batch
from govinfo.batch.files import format_of, open_table, write_rows
from govinfo.batch.lines import read_lines
from govinfo.schema import Report, cells
from govinfo.schema.convert import to_json
from govinfo.testing.bases import base_report, build

RECEIVED = "applications.total.received"
CHARGED = "processing_fee.charged"
GOOD, OLD, WRONG = base_report(), base_report("2019"), build(change={RECEIVED: 999}).report
SEVERAL = [GOOD, WRONG, OLD, WRONG, GOOD]


def line(report: Report, **changes: Any) -> str:
    """A report as a line of JSON, with values put at dotted paths."""
    record: Any = to_json(report)
    for path, value in changes.items():
        *way, last = path.split(".")
        place = record
        for step in way:
            place = place[step]
        place[last] = value
    return json.dumps(record, ensure_ascii=False)


def read(path: Path) -> pa.Table:
    with open_table(str(path)) as (reader, _):
        return reader.read_all()


def validated(data: Any, **options: Any) -> pa.Table:
    """Violations with their words written out: which dictionary a batch has does not matter."""
    found = batch.validate(data, **options)
    fields = [field.with_type(getattr(field.type, "value_type", field.type)) for field in found.schema]
    return found.cast(pa.schema(fields))


def parquet(table: pa.Table, path: Path) -> None:
    pq.write_table(table, path, row_group_size=2)


def arrow_file(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table, 2)


def arrow_stream(table: pa.Table, path: Path) -> None:
    with pa.ipc.new_stream(path, table.schema) as writer:
        writer.write_table(table, 2)


ARROW: list[tuple[Callable[[pa.Table, Path], None], int | None]] = [
    (parquet, 5),
    (arrow_file, None),
    (arrow_stream, None),
]


@pytest.mark.parametrize(("write", "total"), ARROW)
@pytest.mark.parametrize("packed", [False, True])
def test_arrow_and_parquet_are_told_by_content(
    tmp_path: Path, write: Callable[[pa.Table, Path], None], total: int | None, packed: bool
) -> None:
    table = batch.flatten([WRONG, *SEVERAL[:2], *SEVERAL[3:]] if packed else SEVERAL)
    table = batch.pack(table) if packed else table
    path = tmp_path / "reports.txt"
    write(table, path)
    with open_table(str(path)) as (reader, said):
        assert reader.read_all().equals(table)
    assert said == total
    with open_table(str(path)) as (reader, _):
        assert validated(reader).equals(validated(table))


@pytest.mark.parametrize(("write", "_total"), ARROW)
def test_damaged_files_are_read_errors_wherever_they_end(
    tmp_path: Path, write: Callable[[pa.Table, Path], None], _total: int | None
) -> None:
    whole, path, target = tmp_path / "whole", tmp_path / "damaged", tmp_path / "out.parquet"
    write(batch.flatten(SEVERAL), whole)
    content = whole.read_bytes()
    for end in (9, 40, len(content) // 3, len(content) // 2, len(content) - 30):
        path.write_bytes(content[:end])
        with pytest.raises(ReadError) as caught:
            copy(path, target)
        assert caught.value.kind == "table"
        assert "damaged or incomplete" in caught.value.text.en
        assert "文件损坏或不完整" in caught.value.text.zh
        assert sorted(os.listdir(tmp_path)) == ["damaged", "whole"]


def copy(path: Path, target: Path, format: str = "parquet") -> None:
    with open_table(str(path)) as (reader, _):
        found = batch.stream(reader)
        write_rows(found, found.schema, str(target), format)


@pytest.mark.parametrize("content", [b"", b"<html></html>", b"PK\x03\x04........", b"[1]", "年度报告".encode()])
def test_other_files_are_not_guessed_at(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(ReadError, match="govinfo check") as caught:
        read(tmp_path / "x")
    assert caught.value.kind == "unsupported"


@pytest.mark.parametrize("name", ["gone", "", "nul\0character"])
def test_what_cannot_be_opened(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReadError) as caught:
        read(tmp_path / name)
    assert caught.value.kind == "io"


# JSON Lines.


@pytest.mark.parametrize("start", ["", "\ufeff", "\n \n", "  "])
@pytest.mark.parametrize("between", ["\n", "\n\n   \n", "\r\n"])
def test_json_lines_are_what_flatten_gives(tmp_path: Path, start: str, between: str) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(start + between.join(map(line, SEVERAL)), encoding="utf-8", newline="")
    found, expected = read(path), batch.flatten(SEVERAL).drop_columns("missing")
    assert set(found.column_names) == set(expected.column_names)
    assert found.select(expected.column_names).equals(expected)
    assert validated(found).equals(validated(expected))


def test_keys_in_any_order_and_many_lines() -> None:
    other = json.dumps(dict(reversed(to_json(OLD).items())))
    several = [line(GOOD), other] * 1200
    found = read_lines(io.BytesIO("\n".join(several).encode())).read_all()
    assert found["editions.disclosure"].to_pylist() == ["2021", "2019"] * 1200
    expected = [cells(report)[RECEIVED] for report in (GOOD, OLD)] * 1200
    assert found[RECEIVED].to_pylist() == expected


def changed(**changes: Any) -> bytes:
    return line(GOOD, **changes).encode()


HOSTILE = b"[" * 100_000 + b"]" * 100_000
BAD_LINES = {
    "no object": (b"[]", "Expected `object`, got `array`"),
    "no JSON": (b"{nonsense", "JSON is malformed"),
    "cut off early": (changed()[:100], "JSON is malformed"),
    "cut off late": (changed()[:-20], "JSON is malformed"),
    "two on a line": (changed() + changed(), "malformed"),
    "unknown key": (
        changed(**{"applications.total.recieved": 1}),
        "unknown field `recieved` - at `$.applications.total`",
    ),
    "missing key": (line(GOOD).replace('"received": ', '"recieved": ', 1).encode(), "`$.applications.natural_person`"),
    "a string": (changed(**{RECEIVED: "3"}), f"Expected `int | null`, got `str` - at `$.{RECEIVED}`"),
    "a fraction": (changed(**{RECEIVED: 1.5}), f"Expected `int | null`, got `float` - at `$.{RECEIVED}`"),
    "a truth": (changed(**{RECEIVED: True}), f"Expected `int | null`, got `bool` - at `$.{RECEIVED}`"),
    "too large": (changed(**{RECEIVED: 2**63}), f"{RECEIVED} is {2**63}, which int64 cannot hold"),
    "huge": (line(GOOD).replace('"received": ', f'"received": {"1" * 6000}', 1).encode(), "out of range"),
    "money as a number": (changed(**{CHARGED: 5}), f"Expected `str | null`, got `int` - at `$.{CHARGED}`"),
    "no money": (changed(**{CHARGED: "much"}), f"{CHARGED} is 'much', no decimal"),
    "no number": (changed(**{CHARGED: "NaN"}), f"{CHARGED} is 'NaN', no decimal"),
    "too precise": (changed(**{CHARGED: "0.1234567"}), f"{CHARGED} is 0.1234567, which decimal128(18, 6) cannot hold"),
    "too much": (changed(**{CHARGED: "1e40"}), f"{CHARGED} is 1E+40, which decimal128(18, 6) cannot hold"),
    "no year": (changed(year=10**12), "year is 1000000000000, which int32 cannot hold"),
    "no edition": (changed(**{"editions.disclosure": "1999"}), "no edition '1999' of the form"),
    "no UTF-8": (changed(title="QQ").replace(b"QQ", b"\xff\xfe"), "not in UTF-8: save the file as UTF-8"),
    "no UTF-8 from the start": ('{"年": 1}'.encode("gbk"), "not in UTF-8: save the file as UTF-8"),
    "nested without end": (b'{"x": ' + HOSTILE + b"}", "recursion"),
    "nested in a report": (changed()[:-1] + b', "x": ' + HOSTILE + b"}", "recursion"),
}


@pytest.mark.parametrize(("bad", "said"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path, bad: bytes, said: str) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b"\n".join([line(OLD).encode(), b"", line(GOOD).encode(), bad, line(GOOD).encode()]))
    with pytest.raises(GovinfoError) as caught:
        copy(path, tmp_path / "out.parquet")
    assert f"{path}:4: " in caught.value.text.en
    assert f"{path}:4：" in caught.value.text.zh
    assert said in caught.value.text.en
    assert os.listdir(tmp_path) == ["reports.jsonl"]


@pytest.mark.parametrize("end", [1, 100, 2000, -1])
def test_a_file_cut_off_in_its_last_line(end: int) -> None:
    with pytest.raises(GovinfoError, match="x:2: not a canonical report: Input data was truncated"):
        read_lines(io.BytesIO(line(GOOD).encode() + b"\n" + line(GOOD).encode()[:end]), "x").read_all()


def test_a_line_without_end_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govinfo.batch.lines.MAX_BYTES", 20_000)
    with pytest.raises(GovinfoError, match="x:2: the line is too long"):
        read_lines(io.BytesIO(line(GOOD).encode() + b"\n{" + b" " * 30_000), "x").read_all()


# Writing.

ROWS = pa.table(
    {
        "id": ["plain", "=1+1", " @x", "a,b", '"', None],
        "=day": pa.array([dt.date(2024, 1, 2)] * 6),
        "share": [0.5, float("nan"), float("inf"), 1.0, None, -1.0],
        "left": pa.array(
            [Decimal(n) for n in ("1", "-2", "0.5", "10", "100000000000000000000", "-0.000001")], pa.decimal128(38, 6)
        ),
    }
)


def written(format: str, rows: pa.Table = ROWS) -> bytes:
    file = io.BytesIO()
    write_rows(rows.to_batches(max_chunksize=4), rows.schema, file, format)
    return file.getvalue()


def test_csv_is_for_spreadsheets() -> None:
    content = written("csv")
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == ["id", "'=day", "share", "left"]
    assert [row[0] for row in rows] == ["plain", "'=1+1", "' @x", "a,b", '"', ""]
    assert [row[3] for row in rows] == ["1", "-2", "0.5", "10", "100000000000000000000", "-0.000001"]


def test_json_lines_have_numbers_as_canonical_json_has() -> None:
    def strict(name: str) -> None:
        raise AssertionError(f"JSON has no {name}")

    rows = [json.loads(one, parse_constant=strict) for one in written("jsonl").splitlines()]
    assert [row["left"] for row in rows] == [1, -2, "0.5", 10, 10**20, "-0.000001"]
    assert [row["share"] for row in rows] == [0.5, None, None, 1.0, None, -1.0]
    assert [row["id"] for row in rows] == ROWS["id"].to_pylist()
    assert {row["=day"] for row in rows} == {"2024-01-02"}


def test_parquet_comes_back() -> None:
    found = pq.read_table(io.BytesIO(written("parquet")))
    assert found.schema.equals(ROWS.schema)
    assert found.drop_columns("share").equals(ROWS.drop_columns("share"))  # NaN is not equal to itself


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_nothing_is_written_as_nothing(tmp_path: Path, format: str) -> None:
    none = ROWS.slice(0, 0)
    write_rows(none.to_batches(), none.schema, str(tmp_path / "out"), format)
    content = (tmp_path / "out").read_bytes()
    if format == "parquet":
        assert pq.read_table(tmp_path / "out").equals(none)
    else:
        assert content.decode("utf-8-sig") == ("id,'=day,share,left\r\n" if format == "csv" else "")


@pytest.mark.parametrize("format", ["parquet", "csv", "jsonl"])
def test_what_was_there_stays_until_all_went_well(tmp_path: Path, format: str) -> None:
    target = tmp_path / "out"
    target.write_bytes(b"before")

    def breaking() -> Any:
        yield from ROWS.to_batches()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_rows(breaking(), ROWS.schema, str(target), format)
    assert target.read_bytes() == b"before"
    assert os.listdir(tmp_path) == ["out"]
    write_rows(ROWS.to_batches(), ROWS.schema, str(target), format)
    assert target.read_bytes() != b"before"
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize("target", ["folder", "no/such/folder/x", "nul\0character"])
def test_what_cannot_be_written_is_said(tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(GovinfoError) as caught:
        write_rows(ROWS.to_batches(), ROWS.schema, str(tmp_path / target), "csv")
    assert "cannot write" in caught.value.text.en
    assert "无法写入" in caught.value.text.zh
    assert os.listdir(tmp_path) == ["folder"]


def test_the_suffix_is_the_format(tmp_path: Path) -> None:
    for path, named, expected in [
        ("a.parquet", None, "parquet"),
        ("a.CSV", None, "csv"),
        ("a.ndjson", None, "jsonl"),
        ("a.txt", "csv", "csv"),
        (None, "csv", "csv"),
        (None, None, None),
        (os.devnull, None, "jsonl"),
    ]:
        assert format_of(path, named) == expected
    for path, named in [("a.xlsx", None), ("a", None), (str(tmp_path / "new"), None), ("a.csv", "xlsx"), (None, "x")]:
        with pytest.raises(GovinfoError, match="known: parquet, csv, jsonl"):
            format_of(path, named)


@pytest.mark.parametrize("before", [0, 1, 3])
def test_a_figure_given_twice_is_refused(before: int) -> None:
    line = json.dumps(to_json(base_report("2021")), ensure_ascii=False)
    twice = line.replace('"received": 5,', '"received": 5, "received": 6,', 1)
    assert twice != line
    lines = "\n".join([line] * before + [twice]).encode()
    with pytest.raises(GovinfoError, match=rf"^{before + 1}: .*keys given twice: \['received'\]"):
        read_lines(io.BytesIO(lines)).read_all()
