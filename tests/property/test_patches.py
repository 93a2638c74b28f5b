"""Laws of patches: what is proposed for one wrong figure gives the report back; what was not accepted changes nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govinfo
from govinfo.errors import GovinfoError
from govinfo.repair.patch import Patch, apply, patch_of
from govinfo.repair.patch_json import patch_json, read_patch
from govinfo.schema import Missing, Report, cells
from govinfo.schema.convert import to_json
from govinfo.testing import example_report, replace_cells
from govinfo.testing.strategies import reports, single_faults
from govinfo.text import LANGUAGES


def proposed(report: Report) -> Patch:
    return patch_of(govinfo.check(report), "a.json")


def table_3(report: Report) -> list[str]:
    return [path for path in cells(report) if path.startswith("applications.")]


@given(reports(max_count=99_999), st.data())
def test_one_wrong_figure_is_put_right(report: Report, data: Any) -> None:
    path, wrong = data.draw(single_faults(report, table_3(report)))
    faulty = replace_cells(report, {path: wrong})
    patch = proposed(faulty)
    truth = [
        change.id
        for change in patch.changes
        if [(cell.path, cell.reported, cell.proposed) for cell in change.cells] == [(path, wrong, cells(report)[path])]
    ]
    assert truth, "the right value of the wrong cell is not among the proposals"
    assert apply(patch.accepting(truth), faulty) == report


@given(reports(blanks=True, max_count=999), st.data())
def test_nothing_accepted_changes_nothing(report: Report, data: Any) -> None:
    path, wrong = data.draw(single_faults(report))
    faulty = replace_cells(report, {path: wrong})
    patch = proposed(faulty)
    assert apply(patch.accepting([]), faulty) == faulty
    assert to_json(apply(patch.accepting([]), faulty)) == to_json(faulty)


@given(reports(blanks=True, max_count=999), st.data())
def test_a_patch_applies_as_it_was_made_and_touches_only_what_it_names(report: Report, data: Any) -> None:
    path, wrong = data.draw(single_faults(report))
    faulty = replace_cells(report, {path: wrong})
    patch = proposed(faulty)
    lang = data.draw(st.sampled_from(LANGUAGES))
    again = read_patch(json.dumps(patch_json(patch, lang)).encode(), "p")
    assert patch_json(again, lang) == patch_json(patch, lang)
    before, after = cells(faulty), cells(apply(again, faulty))
    new = {cell.path: cell.proposed for _, cell in again.accepted}
    assert after == {**before, **new}
    assert not any(isinstance(before[path], Missing) for path in new), "a cell was filled in that nobody accepted"


@given(reports(blanks=True, max_count=999))
def test_an_implied_value_is_filled_in_where_it_is_accepted(report: Report) -> None:
    patch = proposed(report)
    single = [offer for offer in patch.implied if offer.only is not None]
    filled = apply(patch.accepting([offer.id for offer in single]), report)
    assert to_json(filled)["missing"].keys() == to_json(report)["missing"].keys() - {offer.path for offer in single}
    assert not govinfo.check(filled).worst or govinfo.check(filled).worst is not govinfo.Severity.ERROR


@given(reports(max_count=999), st.data())
def test_a_patch_for_other_figures_is_refused(report: Report, data: Any) -> None:
    path, wrong = data.draw(single_faults(report, table_3(report)))
    faulty = replace_cells(report, {path: wrong})
    patch = proposed(faulty).accepting([1])
    _, cell = data.draw(st.sampled_from(patch.accepted))
    found = cells(faulty)[cell.path]
    other = data.draw((st.integers(0, 9999) | st.sampled_from(Missing)).filter(lambda value: value != found))
    with pytest.raises(GovinfoError):
        apply(patch, replace_cells(faulty, {cell.path: other}))


def read(content: bytes) -> None:
    """Any bytes are a patch or an error on purpose; a patch fits the report or is refused on purpose."""
    try:
        patch = read_patch(content, "p")
        apply(patch, WRONG)
    except GovinfoError as error:
        assert error.text.zh
        assert error.text.en


WRONG = replace_cells(example_report("2021", 3), {"disputes.reconsideration.total": 9999})
RECORD = patch_json(proposed(WRONG), "zh")
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    read(content)


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=4))
def test_a_patch_with_other_bytes_in_it(place: int, instead: bytes) -> None:
    content = json.dumps(RECORD, ensure_ascii=False).encode()
    place %= len(content)
    read(content[:place] + instead + content[place + len(instead) :])


def places(value: Any) -> list[Callable[[Any], tuple[Any, Any]]]:
    """Give for every place in a JSON value how to get at what holds it, and its key there."""
    found: list[Callable[[Any], tuple[Any, Any]]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found.append(lambda node, key=key: (node, key))
        found += [lambda node, key=key, below=below: below(node[key]) for below in places(value[key])]
    return found


@given(st.sampled_from(places(RECORD)), VALUES)
def test_a_patch_with_another_value_in_it(place: Callable[[Any], tuple[Any, Any]], value: Any) -> None:
    record = json.loads(json.dumps(RECORD))
    node, key = place(record)
    node[key] = value
    read(json.dumps(record).encode())
