"""The edges of what can be compared: a case on either side of every threshold."""

from fractions import Fraction

import pytest

from perfxl.forms.values.quantity import parse
from perfxl.rules.engine import measures, spans
from perfxl.rules.engine.ratio import judge, with_zeros
from perfxl.rules.policies import policy

RULES = policy.get_policy("hubei")


def ratio(target, actual, name="完成率"):
    return judge(*with_zeros(parse(target), parse(actual), name), name, "数量指标", RULES)


@pytest.mark.parametrize(
    ("target", "actual", "share"),
    [
        # a number below one beside a percentage is a fraction of one
        ("≥95%", "0.99", 1), ("≥95%", "0.94", "94/95"), ("≥95%", "0", 0),
        # so large a number is in percent points: more than 2, and more than a twentieth of the other
        ("≥95%", "4.76", "4.76/95"), ("≥20%", "2.01", "2.01/20"), ("≥40%", "2.01", "2.01/40"),
        # beside a share of a thousand it is of a thousand
        ("≥8‰", "0.05", "0.05/8"), ("≥8‰", "4", "1/2"),
    ],
)  # fmt: skip
def test_a_bare_number_beside_a_share_has_one_reading(target, actual, share):
    over, _, under = str(share).partition("/")
    wanted = Fraction(over) / Fraction(under or 1)
    found = ratio(target, actual)

    assert (found.lo, found.hi, found.open) == (wanted, wanted, False)


@pytest.mark.parametrize(
    ("target", "actual"), [("≥95%", "1"), ("≥95%", "4.75"), ("≥20%", "2"), ("≥40%", "2"), ("≥8‰", "0.049")]
)  # fmt: skip
def test_between_the_two_readings_nothing_is_proven(target, actual):
    assert ratio(target, actual).open


@pytest.mark.parametrize(("target", "actual"), [("95", "0.96"), ("100", "0.99"), ("2", "0.5")])
def test_a_fraction_beside_a_whole_number_up_to_100_may_be_a_share(target, actual):
    assert ratio(f"≥{target}", actual).why == "words"


@pytest.mark.parametrize(("target", "actual"), [("101", "0.96"), ("1", "0.96"), ("95.5", "0.96")])
def test_a_fraction_beside_any_other_number_is_the_number(target, actual):
    assert ratio(f"≥{target}", actual).lo == Fraction(actual) / Fraction(target)


@pytest.mark.parametrize(("times", "typo"), [("4999", False), ("5000", True), ("10000", True), ("20000", True), ("20001", False)])  # fmt: skip
def test_two_amounts_about_ten_thousand_times_apart_are_one_amount(times, typo):
    assert (ratio("≥1", times).why == "scale") is typo
    assert (ratio(f"≥{times}", "1").why == "scale") is typo


@pytest.mark.parametrize("units", [("元", "元"), ("%", ""), ("", "%")])
def test_a_unit_on_both_sides_or_a_share_is_no_slip_of_the_unit(units):
    assert ratio(f"≥1{units[0]}", f"10000{units[1]}").why != "scale"


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("5天", 5, 5), ("36小时", "3/2", "3/2"), ("1周", 7, 7), ("5个工作日", 5, 19), ("0个工作日", 0, 0),
        ("1个月", 28, 31), ("2个月", 59, 62), ("3个月", 89, 92), ("半年", 181, 184), ("1年", 365, 366),
        ("2年", 730, 732), ("半个月", 14, "31/2"), ("1个季度", 89, 92), ("13个月", 393, 397),
    ],
)  # fmt: skip
def test_a_duration_is_so_many_days_at_least_and_at_most(text, least, most):
    value = parse(text)

    assert spans.in_days(value, Fraction(value.low)) == (Fraction(least), Fraction(most))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1次/月", "每月1次", True), ("1次/月", "1次/季度", False), ("5次/年", "5次", True), ("500元/人/年", "500元/人", True),
        ("1个/村", "1个/乡", False), ("60公里/小时", "60公里/h", True), ("500元/人", "500元/户", False),
    ],
)  # fmt: skip
def test_what_a_number_is_counted_per(one, other, same):
    assert (measures.per(parse(one)) == measures.per(parse(other))) is same


DAY = 86400


@pytest.mark.parametrize(
    ("target", "actual", "sizes"),
    [
        # Paces, each so often in a year.
        ("每月1次", "每季度1次", [(12, 4)]), ("每季度2次", "每月1次", [(8, 12)]), ("每月1次", "每月2次", [(1, 2)]),
        ("2次/年", "3次/年", [(2, 3)]), ("1次/月", "12次/年", [(12, 12)]),
        # One unit, another one of the same family, none beside one.
        ("2公里", "1500米", [(2000, 1500)]), ("3项", "2", [(3, 2)]), ("3", "2项", [(3, 2)]), ("150万元", "1500000元", [(1500000, 1500000)]),
        # The calendar leaves open how many days there are.
        ("1个月", "30天", [(28, 30), (31, 30)]), ("30天", "1个月", [(30, 31), (30, 28)]), ("5天", "3天", [(5 * DAY, 3 * DAY)]), ("1周", "7天", [(7 * DAY, 7 * DAY)]),
        # No measure in common.
        ("5公里", "5小时", None), ("前3名", "3个", None), ("3度", "3摄氏度", None),
    ],
)  # fmt: skip
def test_target_and_actual_in_one_measure(target, actual, sizes):
    found = measures.in_one_measure(parse(target), parse(actual))

    assert (found and [(one.low, one.actual) for one in found]) == sizes
