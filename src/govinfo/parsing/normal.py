"""Labels brought to one shape, so that the same label printed in many ways is looked up once."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["core", "item_number", "normal", "plain"]

# NFKC knows the Kangxi radicals but leaves most of the CJK Radicals Supplement alone; PDF converters print both.
_RADICALS = str.maketrans(
    "⺠⺟⻓⻔⻅⻉⻋⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳⺎⺝⺼⻄⻘⻚", "民母长门见贝车风飞食马鱼鸟黄齐齿龙龟兀月肉西青页"
)
_KEEP = re.compile(r"[^0-9A-Za-z\u3400-\u9fff\uf900-\ufaff]+")
_NUMBERING = re.compile(
    r"^\s*(?:第[一二三四五六七八九十]部分\s*[:：、]?|[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十\d]{1,3}\s*[、.．,，:：)）])\s*"
)
_NOTE = re.compile(r"[（(【\[][^（()）\[\]【】]*[)）】\]]?")


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


@lru_cache(maxsize=65536)
def plain(text: str) -> str:
    """Return the core label without notes in brackets; 规章（含修订） becomes 规章."""
    return normal(_NOTE.sub("", _NUMBERING.sub("", text)))
