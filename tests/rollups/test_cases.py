"""Case by case: how values become one, and what is said where they cannot."""

import re

import pytest

from perfxl import resources
from perfxl.errors import UsageError
from perfxl.exact import Fraction
from perfxl.rollups.figures import CLASHES
from perfxl.rollups.groups import projects
from perfxl.rollups.result import result_form
from perfxl.rollups.roll import rollups
from perfxl.rules.engine.interval import Interval
from tests.conftest import ROOT
from tests.forms.builder import FIRST, SHEET, G, ministry_lines, row
from tests.rollups.units import PROJECT, cells, codes, department, form, line, rolled, unit

NAME = "某项指标"
TIMELY = "时效指标"


def two(one, other, *, level2="数量指标", name=NAME, budgets=(100, 300), scores=(10, 10)):
    """The roll-up of two units with one indicator: (target, actual) each."""
    return rolled(
        unit("甲站", row(name, *one, 10, scores[0], None, level2=level2), budget=budgets[0]),
        unit("乙站", row(name, *other, 10, scores[1], None, level2=level2), budget=budgets[1]),
    )


# ---------------------------------------------------------------- what becomes of two values
@pytest.mark.parametrize(
    ("one", "other", "target", "actual", "mode"),
    [
        (("≥3项", "2项"), ("≥4项", "4项"), "≥7项", "6项", "added"),
        (("3", "2"), ("4项", "4"), "7项", "6项", "added"),
        (("≥3个", "3个"), ("≥4项", "4项"), "≥7个", "7个", "added"),
        (("≥3人", "3人"), ("≥4名", "4名"), "≥7人", "7人", "added"),
        (("≥1公里", "1公里"), ("≥500米", "600米"), "≥1.5公里", "1.6公里", "added"),
        (("≥100公里", "90公里"), ("≥50", "60"), "≥150公里", "150公里", "added"),
        (("≤2万元", "1万元"), ("≤5000元", "4000元"), "≤2.5万元", "1.4万元", "added"),
        (("≥3万人次", "3万人次"), ("≥5000人次", "5000人次"), "≥35000人次", "35000人次", "added"),
        (("≥200株", "200株"), ("≥300株", "250株"), "≥500株", "450株", "added"),
        (("3-5项", "4项"), ("2-4项", "3项"), "5-9项", "7项", "added"),
        (("≥95%", "91%"), ("≥95%", "95%"), "≥95%", "94%", "averaged"),
        (("≥90%", "90%"), ("≥98%", "98%"), "≥96%", "96%", "averaged"),
        (("≥95%", "91"), ("≥95%", "0.95"), "≥95%", "94%", "averaged"),
        (("≥95%", "≥91%"), ("≥95%", "95%"), "≥95%", "≥94%", "averaged"),
        (("≥5‰", "5‰"), ("≥0.5%", "0.5%"), "≥0.5%", "0.5%", "averaged"),
        (("≤48小时", "40小时"), ("≤48小时", "40小时"), "≤48小时", "40小时", "level"),
        (("12个月", "12个月"), ("12个月", "12个月"), "12个月", "12个月", "level"),
        (("2023年12月底前", "2023年11月"), ("2023年12月底前", "2023年10月"), "2023年12月底前", "2023年10月；2023年11月", "level"),
        (("≤300元/人", "300元/人"), ("≤300元/人", "300元/人"), "≤300元/人", "300元/人", "level"),
        (("≥每月1次", "每月1次"), ("≥每月1次", "每月1次"), "≥每月1次", "每月1次", "level"),
        (("≥90分", "95分"), ("≥90分", "92分"), "≥90分", "92分；95分", "level"),
        (("有所提升", "有所提升"), ("有所提升", "有所提升"), "有所提升", "有所提升", "scored"),
    ],
)  # fmt: skip
def test_two_units_values_become_one(one, other, target, actual, mode):
    found = line(two(one, other), NAME)

    assert (found.target.text, found.actual.text, found.mode) == (target, actual, mode)


@pytest.mark.parametrize(
    ("name", "level2", "mode"),
    [
        ("按月份", TIMELY, "level"),  # a bare 12 there is twelve months
        ("人均补助标准", "数量指标", "level"),
        ("平均响应时间", "质量指标", "level"),
        ("设备单价", "成本指标", "level"),
        ("养护覆盖率", "质量指标", "averaged"),
        ("检查频率", "质量指标", "level"),
        ("培训次数", "数量指标", "added"),
    ],
)
def test_what_a_bare_number_is_follows_from_its_name(name, level2, mode):
    assert line(two(("12", "12"), ("12", "12"), level2=level2, name=name), name).mode == mode


def test_a_limit_is_never_added_and_its_ratio_lies_between_the_units():
    one = two(("≤48小时", "60小时"), ("≤48小时", "40小时"), level2=TIMELY)
    found = line(one, NAME)

    # The unit that took 60 hours has 48 ÷ 60, or 1 - 12 ÷ 48: the Ministry prints no formula.
    assert (found.ratio.lo, found.ratio.hi) == (Fraction(3, 4), 1)
    assert found.score.value == Interval(Fraction("7.5"), Fraction(10))
    assert found.score.text == "7.50-10.00"
    assert codes(one, notes=True) == ["level-actual"]


def test_less_is_better_once_from_the_result():
    found = line(two(("≤8%", "10%"), ("≤8%", "6%")), NAME)

    # (10×100 + 6×300) ÷ 400 = 7 is within 8, though one unit was above it.
    assert found.actual.text == "7%"
    assert found.score.value == Interval(Fraction(10), Fraction(10))


# ---------------------------------------------------------------- what does not fit together
@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        (("≥100公里", "100公里"), ("≥100次", "100次"), "units"),
        (("≥500人次", "500人次"), ("≥10场", "10场"), "units"),
        (("≥200株", "200株"), ("≥3亩", "3亩"), "units"),
        (("≥100万元", "100万元"), ("≥100", "100"), "units"),
        (("≥95%", "95%"), ("有所提升", "有所提升"), "kinds"),
        (("≥3项", "3项"), ("3-5项", "4项"), "kinds"),
        (("≥3项", "3项"), ("≤5项", "5项"), "ways"),
        (("≥3项", "≥3项"), ("≥5项", "≤5项"), "bounds-clash"),
    ],
)
def test_what_does_not_fit_is_an_error_with_its_cells(one, other, code):
    found = two(one, other)

    assert codes(found) == [code]
    column = "F" if code == "bounds-clash" else "E"
    assert cells(found, code) == [("乙站.xlsx", SHEET, f"{column}{FIRST}"), ("甲站.xlsx", SHEET, f"{column}{FIRST}")]  # fmt: skip
    assert line(found, NAME).mode == "apart"


def test_shares_of_one_and_of_a_hundred_are_not_averaged():
    one = two(("0.95", "0.95"), ("95", "95"), name="覆盖率")

    assert codes(one) == ["scales"]


def test_bare_costs_of_forms_in_different_units_of_money_are_not_added():
    cost = row("项目成本", "20", "20", 10, 10, None, level2="成本指标")
    one = rolled(unit("甲站", cost), unit("乙站", cost, side="预算执行情况（元）"))

    assert "moneys" in codes(one)


@pytest.mark.parametrize(
    ("value", "code", "range_"),
    [
        (("≥3项", None), "left-no-actual", (0, 10)),
        ((None, "3项"), "left-no-target", (0, 10)),
        (("≥3项", "已完成"), "left-actual-words", (8, 10)),
        (("≥3公里", "3人"), "left-row-units", (0, 10)),
    ],
)
def test_a_unit_that_cannot_be_counted_leaves_the_score_open(value, code, range_):
    one = two(("≥4项", "4项"), value)
    found = line(one, NAME)

    assert code in codes(one)
    assert cells(one, code)[0][0] == "乙站.xlsx"
    assert (found.target.text, found.actual.text) == ("≥4项", "4项")
    assert (found.score.value.lo, found.score.value.hi) == range_


def test_the_average_cannot_leave_what_an_uncounted_unit_leaves_open():
    """A unit without funds: whatever it weighs, the mean lies between the others' and its own."""
    values = [("甲站", "80%", 100), ("乙站", "90%", 300), ("丙站", "60%", None)]
    forms = [unit(name, row(NAME, "≥100%", actual, 10, 10, "x"), budget=budget) for name, actual, budget in values]  # fmt: skip
    one = rolled(*forms)
    found = line(one, NAME)

    assert found.actual.text == "87.5%"
    assert found.score.value == Interval(Fraction(6), Fraction(35, 4))
    assert codes(one).count("funds-missing") == 1
    assert cells(one, "funds-missing") == [("丙站.xlsx", SHEET, "E5")]
    (left,) = [source for source in found.actual.sources if not source.used]
    assert (left.unit, left.why) == ("丙站", "no-funds")


# ---------------------------------------------------------------- funds
def test_funds_of_different_money_units_are_added_in_one():
    forms = [unit("甲站", budget=100, executed=50), unit("乙站", budget=300, executed=300),
             unit("丙站", budget=2000000, executed=1000000, side="预算执行情况（元）")]  # fmt: skip
    fund = rolled(*forms).funds[0]

    assert (fund.budget.text, fund.executed.text, fund.rate.text) == ("600", "450", "75%")
    assert fund.score.value == Interval(Fraction(15, 2), Fraction(15, 2))


def test_funds_of_zero_weigh_nothing_and_are_told():
    one = two(("≥95%", "50%"), ("≥95%", "95%"), budgets=(0, 300))

    assert "funds-zero" in codes(one)
    assert line(one, NAME).actual.text == "95%"


def test_without_any_funds_nothing_is_averaged():
    one = two(("≥95%", "50%"), ("≥95%", "95%"), budgets=(None, None))

    assert {"funds-missing", "no-weights"} <= set(codes(one))
    assert line(one, NAME).score.value == Interval(Fraction(10) * 50 / 95, Fraction(10))


def test_equal_values_need_no_funds():
    one = two(("≥95%", "95%"), ("≥95%", "95%"), budgets=(None, 300))

    assert line(one, NAME).score.value == Interval(Fraction(10), Fraction(10))


def test_an_unstated_unit_of_money_is_not_guessed():
    one = rolled(unit("甲站", budget=100), unit("乙站", budget=300, side="预算执行情况"))

    assert {"money-unit", "left-amount"} <= set(codes(one))
    assert one.funds[0].budget.text == "100"
    # Both rates are 100 %, so is the rate of both together, whatever the unit is.
    assert one.funds[0].score.value == Interval(Fraction(10), Fraction(10))


def test_amounts_in_two_units_on_one_form_are_not_added():
    lines = ministry_lines(
        budget=(None, 200, 1900000, 10, "95.00%", 9.5), unit="乙站", project=PROJECT
    )
    one = rolled(unit("甲站", budget=100), form(lines, "乙站.xlsx"))

    assert "funds-scale" in codes(one)
    assert one.funds[0].budget.text == "100"


# ---------------------------------------------------------------- weights and qualitative scores
def test_qualitative_scores_are_averaged_by_funds_and_named_by_tier():
    one = two(("有所提升", "有所提升"), ("有所提升", "部分达成"), scores=(10, 6))
    found = line(one, NAME)

    assert found.score.value == Interval(Fraction(7), Fraction(7))
    assert found.actual.text == "部分达成预期指标并具有一定效果"
    assert codes(one, notes=True) == ["words-actual"]


def test_a_qualitative_claim_counts_only_as_far_as_its_form_admits():
    one = two(("有所提升", "有所提升"), ("有所提升", "未达成"), scores=(10, 10))

    # Not reached admits 60 % at most: (10×100 + 6×300) ÷ 400.
    assert codes(one) == ["overclaimed"]
    assert cells(one, "overclaimed") == [("乙站.xlsx", SHEET, f"H{FIRST}")]
    assert line(one, NAME).score.value == Interval(Fraction(7), Fraction(7))


def test_different_weights_leave_the_score_a_range():
    one = rolled(
        unit("甲站", row(NAME, "≥100%", "50%", 10, 5, "x")),
        unit("乙站", row(NAME, "≥100%", "50%", 20, 10, "x")),
    )
    found = line(one, NAME)

    assert "weights" in codes(one)
    assert found.score.value == Interval(Fraction(5), Fraction(10))
    assert one.total.value.hi <= 100


def test_different_weights_average_shares_of_qualitative_scores():
    one = rolled(
        unit("甲站", row(NAME, "有所提升", "有所提升", 10, 8, "x")),
        unit("乙站", row(NAME, "有所提升", "有所提升", 20, 20)),
    )

    # 80 % and 100 % weigh the same: 90 % of 10 to 20 points.
    assert line(one, NAME).score.value == Interval(Fraction(9), Fraction(18))


def test_unstated_weights_are_bounded_by_the_claims_of_all_units():
    goal = [G(40, score, (("养护里程", "≥100", "50", score - 15), ("好转", "有所提升", "有所提升", 15)), "公路")
            for score in (35, 40)]  # fmt: skip
    one = rolled(department("甲局", goal[0]), department("乙局", goal[1]))
    found = line(one, "养护里程")

    # 甲: 20 claimed, 5 left over: 20-25. 乙: 25 claimed, nothing left: 25.
    assert found.weight.value == Interval(Fraction(25), Fraction(25))
    assert found.score.value == Interval(Fraction(25, 2), Fraction(25, 2))
    assert result_form(one).indicators[0].weight.value is None


# ---------------------------------------------------------------- matching
def test_names_match_after_folding_and_near_ones_are_only_told():
    one = rolled(
        unit("甲站", row("养护 里程（公里）", "≥1公里", "1公里", 10, 10), row("桥梁检查数量", "≥1座", "1座", 10, 10)),
        unit("乙站", row("养护里程(公里)", "≥2公里", "2公里", 10, 10, level2="数量"), row("桥梁检查数", "≥1座", "1座", 10, 10)),
    )  # fmt: skip

    assert [row_.target.text for row_ in one.rows[:1]] == ["≥3公里"]
    # Two rows of 10 points where each unit has one: the points of all rows are 10 too many.
    assert codes(one) == ["near", "whole-sum"]
    assert codes(one, notes=True).count("only-some") == 2


def test_rows_keep_the_order_of_the_forms():
    names = ["一", "二", "三", "四"]
    one = rolled(
        unit("甲站", *(row(name, "≥1项", "1项", 10, 10) for name in names if name != "三")),
        unit("乙站", *(row(name, "≥1项", "1项", 10, 10) for name in names if name != "二")),
    )

    rows = [row_.level3 for row_ in one.rows if row_.level3 in names]
    assert rows[0] == "一"
    assert rows[-1] == "四"


def test_satisfaction_may_be_absent_in_some_units():
    one = rolled(unit("甲站", satisfaction=False), unit("乙站"))

    assert "satisfaction-absent" in codes(one, notes=True)
    assert [row_.units for row_ in one.rows if row_.level3 == "群众满意度"] == [("乙站",)]


# ---------------------------------------------------------------- which forms
def test_groups_follow_project_year_and_kind():
    forms = [unit("甲站"), unit("乙站"), unit("甲站", project="桥梁"), unit("乙站", year=2022),
             department("甲局")]  # fmt: skip
    for number, one in enumerate(forms):
        object.__setattr__(one, "form", f"{number}.xlsx#A1")
    found, left = rollups(forms)

    assert left == []
    assert sorted((one.kind, one.project, one.year, len(one.members)) for one in found) == [
        ("department", "", 2023, 1), ("project", PROJECT, 2022, 1), ("project", PROJECT, 2023, 2),
        ("project", "桥梁", 2023, 1),
    ]  # fmt: skip


def test_one_project_of_department_forms_is_their_goal_of_that_name():
    goal = G(40, 40, (("养护里程", "≥100公里", "100公里", 40),), "公路养护")
    one = rolled(department("甲局", goal), department("乙局", goal), project="公路养护")

    assert [row_.target.text for row_ in one.rows] == ["≥200公里"]
    assert one.total.value == Interval(Fraction(40), Fraction(40))
    assert one.funds == ()
    assert codes(one, notes=True) == ["department-funds"]


def test_departments_roll_up_goal_by_goal():
    road = G(40, 40, (("养护里程", "≥100公里", "100公里", 40),), "公路养护")
    bridge = G(40, 40, (("检查桥梁", "≥10座", "5座", 40),), "桥梁检查")
    one = rolled(department("甲局", road, bridge, executed=50), department("乙局", bridge, road))

    assert [goal.name for goal in one.goals] == ["桥梁检查", "公路养护"]
    assert line(one, "检查桥梁").actual.text == "10座"
    assert one.funds[0].rate.text == "75%"
    assert (one.basic.text, one.projects.text) == ("60", "130")
    assert one.total.value == Interval(Fraction(75), Fraction(75))


def test_an_unknown_project_names_the_nearest():
    with pytest.raises(UsageError) as caught:
        rollups([unit("甲站"), unit("乙站", project="桥梁")], "公路养护")

    assert caught.value.code == "no-such-project"
    assert caught.value.arguments["near"] == [PROJECT]
    assert caught.value.arguments["known"] == sorted([PROJECT, "桥梁"])


def test_near_projects_are_told_where_they_were_rolled_up_and_else_as_left_out():
    forms = [unit("甲站"), unit("乙站", project="农村公路养护项目")]

    both, left = rollups(forms)
    (one,), others = rollups(forms, PROJECT)

    assert left == []
    assert sum(codes(rollup, notes=True).count("near-project") for rollup in both) == 1
    assert "near-project" not in codes(one, notes=True)
    assert [other.code for other in others] == ["near-project"]


@pytest.mark.parametrize(
    "name",
    [
        "道路单位成本",
        "月均补助",
        "水稻亩产量",
        "公务车油耗",
        "班均人数",
        "班级规模",
        "单次培训人数",
        "离中心距离",
    ],
)
def test_prices_and_levels_are_not_added(name):
    one = two(("≤200", "240"), ("≤1000", "900"), name=name)

    assert line(one, name).mode == "level"


def test_a_miss_of_one_unit_does_not_vanish_in_the_sum_of_two_unit_costs():
    one = two(("≤200元", "240元"), ("≤1000元", "900元"), name="单位成本", level2="成本指标")

    assert line(one, "单位成本").ratio.lo == 1 - Fraction(40, 200)


def test_rough_numbers_and_overspending_are_told():
    over = rolled(
        unit("甲站", row(NAME, "≥100公里", "约100公里", 10, 10), executed=110),
        unit("乙站", row(NAME, "≥100公里", "100公里左右", 10, 10)),
        unit("丙站", row(NAME, "≥100公里", "100公里", 10, 10)),
    )

    assert {"rough", "over-budget"} <= set(codes(over, notes=True))
    assert {file for file, _, _ in cells(over, "rough")} == {"甲站.xlsx", "乙站.xlsx"}
    assert [file for file, _, _ in cells(over, "over-budget")] == ["甲站.xlsx"]


def test_a_form_sent_twice_counts_once_and_two_different_ones_not_at_all():
    first, again = unit("甲站"), unit("甲站")
    other = unit("甲站", row(NAME, "≥1项", "1项", 10, 10))
    for one, name in ((again, "甲站再报.xlsx"), (other, "甲站改.xlsx")):
        object.__setattr__(one, "form", f"{name}#{SHEET}!A1")
        object.__setattr__(one, "file", name)
    same, _ = rollups([first, again, unit("乙站")])
    differ, _ = rollups([first, other, unit("乙站")])

    assert [len(one.members) for one in (*same, *differ)] == [2, 1]
    assert codes(same[0], notes=True) == ["same-form-twice"]
    assert codes(differ[0]) == ["unit-twice"]


def test_projects_are_listed_with_the_number_of_their_forms():
    goal = G(40, 40, (("养护里程", "≥100公里", "100公里", 40),), "公路养护")
    found = projects([unit("甲站"), unit("乙站"), department("甲局", goal, fill=False)])

    assert [(one.name, one.kind, one.forms) for one in found] == [
        (PROJECT, "project", 2), ("公路养护", "department", 1),
    ]  # fmt: skip


def test_different_policies_are_told_and_most_forms_decide():
    forms = [unit("甲站"), unit("乙站"), unit("丙站")]
    twenty = unit("丁站", budget=100)
    fund = twenty.funds[0]
    object.__setattr__(twenty, "funds", (fund._replace(weight=fund.weight._replace(value=20)),))
    one = rolled(*forms, twenty)

    assert one.policy.id == "ministry"
    assert {"policies", "budget-points"} <= set(codes(one))
    assert rollups([*forms, twenty], policy="hubei")[0][0].policy.id == "hubei"


def test_departments_with_other_goals_have_no_certain_total():
    road = G(80, 80, (("养护里程", "≥100公里", "50公里", 80),), "公路养护")
    bridge = G(80, 80, (("检查桥梁", "≥10座", "10座", 80),), "桥梁检查")
    one = rolled(department("甲局", road), department("乙局", bridge))

    assert codes(one) == ["whole-sum"]
    assert codes(one, notes=True).count("goal-only-some") == 2
    # 20 for the budget, and 80 points of which any may belong to either goal.
    assert one.total.value == Interval(Fraction(60), Fraction(100))


def test_every_difference_and_way_has_its_words():
    """Codes are written in the code, sentences in the catalogue."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "perfxl" / "rollups").glob("*.py"))
    words = resources.texts("zh")["rollup"]

    told = set(re.findall(r'(?:Difference|tell)\(\s*"([a-z-]+)"', source)) | set(CLASHES)
    assert len(told) > 25
    assert told <= set(words["differences"])
    unused = {code for code in words["differences"] if f'"{code}"' not in source}
    assert {code.rpartition("-")[0] for code in unused} <= {
        "left-no",
        "left-actual",
        "left-row",
        "words",
        "level",
    }
    assert {how for how in words["how"] if f'"{how}"' not in source} == set()


def test_cells_that_were_not_understood_are_told():
    lines = ministry_lines(row(NAME, "≥3项", "3项", 10, 10), unit="甲站", project=PROJECT)
    lines[5] = (lines[5][0], "另有三项在建", *lines[5][2:])
    lines.insert(1, ("随便一句", *[None] * 8))
    one = rolled(form(lines, "甲站.xlsx"), unit("乙站", row(NAME, "≥3项", "3项", 10, 10)))

    assert {unread.text for unread in one.members[1].form.unread} == {
        source.place.text
        for told in one.differences
        if told.code == "unread"
        for source in told.sources
    }
