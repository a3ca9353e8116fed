"""Columns and cells whose points, scores, units and words are not of one row alone."""

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, Case, P, forms

ERROR = "error"

HEAD = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分", "计量单位"]


def table(*rows) -> Case:
    """A bare table of indicators with a total."""
    lines = [
        ["项目支出绩效自评表", *[LEFT] * 7],
        ["项目名称", "路灯维护", *[LEFT] * 6],
        HEAD,
        *rows,
    ]
    (form,) = forms(lines)
    return Case(lines, audit(form))


def test_points_and_a_score_merged_over_rows_accuse_none_of_them():
    case = table(
        ["产出指标", "数量指标", "路灯数", "100盏", "90盏", 20, 17, None],
        ["产出指标", "数量指标", "灯杆数", "50根", "40根", UP, UP, None],
        ["效益指标", "社会效益", "亮灯率", "≥95%", "96%", 80, 80, None],
        ["总分", None, None, None, None, 100, 97, None],
    )

    assert [row.score.value for row in case.form.indicators[:2]] == [17, None]
    assert [row.weight.value for row in case.form.indicators] == [10, 10, 80]
    assert not {f[1] for f in case.faults} & {
        "indicator-score",
        "score-range",
        "weight-sum",
        "total-sum",
    }


def test_weights_in_percent_are_points_of_a_hundred():
    case = table(
        ["产出指标", "数量指标", "路灯数", "100盏", "90盏", P("0.2", "0%"), 20, None],
        ["效益指标", "社会效益", "亮灯率", "≥95%", "96%", "80%", 80, None],
        ["总分", None, None, None, None, "100%", 100, None],
    )

    assert [row.weight.value for row in case.form.indicators] == [20, 80]
    assert case.of("indicator-score") == [(ERROR, "G4")]


@pytest.mark.parametrize(
    ("target", "actual", "unit"),
    [("≥95", "0.96", "%"), ("≤100", "980000", "万元"), ("≥95", "1", "%")],
)
def test_the_unit_of_a_row_is_not_forced_on_what_was_reached(target, actual, unit):
    case = table(
        ["产出指标", "数量指标", "设备投入", target, actual, 20, 20, unit],
        ["效益指标", "社会效益", "亮灯率", "≥95%", "96%", 80, 80, None],
        ["总分", None, None, None, None, 100, 100, None],
    )

    assert case.of("indicator-score") == []


@pytest.mark.parametrize(("words", "found"), [("受疫情影响", []), (None, [("warning", "I4")])])
def test_a_reason_may_stand_in_another_column_of_words(words, found):
    lines = [
        ["项目支出绩效自评表", *[LEFT] * 8],
        ["项目名称", "路灯维护", *[LEFT] * 7],
        [
            "一级指标",
            "二级指标",
            "三级指标",
            "年度指标值",
            "完成情况说明",
            "实际完成值",
            "分值",
            "得分",
            "扣分原因",
        ],
        ["产出指标", "数量指标", "路灯数", "100盏", words, "90盏", 100, 90, None],
        ["总分", None, None, None, None, None, 100, 90, None],
    ]
    (form,) = forms(lines)

    assert Case(lines, audit(form)).of("missing-reason") == found
