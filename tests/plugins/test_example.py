"""The example plugin, installed as a user would install it, and driven through the command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pytest

from govinfo.schema import Sections
from govinfo.schema.convert import to_json
from govinfo.testing import example_report

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "plugins" / "govinfo-example"
LONG = attrs.evolve(example_report("2021", 3), sections=Sections(overview="字" * 1001))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the plugin into a folder of its own, without the network."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install -e .[test]")
    target = tmp_path_factory.mktemp("site")
    # built from a copy: an isolated build would fetch hatchling, a build in place would leave files behind
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run([*command, "--disable-pip-version-check", "--target", target, EXAMPLE], check=True, timeout=300)
    return target


def govinfo(folder: Path, *arguments: str, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    env["PYTHONPATH"] = str(path or "")
    env["PYTHONIOENCODING"] = "utf-8"
    command = [sys.executable, "-m", "govinfo", *arguments]
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=60)


def test_it_is_listed_with_what_it_adds(site: Path, tmp_path: Path) -> None:
    listed: Any = json.loads(govinfo(tmp_path, "plugins", "--format", "json", path=site).stdout)
    assert listed["problems"] == []
    example = next(plugin for plugin in listed["plugins"] if plugin["package"] == "govinfo-example")
    assert (example["name"], example["version"]) == ("example", "0.1.0")
    assert (example["rule_sets"], example["writers"]) == (["example"], ["tsv"])
    assert "govinfo-example 0.1.0" in govinfo(tmp_path, "plugins", path=site).stdout


def test_its_rules_are_listed_and_checked(site: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(to_json(LONG)), encoding="utf-8")
    assert "EX-DOC001" in govinfo(tmp_path, "rules", path=site).stdout
    assert "总体情况过长" in govinfo(tmp_path, "rules", "EX-DOC001", path=site).stdout
    checked = govinfo(tmp_path, "check", "report.json", path=site)
    assert checked.returncode == 0
    assert "提示 EX-DOC001" in checked.stdout
    only = govinfo(tmp_path, "check", "report.json", "--rules", "national", path=site)
    assert "EX-DOC001" not in only.stdout


def test_its_format_is_written(site: Path, tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text(json.dumps(to_json(LONG)), encoding="utf-8")
    done = govinfo(tmp_path, "check", "report.json", "--select", "EX-", "--output", "out.tsv", path=site)
    assert (done.returncode, done.stderr) == (0, "")
    header, line = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("file\tcode")
    assert line.startswith("report.json\tEX-DOC001\t提示")


def test_without_it_nothing_of_it_is_there(tmp_path: Path) -> None:
    assert "EX-" not in govinfo(tmp_path, "rules").stdout
    assert govinfo(tmp_path, "check", "x", "--format", "tsv").returncode == 2


def test_its_own_tests_pass(site: Path, tmp_path: Path) -> None:
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(EXAMPLE), str(EXAMPLE / "tests")]
    command = [sys.executable, "-m", "pytest", *options]
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


# A plugin that is wrong, installed as it would be.


def install(site: Path, package: str, source: str) -> None:
    """Install a package of one module by hand."""
    module = package.replace("-", "_")
    (site / f"{module}.py").write_text(source, encoding="utf-8")
    metadata = site / f"{module}-2.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 2.0\n")
    (metadata / "entry_points.txt").write_text(f"[govinfo.plugins.v1]\nit = {module}\n")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("import a_module_that_is_not_there", "a_module_that_is_not_there"),
        ("raise SystemExit('bye')", "bye"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_rulesets(): return []", "govinfo_rulesets"),
        ("def govinfo_rule_sets(): return []", "hookimpl"),
        ("import govinfo\n@govinfo.hookimpl\ndef govinfo_rule_sets(): 1 / 0", "ZeroDivisionError"),
    ],
)
def test_a_wrong_plugin_does_not_take_the_command_down(site: Path, tmp_path: Path, source: str, said: str) -> None:
    (tmp_path / "report.json").write_text(json.dumps(to_json(LONG)), encoding="utf-8")
    extra = tmp_path / "site"
    extra.mkdir()
    install(extra, "bad-plugin", source)
    paths = Path(os.pathsep.join((str(site), str(extra))))
    for arguments in (["plugins"], ["check", "report.json"]):
        done = govinfo(tmp_path, *arguments, path=paths)
        assert done.returncode == 0
        assert "bad-plugin 2.0" in done.stderr
        assert said in done.stderr
        assert "Traceback" not in done.stderr
    assert "EX-DOC001" in done.stdout


CLASH = """
import govinfo
from govinfo import LinearRule, RuleSet, Severity, Text
WORDS = Text("x", "x")
RULE = LinearRule("EX-APP001", Severity.INFO, WORDS, WORDS, "applications.total.received >= 0")
@govinfo.hookimpl
def govinfo_rule_sets(): return [RuleSet("other", WORDS, (RULE,))]
"""


@pytest.mark.parametrize("order", [1, -1])
def test_a_code_claimed_twice_stops_the_command_and_names_both(site: Path, tmp_path: Path, order: int) -> None:
    extra = tmp_path / "site"
    extra.mkdir()
    install(extra, "other-plugin", CLASH)
    paths = Path(os.pathsep.join([str(site), str(extra)][::order]))
    done = govinfo(tmp_path, "check", "x", path=paths)
    assert done.returncode == 2
    assert "EX-APP001" in done.stderr
    assert "govinfo-example" in done.stderr
    assert "other-plugin" in done.stderr
