"""Read, check, write: the public interface, and what it does with everything that is not a report."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

import govinfo
from govinfo import GovinfoError, Reader, ReadError, Report, RuleSet, Severity, Status, Text, Writer, hookimpl
from govinfo.api import check_files, with_rule_files
from govinfo.documents.model import Document
from govinfo.findings import Correction
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.repair.evidence import Evidence
from govinfo.schema import cells
from govinfo.schema.convert import to_json
from govinfo.testing import example_report, render, replace_cells
from govinfo.testing.bases import base_report

ROOT = Path(__file__).parents[2]
REPORT = example_report("2021", 3, profile="large")
HTML = render(REPORT, "html")
TEXT = render(REPORT, "lines")


def with_plugin(**hooks: Callable[[], Any]) -> Plugins:
    module = ModuleType("extra")
    for name, function in hooks.items():
        setattr(module, name, hookimpl(function))
    loaded = load_plugins(entry_points=False, candidates=[Candidate("extra", "extra", "1", lambda: module)])
    assert loaded.problems == ()
    return loaded


def giving(*things: Any) -> Callable[[], Any]:
    return lambda: things


def record(**changes: Any) -> bytes:
    return json.dumps({**to_json(REPORT), **changes}).encode()


# The public names.


def test_every_public_name_is_there() -> None:
    assert set(govinfo.__all__) <= set(dir(govinfo))
    for name in govinfo.__all__:
        assert getattr(govinfo, name) is not None


def test_type_checkers_and_the_interpreter_see_the_same_names() -> None:
    tree = ast.parse(Path(govinfo.__file__).read_text(encoding="utf-8"))
    (typed,) = [node for node in tree.body if isinstance(node, ast.If)]
    imported = {
        (node.module, alias.name) for node in typed.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert imported == {(home, name) for home, names in govinfo._HOMES.items() for name in names}
    assert {name for _, name in imported} | {"__version__"} == {*govinfo.__all__, "batch"}


def test_no_other_name_is_there() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        govinfo.nonsense  # noqa: B018


def test_the_version_is_that_of_the_package() -> None:
    assert govinfo.__version__ == tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import govinfo", {"attr", "click", "pluggy", "lxml", "cattrs", "decimal"}),
        ("import govinfo.cli; govinfo.cli.run(['--help'])", {"attr", "pluggy", "lxml", "cattrs", "importlib.metadata"}),
        ("import govinfo.cli; govinfo.cli.run(['check', 'report.txt'])", {"lxml", "cattrs", "hypothesis"}),
    ],
)
def test_nothing_is_imported_that_is_not_used(tmp_path: Path, code: str, absent: set[str]) -> None:
    (tmp_path / "report.txt").write_bytes(TEXT)
    show = "import sys; print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", f"{code}; {show}"], cwd=tmp_path, capture_output=True, check=True)
    assert absent & set(done.stderr.decode().split()) == set()


# Reading.


@pytest.mark.parametrize("content", [HTML, TEXT], ids=["html", "text"])
def test_a_path_bytes_and_a_stream_read_the_same(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "report"
    path.write_bytes(content)
    readings = [
        govinfo.read(path),
        govinfo.read(str(path)),
        govinfo.read(content, name=str(path)),
        govinfo.read(io.BytesIO(content), name=str(path)),
    ]
    assert {attrs.evolve(reading, origins={}) == attrs.evolve(readings[0], origins={}) for reading in readings} == {
        True
    }
    assert readings[0].report.applications == REPORT.applications
    assert readings[0].document is not None
    assert readings[0].document.name == str(path)


def test_the_most_certain_reader_is_taken() -> None:
    def make(name: str, sure: float) -> Reader:
        return Reader(name, lambda content, file: sure, lambda content, file: Document((), name=name, title=name))

    for sure in ([2.0, 1.5], [1.5, 2.0]):
        names = ["first", "second"]
        readers = [make(name, score) for name, score in zip(names, sure, strict=True)]
        plugins = with_plugin(govinfo_readers=giving(*readers))
        with pytest.raises(ReadError) as caught:
            govinfo.read(TEXT, plugins=plugins)
        assert caught.value.name == names[sure.index(2.0)]


@pytest.mark.parametrize("error", [ZeroDivisionError("oh"), RecursionError("deep")])
def test_a_reader_that_breaks_is_a_read_error_with_its_cause(error: Exception) -> None:
    def read(content: bytes, name: str) -> Document:
        raise error

    plugins = with_plugin(govinfo_readers=lambda: [Reader("broken", lambda content, name: 9.0, read)])
    with pytest.raises(ReadError, match=rf"broken.*{type(error).__name__}") as caught:
        govinfo.read(TEXT, name="x.txt", plugins=plugins)
    assert (caught.value.kind, caught.value.name) == ("internal", "x.txt")
    assert caught.value.__cause__ is error


def test_a_file_that_takes_too_much_memory_is_too_large() -> None:
    def read(content: bytes, name: str) -> Document:
        raise MemoryError

    plugins = with_plugin(govinfo_readers=lambda: [Reader("greedy", lambda content, name: 9.0, read)])
    with pytest.raises(ReadError, match="more memory than is allowed") as caught:
        govinfo.read(TEXT, name="x.txt", plugins=plugins)
    assert (caught.value.kind, caught.value.name) == ("too_large", "x.txt")


def test_a_reader_that_returns_no_document_is_a_read_error() -> None:
    reader = Reader("broken", lambda content, name: 9.0, lambda content, name: "text")  # type: ignore[arg-type,return-value]
    with pytest.raises(ReadError, match="not a Document"):
        govinfo.read(TEXT, plugins=with_plugin(govinfo_readers=lambda: [reader]))


def test_a_reader_that_breaks_while_asked_does_not_keep_the_others_away(caplog: pytest.LogCaptureFixture) -> None:
    def accepts(content: bytes, name: str) -> float:
        raise ZeroDivisionError("oh")

    reader = Reader("broken", accepts, lambda content, name: Document(()))
    assert govinfo.read(TEXT, plugins=with_plugin(govinfo_readers=lambda: [reader])).report.year == REPORT.year
    assert "broken" in caplog.text


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\2" * 100, b"%PDF-1.7", b"\x89PNG\r\n\x1a\n", b"hello", b"<html><p>hello", b"{}", b"\xff\xfe"],
)
def test_what_is_not_a_report_is_a_read_error(content: bytes) -> None:
    with pytest.raises(ReadError) as caught:
        govinfo.read(content, name="it")
    assert caught.value.name == "it"
    assert caught.value.text.zh != caught.value.text.en


def test_a_huge_file_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "huge.html"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    began = time.perf_counter()
    with pytest.raises(ReadError) as caught:
        govinfo.read(path)
    assert caught.value.kind == "too_large"
    assert time.perf_counter() - began < 1


# Canonical JSON read back.


@pytest.mark.parametrize("edition", ["2019", "2021", "mixed"])
def test_a_written_report_is_loaded_again(tmp_path: Path, edition: Any) -> None:
    report = example_report(edition, 5, blanks=0.2)
    path = tmp_path / "report.json"
    path.write_text(json.dumps(to_json(report)), encoding="utf-8")
    assert govinfo.load(path) == report
    assert govinfo.load(path.read_bytes()) == report
    assert govinfo.check(path).reading.report == report


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (record(year="2021"), "year"),
        (record(editions={"disclosure": "2030", "applications": "2021"}), "2030"),
        (record(editions={"disclosure": ["2021"]}), ""),
        (record(missing={"applications.total.nonsense": "blank"}), "nonsense"),
        (record(missing=[]), "missing"),
        (b'{"applications": ', "line 1"),
        (b'{"applications": NaN}', "NaN"),
        (b'{"applications": 1, "applications": 2}', "twice"),
        (b'{"applications": ' + b"[" * 100_000, "deep"),
        (b'{"applications": ' + b"1" * 10_000 + b"}", ""),
        (b'{"applications": "\xff"}', ""),
        (b"[]", "object"),
        (b"{}", "empty"),
        (record() + record(), "Extra data"),
    ],
)
def test_a_wrong_record_is_a_read_error_that_says_where(content: bytes, said: str) -> None:
    with pytest.raises(ReadError) as caught:
        govinfo.load(content, name="it.json")
    assert caught.value.kind == "record"
    assert said in caught.value.text.en
    if b"applications" in content:
        with pytest.raises(ReadError, match="not a valid canonical JSON report"):
            govinfo.check(content)


# Checking.


def test_a_report_a_reading_and_a_file_are_checked_alike(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(HTML)
    results = [govinfo.check(REPORT), govinfo.check(govinfo.read(path)), govinfo.check(path), govinfo.check(HTML)]
    for result in results:
        assert [finding for finding in result.findings if finding.severity is Severity.ERROR] == []
        assert result.count(Status.PASSED, equations_only=True) > 30
        assert result.rule_sets == ("national",)


def test_select_and_ignore_take_codes_and_their_beginnings() -> None:
    everything = {outcome.code for outcome in govinfo.check(REPORT).outcomes}
    chosen = {outcome.code for outcome in govinfo.check(REPORT, select=["APP"]).outcomes}
    assert chosen == {code for code in everything if code.startswith("APP")}
    rest = {outcome.code for outcome in govinfo.check(REPORT, select=["APP"], ignore=["APP001"]).outcomes}
    assert rest == chosen - {"APP001"}


@pytest.mark.parametrize("choice", [{"rules": ["nowhere"]}, {"select": ["APPP"]}, {"ignore": ["x"]}])
def test_a_slip_in_a_choice_is_an_error(choice: dict[str, Any]) -> None:
    with pytest.raises(GovinfoError, match=r"nowhere|APPP|x"):
        govinfo.check(REPORT, **choice)


@pytest.mark.parametrize(
    ("choice", "known"),
    [
        ({"rules": ["nowhere"]}, "national"),
        ({"select": ["ZZZ"]}, "APP, DIS, DOC, DSP, FEE"),
        ({"ignore": ["FEE9"]}, "FEE001, FEE002"),
    ],
)
def test_a_slip_in_a_choice_is_said_before_any_file_is_read(choice: dict[str, Any], known: str) -> None:
    with pytest.raises(GovinfoError, match=known) as caught:
        check_files(["gone.txt"], **choice)
    assert not isinstance(caught.value, ReadError)
    with pytest.raises(GovinfoError, match=known):
        govinfo.check("gone.txt", **choice)


def test_regional_rules_apply_to_their_region_or_by_name() -> None:
    plugins = with_plugin(govinfo_rule_sets=lambda: [RuleSet("hebei", Text("河北", "Hebei"), (), region="13")])
    here = attrs.evolve(REPORT, publisher=attrs.evolve(REPORT.publisher, region_code="130500"))
    there = attrs.evolve(REPORT, publisher=attrs.evolve(REPORT.publisher, region_code="320500"))
    unknown = attrs.evolve(REPORT, publisher=attrs.evolve(REPORT.publisher, region_code=None))
    assert govinfo.check(here, plugins=plugins).rule_sets == ("hebei", "national")
    assert govinfo.check(there, plugins=plugins).rule_sets == ("national",)
    assert govinfo.check(unknown, plugins=plugins).rule_sets == ("national",)
    assert govinfo.check(there, rules=["hebei"], plugins=plugins).rule_sets == ("hebei",)


# Writing.


@pytest.mark.parametrize("suffix", [".txt", ".json", ".jsonl", ""])
def test_the_suffix_decides_the_format(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"out{suffix}"
    result = govinfo.check(REPORT)
    assert govinfo.write(result, path) is None
    assert path.read_bytes() == govinfo.write(result, format={"": "text", ".txt": "text"}.get(suffix, suffix[1:]))


def test_write_to_a_stream_and_several_results() -> None:
    stream = io.BytesIO()
    results = [govinfo.check(REPORT), govinfo.check(Report())]
    govinfo.write(iter(results), stream, format="jsonl")
    assert len(stream.getvalue().splitlines()) == 2


@pytest.mark.parametrize(("target", "format"), [("out.nonsense", None), (None, "nonsense")])
def test_an_unknown_format_is_an_error_that_lists_the_known(tmp_path: Path, target: str | None, format: Any) -> None:
    with pytest.raises(GovinfoError, match=r"nonsense.*jsonl"):
        govinfo.write(govinfo.check(REPORT), target and tmp_path / target, format=format)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("output", [ZeroDivisionError("oh"), None, 3])
def test_a_writer_that_breaks_leaves_nothing_behind(tmp_path: Path, output: Any) -> None:
    def write(files: Any, lang: Any) -> Any:
        if isinstance(output, Exception):
            raise output
        return output

    plugins = with_plugin(govinfo_writers=lambda: [Writer("broken", (".broken",), write)])
    with pytest.raises(GovinfoError, match="broken"):
        govinfo.write(govinfo.check(REPORT), tmp_path / "out.broken", plugins=plugins)
    assert list(tmp_path.iterdir()) == []


# Rule sets in files.

RULES = """
name = "mine"
title = "本单位"

[[rule]]
code = "MY-DSP001"
severity = "error"
title = "t"
source = "s"
relation = "disputes.reconsideration.total < 0"
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    path = tmp_path / "my.toml"
    path.write_text(RULES, encoding="utf-8")
    return path


def codes(result: govinfo.Result) -> set[str]:
    return {outcome.code for outcome in result.outcomes}


def test_a_file_is_a_rule_set(rules: Path) -> None:
    mine = govinfo.check(REPORT, rules=[rules])
    assert codes(mine) == {"MY-DSP001"}
    assert [finding.code for finding in mine.findings] == ["MY-DSP001"]
    assert govinfo.check(REPORT, rules=[str(rules)]) == mine
    national = govinfo.check(REPORT, rules=["national"])
    assert codes(govinfo.check(REPORT, rules=["national", rules])) == codes(national) | {"MY-DSP001"}
    assert codes(govinfo.check(REPORT, rules=["national", rules], select=["MY"])) == {"MY-DSP001"}
    assert "MY-DSP001" not in codes(govinfo.check(REPORT))


def test_any_path_is_a_file_and_a_name_only_with_its_suffix(rules: Path) -> None:
    other = rules.rename(rules.with_name("mine"))
    assert codes(govinfo.check(REPORT, rules=[other])) == {"MY-DSP001"}
    with pytest.raises(GovinfoError, match="no rule set"):
        govinfo.check(REPORT, rules=[str(other)])


def test_the_file_of_a_rule_set_is_read_once_for_many_reports(rules: Path) -> None:
    checked = check_files([ROOT / "examples"], rules=[rules])
    rules.unlink()
    assert {code for file in checked if file.result for code in codes(file.result)} == {"MY-DSP001"}


def test_a_wrong_file_of_rules_is_said_before_any_report_is_read(rules: Path) -> None:
    rules.write_text(RULES.replace("total", "totals"), encoding="utf-8")
    for call in (lambda: govinfo.check("gone.txt", rules=[rules]), lambda: check_files(["gone.txt"], rules=[rules])):
        with pytest.raises(GovinfoError, match=r"my\.toml:10: rule MY-DSP001, relation: no cell") as caught:
            call()
        assert not isinstance(caught.value, ReadError)


def test_with_rule_files_gives_all_there_is_and_the_names_chosen(rules: Path) -> None:
    before = load_plugins(entry_points=False)
    assert with_rule_files(before, None) == (before, None)
    assert with_rule_files(before, ["national"]) == (before, ("national",))
    after, names = with_rule_files(before, [rules, "national", rules])
    assert names == ("mine", "national")
    assert [rule_set.name for rule_set in after.rule_sets] == ["national", "mine"]
    same = rules.with_name("other.toml")
    same.write_bytes(rules.read_bytes())
    with pytest.raises(govinfo.PluginError) as caught:
        with_rule_files(before, [rules, same])
    assert str(rules) in caught.value.text.zh
    assert str(same) in caught.value.text.zh


def test_names_that_were_returned_may_be_given_again(rules: Path) -> None:
    rules.write_text(RULES.replace('"mine"', '"mine.toml"'), encoding="utf-8")
    once = with_rule_files(load_plugins(entry_points=False), [rules])
    assert with_rule_files(*once) == once == (once[0], ("mine.toml",))


def test_a_file_is_a_rule_set_for_many_reports_too(rules: Path) -> None:
    batch = pytest.importorskip("govinfo.batch", exc_type=ImportError)
    found = batch.validate(batch.flatten([REPORT]), rules=[rules])
    assert set(found["code"].to_pylist()) == {"MY-DSP001"}


def test_what_last_year_carried_over_speaks_for_what_is_carried_in() -> None:
    previous = base_report("2021")
    carried: Any = cells(previous)["applications.total.carried_out"]
    evidence = Evidence(govinfo.Reading(Report()), previous)
    path = "applications.total.carried_in"
    right, said = evidence.of(Correction(path, carried + 1, carried))
    wrong, _ = evidence.of(Correction(path, carried, carried + 1))
    assert right > 1 > wrong
    assert str(carried) in said[0].zh


def test_last_years_report_is_found_by_publisher_and_year(tmp_path: Path) -> None:
    """Two figures one too low, in one column each: which row is wrong in which column arithmetic does not tell."""
    base, a, b = base_report("2021"), "applications.natural_person", "applications.enterprise"
    right = cells(base)
    before = {f"{one}.carried_out": right[f"{one}.carried_in"] for one in (a, b)}
    previous = attrs.evolve(replace_cells(base, before), year=2021)
    wrong: Any = {path: right[path] for path in (f"{a}.carried_in", f"{b}.received")}
    later = replace_cells(base, {path: number - 1 for path, number in wrong.items()})
    for name, report in (("before.json", previous), ("later.json", later)):
        (tmp_path / name).write_text(json.dumps(to_json(report), ensure_ascii=False), encoding="utf-8")

    def first(**options: Any) -> tuple[str, dict[str, Any]]:
        found = govinfo.check(tmp_path / "later.json", **options).findings
        (finding, *_) = (one for one in found if one.suggestions)
        assert finding.diagnosis is not None
        best = finding.suggestions[0]
        return finding.diagnosis.value, {cell.path: cell.proposed for cell in best.cells}

    assert first()[0] == "ambiguous"
    assert first(previous=tmp_path) == ("named", wrong)
