"""Hubei's project form: one goal of 80 points, and two forms of two goals on one sheet."""

from drawing import Page, Typed, Written, save_reading, workbook
from hubei import Head, Sheet, draw_project
from reading import Row
from reference import NOTES, Goal

SERVED = "服务对象满意度指标"
ALL = Typed(1, "0%")


def _boxes(category: str, lasting: str, kind: str) -> tuple[tuple[str, str], ...]:
    def ticked(chosen: str, *choices: str) -> str:
        return "　".join(
            f"{number}、{text} {'☑' if text == chosen else '□'}"
            for number, text in enumerate(choices, 1)
        )

    return (
        ("项目类别", ticked(category, "部门预算项目", "省直专项", "省对下转移支付项目")),
        ("项目属性", ticked(lasting, "持续性项目", "新增性项目")),
        ("项目类型", ticked(kind, "常年性项目", "延续性项目", "一次性项目")),
    )


def hubei_one_goal(file: str) -> None:
    """One goal of 80 points, no weights: what fits is bounded only by the sum."""
    goal = Goal("年度绩效目标1\n（80分）", 80, 78, "农村公路养护\n绩效指标", "农村公路养护", [
        Row("产出指标", "数量指标", "日常养护里程（公里）", 1280, 1280, 15),
        Row("", "", "修复水毁路段（处）", "≥20", 46, 10),
        Row("", "质量指标", "优良中等路率", "≥85%", "不低于85%", 15),
        Row("", "时效指标", "小修完成时限", "1-3天", "3天", 8),
        Row("", "成本指标", "公里养护成本", "≤1万元", "0.96万元", 10),
        Row("效益指标", "社会效益指标", "群众出行条件", "明显改善", "明显改善", 10),
        Row("满意度指标", SERVED, "沿线群众满意度", "90%以上", "86%", 10),
    ])  # fmt: skip
    sheet = Sheet(
        [goal],
        title="2021年度农村公路养护项目绩效自评表",
        unit="白河县公路管理站",
        year=2021,
        filled_on="2022年2月20日",
        above=(),
        budget=1350,
        executed=1312.4,
        rate="97.21%",
        budget_score=19.44,
        total=97.44,
        reason="无",
        improvement="加强雨季巡查，及时处置水毁路段。",
        fund="年度财政资金总额",
        notes=(*NOTES, "填报人：杜某　　联系电话：0000-2345678"),
    )
    sheet.rate = Written("97.21%", 0.9721)
    head = Head(
        "农村公路养护", "白河县交通运输局", _boxes("部门预算项目", "持续性项目", "常年性项目")
    )
    with workbook(file) as book:
        page = Page(book, "Sheet1", [14, 11, 17, 22, 15, 15, 15])
        reading, _ = draw_project(page, sheet, head)
        page.finish()
    save_reading(file, [reading])


def hubei_stacked(file: str) -> None:
    """Two forms one below the other on one sheet; points in brackets behind the names."""

    def row(first: str, second: str, name: str, *values: object, points: float) -> Row:
        target, actual, score = values
        return Row(first, second, name, target, actual, score, points, weight_in="level3")  # type: ignore[arg-type]  # cell contents

    school = [
        Goal("年度绩效目标1：（40分）", 40, 39, "校舍维修\n年度绩效指标", "校舍维修", [
            row("产出指标", "数量指标", "维修校舍面积（10分）", "≥6500平方米", "6730平方米", 10,
                points=10),
            row("", "质量指标", "竣工验收合格率（10分）", ALL, ALL, 10, points=10),
            row("", "时效指标", "开学前完工率(10分)", ALL, Typed(0.9, "0%"), 10, points=10),
            row("效益指标", "社会效益\n指标", "消除安全隐患（10分）", "全部消除", "基本消除", 9,
                points=10),
        ]),
        Goal("年度绩效目标2：（40分）", 40, 40, "教学设备\n年度绩效指标", "教学设备", [
            row("产出指标", "数量指标", "购置多媒体设备（15分）", "120套", "120套", 15, points=15),
            row("", "成本指标", "单套价格（15分）", "≤2.2万元", "2.15万元", 15, points=15),
            row("满意度\n指标", SERVED, "师生满意度（10分）", "≥90%", "96.4%", 10, points=10),
        ]),
    ]  # fmt: skip
    meals = [
        Goal("年度绩效目标1：（50分）", 50, 50, "营养改善\n年度绩效指标", "营养改善", [
            row("产出指标", "数量指标", "受益学生（20分）", "≥8600人", "8412人", 20, points=20),
            row("", "成本指标", "每人每天标准（10分）", "5元", "5元", 10, points=10),
            row("效益指标", "社会效益指标", "学生体质（20分）", "有所提升", "有所提升", 20,
                points=20),
        ]),
        Goal("年度绩效目标2：（30分）", 30, 27, "食堂管理\n年度绩效指标", "食堂管理", [
            row("产出指标", "质量指标", "食品留样率（20分）", "100%", "100%", 20, points=20),
            row("满意度指标", SERVED, "家长满意度（10分）", "≥95%", "", 7, points=10),
        ]),
    ]  # fmt: skip
    first = Sheet(
        school, title="2022年度校舍维修及设备购置项目绩效自评表", unit="远安市第三中学", year=2022,
        filled_on="2023年1月12日", above=("附件2-1",), budget=860, executed=851.4,
        rate=Typed(0.99, "0%"), budget_score=19.8, total=98.8,
        reason="校舍维修：暑期连续降雨，两栋宿舍九月中旬完工。", improvement="加强工期管理。",
        fund="年度财政资金总额", notes=NOTES,
    )  # fmt: skip
    second = Sheet(
        meals, title="2022年度营养改善计划项目绩效自评表", unit="远安市学生营养办公室", year=2022,
        filled_on="2023年1月12日", above=("附件2-2",), budget=1720, executed=1682.4,
        rate=Typed(0.9781, "0.00%"), budget_score=19.56, total=96.56,
        reason="受益学生：学年中转出188人。", improvement="按月核对人数。",
        fund="年度财政资金总额", notes=NOTES,
    )  # fmt: skip
    boxes = _boxes("部门预算项目", "新增性项目", "一次性项目")
    with workbook(file) as book:
        page = Page(book, "项目自评", [14, 11, 17, 24, 15, 15, 15])
        one, row_after = draw_project(
            page, first, Head("校舍维修及设备购置", "远安市教育局", boxes)
        )
        page.sheet.set_h_pagebreaks([row_after])
        two, _ = draw_project(
            page, second, Head("营养改善计划", "远安市教育局", boxes), row_after + 1
        )
        page.finish()
    save_reading(file, [one, two])
