"""The command: arguments, output, exit codes. Most tests run it in this process, the rest as a user would."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest

from govinfo import __version__
from govinfo.cli import commands, run
from govinfo.findings import Severity
from govinfo.plugins import Plugin, PluginProblem, Plugins, default_plugins
from govinfo.rules.model import LinearRule, RuleSet
from govinfo.schema.convert import from_json, to_json
from govinfo.schema.jsonschema import json_schema
from govinfo.testing import example_report, render, replace_cells
from govinfo.text import LANGUAGES, Text

GOOD = example_report("2021", 3, profile="large")
BAD = replace_cells(GOOD, {"disputes.reconsideration.total": 9999})


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a good report, a bad one and something else, speaking Chinese."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    Path("good.txt").write_bytes(render(GOOD, "lines"))
    Path("bad.txt").write_bytes(render(BAD, "lines"))
    Path("other.txt").write_text("今天天气很好。", encoding="utf-8")


@pytest.fixture
def govinfo(capfd: pytest.CaptureFixture[str]) -> Any:
    """Run the command and return its exit code, output and errors."""

    def call(*arguments: str) -> SimpleNamespace:
        code = run(arguments)
        captured = capfd.readouterr()
        return SimpleNamespace(code=code, out=captured.out, err=captured.err)

    return call


# Exit codes.


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["check", "good.txt"], 0),
        (["check", "bad.txt"], 1),
        (["check", "good.txt", "bad.txt"], 1),
        (["check", "other.txt"], 2),
        (["check", "gone.txt"], 2),
        (["check", "."], 1),
        (["check", ".", "other.txt"], 2),
        (["check", "bad.txt", "--ignore", "DSP"], 0),
        (["check", "bad.txt", "--select", "APP"], 0),
        (["check", "bad.txt", "--rules", "national"], 1),
        (["check", "bad.txt", "--rules", "nowhere"], 2),
        (["check", "bad.txt", "--select", "nonsense"], 2),
        (["check", "gone.txt", "--rules", "nowhere"], 2),
        (["check", "bad.txt", "--format", "nonsense"], 2),
        (["check", "bad.txt", "--output", "out.nonsense"], 2),
        (["check", "bad.txt", "--lang", "fr"], 2),
        (["check"], 2),
        (["nonsense"], 2),
        ([], 2),
        (["--help"], 0),
        (["check", "--help"], 0),
        (["--version"], 0),
        (["parse", "good.txt"], 0),
        (["parse", "good.txt", "other.txt"], 2),
        (["rules"], 0),
        (["rules", "app001"], 0),
        (["rules", "XYZ999"], 2),
        (["plugins"], 0),
        (["schema"], 0),
    ],
)
def test_exit_code(govinfo: Any, arguments: list[str], code: int) -> None:
    done = govinfo(*arguments)
    assert done.code == code
    assert (done.out + done.err).strip()
    assert "Traceback" not in done.err


def test_an_empty_folder_is_said(govinfo: Any) -> None:
    Path("empty").mkdir()
    done = govinfo("check", "empty")
    assert (done.code, done.out) == (2, "")
    assert "empty" in done.err


def test_files_that_are_no_documents_do_no_harm(govinfo: Any) -> None:
    Path("folder").mkdir()
    Path("good.txt").rename("folder/good.txt")
    for name in ("setup.py", "style.css", "LICENSE"):
        Path("folder", name).write_text("x")
    for command in ("check", "parse"):
        done = govinfo(command, "folder")
        assert done.code == 0
        assert "3" in done.err
        assert ".css, .py, LICENSE" in done.err
    assert govinfo("check", "folder/setup.py").code == 2


@pytest.mark.parametrize("arguments", [["--rules", "nowhere"], ["--select", "ZZZ"], ["--ignore", "APP9"]])
def test_a_slip_in_a_choice_is_said_before_any_file_is_read(govinfo: Any, arguments: list[str]) -> None:
    done = govinfo("check", "gone.txt", *arguments)
    assert (done.code, done.out) == (2, "")
    assert arguments[1] in done.err
    assert "gone.txt" not in done.err


# check


def test_one_bad_file_does_not_stop_a_folder(govinfo: Any) -> None:
    lines = govinfo("check", ".").out.splitlines()
    assert [line[0] for line in lines if line[:1] in "√×?–" and line] == ["×", "√", "–"]
    assert "共 3 份：1 份无错误，1 份有错误（共 1 处），1 份不是年度报告，已跳过" in lines


def test_json_is_the_contract(govinfo: Any) -> None:
    output = json.loads(govinfo("check", "bad.txt", "other.txt", "--format", "json").out)
    assert list(output) == ["version", "reports", "rule_set", "publishers"]
    assert (output["version"], output["rule_set"]) == (__version__, "national")
    bad, other = output["reports"]
    keys = ["file", "report", "findings", "outcomes", "error", "implied", "dismissed", "skipped"]
    assert list(bad) == list(other) == keys
    assert from_json(bad["report"]).disputes == BAD.disputes
    jsonschema.Draft202012Validator(json_schema()).validate(bad["report"])
    finding = next(finding for finding in bad["findings"] if finding["severity"] == "error")
    assert list(finding) == [
        *("code", "severity", "message", "paths", "actual", "expected"),
        *("delta", "location", "cause", "suggestions", "fingerprint", "diagnosis", "parts", "note"),
    ]
    assert finding["location"]["file"] == "bad.txt"
    assert finding["location"]["line"] > 0
    counts = {key: value for key, value in bad["outcomes"].items() if key != "details"}
    assert set(counts) == {"passed", "failed", "undecided", "not_applicable", "crashed"}
    assert len(bad["outcomes"]["details"]) == sum(counts.values()) - counts["passed"]
    assert {key for detail in bad["outcomes"]["details"] for key in detail} == {"code", "binding", "status", "reason"}
    assert (other["report"], other["findings"], other["outcomes"]) == (None, [], None)
    assert set(other["error"]) == {"kind", "message"}


def test_jsonl_has_a_line_per_file(govinfo: Any) -> None:
    lines = govinfo("check", "good.txt", "bad.txt", "--format", "jsonl").out.splitlines()
    assert [json.loads(line)["file"] for line in lines] == ["good.txt", "bad.txt"]


def test_output_goes_to_a_file_by_suffix(govinfo: Any) -> None:
    done = govinfo("check", "bad.txt", "--output", "out.json")
    assert (done.code, done.out) == (1, "")
    assert json.loads(Path("out.json").read_text(encoding="utf-8"))["reports"][0]["file"] == "bad.txt"


def test_verbose_lists_what_could_not_be_judged(govinfo: Any) -> None:
    brief, full = govinfo("check", "good.txt"), govinfo("check", "good.txt", "--verbose")
    assert len(full.out.splitlines()) > len(brief.out.splitlines())


def test_standard_input(govinfo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for command in ("check", "parse"):
        monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(Path("good.txt").read_bytes())))
        assert govinfo(command, "-").code == 0


# parse


def test_parse_writes_one_object_for_one_file(govinfo: Any) -> None:
    done = govinfo("parse", "good.txt")
    assert from_json(json.loads(done.out)).applications == GOOD.applications
    assert len(done.out.splitlines()) > 100
    assert govinfo("parse", "--compact", "good.txt").out.count("\n") == 1


@pytest.mark.parametrize("paths", [["good.txt", "bad.txt", "other.txt"], ["."]])
def test_parse_writes_json_lines_for_several(govinfo: Any, paths: list[str]) -> None:
    done = govinfo("parse", *paths)
    assert {from_json(json.loads(line)).disputes for line in done.out.splitlines()} == {GOOD.disputes, BAD.disputes}
    assert "other.txt" in done.err


def test_what_parse_writes_can_be_checked(govinfo: Any) -> None:
    assert govinfo("parse", "bad.txt", "--output", "bad.json").out == ""
    done = govinfo("check", "bad.json")
    assert done.code == 1
    Path("bad.json").write_text(
        Path("bad.json").read_text(encoding="utf-8").replace("9999", '"9999"'), encoding="utf-8"
    )
    done = govinfo("check", "bad.json")
    assert done.code == 2
    assert "disputes.reconsideration.total" in done.out


# rules, plugins, schema


def test_rules_are_listed_and_explained(govinfo: Any) -> None:
    rules = json.loads(govinfo("rules", "--format", "json").out)
    listed = govinfo("rules").out
    assert len(rules) > 10
    for rule in rules:
        assert rule["code"] in listed
        explained = govinfo("rules", rule["code"]).out
        for key in ("title", "source", "relation", "in_words"):
            assert (rule[key] or "") in explained
        for key in ("passes", "fails"):
            assert rule[key]["text"] in explained
    assert json.loads(govinfo("rules", "APP001", "--format", "json").out)["code"] == "APP001"


def test_rules_are_inspected(govinfo: Any) -> None:
    told = govinfo("rules", "--lint", "--lang", "en")
    assert told.code == 0
    assert "table 3: 175 cells, 39 equations of rank 37; every cell has its own pattern" in told.out
    assert "APP001 (total) follows from APP001 (natural persons," in told.out
    assert "nothing is wrong" in told.out
    national = json.loads(govinfo("rules", "--lint", "--format", "json").out)[0]
    assert national["rule_set"] == "national"
    assert not national["wrong"]
    assert {remark["kind"] for remark in national["remarks"]} == {"implied"}
    refused = govinfo("rules", "--lint", "APP001")
    assert (refused.code, refused.out) == (2, "")
    assert "--lint" in refused.err


def test_rules_that_contradict_each_other_are_exit_code_1(govinfo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = (
        LinearRule(f"MAD00{n}", Severity.ERROR, Text("规则", "rule"), Text("依据", "source"), relation)
        for n, relation in enumerate(("applications.total.granted == 1", "applications.total.granted > 1"), 1)
    )
    made = Plugin("mad", "mad", "1", rule_sets=(RuleSet("mad", Text("自造", "made up"), (one, other)),))
    loaded = Plugins((*default_plugins().plugins, made))
    monkeypatch.setattr(commands, "default_plugins", lambda: loaded)
    told = govinfo("rules", "--lint")
    assert told.code == 1
    assert "错误  不可能同时成立：MAD001、MAD002" in told.out


def test_plugins_are_listed(govinfo: Any) -> None:
    assert f"govinfo-cn {__version__}" in govinfo("plugins").out
    listed = json.loads(govinfo("plugins", "--format", "json").out)
    assert listed["plugins"][0]["rule_sets"] == ["national"]
    assert listed["problems"] == []


def test_a_plugin_that_was_left_out_is_said_and_does_no_harm(govinfo: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = PluginProblem("it", "some-package", "1.2", Text("坏了\x1b[2J", "broken"))
    loaded = Plugins(default_plugins().plugins, (problem,))
    monkeypatch.setattr(commands, "default_plugins", lambda: loaded)
    done = govinfo("check", "good.txt")
    assert done.code == 0
    assert "some-package 1.2" in done.err
    assert "\x1b" not in done.err


def test_the_schema_is_written(govinfo: Any) -> None:
    assert json.loads(govinfo("schema").out) == json_schema()


# Languages.


@pytest.mark.parametrize(
    ("arguments", "environment", "english"),
    [
        ([], {}, False),
        ([], {"LANG": "en_US.UTF-8"}, True),
        (["--lang", "en"], {}, True),
        (["--lang=zh"], {"LANG": "en_US.UTF-8"}, False),
    ],
)
def test_both_languages(
    govinfo: Any, arguments: list[str], environment: dict[str, str], english: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    before, after = govinfo(*arguments, "check", "bad.txt"), govinfo("check", *arguments, "bad.txt")
    assert before.out == after.out
    assert ("error" in before.out, "错误" in before.out) == (english, not english)
    shown = govinfo(*arguments, "check", "--help").out
    assert shown.isascii() == english


@pytest.mark.parametrize(
    "arguments",
    [[], ["--help"], ["check", "--help"], ["parse", "-h"], ["rules", "-h"], ["plugins", "-h"], ["schema", "-h"]],
)
def test_help_is_in_one_language(govinfo: Any, arguments: list[str]) -> None:
    chinese, english = (govinfo("--lang", lang, *arguments) for lang in LANGUAGES)
    assert not re.search(r"Usage|Options|Commands|Show|ARGS|default", chinese.out + chinese.err)
    assert (english.out + english.err).isascii()
    assert "...\n" not in english.out.partition("Commands:")[2]  # a summary that was cut


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "没有选项 --nonsense"),
        (["check", "a", "--fromat", "x"], "没有选项 --fromat"),
        (["nonsense"], "没有命令 nonsense"),
        (["chekc"], "没有命令 chekc"),
        (["check"], "缺少参数：路径..."),
        (["check", "--format"], "选项 --format 缺少值"),
        (["check", "--verbose=3", "x"], "选项 --verbose 不带值"),
        (["check", "x", "--lang", "fr"], "选项 --lang 不能是“fr”，可用：zh、en"),
        (["rules", "--format", "x'y"], "选项 --format 不能是“x'y”，可用：text、json"),
        (["rules", "a", "b"], "多余的参数：b"),
        (["--lang", "zh"], "缺少命令"),
    ],
)
def test_wrong_usage_is_said_in_chinese(govinfo: Any, arguments: list[str], said: str) -> None:
    done = govinfo(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.rstrip().endswith(f"错误：{said}")
    assert not re.search("Usage|Error|Try|Option ", done.err)


# The process.


def spawn(*arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([sys.executable, "-m", "govinfo", *arguments], capture_output=True, timeout=60, **options)


def test_a_closed_pipe_is_quiet() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as output:
        command = [sys.executable, "-m", "govinfo", "check", "--format", "json", "bad.txt"]
        done = subprocess.run(command, stdout=output, stderr=subprocess.PIPE, timeout=60)
    assert done.stderr == b""
    assert done.returncode == 141


def test_a_console_that_lacks_characters_gets_question_marks() -> None:
    done = spawn("check", "bad.txt", env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"?" in done.stdout
    gbk = spawn("check", "bad.txt", env={**os.environ, "PYTHONIOENCODING": "gbk"})
    assert gbk.stdout.decode("gbk").startswith("×")
    data = spawn("check", "bad.txt", "--format", "json", env={**os.environ, "PYTHONIOENCODING": "gbk"})
    assert json.loads(data.stdout.decode("utf-8"))["reports"]


def test_file_names_that_are_no_characters_or_act() -> None:
    for name in (b"\xff\xfe.txt", b"\x1b[31m.txt"):
        Path(os.fsdecode(name)).write_bytes(b"nothing")
        for format in ("text", "json"):
            done = spawn("check", "--format", format, name)  # type: ignore[arg-type]
            assert (done.returncode, done.stderr) == (2, b"")
            assert b"\x1b" not in done.stdout
            done.stdout.decode("utf-8")


# Rule sets in files.

RULES = """
name = "mine"
title = { zh = "本单位", en = "my office" }

[[rule]]
code = "MY-DSP001"
severity = "error"
title = { zh = "有复议", en = "a dispute" }
source = "s"
relation = "disputes.reconsideration.total > 9999"
"""


def test_check_takes_rules_from_a_file(govinfo: Any) -> None:
    Path("my.toml").write_text(RULES, encoding="utf-8")
    assert govinfo("check", "good.txt", "--rules", "my.toml").code == 0
    done = govinfo("check", "bad.txt", "--rules", "my.toml", "--format", "json")
    assert done.code == 1
    assert [found["code"] for found in json.loads(done.out)["reports"][0]["findings"]] == ["MY-DSP001"]
    both = govinfo("check", "bad.txt", "--rules", "my.toml", "--rules", "national", "--format", "json")
    (finding,) = (one for one in json.loads(both.out)["reports"][0]["findings"] if one["severity"] == "error")
    assert [part["code"] for part in finding["parts"]] == ["DSP001", "MY-DSP001"]  # one cell breaks both


def test_rules_lists_and_explains_only_the_sets_named(govinfo: Any) -> None:
    Path("my.toml").write_text(RULES, encoding="utf-8")
    assert govinfo("rules", "--rules", "my.toml", "--lang", "en").out == (
        "mine  my office  1 rules\n  MY-DSP001  error  a dispute\n"
    )
    both = json.loads(govinfo("rules", "--rules", "national", "--rules", "my.toml", "--format", "json").out)
    assert {record["rule_set"] for record in both} == {"national", "mine"}
    assert "有复议" in govinfo("rules", "MY-DSP001", "--rules", "my.toml").out
    assert govinfo("rules", "DSP001", "--rules", "my.toml").code == 2
    assert govinfo("rules", "--rules", "nowhere").code == 2


@pytest.mark.parametrize("command", [["check", "bad.txt"], ["rules"]])
@pytest.mark.parametrize(
    ("lang", "said"), [("zh", "my.toml:7: 规则 MY-DSP001：severity"), ("en", "my.toml:7: rule MY-D")]
)
def test_a_mistake_in_a_file_of_rules(govinfo: Any, command: list[str], lang: str, said: str) -> None:
    Path("my.toml").write_text(RULES.replace('"error"', '"fatal"'), encoding="utf-8")
    done = govinfo(*command, "--rules", "my.toml", "--lang", lang)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(said)
    assert "gone.toml" in govinfo(*command, "--rules", "gone.toml").err


def test_validate_takes_rules_from_a_file(govinfo: Any) -> None:
    pytest.importorskip("pyarrow")
    Path("my.toml").write_text(RULES, encoding="utf-8")
    Path("reports.jsonl").write_bytes(b"".join(json.dumps(to_json(one)).encode() + b"\n" for one in (GOOD, BAD)))
    done = govinfo("validate", "reports.jsonl", "--rules", "my.toml", "--format", "jsonl")
    assert done.code == 1
    assert [json.loads(line)["code"] for line in done.out.splitlines()] == ["MY-DSP001"]


def test_the_rules_of_a_file_can_be_inspected(govinfo: Any) -> None:
    opposite = RULES[RULES.index("[[") :].replace("001", "002").replace(">", "<")
    Path("my.toml").write_text(RULES + opposite, encoding="utf-8")
    done = govinfo("rules", "--lint", "--rules", "my.toml")
    assert done.code == 1
    assert "MY-DSP002" in done.out
