from __future__ import annotations

from decimal import Decimal

import pytest

from govinfo.parsing.numbers import Look, is_page_mark, look, runs, to_value
from govinfo.schema import Kind, Missing, Value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0),
        ("４", 4),
        ("4个", 4),
        ("124 件", 124),
        ("22（其中修订16件）", 22),
        ("1,234", 1234),
        ("１，２３４", 1234),
        ("1 234", 1234),
        ("? 0", 0),
        ("？0", 0),
        ("\xa0 7 \u3000", 7),
        ("0.00", 0),
        ("-3", -3),
        ("", Missing.BLANK),
        ("\xa0", Missing.BLANK),
        ("/", Missing.NOT_APPLICABLE),
        ("-", Missing.NOT_APPLICABLE),
        ("—", Missing.NOT_APPLICABLE),
        ("无", Missing.NOT_APPLICABLE),
        ("3.5", Missing.UNREADABLE),
        ("15.8万", Missing.UNREADABLE),
        ("1,23", Missing.UNREADABLE),
        ("12?3", Missing.UNREADABLE),
        ("①", Missing.UNREADABLE),
        ("1O", Missing.UNREADABLE),
        ("见附件", Missing.UNREADABLE),
        ("9" * 5000, Missing.UNREADABLE),
    ],
)
def test_counts(text: str, value: Value) -> None:
    assert to_value(look(text), Kind.COUNT) == value


@pytest.mark.parametrize(
    ("text", "value"), [("减4", -4), ("减少4", -4), ("+2", 2), ("增2", 2), ("−417", -417), ("－417", -417)]
)
def test_signed_changes(text: str, value: int) -> None:
    assert to_value(look(text), Kind.CHANGE) == value


@pytest.mark.parametrize(
    ("text", "unit", "header", "value"),
    [
        ("21.83 万元", "元", None, "218300"),
        ("21.83（万元）", "元", None, "218300"),
        ("2792220.8元", "万元", None, "279.22208"),
        ("59237.2449", "元", None, "59237.2449"),
        ("59237.2449", "元", "万元", "592372449"),
        ("3", "万元", "元", "0.0003"),
        ("1.5亿元", "元", None, "150000000"),
    ],
)
def test_amounts_in_their_canonical_unit(text: str, unit: str, header: str | None, value: str) -> None:
    assert to_value(look(text), Kind.AMOUNT, unit, header) == Decimal(value)


def test_an_amount_counted_in_pieces_is_unreadable() -> None:
    assert to_value(look("3件"), Kind.AMOUNT, "元") is Missing.UNREADABLE


@pytest.mark.parametrize("text", ["1 2", "0 0 0"])
def test_spaces_inside_are_noted(text: str) -> None:
    assert look(text).look is Look.SPACED


@pytest.mark.parametrize("text", ["000", "007", "０００１"])
def test_no_number_begins_with_zeros(text: str) -> None:
    assert look(text).look is Look.GARBLED


@pytest.mark.parametrize("text", ["规章", "1.属于国家秘密", "（七）总计", "其他"])
def test_words_are_labels(text: str) -> None:
    assert look(text).look is Look.LABEL


@pytest.mark.parametrize("text", ["- 5 -", "—5—", "第5页", "第 5 页 共 9 页", "5/12"])
def test_page_marks(text: str) -> None:
    assert is_page_mark(text)


@pytest.mark.parametrize("text", ["5", "-5", "规章", "第二十条第（一）项"])
def test_not_page_marks(text: str) -> None:
    assert not is_page_mark(text)


def test_runs_of_digits() -> None:
    assert runs("000", 3) == [(0, 0, 0)]
    assert runs("1000001", 7) == [(1, 0, 0, 0, 0, 0, 1)]
    assert (1, 0, 0, 0, 0, 0, 10) in runs("10000010", 7)
    assert runs("12", 3) == []
    assert len(runs("1" * 24, 7)) <= 5000
