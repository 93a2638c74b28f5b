"""A small part of the fuzz run, always the same: broken files are read or refused, and nothing else.

`benchmarks/fuzz.py` does the same a hundred thousand times over, in worker processes with bounds of time and memory.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import govinfo
from govinfo.errors import ReadError
from govinfo.testing.mutations import MUTATIONS, mutate

CORPUS = Path(__file__).parents[1] / "fuzz" / "corpus"
FILES = {path.name: path.read_bytes() for path in sorted(CORPUS.iterdir()) if path.suffix != ".md"}
EACH = 30
UNREAD = (("nested.zip", "several_reports"), ("odt.odt", "unsupported"), ("odt.odt", "missing_program"))
"""What is refused as it is, where LibreOffice is not there."""


@pytest.fixture(autouse=True)
def no_office_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a broken Word file must not start LibreOffice a thousand times."""
    monkeypatch.setenv("PATH", "")


@pytest.mark.parametrize("name", FILES)
def test_broken_files_are_read_or_refused(name: str) -> None:
    for number in range(EACH):
        content, names = mutate(FILES[name], f"suite {number}", list(FILES.values()))
        try:
            govinfo.read(content, name=name)
        except ReadError as error:
            if error.kind == "missing_extra":
                pytest.skip(str(error))
            assert error.kind != "internal", f"{names}: {error}"  # noqa: PT017


@pytest.mark.parametrize("name", FILES)
def test_the_corpus_itself_is_read(name: str) -> None:
    try:
        assert govinfo.read(FILES[name], name=name).report.year
    except ReadError as error:
        if error.kind == "missing_extra":
            pytest.skip(str(error))
        assert (name, error.kind) in UNREAD  # noqa: PT017


@pytest.mark.parametrize("name", MUTATIONS)
def test_every_mutation_breaks_something(name: str) -> None:
    from random import Random

    broken = 0
    for content in FILES.values():
        for seed in range(4):
            broken += MUTATIONS[name](content, Random(seed), list(FILES.values())) != content
    assert broken > 4


def test_the_same_seed_breaks_a_file_the_same_way() -> None:
    for content in list(FILES.values())[:8]:
        assert mutate(content, "one", list(FILES.values())) == mutate(content, "one", list(FILES.values()))
    assert len({mutate(FILES["tabs.txt"], number)[0] for number in range(50)}) > 40
