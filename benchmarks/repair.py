"""Time to name wrong cells against how many there are, beside a generic integer program over all cells.

    python benchmarks/repair.py [--quick]

The peer is what anybody would write first: a whole number for every cell's change, a switch for every cell, and HiGHS
(through scipy) to turn on as few as possible. It needs a bound on changes, and so knows only figures below it. All
reports are made up; the same ones go to both in one run.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import attrs
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from govinfo.plugins import default_plugins
from govinfo.repair.integer import cover
from govinfo.repair.locate import smallest_sets
from govinfo.repair.problem import Problem, problem_of
from govinfo.repair.system import system_of
from govinfo.schema import cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report
from govinfo.testing.figures import free_cells, settle

SIZES = {"usual": (30, 0.4), "nearly all zero": (3, 0.03), "large": (10**6, 0.9)}
SECONDS = 1.0
"""As long as our own integer program may take."""


def generic(problem: Problem) -> int | None:
    """Return how many cells the integer program over all cells changes; None where it gives up."""
    named = sorted(problem.matrix.of)
    n, place = len(named), {cell: i for i, cell in enumerate(named)}
    matrix = np.zeros((len(problem.matrix.rows), n))
    for i, row in enumerate(problem.matrix.rows):
        for cell, coefficient in row.items():
            matrix[i, place[cell]] = coefficient
    most = float(sum(map(abs, problem.residuals)) or 1)
    numbers = np.array([problem.numbers[cell] for cell in named], float)
    switch = most * np.eye(n)
    rest = -np.array(problem.residuals, float)
    solved = milp(
        np.r_[np.zeros(n), np.ones(n)],
        integrality=np.ones(2 * n),
        bounds=Bounds(np.r_[np.maximum(-numbers, -most), np.zeros(n)], np.r_[np.full(n, most), np.ones(n)]),
        constraints=[
            LinearConstraint(np.c_[matrix, np.zeros_like(matrix)], rest, rest),
            LinearConstraint(np.c_[np.eye(n), -switch], -np.inf, 0),
            LinearConstraint(np.c_[np.eye(n), switch], 0, np.inf),
        ],
        options={"time_limit": SECONDS},
    )
    return None if solved.x is None or solved.status else int(np.count_nonzero(np.round(solved.x[:n])))


def problems(wrong: int, number: int, size: str) -> list[tuple[Problem, dict[int, int]]]:
    """Return reports with so many wrong cells in table 3, each with the changes that would mend it."""
    chance = random.Random(f"{wrong} {size}")
    base = base_report("2021")
    system = system_of(default_plugins().rule_sets, tables_of(base))
    cls: Any = type(base.applications)
    most, share = SIZES[size]
    made = []
    for _ in range(number):
        free = {leaf.path: chance.randint(0, most) if chance.random() < share else 0 for leaf in free_cells(cls)}
        values: dict[str, Any] = dict(cells(attrs.evolve(base, applications=settle(cls, free))))
        changes = {}
        for cell in chance.sample(sorted(system.components[0].matrix.of), wrong):
            path = system.paths[cell]
            right = values[path]
            while values[path] == right:
                values[path] = max(0, chance.choice((right * 10, right // 10, right + chance.randint(-9, 9))))
            changes[cell] = right - values[path]
        made.append((problem_of(system.components[0], system, values), changes))
    return made


def timed(work: Callable[[Problem], Any], problem: Problem) -> tuple[float, Any]:
    """Return the seconds a call took, and what it returned."""
    start = time.perf_counter()
    found = work(problem)
    return time.perf_counter() - start, found


def measure(counts: tuple[int, ...], number: int) -> list[str]:
    """Return the lines of the table."""
    lines = [
        "| wrong cells | ours, ms (median, worst) | the program over all cells | ours is faster | true set among ours "
        "| ambiguous | ours: no answer or too many | program: no answer or too many |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for wrong in counts:
        ours, peers, true, ambiguous, ours_more, peer_more = [], [], 0, 0, 0, 0
        several = [one for size in SIZES for one in problems(wrong, number, size)]
        for problem, changes in several:
            seconds, found = timed(smallest_sets, problem)
            ours.append(seconds)
            true += changes in found.sets
            ambiguous += len(found.sets) > 1
            ours_more += not found.sets or len(found.sets[0]) > wrong
            seconds, least = timed(generic, problem)
            peers.append(seconds)
            peer_more += least is None or least > wrong
        ratio = statistics.median(peers) / statistics.median(ours)
        n = len(several)
        lines.append(
            f"| {wrong} | {statistics.median(ours) * 1e3:.2f}, {max(ours) * 1e3:.1f} "
            f"| {statistics.median(peers) * 1e3:.0f} ms | {ratio:,.0f} × | {true} of {n} | {ambiguous} | {ours_more} "
            f"| {peer_more} |"
        )
    return lines


def main(arguments: list[str]) -> None:
    """Print the table."""
    quick = "--quick" in arguments
    for line in measure((1, 2) if quick else (1, 2, 3, 4, 5, 6, 7, 8), 2 if quick else 5):
        print(line, flush=True)
    seconds = [timed(cover, problem)[0] for problem, _ in problems(3, 2 if quick else 20, "usual")]
    print(f"\nour integer program alone, 3 wrong cells: {statistics.median(seconds) * 1e3:.0f} ms")


if __name__ == "__main__":
    main(sys.argv[1:])
