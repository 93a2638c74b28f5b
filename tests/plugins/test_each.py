"""Every package in ``plugins/``, installed alone as a user would install it: its own tests pass there."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"
PACKAGES = sorted(path.parent for path in PLUGINS.glob("*/pyproject.toml"))


def is_pure(package: Path) -> bool:
    """Whether it is built without a compiler; the others have a test of their own here."""
    return not (package / "setup.py").exists()


def about(package: Path) -> dict[str, object]:
    content: dict[str, object] = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return content


@pytest.mark.parametrize("package", [*filter(is_pure, PACKAGES)], ids=lambda package: package.name)
def test_its_own_tests_pass(package: Path, tmp_path: Path, install: Callable[..., None]) -> None:
    site = tmp_path / "site"
    install(package, target=site)
    options = ["-q", "-W", "error", "-p", "no:cacheprovider", "--rootdir", str(package), "--import-mode=importlib"]
    if find_spec("hypothesis"):
        options.append("--hypothesis-profile=ci")  # the same examples every time, however busy the machine is
    command = [sys.executable, "-m", "pytest", *options, str(package / "tests")]
    env = {**os.environ, "PYTHONPATH": str(site)}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout
    assert " passed" in done.stdout


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.name)
def test_it_is_a_whole_package(package: Path) -> None:
    said = about(package)
    assert said["name"] == package.name, f"{package.name}: call the package as its folder."
    needs = [str(one) for one in said["dependencies"]]  # type: ignore[attr-defined]
    assert any(one.startswith("govinfo-cn") for one in needs), f"{package.name}: depend on govinfo-cn."
    assert (package / "README.md").exists(), f"{package.name}: write a README.md, in Chinese and English."
    if is_pure(package):
        contract = package / "tests" / "test_contract.py"
        assert "plugin_contract(" in contract.read_text(encoding="utf-8"), (
            f"{package.name}: write tests/test_contract.py, see govinfo.testing.contract."
        )
