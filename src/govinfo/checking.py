"""What files are checked with: made once, then used for any number of them, in this process or in others."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

import attrs

from govinfo.choice import rule_sets_for
from govinfo.documents.signatures import sniff
from govinfo.errors import GovinfoError, ReadError
from govinfo.files import open_input
from govinfo.findings import Result
from govinfo.hookspecs import CheckedFile
from govinfo.intake import content_of, readings_of
from govinfo.parsing.reading import Reading
from govinfo.plugins import Plugins
from govinfo.review import Notes, Reviews
from govinfo.schema import Report
from govinfo.text import Text

__all__ = ["NO_REPORT", "CheckWork", "Checking", "Earlier"]

Earlier = Mapping[tuple[str | None, int | None], Report | None]
"""Reports of other years, by publisher and year."""

NO_REPORT = frozenset({"not_a_report", "interpretation", "website_report"})
"""Kinds of `ReadError` that say surely enough that there is no report to miss. A login page, a picture or a damaged
file may stand where a report should be."""

_NO_PAGE = 8 * 1024
"""A picture of fewer bytes holds no readable page: it is an icon, a logo, a line."""


@attrs.frozen
class Checking:
    """What files are checked with."""

    plugins: Plugins
    rules: tuple[str, ...] | None = None
    """Names of rule sets; None for those of the report's region."""
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    reviews: Reviews | None = None
    earlier: Earlier = attrs.field(factory=dict)
    named: frozenset[str] = frozenset()
    """Files that were named themselves: of these none is passed over as no report."""
    region: str = ""
    """Code of the region all reports come from that do not say another; empty where that is not known."""

    def judge(self, reading: Reading) -> Result:
        """Check a report that was read; nothing is put aside as reviewed."""
        from govinfo.engines.one import run
        from govinfo.repair.suggest import suggest

        editions = self.plugins.editions
        if self.region and reading.document is not None:
            from govinfo.parsing.place import placed

            reading = placed(reading, self.region)
        chosen = rule_sets_for(self.plugins, self.rules, reading.report, self.region)
        packages = self.plugins.origins
        result = run(chosen, reading, select=self.select, ignore=self.ignore, editions=editions, packages=packages)
        before = self.earlier.get((reading.report.publisher.name, (reading.report.year or 0) - 1))
        return suggest(result, chosen, ignore=self.ignore, editions=editions, previous=before)

    def files(self, path: str) -> Iterator[CheckedFile]:
        """Check what is in a file: one report, or several. What cannot be read stops nothing.

        Raises:
            GovinfoError: a file of reviewed findings is wrong.
        """
        try:
            content, name = content_of(open_input(path), path)
        except ReadError as error:
            yield CheckedFile(path, error=error)
            return
        for part in readings_of(content, name, self.plugins, records=True):
            yield self._checked(part.name, part.outcome, path, content)

    def _checked(self, name: str, outcome: Reading | ReadError, path: str, content: bytes) -> CheckedFile:
        if isinstance(outcome, ReadError):
            return CheckedFile(name, error=outcome, skipped=self._is_no_report(outcome, name, path, content))
        try:
            result = self.judge(outcome)
        except GovinfoError:
            raise
        except Exception as error:  # our fault or a plugin's, but still only one file of many
            broke = Text(
                "核对程序内部出错，不是文件的问题：{said}", "checking broke, which is no fault of the file: {said}"
            )
            said = f"{type(error).__name__}: {error}"
            return CheckedFile(name, error=ReadError("internal", broke.fill(said=said), name))
        return CheckedFile(name, self.reviews.apply(result, name) if self.reviews else result)

    def _is_no_report(self, error: ReadError, name: str, path: str, content: bytes) -> bool:
        """Whether a file nobody named is plainly no report. Where that is in doubt it is not."""
        if name in self.named or name == "-":
            return False
        if error.kind in NO_REPORT:
            return True
        if name != path or sniff(content) != "picture":
            return False
        return len(content) < _NO_PAGE


@attrs.frozen
class CheckWork:
    """Checking as something other processes can do: yields checked files, then what was noted of reviews."""

    checking: Checking

    def open(self) -> Callable[[str], Iterable[CheckedFile | Notes]]:
        """Return what is done with each path."""
        return self._check

    def _check(self, path: str) -> Iterator[CheckedFile | Notes]:
        yield from self.checking.files(path)
        if self.checking.reviews is not None:
            yield self.checking.reviews.take_notes()
