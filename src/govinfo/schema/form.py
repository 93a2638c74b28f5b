"""The printed form, derived from the schema: which labels and cells stand where, merged cells included.

Tests, renderers and parsers share this geometry; nobody else spells the form out.
"""

from __future__ import annotations

from typing import Any

import attrs

from govinfo.schema.fields import Spec
from govinfo.schema.paths import Leaf, leaves, memo

__all__ = ["APPLICATIONS_NOTE", "FormCell", "FormRow", "form_grid", "rows"]

APPLICATIONS_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
_APPLICANT_HEADING = "申请人情况"
_ITEM_HEADING = "信息内容"


@attrs.frozen
class FormCell:
    """A cell of the printed form: a label, or the place of a figure (``path`` below its table)."""

    text: str = ""
    path: str | None = None
    rowspan: int = 1
    colspan: int = 1


FormRow = tuple[FormCell, ...]


@memo
def rows(cls: Any) -> tuple[Leaf, ...]:
    """Return the outcome rows of table 3 for an edition's class: the cells of one applicant column, in order."""
    return leaves(cls.column_class)


@memo
def form_grid(cls: Any) -> tuple[FormRow, ...]:
    """Return the printed form of a table's class, row by row; a merged cell stands once, where it begins.

    Table 2 is 4 columns wide, table 3 is 10 (3 of labels), table 4 is 15.
    """
    names = {field.name for field in attrs.fields(cls)}
    if hasattr(cls, "column_class"):
        return _applications(cls)
    return _disputes(cls) if "reconsideration" in names else _disclosure(cls)


def _disclosure(cls: type[Any]) -> tuple[FormRow, ...]:
    width = 1 + max(len(row) for row in _by_first(cls).values())
    grid: list[FormRow] = []
    heading = columns = None
    for name, row in _by_first(cls).items():
        spec = row[0].specs[0]
        labels = [leaf.spec.label for leaf in row]
        spans = _spread(len(row), width - 1)
        if spec.under != heading or labels != columns:
            if spec.under != heading:
                grid.append((FormCell(spec.under or "", colspan=width),))
            grid.append(
                (FormCell(_ITEM_HEADING), *(FormCell(text, colspan=n) for text, n in zip(labels, spans, strict=True)))
            )
            heading, columns = spec.under, labels
        values = (
            FormCell(path=f"{name}.{leaf.path.partition('.')[2]}", colspan=n)
            for leaf, n in zip(row, spans, strict=True)
        )
        grid.append((FormCell(spec.label), *values))
    return tuple(grid)


def _spread(parts: int, width: int) -> list[int]:
    """Share ``width`` columns among ``parts`` cells, the last taking what is left."""
    return [1] * (parts - 1) + [width - parts + 1]


def _by_first(cls: type[Any]) -> dict[str, list[Leaf]]:
    grouped: dict[str, list[Leaf]] = {}
    for leaf in leaves(cls):
        grouped.setdefault(leaf.path.partition(".")[0], []).append(leaf)
    return grouped


def _applications(cls: type[Any]) -> tuple[FormRow, ...]:
    columns: list[tuple[str, Spec]] = [(name, row[0].specs[0]) for name, row in _by_first(cls).items()]
    inner = [(name, spec) for name, spec in columns if spec.under]
    grid: list[FormRow] = [
        (FormCell(APPLICATIONS_NOTE, rowspan=3, colspan=3), FormCell(_APPLICANT_HEADING, colspan=len(columns))),
        (
            FormCell(columns[0][1].label, rowspan=2),
            FormCell(inner[0][1].under or "", colspan=len(inner)),
            FormCell(columns[-1][1].label, rowspan=2),
        ),
        tuple(FormCell(spec.label) for _, spec in inner),
    ]
    found = rows(cls)
    outcomes = [leaf for leaf in found if leaf.specs[0].under]
    before: Leaf | None = None
    for leaf in found:
        top = leaf.specs[0]
        labels: list[FormCell] = []
        if top.under and (before is None or before.specs[0].under != top.under):
            labels.append(FormCell(top.under, rowspan=len(outcomes)))
        if len(leaf.specs) > 1:
            if before is None or before.specs[0] is not top:
                labels.append(FormCell(top.label, rowspan=sum(other.specs[0] is top for other in found)))
            labels.append(FormCell(leaf.spec.label))
        else:
            labels.append(FormCell(leaf.spec.label, colspan=2 if top.under else 3))
        grid.append((*labels, *(FormCell(path=f"{name}.{leaf.path}") for name, _ in columns)))
        before = leaf
    return tuple(grid)


def _disputes(cls: type[Any]) -> tuple[FormRow, ...]:
    blocks = _by_first(cls)
    first, *others = blocks.values()
    heading = others[0][0].specs[0].under or ""
    return (
        (
            FormCell(first[0].specs[0].label, colspan=len(first)),
            FormCell(heading, colspan=sum(len(block) for block in others)),
        ),
        (
            *(FormCell(leaf.spec.label, rowspan=2) for leaf in first),
            *(FormCell(block[0].specs[0].label, colspan=len(block)) for block in others),
        ),
        tuple(FormCell(leaf.spec.label) for block in others for leaf in block),
        tuple(FormCell(path=leaf.path) for leaf in leaves(cls)),
    )
