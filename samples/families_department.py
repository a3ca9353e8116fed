"""Department forms: Hubei with its variants, Chongqing's flat table."""

from dataclasses import dataclass
from typing import Any

from drawing import Content, Page, Seen, Typed, Written, save_reading, workbook
from hubei import Sheet, draw_department
from reading import Row, draw_funds, draw_heads, draw_rows, form
from reference import NOTES, Goal

SERVED = "服务对象满意度指标"
GUIDE = (
    "填表说明",
    "一、本表由预算部门填写，一式两份，加盖公章后报财政局绩效科。",
    "二、金额单位为万元，保留两位小数；各项得分保留两位小数。",
    "三、“预算执行情况”20分，得分=20分*执行率；年度绩效目标80分，由部门按重要程度分配。",
    "四、“财政审核评分”一栏由财政部门填写，预算部门不填。",
    "五、年初目标值未完成的，须在“偏差大或目标未完成原因分析”中逐项说明。",
)


def hubei_reviewed(file: str) -> None:
    """Behind a sheet of instructions, with stated points and a column for the second rater."""
    goals = [
        Goal("年度绩效目标1：（45分）", 45, 44, "水利工程建设\n年度绩效指标", "水利工程建设", [
            Row("产出指标", "数量指标", "新建堤防长度", "≥12.5公里", "12.6公里", 8, 8),
            Row("", "", "整治山塘（口）", ">=30", 31, 6, 6),
            Row("", "质量指标", "工程验收合格率", "=100%", "98%", 8, 8),
            Row("", "时效指标", "年度投资完成率", Typed(1, "0%"), Typed(0.7274, "0.00%"), 8, 8),
            Row("效益指标", "社会效益指标", "保护耕地面积", "≥2万亩", "2.1万亩", 8, 8),
            Row("满意度指标", SERVED, "受益群众满意度", "≥90%", "93%", 7, 7),
        ]),
        Goal("年度绩效目标2：（35分）", 35, 34.5, "水资源管理\n年度绩效指标", "水资源管理", [
            Row("产出指标", "数量指标", "节水宣传活动", "4次", "5次", 7.5, 8),
            Row("", "成本指标", "单次活动成本", "≤3万元", "28000元", 7, 7),
            Row("效益指标", "生态效益指标", "用水总量控制", "不超过1.85亿立方米",
                "1.79亿立方米", 10, 10),
            Row("满意度指标", SERVED, "用水户满意度", "≥85％", "９１％", 10, 10),
        ]),
    ]  # fmt: skip
    sheet = Sheet(
        goals,
        title="2022年度清溪县水利局部门整体绩效自评表",
        unit="清溪县水利局",
        year=2022,
        filled_on="2023年3月15日",
        above=(),
        basic=412.36,
        projects=1402.32,
        budget=2105.2,
        executed=1814.68,
        rate=Typed(0.862, "0.00%"),
        budget_score=18,
        total=96.5,
        reason="1.水利工程建设：汛期停工两个月，部分标段当年投资没有完成，个别单元工程返工后验收。",
        improvement="合理安排工期，主汛期之前完成土方工程；加强单元工程质量检查。",
        notes=NOTES,
        weights=True,
        review=True,
    )
    with workbook(file) as book:
        guide = Page(book, "填表说明", [90], size=12)
        guide.put(1, 1, GUIDE[0], "title")
        for index, text in enumerate(GUIDE[1:], 2):
            guide.put(index, 1, text, "note")
        guide.finish()
        page = Page(book, "自评表", [14, 11, 15, 20, 17, 15, 11, 15, 10], label_fill="DDEBF7")
        page.sheet.activate()
        reading = draw_department(page, sheet)
        page.finish(landscape=True)
    save_reading(file, [reading])


def hubei_level_points(file: str) -> None:
    """Points only in level-2 labels, amounts in labels, 合计, no satisfaction, letters above."""

    def shared(
        level1: str, level2: str, *rows: tuple[str, Content, Content, Content, float]
    ) -> Any:
        for index, (name, target, actual, score, weight) in enumerate(rows):
            levels = (level1, level2) if index == 0 else ("", "")
            yield Row(*levels, name, target, actual, score, weight, weight_in="level2")

    goals = [
        Goal("年度目标1（50分）", 50, 47.5, "城区保洁年度\n绩效指标", "城区保洁", [
            *shared("产出指标", "数量指标（15分）",
                ("清扫保洁面积", "860万平方米", "860万平方米", 5, 5),
                ("清运生活垃圾", "≥9.5万吨", "8.74万吨", 4.6, 5),
                ("新增分类亭", "20座", "19座", 5, 5)),
            *shared("", "质量指标（10分）",
                ("道路机扫率", "≥92%", "92.4%", 5, 5),
                ("垃圾无害化处理率", "100%", "100%", 5, 5)),
            *shared("", "成本指标（10分）", ("每吨处置费", "≤95元", "98元", 9.69, 10)),
            *shared("效益指标", "社会效益指标（15分）",
                ("市容环境", "明显改善", "明显改善", 14, 15)),
        ]),
        Goal("年度目标2（30分）", 30, 29, "公厕管护年度\n绩效指标", "公厕管护", [
            *shared("产出指标", "数量指标（10分）",
                ("管护公厕", "86座", "86座", 5, 5),
                ("公厕改造", "6座", "6座", 5, 5)),
            *shared("", "时效指标10分",
                ("改造完工时间", "2021年10月底前", "2021年12月完成", 10, 10)),
            *shared("效益指标", "可持续影响\n指标（10分）",
                ("长效管护机制", "基本建立", "基本建立，有待完善", 9, 10)),
        ]),
    ]  # fmt: skip
    sheet = Sheet(
        goals,
        title="松陵市城市管理执法局2021年度部门整体支出绩效自评表",
        unit="松陵市城市管理执法局",
        year=2021,
        filled_on="2022.3.28",
        above=("松财绩〔2022〕3号附件1", "", "（公开内容，加盖公章有效）"),
        basic=2030.12,
        projects=3410.5,
        budget=5520.4,
        executed=5440.62,
        rate="98.55%",
        budget_score=19.71,
        total=97.21,
        reason=(
            "城区保洁：下半年建筑垃圾单列，清运生活垃圾比预计少；分类亭一座因选址调整未建；"
            "人工单价上涨，每吨处置费超过目标。\n公厕管护：改造因管线迁移顺延。"
        ),
        improvement="提前开展选址公示，细化成本测算。",
        notes=(*NOTES[:4], "填报人：陈某    联系电话：0000-1234567"),
        total_label="合计",
        amounts_in_labels=True,
        heads={"target": "年度目标值", "actual": "全年实际值", "score": "自评得分"},
    )
    sheet.rate = Written("98.55%", 0.9855)
    with workbook(file) as book:
        page = Page(book, "Sheet1", [13, 11, 17, 21, 17, 18, 13], font="仿宋", size=11)
        reading = draw_department(page, sheet)
        page.finish()
    save_reading(file, [reading])


@dataclass
class Flat:
    """Chongqing: the head's pairs, one row of funds, three goal texts, rows without levels."""

    title: str
    year: int
    head: list[tuple[str, str, str, Content]]  # per line: label, text, label, content
    money: str
    funds: dict[str, Content]
    texts: tuple[str, str, str]
    rows: list[Row]
    notes: tuple[str, ...]
    side_funds: str


FLAT_HEADS = {
    "level3": "指标名称",
    "measure": "计量单位",
    "sign": "指标性质",
    "initial_target": "年初指标值",
    "target": "调整指标值",
    "actual": "全年完成值",
    "coefficient": "得分系数（%）",
    "weight": "指标权重（分）",
    "score": "指标得分（分）",
    "core": "是否核心指标",
}
MONEY_HEADS = {
    "initial": "年初预算数",
    "budget": "全年（调整）预算数",
    "executed": "全年执行数",
    "rate": "执行率（%）",
    "weight": "执行率权重（分）",
    "score": "执行率得分（分）",
}


def draw_flat(page: Page, flat: Flat) -> dict[str, Any]:
    """Draw Chongqing's department form; give its expected reading."""
    title = page.put(1, 1, flat.title, "title", cols=11)
    page.put(2, 1, f"金额单位：{flat.money}", "right", cols=11)
    money = (flat.money, "A2")
    seen: dict[str, Seen] = {}
    row = 3
    for label, text, other, content in flat.head:
        line = page.line(row, [(label, 1), (text, 5), (other, 2), (content, 3)])
        seen |= {label: line[1], other: line[3]}
        row += 1
    columns = {
        "initial": (2, 2), "budget": (4, 2), "executed": (6, 2), "rate": (8, 1),
        "weight": (9, 1), "score": (10, 2),
    }  # fmt: skip
    page.put(row, 1, flat.side_funds, "label", rows=2)
    draw_heads(page, row, columns, MONEY_HEADS)
    funds = draw_funds(page, row + 1, columns, [("", flat.funds)])
    row += 2
    page.put(row, 1, "当年整体\n绩效目标", "label", rows=2)
    for index, (head, text) in enumerate(
        zip(
            ("年初绩效目标", "全年（调整）绩效目标", "全年目标实际完成情况"),
            flat.texts,
            strict=True,
        )
    ):
        col, cols = ((2, 3), (5, 3), (8, 4))[index]
        page.put(row, col, head, "head", cols=cols)
        page.put(row + 1, col, text, "left", cols=cols)
    row += 2
    roles = {role: (2 + index, 1) for index, role in enumerate(FLAT_HEADS)}
    page.put(row, 1, "绩\n效\n指\n标", "label", rows=len(flat.rows) + 1)
    draw_heads(page, row, roles, FLAT_HEADS)
    indicators = draw_rows(page, row + 1, roles, flat.rows, None)
    row += len(flat.rows) + 1
    for note in flat.notes:
        page.put(row, 1, note, "note", cols=11)
        row += 1
    fields: dict[str, Any] = {
        "title": title,
        "unit": seen["部门名称"],
        "year": (flat.year, title.cell),
        "money_unit": money,
        "claimed_total": seen["自评总分（分）"],
    }
    fields |= {"claimed_grade": seen.get("自评等级"), "department": seen.get("主管部门")}
    return form(page, "department", {"funds": funds, "indicators": indicators}, **fields)


def _flat_row(  # noqa: PLR0913, PLR0917 - the columns of one row, in their order
    name: str, unit: str, sign: str, initial: Content, adjusted: Content, actual: Content,
    coefficient: Content, weight: Content, score: Content, core: str,
) -> Row:  # fmt: skip
    extra = {
        "measure": unit,
        "sign": sign,
        "initial_target": initial,
        "coefficient": coefficient,
        "core": core,
    }
    return Row("", "", name, adjusted, actual, score, weight, extra=extra)


def chongqing_adjusted(file: str) -> None:
    """Every target adjusted or repeated; the total in the head."""
    flat = Flat(
        title="2022年度部门整体绩效自评表",
        year=2022,
        head=[
            ("部门名称", "云岭区农业农村委员会", "自评总分（分）", 95.15),
            ("部门联系人", "罗某", "联系电话", "000-76543210"),
        ],
        money="万元",
        funds={
            "initial": 23120.5, "budget": 28416.77, "executed": 27808.9,
            "rate": Written(97.86, 0.9786), "weight": 10, "score": 9.79,
        },
        texts=(
            "建设高标准农田2.8万亩，粮食播种面积稳定，农村人居环境持续改善。",
            "建设高标准农田2.2万亩，粮食播种面积稳定，农村人居环境持续改善。",
            "建成高标准农田2.2万亩，改造农村户厕1420户，完成全年主要任务。",
        ),
        rows=[
            _flat_row("高标准农田建设面积", "万亩", "≥", 2.8, 2.2, 2.2, 100, 15, 15, "是"),
            _flat_row("粮食播种面积", "万亩", "≥", 46.5, 46.5, 46.62, 100, 15, 15, "是"),
            _flat_row("农村户厕改造数量", "户", "≥", 1600, 1600, 1420, 88.75, 12, 11.3, "否"),
            _flat_row("农产品抽检合格率", "%", "≥", 98, 98, 99.1, 100, 13, 13, "是"),
            _flat_row("补贴资金发放时间", "天", "≤", 30, 30, 42, 71.43, 10, 7.14, "否"),
            _flat_row("农村居民收入增速", "%", "≥", 7, 6, 6.4, 100, 10, 10, "是"),
            _flat_row("农业面源污染治理", "-", "定性", "持续改善", "持续改善", "有所改善", 92, 10,
                      9.2, "否"),
            _flat_row("农民满意度", "%", "≥", 90, 90, 87.3, 97, 5, 4.85, "否"),
        ],
        notes=(
            "说明：补贴资金因账户信息核对延迟发放；户厕改造任务因上级计划调减未全部完成。",
            "注：1.得分系数为完成值与指标值之比，最高100%。2.调整指标值以财政批复为准。",
        ),
        side_funds="预算执行\n情况",
    )  # fmt: skip
    with workbook(file) as book:
        widths = [11, 20, 9, 9, 11, 11, 11, 11, 11, 11, 9]
        page = Page(book, "部门整体自评", widths, font="方正仿宋_GBK")
        reading = draw_flat(page, flat)
        page.finish(landscape=True)
    save_reading(file, [reading])


def chongqing_graded(file: str) -> None:
    """Only some targets adjusted, figures as text, total and grade in the head, money in 元."""
    flat = Flat(
        title="武渠县图书馆2023年度整体绩效自评表",
        year=2023,
        head=[
            ("部门名称", "武渠县图书馆", "自评总分（分）", Typed(96.42, "0.00")),
            ("主管部门", "武渠县文化和旅游发展委员会", "自评等级", "优"),
        ],
        money="元",
        funds={
            "initial": Written("3,860,000.00", 3860000),
            "budget": Written("4,215,457.60", 4215457.6),
            "executed": Written("4,098,213.10", 4098213.1), "rate": Written("97.22", 0.9722),
            "weight": 10, "score": Typed(9.72, "0.00"),
        },
        texts=("全年接待读者30万人次，新购图书2万册。", "接待读者26万人次，其余不变。", "已完成。"),
        rows=[
            _flat_row("接待读者", "人次", "≥", 300000, 260000, "261,530", "100%", 20, 20, "是"),
            _flat_row("新购图书", "册", "≥", 20000, None, 18600, "93%", 20, 18.6, "是"),
            _flat_row("设备完好率", "%", "＝", 100, None, 96, "98%", 10, 9.6, "否"),
            _flat_row("读者投诉", "次", "≤", 5, None, 2, "100%", 10, 10, "否"),
            _flat_row("全民阅读氛围", "/", "定性", "更加浓厚", None, "更加浓厚", "90%", 15, 13.5,
                      "否"),
            _flat_row("读者满意度", "%", "≧", 95, 90, "90.5", "100%", 15, 15, "是"),
        ],
        notes=("说明：新购图书单价上涨，数量有所减少。", "填报人：冉某        审核人：谭某"),
        side_funds="当年预算\n执行情况",
    )  # fmt: skip
    with workbook(file) as book:
        widths = [12, 18, 8, 8, 12, 12, 12, 10, 12, 10, 9]
        page = Page(book, "整体", widths, size=10, label_fill="F2F2F2")
        reading = draw_flat(page, flat)
        page.finish(landscape=True)
    save_reading(file, [reading])
