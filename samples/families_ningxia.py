"""Ningxia: points in the labels of both levels and before the targets; no points for the funds."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import Row

SERVED = "服务对象满意度指标"
ALL = Typed(1, "0%")
NINGXIA = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "weight": "参考分值",
    "target": "年度指标值",
    "actual": "全年实际值",
    "score": "得分",
    "reason": "未完成原因分析",
}
NINGXIA_FUNDS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "rate": "执行率",
}


def _ningxia(
    draft: Draft,
    side: str,
    sources: list[tuple[str, dict[str, Content]]],
    texts: tuple[str, str],
    rows: list[Row],
) -> None:
    draft.side(side, len(sources) + 1)
    columns = {
        "name": (2, 2),
        "initial": (4, 1),
        "budget": (5, 2),
        "executed": (7, 1),
        "rate": (8, 2),
    }
    draft.funds(columns, NINGXIA_FUNDS, sources)
    draft.goals("年度总体\n目标", ("年初设定目标", 4, texts[0]), ("全年实际完成情况", 4, texts[1]))
    draft.side("绩\n效\n指\n标", len(rows) + 1)
    places = single(*NINGXIA, first=2)
    draft.heads(places, NINGXIA, {})
    draft.rows(places, rows)


def head_total(file: str) -> None:
    """The total in the head beside the second rater's; one level's rows claim more than they may."""
    out, run = "产出指标（50分）", "预算执行\n（10分）"
    benefit, content = "效益指标（30分）", "满意度指标（10分）"
    rows = [
        Row(
            run,
            "预算执行率（10分）",
            "预算执行率",
            ALL,
            Typed(0.9423, "0.00%"),
            9.42,
            10,
            "质保金未到期。",
        ),
        Row(out, "数量指标（20分）", "新建口袋公园", "≥6个", "6个", 10, 10),
        Row("", "", "补植行道树", "≥1200株", "1020株", 10, 10),
        Row("", "质量指标（20分）", "苗木成活率", "≥90%", "92%", 20, 20),
        Row("", "时效指标（10分）", "完工时间", "2022年10月底前", "2022年9月完成", 9, 10),
        Row(benefit, "生态效益指标（15分）", "新增绿地面积", "≥3.6公顷", "3.72公顷", 15, 15),
        Row("", "社会效益指标（15分）", "市民出行环境", "改善", "改善", 15, 15),
        Row(content, "服务对象满意度（10分）", "市民满意度", "≥90%", "91.5%", 10, 10),
    ]
    with workbook(file) as book:
        page = Page(book, "Sheet1", [8, 14, 18, 20, 9, 16, 15, 9, 22])
        draft = Draft(page, 9)
        draft.title("凤川市本级部门项目支出绩效自评表")
        draft.over(
            "填报单位（盖章）：凤川市园林管理局      2022年度      金额单位：万元",
            "line",
            unit="凤川市园林管理局",
            year=2022,
            money_unit="万元",
        )
        draft.line(("项目名称", 2, "label"), ("城区增绿补绿", 7, "project"))
        draft.line(
            ("主管部门", 2, "label"),
            ("凤川市自然资源局", 3, "department"),
            ("项目负责人", 2, "label"),
            ("纳某", 2),
        )
        draft.line(
            ("自评得分", 2, "label"),
            (98.42, 3, "claimed_total"),
            ("财政审核评分", 2, "label"),
            (None, 2),
        )
        sources: list[tuple[str, dict[str, Content]]] = [
            (
                "年度资金总额",
                {"initial": 480, "budget": 520, "executed": 490, "rate": Typed(0.9423, "0.00%")},
            ),
            (
                "其中：财政拨款",
                {"initial": 480, "budget": 480, "executed": 450, "rate": Typed(0.9375, "0.00%")},
            ),
            (
                "上年结转资金",
                {"initial": 0, "budget": 40, "executed": 40, "rate": Typed(1, "0.00%")},
            ),
            ("其他资金", {}),
        ]
        texts = ("新建口袋公园6个，补植行道树1200株。", "新建口袋公园6个，补植行道树1020株。")
        _ningxia(draft, "项目资金\n（万元）", sources, texts, rows)
        draft.over("注：自评得分由部门填写，财政审核评分由财政部门填写。")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def level_points(file: str) -> None:
    """Points apart from their labels by line breaks, rates as text, every rule followed."""
    out, benefit = "产出指标\n40分", "效益指标\n40分"
    rows = [
        Row(out, "数量指标\n20分", "维修农村敬老院", "3所", "3所", 10, 10),
        Row("", "", "新增护理型床位", "≥80张", "84张", 10, 10),
        Row("", "质量指标\n10分", "工程验收合格率", "100%", "100%", 10, 10),
        Row("", "时效指标\n10分", "资金支付及时率", "≥95%", "95.6%", 10, 10),
        Row(
            benefit,
            "社会效益指标\n40分",
            "特困老人集中供养率",
            "≥60%",
            "54%",
            36,
            40,
            "部分老人不愿入住，继续入户动员。",
        ),
        Row("满意度指标\n10分", "服务对象满意度\n10分", "入住老人满意度", "≥95%", "97.8%", 10, 10),
        Row(
            "预算执行率\n10分",
            "预算执行率\n10分",
            "预算执行率",
            "100%",
            "97.5%",
            9.75,
            10,
            "结算审计后支付尾款。",
        ),
    ]
    with workbook(file) as book:
        page = Page(
            book, "敬老院", [9, 15, 18, 20, 9, 15, 15, 9, 22], font="楷体", label_fill="EDEDED"
        )
        draft = Draft(page, 9)
        draft.title("2023年度市本级部门项目支出绩效自评表", 2023)
        draft.over("单位：万元", "right", money_unit="万元")
        draft.line(("项目名称", 2, "label"), ("敬老院改造提升", 7, "project"))
        draft.line(
            ("主管部门", 2, "label"),
            ("贺原市民政局", 3, "department"),
            ("实施单位", 2, "label"),
            ("贺原市养老服务中心", 2, "unit"),
        )
        draft.line(
            ("自评得分", 2, "label"),
            (95.75, 3, "claimed_total"),
            ("财政审核评分", 2, "label"),
            (None, 2),
        )
        sources: list[tuple[str, dict[str, Content]]] = [
            (
                "年度资金总额",
                {"initial": 400, "budget": 400, "executed": 390, "rate": Written("97.50%", 0.975)},
            ),
            (
                "其中：财政拨款",
                {"initial": 300, "budget": 300, "executed": 300, "rate": Written("100%", 1)},
            ),
            (
                "其他资金",
                {"initial": 100, "budget": 100, "executed": 90, "rate": Written("90%", 0.9)},
            ),
        ]
        texts = ("改造敬老院3所，新增护理床位80张。", "改造敬老院3所，新增护理床位84张。")
        _ningxia(draft, "资金情况", sources, texts, rows)
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])
