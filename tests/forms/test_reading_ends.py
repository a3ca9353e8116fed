"""Dates, amounts and figures in names at the ends of what is read as such, and just beyond."""

from datetime import date
from decimal import Decimal

import pytest

from perfxl.forms.values.moments import Moment, first_day, last_day
from perfxl.forms.values.quantity import (
    DATE,
    NUMBER,
    RANGE,
    TEXT,
    as_date,
    as_number,
    in_name,
    is_ambiguous,
    parse,
    read,
    with_unit,
    without_rate,
)


@pytest.mark.parametrize(
    ("text", "day", "since"),
    [
        ("2023年3月5日至3月5日", (2023, 3, 5), (3, 5)), ("3月至3月", (None, 3, None), (3, 1)), ("1-12月", (None, 12, None), (1, 1)),
        ("2023年1月至2023年12月", (2023, 12, None), (1, 1)), ("2023年6月至12月", (2023, 12, None), (6, 1)), ("上半年", (None, 6, None), (1, 1)),
        ("12月中旬", (None, 12, 20), (12, 11)), ("2024年2月29日", (2024, 2, 29), None), ("31日前", (None, None, 31), None),
        ("2023.12", (2023, 12, None), None), ("20231231", (2023, 12, 31), None), ("每年12月底前", (None, 12, None), None),
    ],
)  # fmt: skip
def test_a_date_or_a_period(text, day, since):
    found = parse(text)

    assert (found.kind, found.day, found.since) == (DATE, day, since)


@pytest.mark.parametrize(
    "text",
    ["2023年3月5日至3月4日", "12月至3月", "12-1月", "2023年11月至2024年2月", "2月30日", "2023年2月29日", "32日前", "0-3月", "1-13月", "12,34", "一次半"],
)  # fmt: skip
def test_no_date_that_there_is(text):
    assert parse(text).kind != DATE


@pytest.mark.parametrize(
    ("moment", "first", "last"),
    [
        (Moment((2023, 2, None)), (2023, 2, 1), (2023, 2, 28)), (Moment((2024, 2, None)), (2024, 2, 1), (2024, 2, 29)),
        (Moment((None, 2, None)), (0, 2, 1), (0, 2, 29)), (Moment((2023, None, None)), (2023, 1, 1), (2023, 12, 31)),
        (Moment((2023, 4, 30)), (2023, 4, 30), (2023, 4, 30)), (Moment((2023, 6, None), (4, 1)), (2023, 4, 1), (2023, 6, 30)),
    ],
)  # fmt: skip
def test_the_first_and_the_last_day_that_a_date_may_mean(moment, first, last):
    assert (first_day(moment), last_day(moment)) == (first, last)


@pytest.mark.parametrize(
    ("text", "kind", "low", "high", "unit"),
    [
        ("±5%", RANGE, -5, 5, "%"), ("一个半月", NUMBER, "1.5", "1.5", "个月"), ("两个半小时", NUMBER, "2.5", "2.5", "个小时"),
        ("两年半", NUMBER, "2.5", "2.5", "年"), ("3-5天", RANGE, 3, 5, "天"), ("1-3%", RANGE, 1, 3, "%"), ("1%-3%", RANGE, 1, 3, "%"),
        ("1-3万元", RANGE, 1, 3, "万元"), ("1万-3万元", RANGE, 1, 3, "万元"), ("1,000", NUMBER, 1000, 1000, ""), ("比2020年增长5%", NUMBER, 5, 5, "%"),
    ],
)  # fmt: skip
def test_an_amount(text, kind, low, high, unit):
    found = parse(text)

    assert (found.kind, found.low, found.high, found.unit) == (
        kind, Decimal(low), Decimal(high), unit,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "low", "unit", "sign"),
    [
        ("项目完成率100%", 100, "%", ""), ("税收收入达到5亿元", 5, "亿元", "="), ("完成率（≥95%）", 95, "%", "≥"), ("达标率≥90", 90, "", "≥"),
        ("能耗≤90", 90, "", "≤"), ("培训（3期）", 3, "期", ""), ("办结时限（2-3天）", 2, "天", ""), ("合格率（≥95）", 95, "", "≥"),
    ],
)  # fmt: skip
def test_a_figure_that_a_name_ends_in(name, low, unit, sign):
    found = in_name(name)

    assert found is not None
    assert (found.low, found.unit, found.comparator, found.source) == (
        Decimal(low),
        unit,
        sign,
        "name",
    )


@pytest.mark.parametrize(
    "name", ["完成率（%）", "培训（3期）次数", "满意度90", "3项", "PM2.5", "合格率（95）", "（3期）培训", "参与度>90", "不到100%"]
)  # fmt: skip
def test_a_number_in_a_name_that_is_no_figure_of_it(name):
    assert in_name(name) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("202312", (2023, 12, None)), ("202301", (2023, 1, None)), ("202313", None), ("202300", None), ("189912", None), ("2023121", None)],
)  # fmt: skip
def test_a_number_that_may_be_a_month(text, day):
    found = as_date(parse(text))

    assert (found.day if found.kind == DATE else None) == day


@pytest.mark.parametrize(("text", "value"), [("2023.12", "2023.12"), ("20231231", "20231231"), ("2023年12月", None), ("3.5", None)])  # fmt: skip
def test_a_date_that_may_be_a_number(text, value):
    found = parse(text)

    assert is_ambiguous(found) is (value is not None)
    assert (as_number(found).kind == NUMBER) is (value is not None or found.kind == NUMBER)
    if value is not None:
        assert as_number(found).low == as_number(found).high == Decimal(value)


@pytest.mark.parametrize(
    ("value", "shown", "kind", "low"),
    [
        (Decimal("0.9514"), "95%", NUMBER, "95.14"), (Decimal("0.0951"), "95‰", NUMBER, "0.0951"), (Decimal(3), "3项", NUMBER, 3), (Decimal("3.4"), "3", NUMBER, "3.4"),
        (Decimal(3), "###", NUMBER, 3), (Decimal("1e400"), "1E+400", TEXT, 0), (Decimal(20000), "2万", NUMBER, 20000), ("95%", "95%", NUMBER, 95),
    ],
)  # fmt: skip
def test_a_cell_is_its_exact_value_in_the_unit_that_it_shows(value, shown, kind, low):
    found = read(value, shown)

    assert (found.kind, found.low) == (kind, Decimal(low))
    if kind == NUMBER:
        assert found.high == found.low


def test_a_cell_that_holds_a_date():
    assert read(date(2023, 12, 5), "12/5").day == (2023, 12, 5)


@pytest.mark.parametrize(
    ("text", "unit", "result", "scaled"),
    [("3", "个", "个", False), ("3-5", "天", "天", False), ("3项", "个", "项", False), ("3", "", "", False), ("良好", "个", "", False), ("3", "万平方米", "平方米", False)],
)  # fmt: skip
def test_a_bare_number_takes_the_unit_of_its_column(text, unit, result, scaled):
    found = with_unit(parse(text), unit)

    assert found.unit == result
    assert with_unit(found, "公里") == found or not found.unit


def test_an_amount_per_year_as_the_amount():
    assert without_rate(parse("5公里")) == parse("5公里")
    assert without_rate(parse("5次/年")).per == ""
