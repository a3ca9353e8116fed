"""Execution scored both as an indicator and beside the funds, on forms that state no weights."""

import pytest

from tests.forms.builder import LEFT, UP, Case, audit, forms


def unweighted(first, total, fund=9, reason="采购结余，预算执行率低。"):
    """Rows of ``first``, 9, 30 and 10 points, the 9 of them for execution, and 9 beside the funds."""
    rows = [
        ("产出指标", "数量指标", "养护里程", "≥100公里", "100公里", first),
        ("产出指标", "时效指标", "预算执行率", "≥100%", "90%", 9),
        ("效益指标", "社会效益指标", "受益人口", "≥10万人", "10万人", 30),
        ("满意度指标", "满意度指标", "群众满意度", "≥90%", "95%", 10),
    ]
    return [
        ("2023年度项目支出绩效自评表", *[LEFT] * 6),
        ("项目名称", "道路养护", *[LEFT] * 5),
        ("预算执行情况（万元）", None, None, "预算数（A）", "执行数（B）", "执行率（B/A）", "得分"),
        (UP, "年度财政资金总额", LEFT, 100, 90, "90%", fund),
        ("绩效指标", "一级指标", "二级指标", "三级指标", "年初目标值（A）", "实际完成值（B）", "得分"),
        *[(UP, *each) for each in rows],
        ("总分", *[LEFT] * 5, total),
        ("偏差大或目标未完成原因分析", reason, *[LEFT] * 5),
    ]  # fmt: skip


@pytest.mark.parametrize("policy", [None, "hubei", "sichuan"])
@pytest.mark.parametrize(
    ("first", "total"),
    [
        (40, 98),  # rows of 90 and 10 for execution: both count
        (40, 89),  # the same points written twice
        (50, 99),  # rows of 100: the funds only repeat them
    ],
)
def test_either_reading_of_the_total_is_right_where_no_weights_are_stated(first, total, policy):
    (form,) = forms(lines := unweighted(first, total))
    case = Case(lines, audit(form, policy))

    assert case.faults == []
    assert case.audit.total.recomputed == total


@pytest.mark.parametrize(
    ("first", "total", "cells"), [(40, 95, ["G10"]), (50, 108, ["G10", "G10"])]
)
def test_a_total_that_fits_neither_is_wrong(first, total, cells):
    (form,) = forms(lines := unweighted(first, total))
    case = Case(lines, audit(form))

    assert [cell for _, _, cell in case.faults] == cells
    assert case.of("total-sum") == [("error", "G10")]
