"""What each kind of parameter may hold, from both sides of every limit."""

import pytest

from perfxl.exact import Fraction
from perfxl.rules.policies import parameters
from perfxl.rules.policies.parameters import BY_KEY, BadValue

LIMITS = [
    # (parameter, admitted, refused)
    ("budget.zero_rate", ["0", "1", "100%", 0.5], ["-0.01", "1.01", "101%"]),
    ("budget.reason_rate", ["0%", "90%"], ["90"]),
    ("budget.points", ["0.01", 1000], ["0", "-1", "1000.01"]),
    ("quantitative.far_above", ["1", "100%", "100"], ["0.99", "100.01"]),
    ("rounding.tolerance", ["0", "1"], ["-0.001", "1.001"]),
    ("rounding.decimals", [0, 6], [-1, 7, "1.5"]),
    ("budget.reason_length", [0, 10000], [-1, 10001]),
    ("valid_from", [0, 1990, 2100], [1989, 2101, -1, "2020.5"]),
    ("zh", ["名", "名" * 400], ["名" * 401, 1]),
    ("id", ["a", "甲-1", 2024], ["甲 乙", "a/b", "a\\b", True]),
    ("qualitative.partly", [["0.6", "0.8"], ["0.6", "0.6"]], [["0.8", "0.6"], ["0.6"], "0.6", ["0", "2"]]),
    ("budget.steps", [[], [["1", "1"], ["0.9", "1"], ["0", "0"]], [["1.2", "1"]]],
     [[["0.9", "1"], ["0.9", "0.5"]], [["1", "0.5"], ["0.9", "0.6"]], [["1"]], [["1", "1.1"]]]),
    ("grade.steps", [[["90", "优"], ["0", "差"]], [[20 - n, "甲"] for n in range(20)]],
     [[["0", "差"], ["90", "优"]], [["90", ""]], [["-1", "差"]], [[21 - n, "甲"] for n in range(21)]]),
    ("quantitative.inverse", ["both"], ["Both", 1]),
    ("satisfaction.required", [True, False], ["true", 1]),
    ("select.notes", [["甲"], []], ["甲", [""], [1]]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "raw"), [(key, raw) for key, good, _ in LIMITS for raw in good], ids=str
)
def test_a_value_that_may_be(key, raw):
    parameters.read(BY_KEY[key], raw)


@pytest.mark.parametrize(
    ("key", "raw"), [(key, raw) for key, _, bad in LIMITS for raw in bad], ids=str
)
def test_a_value_that_may_not_be(key, raw):
    with pytest.raises(BadValue):
        parameters.read(BY_KEY[key], raw)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("0.05", Fraction(1, 20)), (0.1, Fraction(1, 10)), ("８０％", Fraction(4, 5)), (" 1 0 ", Fraction(10)),
        ("1e2", Fraction(100)), ("0", Fraction(0)),
    ],
)  # fmt: skip
def test_numbers_are_exact(raw, value):
    assert parameters.exact(raw) == value


@pytest.mark.parametrize(
    "raw",
    ["", "%", "十", "1/3", "nan", "inf", "1e400", "1" * 31, None, True, [1], float("inf"), "1,000"],
)
def test_what_is_no_number(raw):
    with pytest.raises(BadValue):
        parameters.exact(raw)


@pytest.mark.parametrize("raw", [None, "", "  "])
def test_nothing_is_the_default_or_refused(raw):
    assert parameters.read(BY_KEY["rounding.decimals"], raw) == 2
    assert parameters.read(BY_KEY["budget.zero_rate"], raw) is None
    with pytest.raises(BadValue):
        parameters.read(BY_KEY["budget.points"], raw)
