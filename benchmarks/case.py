"""What is measured: a case, the job it gets ready, where its data lie, and the violations it must find."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import attrs
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.made_up import Array, MadeUp, columnar, from_packed, make, packed, records, rows_of_rules, values_of
from govinfo.engines.linear import verdict
from govinfo.findings import Status

__all__ = ["NDJSON_REPORTS", "Case", "Failure", "Job", "Source", "agreement", "store"]

Failure = tuple[int, str, str, str]
"""Report, code of the rule, what its templates stand for, status."""

NDJSON_REPORTS = 20_000
"""A report is 5 kB of JSON: not all of them are written out."""
_SAMPLE = 2_000


@attrs.frozen
class Source:
    """Where a case finds its data."""

    folder: Path
    kind: str
    """``complete``, ``blanks`` or ``scattered``."""
    reports: int
    """How many of them the case takes."""

    def path(self, ending: str) -> Path:
        """Return a file of all reports: ``arrow`` (packed), ``parquet`` (columnar), ``ndjson`` (nested)."""
        return self.folder / f"{self.kind}.{ending}"

    def data(self) -> MadeUp:
        """Read the reports into memory."""
        with pa.OSFile(str(self.path("arrow"))) as file, pa.ipc.open_file(file) as reader:
            return from_packed(reader.read_all()).first(self.reports)

    def records(self) -> list[dict[str, Any]]:
        """Return the reports as decoded JSON."""
        return list(records(self.data()))


@attrs.frozen
class Job:
    """Something ready to run."""

    run: Callable[[], Any]
    """What is timed; it returns what `failures` takes."""
    reports: int
    failures: Callable[[Any], Iterable[Failure]] | None = None
    """Turns what `run` returned into plain tuples; not timed. None where it lists nothing."""
    remark: str = "structure only"
    """What to say where it lists nothing."""


@attrs.frozen
class Case:
    """One line of the table."""

    key: str
    title: str
    prepare: str
    """Module and function, as ``benchmarks.ours:batch``; called with a `Source` and the options."""
    needs: tuple[str, ...] = ()
    """Modules without which the case is left out."""
    reports: int | None = None
    """At most so many reports; None for all."""
    data: str = "complete"
    cores: int = 1
    options: Mapping[str, Any] = attrs.field(factory=dict)
    mapped: bool = False
    """Whether it maps files: pages of the file are not counted as its memory."""


def store(folder: Path, reports: int, kinds: Iterable[str]) -> None:
    """Make reports and write what the cases read, with the violations the definition finds."""
    folder.mkdir(parents=True, exist_ok=True)
    for kind in kinds:
        data = make(reports, kind)
        table, source = packed(data), Source(folder, kind, reports)
        with pa.OSFile(str(source.path("arrow")), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)
        pq.write_table(columnar(data), source.path("parquet"), row_group_size=20_000)
        if kind == "complete":
            with source.path("ndjson").open("w", encoding="utf-8") as lines:
                for record in records(data.first(NDJSON_REPORTS)):
                    lines.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
        expected = {"below": _judged(data), "violations": list(_definition(data))}
        source.path("expected.json").write_text(json.dumps(expected), encoding="utf-8")


def _judged(data: MadeUp) -> int:
    """Return up to which report the definition's list is complete."""
    return min(len(data), _SAMPLE) if data.blank is not None and data.blank.any(axis=1).mean() > 0.5 else len(data)


def _definition(data: MadeUp) -> Iterable[Failure]:
    """Yield what the definition says of every report that may have something wrong.

    It takes a quarter of a millisecond for a report: those that were made without a fault and without blanks are left
    out beyond the first, once plain sums have confirmed that their equations hold.
    """
    rows = rows_of_rules()
    doubtful: Array = np.zeros(len(data), dtype=bool)
    if data.blank is not None:
        doubtful |= data.blank.any(axis=1)
    doubtful[:_SAMPLE] = True
    doubtful |= (data.counts < 0).any(axis=1) | (data.amounts < 0).any(axis=1)
    names = {path: i for i, path in enumerate(columnar(data.first(1)).column_names[1:])}
    figures = np.concatenate([data.counts, data.amounts], axis=1)
    for _, row in rows:
        if len(row.terms) > 1:
            total = sum(c * figures[:, names[path]] for path, c in row.terms)
            if row.low is not None:
                doubtful |= total < int(row.low)
            if row.high is not None:
                doubtful |= total > int(row.high)
        elif row.when is not None:  # the one conditional rule
            doubtful |= (figures[:, names[row.when.terms[0][0]]] > 0) & (figures[:, names[row.terms[0][0]]] < 1)
    for i in np.flatnonzero(doubtful[: _judged(data)]).tolist():
        values = values_of(data, i)
        for code, row in rows:
            status = verdict(row, values)
            if status in (Status.FAILED, Status.UNDECIDED):
                yield i, code, row.binding, status.value


def agreement(source: Source, job: Job, result: Any) -> str:
    """Say how the violations a job found compare with the definition's."""
    if job.failures is None:
        return job.remark
    expected = json.loads(source.path("expected.json").read_text(encoding="utf-8"))
    below = min(expected["below"], job.reports)
    wanted = {(i, *rest) for i, *rest in expected["violations"] if i < below}
    listed = [failure for failure in job.failures(result) if failure[0] < below]
    found = set(listed)
    if len(found) < len(listed):
        return f"WRONG: {len(listed) - len(found)} listed twice"
    if found - wanted:
        return f"WRONG: {len(found - wanted)} that are none, such as {min(found - wanted)}"
    if found < wanted:
        return f"part of the list ({len(found):,} of {len(wanted):,})"
    return f"same list ({len(wanted):,})"
