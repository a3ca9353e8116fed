"""Hebei's form in four parts: money three times side by side, names beside descriptions, weighed scores."""

from draft import Draft, single
from drawing import Content, Page, Typed, Written, save_reading, workbook
from reading import FUNDS, Row, bare, record

HEADS = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "名称",
    "description": "绩效指标描述",
    "sign": "符号",
    "target": "值",
    "measure": "单位（文字描述）",
    "actual": "完成值",
    "state": "完成情况",
    "single": "单项指标得分",
    "weight": "权重占比（%）",
    "score": "折算得分",
}
OVER = {"level3": ("三级指标", 2), "sign": ("预期指标值", 3)}
COLUMNS = single(*HEADS, first=2)
Money = tuple[str, Content, Content, Content]
WIDE = 13


def _money(
    draft: Draft, side: str, heads: tuple[str, str, str], rate: Content, rows: list[Money]
) -> None:
    """Budget, arrival and spending side by side, each with its own labels; the rate over all rows."""
    page, top = draft.page, draft.row
    draft.side(side, len(rows) + 1)
    for index, head in enumerate(heads):
        page.put(top, 2 + 4 * index - (index > 1), head, "head", cols=(4, 3, 3)[index])
    page.put(top, 12, "预算执行进度（%）", "head", cols=2)
    seen = page.put(top + 1, 12, rate, rows=len(rows), cols=2)
    for at, (name, *amounts) in enumerate(rows, top + 1):
        places = ((2, 2, 2), (6, 2, 1), (9, 2, 1))
        drawn = []
        for (col, label, cols), amount, told in zip(
            places,
            amounts,
            (name, name.replace("预算", "到位"), name.replace("预算", "执行")),
            strict=True,
        ):
            drawn.append(
                (
                    page.put(at, col, told, "label", cols=label),
                    page.put(at, col + label, amount, cols=cols),
                )
            )
        draft.parts["funds"].append(
            record(
                FUNDS,
                name=(bare(name), drawn[0][0].cell),
                budget=drawn[0][1],
                executed=drawn[2][1],
                rate=seen if at == top + 1 else None,
            )
        )
    draft.row += len(rows) + 1


def _row(  # noqa: PLR0913, PLR0917 - the columns of one row, in their order
    first: str,
    second: str,
    name: str,
    told: str,
    target: tuple[str, Content, str],
    actual: Content,
    state: str,
    points: float,
    weight: float,
    score: Content,
) -> Row:
    extra: dict[str, Content] = {
        "description": told,
        "sign": target[0],
        "measure": target[2],
        "state": state,
        "single": points,
    }
    return Row(first, second, name, target[1], actual, score, weight, extra=extra)


def _table(draft: Draft, side: str, rows: list[Row], total: Content) -> None:
    draft.side(side, len(rows) + 3)
    draft.heads(COLUMNS, HEADS, OVER)
    draft.rows(COLUMNS, rows)
    page = draft.page
    page.put(draft.row, 2, "合计", "label", cols=10)
    page.put(draft.row, 12, 100)
    draft.fields["claimed_total"] = page.put(draft.row, 13, total)
    draft.row += 1


def _goals(draft: Draft, side: str, goal: str, done: str, rate: str) -> None:
    page, row = draft.page, draft.row
    draft.side(side, 2)
    for col, cols, head, text in (
        (2, 5, "年度预期目标", goal),
        (7, 5, "具体完成情况", done),
        (12, 2, "总体完成率", rate),
    ):
        page.put(row, col, head, "head", cols=cols)
        page.put(row + 1, col, text, "left", cols=cols)
    draft.row += 2


def three_times(file: str) -> None:
    """Weights and weighed scores; one score above what the missed target allows, one total that is no sum."""
    rows = [
        _row(
            "产出指标",
            "数量指标",
            "改造管网长度",
            "更换老旧供水管网的长度",
            ("≥", 18, "公里"),
            "18.4",
            "完成",
            100,
            15,
            15,
        ),
        _row(
            "", "", "改造小区数量", "涉及的居民小区", ("=", 12, "个"), "10", "未完成", 100, 15, 15
        ),
        _row(
            "",
            "质量指标",
            "工程验收合格率",
            "合格工程占全部工程",
            ("=", 100, "%"),
            "100",
            "完成",
            100,
            15,
            15,
        ),
        _row(
            "",
            "时效指标",
            "工程完工时间",
            "主体工程完工",
            ("文字描述", None, "按期完工"),
            "按期完工",
            "完成",
            100,
            10,
            10,
        ),
        _row(
            "效益指标",
            "社会效益指标",
            "受益居民户数",
            "用水条件改善的户数",
            ("≥", 5200, "户"),
            "5347",
            "完成",
            100,
            20,
            20,
        ),
        _row(
            "",
            "可持续影响指标",
            "管网漏损率",
            "漏损水量占供水总量",
            ("≤", 12, "%"),
            "11.2",
            "完成",
            100,
            15,
            15,
        ),
        _row(
            "满意度指标",
            "服务对象满意度指标",
            "居民满意度",
            "抽样调查",
            ("≥", 90, "%"),
            "94",
            "完成",
            100,
            10,
            10,
        ),
    ]
    with workbook(file) as book:
        page = Page(book, "绩效自评", [8, 10, 13, 16, 20, 8, 8, 13, 11, 9, 10, 10, 10], size=10)
        draft = Draft(page, WIDE)
        draft.title("滦泉市住房和城乡建设局2022年度预算项目绩效自评表", 2022)
        draft.over("金额单位：万元", "right", money_unit="万元")
        page.put(draft.row, 1, "一、基本情况", "label", rows=2)
        for row, (label, name, text, other, field, value) in enumerate(
            (
                ("项目名称", "project", "老旧供水管网改造", "项目级次", None, "本级"),
                (
                    "主管部门",
                    "department",
                    "滦泉市住房和城乡建设局",
                    "实施单位",
                    "unit",
                    "滦泉市公用事业服务中心",
                ),
            ),
            draft.row,
        ):
            page.put(row, 2, label, "label", cols=2)
            draft.fields[name] = page.put(row, 4, text, cols=3)
            page.put(row, 7, other, "label", cols=2)
            seen = page.put(row, 9, value, cols=5)
            if field:
                draft.fields[field] = seen
        draft.row += 2
        _money(
            draft,
            "二、预算执行情况",
            ("预算安排情况（调整后）", "资金到位情况", "资金执行情况"),
            Written(94.1, 0.941),
            [
                ("预算数", 1200, 1200, 1129.2),
                ("其中：财政资金", 900, 900, 900),
                ("其他", 300, 300, 229.2),
            ],
        )
        _goals(
            draft,
            "三、目标完成情况",
            "改造供水管网18公里，涉及小区12个。",
            "改造管网18.4公里，涉及小区10个。",
            "97%",
        )
        _table(draft, "四、年度绩效指标完成情况", rows, 99)
        draft.line(
            ("五、存在问题、原因及下一步整改措施", 3, "label"),
            ("无", 10, "deviation_reason"),
            look="prose",
        )
        draft.over("填表人：田某        联系电话：0000-6543210")
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])


def of_one_source(file: str) -> None:
    """Amounts with thousands' separators, a rate with its sign, every rule followed."""
    rows = [
        _row(
            "产出指标",
            "数量指标",
            "培训乡村医生",
            "参加集中培训的人数",
            ("≥", 640, "人"),
            "652",
            "完成",
            100,
            20,
            20,
        ),
        _row(
            "",
            "质量指标",
            "考核合格率",
            "合格人数占参训人数",
            ("≥", 95, "%"),
            "96.5",
            "完成",
            100,
            20,
            20,
        ),
        _row(
            "",
            "成本指标",
            "人均培训费",
            "每人全部费用",
            ("≤", 1500, "元"),
            "1480",
            "完成",
            100,
            15,
            15,
        ),
        _row(
            "",
            "时效指标",
            "培训完成时间",
            "末期培训结束",
            ("≤", 11, "月"),
            "10",
            "完成",
            100,
            15,
            15,
        ),
        _row(
            "效益指标",
            "社会效益指标",
            "基层服务能力",
            "诊疗水平",
            ("文字描述", None, "有效提升"),
            "有效提升",
            "完成",
            100,
            20,
            20,
        ),
        _row(
            "满意度指标",
            "服务对象满意度指标",
            "学员满意度",
            "问卷调查",
            ("≥", 95, "%"),
            "97",
            "完成",
            100,
            10,
            10,
        ),
    ]
    money = [Typed(value, "#,##0.00") for value in (960000, 960000, 912000)]
    with workbook(file) as book:
        page = Page(
            book, "Sheet1", [8, 10, 13, 16, 20, 8, 8, 13, 13, 9, 10, 10, 10], font="仿宋", size=10
        )
        draft = Draft(page, WIDE)
        draft.title("2023年度预算项目绩效自评表", 2023)
        draft.line(
            ("填报单位：坝阳县卫生健康局", 8, "unit", "坝阳县卫生健康局"),
            ("单位：元", 5, "money_unit", "元"),
        )
        draft.line(
            ("项目名称", 3, "label"),
            ("乡村医生培训", 3, "project"),
            ("主管部门", 2, "label"),
            ("坝阳县卫生健康局", 5, "department"),
        )
        _money(
            draft,
            "预算执行情况",
            ("预算安排情况", "资金到位情况", "资金执行情况"),
            Written("95%", 0.95),
            [("预算数", *money), ("其中：财政资金", *money), ("其他", 0, 0, 0)],
        )
        _goals(draft, "目标完成情况", "培训乡村医生640人。", "培训乡村医生652人。", "100%")
        _table(draft, "年度绩效指标完成情况", rows, Typed(100, "0.00"))
        draft.line(
            ("存在问题、原因及下一步整改措施", 3, "label"),
            ("结余资金已交回财政，今后细化测算。", 10, "deviation_reason"),
            look="prose",
        )
        page.finish(landscape=True)
    save_reading(file, [draft.reading("project")])
