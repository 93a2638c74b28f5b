"""Consistent figures: the cells a report is free to have, and those that follow from them.

Written apart from the rule set on purpose: a kit that took the equations from the rules could not test them.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from govinfo.schema import Kind, Leaf, assemble, leaves, replace_cells
from govinfo.schema.form import rows

__all__ = ["free_cells", "get", "replace_cells", "settle", "unit_path"]

T = TypeVar("T")

_TOTAL = "total"
_DERIVED_ROWS = frozenset({"received", "concluded"})


def get(node: Any, path: str) -> Any:
    """Return what stands at a dotted path below ``node``; the empty path is ``node`` itself."""
    return attrgetter(path)(node) if path else node


def unit_path(cls: type[Any], leaf: Leaf) -> str | None:
    """Return the path of the unit printed beside an amount of ``cls``, None where the form has no place for it."""
    if leaf.kind is not Kind.AMOUNT:
        return None
    owner, _, name = leaf.path.rpartition(".")
    block = get(cls(), owner)
    unit = f"{name}_unit"
    return f"{owner}.{unit}".lstrip(".") if hasattr(block, unit) else None


def free_cells(cls: type[Any]) -> tuple[Leaf, ...]:
    """Return the cells of a table that no balance equation determines.

    All of table 2; in table 3 the outcomes and both carry-overs of the six kinds of applicant; in table 4 everything
    but the totals.
    """
    return tuple(
        leaf
        for leaf in leaves(cls)
        if not {_TOTAL, *_DERIVED_ROWS} & {leaf.path.partition(".")[0], leaf.path.rpartition(".")[2]}
    )


def settle(cls: type[T], free: Mapping[str, Any]) -> T:
    """Build a consistent table from its free cells.

    Args:
        cls: a table's schema class.
        free: values by path below the table; a free cell without a value is 0. ``carried_in`` is cut down where it
            would make ``received`` negative. Units beside amounts may be among them.
    """
    values = {leaf.path: 0 for leaf in free_cells(cls)} | dict(free)
    if hasattr(cls, "column_class"):
        _settle_applications(cls, values)
    else:
        _settle_totals(cls, values)
    return assemble(cls, values)


def _settle_applications(cls: Any, values: dict[str, int]) -> None:
    columns = [field.name for field in attrs.fields(cls)]
    found = rows(cls)
    outcomes = [leaf.path for leaf in found if leaf.specs[0].under and leaf.path not in _DERIVED_ROWS]
    for column in columns:
        if column == _TOTAL:
            continue
        concluded = sum(values[f"{column}.{row}"] for row in outcomes)
        handled = concluded + values[f"{column}.carried_out"]
        values[f"{column}.carried_in"] = min(values[f"{column}.carried_in"], handled)
        values[f"{column}.concluded"] = concluded
        values[f"{column}.received"] = handled - values[f"{column}.carried_in"]
    for leaf in found:
        values[f"{_TOTAL}.{leaf.path}"] = sum(values[f"{column}.{leaf.path}"] for column in columns if column != _TOTAL)


def _settle_totals(cls: type[Any], values: dict[str, int]) -> None:
    for leaf in leaves(cls):
        block, _, name = leaf.path.rpartition(".")
        if name == _TOTAL:
            values[leaf.path] = sum(
                values[other.path] for other in free_cells(cls) if other.path.startswith(f"{block}.")
            )
