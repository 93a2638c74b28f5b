"""Plugins that are wrong, installed as they would be: each gives a clear message, and the rest works."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from govinfo.schema.convert import to_json
from govinfo.testing import example_report

Run = Callable[..., CompletedProcess[str]]
GOOD = """
import govinfo
from govinfo import Fault, RuleSet, Severity, Text, check_rule
WORDS = Text("好的规则", "a good rule")
@check_rule("GG-DOC001", Severity.INFO, WORDS, WORDS)
def rule(reading): yield Fault(WORDS)
@govinfo.hookimpl
def govinfo_rule_sets(): return [RuleSet("good", WORDS, (rule,))]
"""
RULE = """
import govinfo, re, sys, time
from govinfo import Fault, RuleSet, Severity, Text, check_rule
WORDS = Text("话", "words")
@check_rule("BD-DOC001", Severity.INFO, WORDS, WORDS)
def rule(reading):
    {does}
    yield Fault(WORDS)
@govinfo.hookimpl
def govinfo_rule_sets(): return [RuleSet("bad", WORDS, (rule,))]
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages with one good plugin, and a report beside it."""
    (tmp_path / "report.json").write_text(json.dumps(to_json(example_report("2021", 3))), encoding="utf-8")
    add(tmp_path / "site", "good-plugin", GOOD)
    return tmp_path / "site"


def add(
    site: Path, package: str, source: str, *, group: str = "govinfo.plugins.v1", about: str = "", version: str = "2.0"
) -> None:
    """Install a package of one module by hand."""
    module = package.replace("-", "_")
    metadata = site / f"{module}-{version}.dist-info"
    metadata.mkdir(parents=True)
    (site / f"{module}.py").write_text(source, encoding="utf-8")
    named = f"Metadata-Version: 2.1\nName: {package}\nVersion: {version}\n{about}\n"
    (metadata / "METADATA").write_text(named)
    (metadata / "entry_points.txt").write_text(f"[{group}]\nit = {module}\n")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import a_module_that_is_not_there", "a_module_that_is_not_there"),
        ("raise SystemExit('bye')", "bye"),
        ("while True: pass", "0.3 秒"),
        ("import re; re.match('(a*)*b', 'a' * 40)", "0.3 秒"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_rulesets(): return []", "没有名为 govinfo_rulesets 的钩子"),
        ("def govinfo_rule_sets(): return []", "hookimpl"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_rule_sets(): 1 / 0", "ZeroDivisionError"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_rule_sets(): return [3]", "got int"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_labels(): 1 / 0", "ZeroDivisionError"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_labels(): return [govinfo.LabelVariant('总计', '')]", "empty"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_readers():\n while 1: pass", "0.3 秒"),
    ],
)
def test_a_plugin_that_does_not_load_is_named_and_left_out(site: Path, govinfo: Run, source: str, said: str) -> None:
    add(site, "bad-plugin", source)
    for arguments in (["plugins"], ["check", "report.json"]):
        done = govinfo(*arguments, path=(site,), GOVINFO_PLUGIN_SECONDS="0.3")
        assert done.returncode == 0
        assert "bad-plugin 2.0" in done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert "GG-DOC001" in done.stdout


@pytest.mark.parametrize(
    ("group", "about", "said"),
    [
        ("govinfo.plugins.v2", "", ["v2", "v1", "请升级 govinfo-cn"]),
        ("govinfo.plugins.v0", "", ["v0", "v1", "请升级此插件"]),
        ("govinfo.plugins.beta", "", ["beta", "v1", "请升级此插件"]),
        ("govinfo.plugins.v1", "Requires-Dist: govinfo-cn>=9.1", ["govinfo-cn 9.1", "请升级 govinfo-cn"]),
    ],
)
def test_a_plugin_for_another_version_is_refused_in_words(
    site: Path, govinfo: Run, group: str, about: str, said: list[str]
) -> None:
    add(site, "other-plugin", "raise RuntimeError('it was imported')", group=group, about=about)
    done = govinfo("check", "report.json", path=(site,))
    assert done.returncode == 0
    assert "GG-DOC001" in done.stdout
    for words in ("other-plugin 2.0", *said):
        assert words in done.stderr
    assert "imported" not in done.stderr


def test_a_package_may_serve_several_versions(site: Path, govinfo: Run) -> None:
    points = site / "good_plugin-2.0.dist-info" / "entry_points.txt"
    points.write_text(points.read_text() + "\n[govinfo.plugins.v2]\nit = good_plugin.two\n")
    done = govinfo("plugins", path=(site,))
    assert (done.returncode, done.stderr) == (0, "")
    assert "good-plugin 2.0" in done.stdout


@pytest.mark.parametrize(
    ("does", "said"),
    [
        ("1 / 0", "ZeroDivisionError"),
        ("sys.exit(0)", "SystemExit"),
        ("while True: pass", "超过 0.3 秒"),
        ("re.match('(a*)*b', 'a' * 40)", "超过 0.3 秒"),
        ("time.sleep(100)", "超过 0.3 秒"),
        ("while True: yield Fault(WORDS)", "1000"),
        ("object.__setattr__(reading.report.disputes.reconsideration, 'total', 1)", "改动了所核对的报告"),
        ("yield 3", "int"),
    ],
)
def test_a_rule_that_misbehaves_is_named_and_the_others_run(site: Path, govinfo: Run, does: str, said: str) -> None:
    add(site, "bad-plugin", RULE.format(does=does))
    done = govinfo("check", "report.json", path=(site,), GOVINFO_PLUGIN_SECONDS="0.3")
    assert done.returncode == 0
    assert "GG-DOC001" in done.stdout
    broken = next(line for line in done.stdout.splitlines() if "规则出错 BD-DOC001" in line)
    assert "bad-plugin 2.0" in broken
    assert said in broken
    assert "1 条规则自身出错" in done.stdout
    assert "Traceback" not in done.stderr
    told = json.loads(
        govinfo("check", "report.json", "--format", "json", path=(site,), GOVINFO_PLUGIN_SECONDS="0.3").stdout
    )
    assert told["reports"][0]["report"] == to_json(example_report("2021", 3))
    (detail,) = [one for one in told["reports"][0]["outcomes"]["details"] if one["status"] == "crashed"]
    assert "bad-plugin 2.0" in detail["reason"]


def test_what_a_plugin_prints_is_no_output(site: Path, govinfo: Run) -> None:
    add(site, "loud-plugin", "print('importing')\n" + RULE.format(does="print('checking')"))
    done = govinfo("check", "report.json", "--format", "json", path=(site,))
    json.loads(done.stdout)
    assert "importing" in done.stderr
    assert "checking" in done.stderr


WRITER = """
import sys, govinfo
from govinfo import Stream, Text, Writer
def write(files, lang): {does}
@govinfo.hookimpl
def govinfo_writers(): return [Writer("bad", (), write), Writer("bads", (), stream=Stream(lambda *_: write(0, 0))),
  Writer("headless", (), stream=Stream(lambda *_: "", head=lambda _: write(0, 0)))]
"""


@pytest.mark.parametrize("format", ["bad", "bads", "headless"])
@pytest.mark.parametrize("does", ["1 / 0", "sys.exit(0)", "return 3"])
def test_a_writer_that_misbehaves_is_named(site: Path, govinfo: Run, format: str, does: str) -> None:
    add(site, "bad-plugin", WRITER.format(does=does))
    done = govinfo("check", "report.json", "--format", format, path=(site,))
    assert done.returncode == 2
    assert format in done.stderr
    assert "Traceback" not in done.stderr


READER = """
import sys, govinfo
from govinfo import Reader, Text
def read(content, name): {does}
@govinfo.hookimpl
def govinfo_readers(): return [Reader("bad", lambda content, name: 2.0 if content == b"bad" else 0.0, read)]
"""


@pytest.mark.parametrize("does", ["1 / 0", "sys.exit(0)", "return 3"])
def test_a_reader_that_misbehaves_costs_its_own_file(site: Path, govinfo: Run, tmp_path: Path, does: str) -> None:
    add(site, "bad-plugin", READER.format(does=does))
    (tmp_path / "bad.txt").write_bytes(b"bad")
    done = govinfo("check", "bad.txt", "report.json", path=(site,))
    assert done.returncode == 2
    assert "? bad.txt" in done.stdout
    assert "GG-DOC001" in done.stdout
    assert "Traceback" not in done.stderr


CLASH = """
import govinfo
from govinfo import LinearRule, RuleSet, Severity, Text
WORDS = Text("x", "x")
RULE = LinearRule("{code}", Severity.INFO, WORDS, WORDS, "applications.total.received >= 0")
@govinfo.hookimpl
def govinfo_rule_sets(): return [RuleSet("{name}", WORDS, (RULE,))]
"""


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize(("code", "name", "said"), [("GG-DOC001", "other", "GG-DOC001"), ("XX-DOC001", "good", "good")])
def test_what_is_claimed_twice_stops_the_command_and_names_both(
    site: Path, govinfo: Run, tmp_path: Path, code: str, name: str, said: str, reverse: bool
) -> None:
    extra = tmp_path / "extra"
    add(extra, "clashing-plugin", CLASH.format(code=code, name=name))
    refused(govinfo("rules", path=(extra, site) if reverse else (site, extra)), said)


def refused(done: CompletedProcess[str], said: str) -> None:
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    for words in (said, "good-plugin 2.0", "clashing-plugin 2.0", "pip uninstall"):
        assert words in done.stderr


def test_no_command_works_with_a_conflict_but_plugins_lists_them(site: Path, govinfo: Run) -> None:
    add(site, "clashing-plugin", CLASH.format(code="GG-DOC001", name="other"))
    for command in ("check", "parse", "fix", "dismiss", "validate"):
        refused(govinfo(command, "report.json", path=(site,)), "GG-DOC001")
    refused(govinfo("schema", path=(site,)), "GG-DOC001")
    done = govinfo("plugins", "--format", "json", path=(site,))
    refused(done, "GG-DOC001")
    listed: Any = json.loads(done.stdout)
    assert {plugin["package"] for plugin in listed["plugins"]} >= {"good-plugin", "clashing-plugin"}
    assert "GG-DOC001" in listed["conflict"]
