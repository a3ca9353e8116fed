"""Consistent forms, family by family.

A form made here follows the official rules in every cell, so any error or warning about it is false.
"""

import random
from collections.abc import Callable, Sequence
from fractions import Fraction

from oracle.generate import (
    PROJECTS,
    base,
    fill_section,
    finish,
    money_rows,
    split_points,
)
from oracle.model import Cell, Plan, Row, Section, held, rounded


def hubei_department(rng: random.Random) -> Plan:
    """Goals of 80 points, weights mostly unknown, 20 for the budget."""
    known = rng.random() < 0.3
    plan = base(rng, "hubei-department", "department", inverse="ratio", known=known,
                budget_points=Fraction(20))  # fmt: skip
    plan.title = f"{plan.year}年度{plan.unit}部门整体绩效自评表"
    plan.style["goal_label"] = rng.choice(["row"] * 6 + ["column"])
    plan.style["weight_column"] = known
    plan.funds = money_rows(rng, plan, ["部门整体支出总额"])
    spent = plan.funds[0].executed
    plan.basic = rounded(spent / 4, 2)
    plan.projects = spent - plan.basic
    used: set[str] = set()
    number = rng.randrange(2, 5)
    for name, points in zip(
        rng.sample(PROJECTS, number), split_points(rng, Fraction(80), number), strict=True
    ):
        section = Section(name, points, [])
        plan.sections.append(section)
        served = int(rng.random() < 0.6)
        counts = {"产出指标": rng.randrange(2, 4), "效益指标": 1, "满意度指标": served}
        if points < 5:
            counts = {"产出指标": 2}
        fill_section(rng, plan, section, counts, used)
    return finish(rng, plan)


def hubei_project(rng: random.Random) -> Plan:
    """One goal of 80 points or two of 40; points sometimes in brackets behind the names."""
    known = rng.random() < 0.35
    plan = base(
        rng, "hubei-project", "project", inverse="ratio", known=known, budget_points=Fraction(20)
    )
    plan.title = f"{plan.year}年度{plan.project}项目绩效自评表"
    plan.style["goal_label"] = rng.choice(["row"] * 5 + ["column"])
    where = "weight_in_name" if rng.random() < 0.7 else "weight_in_level2"
    plan.style[where] = known
    plan.funds = money_rows(rng, plan, ["年度财政资金总额"])
    used: set[str] = set()
    goals = [Fraction(80)] if rng.random() < 0.5 else [Fraction(40), Fraction(40)]
    for points, name in zip(goals, rng.sample(PROJECTS, len(goals)), strict=True):
        section = Section(name, points, [])
        plan.sections.append(section)
        counts = {"产出指标": rng.randrange(2, 5), "效益指标": rng.randrange(1, 3), "满意度指标": 1}
        fill_section(rng, plan, section, counts, used)
    return finish(rng, plan)


def _three_sections(rng: random.Random, plan: Plan, points: Sequence[int], *, split: bool) -> None:
    used: set[str] = set()
    names = ("产出指标", "效益指标", "满意度指标")
    most = (rng.randrange(3, 7), rng.randrange(1, 4), 1)
    for name, whole, count in zip(names, points, most, strict=True):
        section = Section(name, Fraction(whole), [], label_points=Fraction(whole))
        plan.sections.append(section)
        fill_section(rng, plan, section, {name: count}, used, split=split)


def ministry(rng: random.Random) -> Plan:
    """The Ministry's project form as issued, or with points before the target."""
    plan = base(rng, "ministry", "project", money=rng.choice(["万元", "元"]))
    plan.title = "项目支出绩效自评表"
    plan.style["order"] = rng.choice(["after", "after", "before"])
    plan.style["labels"] = rng.random() < 0.6
    plan.funds = money_rows(
        rng, plan, ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "其他资金"]
    )
    _three_sections(rng, plan, (50, 30, 10), split=False)
    return finish(rng, plan)


def yunnan(rng: random.Random) -> Plan:
    """The target over three cells, a grade beside the total."""
    plan = base(rng, "yunnan", "project", money=rng.choice(["万元", "元"]))
    plan.title = "项目支出绩效自评表"
    plan.grade = "优"
    plan.funds = money_rows(
        rng, plan, ["年度资金总额", "其中：当年财政拨款", "上年结转资金", "非财政拨款"]
    )
    _three_sections(rng, plan, (50, 30, 10), split=True)
    return finish(rng, plan)


def sichuan(rng: random.Random) -> Plan:
    """Points behind the block labels, the target over three cells, a reason column for money."""
    plan = base(rng, "sichuan", "project")
    plan.title = f"{plan.year}年度部门预算项目支出绩效自评表"
    plan.funds = money_rows(
        rng, plan, ["总额", "其中：财政资金", "财政专户管理资金", "单位资金", "其他资金"]
    )
    _three_sections(rng, plan, rng.choice([(50, 30, 10), (60, 20, 10)]), split=True)
    return finish(rng, plan)


def execution_row(plan: Plan) -> Row:
    """The execution rate as an indicator of ten points."""
    total = plan.funds[0]
    rate = total.executed / total.budget
    shown = rounded(rate, 4)
    run = Row(
        "预算执行", "预算执行", "预算执行率", Cell(1, "0%"), Cell(held(shown), "0.00%"), shown, shown,
        rate == 1, Fraction(10), score=plan.keep(Fraction(10) * shown),
    )  # fmt: skip
    if rate < 1:
        run.reason = "部分合同款按进度支付，结转下年"
    return run


def ningxia(rng: random.Random) -> Plan:
    """Points in the labels and in a column; the execution rate is an indicator among the others."""
    plan = base(rng, "ningxia", "project", budget_points=None)
    plan.title = f"{plan.year}年度部门项目支出绩效自评表"
    plan.funds = money_rows(rng, plan, ["年度资金总额", "其中：财政拨款", "其他资金"])
    run = execution_row(plan)
    plan.sections.append(Section("预算执行", Fraction(10), [run], label_points=Fraction(10)))
    _three_sections(rng, plan, (50, 30, 10), split=False)
    return finish(rng, plan)


def chongqing(rng: random.Random) -> Plan:
    """A flat table without levels; coefficients, adjusted targets, the total in the head."""
    plan = base(rng, "chongqing", "department")
    plan.title = f"{plan.year}年度部门整体绩效自评表"
    plan.style["hundred"] = True
    plan.funds = money_rows(rng, plan, ["部门整体支出"])
    section = Section("", Fraction(90), [])
    plan.sections.append(section)
    counts = {"产出指标": rng.randrange(3, 6), "效益指标": 2, "满意度指标": 1}
    fill_section(rng, plan, section, counts, set(), split=True)
    for row in section.rows:
        row.factor = Cell(held(rounded(row.share * 100, 2)))
    return finish(rng, plan)


def transfer(rng: random.Random) -> Plan:
    """Targets, results and reasons, and no scores at all."""
    plan = base(rng, "transfer", "transfer", known=False, budget_points=None)
    plan.title = "转移支付区域绩效目标自评表"
    plan.funds = money_rows(rng, plan, ["年度资金总额", "其中：中央补助", "地方资金"])
    _three_sections(rng, plan, (50, 30, 10), split=False)
    return finish(rng, plan)


def beijing(rng: random.Random) -> Plan:
    """Beijing's older form: the initial budget is the only one, points stand before the targets."""
    plan = base(rng, "beijing", "project")
    plan.title = f"{plan.year}年度项目支出绩效自评表"
    plan.funds = money_rows(rng, plan, ["年度资金总额", "其中：本年财政拨款", "其他资金"])
    _three_sections(rng, plan, (50, 30, 10), split=False)
    return finish(rng, plan)


def carried(rng: random.Random) -> Plan:
    """Execution as an indicator, while the row of funds carries the form's total."""
    plan = base(rng, "carried", "project", budget_points=None, money="元")
    plan.title = f"{plan.year}年度项目支出绩效自评表"
    plan.style["order"] = "before"
    plan.funds = money_rows(rng, plan, ["年度资金总额", "其中：财政拨款", "其他资金"])
    run = execution_row(plan)
    plan.sections.append(Section("预算执行", Fraction(10), [run], label_points=Fraction(10)))
    _three_sections(rng, plan, (40, 40, 10), split=False)
    return finish(rng, plan)


def two_funds(rng: random.Random) -> Plan:
    """A department's form whose basic and project expenditure have ten points each."""
    plan = base(rng, "two-funds", "department", budget_points=Fraction(20))
    plan.title = f"{plan.year}年度部门整体支出绩效自评表"
    plan.funds = money_rows(rng, plan, ["年度部门预算总额", "基本支出", "项目支出"], gaps=False)
    _three_sections(rng, plan, (40, 30, 10), split=False)
    for fund in plan.funds[1:]:
        fund.weight = Cell(10)
        fund.score = plan.keep(10 * fund.executed / fund.budget)
    return finish(rng, plan)


FAMILIES: dict[str, Callable[[random.Random], Plan]] = {
    "hubei-department": hubei_department,
    "hubei-project": hubei_project,
    "ministry": ministry,
    "yunnan": yunnan,
    "sichuan": sichuan,
    "ningxia": ningxia,
    "chongqing": chongqing,
    "transfer": transfer,
    "beijing": beijing,
    "two-funds": two_funds,
    "carried": carried,
}
