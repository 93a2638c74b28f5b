"""The table as it is shipped: consistent in every year, with the changes everybody knows in the right year."""

from __future__ import annotations

import pytest

from govinfo.regions import region_of
from govinfo.regions.table import prefix_of, read_lines, table
from govinfo.schema.report import Level
from tools.make_regions import COUNTS, mistakes, read_table


def test_the_table_holds_together() -> None:
    assert mistakes(read_table()) == []


def test_what_is_wrong_with_a_table_is_found() -> None:
    rows = [row for row in read_table() if row.code != "130500"]
    assert any("without 130500" in one for one in mistakes(rows))
    assert any(f"the ministry counts {COUNTS[2020]}" in one for one in mistakes(rows))
    assert any("130500 twice" in one for one in mistakes([*read_table(), *read_table()]))
    moved = [row._replace(successor="650102") if row.code == "110103" else row for row in read_table()]
    assert mistakes(moved) == ["110103 崇文区: cannot have become 650102"]


KNOWN = [
    # code, name, first year, last year
    ("110118", "密云区", 2015, None),
    ("110228", "密云县", None, 2014),
    ("110103", "崇文区", None, 2009),
    ("110104", "宣武区", None, 2009),
    ("120119", "蓟州区", 2016, None),
    ("310108", "闸北区", None, 2014),
    ("310151", "崇明区", 2016, None),
    ("500154", "开州区", 2016, None),
    ("320508", "姑苏区", 2012, None),
    ("320584", "吴江市", None, 2011),
    ("330113", "临平区", 2021, None),
    ("330114", "钱塘区", 2021, None),
    ("330103", "下城区", None, 2020),
    ("330104", "江干区", None, 2020),
    ("341400", "巢湖市", None, 2010),
    ("340181", "巢湖市", 2011, None),
    ("360105", "湾里区", None, 2018),
    ("371200", "莱芜市", None, 2017),
    ("370116", "莱芜区", 2018, None),
    ("410306", "吉利区", None, 2020),
    ("420600", "襄樊市", None, 2009),
    ("420600", "襄阳市", 2010, None),
    ("130521", "邢台县", None, 2019),
    ("659012", "白杨市", 2023, None),
    ("653228", "和康县", 2024, None),
    ("500157", "两江新区", 2026, None),
]


@pytest.mark.parametrize(("code", "name", "first", "last"), KNOWN)
def test_known_changes_are_in_their_year(code: str, name: str, first: int | None, last: int | None) -> None:
    region = region_of(code, first or last)
    assert region is not None
    assert (region.name, region.first, region.last) == (name, first, last)


def test_a_code_without_a_year_is_what_it_means_now_or_meant_last() -> None:
    now, then = region_of("420600"), region_of("420600", 2008)
    assert now is not None
    assert then is not None
    assert (now.name, then.name) == ("襄阳市", "襄樊市")
    assert region_of("110103") is not None
    assert region_of("110103", 2020) is None
    assert region_of("999999") is None


def test_levels_and_prefixes() -> None:
    found = [region_of(code) for code in ("110000", "130500", "410825")]
    assert [one and one.level for one in found] == [Level.PROVINCE, Level.PREFECTURE, Level.COUNTY]
    assert [prefix_of(code) for code in ("110000", "130500", "410825")] == ["11", "1305", "410825"]


def test_a_place_is_followed_through_its_changes() -> None:
    (county,) = table().by_code["110228"]
    now = table().in_year(county, 2022)
    assert now is not None
    assert now.code == "110118"
    (district,) = table().by_code["110118"]
    then = table().in_year(district, 2012)
    assert then is not None
    assert then.code == "110228"
    (new,) = table().by_code["330114"]  # 钱塘区 was made of parts
    assert table().in_year(new, 2019) is None
    (merged,) = table().by_code["110103"]
    (into,) = table().by_code["110101"]
    assert table().in_year(merged, 2012) == into
    assert table().in_year(into, 2008) == into


def test_paths() -> None:
    codes = ("410825", "110109", "429004", "654202", "410000")
    assert [table().path(table().by_code[code][-1]) for code in codes] == [
        "河南省焦作市温县",
        "北京市门头沟区",
        "湖北省仙桃市",
        "新疆维吾尔自治区塔城地区乌苏市",
        "河南省",
    ]


@pytest.mark.parametrize("name", ["aliases.tsv", "zones.tsv"])
def test_other_names_are_of_codes_in_the_table(name: str) -> None:
    lines = list(read_lines(name))
    assert {code for _, code in lines} <= set(table().by_code)
    assert len({called for called, _ in lines}) == len(lines)
