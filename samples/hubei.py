"""Hubei's two forms: heading, funds, goal blocks with their own header rows, prose, notes."""

from dataclasses import dataclass, field
from typing import Any

from drawing import Content, Page, Rich, Seen, Typed
from reading import FUNDS, GOAL, collapsed, draw_rows, form, record
from reference import IMPROVEMENT, NOTES, REASON, SIGN, TITLE, UNIT, Goal

HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年初目标值（A）",
    "actual": "实际完成值（B）",
    "weight": "分值",
    "score": "得分",
    "review": "财政审核\n评分",
}


@dataclass
class Sheet:
    """What is written on one department form; defaults are the reference's."""

    goals: list[Goal]
    title: str = TITLE
    unit: str = UNIT
    year: int = 2020
    filled_on: str = "2021年4月27日"
    above: tuple[str, ...] = ("附件2：",)
    basic: Content = 1329.86
    projects: Content = 14562.55
    budget: float = 16728.52
    executed: float = 15892.41
    rate: Content = field(default_factory=lambda: Typed(0.95, "0.0%"))
    budget_score: Content = 19
    total: Content = field(default_factory=lambda: Typed(95, "0.00"))
    reason: str | Rich = REASON
    improvement: str = IMPROVEMENT
    notes: tuple[str, ...] = NOTES
    weights: bool = False
    review: bool = False
    formulas: bool = False
    total_label: str = "总分"
    amounts_in_labels: bool = False
    money: str = "万元"
    fund: str = "部门整体支出总额"
    heads: dict[str, str] = field(default_factory=dict)


@dataclass
class Head:
    """What a project form says above its funds, line by line: label and text, one or two pairs."""

    project: str
    department: str
    boxes: tuple[tuple[str, str], ...]


def draw_department(page: Page, sheet: Sheet) -> dict[str, Any]:
    """Draw the department form from row 1 down; give its expected reading."""
    columns, wide = _columns(sheet)
    fields, row = _title(page, 1, sheet, wide)
    fields["unit"] = page.line(row, [("单位名称", 2), (sheet.unit, wide - 2)])[1]
    basic, projects = _expenditure(page, row + 1, sheet, wide)
    fields |= {"basic_expenditure": basic, "project_expenditure": projects}
    parts, scored, _ = _scored(page, row + 2, sheet, columns, wide)
    return form(page, "department", parts, **fields, **scored)


def draw_project(page: Page, sheet: Sheet, head: Head, top: int = 1) -> tuple[dict[str, Any], int]:
    """Draw the project form; give its expected reading and the first row below it."""
    columns, wide = _columns(sheet)
    fields, row = _title(page, top, sheet, wide)
    fields["project"] = page.line(row, [("项目名称", 2), (head.project, wide - 2)])[1]
    pairs = [("主管部门", 2), (head.department, 2), ("项目实施单位", 1), (sheet.unit, wide - 5)]
    seen = page.line(row + 1, [(text, cols) for text, cols in pairs])
    fields |= {"department": seen[1], "unit": seen[3]}
    row += 2
    for label, text in head.boxes:
        page.put(row, 1, label, cols=2)
        page.put(row, 3, text, "left", cols=wide - 2)
        row += 1
    parts, scored, row = _scored(page, row, sheet, columns, wide)
    return form(page, "project", parts, **fields, **scored), row


def _columns(sheet: Sheet) -> tuple[dict[str, tuple[int, int]], int]:
    kept = {"weight": sheet.weights, "review": sheet.review}
    roles = [role for role in HEADS if kept.get(role, True)]
    return {role: (2 + index, 1) for index, role in enumerate(roles)}, len(roles) + 1


def _title(page: Page, row: int, sheet: Sheet, wide: int) -> tuple[dict[str, Any], int]:
    for text in sheet.above:
        page.put(row, 1, text, "line", cols=wide)
        row += 1
    title = page.put(row, 1, sheet.title, "title", cols=wide)
    page.put(
        row + 1, 1, f"单位名称：{sheet.unit}    填报日期：{sheet.filled_on}", "line", cols=wide
    )
    return {"title": title, "year": (sheet.year, title.cell)}, row + 2


def _scored(
    page: Page, row: int, sheet: Sheet, columns: dict[str, tuple[int, int]], wide: int
) -> tuple[dict[str, Any], dict[str, Any], int]:
    fund, side, row = _funds(page, row, sheet, wide)
    goals, indicators, scores = [], [], [fund["score_cell"]]
    for index, goal in enumerate(sheet.goals, 1):
        goal_seen, rows, row = _goal(page, row, goal, index, columns, sheet)
        goals.append(goal_seen)
        indicators += rows
        scores.append(goal_seen["score_cell"])
    total = sheet.total
    if sheet.formulas and isinstance(total, Typed):
        total = total._replace(formula="=" + "+".join(scores))
    score_col, score_cols = columns["score"]
    page.put(row, 1, sheet.total_label, "goal", cols=score_col - 1)
    claimed = page.put(row, score_col, total, "goal", cols=score_cols)
    if sheet.review:
        page.put(row, columns["review"][0], None)
    reason, improvement, row = _prose(page, row + 1, sheet, wide)
    scored: dict[str, Any] = {
        "money_unit": (sheet.money, side.cell),
        "claimed_total": claimed,
        "deviation_reason": reason,
        "improvement": improvement,
    }
    return {"funds": [fund], "goals": goals, "indicators": indicators}, scored, row


def _expenditure(page: Page, row: int, sheet: Sheet, wide: int) -> tuple[Any, Any]:
    if sheet.amounts_in_labels:
        first = page.put(row, 1, f"基本支出总额：{sheet.basic}", cols=3)
        second = page.put(row, 4, f"项目支出总额：{sheet.projects}", cols=wide - 3)
        return (sheet.basic, first.cell), (sheet.projects, second.cell)
    seen = page.line(
        row,
        [("基本支出总额", 2), (sheet.basic, 1), ("项目支出总额", 1), (sheet.projects, wide - 4)],
    )
    return seen[1], seen[3]


def _funds(page: Page, row: int, sheet: Sheet, wide: int) -> tuple[dict[str, Any], Seen, int]:
    side = page.put(row, 1, f"预算执行情况（{sheet.money}）\n（20分）", rows=2)
    spare = wide - 5 - sheet.review  # columns left for the name
    heads = ["预算数（A）", "执行数（B）", "执行率（B/A）", "得分\n（20分*执行率）"]
    page.put(row, 2, None, cols=spare)
    name = page.put(row + 1, 2, sheet.fund, cols=spare)
    first = 2 + spare
    for index, head in enumerate(heads):
        page.put(row, first + index, head)
    executed, budget = f"{_letter(first + 1)}{row + 1}", f"{_letter(first)}{row + 1}"
    rate, score = sheet.rate, sheet.budget_score
    if sheet.formulas and isinstance(rate, Typed) and isinstance(score, Typed):
        rate = rate._replace(formula=f"={executed}/{budget}")
        score = score._replace(formula=f"=ROUND(20*{_letter(first + 2)}{row + 1},2)")
    values = [sheet.budget, sheet.executed, rate, score]
    seen = [page.put(row + 1, first + index, value) for index, value in enumerate(values)]
    if sheet.review:
        page.put(row, wide, HEADS["review"])
        page.put(row + 1, wide, None)
    fund = record(
        FUNDS,
        name=name,
        budget=seen[0],
        executed=seen[1],
        rate=seen[2],
        weight=(20, side.cell),
        score=seen[3],
    )
    return fund, side, row + 2


def _goal(
    page: Page,
    row: int,
    goal: Goal,
    index: int,
    columns: dict[str, tuple[int, int]],
    sheet: Sheet,
) -> tuple[dict[str, Any], list[dict[str, Any]], int]:
    score_col, score_cols = columns["score"]
    label = page.put(row, 1, goal.label, "goal", cols=score_col - 1)
    claimed = goal.claimed
    if sheet.formulas and isinstance(claimed, int | float):
        letter = _letter(score_col)
        claimed = Typed(
            claimed, formula=f"=SUM({letter}{row + 2}:{letter}{row + 1 + len(goal.rows)})"
        )
    score = page.put(row, score_col, claimed, "goal", cols=score_cols)
    if sheet.review:
        page.put(row, columns["review"][0], None)
    side = page.put(row + 1, 1, goal.side, rows=len(goal.rows) + 1)
    for role, (col, cols) in columns.items():
        page.put(row + 1, col, sheet.heads.get(role, HEADS[role]), "head", cols=cols)
    indicators = draw_rows(page, row + 2, columns, goal.rows, index)
    seen = {"goal": index} | record(
        GOAL,
        name=(goal.name, side.cell),
        label=(collapsed(goal.label), label.cell),
        weight=(goal.points, label.cell),
        score=score,
    )
    return seen, indicators, row + 2 + len(goal.rows)


def _prose(page: Page, row: int, sheet: Sheet, wide: int) -> tuple[Any, Any, int]:
    page.put(row, 1, "偏差大或\n目标未完成\n原因分析")
    reason = page.put(row, 2, sheet.reason, "prose", cols=wide - 1)
    page.put(row + 1, 1, "改进措施及\n结果应用方案")
    improvement = page.put(row + 1, 2, sheet.improvement, "prose", cols=wide - 1)
    page.put(row + 2, 1, "单位主要负责人\n签批意见")
    page.heights[row + 2] = 66
    page.put(row + 2, 2, SIGN, "cell", cols=wide - 1)
    for index, note in enumerate(sheet.notes):
        page.put(row + 3 + index, 1, note, "note", cols=wide)
    return (reason.text, reason.cell), improvement, row + 3 + len(sheet.notes)


def _letter(col: int) -> str:
    return chr(64 + col)
