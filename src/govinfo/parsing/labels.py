"""The labels of the form, looked up: derived from the schema, widened by plugins.

A label is looked for exactly first, then as part of a longer or shorter text, then by likeness. Likeness alone is never
enough (不予公开 is very like 予以公开): the caller must have the order of the form on its side.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any, NamedTuple

import attrs

from govinfo.parsing.normal import balance, core, item_number, normal, numbered, plain
from govinfo.schema.disputes import Disputes
from govinfo.schema.editions import EDITIONS, national
from govinfo.schema.fields import Spec
from govinfo.schema.paths import leaves
from govinfo.schema.report import Sections

__all__ = ["LabelTable", "Match", "Sure", "Vocabulary"]

_MEMO = 20_000
"""Texts remembered at most."""
_LONGEST = 120
"""More characters than any label has, notes in it aside."""
_LONGEST_WITH_NOTES = 600
_LIKE = 0.72
_CLEARLY = 0.12
"""How much more alike the best label must be than the second best."""


class Sure(enum.IntEnum):
    """How sure a label is."""

    ALIKE = 1
    """Damaged, or too short to be told from other labels: the order of the form must agree."""
    PART = 2
    """The label with something before, behind or around it, or the unmistakable beginning of it."""
    EXACT = 3


class Match(NamedTuple):
    """A label that was recognised."""

    key: str
    """Dotted path of the field."""
    sure: Sure


class LabelTable:
    """Labels by the field they belong to."""

    def __init__(self, entries: Iterable[tuple[str, Spec]], variants: Sequence[tuple[str, str]] = ()) -> None:
        """Take (key, spec) pairs in the order of the form, and (label, variant) pairs from plugins."""
        self._exact: dict[str, Match] = {}
        self._cores: dict[str, str] = {}
        also: dict[str, list[str]] = {}
        numbers: list[tuple[str, str]] = []
        for label, variant in variants:
            also.setdefault(normal(label), []).append(variant)
        for key, spec in entries:
            for label in (spec.label, *spec.variants, *also.get(normal(spec.label), ())):
                bare = plain(label)
                for text in (core(label), bare):
                    self._exact.setdefault(text, Match(key, Sure.EXACT if len(text) > 2 else Sure.ALIKE))
                    self._cores.setdefault(text, key)
                    numbers.append((text, spec.label))
                self._exact[normal(label)] = Match(key, Sure.EXACT if len(normal(label)) > 2 else Sure.ALIKE)
        self._numbers = {text: item_number(label) for text, label in numbers}
        self._long = sorted((text for text in self._cores if len(text) >= 4), key=len, reverse=True)
        self._memo: dict[str, Match | None] = {}
        self._printed: dict[str, str | None] = {}

    def find(self, text: str) -> Match | None:
        """Return the field the label belongs to, or None."""
        try:
            return self._memo[text]
        except KeyError:
            if len(self._memo) > _MEMO:
                self._memo.clear()
            found = self._memo[text] = self._find(text)
            return found

    def exact(self, text: str) -> str | None:
        """Return the field only if the label is exactly one the form prints, notes in brackets aside."""
        try:
            return self._printed[text]
        except KeyError:
            match = self._look_up(text)
            if len(self._printed) > _MEMO:
                self._printed.clear()
            found = self._printed[text] = match.key if match else None
            return found

    def _look_up(self, text: str) -> Match | None:
        """Look for the label as it is, without its number, without notes in brackets, and without either."""
        get = self._exact.get
        found = get(numbered(text)) or get(plain(text))
        if found is None and balance(text) >= 0:  # otherwise all of it stands in a note that began before
            found = get(normal(text)) or get(core(text))
        return found

    def _find(self, text: str) -> Match | None:
        if len(text) > _LONGEST_WITH_NOTES:
            return None
        exact = self._look_up(text)
        if exact is not None:
            return exact
        said = plain(text)  # what a note in brackets names is another label
        if not said or len(said) > _LONGEST:
            return None
        whole = bare = said
        for test in (whole.endswith, whole.__contains__):
            for label in self._long:
                if test(label):
                    return Match(self._cores[label], Sure.PART)
        number = item_number(text)
        if len(bare) >= (3 if number else 5):
            begun = [label for label in self._long if label.startswith(bare) and number in (None, self._numbers[label])]
            keys = {self._cores[label] for label in begun}
            if len(keys) == 1:
                return Match(keys.pop(), Sure.PART)
        return self._alike(bare, number)

    def _alike(self, bare: str, number: str | None) -> Match | None:
        if len(bare) < 3 or len(bare) > 60:
            return None
        likeness: dict[str, float] = {}
        for label, key in self._cores.items():
            if number is not None and number != self._numbers[label]:
                continue  # the item number is the best witness a damaged label has
            matcher = SequenceMatcher(None, label, bare, autojunk=False)
            if matcher.real_quick_ratio() >= _LIKE - _CLEARLY:
                likeness[key] = max(likeness.get(key, 0.0), matcher.ratio())
        best = sorted(likeness.items(), key=lambda item: -item[1])[:2]
        if not best or best[0][1] < _LIKE or (len(best) > 1 and best[0][1] - best[1][1] < _CLEARLY):
            return None
        return Match(best[0][0], Sure.ALIKE)


def _entries(cls: type[Any]) -> list[tuple[str, Spec]]:
    """List every field below ``cls``, blocks before their cells, as (dotted key, spec)."""
    found: dict[str, Spec] = {}
    for leaf in leaves(cls):
        names = leaf.path.split(".")
        for depth, spec in enumerate(leaf.specs, 1):
            found.setdefault(".".join(names[:depth]), spec)
    return list(found.items())


@attrs.define(slots=False)
class Vocabulary:
    """Everything the parser knows about labels: the editions of the form and the variants plugins add.

    Args:
        editions: table classes by table and edition.
        variants: (label as the form prints it, variant seen) pairs.
    """

    editions: Mapping[str, Mapping[str, type[Any]]] = attrs.field(factory=lambda: EDITIONS)
    variants: tuple[tuple[str, str], ...] = ()

    def _table(self, classes: Iterable[type[Any]]) -> LabelTable:
        return LabelTable((entry for cls in classes for entry in _entries(cls)), self.variants)

    @cached_property
    def rows(self) -> LabelTable:
        """Rows of table 3 of all editions, blocks included."""
        return self._table(form.column_class for form in self.editions["applications"].values())

    @cached_property
    def columns(self) -> LabelTable:
        """Applicant columns of table 3."""
        forms = self.editions["applications"].values()
        return LabelTable(
            ((key, spec) for form in forms for key, spec in _entries(form) if "." not in key), self.variants
        )

    @cached_property
    def items(self) -> LabelTable:
        """Rows of table 2 of all editions."""
        forms = self.editions["disclosure"].values()
        return LabelTable(
            ((key, spec) for form in forms for key, spec in _entries(form) if "." not in key), self.variants
        )

    @cached_property
    def disclosures(self) -> dict[str, list[type[Any]]]:
        """The forms of table 2 by national edition: its own, and those that add rows of a region to it."""
        found: dict[str, list[type[Any]]] = {}
        for form in self.editions["disclosure"].values():
            found.setdefault(national(form), []).append(form)
        return found

    @cached_property
    def headers(self) -> dict[str, LabelTable]:
        """Column headings of table 2 by national edition: keys are field names."""
        return {
            name: LabelTable(
                ((key.partition(".")[2], spec) for form in forms for key, spec in _entries(form) if "." in key),
                self.variants,
            )
            for name, forms in self.disclosures.items()
        }

    @cached_property
    def items_in_order(self) -> tuple[str, ...]:
        """The rows of table 2 of all editions, in the order of the form."""
        return tuple(dict.fromkeys(key for keys in self._items_of_editions.values() for key in keys))

    def edition_of_heading(self, text: str) -> str | None:
        """Return the one national edition whose table 2 has this column heading, or None."""
        try:
            return self._heading_editions[text]
        except KeyError:
            sure = {name: match.sure for name, table in self.headers.items() if (match := table.find(text))}
            best = max(sure.values(), default=Sure.ALIKE)
            names = [name for name, value in sure.items() if value is best]
            found = names[0] if best >= Sure.PART and len(names) == 1 else None
            if len(self._heading_editions) > _MEMO:
                self._heading_editions.clear()
            self._heading_editions[text] = found
            return found

    @cached_property
    def _heading_editions(self) -> dict[str, str | None]:
        return {}

    def edition_of_item(self, key: str) -> str | None:
        """Return the one national edition whose table 2 has this row, a region's added or not, or None."""
        names = [name for name, keys in self._items_of_editions.items() if key in keys]
        return names[0] if len(names) == 1 else None

    @cached_property
    def _items_of_editions(self) -> dict[str, list[str]]:
        return {
            name: list(dict.fromkeys(leaf.path.partition(".")[0] for form in forms for leaf in leaves(form)))
            for name, forms in self.disclosures.items()
        }

    @cached_property
    def item_lengths(self) -> dict[str, int]:
        """How long the label of each row of table 2 is."""
        forms = self.editions["disclosure"].values()
        return {key: len(core(spec.label)) for form in forms for key, spec in _entries(form) if "." not in key}

    @cached_property
    def disputes(self) -> LabelTable:
        """Headings of table 4: blocks and outcomes."""
        entries = [(key.rpartition(".")[2], spec) for key, spec in _entries(Disputes)]
        return LabelTable(entries, self.variants)

    @cached_property
    def sections(self) -> LabelTable:
        """Headings of the six sections."""
        from govinfo.schema.fields import spec_of

        specs = ((field.name, spec_of(field)) for field in attrs.fields(Sections))
        return LabelTable(((name, spec) for name, spec in specs if spec is not None), self.variants)
