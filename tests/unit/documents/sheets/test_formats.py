"""Numbers and their formats: what a person sees, and what is said where that is not what is stored."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govinfo.documents.sheets.formats import UNKNOWN, number_of, plain, shown, uncalculated

ACCOUNTING = r'_ * #,##0_ ;_ * \-#,##0_ ;_ * "-"_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (3.0, "General", "3"),
        (0.1 + 0.2, "General", "0.3"),
        (59237.2449, "General", "59237.2449"),
        (59237.244900000005, "General", "59237.2449"),
        (5, "", "5"),
        (5, "GENERAL", "5"),
        (5, "G/通用格式", "5"),
        (5, "@", "5"),
        (12, "0", "12"),
        (1234.5600000001, "0.00", "1234.56"),
        (2792220.8, "#,##0.00", "2,792,220.80"),
        (5.5, "0.##", "5.5"),
        (1234567, "###,###,##0", "1,234,567"),
        (7, '0"件"', "7件"),
        (7, "0件", "7件"),
        (12.5, '0.00"万元"', "12.50万元"),
        (21.8, "[$¥-804]#,##0.00", "¥21.80"),
        (0.5, "0%", "50%"),
        (0.125, "0.0%", "12.5%"),
        (1234, ACCOUNTING, "1,234"),
        (-417, "General", "-417"),
        (-417, ACCOUNTING, "-417"),
        (-3, "+0;-0;0", "-3"),
        (3, "+0;-0;0", "+3"),
        (1234, "# ##0", "1 234"),
        (20, '[>=10]0"多";0', "20多"),
        (2, '[>=10]0"多";0', "2"),
        (1234, "[DBNum1][$-804]General", "1234"),
        (44927, 'yyyy"年"m"月"d"日"', "2023年1月1日"),
        (44927, "[$-804]yyyy/m/d;@", "2023-01-01"),
        (44927.75, "yyyy/m/d h:mm", "2023-01-01 18:00"),
        (0.5, "h:mm:ss", "12:00:00"),
        (1, "yyyy/m/d", "1900-01-01"),
        (61, "yyyy/m/d", "1900-03-01"),
    ],
)
def test_a_number_is_read_as_it_is_shown(stored: float, code: str, text: str) -> None:
    value = number_of(stored)
    assert value is not None
    assert shown(value, code) == (text, None)


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        (3.4, "0", "3"),
        (2.5, "0", "3"),
        (59237.2449, "0.00", "59237.24"),
        (123456, '0!.0,"万"', "12.3万"),
        (1234567, "#,##0,", "1,235"),
    ],
)
def test_a_number_shown_as_another_is_read_as_shown_and_said(stored: float, code: str, text: str) -> None:
    assert shown(Decimal(str(stored)), code) == (text, "rounded")


@pytest.mark.parametrize("code", [ACCOUNTING, "#", "0;-0;;@", ";;;", '0;-0;"无"'])
def test_a_zero_is_0_however_it_is_hidden(code: str) -> None:
    assert shown(Decimal(0), code) == ("0", "zero")


def test_a_zero_of_a_sheet_that_hides_them_is_0() -> None:
    assert shown(Decimal(0), "0", show_zeros=False) == ("0", "zero")
    assert shown(Decimal(5), "0", show_zeros=False) == ("5", None)


@pytest.mark.parametrize("code", ["0_);(0)", "0_);[Red](0)", "0;[红色]0", "General;General"])
def test_a_sign_is_never_lost(code: str) -> None:
    assert shown(Decimal(-5), code).text == "-5"


def test_a_figure_that_is_hidden_is_not_seen_and_said() -> None:
    assert shown(Decimal(5), ";;;") == ("", "hidden_figure")
    assert shown(Decimal(5), '"无"') == ("无", "hidden_figure")


@pytest.mark.parametrize("code", ["# ?/?", "0.00E+00", "[h]:mm", "0.0.0", "0" * 300, "[>100]0;[<1]0"])
def test_a_format_that_is_not_understood_gives_no_figure(code: str) -> None:
    assert shown(Decimal(50), code) == (UNKNOWN, "unknown_format")


def test_a_count_shown_as_a_day_is_no_count() -> None:
    assert shown(Decimal(3), "yyyy/m/d").text == "1900-01-03"
    assert shown(Decimal(-3), "yyyy/m/d").text == UNKNOWN
    assert shown(Decimal(10) ** 9, "yyyy/m/d").text == UNKNOWN


def test_days_counted_from_1904() -> None:
    assert shown(Decimal(43465), "yyyy/m/d", from_1904=True).text == "2023-01-01"


@pytest.mark.parametrize("text", ["", "abc", "1_000", "0x10", "nan", "inf", "1e999", "１", "1" * 50])
def test_what_is_no_stored_number(text: str) -> None:
    assert number_of(text) is None


def test_very_large_and_small_numbers_are_written_short() -> None:
    assert plain(Decimal("1e300")) == "1E+300"
    assert plain(Decimal("1e20")) == "1" + "0" * 20
    assert len(plain(Decimal("1e-300"))) < 10


def test_a_formula_without_a_result_is_no_figure() -> None:
    assert uncalculated("SUM(B2:G2)") == "=SUM(B2:G2)"
    assert uncalculated('IF(A1="无","",1)') == "="


@given(
    st.integers(-(10**9), 10**9), st.sampled_from(["General", "0", "#,##0", "0.00", "#,##0.00", ACCOUNTING, '0"件"'])
)
def test_a_whole_number_is_the_same_number_in_every_usual_format(value: int, code: str) -> None:
    text = shown(Decimal(value), code).text.removesuffix("件").replace(",", "")
    assert Decimal(text) == value


@given(st.decimals(-(10**8), 10**8, places=6))
def test_a_stored_sum_keeps_every_digit(value: Decimal) -> None:
    stored = number_of(repr(float(value)))
    assert stored is not None
    assert Decimal(shown(stored, "General").text) == value


@given(st.floats(allow_nan=False, allow_infinity=False), st.text('0#?.,%;"年ymdhsE+-_*![]()@件<>=1/ ', max_size=30))
def test_no_format_breaks_the_reader(stored: float, code: str) -> None:
    value = number_of(stored)
    assert value is not None
    assert isinstance(shown(value, code).text, str)
