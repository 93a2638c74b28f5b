"""Damage to whole files: what happens to the text of a document and to its bytes."""

from __future__ import annotations

import re
from random import Random

from govinfo.schema import TABLES
from govinfo.testing.damage.model import ALL, damage_bytes, damage_text

__all__: list[str] = []

_TABLES = TABLES[:3]
_SIMPLIFIED = (
    "专业东个为举众会关内决况减别办务动区华单卫县发号员国图场处备够学实审对将属废开强当录总执护报数无旧时术权条来标栏桥检汇没"
    "点环现监稳类纠纳组织经结统继续维编缴罚节获补见规计认训议记许讼设访评诉询说请读财购贴费转过还这进门问阅际项题额复后台采准机确听范于与万体并据"
)
_TRADITIONAL = (
    "專業東個為舉眾會關內決況減別辦務動區華單衛縣發號員國圖場處備夠學實審對將屬廢開強當錄總執護報數無舊時術權條來標欄橋檢匯沒"
    "點環現監穩類糾納組織經結統繼續維編繳罰節獲補見規計認訓議記許訟設訪評訴詢說請讀財購貼費轉過還這進門問閱際項題額復後臺採準機確聽範於與萬體並據"
)
_AS_TRADITIONAL = str.maketrans(_SIMPLIFIED, _TRADITIONAL)
"""The characters of the form and of the kit's own prose; enough to write a made-up report in Big5."""
_TABBED = ("lines", "tabs", "tabs_ragged")
_PLAIN = ("lines_plain", "lines_spaced")


@damage_text(layouts=_PLAIN, loses=_TABLES)
def repeated_lines_removed(text: str, rng: Random) -> str:
    """Every line that has stood before is gone: of all the zeros one is left."""
    return "\n".join(dict.fromkeys(text.splitlines()))


@damage_text(layouts=_TABBED, certain=("tabs", "tabs_ragged"))
def trailing_tabs_removed(text: str, rng: Random) -> str:
    """White space at the ends of lines is gone, and with it the empty cells there."""
    return "\n".join(line.rstrip() for line in text.splitlines())


@damage_text(layouts=_TABBED)
def tabs_as_spaces(text: str, rng: Random) -> str:
    """Every tab has become four spaces."""
    return text.replace("\t", "    ")


@damage_text(certain=ALL)
def carriage_returns(text: str, rng: Random) -> str:
    """Lines end as on Windows."""
    return text.replace("\n", "\r\n")


@damage_text()
def traditional_characters(text: str, rng: Random) -> str:
    """The whole document is in traditional characters."""
    return text.translate(_AS_TRADITIONAL)


@damage_text(certain=ALL)
def zero_width_characters(text: str, rng: Random) -> str:
    """Zero-width characters inside labels, as copying leaves them."""
    return text.replace("行政", "行\u200b政").replace("公开申请", "公开\ufeff申请")


@damage_text(certain=ALL)
def number_first(text: str, rng: Random) -> str:
    """A line with a number, a record's key, precedes the document."""
    return text if text.startswith("<") else f"{rng.randint(1000, 99999)}\n\n\n{text}"


@damage_text(loses=_TABLES)
def truncated(text: str, rng: Random) -> str:
    """The document ends in the middle, at the end of a line."""
    ends = [match.start() for match in re.finditer("\n", text)]
    return text[: rng.choice(ends[len(ends) // 2 :] or [len(text)])]


@damage_bytes()
def bad_byte(content: bytes, rng: Random) -> bytes:
    """One byte of a character that is not a digit is wrong."""
    places = [at for at, byte in enumerate(content) if byte >= 0x80]
    # UTF-16 and files that are no text are left alone: there a wrong byte is another fault, and no character.
    if not places or b"\0" in content[:64] or content.startswith(b"%PDF"):
        return content
    at = rng.choice([place for place in places if place > 2] or places)
    return content[:at] + b"\xff" + content[at + 1 :]
