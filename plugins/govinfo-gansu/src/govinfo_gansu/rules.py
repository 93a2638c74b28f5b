"""The rule sets ``gansu``, for the province, and ``gansu-wuwei``, for the city whose notice the rules rest on.

The notice speaks of the reports for 2025 and to the city's counties, districts and departments. There its demands are
warnings. Elsewhere in the province, and in later years, they are conclusions of ours: for a person to look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from govinfo import (
    Adjustment,
    Example,
    Fault,
    LengthRule,
    NotApplicable,
    Reading,
    RuleSet,
    Severity,
    Statement,
    StatementRule,
    Strength,
    Text,
    Undecided,
    check_rule,
)
from govinfo.rules.passages import prose_of
from govinfo.schema import Level, Missing, Scope, describe

if TYPE_CHECKING:
    from govinfo_gansu.counts import Counted

__all__ = ["GANSU", "WUWEI", "numbers_agree", "numbers_stated"]

_OVERVIEW = "sections.overview"
_YEAR = 2025
_NOTICE = Text(
    "武威市人民政府办公室关于做好2025年政府信息公开工作年度报告编制和发布工作的通知（武政办发〔2025〕54号）",
    "the notice of the Wuwei government's general office on the reports for 2025 (武政办发〔2025〕54号)",
)
_SOURCE = Text(
    f"推定：{_NOTICE.zh}有此要求，天水市2025年年报也见此写法；省级要求未查到",
    f"inferred: asked for by {_NOTICE.en}, followed by reports for 2025 in Tianshui; no rule of the province was found",
)
_NO_OVERVIEW = Undecided(Text("没有读到“一、总体情况”", "section 1, overview, was not found"), (_OVERVIEW,))


_COUNTY = {"publisher.level": "county"}
_TABLE = {f"disclosure.regulations.{act}": 0 for act in ("issued", "repealed", "in_force")} | {
    "disclosure.normative_documents.issued": 3,
    "disclosure.normative_documents.repealed": 0,
    "disclosure.normative_documents.in_force": 15,
}
"""Table 2 of the examples."""


def _example(zh: str, en: str, **change: Any) -> Example:
    """Return an example whose section 1 says ``zh``."""
    return Example(Text(zh, en), {"change": {_OVERVIEW: zh, **change}})


_LENGTH = LengthRule(
    "GS-DOC001",
    Severity.INFO,
    Text("“总体情况”超过一千字", "section 1 has more than a thousand characters"),
    _SOURCE,
    _OVERVIEW,
    at_most=1000,
    strength=Strength.INFERRED,
    passes=Example(Text("“总体情况”1000 字", "section 1 has 1000 characters"), {"change": {_OVERVIEW: "字" * 1000}}),
    fails=Example(Text("“总体情况”1001 字", "section 1 has 1001 characters"), {"change": {_OVERVIEW: "字" * 1001}}),
)

_PUBLISHED = StatementRule(
    "GS-DOC002",
    Severity.INFO,
    Text("“总体情况”缺少各类信息的发布数量", "section 1 does not state how much was published of each kind"),
    _SOURCE,
    (_OVERVIEW,),
    (
        Statement(
            Text("通过政府网站、政务新媒体等平台发布信息数量", "how much was published on websites and new media"),
            (
                "网站|门户|新媒体|公众号|微信|微博|视频号|抖音|客户端|公报|公示栏|平台|专栏 {n}",
                "网站|门户|新媒体|公众号|微信|微博|视频号|平台|专栏 发布|公开|推送|刊发|更新 {n}",
                "发布|公开|推送 信息 {n}",
                "{n} 政府信息|政务信息|信息",
            ),
        ),
        Statement(Text("政策解读发布数量", "how many interpretations of policies"), ("解读 {n}", "{n} 解读")),
        Statement(
            Text("回应关切发布数量", "how many answers to public concerns"),
            (
                "回应|关切|留言|咨询|问政|热点 {n}",
                "回应|回复|答复|办理 留言|关切|咨询|诉求|问题 {n}",
                "{n} 关切|回应|留言|咨询",
            ),
            none=("未|没有|无 回应|关切|留言",),
        ),
        Statement(
            Text("教育、医疗、就业等重点领域发布信息数量", "how much was published of key areas"),
            (
                "重点领域|教育|医疗|就业|养老|公共资源|社会保障|民生领域 {n}",
                "重点领域 公开|发布 {n}",
                "{n} 重点领域|民生领域",
            ),
            none=("未|没有|无|不 涉及 重点领域",),
        ),
    ),
    strength=Strength.INFERRED,
    passes=_example(
        "通过政府网站发布信息210条，发布政策解读12条，回应关切8条，公开教育、就业等重点领域信息56条。",
        "210 items on the website, 12 interpretations, 8 answers to concerns, 56 items of key areas",
    ),
    fails=_example(
        "通过政府网站发布信息210条，及时发布政策解读，主动回应关切。",
        "210 items on the website; the rest without numbers",
    ),
)

_PLATFORMS = StatementRule(
    "GS-DOC003",
    Severity.INFO,
    Text(
        "“总体情况”缺少公开平台或政务公开专区数量",
        "section 1 does not state how many platforms or disclosure areas there are",
    ),
    _SOURCE,
    (_OVERVIEW,),
    (
        Statement(
            Text("政府信息公开平台设立数量", "how many platforms there are"),
            (
                "公开平台|平台|网站|新媒体|账号|公众号 {n}",
                "{n} 政府信息公开平台|信息公开平台|公开平台|平台|网站|新媒体|账号|公众号",
            ),
            apart=("发布", "推送", "刊发", "信息", "更新"),  # 网站发布信息 210 条 counts no websites
            none=("未|没有|无 设立|建立|开设|单独|独立 平台|网站",),
        ),
        Statement(
            Text("政务公开专区开设数量", "how many disclosure areas there are"),
            ("专区|查阅点|查阅场所 {n}", "{n} 专区|查阅点|查阅场所"),
            none=("未|没有|无 专区",),
        ),
    ),
    strength=Strength.INFERRED,
    passes=_example("设立政府信息公开平台1个，开设政务公开专区2处。", "one platform, two disclosure areas"),
    fails=_example("加强公开平台建设，开设政务公开专区。", "platforms and disclosure areas without numbers"),
)

_GAZETTE = StatementRule(
    "GS-DOC004",
    Severity.INFO,
    Text(
        "政府的“总体情况”缺少政府公报发刊数量",
        "a government's section 1 does not state how many issues its gazette had",
    ),
    _SOURCE,
    (_OVERVIEW,),
    (
        Statement(
            Text("政府公报发刊数量", "how many issues the gazette had"),
            ("公报 {n}", "{n} 公报", "公报 发刊|编发|出版|刊发|印发|发行|编印|编辑 {n}"),
            none=("未|没有|无|不 公报|发刊",),
        ),
    ),
    levels=(Level.PROVINCE, Level.PREFECTURE, Level.COUNTY),
    strength=Strength.INFERRED,
    passes=_example("全年编发政府公报6期。", "six issues of the gazette", **_COUNTY),
    fails=_example("全年按时编发政府公报。", "the gazette without a number", **_COUNTY),
)


def _counted(reading: Reading) -> dict[str, list[Counted]]:
    """Return what section 1 says of each of the six cells of table 2 that count documents."""
    from govinfo_gansu.counts import ACTS, KINDS, counted

    report = reading.report
    of_area = report.scope is Scope.AGGREGATE or (report.publisher.name or "").endswith("政府")
    said: dict[str, list[Counted]] = {f"{kind}.{act}": [] for kind in KINDS for act in ACTS}
    for one in counted(prose_of(reading).running(_OVERVIEW).text, report.year, of_area):
        for path in one.paths:
            said[path].append(one)
    return {f"disclosure.{path}": found for path, found in said.items()}


def _unready(reading: Reading) -> Undecided | NotApplicable | None:
    if reading.report.editions["disclosure"] == "2019":
        return NotApplicable(Text("表的版本不同，没有这些格", "this edition of the form does not have these cells"))
    return _NO_OVERVIEW if reading.report.sections.overview is None else None


@check_rule(
    "GS-DOC005",
    Severity.INFO,
    Text(
        "“总体情况”缺少规章、行政规范性文件的发布、废止或现行有效数量",
        "section 1 does not state how many regulations and normative documents were issued, repealed or are in force",
    ),
    _SOURCE,
    strength=Strength.INFERRED,
    passes=_example("制发规范性文件3件，现行有效15件。", "3 issued, 15 in force", **_TABLE),
    fails=_example("制发规范性文件3件。", "3 issued; table 2 has 15 in force", **_TABLE),
)
def numbers_stated(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Name what table 2 counts and section 1 does not speak of; what the table has 0 of may go unsaid."""
    if (unready := _unready(reading)) is not None:
        yield unready
        return
    said = _counted(reading)
    values = {path: attrgetter(path)(reading.report) for path in said}
    if all(isinstance(value, Missing) for value in values.values()):
        yield Undecided(Text("表二没有可对照的数", "table 2 has no number to compare with"), tuple(values))
    elif not any(value for value in values.values() if not isinstance(value, Missing)):
        yield NotApplicable(Text("表二没有规章和规范性文件", "table 2 has no regulations and no normative documents"))
    unsaid = [
        path
        for path, value in values.items()
        if not isinstance(value, Missing) and value and not any(one.named for one in said[path])
    ]
    if unsaid:
        cells = Text.join([describe(reading.report, path) for path in unsaid], "；", "; ")
        yield Fault(
            Text(f"“一、总体情况”没有写明：{cells.zh}", f"section 1, overview, does not state: {cells.en}"),
            (_OVERVIEW, *unsaid),
            at=prose_of(reading).running(_OVERVIEW).place(0),
        )


@check_rule(
    "GS-NAR001",
    Severity.INFO,
    Text(
        "“总体情况”所写规章、行政规范性文件数量与表二不一致",
        "numbers of regulations or normative documents in section 1 are not those of table 2",
    ),
    _SOURCE,
    strength=Strength.INFERRED,
    passes=_example("制发规范性文件3件，现行有效15件。", "3 issued, 15 in force, as in table 2", **_TABLE),
    fails=_example("制发规范性文件3件，现行有效16件。", "16 in force; table 2 has 15", **_TABLE),
)
def numbers_agree(reading: Reading) -> Iterator[Fault | Undecided | NotApplicable]:
    """Compare what section 1 surely says with table 2. One number that agrees is enough, and so is a sum of several."""
    if (unready := _unready(reading)) is not None:
        yield unready
        return
    said = {path: found for path, found in _counted(reading).items() if any(one.sure for one in found)}
    if not said:
        yield NotApplicable(Text("“一、总体情况”没有明确写出件数", "section 1, overview, surely states no number"))
    running = prose_of(reading).running(_OVERVIEW)
    for path, found in said.items():
        value = attrgetter(path)(reading.report)
        sure = [one for one in found if one.sure]
        if isinstance(value, Missing):
            yield Undecided(Text("表中没有可对照的数", "the table has no number to compare with"), (path,))
        elif value not in (sum(one.number or 0 for one in sure), *(one.number for one in found)):
            first = sure[0]
            quoted, cell = running.text[first.start : first.end], describe(reading.report, path)
            yield Fault(
                Text(
                    f"“一、总体情况”：“{quoted}”，与“{cell.zh}”的 {value} 不一致，可能口径不同",
                    f"section 1, overview: {quoted!r}, while {cell.en} has {value}; they may count different things",
                ),
                (path, _OVERVIEW),
                first.number,
                value,
                running.place(first.start),
            )


GANSU = RuleSet(
    name="gansu",
    title=Text("甘肃省规则", "rules of Gansu"),
    rules=(_LENGTH, _PUBLISHED, _PLATFORMS, _GAZETTE, numbers_stated, numbers_agree),
    region="62",
    first_year=_YEAR,
)

WUWEI = RuleSet(
    name="gansu-wuwei",
    title=Text("甘肃省武威市规则", "rules of Wuwei, Gansu"),
    region="6206",
    first_year=_YEAR,
    last_year=_YEAR,
    adjustments=tuple(
        Adjustment(
            rule.code,
            Severity.WARNING,
            Text("武政办发〔2025〕54号有此要求", "the city's notice 武政办发〔2025〕54号 asks for it"),
            Strength.DEMANDED,
        )
        for rule in GANSU.rules
    ),
)
