"""``govinfo validate``: exit codes, what it says in both languages, and where it writes."""

from __future__ import annotations

import csv
import importlib
import json
import re
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("pyarrow")
pytest.importorskip("msgspec")

import pyarrow as pa
import pyarrow.parquet as pq

from govinfo import batch
from govinfo.cli import run
from govinfo.schema import Missing, Report, cells
from govinfo.schema.convert import to_json
from govinfo.testing.bases import base_report, build

RECEIVED = "applications.total.received"
GOOD, WRONG = base_report(), build(change={RECEIVED: 999}).report
BLANK = build(change={RECEIVED: Missing.BLANK}).report
OWN_RULES = """
name = "own"
title = { zh = "自己的", en = "own" }

[[rule]]
code = "OWN-APP001"
severity = "error"
title = { zh = "收得太多", en = "too many received" }
source = { zh = "自定", en = "own" }
relation = "applications.total.received <= 1"
"""


def jsonl(path: str, *reports: Report) -> None:
    Path(path).write_text("\n".join(json.dumps(to_json(report)) for report in reports), encoding="utf-8")


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    jsonl("good.jsonl", GOOD, GOOD)
    jsonl("bad.jsonl", GOOD, WRONG, BLANK)
    jsonl("blank.jsonl", BLANK)
    Path("own.toml").write_text(OWN_RULES, encoding="utf-8")
    table = batch.flatten([GOOD, WRONG]).append_column("id", [["one", "two"]])
    pq.write_table(table, "named.parquet")
    pq.write_table(batch.pack(table), "packed.parquet")
    pq.write_table(table.set_column(table.column_names.index("id"), "id", [["same", "same"]]), "twice.parquet")


@pytest.fixture
def validate(capfd: pytest.CaptureFixture[str]) -> Any:
    def call(*arguments: str) -> SimpleNamespace:
        code = run(["validate", *arguments])
        captured = capfd.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["good.jsonl"], 0),
        (["bad.jsonl"], 1),
        (["blank.jsonl"], 0),  # undecided is no error
        (["named.parquet"], 1),
        (["packed.parquet"], 1),
        (["bad.jsonl", "--select", "FEE001"], 0),
        (["bad.jsonl", "--ignore", "APP"], 0),
        (["bad.jsonl", "--select", "APP", "--failed-only"], 1),
        (["bad.jsonl", "--threads", "2"], 1),
        (["bad.jsonl", "--engine", "numpy"], 1),
        (["gone.jsonl"], 2),
        (["own.toml"], 2),
        (["."], 2),
        (["twice.parquet"], 2),
        (["named.parquet", "--id", "nobody"], 2),
        (["bad.jsonl", "--engine", "abacus"], 2),
        (["bad.jsonl", "--rules", "nowhere"], 2),
        (["bad.jsonl", "--select", "XYZ"], 2),
        (["bad.jsonl", "--threads", "0"], 2),
        (["bad.jsonl", "--threads", "many"], 2),
        (["bad.jsonl", "--format", "xlsx"], 2),
        (["bad.jsonl", "--format", "parquet"], 2),
        (["bad.jsonl", "--output", "out.xlsx"], 2),
        (["bad.jsonl", "--output", "no/such/folder.csv"], 2),
        (["bad.jsonl", "--nonsense"], 2),
        ([], 2),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_exit_codes(validate: Any, arguments: list[str], code: int, lang: str) -> None:
    done = validate(*arguments, "--lang", lang)
    assert done.code == code, done.err
    assert (done.err != "") is (code == 2)
    assert "Traceback" not in done.err
    if code == 2:
        assert done.out == ""
        # the names of options and files are the same in every language
        assert bool(re.search("[\u4e00-\u9fff]", done.err)) is (lang == "zh"), done.err


SUMMARY = {
    "zh": (
        r"√ good.jsonl    2 份报告，0 份有不成立的关系（每秒 [\d,]+ 份）",
        r"× bad.jsonl    3 份报告，1 份有不成立的关系",
    ),
    "en": (
        r"√ good.jsonl    2 reports, 0 with relations that do not hold \([\d,]+ a second\)",
        r"× bad.jsonl    3 reports, 1 ",
    ),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary(validate: Any, lang: str) -> None:
    clean, found = SUMMARY[lang]
    assert re.fullmatch(clean, validate("good.jsonl", "--lang", lang).out.rstrip("\n"))
    first, *rules = validate("bad.jsonl", "--lang", lang).out.splitlines()
    assert re.match(found, first)
    violations = batch.validate(batch.flatten([GOOD, WRONG, BLANK])).to_pylist()
    codes = sorted({row["code"] for row in violations})
    assert len(rules) == len(codes)
    for code, said in zip(codes, rules, strict=True):
        own = [row["status"] for row in violations if row["code"] == code]
        failed, undecided = own.count("failed"), own.count("undecided")
        counts = {"zh": f"不成立 {failed}，无法判断 {undecided} ", "en": f"failed {failed}, undecided {undecided} "}
        assert f" {code}  {counts[lang]}" in said


def test_to_the_screen_as_json_lines_with_the_summary_beside(validate: Any) -> None:
    done = validate("bad.jsonl", "--format", "jsonl", "--lang", "en")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert done.code == 1
    assert {row["status"] for row in rows} == {"failed", "undecided"}
    assert rows[0]["title"] == GOOD.title
    assert "3 reports, 1 with" in done.err
    only = validate("bad.jsonl", "--format", "jsonl", "--failed-only")
    assert [json.loads(line) for line in only.out.splitlines()] == [row for row in rows if row["status"] == "failed"]
    assert validate("bad.jsonl", "--format", "csv").out.startswith("\ufefftitle,")


def test_the_suffix_says_the_format(validate: Any) -> None:
    for name in ("out.parquet", "out.csv", "out.jsonl", "out.ndjson"):
        done = validate("named.parquet", "--output", name)
        assert (done.code, done.err) == (1, "")
        assert "2 份报告" in done.out
    found = pq.read_table("out.parquet")
    assert found.equals(batch.validate(pq.read_table("named.parquet")))
    with Path("out.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["id"] for row in csv.DictReader(file)] == found["id"].to_pylist()
    assert Path("out.jsonl").read_bytes() == Path("out.ndjson").read_bytes()
    assert len(Path("out.jsonl").read_text(encoding="utf-8").splitlines()) == found.num_rows
    validate("named.parquet", "--output", "named.txt", "--format", "jsonl")
    assert Path("named.txt").read_bytes() == Path("out.jsonl").read_bytes()


def test_an_unknown_suffix_is_said_before_the_work(validate: Any) -> None:
    done = validate("gone.jsonl", "--output", "out.xlsx", "--lang", "en")
    assert "'out.xlsx' has no suffix of a format (known: parquet, csv, jsonl): say --format" in done.err
    assert not Path("out.xlsx").exists()


def test_columns_that_tell_reports_apart(validate: Any) -> None:
    assert "same comes twice" in validate("twice.parquet", "--lang", "en").err
    assert "第 2 行：same 重复出现" in validate("twice.parquet").err
    both = validate("twice.parquet", "--id", "id", "--id", "year", "--lang", "en")
    assert "column 'id, year', row 2: same, 2022 comes twice" in both.err


def test_rules_of_a_file(validate: Any) -> None:
    done = validate("good.jsonl", "--rules", "own.toml", "--lang", "en")
    assert done.code == 1
    assert "OWN-APP001  failed 2, undecided 0    too many received" in done.out
    assert "收得太多" in validate("good.jsonl", "--rules", "own.toml").out


def test_a_bad_line_leaves_no_file(validate: Any) -> None:
    Path("broken.jsonl").write_text(json.dumps(to_json(GOOD)) + "\n{", encoding="utf-8")
    done = validate("broken.jsonl", "--output", "out.csv", "--lang", "en")
    assert done.code == 2
    assert "broken.jsonl:2: " in done.err
    assert not [path for path in Path().iterdir() if "out" in path.name]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_the_extra_it_says_what_to_install(validate: Any, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    real = importlib.import_module

    def without(name: str, package: str | None = None) -> ModuleType:
        if name == "pyarrow":
            raise ImportError("No module named 'pyarrow'")
        return real(name, package)

    monkeypatch.setattr("govinfo.extras.import_module", without)
    done = validate("good.jsonl", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert "pip install 'govinfo-cn[arrow]'" in done.err
    assert ("此功能需要 pyarrow" if lang == "zh" else "this needs pyarrow") in done.err


def test_an_arrow_stream_without_a_total(validate: Any) -> None:
    table = batch.flatten([GOOD, WRONG])
    with pa.ipc.new_stream("reports.arrows", table.schema) as writer:
        writer.write_table(table)
    assert "2 reports, 1 with" in validate("reports.arrows", "--lang", "en").out


@pytest.mark.skipif(sys.platform == "win32", reason="no such device")
def test_a_device_is_written_to(validate: Any) -> None:
    assert validate("bad.jsonl", "--output", "/dev/null").code == 1


# Which cells are wrong.

TWO_WRONG = build(change={RECEIVED: 999, "applications.natural_person.concluded": 777}).report
ONE_OF_FIVE = build(change={"disputes.litigation_direct.total": 77}).report


def test_locate_writes_cells_with_their_right_value(validate: Any) -> None:
    jsonl("wrong.jsonl", GOOD, WRONG, TWO_WRONG, ONE_OF_FIVE)
    done = validate("wrong.jsonl", "--locate", "-o", "cells.parquet", "--lang", "en")
    assert done.code == 1
    assert "4 reports, 3 with" in done.out
    assert [line.split()[0] for line in done.out.splitlines()[1:]] == ["1", "1", "1"]
    found = pq.read_table("cells.parquet").to_pylist()
    right = cells(GOOD)
    named = [row for row in found if row["status"] == "named"]
    assert [(row["path"], row["reported"], row["proposed"]) for row in named] == [(RECEIVED, 999, right[RECEIVED])]
    assert [row["path"] for row in found if row["status"] == "several"] == [None]
    open_to_choice = [row for row in found if row["status"] == "ambiguous"]
    assert len(open_to_choice) == open_to_choice[0]["alternatives"] > 1
    assert {row["resolves"] for row in open_to_choice} == {"DSP001"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_locate_finds_nothing_where_all_is_in_order(validate: Any, lang: str) -> None:
    done = validate("good.jsonl", "--locate", "--lang", lang)
    assert done.code == 0
    assert done.out.startswith("√ good.jsonl")
    assert len(done.out.splitlines()) == 1


def test_locate_believes_what_is_not_ignored(validate: Any) -> None:
    assert validate("bad.jsonl", "--locate").code == 1
    assert validate("bad.jsonl", "--locate", "--ignore", "APP").code == 0
    assert validate("bad.jsonl", "--locate", "--rules", "own.toml").code == 0


def test_locate_to_the_screen(validate: Any) -> None:
    done = validate("named.parquet", "--locate", "--format", "csv", "--threads", "2")
    (row,) = csv.DictReader(done.out.lstrip("\ufeff").splitlines())
    assert (row["id"], row["status"], row["path"], row["reported"]) == ("two", "named", RECEIVED, "999")
    assert "2 份报告，1 份" in validate("named.parquet", "--locate", "--lang", "zh").out


@pytest.mark.parametrize("option", [["--select", "APP"], ["--failed-only"], ["--engine", "numpy"]])
def test_locate_does_not_go_with_less_than_all_equations(validate: Any, option: list[str]) -> None:
    done = validate("bad.jsonl", "--locate", *option, "--lang", "en")
    assert done.code == 2
    assert option[0] in done.err
    assert "--ignore" in done.err
