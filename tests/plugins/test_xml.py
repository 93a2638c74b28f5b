"""The XML format, installed as a user would install it, driven through the command and validated by its own schema."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

ROOT = Path(__file__).parents[2]
XML = ROOT / "plugins" / "govinfo-xml"
EXAMPLES = ROOT / "examples"
IN = "{urn:govinfo-cn:report:1}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the plugin into a folder of its own, without the network."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install -e .[test]")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run([*command, "--disable-pip-version-check", "--target", target, XML], check=True, timeout=300)
    return target


def run(folder: Path, *arguments: str, site: Path) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    env |= {"PYTHONPATH": str(site), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=folder, env=env, capture_output=True, encoding="utf-8", timeout=120
    )


def valid(content: bytes, site: Path, folder: Path) -> Any:
    """The root of a document that follows the schema the installed package prints."""
    printed = run(folder, "govinfo_xml.xsd", site=site).stdout
    assert printed.encode() == (site / "govinfo_xml" / "govinfo-report.xsd").read_bytes()
    root = etree.fromstring(content)
    etree.XMLSchema(etree.fromstring(printed.encode())).assertValid(root)
    return root


def test_it_is_listed(site: Path, tmp_path: Path) -> None:
    listed: Any = json.loads(run(tmp_path, "govinfo", "plugins", "--format", "json", site=site).stdout)
    assert listed["problems"] == []
    plugin = next(plugin for plugin in listed["plugins"] if plugin["package"] == "govinfo-xml")
    assert (plugin["name"], plugin["writers"]) == ("xml", ["xml"])


def test_a_folder_is_written_by_two_processes_and_valid(site: Path, tmp_path: Path) -> None:
    done = run(tmp_path, "govinfo", "check", str(EXAMPLES), "--output", "out.xml", "--jobs", "2", site=site)
    assert done.returncode == 1
    root = valid((tmp_path / "out.xml").read_bytes(), site, tmp_path)
    names = [Path(file.get("name")).name for file in root.iter(f"{IN}file")]
    assert names == sorted(path.name for path in EXAMPLES.iterdir())
    assert root.find(f"{IN}summary").get("checked") == str(len(names))


def test_it_is_written_to_the_terminal_in_english(site: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    arguments = ["check", "empty.txt", str(EXAMPLES / "word-paste.html"), "--format", "xml", "--lang", "en"]
    done = run(tmp_path, "govinfo", *arguments, site=site)
    assert done.returncode == 2
    root = valid(done.stdout.encode(), site, tmp_path)
    assert root.get("lang") == "en"
    assert "empty" in root.findtext(f"{IN}file/{IN}error/{IN}message")
    assert "reconsideration" in root.findtext(f"{IN}file/{IN}finding/{IN}message")


def test_its_own_tests_pass(site: Path, tmp_path: Path) -> None:
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--rootdir", str(XML), str(XML / "tests")]
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout
    assert "passed" in done.stdout
