"""The parts that forms are drawn of: rows with merged levels, the table of funds, goals, totals."""

from collections.abc import Sequence
from fractions import Fraction

from oracle.canvas import Canvas, Content
from oracle.model import EMPTY, Cell, Fund, Key, Plan, Row, Section, plain


def points_label(section: Section, name: str, *, labels: bool = True) -> str:
    return f"{name}（{plain(section.label_points)}分）" if labels and section.label_points else name


def score_content(row: Row) -> Content:
    return row.stored if row.stored is not None else row.score


def score_format(plan: Plan) -> str | None:
    return "0.00" if plan.rounding == "fraction" else None


def weight_format(plan: Plan) -> str | None:
    return "0.00" if plan.style.get("equal") else None


def total_content(plan: Plan) -> Content:
    if plan.total is None:
        return None
    if plan.style.get("total_text") and plan.rounding != "fraction":
        return plain(plan.total)
    return plan.total


def _value(
    canvas: Canvas, plan: Plan, row: Row, number: int, role: str, at: tuple[int, int]
) -> None:
    key = ("row", number, role)
    contents: dict[str, Content] = {
        "level3": row.name, "target": row.target, "actual": row.actual, "weight": row.weight,
        "score": score_content(row), "reason": row.reason or None, "sign": row.sign, "unit": row.unit,
        "factor": row.factor, "adjusted": row.target, "core": "否", "review": None,
    }  # fmt: skip
    shown = {"score": score_format(plan), "weight": weight_format(plan)}.get(role)
    canvas.put(*at, contents[role], key, shown=shown)


def put_rows(
    canvas: Canvas, plan: Plan, roles: Sequence[str], first: int, sections: Sequence[Section] = (),
    *, start: int = 0,
) -> None:  # fmt: skip
    """The rows of some sections from the canvas's row down, levels merged."""
    sections = sections or plan.sections
    numbered = [(section, row) for section in sections for row in section.rows]
    top, canvas.shift = canvas.row, start
    labels = [
        points_label(section, row.level1, labels=bool(plan.style.get("labels", True)))
        for section, row in numbered
    ]
    seconds = [f"{label}|{row.level2}" for label, (_, row) in zip(labels, numbered, strict=True)]
    for offset, role in enumerate(roles):
        col = first + offset
        if role == "level1":
            keys: list[Key | None] = [
                ("section", plan.sections.index(section), "label") for section, _ in numbered
            ]
            canvas.level(col, labels, top, keys, plan.style.get("page_break", 0))
        elif role == "level2":
            _second(canvas, plan, col, seconds, top)
        else:
            for index, (_, row) in enumerate(numbered):
                _value(canvas, plan, row, start + index, role, (top + index, col))
    canvas.row = top + len(numbered)


def _second(canvas: Canvas, plan: Plan, col: int, seconds: Sequence[str], top: int) -> None:
    start = 0
    rows = [row for _, row, _ in plan.rows()]
    first = canvas.shift
    for index in range(1, len(seconds) + 1):
        if index == len(seconds) or seconds[index] != seconds[start]:
            name = seconds[start].partition("|")[2]
            if plan.style.get("broken"):
                # Labels are broken where the cell is narrow: 经济效益 / 指标.
                name = name.replace("效益指标", "效益\n指标")
            if plan.style.get("weight_in_level2"):
                group = rows[first + start : first + index]
                name += f"（{plain(sum((row.weight for row in group), Fraction(0)))}分）"
            canvas.put(top + start, col, name, rows=index - start)
            start = index


FUND = {
    "initial": "年初预算数", "budget": "全年预算数", "executed": "全年执行数", "weight": "分值",
    "rate": "执行率", "score": "得分", "reason": "原因",
}  # fmt: skip


def put_funds(
    canvas: Canvas, plan: Plan, side: str, roles: Sequence[str], name_cols: int, *,
    heads: dict[str, str] | None = None, wide: int = 0,
) -> None:  # fmt: skip
    """The table of funds: its side label in A, names from B, then a column for each role."""
    top = canvas.row
    canvas.put(top, 1, side, ("budget", "label"), rows=len(plan.funds) + 1)
    canvas.put(top, 2, None, cols=name_cols)
    first = 2 + name_cols
    for offset, role in enumerate(roles):
        last = offset == len(roles) - 1
        cols = max(1, wide - first - offset + 1) if last and wide else 1
        canvas.put(top, first + offset, (heads or FUND)[role], cols=cols)
        for index, fund in enumerate(plan.funds):
            row = top + 1 + index
            content = _money(plan, fund, role, index)
            key = ("fund", index, role)
            shown = score_format(plan) if role == "score" else None
            canvas.put(row, first + offset, content, key, cols=cols, shown=shown)
    for index, fund in enumerate(plan.funds):
        canvas.put(top + 1 + index, 2, fund.name, cols=name_cols)
    canvas.row = top + 1 + len(plan.funds)


def _money(plan: Plan, fund: Fund, role: str, index: int) -> Content:
    if role == "reason":
        return None if index else plan.style.get("overspent") or None
    if plan.family == "carried" and role in {"weight", "score"} and not index:
        return 100 if role == "weight" else plan.total
    if role in {"weight", "score"} and getattr(fund, role) in {None, EMPTY}:
        # Rows of funds without points of their own; a blank form has none at all.
        return None if plan.total is None else "/" if plan.family == "sichuan" else "—"
    value = getattr(fund, role)
    if role in {"initial", "budget", "executed"}:
        if value is None:
            return fund.dash
        return Cell(float(value) if value.denominator > 1 else int(value), "#,##0.00")
    content: Content = value
    return content


OVERALL = ("年度\n总体\n目标", "预期目标", "实际完成情况")


def put_overall_goals(canvas: Canvas, plan: Plan, wide: int) -> None:
    left = (wide - 1) // 2
    canvas.put(canvas.row, 1, OVERALL[0], rows=2)
    for col, cols, head, text, key in (
        (2, left, OVERALL[1], plan.planned, ("planned",)),
        (2 + left, wide - 1 - left, OVERALL[2], plan.achieved, ("achieved",)),
    ):
        canvas.put(canvas.row, col, head, cols=cols)
        canvas.put(canvas.row + 1, col, text, key, cols=cols)
    canvas.row += 2


def put_heads(canvas: Canvas, heads: dict[str, str], first: int) -> None:
    for offset, (role, head) in enumerate(heads.items()):
        canvas.put(canvas.row, first + offset, head, ("head", role))
    canvas.row += 1


def weight_total(plan: Plan) -> int | float:
    return int(plan.full) if plan.full.denominator == 1 else float(plan.full)


MINISTRY = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "年度指标值",
            "actual": "实际完成值", "weight": "分值", "score": "得分",
            "reason": "偏差原因分析及改进措施"}  # fmt: skip


def put_block(canvas: Canvas, plan: Plan, heads: dict[str, str], wide: int, side: str) -> None:
    del wide
    count = sum(len(section.rows) for section in plan.sections)
    residue = 1 if plan.style.get("residue") else 0
    canvas.put(canvas.row, 1, side, rows=count + 1 + residue)
    put_heads(canvas, heads, 2)
    put_rows(canvas, plan, list(heads), 2)
    if residue:
        canvas.put(canvas.row, 2 + list(heads).index("level3"), "……")
        canvas.row += 1


def put_total(
    canvas: Canvas, plan: Plan, weight: int, score: int, wide: int, word: str = "总分"
) -> None:
    """总分 | 100 | score, in the columns of the weights and the scores."""
    row = canvas.row
    canvas.put(row, 1, word, cols=weight - 1)
    canvas.put(row, weight, weight_total(plan), ("total weight",), cols=max(1, score - weight))
    canvas.put(row, score, total_content(plan), ("total",), shown=score_format(plan))
    if wide > score:
        canvas.put(row, score + 1, plan.grade, ("grade",))
    canvas.row += 1


SPLIT = {"sign": "指标性质", "target": "指标值", "unit": "度量单位"}


def put_split_heads(canvas: Canvas, roles: Sequence[str], heads: dict[str, str]) -> None:
    """Two header rows: over the target's three cells stands 年度指标值."""
    top = canvas.row
    at = list(roles).index("sign") + 1
    canvas.put(top, 1, "绩效指标", cols=3)
    canvas.put(top, at, "年度指标值", cols=3)
    for offset, role in enumerate(roles):
        split = role in SPLIT or role.startswith("level")
        name = SPLIT.get(role) or heads[role]
        canvas.put(top + split, offset + 1, name, rows=1 if split else 2)
    canvas.row = top + 2
