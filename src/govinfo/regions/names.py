"""What a region may be called: its name, the name without peoples, the name alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from govinfo.regions.table import Row, read_lines, table

__all__ = ["GENERIC", "Entry", "entries", "short_forms"]

GENERIC = frozenset("城区 郊区 矿区 东区 西区 南区 北区 市中区 城中区 新城区 新市区 老城区 古城区".split())
"""Names that many towns use for a part of theirs, also where only one of them is in the table."""

_WORDS = frozenset(
    "和平 新城 东方 市中 城中 城关 城厢 老城 古城 河口 港口 海港 新区 文化 建设 解放 新兴 复兴 振兴 青山 民主 光明 平安 友谊 友好 "
    "共和 合作 公安 安居 通道 互助 大化 工农 前进 向阳 东风 红旗 中原 西湖 太湖 洪湖 南湖 东海 南海 北海 泰山 黄山 庐山 山海关 "
    "东山 南山 江北 江南 河东 河西".split()
)
"""Names that are words, or seas, lakes and mountains: without 区, 县, 市 they say nothing of a place."""

_PEOPLES = (
    "各族|蒙古族|回族|藏族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|"
    "傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|"
    "锡伯|普米族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|(?<!内)蒙古"
)
_AUTONOMOUS = re.compile(rf"(.+?)(?:{_PEOPLES})*(?:自治)?([区州县旗])$")
_LONG_KINDS = frozenset(("地区", "林区", "特区", "矿区", "新区"))


class Entry(NamedTuple):
    """A name and the regions called so."""

    name: str
    bare: bool
    """Whether it is the name alone: 邢台 of 邢台市."""
    rows: tuple[Row, ...]


def short_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return what is made of a name: without peoples (延边州, 延边自治州), and alone (延边; empty where that says nothing)."""
    if "自治" in name or "族区" in name:
        match = _AUTONOMOUS.match(name)
        if match is None or match[1].endswith("族"):  # 东乡族自治县: nothing is left without the people
            return (), ""
        styled = () if name.endswith("自治区") else (match[1] + match[2], f"{match[1]}自治{match[2]}")
        return styled, match[1]
    cut = 5 if name.endswith("特别行政区") else 2 if name[-2:] in _LONG_KINDS and len(name) > 3 else 1
    bare = name[:-cut]
    return (), bare if len(bare) > 1 and bare not in _WORDS else ""


class _Names(NamedTuple):
    full: dict[str, list[Row]]
    alone: dict[str, list[Row]]
    by_start: dict[str, list[str]]
    """All of them by their first two characters."""


@lru_cache(maxsize=1)
def _names() -> _Names:
    full: dict[str, list[Row]] = {}
    alone: dict[str, list[Row]] = {}
    for row in table().rows:
        full.setdefault(row.name, []).append(row)
        styled, bare = short_forms(row.name)
        for one in styled:
            full.setdefault(one, []).append(row)
        if bare:
            alone.setdefault(bare, []).append(row)
    for name, code in read_lines("aliases.tsv"):
        full.setdefault(name, []).extend(table().by_code[code])
    by_start: dict[str, list[str]] = {}
    for name in {**full, **alone}:
        by_start.setdefault(name[:2], []).append(name)
    return _Names(full, alone, by_start)


def entries(text: str, at: int = 0) -> list[Entry]:
    """Return the names that stand at a place of a text, the longest first."""
    names = _names()
    found = names.by_start.get(text[at : at + 2])
    if found is None:
        return []
    here = sorted((name for name in found if text.startswith(name, at)), key=len, reverse=True)
    return [
        Entry(name, bare, tuple(rows[name]))
        for name in here
        for bare, rows in ((False, names.full), (True, names.alone))
        if name in rows
    ]
