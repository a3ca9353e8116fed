"""Values as they are written: numbers exact, comparators, ranges, dates, texts, blanks."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfxl.forms.values import quantity
from perfxl.forms.values.quantity import (
    BLANK,
    DATE,
    NUMBER,
    RANGE,
    TEXT,
    parse,
    read,
    result,
    with_unit,
)


@pytest.mark.parametrize(
    ("text", "comparator", "size", "family"),
    [
        ("12", "", "12", ""),
        ("3项", "", "3", "count"),
        ("≥95%", "≥", "95", "ratio"),
        (">=90%", "≥", "90", "ratio"),
        ("＞＝120千米", "≥", "120000", "length"),
        ("≧ 100 %", "≥", "100", "ratio"),
        ("≥１００％", "≥", "100", "ratio"),
        ("═ 100 %", "=", "100", "ratio"),
        ("﹦100%", "=", "100", "ratio"),
        ("=100%", "=", "100", "ratio"),
        ("＝5个", "=", "5", "count"),
        ("≤48小时", "≤", "172800", "clock"),
        ("≦3天", "≤", "259200", "clock"),
        ("<=5%", "≤", "5", "ratio"),
        ("＜8%", "<", "8", "ratio"),
        ("＞8%", ">", "8", "ratio"),
        ("≥100百分比", "≥", "100", "ratio"),
        ("95百分比", "", "95", "ratio"),
        ("百分之九十五", "", "95", "ratio"),
        ("百分之95", "", "95", "ratio"),
        ("9成", "", "90", "ratio"),
        ("九成", "", "90", "ratio"),
        ("950‰", "", "95", "ratio"),
        ("12个月", "", "12", "calendar"),
        ("1年", "", "12", "calendar"),
        ("4个季度", "", "12", "calendar"),
        ("2小时", "", "7200", "clock"),
        ("30分钟", "", "1800", "clock"),
        ("7.29万元", "", "72900", "money"),
        ("72890元", "", "72890", "money"),
        ("3千元", "", "3000", "money"),
        ("1.5亿元", "", "150000000", "money"),
        ("150万", "", "1500000", ""),
        ("10万人次", "", "100000", "count"),
        ("215,457.6", "", "215457.6", ""),
        ("1，234，567元", "", "1234567", "money"),
        ("95.0%", "", "95", "ratio"),
        ("-5", "", "-5", ""),
        ("＋3项", "", "3", "count"),
        ("0", "", "0", ""),
        ("0.1", "", "0.1", ""),
        ("不低于95%", "≥", "95", "ratio"),
        ("不少于3次", "≥", "3", "count"),
        ("达到95%", "=", "95", "ratio"),
        ("95%以上", "≥", "95", "ratio"),
        ("95%（含）以上", "≥", "95", "ratio"),
        ("达到95%以上", "≥", "95", "ratio"),
        ("不超过8%", "≤", "8", "ratio"),
        ("不高于8%", "≤", "8", "ratio"),
        ("8%以下", "≤", "8", "ratio"),
        ("48小时以内", "≤", "172800", "clock"),
        ("48小时内", "≤", "172800", "clock"),
        ("控制在100万元以内", "≤", "1000000", "money"),
        ("十二个月", "", "12", "calendar"),
        ("三项", "", "3", "count"),
        ("二十五人次", "", "25", "count"),
        ("一百二十次", "", "120", "count"),
        ("三万五千人次", "", "35000", "count"),
        ("两次", "", "2", "count"),
        ("完成率100%", "=", "100", "ratio"),
        ("覆盖率不低于95%", "≥", "95", "ratio"),
        ("完成5项", "=", "5", "count"),
        ("≥95%。", "≥", "95", "ratio"),
    ],
)
def test_a_number_means_what_it_says(text, comparator, size, family):
    found = parse(text)

    assert (found.kind, found.comparator, found.size, found.family) == (
        NUMBER,
        comparator,
        Decimal(size),
        family,
    )
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "low", "high", "family"),
    [
        ("1-3天", "1", "3", "clock"),
        ("1~3天", "1", "3", "clock"),
        ("90%-95%", "90", "95", "ratio"),
        ("90—95%", "90", "95", "ratio"),
        ("5至10次", "5", "10", "count"),
        ("10万-20万元", "10", "20", "money"),
    ],
)
def test_a_range_has_two_ends_in_one_unit(text, low, high, family):
    found = parse(text)

    assert (found.kind, found.family) == (RANGE, family)
    assert (found.low * found.factor) / (found.high * found.factor) == Decimal(low) / Decimal(high)


def test_a_range_from_high_to_low_is_left_to_a_person():
    assert parse("10-5次").kind == TEXT


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021年12月完成", (2021, 12, None)),
        ("2021年12月底前", (2021, 12, None)),
        ("2021年10月31日前完成", (2021, 10, 31)),
        ("2021-10-31", (2021, 10, 31)),
        ("2021/10/31前", (2021, 10, 31)),
        ("2021.10.31", (2021, 10, 31)),
        ("12月31日前", (None, 12, 31)),
        ("12月底前", (None, 12, None)),
        ("2021年底前", (2021, 12, 31)),
        ("2021年", (2021, None, None)),
        ("2021年第三季度", (2021, 9, None)),
        ("第一季度前完成", (None, 3, None)),
        ("2021年4季度末", (2021, 12, None)),
        ("上半年", (None, 6, None)),
        ("2021年下半年完成", (2021, 12, None)),
    ],
)
def test_a_date_says_its_year_month_and_day(text, day):
    found = parse(text)

    assert (found.kind, found.comparator, found.day) == (DATE, "≤", day)


@pytest.mark.parametrize(
    "text",
    [
        "有所提升", "达标", "不超支", "专款专用", "达成预期指标", "按月份", "2021年13月", "未完成3项",
        "仅完成3项", "共3项，完成2项", "优", "有效保障", "是", "A级", "每季度", "一般", "三级甲等",
        "≥", "%", "1:2", "见附件1", "万元", "亿元",
    ],
)  # fmt: skip
def test_words_stay_words_and_are_never_a_zero(text):
    found = parse(text)

    assert (found.kind, found.text) == (TEXT, text)


@pytest.mark.parametrize("text", ["", " ", "　", "—", "-", "/", "*", "——", "无", "\n"])
def test_a_mark_for_nothing_is_nothing(text):
    assert parse(text).kind == BLANK


@pytest.mark.parametrize("text", ["……", "指标2", "指标1：/", "指标1：", "..."])
def test_residue_of_the_template_is_no_number(text):
    assert parse(text).kind != NUMBER


@pytest.mark.parametrize(
    ("value", "shown", "size", "family"),
    [
        (Decimal("0.95"), "95.0%", "95", "ratio"),
        (Decimal("0.9514"), "95%", "95.14", "ratio"),
        (Decimal(3), "3项", "3", "count"),
        (Decimal("1234.5"), "1,234.50", "1234.5", ""),
        (Decimal("1234.567"), "1,235", "1234.567", ""),
        (Decimal(12), "12", "12", ""),
        (Decimal("0.1"), "0.10", "0.1", ""),
        (Decimal("0.95"), "0.95", "0.95", ""),
    ],
)
def test_a_cell_typed_as_a_number_keeps_its_exact_value(value, shown, size, family):
    found = read(value, shown)

    assert (found.kind, found.size, found.family) == (NUMBER, Decimal(size), family)


def test_a_percent_cell_is_the_percentage_written_as_text():
    typed, written = read(Decimal("0.95"), "95.0%"), parse("95.0%")

    assert (typed.size, typed.family) == (written.size, written.family)


@pytest.mark.parametrize("value", [date(2021, 10, 31), datetime(2021, 10, 31, 8)])  # noqa: DTZ001  # Excel has no zones
def test_a_date_cell_is_a_date(value):
    assert read(value, "2021年10月31日").day == (2021, 10, 31)


def test_the_unit_of_a_column_goes_to_bare_numbers_only():
    assert with_unit(parse("3"), "万元").size == 30000
    assert with_unit(parse("3元"), "万元").size == 3
    assert with_unit(parse("有所提升"), "万元").kind == TEXT


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("已完成", "reached"), ("达成预期指标", "reached"), ("全部完成。", "reached"), ("均已完成", "reached"),
        ("部分达成预期指标并具有一定效果", "partly"), ("部分完成", "partly"),
        ("未达成预期指标且效果较差", "missed"), ("未完成", "missed"), ("不达标", "missed"),
        ("基本完成", ""), ("未完成的部分已补做", ""), ("满意", ""), ("正在推进", ""), ("尚未全部完成", ""), ("", ""),
    ],
)  # fmt: skip
def test_only_plain_words_say_how_far_a_target_was_reached(text, said):
    assert result(text) == said


# ---------------------------------------------------------------- for every number, every spelling
NUMBERS = st.decimals(min_value=0, max_value=99_999_999, places=2) | st.integers(0, 10**8).map(
    Decimal
)
SIGNS = {
    "": ("",), "≥": ("≥", ">=", "＞＝", "≧", "不低于", "不少于", "大于等于"), ">": (">", "＞", "大于", "超过"),
    "≤": ("≤", "<=", "≦", "＜＝", "不超过", "不高于", "不大于"), "<": ("<", "＜", "小于", "低于"),
    "=": ("=", "＝", "═", "﹦", "等于", "达到"),
}  # fmt: skip
AFTER = {"≥": ("以上", "及以上"), "≤": ("以内", "以下", "之内")}
UNITS = ("", "%", "％", "项", "个", "元", "万元", "小时", "个月", "公里", "人次", "户", "吨")
FULL = str.maketrans("0123456789.,-", "０１２３４５６７８９．，－")


def digits(number: Decimal, style: str) -> str:
    text = f"{number:,f}" if "," in style else f"{number:f}"
    return text.translate(FULL) if "full" in style else text


@st.composite
def spellings(draw):
    """(text, comparator, number, unit): one number as some clerk may write it."""
    number = draw(NUMBERS)
    sign = draw(st.sampled_from(sorted(SIGNS)))
    unit = draw(st.sampled_from(UNITS))
    gap = draw(st.sampled_from(("", " ", "　", "\u00a0")))
    body = digits(number, draw(st.sampled_from(("", ",", "full", ",full"))))
    if sign in AFTER and draw(st.booleans()):
        text = f"{body}{gap}{unit}{draw(st.sampled_from(AFTER[sign]))}"
    else:
        text = f"{draw(st.sampled_from(SIGNS[sign]))}{gap}{body}{gap}{unit}"
    return text, sign, number, unit


@given(spellings())
def test_every_spelling_of_a_number_gives_the_number_exactly(case):
    text, sign, number, unit = case
    found = parse(text)

    assert (found.kind, found.comparator, found.text) == (NUMBER, sign, text.strip())
    assert found.low == number
    assert found.size == number * found.factor
    assert (found.unit == "") == (unit == "")


def chinese(number: int) -> str:
    """A number below 10^8 in Chinese numerals."""

    def below(part: int) -> str:
        text, zero = "", False
        for size, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, part = divmod(part, size)
            if digit:
                text += ("零" if zero else "") + "一二三四五六七八九"[digit - 1] + name
            zero = bool(text) and not digit
        return text

    high, low = divmod(number, 10**4)
    if not high:
        return below(low) or "零"
    gap = "零" if low and low < 1000 else ""
    return f"{below(high)}万{gap}{below(low)}"


@given(st.integers(1, 99_999_999), st.sampled_from(("项", "个", "次", "人次", "天", "户")))
def test_chinese_numerals_count(number, unit):
    found = parse(f"{chinese(number)}{unit}")

    assert (found.kind, found.low) == (NUMBER, number)


@given(
    st.integers(1, 999_999),
    st.sampled_from((("元", 1), ("千元", 1000), ("万元", 10**4), ("亿元", 10**8))),
)
def test_money_converts_exactly(number, unit):
    name, factor = unit

    assert parse(f"{number}{name}").size == number * factor


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.sampled_from(("-", "~", "—", "至", "－")))
def test_a_range_keeps_both_ends(one, other, dash):
    low, high = sorted((one, other))
    found = parse(f"{low}{dash}{high}次")

    if found.kind == RANGE:
        assert (found.low, found.high) == (low, high)
    else:
        # Two years are years and no range of counts.
        assert 1990 <= low <= high <= 2100


ODD = st.text(
    st.sampled_from(
        "0123456789.,%％≥≤><=-~—至年月日前底天元万亿个项次不低于超过以上内百分之一二三十（）()  \n达完成未"
    ),
    max_size=24,
)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | ODD)
def test_no_text_raises_or_becomes_a_zero_in_silence(text):
    found = parse(text)

    assert found.text == text.strip()
    assert found.kind in (NUMBER, RANGE, DATE, TEXT, BLANK)
    if found.kind == NUMBER and found.low == 0:
        assert any(mark in quantity.fold(text) for mark in "0零〇○")


@given(
    ODD,
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6
    ),
)
def test_a_typed_number_is_never_lost_for_its_format(shown, value):
    found = read(value, shown)

    if found.kind == NUMBER and not found.scaled and "%" not in found.unit:
        assert found.low == value or found.family == "ratio"
