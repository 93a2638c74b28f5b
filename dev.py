#!/usr/bin/env python3
"""Set up and run this checkout with nothing but a bare Python 3.11 or later.

    python3 dev.py demo      install into .venv and check the reports in examples/
    python3 dev.py test      install into .venv-test and run the test suite
    python3 dev.py lint      ruff, mypy and the import layers, in the same environment
    python3 dev.py ci        a fresh environment, then test and lint

What follows the command is passed on: ``python3 dev.py test -k rules``.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
FAST = ROOT / "plugins" / "govinfo-fast"
DEMO, TEST = ROOT / ".venv", ROOT / ".venv-test"


def run(*command: str | Path, check: bool = True) -> int:
    """Run a command from the checkout and stop with its exit code if it fails."""
    code = subprocess.run([str(part) for part in command], cwd=ROOT, check=False).returncode
    if check and code:
        raise SystemExit(code)
    return code


def works(*command: str) -> bool:
    """Tell whether a command succeeds, without a word."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def python_of(venv: Path) -> Path:
    """Return the interpreter of a virtual environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def create(venv: Path) -> list[str]:
    """Make a virtual environment and return the command that installs into it.

    Debian ships Python without ensurepip and forbids its own pip to touch the system: uv, or the system's pip pointed
    at the new environment, serve there.
    """
    shutil.rmtree(venv, ignore_errors=True)
    python = python_of(venv)
    if works(sys.executable, "-m", "venv", str(venv)):
        return [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    shutil.rmtree(venv, ignore_errors=True)
    uv = shutil.which("uv")
    if uv:
        run(uv, "venv", "--quiet", "--python", sys.executable, venv)
        return [uv, "pip", "install", "--quiet", "--python", str(python)]
    if works(sys.executable, "-m", "pip", "--version"):
        run(sys.executable, "-m", "venv", "--without-pip", venv)
        return [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    raise SystemExit(
        "This Python can neither make virtual environments nor install packages.\n"
        "On Debian or Ubuntu: sudo apt install python3-venv   (or install uv), then run the same command again."
    )


def ensure(venv: Path, *requirements: str) -> Path:
    """Return the interpreter of an environment with this checkout installed, made anew when what it holds changes."""
    stamp = venv / "govinfo-dev.stamp"
    editable = "-e" in requirements
    sources = [FAST / "setup.py", *sorted(FAST.rglob("*.[ch]"))] if editable else sorted((ROOT / "src").rglob("*.py"))
    held = [ROOT / "pyproject.toml", *sources]
    basis = repr((requirements, sys.version)).encode() + b"".join(path.read_bytes() for path in held)
    wanted = hashlib.sha256(basis).hexdigest()
    if not (stamp.exists() and stamp.read_text() == wanted):
        print(f"setting up {venv.name} ...", file=sys.stderr, flush=True)
        install = create(venv)
        run(*install, *requirements)
        if editable:
            ensure_fast(install)
        stamp.write_text(wanted)
    return python_of(venv)


def ensure_fast(install: list[str]) -> None:
    """Build the compiled engine where there is a C compiler; without it its tests are skipped."""
    if shutil.which("cc") or shutil.which("gcc") or shutil.which("clang"):
        run(*install, "-e", str(FAST))
    else:
        print("no C compiler: the compiled engine is left out, its tests are skipped", file=sys.stderr)


def lint(python: Path) -> None:
    """Run every static check."""
    run(python, "-m", "ruff", "check", ".")
    run(python, "-m", "ruff", "format", "--check", ".")
    run(python, "-m", "mypy")
    run(python.with_name("lint-imports"))


def main(arguments: list[str]) -> None:
    """Run one command."""
    if sys.version_info < (3, 11):  # noqa: UP036  # older interpreters meet this file first
        raise SystemExit(f"govinfo needs Python 3.11 or later; this is {sys.version.split()[0]}")
    command, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if command == "demo":
        python = ensure(DEMO, ".[formats]")
        code = run(python, "-m", "govinfo", "check", *(rest or ["examples"]), check=False)
        if code == 1 and not rest:  # one example holds an error on purpose: finding it is what the demo shows
            print("\n(exit code 1: errors were found, as they should be)", file=sys.stderr)
            code = 0
        raise SystemExit(code)
    if command in ("test", "lint", "ci"):
        if command == "ci":
            shutil.rmtree(TEST, ignore_errors=True)
        python = ensure(TEST, "-e", ".[test]")
        if command != "lint":
            run(python, "-m", "pytest", *rest)
        if command != "test":
            lint(python)
        return
    raise SystemExit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
