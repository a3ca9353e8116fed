"""Kinds of tables of funds: which amount is the budget, which is what was spent, and what a row is called."""

from decimal import Decimal

import pytest

from perfxl.rules.audit import audit
from tests.forms.builder import LEFT, UP, P, forms, ministry_lines, row

HALL = ("养护里程", "≥100公里", "100公里", 90, 90)


def funds(heads, *rows, title="2023年度项目支出绩效自评表"):
    """The form with a table of funds: heads behind the names, and rows of a name and its amounts."""
    lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    blank = [None] * (6 - len(heads))
    table = [("预算执行情况（万元）", None, None, *heads, *blank)]
    for name, *amounts in rows:
        table.append((UP, name, LEFT, *amounts, *[None] * (6 - len(amounts))))
    lines[0] = (title, *[LEFT] * 8)
    lines[at:end] = table
    (form,) = forms(lines)
    return form


def faults(form, *rules):
    """Codes of errors and warnings."""
    return [f.rule for f in audit(form).findings if f.severity != "note" and f.rule in rules]


INITIAL = ["年初预算数（A）", "年初预算数", "年初预算", "年初批复预算数", "年初预算安排", "年初预算金额（万元）"]  # fmt: skip


@pytest.mark.parametrize("head", INITIAL)
@pytest.mark.parametrize("executed", ["全年执行数（B）", "执行数", "实际支出数"])
def test_the_initial_budget_alone_is_the_budget(head, executed):
    form = funds(
        (head, executed, "分值", "执行率（B/A）", "得分"),
        ("年度资金总额", 200, 100, 10, P("0.5"), 5),
        ("其中：财政拨款", 150, 80, "—", P("0.533"), "—"),
    )

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(200, 100), (150, 80)]
    assert form.funds[0].budget.cell == form.funds[0].initial.cell
    assert form.unread == ()
    assert faults(form, "execution-rate", "execution-score", "funds-parts") == []


def test_spending_above_the_only_budget_is_found():
    form = funds(
        ("年初预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ("年度资金总额", 100, 130, 10, P("1"), 10),
    )
    both = funds(
        ("全年预算数（A）", "全年执行数（B）", "分值", "执行率（B/A）", "得分"),
        ("年度资金总额", 100, 130, 10, P("1"), 10),
    )

    assert [f.rule for f in audit(form).findings] == [f.rule for f in audit(both).findings]


def test_one_mistake_in_the_only_budget_is_one_finding():
    form = funds(
        ("年初预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 100, 90, 10, P("0.9"), 9),
        ("其中：财政拨款", 120, 80, "—", None, "—"),
    )
    found = [f.cell for f in audit(form).findings if f.rule == "funds-parts"]

    assert len(found) == 1


@pytest.mark.parametrize("other", ["调整数", "预算调整", "某某数", "追加金额"])
def test_the_initial_budget_is_not_the_budget_where_another_column_may_change_it(other):
    form = funds(
        ("年初预算数", other, "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 100, 20, 108, 10, P("0.9"), 9),
    )

    assert (form.funds[0].initial.value, form.funds[0].budget.value) == (100, None)
    assert faults(form, "execution-rate", "execution-score", "overspent") == []


@pytest.mark.parametrize(
    "other", ["全年预算数", "调整后预算数", "全年（调整）预算数", "年度预算数"]
)
def test_the_initial_budget_is_kept_beside_the_years(other):
    form = funds(
        ("年初预算数", other, "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 100, 120, 108, 10, P("0.9"), 9),
    )

    assert (form.funds[0].initial.value, form.funds[0].budget.value) == (100, 120)


@pytest.mark.parametrize("other", ["到位数", "实际到位资金", "上年预算数"])
def test_columns_that_change_no_budget_may_stand_beside_the_initial_one(other):
    form = funds(
        ("年初预算数", other, "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 100, 95, 90, 10, P("0.9"), 9),
    )

    assert form.funds[0].budget.value == 100


def test_an_adjustment_without_an_amount_changes_nothing():
    form = funds(
        ("年初预算数", "调整数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额", 100, None, 90, 10, P("0.9"), 9),
    )

    assert faults(form, "execution-rate", "execution-score") == []


SOME_MONTHS = ["1-6月执行数", "1－6月执行数（B）", "1至9月执行数", "上半年执行数", "截至6月底执行数", "1～8月支出数", "前三季度执行数", "一至六月执行数", "1-7月份执行数", "截止8月底支出金额"]  # fmt: skip


@pytest.mark.parametrize("head", SOME_MONTHS)
@pytest.mark.parametrize("first", [True, False])
def test_spending_of_some_months_is_not_the_years(head, first):
    heads = (head, "全年执行数") if first else ("全年执行数", head)
    amounts = (50, 90) if first else (90, 50)
    form = funds(
        ("全年预算数", *heads, "分值", "执行率", "得分"),
        ("年度资金总额", 100, *amounts, 10, P("0.9"), 9),
    )

    assert (form.funds[0].budget.value, form.funds[0].executed.value) == (100, 90)
    assert form.unread == ()
    assert faults(form, "execution-rate", "execution-score") == []


@pytest.mark.parametrize("head", SOME_MONTHS)
@pytest.mark.parametrize("rate", ["1-6月执行率", "上半年执行进度", "执行率", "6月底预算执行率"])
def test_spending_of_some_months_alone_is_what_was_spent(head, rate):
    form = funds(
        ("年初预算数", head, rate),
        ("年度资金总额", 100, 50, P("0.5")),
        ("其中：财政拨款", 80, 40, P("0.5")),
        title="2023年度项目支出绩效监控表",
    )

    assert [(f.budget.value, f.executed.value, f.rate.value) for f in form.funds] == [
        (100, 50, Decimal("0.5")),
        (80, 40, Decimal("0.5")),
    ]
    assert form.nature == "monitoring"
    assert form.unread == ()


@pytest.mark.parametrize(
    "head", ["全年预计执行数", "预计全年执行数", "预计全年支出", "全年预计支出数"]
)
def test_what_the_year_will_bring_is_not_what_was_spent(head):
    form = funds(
        ("年初预算数", "1-6月执行数", "1-6月执行率", head, "预计执行率"),
        ("年度资金总额", 100, 50, P("0.5"), 96, P("0.96")),
        title="2023年度项目支出绩效监控表",
    )

    assert [(f.budget.value, f.executed.value, f.rate.value) for f in form.funds] == [
        (100, 50, Decimal("0.5")),
    ]
    assert form.unread == ()


@pytest.mark.parametrize(
    ("budget", "executed"),
    [
        ("年初预算资金总额", "实际投入资金额"),
        ("预算资金总额", "资金使用数"),
        ("计划投入", "实际投入"),
        ("批复金额", "已使用金额"),
        ("安排资金", "支付数"),
        ("计划投资额", "实际完成投资"),
        ("下达金额", "累计支付金额"),
        ("预算批复金额", "实际拨付金额"),
        ("核定预算", "实际列支数"),
        ("资金预算额", "资金实际支出"),
        ("预算额度", "支付金额（万元）"),
        ("预算安排资金", "实际使用资金"),
        ("预算总投入", "累计使用金额"),
        ("分配金额", "使用金额"),
    ],
)
def test_the_amounts_have_many_names(budget, executed):
    form = funds(
        (budget, executed, "执行率", "分值", "得分"),
        ("资金总额", 100, 90, P("0.9"), 10, 9),
        ("其中：财政资金", 70, 60, None, "—", "—"),
    )

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(100, 90), (70, 60)]
    assert (form.funds[0].rate.value, form.funds[0].weight.value) == (Decimal("0.9"), 10)
    assert form.unread == ()


@pytest.mark.parametrize(
    ("budget", "executed"),
    [("预算数", "执行数"), ("年初预算资金总额", "实际投入资金额"), ("批复金额", "支付数"),
     ("计划投资额", "实际完成投资额")],
)  # fmt: skip
@pytest.mark.parametrize("rate", [True, False])
def test_amounts_in_pairs_side_by_side(budget, executed, rate):
    lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    tail = ("执行率", P("0.9"), None) if rate else (None, None, None)
    lines[at:end] = [("项目资金（万元）", None, budget, 100, executed, 90, *tail)]
    (form,) = forms(lines)

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(100, 90)]
    assert form.unread == ()


def across(*heads_and_values, label="资金情况（万元）"):
    """A county form whose funds stand across one header row."""
    heads, values = zip(*heads_and_values, strict=True)
    lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    blank = [None] * (8 - len(heads))
    lines[at:end] = [(label, *heads, *blank), (UP, *values, *blank)]
    (form,) = forms(lines)
    return form


@pytest.mark.parametrize("sources", [("中央", "省地", "本级", "其他"), ("省级", "市级", "县级"), ("上级", "本级"), ("中央资金", "地方资金", "其他资金")])  # fmt: skip
@pytest.mark.parametrize("whole", ["合计", "资金总额", "小计", "总计"])
def test_a_sum_of_sources_across_a_row_is_the_budget(sources, whole):
    each = [(name, 100 // len(sources)) for name in sources]
    total = sum(amount for _, amount in each)
    form = across(*each, (whole, total), ("执行数", total - 10), ("执行率", P("0.9")))

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(total, total - 10)]
    assert form.unread == ()


def test_the_sum_may_come_first():
    form = across(("合计", 100), ("中央", 60), ("地方", 40), ("执行数", 90), ("执行率", P("0.9")))

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(100, 90)]
    assert form.unread == ()


HUNAN = ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")


def cells(*lines):
    """The form with amounts in label cells below the row of the total."""
    all_lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(all_lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(all_lines) if line[0] == "年度总体目标")
    below = [(UP, left, *[LEFT] * 3, right, *[LEFT] * 3) for left, right in lines]
    all_lines[at:end] = [
        ("年度预算申请（万元）", None, None, *HUNAN),
        (UP, "年度资金总额", LEFT, 2000, 2030, 1980, 10, P("0.975"), 9.75),
        *below,
    ]
    (form,) = forms(all_lines)
    return form


def test_an_amount_in_a_label_cell_is_a_row_of_the_funds():
    form = cells(
        ("按收入性质分：2030.12", "按支出性质分：2030.12"),
        ("其中：一般公共预算：1930.12", "其中：基本支出：1250.3"),
        ("政府性基金拨款：100", "项目支出：779.82"),
    )

    assert [(f.name.value, f.budget.value) for f in form.funds[1:]] == [
        ("按收入性质分", Decimal("2030.12")),
        ("按支出性质分", Decimal("2030.12")),
        ("其中：一般公共预算", Decimal("1930.12")),
        ("其中：基本支出", Decimal("1250.3")),
        ("政府性基金拨款", 100),
        ("项目支出", Decimal("779.82")),
    ]
    assert form.basic_expenditure.value == Decimal("1250.3")
    assert form.project_expenditure.value == Decimal("779.82")
    assert form.unread == ()


@pytest.mark.parametrize("gap", ["\n", "    ", "；", "，", "、"])
@pytest.mark.parametrize("money", ["", "万元"])
def test_several_amounts_in_one_label_cell_are_as_many_rows(gap, money):
    form = cells(
        (
            f"按收入性质分：2030.12{money}{gap}其中：一般公共预算：1930.12{money}{gap}其他资金：100{money}",
            f"按支出性质分：2030.12{money}{gap}其中：基本支出：1250.3{money}{gap}项目支出：779.82{money}",
        )
    )

    assert [(f.name.value, f.budget.value) for f in form.funds[1:]] == [
        ("按收入性质分", Decimal("2030.12")),
        ("其中：一般公共预算", Decimal("1930.12")),
        ("其他资金", 100),
        ("按支出性质分", Decimal("2030.12")),
        ("其中：基本支出", Decimal("1250.3")),
        ("项目支出", Decimal("779.82")),
    ]
    assert form.basic_expenditure.value == Decimal("1250.3")
    assert form.unread == ()


def test_a_label_cell_may_hold_names_without_amounts():
    form = cells(
        ("按收入性质分：2030.12", "按支出性质分：2030.12"),
        ("其中：一般公共预算：2030.12\n政府性基金拨款：", "其中：基本支出：2030.12\n项目支出："),
    )

    assert [f.name.value for f in form.funds[1:] if f.budget.value] == [
        "按收入性质分",
        "按支出性质分",
        "其中：一般公共预算",
        "其中：基本支出",
    ]
    assert all(not any(c.isdigit() for c in str(f.name.value)) for f in form.funds)
    assert form.unread == ()


def test_points_and_years_in_a_label_are_no_amounts():
    form = funds(
        ("年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"),
        ("年度资金总额（10分）", 100, 120, 108, 10, P("0.9"), 9),
        ("其中：2022年结转资金", 0, 20, 18, "—", None, "—"),
    )

    assert [f.name.value for f in form.funds] == ["年度资金总额（10分）", "其中：2022年结转资金"]
    assert form.funds[1].budget.value == 20


@pytest.mark.parametrize("initial", ["年初预算数", "年初预算"])
def test_the_initial_budget_alone_is_the_budget_in_a_sentence(initial):
    lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    lines[at:end] = [("项目资金", f"{initial}：500万元；执行数：480万元", *[LEFT] * 7)]
    (form,) = forms(lines)

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(500, 480)]


@pytest.mark.parametrize("initial", ["年初预算数", "年初预算"])
def test_the_initial_budget_alone_is_the_budget_of_a_table_on_its_side(initial):
    lines = ministry_lines(row(*HALL), fill=False)
    at = next(at for at, line in enumerate(lines) if line[0] == "预算执行情况（万元）")
    end = next(at for at, line in enumerate(lines) if line[0] == "年度总体目标")
    lines[at:end] = [
        ("资金（万元）", "项目", LEFT, "合计", LEFT, "财政拨款", LEFT, None, None),
        (UP, initial, LEFT, 500, LEFT, 300, LEFT, None, None),
        (UP, "决算数", LEFT, 480, LEFT, 280, LEFT, None, None),
    ]
    (form,) = forms(lines)

    assert [(f.budget.value, f.executed.value) for f in form.funds] == [(500, 480), (300, 280)]
