"""Section 4: the table of reconsideration and litigation. One row of fifteen figures under three rows of headings."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.documents.model import Place
from govinfo.parsing.align import Aligner, adds_up
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.lessons import Lessons
from govinfo.parsing.normal import normal
from govinfo.parsing.numbers import FIGURES, look
from govinfo.parsing.parts import Part
from govinfo.parsing.rows import Row
from govinfo.schema.disputes import Disputes
from govinfo.schema.fields import Spec
from govinfo.schema.paths import leaves

__all__ = ["parse_disputes"]

_LEAVES = leaves(Disputes)
_BLOCKS = list(dict.fromkeys(leaf.path.partition(".")[0] for leaf in _LEAVES))
_OUTCOMES = list(dict.fromkeys(leaf.path.partition(".")[2] for leaf in _LEAVES))
_CELLS = tuple((f"disputes.{leaf.path}", leaf.spec) for leaf in _LEAVES)
_SPEC: dict[str, Spec] = {leaf.path: leaf.spec for leaf in _LEAVES}
_TELLING = sorted(
    {normal(spec.label) for leaf in _LEAVES for spec in leaf.specs if len(spec.label) > 2 and spec.label != "其他结果"}
)
_HEAD = "行政复议"


def _blocks_add_up(numbers: Sequence[int | None]) -> bool | None:
    size = len(_OUTCOMES)
    verdicts = [adds_up(numbers[start : start + size]) for start in range(0, len(numbers), size)]
    if False in verdicts:
        return False
    return None if None in verdicts else True


def parse_disputes(rows: Sequence[Row], vocabulary: Vocabulary, teacher: Lessons | None = None) -> Part:
    """Read table 4.

    Args:
        rows: all rows of the document.
        vocabulary: the labels.
        teacher: what table 3 taught about the document's layout.
    """
    part = Part(Disputes)
    table = _find(rows, vocabulary)
    if not table:
        return Part()
    for row in table:
        part.span(row.block, row.last)
    by_path = _by_row_labels(table, vocabulary)
    if by_path is not None:
        for path, place in by_path.items():
            part.put(f"disputes.{path}", place, _SPEC[path])
        return part
    slots = tuple(slot for row in table for slot in row.slots)
    whole = table[0].with_slots(slots)
    aligner = Aligner(len(_LEAVES), teacher or Lessons(len(_LEAVES), ()), _blocks_add_up, foreign=True)
    aligned = aligner.align(whole)
    part.put_row(aligned, _CELLS, "行政复议、行政诉讼")
    return part


def _find(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Row]:
    """Return the rows of figures that stand under the headings of table 4."""
    best: list[Row] = []
    blank: list[Row] = []
    heading = ""
    table: list[Row] = []
    block = -1
    for row in rows:
        own = not row.labels or _is_own(row.label, vocabulary)
        if table and (row.block != block or not own) and not (own and row.numbers and _count(table) < len(_LEAVES)):
            best = max(best, table, key=_count)
            table, heading = [], ""
        if row.numbers and not own:
            heading = ""
            continue
        text = normal("".join([place.text for place in row.labels if len(place.text) < 60]))
        if not row.numbers:
            heading = (heading + text)[-400:]
            if not row.labels and len(row.slots) == len(_LEAVES) and _telling(heading) >= 2:
                blank = [row]
            continue
        known = heading + text
        if table or _telling(known) >= 2 or (_HEAD in known and row.numbers == len(_LEAVES)):
            table.append(row)
            block = row.block
    return max(best, table, key=_count) or blank


def _telling(text: str) -> int:
    return sum(label in text for label in _TELLING)


def _count(table: Sequence[Row]) -> int:
    return sum(row.numbers for row in table)


def _is_own(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a row's label is a heading of table 4, or a piece of one."""
    if vocabulary.disputes.exact(label) is not None:
        return True
    last = normal(label)
    return len(last) <= 2 or _telling(last) > 0


def _by_row_labels(table: Sequence[Row], vocabulary: Vocabulary) -> dict[str, Place] | None:
    """Read a table set on its side: a row for each kind of case, or for each outcome."""
    found: dict[str, Place] = {}
    for row in table:
        key = vocabulary.disputes.exact(row.label)
        figures = [slot for slot in row.slots if look(slot.text).look in FIGURES]
        if key in _BLOCKS and len(figures) == len(_OUTCOMES):
            found |= {f"{key}.{name}": place for name, place in zip(_OUTCOMES, figures, strict=True)}
        elif key in _OUTCOMES and len(figures) == len(_BLOCKS) and len(table) == len(_OUTCOMES):
            found |= {f"{name}.{key}": place for name, place in zip(_BLOCKS, figures, strict=True)}
        else:
            return None
    return found if len(found) == len(_LEAVES) else None
