"""Field metadata: the one place where a cell's printed label, its variants and its unit are said.

Everything else that knows the form (paths, label tables, JSON, the printed form, strategies) is derived from the
`Spec` each attrs field carries under `KEY`.
"""

from __future__ import annotations

import enum
import re
from typing import Any

import attrs

from govinfo.schema.cells import Missing

__all__ = [
    "KEY",
    "Kind",
    "Spec",
    "amount",
    "block",
    "change",
    "count",
    "printed_unit",
    "short_label",
    "spec_of",
    "text",
]

KEY = "govinfo"


class Kind(enum.Enum):
    """What a field of the schema is."""

    COUNT = "count"
    """A whole number, never negative in a correct report."""
    CHANGE = "change"
    """A signed whole number (本年增/减)."""
    AMOUNT = "amount"
    """A sum of money, a decimal."""
    UNIT = "unit"
    """The unit printed beside an amount."""
    BLOCK = "block"
    """A group of fields: a row, a column or a part of a table."""
    TEXT = "text"
    """Prose."""


@attrs.frozen
class Spec:
    """What the form says about a field."""

    kind: Kind
    label: str
    """The label as the form prints it."""
    en: str
    """The field's standard English term."""
    variants: tuple[str, ...] = ()
    """Other printings seen in published reports."""
    unit: str | None = None
    """The canonical unit of an amount, 元 or 万元."""
    under: str | None = None
    """A heading the form prints above the label that has no place in the canonical record."""
    of: type[Any] | None = None
    """The attrs class of a block."""
    after: str | None = None
    """The field the form prints it behind, under the same heading; None: the one declared before it."""


def spec_of(field: attrs.Attribute[Any]) -> Spec | None:
    """Return the field's `Spec`, or None for a field that is not printed on the form."""
    return field.metadata.get(KEY)


def short_label(label: str) -> str:
    """Return a printed label without its number and without what a reader of the form can do without.

    >>> short_label("一、本年新收政府信息公开申请数量"), short_label("（二）部分公开（区分处理的，只计这一情形）")
    ('本年新收', '（二）部分公开')
    """
    label = re.sub(r"^[一二三四五六]、", "", label)
    label = re.sub(r"(?<=.)（[^（）]*）$", "", label)
    label = re.sub(r"(?<=.)(政府信息公开申请数量|继续办理)$", "", label)
    return re.sub(r"^(\d\.[^、]+)、.*", r"\1", label)


def _field(default: Any, spec: Spec, **options: Any) -> Any:
    return attrs.field(default=default, metadata={KEY: spec}, **options)


def count(label: str, *variants: str, en: str, under: str | None = None) -> Any:
    """Declare a whole-number cell."""
    return _field(Missing.ABSENT, Spec(Kind.COUNT, label, en, variants, under=under))


def change(label: str, *variants: str, en: str) -> Any:
    """Declare a signed whole-number cell."""
    return _field(Missing.ABSENT, Spec(Kind.CHANGE, label, en, variants))


def amount(label: str, *variants: str, en: str, unit: str) -> Any:
    """Declare a money cell whose canonical unit is ``unit`` (元 or 万元)."""
    return _field(Missing.ABSENT, Spec(Kind.AMOUNT, label, en, variants, unit=unit))


def printed_unit(en: str) -> Any:
    """Declare the unit printed with the amount beside it; None where the document prints none."""
    return _field(None, Spec(Kind.UNIT, "", en))


def text(label: str, *variants: str, en: str) -> Any:
    """Declare a passage of prose under a heading; None where the document has no such passage."""
    return _field(None, Spec(Kind.TEXT, label, en, variants))


def block(
    cls: type[Any] | None,
    label: str,
    *variants: str,
    en: str,
    under: str | None = None,
    after: str | None = None,
    **options: Any,
) -> Any:
    """Declare a group of cells.

    Args:
        cls: their class; None means the owner's ``column_class``.
        label: as the form prints it.
        variants: other printings.
        en: the standard English term.
        under: the heading printed above it.
        after: the field it is printed behind, under the same heading, where a form adds to another.
        options: for `attrs.field`.
    """
    if cls is None:
        default: Any = attrs.Factory(lambda owner: owner.column_class(), takes_self=True)
    else:
        default = attrs.Factory(cls)
    return _field(default, Spec(Kind.BLOCK, label, en, variants, under=under, of=cls, after=after), **options)
