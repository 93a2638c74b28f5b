"""What the fields of a class are in XML: one rule for the canonical record, one for everything else.

In the record every field is an element named like it, so that an XPath is a canonical path with ``/`` for ``.``.
Elsewhere sentences and what has parts of its own are elements, a tuple as many of them; the rest are attributes.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import attrs

from govinfo.schema import Amount, Count, Kind, Spec
from govinfo.schema.fields import spec_of
from govinfo.schema.paths import memo
from govinfo.text import Text
from govinfo_xml.model import NAMESPACE

__all__ = ["Form", "Part", "parts_of"]


class Form(enum.Enum):
    """How a field is written."""

    ATTRIBUTE = enum.auto()
    TEXT = enum.auto()
    """An element that holds text."""
    CELL = enum.auto()
    """An element that holds a number, or is ``xsi:nil`` and says in ``missing`` why there is none."""
    RECORD = enum.auto()
    """An element that holds others."""


@attrs.frozen
class Part:
    """One field of a class."""

    field: str
    """Its name in the class."""
    name: str
    """Its name in XML."""
    form: Form
    of: Any
    """The class of a record, the type of the rest; a union only where it has no simpler name."""
    many: bool = False
    default: Any = None
    """What is left out: None or the default of the field; `attrs.NOTHING` where it is always written."""
    spec: Spec | None = None
    tag: str = attrs.field(init=False)
    """The name with its namespace, as lxml has it."""

    @tag.default
    def _with_namespace(self) -> str:
        return f"{{{NAMESPACE}}}{self.name}"


def _singular(name: str) -> str:
    return name if name == "resolves" else name.removesuffix("s")


@memo
def parts_of(cls: Any, record: bool) -> tuple[Part, ...]:
    """Return the fields of a class in their order, then its properties.

    Args:
        cls: an attrs class.
        record: whether it belongs to the canonical record.
    """
    hints = get_type_hints(cls)
    if record:
        return tuple(_of_record(cls, field, hints[field.name]) for field in attrs.fields(cls))
    made = [_of_result(field.name, hints[field.name], field.default) for field in attrs.fields(cls)]
    for name, member in vars(cls).items():
        if isinstance(member, property):
            made.append(_of_result(name, get_type_hints(member.fget)["return"], attrs.NOTHING))
    return tuple(made)


def _of_record(cls: Any, field: attrs.Attribute[Any], hint: Any) -> Part:
    spec, name = spec_of(field), field.name
    if spec is not None and spec.kind is Kind.BLOCK:
        return Part(name, name, Form.RECORD, spec.of or cls.column_class, default=attrs.NOTHING, spec=spec)
    if hint in (Count, Amount):
        return Part(name, name, Form.CELL, int if hint == Count else Decimal, default=attrs.NOTHING, spec=spec)
    of, optional = _without_none(hint)
    form = Form.RECORD if attrs.has(of) else Form.TEXT
    return Part(name, name, form, of, default=None if optional else attrs.NOTHING, spec=spec)


def _of_result(name: str, hint: Any, default: Any) -> Part:
    if get_origin(hint) is tuple:
        of = get_args(hint)[0]
        return Part(name, _singular(name), Form.RECORD if attrs.has(of) else Form.TEXT, of, many=True)
    of, optional = _without_none(hint)
    form = Form.RECORD if attrs.has(of) else Form.TEXT if of is Text else Form.ATTRIBUTE
    return Part(name, name, form, of, default=None if optional else default)


def _without_none(hint: Any) -> tuple[Any, bool]:
    """Return a type without ``None`` and whether that was allowed; of several the widest: text, then decimals."""
    if get_origin(hint) not in (Union, UnionType):
        return hint, False
    left = [one for one in get_args(hint) if one is not NoneType]
    of = next((one for one in (str, Decimal) if one in left), left[0])
    return of, len(left) < len(get_args(hint))
