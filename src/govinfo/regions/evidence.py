"""What the page around a report says of its place: only where it speaks of itself, and only where all of it agrees.

A page names many places: a partner county, where people went to learn, whom they send goods to. A name counts as a
page's own only where it begins a text or stands behind a sign that announces it (``>``, ``《``, 主办单位：, 地址：),
with nothing around it that speaks of travelling or of partners. What counts must agree; otherwise nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from govinfo.regions.chains import chains
from govinfo.regions.choosing import same_places
from govinfo.regions.names import Entry, is_generic, starts
from govinfo.regions.table import Row, prefix_of
from govinfo.regions.units import begins_a_word, is_town_of_that_name
from govinfo.schema.report import Level

__all__ = ["Mention", "in_line", "mentions", "settle"]

_MOST_TEXTS = 40
_LONGEST = 300
"""Characters of a text that are looked at."""

_LEAD = re.compile(
    r"[\s“”\"'《〈【\[（(·:：,，。>＞»|｜_—–\-/]*(?:中国[·•‧・\-—]?)?"
    r"(?:关于|欢迎(?:访问|光临|来到)?|\d{4}\s*年度?[，,]?)?"
)
_CUE = re.compile(
    r"(?:[>＞»|｜_—–\-/《〈【\[（(：:·•]|首页|依据|根据|按照|主办|承办|单位|版权所有|©)\s*(?:中国[·•‧・])?$"
)
_ADDRESS = re.compile(r"(?:地址|住所|位于|坐落于|邮寄|邮政)\s*[：:]?\s*(?:在|为|是)?$")
_AWAY_BEFORE = re.compile(
    r"赴|学习|考察|借鉴|支援|帮扶|协作|合作|结对|对口|交流|对标|兄弟|友好|例如|比如|地点|抄送|转载"
    r"|(?:到|去|往|与|和|同|及|、|向|对|由|驻|给|援|送|从|自)\s*$"
)
"""Words of travelling and of partners anywhere before a name; words that join it to another just before."""
_AWAY_AFTER = re.compile(
    r"[^，。；;,]{0,12}(?:考察|学习|调研|协作|帮扶|支援|对口|结对|合作|交流|挂职|招商|经验|做法|来我|先进|友好)"
)
_SITE = ("政府", "人民政府", "政务", "市政府", "县政府", "区政府", "门户", "党政", "信息公开")


class Mention(NamedTuple):
    """A place a page names as its own."""

    rows: tuple[Row, ...]
    """What may be meant."""
    path: tuple[Row, ...]
    """The places it is said to lie in, where there is only one reading."""
    address: bool
    """Whether it is where the office sits: a city's office sits in one of its districts."""


def mentions(texts: Sequence[str], year: int | None) -> list[Mention]:
    """Return the places the texts name as their own.

    Args:
        texts: of the page: title bar, trail, name of the site, first lines, contact line.
        year: of the report.
    """
    found: list[Mention] = []
    for text in islice(texts, _MOST_TEXTS):
        text = text[:_LONGEST]
        start = _LEAD.match(text)
        begins = start.end() if start is not None else 0
        done = 0
        for at in starts(text):
            if at >= done:
                mention, done = _mention(text, at, at <= begins, year)
                if mention is not None:
                    found.append(mention)
    return found


def _accepts(entry: Entry, _: Row, rest: str, inside: bool) -> bool:
    if entry.bare:
        return rest.startswith(_SITE) and not inside
    generic = is_generic(entry.name) and not inside
    return not (generic or is_town_of_that_name(rest) or begins_a_word(entry.name[-1], rest))


def _mention(text: str, at: int, begins: bool, year: int | None) -> tuple[Mention | None, int]:
    found = list(chains(text, at, _accepts))
    if not found:
        return None, at
    end = max(chain.end for chain in found)
    best = [chain for chain in found if chain.end == end]
    rows = same_places([chain.rows[-1] for chain in best], year)
    before = text[max(0, at - 12) : at]
    if not rows or _AWAY_BEFORE.search(before) or _AWAY_AFTER.match(text[end : end + 24]):
        return None, end
    address = _ADDRESS.search(before) is not None
    if not (begins or address or _CUE.search(before)):
        return None, end
    path = best[0].rows if len(rows) == 1 else ()
    return Mention(tuple(rows), path, address), end


def settle(candidates: Sequence[Row], found: Sequence[Mention], *, generic: bool = False) -> Row | None:
    """Return the candidate that everything the page says of itself agrees with, and no other candidate does.

    Args:
        candidates: places of one name.
        found: what the page says of itself.
        generic: whether many towns use the name; then nothing less than its city settles it.
    """
    if generic and all(row.level is Level.PROVINCE for mention in found for row in mention.rows):
        return None
    left = [row for row in candidates if all(any(_related(row, one) for one in mention.rows) for mention in found)]
    return left[0] if found and len(left) == 1 else None


def in_line(found: Sequence[Mention], container: Row | None) -> tuple[Row, ...]:
    """Return the places the page names as its own from the outermost to the innermost; nothing where they disagree.

    Args:
        found: what the page says of itself.
        container: what it is known to lie in.
    """
    line = {row: None for mention in found for row in (mention.rows if len(mention.rows) == 1 else ())}
    line |= {row: None for mention in found for row in mention.path}
    if container is not None:
        line[container] = None
    for mention in found:
        if len(mention.rows) > 1:  # 朝阳区 on a page of 北京市
            fits = [row for row in mention.rows if line and all(_related(row, one) for one in line)]
            if len(fits) != 1:
                return ()
            line[fits[0]] = None
    rows = sorted(line, key=lambda row: len(prefix_of(row.code)))
    agree = all(_related(one, two) for index, one in enumerate(rows) for two in rows[index + 1 :])
    return tuple(rows) if agree else ()


def _related(row: Row, other: Row) -> bool:
    return row.code == other.code or row.lies_within(other) or other.lies_within(row)
