"""Hunan's department form: funds by income and by expenditure side by side, amounts inside their labels."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, shown, workbook
from reading import FUNDS, Row, bare, record

SERVED = "服务对象满意度指标"
MONEY = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
PLACES = {
    "name": (2, 2),
    "initial": (4, 1),
    "budget": (5, 1),
    "executed": (6, 1),
    "weight": (7, 1),
    "rate": (8, 1),
    "score": (9, 1),
}
HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}


def _split(draft: Draft, lines: list[tuple[str, float | None, str, float | None]]) -> None:
    """Lines of two labels with their amounts: income at the left, expenditure at the right."""
    names = {"基本支出": "basic_expenditure", "项目支出": "project_expenditure"}
    for left, income, right, spent in lines:
        for col, cols, label, amount in ((2, 3, left, income), (5, 5, right, spent)):
            text = (
                label
                if not label
                else f"{label}：{'' if amount is None else shown(amount, 'General')}"
            )
            seen = draft.page.put(draft.row, col, text, "left", cols=cols)
            name = bare(label).removeprefix("其中：")
            if name in names:
                draft.fields[names[name]] = (amount, seen.cell)
            if amount is not None:
                draft.parts["funds"].append(
                    record(FUNDS, name=(bare(label), seen.cell), budget=(amount, seen.cell))
                )
        draft.row += 1


def _body(draft: Draft, texts: tuple[str, str], rows: list[Row], total: Content) -> None:
    draft.goals("年度总体\n目标", ("预期目标", 4, texts[0]), ("实际完成情况", 4, texts[1]))
    draft.side("绩效指标", len(rows) + 1)
    columns = single(*HEADS, first=2)
    draft.heads(columns, HEADS, {})
    draft.rows(columns, rows)
    draft.line(("总分", 6, "label"), (100, 1), (total, 1, "claimed_total"), (None, 1))


def by_income_and_expenditure(file: str) -> None:
    """Totals and sources in labels, blank ones among them; parts that do not sum, a factor of 98 %."""
    rows = [
        Row("产出指标\n（50分）", "数量指标", "办理行政审批", "≥4200件", "4386件", 15, 15),
        Row("", "", "开展执法检查", "≥160次", "142次", 13.31, 15, "机构改革期间人员划转。"),
        Row("", "质量指标", "案卷评查合格率", "≥98%", "98%", 9.8, 10),
        Row("", "时效指标", "审批按时办结率", "=100%", "100%", 10, 10),
        Row(
            "效益指标\n（30分）", "社会效益指标", "营商环境评价", "进一步优化", "进一步优化", 30, 30
        ),
        Row("满意度指标\n（10分）", SERVED, "办事群众满意度", "≥95%", "97.6%", 10, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "整体支出", [13, 12, 16, 21, 15, 15, 9, 9, 22])
        draft = Draft(page, 9)
        draft.over("附件5", "line")
        draft.title("2022年度部门整体支出绩效自评表", 2022)
        draft.line(("单位名称", 1, "label"), ("湘澧市行政审批服务局", 8, "unit"))
        draft.side("年度预算申请\n（万元）", 7, money_unit="万元")
        draft.funds(
            PLACES,
            MONEY,
            [
                (
                    "年度资金总额",
                    {
                        "initial": 1890.6,
                        "budget": 2030.12,
                        "executed": 1963.3,
                        "weight": 10,
                        "rate": Typed(0.9671, "0.00%"),
                        "score": 9.67,
                    },
                )
            ],
        )
        _split(
            draft,
            [
                ("按收入性质分", 2030.12, "按支出性质分", 2030.12),
                ("其中：  一般公共预算", 1820.12, "其中：基本支出", 1206.4),
                ("政府性基金拨款", None, "项目支出", 823.72),
                ("纳入专户管理的非税收入拨款", None, "", None),
                ("其他资金", 200, "", None),
            ],
        )
        _body(
            draft,
            ("全年办理审批4200件，执法检查160次。", "全年办理审批4386件，执法检查142次。"),
            rows,
            97.78,
        )
        draft.over(
            "填表人：向某    填报日期：2023年4月6日    联系电话：0000-7654321    单位负责人签字："
        )
        page.finish(landscape=True)
    save_reading(file, [draft.reading("department")])


def of_a_school(file: str) -> None:
    """The split in 元 with the unit of money in the head; every rule followed."""
    rows = [
        Row("产出指标", "数量指标", "在校学生人数", "≥1860人", "1924人", 20, 20),
        Row("", "质量指标", "体质健康达标率", "≥92%", "93.4%", 15, 15),
        Row("", "成本指标", "生均公用经费", "≤1150元", "1126元", 15, 15),
        Row(
            "效益指标",
            "社会效益指标",
            "家校共育机制",
            "不断健全",
            "不断健全",
            28,
            30,
            "部分年级家长委员会尚未换届。",
        ),
        Row("满意度指标", SERVED, "家长满意度", "≥95%", "96.8%", 10, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "附表", [13, 12, 16, 21, 15, 15, 9, 9, 22], font="仿宋_GB2312")
        draft = Draft(page, 9)
        draft.title("部门整体支出绩效自评表")
        draft.over("（2023年度）    金额单位：元", "subtitle", year=2023, money_unit="元")
        draft.line(("预算单位", 1, "label"), ("湘澧市第三小学", 8, "unit"))
        draft.side("年度预算\n申请", 6)
        draft.funds(
            PLACES,
            MONEY,
            [
                (
                    "年度资金总额",
                    {
                        "initial": 24600000,
                        "budget": 25400000,
                        "executed": 25146000,
                        "weight": 10,
                        "rate": Written("99%", 0.99),
                        "score": 9.9,
                    },
                )
            ],
        )
        _split(
            draft,
            [
                ("按收入性质分", 25400000, "按支出性质分", 25400000),
                ("其中：一般公共预算拨款", 24900000, "其中：基本支出", 21300000),
                ("政府性基金拨款", 0, "项目支出", 4100000),
                ("其他资金", 500000, "", None),
            ],
        )
        _body(draft, ("保障1860名学生就学。", "保障1924名学生就学。"), rows, 97.9)
        page.finish(landscape=True)
    save_reading(file, [draft.reading("department")])
