"""Packages installed as a user would install them, and the command run beside them."""

from __future__ import annotations

import os
import site
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def pip() -> Callable[..., None]:
    """Run pip without the network; packages are built with what is installed here."""
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: pip install -e .[test]")

    def run(*arguments: str | Path, python: Path | None = None) -> None:
        other = ["--python", str(python)] if python else []
        command = [sys.executable, "-m", "pip", *other, *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stdout + done.stderr

    return run


INSTALL = ("install", "--no-deps", "--no-build-isolation", "--no-index", "--quiet", "--disable-pip-version-check")


@pytest.fixture(scope="session")
def install(pip: Callable[..., None]) -> Callable[..., None]:
    """Install a package into a folder of its own, or for an interpreter."""

    def run(package: Path, *, target: Path | None = None, python: Path | None = None) -> None:
        pip(*INSTALL, *(["--target", target] if target else []), package, python=python)

    return run


@pytest.fixture
def govinfo(tmp_path: Path) -> Callable[..., Done]:
    """Run the command in an empty folder, with some folders on the module path."""

    def run(*arguments: str, path: tuple[Path, ...] = (), python: Path | None = None, **variables: str) -> Done:
        env = {name: value for name, value in os.environ.items() if name not in ("LC_ALL", "LC_MESSAGES", "LANG")}
        env |= {"PYTHONPATH": os.pathsep.join(map(str, path)), "PYTHONIOENCODING": "utf-8", **variables}
        command = [python or sys.executable, "-m", "govinfo", *arguments]
        return subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, encoding="utf-8", timeout=60)

    return run


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """The interpreter of an environment that has what this one has, and a place of its own for packages."""
    home = tmp_path / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True, timeout=120)
    python = home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    asked = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    own = Path(subprocess.run(asked, check=True, capture_output=True, text=True).stdout.strip())
    here = [folder for folder in site.getsitepackages() if Path(folder).is_dir()]
    (own / "here.pth").write_text("".join(f"import site; site.addsitedir({folder!r})\n" for folder in here))
    return python
