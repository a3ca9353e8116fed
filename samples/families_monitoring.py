"""Half-year monitoring forms: what six months brought, and whether the year's target will be reached."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import Row

HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "1-6月完成情况",
    "forecast": "全年预计完成情况",
    "chance": "完成目标可能性",
    "reason": "偏差原因分析",
}
MONEY = {
    "budget": "全年预算数",
    "executed": "1-6月执行数",
    "rate": "1-6月执行率",
    "forecast": "全年预计执行数",
}


def _row(
    first: str,
    second: str,
    name: str,
    target: Content,
    actual: Content,
    forecast: Content,
    chance: str = "确定能",
    reason: str | None = None,
) -> Row:
    return Row(
        first,
        second,
        name,
        target,
        actual,
        reason=reason,
        extra={"forecast": forecast, "chance": chance},
    )


def of_a_project(file: str) -> None:
    """A project's form: half of the money is spent, one target will be missed."""
    rows = [
        _row("产出指标", "数量指标", "维修农村桥梁", "≥14座", "6座", "14座"),
        _row("", "质量指标", "交工验收合格率", "100%", "100%", "100%"),
        _row(
            "",
            "时效指标",
            "完工时间",
            "2023年11月底前",
            "在建",
            "2023年12月完成",
            "有可能",
            "主汛期停工两个月。",
        ),
        _row("效益指标", "社会效益指标", "改善出行人口", "≥3.5万人", "1.6万人", "3.5万人"),
        _row("满意度指标", "服务对象满意度", "群众满意度", "≥90%", None, "92%"),
    ]
    with workbook(file) as book:
        page = Page(book, "监控表", [9, 12, 16, 20, 15, 15, 16, 13, 20])
        draft = Draft(page, 9)
        draft.title("2023年度项目支出绩效运行监控表", 2023)
        draft.line(("项目名称", 2, "label"), ("农村危桥改造", 7, "project"))
        draft.line(
            ("主管部门", 2, "label"),
            ("泸川县交通运输局", 3, "department"),
            ("实施单位", 2, "label"),
            ("泸川县公路养护段", 2, "unit"),
        )
        draft.side("项目资金\n（万元）", 4, money_unit="万元")
        columns = {
            "name": (2, 2),
            "budget": (4, 1),
            "executed": (5, 2),
            "rate": (7, 1),
            "forecast": (8, 2),
        }
        draft.funds(
            columns,
            MONEY,
            [
                (
                    "年度资金总额",
                    {"budget": 640, "executed": 288, "rate": Typed(0.45, "0.00%"), "forecast": 640},
                ),
                (
                    "其中：本年一般公共预算拨款",
                    {"budget": 600, "executed": 288, "rate": Typed(0.48, "0.00%"), "forecast": 600},
                ),
                (
                    "其他资金",
                    {"budget": 40, "executed": 0, "rate": Typed(0, "0.00%"), "forecast": 40},
                ),
            ],
        )
        draft.side("绩\n效\n指\n标", len(rows) + 1)
        places = single(*HEADS, first=2)
        draft.heads(places, HEADS, {})
        draft.rows(places, rows)
        draft.over("注：偏差原因从经费保障、制度保障、人员保障、硬件条件保障等方面分析。")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def of_a_department(file: str) -> None:
    """A department's form with points that nothing has earned yet, and its own words for the half-year."""
    heads = HEADS | {"actual": "上半年完成值", "forecast": "预计全年完成值", "weight": "分值"}
    order = ("level1", "level2", "level3", "target", "weight", "actual", "forecast", "chance")
    rows = [
        _row("产出指标", "数量指标", "组织招聘会", "≥48场", "27场", "50场"),
        _row("", "", "职业培训人数", "≥2600人", "1240人", "2600人"),
        _row("", "成本指标", "人均培训补贴", "≤1800元", "1720元", "1750元"),
        _row("效益指标", "社会效益指标", "城镇新增就业", "≥5200人", "3016人", "5300人"),
        _row("满意度指标", "服务对象满意度", "求职者满意度", "≥90%", "95%", "95%"),
    ]
    for row, weight in zip(rows, (20, 20, 10, 30, 10), strict=True):
        row.weight = weight
    with workbook(file) as book:
        page = Page(book, "Sheet1", [11, 14, 18, 20, 14, 9, 14, 16, 16], font="仿宋")
        draft = Draft(page, 9)
        draft.title("部门整体支出绩效监控表")
        draft.over("（2022年度）", "subtitle", year=2022)
        draft.line(
            ("部门名称", 1, "label"),
            ("沱江区人力资源和社会保障局", 4, "unit"),
            ("金额单位：万元", 4, "money_unit", "万元"),
        )
        draft.side("部门预算\n执行情况", 2)
        columns = {"name": (2, 2), "budget": (4, 2), "executed": (6, 2), "rate": (8, 2)}
        money = {"budget": "年度预算数", "executed": "上半年执行数", "rate": "执行率"}
        draft.funds(
            columns,
            money,
            [
                (
                    "部门整体支出总额",
                    {"budget": 3860, "executed": 1968.6, "rate": Written("51%", 0.51)},
                )
            ],
        )
        draft.side("绩效指标", len(rows) + 1)
        places = single(*order, first=2)
        draft.heads(places, heads, {})
        draft.rows(places, rows)
        page.finish(landscape=True)
    save_reading(file, [draft.reading("department")])
