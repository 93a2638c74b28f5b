"""What an inspection of rules says: remarks, ranks, and their words."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import attrs

from govinfo.findings import Severity
from govinfo.rules.model import RuleSet
from govinfo.rules.rows import Row
from govinfo.schema import TABLES, leaves
from govinfo.schema.fields import Spec, short_label
from govinfo.schema.paths import memo
from govinfo.text import Text

__all__ = ["Inspection", "Instance", "Kind", "Rank", "Remark", "instance_of", "listed", "said", "table_name"]


class Kind(enum.Enum):
    """What is remarkable about a rule."""

    CONTRADICTION = "contradiction"
    """No report satisfies it together with the others named."""
    NEVER_HOLDS = "never_holds"
    """No numbers satisfy it."""
    NEVER_APPLIES = "never_applies"
    """No numbers satisfy its condition, with the others named where there are any."""
    NEVER_FAILS = "never_fails"
    """No numbers break it."""
    REPEATED = "repeated"
    """It says the same as the other one named."""
    IMPLIED = "implied"
    """It holds wherever the others named do."""
    OPEN = "open"
    """It would have taken too much work to find out."""

    @property
    def severity(self) -> Severity:
        """How much it matters: an error is a mistake for certain."""
        if self in (Kind.CONTRADICTION, Kind.NEVER_HOLDS, Kind.NEVER_APPLIES):
            return Severity.ERROR
        return Severity.WARNING if self in (Kind.NEVER_FAILS, Kind.REPEATED) else Severity.INFO


@attrs.frozen
class Instance:
    """One instance of a rule."""

    code: str
    binding: str
    """As in outcomes: ``total``, ``natural_person``; empty for a rule without template."""
    words: Text
    """The binding in the form's words."""


@attrs.frozen
class Remark:
    """One thing found out about one rule."""

    kind: Kind
    severity: Severity
    code: str
    """Empty where it is about the whole rule set."""
    bindings: tuple[str, ...]
    """The instances it is said of."""
    because: tuple[Instance, ...]
    """The other rules it has to do with; where it is said of several instances, those of the first."""
    editions: tuple[str, ...]
    """The editions of the form in which it is so."""
    message: Text


@attrs.frozen
class Rank:
    """How many equations there are and how many of them say something new."""

    edition: str
    table: str
    """Canonical name; empty for all tables together."""
    relations: int
    equations: int
    rank: int
    cells: int
    """Cells of the table."""
    distinct: int
    """Cells that stand in a choice of equations that no other cell stands in: one wrong cell can be told by them."""


@attrs.frozen
class Inspection:
    """One rule set inspected."""

    rule_set: RuleSet
    editions: tuple[str, ...]
    """The editions looked at."""
    ranks: tuple[Rank, ...]
    """By edition: all tables together, then each that has equations."""
    remarks: tuple[Remark, ...]

    @property
    def wrong(self) -> bool:
        """Whether there is a mistake for certain."""
        return any(remark.severity is Severity.ERROR for remark in self.remarks)


_TABLE_NAMES = {
    "": Text("全部", "all tables"),
    "disclosure": Text("表二", "table 2"),
    "applications": Text("表三", "table 3"),
    "disputes": Text("表四", "table 4"),
    "processing_fee": Text("信息处理费", "processing fee"),
}


def table_name(table: str) -> Text:
    """Return what people call a table; ``""`` stands for all of them."""
    return _TABLE_NAMES[table]


@memo
def _specs(classes: tuple[Any, ...]) -> dict[str, tuple[Spec, ...]]:
    return {
        leaf.path: leaf.specs for table, cls in zip(TABLES, classes, strict=True) for leaf in leaves(cls, f"{table}.")
    }


def instance_of(code: str, row: Row, classes: Mapping[str, Any]) -> Instance:
    """Name an instance of a rule."""
    specs = _specs(tuple(classes[table] for table in TABLES))
    words = [_words(value.split("."), row.cells, specs) for value in row.variables.values()]
    return Instance(code, row.binding, Text.join(words, "，", ", "))


def _words(value: list[str], cells: Iterable[str], specs: Mapping[str, tuple[Spec, ...]]) -> Text:
    """Return what a template stands for, in the words of the first cell whose path it is part of."""
    for path in cells:
        steps = path.split(".")
        for i in range(len(steps) - len(value) + 1):
            if steps[i : i + len(value)] == value:
                named = specs[path][max(i - 1, 0) : i - 1 + len(value)]  # the table has no spec of its own
                return Text("·".join(short_label(spec.label) for spec in named), " / ".join(spec.en for spec in named))
    return Text(".".join(value), ".".join(value))


_MOST = 7
"""So many instances of one rule are named one by one."""


def listed(instances: Iterable[Instance]) -> Text:
    """Name instances, those of one rule together."""
    parts = []
    for code, group in groupby(instances, key=lambda instance: instance.code):
        names = [instance.words for instance in group if instance.binding]
        if not names:
            parts.append(Text(code, code))
            continue
        shown = names if len(names) <= _MOST else [*names[:2], Text("……", "…"), names[-1]]
        inner = Text.join(shown, "、", ", ")
        if len(names) > _MOST:
            inner = Text(f"{inner.zh}，共 {len(names)} 个", f"{inner.en}: {len(names)} in all")
        parts.append(Text(f"{code}（{inner.zh}）", f"{code} ({inner.en})"))
    return Text.join(parts, "、", ", ")


_MESSAGES = {
    Kind.CONTRADICTION: Text("不可能同时成立：{all}", "cannot hold together: {all}"),
    Kind.NEVER_HOLDS: Text("填什么数都不能成立：{own}", "no numbers satisfy it: {own}"),
    Kind.NEVER_APPLIES: Text("适用条件不可能满足：{own}", "its condition can never hold: {own}"),
    Kind.NEVER_FAILS: Text("填什么数都成立，查不出错：{own}", "no numbers break it: {own}"),
    Kind.REPEATED: Text("{own} 与 {others} 相同", "{own} says the same as {others}"),
    Kind.IMPLIED: Text("{own} 可由 {others} 推出", "{own} follows from {others}"),
    Kind.OPEN: Text(
        "检查量太大，未查完；未提到的不等于没有", "gave up: too much work; what is not said here is not known"
    ),
}
_TOGETHER = {
    Kind.CONTRADICTION: Text(
        "适用时不可能成立：{own}（因 {others}）", "when it applies it cannot hold: {own}, because of {others}"
    ),
    Kind.NEVER_APPLIES: Text(
        "适用条件不可能满足：{own}（因 {others}）", "its condition can never hold: {own}, because of {others}"
    ),
}
_ALONE = Text("适用时不可能成立：{own}", "when it applies it cannot hold: {own}")


def said(kind: Kind, own: tuple[Instance, ...], because: tuple[Instance, ...], *, conditional: bool) -> Text:
    """Word a remark.

    Args:
        kind: its kind.
        own: the instances it is about.
        because: the others it has to do with.
        conditional: whether the rule has a condition.
    """
    template = _MESSAGES[kind]
    if conditional and kind in _TOGETHER and because:
        template = _TOGETHER[kind]
    elif conditional and kind is Kind.CONTRADICTION:
        template = _ALONE
    together = sorted((*own[:1], *because), key=lambda instance: instance.code)
    filled = template.fill(own=listed(own), others=listed(because), all=listed(together))
    more = len(own) - 1
    if kind is Kind.CONTRADICTION and not conditional and more:
        filled = Text(f"{filled.zh}；另有 {more} 处同类", f"{filled.en}; and {more} more of this kind")
    elif kind is Kind.IMPLIED and more:
        filled = Text(f"{filled.zh}（所列为其中第一处的依据）", f"{filled.en} (named for the first of them)")
    return Text(filled.zh.replace("） ", "）"), filled.en)  # a full-width bracket has its space within
