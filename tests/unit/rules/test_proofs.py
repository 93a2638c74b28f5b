"""What is proved of small sets of relations, against trying every point."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from govinfo.rules.algebra import Budget
from govinfo.rules.proofs import Item, Proof, prove
from govinfo.rules.remarks import Instance, Kind
from govinfo.rules.systems import Constraint
from govinfo.text import Text

CELLS = "abc"
EDGE = 5
POINTS = [dict(zip(CELLS, map(Fraction, numbers), strict=True)) for numbers in product(range(EDGE + 1), repeat=3)]
BOUNDS = [(0, 0), (1, 1), (None, 2), (1, None), (None, 0), (2, 3)]


def item(code: str, constraint: Constraint, when: Constraint | None = None) -> Item:
    return Item(Instance(code, "", Text("", "")), constraint, when)


def constraint(numbers: tuple[int, ...], bounds: tuple[int | None, int | None]) -> Constraint:
    terms = tuple((cell, number) for cell, number in zip(CELLS, numbers, strict=True) if number)
    low, high = (None if bound is None else Fraction(bound) for bound in bounds)
    return Constraint(terms, low, high, whole=True, signed=frozenset())


constraints = st.builds(constraint, st.tuples(*[st.integers(-2, 2)] * 3).filter(any), st.sampled_from(BOUNDS))
BOX = [item(f"BOX00{i}", constraint(tuple(int(i == j) for j in range(3)), (None, EDGE))) for i in range(3)]


def holds(one: Item, point: dict[str, Fraction]) -> bool:
    return (one.when is not None and not one.when.holds(point)) or one.constraint.holds(point)


def is_so(proof: Proof, known: dict[str, Item]) -> bool:
    assert proof.instance is not None, "so little is never given up"
    about = known[proof.instance.code]
    left = [point for point in POINTS if all(holds(known[other.code], point) for other in proof.because)]
    applies = [point for point in left if about.when is None or about.when.holds(point)]
    match proof.kind:
        case Kind.CONTRADICTION:
            return not any(about.constraint.holds(point) for point in applies)
        case Kind.NEVER_APPLIES:
            return not applies
        case Kind.NEVER_HOLDS:
            return not any(about.constraint.holds(point) for point in POINTS)
        case _:
            return all(holds(about, point) for point in left)


@given(st.lists(st.tuples(constraints, st.none() | constraints), min_size=1, max_size=4))
def test_what_is_said_is_so_and_no_contradiction_is_missed(several: list[tuple[Constraint, Constraint | None]]) -> None:
    own = [item(f"AAA00{i}", relation, when) for i, (relation, when) in enumerate(several)]
    known = {one.instance.code: one for one in (*BOX, *own)}
    found, _ = prove(BOX, own, Budget())
    for proof in found:
        assert is_so(proof, known), proof
    free = [one for one in own if one.when is None]
    impossible = (Kind.CONTRADICTION, Kind.NEVER_HOLDS)
    said = any(p.kind in impossible and p.instance is not None and known[p.instance.code] in free for p in found)
    assert said == (not any(all(holds(one, point) for one in free) for point in POINTS))
