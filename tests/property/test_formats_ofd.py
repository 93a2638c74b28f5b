"""Laws of OFD: what was printed is read, in whatever manner the file was written; and no damage does harm."""

from __future__ import annotations

import io
import random
import re
import time
import zipfile
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.documents.model import Document
from govinfo.documents.pages.ofd import read_ofd
from govinfo.errors import ReadError
from govinfo.schema import Missing, Report, Sections, cells
from govinfo.testing import example_report, print_report
from govinfo.testing.examples import Edition
from govinfo.testing.formats.ofd import OFD_FORMATS
from govinfo.testing.sheet import MARKS
from govinfo.testing.strategies import reports

EDITIONS: tuple[Edition, ...] = ("2019", "2021", "mixed")
WRITERS = {one.name: one.write for one in OFD_FORMATS}


def plain(report: Report) -> Report:
    """The report with its prose in one line: where paragraphs end is not always seen on a page."""
    texts = {name: text and re.sub(r"\s", "", text) for name, text in attrs.asdict(report.sections).items()}
    return attrs.evolve(report, sections=Sections(**texts))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("profile", ["zero", "few", "large"])
@pytest.mark.parametrize("manner", WRITERS)
def test_every_manner_is_read_back(manner: str, profile: Any, edition: Edition) -> None:
    for seed in (0, 3):
        report = example_report(edition, seed, profile=profile)
        found = govinfo.read(WRITERS[manner](print_report(report))).report
        assert cells(found) == cells(report)
        assert plain(found) == plain(report)


@given(reports(), st.sampled_from(sorted(WRITERS)))
def test_a_report_is_read_back(report: Report, manner: str) -> None:
    found = govinfo.read(WRITERS[manner](print_report(report))).report
    assert cells(found) == cells(report)


@given(reports(blanks=True), st.sampled_from(sorted(WRITERS)), st.sampled_from(MARKS))
def test_blanks_are_blanks_and_no_figure_moves(report: Report, manner: str, mark: str) -> None:
    found = cells(govinfo.read(WRITERS[manner](print_report(report, mark=mark))).report)
    wrong = {path: found[path] for path, value in cells(report).items() if found[path] != value}
    assert {path for path, value in wrong.items() if not isinstance(value, Missing)} == set()
    lost = {path for path in wrong if not isinstance(cells(report)[path], Missing)}
    assert lost == set()


@pytest.mark.parametrize("manner", WRITERS)
def test_every_figure_stands_on_the_page_it_is_printed_on(manner: str) -> None:
    report = example_report("2021", 3, profile="large")
    reading = govinfo.read(WRITERS[manner](print_report(report)))
    pages = {path: place.page for path, place in reading.origins.items()}
    assert pages["disclosure.regulations.issued"] == 1
    assert pages["applications.total.denied.state_secret"] == 2
    assert pages["disputes.reconsideration.total"] == 3
    assert {place.text for place in reading.origins.values()} != {""}


# Damage.


def mutated(content: bytes, rng: random.Random) -> bytes:
    """The file with some bytes wrong, cut or doubled; half of the time inside a part, so that the zip stays whole."""
    if rng.random() < 0.5:
        return _scratched(content, rng)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        names = archive.namelist()
        chosen = rng.choice(names)
        for name in names:
            part = archive.read(name)
            if name == chosen:
                part = rng.choice((_scratched, _reworded))(part, rng)
            if name != chosen or rng.random() < 0.95:
                copy.writestr(name, part)
    return buffer.getvalue()


def _scratched(content: bytes, rng: random.Random) -> bytes:
    data = bytearray(content)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data))
        kind = rng.randrange(4)
        if kind == 0:
            data[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del data[at : at + rng.randint(1, 400)]
        elif kind == 2:
            data[at:at] = data[rng.randrange(len(data)) :][: rng.randint(1, 400)]
        else:
            data[at] = rng.randrange(256)
        if not data:
            return b"P"
    return bytes(data)


_WORDS = (b"0", b"-1", b"1e9", b"nan", b"", b"g", b"g 99999999 1", b"1 0 0 1 0 0", b"0 0 0 0", b"../../x", b"/", b"255")


def _reworded(content: bytes, rng: random.Random) -> bytes:
    """XML with some attributes saying something else: still XML, which goes further than a wrong byte."""
    values = [*re.finditer(rb'(?<==")[^"]*(?=")', content)]
    for value in sorted(rng.sample(values, min(len(values), rng.randint(1, 6))), key=lambda one: -one.start()):
        content = content[: value.start()] + rng.choice(_WORDS) + content[value.end() :]
    return content


@pytest.mark.parametrize("manner", WRITERS)
def test_damage_is_refused_or_read_and_nothing_else(manner: str) -> None:
    content = WRITERS[manner](print_report(example_report("2021", 3, profile="few")))
    rng = random.Random(33190)
    started = time.perf_counter()
    kinds = {kind_of(mutated(content, rng)) for _ in range(60)}
    assert kinds <= {"", "damaged", "too_large", "too_deep", "encrypted", "scanned"}
    assert {"", "damaged"} <= kinds, "damage that is never seen, or always fatal, tests nothing"
    assert time.perf_counter() - started < 60


def kind_of(content: bytes) -> str:
    try:
        assert isinstance(read_ofd(content, "x.ofd"), Document)
    except ReadError as error:
        return error.kind
    return ""
