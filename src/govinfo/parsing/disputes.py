"""Section 4: the table of reconsideration and litigation. One row of fifteen figures under three rows of headings."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from govinfo.documents.model import Place
from govinfo.parsing.align import Aligner, adds_up
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.lessons import Lessons
from govinfo.parsing.normal import normal
from govinfo.parsing.numbers import FIGURES, look
from govinfo.parsing.parts import Cells, Part
from govinfo.parsing.rows import Row
from govinfo.schema.cells import Missing
from govinfo.schema.disputes import Disputes
from govinfo.schema.fields import Spec
from govinfo.schema.paths import leaves
from govinfo.text import Text

__all__ = ["parse_disputes"]

_LEAVES = leaves(Disputes)
_BLOCKS = list(dict.fromkeys(leaf.path.partition(".")[0] for leaf in _LEAVES))
_OUTCOMES = list(dict.fromkeys(leaf.path.partition(".")[2] for leaf in _LEAVES))
_SPEC: dict[str, Spec] = {leaf.path: leaf.spec for leaf in _LEAVES}
_OUTCOME_LABELS = sorted({normal(leaf.spec.label) for leaf in _LEAVES})
_HEAD = _LEAVES[0].specs[0].label
_LITIGATION = _LEAVES[-1].specs[0].under or ""
_TELLING = sorted(
    {_LITIGATION}
    | {
        normal(spec.label)
        for leaf in _LEAVES
        for spec in leaf.specs
        if len(spec.label) > 2 and spec.label != "其他结果"
    }
)
_HEADINGS = 12
"""Rows of words kept above the figures: three of the form's, more where each stands on its own."""


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
    found = _find(rows, vocabulary)
    if not found:
        return Part()
    table, headings = found[0]
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
    order = _printed_order([*headings, *table], vocabulary)
    if order != tuple(_SPEC):
        aligner = attrs.evolve(aligner, check=None)  # its totals stand elsewhere
    cells = Cells(tuple(f"disputes.{path}" for path in order), tuple(_SPEC[path] for path in order))
    part.put_row(aligner.align(whole), cells, "行政复议、行政诉讼")
    for other, _ in found[1:]:
        _compare(part, cells.paths, slots, [slot for row in other for slot in row.slots])
    return part


def _compare(part: Part, paths: Sequence[str], slots: Sequence[Place], others: Sequence[Place]) -> None:
    """Note figures that are printed otherwise where the table stands once more: nobody can tell which are meant."""
    if not len(paths) == len(slots) == len(others):
        return
    differing = tuple(
        path for path, slot, other in zip(paths, slots, others, strict=True) if slot.text.strip() != other.text.strip()
    )
    for path in differing:
        part.values[path] = Missing.UNREADABLE
    if differing:
        message = Text("表四重复出现且数字不同", "table 4 stands in the document twice, with different figures")
        part.problem("SRC007", message, others[0], differing)


_Table = tuple[list[Row], list[Row]]


def _find(rows: Sequence[Row], vocabulary: Vocabulary) -> list[_Table]:
    """Return the rows of figures that stand under the headings of table 4, and the headings, the fullest table first.

    The figures may stand in one row, in a row for each kind of case, or in several tables one below the other.
    """
    found: list[_Table] = []
    blank: _Table = ([], [])
    table: list[Row] = []
    headings: list[Row] = []
    for row in rows:
        whole = row.numbers == len(_LEAVES) and _telling(_words(headings)) >= 2
        if not (whole or not row.labels or _is_own(row.label, vocabulary)):
            if table:
                found.append((table, headings))
                table = []
            headings = []
            continue
        if not row.numbers:
            headings = [*headings, row][-_HEADINGS:]
            if not row.labels and len(row.slots) == len(_LEAVES) and _telling(_words(headings)) >= 2:
                blank = ([row], headings)
            continue
        if _count(table) >= len(_LEAVES):
            found.append((table, headings))
            table, headings = [], []
        known = _words([*headings, row])
        if table or _telling(known) >= 2 or (_HEAD in known and row.numbers == len(_LEAVES)):
            table.append(row)
    found.append((table, headings))
    found = sorted((one for one in found if one[0]), key=lambda one: _count(one[0]), reverse=True)
    return found or ([blank] if blank[0] else [])


def _words(rows: Sequence[Row]) -> str:
    return normal("".join([place.text for row in rows for place in row.labels if len(place.text) < 60]))


def _printed_order(headings: Sequence[Row], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the cells in the order their headings are printed in, which is nearly always the form's."""
    blocks, outcomes = list(_BLOCKS), list(_OUTCOMES)
    for row in headings:
        words = [normal(place.text) for place in row.labels]
        if _HEAD in words and _LITIGATION in words and words.index(_LITIGATION) < words.index(_HEAD):
            blocks = [*_BLOCKS[1:], _BLOCKS[0]]
        keys = [key for place in row.labels if (key := vocabulary.disputes.exact(place.text)) in _OUTCOMES]
        first, size = keys[: len(_OUTCOMES)], len(_OUTCOMES)
        if sum(any(label in word for label in _OUTCOME_LABELS) for word in words) > len(keys):
            continue  # some of the outcomes are folded into one label: those left may begin anywhere
        if sorted(map(str, first)) == sorted(_OUTCOMES) and keys == first * (len(keys) // size):
            outcomes = [key for key in first if key is not None]
    return tuple(f"{block}.{outcome}" for block in blocks for outcome in outcomes)


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
