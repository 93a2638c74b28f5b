"""Reports of other years, read before those that are checked."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

import attrs

from govinfo.checking import Earlier
from govinfo.errors import ReadError
from govinfo.files import find, open_input
from govinfo.intake import content_of, readings_of
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins
from govinfo.processes import TIMEOUT, in_order, jobs_for
from govinfo.schema import Report

__all__ = ["read_earlier"]


def read_earlier(
    previous: str | os.PathLike[str] | None, plugins: Plugins, jobs: int | None = 1, timeout: float | None = None
) -> Earlier:
    """Read earlier reports, by publisher and year. Of one that cannot be read, or is there twice, nothing is known.

    Args:
        previous: a report, or a folder of them.
        plugins: what is installed.
        jobs: how many processes; None for what is worth it.
        timeout: seconds a file may take.
    """
    if previous is None:
        return {}
    paths = list(find([previous]))
    found: dict[tuple[str | None, int | None], Report | None] = {}
    processes = jobs_for(paths, jobs, timeout)
    for _, report in in_order(_Reading(plugins), paths, jobs=processes, timeout=timeout or TIMEOUT):
        if isinstance(report, Report):
            key = (report.publisher.name, report.year)
            found[key] = None if key in found else report
    return found


@attrs.frozen
class _Reading:
    """Reading as something other processes can do."""

    plugins: Plugins

    def open(self) -> Callable[[str], Iterable[Report]]:
        return self._read

    def _read(self, path: str) -> Iterator[Report]:
        try:
            content, name = content_of(open_input(path), path)
        except ReadError:
            return
        for part in readings_of(content, name, self.plugins, records=True):
            if isinstance(part.outcome, Reading):
                yield part.outcome.report
