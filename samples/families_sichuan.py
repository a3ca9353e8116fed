"""Sichuan's form 0013zp: points at the side of its blocks, further sources of funds, prose at its end."""

from typing import Any

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import Row

SERVED = "服务对象满意度指标"
SLASH = Written("/", None)
NONE = Written("—", None)
FUNDS = (
    {"name": (2, 2)}
    | single("initial", "budget", "executed", first=4)
    | {"rate": (7, 2)}
    | single("weight", "score", "reason", first=9)
)
FUND_HEADS = {
    "initial": "年初预算",
    "budget": "调整后预算数",
    "executed": "预算执行数",
    "rate": "预算执行率",
    "weight": "权重",
    "score": "得分",
    "reason": "原因",
}
HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "sign": "指标性质",
    "target": "指标值",
    "measure": "度量单位",
    "actual": "完成值",
    "weight": "权重",
    "score": "得分",
    "reason": "未完成原因分析",
}
COLUMNS = single(*HEADS, first=2)


def _source(
    initial: Content,
    budget: Content,
    executed: Content,
    rate: Content,
    points: Content,
    score: Content,
    reason: str = "",
) -> dict[str, Content]:
    return {
        "initial": initial,
        "budget": budget,
        "executed": executed,
        "rate": rate,
        "weight": points,
        "score": score,
        "reason": reason,
    }


def _row(  # noqa: PLR0913, PLR0917 - the columns of one row, in their order
    first: str,
    second: str,
    name: str,
    sign: str,
    value: Content,
    unit: str,
    actual: Content,
    weight: Content,
    score: Content,
    reason: str | None = None,
) -> Row:
    extra: dict[str, Content] = {"sign": sign, "measure": unit}
    return Row(first, second, name, value, actual, score, weight, reason, extra=extra)


def _blocks(
    draft: Draft,
    sources: list[Any],
    rows: list[Row],
    total: Content,
    prose: list[str],
    heads: dict[str, str],
) -> None:
    draft.side("预算执行情况（10分）", len(sources) + 1)
    draft.funds(FUNDS, heads, sources)
    draft.side("绩效指标（90分）", len(rows) + 1)
    draft.heads(COLUMNS, HEADS, {})
    draft.rows(COLUMNS, rows)
    draft.line(("合计", 8, "label"), (100, 1), (total, 1, "claimed_total"), (None, 1))
    for label, name, text in zip(
        ("评价结论", "存在问题", "改进措施"),
        (None, "deviation_reason", "improvement"),
        prose,
        strict=True,
    ):
        cell = (text, 10) if name is None else (text, 10, name)
        draft.line((label, 1, "label"), cell, look="prose")
    draft.over("项目负责人：马某          财务负责人：吴某")


def rounded_points(file: str) -> None:
    """Money in the head of the names; points of the budget rounded, one target missed unsaid."""
    with workbook(file) as book:
        page = Page(book, "项目支出绩效自评", [11, 11, 15, 20, 11, 11, 11, 12, 9, 9, 20])
        draft = Draft(page, 11)
        draft.title("2022年度部门预算项目支出绩效自评表", 2022)
        draft.line(
            ("项目名称", 1, "label"),
            (
                "52000022T000000000000-山洪灾害群测群防",
                10,
                "project",
                "52000022T000000000000-山洪灾害群测群防",
            ),
        )
        draft.line(
            ("主管部门", 1, "label"),
            ("岷溪县水务局", 4, "department"),
            ("实施单位", 1, "label"),
            ("岷溪县防汛抗旱服务中心", 5, "unit"),
        )
        draft.side("项目基本情况", 2)
        page.put(draft.row, 2, "1.项目年度目标完成情况", "label", rows=2)
        page.put(draft.row, 3, "项目年度目标", "head", cols=4)
        page.put(draft.row, 7, "年度目标完成情况", "head", cols=5)
        page.put(draft.row + 1, 3, "落实监测员186名，汛前开展演练30场。", "left", cols=4)
        page.put(draft.row + 1, 7, "落实监测员186名，开展演练27场。", "left", cols=5)
        draft.row += 2
        money = draft.row
        sources = [
            ("总额", _source(260, 250, 215.5, Typed(0.862, "0.00%"), 10, 9, "演练场次减少。")),
            ("其中：财政资金", _source(260, 250, 215.5, Typed(0.862, "0.00%"), SLASH, SLASH)),
            ("财政专户管理资金", _source(0, 0, 0, SLASH, SLASH, SLASH)),
            ("单位资金", _source(0, 0, 0, SLASH, SLASH, SLASH)),
            ("其他资金", _source(0, 0, 0, SLASH, SLASH, SLASH)),
        ]
        rows = [
            _row("产出指标", "数量指标", "落实监测员人数", "≥", 186, "人", "186", 15, 15),
            _row(
                "",
                "",
                "开展避险演练",
                "=",
                30,
                "场",
                "27",
                15,
                13.5,
                "两个乡镇道路中断，演练未举行。",
            ),
            _row("", "质量指标", "预警信息送达率", "=", 100, "%", "96", 10, 10),
            _row("", "时效指标", "汛前检查完成时间", "≤", 4, "月", "4", 10, 10),
            _row("效益指标", "社会效益指标", "因灾死亡人数", "=", 0, "人", "0", 20, 20),
            _row("", "可持续影响指标", "群众避险意识", "定性", "提高", "/", "提高", 10, 10),
            _row("满意度指标", SERVED, "群众满意度", "≥", 90, "%", "93.2", 10, 10),
        ]
        _blocks(
            draft,
            sources,
            rows,
            97.5,
            [
                "自评97.5分，项目实施有效，达到预期。",
                "部分乡镇演练组织滞后。",
                "汛前排定演练计划，逐场落实。",
            ],
            FUND_HEADS | {"name": "年度预算数（万元）"},
        )
        draft.fields["money_unit"] = ("万元", f"B{money}")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def every_source(file: str) -> None:
    """The year and 元 in one line, money in four sources, and every rule followed."""
    with workbook(file) as book:
        page = Page(
            book, "0013zp", [11, 11, 15, 20, 12, 12, 12, 12, 9, 9, 20], font="仿宋", size=10
        )
        draft = Draft(page, 11)
        draft.title("部门预算项目支出绩效自评表")
        draft.over("（2023年度）   金额单位：元", "subtitle", year=2023, money_unit="元")
        draft.line(("项目名称", 1, "label"), ("职业院校实训耗材", 10, "project"))
        draft.line(
            ("主管部门", 1, "label"),
            ("绵江市教育和体育局", 4, "department"),
            ("实施单位", 1, "label"),
            ("绵江市工业职业中学", 5, "unit"),
        )
        draft.goals(
            "项目年度\n目标",
            ("预期目标", 5, "保障42个班实训，耗材按学期采购。"),
            ("实际完成情况", 5, "保障42个班实训，两学期各采购一次。"),
        )
        sources = [
            ("总额", _source(900000, 1000000, 945000, Typed(0.945, "0.00%"), 10, 9.45)),
            ("其中：财政资金", _source(500000, 500000, 500000, Typed(1, "0.00%"), NONE, NONE)),
            ("财政专户管理资金", _source(400000, 400000, 360000, Typed(0.9, "0.00%"), NONE, NONE)),
            ("单位资金", _source(0, 80000, 70000, Typed(0.875, "0.00%"), NONE, NONE)),
            ("其他资金", _source(0, 20000, 15000, Typed(0.75, "0.00%"), NONE, NONE)),
        ]
        rows = [
            _row("产出指标", "数量指标", "保障实训班级", "≥", 42, "个", "42个", 20, 20),
            _row("", "质量指标", "耗材验收合格率", "=", 100, "%", "100%", 20, 20),
            _row(
                "",
                "时效指标",
                "开学前到货率",
                "≥",
                95,
                "%",
                "85.5%",
                10,
                9,
                "一家供应商延期两日，已扣减货款。",
            ),
            _row("", "成本指标", "生均耗材费", "≤", 460, "元", "452元", 10, 10),
            _row(
                "效益指标", "社会效益指标", "学生技能等级证书取得率", "≥", 85, "%", "88.6%", 20, 20
            ),
            _row("满意度指标", SERVED, "师生满意度", "≥", 92, "%", "95%", 10, 10),
        ]
        _blocks(
            draft,
            sources,
            rows,
            98.45,
            ["项目实施较好。", "开学前到货率：供应商延期。", "提前一个月下单，分批到货。"],
            FUND_HEADS,
        )
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])
