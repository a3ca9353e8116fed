"""Beijing's older project form: 年初预算数（A） is the only budget, points before the targets, how each is scored."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import Row

SERVED = "服务对象满意度指标"
BEIJING = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "weight": "分值",
    "target": "年度指标值（A）",
    "actual": "全年实际值（B）",
    "score": "得分",
    "method": "得分计算方法",
    "reason": "偏差原因分析\n及改进措施",
}
BEIJING_FUNDS = {
    "initial": "年初预算数\n（A）",
    "executed": "全年执行数\n（B）",
    "weight": "分值\n（10分）",
    "rate": "执行率\n（B/A）",
    "score": "得分",
    "method": "得分计算方法",
}
QUANTITY = "完成值达到指标值，记满分；未达到指标值，按B/A或A/B×该指标分值记分。"
QUALITY = "达成预期指标、部分达成、未达成三档，分别按100-80%、80-50%、50-0%记分。"


def _methods(rows: list[Row]) -> None:
    """How each row is scored, by its kind, in a column of its own."""
    for row in rows:
        row.extra["method"] = QUALITY if row.score == 27 else QUANTITY


def _beijing(
    draft: Draft,
    side: str,
    sources: list[tuple[str, dict[str, Content]]],
    texts: tuple[str, str],
    rows: list[Row],
    total: Content,
) -> None:
    draft.side(side, len(sources) + 1, 2)
    columns = {
        "name": (3, 2),
        "initial": (5, 1),
        "executed": (6, 1),
        "weight": (7, 1),
        "rate": (8, 1),
        "score": (9, 1),
        "method": (10, 1),
    }
    draft.funds(columns, BEIJING_FUNDS, sources)
    for fund in draft.parts["funds"]:  # the only budget is the budget of the year as well
        fund |= {"budget": fund["initial"], "budget_cell": fund["initial_cell"]}
    draft.goals("年度\n总体\n目标", ("预期目标", 5, texts[0]), ("实际完成情况", 4, texts[1]))
    draft.side("绩\n效\n指\n标", len(rows) + 1)
    places = single(*BEIJING, first=2)
    draft.heads(places, BEIJING, {})
    draft.rows(places, rows)
    draft.line(("总分", 7, "label"), (total, 1, "claimed_total"), (None, 2))


def one_budget(file: str) -> None:
    """年初预算数（A） is the only budget; a rate rounded wrongly, and a total that is no sum."""
    rule = "得分=执行率×10"
    rows = [
        Row("产出指标\n（50分）", "数量指标", "编制规划图则", "24幅", "24幅", 10, 10),
        Row("", "", "召开论证会", "≥8次", "6次", 7.5, 10, "受疫情影响，两次会议改为书面征求意见。"),
        Row("", "质量指标", "成果通过评审率", "100%", "100%", 15, 15),
        Row("", "时效指标", "成果提交时间", "2021年11月底前", "2021年11月完成", 10, 10),
        Row("", "成本指标", "项目总成本", "≤168.5万元", "161.73万元", 5, 5),
        Row(
            "效益指标\n（30分）",
            "社会效益指标",
            "服务规划审批",
            "有效支撑",
            "有效支撑",
            27,
            30,
            "成果应用还在推广。",
        ),
        Row("满意度指标\n（10分）", SERVED, "委办局满意度", "≥90%", "92%", 10, 10),
    ]
    _methods(rows)
    sources: list[tuple[str, dict[str, Content]]] = [
        (
            "年度资金总额",
            {
                "initial": 168.5,
                "executed": 161.73,
                "weight": 10,
                "rate": Typed(0.9699, "0.00%"),
                "score": 9.6,
                "method": rule,
            },
        ),
        (
            "其中：本年财政拨款",
            {
                "initial": 168.5,
                "executed": 161.73,
                "weight": Written("-", None),
                "rate": Typed(0.9598, "0.00%"),
                "score": Written("-", None),
            },
        ),
        (
            "其他资金",
            {
                "initial": Written("-", None),
                "executed": Written("-", None),
                "weight": Written("-", None),
                "rate": Written("-", None),
                "score": Written("-", None),
            },
        ),
    ]
    with workbook(file) as book:
        page = Page(book, "规划", [6, 12, 15, 19, 12, 17, 16, 11, 24, 20])
        draft = Draft(page, 10)
        draft.title("项目支出绩效自评表")
        draft.over("（2021年度）", "subtitle", year=2021)
        draft.line(("项目名称", 2, "label"), ("街区控制性规划编制", 8, "project"))
        draft.line(
            ("主管部门", 2, "label"),
            ("京原市规划委员会", 3, "department"),
            ("实施单位", 2, "label"),
            ("京原市规划展览馆", 3, "unit"),
        )
        draft.line(
            ("项目负责人", 2, "label"), ("齐某", 3), ("联系电话", 2, "label"), ("000-87654321", 3)
        )
        row = draft.row
        _beijing(
            draft,
            "项目资金\n（万元）",
            sources,
            ("编制街区规划图则24幅，成果通过评审。", "编制图则24幅，召开论证会6次，成果已提交。"),
            rows,
            95.1,
        )
        draft.fields["money_unit"] = ("万元", f"A{row}")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def by_word(file: str) -> None:
    """Boxes and a note in the head, 元, every rule followed."""
    rows = [
        Row("产出指标", "数量指标", "维护监测站点", "≥35个", "35个", 15, 15),
        Row("", "质量指标", "数据有效率", "≥98%", "99.1%", 15, 15),
        Row("", "时效指标", "故障修复时间", "≤24小时", "20小时", 10, 10),
        Row("", "成本指标", "单站维护成本", "≤2.4万元", "2.36万元", 10, 10),
        Row(
            "效益指标",
            "生态效益指标",
            "为大气治理提供依据",
            "有效支撑",
            "有效支撑",
            27,
            30,
            "数据应用面有待拓宽。",
        ),
        Row("满意度指标", SERVED, "使用单位满意度", "≥95%", "96%", 10, 10),
    ]
    _methods(rows)
    stroke = Written("—", None)
    sources: list[tuple[str, dict[str, Content]]] = [
        (
            "年度资金总额",
            {
                "initial": 850000,
                "executed": 826200,
                "weight": 10,
                "rate": Written("97.2%", 0.972),
                "score": 9.72,
                "method": "10×97.2%",
            },
        ),
        (
            "其中：本年财政拨款",
            {
                "initial": 850000,
                "executed": 826200,
                "weight": stroke,
                "rate": Written("97.2%", 0.972),
                "score": stroke,
            },
        ),
        (
            "上年结转资金",
            {
                "initial": stroke,
                "executed": stroke,
                "weight": stroke,
                "rate": stroke,
                "score": stroke,
            },
        ),
    ]
    with workbook(file) as book:
        page = Page(book, "监测站", [6, 12, 15, 20, 12, 16, 16, 11, 24, 20], size=10)
        draft = Draft(page, 10)
        draft.title("2020年度项目支出绩效自评表", 2020)
        draft.over("单位：元", "right", money_unit="元")
        draft.line(("项目名称", 2, "label"), ("空气自动监测站运行维护", 8, "project"))
        draft.line(
            ("主管部门", 2, "label"),
            ("京原市生态环境局", 3, "department"),
            ("实施单位", 2, "label"),
            ("京原市环境监测站", 3, "unit"),
        )
        _beijing(
            draft,
            "项目资金",
            sources,
            ("35个站点稳定运行，数据有效率98%以上。", "35个站点稳定运行，数据有效率99.1%。"),
            rows,
            96.72,
        )
        draft.over("填表人：井某     联系电话：000-87650000")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])
