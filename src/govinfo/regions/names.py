"""What a region may be called: its name, the name without peoples, the name alone."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from govinfo.regions.table import Row, read_lines, table

__all__ = ["Entry", "entries", "is_generic", "short_forms", "starts"]

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


@lru_cache(maxsize=2)
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for word, of in read_lines("words.tsv") if of == kind)


def is_generic(name: str) -> bool:
    """Whether many towns have a part of that name, so that it says nothing alone: 城区, 市中区."""
    return name in _words("part")


def short_forms(name: str) -> tuple[tuple[str, ...], str]:
    """Return what is made of a name: without peoples (延边州, 延边自治州), and alone (延边).

    The second is empty where nothing would be left, or a word.
    """
    if "自治" in name or "族区" in name:
        match = _AUTONOMOUS.match(name)
        if match is None or match[1].endswith("族"):  # 东乡族自治县: nothing is left without the people
            return (), ""
        if name.endswith("自治区"):
            return (), match[1]
        styled = match[1] + match[2]
        return (styled, f"{match[1]}自治{match[2]}") if "自治" in name else (styled,), match[1]
    cut = 5 if name.endswith("特别行政区") else 2 if name[-2:] in _LONG_KINDS and len(name) > 3 else 1
    bare = name[:-cut]
    return (), bare if len(bare) > 1 and bare not in _words("word") else ""


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


def starts(text: str) -> list[int]:
    """Return where in a text a name may begin."""
    known = _names().by_start
    return [at for at in range(len(text) - 1) if text[at : at + 2] in known]


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
