"""Names of publishers: the labelled list, traps by kind, and what is said about them."""

from __future__ import annotations

import time

import pytest

from benchmarks.regions import labels, ours, score, wrong
from govinfo.errors import GovinfoError
from govinfo.regions import Confidence, region_named, resolve
from govinfo.regions.names import short_forms
from govinfo.schema.report import Level

EVERY = labels()
RIGHT = 0.98
"""So much of the labelled list is resolved as labelled, at least."""


def test_no_name_of_the_list_is_resolved_to_another_place() -> None:
    assert [label for label in EVERY if wrong(label, ours(label))] == []


def test_nearly_all_of_the_list_is_resolved_as_labelled() -> None:
    found = score(EVERY, ours)
    assert found.right >= RIGHT * found.names
    assert found.microseconds < 1000  # 40 where nothing else is at work


def test_the_list_covers_every_province_and_level() -> None:
    assert len(EVERY) >= 500
    provinces = {label.code[:2] for label in EVERY if label.is_place} - {"81", "82"}
    assert len(provinces) == 31
    assert {label.level for label in EVERY} == {level.value for level in Level} | {"-"}
    assert len({(label.name, label.year, label.context, label.within) for label in EVERY}) == len(EVERY)


@pytest.mark.parametrize(
    "name",
    [
        "朝阳区教育局",
        "市中区教育局",
        "鼓楼区人民政府",
        "河北教育局",  # 河北省, or 天津市河北区
        "河南省河南蒙古族自治县教育局",  # which lies in Qinghai
        "城区教育局",
    ],
)
def test_several_places_of_a_name_are_never_chosen_among(name: str) -> None:
    found = resolve(name)
    assert (found.code, found.confidence) == (None, Confidence.AMBIGUOUS)
    assert found.candidates
    assert all(one.code in found.reason.zh for one in found.candidates[:6])


@pytest.mark.parametrize(
    "name",
    [
        *("", "局", "人民政府", "教育局", "教育部", "国家税务总局", "国家税务总局第三税务分局"),
        *("公安交通管理局", "东海渔政局", "太湖渔业管理委员会办公室", "五台山风景名胜区管理委员会", "西南交通大学"),
        *("上海路街道办事处", "市民中心", "新县城建设指挥部", "国网新源控股有限公司", "中国铁路北京局集团有限公司"),
        *("甲市教育局", "青河市教育局", "江北省青河市人民政府", "x" * 10_000, "市" * 5000, "朝阳" * 5000),
    ],
)
def test_a_name_that_says_no_place_has_none(name: str) -> None:
    assert resolve(name).code is None


def test_levels() -> None:
    said = {
        "河北省人民政府": Level.PROVINCE,
        "朔州市人民政府": Level.PREFECTURE,
        "大兴安岭地区行政公署": Level.PREFECTURE,
        "温县人民政府": Level.COUNTY,
        "温县": Level.COUNTY,
        "温县番田镇人民政府": Level.TOWN,
        "温县番田镇卫生院": Level.DEPARTMENT,
        "北京市朝阳区望京街道办事处": Level.TOWN,
        "温县人民政府办公室": Level.DEPARTMENT,
        "河南省人民政府驻北京办事处": Level.DEPARTMENT,
        "某镇人民政府": Level.TOWN,
        "甲县教育局": Level.DEPARTMENT,
        "市人民政府": None,
        "鼓楼区人民政府": Level.COUNTY,
    }
    assert {name: resolve(name).level for name in said} == said


def test_a_page_speaks_of_itself_only_where_it_announces_it() -> None:
    def code(*context: str) -> str | None:
        return resolve("朝阳区教育局", context=context).code

    assert code("北京市朝阳区人民政府") == "110105"
    assert code("首页 > 北京市") == "110105"
    assert code("依据《吉林省实施〈条例〉办法》") == "220104"
    assert code("2022年，北京市朝阳区教委坚持公开") == "110105"
    assert code("与长春市朝阳区结对") is None
    assert code("结对单位：长春市朝阳区") is None
    assert code("会议地点：长春市") is None
    assert code("承接长春市朝阳区转来的申请") is None
    assert code("长春市考察团来我区") is None
    assert code("本年度，赴长春市学习") is None
    assert code("北京市朝阳区人民政府", "长春市朝阳区人民政府") is None
    assert code("杭州市人民政府") is None
    assert code("朝阳区人民政府") is None
    assert code("北京市朝阳区人民政府", "赴长春市朝阳区学习") == "110105"


def test_an_address_does_not_say_whose_office_it_is() -> None:
    address = "地址：邢台市襄都区中兴东大街"
    assert resolve("科学技术局", context=[address]).code is None
    assert resolve("市科学技术局", context=[address]).code == "130500"
    assert resolve("区科学技术局", context=[address]).code == "130502"
    assert (
        resolve("科学技术局", context=["邢台市人民政府"]).code is None
    )  # nor does a city's site: its counties are on it
    assert resolve("科学技术局", context=["东莞市人民政府"]).code == "441900"
    assert resolve("市科学技术局", context=["温县人民政府", "地址：河南省焦作市温县"]).code is None


def test_what_it_lies_in_settles_a_name_and_contradicts_none() -> None:
    assert resolve("鼓楼区教育局", within="3203").code == "320302"
    assert resolve("鼓楼区教育局", within="320000").confidence is Confidence.AMBIGUOUS
    assert resolve("温县教育局", within="13").code == "410825"  # it names another place, and keeps it
    assert resolve("县教育局", within="410825", context=["威县人民政府"]).code is None
    assert resolve("教育局", within="999999").code is None


def test_names_and_codes_of_a_year() -> None:
    assert resolve("密云县教委", year=2012).code == "110228"
    assert resolve("密云县教委", year=2022).code == "110118"
    assert resolve("钱塘区教育局", year=2015).code == "330114"
    renamed, before, long_gone = (
        resolve("密云县教委", year=2022),
        resolve("钱塘区教育局", year=2015),
        resolve("崇文区教委"),
    )
    assert renamed.reason.zh == "“密云县”在 2022 年为北京市密云区，代码 110118"
    assert "2015 年没有“钱塘区”" in before.reason.zh
    assert "已不是现行名称" in long_gone.reason.zh
    assert {one.confidence for one in (renamed, before, long_gone)} == {Confidence.LIKELY}


@pytest.mark.parametrize(
    ("name", "styled", "alone"),
    [
        ("延边朝鲜族自治州", ("延边州", "延边自治州"), "延边"),
        ("积石山保安族东乡族撒拉族自治县", ("积石山县", "积石山自治县"), "积石山"),
        ("内蒙古自治区", (), "内蒙古"),
        ("新疆维吾尔自治区", (), "新疆"),
        ("管城回族区", ("管城区",), "管城"),
        ("东乡族自治县", (), ""),
        ("浦东新区", (), "浦东"),
        ("大兴安岭地区", (), "大兴安岭"),
        ("北林区", (), "北林"),
        ("温县", (), ""),
        ("和平区", (), ""),
    ],
)
def test_short_forms(name: str, styled: tuple[str, ...], alone: str) -> None:
    assert short_forms(name) == (styled, alone)


@pytest.mark.parametrize(
    ("text", "code"), [("13", "130000"), ("1305", "130500"), ("410825", "410825"), ("邢台市", "130500"), ("河北", None)]
)
def test_a_region_is_named_by_code_or_name(text: str, code: str | None) -> None:
    if code is None:
        with pytest.raises(GovinfoError, match="may be"):
            region_named(text)
    else:
        assert region_named(text).code == code


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("999999", "no region has the code 999999"),
        ("1", "no region has the code 1"),
        ("朝阳区", "Say the province and city"),
        ("青河市", "no province, prefecture or county is called"),
        ("温县教育局", "no province, prefecture or county is called"),
        ("", "no province, prefecture or county is called"),
    ],
)
def test_a_region_nobody_knows_is_refused(text: str, said: str) -> None:
    with pytest.raises(GovinfoError, match=said):
        region_named(text)


def test_a_page_full_of_names_takes_no_time() -> None:
    page = ["北京市朝阳区、长春市朝阳区、" * 5000] * 500
    start = time.perf_counter()
    resolve("朝阳区教育局", context=page)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize(
    ("name", "code", "level"),
    [
        ("石家庄市青河区人民政府", "130100", Level.COUNTY),
        ("河北省青河市人民政府", "130000", None),
        ("河北省青河市教育局", "130000", Level.DEPARTMENT),
        ("河北省白鹿县人民政府办公室", "130000", Level.DEPARTMENT),
    ],
)
def test_a_place_that_is_in_no_table_is_never_certain(name: str, code: str, level: Level | None) -> None:
    found = resolve(name)
    assert (found.code, found.level, found.confidence) == (code, level, Confidence.LIKELY)
    assert "代码表中没有" in found.reason.zh


@pytest.mark.parametrize(
    "name",
    [
        "上海市社区矫正管理局",
        "北京市城市管理委员会",
        "南京市市场监督管理局",
        "贵州省贫困县工作办公室",
        "湖南省红旗渠管理局",
    ],
)
def test_words_that_end_like_a_place_are_no_place(name: str) -> None:
    assert resolve(name).confidence is Confidence.CERTAIN
