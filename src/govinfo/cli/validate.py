"""What ``govinfo validate`` does: linear rules on a file of many reports."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import click

from govinfo.api import with_rule_files
from govinfo.cli.commands import CLEAN, FOUND, load
from govinfo.cli.console import say
from govinfo.errors import GovinfoError
from govinfo.extras import need
from govinfo.findings import Severity, Status
from govinfo.rules.catalogue import Catalogue
from govinfo.text import Language, Text

__all__ = ["validate"]


def validate(
    *,
    path: str,
    output: str | None,
    format: str | None,
    rules: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    failed_only: bool,
    ids: Sequence[str],
    threads: int,
    engine: str,
    lang: Language,
) -> int:
    """Validate a file, write what does not hold, and say how much it is."""
    need("arrow", "numpy", "pyarrow")
    from govinfo.batch.files import format_of, open_table, write_rows
    from govinfo.batch.validate import watched

    loaded, names = with_rule_files(load(lang), rules or None)
    chosen = format_of(output, format)
    if chosen == "parquet" and output is None:
        raise GovinfoError(Text("此格式不能在屏幕显示，请用 --output", "this format is not for a screen: use --output"))
    tally = _Tally()
    with open_table(path, editions=loaded.editions) as (reader, total), _Progress(total, lang) as progress:
        found = watched(
            reader,
            progress.add,
            rules=names,
            select=select,
            ignore=ignore,
            unique=ids or None,
            undecided=not failed_only,
            threads=threads,
            engine=engine,
            plugins=loaded,
        )
        rows = tally.counted(found)
        if chosen is None:
            for _ in rows:
                pass
        else:
            write_rows(rows, found.schema, output if output is not None else sys.stdout.buffer, chosen)
    said = list(_summary(path, tally, progress, loaded.catalogue, lang))
    if chosen is not None and output is None:
        sys.stdout.flush()
        sys.stderr.write("".join(line + "\n" for line in said))
    else:
        say(said)
    return FOUND if tally.errors else CLEAN


class _Tally:
    """Counts violations by rule as record batches of them go by."""

    def __init__(self) -> None:
        self.by_rule: Counter[tuple[str, str]] = Counter()
        self.errors = 0

    def counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for batch in rows:
            several = zip(*(batch.column(name).to_pylist() for name in ("code", "status", "severity")), strict=True)
            for (code, status, severity), n in Counter(several).items():
                self.by_rule[code, status] += n
                if status == Status.FAILED.value and severity == Severity.ERROR.value:
                    self.errors += n
            yield batch


class _Progress:
    """Counts reports, and shows on a terminal how far it is: a bar where the file says how many there are."""

    def __init__(self, total: int | None, lang: Language) -> None:
        self.reports = self.failing = 0
        self.seconds = 0.0
        self._start = time.perf_counter()
        self._label = Text("核对", "validating").render(lang)
        self._shown = sys.stderr.isatty()
        self._bar: Any = None
        if total is not None and self._shown:
            self._bar = click.progressbar(length=total, label=self._label, file=sys.stderr, show_pos=True)

    def __enter__(self) -> _Progress:
        if self._bar is not None:
            self._bar.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self.seconds = time.perf_counter() - self._start
        if self._bar is not None:
            self._bar.__exit__(*error)
        elif self._shown:
            sys.stderr.write("\n")

    def add(self, reports: int, failing: int) -> None:
        """Take note of so many more reports."""
        self.reports += reports
        self.failing += failing
        if self._bar is not None:
            self._bar.update(reports)
        elif self._shown:
            rate = self.reports / max(time.perf_counter() - self._start, 1e-9)
            sys.stderr.write(f"\r{self._label}  {self.reports:,}  × {self.failing:,}  {rate:,.0f}/s ")
            sys.stderr.flush()


def _summary(path: str, tally: _Tally, progress: _Progress, catalogue: Catalogue, lang: Language) -> Iterator[str]:
    reports, failing = progress.reports, progress.failing
    mark = "×" if failing else "√"
    rate = f"{reports / progress.seconds:,.0f}" if progress.seconds else "–"
    said = Text(
        f"{mark} {path}    {reports} 份报告，{failing} 份有不成立的关系（每秒 {rate} 份）",
        f"{mark} {path}    {reports} reports, {failing} with relations that do not hold ({rate} a second)",
    )
    yield said.render(lang)
    for code in sorted({code for code, _ in tally.by_rule}):
        rule = catalogue[code]
        failed, undecided = (tally.by_rule[code, status.value] for status in (Status.FAILED, Status.UNDECIDED))
        counts = Text(f"不成立 {failed}，无法判断 {undecided}", f"failed {failed}, undecided {undecided}").render(lang)
        yield f"  {rule.severity.text.render(lang)} {code}  {counts}    {rule.title.render(lang)}"
