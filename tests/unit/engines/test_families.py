"""Relations of one shape: nothing is lost or added when they are put together, and runs are as long as can be."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from govinfo.engines.families import Family, Run, families
from govinfo.engines.program import Relation, compile_program
from govinfo.rules.model import LinearRule
from govinfo.rules.national import NATIONAL
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report

LINEAR = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)]


def relation(terms: Mapping[int, int], low: int | None = 0, high: int | None = 0, *, money: bool = False) -> Relation:
    return Relation(tuple(terms.items()), low, high, money)


def unfolded(found: Sequence[Family]) -> dict[int, tuple[dict[int, int], int | None, int | None, bool]]:
    """Every relation the families stand for, by number."""
    return {
        number: (
            {
                family.first + k * family.step + run.offset + i: run.coefficient
                for run in family.runs
                for i in range(run.length)
            },
            family.low,
            family.high,
            family.money,
        )
        for family in found
        for k, number in enumerate(family.members)
    }


def laws(numbered: Sequence[tuple[int, Relation]]) -> tuple[Family, ...]:
    found = families(numbered)
    members = [number for family in found for number in family.members]
    assert sorted(members) == sorted(number for number, _ in numbered)
    plain = {number: (dict(one.terms), one.low, one.high, one.money) for number, one in numbered}
    assert unfolded(found) == plain
    for family in found:
        for one, other in zip(family.runs, family.runs[1:], strict=False):
            assert one.offset + one.length <= other.offset
            assert (one.offset + one.length, one.coefficient) != (other.offset, other.coefficient)
        assert family.unit is all(abs(c) == 1 for c in plain[family.members[0]][0].values())
    assert [family.members[0] for family in found] == sorted(family.members[0] for family in found)
    return found


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_national_rules(edition: str) -> None:
    program = compile_program(LINEAR, tables_of(base_report(edition)))
    found = laws(list(enumerate(one.relation for one in program.instances)))
    assert len(found) < len(program.instances) / 5


def test_relations_drawn_at_random() -> None:
    chance = random.Random(3)
    for _ in range(300):
        shapes = [
            (
                {chance.randint(0, 6): chance.choice((1, -1, 2)) for _ in range(chance.randint(1, 4))},
                chance.choice((0, None)),
            )
            for _ in range(2)
        ]
        numbered = []
        for number in range(chance.randint(0, 12)):
            shape, low = chance.choice(shapes)
            start = chance.randint(0, 9)
            numbered.append((number, relation({start + cell: c for cell, c in shape.items()}, low)))
        laws(numbered)


@pytest.mark.parametrize(
    ("terms", "runs"),
    [
        ({4: 1}, (Run(0, 1, 1),)),
        ({4: 1, 5: 1, 6: 1}, (Run(0, 3, 1),)),
        ({4: 1, 5: -1, 6: -1}, (Run(0, 1, 1), Run(1, 2, -1))),
        ({6: 2, 4: 1, 5: 1, 9: 2, 10: 2}, (Run(0, 2, 1), Run(2, 1, 2), Run(5, 2, 2))),
        ({4: 1, 6: 1}, (Run(0, 1, 1), Run(2, 1, 1))),
    ],
)
def test_runs_are_neighbours_with_one_coefficient(terms: dict[int, int], runs: tuple[Run, ...]) -> None:
    (family,) = laws([(0, relation(terms))])
    assert family.runs == runs


PAIR = {0: 1, 7: -1}
OTHERS = [
    relation({0: 1, 8: -1}),
    relation({0: 1, 7: 1}),
    relation(PAIR, 1, 1),
    relation(PAIR, None),
    relation(PAIR, money=True),
]


def at(*starts: int) -> list[tuple[int, Relation]]:
    return [(i, relation({start + cell: c for cell, c in PAIR.items()})) for i, start in enumerate(starts)]


@pytest.mark.parametrize(
    ("starts", "parts"),
    [
        ((0, 1, 2, 3), [((0, 1, 2, 3), 1)]),
        ((6, 4, 2, 0), [((3, 2, 1, 0), 2)]),
        ((0, 25, 50), [((0, 1, 2), 25)]),
        ((0, 1, 2, 5, 6), [((0, 1, 2), 1), ((3, 4), 1)]),
        ((0, 0, 1), [((0,), 1), ((1, 2), 1)]),
        ((3,), [((0,), 1)]),
    ],
)
def test_members_are_a_fixed_step_apart(starts: tuple[int, ...], parts: list[tuple[tuple[int, ...], int]]) -> None:
    assert [(family.members, family.step) for family in laws(at(*starts))] == parts


@pytest.mark.parametrize("other", OTHERS)
def test_other_shapes_and_bounds_stand_apart(other: Relation) -> None:
    assert len(laws([(0, relation(PAIR)), (1, other)])) == 2


def test_nothing() -> None:
    assert families([]) == ()
