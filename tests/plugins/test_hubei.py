"""The plugin for Hubei, installed as a user would install it, driven through the command, and taken away again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
HUBEI = ROOT / "plugins" / "govinfo-hubei"
REPORT = HUBEI / "tests" / "reports" / "page.html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the plugin into a folder of its own, without the network."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install -e .[test]")
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet"]
    subprocess.run([*command, "--disable-pip-version-check", "--target", target, HUBEI], check=True, timeout=300)
    return target


def govinfo(*arguments: str | Path, path: Path | None = None) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "PYTHONPATH": str(path or ""), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "govinfo", *map(str, arguments)]
    return subprocess.run(command, env=env, capture_output=True, encoding="utf-8", timeout=60)


def parsed(path: Path | None) -> Any:
    return json.loads(govinfo("parse", REPORT, path=path).stdout)


def test_with_it_the_row_is_read_and_without_it_everything_else(site: Path) -> None:
    own, national = parsed(site), parsed(None)
    assert own["editions"] == {"disclosure": "2019-hubei", "applications": "2019"}
    assert national["editions"] == {"disclosure": "2019", "applications": "2019"}
    row = own["disclosure"].pop("other_documents")
    assert all(isinstance(figure, int) for figure in row.values())
    own["editions"] = national["editions"]
    assert own == national
    codes = [
        {finding["code"] for finding in json.loads(said.stdout)["reports"][0]["findings"]}
        for said in (govinfo("check", REPORT, "--format", "json", path=path) for path in (site, None))
    ]
    assert codes[1] - codes[0] == {"SRC012"}
    assert codes[0] <= codes[1]


def test_a_record_of_its_form_needs_it(site: Path, tmp_path: Path) -> None:
    record = tmp_path / "report.json"
    record.write_text(govinfo("parse", REPORT, path=site).stdout, encoding="utf-8")
    assert govinfo("check", record, path=site).returncode == 0
    refused = govinfo("check", record, "--lang", "en")
    assert refused.returncode == 2
    assert "unknown edition '2019-hubei'" in refused.stdout + refused.stderr
    assert "plugin" in refused.stdout + refused.stderr


def test_its_rule_is_listed(site: Path) -> None:
    assert "HB-DIS001" in govinfo("rules", path=site).stdout
    assert "其他主动公开文件" in govinfo("rules", "HB-DIS001", path=site).stdout
    assert "HB-DIS001" not in govinfo("rules").stdout


def test_its_own_tests_pass(site: Path, tmp_path: Path) -> None:
    options = ["-q", "-p", "no:cacheprovider", "--rootdir", str(HUBEI), str(HUBEI / "tests")]
    env = {**os.environ, "PYTHONPATH": str(site)}
    command = [sys.executable, "-m", "pytest", *options]
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
