"""Damages do what they say, and the account of what is lost is right."""

import re
from typing import Any

import pytest

from govinfo.schema import Missing, Report, cells
from govinfo.testing import (
    DAMAGES,
    LAYOUTS,
    damage_document,
    example_report,
    misread,
    print_report,
    render,
    replace_cells,
)
from govinfo.testing.damage import ROWS
from govinfo.testing.examples import table_paths


def text_of(name: str, *, layout: str = "tabs", report: Report | None = None, seed: int = 0) -> str:
    return damage_document(report or example_report("2021", 5, profile="few"), layout, [name], seed).content.decode()


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_works_in_all_its_layouts(name: str) -> None:
    one = DAMAGES[name]
    assert one.summary.endswith((".", "?"))
    assert one.certain <= one.layouts <= LAYOUTS.keys()
    for report in (example_report("2019", 3, profile="large"), example_report("2021", 3, profile="zero")):
        for layout in sorted(one.layouts):
            document = damage_document(report, layout, [name], 1)
            assert document.certain == (layout in one.certain)
            assert document.lost <= set(table_paths(report))
    assert document.content == damage_document(report, layout, [name], 1).content


@pytest.mark.parametrize("name", DAMAGES)
def test_every_damage_changes_some_document(name: str) -> None:
    assert any(
        damage_document(report, layout, [name], seed).content != render(report, layout)
        for layout in sorted(DAMAGES[name].layouts)
        for seed in range(3)
        for report in (example_report("2019", seed, profile="large"),)
    )


@pytest.mark.parametrize("name", [one.name for one in DAMAGES.values() if one.stage == "sheet"])
def test_what_is_not_lost_is_still_on_the_sheet(name: str) -> None:
    """The figures of a numbered report that the account does not call lost or marked are found in the document."""
    report = example_report("2021", 0, profile="zero")
    numbers = {path: 50_000 + at for at, path in enumerate(table_paths(report)) if not path.endswith(".amount")}
    report = replace_cells(report, numbers)
    for seed in range(4):
        document = damage_document(report, "tabs", [name], seed)
        flat = document.content.decode().translate(str.maketrans("０１２３４５６７８９", "0123456789"))
        flat = re.sub(r"(?<=\d)[ ,，](?=\d)", "", flat)
        for path, number in numbers.items():
            if path in document.lost:
                assert name == "run_together" or str(number) not in flat
            elif not isinstance(document.expected[path], Missing):
                assert str(number) in flat


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("unit_in_cell", r"\t\d+[个件宗]"),
        ("note_in_cell", r"\t\d+（其中修订\d+件）"),
        ("full_width_digits", r"\t[０-９]+"),
        ("spaces_in_numbers", r"\t\d \d+"),
        ("lost_no_break_space", r"\t\? \d+"),
        ("mark_for_zero", r"\t[/—-](\t|\n)"),
        ("spaces_in_labels", r"规\s+章\t.*"),
        ("row_label_typos", r"行政止公开|内容事务|\(六\)其他|过程信息|没有现成的|转结|审结结果"),
        ("header_typos", r"现有有效|本年发件|第二十条第\t|第六项|公益机构|直接诉讼"),
        ("instructions_in_labels", r"行政许可（不含行政处罚|不含规章|不含不予公开|等于予以公开"),
        ("ascii_punctuation", r"\t\(三\)不予公开"),
        ("page_number", r"\n\n(- \d+ -|— \d+ —|第\d+页|\d+ / 31)\n\n"),
        ("bare_page_number", r"\n\n\d+\n\n"),
        ("shifted_rows", r"\n[（\d][^\t]+\t\d+\t.*\t\t"),
        ("run_together", r"[^\t\d]\d{3,}\t*\n|\n\d{15,}"),
        ("extra_row", r"\n其他主动公开文件\t\d+\t\d+\t\d+\n"),
        ("title_at_end", r"政府信息公开工作年度报告\n$"),
        ("number_first", r"^\d+\n\n\n"),
        ("carriage_returns", r"\r\n"),
        ("traditional_characters", r"規章\t"),
        ("zero_width_characters", r"行\u200b政"),
        ("total_header_first", r"总计\t自然人\t法人或其他组织"),
        ("total_header_lower", r"\t其他\t总计\n"),
    ],
)
def test_damages_look_like_what_they_say(name: str, pattern: str) -> None:
    clean = render(example_report("2021", 5, profile="few"), "tabs").decode()
    assert not re.search(pattern, clean)
    assert re.search(pattern, text_of(name))


def test_signed_changes_and_units_in_headers() -> None:
    report = replace_cells(
        example_report("2019", 1, profile="large"),
        {"disclosure.licensing.change": -417, "disclosure.penalties.change": 2, "disclosure.fees.change": 0},
    )
    assert re.search(r"\t[-−减]417\t", text_of("signed_change", report=report))
    assert re.search(r"\t[+增]2\t", text_of("signed_change", report=report))
    unit = next(r for seed in range(99) if (r := example_report("2019", seed)).disclosure.procurement.amount_unit)  # type: ignore[attr-defined]
    assert re.search(r"采购总金额（万?元）\t\n政府集中采购\t\d+\t[\d.]+\t\n", text_of("unit_in_header", report=unit))


def test_marks_and_blanks_are_expected_where_they_are_printed() -> None:
    report = example_report("2021", 0, profile="zero")
    for name, reason in (("mark_for_zero", Missing.NOT_APPLICABLE), ("blank_for_zero", Missing.BLANK)):
        document = damage_document(report, "html", [name], 3)
        assert reason in document.expected.values()
        assert not document.lost


def test_a_lost_row_loses_its_cells() -> None:
    document = damage_document(example_report("2021", 0), "html", ["lost_row"], 4)
    rows = {path.rpartition(".")[0] for path in document.lost if path.startswith("disclosure.")}
    rows |= {path.split(".", 2)[2] for path in document.lost if path.startswith("applications.")}
    assert len(rows) == 1


def test_cut_at_width_loses_the_last_columns() -> None:
    report = example_report("2021", 0)
    lost = {path for seed in range(9) for path in damage_document(report, "tabs", ["cut_at_width"], seed).lost}
    assert "applications.total.denied.state_secret" in lost
    assert "disputes.litigation_after_reconsideration.total" in lost
    assert "applications.natural_person.received" not in lost


def test_a_damage_is_refused_where_it_does_not_happen() -> None:
    with pytest.raises(ValueError, match="repeated_lines_removed"):
        damage_document(example_report(), "html", ["repeated_lines_removed"])


def test_damages_combine() -> None:
    report = example_report("2021", 5, profile="few")
    names = ["unit_in_cell", "full_width_digits", "split_table", "carriage_returns", "bad_byte"]
    document = damage_document(report, "html_word", names, encoding="gb18030", declared="gb2312")
    assert not document.certain
    assert b"\r\n" in document.content
    assert b'charset="gb2312"' in document.content


def test_traditional_characters_fit_big5() -> None:
    report = example_report("2021", 2)
    text = text_of("traditional_characters", report=report)
    assert text.encode("big5").decode("big5") == text


@pytest.mark.parametrize("layout", LAYOUTS)
def test_misread_accepts_the_truth_and_nothing_else(layout: str) -> None:
    report = example_report("2021", 5, profile="few")
    document = damage_document(report, layout)
    path = "applications.total.concluded"
    right: Any = cells(report)[path]
    assert document.certain
    assert misread(document, report) == {}
    assert misread(document, replace_cells(report, {path: right + 1})) == {path: (right, right + 1)}
    unread = replace_cells(report, {path: Missing.UNREADABLE})
    assert misread(document, unread) == {path: (right, Missing.UNREADABLE)}


def test_misread_allows_what_is_uncertain_to_be_missing_but_not_wrong() -> None:
    report = example_report("2021", 5, profile="few")
    document = damage_document(report, "tabs", ["lost_header_row"])
    path = "applications.total.concluded"
    right: Any = cells(report)[path]
    assert misread(document, replace_cells(report, {path: Missing.UNREADABLE})) == {}
    assert misread(document, replace_cells(report, {path: right + 1})) != {}


def test_misread_counts_a_number_for_a_mark_and_for_another_edition_as_invented() -> None:
    report = example_report("2021", 0, profile="zero")
    document = damage_document(report, "html", ["mark_for_zero"], 3)
    assert set(misread(document, report)) == {p for p, v in document.expected.items() if isinstance(v, Missing)}
    other = misread(damage_document(report, "html"), example_report("2019", 0, profile="zero"))
    assert "disclosure.regulations.made" in other


def test_row_layouts_are_named_by_the_layouts_themselves() -> None:
    assert {name for name, one in LAYOUTS.items() if one.keeps_rows} == ROWS


def test_grids_of_a_damaged_sheet_stay_whole() -> None:
    sheet = print_report(example_report("2021", 0))
    assert [grid.table for grid in sheet.grids()] == ["disclosure", "applications", "disputes"]
