"""What a broken relation is called: the form's own words, the figures printed, the difference."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, cast

import attrs

from govinfo.rules.rows import Row, Side
from govinfo.schema import TABLES, Missing, Report, Value, cells, describe, leaves
from govinfo.schema.fields import Spec, short_label, spec_of
from govinfo.schema.paths import memo, tables_of
from govinfo.text import Text

__all__ = ["broken", "holding", "name_of", "number", "shared_names", "short_label", "unknown", "unknown_at_large"]

_MOST_TERMS = 6
"""A sum with more terms other than zero is written by blocks."""
_MOST_CELLS = 4
"""A reason names so many missing cells and then says how many there are."""
_FEW = 4
"""A sum of so many terms is written out with its zeros."""

_COMPARISONS = {
    "==": Text("应等于", "must equal"),
    "<=": Text("应不大于", "must be at most"),
    ">=": Text("应不小于", "must be at least"),
    "<": Text("应小于", "must be less than"),
    ">": Text("应大于", "must be greater than"),
}
_HOLDS = {
    "==": Text("等于", "equal to"),
    "<=": Text("不大于", "at most"),
    ">=": Text("不小于", "at least"),
    "<": Text("小于", "less than"),
    ">": Text("大于", "greater than"),
}
_UNITS = {"": Text("", ""), "元": Text(" 元", " yuan"), "万元": Text(" 万元", " × 10,000 yuan")}


class _Name(NamedTuple):
    across: Text
    """Column of table 3, block of another table."""
    own: Text


@memo
def _specs(classes: tuple[Any, ...]) -> dict[str, tuple[Spec, ...]]:
    """Return the specs along the path of every cell and every block of cells; a table has its own."""
    found: dict[str, tuple[Spec, ...]] = {}
    for table, cls in zip(TABLES, classes, strict=True):
        found[table] = (cast(Spec, spec_of(attrs.fields_dict(Report)[table])),)
        for leaf in leaves(cls, f"{table}."):
            steps = leaf.path.split(".")
            for depth in range(2, len(steps) + 1):
                found[".".join(steps[:depth])] = leaf.specs[: depth - 1]
    return found


@memo
def name_of(classes: tuple[Any, ...], path: str) -> _Name:
    """Return what a cell or a block of cells is called, for the classes of a report's tables."""
    specs = _specs(classes)[path]
    # a figure is printed with its unit: the term need not name it
    across, *inner = (Text(short_label(spec.label), re.sub(r" \([^()]*\)$", "", spec.en)) for spec in specs)
    if not inner:
        return _Name(Text("", ""), across)
    if len(inner) == 1:
        return _Name(across, inner[0])
    # （三）不予公开·1.属于国家秘密: the number of the block is enough to tell its rows apart
    number = re.match(r"（.）", inner[0].zh)
    zh = (number[0] if number else inner[0].zh + "·") + "·".join(text.zh for text in inner[1:])
    return _Name(across, Text(zh, " / ".join(text.en for text in inner)))


def shared_names(report: Report, paths: Iterable[str]) -> tuple[Text, dict[str, Text]]:
    """Return what cells have in common, such as 三、自然人列, and what each is called beside it."""
    classes = tuple(tables_of(report).values())
    found = {path: name_of(classes, path) for path in paths}
    tables = {path.partition(".")[0] for path in found}
    if len(tables) > 1:
        return Text("", ""), {path: describe(report, path) for path in found}
    table = next(iter(tables))
    whole = describe(report, table)
    across, own = {name.across for name in found.values()}, {name.own for name in found.values()}
    crossed = table == "applications"
    if len(across) == 1 and (column := next(iter(across))).zh:
        return _block(report, table, column), {path: name.own for path, name in found.items()}
    if len(own) == 1 and crossed:
        row, section = next(iter(own)), Text(whole.zh[:2], whole.en.partition(",")[0])
        return Text(f"{section.zh}{row.zh}行", f"{section.en}, {row.en}"), {p: n.across for p, n in found.items()}
    return whole, {
        path: Text(f"{name.across.zh}·{name.own.zh}", f"{name.across.en} / {name.own.en}")
        if name.across.zh
        else name.own
        for path, name in found.items()
    }


def broken(row: Row, report: Report, values: Mapping[str, Value], sums: tuple[Any, Any]) -> Text:
    """Say that a relation does not hold.

    Args:
        row: the relation.
        report: gives cells their names.
        values: every cell.
        sums: left and right side, None for a side that has missing cells.
    """
    said = _compared(row, report, values, sums, _COMPARISONS, Text("，而", ", but "))
    if None in sums:
        kind = Text("整数" if row.signed else "非负数" if row.unit else "非负整数", "number")
        return Text(f"{said.zh}；空缺处填任何{kind.zh}都不能成立", f"{said.en}; no number in the blanks makes it hold")
    if row.written == "==":
        difference = number(sums[0] - sums[1], row.unit)
        said = Text(f"{said.zh}，差 {difference.zh}", f"{said.en}; difference {difference.en}")
    if row.tolerance:
        allowed = number(row.tolerance, row.unit)
        return Text(f"{said.zh}，超出允许误差 {allowed.zh}", f"{said.en}, more than the {allowed.en} allowed")
    return said


def holding(row: Row, report: Report, values: Mapping[str, Value], sums: tuple[Any, Any]) -> Text:
    """Say that a relation holds, in the words of `broken`; arguments as there, no cell of the relation missing."""
    left, right = sums
    plainly = {"==": left == right, "<=": left <= right, ">=": left >= right}.get(row.written, True)
    said = _compared(row, report, values, sums, _HOLDS if plainly else _COMPARISONS, Text("，而", ", and "))
    if plainly:
        return said
    allowed = number(row.tolerance, row.unit)
    return Text(f"{said.zh}，未超出允许误差 {allowed.zh}", f"{said.en}, no more than the {allowed.en} allowed")


def _compared(
    row: Row,
    report: Report,
    values: Mapping[str, Value],
    sums: tuple[Any, Any],
    comparisons: Mapping[str, Text],
    between: Text,
) -> Text:
    """Put both sides beside each other, behind what their cells have in common."""
    blocks = (operand.path for side in (row.left, row.right) for operand in side.operands)
    where, called = shared_names(report, dict.fromkeys((*row.cells, *blocks)))
    left = _side(row.left, called, values, sums[0], row.unit)
    right = _side(row.right, called, values, sums[1], row.unit)
    if row.written == "==" and row.right.operands:
        said = Text(f"{left.zh}{between.zh}{right.zh}", f"{left.en}{between.en}{right.en}")
    else:
        must = comparisons[row.written]
        space = "" if row.right.operands else " "
        said = Text(f"{left.zh}，{must.zh}{space}{right.zh}", f"{left.en}, {must.en} {right.en}")
    if where.zh:
        said = Text(f"{where.zh}：{said.zh}", f"{where.en}: {said.en}")
    return said


def unknown(report: Report, paths: Iterable[str], values: Mapping[str, Value]) -> Text:
    """Name missing cells and why each is missing."""
    several = list(paths)
    where, called = shared_names(report, several)
    named = [_missing(called[path], values[path]) for path in several[:_MOST_CELLS]]
    listed = Text.join(named, "、", ", ")
    if len(several) > _MOST_CELLS:
        listed = Text(f"{listed.zh}等 {len(several)} 格", f"{listed.en} and others, {len(several)} cells")
    if where.zh:
        return Text(f"{where.zh}：{listed.zh}", f"{where.en}: {listed.en}")
    return listed


def unknown_at_large(report: Report, paths: Iterable[str]) -> Text:
    """Count missing cells by column or block and by what is the matter with them."""
    classes, values = tuple(tables_of(report).values()), cells(report)
    counted = Counter(
        (path.partition(".")[0], name_of(classes, path).across, values[path]) for path in dict.fromkeys(paths)
    )
    parts = [
        _missing(Text(f"{where.zh} {n} 格", f"{where.en}, {n} cell{'s' if n > 1 else ''}"), value)
        for (table, across, value), n in counted.items()
        for where in [_block(report, table, across)]
    ]
    return Text.join(parts, "、", "; ")


def _block(report: Report, table: str, across: Text) -> Text:
    """Return the name of a column of table 3 or a block of another table, behind the number of its section."""
    whole = describe(report, table)
    if not across.zh:
        return whole
    column = "列" if table == "applications" else ""
    return Text(f"{whole.zh[:2]}{across.zh}{column}", f"{whole.en.partition(',')[0]}, {across.en}")


def _missing(name: Text, value: Value) -> Text:
    reason = value.text if isinstance(value, Missing) else Text("", "")
    return Text(f"{name.zh}（{reason.zh}）", f"{name.en} ({reason.en})")


def number(value: int | Decimal, unit: str) -> Text:
    """Write a figure with its unit; a count has none."""
    plain = format(value, "f") if isinstance(value, Decimal) else str(value)
    return Text(plain + _UNITS[unit].zh, plain + _UNITS[unit].en)


def _side(side: Side, called: Mapping[str, Text], values: Mapping[str, Value], total: Any, unit: str) -> Text:
    """Write a side with its figures: ``本年新收 10 + 上年结转 0 = 10``; zeros among many terms are put together."""
    if not side.operands:
        return number(side.constant, unit)
    terms = [(operand.coefficient, path) for operand in side.operands for path in operand.cells]
    shown = [(factor, path) for factor, path in terms if values[path] != 0]
    figures: Mapping[str, Any] = values
    if len(terms) <= _FEW:
        shown = terms
    elif len(shown) > _MOST_TERMS and total is not None:
        figures = {operand.path: sum(values[path] for path in operand.cells) for operand in side.operands}
        shown = [(operand.coefficient, operand.path) for operand in side.operands if figures[operand.path]]
    if not shown:
        return Text("各项均为 0", "every item 0")
    parts = [_term(factor, called[path], figures[path], unit, first=i == 0) for i, (factor, path) in enumerate(shown)]
    if len(shown) < len(terms) and figures is values:
        parts.append(Text(" + 其余 0", " + the others 0"))
    if side.constant:
        sign = "+" if side.constant > 0 else "-"
        parts.append(Text(*[f" {sign} {abs(side.constant)}"] * 2))
    written = Text.join(parts, "", "")
    if total is None or (len(parts) == 1 and shown[0][0] == 1):
        return written
    whole = number(total, unit)
    return Text(f"{written.zh} = {whole.zh}", f"{written.en} = {whole.en}")


def _term(factor: int, name: Text, value: Any, unit: str, *, first: bool) -> Text:
    sign = ("-" if factor < 0 else "") if first else (" - " if factor < 0 else " + ")
    times = "" if abs(factor) == 1 else f"{abs(factor)} × "
    figure = _missing(name, value) if isinstance(value, Missing) else None
    if figure is None:
        printed = number(value, unit)
        figure = Text(f"{name.zh} {printed.zh}", f"{name.en} {printed.en}")
    return Text(sign + times + figure.zh, sign + times + figure.en)
