"""Reports in traditional characters (Big5 pages hold no others), read with the labels of the form.

Only the characters the form's own words need are converted, one for one, and only for looking things up: what the
report holds, and what findings quote, stays as printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import attrs

from govinfo.documents.model import Block, Cell, Document, Paragraph, Place, Table

__all__ = ["in_simplified", "simplified"]

_PAIRS = (
    "開开報报總总體体況况動动規规範范製制發发廢废現现決决數数處处罰罚強强費费額额單单萬万億亿業业項项採采購购對对務务辦办結结轉转內内機机關关構构會会組组織织類类齊齐區区計计這这國国祕秘護护權权屬属於于過过執执詢询無无沒没補补"
    "後后複复訴诉請请確确認认獲获繳缴納纳續续維维糾纠審审經经問问題题進进實实際际標标憑凭與与為为個个條条級级縣县鄉乡鎮镇廳厅鐵铁間间點点應应當当從从統统號号電电話话網网頁页門门戶户衛卫農农產产環环財财稅税監监測测試试驗验證证"
    "據据資资訊讯員员長长東东廣广貴贵陝陕遼辽寧宁龍龙蘇苏慶庆灣湾濟济陽阳漢汉興兴義义華华嚴严莊庄馬马魯鲁韓韩廈厦澤泽濱滨滬沪穩稳舉举書书損损將将價价積积極极專专眾众減减別别圖图場场備备夠够學学錄录舊旧時时術术來来欄栏橋桥檢检"
    "匯汇繼继編编節节見见訓训議议記记許许訟讼設设訪访評评說说讀读貼贴還还閱阅復复臺台準准聽听並并"
)
"""Each traditional character followed by its simplified form."""
P = TypeVar("P", Paragraph, Cell)
_TABLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
_TELLING = "報開處數無務總"
"""No text in simplified characters holds three of these."""


def in_simplified(text: str) -> str:
    """Return a text of the same length with the characters the form's words need in their simplified form."""
    return text.translate(_TABLE)


def simplified(document: Document, *, throughout: bool = False) -> tuple[Document, Mapping[Place, Place]]:
    """Return the document with the form's words in simplified characters, and every changed place as printed.

    A document that begins in simplified characters (``throughout``: that holds no others) is returned as it is, with
    no places.
    """
    head = "".join(_texts(document.blocks if throughout else document.blocks[:80]))
    if sum(map(head.count, _TELLING)) < 3:
        return document, {}
    printed: dict[Place, Place] = {}
    blocks: list[Block] = []
    for block in document.blocks:
        if isinstance(block, Paragraph):
            blocks.append(_convert(block, printed))
        else:
            rows = tuple(tuple(_convert(cell, printed) for cell in row) for row in block.rows)
            blocks.append(attrs.evolve(block, rows=rows))
    title = document.title.translate(_TABLE) if document.title else None
    stated = {name: _convert(place, printed) for name, place in document.stated.items()}
    return attrs.evolve(document, blocks=tuple(blocks), title=title, stated=stated), printed


def _convert(place: P, printed: dict[Place, Place]) -> P:
    changed = place._replace(text=place.text.translate(_TABLE))
    if changed.text != place.text:
        printed[changed] = place
    return changed


def _texts(blocks: tuple[Block, ...]) -> list[str]:
    found: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            found.extend(cell.text for row in block.rows for cell in row)
        else:
            found.append(block.text)
    return found
