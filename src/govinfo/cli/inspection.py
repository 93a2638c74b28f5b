"""What ``govinfo rules --lint`` shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs

from govinfo.cli.commands import CLEAN, FOUND
from govinfo.cli.console import emit_json, say
from govinfo.rules.inspect import inspect
from govinfo.rules.model import RuleSet
from govinfo.rules.remarks import Inspection, Kind, Rank, Remark, table_name
from govinfo.text import Language, Text

__all__ = ["lint"]

_ALL_DISTINCT = Text("每一格所在等式的组合都各不相同", "every cell has its own pattern of broken equations")
_NONE_DISTINCT = Text("没有一格所在等式的组合是独有的", "no cell has its own pattern of broken equations")
_SOME_DISTINCT = Text(
    "{distinct} 格所在等式的组合独一无二", "{distinct} cells have their own pattern of broken equations"
)
_WHOLE = Text(
    "{edition} 年版：{relations} 个关系，其中等式 {equations} 个，秩 {rank}",
    "edition {edition}: {relations} relations, {equations} of them equations of rank {rank}",
)
_TABLE = Text(
    "{table}：{cells} 格，等式 {equations} 个，秩 {rank}；{patterns}",
    "{table}: {cells} cells, {equations} equations of rank {rank}; {patterns}",
)


def lint(
    rule_sets: Iterable[RuleSet], editions: Mapping[str, Mapping[str, type[Any]]], format: str, lang: Language
) -> int:
    """Inspect rule sets and write what was found out about them.

    Args:
        rule_sets: those to inspect.
        editions: known classes of tables 2 and 3 by table and edition.
        format: ``text`` or ``json``.
        lang: the language to write in.

    Returns:
        The exit code: 1 where a rule contradicts others or can never hold.
    """
    inspections = inspect(rule_sets, editions)
    if format == "json":
        emit_json([_record(inspection, lang) for inspection in inspections])
    else:
        for inspection in inspections:
            say(_lines(inspection, lang))
    return FOUND if any(inspection.wrong for inspection in inspections) else CLEAN


def _lines(inspection: Inspection, lang: Language) -> Iterator[str]:
    yield f"{inspection.rule_set.name}  {inspection.rule_set.title.render(lang)}"
    for rank in inspection.ranks:
        yield ("    " if rank.table else "  ") + _rank(rank).render(lang)
    for remark in inspection.remarks:
        yield f"  {remark.severity.text.render(lang)}  {_edition(remark, inspection).render(lang)}"
    if all(remark.kind is Kind.IMPLIED for remark in inspection.remarks):
        yield "  " + Text("没有发现问题", "nothing is wrong").render(lang)


def _rank(rank: Rank) -> Text:
    template = _TABLE if rank.table else _WHOLE
    patterns = _ALL_DISTINCT if rank.distinct == rank.cells else _SOME_DISTINCT if rank.distinct else _NONE_DISTINCT
    patterns = patterns.fill(distinct=rank.distinct)
    return template.fill(**attrs.asdict(rank) | {"table": table_name(rank.table), "patterns": patterns})


def _edition(remark: Remark, inspection: Inspection) -> Text:
    """Return the message; the edition is said where it is not so in all of them."""
    said = remark.message
    if remark.editions == inspection.editions:
        return said
    names = Text("、".join(remark.editions), ", ".join(remark.editions))
    return Text(f"{said.zh}（{names.zh} 年版）", f"{said.en} (edition {names.en})")


def _record(inspection: Inspection, lang: Language) -> dict[str, Any]:
    return {
        "rule_set": inspection.rule_set.name,
        "wrong": inspection.wrong,
        "ranks": [attrs.asdict(rank) for rank in inspection.ranks],
        "remarks": [_remark(remark, lang) for remark in inspection.remarks],
    }


def _remark(remark: Remark, lang: Language) -> dict[str, Any]:
    return {
        "kind": remark.kind.value,
        "severity": remark.severity.value,
        "code": remark.code or None,
        "bindings": list(remark.bindings),
        "because": [{"code": instance.code, "binding": instance.binding} for instance in remark.because],
        "editions": list(remark.editions),
        "message": remark.message.render(lang),
    }
