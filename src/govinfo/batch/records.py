"""Reports as rows of a table, and rows of a table as reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import pyarrow as pa

from govinfo.batch.form import (
    AMOUNT,
    COUNT,
    CURRENT,
    EDITIONED,
    MISSING,
    Classes,
    choose_classes,
    edition_column,
    fail,
    identity_of,
    in_form_order,
)
from govinfo.engines.program import cell_paths
from govinfo.parsing.reading import Reading
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Level, Missing, Publisher, Report, Scope, assemble, cells
from govinfo.schema.editions import EDITIONS
from govinfo.schema.paths import tables_of

__all__ = ["IDENTITY", "flatten", "flattened", "table_schema", "unflatten"]

IDENTITY: dict[str, tuple[pa.DataType, Callable[[Report], Any]]] = {
    "title": (pa.string(), lambda report: report.title),
    "publisher.name": (pa.string(), lambda report: report.publisher.name),
    "publisher.region_code": (pa.string(), lambda report: report.publisher.region_code),
    "publisher.level": (pa.string(), lambda report: report.publisher.level and report.publisher.level.value),
    "year": (pa.int32(), lambda report: report.year),
    "scope": (pa.string(), lambda report: report.scope and report.scope.value),
    "published": (pa.date32(), lambda report: report.published),
}
"""Columns that say which report a row is, named as in canonical JSON."""
_REASONS = pa.map_(pa.string(), pa.string())
_PLAIN = {"title": str, "publisher.name": str, "publisher.region_code": str, "year": int}


def table_schema(classes: Sequence[Classes]) -> pa.Schema:
    """Return the columns of a table of reports whose tables have one of several combinations of classes."""
    fields = [pa.field(name, kind) for name, (kind, _) in IDENTITY.items()]
    fields += [pa.field(edition_column(table), pa.string()) for table in EDITIONED]
    found: dict[str, pa.DataType] = {}
    for one in classes:
        counts, amounts = cell_paths(one)
        found |= dict.fromkeys(counts, COUNT) | dict.fromkeys(amounts, AMOUNT)
    order = in_form_order(path for one in classes for paths in cell_paths(one) for path in paths)
    fields += [pa.field(path, found[path]) for path in dict.fromkeys(order)]
    return pa.schema([*fields, pa.field(MISSING, _REASONS)])


def flatten(reports: Iterable[Report | Reading]) -> pa.Table:
    """Return reports as a table: a row for each, a column for each cell.

    Args:
        reports: reports, or what reading them gave.

    Returns:
        What tells reports apart (``title``, ``publisher.name``, ``publisher.region_code``, ``publisher.level``,
        ``year``, ``scope``, ``published``), the edition of each report's tables, its cells (null where missing; sums
        of money as ``decimal128(18, 6)`` in the unit of the cell), and ``missing``, which says why cells are missing.
        Texts of sections, the period and units printed beside sums are not in it.

    Raises:
        BatchError: a figure does not fit: names the report, from 1, and the cell.
    """
    several = [report.report if isinstance(report, Reading) else report for report in reports]
    forms = list(dict.fromkeys(tuple(tables_of(report).values()) for report in several))
    schema = table_schema(forms or [tuple(CURRENT.values())])
    return flattened(several, schema)


def flattened(reports: Sequence[Report], schema: pa.Schema) -> pa.Table:
    """Return reports as a table with the columns of ``schema``, which `table_schema` made."""
    rows = [cells(report) for report in reports]
    editions = [report.editions for report in reports]
    columns: list[pa.Array] = []
    for field in schema:
        name = field.name
        if name in IDENTITY:
            values = [IDENTITY[name][1](report) for report in reports]
        elif name == MISSING:
            values = [[(p, v.value) for p, v in row.items() if isinstance(v, Missing)] for row in rows]
        elif name.startswith("editions."):
            values = [edition[name.removeprefix("editions.")] for edition in editions]
        else:
            values = [None if isinstance(value := row.get(name), Missing) else value for row in rows]
        columns.append(_column(values, field))
    return pa.Table.from_arrays(columns, schema=schema)


def _column(values: list[Any], field: pa.Field) -> pa.Array:
    try:
        return pa.array(values, field.type)
    except (pa.ArrowInvalid, OverflowError):
        for i, value in enumerate(values):
            try:
                pa.array([value], field.type)
            except (pa.ArrowInvalid, OverflowError):
                fail(
                    f"第 {i + 1} 份报告：{field.name} 为 {value}，超出 {field.type}",
                    f"report {i + 1}: {field.name} is {value}, which {field.type} cannot hold",
                )
        raise


def unflatten(table: pa.Table, *, editions: Editions = EDITIONS) -> list[Report]:
    """Return the rows of a table as reports: the way back from `flatten`.

    Args:
        table: a column for each cell; a cell without a column is not in the document.
        editions: known classes by table and edition.

    Raises:
        BatchError: a value is not what a report holds; names the column, and the row from 1.
    """
    names = table.column_names
    identity_of(names, editions)
    told = {t for t in EDITIONED if edition_column(t) in names}
    chosen = choose_classes([name for name in names if name.partition(".")[0] not in told], editions)
    found: list[Report] = []
    for batch in table.to_batches():
        rows = enumerate(batch.to_pylist(), len(found) + 1)
        found += [_report(row, number, chosen, editions) for number, row in rows]
    return found


def _report(row: dict[str, Any], number: int, chosen: Classes, editions: Editions) -> Report:
    reasons = dict(row.get(MISSING) or ())
    tables: dict[str, Any] = {}
    for table, usual in zip(TABLES, chosen, strict=True):
        edition = row.get(edition_column(table), getattr(usual, "edition", None))
        form = CURRENT[table] if edition is None else editions[table].get(edition)
        if form is None:
            name = edition_column(table)
            fail(
                f"列“{name}”第 {number} 行：没有“{edition}”这一版",
                f"column {name!r}, row {number}: no edition {edition!r}",
            )
        classes = tuple({**CURRENT, table: form}.values())
        counts, amounts = cell_paths(classes)
        values = {
            path: _cell(row.get(path), path, number, reasons, path in amounts)
            for path in (*counts, *amounts)
            if path.startswith(f"{table}.")
        }
        tables[table] = assemble(form, values, f"{table}.")
    for name, kind in _PLAIN.items():
        if row.get(name) is not None and type(row[name]) is not kind:
            fail(
                f"列“{name}”第 {number} 行：{row[name]!r} 的类型不对",
                f"column {name!r}, row {number}: {row[name]!r} is of the wrong type",
            )
    try:
        return Report(
            title=row.get("title"),
            year=row.get("year"),
            publisher=Publisher(
                row.get("publisher.name"),
                row.get("publisher.region_code"),
                Level(row["publisher.level"]) if row.get("publisher.level") else None,
            ),
            scope=Scope(row["scope"]) if row.get("scope") else None,
            published=_date(row.get("published")),
            **tables,
        )
    except ValueError as error:
        fail(f"第 {number} 行：{error}", f"row {number}: {error}")


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _cell(value: Any, path: str, number: int, reasons: dict[str, str], money: bool) -> Any:
    if value is None:
        return _reason(reasons.get(path, Missing.ABSENT.value), path, number)
    if not (isinstance(value, (int, Decimal)) if money else type(value) is int):
        fail(
            f"列“{path}”第 {number} 行：{value!r} 不是" + ("金额" if money else "整数"),
            f"column {path!r}, row {number}: {value!r} is no " + ("sum of money" if money else "whole number"),
        )
    return _shortest(Decimal(value)) if money else value


def _reason(name: str, path: str, number: int) -> Missing:
    try:
        return Missing(name)
    except ValueError:
        known = ", ".join(one.value for one in Missing)
        fail(
            f"列“{MISSING}”第 {number} 行：{path} 缺失的原因 {name!r} 未知（可用：{known}）",
            f"column {MISSING!r}, row {number}: no reason {name!r} for {path} to be missing (known: {known})",
        )


def _shortest(value: Decimal) -> Decimal:
    """Drop the zeros a column's scale adds behind the point."""
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain
