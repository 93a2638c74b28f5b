"""What a patch holds and what of it can be applied."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import attrs
import pytest

from govinfo.errors import GovinfoError
from govinfo.findings import Correction, Finding, Implied, Result, Severity, Suggestion
from govinfo.parsing.reading import Reading
from govinfo.repair.patch import SURE, Offer, Patch, apply, patch_of
from govinfo.schema import Missing, cells, describe
from govinfo.testing import example_report, replace_cells
from govinfo.text import Text

GOOD: Any = example_report("2021", 3, profile="large")
RIGHT: dict[str, Any] = dict(cells(GOOD))
TOTAL, UPHELD, OTHER = (f"disputes.reconsideration.{name}" for name in ("total", "upheld", "other"))
AMOUNT = "disclosure.fees.amount"
BLANK = "applications.enterprise.received"
REPORT = replace_cells(GOOD, {TOTAL: 9999, BLANK: Missing.BLANK})


def suggestion(*cells: tuple[str, Any, Any], confidence: float = 0.95) -> Suggestion:
    corrections = tuple(Correction(*cell) for cell in cells)
    return Suggestion(corrections, "other", Text("解释", "explanation"), ("DSP001",), confidence)


def finding(*suggestions: Suggestion, code: str = "DSP001") -> Finding:
    return Finding(code, Severity.ERROR, Text("错", "wrong"), (TOTAL,), suggestions=suggestions)


def result(*findings: Finding, implied: tuple[Implied, ...] = ()) -> Result:
    return Result(Reading(REPORT), findings, (), implied=implied)


FIRST = suggestion((TOTAL, 9999, RIGHT[TOTAL]))
SECOND = suggestion((UPHELD, RIGHT[UPHELD], 1), confidence=0.05)
IMPLIED = (Implied(BLANK, RIGHT[BLANK], RIGHT[BLANK]), Implied("processing_fee.notices", 1, None))
PATCH = patch_of(result(finding(FIRST, SECOND), implied=IMPLIED), "a.html")


# What is proposed.


def test_a_patch_says_what_it_is_for() -> None:
    assert (PATCH.file, PATCH.publisher, PATCH.year) == ("a.html", GOOD.publisher.name, GOOD.year)
    change = PATCH.changes[0]
    assert (change.code, change.kind, change.confidence, change.resolves) == ("DSP001", "other", 0.95, ("DSP001",))
    assert change.fingerprint == finding(FIRST, SECOND).fingerprint
    assert change.cells[0].cell == describe(REPORT, TOTAL)
    assert (change.cells[0].reported, change.cells[0].proposed) == (9999, RIGHT[TOTAL])


def test_alternatives_and_implied_values_wait_for_a_person() -> None:
    assert [(c.id, c.accept, c.alternative_to) for c in PATCH.changes] == [(1, True, None), (2, False, 1)]
    assert [(o.id, o.accept, o.only) for o in PATCH.implied] == [(3, False, RIGHT[BLANK]), (4, False, None)]


@pytest.mark.parametrize(
    ("first", "accepted"),
    [
        (suggestion((TOTAL, 9999, 1), confidence=SURE), True),
        (suggestion((TOTAL, 9999, 1), confidence=SURE - 0.001), False),
        (suggestion((BLANK, None, 1), confidence=1.0), False),
        (suggestion((TOTAL, 9999, 1), (BLANK, None, 1), confidence=1.0), False),
    ],
)
def test_only_what_is_clear_and_fills_nothing_in_is_accepted_beforehand(first: Suggestion, accepted: bool) -> None:
    assert [change.accept for change in patch_of(result(finding(first)), "").changes] == [accepted]


def test_a_patch_can_be_applied_as_it_is_made() -> None:
    """Findings with one explanation, or about one cell, do not contradict each other."""
    other = suggestion((TOTAL, 9999, 5), (UPHELD, RIGHT[UPHELD], 2))
    patch = patch_of(result(finding(FIRST), finding(FIRST, SECOND, code="X001"), finding(other, code="X002")), "")
    assert [(c.id, c.code, c.accept, c.alternative_to) for c in patch.changes] == [
        (1, "DSP001", True, None),
        (2, "X001", False, 1),
        (3, "X002", False, None),
    ]
    assert apply(patch, REPORT) == replace_cells(REPORT, {TOTAL: RIGHT[TOTAL]})


# Choosing.


def test_chosen_numbers_replace_what_was_accepted() -> None:
    chosen = PATCH.accepting([2, 3])
    assert [(number, cell.path) for number, cell in chosen.accepted] == [(2, UPHELD), (3, BLANK)]
    assert PATCH.accepting([]).accepted == ()
    assert PATCH.firsts == (1,)
    with pytest.raises(GovinfoError, match="no number 0, 9 "):
        PATCH.accepting([1, 9, 0])


# Applying.


def test_accepted_cells_are_replaced_and_nothing_else() -> None:
    assert apply(PATCH.accepting([1, 3]), REPORT) == GOOD
    assert apply(PATCH, REPORT) == replace_cells(GOOD, {BLANK: Missing.BLANK})
    assert apply(PATCH.accepting([]), REPORT) == REPORT


def test_a_unit_printed_beside_a_missing_amount_stays() -> None:
    fees = attrs.evolve(GOOD.disclosure.fees, amount=Missing.BLANK, amount_unit="元")
    report: Any = attrs.evolve(REPORT, disclosure=attrs.evolve(GOOD.disclosure, fees=fees))
    beside = "disclosure.licensing.decisions"
    for cell, expected in (
        ((beside, RIGHT[beside], 7), fees),
        ((AMOUNT, None, Decimal("1.5")), attrs.evolve(fees, amount=Decimal("1.5"))),
    ):
        patch = patch_of(Result(Reading(report), (finding(suggestion(cell)),), ()), "").accepting([1])
        patched: Any = apply(patch, report)
        assert patched.disclosure.fees == expected
        assert patched != report


def made(*cells: tuple[str, Any, Any]) -> Patch:
    return patch_of(result(finding(suggestion(*cells))), "").accepting([1])


@pytest.mark.parametrize(
    ("patch", "said"),
    [
        (made((TOTAL, 9998, 1)), "total: the report has 9999, the patch says 9998: it was made for other figures"),
        (made((TOTAL, None, 1)), "the report has 9999, the patch says no number"),
        (made((BLANK, 3, 1)), "the report has blank, the patch says 3"),
        (made(("disputes.nothing", 1, 1)), "disputes.nothing: the report has no such cell"),
        (made((TOTAL, 9999, -1)), "total: cannot hold -1, only a whole number that is not negative"),
        (made((TOTAL, 9999, Decimal(1))), "total: cannot hold 1, only a whole number"),
        (made((TOTAL, 9999, 10**16)), "total: cannot hold 1000"),
        (made((AMOUNT, RIGHT[AMOUNT], 12)), "cannot hold 12, only a sum of money"),
        (made((AMOUNT, RIGHT[AMOUNT], Decimal("-0.5"))), "cannot hold -0.5, only a sum of money"),
        (made((AMOUNT, RIGHT[AMOUNT], Decimal("0.1234567"))), "cannot hold 0.1234567"),
        (made((AMOUNT, RIGHT[AMOUNT], Decimal("1E+9"))), "cannot hold 1000000000, only"),
        (PATCH.accepting([1, 2]), "numbers 1 and 2 are two explanations of one finding"),
        (PATCH.accepting([4]), "number 4 leaves more than one number possible"),
        (attrs.evolve(PATCH, year=1999), "the patch is for another report: it says .*, 1999"),
        (attrs.evolve(PATCH, publisher=None), "the patch is for another report: it says unknown"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(patch: Patch, said: str) -> None:
    with pytest.raises(GovinfoError, match=said):
        apply(patch, REPORT)


def test_two_accepted_changes_of_one_cell_are_refused() -> None:
    again = suggestion((TOTAL, 9999, 5), (OTHER, RIGHT[OTHER], 6))
    patch = patch_of(result(finding(FIRST), finding(again, code="X001")), "").accepting([1, 2])
    with pytest.raises(GovinfoError, match="total: numbers 1 and 2 both change this cell"):
        apply(patch, REPORT)
    filled = patch_of(result(finding(suggestion((BLANK, None, 1))), implied=IMPLIED), "").accepting([1, 2])
    with pytest.raises(GovinfoError, match="numbers 1 and 2 both change this cell"):
        apply(filled, REPORT)


def test_the_first_problems_are_named_and_the_others_counted() -> None:
    paths = [path for path in RIGHT if path.startswith("disputes.") and path != TOTAL][:7]
    with pytest.raises(GovinfoError) as caught:
        apply(made(*((path, -1, 0) for path in paths)), REPORT)
    lines = caught.value.text.en.splitlines()
    assert len(lines) == 7
    assert lines[-1].strip() == "and 2 more"


def test_a_range_is_no_number() -> None:
    text = Text("格", "cell")
    assert Offer(1, False, BLANK, text, 3, 3).only == 3
    assert Offer(1, False, BLANK, text, 3, 4).only is None
    assert Offer(1, False, BLANK, text, 3, None).only is None
