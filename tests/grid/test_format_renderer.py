"""What a person sees for a value under a number format."""

# ruff: noqa: DTZ001  # spreadsheets know no time zones
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.grid.dates import moment, serial
from perfxl.grid.format_renderer import compile_format, exact, general, render

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '
LONG_DATE = 'yyyy"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("0", "General", "0"),
        ("-12", "General", "-12"),
        ("2.50", "General", "2.5"),
        ("1234567.891234", "General", "1234567.891"),
        ("0.333333333333333", "General", "0.333333333"),
        ("0.00001", "General", "0.00001"),
        ("13800138000", "General", "13800138000"),
        ("123456789012", "General", "1.23457E+11"),
        ("1E-20", "General", "1E-20"),
        ("12", 'General"项"', "12项"),
        ("0.145", "0.00", "0.15"),
        ("-0.145", "0.00", "-0.15"),
        ("1.005", "0.00", "1.01"),
        ("7", "000", "007"),
        ("1234.5", "#,##0.00", "1,234.50"),
        ("999.999", "#,##0.00", "1,000.00"),
        ("-1234.5", "#,##0.00_);[Red](#,##0.00)", "(1,234.50)"),
        ("1234.5", ACCOUNTING, "1,234.50"),
        ("-5.1", ACCOUNTING, "-5.10"),
        ("0", ACCOUNTING, "-"),
        ("0.95", "0%", "95%"),
        ("0.86185", "0.00%", "86.19%"),
        ("0.95", "0.0#%", "95.0%"),
        ("95", "0.0\\%", "95.0%"),
        ("95", '0"%"', "95%"),
        ("3", '0"项"', "3项"),
        ("3", "0项", "3项"),
        ("20", "[$¥-804]#,##0.00", "¥20.00"),
        ("12345678", '0!.0,"万"', "1234.6万"),
        ("12345678", '#,##0.0,,"百万"', "12.3百万"),
        ("12345", '[>=10000]0.0,"千";0', "12.3千"),
        ("12", '[>=10000]0.0,"千";0', "12"),
        ("-3", "[<0]0.0;0", "3.0"),
        ("1234567", "000-0000", "123-4567"),
        ("0.5", "#.##", ".5"),
        ("0", "#", ""),
        ("12345", "0.00E+00", "1.23E+04"),
        ("0.00012", "0.0E+0", "1.2E-4"),
        ("5", "@", "5"),
        ("5", '"无"', "无"),
        ("1E+20", "0", "100000000000000000000"),
        ("44561", LONG_DATE, "2021年12月31日"),
        ("44561", "yyyy-mm-dd", "2021-12-31"),
        ("44561", "m/d/yyyy", "12/31/2021"),
        ("44561", "mm-dd-yy", "2021/12/31"),
        ("44561", "[$-F800]dddd, mmmm dd, yyyy", "2021年12月31日"),
        ("44561", "[DBNum1][$-804]yyyy年m月d日;@", "二〇二一年十二月三十一日"),
        ("44561", "aaaa", "星期五"),
        ("44561", "[$-804]ddd", "周五"),
        ("44561", "mmm d, dddd", "Dec 31, Friday"),
        ("44561.75", "yyyy/m/d h:mm", "2021/12/31 18:00"),
        ("44561.75", "h:mm AM/PM", "6:00 PM"),
        ("44561.25", '[$-804]上午/下午h"时"mm"分"', "上午6时00分"),
        ("0.5", "mm:ss", "00:00"),
        ("0.123456", "mm:ss.0", "57:46.6"),
        ("1.5", "[h]:mm", "36:00"),
        ("1", "yyyy/m/d", "1900/1/1"),
        ("59", "yyyy/m/d", "1900/2/28"),
        ("60", "yyyy/m/d", "1900/2/29"),
        ("61", "yyyy/m/d", "1900/3/1"),
        ("-1", "yyyy/m/d", "########"),
    ],
)
def test_numbers_look_as_in_the_program(value, code, text):
    assert render(Decimal(value), code) == text


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        ("达标", "General", "达标"),
        ("达标", "0.00%", "达标"),
        ("3", "@", "3"),
        ("示例", '@"局"', "示例局"),
        ("示例", '0;-0;0;"名："@', "名：示例"),
        ("示例", ACCOUNTING, "示例"),
        (True, "0", "TRUE"),
    ],
)
def test_texts_and_truth_values(value, code, text):
    assert render(value, code) == text


@pytest.mark.parametrize("code", ["0%", "0.00%", "#,##0.0%;[Red]-0.0%", "0.0 %"])
def test_percent_formats_are_known(code):
    assert compile_format(code).percent


@pytest.mark.parametrize("code", ["General", "0.00", '0.0"%"', "0\\%", "@", "yyyy"])
def test_a_quoted_percent_sign_is_only_a_text(code):
    assert not compile_format(code).percent


def test_date_formats_are_known():
    def is_date(code):
        return bool(compile_format(code).parts)

    assert all(map(is_date, ("yyyy/m/d", "h:mm", "[h]:mm", "[$-804]aaaa;@", LONG_DATE)))
    assert not any(map(is_date, ("General", "0.00", '0"m"', "[Red]0", "0\\d", "@")))


def test_numbers_keep_the_15_digits_of_the_program():
    assert exact("0.30000000000000004") == Decimal("0.3")
    assert exact("86.180000000000007") == Decimal("86.18")
    assert exact("1E+2") == 100
    assert [exact(text) for text in ("", "abc", "1e999", "NaN", "-Infinity")] == [None] * 5


@pytest.mark.parametrize(
    ("number", "parts", "value"),
    [
        ("44561", "date", date(2021, 12, 31)),
        ("44561.5", "date", datetime(2021, 12, 31, 12)),
        ("44561", "both", datetime(2021, 12, 31)),
        ("0.75", "time", time(18)),
        ("1.5", "elapsed", None),
        ("60", "date", None),
        ("59", "date", date(1900, 2, 28)),
        ("61", "date", date(1900, 3, 1)),
        ("-1", "date", None),
        ("2958466", "date", None),
    ],
)
def test_days_become_dates(number, parts, value):
    assert moment(Decimal(number), parts) == value


def test_days_of_the_1904_system():
    assert moment(Decimal(43099), "date", 1462) == date(2021, 12, 31)
    assert compile_format("yyyy/m/d").number_1904(Decimal(43099)) == "2021/12/31"
    assert compile_format("yyyy/m/d").number_1904(Decimal(0)) == "1904/1/1"


@given(st.datetimes(datetime(1900, 1, 1), datetime(9999, 12, 31)))
def test_serial_is_the_inverse_of_moment(when):
    when = when.replace(microsecond=when.microsecond // 1000 * 1000)

    assert moment(serial(when), "both") == when


@given(st.decimals(-(10**9), 10**9, allow_nan=False, places=4), st.integers(0, 4))
def test_decimals_are_rounded_half_away_from_zero(number, places):
    code = "#,##0" + ("." + "0" * places if places else "")
    step = Decimal((0, (1,), -places))

    assert Decimal(render(number, code).replace(",", "")) == number.quantize(step, ROUND_HALF_UP)


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**300), max_value=10**300))
def test_general_is_short_and_near(number):
    text = general(number)

    assert len(text.removeprefix("-")) <= 11
    assert abs(Decimal(text) - number) <= max(abs(number) * Decimal("1E-4"), Decimal("1E-12"))


@given(st.text(alphabet='0#?.,%;@*_\\"[]$-80ymdhsAaP/MEe+ 年General>=<! ', max_size=25))
def test_no_format_code_breaks_the_reading(code):
    for value in (Decimal(0), Decimal("-1234.5678"), Decimal("44561.5"), Decimal("1E+300"), "x"):
        assert isinstance(render(value, code), str)
