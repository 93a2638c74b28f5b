"""Exact arithmetic against brute force and against floats where they are exact enough."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.rules.algebra import Budget, Elimination, GaveUp, Tableau, whole_numbers
from govinfo.rules.systems import Constraint, System, smallest_conflict

CELLS = "abcd"
EDGE = 3
"""Brute force tries every whole number up to here in every cell."""

coefficients = st.integers(-3, 3)
equations = st.lists(st.tuples(st.tuples(*[coefficients] * 4), st.integers(-4, 4)), min_size=1, max_size=7)


@st.composite
def constraints(draw: st.DrawFn) -> Constraint:
    numbers = draw(st.tuples(*[coefficients] * 4).filter(any))
    low, high = draw(st.sampled_from([(0, 0), (1, 1), (2, 2), (None, 1), (2, None), (-1, 1), (None, -1), (3, 4)]))
    terms = tuple((cell, number) for cell, number in zip(CELLS, numbers, strict=True) if number)
    least, most = (None if bound is None else Fraction(bound) for bound in (low, high))
    return Constraint(terms, least, most, whole=True, signed=frozenset())


def boxed(several: list[Constraint]) -> list[Constraint]:
    """The same with every cell bounded, so that brute force sees every point there is."""
    nothing: frozenset[str] = frozenset()
    return [*several, *(Constraint(((cell, 1),), None, Fraction(EDGE), whole=True, signed=nothing) for cell in CELLS)]


def by_trying(several: list[Constraint]) -> bool:
    points = product(range(EDGE + 1), repeat=len(CELLS))
    return any(
        all(one.holds(point) for one in several)
        for point in (dict(zip(CELLS, map(Fraction, numbers), strict=True)) for numbers in points)
    )


@given(equations)
def test_the_rank_is_that_of_the_matrix(several: list[tuple[tuple[int, ...], int]]) -> None:
    numpy = pytest.importorskip("numpy")
    elimination = Elimination[int]()
    for i, (numbers, constant) in enumerate(several):
        elimination.add(i, dict(zip(CELLS, numbers, strict=True)), constant)
    assert elimination.rank == numpy.linalg.matrix_rank(numpy.array([numbers for numbers, _ in several]))


@given(equations)
def test_a_dependent_equation_is_the_sum_it_is_said_to_be(several: list[tuple[tuple[int, ...], int]]) -> None:
    elimination = Elimination[int]()
    for i, (numbers, constant) in enumerate(several):
        added = elimination.add(i, dict(zip(CELLS, numbers, strict=True)), constant)
        if not added.independent:
            for j, number in enumerate(numbers):
                assert number == sum(times * several[k][0][j] for k, times in added.combination.items())
            constants = sum(times * several[k][1] for k, times in added.combination.items())
            assert constant == constants + added.difference
            assert i not in added.combination


def test_equations_without_whole_solutions_are_seen() -> None:
    elimination = Elimination[str]()
    assert not elimination.add("one", {"a": 1, "b": 1, "c": -1}).fractional
    added = elimination.add("other", {"a": 1, "b": -1, "c": -1}, 1)
    assert added.fractional
    assert set(added.combination) == {"one"}
    assert not Elimination[str]().add("money", {"a": 2}, 1, whole=False).fractional


@given(st.lists(constraints(), max_size=5))
def test_a_point_is_found_where_there_is_one(several: list[Constraint]) -> None:
    several = boxed(several)
    answer = System(several, Budget()).ask()
    if answer.point is not None:
        assert all(one.holds(answer.point) for one in several)
        assert all(value.denominator == 1 and value >= 0 for value in answer.point.values())
    else:
        assert answer.conflict is not None, "a box this small is searched to the end"
    assert (answer.point is not None) == by_trying(several)


@given(st.lists(constraints(), min_size=1, max_size=5), constraints())
def test_a_question_is_answered_as_if_it_had_been_there(several: list[Constraint], question: Constraint) -> None:
    several = boxed(several)
    answer = System(several, Budget()).ask([question])
    assert (answer.point is not None) == by_trying([*several, question])


@given(st.lists(constraints(), min_size=2, max_size=5))
def test_the_smallest_conflict_needs_all_of_it(several: list[Constraint]) -> None:
    several = boxed(several)
    conflict = System(several, Budget()).ask().conflict
    if conflict is not None:
        smallest = smallest_conflict(several, sorted(conflict), Budget())
        assert not by_trying([several[i] for i in smallest])
        for i in smallest:
            rest = [several[j] for j in smallest if j != i]
            assert System(rest, Budget()).ask().conflict is None


@given(constraints())
def test_one_constraint_is_judged_alike_by_all_means(one: Constraint) -> None:
    answer = System([one], Budget()).ask() if one.possible else None
    assert answer is None or answer.conflict is None
    unbreakable = all(
        not broken.possible or System([broken], Budget()).ask().conflict is not None for broken in one.negated()
    )
    assert one.certain == unbreakable


def test_a_signed_cell_goes_below_zero() -> None:
    tableau = Tableau()
    assert tableau.require([("change", 1), ("before", 1)], -5, -5, 0, {"change"}) is None
    assert tableau.point() == {"change": -5}
    tableau = Tableau()
    assert tableau.require([("change", 1), ("before", 1)], -5, -5, 0) == frozenset({0})


def test_a_copy_leaves_the_original_as_it_is() -> None:
    tableau = Tableau()
    tableau.require([("a", 1), ("b", 1)], 4, 4, 0)
    copy = tableau.copy()
    assert copy.require([("a", 1)], 5, None, 1) == frozenset({0, 1})
    assert tableau.require([("a", 1)], 4, None, 1) is None
    assert tableau.point()["a"] == 4


def test_fractions_become_the_smallest_whole_numbers() -> None:
    assert whole_numbers({"a": Fraction(1, 2), "b": Fraction(-2, 3), "c": 0}) == {"a": 3, "b": -4}
    assert whole_numbers({"a": 4, "b": 6}) == {"a": 2, "b": 3}


def test_work_is_bounded() -> None:
    elimination = Elimination[int](Budget(50))
    elimination.add(0, {f"c{j}": j + 1 for j in range(20)})
    elimination.add(1, {"c0": 3, "c1": 5})
    with pytest.raises(GaveUp):
        elimination.add(2, {f"c{j}": 7 * j + 1 for j in range(20)})
