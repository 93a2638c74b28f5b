"""Linear rules as one SQL query that lists the violations of a table of reports, for DuckDB and PostgreSQL.

The table has a column for every cell, called by its canonical path, null where there is no number. The query reads it
once: every row of a rule becomes a column that says how it came out, reports without a violation are left behind, and
only what remains is listed. Nothing in the query is of one system only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from govinfo.engines.sql_blanks import FAILED, side, status
from govinfo.errors import GovinfoError
from govinfo.rules.expression import ExpressionError
from govinfo.rules.model import LinearRule, Rule, RuleSet
from govinfo.rules.rows import LARGEST_CONSTANT, Row, Side, compile_rule
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["COLUMNS", "quote_identifier", "quote_literal", "violations_sql"]

COLUMNS = ("code", "severity", "binding", "column", "row", "status", "left", "right", "difference")
"""What the query returns after the columns of the report's identity."""

_NUMBER = "DECIMAL(38, 6)"
"""Exact in both systems for every sum a rule can make of 64-bit whole numbers and of sums of money."""
_LARGEST_SUM = 10**32
_LARGEST_CELL = 2**63
_MOST_AT_ONCE = 1000
"""Rows judged in one step: PostgreSQL has at most 1664 columns."""


def violations_sql(
    rules: Iterable[Rule | RuleSet],
    classes: Mapping[str, type[Any]],
    *,
    table: str | Sequence[str] = "reports",
    identity: Sequence[str] = ("id",),
    undecided: bool = True,
    editions: Editions = EDITIONS,
) -> str:
    """Return the query that lists every violation of the rules in a table of reports.

    Args:
        rules: rules or rule sets. Rules that are not linear are passed over: they are about more than cells.
        classes: the class of every table of the form, as `govinfo.schema.paths.tables_of` gives them. Every report of
            the table must be of these editions.
        table: the name of the table, in DuckDB also of a Parquet file. Several names are joined by dots, as in
            ``("warehouse", "reports")``; a dot within a name is part of it.
        identity: columns of the table that tell its reports apart. They come first in the result.
        undecided: whether to list what missing cells leave undecided, besides what failed.
        editions: known classes by table and edition.

    Returns:
        A query without a semicolon. After the identity it returns the `COLUMNS`: numbers are ``DECIMAL(38, 6)``, a
        side with a missing cell is null, and then the difference too. The violations are sorted by the identity, then
        stand in the order of the rules and, within a rule, of the form.

    Raises:
        GovinfoError: a rule cannot be expressed in SQL, or a name cannot be used, and why.
        ExpressionError: a rule's relation is wrong for every edition.
    """
    names = (table,) if isinstance(table, str) else tuple(table)
    source = ".".join(quote_identifier(name) for name in names)
    keys = _checked(identity)
    rows = [(rule, row) for rule in _linear(rules) for row in _compiled(rule, classes, editions)]
    aliases = {path: f"c{i}" for i, path in enumerate(dict.fromkeys(p for _, row in rows for p in _paths(row)))}
    kept = [f"i{i}" for i in range(len(keys))]
    cells = [f"CAST({quote_identifier(path)} AS {_NUMBER}) AS {alias}" for path, alias in aliases.items()]
    named = [f"{quote_identifier(key)} AS {alias}" for key, alias in zip(keys, kept, strict=True)]
    result = [f"v.{alias} AS {quote_identifier(key)}" for key, alias in zip(keys, kept, strict=True)]
    result += [_RESULTS.get(name, f"r.{quote_identifier(name)}") for name in COLUMNS]
    steps = [_step("cells", [*named, *cells] or ["1 AS nothing"], source), _instances(rows)]
    parts = [rows[i : i + _MOST_AT_ONCE] for i in range(0, len(rows), _MOST_AT_ONCE)]
    for number, part in enumerate(parts):
        steps += _judging(part, number, aliases, kept, undecided)
    compared = "\n  UNION ALL ".join(f"SELECT * FROM compared{number}" for number in range(len(parts)))  # noqa: S608
    if not parts:
        nothing = [*kept, "0 AS n", "0 AS s", f"CAST(0 AS {_NUMBER}) AS l", f"CAST(0 AS {_NUMBER}) AS r"]
        compared = f"SELECT {', '.join(nothing)} FROM cells WHERE FALSE"  # noqa: S608
    steps.append(f"violations AS (\n  {compared}\n)")
    order = ", ".join(f"v.{alias}" for alias in [*kept, "n"])
    return (
        "WITH " + ",\n".join(steps) + f"\nSELECT {', '.join(result)}\n"
        f"FROM violations AS v JOIN instances AS r ON r.n = v.n\nORDER BY {order}"
    )


_RESULTS = {
    "status": f"CASE v.s WHEN {FAILED} THEN 'failed' ELSE 'undecided' END AS \"status\"",
    "left": 'v.l AS "left"',
    "right": 'v.r AS "right"',
    "difference": f'CAST(v.l - v.r AS {_NUMBER}) AS "difference"',
}


def quote_identifier(name: str) -> str:
    """Return a name as SQL writes it, whatever characters it has.

    Raises:
        GovinfoError: it is empty or has a NUL, which no system takes.
    """
    if not name or "\0" in name:
        raise GovinfoError(Text(f"不能用作表名或列名：{name!r}", f"not a name for a table or a column: {name!r}"))
    return '"' + name.replace('"', '""') + '"'


def quote_literal(text: str | None) -> str:
    """Return a string as SQL writes it, and a typed null for None."""
    if text is None:
        return "CAST(NULL AS VARCHAR)"
    return "'" + text.replace("'", "''") + "'"


def _checked(identity: Sequence[str]) -> tuple[str, ...]:
    """Refuse names that the result would have twice; systems differ in whether they tell capitals apart."""
    seen = {name.casefold() for name in COLUMNS}
    for name in identity:
        if name.casefold() in seen:
            raise GovinfoError(
                Text(
                    f"结果中列名 {name!r} 会出现两次，请改用别的标识列",
                    f"the result would have two columns called {name!r}: choose another column to tell reports apart",
                )
            )
        seen.add(name.casefold())
    return tuple(identity)


def _linear(rules: Iterable[Rule | RuleSet]) -> Iterator[LinearRule]:
    for one in rules:
        for rule in one.rules if isinstance(one, RuleSet) else (one,):
            if isinstance(rule, LinearRule):
                yield rule


def _compiled(rule: LinearRule, classes: Mapping[str, type[Any]], editions: Editions) -> tuple[Row, ...]:
    try:
        rows = compile_rule(rule, classes, editions)
    except ExpressionError as error:
        raise error.within(Text(f"规则 {rule.code}：", f"rule {rule.code}: ")) from None
    for row in rows:
        if max(_largest(row.left) + _largest(row.right), 4 * LARGEST_CONSTANT) >= _LARGEST_SUM:
            raise GovinfoError(
                Text(
                    f"规则 {rule.code} 无法写成 SQL：系数过大，{_NUMBER} 容不下",
                    f"rule {rule.code} cannot be expressed in SQL: its coefficients are too large for {_NUMBER}",
                )
            )
    return rows


def _largest(side: Side) -> int:
    cells = sum(abs(operand.coefficient) * len(operand.cells) for operand in side.operands)
    return cells * _LARGEST_CELL + abs(side.constant)


def _paths(row: Row) -> Iterator[str]:
    yield from row.cells
    if row.when is not None:
        yield from row.when.cells


def _judging(
    rows: Sequence[tuple[LinearRule, Row]],
    number: int,
    aliases: Mapping[str, str],
    kept: Sequence[str],
    undecided: bool,
) -> Iterator[str]:
    """Yield the steps from cells to compared sides for some of the rows."""
    first = number * _MOST_AT_ONCE
    columns = [f"s{i}" for i in range(len(rows))]
    judged = [
        f"{status(row, aliases, rule.code, undecided=undecided)} AS {column}"
        for (rule, row), column in zip(rows, columns, strict=True)
    ]
    yield _step(f"judged{number}", ["*", *judged], "cells")
    yield _step(f"found{number}", ["*"], f"judged{number}\n  WHERE {_positive(columns)}")
    source = f"found{number} CROSS JOIN instances\n  WHERE instances.n BETWEEN {first} AND {first + len(rows) - 1}"
    yield _step(f"listed{number}", [f"found{number}.*", "instances.n", f"{_choice(columns, first)} AS s"], source)
    left = _choice([side(row.left, aliases) for _, row in rows], first)
    right = _choice([side(row.right, aliases) for _, row in rows], first)
    sides = [f"CAST({left} AS {_NUMBER}) AS l", f"CAST({right} AS {_NUMBER}) AS r"]
    yield _step(f"compared{number}", [*kept, "n", "s", *sides], f"listed{number}\n  WHERE s > 0")


def _positive(columns: Sequence[str]) -> str:
    """Some column is not zero; sums within sums, so that no expression becomes too deep."""
    sums = [" + ".join(columns[i : i + 50]) for i in range(0, len(columns), 50)]
    return " + ".join(f"({one})" for one in sums) + " > 0"


def _choice(expressions: Sequence[str], first: int) -> str:
    cases = "\n    ".join(f"WHEN {first + i} THEN {expression}" for i, expression in enumerate(expressions))
    return f"CASE n\n    {cases} END"


def _instances(rows: Sequence[tuple[LinearRule, Row]]) -> str:
    """Return the step that says what each row is called."""
    columns = ", ".join(quote_identifier(name) for name in COLUMNS[:5])
    said = [
        f"({i}, {', '.join(map(quote_literal, (rule.code, rule.severity.value, row.binding, *row.position)))})"
        for i, (rule, row) in enumerate(rows)
    ] or [f"(0, {', '.join([quote_literal(None)] * 5)})"]
    values = ",\n  ".join(said)
    return f"instances (n, {columns}) AS (VALUES\n  {values}\n)"


def _step(name: str, columns: Sequence[str], source: str) -> str:
    shown = ",\n    ".join(columns)
    return f"{name} AS (\n  SELECT {shown}\n  FROM {source}\n)"  # noqa: S608  # whatever comes from outside is quoted
