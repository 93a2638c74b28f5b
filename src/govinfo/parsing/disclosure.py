"""Section 2: the table of information disclosed on the agency's own initiative."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from os.path import commonprefix
from typing import Any, NamedTuple

from govinfo.documents.model import Place
from govinfo.parsing.align import Aligned, Aligner, How
from govinfo.parsing.labels import Sure, Vocabulary
from govinfo.parsing.lessons import UNPLACED, Lessons
from govinfo.parsing.normal import core, normal, plain
from govinfo.parsing.numbers import YUAN, look
from govinfo.parsing.parts import Cells, Part
from govinfo.parsing.rows import Row
from govinfo.schema.cells import Missing
from govinfo.schema.editions import EDITIONS, national
from govinfo.schema.fields import Kind
from govinfo.schema.paths import Leaf, leaves, memo
from govinfo.text import Text

__all__ = ["parse_disclosure"]

_TAIL = re.compile(r"(\D*[^\d\s.,，])\s*(\d[\d\s]*)$", re.DOTALL)
_UNIT = re.compile(r"单位\W{0,2}(亿元|万元|元)|[（(](亿元|万元|元)(?=\W)|(?<![\d万亿])(亿元|万元|元)\W*$")
"""The unit of money a heading prints: with the word for it, at the beginning of a note, or at the end."""
_ARTICLE = commonprefix(  # noqa: RUF071  # of texts, character by character: what it is for here
    [normal(leaf.specs[0].under or "") for form in EDITIONS["disclosure"].values() for leaf in leaves(form)]
)
"""第二十条第: what the headings of all parts of the table begin with."""
_PROSE = 60
"""More characters than a heading has, notes in it aside."""
_NEAR = 8
"""Rows of one table stand at most so many rows apart: headings and articles come between."""
_ENOUGH = 2


class _Found(NamedTuple):
    """A row of the document and the block of table 2 it was recognised as."""

    position: int
    row: Row
    key: str


def parse_disclosure(rows: Sequence[Row], vocabulary: Vocabulary, teacher: Lessons | None = None) -> Part:
    """Read table 2.

    Args:
        rows: all rows of the document.
        vocabulary: the labels.
        teacher: what table 3 taught about the document's layout.
    """
    clusters = _clusters(rows, vocabulary)
    if not clusters:
        return Part()
    texts = [_heading_texts(cluster, rows) for cluster in clusters]
    tables = list(zip(clusters, texts, strict=True))
    headed = [table for table in tables if _has_headings(table[1], vocabulary)]
    parts = [_read(cluster, above, rows, vocabulary, teacher) for cluster, above in headed or tables]
    best = max(parts, key=lambda part: len([v for v in part.values.values() if not isinstance(v, Missing)]))
    for other in parts:
        if other is best or _family(other) != _family(best):
            continue
        differing = tuple(
            path
            for path, value in best.values.items()
            if not isinstance(value, Missing)
            and not isinstance(other.values.get(path, value), Missing)
            and other.values.get(path, value) != value
        )
        for path in differing:
            best.values[path] = Missing.UNREADABLE
        message = (
            Text("表二重复出现且数字不同", "table 2 stands in the document twice, with different figures")
            if differing
            else Text("表二重复出现，内容一致", "table 2 stands in the document twice, with the same figures")
        )
        best.problem("SRC007", message, paths=differing)
    return best


def _family(part: Part) -> str | None:
    return national(part.form) if part.form is not None else None


def _clusters(rows: Sequence[Row], vocabulary: Vocabulary) -> list[list[_Found]]:
    """Find the table: rows with its labels standing close together, at least as many as any chance would bring."""
    clusters: list[list[_Found]] = []
    for position, row in enumerate(rows):
        one = _recognise(position, row, rows[position - 1] if position else None, vocabulary)
        if one is None:
            continue
        last = clusters[-1][-1] if clusters else None
        repeated = bool(clusters) and any(one.key == other.key for other in clusters[-1])
        again = one.key == next(iter(vocabulary.items_in_order))
        if last is None or repeated or again or position - last.position > _NEAR:
            clusters.append([])
        clusters[-1].append(one)
    return [cluster for cluster in clusters if len(cluster) >= _ENOUGH]


def _recognise(position: int, row: Row, above: Row | None, vocabulary: Vocabulary) -> _Found | None:
    if not row.labels and row.numbers and above is not None and not above.slots:  # its label on a line of its own
        labels = tuple(place for place in above.labels[-1:] if vocabulary.items.exact(place.text))
        row = row._replace(labels=labels)
    if not row.labels:
        return None
    label = row.labels[-1]
    key = vocabulary.items.exact(label.text)
    if key is None and not row.numbers and label.text[-1:].isdigit():  # 规章000
        tail = _TAIL.fullmatch(label.text)
        key = vocabulary.items.exact(tail[1]) if tail else None
        if tail and key:
            row = row.with_run(tail[1], tail[2])
    if key is None and row.numbers and len(row.labels) > 1:  # 规 章
        key = vocabulary.items.exact("".join([place.text for place in row.labels]))
    if key is None and row.numbers and above is not None and not above.numbers:  # a label broken over two lines
        key = vocabulary.items.exact(above.label + label.text)
    if key is None and row.numbers and len(label.text) < 24:
        match = vocabulary.items.find(label.text)
        key = (
            match.key
            if match is not None and match.sure >= Sure.PART and _hardly_more(label.text, match.key, vocabulary)
            else None
        )
    if key is None or not row.slots:
        return None
    return _Found(position, row, key)


def _hardly_more(text: str, key: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a label says little more than the form's: lists in the prose name the same things."""
    return len(core(text)) <= vocabulary.item_lengths[key] + 2


def _heading_texts(cluster: Sequence[_Found], rows: Sequence[Row]) -> list[str]:
    """Return every label in and just above the table."""
    start = max(0, cluster[0].position - 3)
    found: list[str] = []
    for row in rows[start : cluster[-1].position + 1]:
        texts = (place.text for place in (*row.labels[-12:], *row.slots))
        found.extend(text for text in texts if text and (len(text) < _PROSE or len(plain(text)) < _PROSE))
    return found


def _has_headings(texts: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Tell whether the form's own headings stand in or above a table: other tables of a report share its row labels."""
    return any(vocabulary.edition_of_heading(text) is not None or _ARTICLE in normal(text) for text in texts)


def _edition(cluster: Sequence[_Found], texts: Iterable[str], vocabulary: Vocabulary) -> tuple[type[Any] | None, bool]:
    """Return the edition whose headings and rows are printed, and whether another edition's are printed as well."""
    forms = vocabulary.disclosures
    score = Counter(name for text in texts if (name := vocabulary.edition_of_heading(text)))
    score.update(name for one in cluster if (name := vocabulary.edition_of_item(one.key)))
    if not score:  # headings lost: the number of figures in a row tells
        for one in cluster:
            for name, several in forms.items():
                score[name] += any(one.row.numbers == len(_rows_of(form).get(one.key, ())) for form in several)
    ranked = score.most_common(2)
    if len(ranked) > 1 and ranked[0][1] == ranked[1][1]:
        return None, True
    printed = {one.key for one in cluster}
    # rows of a region make it the region's form, and nothing else does
    form = max(forms[ranked[0][0]], key=lambda form: (len(printed & _rows_of(form).keys()), -len(_rows_of(form))))
    return form, len(ranked) > 1


@memo
def _rows_of(form: Any) -> dict[str, list[Leaf]]:
    """Return the cells of every row of a form of table 2."""
    found: dict[str, list[Leaf]] = {}
    for leaf in leaves(form):
        found.setdefault(leaf.path.partition(".")[0], []).append(leaf)
    return found


def _read(
    cluster: Sequence[_Found],
    texts: Sequence[str],
    rows: Sequence[Row],
    vocabulary: Vocabulary,
    teacher: Lessons | None,
) -> Part:
    form, mixed = _edition(cluster, texts, vocabulary)
    part = Part(form)
    place = cluster[0].row.labels[-1]
    if form is None:
        part.problem(
            "SRC004",
            Text(
                "表二的表头已损坏，无法判定是哪一版表式",
                "table 2: its headings are damaged, which edition it is cannot be decided",
            ),
            place,
        )
        return part
    if mixed:
        part.problem(
            "SRC002",
            Text("表二混有两版表式的标题，按多数判定", "table 2 mixes headings of two editions; most of them decided"),
            place,
            confidence=0.8,
        )
    fields = _rows_of(form)
    widest = max(len(row) for row in fields.values())
    full = [one.row for one in cluster if len(fields.get(one.key, ())) == widest]
    aligner = Aligner(widest, Lessons(widest, tuple(full)))
    if full and full[0].layout in UNPLACED and teacher is not None:
        aligner = Aligner(widest, teacher, foreign=True)
    edition = national(form)
    header_units = _units(texts, vocabulary, edition)
    for one in cluster:
        wanted = fields.get(one.key)
        if wanted is None:
            continue
        aligned = _order_by_heading(
            _one_merged(one.row, len(wanted)) or aligner.narrowed(len(wanted)).align(one.row),
            one,
            wanted,
            rows,
            vocabulary,
            edition,
        )
        part.span(one.row.block, one.row.last)
        cells = Cells(tuple(f"disclosure.{leaf.path}" for leaf in wanted), tuple(leaf.spec for leaf in wanted))
        part.put_row(aligned, cells, one.row.labels[-1].text)
        for leaf, slot in zip(wanted, aligned.slots, strict=True):
            if leaf.kind is Kind.AMOUNT and slot is not None and aligned.how is not How.OPEN:
                _put_amount(part, leaf, slot, header_units)
    _say_strange(part, cluster, rows, fields)
    lost = [row for key, row in fields.items() if all(one.key != key for one in cluster)]
    if lost:
        names = [f"“{row[0].specs[0].label}”" for row in lost]
        part.problem(
            "SRC006",
            Text(
                f"表二缺 {len(lost)} 行数字：{'、'.join(names)}", f"table 2 lacks {len(lost)} rows: {', '.join(names)}"
            ),
            paths=tuple(f"disclosure.{leaf.path}" for row in lost for leaf in row),
        )
    return part


def _say_strange(part: Part, cluster: Sequence[_Found], rows: Sequence[Row], fields: Collection[str]) -> None:
    """Say which rows of figures inside the table are none of the form's: nothing of them is in the report."""
    known = {one.position: one.key in fields for one in cluster}
    last = cluster[-1]
    for position, row in enumerate(rows[cluster[0].position :], cluster[0].position):
        below = position > last.position
        if below and not (row.numbers and row.block == last.row.block and row.layout not in UNPLACED):
            break
        if row.numbers and row.labels and not known.get(position, False):
            message = Text(
                "“{}”一行不是这一版表二的行，其数字未读入",
                "row {!r} is no row of this edition of table 2: its figures were not taken",
            ).fill_one(row.label)
            part.problem("SRC012", message, row.labels[-1])


def _one_merged(row: Row, width: int) -> Aligned | None:
    """A merged cell that was filled to the right: one figure, printed in each of the columns it covered."""
    texts = {slot.text for slot in row.slots if slot.text}
    if width != 1 or row.numbers < 2 or len(texts) != 1:
        return None
    return Aligned((next(slot for slot in row.slots if slot.text),), How.PLACE)


def _put_amount(part: Part, leaf: Leaf, slot: Place, header_unit: str | None) -> None:
    """Read a sum of money again with the unit of its heading, and note the unit as printed."""
    path = f"disclosure.{leaf.path}"
    printed = look(slot.text)
    form_unit = _unit(leaf.spec.label)
    if printed.unit is None and header_unit and header_unit != leaf.spec.unit:
        part.put(path, slot, leaf.spec, header_unit)
    if isinstance(part.values[path], Missing):
        return
    own = printed.unit if printed.unit in YUAN else None
    part.values[f"{path}_unit"] = own or (header_unit if form_unit is None else None)
    if own is None and header_unit is None and form_unit is None and part.values[path]:
        part.problem(
            "SRC008",
            Text("“{}”没有印单位，按元记录", "{!r} has no unit printed; it is recorded as yuan").fill_one(slot.text),
            slot,
            (path,),
            0.5,
        )


def _units(texts: Iterable[str], vocabulary: Vocabulary, edition: str) -> str | None:
    """Return the unit of money the headings print, if they print one; it may stand on a line of its own."""
    before = ""
    for text in texts:
        unit = _unit(text)
        for heading in (text, before + text) if unit else ():
            match = vocabulary.headers[edition].find(heading)
            if match is not None and match.key == "amount":
                return unit
        before = text
    return None


def _unit(text: str) -> str | None:
    """Return the unit of money a heading prints, if it prints one."""
    found = _UNIT.search(text)
    return found[found.lastindex or 0] if found else None


def _order_by_heading(
    aligned: Aligned, one: _Found, wanted: list[Leaf], rows: Sequence[Row], vocabulary: Vocabulary, edition: str
) -> Aligned:
    """Put the slots in the form's order where the headings above print another."""
    if len(wanted) < 2 or aligned.how is How.OPEN:
        return aligned
    names = [leaf.path.rpartition(".")[2] for leaf in wanted]
    for row in reversed(rows[max(0, one.position - 4) : one.position]):
        if row.numbers:
            continue
        printed = [key for place in row.labels if (key := vocabulary.headers[edition].exact(place.text)) in names]
        if len(printed) == len(names):
            if set(printed) == set(names) and printed != names:
                by_name = dict(zip(printed, aligned.slots, strict=True))
                return aligned._replace(slots=tuple(by_name[name] for name in names))
            return aligned
    return aligned
