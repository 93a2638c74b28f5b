"""The wrong cells of a report, from nothing but the equations that do not hold: the plain function behind everything.

One wrong cell is named by the pattern of broken equations, at once. Several are searched for, the fewest first; where
the search gives up, an integer program goes on if HiGHS is installed.
"""

from __future__ import annotations

from collections.abc import Mapping

from govinfo.extras import MissingExtra
from govinfo.repair.problem import Problem, problem_of
from govinfo.repair.search import NODES, Changes, Found, search, single_changes
from govinfo.repair.system import System
from govinfo.schema import Value

__all__ = ["MOST_CELLS", "locate", "smallest_sets"]

MOST_CELLS = 10
"""Wrong cells of one table up to which the search looks on its own."""
_HOPELESS = 12
"""Wrong cells there must be at least for a table to be past all explaining: rows were taken for other rows, say."""
_SLACK = 0.5
"""How much dearer than the cheapest a set may be to be worth mentioning: less than a cell."""


def locate(
    values: Mapping[str, Value], system: System, weights: Mapping[str, float] | None = None
) -> list[list[dict[str, int]]]:
    """Return the smallest sets of cells whose change makes the balance equations hold.

    Args:
        values: every cell of the report by canonical path.
        system: as `govinfo.repair.system.system_of` gives it.
        weights: what it costs to call a cell wrong, 1 for those that are not named: more for a cell that something else
            confirms, less for one that was read with doubt.

    Returns:
        For every part of the report with broken equations the sets found, each with the right value by path; an empty
        list where nothing was found.
    """
    numbers = {path: i for i, path in enumerate(system.paths)}
    costs = {numbers[path]: weight for path, weight in (weights or {}).items() if path in numbers}
    found = []
    for component in system.components:
        problem = problem_of(component, system, values, costs)
        if problem.broken:
            found.append(
                [
                    {system.paths[cell]: problem.numbers[cell] + change for cell, change in changes.items()}
                    for changes in smallest_sets(problem).sets
                ]
            )
    return found


def smallest_sets(problem: Problem, *, most: int = MOST_CELLS, nodes: int = NODES) -> Found:
    """Return the sets of cells with the least weight that explain every broken equation, the cheapest first.

    Args:
        problem: what is broken.
        most: how many cells the search looks for on its own.
        nodes: how many steps a search may take.
    """
    if not problem.weights:  # most reports with an error have one
        single = single_changes(problem)
        if single:
            return Found(single, True)
    found = Found([], False)
    if problem.least > _HOPELESS:
        return found
    for size in range(1 if problem.weights else 2, most + 1):
        found = search(problem, float(size), nodes)
        if found.sets and found.complete:
            return Found(_cheapest(problem, found.sets), True)
        if not found.complete:
            break
    try:
        from govinfo.repair.integer import cover

        covered = cover(problem)
    except MissingExtra:
        return Found(_cheapest(problem, found.sets), False)
    return Found(_cheapest(problem, covered.sets), covered.complete)


def _cheapest(problem: Problem, sets: list[Changes]) -> list[Changes]:
    costs = [(sum(problem.weights.get(cell, 1.0) for cell in changes), i) for i, changes in enumerate(sets)]
    least = min(costs, default=(0.0, 0))[0]
    return [sets[i] for cost, i in sorted(costs) if cost < least + _SLACK]
