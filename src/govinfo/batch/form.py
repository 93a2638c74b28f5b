"""The columnar form: which columns hold cells, in which edition of the form, and which tell reports apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, NoReturn

import pyarrow as pa

from govinfo.engines.program import cell_paths
from govinfo.errors import GovinfoError
from govinfo.rules.vocabulary import Editions
from govinfo.schema import TABLES, Report
from govinfo.schema.paths import tables_of
from govinfo.text import Text

__all__ = ["AMOUNT", "COUNT", "EDITIONED", "MISSING", "BatchError", "Classes", "choose_classes", "edition_column"]
__all__ += ["fail", "identity_of", "in_form_order", "known_paths", "require"]

COUNT, AMOUNT = pa.int64(), pa.decimal128(18, 6)
EDITIONED = ("disclosure", "applications")
"""The tables that come in editions."""
MISSING = "missing"
"""The column that says why cells are missing, where a table has it: a map from path to reason."""
CURRENT = tables_of(Report())
_SHOWN = 5

Classes = tuple[type[Any], ...]
"""The classes of a report's `TABLES`."""


class BatchError(GovinfoError):
    """A table cannot be validated; says which column, and which row from 1, is wrong."""


def fail(zh: str, en: str) -> NoReturn:
    """Raise a `BatchError`."""
    raise BatchError(Text(zh, en))


def edition_column(table: str) -> str:
    """Return the name of the column that says which edition a report's table has."""
    return f"editions.{table}"


def known_paths(editions: Editions) -> frozenset[str]:
    """Return the paths of every cell in any edition."""
    return frozenset(path for classes in _combinations(editions) for paths in cell_paths(classes) for path in paths)


def _combinations(editions: Editions) -> Iterator[Classes]:
    for table, forms in editions.items():
        for form in forms.values():
            yield tuple({**CURRENT, table: form}.values())


def identity_of(names: Iterable[str], editions: Editions) -> list[str]:
    """Return the columns that hold no cells: they are carried along.

    Raises:
        BatchError: a column is named like a cell that no edition has.
    """
    known = known_paths(editions)
    found = []
    for name in names:
        if name in known or name == MISSING:
            continue
        if name.partition(".")[0] in TABLES and not name.endswith("_unit"):
            near = ", ".join(get_close_matches(name, sorted(known), 3))
            fail(
                f"列“{name}”不是任何版本表式的数据格" + (f"（相近：{near}）" if near else ""),
                f"column {name!r} is no cell of any edition of the form" + (f" (near: {near})" if near else ""),
            )
        if not name.endswith("_unit"):
            found.append(name)
    return found


def choose_classes(names: Sequence[str], editions: Editions) -> Classes:
    """Return the classes whose cells the columns are, where no column says the edition of a table.

    Raises:
        BatchError: the columns are those of several editions.
    """
    chosen: dict[str, type[Any]] = dict(CURRENT)
    there = set(names)
    for table in EDITIONED:
        own = {name: set(_paths(table, form)) for name, form in editions[table].items()}
        complete = [name for name, paths in own.items() if paths <= there]
        complete = [name for name in complete if not any(own[name] < own[other] for other in complete)]
        if len(complete) > 1:
            several = ", ".join(complete)
            fail(
                f"表中有 {table} 多个版本的列（{several}）：请加一列“{edition_column(table)}”写明每份报告的版本",
                f"there are columns of several editions of {table} ({several}): add a column "
                f"{edition_column(table)!r} that says which one a report has",
            )
        present = {name: len(paths & there) for name, paths in own.items()}
        current = CURRENT[table].edition
        best = max(present, key=lambda name: (present[name], name == current))
        chosen[table] = editions[table][complete[0] if complete else best]
    return tuple(chosen.values())


def _paths(table: str, form: type[Any]) -> Iterator[str]:
    classes = tuple({**CURRENT, table: form}.values())
    return (path for paths in cell_paths(classes) for path in paths if path.startswith(f"{table}."))


def in_form_order(paths: Iterable[str]) -> list[str]:
    """Return cells, those of a table in the order of the form, table by table."""
    several = list(paths)
    return [path for table in TABLES for path in several if path.startswith(f"{table}.")]


def require(needed: Iterable[str], names: Iterable[str], rules: Mapping[str, str]) -> None:
    """Make sure that every cell the rules speak of has a column.

    Args:
        needed: the cells, in the order of the form.
        names: the columns there are.
        rules: the code of a rule that speaks of each cell.

    Raises:
        BatchError: naming the columns that are not there.
    """
    there = set(names)
    gone = [path for path in needed if path not in there]
    if not gone:
        return
    some, more = ", ".join(gone[:_SHOWN]), len(gone) - _SHOWN
    codes = ", ".join(sorted({rules[path] for path in gone}))
    near = ", ".join(dict.fromkeys(match for path in gone[:_SHOWN] for match in get_close_matches(path, there, 1, 0.8)))
    fail(
        f"缺少列：{some}"
        + (f" 等 {len(gone)} 列" if more > 0 else "")
        + f"（规则 {codes} 需要）"
        + (f"；相近的列：{near}" if near else "")
        + "。可用 select 只选不需要这些列的规则",
        f"missing columns: {some}"
        + (f" and {more} more" if more > 0 else "")
        + f" (needed by {codes})"
        + (f"; columns with similar names: {near}" if near else "")
        + ". Choose rules that do not need them with select",
    )
