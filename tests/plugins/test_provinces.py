"""The packages of provinces together: a report gets the rules of its own province and no others."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest

from govinfo import Reading, Result, check, read
from govinfo.findings import Status
from govinfo.plugins import Candidate, Plugins, load_plugins

ROOT = Path(__file__).parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
PACKAGES = sorted(path.parents[2] for path in ROOT.glob("plugins/govinfo-*/src/*/rules.py"))


class Expected(NamedTuple):
    seed: str
    """Beginning of the file's name."""
    region: str
    """Code of the place the seed says it comes from."""
    failed: tuple[str, ...]
    passed: tuple[str, ...]


EXPECTED = {
    "hebei": Expected("000", "130500", ("HE-FEE001",), ("HE-APP001", "HE-DOC001")),
    "beijing": Expected("001", "110109", (), ("BJ-DOC001", "BJ-FEE001")),
    "henan": Expected("002", "410825", (), ("HA-DOC001",)),
    "heilongjiang": Expected("003", "230400", ("HL-DOC001", "HL-FEE001"), ()),
    "shanxi": Expected("004", "140600", (), ("SX-DOC001", "SX-DOC002")),
}


@pytest.fixture(scope="module")
def plugins() -> Iterator[Plugins]:
    with pytest.MonkeyPatch.context() as patch:
        for package in PACKAGES:
            patch.syspath_prepend(str(package / "src"))
        loaded = load_plugins(entry_points=False, candidates=map(candidate, PACKAGES))
        assert loaded.problems == ()
        yield loaded


def candidate(package: Path) -> Candidate:
    project = tomllib.loads((package / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ((name, module),) = project["entry-points"]["govinfo.plugins.v1"].items()
    return Candidate(name, project["name"], project["version"], lambda: import_module(module))


def outcomes(result: Result, plugins: Plugins) -> dict[str, Status]:
    """Return how the rules of provinces came out."""
    codes = {rule.code for rule_set in plugins.rule_sets if rule_set.region for rule in rule_set.rules}
    return {one.code: one.status for one in result.outcomes if one.code in codes}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("made_up", [True, False], ids=["made-up", "seed"])
def test_a_report_gets_what_its_own_province_says(name: str, made_up: bool, plugins: Plugins) -> None:
    expected = EXPECTED[name]
    path = ROOT / "plugins" / f"govinfo-{name}" / "tests" / "report.txt"
    if not made_up:
        path = next(SEEDS.glob(f"{expected.seed}_*"), SEEDS)
        if not path.is_file():
            pytest.skip("the seeds are not here")
    result = check(path, plugins=plugins)
    # of a made-up office no more is known than the province it says it is in
    region = f"{expected.region[:2]}0000" if made_up else expected.region
    assert result.reading.report.publisher.region_code == region
    assert outcomes(result, plugins) == {
        **dict.fromkeys(expected.failed, Status.FAILED),
        **dict.fromkeys(expected.passed, Status.PASSED),
    }
    found = [finding for finding in result.findings if finding.code in expected.failed]
    assert {finding.code for finding in found} == set(expected.failed)
    assert all(finding.note is not None and finding.location is not None for finding in found)


@pytest.mark.parametrize("name", EXPECTED)
def test_elsewhere_it_gets_nothing(name: str, plugins: Plugins) -> None:
    path = ROOT / "plugins" / f"govinfo-{name}" / "tests" / "report.txt"
    reading: Reading = read(path, plugins=plugins)
    publisher = attrs.evolve(reading.report.publisher, region_code="540000")
    reading = attrs.evolve(reading, report=attrs.evolve(reading.report, publisher=publisher))
    assert outcomes(check(reading, plugins=plugins), plugins) == {}
