"""Completion of sizes in one measure, at both sides of every end."""

from dataclasses import replace

import pytest

from perfxl.exact import Fraction
from perfxl.forms.values.quantity import parse
from perfxl.rules.engine.completion import DOWN, EITHER, UP, Ratio, combine_ratios, compare, is_far
from perfxl.rules.engine.measures import Sizes
from perfxl.rules.policies import policy

MINISTRY, HUBEI, GUANGXI = (policy.get_policy(name) for name in ("ministry", "hubei", "guangxi"))


def part(text) -> Fraction:
    top, _, bottom = str(text).partition("/")
    return Fraction(parse(top).low) / int(bottom or 1)


def compared(target, actual, way=UP, rules=MINISTRY, *, limit=False):
    one, other = parse(target), parse(actual)
    sizes = Sizes(Fraction(one.low), Fraction(one.high), Fraction(other.low))
    return compare(sizes, one, other, way, rules, limit=limit)


def ends(found) -> tuple[float, float]:
    return float(found.lo), float(found.hi)


@pytest.mark.parametrize(
    ("target", "actual", "way", "lo", "hi", "why"),
    [
        ("100", "100", UP, 1, 1, "met"), ("100", "99", UP, 0.99, 0.99, "ratio"), ("100", "-5", UP, 0, 0, "ratio"),
        ("0", "0", UP, 1, 1, "met"), ("0", "-1", UP, 0, 0, "not-met"),
        # A share of less than nothing: missed, and by how much no clause says.
        ("-5", "-5", UP, 1, 1, "met"), ("-5", "-6", UP, 0, 1, "not-met"),
        ("100", "100", DOWN, 1, 1, "within"), ("100", "125", DOWN, 0.75, 0.8, "inverse-both"), ("100", "200", DOWN, 0, 0.5, "inverse-both"),
        ("100", "201", DOWN, 0, 100 / 201, "inverse-both"), ("0", "0", DOWN, 1, 1, "within"), ("0", "1", DOWN, 0, 0, "not-met"),
        ("-5", "-4", DOWN, 0, 1, "not-met"), ("-5", "-5", DOWN, 1, 1, "within"),
        # Nobody says which way: between the two readings, and what both say alike is certain.
        ("100", "80", EITHER, 0.8, 1, "either"), ("100", "100", EITHER, 1, 1, "met"),
    ],
)  # fmt: skip
def test_a_number_beside_a_number(target, actual, way, lo, hi, why):
    found = compared(target, actual, way)

    assert (*ends(found), found.why) == (lo, hi, why)
    assert found.missed is (hi < 1 or why == "not-met")
    assert found.met is (lo == 1)
    assert found.fraction is (why.startswith(("ratio", "inverse")) and (0 < lo < 1 or 0 < hi < 1))
    assert found.open is (why == "either")


@pytest.mark.parametrize(
    ("actual", "way", "lo", "hi", "open_", "bound"),
    [
        ("≥90", UP, 0.9, 0.9, False, True), (">90", UP, 0.9, 0.9, False, True), ("≤90", UP, 0, 0.9, True, True), ("<90", UP, 0, 0.9, True, True),
        ("90", UP, 0.9, 0.9, False, False), ("≤80", DOWN, 1, 1, False, True), ("<80", DOWN, 1, 1, False, True),
        ("≥125", DOWN, 0, 0.8, True, True), (">125", DOWN, 0, 0.8, True, True), ("80", DOWN, 1, 1, False, False),
    ],
)  # fmt: skip
def test_an_actual_as_a_bound_proves_its_worst_case(actual, way, lo, hi, open_, bound):
    found = compared("100", actual, way)

    assert (*ends(found), found.open, found.bound) == (lo, hi, open_, bound)


@pytest.mark.parametrize(
    ("actual", "over", "far", "reducible"),
    [("100", None, False, False), ("101", "1.01", False, False), ("130", "1.3", False, False), ("131", "1.31", True, True)],
)  # fmt: skip
def test_far_above_a_target_begins_beyond_what_the_policy_says(actual, over, far, reducible):
    found = compared("100", actual)

    assert found.over == (over and part(over))
    assert found.excess == found.over
    assert is_far(found.over, MINISTRY) is far
    assert found.reducible is reducible
    assert found.least == (0 if reducible else 1)
    # A limit that was kept by far is no target that was set too low.
    assert not compared("100", actual, DOWN).reducible
    assert not is_far(found.over, HUBEI)
    assert is_far(found.over, GUANGXI) is (far or actual == "130")


def test_what_a_change_makes_of_its_level_is_how_far_it_is_above_its_target():
    found = compared("100", "200")

    assert found._replace(level_over=part("1.05")).excess == part("1.05")
    assert compared("100", "90")._replace(level_over=part("1.05")).excess is None
    assert replace(GUANGXI, far_above_included=False) != GUANGXI


@pytest.mark.parametrize(
    ("actual", "way", "limit", "lo", "hi", "why"),
    [
        ("4", UP, False, 1, 1, "range-met"), ("8", UP, False, 1, 1, "range-met"), ("3", UP, False, 0.75, 0.75, "range-missed"),
        ("9", UP, False, 8 / 9, 1, "range-above"), ("9", UP, True, 8 / 9, 8 / 9, "range-missed"), ("16", DOWN, True, 0.5, 0.5, "range-missed"),
        # Sooner or cheaper than a range of time or cost may be as good as within it.
        ("3", DOWN, True, 0.75, 1, "range-missed"), ("0", UP, False, 0, 0, "range-missed"), ("-1", UP, False, 0, 0, "range-missed"),
    ],
)  # fmt: skip
def test_a_number_beside_a_range(actual, way, limit, lo, hi, why):
    found = compared("4-8", actual, way, limit=limit)

    assert (*ends(found), found.why, found.bound) == (lo, hi, why, False)


@pytest.mark.parametrize(
    ("target", "actual", "lo", "hi"),
    [
        # 至少9 is beyond the end in any case, 至少3 may be within; 至多3 is below it in any case.
        ("4-8", "≥9", 0, 1), ("4-8", "≥3", 0, 1), ("4-8", "≤3", 0, 0.75), ("4-8", "≤9", 0, 1), ("4-8", "≥8", 0, 1), ("4-8", "≤4", 0, 1),
        ("-2-8", "9", 0, 1), ("0-8", "-1", 0, 1),
    ],
)  # fmt: skip
def test_a_bound_beside_a_range_is_open(target, actual, lo, hi):
    found = compared(target, actual)

    assert (*ends(found), found.open) == (lo, hi, True)


def test_a_bound_beyond_a_limit_is_missed_by_its_own_share():
    assert ends(compared("4-8", "≥16", DOWN, limit=True)) == (0, 0.5)
    assert ends(compared("0-8", "16", DOWN, limit=True)) == (0.5, 0.5)


def test_several_readings_are_open_between_the_least_and_the_most():
    one, other = Ratio(part("0.2"), part("0.5"), "ratio"), Ratio(part("0.4"), part("0.9"), "met")

    assert combine_ratios([one, one._replace(why="met")]) == one
    assert combine_ratios([one, other])[:4] == (part("0.2"), part("0.9"), "either", True)
    assert combine_ratios([one, one._replace(hi=part("0.6"))]).open
