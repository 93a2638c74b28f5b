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
    locate: bool,
    failed_only: bool,
    ids: Sequence[str],
    threads: int,
    engine: str,
    lang: Language,
) -> int:
    """Validate a file, write what does not hold or which cells are wrong, and say how much it is."""
    need("arrow", "numpy", "pyarrow")
    from govinfo.batch.files import format_of, open_table, write_rows
    from govinfo.batch.locate import located
    from govinfo.batch.validate import watched

    _refuse_together(locate, {"--select": select, "--failed-only": failed_only, "--engine": engine != "auto"})
    loaded, names = with_rule_files(load(lang), rules or None)
    chosen = format_of(output, format)
    if chosen == "parquet" and output is None:
        raise GovinfoError(Text("此格式不能在屏幕显示，请用 --output", "this format is not for a screen: use --output"))
    tally: _Tally | _Cells = _Cells() if locate else _Tally()
    with open_table(path, editions=loaded.editions) as (reader, total), _Progress(total, lang) as progress:
        if locate:
            found = located(
                reader,
                progress.add,
                rules=names,
                ignore=ignore,
                unique=ids or None,
                threads=threads,
                plugins=loaded,
            )
        else:
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
    said = [_first_line(path, progress, lang), *tally.summary(loaded.catalogue, lang)]
    if chosen is not None and output is None:
        sys.stdout.flush()
        sys.stderr.write("".join(line + "\n" for line in said))
    else:
        say(said)
    return FOUND if tally.errors else CLEAN


def _refuse_together(locate: bool, options: dict[str, object]) -> None:
    for name, given in options.items():
        if locate and given:
            raise GovinfoError(
                Text(
                    f"--locate 要看全部平衡关系，不能与 {name} 同用；不采信的规则请用 --ignore",
                    f"--locate looks at all balance equations and does not go with {name}; leave out rules you do not "
                    "believe with --ignore",
                )
            )


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

    def summary(self, catalogue: Catalogue, lang: Language) -> Iterator[str]:
        """Yield a line for each rule."""
        for code in sorted({code for code, _ in self.by_rule}):
            rule = catalogue[code]
            failed, undecided = (self.by_rule[code, status.value] for status in (Status.FAILED, Status.UNDECIDED))
            counts = Text(f"不成立 {failed}，无法判断 {undecided}", f"failed {failed}, undecided {undecided}")
            severity, title = rule.severity.text.render(lang), rule.title.render(lang)
            yield f"  {severity} {code}  {counts.render(lang)}    {title}"


class _Cells:
    """Counts what is said of wrong cells as record batches of it go by."""

    def __init__(self) -> None:
        self.errors = 0
        self._parts: Counter[str] = Counter()

    def counted(self, rows: Iterable[Any]) -> Iterator[Any]:
        for batch in rows:
            columns = (batch.column(name).to_pylist() for name in ("status", "alternatives"))
            for (status, alternatives), n in Counter(zip(*columns, strict=True)).items():
                parts = n // max(alternatives, 1)  # a part has a row for each alternative, and they come in one batch
                self._parts[status] += parts
                self.errors += parts
            yield batch

    def summary(self, _catalogue: Catalogue, lang: Language) -> Iterator[str]:
        """Yield a line for each way it came out."""
        for status, text in _FOUND.items():
            if self._parts[status]:
                yield f"  {self._parts[status]}  {text.render(lang)}"


_FOUND = {
    "named": Text("处不平衡：改一格即可，且只有这一格", "do not balance: one cell explains it, and no other"),
    "ambiguous": Text("处不平衡：改一格即可，可改的不止一格", "do not balance: one of several cells would explain it"),
    "several": Text("处不平衡：改任何一格都不够", "do not balance: no single cell explains it"),
}
"""What `govinfo.batch.proposals` says of a table, or of a column of table 4."""


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


def _first_line(path: str, progress: _Progress, lang: Language) -> str:
    reports, failing = progress.reports, progress.failing
    mark = "×" if failing else "√"
    rate = f"{reports / progress.seconds:,.0f}" if progress.seconds else "–"
    said = Text(
        f"{mark} {path}    {reports} 份报告，{failing} 份有不成立的关系（每秒 {rate} 份）",
        f"{mark} {path}    {reports} reports, {failing} with relations that do not hold ({rate} a second)",
    )
    return said.render(lang)
