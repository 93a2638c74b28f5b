"""Labels brought to one shape, so that the same label printed in many ways is looked up once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["balance", "core", "item_number", "normal", "numbered", "outside", "plain"]

# NFKC knows the Kangxi radicals but leaves most of the CJK Radicals Supplement alone; PDF converters print both.
_RADICALS = str.maketrans(
    "⺠⺟⻓⻔⻅⻉⻋⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳⺎⺝⺼⻄⻘⻚", "民母长门见贝车风飞食马鱼鸟黄齐齿龙龟兀月肉西青页"
)
_KEEP = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\uf900-\ufaff]+")
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]部分\s*[:：、]?|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}\s*[、.．,，:：)）])\s*"
)
_BRACKETS = re.compile(r"([（(【\[])|[)）】\]]")


@lru_cache(maxsize=65536)
def normal(text: str) -> str:
    """Return the label's letters, ideographs and digits alone: （一） 予以公开 becomes 一予以公开."""
    return _KEEP.sub("", unicodedata.normalize("NFKC", text.translate(_RADICALS)))


def item_number(text: str) -> str | None:
    """Return the numeral a label is numbered with: 五 of （五）不予处理, 2 of 2.重复申请; None where there is none."""
    numbering = _NUMBERING.match(text)
    return normal(numbering[0]).strip("第部分") if numbering else None


@lru_cache(maxsize=65536)
def core(text: str) -> str:
    """Return the normal label without its numbering: （一）予以公开 becomes 予以公开."""
    return normal(_NUMBERING.sub("", text))


def balance(text: str, depth: int = 0) -> int:
    """Return how many brackets are open behind ``text`` if ``depth`` are before it; below 0 if it closes more."""
    for bracket in _BRACKETS.finditer(text):
        depth += 1 if bracket[1] else -1
        if depth < 0:
            break
    return depth


def outside(text: str) -> str:
    """Return a label without the notes in it, which may name other labels of the form, in brackets of their own.

    A note without an end goes on to the end of the text; one without a beginning began on another line.

    >>> outside("规范性文件（指本机关制发的（含联合制发），不含规章）"), outside("不含规章）件数")
    ('规范性文件', '件数')
    """
    kept: list[str] = []
    depth = start = 0
    for bracket in _BRACKETS.finditer(text):
        if depth == 0 and bracket[1]:
            kept.append(text[start : bracket.start()])
        elif depth == 0:
            kept.clear()
        depth = depth + 1 if bracket[1] else max(0, depth - 1)
        start = bracket.end()
    if depth == 0:
        kept.append(text[start:])
    return "".join(kept)


@lru_cache(maxsize=65536)
def numbered(text: str) -> str:
    """Return the normal label without notes in brackets, but with its number: （七）总计（含其他） becomes 七总计."""
    numbering = _NUMBERING.match(text)
    end = numbering.end() if numbering else 0
    return normal(text[:end] + outside(text[end:]))


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return the core label without notes in brackets; 规章（含修订） becomes 规章."""
    return normal(outside(_NUMBERING.sub("", text)))
