"""The tutorial is followed to the letter: every command is run, every file written, every output compared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"(?ms)^```(\w+)\n(.*?)^```$")
FILE = re.compile(r"# (\S+/\S+\.\w+)\n")
PAGES = ("your-province.md", "your-province.zh-CN.md")


def blocks(page: str) -> list[tuple[str, str]]:
    return BLOCK.findall((ROOT / "docs" / "tutorial" / page).read_text(encoding="utf-8"))


@pytest.fixture
def followed(tmp_path: Path, python: Path) -> dict[str, str]:
    """The variables of a shell in which the commands of the tutorial run; pip stays off the network."""
    shutil.copytree(ROOT / "examples", tmp_path / "examples")
    tools = tmp_path / "tools"
    tools.mkdir()
    options = "--no-deps --no-build-isolation --no-index --quiet --disable-pip-version-check"
    for name, command in {
        "govinfo": f"'{python}' -m govinfo \"$@\"",
        "pytest": f"'{python}' -W error -m pytest -p no:cacheprovider \"$@\"",
        "pip": f"'{sys.executable}' -m pip --python '{python}' \"$@\" {options}",
    }.items():
        (tools / name).write_text(f"#!/bin/sh\nexec {command}\n")
        (tools / name).chmod(0o755)
    env = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
    return env | {"PATH": f"{tools}{os.pathsep}{env['PATH']}", "PYTHONIOENCODING": "utf-8", "PYTHONPATH": ""}


@pytest.mark.skipif(sys.platform == "win32", reason="the commands are those of a Unix shell")
@pytest.mark.parametrize("page", PAGES)
def test_it_can_be_followed(page: str, tmp_path: Path, followed: dict[str, str]) -> None:
    home, said = tmp_path, ""
    for kind, text in blocks(page):
        if kind == "sh":
            command = ["bash", "-e", "-c", f"{text}\npwd > '{tmp_path / 'where'}'"]
            done = subprocess.run(command, cwd=home, env=followed, capture_output=True, encoding="utf-8", timeout=120)
            assert done.returncode == 0, f"{text}\n{done.stdout}{done.stderr}"
            home, said = Path((tmp_path / "where").read_text().strip()), done.stdout
        elif kind == "text":
            assert said == text
        else:
            named = FILE.match(text)
            assert named is not None, f"say in a first line which file this is: {text[:60]!r}"
            assert (home / named[1]).parent.is_dir()
            (home / named[1]).write_text(text.removeprefix(named[0]), encoding="utf-8")


def test_both_languages_do_the_same() -> None:
    one, two = (
        [text.replace(" --lang en", "") for kind, text in blocks(page) if kind not in ("text",)] for page in PAGES
    )
    assert one == two
