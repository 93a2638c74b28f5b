"""The table of regions as it is shipped: read once, when the first name is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from govinfo.regions.model import Region
from govinfo.schema.report import Level

__all__ = ["FIRST_YEAR", "Row", "Table", "prefix_of", "read_lines", "table"]

FIRST_YEAR = 2008
"""The table says nothing of earlier years."""

_ALWAYS = 9999
_DATA = Path(__file__).parent / "data"
_SPREAD = {"654000": ("6542", "6543")}
"""伊犁州 has two prefectures below it whose codes do not say so."""


class Row(NamedTuple):
    """A line of the table. (A `Region` is made where one is shown: there are thousands of lines.)"""

    code: str
    name: str
    first: int
    """0: before the table begins."""
    last: int
    """9999: still in force."""

    def holds(self, year: int, leeway: int = 0) -> bool:
        """Whether it is in force at the end of a year, or so many years before or after."""
        return self.first - leeway <= year <= self.last + leeway

    @property
    def is_open(self) -> bool:
        """Whether it is still in force."""
        return self.last == _ALWAYS

    @property
    def level(self) -> Level:
        """Province, prefecture or county."""
        if self.code.endswith("0000"):
            return Level.PROVINCE
        return Level.PREFECTURE if self.code.endswith("00") else Level.COUNTY

    @property
    def region(self) -> Region:
        """The row as others see it."""
        return Region(self.code, self.name, self.level, self.first or None, None if self.is_open else self.last)

    def lies_within(self, other: Row) -> bool:
        """Whether this is a part of another region, and both were in force together."""
        if self.code == other.code or self.first > other.last + 1 or other.first > self.last + 1:
            return False
        return self.code.startswith((prefix_of(other.code), *_SPREAD.get(other.code, ())))


def prefix_of(code: str) -> str:
    """Return what the codes of a region and of all below it begin with: ``13`` of 130000, ``1305`` of 130500."""
    return code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code


class Table:
    """All rows, by code, and what became of codes."""

    def __init__(self, rows: Iterable[Row], successors: dict[str, str]) -> None:
        self.rows = tuple(rows)
        self.by_code: dict[str, list[Row]] = {}
        for row in self.rows:
            self.by_code.setdefault(row.code, []).append(row)
        self.successors = successors
        self.predecessors: dict[str, list[str]] = {}
        for old, new in successors.items():
            self.predecessors.setdefault(new, []).append(old)

    def at(self, code: str, year: int | None) -> Row | None:
        """Return what a code meant at the end of a year; without a year, what it means or meant last."""
        rows = self.by_code.get(code)
        if not rows:
            return None
        return rows[-1] if year is None else next((row for row in rows if row.holds(year)), None)

    def final(self, code: str) -> str:
        """Follow what a code became to the last code."""
        while code in self.successors:
            code = self.successors[code]
        return code

    def in_year(self, row: Row, year: int) -> Row | None:
        """Return the row that stands for the same place at the end of a year; None where that cannot be told."""
        code, later = row.code, row.last < year
        while True:
            found = self.at(code, year)
            if found is not None:
                return found
            if later:
                if code not in self.successors:
                    return None
                code = self.successors[code]
            else:
                before = self.predecessors.get(code, [])
                if len(before) != 1:  # nothing, or several places became this one
                    return None
                code = before[0]

    def above(self, row: Row, year: int | None = None) -> Iterator[Row]:
        """Yield the prefecture, if there is one, and the province of a region, as they were when it was."""
        year = min(row.last, year or _ALWAYS) if row.last != _ALWAYS or year else None
        for code in (row.code[:4] + "00", row.code[:2] + "0000"):
            found = self.at(code, year) or self.at(code, None)
            if found is not None and code != row.code:
                yield found

    def path(self, row: Row) -> str:
        """Return the name with those of the regions above it: 河南省焦作市温县."""
        return "".join(one.name for one in reversed(list(self.above(row)))) + row.name

    def parts(self, row: Row, year: int | None) -> bool:
        """Whether a prefecture has counties."""
        prefix = prefix_of(row.code)
        return any(
            one.code.startswith(prefix) and one.code != row.code and (year is None or one.holds(year))
            for one in self.rows
        )


def read_lines(name: str) -> Iterator[list[str]]:
    """Yield the fields of a file of ours."""
    text = (_DATA / name).read_text(encoding="utf-8")
    return (line.split("\t") for line in text.splitlines() if not line.startswith("#"))


@lru_cache(maxsize=1)
def table() -> Table:
    """Return the table."""
    make = Row._make  # half the time of a call
    rows: list[Row] = []
    successors: dict[str, str] = {}
    for code, name, first, last, successor in read_lines("table.tsv"):
        rows.append(make((code, name, int(first) if first else 0, int(last) if last else _ALWAYS)))
        if successor:
            successors[code] = successor
    return Table(rows, successors)
