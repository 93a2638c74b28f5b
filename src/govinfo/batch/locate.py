"""Wrong cells of many reports at once: single cells that explain what does not hold, with their right value."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypedDict, Unpack

import attrs
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govinfo.api import refuse_unknown, rule_sets_by_name, with_rule_files
from govinfo.batch.flow import parts_of, reader_of, results
from govinfo.batch.form import Classes, require
from govinfo.batch.identity import Unique
from govinfo.batch.job import Job
from govinfo.batch.proposals import PROPOSAL_FIELDS, as_rows
from govinfo.batch.scope import Scope, Sets
from govinfo.batch.singles import Proposals, Singles
from govinfo.engines.block import Block, Ints
from govinfo.engines.program import Program, compile_program
from govinfo.engines.screen import Screen
from govinfo.plugins import Plugins, default_plugins
from govinfo.repair.system import System, system_of
from govinfo.rules.catalogue import choose
from govinfo.rules.model import LinearRule
from govinfo.schema import TABLES

__all__ = ["LocateOptions", "locate", "locate_stream", "located"]


class LocateOptions(TypedDict, total=False):
    """What can be chosen, by name."""

    rules: Sequence[str | os.PathLike[str]] | None
    """Names of rule sets, or TOML files of rules, to apply, and no others; by default those for everywhere."""
    ignore: Sequence[str]
    """Rule codes or their beginnings to leave out: an equation somebody does not believe is no evidence."""
    unique: Sequence[str] | None
    """Columns that together must tell every report apart; by default ``id``, where there is such a column."""
    threads: int
    """How many parts of the data are judged at the same time; by default 1."""
    plugins: Plugins | None
    """What is installed, by default everything found."""


def locate(data: Any, **options: Unpack[LocateOptions]) -> pa.Table:
    """Name the cells of tables of reports that are wrong, as far as one cell explains what does not hold.

    Equations that share no cell, directly or through others, are parts that are judged each on its own: table 3 is
    one, each column of table 4 is one. For every part that does not balance the cells are listed that would put all of
    it right on their own, with the value that does it.

    Args:
        data: as for `govinfo.batch.validate`.
        options: ``rules``, ``ignore``, ``unique``, ``threads``, ``plugins``: see `LocateOptions`.

    Returns:
        A row for each proposal, by report and in the order of the form: the columns carried along, then ``part``,
        ``status`` (``named``: this cell and no other; ``ambiguous``: one of ``alternatives`` cells; ``several``: no
        single cell explains it, and the row names none), ``path``, ``reported``, ``proposed`` (null where it has more
        than 64 bits), ``alternatives``, ``equations`` (how many are broken) and ``resolves`` (the codes of their rules,
        with spaces between).

    Raises:
        BatchError: the table is not what it should be: names the column, and the row from 1.
        GovinfoError: no such rule set or rule.
    """
    return locate_stream(data, **options).read_all()


def locate_stream(data: Any, **options: Unpack[LocateOptions]) -> pa.RecordBatchReader:
    """Return the same as `locate` as a stream, which takes in data as it is read.

    Memory does not grow with the data. Errors in the data are raised while the stream is read, and reach the reader as
    they are. Arguments are those of `locate`.
    """
    return located(data, None, **options)


def located(
    data: Any,
    watch: Callable[[int, int], object] | None,
    *,
    rules: Sequence[str | os.PathLike[str]] | None = None,
    ignore: Sequence[str] = (),
    unique: Sequence[str] | None = None,
    threads: int = 1,
    plugins: Plugins | None = None,
) -> pa.RecordBatchReader:
    """Do what `locate_stream` does, and tell ``watch`` how many reports it has, and how many do not balance."""
    plugins, names = with_rule_files(plugins or default_plugins(), rules)
    reader = reader_of(data)
    refuse_unknown(plugins, names or (), ignore)
    scope = Scope(rule_sets_by_name(plugins, names), reader.schema, named=names is not None)
    job = _Locating(reader.schema, scope, ignore, plugins)
    return results(job, parts_of(reader, Unique(reader.schema, unique), job.rows), threads, watch)


class _Equations:
    """The balance equations for reports whose tables have certain classes, ready to run in any thread."""

    def __init__(self, system: System, program: Program) -> None:
        self.program = program
        self.singles = Singles(system, program.counts)
        self.needed: NDArray[np.bool_] = np.isin(program.cells, system.paths)
        self._local = threading.local()

    def __call__(self, block: Block) -> Proposals:
        """Return what is proposed: most reports are certified by a cheap look."""
        return self.singles(block, self._suspects(block))

    def _suspects(self, block: Block) -> Ints:
        if not self.program.instances:
            return np.zeros(0, np.int64)
        screens = vars(self._local).setdefault("screens", {})
        kind = block.counts.dtype.type
        if kind not in screens:
            screens[kind] = Screen(self.program, kind)
        found: Ints = screens[kind](block)
        return found


class _Locating(Job[_Equations]):
    """Finds single wrong cells."""

    together = True

    def __init__(self, schema: pa.Schema, scope: Scope, ignore: Sequence[str], plugins: Plugins) -> None:
        super().__init__(schema, PROPOSAL_FIELDS, plugins, scope)
        self._ignore = ignore
        self.check()

    def prepare(self, classes: Classes, sets: Sets) -> _Equations:
        tables = dict(zip(TABLES, classes, strict=True))
        system = system_of(sets, tables, ignore=self._ignore, editions=self.plugins.editions)
        codes = {
            system.paths[cell]: equation.code
            for component in reversed(system.components)
            for equation in reversed(component.equations)
            for cell in equation.terms
        }
        made = _Equations(system, self._program(system, tables, sets))
        if not self.packed:
            require([path for path in made.program.counts if path in codes], self.names, codes)
        return made

    def _program(self, system: System, tables: Mapping[str, type[Any]], sets: Sets) -> Program:
        """Return the equations of a system as what a screen takes."""
        equations = {(one.code, one.row.binding) for part in system.components for one in part.equations}
        codes = {code for code, _ in equations}
        chosen = choose(sets, (), self._ignore)
        rules = [rule for rule in chosen if isinstance(rule, LinearRule) and rule.code in codes]
        program = compile_program(rules, tables, self.plugins.editions)
        kept = tuple(one for one in program.instances if (one.rule.code, one.row.binding) in equations)
        return attrs.evolve(program, instances=kept)

    def columns(self, prepared: _Equations) -> list[str]:
        return [prepared.program.cells[i] for i in np.flatnonzero(prepared.needed).tolist()]

    def judge(
        self, prepared: _Equations, batch: pa.RecordBatch, identity: pa.RecordBatch | None, numbers: Sequence[int]
    ) -> tuple[pa.RecordBatch, Ints, Ints]:
        blocks = self.blocks(batch, prepared.program, prepared.needed, numbers)
        found = Proposals.joined([prepared(block).moved(start) for start, block in blocks])
        rows = as_rows(found, prepared.singles.parts, prepared.program.counts, identity, numbers, self.schema)
        return rows, found.report, np.unique(found.report)
