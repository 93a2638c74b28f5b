"""Section 3: the table of applications received and handled.

Rows are known by their labels and, where labels are damaged, by the order of the form; columns by `align`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from govinfo.parsing.align import Aligned, Aligner, How, adds_up
from govinfo.parsing.arithmetic import Equations, misplaced, only_possible
from govinfo.parsing.columns import cells_of, columns_of, lacking, named_columns, printed_order
from govinfo.parsing.labels import Match, Sure, Vocabulary
from govinfo.parsing.lessons import UNPLACED, Lessons
from govinfo.parsing.numbers import Look
from govinfo.parsing.parts import Part
from govinfo.parsing.rows import Row
from govinfo.schema.cells import Missing
from govinfo.schema.form import rows as form_rows
from govinfo.schema.paths import Leaf
from govinfo.text import Text

__all__ = ["parse_applications"]

_TAIL = re.compile(r"(.*[^\d\s.,，])\s*(\d[\d\s]*)$", re.DOTALL)
_PIECES = 4
"""A label is broken into at most so many pieces."""
_HEADINGS = 3
"""A label above a row's own column headings stands at most so many rows up."""
_ENOUGH = 3
"""So many recognised rows make a table."""


class _Found(NamedTuple):
    """A row of the document and the row of the form it was recognised as."""

    row: Row
    match: Match


def parse_applications(
    rows: Sequence[Row], vocabulary: Vocabulary, edition: str | None = None, equations: Equations | None = None
) -> Part:
    """Read table 3.

    Args:
        rows: all rows of the document.
        vocabulary: the labels.
        edition: the edition of table 2, which decides where table 3 itself does not tell.
        equations: of the form, to decide between possible readings of a row.

    """
    found = _recognise(rows, vocabulary)
    copies = _copies(found)
    part = Part()
    if not copies:
        return part
    parts = [_read(copy, rows, vocabulary, edition, equations) for copy in copies]
    part = max(parts, key=lambda one: sum(not isinstance(value, Missing) for value in one.values.values()))
    for other in parts:
        if other is part or not other.values:
            continue
        part.copies += 1
        part.contradicted |= _contradict(part, other)
        part.problem(
            "SRC007", Text("表三重复出现，内容一致", "table 3 stands in the document twice, with the same figures")
        )
    return part


def _contradict(one: Part, other: Part) -> bool:
    return any(
        other.values.get(path, value) != value and not isinstance(other.values[path], Missing)
        for path, value in one.values.items()
        if not isinstance(value, Missing)
    )


def _recognise(rows: Sequence[Row], vocabulary: Vocabulary) -> list[_Found]:
    """Find the rows whose label is one of table 3's, weak ones included."""
    found: list[_Found] = []
    above: list[str] = []  # words on lines of their own just above: the beginning of a broken label
    headings: list[Row] = []  # rows of words just above: one may be the label of a row set as a table of its own
    for row in rows:
        if not row.labels:
            match = _heading(headings, vocabulary) if row.numbers else None
            if match is not None:
                found.append(_Found(row, match))
            above, headings = [], []
            continue
        own = row.slots and row.layout not in UNPLACED  # a row left blank, not a heading
        headings = [] if row.numbers or own else [*headings, row][-_HEADINGS:]
        used = row
        if row.slots or row.label[-1:].isdigit():
            match, used = _match(row, above, vocabulary)
            if match is not None:
                found.append(_Found(used, match))
        words = [*above, *(label.text for label in row.labels[-_PIECES:])]
        above = [] if used.numbers else words[-_PIECES:]
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


def _copies(found: Sequence[_Found]) -> list[list[_Found]]:
    """Part the rows into tables: a table begins anew where its first row is met again."""
    copies: list[list[_Found]] = [[]]
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


def _edition(keys: Iterable[str], vocabulary: Vocabulary, hint: str | None) -> type[Any]:
    """Choose the edition whose rows explain the recognised rows best; the other table's edition breaks a tie."""
    present = set(keys)

    def score(item: tuple[str, type[Any]]) -> tuple[int, bool, str]:
        name, form = item
        return len(present & {leaf.path for leaf in form_rows(form)}), name == hint, name

    return max(vocabulary.editions["applications"].items(), key=score)[1]


def _read(
    copy: Sequence[_Found],
    rows: Sequence[Row],
    vocabulary: Vocabulary,
    hint: str | None,
    equations: Equations | None,
) -> Part:
    filled = [one for one in copy if one.row.slots]
    form = _edition((one.match.key for one in filled if one.row.numbers), vocabulary, hint)
    part = Part(form)
    chosen = _choose(filled, form, part)
    chosen.update(_by_order(chosen, rows, form, vocabulary, part))
    columns = columns_of(form)
    part.lessons = Lessons(len(columns), tuple(chosen.values()))
    aligner = Aligner(len(columns), part.lessons, adds_up)
    aligned = {path: aligner.align(row) for path, row in chosen.items()}
    named = named_columns(chosen, rows, columns, vocabulary)
    if named is not None:
        aligned = lacking(chosen, aligned, columns, named)
    if _figures_first(chosen, rows, vocabulary):
        aligned = {path: one._replace(how=How.OPEN) for path, one in aligned.items()}
    columns = printed_order(chosen, aligned, rows, columns, vocabulary, part)
    cells = cells_of(form, columns)
    undecided: list[Leaf] = []
    for leaf in form_rows(form):
        row = chosen.get(leaf.path)
        if row is None:
            continue
        part.span(row.block, row.last)
        if aligned[leaf.path].options and equations is not None:
            undecided.append(leaf)
        else:
            part.put_row(aligned[leaf.path], cells[leaf.path], leaf.spec.label)
    witnesses = equations(form) if equations else ()
    for leaf in undecided:
        decided = only_possible(aligned[leaf.path].options, cells[leaf.path].paths, part.values, witnesses)
        if decided is not None:
            aligned[leaf.path] = Aligned(decided, How.SUM)
        part.put_row(aligned[leaf.path], cells[leaf.path], leaf.spec.label)
    if misplaced(part.values, witnesses):
        part.problem(
            "SRC011",
            Text(
                "表三多数列的勾稽关系不成立：可能是读取时行标题与数字错位，也可能是原表如此，请对照原文",
                "most columns of table 3 contradict themselves: rows may have been taken for other rows in reading, "
                "or the table was published so; compare it with the document",
            ),
            chosen[next(iter(chosen))].labels[-1] if chosen else None,
            confidence=0.5,
        )
    _say_cut(part, aligned)
    _say_lost(part, form, chosen)
    return part


def _figures_first(chosen: dict[str, Row], rows: Sequence[Row], vocabulary: Vocabulary) -> bool:
    """Tell whether every row's figures may stand before its label: then a row is not where its label says."""
    first = chosen.get("received")
    if first is None or "carried_out" in chosen or first.layout not in UNPLACED:
        return False
    before = next((rows[index - 1] for index, row in enumerate(rows) if row.slots is first.slots and index), None)
    return (
        before is not None
        and before.numbers == len(first.looks) - first.looks.count(Look.BLANK)
        and vocabulary.columns.exact(before.label) is not None
    )


def _choose(found: Sequence[_Found], form: type[Any], part: Part) -> dict[str, Row]:
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


def _following(found: Sequence[_Found], order: Mapping[str, int]) -> list[int]:
    """Return for each row the place in the form of the next row whose label is sure."""
    following = [len(order)] * len(found)
    for position in range(len(found) - 2, -1, -1):
        match = found[position + 1].match
        sure = match.sure >= Sure.PART and match.key in order
        following[position] = order[match.key] if sure else following[position + 1]
    return following


def _label(form: type[Any], path: str) -> str:
    return next(leaf.spec.label for leaf in form_rows(form) if leaf.path == path)


def _by_order(
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


def _say_cut(part: Part, aligned: dict[str, Aligned]) -> None:
    """Say once for the whole table that columns are missing on its right."""
    cut = {path: one for path, one in aligned.items() if None in one.slots and one.how is not How.EMPTY}
    if not cut:
        return
    lost = Counter(one.slots.count(None) for one in cut.values())
    zh = "，".join(f"{rows} 行缺 {columns} 列" for columns, rows in sorted(lost.items()))
    en = ", ".join(f"{rows} rows lack {columns}" for columns, rows in sorted(lost.items()))
    paths = tuple(path for path, value in part.values.items() if value is Missing.ABSENT)
    place = next(slot for one in cut.values() for slot in one.slots if slot is not None)
    message = Text(
        f"表三的列不全（{zh}），缺的数字不在文中",
        f"table 3 lacks columns ({en}): these figures are not in the document",
    )
    part.problem("SRC006", message, place, paths, 0.7)


def _say_lost(part: Part, form: type[Any], chosen: dict[str, Row]) -> None:
    lost = [leaf for leaf in form_rows(form) if leaf.path not in chosen]
    if lost:
        names = [f"“{leaf.spec.label}”" for leaf in lost]
        part.problem(
            "SRC006",
            Text(f"表三缺 {len(lost)} 行：{'、'.join(names)}", f"table 3 lacks {len(lost)} rows: {', '.join(names)}"),
            paths=tuple(f"applications.total.{leaf.path}" for leaf in lost),
        )
