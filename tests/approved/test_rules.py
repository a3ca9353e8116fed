"""The rules of what was approved: which table is whose, how grave a change is, weights and money."""

import pickle
from dataclasses import replace
from fractions import Fraction

import pytest

import perfxl
from perfxl import texts
from perfxl.forms.model import ABSENT, Field, Unread
from perfxl.rules.audit import audit
from perfxl.rules.findings import Verdict
from tests.approved.tables import FILE, listed, new, read, swapped, text_of
from tests.conftest import REFERENCE
from tests.forms.builder import G, P, forms, hubei_lines, ministry_lines, row

(REFERENCE_FORM,) = perfxl.read(REFERENCE)[0].forms
ROWS = (
    row("养护里程", "≥100公里", "100公里", 20, 20),
    row("合格率", "≥95%", "90%", 20, 18.95, "雨季", level2="质量指标"),
)


def ministry(*rows, **more):
    (form,) = forms(ministry_lines(*(rows or ROWS), **more))
    return form


def hubei(*goals, **more):
    (form,) = forms(hubei_lines(*goals, **more))
    return form


def named(form, **values):
    """A form with another unit, project or year."""
    fields = {name: Field(value, str(value or ""), 1, 1) for name, value in values.items()}
    return replace(form, **{name: f if f.value else ABSENT for name, f in fields.items()})


def match(form, *tables):
    """How the approved table was found, and what is said of it."""
    done = audit(form, approved=tables)
    found = [f for f in done.findings if f.rule == "approved-match"]
    assert all(str(f.severity) == "note" for f in found)
    return done.facts.approved.how, [texts.load_texts("zh").sentence(f) for f in found]


# ---------------------------------------------------------------- which table is whose
def test_without_approved_tables_no_rule_applies():
    done = audit(ministry())

    assert done.facts.approved is None
    assert {v for (rule, v) in done.verdicts if rule.startswith("approved-")} == {
        Verdict.NOT_APPLICABLE
    }


def test_a_form_without_a_table_is_told_the_nearest_unit():
    form = ministry()

    assert match(form, named(form, unit="清河县公路管理站"))[0] == "none"
    (text,) = match(form, named(form, unit="清河县公路管理站"))[1]
    assert "最接近的为“清河县公路管理站”" in text
    (text,) = match(form, named(form, unit="水利局", project="水库"))[1]
    assert "最接近" not in text
    assert new(form, [named(form, unit="水利局")]) == {("note", "approved-match", "none", "A1")}


def test_several_tables_are_not_chosen_from():
    form = ministry()
    how, (text,) = match(form, form, replace(form, file="又一份.xlsx"))

    assert how == "several"
    assert "表.xlsx 自评表!A1" in text
    assert "又一份.xlsx 自评表!A1" in text


def test_a_table_without_one_common_indicator_is_not_compared():
    form = ministry()
    other = ministry(row("植树", "≥1棵", "1棵", 90, 90), satisfaction=False)

    assert match(form, other)[0] == "strange"
    assert {found[1] for found in new(form, [other])} == {"approved-match"}


@pytest.mark.parametrize(
    ("mine", "theirs", "how"),
    [
        ({}, {}, "found"), ({}, {"unit": "清河县 公路站（）"}, "found"), ({}, {"year": 2022}, "other"),
        ({}, {"year": None}, "found"), ({"year": None}, {"year": 2022}, "found"), ({}, {"unit": "县水利局"}, "none"),
        ({}, {"project": "桥梁养护项目"}, "other"), ({}, {"project": "道路养护 项目"}, "found"),
        ({}, {"unit": None}, "found"), ({"unit": None}, {}, "found"),
        ({"unit": None}, {"unit": None, "project": "桥梁"}, "none"),
        ({}, {"project": None}, "found"), ({"project": None}, {}, "other"),
    ],
)  # fmt: skip
def test_unit_project_and_year_decide(mine, theirs, how):
    form = ministry()

    assert match(named(form, **mine), named(form, **theirs))[0] == how


def test_a_department_s_table_is_not_a_project_s():
    form = ministry()

    assert match(form, replace(named(form, project=None), kind="department"))[0] == "other"


def test_the_table_that_names_the_project_comes_before_one_that_names_none():
    form = ministry()
    done = audit(form, approved=[named(form, project=None), replace(form, file="项目.xlsx")])

    assert done.facts.approved.table.file == "项目.xlsx"


def test_a_list_by_project_serves_a_department_whose_goals_are_the_projects():
    goals = (
        G(30, 30, (("里程", "≥9公里", "9公里", 10), ("合格率", "≥95%", "96%", 20)), "养护"),
        G(50, 50, (("人数", "≥8人", "9人", 50),), "培训"),
    )
    form = hubei(*goals)
    heads = ("单位名称", "项目名称", "指标名称", "目标值")
    tables = read([
        heads,
        ("清河县公路站", "养护", "里程", "≥9公里"), (None, None, "合格率", "≥95%"),
        (None, "培训", "人数", "≥9人"),
    ])  # fmt: skip

    assert new(form, tables) == {("error", "approved-target", "lowered", "E13")}


# ---------------------------------------------------------------- how grave
def test_what_follows_from_a_near_match_is_a_warning_and_says_so():
    form = ministry(row("培训人次", "≥80", "120", 20, 20))
    table = ministry(row("培训人数", "≥100", "120", 20, 20))

    assert new(form, [table]) == {
        ("warning", "approved-indicator", "renamed", "D10"),
        ("warning", "approved-target", "lowered", "E10"),
    }
    (finding,) = text_of(form, [table], "approved-target")
    assert "“培训人数”，请先确认是否为同一指标" in texts.load_texts("zh").finding(finding)


def test_a_comparator_turned_round_is_an_error_unless_the_form_loses_by_it():
    def severity(actual):
        form = ministry(row("合格率", "≤95%", actual, 20, 20, "说明"))
        (finding,) = text_of(form, [swapped(form, 0, target="≥95%")], "approved-target")
        return str(finding.severity), finding.message

    assert severity("90%") == ("error", "reversed")
    assert severity("98%") == ("warning", "reversed")


def test_a_missing_target_is_one_finding():
    form = ministry(row("合格率", None, "96%", 20, 20))
    found = new(form, [ministry(row("合格率", "≥95%", "96%", 20, 20))])

    assert found == {("warning", "approved-target", "missing", "E10")}


def test_dates_without_a_year_lie_in_the_form_s():
    form = ministry(row("完工时间", "12月底前", "2023年11月", 20, 20))
    table = swapped(form, 0, target="2023年6月底前")

    assert new(form, [table]) == {("error", "approved-target", "lowered", "E10")}


def test_a_name_in_a_cell_that_was_not_understood_was_not_dropped():
    table = ministry(*ROWS, row("桥梁检测次数", "≥3", "3", 5, 5))
    form = replace(ministry(), unread=(Unread(30, 2, "※桥梁 检测次数3次"),))

    assert ("note", "approved-indicator", "unread", "B30") in new(form, [table])
    assert not any(found[2] == "dropped" for found in new(form, [table]))
    assert any(found[2] == "dropped" for found in new(ministry(), [table]))


def test_budget_execution_may_be_listed_by_one_side_only():
    execution = row("预算执行率", "100%", "100%", 5, 5, level2="时效指标")

    assert new(ministry(*ROWS, execution), [ministry(*ROWS)]) <= {
        ("warning", "approved-weight", "changed", cell) for cell in ("G13", "G14")
    }
    assert not text_of(ministry(*ROWS), [ministry(*ROWS, execution)], "approved-indicator")


def test_a_goal_that_is_missing_is_one_error_and_a_new_one_one_warning():
    kept = G(30, 30, (("里程", "≥9公里", "9公里", 30),), "养护")
    mine = G(20, 20, (("植树", "≥9棵", "9棵", 10), ("面积", "≥9亩", "9亩", 10)), "绿化")
    theirs = G(20, 20, (("人数", "≥9人", "9人", 10), ("课时", "≥9节", "9节", 10)), "培训")

    assert new(hubei(kept, mine), [hubei(kept, theirs)]) == {
        ("error", "approved-indicator", "goal-dropped", "A1"),
        ("warning", "approved-indicator", "goal-added", "A10"),
    }


# ---------------------------------------------------------------- weights
def changed(first, second):
    """The findings of weights where the first row, met, and the second, missed, had others."""
    form = ministry()
    table = swapped(swapped(form, 0, weight=first), 1, weight=second)
    return {
        f.message: (str(f.severity), f.arguments["gained"])
        for f in text_of(form, [table], "approved-weight")
    }


def test_points_moved_to_a_met_target_favour_the_department():
    severity, gained = changed(10, 30)["changed"]

    assert (severity, gained) == ("error", 10 - Fraction(10 * 90, 95))
    assert changed(30, 10)["changed"] == ("warning", 0)


def test_weights_of_another_scale_are_not_compared_one_by_one():
    form = ministry()
    rows = tuple(
        one._replace(weight=one.weight._replace(value=one.weight.value / 100, text=""))
        for one in form.indicators
    )

    assert new(form, [replace(form, indicators=rows)]) == {
        ("note", "approved-weight", "scale", "G10")
    }


def test_a_goal_s_points_are_compared():
    goal = G(30, 30, (("里程", "≥9公里", "9公里", 30),), "养护")
    other = hubei(goal._replace(points=40, score=40))

    assert ("warning", "approved-weight", "goal", "A7") in new(hubei(goal), [other])


def approved_list(weights, goal=8):
    """The reference form as a list whose rows have these weights in one goal."""
    rows = list(REFERENCE_FORM.indicators)
    given = iter(weights)
    for place, one in enumerate(rows):
        if one.goal == goal:
            value = next(given)
            rows[place] = one._replace(weight=Field(value, str(value), one.row, 8))
    return listed(replace(REFERENCE_FORM, indicators=tuple(rows)))


def test_an_approved_weight_closes_an_open_interval():
    # 党员学习 …: 7 points, 学习活动完成率 (≥100% → ≥90%) scored 2.
    (score,) = [
        s for s in audit(REFERENCE_FORM, approved=approved_list([2, 1, 2, 1, 1])).scores
        if s.place.cell == "G72"
    ]  # fmt: skip
    (before,) = [s for s in audit(REFERENCE_FORM).scores if s.place.cell == "G72"]

    assert (score.lo, score.hi) == (Fraction(9, 5), Fraction(9, 5))
    assert (before.lo, before.hi) == (Fraction(9, 5), Fraction(9, 5))
    heavier = audit(REFERENCE_FORM, approved=approved_list([1, 1, 3, 1, 1]))
    (score,) = [s for s in heavier.scores if s.place.cell == "G72"]
    assert (score.lo, score.hi) == (Fraction(27, 10), Fraction(27, 10))


def test_a_row_that_could_only_be_bounded_becomes_exact():
    # Goal 1 claims 7 of 8 points; 按期完成率 (≥95% → ≥90%) scored 2, its weight may be 2 to 3.
    def score(done):
        return next(s for s in done.scores if s.place.cell == "G11")

    before = score(audit(REFERENCE_FORM))
    done = audit(REFERENCE_FORM, approved=approved_list([1, 3, 2, 2], goal=1))

    assert before.lo < before.hi
    assert score(done).lo == score(done).hi == Fraction(3 * 90, 95)
    row_of = next(r for r in done.facts.rows if r.indicator.score.cell == "G11")
    assert (row_of.how, row_of.agreed.partition("!")[0]) == ("approved", f"{FILE} 批复")
    (finding,) = [f for f in done.findings if f.cell == "G11"]
    assert f"分值取自批复表 {row_of.agreed}" in texts.load_texts("zh").finding(finding)


@pytest.mark.parametrize("weights", [[1, 1, 1, 1], [4, 4, 4, 4], [25, 25, 25, 25], [-1, 3, 3, 3]])
def test_weights_that_are_not_the_goal_s_are_said_and_not_used(weights):
    tables = approved_list(weights, goal=1)

    found = new(REFERENCE_FORM, tables)

    assert found == {("note", "approved-weight", "unused", "A8")}
    assert audit(REFERENCE_FORM, approved=tables).scores == audit(REFERENCE_FORM).scores


def test_weights_of_some_rows_leave_the_rest_to_the_others():
    done = audit(REFERENCE_FORM, approved=approved_list([1, 3, None, None], goal=1))
    block = next(b for b in done.facts.blocks if b.goal.goal == 1)

    assert [row.weight for row in block.rows] == [1, 3, None, None]
    assert [group.points for group in block.groups] == [4]


def test_weights_are_not_taken_for_a_goal_with_a_row_of_its_own():
    rows = REFERENCE_FORM.indicators
    added = rows[0]._replace(level3=Field("自行增加的一项", "自行增加的一项", 200, 4), row=200)
    form = replace(REFERENCE_FORM, indicators=(*rows, added))

    done = audit(form, approved=approved_list([2, 2, 2, 2], goal=1))

    assert all(row.weight is None for row in done.facts.rows if row.indicator.goal == 1)


def flat(weights):
    """A ministry form whose sections state no points and whose rows state these weights."""
    form = ministry(*ROWS)
    return replace(
        form,
        indicators=tuple(
            one._replace(
                weight=ABSENT if each is None else one.weight._replace(value=each, text=str(each))
            )
            for one, each in zip(form.indicators, weights, strict=True)
        ),
    )


def test_a_form_without_points_of_sections_needs_all_weights_to_make_the_whole():
    form = flat([None] * 4)
    whole = audit(form, approved=[flat([20, 20, 10, 40])])
    short = audit(form, approved=[flat([20, 20, 10, 4])])

    assert [row.weight for row in whole.facts.rows] == [20, 20, 10, 40]
    assert [row.weight for row in short.facts.rows] == [None] * 4


# ---------------------------------------------------------------- money
def budgets(mine, theirs, unit="万元", other="万元"):
    form = ministry(budget=(mine[0], mine[1], 100, 10, P("0.5"), 5))
    table = ministry(budget=(theirs[0], theirs[1], 100, 10, P("0.5"), 5))
    place = Field(unit, unit, 4, 1) if unit else ABSENT
    there = Field(other, other, 4, 1) if other else ABSENT
    done = audit(replace(form, money_unit=place), approved=[replace(table, money_unit=there)])
    return [
        (str(f.severity), f.message, f.cell) for f in done.findings if f.rule == "approved-budget"
    ]


@pytest.mark.parametrize(
    ("mine", "theirs", "units", "found"),
    [
        ((None, 200), (None, 200), ("万元", "万元"), []),
        ((None, 200), (None, 250), ("万元", "万元"), [("warning", "differs", "E5")]),
        # The adjustment shows: the initial budget is the approved one.
        ((250, 200), (None, 250), ("万元", "万元"), []),
        ((200, 250), (None, 250), ("万元", "万元"), [("warning", "differs", "D5")]),
        # An approved table may state the adjusted budget as well.
        ((None, 200), (250, 200), ("万元", "万元"), []),
        ((None, 200), (None, 2000000), ("万元", "元"), []),
        ((None, 200), (None, 2000000), ("万元", ""), []),
        ((None, 200), (None, 2100000), ("万元", "元"), [("warning", "differs", "E5")]),
        ((None, 200), (None, 2100000), ("万元", ""), [("note", "units", "E5")]),
        ((None, 200), (None, 210), ("万元", ""), [("warning", "differs", "E5")]),
        ((None, 200), (None, 210), ("", ""), [("warning", "differs", "E5")]),
        ((None, 200), (None, 2000000), ("", ""), [("note", "units", "E5")]),
        ((None, 200), (None, "199.99"), ("万元", "万元"), []),
        ((None, "200.00"), (None, "199.94"), ("万元", "万元"), [("warning", "differs", "E5")]),
    ],
)  # fmt: skip
def test_the_budget_beside_the_approved_one(mine, theirs, units, found):
    assert budgets(mine, theirs, *units) == found


def test_an_audit_with_an_approved_table_goes_to_another_process_and_back():
    done = audit(REFERENCE_FORM, approved=approved_list([1, 3, 2, 2], goal=1))

    again = pickle.loads(pickle.dumps(done))  # noqa: S301  # our own bytes

    assert again.facts.approved == done.facts.approved


# ---------------------------------------------------------------- what is no change
@pytest.mark.parametrize(
    "name", ["养护里程（公里）", "养护里程(公里)", "养护里程【计量单位：公里】"]
)
def test_a_unit_in_brackets_behind_a_name_is_no_other_name(name):
    form = ministry()

    assert new(form, [swapped(form, 0, level3=name)]) == set()


def test_the_unit_in_the_name_counts_for_a_bare_target():
    form = ministry(row("养护里程（米）", "≥100000", "100000", 20, 20), *ROWS[1:])
    lower = ministry(row("养护里程（米）", "≥90000", "100000", 20, 20), *ROWS[1:])
    table = ministry(row("养护里程（公里）", "≥100", "100", 20, 20), *ROWS[1:])

    assert text_of(form, [table], "approved-target") == []
    assert [f.message for f in text_of(lower, [table], "approved-target")] == ["lowered"]


def test_goals_that_were_only_renumbered_are_no_finding():
    form = hubei(
        G(30, 30, (("里程", "≥9公里", "9公里", 10), ("合格率", "≥95%", "96%", 20)), "养护"),
        G(50, 50, (("人数", "≥8人", "9人", 20), ("课时", "≥9节", "9节", 30)), "培训"),
        fill=False,
    )
    swapped_goals = [
        goal._replace(goal=3 - goal.goal, name=ABSENT, label=goal.label._replace(value=str(3 - goal.goal)))
        for goal in form.goals
    ]  # fmt: skip
    table = replace(
        form,
        goals=tuple(swapped_goals),
        indicators=tuple(one._replace(goal=3 - one.goal) for one in form.indicators),
    )

    assert text_of(form, [table], "approved-indicator") == []


def test_a_dropped_goal_is_called_by_its_name_too():
    kept = (("人数", "≥8人", "9人", 20), ("课时", "≥9节", "9节", 30))
    table = hubei(
        G(30, 30, (("里程", "≥9公里", "9公里", 30),), "养护"), G(50, 50, kept, "培训"), fill=False
    )
    form = hubei(G(80, 80, kept, "培训"), fill=False)

    (told,) = [
        f for f in text_of(form, [table], "approved-indicator") if f.message == "goal-dropped"
    ]

    assert "养护" in texts.load_texts("zh").sentence(told)


@pytest.mark.parametrize(
    ("actual", "severity"), [("95%", "error"), ("80%", "error"), ("99%", "warning")]
)
def test_a_turned_comparator_is_an_error_unless_the_form_loses_by_it(actual, severity):
    table = ministry(ROWS[0], row("合格率", "≥95%", actual, 20, 18, "雨季", level2="质量指标"))
    form = swapped(table, 1, target="≤95%")

    (told,) = text_of(form, [table], "approved-target")

    assert (told.message, str(told.severity)) == ("reversed", severity)


def test_two_targets_of_one_name_are_told_apart_by_what_did_not_change():
    twice = (
        row("里程", "≥100公里", "100公里", 20, 20), row("里程", "≥30公里", "30公里", 20, 20), *ROWS[1:],
    )  # fmt: skip
    table = ministry(*twice)
    one, both = (
        swapped(table, 1, target="≥20公里"),
        swapped(swapped(table, 1, target="≥90公里"), 0, target="≥20公里"),
    )

    assert [(f.message, f.arguments["was"]) for f in text_of(one, [table], "approved-target")] == [
        ("lowered", "≥30公里")
    ]
    assert text_of(both, [table], "approved-target") == []
    assert {f.message for f in text_of(both, [table], "approved-indicator")} == {"unclear"}
