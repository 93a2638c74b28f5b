from __future__ import annotations

import pytest

from govinfo.parsing.labels import Sure, Vocabulary

VOCABULARY = Vocabulary()


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("一、本年新收政府信息公开申请数量", "received"),
        ("（一） 予以公开", "granted"),
        ("(二)部分公开(区分处理的,只计这一情形,不计其他情形)", "partly_granted"),
        ("（二）部分公开", "partly_granted"),
        ("1. 属于国家秘密", "denied.state_secret"),
        ("3.危及三安全一稳定", "denied.security_stability"),
        ("3.其他", "other_outcome.other"),
        ("（七）总计", "concluded"),
        ("四、结转下年度继续办理", "carried_out"),
        ("（三）不予公开", "denied"),
        ("（六）其他处理", "other_outcome"),
    ],
)
def test_printed_rows_are_exact(label: str, row: str) -> None:
    match = VOCABULARY.rows.find(label)
    assert match is not None
    assert (match.key, match.sure) == (row, Sure.EXACT)


@pytest.mark.parametrize(
    ("label", "row"),
    [
        ("三、本年度办理结果（一）予以公开", "granted"),
        ("1.申请人无正当理由逾期不补正、", "other_outcome.not_corrected"),
        ("2.其他法律行政止公开", "denied.prohibited_by_law"),
        ("5.属于三类内容事务信息", "denied.internal_affairs"),
    ],
)
def test_damaged_rows_are_found_but_not_exact(label: str, row: str) -> None:
    match = VOCABULARY.rows.find(label)
    assert match is not None
    assert match.key == row
    assert match.sure < Sure.EXACT


@pytest.mark.parametrize("label", ["总计", "其他"])
def test_a_bare_column_heading_is_never_a_sure_row(label: str) -> None:
    match = VOCABULARY.rows.find(label)
    assert match is None or match.sure is Sure.ALIKE


def test_likeness_does_not_turn_denied_into_granted() -> None:
    match = VOCABULARY.rows.find("（三）不予公开")
    assert match is not None
    assert match.key == "denied"


@pytest.mark.parametrize("label", ["联系电话", "行政处罚", "科学技术局", ""])
def test_other_words_are_no_rows(label: str) -> None:
    assert VOCABULARY.rows.find(label) is None


def test_plugins_add_variants() -> None:
    vocabulary = Vocabulary(variants=(("现行有效件数", "年末有效件数"),))
    match = vocabulary.headers["2021"].find("年末有效件数")
    assert match is not None
    assert match.key == "in_force"


@pytest.mark.parametrize(
    ("label", "item"), [("规章", "regulations"), ("规章（含修订）", "regulations"), ("规 章", "regulations")]
)
def test_items_of_table_2(label: str, item: str) -> None:
    assert VOCABULARY.items.exact(label) == item
