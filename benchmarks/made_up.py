"""Made-up reports of edition 2021 by the hundred thousand, as NumPy matrices, Arrow tables and JSON.

Cells and equations come from the schema and the national rules. Free cells are drawn, mostly zeros; totals follow from
them, so that every balance equation holds. Then one cell of tables 3 and 4 is made wrong in some reports, and cells
are blanked out. The same arguments always give the same reports.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache, reduce
from operator import getitem
from typing import Any

import attrs
import numpy as np
import pyarrow as pa

from govinfo.rules.model import LinearRule, RuleSet
from govinfo.rules.national import NATIONAL
from govinfo.rules.rows import MONEY_PLACES, Row, compile_rule
from govinfo.schema import TABLES, Kind, Missing, Publisher, Report, Value, assemble, report_leaves
from govinfo.schema.convert import to_json
from govinfo.schema.paths import tables_of
from govinfo.testing.figures import free_cells

__all__ = [
    "AMOUNTS",
    "COUNTS",
    "LINEAR",
    "Array",
    "MadeUp",
    "columnar",
    "from_packed",
    "make",
    "packed",
    "records",
    "report_of",
]
__all__ += ["rows_of_rules", "values_of"]

Array = np.ndarray[Any, Any]

_LEAVES = report_leaves(Report())
COUNTS = tuple(leaf.path for leaf in _LEAVES if leaf.kind is not Kind.AMOUNT)
AMOUNTS = tuple(leaf.path for leaf in _LEAVES if leaf.kind is Kind.AMOUNT)
_COUNT = {path: i for i, path in enumerate(COUNTS)}
_AMOUNT = {path: i for i, path in enumerate(AMOUNTS)}

LINEAR = attrs.evolve(NATIONAL, rules=tuple(rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)))
"""The linear rules of the national set: what every engine and every peer is measured on."""

WRONG, BLANK, SCATTERED = 0.03, 0.05, 0.05
"""Share of reports with a wrong cell, of reports with blank cells, of blank cells where all reports have some."""
MOST_BLANKS = 12
_STEP = 20_000
# share of the reports, share of their free cells that are not zero, the largest figure
_PROFILES = ((0.70, 0.04, 30), (0.25, 0.20, 400), (0.05, 0.90, 20_000))


@attrs.frozen(eq=False)
class MadeUp:
    """Reports as matrices, one report a line, cells in the order of the form."""

    counts: Array
    """int32, one column per `COUNTS`."""
    amounts: Array
    """int64, one column per `AMOUNTS`, in millionths of the cell's unit."""
    blank: Array | None = None
    """bool, True where a cell is blank, columns of both; None where no cell is."""

    def __len__(self) -> int:
        return len(self.counts)

    def first(self, reports: int) -> MadeUp:
        """Return the first reports."""
        blank = None if self.blank is None else self.blank[:reports]
        return MadeUp(self.counts[:reports], self.amounts[:reports], blank)


@lru_cache(maxsize=4)
def rows_of_rules(rules: RuleSet = LINEAR) -> tuple[tuple[str, Row], ...]:
    """Return every instance of the linear rules, with the code of its rule."""
    classes = tables_of(Report())
    return tuple(
        (rule.code, row) for rule in rules.rules if isinstance(rule, LinearRule) for row in compile_rule(rule, classes)
    )


def make(reports: int, kind: str = "complete", seed: int = 2021) -> MadeUp:
    """Make reports.

    Args:
        reports: how many.
        kind: ``complete``; ``blanks``, where 5 % of the reports have 1 to 12 blank cells; ``scattered``, where every
            report has about 5 % of its cells blank. The figures are the same in all three.
        seed: any whole number.
    """
    parts = [_part(min(_STEP, reports - at), seed + at) for at in range(0, reports, _STEP)]
    counts, amounts = (np.concatenate(some) for some in zip(*parts, strict=True))
    if kind == "complete":
        return MadeUp(counts, amounts)
    rng = np.random.default_rng(seed + 1)
    width = len(COUNTS) + len(AMOUNTS)
    if kind == "scattered":
        return MadeUp(counts, amounts, rng.random((reports, width), dtype=np.float32) < SCATTERED)
    blank = np.zeros((reports, width), dtype=bool)
    for report in rng.choice(reports, int(reports * BLANK), replace=False):
        blank[report, rng.choice(width, rng.integers(1, MOST_BLANKS + 1), replace=False)] = True
    return MadeUp(counts, amounts, blank)


@lru_cache(maxsize=1)
def _solution() -> tuple[list[int], list[int], Array]:
    """Return the columns of the free cells, of those that follow from them, and the matrix from one to the other."""
    tables = tables_of(Report())
    free = [_COUNT[path] for t in TABLES for leaf in free_cells(tables[t]) if (path := f"{t}.{leaf.path}") in _COUNT]
    known = {column: np.eye(len(free))[i] for i, column in enumerate(free)}
    equations = [{_COUNT[path]: c for path, c in row.terms} for _, row in rows_of_rules() if row.exact and not row.unit]
    while len(known) < len(COUNTS):
        for terms in equations:
            unknown = [column for column in terms if column not in known]
            if len(unknown) == 1:
                others = [c * known[column] for column, c in terms.items() if column in known]
                known[unknown[0]] = np.sum(others, axis=0) / -terms[unknown[0]]
    derived = [column for column in known if column not in set(free)]
    return free, derived, np.stack([known[column] for column in derived], axis=1)


def _part(reports: int, seed: int) -> tuple[Array, Array]:
    rng = np.random.default_rng(seed)
    shares, fullness, largest = np.array(_PROFILES).T
    profile = rng.choice(len(_PROFILES), reports, p=shares)[:, None]
    free, derived, follow = _solution()
    drawn = np.ceil(rng.random((reports, len(free))) ** 2 * largest[profile])
    drawn[rng.random((reports, len(free))) >= fullness[profile]] = 0
    least = (drawn @ follow).min(axis=1)
    # what is carried in from last year cannot be more than what was handled
    drawn[np.ix_(least < 0, follow.min(axis=1) < 0)] = 0
    counts = np.zeros((reports, len(COUNTS)), dtype=np.int32)
    counts[:, free] = drawn
    counts[:, derived] = np.rint(drawn @ follow)
    cents = np.rint(rng.random((reports, len(AMOUNTS))) * largest[profile] * 100).astype(np.int64)
    cents[rng.random((reports, len(AMOUNTS))) >= fullness[profile]] = 0
    amounts = cents * np.array([1 if leaf.spec.unit == "万元" else 10_000 for leaf in _LEAVES if leaf.path in _AMOUNT])
    _make_plausible(counts, amounts)
    _make_wrong(rng, counts)
    return counts, amounts


def _make_plausible(counts: Array, amounts: Array) -> None:
    """Let the inequalities between cells hold too: fees received and charged, unpaid fees and charging notices."""
    for _, row in rows_of_rules():
        if row.when is not None:
            (cell, _), (condition, _) = row.terms[0], row.when.terms[0]
            counts[:, _COUNT[cell]] = np.maximum(counts[:, _COUNT[cell]], counts[:, _COUNT[condition]])
        elif row.unit and len(row.terms) == 2:
            less, more = (_AMOUNT[path] for path, _ in sorted(row.terms, key=lambda term: -term[1]))
            amounts[:, less] = np.minimum(amounts[:, less], amounts[:, more])


def _make_wrong(rng: np.random.Generator, counts: Array) -> None:
    """Put a wrong number, now and then a negative one, into one cell of tables 3 and 4 of some reports."""
    columns = [i for path, i in _COUNT.items() if path.partition(".")[0] in TABLES[1:3]]
    reports = rng.choice(len(counts), int(len(counts) * WRONG), replace=False)
    cells = rng.choice(columns, len(reports))
    off = rng.integers(1, 20, len(reports))
    negative = rng.random(len(reports)) < 0.1
    counts[reports, cells] = np.where(negative, -off, counts[reports, cells] + off)


def _validity(blank: Array | None) -> pa.Buffer | None:
    return None if blank is None else pa.py_buffer(np.packbits(~blank.ravel(), bitorder="little"))


def _integers(values: Array, blank: Array | None) -> pa.Array:
    flat = np.ascontiguousarray(values).ravel()
    return pa.Array.from_buffers(pa.from_numpy_dtype(flat.dtype), len(flat), [_validity(blank), pa.py_buffer(flat)])


def packed(data: MadeUp) -> pa.Table:
    """Return the packed form: ``id``, ``counts`` and ``amounts`` as lists of fixed size, without copying the counts."""
    counts = amounts = None
    if data.blank is not None:
        counts, amounts = data.blank[:, : len(COUNTS)], data.blank[:, len(COUNTS) :]
    columns = {
        "id": pa.array(np.arange(len(data))),
        "counts": pa.FixedSizeListArray.from_arrays(_integers(data.counts, counts), len(COUNTS)),
        "amounts": pa.FixedSizeListArray.from_arrays(_integers(data.amounts, amounts), len(AMOUNTS)),
    }
    return pa.table(columns)


def from_packed(table: pa.Table) -> MadeUp:
    """Return the reports of a packed table; no copy where it is in one piece."""
    counts, amounts = (table[name].combine_chunks() for name in ("counts", "amounts"))
    if isinstance(counts, pa.ChunkedArray):
        counts, amounts = (pa.concat_arrays(some.chunks) for some in (counts, amounts))
    blank = None
    if counts.flatten().null_count or amounts.flatten().null_count:
        nulls = [
            some.flatten().is_null().to_numpy(zero_copy_only=False).reshape(len(table), -1)
            for some in (counts, amounts)
        ]
        blank = np.concatenate(nulls, axis=1)
    figures = [np.asarray(_figures(some.flatten())).reshape(len(table), -1) for some in (counts, amounts)]
    return MadeUp(figures[0], figures[1], blank)


def _figures(array: pa.Array) -> Array:
    kind = array.type.to_pandas_dtype()
    return np.frombuffer(array.buffers()[1], dtype=kind)[array.offset : array.offset + len(array)]


def columnar(data: MadeUp) -> pa.Table:
    """Return the columnar form: ``id``, one int64 column per count, one decimal column per sum of money."""
    columns: dict[str, Any] = {"id": pa.array(np.arange(len(data)))}
    for i, path in enumerate(COUNTS):
        blank = None if data.blank is None else data.blank[:, i]
        columns[path] = _integers(data.counts[:, i].astype(np.int64), blank)
    for i, path in enumerate(AMOUNTS):
        blank = None if data.blank is None else data.blank[:, len(COUNTS) + i]
        wide = np.stack([data.amounts[:, i], data.amounts[:, i] >> 63], axis=1)  # 128 bits, the lower half first
        kind = pa.decimal128(18, MONEY_PLACES)
        columns[path] = pa.Array.from_buffers(kind, len(data), [_validity(blank), pa.py_buffer(wide)])
    return pa.table(columns)


def values_of(data: MadeUp, i: int) -> dict[str, Value]:
    """Return ``{path: value}`` of one report, in the order of the form."""
    counts, amounts = data.counts[i].tolist(), data.amounts[i].tolist()
    values: dict[str, Value] = dict(zip(COUNTS, counts, strict=True))
    values |= {path: Decimal(n).scaleb(-MONEY_PLACES) for path, n in zip(AMOUNTS, amounts, strict=True)}
    if data.blank is not None:
        names = COUNTS + AMOUNTS
        values |= {names[j]: Missing.BLANK for j in np.flatnonzero(data.blank[i])}
    return {leaf.path: values[leaf.path] for leaf in _LEAVES}


def report_of(data: MadeUp, i: int) -> Report:
    """Return one report as an object."""
    values = values_of(data, i)
    tables: dict[str, Any] = {table: assemble(cls, values, f"{table}.") for table, cls in tables_of(Report()).items()}
    return Report(year=_year(i), publisher=Publisher(_publisher(i)), **tables)


def records(data: MadeUp) -> Iterator[dict[str, Any]]:
    """Yield reports as JSON values, without prose, just as ``to_json`` gives them, several times as fast."""
    kept = marshal.dumps(to_json(report_of(data, 0)))
    blocks: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for leaf in _LEAVES:
        *steps, name = leaf.path.split(".")
        blocks.setdefault(tuple(steps), []).append((name, leaf.path))
    names = COUNTS + AMOUNTS
    for i in range(len(data)):
        values = {path: _plain(value) for path, value in values_of(data, i).items()}
        record = marshal.loads(kept)  # noqa: S302 - our own
        record |= {"year": _year(i), "publisher": {**record["publisher"], "name": _publisher(i)}}
        for block, cells in blocks.items():
            reduce(getitem, block, record).update([(name, values[path]) for name, path in cells])
        blank = () if data.blank is None else np.flatnonzero(data.blank[i])
        gone = {names[j] for j in blank}
        record["missing"] = {leaf.path: Missing.BLANK.value for leaf in _LEAVES if leaf.path in gone} if gone else {}
        yield record


def _plain(value: Value) -> int | str | None:
    return None if isinstance(value, Missing) else format(value, "f") if isinstance(value, Decimal) else value


def _year(i: int) -> int:
    return 2021 + i % 5


def _publisher(i: int) -> str:
    return f"某市第{i}局"
