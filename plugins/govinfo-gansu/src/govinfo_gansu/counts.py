"""How many regulations and normative documents the prose of section 1 says were issued, repealed, or are in force.

To take a number for one it is not would accuse a sound report. So a sentence is followed clause by clause, and a number
is *sure* only where every word of its clause is understood: what it counts (规章, 规范性文件), what happened to it
(制发, 废止, 现行有效), both perhaps named in a clause before, and nothing else. A clause that counts documents in any
other way (审查 20 件, 备案 5 件, 其中市政府 3 件) makes whatever follows in its sentence unsure. Numbers that are not
sure accuse nobody; they only speak for a report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govinfo.parsing.numerals import chinese_number

__all__ = ["ACTS", "KINDS", "Counted", "counted"]

KINDS = {
    "regulations": r"(?:(?:地方|[省市](?:人民)?)?政府)?规章(?!制度)",
    "normative_documents": r"(?:行政)?规范性文件",
}
"""Blocks of table 2, and how prose names them."""
ACTS = {
    "issued": r"制发|制定|出台|印发|发布|制作",
    "repealed": r"废止",
    "in_force": r"(?:现行|继续)有效",
}
"""Cells of a block, and how prose names them."""

_SENTENCE = re.compile(r"[^。!?\n]+")
_COUNTED = "[件条份部个项]"
_CLAUSE = re.compile(rf",(?!\d{{3}}(?!\d))|[;:]|(?<={_COUNTED})[、和]")
_NUMBER = re.compile(
    r"(?<![\d.,])(?P<digits>\d{1,3}(?:,\d{3})+|\d{1,7})(?![\d.%年月日号])(?P<rough>余|多)?"
    rf"|(?P<words>[零〇一二两三四五六七八九十百千万]{{1,9}})(?P<more>余|多)?(?={_COUNTED})"
)
_NONE = re.compile(r"(?:均|暂|尚)?(?:没有|未有|未|无)")
_ITEM = re.compile(r"^(?:\d{1,2}[.、]|第?[一二三四五六七八九十]{1,3}[、是])")
_ASIDE = re.compile(r"\([^()]*\)")
_SCOPED = re.compile(r"[含除]|包括")
_FILLING = re.compile(
    rf"(?:截至|截止)?(?:本年|今年|当年)?(?:目前|底|末|年底|年末|12月底|12月31日)|(?:本年|今年|全年|当年|年度)度?内?"
    rf"|(?:共计|总计|合计|一共|共|总)|以本(?:单位|机关)名义|{_COUNTED}数|数量|情况|方面|文件|{_COUNTED}|[已均了新的有为是达数~、和及与或]"
)
_AS_OF = re.compile(r"截至|截止|目前|年底|年末|12月")
_YEAR = re.compile(r"20\d\d(?=年)")
_ELSEWHERE = re.compile(
    r"其中|分别|累计|历[年次]|以来|近[一二两三四五六七八九十几\d]{1,2}年|上年|去年|往年|同比|相比|系统|备案|审[查核]|评估|清理|报送|转发"
    r"|网|平台|公众号|新媒体|拟|计划|预计|各[县区市乡镇部门单科股处街级]|下[属级辖]|所属|基层|办公室|本级|失效|修[改订正]|季度|半年"
)
"""Another population, time or act: nothing more in the sentence is surely a whole figure."""
_OWN_OFFICE = r"^(?:我|本)(?:局|委|办|厅|院|处|所|站|中心|机关|单位|部门)"
_OWN_AREA = r"^(?:我|本|全)(?:省|市|州|县|区|镇|乡)"


class Counted(NamedTuple):
    """A number, and what it may be of."""

    paths: tuple[str, ...]
    """Cells below ``disclosure``: the one where it is sure, those it may be of where not."""
    number: int | None
    """None where it is rough: 20余件."""
    sure: bool
    named: bool
    """Whether it is said what happened to them: 规范性文件 5 件 alone does not."""
    start: int
    end: int


def counted(text: str, year: int | None, of_area: bool) -> Iterator[Counted]:
    """Yield what running text counts.

    Args:
        text: in the shape of `govinfo.rules.phrases`.
        year: the report's.
        of_area: whether its figures are those of an area (全市) and not of one office (我局).
    """
    for sentence in _SENTENCE.finditer(text):
        yield from _Sentence(year, _OWN_AREA if of_area else _OWN_OFFICE).read(sentence[0], sentence.start())


class _Sentence:
    """What the clauses read so far leave for the next one to refer to."""

    def __init__(self, year: int | None, own: str) -> None:
        self.year, self.own = str(year), own
        self.kinds: tuple[str, ...] = ()
        self.acts: tuple[str, ...] = ()
        self.sure = True
        self.as_of = False  # a day was named: what was issued until then may be more than this year's
        self.fate = False  # documents end as well, so 发布 is no putting on a website

    def read(self, text: str, offset: int) -> Iterator[Counted]:
        """Follow the sentence clause by clause."""
        self.fate = "废止" in text or "有效" in text
        text = _ASIDE.sub(lambda found: found[0] if _SCOPED.search(found[0]) else "~" * len(found[0]), text)
        start = 0
        for mark in (*_CLAUSE.finditer(text), None):
            end = mark.start() if mark else len(text)
            clause = _ITEM.sub(lambda found: "~" * len(found[0]), text[start:end])
            yield from self.clause(clause, offset + start)
            start = mark.end() if mark else end

    def clause(self, text: str, offset: int) -> Iterator[Counted]:
        """Yield what one clause counts, and remember what it is about."""
        kinds, acts = _named(KINDS, text), _named(ACTS, text)
        numbers = list(_NUMBER.finditer(text))
        if _ELSEWHERE.search(text) or set(_YEAR.findall(text)) - {self.year}:
            self.sure = False
        self.as_of = self.as_of or _AS_OF.search(text) is not None
        if not kinds and not acts:
            for found in numbers:  # 共5件, 公开12件: perhaps of what the clause before is about
                yield from self.perhaps(found, offset)
            if numbers and self.sure:
                self.kinds = self.acts = ()
            return
        self.kinds, self.acts = kinds or self.kinds, acts or self.acts
        if len(numbers) == 1:
            yield from self.say(numbers[0], text, offset)
        elif not numbers and (none := _NONE.search(text)):
            yield from self.say(none, text, offset)
        elif not numbers:
            self.acts = ()  # 严格制发程序 tells nothing of what is counted next
        else:
            self.sure = False
            for found in numbers:
                yield from self.perhaps(found, offset)

    def say(self, found: re.Match[str], text: str, offset: int) -> Iterator[Counted]:
        """Yield the one number of a clause, surely where all of the clause is understood."""
        number = _number(found)
        several = len(self.kinds) * len(self.acts) > 1
        self.sure = self.sure and self.is_understood(text, found) and not (several and number != 0)
        dated = self.as_of and self.acts != ("in_force",)
        shown = "发布" in text and not self.fate
        if number is None or not self.sure or dated or shown or not self.kinds or not self.acts:
            yield from self.perhaps(found, offset)
            return
        for path in self.paths():
            yield Counted((path,), number, True, True, offset, offset + len(text))

    def perhaps(self, found: re.Match[str], offset: int) -> Iterator[Counted]:
        """Yield a number that may be of whatever the sentence is about."""
        if paths := self.paths():
            at = offset + found.start(), offset + found.end()
            yield Counted(paths, _number(found), False, bool(self.acts), *at)

    def paths(self) -> tuple[str, ...]:
        """Return the cells the sentence is about; where no act is named it may be any."""
        return tuple(f"{kind}.{act}" for kind in self.kinds for act in self.acts or ACTS)

    def is_understood(self, text: str, found: re.Match[str]) -> bool:
        """Whether nothing is left of a clause when all that is known is taken away."""
        rest = f"{text[: found.start()]}~{text[found.end() :]}".replace(f"{self.year}年", "本年")
        for pattern in (r"^(?:本年度?|~)+", self.own, *KINDS.values(), *ACTS.values()):
            rest = _compiled(pattern).sub("", rest)
        return not _FILLING.sub("", rest)


@lru_cache(maxsize=64)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _named(words: dict[str, str], text: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in words.items() if _compiled(pattern).search(text))


def _number(found: re.Match[str]) -> int | None:
    said = found.groupdict()
    if not said:  # 未制发
        return 0
    if said["rough"] or said["more"]:
        return None
    return chinese_number(said["words"]) if said["words"] else int(said["digits"].replace(",", ""))
