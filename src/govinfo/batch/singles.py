"""Single wrong cells of many reports at once: what `govinfo.repair.search.single_changes` says of each, with NumPy.

By how much the equations are missed is a product of matrices. Which of them are broken is then looked up: the table of
patterns says which cells could have left it. What is left to see is whether one amount explains all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from posixpath import commonpath
from typing import NamedTuple

import attrs
import numpy as np
from numpy.typing import NDArray

from govinfo.engines.block import Block, Ints
from govinfo.repair.problem import Problem, problem_of
from govinfo.repair.search import single_changes
from govinfo.repair.system import Component, Matrix, System
from govinfo.schema import Missing, Value

__all__ = ["Proposals", "Singles"]

_PATTERNS = 1_024
"""Combinations of missing cells whose equations are kept: offices leave the same cells out."""
_HALF = 2**62
_INT64 = range(-(2**63), 2**63)


@attrs.frozen(eq=False)
class Proposals:
    """Cells that may be wrong, by report and in the order of the form. Arrays of one length."""

    report: Ints
    part: Ints
    """Number of the connected equations, see `Singles.parts`."""
    cell: Ints
    """Number of the cell; -1 where no single one explains what is broken."""
    reported: Ints
    proposed: Ints
    fits: NDArray[np.bool_]
    """False where the number proposed has more than 64 bits; ``proposed`` means nothing then."""
    alternatives: Ints
    """How many cells explain the same."""
    equations: Ints
    codes: NDArray[np.object_]

    def moved(self, by: int) -> Proposals:
        """Return the same for reports that stand so much further on."""
        return self if by == 0 else attrs.evolve(self, report=self.report + by)

    @classmethod
    def joined(cls, several: Sequence[Proposals]) -> Proposals:
        """Put proposals together, one behind the other; at least one."""
        if len(several) == 1:
            return several[0]
        names = [field.name for field in attrs.fields(cls)]
        return cls(*(np.concatenate([getattr(one, name) for one in several]) for name in names))


class Singles:
    """Finds the single cells whose change makes the equations of a part of a report hold.

    Args:
        system: the equations.
        counts: the path of every count, in the order in which blocks have them.
    """

    def __init__(self, system: System, counts: Sequence[str]) -> None:
        numbers = {path: i for i, path in enumerate(counts)}
        parts = [_Part(component, system, numbers) for component in system.components]
        self._parts = sorted(parts, key=lambda part: int(part.cells[0]))
        self.parts = tuple(_common([counts[i] for i in part.cells.tolist()]) for part in self._parts)
        """What the cells of each part have in common: ``applications``, ``disputes.litigation_direct``."""

    def __call__(self, block: Block, chosen: Ints) -> Proposals:
        """Return what is proposed for the chosen reports of a block, given by number and ascending."""
        missing = np.zeros((len(chosen), block.missing.shape[1]), np.bool_)
        _, at, blank = np.intersect1d(chosen, block.blank, assume_unique=True, return_indices=True)
        missing[at] = block.missing[blank]
        counts = block.counts[chosen].astype(np.int64, copy=False)
        found = [
            (int(chosen[one.row]), i, one)
            for i, part in enumerate(self._parts)
            for one in part.judged(counts[:, part.cells], missing[:, part.cells])
        ]
        found.sort(key=lambda each: (*each[:2], each[2].cell))
        rows = [one for _, _, one in found]
        fits = [one.proposed in _INT64 for one in rows]
        return Proposals(
            report=np.array([report for report, _, _ in found], np.int64),
            part=np.array([part for _, part, _ in found], np.int64),
            cell=np.array([one.cell for one in rows], np.int64),
            reported=np.array([one.reported for one in rows], np.int64),
            proposed=np.array([one.proposed if fit else 0 for one, fit in zip(rows, fits, strict=True)], np.int64),
            fits=np.array(fits, np.bool_),
            alternatives=np.array([one.alternatives for one in rows], np.int64),
            equations=np.array([one.equations for one in rows], np.int64),
            codes=np.array([one.codes for one in rows], np.object_),
        )


def _common(paths: Sequence[str]) -> str:
    return commonpath([path.replace(".", "/") for path in paths]).replace("/", ".")


class _Row(NamedTuple):
    row: int
    """Of the report."""
    cell: int
    """-1 for none."""
    reported: int
    proposed: int
    alternatives: int
    equations: int
    codes: str


class _Part:
    """Connected equations, and the cells in them."""

    def __init__(self, component: Component, system: System, numbers: Mapping[str, int]) -> None:
        own = sorted((numbers[system.paths[cell]], cell) for cell in component.matrix.of)
        self.cells: Ints = np.array([number for number, _ in own])
        self._own = [cell for _, cell in own]
        self._component, self._system = _marked(component, system)
        self._first_mark = len(system.paths)
        self._codes = [equation.code for equation in component.equations]
        self._pattern = lru_cache(_PATTERNS)(self._prepared)

    def judged(self, numbers: Ints, missing: NDArray[np.bool_]) -> Iterator[_Row]:
        """Yield what is proposed, for (reports, cells) numbers of which some are missing."""
        some = missing.any(axis=1)
        groups: dict[bytes, list[int]] = {}
        for row in np.flatnonzero(some).tolist():
            groups.setdefault(missing[row].tobytes(), []).append(row)
        whole = np.flatnonzero(~some)
        if len(whole):
            groups[bytes(missing.shape[1])] = whole.tolist()
        for key, rows in groups.items():
            gone = np.frombuffer(key, np.bool_)
            for one in self._pattern(key).judged(np.where(gone, 0, numbers[rows])):
                yield one._replace(row=rows[one.row], cell=-1 if one.cell < 0 else int(self.cells[one.cell]))

    def _prepared(self, key: bytes) -> _Pattern:
        """Return the equations between the cells that are there; ``key`` says of every cell whether it is missing."""
        values: dict[str, Value] = dict.fromkeys(self._system.paths, 0)
        for cell, gone in zip(self._own, key, strict=True):
            if gone:
                values[self._system.paths[cell]] = Missing.BLANK
        return _Pattern(problem_of(self._component, self._system, values), self._own, self._first_mark, self._codes)


def _marked(component: Component, system: System) -> tuple[Component, System]:
    """Give every equation a cell of its own, which is 0: it tells what combinations of equations are made of."""
    first = len(system.paths)
    equations = tuple(
        attrs.evolve(equation, terms={**equation.terms, first + i: 1}) for i, equation in enumerate(component.equations)
    )
    marks = tuple(f"#{i}" for i in range(len(equations)))
    return (
        Component(equations, Matrix.of_rows(equation.terms for equation in equations)),
        attrs.evolve(system, paths=system.paths + marks),
    )


class _Pattern:
    """Equations between cells that all have a number, with the cells that leave each pattern of broken ones.

    Args:
        problem: the equations where everything that is there is 0; marked.
        own: the cells that are no marks.
        first_mark: the number of the mark of the first equation; the others follow.
        codes: the rule of each equation.
    """

    def __init__(self, problem: Problem, own: Sequence[int], first_mark: int, codes: Sequence[str]) -> None:
        self._problem, self._own, self._codes = problem, own, codes
        rows, at = problem.matrix.rows, {cell: i for i, cell in enumerate(own)}
        self._marks = [[cell - first_mark for cell in row if cell not in at] for row in rows]
        terms = [{at[cell]: c for cell, c in row.items() if cell in at} for row in rows]
        largest = max((abs(c) for row in terms for c in row.values()), default=1)
        weight = max((sum(map(abs, row.values())) for row in terms), default=1) or 1
        limit = (_HALF // largest - max(map(abs, problem.residuals), default=0)) // weight
        self._limit = limit if limit > 0 else -1
        """Figures up to this size do not overflow; -1 where any could."""
        self._matrix = np.zeros((len(rows), len(own)), np.int64)
        self._offsets = np.zeros(len(rows), np.int64)
        if self._limit > 0:
            self._offsets[:] = problem.residuals
            for i, row in enumerate(terms):
                self._matrix[i, list(row)] = list(row.values())
        self._signed = np.array([cell in problem.signed for cell in own])
        self._one = (self._matrix != 0).argmax(axis=0) if len(rows) else np.zeros(len(own), np.int64)
        """An equation each cell is in."""
        self._cells: dict[bytes, list[int]] = {}
        for cell, column in enumerate(np.packbits(self._matrix != 0, axis=0).T):
            self._cells.setdefault(column.tobytes(), []).append(cell)
        self._said: dict[bytes, tuple[int, str]] = {}
        """By pattern of broken equations: how many, and the codes of their rules."""

    def judged(self, numbers: Ints) -> Iterator[_Row]:
        """Yield what is proposed, for (reports, cells) numbers."""
        large = ((numbers > self._limit) | (numbers < -self._limit)).any(axis=1)
        for row in np.flatnonzero(large).tolist():
            yield from self._exactly(row, numbers[row].tolist())
        residuals = numbers @ self._matrix.T + self._offsets
        broken = residuals != 0
        rows = np.flatnonzero(broken.any(axis=1) & ~large)
        if not len(rows):
            return
        residuals, keys = residuals[rows], [row.tobytes() for row in np.packbits(broken[rows], axis=1)]
        several = [self._cells.get(key, []) for key in keys]
        which = np.repeat(np.arange(len(rows)), [len(some) for some in several])
        cells = np.fromiter(chain.from_iterable(several), np.int64)
        one, columns, reported = self._one[cells], self._matrix[:, cells].T, numbers[rows[which], cells]
        missed = residuals[which]
        change, rest = np.divmod(-missed[np.arange(len(which)), one], self._matrix[one, cells])
        explains = (rest == 0) & (missed + change[:, None] * columns == 0).all(axis=1)
        explains &= (reported + change >= 0) | self._signed[cells]
        proposals: list[list[tuple[int, int, int]]] = [[] for _ in keys]
        chosen = (which, cells, reported, reported + change)
        for i, cell, old, new in zip(*(column[explains].tolist() for column in chosen), strict=True):
            proposals[i].append((cell, old, new))
        for row, key, found in zip(rows.tolist(), keys, proposals, strict=True):
            yield from self._told(row, key, found)

    def _exactly(self, row: int, numbers: list[int]) -> Iterator[_Row]:
        """Do the same for a report whose figures are too large for machine integers."""
        problem, given = self._problem, dict(zip(self._own, numbers, strict=True))
        residuals = tuple(
            offset + sum(coefficient * given.get(cell, 0) for cell, coefficient in terms.items())
            for offset, terms in zip(problem.residuals, problem.matrix.rows, strict=True)
        )
        problem = attrs.evolve(problem, residuals=residuals, numbers={**problem.numbers, **given})
        if problem.broken:
            at = {cell: i for i, cell in enumerate(self._own)}
            changes = [change for one in single_changes(problem) for change in one.items() if change[0] in at]
            found = [(at[cell], given[cell], given[cell] + change) for cell, change in changes]
            yield from self._told(row, np.packbits([r != 0 for r in residuals]).tobytes(), found)

    def _told(self, row: int, broken: bytes, found: Iterable[tuple[int, int, int]]) -> Iterator[_Row]:
        if broken not in self._said:
            flags = np.unpackbits(np.frombuffer(broken, np.uint8), count=len(self._marks))
            marks = sorted({mark for i in np.flatnonzero(flags).tolist() for mark in self._marks[i]})
            codes = dict.fromkeys(self._codes[mark] for mark in marks)
            self._said[broken] = len(marks), " ".join(codes)
        several = sorted(found)
        for cell, reported, proposed in several or [(-1, 0, 0)]:
            yield _Row(row, cell, reported, proposed, len(several), *self._said[broken])
