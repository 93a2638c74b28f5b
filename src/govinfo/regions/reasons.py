"""Why a name was resolved as it was, in words."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.regions.table import Row, table
from govinfo.text import Text

__all__ = ["REASONS", "listed"]

_MOST = 6

REASONS = {
    "named": Text("名称写明{path}，代码 {code}", "the name says {path}, code {code}"),
    "bare": Text("简称只可能指{path}，代码 {code}", "the short name can only mean {path}, code {code}"),
    "within": Text(
        "在指定的地区内只可能是{path}，代码 {code}", "in the region given it can only be {path}, code {code}"
    ),
    "zone": Text(
        "开发区、新区等没有代码，按所在的{path}（{code}）",
        "zones have no code of their own; it lies in {path} ({code})",
    ),
    "unlisted": Text(
        "代码表中没有“{name}”，只知在{path}（{code}）",
        "{name} is in no table; all that is known is that it lies in {path} ({code})",
    ),
    "page": Text("据所在网页，为{path}，代码 {code}", "the page around it says {path}, code {code}"),
    "renamed": Text("“{name}”在 {year} 年为{path}，代码 {code}", "{name} was {path} in {year}, code {code}"),
    "not_then": Text(
        "{year} 年没有“{name}”，按其存续时的{path}，代码 {code}",
        "{name} was not in use in {year}: {path} as it was when it was, code {code}",
    ),
    "no_longer": Text(
        "“{name}”已不是现行名称，按其存续时的{path}，代码 {code}",
        "{name} is no longer in use: {path} as it was, code {code}",
    ),
    "ambiguous": Text("“{name}”可能是：{places}", "{name} may be: {places}"),
    "disagree": Text(
        "“{name}”没有写明地区，网页上的说法又不一致", "{name} names no place, and what the page says does not agree"
    ),
    "unknown": Text("“{name}”没有写明地区", "{name} names no place that is known"),
}


def listed(places: Sequence[Row]) -> Text:
    """Name places with their codes, the first few of many."""
    shown = [f"{table().path(row)}（{row.code}）" for row in places[:_MOST]]
    more = len(places) - len(shown)
    tail = Text(f"等 {len(places)} 处", f" and {more} more") if more > 0 else Text("", "")
    return Text("、".join(shown) + tail.zh, ", ".join(shown) + tail.en)
