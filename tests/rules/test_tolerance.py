"""How far a stated score may lie from what the rules give: just as far, and just beyond."""

from decimal import Decimal

import pytest

from perfxl.exact import Fraction
from perfxl.forms.model import Field
from perfxl.rules.engine.interval import Interval
from perfxl.rules.engine.tolerance import (
    Part,
    decimals,
    equal_shares,
    hides_decimals,
    settle,
    share_slack,
    side_of,
    stored_decimals,
    stored_points,
    sum_slack,
    written_decimals,
)
from perfxl.rules.policies import policy

RULES = policy.get_policy("ministry")


def exact(text) -> Fraction:
    return Fraction(Decimal(str(text)))


def place(value, shown=None) -> Field:
    return Field(Decimal(str(value)), str(value) if shown is None else shown, 1, 1)


@pytest.mark.parametrize(
    ("claim", "shown", "value", "side"),
    [
        # Whole and tenths: the policy's 0.05. Hundredths: half of one, and cutting off is admitted.
        ("9.05", "9.1", "9", 0), ("9.06", "9.1", "9", 1), ("8.95", "9", "9", 0), ("8.94", "8.9", "9", -1),
        ("9.5", "9.5", "9.45", 0), ("9.5", "9.5", "9.44", 1), ("9.5", "9.5", "9.55", 0), ("9.5", "9.5", "9.56", -1),
        ("9.14", "9.14", "9.135", 0), ("9.14", "9.14", "9.134", 1), ("9.14", "9.14", "9.149", 0), ("9.14", "9.14", "9.15", -1),
        ("9", "9", "9", 0), ("9", "9", "9.05", 0), ("9", "9", "9.06", -1), ("9", "9", "8.95", 0), ("9", "9", "8.94", 1),
        # At three decimals, what rounds to no hundredth is no difference.
        ("9.144", "9.144", "9.14", 0), ("9.146", "9.146", "9.14", 1), ("9.136", "9.136", "9.14", 0),
        # Noise of a spreadsheet's numbers.
        ("10.000000000000002", "10", "10", 0),
    ],
)  # fmt: skip
def test_a_claim_beside_what_it_should_be(claim, shown, value, side):
    point = Interval(exact(value), exact(value))

    assert side_of(exact(claim), point, place(claim, shown), RULES) == side


@pytest.mark.parametrize(("claim", "side"), [("4", -1), ("5", 0), ("6", 0), ("7", 0), ("8", 1)])
def test_a_claim_within_an_interval(claim, side):
    assert side_of(exact(claim), Interval(exact(5), exact(7)), place(claim), RULES) == side
    assert side_of(exact(claim), Interval(None, exact(7)), place(claim), RULES) == max(0, side)
    assert side_of(exact(claim), Interval(exact(5), None), place(claim), RULES) == min(0, side)


@pytest.mark.parametrize(
    ("text", "digits"),
    [("7", 0), ("7.", 0), ("7.1", 1), ("7.10", 2), ("95.0%", 1), ("7.25分", 2), ("7.25万元", 2), ("7.x", 0), ("", 0)],
)  # fmt: skip
def test_decimals_as_they_are_written(text, digits):
    assert decimals(text) == digits


@pytest.mark.parametrize(
    ("value", "digits"), [("7", 0), ("7.10", 1), ("7.14", 2), ("0.000000001", 9), ("100", 0)]
)
def test_decimals_as_they_are_stored(value, digits):
    assert stored_decimals(exact(value)) == digits


@pytest.mark.parametrize(
    ("value", "shown", "written", "hidden"),
    [
        ("7.14", "7.14", 2, False), ("7.14", "7.1", 1, True), ("7.1", "7.10", 1, False), ("7", "7", 0, False), ("7.14", "7", 0, True),
        ("7.14", "", 0, False), ("7.000000000001", "7", 0, False),
    ],
)  # fmt: skip
def test_decimals_that_a_cell_hides(value, shown, written, hidden):
    assert written_decimals(place(value, shown)) == written
    assert hides_decimals(place(value, shown)) is hidden


def test_a_text_is_no_points_and_hides_none():
    words = Field("七分", "7.14", 1, 1)

    assert stored_points(words) is None
    assert not hides_decimals(words)
    assert written_decimals(words) == 2


def test_noise_is_taken_off_and_what_is_no_noise_stays():
    assert stored_points(place("10.0000000001")) == 10
    assert stored_points(place("10.000000001")) == exact("10.000000001")
    assert settle(exact("9.9999999")) == 10
    assert settle(exact("9.999999")) == exact("9.999999")
    # A third is no noise.
    assert settle(Fraction(1, 3)) == Fraction(1, 3)


@pytest.mark.parametrize(
    ("amounts", "shares"),
    [
        ("3.33 3.33 3.33", {"3.33"}), ("2.67 2.67 2.67", {"2.67"}), ("3.33", set()), ("3.33 3.34", set()),
        # Three of 3.35 make 10.05: no rounding of 10 thirds; three of 5 are 15 as they stand.
        ("3.35 3.35 3.35", set()), ("5 5 5", set()), ("2.5 2.5", set()), ("1.67 1.67 3.33 3.33 3.33", {"3.33"}),
        ("0.83 0.83 0.83 0.83 0.83 0.83", {"0.83"}), ("3.3 3.3 3.3", {"3.3"}),
    ],
)  # fmt: skip
def test_equal_shares_of_a_rounder_number(amounts, shares):
    assert equal_shares(map(exact, amounts.split())) == set(map(exact, shares))


@pytest.mark.parametrize(
    ("amounts", "slack"), [("3.33 3.33 3.33", "0.015"), ("3.3 3.3 3.3", "0.15"), ("5 5 5", 0), ("3.33 3.33 3.33 7.12", "0.015")]
)  # fmt: skip
def test_equal_shares_may_be_off_by_half_a_digit_each(amounts, slack):
    assert share_slack(map(exact, amounts.split())) == exact(slack)


@pytest.mark.parametrize(
    ("parts", "whole", "slack"),
    [
        # (stored, shown, whether it stands for a true fraction): whole numbers have no rounding of their own.
        ([("15", "15", True), ("9", "9", False)], ("24", "24"), 0),
        ([("7.14", "7.14", True), ("9", "9", False)], ("16.14", "16.14"), "0.005"),
        ([("7.14", "7.14", False)], ("7.14", "7.14"), 0),
        ([("7.1", "7.1", True)], ("7.1", "7.1"), "0.05"),
        # Hidden decimals: half of the last that is shown, at most the policy's 0.05.
        ([("7.14", "7.1", False)], ("7.1", "7.1"), "0.05"), ([("7.14", "7", False)], ("7", "7"), "0.05"),
        ([("7.143", "7.14", False)], ("7.14", "7.14"), "0.005"),
        ([("7", "7", False)], ("6.96", "7.0"), "0.05"), ([("7", "7", False)], ("6.996", "7.00"), "0.005"),
        ([("7.143", "7.14", True), ("7.143", "7.14", True)], ("14.286", "14.29"), "0.015"),
        ([("3.33", "3.33", False)] * 3, ("10", "10"), "0.015"),
    ],
)  # fmt: skip
def test_a_sum_may_be_off_by_what_was_rounded_before_it(parts, whole, slack):
    listed = [Part(place(value, shown), exact(value), fraction) for value, shown, fraction in parts]

    assert sum_slack(listed, place(*whole), RULES) == exact(slack)
