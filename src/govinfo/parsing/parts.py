"""What a parser of one section hands back."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple, cast

import attrs

from govinfo.documents.model import Place, Problem
from govinfo.parsing.align import Aligned, How
from govinfo.parsing.lessons import Lessons
from govinfo.parsing.numbers import Look, look, sound_count, to_value
from govinfo.schema.cells import Missing, Value
from govinfo.schema.fields import Kind, Spec
from govinfo.text import Text

__all__ = ["Cells", "Part"]


class Cells(NamedTuple):
    """The cells of a row of the form, by column."""

    paths: tuple[str, ...]
    specs: tuple[Spec, ...]
    """What the form says of each."""


_DECIDED = {
    How.SUM: (Text("按勾稽关系判定各列", "the columns were decided by the form's arithmetic"), 0.9),
    How.MOVED: (
        Text("总计空白，数字可能左移了一列", "its total is blank, its figures may have moved left"),
        0.5,
    ),
    How.SPLIT: (Text("连写的数字已拆开", "figures run together were parted"), 0.8),
}


@attrs.define
class Part:
    """Cells read from one table, with their places and the problems met; paths are below the report."""

    form: type[Any] | None = None
    """The table's class; None where the table is not in the document."""
    values: dict[str, Any] = attrs.field(factory=dict)
    origins: dict[str, Place] = attrs.field(factory=dict)
    problems: list[Problem] = attrs.field(factory=list)
    copies: int = 1
    """How often the table stands in the document."""
    contradicted: bool = False
    """Whether its copies hold different figures."""
    lessons: Lessons | None = None
    """What the table taught about where figures stand in this document."""
    first: int | None = None
    """Index of the block the table begins in."""
    last: int | None = None

    def span(self, first: int, last: int) -> None:
        """Note that blocks ``first`` to ``last`` belong to the table."""
        self.first = first if self.first is None else min(self.first, first)
        self.last = last if self.last is None else max(self.last, last)

    def unread(self, why: Text, unless: Collection[str] = ()) -> None:
        """Take back every figure but some, and say why."""
        paths = tuple(
            path for path, value in self.values.items() if not isinstance(value, Missing) and path not in unless
        )
        for path in paths:
            self.values[path] = Missing.UNREADABLE
        if paths:
            self.problem("SRC004", why, self.origins.get(paths[0]), paths)

    def problem(
        self,
        code: str,
        message: Text,
        at: Place | None = None,
        paths: tuple[str, ...] = (),
        confidence: float | None = None,
    ) -> None:
        """Note a problem."""
        self.problems.append(Problem(code, message, at, paths, confidence))

    def put(self, path: str, place: Place, spec: Spec, header_unit: str | None = None) -> None:
        """Read one cell."""
        printed = look(place.text)
        value: Value = to_value(printed, spec.kind, spec.unit, header_unit)
        self.values[path] = value
        self.origins[path] = place
        if value is Missing.UNREADABLE:
            number = printed.number is not None and spec.kind is not Kind.AMOUNT
            self.problem(
                "SRC005" if number else "SRC004",
                Text("“{}”不是整数", "{!r} is not a whole number").fill_one(place.text)
                if number
                else Text("“{}”无法读作数字", "{!r} cannot be read as a number").fill_one(place.text),
                place,
                (path,),
            )
        elif printed.look is Look.SPACED:
            self.problem(
                "SRC003",
                Text("“{}”读作一个数", "{!r} was read as one number").fill_one(place.text),
                place,
                (path,),
                0.8,
            )

    def put_row(self, aligned: Aligned, cells: Cells, label: str) -> None:
        """Read one aligned row into ``cells``."""
        paths, specs = cells
        if aligned.how is How.FULL:  # nearly every row: all at once
            numbers = [sound_count(slot.text) if slot is not None else None for slot in aligned.slots]
            if None not in numbers and not any(spec.kind is Kind.AMOUNT for spec in specs):
                self.values.update(zip(paths, numbers, strict=True))
                self.origins.update(zip(paths, cast(tuple[Place, ...], aligned.slots), strict=True))
                return
        place = next((slot for slot in aligned.slots if slot is not None), None)
        if aligned.how is How.OPEN:
            for path in paths:
                self.values[path] = Missing.UNREADABLE
                if place is not None:
                    self.origins[path] = place
            self.problem(
                "SRC004",
                Text(
                    "“{}”一行的数字无法确定属于哪一列", "which column each figure of row {!r} belongs to is undecided"
                ).fill_one(label),
                place,
                paths,
            )
            return
        for path, spec, slot in zip(paths, specs, aligned.slots, strict=True):
            if slot is None:
                self.values[path] = Missing.ABSENT
            else:
                self.put(path, slot, spec)
        if aligned.how is How.EMPTY and None in aligned.slots:
            absent = tuple(path for path, slot in zip(paths, aligned.slots, strict=True) if slot is None)
            self.problem("SRC006", Text("“{}”一行没有数字", "row {!r} has no figures").fill_one(label), place, absent)
        if aligned.how in _DECIDED:
            message, confidence = _DECIDED[aligned.how]
            named = Text(f"“{label}”一行：{message.zh}", f"row {label!r}: {message.en}")
            self.problem("SRC003", named, place, paths, confidence)
        for slot in aligned.aside:
            self.problem(
                "SRC009",
                Text("“{}”疑为页码，未计入", "{!r} looks like a page number and was left out").fill_one(slot.text),
                slot,
            )
