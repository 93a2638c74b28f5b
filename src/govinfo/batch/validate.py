"""Linear rules on a stream of record batches: what does not hold, with whichever engine is quickest."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypedDict, Unpack

import numpy as np
import pyarrow as pa

from govinfo.api import refuse_unknown, rule_sets_by_name, with_rule_files
from govinfo.batch.flow import parts_of, reader_of, results
from govinfo.batch.form import Classes, fail, require
from govinfo.batch.identity import Unique
from govinfo.batch.job import Job
from govinfo.batch.scope import Scope, Sets
from govinfo.batch.violations import FIELDS, Words, Writer
from govinfo.engines.block import FAILED, Found, Ints, Kernel
from govinfo.engines.program import compile_program
from govinfo.hookspecs import Engine
from govinfo.plugins import Plugins, default_plugins
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule
from govinfo.schema import TABLES

__all__ = ["AUTO", "Options", "stream", "validate", "watched"]

AUTO = "auto"


class Options(TypedDict, total=False):
    """What can be chosen, by name."""

    rules: Sequence[str | os.PathLike[str]] | None
    """Names of rule sets, or TOML files of rules, to apply, and no others; by default those for everywhere and, where
    the table has a column ``publisher.region_code``, those of each report's region."""
    select: Sequence[str]
    """Rule codes or their beginnings; others are left out."""
    ignore: Sequence[str]
    """Rule codes or their beginnings to leave out."""
    undecided: bool
    """Also list relations that could not be judged for want of figures; by default so."""
    unique: Sequence[str] | None
    """Columns that together must tell every report apart; by default ``id``, where there is such a column."""
    threads: int
    """How many parts of the data are judged at the same time; by default 1."""
    engine: str
    """``auto`` for the quickest that is installed, ``numpy``, ``compiled``; by default ``auto``."""
    plugins: Plugins | None
    """What is installed, by default everything found."""


def validate(data: Any, **options: Unpack[Options]) -> pa.Table:
    """Judge every report of a table by the linear rules and return what does not hold.

    Args:
        data: a table, record batch or reader of pyarrow, or whatever has ``__arrow_c_stream__`` (polars, DuckDB,
            pandas), with a column for each cell named by its canonical path (integers; sums of money as decimals in
            the unit of the cell), or in the packed form. Other columns are carried along and tell reports apart; string
            columns ``editions.disclosure`` and ``editions.applications`` say which edition a report's tables have.
        options: ``rules``, ``select``, ``ignore``, ``undecided``, ``unique``, ``threads``, ``engine``, ``plugins``:
            see `Options`.

    Returns:
        A row for each relation that fails or is undecided, by report and rule: the columns carried along, then
        ``code``, ``severity``, ``binding``, ``column``, ``row``, ``status`` (``failed`` or ``undecided``), ``left``,
        ``right`` and ``difference`` (null where a cell is missing).

    Raises:
        BatchError: the table is not what it should be: names the column, and the row from 1.
        GovinfoError: no such rule set, rule or engine.
    """
    return stream(data, **options).read_all()


def stream(data: Any, **options: Unpack[Options]) -> pa.RecordBatchReader:
    """Return the same as `validate` as a stream, which takes in data as it is read.

    Memory does not grow with the data. Errors in the data are raised while the stream is read, and reach the reader as
    they are. Arguments are those of `validate`.
    """
    return watched(data, None, **options)


def watched(
    data: Any,
    watch: Callable[[int, int], object] | None,
    *,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    undecided: bool = True,
    unique: Sequence[str] | None = None,
    threads: int = 1,
    engine: str = AUTO,
    plugins: Plugins | None = None,
) -> pa.RecordBatchReader:
    """Do what `stream` does, and tell ``watch`` of every part how many reports it has and how many of them fail."""
    plugins, names = with_rule_files(plugins or default_plugins(), rules)
    reader = reader_of(data)
    refuse_unknown(plugins, names or (), (*select, *ignore))
    scope = Scope(rule_sets_by_name(plugins, names), reader.schema, named=names is not None)
    job = _Validation(reader.schema, scope, (select, ignore), _engines(plugins, engine), plugins, undecided)
    return results(job, parts_of(reader, Unique(reader.schema, unique), job.rows), threads, watch)


def _engines(plugins: Plugins, name: str) -> Sequence[Engine]:
    """Return the engines that may be used, the one to take first."""
    known = plugins.engines
    if name == AUTO:
        return tuple(known.values())
    if name not in known:
        names = ", ".join([AUTO, *known])
        fail(f"没有名为“{name}”的引擎（可用：{names}）", f"no engine {name!r} (known: {names})")
    return (known[name],)


class _Rules:
    """The rules for reports whose tables have certain classes, ready to run in any thread."""

    def __init__(
        self,
        rules: Sequence[LinearRule],
        classes: Classes,
        engines: Sequence[Engine],
        plugins: Plugins,
        *,
        packed: bool,
    ) -> None:
        tables = dict(zip(TABLES, classes, strict=True))
        self.program = compile_program(rules, tables, plugins.editions)
        self._engine = engines[0]
        lean = compile_program(rules, tables, plugins.editions, lean=True)
        # over the few cells of a region's rules an engine that takes no more is quicker than any over all
        few = 2 * len(lean.cells) < len(self.program.cells)
        fit = [engine for engine in engines if engine.lean] if not packed else []
        if fit and (few or self._engine.lean):
            self.program, self._engine = lean, fit[0]
        self.needed = np.zeros(len(self.program.cells), np.bool_)
        self.needed[sorted(self.program.spoken_of)] = True
        self._local = threading.local()

    @property
    def kernel(self) -> Kernel:
        """This thread's kernel."""
        if not hasattr(self._local, "kernel"):
            self._local.kernel = self._engine.kernel(self.program)
        kernel: Kernel = self._local.kernel
        return kernel

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The code of a rule that speaks of each cell."""
        cells = self.program.cells
        spoken = ((cells[i], one.rule.code) for one in self.program.instances for i in one.spoken_of)
        return dict(reversed(list(spoken)))


class _Validation(Job[tuple[_Rules, Writer]]):
    """Finds what does not hold."""

    together = False

    def __init__(
        self,
        schema: pa.Schema,
        scope: Scope,
        codes: tuple[Sequence[str], Sequence[str]],
        engines: Sequence[Engine],
        plugins: Plugins,
        undecided: bool,
    ) -> None:
        super().__init__(schema, FIELDS, plugins, scope)
        self._codes, self._engines, self._undecided = codes, engines, undecided
        self._words = Words()
        self.check()

    def prepare(self, classes: Classes, sets: Sets) -> tuple[_Rules, Writer]:
        rules = [rule for rule in choose(sets, *self._codes) if isinstance(rule, LinearRule)]
        made = _Rules(rules, classes, self._engines, self.plugins, packed=self.packed)
        if not self.packed:
            spoken = [path for path, needed in zip(made.program.cells, made.needed, strict=True) if needed]
            require(spoken, self.names, made.codes)
        return made, Writer(made.program, self.schema, self._words)

    def columns(self, prepared: tuple[_Rules, Writer]) -> list[str]:
        rules, _ = prepared
        return [rules.program.cells[i] for i in np.flatnonzero(rules.needed).tolist()]

    def judge(
        self,
        prepared: tuple[_Rules, Writer],
        batch: pa.RecordBatch,
        identity: pa.RecordBatch | None,
        numbers: Sequence[int],
    ) -> tuple[pa.RecordBatch, Ints, Ints]:
        rules, writer = prepared
        blocks = self.blocks(batch, rules.program, rules.needed, numbers)
        found = Found.joined([rules.kernel(block).moved(start) for start, block in blocks])
        failing = np.unique(found.report[found.status == FAILED])
        if not self._undecided:
            found = found.take(found.status == FAILED)
        return writer(found, identity, numbers), found.report, failing
