"""The six sections: where each begins, and its prose.

Headings are found by their words and their number, and chosen together: they come in the order of the form, and the
tables stand in their own sections. That tells the headings of sections two to six from sub-headings of section one
that reuse their names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import attrs

from govinfo.documents.model import Document, Paragraph, Place
from govinfo.parsing.labels import LabelTable, Vocabulary
from govinfo.parsing.normal import core
from govinfo.parsing.numbers import Look, look
from govinfo.schema.report import Sections

__all__ = ["Lines", "parse_sections", "prose_lines"]

_NAMES = tuple(field.name for field in attrs.fields(Sections))
_NUMBER = re.compile(r"^\s*(?:第?([一二三四五六])[、.．,，:：部]|([1-6])[、.．]\s*(?!\d))")
_NUMERALS = "一二三四五六"
_LONGEST = 45
_PROSE_ENDS = ("。", "；", "，", "、")
_WORDS: Mapping[str, re.Pattern[str]] = {
    "overview": re.compile(r"^(总体|基本|概述|工作总体|年度总体).{0,12}$"),
    "disclosure": re.compile(r"主动公开.{0,12}$"),
    "applications": re.compile(r"(依申请公开|公开申请).{0,12}$"),
    "disputes": re.compile(r"(复议|诉讼).{0,10}$"),
    "problems": re.compile(r"(问题|不足).{0,24}$|改进(情况|措施)$"),
    "other_matters": re.compile(r"其[他它].{0,10}事项.{0,4}$|^其[他它]需要|需要?(报告|说明)的?.{0,4}事项.{0,4}$"),
}


_FOOT = re.compile(
    r"^\W*(?:分享到|上一篇|下一篇|上一条|下一条|打印本页|打印|关闭窗口|关闭|主办(?:单位)?[:：]|承办(?:单位)?[:：]|版权所有|网站地图|友情链接"
    r"|附件.{0,80}\.(?:docx?|wps|pdf|ofd|xlsx?|zip|rar)\W*$|扫一扫|返回顶部|责任编辑|相关(?:附件|链接|文档|阅读|信息)|联系我们|网站标识码|Copyright|[^\s]?ICP备)"
)


class Lines(NamedTuple):
    """A line of prose and the block it comes from."""

    place: Place
    block: int


class _Candidate(NamedTuple):
    line: int
    section: int
    score: float
    rest: str
    """Prose printed on the heading's own line."""


def with_headings(document: Document, first: int) -> int:
    """Return where a text table begins, column headings on lines of their own included; ``first`` is its first row."""
    blocks = document.blocks
    block = blocks[first]
    if not isinstance(block, Paragraph) and block.layout == "markup":
        return first
    start = first
    for index in range(first - 1, -1, -1):
        block = blocks[index]
        if (
            not isinstance(block, Paragraph)
            or len(block.text) > _LONGEST
            or _NUMBER.match(block.text)
            or "。" in block.text
        ):
            break
        if block.text:
            start = index
    return start


def prose_lines(document: Document, spans: Sequence[tuple[int, int]]) -> list[Lines]:
    """Return the lines of the document that are not part of the form's tables, blank ones left out."""
    inside = {index for first, last in spans for index in range(first, last + 1)}
    found: list[Lines] = []
    for index, block in enumerate(document.blocks):
        if index in inside:
            continue
        if isinstance(block, Paragraph):
            if block.text:
                found.append(Lines(block, index))
            continue
        # a table that is not one of the form's may hold the report's text, set in a frame
        for row in block.rows:
            if len(row) == 1:
                found.extend(
                    Lines(row[0]._replace(text=text), index) for text in row[0].text.split("\n") if text.strip()
                )
    return found


def parse_sections(
    lines: Sequence[Lines],
    anchors: Mapping[str, tuple[int, int]],
    vocabulary: Vocabulary,
    printed: Mapping[Place, Place] | None = None,
) -> tuple[Sections, dict[str, Place]]:
    """Return the six sections' prose and the places of their headings.

    Args:
        lines: the document's prose.
        anchors: first and last block of each table found, by the name of its section.
        vocabulary: the labels.
        printed: lines that were changed to be looked up, as printed.
    """
    as_printed = printed or {}
    if _annexed(lines, anchors, vocabulary):
        anchors = {}
    chosen = _choose(_candidates(lines, anchors, vocabulary.sections))
    texts: dict[str, str | None] = {}
    origins: dict[str, Place] = {}
    for position, one in enumerate(chosen):
        end = chosen[position + 1].line if position + 1 < len(chosen) else _end(lines, one.line + 1, vocabulary)
        body = [one.rest] if one.rest else []
        body += [
            as_printed.get(line.place, line.place).text
            for line in lines[one.line + 1 : end]
            if look(line.place.text).look is not Look.NUMBER
        ]
        name = _NAMES[one.section]
        texts[name] = "\n".join(body)
        origins[f"sections.{name}"] = lines[one.line].place
    return Sections(**texts), origins


def _annexed(lines: Sequence[Lines], anchors: Mapping[str, tuple[int, int]], vocabulary: Vocabulary) -> bool:
    """Tell whether all tables stand behind the last section, as annexes."""
    first = min((first for first, _ in anchors.values()), default=0)
    return any(vocabulary.sections.exact(line.place.text) == _NAMES[-1] for line in lines if line.block < first)


def _end(lines: Sequence[Lines], start: int, vocabulary: Vocabulary) -> int:
    """Return where the report ends and the page goes on: with links, the sponsor, or the report once more."""
    for index in range(start, len(lines)):
        text = lines[index].place.text
        if _FOOT.match(text) or (_NUMBER.match(text) and vocabulary.sections.exact(text) == _NAMES[0]):
            return index
    return len(lines)


def _candidates(lines: Sequence[Lines], anchors: Mapping[str, tuple[int, int]], table: LabelTable) -> list[_Candidate]:
    found: list[_Candidate] = []
    for index, line in enumerate(lines):
        text = line.place.text.lstrip("#* ").rstrip("* ")
        number = _NUMBER.match(text)
        if number is None and (len(text) > _LONGEST or text.endswith(_PROSE_ENDS)):
            continue
        for section, score, rest in _scores(text, number, table):
            anchor = anchors.get(_NAMES[section])
            if anchor is not None:  # of headings above a table the nearest is the section's own
                score += 1.0 - (anchor[0] - line.block) * 1e-4 if line.block <= anchor[0] else -2.0
            for other, (first, last) in anchors.items():
                place = _NAMES.index(other)
                if (place < section and line.block < first) or (place > section and line.block > last):
                    score -= 2.0
            if score > 0:
                found.append(_Candidate(index, section, score, rest))
    return found


def _scores(text: str, number: re.Match[str] | None, table: LabelTable) -> list[tuple[int, float, str]]:
    """Return (section, score, text behind the heading) for every section a line may be the heading of."""
    numbered = None
    if number is not None:
        numbered = _NUMERALS.index(number[1]) if number[1] else int(number[2]) - 1
    key = table.exact(text) if len(text) <= _LONGEST else None
    if key is not None:
        section = _NAMES.index(key)
        return [(section, 5.0 if numbered == section else 3.0, "")]
    if number is not None and numbered is not None and number[1]:
        # a heading with the section's text on the same line: 一、总体情况 2022年……
        head, _, rest = re.sub(r"[。：:\s]", "\0", text[number.end() :], count=1).partition("\0")
        if rest.strip() and table.exact(head) == _NAMES[numbered]:
            return [(numbered, 4.0, rest.strip())]
    if (
        len(text) > _LONGEST
        or (number is None and text.startswith(("（", "(")))
        or (number is not None and not number[1])
    ):
        return []
    bare = core(text)
    hits = [name for name, words in _WORDS.items() if words.search(bare) and len(bare) < 34]
    return [
        (_NAMES.index(name), 3.5 if numbered == _NAMES.index(name) else 0.5 if numbered is None else 1.0, "")
        for name in hits
    ]


def _choose(candidates: Sequence[_Candidate]) -> tuple[_Candidate, ...]:
    """Choose headings in the order of the form, one a section, of the greatest score together."""
    best: list[tuple[float, tuple[_Candidate, ...]]] = [(0.0, ())] * (len(_NAMES) + 1)  # by number of sections passed
    for _, line in groupby(candidates, key=lambda one: one.line):
        found = list(best)
        for one in line:
            score, chain = best[one.section]
            if score + one.score > found[one.section + 1][0]:
                found[one.section + 1] = (score + one.score, (*chain, one))
        for passed in range(1, len(found)):
            found[passed] = max(found[passed], found[passed - 1], key=lambda chosen: chosen[0])
        best = found
    return best[-1][1]
