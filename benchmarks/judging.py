"""What a reading of a document is worth, cell by cell."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

import govinfo
from benchmarks.corpus import Made
from govinfo.errors import ReadError
from govinfo.schema import Missing, Value, cells
from govinfo.testing import DamagedDocument, misread

__all__ = ["Verdict", "judge", "total"]


@attrs.frozen
class Verdict:
    """How one document was read."""

    made: Made
    refused: str = ""
    """Kind of the `ReadError`, empty where the document was read."""
    right: int = 0
    """Cells that hold the number printed."""
    missing: int = 0
    """Cells whose number is printed, and that were read as unreadable or absent: the reading says so."""
    called_blank: int = 0
    """Cells whose number is printed, and that were read as blank or not applicable, no problem naming them."""
    announced: int = 0
    """Cells that hold a number other than printed, or one where none is printed, and that a problem names."""
    silent: Mapping[str, tuple[Value, Value]] = attrs.field(factory=dict)
    """The same, and no problem names them: path, (printed, read)."""
    blank: int = 0
    """Cells without a number, read as such."""
    seconds: float = 0.0

    @property
    def exact(self) -> bool:
        """Every number printed was read, and nothing else."""
        return not (self.refused or self.missing or self.called_blank or self.announced or self.silent)


def judge(made: Made) -> Verdict:
    """Make a document, read it, and compare every cell of its tables."""
    document = made.document()
    printed = [path for path, value in _printed(document).items() if not isinstance(value, Missing)]
    start = time.perf_counter()
    try:
        reading = govinfo.read(document.content, name=f"report{document.suffix}")
    except ReadError as error:
        return Verdict(made, error.kind, missing=len(printed), seconds=time.perf_counter() - start)
    seconds = time.perf_counter() - start
    named = {path for problem in reading.problems for path in problem.paths}
    wrong = misread(document, reading.report)
    found = cells(reading.report)
    count: Counter[str] = Counter()
    for path in printed:
        value = found.get(path, Missing.ABSENT)
        if path in wrong:
            continue
        if not isinstance(value, Missing):
            count["right"] += 1
        elif value in (Missing.BLANK, Missing.NOT_APPLICABLE) and path not in named:
            count["called_blank"] += 1
        else:
            count["missing"] += 1
    silent = {path: pair for path, pair in wrong.items() if path not in named}
    return Verdict(
        made,
        "",
        count["right"],
        count["missing"],
        count["called_blank"],
        len(wrong) - len(silent),
        silent,
        len(document.expected) - len(printed),
        seconds,
    )


def _printed(document: DamagedDocument) -> dict[str, Value]:
    return {path: value for path, value in document.expected.items() if path not in document.lost}


def total(verdicts: Iterable[Verdict]) -> Counter[str]:
    """Add up what documents were worth."""
    sums: Counter[str] = Counter()
    for one in verdicts:
        sums["documents"] += 1
        sums["exact"] += one.exact
        sums["refused"] += bool(one.refused)
        for name in ("right", "missing", "called_blank", "announced", "blank"):
            sums[name] += getattr(one, name)
        sums["silent"] += len(one.silent)
    return sums
