"""What a paragraph of prose is about just now: which year, whose figures, which topic."""

from __future__ import annotations

import re

from govinfo.parsing.metadata import year_of
from govinfo.repair.population import Population
from govinfo.schema import Report

__all__ = ["APPLICATIONS", "DISPUTES", "Setting"]

APPLICATIONS, DISPUTES = "sections.applications", "sections.disputes"

_YEAR = re.compile(r"(?<!\d)(20\d\d|二[〇零][一二三四五六七八九〇零]{2})(?=年|\s*[-—–~～至到])")
_THIS_YEAR = re.compile(r"(?<![至到转])本年|今年")
_LAST_YEAR = re.compile(r"(?<!结转)(?<!转结)(?:上年|去年|上一年|往年|前年|前一年)(?!度?(?:结转|转结|遗留))")
_COMPARED = re.compile(
    r"同比|环比|相比|[较比与同](?:20\d\d年|上年|去年|上一年|往年)|增长|增加|减少|下降|上升|持平|占比|%|百分"
)
_ELSEWHERE = re.compile(
    r"系统(?![性梳总学推谋])|备案|累计|截[至止]|以来|历[年次]|近[一二两三四五六七八九十几\d]{1,2}年|季度|半年|月份?[底末初]?|分别"
    r"|复议机[关构]|复议局|应诉|被告|第三人|代理|案例|例如|比如|如果|假如|计划|预计|目标|力争"
    r"|^(?:其中)?(?:通过|经|以|从|在|按).{0,40}(?:网|信函|书面|邮|平台|窗口|现场|当面|传真|渠道|方式|途径)"
    r"|^(?:网上|网络|信函|书面|邮寄|邮件|电子邮件|传真|当面|现场|窗口|线上|线下)"
)
"""Other populations, other periods, examples, parts by channel: nothing more in this sentence is the whole figure."""
_OTHERS = re.compile(
    r"下属|下级|所属|直属|基层|所辖|派出|二级单位|分局|乡镇|县区|区县|各(?:乡|镇|街道|县|区|市|部门|单位|科室|股室|处室|委办局)"
)
_TOPIC = re.compile(r"(?:政府信息|信息)公开申请|依申请公开")
_OTHER_TOPIC = re.compile(
    r"主动公开|规范性文件|解读|建议|提案|信访|热线|许可|处罚|网站|新媒体|留言|咨询|微信|公众号|培训|会议"
)
_DISPUTE = re.compile(r"复议|诉讼|起诉")


class Setting:
    """What the next clause is about, as far as the clauses before it tell.

    Args:
        report: whose prose it is.
        path: the section the paragraph stands in.
    """

    def __init__(self, report: Report, path: str) -> None:
        self._year, self._path = report.year, path
        self._population = Population.of(report)
        self.about = path == APPLICATIONS
        """Applications for information are the topic."""
        self._other_year = self._other_office = False
        self.new_sentence()

    def new_sentence(self) -> None:
        """Forget what reaches no further than a sentence."""
        self.barred = False
        """Nothing more in this sentence is surely a whole figure."""
        self.disputed = self._path == DISPUTES
        """Disputes over information are the topic."""

    @property
    def unsure(self) -> bool:
        """Whether it may be about another year or another office."""
        return self.barred or self._other_year or self._other_office

    def as_labels(self, clause: str) -> str:
        """Write 2021年结转 as 上年结转 in a report for 2022, and 结转2023年 as 结转下年."""
        if self._year is None or ("转" not in clause and "遗留" not in clause):
            return clause
        clause = re.sub(rf"{self._year - 1}年度?(?=结转|转结|遗留)", "上年", clause)
        return re.sub(rf"(结转|转结)([至到]?){self._year + 1}年度?", r"\1\2下年", clause)

    def compares(self, clause: str, counted: bool) -> bool:
        """Whether the clause compares with something, and so says nothing itself."""
        if _COMPARED.search(clause) is None:
            return False
        self.barred = self.barred or counted  # 其中 behind it would be a part of the difference
        return True

    def look(self, clause: str, who: str) -> None:
        """Note what a clause says of year, office and disputes; ``who`` is the one it begins with."""
        years = {year_of(year) for year in _YEAR.findall(clause)}
        if years:
            self._other_year = years != {self._year}
        elif _LAST_YEAR.search(clause):
            self._other_year = True
        elif _THIS_YEAR.search(clause):
            self._other_year = False
        ours = who != "" and self._population.holds(who)
        self._other_office = (self._other_office and not ours) or _OTHERS.search(clause) is not None
        self.barred = self.barred or (who != "" and not ours) or _ELSEWHERE.search(clause) is not None
        self.disputed = self.disputed or ("信息公开" in clause and _DISPUTE.search(clause) is not None)

    def turn(self, clause: str) -> None:
        """Note the topic a clause without a number brings up."""
        if _OTHER_TOPIC.search(clause):
            self.about = False
        elif _TOPIC.search(clause):
            self.about = True
