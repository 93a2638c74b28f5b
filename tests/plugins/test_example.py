"""The example plugin, installed as a user would install it, and driven through the command."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import attrs
import pytest

from govinfo.scaffold import KINDS, plugin_files
from govinfo.schema import Sections
from govinfo.schema.convert import to_json
from govinfo.testing import example_report

EXAMPLE = Path(__file__).parents[2] / "plugins" / "govinfo-example"
LONG = attrs.evolve(example_report("2021", 3), sections=Sections(overview="字" * 1001))
Run = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, install: Callable[..., None]) -> Path:
    target = tmp_path_factory.mktemp("site")
    install(EXAMPLE, target=target)
    return target


@pytest.fixture
def report(tmp_path: Path) -> str:
    (tmp_path / "report.json").write_text(json.dumps(to_json(LONG)), encoding="utf-8")
    return "report.json"


def test_it_is_what_the_template_makes() -> None:
    made = plugin_files("example", kinds=KINDS)
    found = {
        path.relative_to(EXAMPLE).as_posix(): path.read_text(encoding="utf-8")
        for path in EXAMPLE.rglob("*")
        if path.is_file() and not any(part[0] == "." or part == "__pycache__" for part in path.parts[1:])
    }
    assert found == made, (
        "change src/govinfo/scaffold/template, remove plugins/govinfo-example, and make it anew: govinfo plugins new "
        f"example {' '.join(f'--kind {kind}' for kind in KINDS)} --dir plugins"
    )


def test_it_is_listed_with_what_it_adds(site: Path, govinfo: Run) -> None:
    listed: Any = json.loads(govinfo("plugins", "--format", "json", path=(site,)).stdout)
    assert listed["problems"] == []
    example = next(plugin for plugin in listed["plugins"] if plugin["package"] == "govinfo-example")
    assert (example["name"], example["version"]) == ("example", "0.1.0")
    assert (example["rule_sets"], example["writers"], example["readers"]) == (["example"],) * 3
    assert "govinfo-example 0.1.0" in govinfo("plugins", path=(site,)).stdout


def test_its_rules_are_listed_and_checked(site: Path, govinfo: Run, report: str) -> None:
    assert "EX-DOC001" in govinfo("rules", path=(site,)).stdout
    assert "总体情况过长" in govinfo("rules", "EX-DOC001", path=(site,)).stdout
    checked = govinfo("check", report, path=(site,))
    assert checked.returncode == 0
    assert "提示 EX-DOC001" in checked.stdout
    only = govinfo("check", report, "--rules", "national", path=(site,))
    assert "EX-DOC001" not in only.stdout


def test_its_format_is_written(site: Path, govinfo: Run, report: str, tmp_path: Path) -> None:
    done = govinfo("check", report, "--select", "EX-", "--output", "out.tsv", path=(site,))
    assert (done.returncode, done.stderr) == (0, "")
    header, line = (tmp_path / "out.tsv").read_text(encoding="utf-8").splitlines()
    assert header.startswith("file\tcode")
    assert line.startswith("report.json\tEX-DOC001\t提示")


def test_without_it_nothing_of_it_is_there(govinfo: Run) -> None:
    assert "EX-" not in govinfo("rules").stdout
    assert govinfo("check", "x", "--format", "example").returncode == 2
