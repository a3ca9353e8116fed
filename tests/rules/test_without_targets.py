"""Forms without targets or without scores: judged for what they have, and told so in one line."""

from decimal import Decimal

import pytest

from perfxl.rules.audit import audit
from perfxl.rules.conclusion import Conclusion
from tests.forms.builder import LEFT, UP, P, forms

TITLE = "2022年度清河县文化局部门整体支出绩效评价得分表"
HEADS = ("一级指标", "二级指标", "三级指标", "分值", "评价标准", "自评分")
ROWS = (
    ("投入", "目标设定", "目标合理性", 10, "依据充分", 10),
    (UP, "预算配置", "在职人员控制率", 10, "不超编", 9),
    ("产出", "职责履行", "实际完成率", 80, "完成", 80),
)


def scoring(heads=HEADS, rows=ROWS, total=(99,), title=TITLE):
    width = len(heads)
    last = ("合计", *[LEFT] * (width - 1 - len(total)), *total)
    (form,) = forms([(title, *[LEFT] * (width - 1)), heads, *rows, last])
    return audit(form)


def told(case):
    return [(str(f.severity), f.rule) for f in case.findings if not f.clue]


@pytest.mark.parametrize("standard", ["评价标准", "指标说明", "评分依据", "指标解释"])
def test_a_scoring_table_is_judged_by_its_points_and_sums(standard):
    case = scoring(tuple(standard if head == "评价标准" else head for head in HEADS))

    assert case.conclusion is Conclusion.CLEAN
    assert ("note", "without-targets") in told(case)
    assert [one for one in told(case) if one[0] != "note"] == []
    assert len(told(case)) <= 2


def test_its_sum_is_held_against_its_rows():
    case = scoring(total=(97,))

    assert ("error", "total-sum") in told(case)


def test_a_row_has_no_more_than_its_points():
    rows = (*ROWS[:2], ("产出", "职责履行", "实际完成率", 80, "完成", 85))
    case = scoring(rows=rows, total=(104,))

    assert "error" in {severity for severity, _ in told(case)}


def test_a_table_with_a_column_that_nobody_knows_is_no_scoring_table():
    heads = (*HEADS[:4], "某某情形", "自评分")
    case = scoring(heads)

    assert case.conclusion is Conclusion.INCOMPLETE
    assert "without-targets" not in {rule for _, rule in told(case)}


@pytest.mark.parametrize("other", ["得分", "评价得分", "复核分", "财政审核评分", "评审得分"])
@pytest.mark.parametrize("own", ["自评分", "自评得分", "单位自评得分", "自我评分"])
@pytest.mark.parametrize("first", [True, False])
def test_of_two_scores_the_units_own_counts(other, own, first):
    def line(cells):
        return (*cells, cells[-1] - 1) if first else (*cells[:-1], cells[-1] - 1, cells[-1])

    heads = (*HEADS[:5], own, other) if first else (*HEADS[:5], other, own)
    case = scoring(heads, tuple(map(line, ROWS)), (99, 96) if first else (96, 99))

    assert [row.score.value for row in case.form.indicators] == [10, 9, 80]
    assert [row.review.value for row in case.form.indicators] == [9, 8, 79]
    assert case.form.claimed_total.value == 99
    assert case.form.unread == ()
    assert [one for one in told(case) if one[0] != "note"] == []


TRANSFER = ("一级指标", "二级指标", "三级指标", "指标值", "全年实际完成值", "未完成原因和改进措施")


def transfer(*rows):
    (form,) = forms(
        [
            ("2022年度转移支付区域绩效目标自评表", *[LEFT] * 5),
            ("转移支付名称", LEFT, "农田补助", LEFT, LEFT, LEFT),
            ("中央主管部门", LEFT, "农业农村部", "地方主管部门", "清河省农业厅", LEFT),
            ("资金情况（万元）", None, None, "全年预算数（A）", "全年执行数（B）", "执行率"),
            (UP, "年度资金总额", LEFT, 100, 90, P("0.9")),
            (UP, "其中：中央补助", LEFT, 80, 75, None),
            TRANSFER,
            *rows,
        ]
    )
    return audit(form)


def test_a_form_without_scores_is_judged_by_its_targets():
    case = transfer(
        ("产出指标", "数量指标", "建设面积", "≥100亩", "102亩", None),
        ("满意度指标", "服务对象满意度", "农户满意度", "≥95%", "96%", None),
    )

    assert case.conclusion is Conclusion.CLEAN
    assert told(case) == []
    assert case.form.funds[0].rate.value == Decimal("0.9")


def test_a_form_without_scores_has_one_line_a_gap():
    case = transfer(*[(UP if n else "产出指标", "数量指标", f"面积{n}", "≥100亩", None, None) for n in range(12)],
                    ("效益指标", "经济效益", "增收", "≥5万元", "6万元", None))  # fmt: skip

    assert len(told(case)) <= 3
    assert all(f.arguments.get("name", "x") for f in case.findings)
