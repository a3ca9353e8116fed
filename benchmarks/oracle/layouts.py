"""Where each family of forms puts what, drawn from a plan.

`draw` gives the workbook's bytes and the cell of every value. Labels are those of published forms.
"""

from collections.abc import Callable, Sequence

from oracle.canvas import Canvas, Content
from oracle.model import Cell, Fund, Key, Plan, Row, Section, plain

NOTES = """\
备注：
1.预算执行情况的口径：预算数取调整以后的财政资金总额，执行数取资金使用单位当年实际支出的财政资金。
2.定量指标先汇总完成数，再计算得分。正向指标（目标值为≥X）得分=权重*B/A，反向指标（目标值为≤X）得分=权重*A/B，得分最高不超过该指标的权重。
3.定性指标按完成情况分三档打分：达成预期、部分达成且有一定效果、未达成且效果较差，分别对应该指标分值的100-80%（含80%）、80-50%（含50%）、50-0%。
4.考虑到经济性和必要性，满意度指标可暂不列入必评指标。""".splitlines()


def draw(plan: Plan) -> tuple[bytes, dict[Key, str]]:
    """Draw a form; give its bytes and where each value stands."""
    canvas = Canvas("自评表")
    DRAWN[plan.family](canvas, plan)
    return canvas.bytes(), canvas.places


def _points(section: Section, name: str, *, labels: bool = True) -> str:
    return f"{name}（{plain(section.label_points)}分）" if labels and section.label_points else name


def _score(row: Row) -> Content:
    return row.stored if row.stored is not None else row.score


def _decimals(plan: Plan) -> str | None:
    return "0.00" if plan.rounding == "fraction" else None


def _weights(plan: Plan) -> str | None:
    return "0.00" if plan.style.get("equal") else None


def _total(plan: Plan) -> Content:
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
        "score": _score(row), "reason": row.reason or None, "sign": row.sign, "unit": row.unit,
        "factor": row.factor, "adjusted": row.target, "core": "否", "review": None,
    }  # fmt: skip
    shown = {"score": _decimals(plan), "weight": _weights(plan)}.get(role)
    canvas.put(*at, contents[role], key, shown=shown)


def _rows(
    canvas: Canvas, plan: Plan, roles: Sequence[str], first: int, sections: Sequence[Section] = (),
    *, start: int = 0,
) -> None:  # fmt: skip
    """The rows of some sections from the canvas's row down, levels merged."""
    sections = sections or plan.sections
    numbered = [(section, row) for section in sections for row in section.rows]
    top = canvas.row
    labels = [
        _points(section, row.level1, labels=bool(plan.style.get("labels", True)))
        for section, row in numbered
    ]
    seconds = [f"{label}|{row.level2}" for label, (_, row) in zip(labels, numbered, strict=True)]
    for offset, role in enumerate(roles):
        col = first + offset
        if role == "level1":
            keys: list[Key | None] = [
                ("section", plan.sections.index(section), "label") for section, _ in numbered
            ]
            canvas.level(col, labels, top, keys)
        elif role == "level2":
            _second(canvas, col, seconds, top)
        else:
            for index, (_, row) in enumerate(numbered):
                _value(canvas, plan, row, start + index, role, (top + index, col))
    canvas.row = top + len(numbered)


def _second(canvas: Canvas, col: int, seconds: Sequence[str], top: int) -> None:
    start = 0
    for index in range(1, len(seconds) + 1):
        if index == len(seconds) or seconds[index] != seconds[start]:
            canvas.put(top + start, col, seconds[start].partition("|")[2], rows=index - start)
            start = index


FUND = {
    "initial": "年初预算数", "budget": "全年预算数", "executed": "全年执行数", "weight": "分值",
    "rate": "执行率", "score": "得分", "reason": "原因",
}  # fmt: skip


def _funds(
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
            shown = _decimals(plan) if role == "score" else None
            canvas.put(row, first + offset, content, key, cols=cols, shown=shown)
    for index, fund in enumerate(plan.funds):
        canvas.put(top + 1 + index, 2, fund.name, cols=name_cols)
    canvas.row = top + 1 + len(plan.funds)


def _money(plan: Plan, fund: Fund, role: str, index: int) -> Content:
    if role in {"weight", "score"} and index:
        return "/" if plan.family == "sichuan" else "—"
    if role == "reason":
        return None
    value = getattr(fund, role)
    if role in {"initial", "budget", "executed"}:
        if value is None:
            return fund.dash
        return Cell(float(value) if value.denominator > 1 else int(value), "#,##0.00")
    content: Content = value
    return content


def _prose(canvas: Canvas, plan: Plan, wide: int, *, notes: bool = True) -> None:
    for label, text, key in (
        ("偏差大或\n目标未完成\n原因分析", plan.reason, ("reason",)),
        ("改进措施及\n结果应用方案", "加强管理，按季度跟踪进度。", ("improvement",)),
    ):
        canvas.line((label, 1), (text, wide - 1, key))
    for note in NOTES if notes else ():
        canvas.line((note, wide))


def _hubei_head(canvas: Canvas, plan: Plan, wide: int) -> None:
    canvas.line((plan.title, wide))
    canvas.line((f"单位名称：{plan.unit}    填报日期：{plan.year + 1}年3月15日", wide))
    if plan.kind == "department":
        canvas.line(("单位名称", 2), (plan.unit, wide - 2))
        canvas.line(("基本支出总额", 2), (plan.basic, 1, ("basic",)), ("项目支出总额", 1),
                    (plan.projects, wide - 4, ("projects",)))  # fmt: skip
        return
    canvas.line(("项目名称", 2), (plan.project, wide - 2))
    canvas.line(("主管部门", 2), (plan.department, 2), ("项目实施单位", 1), (plan.unit, wide - 5))
    canvas.line(
        ("项目类别", 2), ("1、部门预算项目 ☑　2、省直专项 □　3、省对下转移支付项目 □", wide - 2)
    )


def hubei(canvas: Canvas, plan: Plan) -> None:
    """Hubei's department and project form: goals with blocks of their own."""
    roles = ["level1", "level2", "level3", "target", "actual", "score"]
    if plan.style.get("weight_column"):
        roles.insert(5, "weight")
    wide = len(roles) + 1
    _hubei_head(canvas, plan, wide)
    heads = {"budget": "预算数（A）", "executed": "执行数（B）", "rate": "执行率（B/A）",
             "score": "得分\n（20分*执行率）"}  # fmt: skip
    _funds(
        canvas, plan, f"预算执行情况（{plan.money}）\n（20分）", list(heads), wide - 5, heads=heads
    )
    start = 0
    for index, section in enumerate(plan.sections):
        _hubei_goal(canvas, plan, index, roles, start)
        start += len(section.rows)
    canvas.line(("总分", wide - 1), (_total(plan), 1, ("total",)))
    _prose(canvas, plan, wide)


HUBEI = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "年初目标值（A）",
         "actual": "实际完成值（B）", "weight": "分值", "score": "得分"}  # fmt: skip


def _hubei_goal(canvas: Canvas, plan: Plan, index: int, roles: Sequence[str], start: int) -> None:
    section = plan.sections[index]
    label = f"年度绩效目标{index + 1}：（{plain(section.points)}分）"
    score_col = len(roles) + 1
    beside = plan.style.get("goal_label") == "column"
    if not beside:
        canvas.put(canvas.row, 1, label, ("goal", index, "label"), cols=score_col - 1)
        canvas.put(
            canvas.row, score_col, section.score, ("goal", index, "score"), shown=_decimals(plan)
        )
        canvas.row += 1
    side = f"{section.name}\n年度绩效指标"
    if beside:
        side = f"年度绩效目标{index + 1}（{plain(section.points)}分）"
    canvas.put(canvas.row, 1, side, ("goal", index, "side"), rows=len(section.rows) + 1)
    for offset, role in enumerate(roles):
        canvas.put(canvas.row, 2 + offset, HUBEI[role])
    canvas.row += 1
    names = [row.name for row in section.rows]
    if plan.style.get("weight_in_name"):
        for row in section.rows:
            row.name = f"{row.name}（{plain(row.weight, 2)}分）"  # type: ignore[arg-type]
    _rows(canvas, plan, roles, 2, [section], start=start)
    for row, name in zip(section.rows, names, strict=True):
        row.name = name


OVERALL = ("年度\n总体\n目标", "预期目标", "实际完成情况")


def _goals(canvas: Canvas, plan: Plan, wide: int) -> None:
    left = (wide - 1) // 2
    canvas.put(canvas.row, 1, OVERALL[0], rows=2)
    for col, cols, head, text, key in (
        (2, left, OVERALL[1], plan.planned, ("planned",)),
        (2 + left, wide - 1 - left, OVERALL[2], plan.achieved, ("achieved",)),
    ):
        canvas.put(canvas.row, col, head, cols=cols)
        canvas.put(canvas.row + 1, col, text, key, cols=cols)
    canvas.row += 2


def _heads(canvas: Canvas, heads: dict[str, str], first: int) -> None:
    for offset, head in enumerate(heads.values()):
        canvas.put(canvas.row, first + offset, head)
    canvas.row += 1


def _weight_total(plan: Plan) -> int | float:
    return int(plan.full) if plan.full.denominator == 1 else float(plan.full)


MINISTRY = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "年度指标值",
            "actual": "实际完成值", "weight": "分值", "score": "得分",
            "reason": "偏差原因分析及改进措施"}  # fmt: skip


def ministry(canvas: Canvas, plan: Plan) -> None:
    """The Ministry's form; points after the actual, or before the target."""
    heads = dict(MINISTRY)
    if plan.style.get("order") == "before":
        order = ("level1", "level2", "level3", "weight", "target", "actual", "score", "reason")
        heads = {role: MINISTRY[role] for role in order}
    wide = len(heads) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"（{plan.year}年度）", wide))
    canvas.line(("项目名称", 2), (plan.project, wide - 2))
    canvas.line(("主管部门", 2), (plan.department, 3), ("实施单位", 1), (plan.unit, wide - 6))
    roles = ("initial", "budget", "executed", "weight", "rate", "score")
    _funds(canvas, plan, f"项目资金\n（{plan.money}）", roles, wide - 7)
    _goals(canvas, plan, wide)
    _block(canvas, plan, heads, wide, "绩\n效\n指\n标")
    order = list(heads)
    _total_line(canvas, plan, order.index("weight") + 2, order.index("score") + 2, wide)
    canvas.line(("注：得分一档最高不能超过该指标分值上限。", wide))


def _block(canvas: Canvas, plan: Plan, heads: dict[str, str], wide: int, side: str) -> None:
    del wide
    count = sum(len(section.rows) for section in plan.sections)
    residue = 1 if plan.style.get("residue") else 0
    canvas.put(canvas.row, 1, side, rows=count + 1 + residue)
    _heads(canvas, heads, 2)
    _rows(canvas, plan, list(heads), 2)
    if residue:
        canvas.put(canvas.row, 2 + list(heads).index("level3"), "……")
        canvas.row += 1


def _total_line(
    canvas: Canvas, plan: Plan, weight: int, score: int, wide: int, word: str = "总分"
) -> None:
    """总分 | 100 | score, in the columns of the weights and the scores."""
    row = canvas.row
    canvas.put(row, 1, word, cols=weight - 1)
    canvas.put(row, weight, _weight_total(plan), ("total weight",), cols=max(1, score - weight))
    canvas.put(row, score, _total(plan), ("total",), shown=_decimals(plan))
    if wide > score:
        canvas.put(row, score + 1, plan.grade, ("grade",))
    canvas.row += 1


SPLIT = {"sign": "指标性质", "target": "指标值", "unit": "度量单位"}


def _split_heads(canvas: Canvas, roles: Sequence[str], heads: dict[str, str]) -> None:
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


def yunnan(canvas: Canvas, plan: Plan) -> None:
    """Yunnan's form, an annex of the accounts."""
    roles = [
        "level1",
        "level2",
        "level3",
        "sign",
        "target",
        "unit",
        "actual",
        "weight",
        "score",
        "reason",
    ]
    plan.style["labels"] = False
    wide = len(roles)
    canvas.line((plan.title, wide))
    canvas.line((f"{plan.year}年度", wide))
    canvas.line((f"公开14表    金额单位：{plan.money}", wide))
    canvas.line(("项目名称", 1), (plan.project, wide - 1))
    canvas.line(("主管部门", 1), (plan.department, 4), ("实施单位", 1), (plan.unit, 4))
    funds = ("initial", "budget", "executed", "weight", "rate", "score")
    _funds(canvas, plan, f"项目资金\n（{plan.money}）", funds, 2, wide=wide)
    _goals(canvas, plan, wide)
    _split_heads(canvas, roles, MINISTRY)
    _rows(canvas, plan, roles, 1)
    _total_line(canvas, plan, 8, 9, wide)
    canvas.line(("备注：涉密部门和涉密信息按保密规定不公开。", wide))


def sichuan(canvas: Canvas, plan: Plan) -> None:
    """Sichuan's 0013zp: points behind the labels of the blocks."""
    heads = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "sign": "指标性质",
             "target": "指标值", "unit": "度量单位", "actual": "完成值", "weight": "权重",
             "score": "得分", "reason": "未完成原因分析"}  # fmt: skip
    plan.style["labels"] = False
    wide = len(heads) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"金额单位：{plan.money}", wide))
    canvas.line(("项目名称", 2), (plan.project, 4), ("预算年度", 1), (str(plan.year), wide - 7))
    canvas.line(("主管部门", 2), (plan.department, 4), ("实施单位", 1), (plan.unit, wide - 7))
    names = {"initial": "年初预算", "budget": "调整后预算数", "executed": "预算执行数",
             "rate": "预算执行率", "weight": "权重", "score": "得分", "reason": "原因"}  # fmt: skip
    _funds(canvas, plan, "预算执行情况（10分）", list(names), 2, heads=names, wide=wide)
    _goals(canvas, plan, wide)
    _block(canvas, plan, heads, wide, "绩效指标（90分）")
    _total_line(canvas, plan, 9, 10, wide, "合计")
    canvas.line(("评价结论", 1), ("项目总体实施情况较好。", wide - 1))
    canvas.line(
        ("存在问题", 1), ("个别指标进度需要加快。" if plan.reason != "无" else "无", wide - 1)
    )
    canvas.line(("改进措施", 1), ("加强管理。", wide - 1))


def ningxia(canvas: Canvas, plan: Plan) -> None:
    """Ningxia's form: the total in the head, points in labels and in a column."""
    heads = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "weight": "参考分值",
             "target": "指标值", "actual": "完成值", "score": "得分", "reason": "未完成原因分析"}  # fmt: skip
    wide = len(heads) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"金额单位：{plan.money}", wide))
    canvas.line(("项目名称", 2), (plan.project, wide - 2))
    canvas.line(("主管部门", 2), (plan.department, 3), ("实施单位", 1), (plan.unit, wide - 6))
    canvas.line(
        ("自评得分", 2), (_total(plan), 3, ("total",)), ("财政审核评分", 1), (None, wide - 6)
    )
    _funds(
        canvas,
        plan,
        f"项目资金\n（{plan.money}）",
        ("initial", "budget", "executed", "rate"),
        wide - 5,
    )
    _goals(canvas, plan, wide)
    _block(canvas, plan, heads, wide, "绩\n效\n指\n标")


def chongqing(canvas: Canvas, plan: Plan) -> None:
    """Chongqing's flat table; the total in the head."""
    wide = 11
    canvas.line((plan.title, wide))
    canvas.line((f"金额单位：{plan.money}", wide))
    canvas.line(
        ("部门名称", 1), (plan.unit, 5), ("自评总分（分）", 2), (_total(plan), 3, ("total",))
    )
    fund = plan.funds[0]
    top = canvas.row
    canvas.put(top, 1, "预算执行\n情况", ("budget", "label"), rows=2)
    cells = (
        ("年初预算数", fund.initial, 2, "initial"), ("全年（调整）预算数", fund.budget, 2, "budget"),
        ("全年执行数", fund.executed, 2, "executed"), ("执行率（%）", fund.rate, 1, "rate"),
        ("执行率权重（分）", fund.weight, 1, "weight"), ("执行率得分（分）", fund.score, 2, "score"),
    )  # fmt: skip
    col = 2
    for head, content, cols, role in cells:
        canvas.put(top, col, head, cols=cols)
        shown = _decimals(plan) if role == "score" else None
        canvas.put(top + 1, col, content, ("fund", 0, role), cols=cols, shown=shown)
        col += cols
    canvas.row = top + 2
    canvas.put(canvas.row, 1, "当年整体\n绩效目标", rows=2)
    for col, cols, head, text in (
        (2, 3, "年初绩效目标", plan.planned), (5, 3, "全年（调整）绩效目标", plan.planned),
        (8, 4, "全年目标实际完成情况", plan.achieved),
    ):  # fmt: skip
        canvas.put(canvas.row, col, head, cols=cols)
        canvas.put(canvas.row + 1, col, text, ("planned",) if col == 2 else None, cols=cols)
    canvas.row += 2
    heads = {"level3": "指标名称", "unit": "计量单位", "sign": "指标性质", "target": "年初指标值",
             "adjusted": "调整指标值", "actual": "全年完成值", "factor": "得分系数（%）",
             "weight": "指标权重（分）", "score": "指标得分（分）", "core": "是否核心指标"}  # fmt: skip
    _block(canvas, plan, heads, wide, "绩\n效\n指\n标")
    canvas.line((f"说明：{plan.reason}", wide, ("reason",)))


def transfer(canvas: Canvas, plan: Plan) -> None:
    """Transfer payments: no scores."""
    heads = {"level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "target": "指标值",
             "actual": "全年实际完成值", "reason": "未完成原因和改进措施"}  # fmt: skip
    plan.style["labels"] = False
    wide = len(heads) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"（{plan.year}年度）", wide))
    canvas.line(("转移支付（项目）名称", 2), (plan.project, wide - 2))
    canvas.line(("中央主管部门", 2), ("国家主管部门", wide - 2))
    canvas.line(("地方主管部门", 2), (plan.department, wide - 2))
    names = {
        "budget": "全年预算数（A）",
        "executed": "全年执行数（B）",
        "rate": "预算执行率\n（B/A）",
    }
    _funds(canvas, plan, f"资金\n情况\n（{plan.money}）", list(names), 2, heads=names, wide=wide)
    _goals(canvas, plan, wide)
    _block(canvas, plan, heads, wide, "绩\n效\n指\n标")


DRAWN: dict[str, Callable[[Canvas, Plan], None]] = {
    "hubei-department": hubei, "hubei-project": hubei, "ministry": ministry, "yunnan": yunnan,
    "sichuan": sichuan, "ningxia": ningxia, "chongqing": chongqing, "transfer": transfer,
}  # fmt: skip
