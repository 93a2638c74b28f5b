"""The words a rule can use: paths and templates, all derived from the schema classes of a report's tables.

Templates stand for names and are written in braces:

========================  ============================================================================
``{applicant}``           the seven columns of table 3
``{organisation}``        the six without the total column
``{row}``                 the rows of table 3 in the report's edition, such as ``denied.state_secret``
``{block}``               the three blocks of table 4
``{count}``, ``{amount}`` every count, every sum of money below the path before it: ``disputes.{count}``,
                          or of the whole report; cells that may be negative (本年增/减) are not counts
========================  ============================================================================
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, NoReturn

import attrs

from govinfo.rules.expression import Relation, Term
from govinfo.schema import TABLES, Disputes, Kind, Leaf, ProcessingFee, leaves
from govinfo.schema.editions import EDITIONS
from govinfo.schema.form import rows
from govinfo.schema.paths import memo

__all__ = ["TEMPLATES", "Classes", "Vocabulary", "known_classes", "vocabulary"]

TEMPLATES = ("applicant", "organisation", "row", "block", "count", "amount")
_TOTAL = "total"
_KINDS = {"count": Kind.COUNT, "amount": Kind.AMOUNT}

Classes = tuple[Any, ...]
"""The classes of a report's `TABLES`, in their order."""

Editions = Mapping[str, Mapping[str, type[Any]]]


@memo
def _below(classes: Classes) -> dict[str, tuple[Leaf, ...]]:
    """Return the cells below every path of a report: one for a cell, several for a block."""
    found: dict[str, list[Leaf]] = {}
    for table, cls in zip(TABLES, classes, strict=True):
        for leaf in leaves(cls, f"{table}."):
            for path in _prefixes(leaf.path):
                found.setdefault(path, []).append(leaf)
    return {path: tuple(below) for path, below in found.items()}


@memo
def _order(classes: Classes) -> dict[str, int]:
    below = _below(classes)
    return {leaf.path: i for i, leaf in enumerate(leaf for table in TABLES for leaf in below[table])}


@lru_cache(maxsize=64)
def _elsewhere(known: tuple[tuple[str, Any], ...]) -> frozenset[str]:
    """Return every path of any known edition."""
    return frozenset(path for table, cls in known for leaf in leaves(cls, f"{table}.") for path in _prefixes(leaf.path))


def _prefixes(path: str) -> Iterator[str]:
    while path:
        yield path
        path = path.rpartition(".")[0]


def known_classes(editions: Editions = EDITIONS) -> tuple[tuple[str, Any], ...]:
    """Return (table, class) for every edition of every table, in an order that does not depend on the mapping's."""
    several = [(table, cls) for table, forms in sorted(editions.items()) for _, cls in sorted(forms.items())]
    return (*several, ("disputes", Disputes), ("processing_fee", ProcessingFee))


@attrs.frozen
class Vocabulary:
    """What paths and templates mean for a report whose tables have certain classes."""

    classes: Classes
    below: Mapping[str, tuple[Leaf, ...]]
    """Cells below every path, in the order of the form."""
    order: Mapping[str, int]
    """Place of every cell in the form."""
    elsewhere: frozenset[str]
    """Paths of the known editions, this one's or not."""

    def cells(self, term: Term, variables: dict[str, str], relation: Relation) -> tuple[Leaf, ...] | None:
        """Return the cells ``term`` stands for, None where it is a path of another edition only.

        Raises:
            ExpressionError: no edition has such a path.
        """
        path = term.path(variables)
        found = self.below.get(path)
        if found is None and path not in self.elsewhere:
            self._unknown(term, variables, relation)
        return found

    def bindings(self, relation: Relation) -> Iterator[dict[str, str]]:
        """Yield what the templates of ``relation`` stand for, every combination, in the order of the form."""
        for term in relation.terms:
            for name, column in zip(term.names, term.columns, strict=True):
                if name[0] == "{" and name[1:-1] not in TEMPLATES:
                    known = ", ".join(f"{{{template}}}" for template in TEMPLATES)
                    relation.fail(column, f"没有模板 {name}（可用：{known}）", f"no template {name} (known: {known})")
        yield from self._bind(relation, relation.templates, {})

    def _bind(self, relation: Relation, names: tuple[str, ...], bound: dict[str, str]) -> Iterator[dict[str, str]]:
        if not names:
            yield bound
            return
        for value in self._values(relation, names[0], bound):
            yield from self._bind(relation, names[1:], {**bound, names[0]: value})

    def _values(self, relation: Relation, name: str, bound: dict[str, str]) -> tuple[str, ...]:
        table = dict(zip(TABLES, self.classes, strict=True))
        if name in _KINDS:
            return self._cells_of_kind(relation, name, bound)
        if name == "row":
            return tuple(leaf.path for leaf in rows(table["applications"]))
        names = _fields(table["disputes" if name == "block" else "applications"])
        return tuple(other for other in names if other != _TOTAL) if name == "organisation" else names

    def _cells_of_kind(self, relation: Relation, name: str, bound: dict[str, str]) -> tuple[str, ...]:
        braced = f"{{{name}}}"
        term = next(term for term in relation.terms if braced in term.names)
        before = term._replace(names=term.names[: term.names.index(braced)])
        if not before.names:
            found = [leaf for table in TABLES for leaf in self.below[table]]
            prefix = ""
        else:
            found = list(self.cells(before, bound, relation) or ())
            prefix = before.path(bound) + "."
        return tuple(leaf.path.removeprefix(prefix) for leaf in found if leaf.kind is _KINDS[name])

    def _unknown(self, term: Term, variables: dict[str, str], relation: Relation) -> NoReturn:
        """Point to the first name that leads nowhere, and say what could stand there."""
        known = self.below.keys() | self.elsewhere
        at = next(
            i for i in range(len(term.names)) if term._replace(names=term.names[: i + 1]).path(variables) not in known
        )
        before = term._replace(names=term.names[:at]).path(variables)
        here = {path.rpartition(".")[2] for path in known if path.rpartition(".")[0] == before}
        name = term._replace(names=term.names[at : at + 1]).path(variables)
        near = get_close_matches(name, sorted(here), n=3, cutoff=0.5) or sorted(here)[:8]
        hint = ", ".join(near)
        what = f"{before}.{name}" if before else name
        relation.fail(
            term.columns[at],
            f"没有名为 {what} 的格" + (f"（可用：{hint}）" if hint else ""),
            f"no cell is called {what}" + (f" (known: {hint})" if hint else ""),
        )


@memo
def _fields(cls: Any) -> tuple[str, ...]:
    """Return the names directly below a table, in the order of the form."""
    return tuple(dict.fromkeys(leaf.path.partition(".")[0] for leaf in leaves(cls)))


@lru_cache(maxsize=256)
def vocabulary(classes: Classes, known: tuple[tuple[str, Any], ...]) -> Vocabulary:
    """Return the vocabulary of a report whose tables have ``classes``; ``known`` as `known_classes` returns it."""
    return Vocabulary(classes, _below(classes), _order(classes), _elsewhere(known))
