"""Which row of table 3 a row of the document is: by its label and, where that is damaged, by the order of the form."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from govinfo.parsing.labels import Match, Sure, Vocabulary
from govinfo.parsing.lessons import UNPLACED
from govinfo.parsing.numbers import Look
from govinfo.parsing.parts import Part
from govinfo.parsing.rows import Row
from govinfo.schema.form import rows as form_rows
from govinfo.text import Text

__all__ = ["Found", "choose", "fill_gaps", "recognise", "tables"]

_TAIL = re.compile(r"(.*[^\d\s.,，])\s*(\d[\d\s]*)$", re.DOTALL)
_PIECES = 4
"""A label is broken into at most so many pieces."""
_HEADINGS = 3
"""A label above a row's own column headings stands at most so many rows up."""
_ENOUGH = 3
"""So many recognised rows make a table."""


class Found(NamedTuple):
    """A row of the document and the row of the form it was recognised as."""

    row: Row
    match: Match


def recognise(rows: Sequence[Row], vocabulary: Vocabulary) -> list[Found]:
    """Find the rows whose label is one of table 3's, weak ones included."""
    found: list[Found] = []
    above: list[str] = []  # words on lines of their own just above: the beginning of a broken label
    headings: list[Row] = []  # rows of words just above: one may be the label of a row set as a table of its own
    for row in rows:
        if not row.labels:
            match = _heading(headings, vocabulary) if row.numbers else None
            if match is not None:
                found.append(Found(row, match))
            above, headings = [], []
            continue
        own = row.slots and row.layout not in UNPLACED  # a row left blank, not a heading
        headings = [] if row.numbers or own else [*headings, row][-_HEADINGS:]
        used = row
        if row.slots or row.label[-1:].isdigit():
            match, used = _match(row, above, vocabulary)
            if match is not None:
                found.append(Found(used, match))
        words = [*above, *(label.text for label in row.labels[-_PIECES:])]
        above = [] if used.numbers or Look.GARBLED in used.looks else words[-_PIECES:]
    return found


def _heading(above: Sequence[Row], vocabulary: Vocabulary) -> Match | None:
    """Return what a row without a label is, if exactly one of the rows of words above it is a label of the form's."""
    matches = [
        match for row in above if (match := vocabulary.rows.find(row.label)) is not None and match.sure is Sure.EXACT
    ]
    return matches[0] if len(matches) == 1 else None


def _match(row: Row, above: Sequence[str], vocabulary: Vocabulary) -> tuple[Match | None, Row]:
    find = vocabulary.rows.find
    last = row.labels[-1].text
    match = find(last)
    if match is not None and match.sure is Sure.EXACT:
        return match, row
    best = match
    texts = [*above, *(label.text for label in row.labels[-_PIECES:])][-_PIECES:]
    for start in range(len(texts) - 2, -1, -1):
        joined = find("".join(texts[start:]))
        if joined is not None and (best is None or joined.sure > best.sure):
            best = joined
    if not row.numbers:  # 规章000: figures run together with their label
        tail = _TAIL.fullmatch(last)
        match = find(tail[1]) if tail else None
        if tail and match is not None and match.sure >= (best.sure if best else Sure.ALIKE):
            return match, row.with_run(tail[1], tail[2].strip())
    return best, row


def tables(found: Sequence[Found]) -> list[list[Found]]:
    """Part the rows into tables: a table begins anew where its first row is met again."""
    copies: list[list[Found]] = [[]]
    seen: set[str] = set()
    for one in found:
        sure = one.match.sure >= Sure.PART and bool(one.row.slots)
        if sure and one.match.key in seen and one.match.key == "received" and len(seen) > _ENOUGH:
            copies.append([])
            seen = set()
        if sure:
            seen.add(one.match.key)
        copies[-1].append(one)
    return [copy for copy in copies if len({o.match.key for o in copy if o.match.sure >= Sure.PART}) >= _ENOUGH]


def choose(found: Sequence[Found], form: type[Any], part: Part) -> dict[str, Row]:
    """Take the rows whose labels are sure; of two rows with one label, the one with figures."""
    paths = {leaf.path for leaf in form_rows(form)}
    chosen: dict[str, Row] = {}
    order = {leaf.path: index for index, leaf in enumerate(form_rows(form))}
    before = -1
    after = _following(found, order)
    for position, (row, match) in enumerate(found):
        if match.key not in paths:
            continue
        index = order[match.key]
        if match.sure is Sure.ALIKE:
            if not before < index < after[position]:
                continue
            if len(row.label) > 2:
                part.problem(
                    "SRC002",
                    Text("行标题“{}”按位置认作“{}”", "row label {!r} was taken for {!r} by its place").fill_one(
                        row.label, _label(form, match.key)
                    ),
                    row.labels[-1],
                    confidence=0.9,
                )
        if match.key not in chosen or row.numbers > chosen[match.key].numbers:
            chosen[match.key] = row
        if match.sure >= Sure.PART:
            before = max(before, index) if match.sure is Sure.PART else index
    return chosen


def _following(found: Sequence[Found], order: Mapping[str, int]) -> list[int]:
    """Return for each row the place in the form of the next row whose label is sure."""
    following = [len(order)] * len(found)
    for position in range(len(found) - 2, -1, -1):
        match = found[position + 1].match
        sure = match.sure >= Sure.PART and match.key in order
        following[position] = order[match.key] if sure else following[position + 1]
    return following


def _label(form: type[Any], path: str) -> str:
    return next(leaf.spec.label for leaf in form_rows(form) if leaf.path == path)


def fill_gaps(
    chosen: dict[str, Row], rows: Sequence[Row], form: type[Any], vocabulary: Vocabulary, part: Part
) -> dict[str, Row]:
    """Find rows that lost their label by the gap they fill in the order of the form."""
    if len(chosen) == len(form_rows(form)):
        return {}
    index_of = {id(row.slots): index for index, row in enumerate(rows)}
    placed = {id(row.slots) for row in chosen.values()}
    leaf_paths = [leaf.path for leaf in form_rows(form)]
    more: dict[str, Row] = {}
    anchors = []  # (place in the form, place in the document)
    for position, path in enumerate(leaf_paths):
        if path in chosen and id(chosen[path].slots) in index_of:
            anchors.append((position, index_of[id(chosen[path].slots)]))
    if anchors:  # rows before the first and behind the last must stand right beside them
        (low, start), (high, stop) = anchors[0], anchors[-1]
        anchors = [(-1, start - low - 1), *anchors, (len(leaf_paths), stop + len(leaf_paths) - high)]
    for (low, start), (high, stop) in pairwise(anchors):
        lost = leaf_paths[low + 1 : high]
        if not lost or stop <= start:
            continue
        free = [
            row
            for row in rows[max(0, start + 1) : stop]
            if row.numbers >= 2 and id(row.slots) not in placed and not _named(row.label, vocabulary)
        ]
        if len(free) == len(lost):
            for path, row in zip(lost, free, strict=True):
                more[path] = row
                part.problem(
                    "SRC002",
                    Text(
                        "行标题“{}”按次序认作“{}”", "row label {!r} was taken for {!r} by the order of the form"
                    ).fill_one(row.label, _label(form, path)),
                    row.slots[0],
                    confidence=0.8,
                )
    return more


def _named(label: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a label is one of the form's: then the row is that one and fills no gap."""
    tables = (vocabulary.rows, vocabulary.items, vocabulary.disputes)
    return any(table.exact(label) is not None for table in tables)
