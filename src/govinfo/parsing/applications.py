"""Section 3: the table of applications received and handled.

`outcomes` says which row is which, `align` and `columns` which figure stands where; here they are put together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from govinfo.parsing.align import Aligned, Aligner, How, adds_up
from govinfo.parsing.arithmetic import Equation, Equations, misplaced, only_possible, refuted
from govinfo.parsing.columns import cells_of, columns_of, lacking, named_columns, printed_order
from govinfo.parsing.labels import Sure, Vocabulary
from govinfo.parsing.lessons import UNPLACED, Lessons
from govinfo.parsing.numbers import Look
from govinfo.parsing.outcomes import Found, choose, fill_gaps, recognise, tables
from govinfo.parsing.parts import Part
from govinfo.parsing.rows import Row
from govinfo.schema.cells import Missing
from govinfo.schema.editions import national
from govinfo.schema.form import rows as form_rows
from govinfo.schema.paths import Leaf
from govinfo.text import Text

__all__ = ["parse_applications"]

_UNCHECKED = Text(
    "表三有的行没有总计，读出的数字是否各在其列无法核对",
    "rows of table 3 have no totals: whether every figure stands in its column cannot be checked",
)

_ENOUGH = 3
"""So many rows printed twice are no slip."""


def parse_applications(
    rows: Sequence[Row], vocabulary: Vocabulary, edition: str | None = None, equations: Equations | None = None
) -> Part:
    """Read table 3.

    Args:
        rows: all rows of the document.
        vocabulary: the labels.
        edition: the national edition of table 2, which decides where table 3 itself does not tell.
        equations: of the form, to decide between possible readings of a row.
    """
    found = recognise(rows, vocabulary)
    copies = tables(found)
    part = Part()
    if not copies:
        return part
    parts = [_read(copy, rows, vocabulary, edition, equations) for copy in copies]
    part = max(parts, key=lambda one: sum(not isinstance(value, Missing) for value in one.values.values()))
    part.contradicted = any(one.contradicted for one in parts)
    for other in parts:
        if other is part or not other.values:
            continue
        part.copies += 1
        part.contradicted |= _contradict(part, other)
        part.problem(
            "SRC007", Text("表三重复出现，内容一致", "table 3 stands in the document twice, with the same figures")
        )
    return part


def whole_rows(values: Mapping[str, Any]) -> set[str]:
    """Return the cells of rows of table 3 that have all their figures and add up, not by zeros alone."""
    rows: dict[str, list[str]] = {}
    for path in values:
        rows.setdefault(path.split(".", 2)[2], []).append(path)
    found: set[str] = set()
    for paths in rows.values():
        numbers = [values[path] for path in sorted(paths, key=lambda path: path.startswith("applications.total."))]
        if all(isinstance(number, int) for number in numbers) and any(numbers) and adds_up(numbers):
            found.update(paths)
    return found


def _rows_contradict(found: Sequence[Found], width: int) -> bool:
    """Tell whether several rows of the form are printed twice, with different figures: in tables of two reports.

    Tables are told apart by their first row; where that was lost the next table would seem to go on with the first.
    """
    printed: dict[str, set[tuple[str, ...]]] = {}
    for row, match in found:
        if match.sure >= Sure.PART and row.numbers >= width:
            printed.setdefault(match.key, set()).add(tuple(slot.text for slot in row.slots))
    return sum(len(figures) > 1 for figures in printed.values()) >= _ENOUGH


def _contradict(one: Part, other: Part) -> bool:
    return any(
        other.values.get(path, value) != value and not isinstance(other.values[path], Missing)
        for path, value in one.values.items()
        if not isinstance(value, Missing)
    )


def _edition(keys: Iterable[str], vocabulary: Vocabulary, hint: str | None) -> type[Any]:
    """Choose the edition whose rows explain the recognised rows best; the national edition of table 2 breaks a tie."""
    present = set(keys)

    def score(form: type[Any]) -> tuple[int, bool, str, int]:
        paths, name = {leaf.path for leaf in form_rows(form)}, national(form)
        return len(present & paths), name == hint, name, -len(paths)

    return max(vocabulary.editions["applications"].values(), key=score)


def _read(
    copy: Sequence[Found],
    rows: Sequence[Row],
    vocabulary: Vocabulary,
    hint: str | None,
    equations: Equations | None,
) -> Part:
    filled = [one for one in copy if one.row.slots]
    form = _edition((one.match.key for one in filled if one.row.numbers), vocabulary, hint)
    part = Part(form)
    part.contradicted = _rows_contradict(filled, len(columns_of(form)))
    chosen = choose(filled, form, part)
    chosen.update(fill_gaps(chosen, rows, form, vocabulary, part))
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
    if equations is not None:
        _doubt_cut(part, aligned, columns, witnesses)
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
    unchecked = tuple(
        path
        for path, value in part.values.items()
        if not isinstance(value, Missing) and (one := cut.get(path.split(".", 2)[2])) and one.how is How.CUT
    )
    if unchecked:
        part.problem("SRC006", _UNCHECKED, place, unchecked, 0.7)


def _doubt_cut(part: Part, aligned: dict[str, Aligned], columns: Sequence[str], witnesses: Sequence[Equation]) -> None:
    """Say which columns do not add up where rows are cut off: without its total a row cannot show what it lost."""
    if not any(one.how is How.CUT for one in aligned.values()):
        return
    failed = [columns.index(name) for name in refuted(part.values, witnesses)]
    doubtful = columns[min(failed, default=len(columns)) :]  # what moved, moved with all that stood behind it
    paths = tuple(
        path
        for path, value in part.values.items()
        if not isinstance(value, Missing) and path.split(".", 2)[1] in doubtful
    )
    if paths:
        message = Text(
            "表三右侧不全，各行无法用总计核对，而这些列的勾稽关系不成立：数字可能错列，请对照原文",
            "table 3 is cut off on the right, so that its rows have no totals, and these columns do not add up: "
            "figures may stand in the wrong column, compare them with the document",
        )
        part.problem("SRC011", message, part.origins[paths[0]], paths, 0.5)


def _say_lost(part: Part, form: type[Any], chosen: dict[str, Row]) -> None:
    lost = [leaf for leaf in form_rows(form) if leaf.path not in chosen]
    if lost:
        names = [f"“{leaf.spec.label}”" for leaf in lost]
        part.problem(
            "SRC006",
            Text(f"表三缺 {len(lost)} 行：{'、'.join(names)}", f"table 3 lacks {len(lost)} rows: {', '.join(names)}"),
            paths=tuple(f"applications.total.{leaf.path}" for leaf in lost),
        )
