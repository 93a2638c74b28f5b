"""Canonical paths: the dotted names of every cell, derived from the schema classes.

A path is the chain of attribute names from `Report` to a cell, such as
``applications.natural_person.denied.process``. It is at once the JSON key chain, the column name of a table and the
name a rule uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar, cast

import attrs

from govinfo.schema.access import getter
from govinfo.schema.cells import Missing, Value
from govinfo.schema.fields import Kind, Spec, spec_of
from govinfo.schema.report import Report
from govinfo.text import Text

__all__ = [
    "TABLES",
    "Leaf",
    "assemble",
    "cells",
    "describe",
    "leaves",
    "memo",
    "replace_cells",
    "report_leaves",
    "tables_of",
]

_CELLS = frozenset({Kind.COUNT, Kind.CHANGE, Kind.AMOUNT})

TABLES = ("disclosure", "applications", "disputes", "processing_fee")
"""The parts of a report that hold cells, in the order of the form."""

T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])


def memo(function: F) -> F:
    """`functools.cache` that keeps the signature: typed as it is, it refuses classes as keys."""
    return cast(F, cache(function))


@attrs.frozen
class Leaf:
    """One cell of the form."""

    path: str
    """Dotted path below the class it was derived from."""
    specs: tuple[Spec, ...]
    """The specs along the path, the cell's own last."""

    @property
    def spec(self) -> Spec:
        """The cell's own spec."""
        return self.specs[-1]

    @property
    def kind(self) -> Kind:
        """COUNT, CHANGE or AMOUNT."""
        return self.specs[-1].kind


_Child = tuple[str, Spec, type[Any] | None]
"""Name, spec and, of a block, the class."""


def _children(cls: type[Any]) -> Iterable[_Child]:
    """Yield every printed field of ``cls``, in the order of its arguments."""
    for field in attrs.fields(cls):
        spec = spec_of(field)
        if spec is not None:
            of = (spec.of or cls.column_class) if spec.kind is Kind.BLOCK else None
            yield field.name, spec, of


def _in_order(cls: type[Any]) -> list[_Child]:
    """Return every printed field of ``cls`` in the order of the form: what a class adds may stand in the middle."""
    found: list[_Child] = []
    for name, spec, of in _children(cls):
        place = len(found)
        if spec.after is not None:
            before = [other for other, _, _ in found].index(spec.after)
            place, spec = before + 1, attrs.evolve(spec, under=spec.under or found[before][1].under)
        found.insert(place, (name, spec, of))
    return found


@memo
def leaves(cls: Any, prefix: str = "") -> tuple[Leaf, ...]:
    """Return the cells of a schema class in the order of the form; ``prefix`` (with its dot) goes before each path."""
    found: list[Leaf] = []
    for name, spec, of in _in_order(cls):
        if of is not None:
            found += [
                attrs.evolve(leaf, path=f"{prefix}{name}.{leaf.path}", specs=(spec, *leaf.specs)) for leaf in leaves(of)
            ]
        elif spec.kind in _CELLS:
            found.append(Leaf(prefix + name, (spec,)))
    return tuple(found)


def tables_of(report: Report) -> dict[str, type[Any]]:
    """Return the class of each part of ``report`` that holds cells, by canonical name."""
    return {name: type(getattr(report, name)) for name in TABLES}


@memo
def _leaves_of(classes: tuple[Any, ...]) -> tuple[Leaf, ...]:
    found: list[Leaf] = []
    for field in attrs.fields(Report):
        if field.name in TABLES:
            spec = cast(Spec, spec_of(field))
            cls = classes[TABLES.index(field.name)]
            found += [attrs.evolve(leaf, specs=(spec, *leaf.specs)) for leaf in leaves(cls, f"{field.name}.")]
    return tuple(found)


def report_leaves(report: Report) -> tuple[Leaf, ...]:
    """Return every cell of ``report``, for the editions its tables have, in the order of the form."""
    return _leaves_of(tuple(tables_of(report).values()))


@memo
def _getter(classes: tuple[Any, ...]) -> tuple[tuple[str, ...], Callable[[Report], tuple[Value, ...]]]:
    paths = tuple(leaf.path for leaf in _leaves_of(classes))
    return paths, getter(paths)


def cells(report: Report) -> dict[str, Value]:
    """Return ``{path: value}`` for every cell of ``report``, in the order of the form."""
    paths, get = _getter(tuple(tables_of(report).values()))
    return dict(zip(paths, get(report), strict=True))


def replace_cells(report: Report, changes: Mapping[str, Value]) -> Report:
    """Return ``report`` with the cells of ``changes`` (canonical path: value) replaced and everything else as it is.

    The unit beside an amount goes with the amount: one that is made missing has none.

    Raises:
        KeyError: a path the report does not have.
    """
    if unknown := changes.keys() - {leaf.path for leaf in report_leaves(report)}:
        raise KeyError(f"not cells of this report: {', '.join(sorted(unknown))}")
    nested: dict[str, Any] = {}
    for path, value in changes.items():
        *blocks, name = path.split(".")
        below = nested
        for block in blocks:
            below = below.setdefault(block, {})
        below[name] = value
    return cast(Report, _replaced(report, nested))


def _replaced(node: Any, changes: Mapping[str, Any]) -> Any:
    values: dict[str, Any] = {}
    for name, change in changes.items():
        values[name] = _replaced(getattr(node, name), change) if isinstance(change, dict) else change
        if isinstance(change, Missing) and hasattr(node, unit := f"{name}_unit"):
            values[unit] = None
    return attrs.evolve(node, **values)


@memo
def _plan(cls: Any, prefix: str) -> tuple[tuple[Any, str, Any], ...]:
    """List what ``cls`` is built of, in the order of its arguments: (class of a block or None, path, default)."""
    return tuple(
        (of, f"{prefix}{name}.", None) if of is not None else (None, prefix + name, _DEFAULT.get(spec.kind))
        for name, spec, of in _children(cls)
    )


_DEFAULT = dict.fromkeys(_CELLS, Missing.ABSENT)


def assemble(cls: type[T], values: Mapping[str, Any], prefix: str = "") -> T:
    """Build ``cls`` from ``{path: value}``; a cell without a value is `Missing.ABSENT`.

    Args:
        cls: a schema class.
        values: by dotted path, ``prefix`` included; units beside amounts may be among them.
        prefix: with its dot.
    """
    get = values.get
    return cls(
        *[get(path, default) if of is None else assemble(of, values, path) for of, path, default in _plan(cls, prefix)]
    )


@memo
def _describe(cls: Any, path: str) -> Text | None:
    name, _, rest = path.partition(".")
    for child, spec, of in _children(cls):
        if child != name:
            continue
        own = Text(spec.label, spec.en)
        if not rest:
            return own
        below = _describe(of, rest) if of is not None else None
        return below and Text(f"{own.zh}·{below.zh}", f"{own.en} / {below.en}")
    return None


_SECTION = {
    "disclosure": Text("二、", "section 2, "),
    "applications": Text("三、", "section 3, "),
    "disputes": Text("四、", "section 4, "),
    "processing_fee": Text("六、", "section 6, "),
}


def describe(report: Report, path: str) -> Text:
    """Return a cell's, row's or table's place in the form's own words: section, row, column.

    A path the report does not have is returned as it is.
    """
    table, _, rest = path.partition(".")
    spec = next((spec_of(field) for field in attrs.fields(Report) if field.name == table), None)
    if spec is None or table not in _SECTION:
        return Text(path, path)
    section = Text(_SECTION[table].zh + spec.label, _SECTION[table].en + spec.en)
    if not rest:
        return section
    if table == "applications":  # the printed form has the applicants across and the outcomes down: name the row first
        column, _, row = rest.partition(".")
        column_text = _describe(type(report.applications), column)
        row_text = _describe(report.applications.column_class, row) if row else None
        parts = [part for part in (row_text, column_text) if part is not None]
        if len(parts) < 1 + bool(row):
            return Text(path, path)
        where = Text.join(parts, " × ", " × ")
    else:
        found = _describe(type(getattr(report, table)), rest)
        if found is None:
            return Text(path, path)
        where = found
    return Text(f"{section.zh}：{where.zh}", f"{section.en}: {where.en}")
