"""Laws of order: neither plugins nor files, neither what was read before nor the hash seed change what is said."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo import Fault, LabelVariant, LinearRule, Reader, Reading, RuleSet, Severity, Text, Writer, hookimpl
from govinfo.documents.model import Document, Paragraph
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.rules.model import check_rule
from govinfo.testing import LAYOUTS, damage_document, example_report, render, replace_cells

SAID = Text("如此", "so")


@check_rule("ZZ-DOC001", Severity.INFO, SAID, SAID)
def always(reading: Reading) -> Iterator[Fault]:
    """Find something in every report."""
    yield Fault(SAID, ("year",))


def plugin(name: str, **hooks: tuple[Any, ...]) -> Candidate:
    module = ModuleType(name)
    for hook, things in hooks.items():
        setattr(module, f"govinfo_{hook}", hookimpl(lambda things=things: things))
    return Candidate(name, f"package-{name}", "1", lambda: module)


def reader(name: str, sure: float) -> Reader:
    """A reader as sure as another: of equals it must not matter which was installed first."""
    document = Document((Paragraph("政府信息公开工作年度报告", 1),), name=name)
    return Reader(
        name, lambda content, file: sure if content.startswith(b"@@") else 0.0, lambda content, file: document
    )


LINEAR = LinearRule(
    "YY-APP001", Severity.WARNING, SAID, SAID, "applications.total.received >= applications.total.carried_in"
)
CANDIDATES = (
    plugin("a", readers=(reader("one", 0.9),), labels=(LabelVariant("现行有效件数", "尚在施行件数"),)),
    plugin("b", rule_sets=(RuleSet("zz", SAID, (always,)),), readers=(reader("two", 0.9),)),
    plugin("c", rule_sets=(RuleSet("yy", SAID, (LINEAR,)),), labels=(LabelVariant("规章", "规章件"),)),
    plugin("d", writers=(Writer("dots", (".dots",), lambda files, lang: "." * len(files)),)),
)
DAMAGED = [
    damage_document(example_report(edition, number, blanks=0.05), layout, ["row_label_typos"], number).content  # type: ignore[arg-type]
    for number, (layout, edition) in enumerate(zip(LAYOUTS, ("2019", "2021", "mixed") * 6, strict=False))
]
WRONG = replace_cells(example_report("2021", 3, profile="few"), {"disputes.reconsideration.total": 9999})


def shown(content: bytes, plugins: Plugins | None = None) -> str:
    """Everything that is said of a document, as JSON."""
    return (govinfo.write(govinfo.check(content, name="x", plugins=plugins), format="json") or b"").decode()


def test_the_order_of_plugins_shows_nowhere() -> None:
    documents = [render(WRONG, "html"), *DAMAGED[:4]]
    answers = set()
    for order in permutations(CANDIDATES):
        plugins = load_plugins(entry_points=False, candidates=order)
        assert plugins.problems == ()
        adds = tuple((p.name, tuple((kind, tuple(names)) for kind, names in p.adds.items())) for p in plugins.plugins)
        refused = ""
        try:
            govinfo.read(b"@@ two readers are equally sure", plugins=plugins)
        except govinfo.ReadError as error:
            refused = f"{error.kind} {error.name}"
        answers.add((adds, refused, *(shown(content, plugins) for content in documents)))
    assert len(answers) == 1
    assert "ZZ-DOC001" in next(iter(answers))[2]


def test_a_plugin_adds_and_takes_nothing_away() -> None:
    bare = load_plugins(entry_points=False)
    full = load_plugins(entry_points=False, candidates=CANDIDATES)
    for content in (render(WRONG, "tabs"), *DAMAGED):
        before, after = (govinfo.check(content, plugins=plugins) for plugins in (bare, full))
        assert after.reading.report == before.reading.report
        assert [f for f in after.findings if f.code not in ("ZZ-DOC001", "YY-APP001")] == list(before.findings)


@pytest.mark.parametrize("number", range(len(DAMAGED)))
def test_reading_twice_is_reading_once(number: int) -> None:
    first, second = govinfo.read(DAMAGED[number]), govinfo.read(DAMAGED[number])
    assert first == second
    assert list(first.origins) == list(second.origins)
    assert shown(DAMAGED[number]) == shown(DAMAGED[number])


@given(st.permutations(range(len(DAMAGED))), st.integers(0, len(DAMAGED) - 1))
def test_what_was_read_before_does_not_matter(before: list[int], number: int) -> None:
    alone = govinfo.read(DAMAGED[number])
    for other in before[:4]:
        govinfo.read(DAMAGED[other])
    assert govinfo.read(DAMAGED[number]) == alone


def test_threads_share_nothing() -> None:
    alone = [govinfo.read(content) for content in DAMAGED]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(govinfo.read, DAMAGED * 3)) == alone * 3


def test_the_name_of_a_file_does_not_matter() -> None:
    for content in DAMAGED:
        readings = [govinfo.read(content, name=name) for name in ("a.html", "a.txt", "a.pdf", "", "a.json")]
        assert {reading.report == readings[0].report for reading in readings} == {True}
        assert {tuple(attrs.astuple(p) for p in reading.problems) for reading in readings} == {
            tuple(attrs.astuple(p) for p in readings[0].problems)
        }


def test_the_order_of_files_changes_only_their_order(tmp_path: Path) -> None:
    paths = []
    for number, content in enumerate([*DAMAGED[:5], "某局2022年政府信息公开工作年度报告\n".encode(), b""]):
        path = tmp_path / f"{number}.txt"
        path.write_bytes(content)
        paths.append(str(path))
    forwards, backwards = list(govinfo_files(paths)), list(govinfo_files(paths[::-1]))
    assert [name for name, _ in forwards] == paths
    assert forwards == backwards[::-1]
    assert sorted(govinfo_files([str(tmp_path)])) == sorted(forwards)


def govinfo_files(paths: list[str]) -> Iterator[tuple[str, str]]:
    from govinfo.api import check_files

    for one in check_files(paths):
        yield one.file, (govinfo.write(one, format="json") or b"").decode()


def test_the_hash_seed_does_not_matter(tmp_path: Path) -> None:
    for number, content in enumerate(DAMAGED):
        (tmp_path / f"{number:02}.txt").write_bytes(content)
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "govinfo", "check", "--format", "json", "."],
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(outputs) == 1
    assert len(outputs.pop()) > 10_000
