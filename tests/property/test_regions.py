"""Laws of resolving names: whole names always, names no other place has alone, shared ones never."""

from __future__ import annotations

from collections import defaultdict

import pytest

from govinfo.regions import Confidence, resolve
from govinfo.regions.names import is_generic, short_forms
from govinfo.regions.table import FIRST_YEAR, Row, table
from govinfo.schema.report import Level

YEARS = (FIRST_YEAR, 2011, 2016, 2020, 2023, 2026)


def live(year: int) -> list[Row]:
    return [row for row in table().rows if row.holds(year)]


def raised(year: int) -> set[str]:
    """Cities that became prefectures just now, under the name of a county-level city: 毕节市 in 2011 and 2012."""
    near = {(row.name, row.code) for row in table().rows if row.holds(year, leeway=1)}
    return {name for name, code in near if any(one == name and other[4:] != code[4:] == "00" for one, other in near)}


@pytest.mark.parametrize("year", YEARS)
def test_a_whole_name_is_certain(year: int) -> None:
    unclear = raised(year)
    assert len(unclear) < 5
    for row in live(year):
        above = "".join(one.name for one in reversed(list(table().above(row, year))))
        found = resolve(f"{above}{row.name}教育局", year=year)
        if row.name in unclear:
            assert found.code in (None, row.code)
            continue
        assert (found.code, found.level) == (row.code, Level.DEPARTMENT), found
        assert found.confidence is Confidence.CERTAIN, found


@pytest.mark.parametrize("year", YEARS)
def test_a_name_is_resolved_alone_if_no_other_place_has_it_and_never_if_one_has(year: int) -> None:
    near = defaultdict(set)
    for row in table().rows:
        if row.holds(year, leeway=1):
            for name in (row.name, *short_forms(row.name)[0]):
                near[name].add(table().final(row.code))
    near["东乡县"].add("622926")  # an alias: in Jiangxi there was one as well
    shared = defaultdict(list)
    for row in live(year):
        shared[row.name].append(row)
    for name, rows in shared.items():
        found = resolve(f"{name}教育局", year=year)
        if len(rows) > 1:
            assert found.code is None, found
            assert found.confidence is Confidence.AMBIGUOUS, found
            assert {one.code for one in found.candidates} >= {row.code for row in rows}
        elif not is_generic(name) and len(near[name]) == 1:
            assert found.code == rows[0].code, found


def test_a_government_has_the_level_of_its_place() -> None:
    for row in live(2022):
        assert resolve(f"{table().path(row)}人民政府", year=2022).level is row.level


def test_a_town_belongs_to_its_county() -> None:
    for row in live(2022):
        if row.level is Level.COUNTY:
            found = resolve(f"{table().path(row)}红旗镇人民政府", year=2022)
            assert (found.code, found.level) == (row.code, Level.TOWN), found


def test_a_page_of_a_place_settles_a_shared_name_for_that_place() -> None:
    for row in live(2022):
        if row.level is Level.COUNTY:
            found = resolve(f"{row.name}教育局", year=2022, context=[f"{table().path(row)}人民政府"])
            assert found.code == row.code, found


def test_no_page_of_another_place_settles_it() -> None:
    rows = [row for row in live(2022) if row.level is Level.COUNTY]
    shared = defaultdict(list)
    for row in rows:
        shared[row.name].append(row)
    for name, some in shared.items():
        other = next(row for row in rows if row.code[:2] not in {one.code[:2] for one in some})
        if len(some) > 1:
            assert resolve(f"{name}教育局", year=2022, context=[f"{table().path(other)}人民政府"]).code is None
