"""Sums of money: parts and totals, at the last digit at which they are stated."""

import pytest

from tests.forms.builder import hubei, ministry

ERROR = "error"
NAMES = ("其中：当年财政拨款", "上年结转资金", "其他资金")


def with_parts(total, *amounts, names=NAMES):
    """A form whose budgets are a total and its parts."""
    parts = [(name, None, amount, None) for name, amount in zip(names, amounts, strict=True)]
    return ministry(budget=(None, total, None, None, None, None), parts=parts)


@pytest.mark.parametrize(
    ("total", "amounts", "found"),
    [
        (200, (150, 50, 0), []),
        # Four numbers, each rounded at the first decimal: two tenths may be rounding.
        (200, ("150.5", "49.7", 0), []),
        (200, ("150.5", "49.8", 0), [(ERROR, "E5")]),
        (200, ("150.1", "49.7", 0), []),
        (200, ("150.1", "49.6", 0), [(ERROR, "E5")]),
        ("200.00", ("150.01", "50.01", 0), []),
        ("200.00", ("150.01", "50.02", 0), [(ERROR, "E5")]),
        (200, (150, 49, "约1"), [("note", "E5")]),
        (200, (None, None, None), []),
        (None, (150, 50, 0), []),
    ],
)
def test_parts_make_the_total_at_the_last_stated_digit(total, amounts, found):
    assert with_parts(total, *amounts).of("funds-parts") == found


@pytest.mark.parametrize(
    ("amounts", "found"),
    [
        (("150.1", 50, 120, 80), []),
        (("150.2", 50, 120, 80), []),
        (("150.3", 50, 120, 80), [(ERROR, "E5")]),
        ((150, 50, 120, 70), [(ERROR, "E5")]),
    ],
)
def test_two_break_downs_one_after_the_other_are_each_a_whole(amounts, found):
    names = ("当年财政拨款", "上年结转资金", "基本支出", "项目支出")

    assert with_parts(200, *amounts, names=names).of("funds-parts") == found


@pytest.mark.parametrize(
    ("budget", "executed", "project", "found"),
    [
        (100, 95, 65, []),
        (100, 95, "65.1", []),
        (100, 95, "65.2", [(ERROR, "E5")]),
        (100, 95, "64.9", []),
        (100, 95, "64.8", [(ERROR, "E5")]),
        (100, 95, 70, []),
        ("100.25", "95.25", "65.26", []),
        ("100.25", "95.25", "65.27", [(ERROR, "E5")]),
        ("100.25", "95.25", None, []),
    ],
)
def test_basic_and_project_expenditure_make_the_units_total(budget, executed, project, found):
    case = hubei(budget=(budget, executed, None, 19), basic=30, project=project)

    assert case.of("expenditure-total") == found
