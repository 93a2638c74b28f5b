"""A run over many files: nothing is kept, a broken format is said, and a file of output is whole or not there."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from govinfo import GovinfoError, Text, Writer, hookimpl
from govinfo.api import checking_of
from govinfo.checking import Checking
from govinfo.files import find
from govinfo.folders import Journal, Run
from govinfo.hookspecs import CheckedFile, Stream
from govinfo.plugins import Candidate, Plugins, load_plugins
from govinfo.tally import Tally
from govinfo.testing import example_report, render
from govinfo.text import Language


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for number in range(6):
        (tmp_path / f"{number}.txt").write_bytes(render(example_report("2021", number), "lines"))
    return tmp_path


def with_format(one: Callable[[CheckedFile, Language, bool], str]) -> Plugins:
    writer = Writer("mine", (), stream=Stream(one, joint="-"), title=Text("自造", "made up"))
    module = SimpleNamespace(govinfo_writers=hookimpl(lambda: [writer]))
    loaded = load_plugins(entry_points=False, candidates=[Candidate("mine", "mine", "1", lambda: module)])
    assert loaded.problems == ()
    return loaded


def run(folder: Path, plugins: Plugins, watch: Callable[[int, Tally], object] = lambda done, tally: None) -> Run:
    checking: Checking = checking_of([folder], plugins=plugins)
    return Run(checking, list(find([str(folder)])), "mine", "zh", 1, None, watch)


def test_results_are_written_counted_and_forgotten(folder: Path) -> None:
    alive: list[weakref.ref[CheckedFile]] = []
    most = 0

    def one(file: CheckedFile, lang: Language, several: bool) -> str:
        nonlocal most
        alive.append(weakref.ref(file))
        gc.collect()
        most = max(most, sum(ref() is not None for ref in alive))
        return Path(file.file).stem

    written: list[str] = []
    work = run(folder, with_format(one))
    work.write(written.append)
    assert "".join(written) == "0-1-2-3-4-5"
    assert (work.done, work.tally.checked) == (6, 6)
    assert most <= 2


@pytest.mark.parametrize("returned", [None, b"bytes", ValueError("broke")])
def test_a_format_that_breaks_is_said_and_leaves_no_file(folder: Path, returned: object) -> None:
    def one(file: CheckedFile, lang: Language, several: bool) -> str:
        if isinstance(returned, Exception):
            raise returned
        return returned  # type: ignore[return-value]

    work = run(folder, with_format(one))
    with pytest.raises(GovinfoError, match="the output format mine broke"):
        work.write(lambda text: None)
    output = folder / "out"
    journal = Journal(output, {})
    with pytest.raises(GovinfoError, match="the output format mine broke"):
        run(folder, with_format(one)).write_file(output, journal)
    journal.close()
    assert sorted(path.name for path in folder.iterdir()) == [f"{number}.txt" for number in range(6)]


def test_a_journal_that_another_run_has_replaced_is_left_to_it(folder: Path) -> None:
    output = folder / "out"
    ours = Journal(output, {})
    theirs = Journal(output, {})
    ours.remove()
    assert (folder / "out.partial").exists()
    theirs.remove()
    assert not (folder / "out.partial").exists()


def test_what_was_there_stays_until_all_is_done(folder: Path) -> None:
    output = folder.parent / f"{folder.name}.out"
    output.write_text("before")
    seen: list[str] = []
    work = run(
        folder, with_format(lambda file, lang, several: "x"), lambda done, tally: seen.append(output.read_text())
    )
    journal = Journal(output, {})
    work.write_file(output, journal)
    journal.remove()
    assert seen == ["before"] * 6
    assert output.read_text() == "x-x-x-x-x-x"
