"""A region as a person gives it: a code, the beginning of one, or a name."""

from __future__ import annotations

from govinfo.errors import GovinfoError
from govinfo.regions.model import Confidence, Region
from govinfo.regions.resolve import region_of, resolve
from govinfo.schema.report import Level
from govinfo.text import Text

__all__ = ["region_named"]


def region_named(text: str, year: int | None = None) -> Region:
    """Return the region that is meant.

    Args:
        text: a GB/T 2260 code (130500), the beginning of one (13, 1305), or the name of a province, prefecture or
            county.
        year: in which code or name is used; by default now.

    Raises:
        GovinfoError: nothing has that code or name, or several places have the name.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        code = text.ljust(6, "0")
        region = region_of(code, year) or region_of(code)
        if region is None or len(text) not in (2, 4, 6):
            unknown = Text(
                "没有行政区划代码 {code}（应为 GB/T 2260 的六位代码，或其前两位、前四位）",
                "no region has the code {code} (six digits of GB/T 2260, or the first two or four of them)",
            )
            raise GovinfoError(unknown.fill(code=text))
        return region
    found = resolve(text, year=year)
    if found.confidence is Confidence.AMBIGUOUS:
        several = Text("{reason}。请写明省、市，或用代码", "{reason}. Say the province and city, or give the code")
        raise GovinfoError(several.fill(reason=found.reason))
    if found.code is None or found.level in (None, Level.TOWN, Level.DEPARTMENT):
        nothing = Text(
            "没有名为“{name}”的省、市、县（可用名称或 GB/T 2260 代码，如 河北省邢台市、130500）",
            "no province, prefecture or county is called {name!r} (give a name or a code of GB/T 2260, such as "
            "河北省邢台市 or 130500)",
        )
        raise GovinfoError(nothing.fill(name=text))
    return found.candidates[0]
