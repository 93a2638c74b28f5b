"""What ``govinfo parse`` does."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from itertools import chain, islice
from typing import NamedTuple

import attrs

from govinfo import api
from govinfo.checking import NO_REPORT
from govinfo.cli.commands import CLEAN, NOTHING, UNUSABLE, load
from govinfo.cli.console import complain, json_bytes
from govinfo.cli.progress import Progress
from govinfo.cli.walking import files_in, stoppable
from govinfo.errors import ReadError
from govinfo.files import cannot_write, open_input, replacing
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins
from govinfo.processes import TIMEOUT, Ended, in_order, jobs_for
from govinfo.tally import Tally, tally_of
from govinfo.text import Language, Text

__all__ = ["parse"]

_DOUBTS = Text("读取时有 {n} 处存疑，可用 check 查看", "{n} doubts while reading, see govinfo check")


def parse(
    *,
    paths: Sequence[str],
    compact: bool,
    output: str | None,
    jobs: int | None,
    timeout: float | None,
    quiet: bool,
    region: str | None,
    lang: Language,
) -> int:
    """Write canonical JSON: one object for one report, one line each for several."""
    if region:
        region = api.code_of(region)  # what is wrong with it is said before the work
    indent = None if compact or len(paths) > 1 or os.path.isdir(paths[0]) else 2
    loaded = load(lang)
    tally = Tally()  # of what could not be read
    done = 0
    with stoppable(), ExitStack() as stack:
        files = files_in(paths, lang, output)
        progress = stack.enter_context(Progress(files, lang, quiet))
        put: Callable[[bytes], object] | None = None
        work = _Parsing(loaded, indent, frozenset(path for path in paths if not os.path.isdir(path)), region)
        processes, limit = jobs_for(files, jobs, timeout), timeout or TIMEOUT
        for index, one in in_order(work, files, jobs=processes, timeout=limit, tick=progress.tick):
            if isinstance(one, Ended):
                done += 1
                progress.watch(done, tally)
                if one.error is None:
                    continue
                one = _Parsed(files[index], error=one.error)
            if one.error is not None:
                tally.add(tally_of(None, one.error, one.skipped))
                progress.complain(f"{'–' if one.skipped else '?'} {one.name}    {one.error.text.render(lang)}")
                continue
            tally.marks["√"] += 1
            if one.doubts:
                progress.complain(f"{one.name}    {_DOUBTS.fill(n=one.doubts).render(lang)}")
            if put is None:
                # where there is nothing to write, what was there before stays
                put = progress.emit if output is None else _file(stack, output)
            put(one.record)
    if not (tally.checked or tally.unreadable):
        complain(NOTHING.render(lang))
    return UNUSABLE if tally.unreadable or not tally.checked else CLEAN


def _file(stack: ExitStack, output: str) -> Callable[[bytes], object]:
    place = stack.enter_context(replacing(output))
    try:
        file = stack.enter_context(open(place, "wb"))  # noqa: SIM115
    except OSError as error:
        raise cannot_write(output, error) from error

    def put(content: bytes) -> None:
        try:
            file.write(content)
        except OSError as error:
            raise cannot_write(output, error) from error

    return put


class _Parsed(NamedTuple):
    """What came of one report."""

    name: str
    record: bytes = b""
    doubts: int = 0
    error: ReadError | None = None
    skipped: bool = False


@attrs.frozen
class _Parsing:
    """Reading and writing records as something other processes can do."""

    plugins: Plugins
    indent: int | None
    named: frozenset[str]
    region: str | None

    def open(self) -> Callable[[str], Iterable[_Parsed]]:
        return self._parse

    def _parse(self, path: str) -> Iterator[_Parsed]:
        from govinfo.schema.convert import to_json

        parts = self._parts(path)
        first = list(islice(parts, 2))
        indent = self.indent if len(first) == 1 else None
        for name, outcome in chain(first, parts):
            if isinstance(outcome, ReadError):
                yield _Parsed(name, error=outcome, skipped=outcome.kind in NO_REPORT and name not in self.named)
            else:
                yield _Parsed(name, json_bytes(to_json(outcome.report), indent=indent), len(outcome.problems))

    def _parts(self, path: str) -> Iterator[tuple[str, Reading | ReadError]]:
        try:
            yield from api.read_all(open_input(path), name=path, plugins=self.plugins, region=self.region)
        except ReadError as error:
            yield path, error
