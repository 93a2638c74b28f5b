"""The shape of the code: layers, sizes, docstrings, public names. Each failure says how to mend it."""

from __future__ import annotations

import ast
import inspect
import os
import re
import subprocess
import sys
from pathlib import Path
from types import FunctionType
from typing import Any, get_type_hints

import attrs
import pytest

import govinfo

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "govinfo"
MODULES = sorted(SOURCE.rglob("*.py"))
LONGEST = 400
"""Lines of a file that is still comfortable to read whole."""


def named(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_a_layer_imports_only_what_lies_below_it() -> None:
    pytest.importorskip("importlinter", reason="pip install import-linter")
    code = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parent), "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, (
        f"{done.stdout[-2500:]}{done.stderr[-500:]}\n"
        "A module imports something above its layer ([tool.importlinter] in pyproject.toml). Move what both need "
        "down, or pass it in as an argument; do not add an exception without a reason beside it."
    )


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_says_what_it_is_and_stays_small(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    count = source.count("\n")
    assert count <= LONGEST, (
        f"{named(path)} has {count} lines, more than {LONGEST}: it does more than one job. Split it by job and name "
        "each part after its job; keep what others import reachable under its old name."
    )
    doc = ast.get_docstring(ast.parse(source)) or ""
    assert doc, f"{named(path)} has no docstring: say in its first line what the module is for."
    first = doc.splitlines()[0]
    assert re.search(r"[.:?]$", first), (
        f"{named(path)}: end the first line of its docstring with a full stop: {first!r}"
    )


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_a_module_lists_what_it_gives(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    defined = [
        node.name
        for node in tree.body
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_")
    ]
    assigned = {
        target.id
        for node in tree.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Name)
    }
    if defined and path.name != "__main__.py":
        assert "__all__" in assigned, f"{named(path)} defines {defined[0]} but has no __all__: list its public names."


@pytest.mark.parametrize("name", [name for name in govinfo.__all__ if not name.startswith("__")])
def test_a_public_name_is_documented_and_typed(name: str) -> None:
    thing: Any = getattr(govinfo, name)
    if name == "hookimpl":  # a marker of pluggy's
        return
    assert inspect.getdoc(thing), f"govinfo.{name} has no docstring: say what it is, with units, errors and source."
    if isinstance(thing, FunctionType):
        undocumented(f"govinfo.{name}", thing)
    elif inspect.isclass(thing):
        for attribute, member in vars(thing).items():
            # what attrs writes has no source of its own
            written = isinstance(member, FunctionType) and member.__code__.co_filename == inspect.getsourcefile(thing)
            if written and not attribute.startswith("_"):
                undocumented(f"govinfo.{name}.{attribute}", member)
        if attrs.has(thing):
            hints = get_type_hints(thing)
            untyped = [field.name for field in attrs.fields(thing) if field.name not in hints]
            assert not untyped, f"govinfo.{name}: give {untyped} a type."


def undocumented(name: str, function: Any) -> None:
    assert inspect.getdoc(function), f"{name} has no docstring."
    signature = inspect.signature(function)
    untyped = [
        p.name for p in signature.parameters.values() if p.annotation is p.empty and p.name not in ("self", "cls")
    ]
    assert not untyped, f"{name}: give {untyped} a type."
    assert signature.return_annotation is not signature.empty, f"{name}: say what it returns."


def test_the_package_says_that_it_is_typed() -> None:
    assert (SOURCE / "py.typed").exists(), "add an empty src/govinfo/py.typed: type checkers pass over us without it."


def test_no_module_prints() -> None:
    for path in MODULES:
        if path.parts[-2] == "cli":
            continue
        calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
        printed = [node.lineno for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]
        assert not printed, f"{named(path)}:{printed[0]} prints: return it, and let govinfo.cli write it."
