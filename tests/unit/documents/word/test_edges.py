"""Columns from the edges of cells, where rows do not agree."""

from __future__ import annotations

import pytest

from govinfo.documents.word.edges import CellShape, RowShape, lay_out
from govinfo.errors import ReadError

Placed = list[list[tuple[str, int, int, int]]]


def shape(left: int, *rights: int) -> RowShape:
    return RowShape(left, tuple(map(CellShape, rights)))


def placed(*rows: tuple[str, RowShape | None]) -> Placed:
    found = lay_out([(list(texts), said) for texts, said in rows], 1, 1)
    return [[(one.text, one.col, one.colspan, one.rowspan) for one in row] for row in found]


def test_edges_a_millimetre_apart_are_one() -> None:
    found = placed(("ab", shape(0, 1000, 2000)), ("cd", shape(-30, 1030, 1990)), ("ef", shape(20, 970, 2030)))
    assert [[col for _, col, _, _ in row] for row in found] == [[1, 2]] * 3
    assert {span for row in found for _, _, span, _ in row} == {1}


def test_narrow_cells_keep_their_columns() -> None:
    assert placed(("abc", shape(0, 30, 60, 90)))[0] == [("a", 1, 1, 1), ("b", 2, 1, 1), ("c", 3, 1, 1)]
    assert placed(("abc", shape(0, 500, 500, 400)))[0] == [("a", 1, 1, 1), ("b", 2, 1, 1), ("c", 3, 1, 1)]


def test_a_row_may_begin_farther_right() -> None:
    assert placed(("abc", shape(0, 1000, 2000, 3000)), ("d", shape(1000, 2000)))[1] == [("d", 2, 1, 1)]


def test_a_row_without_a_shape_is_like_one_with_as_many_cells() -> None:
    wide = shape(0, 2000, 3000)
    rows = (("ab", wide), ("cde", shape(0, 1000, 2000, 3000)), ("fg", None), ("hijk", None))
    assert placed(*rows)[2] == [("f", 1, 2, 1), ("g", 3, 1, 1)]
    assert [text for text, *_ in placed(*rows)[3]] == list("hijk")


def test_a_cell_that_goes_on_below_nothing_is_a_cell() -> None:
    goes_on = RowShape(0, (CellShape(1000, down="goes_on"), CellShape(2000)))
    assert placed(("ab", goes_on))[0] == [("a", 1, 1, 1), ("b", 2, 1, 1)]
    narrower = RowShape(0, (CellShape(500, down="goes_on"), CellShape(2000)))
    begins = RowShape(0, (CellShape(1000, down="begins"), CellShape(2000)))
    assert placed(("ab", begins), ("cd", narrower))[1][0] == ("c", 1, 1, 1)


def test_a_row_all_of_whose_cells_go_on_is_none() -> None:
    begins = RowShape(0, (CellShape(1000, down="begins"), CellShape(2000, down="begins")))
    goes_on = RowShape(0, (CellShape(1000, down="goes_on"), CellShape(2000, down="goes_on")))
    found = lay_out([("ab", begins), ("xy", goes_on), ("cd", shape(0, 1000, 2000))], 1, 5)
    assert [[(one.text, one.row, one.line, one.rowspan) for one in row] for row in found] == [
        [("a", 1, 5, 1), ("b", 1, 5, 1)],
        [("c", 2, 7, 1), ("d", 2, 7, 1)],
    ]


def test_rows_that_claim_too_many_cells_are_refused() -> None:
    wide = shape(0, *range(1000, 257_000, 1000))
    with pytest.raises(ReadError) as caught:
        lay_out([("a", wide)] * 400, 1, 1)
    assert caught.value.kind == "too_large"
