"""Where each family of forms puts what, drawn from a plan.

`draw` gives the workbook's bytes and the cell of every value. Labels are those of published forms.
"""

from collections.abc import Callable, Sequence

from oracle.canvas import Canvas
from oracle.model import Key, Plan, plain
from oracle.parts import (
    MINISTRY,
    put_block,
    put_funds,
    put_overall_goals,
    put_rows,
    put_split_heads,
    put_total,
    score_format,
    total_content,
)

NOTES = """\
备注：
1.预算执行情况的口径：预算数取调整以后的财政资金总额，执行数取资金使用单位当年实际支出的财政资金。
2.定量指标先汇总完成数，再计算得分。正向指标（目标值为≥X）得分=权重*B/A，反向指标（目标值为≤X）得分=权重*A/B，得分最高不超过该指标的权重。
3.定性指标按完成情况分三档打分：达成预期、部分达成且有一定效果、未达成且效果较差，分别对应该指标分值的100-80%（含80%）、80-50%（含50%）、50-0%。
4.考虑到经济性和必要性，满意度指标可暂不列入必评指标。""".splitlines()


INSTRUCTIONS = """\
填表说明
一、本表由预算单位填写，一式两份，加盖公章后报送财政部门。
二、各项得分保留两位小数，执行率保留两位小数。
三、未完成年初目标的，应当逐项说明原因。""".splitlines()


def draw(plan: Plan) -> tuple[bytes, dict[Key, str]]:
    """Draw a form; give its bytes and where each value stands."""
    canvas = Canvas("自评表")
    if plan.style.get("instructions"):
        canvas.instructions(INSTRUCTIONS)
    DRAWN[plan.family](canvas, plan)
    return canvas.bytes(), canvas.places


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
    put_funds(
        canvas, plan, f"预算执行情况（{plan.money}）\n（20分）", list(heads), wide - 5, heads=heads
    )
    start = 0
    for index, section in enumerate(plan.sections):
        _hubei_goal(canvas, plan, index, roles, start)
        start += len(section.rows)
    canvas.line(("总分", wide - 1), (total_content(plan), 1, ("total",)))
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
            canvas.row, score_col, section.score, ("goal", index, "score"), shown=score_format(plan)
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
    put_rows(canvas, plan, roles, 2, [section], start=start)
    for row, name in zip(section.rows, names, strict=True):
        row.name = name


def ministry(canvas: Canvas, plan: Plan) -> None:
    """The Ministry's form; points after the actual, or before the target."""
    heads = dict(MINISTRY)
    if plan.style.get("order") == "before":
        order = ("level1", "level2", "level3", "weight", "target", "actual", "score", "reason")
        heads = {role: MINISTRY[role] for role in order}
    if plan.style.get("renamed"):
        heads |= plan.style["renamed"]
    if plan.style.get("review"):
        # A second rater's column, still blank.
        reason = heads.pop("reason")
        heads |= {"review": "复核分", "reason": reason}
    wide = len(heads) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"（{plan.year}年度）", wide))
    canvas.line(("项目名称", 2), (plan.project, wide - 2))
    canvas.line(("主管部门", 2), (plan.department, 3), ("实施单位", 1), (plan.unit, wide - 6))
    roles = ("initial", "budget", "executed", "weight", "rate", "score")
    put_funds(canvas, plan, f"项目资金\n（{plan.money}）", roles, wide - 7)
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, heads, wide, "绩\n效\n指\n标")
    order = list(heads)
    put_total(canvas, plan, order.index("weight") + 2, order.index("score") + 2, wide)
    canvas.line(("注：得分一档最高不能超过该指标分值上限。", wide))


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
    put_funds(canvas, plan, f"项目资金\n（{plan.money}）", funds, 2, wide=wide)
    put_overall_goals(canvas, plan, wide)
    put_split_heads(canvas, roles, MINISTRY)
    put_rows(canvas, plan, roles, 1)
    put_total(canvas, plan, 8, 9, wide)
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
    put_funds(canvas, plan, "预算执行情况（10分）", list(names), 2, heads=names, wide=wide)
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, heads, wide, "绩效指标（90分）")
    put_total(canvas, plan, 9, 10, wide, "合计")
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
        ("自评得分", 2), (total_content(plan), 3, ("total",)), ("财政审核评分", 1), (None, wide - 6)
    )
    put_funds(
        canvas,
        plan,
        f"项目资金\n（{plan.money}）",
        ("initial", "budget", "executed", "rate"),
        wide - 5,
    )
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, heads, wide, "绩\n效\n指\n标")


def chongqing(canvas: Canvas, plan: Plan) -> None:
    """Chongqing's flat table; the total in the head."""
    wide = 11
    canvas.line((plan.title, wide))
    canvas.line((f"金额单位：{plan.money}", wide))
    canvas.line(
        ("部门名称", 1), (plan.unit, 5), ("自评总分（分）", 2), (total_content(plan), 3, ("total",))
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
        shown = score_format(plan) if role == "score" else None
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
    put_block(canvas, plan, heads, wide, "绩\n效\n指\n标")
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
    put_funds(canvas, plan, f"资金\n情况\n（{plan.money}）", list(names), 2, heads=names, wide=wide)
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, heads, wide, "绩\n效\n指\n标")


def beijing(canvas: Canvas, plan: Plan) -> None:
    """Beijing's older form: points before the targets; the initial budget is the only one."""
    order = ("level1", "level2", "level3", "weight", "target", "actual", "score", "reason")
    heads = {role: MINISTRY[role] for role in order} | {"weight": "分值"}
    wide = len(heads) + 1
    plan.style["labels"] = False
    canvas.line((plan.title, wide))
    canvas.line((f"（{plan.year}年度）", wide))
    canvas.line(("项目名称", 2), (plan.project, wide - 2))
    canvas.line(("主管部门", 2), (plan.department, 3), ("实施单位", 1), (plan.unit, wide - 6))
    names = {"budget": "年初预算数（A）", "executed": "全年执行数（B）", "weight": "分值（10分）",
             "rate": "执行率（B/A）", "score": "得分"}  # fmt: skip
    put_funds(canvas, plan, f"项目资金\n（{plan.money}）", list(names), wide - 6, heads=names)
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, heads, wide, "绩\n效\n指\n标")
    put_total(canvas, plan, 5, 8, wide)


def two_funds(canvas: Canvas, plan: Plan) -> None:
    """A department's form in the Ministry's manner, each kind of expenditure with points."""
    wide = len(MINISTRY) + 1
    canvas.line((plan.title, wide))
    canvas.line((f"（{plan.year}年度）", wide))
    canvas.line(("部门名称", 2), (plan.unit, wide - 2))
    roles = ("initial", "budget", "executed", "weight", "rate", "score")
    put_funds(canvas, plan, f"部门资金\n（{plan.money}）", roles, wide - 7)
    put_overall_goals(canvas, plan, wide)
    put_block(canvas, plan, MINISTRY, wide, "绩\n效\n指\n标")
    put_total(canvas, plan, 7, 8, wide)


DRAWN: dict[str, Callable[[Canvas, Plan], None]] = {
    "hubei-department": hubei, "hubei-project": hubei, "ministry": ministry, "yunnan": yunnan,
    "sichuan": sichuan, "ningxia": ningxia, "chongqing": chongqing, "transfer": transfer,
    "beijing": beijing, "two-funds": two_funds, "carried": ministry,
}  # fmt: skip
