"""The completion ratio r, row by row of its table, and what holds for all numbers."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfxl.forms.values.quantity import NUMBER, parse, read
from perfxl.rules.engine.ratio import judge, with_zeros
from perfxl.rules.policies import policy

MINISTRY, HUBEI = policy.get_policy("ministry"), policy.get_policy("hubei")


def ratio(target, actual, name="里程", level2="数量指标", rules=MINISTRY):
    target = target if not isinstance(target, str) else parse(target)
    actual = actual if not isinstance(actual, str) else parse(actual)
    return judge(*with_zeros(target, actual), name, level2, rules)


def ends(found) -> tuple[Fraction, Fraction]:
    return found.lo, found.hi


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [
        # to be reached: min(1, B/A)
        ("100", "90", "0.9"), ("=100", "90", "0.9"), ("≥100", "90", "0.9"), (">100", "90", "0.9"),
        ("≥100%", "≥90%", "0.9"), ("3项", "2项", "2/3"), ("≥95%", "95%", "1"), ("≥95%", "120%", "1"),
        ("3", "2", "2/3"), ("100", "0", "0"), ("达到100%", "72.74%", "0.7274"), ("95%以上", "90%", "18/19"),
        # not to be exceeded, and not exceeded
        ("≤48小时", "48小时", "1"), ("≤48小时", "12小时", "1"), ("≤5", "0", "1"), ("≤8%", "0%", "1"),
        # A = 0: the comparison holds or not
        ("0", "0", "1"), ("0", "5", "1"), ("≥0", "0", "1"), ("≤0", "0", "1"), ("≤0", "1", "0"), ("≤0次", "3次", "0"),
        # ranges: 1 inside; below B/a, above b/B
        ("1-3天", "2天", "1"), ("1-3天", "1天", "1"), ("1-3天", "3天", "1"), ("4-8次", "2次", "0.5"), ("4-8天", "16天", "0.5"),
        # dates: met
        ("2021年12月底前", "2021年11月", "1"), ("2021年10月31日前", "2021-10-31", "1"), ("12月31日前", "12月30日", "1"),
        # units of one dimension convert
        ("1年", "12个月", "1"), ("≥1小时", "30分钟", "0.5"), ("2公里", "1500米", "0.75"), ("3项", "3", "1"),
        ("100%", "1000‰", "1"), ("95%", "0.95", "1"), ("9成", "90%", "1"),
        ("≥1000人次", "1000人", "1"),
    ],
)  # fmt: skip
def test_a_known_completion_is_one_exact_number(target, actual, share):
    assert ends(ratio(target, actual)) == (Fraction(share), Fraction(share))


@pytest.mark.parametrize(
    ("target", "actual", "proportional", "linear"),
    [
        ("≤48小时", "60小时", "0.8", "0.75"), ("<5", "10", "0.5", "0"), ("不超过8%", "10%", "0.8", "0.75"),
        ("10天以内", "20天", "0.5", "0"), ("≤10万元", "200000元", "0.5", "0"), ("≤100天", "120天", "5/6", "0.8"),
        ("≤100天", "350天", "2/7", "0"), ("≤1‰", "2", "0.5", "0"), ("≤48小时", "≤60小时", "0.8", "0.75"),
    ],
)  # fmt: skip
def test_a_missed_limit_is_scored_by_the_formula_that_the_policy_prints(
    target, actual, proportional, linear
):
    proportional, linear = Fraction(proportional), Fraction(linear)

    assert ends(ratio(target, actual, rules=HUBEI)) == (proportional, proportional)
    assert ends(ratio(target, actual, rules=replace(HUBEI, inverse="linear"))) == (linear, linear)
    # The Ministry prints none: both readings are official practice.
    assert ends(ratio(target, actual, rules=MINISTRY)) == (linear, proportional)


@pytest.mark.parametrize(
    ("target", "actual", "lo", "hi"),
    [
        # a text repeated, or said to be reached, partly, not
        ("有所提升", "有所提升", "0.8", "1"), ("有所提升", "有所 提升。", "0.8", "1"), ("有所提升", "达成预期指标", "0.8", "1"),
        ("不超支", "不超支", "0.8", "1"), ("有所提升", "部分达成预期指标并具有一定效果", "0.5", "0.8"),
        ("有所提升", "未达成预期指标且效果较差", "0", "0.5"), ("有所提升", "未完成", "0", "0.5"),
        # anything else is open
        ("有所提升", "群众反映良好", "0", "1"), ("有所提升", "基本完成", "0", "1"), ("有所提升", "90%", "0", "1"),
        # no actual
        ("有所提升", "", "0", "0"), ("≥95%", "—", "0", "0"),
        # units that cannot be compared
        ("3公里", "3小时", "0", "1"), ("≥100万元", "80%", "0", "1"),
    ],
)  # fmt: skip
def test_what_a_text_leaves_open_is_an_interval(target, actual, lo, hi):
    assert ends(ratio(target, actual, rules=HUBEI)) == (Fraction(lo), Fraction(hi))


def test_the_tiers_are_the_policy_s():
    assert ends(ratio("有所提升", "部分达成", rules=MINISTRY)) == (Fraction("0.6"), Fraction("0.8"))
    assert ends(ratio("有所提升", "部分达成", rules=HUBEI)) == (Fraction("0.5"), Fraction("0.8"))
    assert ends(ratio("有所提升", "未达成", rules=MINISTRY)) == (0, Fraction("0.6"))


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("2021年10月底前", "2021年12月完成"),
        ("2021年6月30日前", "2021-07-01"),
        ("2021年12月", "2022年1月5日"),
        ("2021年底前", "2022年3月"),
    ],
)
def test_a_missed_date_admits_anything_but_the_full_score(target, actual):
    found = ratio(target, actual)

    assert ends(found) == (0, 1)
    assert found.below
    assert found.missed


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("6月30日前", "2023年9月"),
        ("12月31日前", "2022年1月5日"),
        ("6月底前", "2023年9月30日"),
        ("2021年12月底前", "9月30日"),
    ],
)
def test_a_date_without_a_year_does_not_prove_another_date_in_time(target, actual):
    found = ratio(target, actual)

    assert found.open or found.missed


@pytest.mark.parametrize(("target", "actual"), [("≥90%", "≤95%"), ("≤10天", "≥5天")])
def test_a_bound_that_proves_nothing_leaves_the_ratio_open(target, actual):
    found = ratio(target, actual)

    assert found.open
    assert found.lo == 0


@pytest.mark.parametrize(
    ("target", "actual", "share"), [("≥100%", "≥90%", "0.9"), ("≤48小时", "≤60小时", "0.8")]
)
def test_an_actual_written_as_a_bound_proves_its_worst_case(target, actual, share):
    found = ratio(target, actual, rules=HUBEI)

    assert ends(found) == (Fraction(share), Fraction(share))
    assert found.bound


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("系统响应时间", "0.5"),
        ("运维成本", "0.5"),
        ("安全事故次数", "0.5"),
        ("里程", "1"),
        ("成本节约率", "1"),
    ],
)
def test_a_bare_target_is_a_limit_where_the_name_says_that_less_is_better(name, share):
    assert ends(ratio("10", "20", name, rules=HUBEI)) == (Fraction(share), Fraction(share))


def test_a_bare_target_of_cost_is_open_between_both_ways():
    found = ratio("10", "20", "补助标准", "成本指标", HUBEI)

    assert (found.lo, found.hi, found.open) == (Fraction("0.5"), 1, True)


@pytest.mark.parametrize("actual", ["72890", "72890元"])
def test_an_amount_in_another_unit_of_money_is_no_ratio(actual):
    found = ratio("7.29", actual, "公用经费")

    assert found.open
    assert found.why in ("scale", "units-differ")


@pytest.mark.parametrize(
    ("target", "actual", "name"),
    [
        ("100%", "100%完成", "完成率"),
        ("第4季度", "第3季度", "完成时间"),
        ("12月", "11月", "完成时间"),
        ("5次/年", "5次", "检查次数"),
        ("0次", "无", "安全事故"),
        ("12个月", "已完成12个月", "保障时间"),
        ("10人", "10名", "培训人数"),
        ("≤5%", "-2%", "增长率"),
    ],
)
def test_who_reached_the_target_is_not_accused_for_the_spelling(target, actual, name):
    found = ratio(target, actual, name)

    assert found.hi == 1
    assert found.why not in ("units-differ", "no-actual")


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("0-5%", "-1%"),
        ("每月1次", "12次"),
        ("1次/月", "12次"),
        ("三级", "二级"),
        ("≥150%", "2.1"),
        ("95", "0.96"),
        ("≥95%", "1"),
        ("3个点位", "5点位"),
        ("20项", "部分完成"),
        ("2023年12月", "已于2024年3月完成"),
        ("5-10次", "≥1次"),
        ("5-10次", "≤20次"),
    ],
)
def test_what_only_looks_comparable_is_neither_reached_nor_missed_by_a_number(target, actual):
    found = ratio(target, actual)

    assert found.lo < found.hi == 1
    assert found.open or found.below


def test_a_bound_outside_a_range_proves_only_the_most():
    assert ends(ratio("5-10天", "≥20天")) == (0, Fraction(1, 2))
    assert ends(ratio("5-10次", "≤2次")) == (0, Fraction(2, 5))


def test_a_sign_behind_the_words_that_carry_one_is_the_sign():
    assert ends(ratio("完成率≥95%", "90%")) == (Fraction(90, 95), Fraction(90, 95))


@pytest.mark.parametrize(("name", "least"), [("投诉处理数", "0.8"), ("投诉数", "1")])
def test_work_about_what_is_to_be_little_may_be_much(name, least):
    assert ends(ratio("10", "8", name)) == (Fraction(least), 1)


@pytest.mark.parametrize("level2", ["经济成本指标", "社会成本指标", "生态环境成本指标"])
def test_every_indicator_of_cost_is_open_between_both_ways(level2):
    assert ratio("10", "12", "补助标准", level2).open


def test_completion_above_the_target_is_kept_for_the_question_why():
    assert ratio("≥735", "1510").over == Fraction(1510, 735)
    assert ratio("≥735", "735").over is None


# ---------------------------------------------------------------- for all numbers
NUMBERS = st.decimals(min_value=0, max_value=10**6, places=2)
POSITIVE = st.decimals(min_value="0.01", max_value=10**6, places=2)
SIGNS = st.sampled_from(("", "=", "≥", ">", "≤", "<"))
TEXTS = st.sampled_from(("", "有所提升", "已完成", "未完成", "部分完成", "2021年12月", "2021年6月30日前", "1-3天", "≥95%", "≤2小时",
                         "3项", "12个月", "1年", "100", "0", "—", "10万元", "约5公里", "群众满意"))  # fmt: skip
VALUES = TEXTS | st.builds(
    "{}{}{}".format, SIGNS, NUMBERS, st.sampled_from(("", "%", "项", "元", "万元", "天", "小时"))
)


@given(
    VALUES,
    VALUES,
    st.sampled_from(("里程", "成本", "覆盖率", "事故次数")),
    st.sampled_from(("数量指标", "成本指标", "")),
)
def test_a_ratio_is_an_interval_within_0_and_1(target, actual, name, level2):
    for rules in (MINISTRY, HUBEI):
        found = ratio(target, actual, name, level2, rules)

        assert 0 <= found.lo <= found.hi <= 1


@given(st.sampled_from(("", "≥", "=", ">")), POSITIVE, NUMBERS, NUMBERS)
def test_more_of_what_is_to_be_reached_is_never_worth_less(sign, target, one, other):
    less, more = sorted((one, other))
    low, high = ratio(f"{sign}{target}", str(less)), ratio(f"{sign}{target}", str(more))
    assume(not (low.open or high.open))

    assert low.lo <= high.lo


@given(st.sampled_from(("≤", "<")), POSITIVE, NUMBERS, NUMBERS)
def test_more_of_what_is_to_be_limited_is_never_worth_more(sign, target, one, other):
    less, more = sorted((one, other))
    low, high = ratio(f"{sign}{target}", str(less)), ratio(f"{sign}{target}", str(more))
    assume(not (low.open or high.open))

    assert low.lo >= high.lo


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from(("≥", "≤", "=", "")))
def test_units_of_one_dimension_change_nothing(target, actual, sign):
    assume(not 1900 <= target < 2100)  # 2021年 is a year and not a time of 2021 years
    plain = ends(ratio(f"{sign}{target}元", f"{actual}元"))
    for wider, narrower, factor in (
        ("万元", "元", 10**4),
        ("千元", "元", 1000),
        ("年", "个月", 12),
        ("小时", "分钟", 60),
    ):
        found = ratio(f"{sign}{target}{wider}", f"{actual * factor}{narrower}", "服务时长")

        assert ends(found) == plain


@given(st.integers(1, 1000), st.integers(1, 1000), st.sampled_from(("项", "个", "次", "件")))
def test_a_measure_word_may_be_left_out(target, actual, unit):
    plain = ends(ratio(f"≥{target}", f"{actual}"))

    assert ends(ratio(f"≥{target}{unit}", f"{actual}")) == plain
    assert ends(ratio(f"≥{target}", f"{actual}{unit}")) == plain


@given(
    st.decimals(min_value=3, max_value=100, places=2),
    st.decimals(min_value=3, max_value=100, places=2),
)
def test_a_percent_cell_is_the_percentage_as_text(target, actual):
    typed = read(actual / 100, f"{actual}%")

    assert typed.kind == NUMBER
    assert ends(ratio(f"≥{target}%", typed)) == ends(ratio(f"≥{target}%", f"{actual}%"))
    assert ends(ratio(read(target / 100, f"{target}%"), typed)) == ends(
        ratio(f"≥{target}%", f"{actual}%")
    )


@given(POSITIVE, POSITIVE)
def test_the_ratio_is_exact(target, actual):
    found = ratio(f"≥{target}%", f"{actual}%")

    assert (
        found.lo
        == found.hi
        == min(Fraction(1), Fraction(Decimal(actual)) / Fraction(Decimal(target)))
    )


@given(
    st.integers(1, 500), st.integers(1, 500), st.integers(0, 1500), st.sampled_from(("天", "次"))
)
def test_a_range_is_reached_inside_and_in_proportion_outside(one, other, actual, unit):
    low, high = sorted((one, other))
    found = ratio(f"{low}-{high}{unit}", f"{actual}{unit}", "会议")
    expected = (
        Fraction(1)
        if low <= actual <= high
        else Fraction(actual, low)
        if actual < low
        else Fraction(high, actual)
    )
    # No clause punishes a count above its range; a time above it is a limit exceeded.
    most = Fraction(1) if actual > high and unit == "次" else expected

    assert ends(found) == (expected, most)
    assert not found.open


@pytest.mark.parametrize(
    ("target", "actual", "ends_", "below"),
    [
        ("2021年第三季度", "2021年9月", (1, 1), False),
        ("2021年9月底前", "2021年第三季度", (1, 1), False),
        ("2021年第三季度", "2021年第四季度", (0, 1), True),
        ("2021年9月底前", "2021年第四季度", (0, 1), True),
        ("2021年11月底前", "2021年第四季度", (0, 1), False),
        ("2021年8月底前", "2021年下半年", (0, 1), False),
        ("2021年6月底前", "2021年下半年", (0, 1), True),
        ("2021年第四季度", "2022年第一季度", (0, 1), True),
    ],
)
def test_a_quarter_is_late_only_if_all_of_it_is(target, actual, ends_, below):
    found = ratio(target, actual)

    assert (ends(found), found.below) == (ends_, below)
    assert found.open is (ends_ == (0, 1) and not below)


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [("≤1‰", "0.8", "1"), ("≥8‰", "4", "0.5"), ("≤0.8‰", "0.1", "1")],
)
def test_a_bare_number_beside_a_share_of_a_thousand_is_of_a_thousand(target, actual, share):
    assert ends(ratio(target, actual)) == (Fraction(share), Fraction(share))


def test_a_very_small_number_beside_a_share_of_a_thousand_may_be_a_fraction():
    found = ratio("≥8‰", "0.004")

    assert (found.open, found.hi) == (True, Fraction(1, 2))
