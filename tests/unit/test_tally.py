"""What many results come to: the same in whatever portions they are added up, and through JSON."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from govinfo.errors import ReadError
from govinfo.tally import MARKS, Office, Tally, tally_of
from govinfo.text import Text

COUNTS = st.integers(0, 9)
OFFICES = st.builds(Office, COUNTS, st.sets(st.integers(2019, 2026), max_size=3), COUNTS, COUNTS)
TALLIES = st.builds(
    Tally,
    marks=st.fixed_dictionaries(dict.fromkeys(MARKS, COUNTS)),
    skipped=COUNTS,
    unread=st.dictionaries(st.sampled_from(["io", "timeout"]), st.integers(1, 9)),
    errors=COUNTS,
    warnings=COUNTS,
    notes=COUNTS,
    reviewed=COUNTS,
    rule_sets=st.lists(st.sampled_from(["national", "hebei", "mine"]), unique=True),
    publishers=st.dictionaries(st.sampled_from(["甲局", "乙局", "丙局"]), OFFICES),
)


@given(st.lists(TALLIES, max_size=5), st.integers(0, 5))
def test_portions_do_not_matter(several: list[Tally], cut: int) -> None:
    whole = Tally.total(several)
    assert Tally.total([Tally.total(several[:cut]), Tally.total(several[cut:])]) == whole
    backwards = Tally.total(reversed(several))
    assert sorted(backwards.rule_sets) == sorted(whole.rule_sets)
    backwards.rule_sets = whole.rule_sets
    assert backwards == whole
    assert whole.files == sum(one.files for one in several)


@given(TALLIES)
def test_it_goes_through_json(tally: Tally) -> None:
    assert Tally.from_json(json.loads(json.dumps(tally.to_json()))) == tally


@given(st.lists(TALLIES, min_size=1, max_size=3))
def test_adding_changes_nothing_that_was_added(several: list[Tally]) -> None:
    before = [json.dumps(one.to_json()) for one in several]
    Tally.total(several)
    assert [json.dumps(one.to_json()) for one in several] == before


def test_a_file_that_could_not_be_read_counts_by_its_kind_unless_it_is_skipped() -> None:
    error = ReadError("login", Text("登录", "login"))
    assert tally_of(None, error) == Tally(unread={"login": 1})
    assert tally_of(None, error, True) == Tally(skipped=1)
