"""The compiled engine: what it makes of a program, and that it finds what the engine with NumPy finds."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import attrs
import numpy as np
import pytest

pytest.importorskip("govinfo_fast", reason="govinfo-fast is not installed", exc_type=ImportError)

import govinfo_fast
from govinfo_fast.layout import LANES, MOST_PATTERNS, arrays, grids

from govinfo import LinearRule, Severity, Text
from govinfo.engines.block import Block, Found, Kernel
from govinfo.engines.columnar import numpy_kernel
from govinfo.engines.program import Program, compile_program
from govinfo.hookspecs import Engine
from govinfo.plugins import Candidate, load_plugins
from govinfo.rules.national import NATIONAL
from govinfo.schema import cells
from govinfo.schema.paths import tables_of
from govinfo.testing.bases import base_report

LINEAR = [rule for rule in NATIONAL.rules if isinstance(rule, LinearRule)]
WORDS = Text("规则", "a rule")
A = "applications.{applicant}"


def rule(number: int, relation: str, when: str | None = None, tolerance: int | Decimal = 0) -> LinearRule:
    return LinearRule(f"TST{number:03}", Severity.INFO, WORDS, WORDS, relation, when=when, tolerance=tolerance)


def program(rules: Sequence[LinearRule] = tuple(LINEAR), edition: str = "2021") -> Program:
    return compile_program(rules, tables_of(base_report(edition)))


def found_in(one: Program) -> tuple[Any, ...]:
    return grids((i, each.relation) for i, each in enumerate(one.instances) if each.when is None)


# Equations down every column of table 3, each of another shape.
DOWN = [
    f"{A}.received == {A}.carried_in",
    f"{A}.received == {A}.granted",
    f"{A}.received == {A}.partly_granted",
    f"{A}.received == {A}.concluded",
    f"{A}.received == {A}.carried_out",
    f"{A}.received + {A}.carried_in == {A}.granted + {A}.partly_granted",
]
MANY = [*LINEAR, *(rule(i, relation) for i, relation in enumerate(DOWN))]
ODD = [
    rule(1, "3 * applications.total.received + 5 * applications.total.carried_in == applications.total.carried_out"),
    rule(
        2, "6 * applications.total.received - 4 * applications.total.carried_in == 2 * applications.total.granted + 1"
    ),
    rule(3, "applications.total.received + 3 > 2 * applications.total.carried_in", "applications.total.granted > 0"),
    rule(4, "2 * processing_fee.charged == 3 * processing_fee.received", None, Decimal("0.25")),
    rule(5, "applications.total.received >= -2"),
    rule(6, "1000000 * applications.total.received + applications.total.carried_in <= 1000000000000"),
]
PROGRAMS = {
    "2019": (LINEAR, "2019"),
    "2021": (LINEAR, "2021"),
    "money": ([one for one in LINEAR if one.code.startswith("FEE")], "2021"),
    "disputes": ([one for one in LINEAR if one.code.startswith("DSP")], "2021"),
    "odd": (ODD, "2021"),
    "nothing": ([], "2021"),
    "many": (MANY, "2021"),
    "many of 2019": (MANY, "2019"),
    "all sorts": ([*LINEAR, *ODD], "2021"),
}


@pytest.mark.parametrize(("edition", "rows"), [("2019", 23), ("2021", 25)])
def test_table_3_is_found(edition: str, rows: int) -> None:
    (grid,) = found_in(program(edition=edition))
    assert (grid.columns, grid.rows, len(grid.down)) == (7, rows, 2)
    assert grid.stride == rows
    assert sorted(grid.across) == [-1, 1, 1, 1, 1, 1, 1]
    first = program(edition=edition).counts[grid.first]
    assert first == "applications.natural_person.received"
    assert len(grid.members) == rows + 2 * 7


def test_what_has_no_grid() -> None:
    for name in ("money", "disputes", "odd", "nothing"):
        assert found_in(program(*PROGRAMS[name])) == ()
        assert arrays(program(*PROGRAMS[name]))[0][6] == 0


def test_patterns_that_do_not_fit_are_left_to_the_rest() -> None:
    (grid,) = found_in(program(MANY))
    assert len(DOWN) + 2 > MOST_PATTERNS == len(grid.down)
    assert len(grid.members) == grid.rows + MOST_PATTERNS * grid.columns


def test_the_plugin_brings_one_engine_before_all_others() -> None:
    candidate = Candidate("fast", "govinfo-fast", "1", lambda: govinfo_fast)
    loaded = load_plugins(entry_points=False, candidates=[candidate])
    assert loaded.problems == ()
    assert next(iter(loaded.engines)) == "compiled"
    assert isinstance(loaded.engines["compiled"], Engine)


# It finds what the engine with NumPy finds.


def base_cells(one: Program, edition: str) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """A report in order, without missing cells."""
    report = cells(base_report(edition))
    counts = [value if isinstance(value := report[path], int) else 0 for path in one.counts]
    amounts = [int(value * 10**6) if isinstance(value := report[path], Decimal) else 0 for path in one.amounts]
    return np.array(counts, np.int64), np.array(amounts, np.int64)


SIZES = {"small": 12, "usual": 2**24, "beyond 32 bits": 2**31 - 1, "large": 2**40, "largest": 2**63 - 1}


def block(one: Program, edition: str, seed: int, kind: Any, size: int, blanks: float) -> Block:
    """Some reports: in order, with a cell changed, with all of them drawn."""
    chance = np.random.default_rng(seed)
    reports = 150
    base, money = base_cells(one, edition)
    counts, amounts = np.tile(base, (reports, 1)), np.tile(money, (reports, 1))
    size = min(size, np.iinfo(kind).max)
    for numbers in (counts, amounts):
        rows = chance.integers(0, reports, 60)
        columns = chance.integers(0, numbers.shape[1], 60)
        numbers[rows, columns] = chance.integers(-size, size, 60, endpoint=True)
    wild = chance.choice(reports, 20, replace=False)
    counts[wild] = chance.integers(-size, size, (20, len(base)), endpoint=True)
    amounts[wild] = chance.integers(-size, size, (20, len(money)), endpoint=True)
    flags = (chance.random((reports, len(one.cells))) < blanks) & (chance.random((reports, 1)) < 0.5)
    blank = np.flatnonzero(flags.any(axis=1))
    # what stands in a missing cell means nothing
    counts[flags[:, : len(base)]] = np.iinfo(kind).max
    return Block(counts.astype(kind), amounts, blank, flags[blank])


def same(one: Found, other: Found) -> None:
    for field in ("report", "instance", "status", "left_known", "right_known"):
        assert np.array_equal(getattr(one, field), getattr(other, field)), field
    for field in ("left", "right"):
        known = getattr(one, f"{field}_known")
        assert np.array_equal(getattr(one, field)[known], getattr(other, field)[known]), field


@pytest.mark.parametrize("name", PROGRAMS)
@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("blanks", [0, 0.02, 0.5])
def test_it_finds_the_same(name: str, size: int, blanks: float) -> None:
    rules, edition = PROGRAMS[name]
    one = program(rules, edition)
    compiled, plain = govinfo_fast.compiled_kernel(one), numpy_kernel(one)
    for kind in (np.int32, np.int64):
        given = block(one, edition, size % 97 + int(blanks * 100), kind, size, blanks)
        expected = plain(given)
        assert len(expected) or not rules
        same(compiled(given), expected)
        # in any order of memory, and as a part of something longer
        turned = attrs.evolve(given, counts=np.asfortranarray(given.counts), amounts=np.asfortranarray(given.amounts))
        same(compiled(turned), expected)
        wider = np.zeros((2 * len(given), given.counts.shape[1] + 3), kind)
        wider[::2, 3:] = given.counts
        same(compiled(attrs.evolve(given, counts=wider[::2, 3:])), expected)


def test_reports_in_order_leave_nothing() -> None:
    for edition in ("2019", "2021"):
        one = program(edition=edition)
        base, money = base_cells(one, edition)
        none = np.zeros(0, np.int64), np.zeros((0, len(one.cells)), np.bool_)
        for kind in (np.int32, np.int64):
            clean = Block(np.tile(base, (100, 1)).astype(kind), np.tile(money, (100, 1)), *none)
            assert len(govinfo_fast.compiled_kernel(one)(clean)) == 0
            assert len(govinfo_fast.compiled_kernel(one)(Block(clean.counts[:0], clean.amounts[:0], *none))) == 0


def test_arrays_that_do_not_fit_are_refused() -> None:
    one = program()
    kernel: Kernel = govinfo_fast.compiled_kernel(one)
    good = block(one, "2021", 1, np.int32, 12, 0.02)
    for wrong in (
        {"counts": good.counts[:, 1:]},
        {"counts": good.counts[1:]},
        {"counts": good.counts.astype(np.int16)},
        {"counts": np.asfortranarray(good.counts[1:].astype(np.int64))},
        {"amounts": good.amounts[:, :1]},
        {"amounts": good.amounts[1:]},
        {"blank": good.blank[1:]},
        {"missing": good.missing[:, 1:]},
    ):
        with pytest.raises(ValueError, match="do not fit the program"):
            kernel(attrs.evolve(good, **wrong))


def test_a_form_of_few_counts_is_not_for_it() -> None:
    few = Program(tuple("abc"[: LANES - 5]), (), frozenset(), ())
    with pytest.raises(ValueError, match=f"fewer than {LANES} counts"):
        arrays(few)
