"""Project forms: the Ministry's and Yunnan's."""

from drawing import Content, Page, Typed, Written, save_reading, workbook
from project import Project, draw_form
from reading import Row

SERVED = "服务对象满意度指标"
ALL = Typed(1, "0%")
NONE = Written("—", None)
SLASH = Written("/", None)


MINISTRY_FUNDS = {
    "initial": "年初预算数",
    "budget": "全年预算数",
    "executed": "全年执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}
MINISTRY = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "target": "年度指标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}


def _single(*roles: str, first: int) -> dict[str, tuple[int, int]]:
    return {role: (first + index, 1) for index, role in enumerate(roles)}


def ministry_plain(file: str) -> None:
    """The Ministry's form as issued, in 万元, strokes where no points are given."""
    out, benefit, content = "产出指标\n（50分）", "效益指标\n（30分）", "满意度指标\n（10分）"
    project = Project(
        title="项目支出绩效自评表",
        year=2022,
        below_title=[("（2022年度）", "subtitle")],
        year_line=0,
        money="万元",
        money_in="side",
        head=[
            [("项目名称", 2, "基层文化设施免费开放", 7, "project")],
            [("主管部门", 2, "江北省文化和旅游厅", 3, "department"),
             ("实施单位", 1, "江北省群众艺术馆", 3, "unit")],
        ],
        funds_side=("项目资金\n（万元）", 2),
        funds_columns={"name": (3, 1)} | _single(*MINISTRY_FUNDS, first=4),
        funds_heads=MINISTRY_FUNDS,
        funds=[
            ("年度资金总额", {"initial": 320, "budget": 356.8, "executed": 349.55, "weight": 10,
                        "rate": Typed(0.98, "0.00%"), "score": 9.8}),
            ("其中：当年财政拨款", {"initial": 320, "budget": 330, "executed": 325.75,
                           "weight": NONE, "rate": Typed(0.9871, "0.00%"), "score": NONE}),
            ("      上年结转资金", {"initial": 0, "budget": 26.8, "executed": 23.8, "weight": NONE,
                            "rate": Typed(0.8881, "0.00%"), "score": NONE}),
            ("      其他资金", {"initial": NONE, "budget": NONE, "executed": NONE, "weight": NONE,
                          "rate": NONE, "score": NONE}),
        ],
        goal_side=("年度\n总体\n目标",),
        goal_texts=[
            ("预期目标", 4, "全年免费开放不少于300天，举办公益培训60期，服务群众10万人次。"),
            ("实际完成情况", 4, "全年免费开放312天，举办公益培训52期，服务群众10.4万人次。"),
        ],
        side="绩\n效\n指\n标",
        side_cols=1,
        columns=_single(*MINISTRY, first=2),
        heads=MINISTRY,
        rows=[
            Row(out, "数量指标", "免费开放天数", "≥300天", "312天", 15, 15),
            Row("", "", "公益培训期数", "≥60期", "52期", 13, 13, "受疫情影响减少8期。"),
            Row("", "质量指标", "培训合格率", "≥95%", "97%", 10, 10),
            Row("", "时效指标", "活动按期举办率", "=100%", "95%", 6, 6),
            Row("", "成本指标", "单期培训成本", "≤8000元", "0.79万元", 6, 6),
            Row(benefit, "社会效益指标", "服务群众人次", ">=10万人次", "10.4万人次", 15, 15),
            Row("", "可持续影响指标", "群众文化参与度", "持续提升", "持续提升", 14, 15,
                "参与渠道有待拓宽。"),
            Row(content, SERVED, "参与群众满意度", "≥95%", "93.8%", 9.87, 10, "部分场地设施陈旧。"),
        ],
        stated={
            "产出指标": (out, 50), "效益指标": (benefit, 30), "满意度指标": (content, 10),
        },
        total=[("总分", 6, None), (100, 1, None), (Typed(99.67, "0.00"), 1, "claimed_total"),
               (None, 1, None)],
        notes=("注：1.得分一档最高不能超过该指标分值上限。2.其他资金包括自有资金和捐赠等。",),
    )  # fmt: skip
    with workbook(file) as book:
        page = Page(book, "项目支出绩效自评表", [6, 12, 17, 20, 14, 14, 11, 11, 22])
        reading, _ = draw_form(page, project, 9)
        page.finish()
    save_reading(file, [reading])


def ministry_variant(file: str) -> None:
    """In 元: points before the target, a second rater, the execution rate as an indicator."""
    roles = {
        "level1": "一级指标", "level2": "二级指标", "level3": "三级指标", "weight": "参考\n分值",
        "target": "目标值", "actual": "全年完成值", "score": "自评分", "review": "复核分",
        "reason": "未完成原因分析",
    }  # fmt: skip
    out, run = "产出指标（40分）", "预算执行（10分）"
    benefit = "经济效益\n指标（40分）"
    content = "满意度指标（10分）"
    project = Project(
        title="2023年度项目支出绩效自评表",
        year=2023,
        below_title=[("金额单位：元", "right")],
        year_line=None,
        money="元",
        money_in="line",
        head=[
            [("项目名称", 2, "特色林果提质增效", 4, "project"),
             ("项目负责人及电话", 2, "阿某 0000-3456789", 2, None)],
            [("主管部门", 2, "沙洲县林业和草原局", 4, "department"),
             ("实施单位\n（盖章）", 2, "沙洲县林果技术推广中心", 2, "unit")],
        ],
        funds_side=("项目资金（元）", 2),
        funds_columns={"name": (3, 2)} | _single("initial", "budget", "executed", first=5)
        | {"weight": (8, 1), "rate": (9, 1), "score": (10, 1)},
        funds_heads=MINISTRY_FUNDS,
        funds=[
            ("年度资金总额", {"initial": 1200000, "budget": 1150000, "executed": 1098664.3,
                        "weight": 100, "rate": Written("95.54%", 0.9554), "score": 93.55}),
            ("其中：财政拨款", {"initial": 1000000, "budget": 1000000, "executed": 968664.3,
                         "weight": SLASH, "rate": Written("96.87%", 0.9687), "score": SLASH}),
            ("其他资金", {"initial": 200000, "budget": 150000, "executed": 130000,
                      "weight": SLASH, "rate": Written("86.67%", 0.8667), "score": SLASH}),
        ],
        goal_side=("年度总", "体目标"),
        goal_texts=[
            ("年初设定目标", 5, "改造低产果园3000亩，培训果农800人次，亩均增收500元。"),
            ("年度总体目标完成情况综述", 4, "改造3050亩，培训760人次，亩均增收525元。"),
        ],
        side="年度绩效指标",
        side_cols=1,
        columns=_single(*roles, first=2),
        heads=roles,
        rows=[
            Row(run, "预算执行", "预算执行率", ALL, Typed(0.9554, "0.00%"), 9.55, 10,
                extra={"review": None}),
            Row(out, "数量指标", "改造低产果园", "≥3000亩", "3050亩", 10, 10),
            Row("", "", "培训果农", "≥800人次", "760人次", 10, 10, "农忙季节报名人数少。"),
            Row("", "质量指标", "改造成活率", "≧ 90 %", "88.2%", 9, 10, "春季低温冻害。"),
            Row("产出指标（40分）", "成本指标", "亩均改造成本", "≤350元", "0.0338万元", 10, 10),
            Row(benefit, "经济效益指标", "亩均增收", "═ 500元", "525元", 20, 20),
            Row("", "生态效益指标", "绿色防控面积占比", "≥50百分比", "51%", 15, 20),
            Row(content, SERVED, "果农满意度", "≥90%", "94%", 10, 10),
        ],
        stated={
            "预算执行": (run, 10), "产出指标": (out, 40),
            "经济效益指标": (benefit, 40), "满意度指标": (content, 10),
        },
        total=[("总分", 4, None), (100, 1, None), (None, 2, None),
               (Typed(93.55, "0.00"), 1, "claimed_total"), (None, 2, None)],
        notes=("备注：复核分由主管部门填写。", "填表人：古某    填表日期：2024年1月20日"),
    )  # fmt: skip
    with workbook(file) as book:
        page = Page(book, "林果", [9, 13, 16, 19, 15, 15, 14, 9, 11, 20], size=10)
        reading, _ = draw_form(page, project, 10)
        # The printed page ends where the level-1 label is written again.
        page.sheet.set_h_pagebreaks([int(reading["indicators"][4]["level3_cell"][1:]) - 1])
        page.finish(landscape=True)
    save_reading(file, [reading])


YUNNAN = {
    "level1": "一级指标",
    "level2": "二级指标",
    "level3": "三级指标",
    "sign": "指标性质",
    "target": "指标值",
    "measure": "度量单位",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "reason": "偏差原因分析及改进措施",
}


def _yunnan_rows(*lines: tuple[object, ...]) -> list[Row]:
    made = []
    for first, second, name, sign, value, unit, actual, weight, score, *reason in lines:
        extra = {"sign": sign, "measure": unit}
        cells = (first, second, name, value, actual, score, weight, *reason)
        made.append(Row(*cells, extra=extra))  # type: ignore[arg-type, misc]  # columns in Row's order
    return made


def yunnan_graded(file: str) -> None:
    """Two header rows, targets in three cells, in 万元; grade beside the total."""
    project = Project(
        title="项目支出绩效自评表",
        year=2022,
        below_title=[("2022年度", "subtitle"), ("公开14表    金额单位：万元", "right")],
        year_line=0,
        money="万元",
        money_in="line",
        head=[
            [("项目名称", 1, "森林草原防火", 9, "project")],
            [("主管部门", 1, "澜水县林业和草原局", 4, "department"),
             ("实施单位", 1, "澜水县林业和草原局", 4, "unit")],
        ],
        funds_side=("项目资金\n（万元）", 1),
        funds_columns={"name": (2, 2), "initial": (4, 1), "budget": (5, 1), "executed": (6, 1),
                       "weight": (7, 1), "rate": (8, 1), "score": (9, 2)},
        funds_heads=MINISTRY_FUNDS,
        funds=[
            ("年度资金总额", {"initial": 85, "budget": 94.3, "executed": 94.3, "weight": 10,
                        "rate": Typed(1, "0.00%"), "score": 10}),
            ("其中：当年财政拨款", {"initial": 85, "budget": 85, "executed": 85, "weight": NONE,
                           "rate": Typed(1, "0.00%"), "score": NONE}),
            ("上年结转资金", {"initial": 0, "budget": 7.5, "executed": 7.5, "weight": NONE,
                        "rate": Typed(1, "0.00%"), "score": NONE}),
            ("非财政拨款", {"initial": 0, "budget": 0, "executed": 0, "weight": NONE,
                       "rate": Typed(0, "0.00%"), "score": NONE}),
        ],
        goal_side=("年度\n总体\n目标",),
        goal_texts=[
            ("预期目标", 5, "开展防火巡护735人次，全年火灾受害率控制在0.9‰以内。"),
            ("实际完成情况", 4, "开展防火巡护1510人次，火灾受害率0.6‰。"),
        ],
        side="",
        side_cols=0,
        columns=_single(*YUNNAN, first=1),
        heads=YUNNAN,
        rows=_yunnan_rows(
            ("产出指标", "数量指标", "防火巡护", "≧", 735, "人次", 1510, 15, 15),
            ("", "", "宣传牌制作", "=", 60, "块", 60, 10, 10),
            ("", "质量指标", "火情处置率", "=", 100, "%", "98%", 15, 14.7, "1起火情移交邻县处置。"),
            ("", "时效指标", "防火期巡护时间", "≥", 6, "个月", "6个月", 10, 10),
            ("效益指标", "生态效益指标", "森林火灾受害率", "≤", 0.9, "‰", "0.6‰", 15, 15),
            ("", "社会效益指标", "群众防火意识", "定性", "明显增强", "-", "有所增强", 15, 12,
             "外来人员宣传不足。"),
            ("满意度指标", SERVED, "当地群众满意度", "≥", 90, "%", Typed(0.87, "0%"), 10, 9.67),
        ),
        stated={name: (name, None) for name in ("产出指标", "效益指标", "满意度指标")},
        split_target="年度指标值",
        total=[("总分", 7, None), (100, 1, None), (Typed(96.37, "0.00"), 1, "claimed_total"),
               ("优", 1, "claimed_grade")],
        notes=("备注：涉密部门和涉密信息按保密规定不公开。",
               "自评等级分优、良、中、差四档：90分及以上为优，80分为良，60分为中，其余为差。"),
    )  # fmt: skip
    with workbook(file) as book:
        page = Page(book, "公开14", [12, 15, 19, 10, 11, 10, 13, 9, 10, 22])
        reading, _ = draw_form(page, project, 10)
        page.finish(landscape=True)
    save_reading(file, [reading])


def yunnan_residue(file: str) -> None:
    """In 元 with figures as text, a total row of zeros, template rows left behind."""
    zero: dict[str, Content] = {"initial": 0, "budget": 0, "executed": 0, "weight": 10,
                                "rate": Typed(0, "0.00%"), "score": 10}  # fmt: skip
    project = Project(
        title="2023年度项目支出绩效自评表",
        year=2023,
        below_title=[("单位：元", "right")],
        year_line=None,
        money="元",
        money_in="line",
        head=[
            [("项目名称", 2, "社区居家养老服务中心运营补助", 9, "project")],
            [("主管部门", 2, "普洛市民政局", 4, "department"),
             ("实施单位", 1, "普洛市社会福利院", 4, "unit")],
        ],
        funds_side=("项目资金", 2),
        funds_columns={"name": (3, 2), "initial": (5, 1), "budget": (6, 1), "executed": (7, 1),
                       "weight": (8, 1), "rate": (9, 1), "score": (10, 2)},
        funds_heads=MINISTRY_FUNDS | {"budget": "调整后预算数", "executed": "预算执行数"},
        funds=[
            ("年度资金总额", zero),
            ("其中：当年财政拨款", {
                "initial": Written("250,000.00", 250000), "budget": Written("250,000.00", 250000),
                "executed": Written("215,457.6", 215457.6), "weight": Written("*", None),
                "rate": Typed(0.8619, "0.00%"), "score": Written("*", None)}),
            ("上年结转资金", {"weight": Written("*", None), "score": Written("*", None)}),
        ],
        goal_side=("年度总体\n目标",),
        goal_texts=[
            ("预期目标", 5, "服务老年人1.2万人次，运营补助按季度足额拨付。"),
            ("实际完成情况", 5, "服务老年人13160人次，四季度补助于次年1月拨付。"),
        ],
        side="绩效指标",
        side_cols=1,
        columns=_single(*YUNNAN, first=2),
        heads=YUNNAN | {"actual": "年终完成值", "sign": "指标\n性质", "measure": "度量\n单位"},
        rows=_yunnan_rows(
            ("产出指标", "数量指标", "服务老年人", "≥", "1.2", "万人次", "13160人次", 20, 20),
            ("", "", "开展健康讲座", "=", 12, "期", "12", 10, 10),
            ("", "时效指标", "补助拨付及时率100%", "=", 100, "%", "75%", 10, 10),
            ("", "成本指标", "每人次补助标准", "≤", 20, "元", None, 10, 10),
            ("效益指标", "社会效益指标", "家庭照料负担", "定性", "有效减轻", "/", "有效减轻", 30,
             30),
            ("满意度指标", SERVED, "老年人满意度", "≥", 95, "%", "98.6", 10, 10),
        ),
        stated={name: (name, None) for name in ("产出指标", "效益指标", "满意度指标")},
        split_target="年度指标值",
        residue=[{"level3": "……"}, {"level2": "……", "level3": "……"}],
        total=[("总分", 8, None), (100, 1, None), (100, 1, "claimed_total"),
               ("自评等级：优", 1, "claimed_grade")],
        notes=("说明：四季度补助因年终封账，次年1月拨付。", "联系人：刀某　联系电话：0000-4567890"),
    )  # fmt: skip
    with workbook(file) as book:
        widths = [8, 12, 14, 20, 9, 11, 9, 12, 9, 9, 22]
        page = Page(book, "14-1", widths, font="仿宋_GB2312", size=10)
        reading, _ = draw_form(page, project, 11)
        page.finish(landscape=True)
    save_reading(file, [reading])
