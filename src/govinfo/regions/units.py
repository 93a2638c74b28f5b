"""What a publisher's name says beside the place: whose office it is, and which level that makes."""

from __future__ import annotations

import re
from typing import NamedTuple

from govinfo.schema.report import Level

__all__ = [
    "Head",
    "Marker",
    "begins_a_word",
    "is_office",
    "is_town_of_that_name",
    "is_zone",
    "level_of",
    "marker_of",
    "unlisted_in",
    "without_head",
]

_HEADS = (
    "中华人民共和国",
    "国家税务总局",
    "国家统计局",
    "国家外汇管理局",
    "国家金融监督管理总局",
    "国家矿山安全监察局",
    "国家能源局",
    "国家邮政局",
    "国家粮食和物资储备局",
    "中国银行保险监督管理委员会",
    "中国银保监会",
    "中国证券监督管理委员会",
    "中国证监会",
    "中国人民银行",
    "中国民用航空",
    "中国烟草总公司",
    "中国共产党",
    "中国共产主义青年团",
    "共青团",
    "中共",
    "国网",
)
"""What offices that answer to Beijing put before the place."""

_TRADES = (
    "教育|科技|科学技术|发改|发展和?改革|工信|工业和信息化|工业信息化|经济和信息化|经信|民族宗教|民宗|公安|民政|司法|财政|人社|"
    "人力资源|自然资源|国土资源|规划和?自然|生态环境|环境保护|环保|住建|住房|城乡建设|城市管理|城管|城乡规划|交通|水利|水务|农业|农牧|农村|"
    "林业|林草|园林|商务|文化|文旅|旅游|卫健|卫生|计生|退役军人|应急|安全生产|安监|审计|外事|国资|市场监|市场和质|工商|质量技术|"
    "食品药品|药品监|体育|统计|医保|医疗保障|信访|粮食|乡村振兴|扶贫|金融|行政审批|政务服务|大数据|数据|人防|人民防空|机关事务|"
    "税务|国税|地税|气象|地震|消防|邮政管理|烟草|供销|档案|招商|投资促进|海洋|渔业|畜牧|公积金|公共资源|广播电视|广电|新闻出版|版权|知识产权"
)
_OFFICE = re.compile(
    rf"(?:人民政府|政府(?!采购)|行政公署|行署|人大|政协|(?:{_TRADES})(?!大学|学院|职业|银行)[^市县区旗]{{0,24}}"
    r"(?:局|厅|委员会|委|办公室|办|中心|支队|大队|总队|院|队|站|所)(?:[（(].{0,12}[）)]|本级|机关)?$)"
)
_BRANCH = re.compile(
    r"局$|.{0,8}(?:分局|支局|分行|支行|调查总?队|监管分?局|监管支局|监管办|监管办公室|海事局|税务局|委员会|市委|县委|区委)$"
)
"""How the offices of `_HEADS` end."""

_ZONE = (
    r"(?:开发区|高新区|高新技术|经开区|新区|示范区|保税|园区|度假区|风景|名胜区|试验区|实验区|合作区|工业区|产业区|产业园|管理区|"
    r"新城|自贸|自由贸易|生态城|科技城|旅游区|集聚区|农场|兵团)"
)
_ZONE_OFFICE = re.compile(rf"(?!山|湖|.{{0,6}}(?:风景|名胜|旅游))[^省市县]{{0,16}}{_ZONE}")

_GOVERNMENT = re.compile(r"(?:人民政府|政府|行政公署|行署)(?:门户网站|网站|网)?(?:[（(].{0,12}[）)]|本级|汇总)?")
_TOWN = re.compile(
    r"(?P<town>[^局委厅]{0,16}?(?:(?<!城)[镇乡]|城镇|苏木|街道|街|办事处|区公所))"
    r"(?:人民政府|政府|人民办事处|街道办事处|办事处|办公室|街道办|办|党政办公室|党政综合办公室)?(?:[（(].{0,12}[）)]|本级)?"
)
_AGENCY = re.compile(r"驻.{1,12}(?:办事处|联络处)|外事|办事处(?:联络|接待)")
_TOWN_NAME = re.compile(
    r"街道|镇(?!静)|乡(?![村镇])|村(?![镇务级])|苏木|路(?![桥政灯])|大道|大街|社区(?!矫正|建设|治理)|居委"
)
_MARKER = re.compile(
    r"我?(?:(?P<province>全?省|自治区)|(?P<city>市)|(?P<county>县)|(?P<district>区)|(?P<banner>旗)|(?P<prefecture>州|自治州|盟|地区))"
    r"(?!场|政[^府务协]|容|民[^政族宗营]|域|属|管|划|块|长|间|内|级|本级)"
)
_DEPARTMENT = re.compile(
    r".*(?:局|厅|委员会|委|办公室|办公厅|办|院|校|学|中心|队|站|所|馆|社|公司|集团|行|处|会|部|署|园|室|台|厂|场|库|团|组)"
    r"(?:[（(].{0,12}[）)]|本级|机关)?"
)


class Head(NamedTuple):
    """A name without what stands before the place."""

    rest: str
    vertical: bool
    """Whether there was something: an office that answers to Beijing."""


class Marker(NamedTuple):
    """``市`` of 市科学技术局: a name that leaves out which one."""

    kind: str
    """``province``, ``prefecture``, ``city``, ``county``, ``district`` or ``banner``; empty where nothing is said."""
    rest: str

    def fits(self, name: str) -> bool:
        """Whether a region may be the one that is left out."""
        if self.kind == "province":
            return name.endswith(("省", "自治区"))
        if self.kind == "prefecture":
            return name.endswith(("州", "盟", "地区"))
        ends = {"city": "市", "county": "县", "district": "区", "banner": "旗"}
        return name.endswith(ends[self.kind]) and not name.endswith(("自治区", "地区"))


def without_head(name: str) -> Head:
    """Take off what an office that answers to Beijing puts before its place."""
    vertical = False
    changed = True
    while changed:
        changed = False
        for head in _HEADS:
            if name.startswith(head) and name != head:
                name, vertical, changed = name[len(head) :], True, True
    return Head(name, vertical)


def level_of(rest: str, place: Level | None) -> Level | None:
    """Return the level of a publisher from what stands behind its place.

    Args:
        rest: the name without the place.
        place: the level of the place, if it is known.
    """
    if not rest or _GOVERNMENT.fullmatch(rest):
        return place
    if _AGENCY.search(rest):
        return Level.DEPARTMENT
    if _TOWN.fullmatch(rest):
        return Level.TOWN
    if place is not None or _DEPARTMENT.fullmatch(rest):
        return Level.DEPARTMENT
    return None


def is_office(rest: str, vertical: bool) -> bool:
    """Whether what stands behind a short name of a place is plainly a government's office: 教育局 of 邢台教育局."""
    return bool(_OFFICE.match(rest) or (vertical and _BRANCH.fullmatch(rest)))


def is_zone(rest: str) -> bool:
    """Whether it is a zone, or an office of one, inside the place."""
    return _ZONE_OFFICE.match(rest) is not None


def is_town_of_that_name(rest: str) -> bool:
    """Whether what looks like a place is the beginning of a street's or a town's name: 上海路街道."""
    return _TOWN_NAME.match(rest) is not None


def begins_a_word(kind: str, rest: str) -> bool:
    """Whether the last sign of a place's name belongs to the word behind it: 新县城…, 滨州市场监督管理局."""
    if kind == "县":
        return rest.startswith(("城建设指", "城区", "域"))
    if kind == "市":
        return rest.startswith(("场", "容", "域")) or re.match(r"民(?![政族宗营兵办航])", rest) is not None
    return kind == "区" and rest.startswith(("域", "划", "块"))


_UNLISTED = re.compile(r"(?P<name>[\u4e00-\u9fff]{1,6}?(?P<sign>自治县|自治旗|[市县区旗]))(?=.)")
_NO_PLACE = re.compile(
    r".*(?:[社园景城库灌矿林牧山老税发理范护假能片学辖地军港校院小街边特贸验县新郊市]区"
    r"|[城都菜集股门夜上超楼省县]市|[困郊强各]县|[国红军锦]旗)"
)
"""Words that end like a place: 社区, 城市."""


def unlisted_in(rest: str) -> tuple[str, Level | None] | None:
    """Return what stands behind a place like a region inside it that is in no table, and its level; None for nothing.

    It may be new, misspelt, or no region at all: 青河区 of 石家庄市青河区人民政府.
    """
    match = _UNLISTED.match(rest)
    if match is None or _NO_PLACE.fullmatch(match["name"]) or begins_a_word(match["sign"], rest[match.end() :]):
        return None
    return match["name"], None if match["sign"] == "市" else Level.COUNTY


def marker_of(rest: str) -> Marker:
    """Take off the sign that stands for a place the name leaves out."""
    match = _MARKER.match(rest)
    if match is None or match.end() == len(rest):
        return Marker("", rest)
    return Marker(match.lastgroup or "", rest[match.end() :])
