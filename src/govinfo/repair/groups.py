"""Explanations of one table parted into what has to do with each other: each part becomes one finding."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

import attrs

from govinfo.repair.search import Changes
from govinfo.repair.slips import Slip
from govinfo.repair.system import Component

__all__ = ["Group", "Option", "groups_of"]


@attrs.frozen
class Option:
    """One way to make everything hold."""

    changes: Changes = attrs.field(hash=False)
    slip: Slip | None = None
    """The slip of whole lines it was found by; None for a set of cells from the search."""


@attrs.frozen
class Group:
    """Broken equations with one cause, and the ways to mend them."""

    equations: tuple[int, ...]
    """Numbers of the broken equations."""
    options: tuple[Option, ...]


def groups_of(component: Component, broken: Iterable[int], options: Sequence[Option]) -> list[Group]:
    """Part the broken equations of a component.

    Two belong together where some explanation mends both with cells that share an equation. So two slips far apart
    in a table are two findings, and each has its own alternatives.

    Args:
        component: whose equations they are.
        broken: numbers of the equations that do not hold.
        options: explanations of all of them.
    """
    together = {i: i for i in broken}

    def head(i: int) -> int:
        while together[i] != i:
            i = together[i]
        return i

    clustered = [_clusters(component, option) for option in options]
    for clusters in clustered:
        for changes in clusters:
            touched = sorted(i for i in together if any(cell in component.equations[i].terms for cell in changes))
            if not touched:  # it mends what only a combination of equations shows: not to be parted
                touched = sorted(together)
            for i in touched[1:]:
                together[head(i)] = head(touched[0])
    members: dict[int, list[int]] = {}
    for i in sorted(together):
        members.setdefault(head(i), []).append(i)
    return [
        Group(tuple(equations), _restricted(component, frozenset(equations), together.keys(), clustered, options))
        for equations in members.values()
    ]


def _clusters(component: Component, option: Option) -> list[dict[int, int]]:
    """Part the cells of an explanation into those connected by an equation."""
    if option.slip is not None:
        return [dict(option.changes)]
    clusters: list[tuple[set[int], dict[int, int]]] = []
    for cell, change in option.changes.items():
        rows, cells = set(component.matrix.of[cell]), {cell: change}
        apart = []
        for cluster in clusters:
            if rows.isdisjoint(cluster[0]):
                apart.append(cluster)
            else:
                rows |= cluster[0]
                cells |= cluster[1]
        clusters = [*apart, (rows, cells)]
    return [cells for _, cells in clusters]


def _restricted(
    component: Component,
    equations: frozenset[int],
    broken: Set[int],
    clustered: Sequence[Sequence[dict[int, int]]],
    options: Sequence[Option],
) -> tuple[Option, ...]:
    """Return what the explanations have to say of some of the equations, each thing once."""
    found: dict[tuple[frozenset[tuple[int, int]], Slip | None], Option] = {}
    for clusters, option in zip(clustered, options, strict=True):
        own: dict[int, int] = {}
        for cells in clusters:
            touched = {i for cell in cells for i in component.matrix.of[cell]}
            if touched & equations or touched.isdisjoint(broken):
                own |= cells
        found.setdefault((frozenset(own.items()), option.slip), Option(own, option.slip))
    return tuple(found.values())
