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


SOURCES = (
    "财政拨款小计",
    "一般公共预算拨款",
    "政府性基金拨款",
    "单位资金小计",
    "事业收入",
    "其他资金",
)
BEHIND = (
    "一般公共预算拨款",
    "政府性基金拨款",
    "财政拨款小计",
    "事业收入",
    "其他资金",
    "单位资金小计",
)


@pytest.mark.parametrize(
    ("total", "names", "amounts", "found"),
    [
        (9000, SOURCES, (7400, 7000, 400, 1600, 1450, 150), []),
        (9000, BEHIND, (7000, 400, 7400, 1450, 150, 1600), []),
        # Parts of parts: 7400 = 7000 + 400, and 7000 = 5000 + 2000.
        (
            7600,
            (*SOURCES[:2], "中央", "省级", SOURCES[2], SOURCES[5]),
            (7400, 7000, 5000, 2000, 400, 200),
            [],
        ),
        (9100, SOURCES, (7400, 7000, 400, 1600, 1450, 150), [(ERROR, "E5")]),
        (9000, SOURCES, (7400, 7000, 400, 1700, 1550, 150), [(ERROR, "E5")]),
        # The sums of a level need not be right for the total to be wrong.
        (9000, SOURCES, (7400, 7000, 500, 1600, 1450, 150), [(ERROR, "E5")]),
    ],
)
def test_rows_that_other_rows_break_down_are_not_added_twice(total, names, amounts, found):
    assert with_parts(total, *amounts, names=names).of("funds-parts") == found


def test_a_wrong_total_is_told_by_the_rows_that_make_it():
    made = with_parts(9100, 7400, 7000, 400, 1600, 1450, 150, names=SOURCES)

    finding = made.finding("funds-parts")
    assert (finding.lo, finding.arguments["parts"]) == (9000, "7400 + 1600")
    assert finding.arguments["names"] == ["财政拨款小计", "单位资金小计"]


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
