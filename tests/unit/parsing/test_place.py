"""The parser says where a publisher is: from its name, else from the page; --region settles what neither does."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

import govinfo
from govinfo.choice import rule_sets_for
from govinfo.errors import GovinfoError
from govinfo.findings import Severity
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins, load_plugins
from govinfo.rules.model import RuleSet
from govinfo.schema import Level, Publisher, Report
from govinfo.testing import render
from govinfo.testing.bases import base_report


def read(name: str, *, region: str | None = None, head: str = "", before: str = "", after: str = "") -> Reading:
    """Read a page whose title names a publisher."""
    page = render(base_report(), "html").decode().replace("青河市教育局", name)
    page = page.replace("<head>", f"<head>{head}").replace("<body>", f"<body>{before}")
    return govinfo.read(page.replace("</body>", f"{after}</body>").encode(), name="x.html", region=region)


def ambiguous(reading: Reading) -> list[str]:
    return [one.message.en for one in reading.problems if one.code == "SRC027"]


def test_a_name_that_says_it() -> None:
    reading = read("温县科技和工业信息化局")
    assert reading.report.publisher == Publisher("温县科技和工业信息化局", "410825", Level.DEPARTMENT)
    origin = reading.origins["publisher.name"]
    assert {reading.origins[path] for path in ("publisher.region_code", "publisher.level")} == {origin}
    assert not ambiguous(reading)


def test_a_name_without_a_place_is_left_alone() -> None:
    reading = read("青河市教育局")
    assert reading.report.publisher == Publisher("青河市教育局", None, Level.DEPARTMENT)
    assert "publisher.region_code" not in reading.origins
    assert not reading.problems
    assert read("青河市人民政府").report.publisher.level is None
    assert read("青石镇人民政府").report.publisher.level is Level.TOWN


def test_a_name_of_several_places_is_a_problem() -> None:
    reading = read("市中区教育局")
    assert reading.report.publisher == Publisher("市中区教育局", None, Level.DEPARTMENT)
    (message,) = ambiguous(reading)
    assert "370103" in message
    assert "--region" in message
    (finding,) = [one for one in govinfo.check(reading).findings if one.code == "SRC027"]
    assert finding.severity is Severity.INFO
    assert finding.paths == ("publisher.region_code",)


@pytest.mark.parametrize(
    "around",
    [
        {"head": '<meta name="SiteName" content="济南市市中区人民政府">'},
        {"head": '<meta name="ColumnName" content="济南市市中区人民政府 &gt; 年报">'},
        {"before": "<p>首页 &gt; 济南市 &gt; 政府信息公开年报</p>"},
        {"after": "<p>主办单位：济南市市中区人民政府</p>"},
        {"after": "<p>地址：济南市市中区经四路</p>"},
    ],
    ids=["site", "column", "trail", "foot", "address"],
)
def test_the_page_settles_it(around: dict[str, str]) -> None:
    reading = read("市中区教育局", **around)
    assert reading.report.publisher.region_code == "370103"
    assert not ambiguous(reading)


def test_a_page_that_speaks_of_others_does_not() -> None:
    reading = read("市中区教育局", after="<p>门户网站：组织人员赴济南市市中区学习</p>")
    assert reading.report.publisher.region_code is None
    assert ambiguous(reading)


def test_the_place_a_name_leaves_out() -> None:
    reading = read("市科学技术局", head='<meta name="SiteName" content="邢台市人民政府">')
    assert reading.report.publisher == Publisher("市科学技术局", "130500", Level.DEPARTMENT)


def test_where_reports_come_from_settles_it() -> None:
    for region in ("370100", "3701", "济南市"):
        reading = read("市中区教育局", region=region)
        assert reading.report.publisher.region_code == "370103"
        assert not ambiguous(reading)
    assert read("温县教育局", region="130000").report.publisher.region_code == "410825"
    assert read("教育局", region="130000").report.publisher.region_code is None


@pytest.mark.parametrize("region", ["999999", "朝阳区", "没有这个地方"])
def test_a_region_nobody_knows_is_said_before_anything_is_read(region: str, tmp_path: Path) -> None:
    for call in (govinfo.read, govinfo.read_all, govinfo.check):
        with pytest.raises(GovinfoError):
            call(b"", region=region)
    with pytest.raises(GovinfoError):
        govinfo.check_files([tmp_path], region=region)


def with_regions() -> Plugins:
    plugins = load_plugins(entry_points=False)
    for name, region in (("hebei", "13"), ("shandong", "37")):
        plugins = plugins.with_rule_set(RuleSet(name, govinfo.Text(name, name), (), region=region), f"{name}.toml")
    return plugins


def applied(report: Report, region: str = "") -> set[str]:
    return {one.name for one in rule_sets_for(with_regions(), None, report, region)} & {"hebei", "shandong"}


def test_rule_sets_of_the_region_are_applied() -> None:
    def by(code: str | None) -> Report:
        return attrs.evolve(base_report(), publisher=Publisher("某局", code))

    assert applied(by("130500")) == {"hebei"}
    assert applied(by(None)) == set()
    assert applied(by(None), "130500") == {"hebei"}
    assert applied(by("370103"), "130500") == {"shandong"}  # it says another place
    reading = read("市中区教育局")
    assert {one.name for one in rule_sets_for(with_regions(), None, reading.report)} == {"national"}


def test_checking_fills_it_in_as_reading_does() -> None:
    page = render(base_report(), "html").decode().replace("青河市教育局", "市中区教育局").encode()
    result = govinfo.check(page, name="x.html", region="济南市")
    assert result.reading.report.publisher.region_code == "370103"
    assert "SRC027" not in {one.code for one in result.findings}
    assert "SRC027" in {one.code for one in govinfo.check(page, name="x.html").findings}


def test_a_record_keeps_what_it_says() -> None:
    report = attrs.evolve(base_report(), publisher=Publisher("温县教育局", "370103", Level.COUNTY))
    assert govinfo.check(report, region="13").reading.report == report
