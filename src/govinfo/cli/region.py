"""``govinfo region``: how a publisher's name, or a code, is resolved to a region."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from govinfo.text import Language, Text

if TYPE_CHECKING:
    from govinfo.regions import Region, Resolution
    from govinfo.schema.report import Level

__all__ = ["region", "region_command"]

_LEVELS = {
    "province": Text("省级", "province"),
    "prefecture": Text("地级", "prefecture"),
    "county": Text("县级", "county"),
    "town": Text("乡镇街道", "town"),
    "department": Text("部门", "department"),
}
_CONFIDENCE = {
    "certain": Text("确定", "certain"),
    "likely": Text("可信", "likely"),
    "ambiguous": Text("有歧义", "ambiguous"),
    "unknown": Text("未知", "unknown"),
}


def region_command(
    command: Callable[..., click.Command], say: Callable[[str, str], str], choice: Callable[..., click.Option]
) -> click.Command:
    """Return the command.

    Args:
        command: declares one by name, summary, help and parameters.
        say: chooses between Chinese and English.
        choice: declares ``--format``.
    """
    return command(
        "region",
        say("说明机关名称属于哪个地区。", "Tell which region a publisher's name belongs to."),
        say(
            "可给多个名称，或 GB/T 2260 代码。退出码：0 都能确定，1 有歧义或未知的。",
            "Several names, or GB/T 2260 codes. Exit code: 0 all are known, 1 some are ambiguous or unknown.",
        ),
        click.Argument(["names"], nargs=-1, required=True, metavar=say("名称或代码...", "NAME...")),
        click.Option(
            ["--year"],
            type=click.IntRange(1949, 2100),
            metavar=say("年份", "YEAR"),
            help=say("报告年度：名称和代码随年份变化", "Year of the report: names and codes change."),
        ),
        click.Option(
            ["--within"],
            metavar="REGION",
            help=say("已知在此地区之内（代码或名称）", "Known to lie in this region (a code or a name)."),
        ),
        click.Option(
            ["--context"],
            multiple=True,
            metavar=say("文字", "TEXT"),
            help=say(
                "所在网页上的文字，如网站名称（可重复）", "Text of the page, such as the name of the site (repeatable)."
            ),
        ),
        choice("text", "json"),
    )


def region(
    *, names: Sequence[str], year: int | None, within: str | None, context: Sequence[str], format: str, lang: Language
) -> int:
    """Show how names are resolved."""
    from govinfo.cli.commands import CLEAN, FOUND
    from govinfo.cli.console import emit_json, say
    from govinfo.regions import region_named, resolve

    inside = region_named(within, year).code if within else ""
    found: list[Resolution | Region] = [
        region_named(name, year)
        if name.isascii() and name.isdigit()
        else resolve(name, year=year, context=context, within=inside)
        for name in names
    ]
    if format == "json":
        shown = [_json(name, one, lang) for name, one in zip(names, found, strict=True)]
        emit_json(shown if len(shown) > 1 else shown[0])
    else:
        say(line for name, one in zip(names, found, strict=True) for line in _lines(name, one, lang))
    return CLEAN if all(one.code for one in found) else FOUND


def _level(level: Level | None, lang: Language) -> str:
    return _LEVELS[level.value].render(lang) if level is not None else "–"


def _lines(name: str, found: Resolution | Region, lang: Language) -> Iterator[str]:
    from govinfo.regions import Region

    if isinstance(found, Region):
        yield f"√ {name}    {_whole(found)}    {_level(found.level, lang)}    {_years(found, lang)}"
        return
    mark = "√" if found.code else "?"
    sure = _CONFIDENCE[found.confidence.value].render(lang)
    yield f"{mark} {name}    {found.code or '–'}    {_level(found.level, lang)}    {sure}"
    yield f"       {found.reason.render(lang)}"


def _whole(region: Region) -> str:
    from govinfo.regions.table import table

    row = table().at(region.code, region.last)
    return table().path(row) if row is not None else region.name


def _years(region: Region, lang: Language) -> str:
    said = Text("{first}—{last}", "{first}–{last}")
    first = region.first or Text("2008 年前", "before 2008")
    return said.fill(first=first, last=region.last or Text("今", "now")).render(lang)


def _json(name: str, found: Resolution | Region, lang: Language) -> dict[str, Any]:
    from govinfo.regions import Region

    if isinstance(found, Region):
        return {"name": name, "region": _region(found)}
    return {
        "name": name,
        "code": found.code,
        "level": found.level and found.level.value,
        "confidence": found.confidence.value,
        "candidates": [_region(one) for one in found.candidates],
        "reason": found.reason.render(lang),
    }


def _region(region: Region) -> dict[str, Any]:
    return {
        "code": region.code,
        "name": region.name,
        "level": region.level.value,
        "first": region.first,
        "last": region.last,
    }
