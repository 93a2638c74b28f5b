"""A plugin just made passes its own tests, the linter and the type checker, whatever it adds."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from govinfo.scaffold import KINDS, make_plugin


@pytest.mark.parametrize(
    ("name", "region", "kinds"),
    [("hebei", "13", ()), ("a-very-long-name-of-30-letters", "620602", tuple(KINDS)), ("he", "", ("rules", "reader"))],
)
def test_a_new_plugin_is_in_order(name: str, region: str, kinds: tuple[str, ...], tmp_path: Path) -> None:
    home = make_plugin(name, tmp_path, region=region, kinds=kinds)
    commands = [["pytest", "-q", "-W", "error", "-p", "no:cacheprovider"]]
    commands += [["ruff", "check", "--no-cache"], ["ruff", "format", "--check", "--no-cache"]] if has("ruff") else []
    commands += [["mypy", "--cache-dir", str(tmp_path / "cache")]] if has("mypy") and not region else []
    env = {**os.environ, "PYTHONPATH": str(home / "src")}
    for command in commands:
        words = [sys.executable, "-m", *command]
        done = subprocess.run(words, cwd=home, env=env, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr


def has(module: str) -> bool:
    return find_spec(module) is not None
